//! Operators, loops, closures, constants.

use super::{check_accepted, check_count, check_lines};

#[test]
fn arithmetic_is_checked() {
    check_lines("fn f(a: i32, b: i32) -> i32 { a + b }", "f", &["CheckedAdd(copy _1, copy _2)", "assert"]);
    check_count("fn f(a: i32, b: i32) -> i32 { a / b }", "f", "assert", 2);
    check_count("fn f(a: i32) -> i32 { a / 2 }", "f", "assert", 0);
    check_count("fn f(a: f64) -> f64 { a / 2.0 }", "f", "assert", 0);
}

#[test]
fn indexing_is_checked() {
    check_lines(
        "fn f(a: &[i32], i: usize) -> i32 { a[i] }",
        "f",
        &["Len(*_1)", "Lt(copy _2", "assert", "copy (*_1)[_2]"],
    );
}

#[test]
fn short_circuits_are_control_flow() {
    check_count("fn f(a: bool, b: bool) -> i32 { if a && b { 1 } else { 2 } }", "f", "switch", 2);
    check_count("fn f(a: bool, b: bool) -> i32 { if a || !b { 1 } else { 2 } }", "f", "switch", 2);
}

#[test]
fn loops_have_a_header() {
    check_lines(
        "fn f(n: usize) -> usize { let mut s = 0; for i in 0..n { s += i; } s }",
        "f",
        &["into_iter", "next", "Discriminant", "switch", "CheckedAdd"],
    );
    check_accepted(
        "fn f() -> i32 { 'a: loop { loop { break 'a 3; } } }
        fn g(c: bool) -> i32 { 'b: { if c { break 'b 1; } 2 } }
        fn h(n: i32) -> i32 { let mut i = 0; while i < n { i += 1; if i == 3 { continue; } } i }",
    );
}

#[test]
fn closures_have_fields() {
    check_lines("fn f(k: i32) -> i32 { let add = |x: i32| x + k; add(2) }", "f::{closure#0}", &["*(*_1).0"]);
    check_accepted(
        "fn apply<F: Fn(i32) -> i32>(f: F) -> i32 { f(1) }
        fn f(k: i32) -> i32 { apply(|x| x + k) }
        fn g() -> usize { let s = String::new(); let c = move || s.len(); c() }
        fn h() -> String { let s = String::new(); let c = || s; c() }",
    );
}

#[test]
fn constants_live_in_static_memory() {
    check_lines("fn f() -> &'static i32 { &5 }", "f", &["promoted 0"]);
    check_accepted(
        "fn f() -> &'static [i32] { &[1, 2, 3] } const C: &[i32] = &[1]; static S: i32 = 4; fn g() -> i32 { S + C[0] }",
    );
}

#[test]
fn structs_take_the_rest_from_a_base() {
    check_accepted(
        "struct S { a: String, b: String, c: i32 }
        fn f(s: S) -> S { S { a: String::new(), ..s } }
        fn g(s: &S) -> i32 { s.c }",
    );
}
