//! Conflicts with borrows.

use super::{check_accepted, check_errors};

#[test]
fn a_borrowed_vector_does_not_grow() {
    check_errors(
        "fn f(mut v: Vec<i32>) -> i32 {\n    let first = &v[0];\n    v.push(1);\n    *first\n}",
        "
        3:5 E0502 cannot borrow `v` as mutable because it is also borrowed as immutable
            2:18 immutable borrow occurs here
            4:5 immutable borrow later used here
        ",
    );
    check_accepted(
        "fn f(mut v: Vec<i32>) -> i32 { let first = v[0]; v.push(first); let n = v.len(); v.push(v.len() as i32); n as i32 }",
    );
}

#[test]
fn one_exclusive_borrow_at_a_time() {
    check_errors(
        "fn main() {\n    let mut x = 1;\n    let a = &mut x;\n    let b = &mut x;\n    *a = 2;\n    *b = 3;\n}",
        "
        4:13 E0499 cannot borrow `x` as mutable more than once at a time
            3:13 first mutable borrow occurs here
            5:5 first borrow later used here
        ",
    );
    check_accepted("fn main() { let mut x = 1; let a = &mut x; *a = 2; let b = &mut x; *b = 3; x = 4; }");
}

#[test]
fn each_path_may_return_the_argument() {
    check_accepted(
        "struct S { a: bool, n: i32 }
         fn f(s: &mut S) -> &mut S { if s.a { return s; } else if s.n > 3 { s.n = 1; return s; } s }
         fn g(s: &mut S) -> &mut S { id(if s.a { &mut *s } else { s }) }
         fn id(s: &mut S) -> &mut S { s }",
    );
}

#[test]
fn what_is_borrowed_stays() {
    check_errors(
        "fn main() {\n    let s = String::new();\n    let r = &s;\n    drop(s);\n    r.len();\n}",
        "
        4:10 E0505 cannot move out of `s` because it is borrowed
            3:13 borrow of `s` occurs here
            5:5 borrow later used here
        ",
    );
    check_errors(
        "fn f() -> i32 {\n    let r;\n    {\n        let x = 1;\n        r = &x;\n    }\n    *r\n}",
        "
        5:13 E0597 `x` does not live long enough
            4:13 binding `x` declared here
            6:5 `x` dropped here while still borrowed
            7:5 borrow later used here
        ",
    );
}

#[test]
fn a_local_is_not_returned_by_reference() {
    check_errors(
        "fn f() -> &'static i32 {\n    let x = 1;\n    &x\n}",
        "3:5 E0515 cannot return reference to local variable `x`",
    );
}
