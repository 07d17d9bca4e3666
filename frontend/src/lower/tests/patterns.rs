//! Exhaustiveness and reachability.

use super::{check_accepted, check_errors};

#[test]
fn a_missing_variant_is_named() {
    check_errors(
        "fn f(x: Option<i32>) -> i32 {\n    match x {\n        Some(y) => y,\n    }\n}",
        "2:11 E0004 non-exhaustive patterns: `None` not covered",
    );
    check_errors(
        "enum E { A, B(i32), C { x: bool } }\nfn f(e: E) {\n    match e {\n        E::A => {}\n    }\n}",
        "3:11 E0004 non-exhaustive patterns: `E::B(_)` and `E::C { .. }` not covered",
    );
}

#[test]
fn missing_integers_are_ranges() {
    check_errors(
        "fn f(x: i32) {\n    match x {\n        0 => {}\n    }\n}",
        "2:11 E0004 non-exhaustive patterns: `i32::MIN..=-1_i32` and `1_i32..=i32::MAX` not covered",
    );
    check_errors(
        "fn f(x: u8) {\n    match x {\n        0..=9 | 11..=254 => {}\n    }\n}",
        "2:11 E0004 non-exhaustive patterns: `10_u8` and `u8::MAX` not covered",
    );
    check_accepted("fn f(x: u8) { match x { 0..=9 => {} 10..=255 => {} } }");
    check_accepted("fn f(x: usize) { match x { 0 => {} 1.. => {} } }");
}

#[test]
fn tuples_are_crossed() {
    check_errors(
        "fn f(a: bool, b: bool) {\n    match (a, b) {\n        (true, _) => {}\n        (false, true) => {}\n    }\n}",
        "2:11 E0004 non-exhaustive patterns: `(false, false)` not covered",
    );
}

#[test]
fn slices_have_lengths() {
    check_errors(
        "fn f(x: &[i32]) {\n    match x {\n        [] => {}\n        [a] => {}\n    }\n}",
        "2:11 E0004 non-exhaustive patterns: `&[_, _, ..]` not covered",
    );
    check_accepted("fn f(x: &[i32]) { match x { [] => {} [a] => {} [a, .., b] => {} } }");
    check_accepted("fn f(x: [i32; 2]) -> i32 { let [a, b] = x; a }");
}

#[test]
fn strings_need_a_rest() {
    check_errors(
        "fn f(x: &str) {\n    match x {\n        \"a\" => {}\n    }\n}",
        "2:11 E0004 non-exhaustive patterns: `&_` not covered",
    );
}

#[test]
fn a_let_must_match() {
    check_errors(
        "fn f(x: Option<i32>) {\n    let Some(y) = x;\n}",
        "2:9 E0005 refutable pattern in local binding",
    );
    check_accepted("fn f(x: Option<i32>) -> i32 { let Some(y) = x else { return 0 }; y }");
}

#[test]
fn arms_behind_others_are_pointed_out() {
    check_errors(
        "fn f(x: Option<i32>) {\n    match x {\n        _ => {}\n        None => {}\n    }\n}",
        "4:9 warning unreachable pattern",
    );
    check_errors(
        "fn f(x: i32) {\n    match x {\n        1 | 2 | 1 => {}\n        _ => {}\n    }\n}",
        "3:17 warning unreachable pattern",
    );
}

#[test]
fn a_guard_covers_nothing() {
    check_errors(
        "fn f(x: bool) {\n    match x {\n        true if x => {}\n        false => {}\n    }\n}",
        "2:11 E0004 non-exhaustive patterns: `true` not covered",
    );
}

#[test]
fn an_empty_type_needs_no_arm() {
    check_accepted(
        "enum Void {}\nfn f(x: Void) -> i32 { match x {} }\nfn g(x: Result<i32, Void>) -> i32 { let Ok(y) = x; y }",
    );
}
