//! Input made to break the parser: it may be refused, never crash.

use super::parse_files;
use crate::ast::ParseOptions;

const SEED: &str = r##"
#![allow(dead_code)]
use std::{fmt, collections::*};
macro_rules! m { ($($a:expr),* ; $b:ty) => { $( let x: $b = $a; )* }; ($($t:tt)*) => { m!(1 ; u8) } }
#[derive(Clone, Debug, PartialEq, PartialOrd, Hash, Default)]
pub enum E<'a, T: Copy> where T: 'a { #[default] A, B(&'a T), C { x: [u8; 3] } }
impl<'a, T: Copy> E<'a, T> { fn f(&mut self, (a, b): (u8, &str)) -> Result<(), Box<dyn Fn(u8) -> u8>> {
    'l: for i in 0..=10 { if let Some(x) = g(i)? && x > 1 { continue 'l } }
    m!(a + 1, b ; u32); println!("{a:>5.2} {} {{", b); assert_eq!(a, 1, "x{}", 2);
    let c = move |x: u8| -> u8 { x as u8 + !1 }; match c(1) { 1 | 2..=3 if true => {} _ => return Ok(()) }
    matches!(x, Some(_)); vec![1; 3]; r#"raw"#; b'a'; 'x'; 1.5e3; } }
"##;

/// Runs on a stack as large as the compiler's.
fn on_large_stack(f: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(f);
    assert!(thread.expect("a thread can be started").join().is_ok());
}

fn parse(source: &str) -> Vec<String> {
    parse_files(&[("main.rs", source)], ParseOptions::default()).1
}

/// A small generator, so that failures repeat.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

#[test]
fn mutated_bytes_never_panic() {
    on_large_stack(|| {
        let mut random = Random(0x9E3779B97F4A7C15);
        for _ in 0..300 {
            let mut bytes = SEED.as_bytes().to_vec();
            for _ in 0..1 + random.below(4) {
                let at = random.below(bytes.len());
                match random.below(3) {
                    0 => bytes[at] = b"(){}[]<>,;:$#!'\"&*+=.|xA0\\r"[random.below(27)],
                    1 => drop(bytes.remove(at)),
                    _ => bytes.truncate(at.max(1)),
                }
            }
            parse(&String::from_utf8_lossy(&bytes));
        }
    });
}

#[test]
fn mutated_tokens_never_panic() {
    on_large_stack(|| {
        let mut random = Random(0xD1B54A32D192ED03);
        let words: Vec<&str> = SEED.split_inclusive([' ', '(', ')', '{', '}', ',', ';', ':']).collect();
        for _ in 0..600 {
            let mut words = words.clone();
            for _ in 0..1 + random.below(3) {
                let (a, b) = (random.below(words.len()), random.below(words.len()));
                match random.below(3) {
                    0 => words.swap(a, b),
                    1 => drop(words.remove(a)),
                    _ => words.insert(a, words[b]),
                }
            }
            parse(&words.concat());
        }
    });
}

#[test]
fn deep_nesting_is_refused() {
    on_large_stack(|| {
        let n = 100_000;
        let refused = |source: String| {
            let messages = parse(&source);
            assert!(messages.iter().any(|m| m.contains("C0013")), "{messages:?} {}", &source[..60]);
        };
        refused(format!("fn f() {{ {}1{}; }}", "(".repeat(n), ")".repeat(n)));
        refused(format!("fn f() {{ {}1; }}", "!".repeat(n)));
        refused(format!("fn f() {{ 1{}; }}", " + 1".repeat(n)));
        refused(format!("fn f() {{ x{}; }}", ".a()".repeat(n)));
        refused(format!("fn f(x: {}u8) {{}}", "&".repeat(n)));
        refused(format!("fn f(x: {}u8{}) {{}}", "A<".repeat(n), ">".repeat(n)));
        refused(format!("fn f() {{ if a {{}} {} }}", "else if a {}".repeat(n)));
        refused(format!("fn f() {{ {} x }}", "return ".repeat(n)));
        refused(format!("{}{}", "mod a {".repeat(n), "}".repeat(n)));
        // The trees that are just accepted are not too deep either.
        for source in [
            format!("fn f() {{ {}1; }}", "!".repeat(950)),
            format!("fn f() {{ 1{}; }}", " + 1".repeat(950)),
            format!("fn f(x: {}u8) {{}}", "&".repeat(950)),
            format!("fn f(x: {}u8{}) {{}}", "A<".repeat(480), ">".repeat(480)),
            format!("fn f() {{ if a {{}} {} }}", "else if a {}".repeat(480)),
            format!("fn f() {{ {} x }}", "return ".repeat(950)),
            format!("fn f() {{ {}1{}; }}", "(".repeat(250), ")".repeat(250)),
            format!("fn f() {{ {}1{}; }}", "{".repeat(250), "}".repeat(250)),
            format!("fn f() {{ {}1{} }}", "|x| ".repeat(480), ""),
        ] {
            parse(&source);
        }
    });
}

#[test]
fn exploding_macros_stop() {
    on_large_stack(|| {
        let messages =
            parse("macro_rules! m { ($($t:tt)*) => { m!($($t)* $($t)*) } } fn f() { m!(a b c d); }");
        assert_eq!(messages.len(), 1, "{messages:?}");
        let messages = parse("macro_rules! m { ($x:tt) => { (m!(($x)), m!(($x))) } } fn f() { m!(1); }");
        assert_eq!(messages.len(), 1, "{messages:?}");
    });
}
