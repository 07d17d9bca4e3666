// Enums with data, match with guards, bindings, ranges, nested and or-patterns, if let, let else, while let.
#[derive(Debug, Clone, PartialEq)]
enum Expr {
    Num(i64),
    Add(Box<Expr>, Box<Expr>),
    Mul(Box<Expr>, Box<Expr>),
    Neg(Box<Expr>),
    Var { name: String },
}
use Expr::*;
fn eval(e: &Expr, x: i64) -> Result<i64, String> {
    Ok(match e {
        Num(n) => *n,
        Add(a, b) => eval(a, x)? + eval(b, x)?,
        Mul(a, b) => eval(a, x)? * eval(b, x)?,
        Neg(a) => -eval(a, x)?,
        Var { name } if name == "x" => x,
        Var { name } => return Err(format!("unknown {name}")),
    })
}
fn classify(n: i32) -> &'static str {
    match n {
        i32::MIN..=-1 => "negative",
        0 => "zero",
        1 | 2 | 3 => "small",
        n if n % 2 == 0 => "even",
        _ => "odd",
    }
}
fn first_word(s: &str) -> &str {
    let Some((head, _)) = s.split_once(' ') else { return s };
    head
}
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Low = 1,
    High = 10,
}
fn main() {
    let e = Add(Box::new(Num(2)), Box::new(Mul(Box::new(Var { name: "x".into() }), Box::new(Num(3)))));
    println!("{:?} {:?}", eval(&e, 5), eval(&Neg(Box::new(Var { name: "y".to_string() })), 1));
    for n in [-5, 0, 2, 8, 9] {
        print!("{} ", classify(n));
    }
    println!();
    println!("{} {}", first_word("hello there"), first_word("single"));
    let mut stack = vec![1, 2, 3];
    while let Some(top) = stack.pop() {
        print!("{top} ");
    }
    println!("{}", Level::High as i32 + Level::Low as i32);
    if let Add(a, _) = &e
        && let Num(n) = **a
    {
        println!("starts with {n}");
    }
    let t = (1, (2, [3, 4, 5]));
    let (a, (b, [c, rest @ ..])) = t;
    println!("{a} {b} {c} {rest:?}");
    match [1, 2, 3, 4].as_slice() {
        [] => println!("none"),
        [one] => println!("{one}"),
        [first, .., last] => println!("{first} {last}"),
    }
    let v = 42u8;
    match v {
        n @ 40..=49 => println!("forties {n}"),
        _ => unreachable!(),
    }
    println!("{:?} {}", Level::Low < Level::High, matches!(e, Add(..)));
    println!("{}", e == e.clone());
}
