//! Signatures, generics, bounds, constants in types.

use super::check;
use crate::hir::{CrateId, print};
use crate::index::Idx;

// Bounds on parameters and where clauses become predicates; lifetimes of functions are not parameters.
#[test]
fn generics_and_bounds() {
    check(
        "trait Shape<T>: Sized { type Out: Iterator<Item = T>; const N: usize; fn area(&self) -> Self::Out; fn id(self) -> Self { self } }
         struct Pair<'a, A: Iterator, B = A>(pub &'a A, B) where B: Iterator;
         impl<'a, A: Iterator> Pair<'a, A> { fn first(&self) -> &A { self.0 } }
         fn apply<'x, F, T: ?Sized>(f: F, x: &'x T) -> &'x T where F: Fn(&T, u8) -> bool, F::Output: Iterator { x }",
        r#"
        trait Shape<Self, T>: std::marker::Sized {
            type Out: std::iter::Iterator<Item = T>
            const N: usize
            fn area(&Self) -> Self::Out
            fn id(Self) -> Self |self#0| {
                self#0
            }
        }
        struct Pair<'a, A, B = A> where [A: std::iter::Iterator, B: std::iter::Iterator](pub &'a A, B)
        impl<'a, A> where [A: std::iter::Iterator] main::Pair<'a, A> {
            fn first(&Self) -> &A |self#0| {
                self#0.0
            }
        }
        fn apply<F, T> where [T: ?Sized, F: std::ops::Fn<(&T, u8), Output = bool>, F::Output: std::iter::Iterator](F, &'x T) -> &'x T |f#0, x#1| {
            x#1
        }
        "#,
    );
}

// `impl Trait` is a parameter in arguments and an opaque type in results.
#[test]
fn impl_trait() {
    check(
        "fn f(a: impl Iterator<Item = impl Fn() -> u8>, b: u8) -> impl Iterator<Item = u8> { a }",
        r#"
        fn f<impl Iterator, impl Fn> where [impl Iterator: std::iter::Iterator<Item = impl Fn>, impl Fn: std::ops::Fn<(), Output = u8>](impl Iterator, u8) -> impl std::iter::Iterator<Item = u8> |a#0, b#1| {
            a#0
        }
        "#,
    );
}

// Constants as generic arguments: by name, literal, block, parameter.
#[test]
fn const_generics() {
    check(
        "struct A<T, const N: usize>([T; N]); const K: usize = 3;
         fn f<const M: usize>(a: A<u8, K>, b: A<u8, 4>, c: A<u8, { K + 1 }>, d: A<u8, M>) -> [u8; M] { [0; M] }
         enum E { A = 1, B = K as isize }",
        r#"
        struct A<T, const N: usize>([T; N])
        const K: usize = 3
        fn f<const M: usize>(main::A<u8, {main::K}>, main::A<u8, {4}>, main::A<u8, {{
            main::K + 1
        }}>, main::A<u8, {M}>) -> [u8; M] |a#0, b#1, c#2, d#3| {
            [0; M]
        }
        enum E {
            A = 1
            B = main::K as isize
        }
        "#,
    );
}

// Associated types are resolved through the trait if it is named, and left to types if not.
#[test]
fn qualified_paths() {
    check(
        "fn f<I: Iterator>(a: <I as Iterator>::Item, b: I::Item, c: <Vec<I>>::Nix) -> <I::Item as Iterator>::Item { <I as Iterator>::next; Iterator::next; Vec::<u8>::new; <[u8]>::len; loop {} }",
        r#"
        fn f<I> where [I: std::iter::Iterator](<I as std::iter::Iterator::Item>, I::Item, <std::vec::Vec<I>>::Nix) -> <I::Item as std::iter::Iterator::Item> |a#0, b#1, c#2| {
            <I as std::iter::Iterator::next>;
            std::iter::Iterator::next;
            std::vec::Vec<u8>::new;
            <[u8]>::len;
            'l0: loop {}
        }
        "#,
    );
}

// Every item finds `Self` and its parameters in nested positions; intrinsics have no body.
#[test]
fn self_types() {
    check(
        "struct List { next: Option<Vec<Self>> } enum E { A(u8), B } use E::*;
         impl E { const K: Self = Self::B; fn new(x: u8) -> Self { Self::A(x) } fn b() -> E { B } }
         struct Unit; impl Unit { fn make() -> Self { Self } }",
        r#"
        struct List { next: std::option::Option<std::vec::Vec<Self>> }
        enum E {
            A(u8)
            B
        }
        impl main::E {
            const K: Self = Self::B
            fn new(u8) -> Self |x#0| {
                Self::A(x#0)
            }
            fn b() -> main::E {
                main::E::B
            }
        }
        struct Unit
        impl main::Unit {
            fn make() -> Self {
                Self
            }
        }
        "#,
    );
}

// Functions of std wait until they are asked for; then all of them are what an eager pass would have made.
#[test]
fn functions_of_std_wait() {
    let (hir, messages) = super::resolved("fn main() { std::mem::swap; }");
    assert!(messages.is_empty(), "{messages:?}");
    let (defs, bodies) = (hir.defs.len(), hir.bodies.len());
    let text = print::print_crate(&hir, CrateId::new(0));
    assert!(text.contains("pub fn is_some(&Self) -> bool |self#0| {"), "{text}");
    assert!(text.contains("pub extern \"intrinsic\" fn size_of<T>() -> usize"), "{text}");
    assert!(hir.defs.len() > defs && hir.bodies.len() > bodies);
    assert_eq!(text, print::print_crate(&hir, CrateId::new(0)));
}
