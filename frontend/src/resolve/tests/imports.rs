//! `use`, re-exports, globs, preludes, visibility.

use super::{check, check_errors};

// A chain of re-exports is followed to its end whatever the order of the modules.
#[test]
fn chains_of_reexports() {
    check(
        "pub use a::f; mod a { pub use super::b::*; } mod b { pub use crate::c::f; } mod c { pub fn f() {} }
         fn main() { f(); a::f(); self::b::f() }",
        r#"
        mod a {
        }
        mod b {
        }
        mod c {
            pub fn f() -> () {}
        }
        fn main() -> () {
            main::c::f();
            main::c::f();
            main::c::f()
        }
        "#,
    );
}

// A name written out hides the same name from a glob and from the prelude.
#[test]
fn explicit_names_shadow_globs() {
    check(
        "mod a { pub fn f() {} pub struct Vec; } use a::*; fn f() {} fn main() { f(); Vec; }",
        r#"
        mod a {
            pub fn f() -> () {}
            pub struct Vec
        }
        fn f() -> () {}
        fn main() -> () {
            main::f();
            main::a::Vec;
        }
        "#,
    );
}

// What an import resolves to is corrected when a later round finds an explicit name behind a glob.
#[test]
fn imports_through_shadowed_globs() {
    check(
        "mod a { pub mod m { pub fn f() {} } } mod b { pub mod m { pub fn f() {} } }
         mod c { pub use super::a::*; pub use super::b::m; } use c::m::f; fn main() { f() }",
        r#"
        mod a {
            pub mod m {
                pub fn f() -> () {}
            }
        }
        mod b {
            pub mod m {
                pub fn f() -> () {}
            }
        }
        mod c {
        }
        fn main() -> () {
            main::b::m::f()
        }
        "#,
    );
}

// Two globs may bring in one thing twice; two things under one name are an error only when the name is used.
#[test]
fn ambiguous_globs() {
    check_errors(
        "mod a { pub fn f() {} pub fn g() {} } mod b { pub fn f() {} pub use super::a::g; }
         use a::*; use b::*; fn main() { g(); f() }",
        r#"
        2:47 E0659 `f` is ambiguous
            consider adding an explicit import of `f` to disambiguate
        "#,
    );
}

// Traits imported as `_`, by glob or by a block are in scope for methods, with those of the prelude.
#[test]
fn traits_in_scope() {
    let (hir, messages) = super::resolved(
        "mod a { pub trait A {} } mod b { pub trait B {} pub use crate::a::A as _; } mod c { pub trait C {} }
         use b::*; fn f() { use c::C; } fn g() {}",
    );
    assert!(messages.is_empty(), "{messages:?}");
    let traits = |name: &str| {
        let def = hir.def_ids().find(|d| d.path == name).expect("the function exists");
        let body = hir.body(hir.body_id_of(def).expect("it has a body"));
        body.traits_in_scope.iter().map(|t| t.name()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(traits("main::f"), "Fn Iterator IntoIterator Sized A B C");
    assert_eq!(traits("main::g"), "Fn Iterator IntoIterator Sized A B");
}

// Names that lead nowhere, with what was probably meant.
#[test]
fn unresolved_imports() {
    check_errors(
        "mod m { pub fn alpha() {} }
         use m::alpah;
         use nomod::x;
         use std::colections::HashMap;
         use m::nothing as n;
         fn main() { alpah(); n::f(); HashMap::new() }",
        r#"
        2:17 E0432 unresolved import `m::alpah`
            a similar name exists in the module: `alpha`
        3:14 E0432 unresolved import `nomod`
        4:19 E0432 unresolved import `std::colections`
            a similar name exists in the module: `collections`
        5:17 E0432 unresolved import `m::nothing`
        "#,
    );
}

// Private names are refused on every segment of a path, re-exports of private names too.
#[test]
fn private_items() {
    check_errors(
        "mod m { fn p() {} pub fn f() { p() } mod inner { pub fn g() {} } pub struct T(i32); pub(super) struct U;
                 use std::mem; }
         use m::p;
         use m::inner::g;
         pub use m::U;
         fn main() { m::f(); m::p(); m::T(1); m::mem::take; std::mem::secret() }",
        r#"
        3:17 E0603 function `p` is private
        4:17 E0603 module `inner` is private
        5:21 E0364 `U` is private, and cannot be re-exported
        6:33 E0603 function `p` is private
        6:41 E0603 tuple struct constructor `T` is private
        6:50 E0603 module import `mem` is private
            import `mem` directly: `use std::mem;`
        6:71 E0603 function `secret` is private
        "#,
    );
}

// One name, two imports or an import and an item.
#[test]
fn conflicting_imports() {
    check_errors(
        "mod a { pub fn f() {} } mod b { pub fn f() {} }
         use a::f; use b::f; use a::f as main; fn main() {}",
        r#"
        2:27 E0252 the name `f` is defined multiple times
            you can use `as` to change the binding name of the import: `as other_f`
        2:42 E0255 the name `main` is defined multiple times
            you can use `as` to change the binding name of the import: `as other_main`
        "#,
    );
}

// Parts of std that tasks cannot have are told from misspelt ones.
#[test]
fn unsupported_parts_of_std() {
    check_errors(
        "use std::thread; use std::sync::{Arc, Mutex};
         fn main() { thread::spawn(|| 1); std::process::Command::new(); let m: std::net::TcpStream; std::fmt::Nix; }",
        r#"
        1:10 C0010 not supported: `std::thread`
            plain calls and loops become tasks by themselves: write the sequential program
        1:27 C0010 not supported: `std::sync::Arc`
            tasks share nothing: pass values in and return results; use `Rc` or `Cell` within a function
        1:27 C0010 not supported: `std::sync::Mutex`
            tasks share nothing: pass values in and return results; use `Rc` or `Cell` within a function
        2:48 C0010 not supported: `std::process::Command::new`
            a task cannot start programs; return a value or panic to end it
        2:85 C0010 not supported: `std::net::TcpStream`
            tasks have no sockets: declare an input of the program and read it
        2:111 E0425 cannot find value `Nix` in module `std::fmt`
        "#,
    );
}

// Modules with the name of a primitive type do not hide its functions; `core` and `alloc` are our std.
#[test]
fn modules_named_like_types() {
    check(
        "use std::f64; use core::mem::swap; use alloc::vec::Vec as V; use f64::consts::PI;
         fn main() { f64::EPSILON; f64::sqrt(PI); let v: V<f64>; swap; }",
        r#"
        fn main() -> () {
            std::f64::EPSILON;
            f64::sqrt(std::f64::consts::PI);
            let v#0: std::vec::Vec<f64>;
            std::mem::swap;
        }
        "#,
    );
}
