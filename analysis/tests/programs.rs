//! Programs from source, through collection, the passes and the interpreter.

mod harness;

use harness::{compile, prints, run};

use cloudc_analysis::interp::{Host, Limits, Name, Outcome, Spawn, run_task};

#[test]
fn arithmetic_and_loops() {
    let source = "
fn fib(n: u32) -> u64 { if n < 2 { n as u64 } else { fib(n - 1) + fib(n - 2) } }
fn main() {
    let mut sum = 0;
    let mut i = 0;
    while i < 10 { sum += i * i; i += 1; }
    println!(\"{} {}\", sum, fib(15));
}";
    assert_eq!(prints(source), "285 610\n");
}

#[test]
fn an_overflow_is_reported_with_the_text_before_it() {
    let source = "
fn main() {
    println!(\"before\");
    let xs = [1u8, 255];
    let mut i = 0;
    let mut total = 0u8;
    while i < 2 { total += xs[i]; i += 1; }
    println!(\"{}\", total);
}";
    let run = run(source);
    assert_eq!(run.text(), "before\n");
    let Outcome::Panicked(failure) = run.outcome else { panic!("{:?}", run.outcome) };
    assert_eq!((failure.code, failure.message.as_str()), (3, "attempt to add with overflow"));
}

#[test]
fn iterators_and_closures() {
    let source = "
fn apply<F: FnOnce(i32) -> i32>(f: F) -> i32 { f(20) }
fn twice(x: i32) -> i32 { x * 2 }
fn main() {
    let xs: Vec<i32> = (0..10).map(|x| x * 3).filter(|x| x % 2 == 0).collect();
    let total: i32 = xs.iter().sum();
    println!(\"{:?} {}\", xs, total);
    let k = 22;
    println!(\"{} {}\", apply(|x| x + k), apply(twice));
    let fs: [fn(i32) -> i32; 2] = [twice, |x| x - 1];
    let mut count = 0;
    let mut bump = || { count += 1; count };
    bump();
    bump();
    println!(\"{} {} {}\", fs[0](4), fs[1](4), count);
    for (i, s) in [\"a\", \"b\"].iter().enumerate().rev() { println!(\"{i}{s}\"); }
}";
    assert_eq!(prints(source), "[0, 6, 12, 18, 24] 60\n42 40\n8 3 2\n1b\n0a\n");
}

#[test]
fn drops_run_in_order_and_once() {
    let source = "
struct D(&'static str);
impl Drop for D { fn drop(&mut self) { println!(\"drop {}\", self.0); } }
enum E { A(D, D), B }
fn give(b: bool) -> E { if b { E::A(D(\"x\"), D(\"y\")) } else { E::B } }
fn main() {
    let _a = D(\"a\");
    let b = Box::new(D(\"b\"));
    {
        let _v = vec![D(\"v0\"), D(\"v1\")];
        println!(\"in\");
    }
    let moved = b;
    let e = give(true);
    give(false);
    if let E::A(p, _) = e { println!(\"p is {}\", p.0); }
    let t = (D(\"t0\"), D(\"t1\"));
    drop(t.1);
    let _ = moved.0;
    println!(\"end\");
}";
    let expected = "in\ndrop v0\ndrop v1\np is x\ndrop x\ndrop t1\nend\ndrop t0\ndrop y\ndrop b\ndrop a\n";
    assert_eq!(prints(source), expected);
}

#[test]
fn constants_statics_and_promoted_values() {
    let source = "
const N: usize = 3 * 4;
const NAMES: [&str; 2] = [\"one\", \"two\"];
const SQUARES: [u32; 4] = { let mut a = [0; 4]; let mut i = 0; while i < 4 { a[i] = (i * i) as u32; i += 1; } a };
static LIMIT: i64 = -5;
struct S<const K: usize>;
impl<const K: usize> S<K> { const DOUBLE: usize = K * 2; }
fn pick(i: usize) -> &'static [i32] { if i == 0 { &[1, 2, 3] } else { &[] } }
fn words() -> &'static [&'static str] { &[\"a\", \"bc\"] }
fn main() {
    println!(\"{} {} {} {}\", N, NAMES[1], SQUARES[3], LIMIT);
    println!(\"{} {:?} {:?} {:?}\", S::<21>::DOUBLE, pick(0), pick(1), words());
}";
    assert_eq!(prints(source), "12 two 9 -5\n42 [1, 2, 3] [] [\"a\", \"bc\"]\n");
}

#[test]
fn traits_clones_and_generic_code() {
    let source = "
trait Shape { fn area(&self) -> f64; fn name(&self) -> String { String::from(\"shape\") } }
#[derive(Clone, Debug, PartialEq)]
struct Square(f64);
struct Circle { r: f64 }
impl Shape for Square { fn area(&self) -> f64 { self.0 * self.0 } fn name(&self) -> String { format!(\"square {}\", self.0) } }
impl Shape for Circle { fn area(&self) -> f64 { 3.0 * self.r * self.r } }
fn show<T: Shape>(t: &T) { println!(\"{}: {:.1}\", t.name(), t.area()); }
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Kind { #[default] Unit, Pair(u8, String), Named { xs: Vec<i32> } }
fn main() {
    show(&Square(2.0));
    show(&Circle { r: 1.0 });
    let a = (Square(1.5), [String::from(\"x\"), String::from(\"y\")]);
    let b = a.clone();
    println!(\"{:?} {}\", b, a == b);
    let ks = vec![Kind::Named { xs: vec![1, 2] }, Kind::Pair(7, \"s\".to_string()), Kind::default()];
    let mut sorted = ks.clone();
    sorted.sort();
    println!(\"{:?}\", sorted);
    let f = { let s = String::from(\"captured\"); move || s.len() };
    let g = f.clone();
    println!(\"{} {}\", f(), g());
}";
    let expected = "square 2: 4.0\nshape: 3.0\n(Square(1.5), [\"x\", \"y\"]) true\n\
                    [Unit, Pair(7, \"s\"), Named { xs: [1, 2] }]\n8 8\n";
    assert_eq!(prints(source), expected);
}

#[test]
fn collections_text_and_errors() {
    let source = "
use std::collections::HashMap;
fn parse(s: &str) -> Result<i32, std::num::ParseIntError> { let n: i32 = s.trim().parse()?; Ok(n + 1) }
fn main() {
    let text = \"the cat the dog the end\";
    let mut counts: HashMap<String, u32> = HashMap::new();
    for w in text.split_whitespace() { *counts.entry(w.to_string()).or_insert(0) += 1; }
    let mut list: Vec<_> = counts.into_iter().collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    println!(\"{:?}\", list);
    println!(\"{:?} {:?}\", parse(\" 41 \"), parse(\"x\"));
    println!(\"{:>6}|{:<5}|{:^7}|{:08.3}|{:#x}\", 42, \"ab\", \"mid\", 3.14159, 255);
    println!(\"{}\", u128::MAX / 3 + (1u128 << 100) % 7);
}";
    let expected = "[(\"the\", 3), (\"cat\", 1), (\"dog\", 1), (\"end\", 1)]\nOk(42) Err(ParseIntError { kind: InvalidDigit })\n    42|ab   |  mid  |0003.142|0xff\n113427455640312821154458202477256070487\n";
    assert_eq!(prints(source), expected);
}

#[test]
fn trait_objects_dispatch_by_number() {
    let source = "
trait Speak { fn say(&self, n: u32) -> String; fn twice(&self) -> String { self.say(2) } }
struct Dog { name: String }
struct Cat;
impl Speak for Dog { fn say(&self, n: u32) -> String { format!(\"{} barks {n}\", self.name) } }
impl Speak for Cat { fn say(&self, n: u32) -> String { format!(\"meow {n}\") } }
impl Drop for Dog { fn drop(&mut self) { println!(\"bye {}\", self.name); } }
fn main() {
    let all: Vec<Box<dyn Speak>> = vec![Box::new(Dog { name: String::from(\"rex\") }), Box::new(Cat)];
    for s in all.iter() { println!(\"{} / {}\", s.say(1), s.twice()); }
    let f: &dyn Fn(i32) -> i32 = &|x| x + 1;
    println!(\"{}\", f(41));
}";
    let expected = "rex barks 1 / rex barks 2\nmeow 1 / meow 2\n42\nbye rex\n";
    assert_eq!(prints(source), expected);
}

#[test]
fn a_panic_names_the_place_of_the_caller() {
    let source = "fn main() { let v: Vec<i32> = Vec::new(); let x: Option<i32> = None; if v.is_empty() { x.unwrap(); } }";
    let Outcome::Panicked(failure) = run(source).outcome else { panic!("no panic") };
    assert_eq!(failure.message, "called `Option::unwrap()` on a `None` value");
    let at = &source[failure.site.lo as usize..failure.site.hi as usize];
    assert!(at.contains("unwrap"), "{at}");
}

/// Keeps committed objects; spawns nothing.
#[derive(Default)]
struct Store(Vec<Vec<u8>>);

impl Host for Store {
    fn get(&mut self, name: Name) -> Result<Vec<u8>, i64> {
        self.0.get(name[0] as usize).cloned().ok_or(-2)
    }
    fn commit(&mut self, bytes: &[u8]) -> Result<Name, i64> {
        self.0.push(bytes.to_vec());
        let mut name = [0; 32];
        name[0] = self.0.len() as u8 - 1;
        Ok(name)
    }
    fn spawn(&mut self, _: Spawn) -> Result<Vec<Name>, i64> {
        Err(-8)
    }
    fn bind(&mut self, _: usize, _: Name) -> Result<(), i64> {
        Err(-8)
    }
}

/// Equal values, built in different ways, have equal records; a record read back is the value.
#[test]
fn values_survive_their_record_form() {
    let source = "
#[derive(Debug, PartialEq, Clone)]
enum Tree { Leaf, Node(Box<Tree>, i16, Box<Tree>), Text { s: String, small: u8, big: u64 } }
fn build(n: i16) -> Tree {
    if n == 0 { Tree::Leaf }
    else if n == 1 { Tree::Text { s: format!(\"t{}\", n), small: 3, big: 1 << 40 } }
    else { Tree::Node(Box::new(build(n - 1)), n, Box::new(build(n - 2))) }
}
type All = (Tree, Vec<(u8, u32)>, Vec<Vec<f64>>, Option<Box<i64>>, Option<Box<i64>>, [bool; 3], Vec<String>, String);
fn make(extra: usize) -> All {
    let mut pairs = Vec::with_capacity(extra);
    pairs.push((1u8, 2u32));
    pairs.push((3, 4));
    let mut words = Vec::with_capacity(extra * 3 + 1);
    words.push(\"one\".to_string());
    words.push(String::new());
    (build(5), pairs, vec![vec![1.5, -0.0], vec![]], Some(Box::new(7)), None, [true, false, true], words, String::from(\"end\"))
}
fn main() {
    let a = make(0);
    let name = std::rt::put(&a);
    let again = std::rt::put(&make(100));
    let b: All = std::rt::get(&name);
    println!(\"{} {:?}\", a == b, b.6);
    let text = std::rt::put(&\"a text that is longer than thirty bytes\");
    let t: String = String::from(std::rt::get::<&str>(&text));
    println!(\"{}\", t);
}";
    let program = compile(source).unwrap_or_else(|e| panic!("{e}"));
    let mut store = Store::default();
    let root = program.roots[0];
    let run = run_task(&program, root, &[], &[], 1, Some(0), &mut store, Limits::default());
    assert_eq!(run.outcome, Outcome::Returned(Vec::new()));
    assert_eq!(run.text(), "true [\"one\", \"\"]\na text that is longer than thirty bytes\n");
    assert_eq!(store.0.len(), 3);
    assert_eq!(store.0[0], store.0[1], "equal values have equal bytes");
}
