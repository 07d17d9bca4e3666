//! Conversion, derives and built-in macros.

use super::{check, check_body, printed};

#[test]
fn all_kinds_of_items_survive() {
    check(
        "use std::{fmt::{self, Debug as D}, io::*}; pub(crate) struct S<'a, T: Copy + 'a = u8, const N: usize = 3>(pub &'a T, [u8; N]) where T: ?Sized;
         enum E { A = 1, B { x: i32 }, C(u8) } trait T<A>: Clone where A: Fn(i32) -> u8 { type I: Iterator<Item = A>; const K: u8; fn m(&mut self, x: impl Into<A>) -> Option<Self::I>; }
         impl<A> T<A> for S<'_, A> { type I = Vec<A>; const K: u8 = 1; fn m(self: &mut Self, x: A) -> ! { loop {} } }
         const _: () = (); static G: &str = \"x\"; type P = for<'a> fn(&'a dyn Fn() -> u8) -> <u8 as std::ops::Add>::Output; mod m { pub(in crate) fn g() {} }",
        r#"
use std::{fmt::{self, Debug as D}, io::*};
pub(in crate) struct S<'a, T: Copy + 'a = u8, const N: usize = 3>(pub &'a T, [u8; N]) where T: ?Sized;
enum E {
    A = 1,
    B { x: i32 },
    C(u8),
}
trait T<A>: Clone where A: Fn(i32) -> u8 {
    type I: Iterator<Item = A>;
    const K: u8;
    fn m(self: &mut Self, x: impl Into<A>) -> Option<Self::I>;
}
impl<A> T<A> for S<'_, A> {
    type I = Vec<A>;
    const K: u8 = 1;
    fn m(self: &mut Self, x: A) -> ! {
        loop {}
    }
}
const _: () = ();
static G: &str = "x";
type P = for<'a> fn(&'a dyn Fn() -> u8) -> <u8 as std::ops::Add>::Output;
mod m {
    pub(in crate) fn g() {}
}"#,
    );
}

#[test]
fn all_kinds_of_expressions_survive() {
    check_body(
        "let (a, ref mut b @ [x, .., y], S { c, d: -1 | 2..=3, .. }) = z else { return };
         'l: for i in 0..n { if let Some(x) = q && x > 1 { continue 'l } else { break 'l; } }
         while let Ok(_) = f()? { x += 1; } (a, _) = (1u8 as i64, 0x1f_u16);
         let c = move |x: &u8, y| -> u8 { *x + y }; match x { 1 if a || b => {} _ => v[1].m::<u8>(2).0.1 }
         let _: f32 = 1_0.5f32; S { a, b: 1, ..<T as D>::d() }; loop { break 1 } b\"a\\n\"; const { 3 }; 'b: { break 'b x }",
        r#"
let (a, ref mut b @ [x, .., y], S { c: c, d: (-1 | 2..=3), .. }) = z else {
    return
};
'l: for i in 0..n {
    if let Some(x) = q && (x > 1) {
        continue 'l
    } else {
        break 'l;
    }
}
while let Ok(_) = f()? {
    x += 1;
}
(a, _) = (1u8 as i64, 31u16);
let c = move |x: &u8, y| -> u8 {
    (*x) + y
};
match x {
    1 if a || b => {},
    _ => v[1].m<u8>(2).0.1,
}
let _: f32 = 10.5f32;
S { a: a, b: 1, ..<T as D>::d() };
loop {
    break 1
}
b"a\n";
const {
    3
};
'b: {
    break 'b x
}"#
        .replace("if let Some(x) = q && (x > 1)", "if (let Some(x) = q) && (x > 1)")
        .as_str(),
    );
}

