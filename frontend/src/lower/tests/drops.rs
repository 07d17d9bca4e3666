//! Where values are dropped.

use super::{check_count, check_lines};

#[test]
fn locals_are_dropped_last_first() {
    check_lines(
        "fn main() { let a = String::new(); let b = String::new(); }",
        "main",
        &["_1 =", "_2 =", "drop _2", "drop _1"],
    );
}

#[test]
fn a_moved_local_is_not_dropped() {
    check_count("fn main() { let a = String::new(); drop(a); }", "main", "drop _", 0);
}

#[test]
fn a_maybe_moved_local_has_a_flag() {
    check_lines(
        "fn f(c: bool) { let a = String::new(); if c { drop(a); } }",
        "f",
        &["_4 = const true", "_4 = const false", "switch copy _4", "drop _2"],
    );
}

#[test]
fn the_rest_of_a_tuple_is_dropped() {
    check_count("fn main() { let p = (String::new(), String::new()); drop(p.0); }", "main", "drop _1.1", 1);
}

#[test]
fn an_emptied_box_is_freed() {
    check_lines("fn f(b: Box<String>) -> String { *b }", "f", &["_0 = move *_1", "box_free"]);
}

#[test]
fn a_moved_payload_needs_no_drop() {
    check_count(
        "fn f(x: Option<String>) -> String { match x { Some(s) => s, None => String::new() } }",
        "f",
        "drop _",
        0,
    );
}

#[test]
fn assignment_drops_the_old_value() {
    check_lines("fn f(s: &mut String) { *s = String::new(); }", "f", &["call", "drop *_1", "*_1 = move"]);
}

#[test]
fn a_first_assignment_drops_nothing() {
    check_count("fn main() { let s; s = String::new(); drop(s); }", "main", "drop _", 0);
}

#[test]
fn temporaries_die_with_their_statement() {
    check_lines("fn g() {} fn main() { String::new().len(); g(); }", "main", &["::len(", "drop _", "g()"]);
}

#[test]
fn an_extended_temporary_lives_as_long_as_its_variable() {
    check_lines(
        "fn g() {} fn main() { let s = &String::new(); g(); s.len(); }",
        "main",
        &["::new(", "g()", "::len(", "drop _"],
    );
}

#[test]
fn temporaries_of_a_tail_die_before_the_locals() {
    check_lines(
        "fn main() { let a = String::new(); let n = { let b = String::new(); String::new().len() }; }",
        "main",
        &["::len(", "drop _5", "drop _3", "drop _1"],
    );
}

#[test]
fn return_leaves_all_scopes() {
    check_count(
        "fn f(c: bool) { let a = String::new(); if c { return; } let b = String::new(); }",
        "f",
        "drop _2",
        2,
    );
}
