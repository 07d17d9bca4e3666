// All forms of patterns: slices, ranges, bindings, or-patterns, references, let chains, let else.
#[derive(Debug, Clone)]
enum Sh {
    C { r: i32 },
    R { w: i32, h: i32 },
    T(i32, i32, i32),
    U,
}
fn sl(v: &[i32]) -> String {
    match v {
        [] => "empty".into(),
        [x] => format!("one {x}"),
        [a, b] => format!("two {a} {b}"),
        [first, .., last] if first == last => format!("same {first}"),
        [first, mid @ .., last] => format!("{first} {mid:?} {last}"),
    }
}
fn rg(n: i32) -> &'static str {
    match n {
        i32::MIN..=-1 => "neg",
        0 => "zero",
        1..10 => "small",
        x @ (10 | 20 | 30) if x != 20 => "round",
        10..=99 => "mid",
        100.. => "big",
    }
}
fn ch(c: char) -> u8 {
    match c {
        'a'..='f' | 'A'..='F' => 1,
        '0'..='9' => 2,
        _ => 0,
    }
}
fn nest(x: Option<Result<(i32, &str), String>>) -> String {
    match x {
        Some(Ok((n @ (1 | 2), s))) => format!("{n}{s}"),
        Some(Ok((_, s @ ("a" | "b")))) => s.to_string(),
        Some(Ok(_)) => "ok".into(),
        Some(Err(ref e)) if e.len() > 2 => e.clone(),
        Some(Err(e)) => e + "!",
        None => "none".into(),
    }
}
fn bs(b: &[u8]) -> i32 {
    match b {
        b"get" => 1,
        [b'p', rest @ ..] => rest.len() as i32,
        [_, _, ..] => 2,
        _ => 0,
    }
}
fn st(s: &Sh) -> i32 {
    match *s {
        Sh::C { r } => r,
        Sh::R { w, h: height } => w * height,
        Sh::T(a, .., c) => a + c,
        Sh::U => 0,
    }
}
struct Pt {
    x: i32,
    y: i32,
    name: String,
}
fn main() {
    for v in [&[][..], &[1], &[1, 2], &[1, 2, 1], &[1, 2, 3, 4]] {
        println!("{}", sl(v));
    }
    for n in [-5, 0, 5, 10, 20, 50, 100] {
        print!("{} ", rg(n));
    }
    println!();
    for c in "aF5z".chars() {
        print!("{}", ch(c));
    }
    println!();
    for x in [
        Some(Ok((1, "q"))),
        Some(Ok((5, "b"))),
        Some(Ok((5, "c"))),
        Some(Err("abc".to_string())),
        Some(Err("x".to_string())),
        None,
    ] {
        println!("{}", nest(x));
    }
    println!("{} {} {} {}", bs(b"get"), bs(b"put"), bs(b"xyz"), bs(b""));
    for s in &[Sh::C { r: 2 }, Sh::R { w: 2, h: 3 }, Sh::T(1, 2, 3), Sh::U] {
        print!("{} ", st(s));
    }
    println!();
    let p = Pt { x: 1, y: 2, name: "n".into() };
    let Pt { x, ref name, .. } = p;
    println!("{x} {name} {}", p.y);
    let Pt { name: nm, y: yy @ 0..=5, .. } = p else { panic!() };
    println!("{nm} {yy}");
    let mut t = (1, String::from("s"));
    {
        let (ref mut a, ref b) = t;
        *a += b.len() as i32;
    }
    let (a, ref mut b) = t;
    b.push('!');
    println!("{a} {}", t.1);
    let mut o = Some(3);
    if let Some(x) = &mut o {
        *x += 1;
    }
    if let Some(ref mut x) = o {
        *x += 1;
    }
    while let Some(x) = o {
        if x > 6 { o = None } else { o = Some(x + 1) }
    }
    println!("{o:?}");
    let v = vec![(1, 'a'), (2, 'b')];
    for &(n, c) in &v {
        print!("{n}{c} ");
    }
    for (i, (n, c)) in v.iter().enumerate() {
        print!("{i}{n}{c} ");
    }
    println!();
    let [a, b, c] = [1, 2, 3];
    let [f, rest @ ..] = [1, 2, 3];
    println!("{a}{b}{c} {f} {rest:?}");
    let x = 5u8;
    let m = match x {
        n @ 0..=4 => n,
        n if n % 2 == 1 => n * 2,
        n => n,
    };
    println!("{m}");
    let (mut p, mut q) = (1, 2);
    (p, q) = (q, p + q);
    [p, _] = [q, p];
    println!("{p} {q}");
    let s;
    (s, ..) = ("k", 1, 2);
    println!("{s}");
    struct W {
        a: i32,
        b: i32,
    }
    let (aa, bb);
    W { a: aa, b: bb } = W { a: 1, b: 2 };
    println!("{aa}{bb}");
    let Some(z) = Some(4) else { return };
    println!("{z}");
    let r = if let Some(x) = Some(1)
        && x > 0
        && let Ok(y) = "5".parse::<i32>()
    {
        x + y
    } else {
        0
    };
    println!("{r}");
    match (1, 2) {
        (a, b) | (b, a) if a > b => println!("gt {a} {b}"),
        _ => println!("no"),
    }
    let bx = Box::new((1, 2));
    let (l, m2) = *bx;
    println!("{l}{m2}");
    let sv = vec!["a".to_string(), "b".to_string()];
    match sv.as_slice() {
        [a, b] if a < b => println!("lt"),
        _ => {}
    }
    match &sv[..] {
        [x, ..] => println!("{x}"),
        [] => {}
    }
    let strs = ["x", "y"];
    if let ["x", k] = strs {
        println!("{k}");
    }
    const K: i32 = 3;
    match 3 {
        K => println!("K"),
        _ => {}
    }
    match "abc" {
        "abc" | "d" => println!("s"),
        _ => {}
    }
    match -1i8 {
        -1 => println!("m1"),
        i8::MIN..=-2 | 0.. => {}
    }
    match 2.5f64 {
        0.0..=3.0 => println!("fl"),
        _ => {}
    }
    let ((a, b), [c, ..]) = ((1, 2), [3, 4]);
    println!("{a}{b}{c}");
    let f = |(a, b): (i32, i32), Pt { x, .. }: &Pt| a + b + x;
    println!("{}", f((1, 2), &Pt { x: 1, y: 1, name: String::new() }));
    match &Some(Box::new(5)) {
        Some(b) if **b == 5 => println!("b5"),
        _ => {}
    }
    let n: &&i32 = &&5;
    match n {
        &&5 => println!("rr"),
        _ => {}
    }
    if matches!(x, 1 | 5) {
        println!("mm");
    }
    let t3 = ((1, 2), 3);
    let (((_, i), _) | ((i, _), _)) = t3;
    println!("{i}");
}