#[test]
fn format_macros_evaluate_each_argument_once() {
    check_body(
        r#"let s = format!("{}-{x:>+8.3}{0:?}{{", a + 1, x = y);"#,
        r##"
let s = match (&(a + 1), &y) {
    (arg0#1, arg1#1) => {
        let mut s#1 = $std::string::String::new();
        {
            let mut f#1 = $std::fmt::Formatter::__new(&mut s#1);
            f#1.__plain();
            $std::fmt::__check($std::fmt::Display::fmt(arg0#1, &mut f#1));
            f#1.__lit("-");
            f#1.__spec(' ', 3, 1, $std::option::Option::Some(8), $std::option::Option::Some(3));
            $std::fmt::__check($std::fmt::Display::fmt(arg1#1, &mut f#1));
            f#1.__plain();
            $std::fmt::__check($std::fmt::Debug::fmt(arg0#1, &mut f#1));
            f#1.__lit("{");
        }
        s#1
    },
};"##,
    );
}

#[test]
fn literal_format_macros_need_no_formatter() {
    check_body(
        r#"println!("a{{}}"); print!(concat!("x", 1, -2.5, 'c', true)); println!(); eprintln!("e"); format!("f"); panic!("p"); panic!(); todo!(); unreachable!("u {{"); write!(w, "w"); writeln!(w);"#,
        r#"
$std::io::__print("a{}\n");
$std::io::__print("x1-2.5ctrue");
$std::io::__print("\n");
$std::io::__eprint("e\n");
$std::string::String::from("f");
$std::panicking::__panic("p");
$std::panicking::__panic("explicit panic");
$std::panicking::__panic("not yet implemented");
$std::panicking::__panic("internal error: entered unreachable code: u {");
w.write_fmt($std::fmt::Arguments::__new($std::string::String::from("w")));
w.write_fmt($std::fmt::Arguments::__new($std::string::String::from("\n")));"#,
    );
}

#[test]
fn star_precision_takes_two_arguments() {
    let text = printed(r#"fn f() { print!("{:.*} {:w$}", 3, x, y); }"#);
    assert!(text.contains("match (&3, &x, &y, &w)"), "{text}");
    assert!(text.contains("$std::option::Option::Some(*arg0#1)"), "{text}");
    assert!(
        text.contains("__spec(' ', 0, 0, $std::option::Option::Some(*arg3#1), $std::option::Option::None)"),
        "{text}"
    );
}

#[test]
fn assertions_show_the_condition_as_rustc_prints_it() {
    check_body(
        "assert!(a.len() == 3 &&\n   !b\n   .is_empty()); assert!(f(\n  a,\n  b,\n));",
        r#"
if !((a.len() == 3) && (!b.is_empty())) {
    $std::panicking::__panic("assertion failed: a.len() == 3 && !b.is_empty()")
};
if !f(a, b) {
    $std::panicking::__panic("assertion failed: f(a, b)")
};"#,
    );
    check_body(
        "assert_eq!(a, 1 + 2);",
        r##"
match (&a, &(1 + 2)) {
    (left#1, right#1) => if !((*left#1) == (*right#1)) {
        $std::panicking::__assert_failed("==", left#1, right#1, $std::option::Option::None);
    },
};"##,
    );
}

#[test]
fn small_macros() {
    check_body(
        r#"vec![]; vec![1, 2,]; vec![0; n]; matches!(x, Some(1 | 2) if y); stringify!(a+b (c)); line!(); cfg!(all(unix, not(test)));"#,
        r#"
$std::vec::Vec::new();
$std::vec::__from_array([1, 2]);
$std::vec::from_elem(0, n);
match x {
    Some((1 | 2)) if y => true,
    _ => false,
};
"a+b (c)";
1u32;
true;"#,
    );
}

#[test]
fn derives_of_a_generic_enum() {
    check(
        "#[derive(Clone, PartialEq, PartialOrd, Debug)] enum E<T: Iterator> { A, B(T, T::Item), C { x: u8 } }",
        r##"
enum E<T: Iterator> {
    A,
    B(T, T::Item),
    C { x: u8 },
}
impl<T: Iterator + $std::clone::Clone> $std::clone::Clone for E<T> where T::Item: $std::clone::Clone {
    #[inline]
    fn clone(self: &Self) -> Self {
        match self {
            E::A => E::A,
            E::B(field0#1, field1#1) => E::B($std::clone::Clone::clone(field0#1), $std::clone::Clone::clone(field1#1)),
            E::C { x: field0#1 } => E::C { x: $std::clone::Clone::clone(field0#1) },
        }
    }
}
impl<T: Iterator + $std::cmp::PartialEq> $std::cmp::PartialEq for E<T> where T::Item: $std::cmp::PartialEq {
    #[inline]
    fn eq(self: &Self, other#2: &Self) -> bool {
        (($std::intrinsics::discriminant_value(self) as isize) == ($std::intrinsics::discriminant_value(other#2) as isize)) && (match (self, other#2) {
            (E::B(left0#2, left1#2), E::B(right0#2, right1#2)) => ((*left0#2) == (*right0#2)) && ((*left1#2) == (*right1#2)),
            (E::C { x: left0#2 }, E::C { x: right0#2 }) => (*left0#2) == (*right0#2),
            _ => true,
        })
    }
}
impl<T: Iterator + $std::cmp::PartialOrd> $std::cmp::PartialOrd for E<T> where T::Item: $std::cmp::PartialOrd {
    #[inline]
    fn partial_cmp(self: &Self, other#3: &Self) -> $std::option::Option<$std::cmp::Ordering> {
        match $std::cmp::PartialOrd::partial_cmp(&($std::intrinsics::discriminant_value(self) as isize), &($std::intrinsics::discriminant_value(other#3) as isize)) {
            $std::option::Option::Some($std::cmp::Ordering::Equal) => match (self, other#3) {
                (E::B(left0#3, left1#3), E::B(right0#3, right1#3)) => match $std::cmp::PartialOrd::partial_cmp(left0#3, right0#3) {
                    $std::option::Option::Some($std::cmp::Ordering::Equal) => $std::cmp::PartialOrd::partial_cmp(left1#3, right1#3),
                    unequal#3 => unequal#3,
                },
                (E::C { x: left0#3 }, E::C { x: right0#3 }) => $std::cmp::PartialOrd::partial_cmp(left0#3, right0#3),
                _ => $std::option::Option::Some($std::cmp::Ordering::Equal),
            },
            unequal#3 => unequal#3,
        }
    }
}
impl<T: Iterator + $std::fmt::Debug> $std::fmt::Debug for E<T> where T::Item: $std::fmt::Debug {
    #[inline]
    fn fmt(self: &Self, f#4: &mut $std::fmt::Formatter) -> $std::fmt::Result {
        match self {
            E::A => $std::fmt::Formatter::write_str(f#4, "A"),
            E::B(field0#4, field1#4) => $std::fmt::Formatter::debug_tuple(f#4, "B").field(field0#4).field(field1#4).finish(),
            E::C { x: field0#4 } => $std::fmt::Formatter::debug_struct(f#4, "C").field("x", field0#4).finish(),
        }
    }
}"##,
    );
}

#[test]
fn derives_of_structs() {
    let text = printed(
        "#[derive(Copy, Clone, Default, Hash, Eq, PartialEq, Ord, PartialOrd)] struct P { x: u8, y: u8 }",
    );
    for part in [
        "impl $std::marker::Copy for P {}",
        "fn clone(self: &Self) -> Self {\n        *self\n    }",
        "P { x: $std::default::Default::default(), y: $std::default::Default::default() }",
        "fn hash<__H#4: $std::hash::Hasher>(self: &Self, state#4: &mut __H#4)",
        "$std::hash::Hash::hash(&self.y, state#4);",
        "(self.x == other#6.x) && (self.y == other#6.y)",
        "match $std::cmp::Ord::cmp(&self.x, &other#7.x) {",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let text = printed("#[derive(Default)] enum E<T> { #[default] A, B(T) }");
    assert!(text.contains("impl<T> $std::default::Default for E<T>"), "{text}");
}

#[test]
fn cfg_removes_elements_and_assignments() {
    check(
        "fn f() { #[cfg(test)] x = 1; #[cfg(test)] x += 1; g([1, #[cfg(test)] 2, 3], #[cfg(not(test))] 4, #[cfg(test)] (5, 6)); }",
        "
fn f() {
    g([1, 3], 4);
}",
    );
}

#[test]
fn cfg_removes_items_statements_arms_and_fields() {
    check(
        "#[cfg(test)] mod tests { fn t() {} } #[cfg(any(windows, feature = \"x\"))] fn a() {} #[cfg(not(windows))] fn b() {}
         #[test] fn t() {} #[cfg_attr(unix, inline(always))] fn c() { #[cfg(test)] let x = 1; match y { #[cfg(test)] 1 => {} _ => {} } S { #[cfg(test)] a: 1, b: 2 } }",
        "
fn b() {}
#[inline(always)]
fn c() {
    match y {
        _ => {},
    }
    S { b: 2 }
}",
    );
}
