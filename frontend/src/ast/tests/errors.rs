//! What is refused, and how it is told.

use super::check_errors;

#[test]
fn unsupported_syntax_is_refused_by_code() {
    check_errors(
        "unsafe fn a() {}
static mut M: u8 = 0;
async fn b() {}
fn c(p: *const u8) {}
union U { a: u8 }
extern \"C\" { fn e(); }
fn d() { env!(\"X\"); asm!(\"\"); include!(\"x\"); c\"x\"; }
thread_local! { static T: u8 = 0; }
extern crate serde;
unsafe impl Send for u8 {}
trait Alias = Clone;
fn g() { x.await; yield 1; }
#[no_mangle] fn h() {}
#[derive(Serialize)] struct S;",
        &[
            "1:1: [C0001] `unsafe` code is not supported",
            "2:8: [C0002] a mutable static is not supported",
            "3:1: [C0003] `async` code is not supported",
            "4:9: [C0004] a raw pointer is not supported",
            "5:1: [C0005] a union is not supported",
            "6:1: [C0006] a foreign function is not supported",
            "7:10: [C0008] the environment of the compiler is not supported",
            "7:21: [C0007] inline assembly is not supported",
            "7:31: [C0012] `include!` is not supported",
            "7:46: [C0014] a C string literal is not supported",
            "8:1: [C0009] a thread-local variable is not supported",
            "9:14: [C0011] the crate `serde` is not available",
            "10:1: [C0001] `unsafe` code is not supported",
            "11:1: [C0010] a trait alias is not supported",
            "12:12: [C0003] `async` code is not supported",
            "12:19: [C0010] `yield` is not supported",
            "13:1: [C0015] the attribute `no_mangle` is not supported",
            "14:10: cannot find derive macro `Serialize` in this scope",
        ],
    );
}

#[test]
fn syntax_errors_have_a_place() {
    check_errors("fn f( {}", &["1:5: this file contains an unclosed delimiter"]);
    check_errors("fn f() { let x = ; }", &["1:18: expected an expression"]);
    check_errors("fn f() {}\n}", &["2:1: unexpected closing delimiter: `}`"]);
    check_errors("fn f() { \"abc }", &["1:10: unterminated double quote string"]);
}

#[test]
fn format_strings_are_checked() {
    check_errors(
        r#"fn f() { format!("{} {}", a); format!("{", 1); format!("}"); format!("{}", a, b); format!("{:y}", a); format!(x); format!("{2}", a); format!("{}", a = 1, 2); format!("{a}", a = 1, a = 2); format!(); }"#,
        &[
            "1:22: 2 positional arguments in format string, but there is 1 argument",
            "1:40: invalid format string: expected `}` but string was terminated",
            "1:57: invalid format string: unmatched `}` found",
            "1:79: argument never used",
            "1:94: unknown format trait `y`",
            "1:111: format argument must be a string literal",
            "1:125: invalid reference to positional argument 2 (there is 1 argument)",
            "1:155: positional arguments cannot follow named arguments",
            "1:181: duplicate argument named `a`",
            "1:189: requires at least a format string argument",
        ],
    );
}

#[test]
fn literals_are_checked() {
    check_errors(
        "fn f() { 340282366920938463463374607431768211456; 1u7; 1.5f16; \"a\"b; compile_error!(\"no\"); }",
        &[
            "1:10: integer literal is too large",
            "1:51: invalid suffix `u7` for number literal",
            "1:56: invalid suffix `f16` for float literal",
            "1:64: suffixes on this literal are invalid: `b`",
            "1:70: no",
        ],
    );
}

// The time that reading digits takes grows with their square.
#[test]
fn a_number_of_many_digits_is_not_read() {
    let source = format!("fn f() {{ 1; {}; }}", "9".repeat(100_000));
    check_errors(&source, &["1:13: integer literal is too large"]);
}

#[test]
fn let_stands_only_in_conditions() {
    check_errors(
        "fn f() { if let A = b && (let C = d) {} let x = let y = 1; while a && let B = c && d {} matches!(x, y if let A = b); }",
        &[
            "1:27: expected expression, found `let` statement",
            "1:49: expected expression, found `let` statement",
        ],
    );
}
