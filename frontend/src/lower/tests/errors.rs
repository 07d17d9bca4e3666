//! Moves, initialisation, mutability.

use super::{check_accepted, check_errors};

#[test]
fn a_moved_variable_cannot_be_used() {
    check_errors(
        "fn main() {\n    let s = String::new();\n    drop(s);\n    drop(s);\n}",
        "
        4:10 E0382 use of moved value: `s`
            2:9 move occurs because `s` has type `String`, which does not implement the `Copy` trait
            3:10 value moved here
        ",
    );
}

#[test]
fn a_moved_variable_cannot_be_borrowed() {
    check_errors(
        "fn main() {\n    let s = String::new();\n    let t = s;\n    s.len();\n    drop(t);\n}",
        "
        4:5 E0382 borrow of moved value: `s`
            2:9 move occurs because `s` has type `String`, which does not implement the `Copy` trait
            3:13 value moved here
        ",
    );
}

#[test]
fn a_move_in_a_loop_meets_itself() {
    check_errors(
        "fn main() {\n    let s = String::new();\n    loop {\n        drop(s);\n    }\n}",
        "
        4:14 E0382 use of moved value: `s`
            2:9 move occurs because `s` has type `String`, which does not implement the `Copy` trait
        ",
    );
}

#[test]
fn a_move_in_one_branch_counts() {
    check_errors(
        "fn f(c: bool) {\n    let s = String::new();\n    if c {\n        drop(s);\n    }\n    s.len();\n}",
        "
        6:5 E0382 borrow of moved value: `s`
            2:9 move occurs because `s` has type `String`, which does not implement the `Copy` trait
            4:14 value moved here
        ",
    );
}

#[test]
fn a_variable_filled_again_is_whole() {
    check_accepted(
        "fn main() { let mut s = String::new(); drop(s); s = String::new(); drop(s); }
        fn g() { let mut p = (String::new(), String::new()); drop(p.0); p.0 = String::new(); drop(p); }",
    );
}

#[test]
fn parts_are_moved_apart() {
    check_accepted("fn main() { let p = (String::new(), String::new()); drop(p.0); drop(p.1); }");
    check_errors(
        "fn main() {\n    let p = (String::new(), String::new());\n    drop(p.0);\n    drop(p);\n}",
        "
        4:10 E0382 use of partially moved value: `p`
            3:10 value partially moved here
        ",
    );
}

#[test]
fn a_closure_moves_what_it_takes() {
    check_errors(
        "fn main() {\n    let s = String::new();\n    let c = move || s.len();\n    s.len();\n    c();\n}",
        "
        4:5 E0382 borrow of moved value: `s`
            2:9 move occurs because `s` has type `String`, which does not implement the `Copy` trait
            3:13 value moved into closure here
        ",
    );
}

#[test]
fn a_variable_must_have_a_value() {
    check_errors(
        "fn f(c: bool) -> i32 {\n    let x;\n    if c {\n        x = 1;\n    }\n    x\n}",
        "
        6:5 E0381 used binding `x` is possibly-uninitialized
            2:9 binding declared here but left uninitialized
        ",
    );
    check_accepted("fn f(c: bool) -> i32 { let x; if c { x = 1; } else { x = 2; } x }");
}

#[test]
fn what_is_lent_cannot_be_taken() {
    check_errors(
        "fn f(s: &String) -> String {\n    *s\n}",
        "2:5 E0507 cannot move out of `*s` which is behind a shared reference",
    );
    check_errors(
        "struct S { name: String }\nfn f(s: &mut S) -> String {\n    s.name\n}",
        "3:5 E0507 cannot move out of `s.name` which is behind a mutable reference",
    );
    check_errors(
        "fn f(v: Vec<String>) -> String {\n    v[0]\n}",
        "2:5 E0507 cannot move out of index of `Vec<String>`",
    );
}

#[test]
fn a_box_gives_up_its_contents() {
    check_accepted("fn f(b: Box<String>) -> String { *b }");
}

#[test]
fn an_immutable_variable_is_assigned_once() {
    check_errors(
        "fn main() {\n    let x = 1;\n    x = 2;\n}",
        "
        3:5 E0384 cannot assign twice to immutable variable `x`
            2:13 first assignment to `x`
        ",
    );
    check_errors("fn f(x: i32) {\n    x = 2;\n}", "2:5 E0384 cannot assign to immutable argument `x`");
    check_accepted("fn main() { let x; x = 1; let y: i32 = x; }");
}

#[test]
fn what_is_immutable_is_not_lent_mutably() {
    check_errors(
        "fn main() {\n    let s = String::new();\n    s.push('x');\n}",
        "
        3:5 E0596 cannot borrow `s` as mutable, as it is not declared as mutable
            2:9 not mutable
        ",
    );
    check_errors(
        "fn f(s: &String) {\n    s.push('x');\n}",
        "
        2:5 E0596 cannot borrow `*s` as mutable, as it is behind a `&` reference
            1:6 declared here
        ",
    );
    check_errors(
        "struct P { x: i32 }\nfn f(p: &P) {\n    p.x = 1;\n}",
        "
        3:5 E0594 cannot assign to `p.x`, which is behind a `&` reference
            2:6 declared here
        ",
    );
    check_accepted(
        "struct P { x: i32 }
        fn f(p: &mut P) { p.x = 1; let q = &mut p.x; *q = 2; }
        fn g() { let mut n = 0; let mut add = |k: i32| n = n + k; add(1); add(2); }",
    );
}
