// When values are dropped: locals, temporaries, fields, parameters, moved parts, loops, guards.
struct D(&'static str);
impl Drop for D {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}
impl D {
    fn id(&self) -> usize {
        self.0.len()
    }
    fn get(&self) -> Option<i32> {
        if self.0.len() > 1 { Some(1) } else { None }
    }
}
struct S {
    a: D,
    b: D,
}
struct Outer {
    s: S,
    d: D,
}
impl Drop for Outer {
    fn drop(&mut self) {
        println!("outer");
    }
}
fn mk(s: &'static str) -> D {
    println!("mk {s}");
    D(s)
}
fn ret() -> usize {
    let _x = D("rx");
    mk("tail").id()
}
fn early(b: bool) -> Option<i32> {
    let _a = D("ea");
    let v = if b { Some(1) } else { None };
    let _b = D("eb");
    let x = v?;
    let _c = D("ec");
    Some(x)
}
fn param(_: D, _b: D, c: D) {
    println!("in param");
    let _ = c;
    println!("end param");
}
enum E {
    A(D, D),
    B { x: D },
}
fn made(s: &'static str, some: bool) -> Option<D> {
    some.then(|| D(s))
}
/// What guards bind is dropped before what the pattern binds.
fn guarded(a: Option<D>, b: Option<D>, k: i32) -> i32 {
    match (a, b) {
        (Some(x), _)
            if let Some(_y) = made("guard", k > 0)
                && k < 5 =>
        {
            println!("first {}", x.0);
            1
        }
        (Some(x), Some(z))
            if x.0 == "a"
                && let Some(w) = made("second guard", k > 7) =>
        {
            println!("second {} {} {}", x.0, z.0, w.0);
            drop(x);
            2
        }
        (p, q) => p.is_some() as i32 + q.is_some() as i32,
    }
}
fn main() {
    for k in [0, 1, 6, 8] {
        println!("{}", guarded(made("a", true), made("b", k != 6), k));
    }
    {
        let _x = D("1");
        let _y = D("2");
        let _ = D("3");
        println!("body");
    }
    {
        let s = S { a: D("sa"), b: D("sb") };
        drop(s.b);
        println!("partial");
    }
    {
        let _o = Outer { s: S { a: D("oa"), b: D("ob") }, d: D("od") };
    }
    {
        let x = D("sh1");
        let x = D(if x.id() > 1 { "sh2" } else { "no" });
        println!("{}", x.id());
    }
    println!("{}", ret());
    match mk("scrut").id() {
        5 => println!("five"),
        _ => println!("other"),
    }
    if let Some(_) = mk("iflet").get() {
        println!("then");
    } else {
        println!("else");
    }
    if let Some(_) = mk("z").get() {
        println!("then");
    } else {
        println!("else");
    }
    while let Some(_) = mk("w").get() {}
    let v = vec![D("v1"), D("v2"), D("v3")];
    let mut it = v.into_iter();
    let f = it.next();
    println!("took");
    drop(it);
    println!("it gone");
    drop(f);
    early(true);
    early(false);
    param(D("p1"), D("p2"), D("p3"));
    let mut a = D("a1");
    a = D("a2");
    println!("assigned");
    let t = (D("t0"), D("t1"));
    let (q, _) = t;
    println!("moved {}", q.id());
    drop(q);
    let e = E::A(D("e1"), D("e2"));
    if let E::A(x, _) = e {
        println!("x {}", x.id());
    }
    println!("after e");
    let e2 = E::B { x: D("bx") };
    match e2 {
        E::B { ref x } => println!("{}", x.id()),
        _ => {}
    }
    let c = {
        let d = D("cap");
        move || d.id()
    };
    println!("{}", c());
    drop(c);
    let arr = [D("r0"), D("r1")];
    let [x, y] = arr;
    drop(y);
    drop(x);
    let b: Box<D> = Box::new(D("bx"));
    let inner = *b;
    println!("unboxed");
    drop(inner);
    let o = Some(D("opt"));
    let z = o.as_ref().map(|d| d.id());
    println!("{z:?}");
    let y: D;
    let cond = z == Some(3);
    if cond {
        y = D("cond");
        println!("{}", y.id());
    }
    for d in [D("f1"), D("f2")] {
        if d.id() == 2 {
            println!("cont");
            continue;
        }
    }
    let _r = &mk("ext");
    let _s = S { a: mk("m1"), ..S { a: mk("m2"), b: mk("m3") } };
    'l: {
        let _g = D("lab");
        if cond {
            break 'l;
        }
        println!("no");
    }
    let _u = std::mem::replace(&mut a, D("a3"));
    println!("{}", (mk("x1"), mk("x2")).0.id());
    let w = [mk("w1").id(), mk("w2").id()];
    println!("{w:?}");
    println!("end");
}
