//! `macro_rules!`.

use super::{check, check_body, check_errors, printed};

#[test]
fn variables_of_a_macro_body_have_a_mark() {
    check(
        "macro_rules! swap { ($a:expr, $b:expr) => { let tmp = $a; $a = $b; $b = tmp; } } fn f() { let tmp = 1; swap!(x, tmp); }",
        "
fn f() {
    let tmp = 1;
    let tmp#1 = x;
    x = tmp;
    tmp = tmp#1;
}",
    );
}

#[test]
fn captured_expressions_keep_their_precedence() {
    check_body(
        "macro_rules! double { ($e:expr) => { 2 * $e }; } double!(a + b) - double!(x as u8).y",
        "(2 * (a + b)) - (2 * (x as u8)).y",
    );
    // Through a second macro the expression stays one.
    check_body(
        "macro_rules! neg { ($e:expr) => { -$e } } macro_rules! m { ($e:expr) => { neg!($e).abs() } } m!(1 + 2)",
        "(-(1 + 2)).abs()",
    );
}

#[test]
fn repetitions_nest() {
    check_body(
        "macro_rules! table { ($($name:ident => [$($v:expr),* $(,)?]);+ $(;)?) => { $( let $name = [$($v + 1),*]; )+ } }
         table! { a => [1, 2,]; b => []; }",
        "let a = [1 + 1, 2 + 1];\nlet b = [];",
    );
}

#[test]
fn all_fragments_are_accepted() {
    check(
        "macro_rules! all {
            ($i:ident $l:lifetime $lit:literal $t:ty; $p:pat => $pp:pat_param, $path:path, $b:block $s:stmt; $v:vis $m:meta $it:item $tt:tt) => {
                #[$m] $v fn $i<$l>(x: &$l $t) -> Vec<$t> { let $p = 1; match $lit { $pp => $path, _ => $b } $s; <$t>::new(); $t::new() } $it const C: u8 = $tt;
            };
        }
        all!(name 'a -1 Vec<&'a u8>; A | B => Some(_), std::mem::MAX, { 1 } let z = 2; pub(crate) inline fn g() {} (1 + 2));",
        "
#[inline]
pub(in crate) fn name<'a>(x#1: &'a Vec<&'a u8>) -> Vec<Vec<&'a u8>> {
    let (A | B) = 1;
    match -1 {
        Some(_) => std::mem::MAX,
        _ => {
            1
        },
    }
    let z = 2;
    <Vec<&'a u8>>::new();
    <Vec<&'a u8>>::new()
}
fn g() {}
const C: u8 = 1 + 2;",
    );
}

#[test]
fn macros_expand_in_every_position() {
    check(
        "macro_rules! t { () => { (u8, u16) } } macro_rules! p { ($x:ident) => { ($x, _) | (_, $x) } }
         macro_rules! methods { ($($n:ident)*) => { $(fn $n(&self) {})* } } macro_rules! items { ($($n:ident),*) => { $(struct $n;)* impl A { methods!(m n); } } }
         items!(A, B); fn f(x: t!()) -> u8 { let p!(y) = x; y }",
        "
struct A;
struct B;
impl A {
    fn m(self: &Self) {}
    fn n(self: &Self) {}
}
fn f(x: (u8, u16)) -> u8 {
    let ((y, _) | (_, y)) = x;
    y
}",
    );
}

#[test]
fn recursion_and_tt_munching() {
    check_body(
        "macro_rules! count { () => { 0 }; ($h:tt $($t:tt)*) => { 1 + count!($($t)*) }; } count!(a => (b) c)",
        "1 + (1 + (1 + (1 + 0)))",
    );
}

#[test]
fn macros_define_macros() {
    check_body(
        "macro_rules! make { ($name:ident, $v:expr) => { macro_rules! $name { ($e:expr) => { $e + $v } } } } make!(plus, 2); plus!(1)",
        "1 + 2",
    );
}

#[test]
fn crate_is_the_defining_crate_and_formats_capture_by_mark() {
    check_body(
        "macro_rules! m { ($e:expr) => {{ let v = $e; $crate::g(&v); println!(\"{v}\"); }} } m!(1)",
        r##"
{
    let v#1 = 1;
    $main::g(&v#1);
    $std::io::__print(&(match (&v#1,) {
        (arg0#2,) => {
            let mut s#2 = $std::string::String::new();
            {
                let mut f#2 = $std::fmt::Formatter::__new(&mut s#2);
                f#2.__plain();
                $std::fmt::__check($std::fmt::Display::fmt(arg0#2, &mut f#2));
                f#2.__lit("\n");
            }
            s#2
        },
    }));
}"##,
    );
}

#[test]
fn scope_is_textual() {
    check_errors(
        "fn f() { m!(); } macro_rules! m { () => {} } mod a { macro_rules! n { () => {} } } fn g() { m!(); n!(); { macro_rules! o { () => {} } o!(); } o!(); }",
        &[
            "1:10: cannot find macro `m` in this scope",
            "1:99: cannot find macro `n` in this scope",
            "1:143: cannot find macro `o` in this scope",
        ],
    );
    // `#[macro_use]`, `#[macro_export]` and `use` make macros reachable.
    printed(
        "#[macro_use] mod a { macro_rules! m { () => {} } #[macro_export] macro_rules! n { () => {} } macro_rules! o { () => {} } pub(crate) use o; }
         use a::o; use crate::n; use std::{println, matches}; fn f() { m!(); crate::n!(); a::o!(); o!(); n!(); }",
    );
}

#[test]
fn failures_are_told_like_rustc() {
    check_errors(
        "macro_rules! m { ($a:ident = $b:expr) => {}; (+) => {} } fn f() { m!(a + 1); m!(a =); }",
        &["1:72: no rules expected `+`", "1:78: unexpected end of macro invocation"],
    );
    check_errors(
        "macro_rules! m { () => { m!() } } macro_rules! d { () => { d!() + d!() } } fn f() { m!(); }",
        &["1:85: recursion limit reached while expanding `m!`"],
    );
    check_errors(
        "macro_rules! m { ($($a:ident)* ; $($b:ident)*) => { $(let $a = $b;)* } } fn f() { m!(a b ; c); }",
        &["1:83: meta-variable `a` repeats 2 times, but `b` repeats 1 times"],
    );
    check_errors("macro_rules! m { ($a:foo) => {} }", &["1:22: invalid fragment specifier `foo`"]);
}

#[test]
fn statement_macros_give_values_at_the_end_of_a_block() {
    check_body(
        "macro_rules! v { () => { let a = 1; a } } let x = { v!() }; v!{}",
        "
let x = {
    let a#1 = 1;
    a#1
};
let a#2 = 1;
a#2",
    );
}
