//! Decision trees.

use super::{check_accepted, check_count, check_lines};

#[test]
fn arms_on_integers_are_one_switch() {
    check_count("fn f(x: i32) -> i32 { match x { 1 => 10, 2 | 3 => 20, _ => 30 } }", "f", "switch", 1);
}

#[test]
fn arms_on_variants_are_one_switch() {
    check_count(
        "enum E { A, B(i32), C } fn f(e: E) -> i32 { match e { E::A => 1, E::B(n) => n, E::C => 3 } }",
        "f",
        "switch",
        1,
    );
}

#[test]
fn strings_are_compared() {
    check_lines(
        "fn f(s: &str) -> i32 { match s { \"a\" => 1, \"b\" => 2, _ => 3 } }",
        "f",
        &["(copy _1, const \"a\")", "(copy _1, const \"b\")"],
    );
}

#[test]
fn guards_fall_through() {
    check_accepted(
        "fn f(x: Option<String>, c: bool) -> String {
            match x { Some(s) if c && s.len() == 0 => s, Some(s) => s, None => String::new() }
        }",
    );
}

#[test]
fn bindings_take_parts() {
    check_accepted(
        "fn f(x: &[i32]) -> i32 {
            match x { [] => 0, [a] => *a, [a, rest @ ..] => *a + rest[0] }
        }
        fn g(x: Option<(i32, String)>) -> i32 {
            match x { Some((n @ 1..=9, _)) => n, Some((_, ref s)) => s.len() as i32, None => 0 }
        }
        fn h(x: Result<i32, i32>) -> i32 { let (Ok(n) | Err(n)) = x; n }
        fn i(x: &Option<String>) -> usize { if let Some(s) = x && s.len() > 1 { s.len() } else { 0 } }
        fn j(mut v: Vec<i32>) -> i32 { let mut n = 0; while let Some(x) = v.pop() { n += x; } n }",
    );
}
