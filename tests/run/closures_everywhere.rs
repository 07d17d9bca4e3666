// Closures stored, returned, boxed, recursive; function items and pointers as values.
use std::collections::HashMap;
struct S {
    a: Vec<i32>,
    b: String,
    n: i32,
}
fn compose<A, B, C>(f: impl Fn(A) -> B, g: impl Fn(B) -> C) -> impl Fn(A) -> C {
    move |x| g(f(x))
}
fn adder(n: i32) -> impl Fn(i32) -> i32 + Clone {
    move |x| x + n
}
fn boxed(n: i32) -> Box<dyn Fn(i32) -> i32> {
    if n > 0 { Box::new(move |x| x + n) } else { Box::new(|x| x) }
}
fn apply<F>(f: F, n: i32) -> i32
where
    F: FnOnce(i32) -> i32,
{
    f(n)
}
fn twice(f: &mut dyn FnMut()) {
    f();
    f();
}
fn rec(f: &dyn Fn(&dyn Fn(u64) -> u64, u64) -> u64, n: u64) -> u64 {
    f(&|k| rec(f, k), n)
}
struct Counter<F: FnMut() -> i32> {
    f: F,
    calls: usize,
}
impl<F: FnMut() -> i32> Counter<F> {
    fn call(&mut self) -> i32 {
        self.calls += 1;
        (self.f)()
    }
}
struct Cache<F: Fn(u64) -> u64> {
    f: F,
    m: HashMap<u64, u64>,
}
impl<F: Fn(u64) -> u64> Cache<F> {
    fn get(&mut self, k: u64) -> u64 {
        if let Some(&v) = self.m.get(&k) {
            return v;
        }
        let v = (self.f)(k);
        self.m.insert(k, v);
        v
    }
}
fn hr<F: for<'a> Fn(&'a str) -> &'a str>(f: F) -> String {
    f("  x ").to_string()
}
fn fnptr(f: fn(i32) -> i32, n: i32) -> i32 {
    f(n)
}
fn dbl(x: i32) -> i32 {
    x * 2
}
type Op = fn(f64, f64) -> f64;
fn fact(f: fn(u64) -> u64, n: u64) -> u64 {
    if n == 0 { 1 } else { n * f(n - 1) }
}
fn fact1(n: u64) -> u64 {
    fact(fact1, n)
}
fn ret_fn() -> fn(i32) -> i32 {
    |x| x + 100
}
fn make() -> (impl Fn() -> i32, impl FnMut() -> i32) {
    let mut c = 0;
    (
        || 1,
        move || {
            c += 1;
            c
        },
    )
}
trait Handler {
    fn handle(&mut self, s: &str) -> usize;
}
impl<F: FnMut(&str) -> usize> Handler for F {
    fn handle(&mut self, s: &str) -> usize {
        self(s)
    }
}
fn main() {
    let mut s = S { a: vec![1, 2, 3], b: "hi".into(), n: 0 };
    {
        let r = &s.b;
        let mut inc = || s.n += s.a.len() as i32;
        inc();
        inc();
        println!("{r}");
    }
    println!("{}", s.n);
    let mv = move || s.b.len();
    println!("{} {:?}", mv(), s.a);
    println!("{}", compose(|x: i32| x + 1, |y| format!("<{y}>"))(4));
    let a = adder(3);
    let b = a.clone();
    println!("{} {} {} {}", a(1), b(2), boxed(5)(1), boxed(-1)(1));
    println!("{}", apply(a, 10));
    let mut k = 0;
    twice(&mut || k += 2);
    println!("{k}");
    println!("{}", rec(&|f, n| if n < 2 { n } else { f(n - 1) + f(n - 2) }, 10));
    let mut i = 0;
    let mut c = Counter {
        f: || {
            i += 5;
            i
        },
        calls: 0,
    };
    c.call();
    println!("{} {}", c.call(), c.calls);
    let mut ca = Cache { f: |x| x * x, m: HashMap::new() };
    println!("{} {} {}", ca.get(4), ca.get(4), ca.m.len());
    println!("[{}]", hr(|s| s.trim()));
    println!("[{}]", hr(str::trim));
    println!("{} {}", fnptr(dbl, 4), fnptr(|x| x - 1, 4));
    let ops: [(&str, Op); 3] = [("+", |a, b| a + b), ("*", |a, b| a * b), ("max", f64::max)];
    for (n, o) in ops.iter() {
        print!("{n}{} ", o(2.0, 3.0));
    }
    println!("{}", fact1(5));
    println!("{}", ret_fn()(1));
    let (f, mut g) = make();
    println!("{} {} {}", f(), g(), g());
    let v: Vec<Option<i32>> = vec![1, 2].into_iter().map(Some).collect();
    println!("{v:?}");
    let w: Vec<String> = ["a", "b"].iter().map(ToString::to_string).collect();
    println!("{w:?}");
    let l: Vec<usize> = w.iter().map(String::len).collect();
    println!("{l:?}");
    let fs: Vec<fn(&str) -> String> = vec![str::to_uppercase, |s| s.repeat(2)];
    for f in fs {
        println!("{}", f("ab"));
    }
    let mut total = 0;
    let mut h = |s: &str| {
        total += s.len();
        total
    };
    h.handle("abc");
    println!("{}", h.handle("de"));
    let mut log: Vec<String> = vec![];
    let mut add = |s: &str| log.push(s.to_owned());
    add("x");
    add("y");
    println!("{log:?}");
    let x = 5;
    let cl = |y| {
        let z = |w| w + x + y;
        z(1)
    };
    println!("{}", cl(2));
    let tup = (String::from("a"), 5);
    let c1 = || tup.1 + 1;
    println!("{} {}", c1(), tup.0);
    let data = vec![3, 1, 2];
    let sorted = {
        let mut d = data.clone();
        d.sort_by(|a, b| b.cmp(a));
        d
    };
    println!("{sorted:?} {data:?}");
    let o = Some(2).map_or_else(|| -1, |x| x * 3);
    println!("{o}");
    let fm = (1..4).flat_map(|x| (0..x).map(move |y| (x, y))).filter(|&(x, y)| x != y).collect::<Vec<_>>();
    println!("{fm:?}");
    let ret: Box<dyn Fn() -> Box<dyn Fn(i32) -> i32>> = Box::new(|| Box::new(|x| x + 1));
    println!("{}", ret()(1));
    let never = || -> i32 {
        return 3;
    };
    println!("{}", never());
    let st =
        std::iter::successors(Some(1), |x| if *x < 50 { Some(x * 3) } else { None }).collect::<Vec<i32>>();
    println!("{st:?}");
}
