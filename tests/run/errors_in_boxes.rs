// `?` into `Box<dyn Error>`, sources, downcasts; `main` returns an error.
use std::error::Error;
use std::fmt;
#[derive(Debug)]
enum MyErr {
    Parse(std::num::ParseIntError),
    Neg(i64),
    Other(Box<dyn Error>),
}
impl fmt::Display for MyErr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MyErr::Parse(e) => write!(f, "parse: {e}"),
            MyErr::Neg(n) => write!(f, "negative {n}"),
            MyErr::Other(o) => write!(f, "other {o}"),
        }
    }
}
impl Error for MyErr {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            MyErr::Parse(e) => Some(e),
            MyErr::Neg(_) => None,
            MyErr::Other(o) => Some(o.as_ref()),
        }
    }
}
impl From<std::num::ParseIntError> for MyErr {
    fn from(e: std::num::ParseIntError) -> Self {
        MyErr::Parse(e)
    }
}
fn a(s: &str) -> Result<i64, MyErr> {
    let n: i64 = s.parse()?;
    if n < 0 {
        return Err(MyErr::Neg(n));
    }
    Ok(n)
}
fn b(s: &str) -> Result<i64, Box<dyn Error>> {
    let n = a(s)?;
    if n == 7 {
        return Err("seven".into());
    }
    if n == 8 {
        Err(format!("eight {n}"))?;
    }
    if n == 9 {
        return Err(Box::new(MyErr::Neg(9)));
    }
    Ok(n)
}
fn c(s: &str) -> Result<f64, Box<dyn Error + Send + Sync>> {
    let x: f64 = s.parse()?;
    if x > 1e3 {
        return Err(Box::from("big"));
    }
    Ok(x)
}
fn chain(e: &dyn Error) -> String {
    let mut s = e.to_string();
    let mut cur = e.source();
    while let Some(x) = cur {
        s += " <- ";
        s += &x.to_string();
        cur = x.source();
    }
    s
}
fn main() -> Result<(), Box<dyn Error>> {
    for s in ["1", "-4", "x", "7", "8", "9", ""] {
        match b(s) {
            Ok(n) => println!("ok {n}"),
            Err(e) => {
                println!("{e} / {:?} / {}", e, chain(&*e));
                if let Some(m) = e.downcast_ref::<MyErr>() {
                    println!("is MyErr {m}");
                }
                println!("{}", e.is::<std::num::ParseIntError>());
                match e.downcast::<MyErr>() {
                    Ok(b) => println!("down {b}"),
                    Err(o) => println!("not {o}"),
                }
            }
        }
    }
    for s in ["1.5", "abc", "2000"] {
        match c(s) {
            Ok(x) => println!("{x}"),
            Err(e) => println!("E {e}"),
        }
    }
    let e2 = MyErr::Other("inner".into());
    println!("{}", chain(&e2));
    let bs: Vec<Box<dyn Error>> =
        vec!["a".into(), String::from("b").into(), Box::new(MyErr::Neg(1)), From::from("c")];
    for e in &bs {
        println!("{e}");
    }
    let r: Result<Vec<i32>, Box<dyn Error>> =
        "1,2,x".split(',').map(|p| p.parse::<i32>().map_err(|e| e.into())).collect();
    println!("{}", r.is_err());
    let v: u8 = u8::try_from(300i32).unwrap_or(9);
    println!("{v}");
    let o: Option<i32> = None;
    let q = o.ok_or("none")?;
    println!("{q}");
    Ok(())
}
