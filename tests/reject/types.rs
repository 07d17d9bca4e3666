// Types, traits, privacy, patterns.

//# mismatched
fn main() {
    let n: i32 = "a";
    println!("{n}");
}
//# wrong_argument
fn f(_: u8) {}
fn main() {
    f(String::new());
}
//# too_few_arguments
fn f(_: u8, _: u8) {}
fn main() {
    f(1);
}
//# no_such_method
fn main() {
    let n = 1u8;
    n.fly();
}
//# no_such_field
struct P {
    n: i32,
}
fn main() {
    let p = P { n: 1 };
    println!("{}", p.m);
}
//# bound_not_met
fn show<T: std::fmt::Display>(t: T) {
    println!("{t}");
}
struct P;
fn main() {
    show(P);
}
//# bound_met ok
fn show<T: std::fmt::Display>(t: T) {
    println!("{t}");
}
fn main() {
    show(1);
}
//# missing_item
trait T {
    fn f(&self);
}
struct P;
impl T for P {}
fn main() {}
//# not_exhaustive
enum E {
    A,
    B,
}
fn main() {
    match E::A {
        E::A => {}
    }
    let _ = E::B;
}
//# private_function
mod m {
    fn f() {}
}
fn main() {
    m::f();
}
//# public_function ok
mod m {
    pub fn f() {}
}
fn main() {
    m::f();
}
//# private_field
mod m {
    #[derive(Default)]
    pub struct P {
        n: i32,
    }
}
fn main() {
    let p = m::P::default();
    println!("{}", p.n);
}
//# private_method
mod m {
    pub struct P;
    impl P {
        fn f(&self) {}
    }
}
fn main() {
    m::P.f();
}
//# private_field_written
mod m {
    pub struct P {
        pub a: i32,
        n: i32,
    }
}
fn main() {
    let _ = m::P { a: 1, n: 2 };
}
//# private_type
mod m {
    struct P;
}
fn main() {
    let _ = m::P;
}
//# ever_larger_type
struct Pairs<T> {
    first: T,
    rest: Option<Box<Pairs<(T, T)>>>,
}
fn main() {
    let p = Pairs { first: 1, rest: None };
    println!("{}", p.first);
}
//# ever_larger_type_by_reference ok
struct Pairs<'a, T> {
    first: T,
    rest: Option<&'a Pairs<'a, (T, T)>>,
}
fn first<'a, T: Copy>(p: &Pairs<'a, T>) -> (T, bool) {
    (p.first, p.rest.is_none())
}
fn main() {}
//# parameter_in_recursion_only
enum List<T> {
    Empty,
    Next(Box<List<(T, T)>>),
}
fn main() {}
//# parameter_in_recursion_too ok
enum List<T> {
    Empty(T),
    Next(Box<List<(T, T)>>),
}
fn main() {}
//# parameter_in_const_operation
fn grow<const N: usize>(a: [u8; N]) -> [u8; N + 1] {
    todo!()
}
fn main() {
    grow([1]);
}
//# parameter_type_in_const_operation
fn bytes<T>(_: T) {
    let _ = [0u8; std::mem::size_of::<T>()];
}
fn main() {
    bytes(1);
}
//# parameter_as_whole_const ok
const fn two() -> usize {
    2
}
struct Row<const N: usize, const M: usize = N>([u8; N]);
impl<const N: usize> Row<N> {
    const WIDTH: usize = N + two();
    fn grow(&self) -> Row<{ N }> {
        let _ = [0u8; two() + 1];
        Row([Self::WIDTH as u8; N])
    }
}
struct Plain;
impl Plain {
    const SIZE: usize = 3;
    fn bytes() -> [u8; Self::SIZE] {
        [0; Self::SIZE]
    }
}
fn main() {
    Row::<3>([0; 3]).grow();
    Plain::bytes();
}
//# dyn_of_clone
fn f(x: &dyn Clone) {}
fn main() {}
//# dyn_of_sized
trait A: Sized {
    fn f(&self);
}
fn g(_: &dyn A) {}
fn main() {}
//# dyn_returns_self
trait A {
    fn f(&self) -> Self;
}
fn g(_: &dyn A) {}
fn main() {}
//# dyn_takes_self
trait A {
    fn f(&self, o: &Self);
}
fn g() -> Box<dyn A> {
    todo!()
}
fn main() {}
//# dyn_compares_self
trait A: PartialEq {
    fn f(&self);
}
fn g() -> Box<dyn A> {
    todo!()
}
fn main() {}
//# dyn_compatible ok
use std::any::Any; use std::fmt::{self,Debug,Display}; use std::io::{Read,Write,BufRead,Seek}; use std::error::Error; use std::hash::Hasher;
use std::ops::*; use std::borrow::*;
trait Shape: Debug + Any { fn area(&self) -> f64; fn boxed(self: Box<Self>) -> f64 { self.area() } fn n(self) -> Self where Self: Sized { self } fn it(&self) -> Box<dyn Iterator<Item = u8> + '_> { Box::new(std::iter::empty()) } }
trait Sub: Shape + Iterator<Item = u8> {}
fn f(_: &dyn Any, _: &dyn Debug, _: &dyn Display, _: &mut dyn Iterator<Item = u8>, _: &mut dyn DoubleEndedIterator<Item = u8>, _: &mut dyn ExactSizeIterator<Item = u8>, _: &mut dyn Read, _: &mut dyn Write, _: &mut dyn BufRead, _: &mut dyn fmt::Write, _: &dyn Error, _: &mut dyn Hasher, _: &dyn Fn(u8) -> u8, _: &mut dyn FnMut(), _: Box<dyn FnOnce() -> u8>, _: &dyn ToString, _: &dyn AsRef<str>, _: &dyn Deref<Target = u8>, _: &dyn Index<usize, Output = u8>, _: &dyn Borrow<u8>, _: &dyn Send, _: &dyn Sync, _: Box<dyn Error + Send + Sync>, _: &dyn Shape, _: &dyn Sub, _: &dyn Add<u8, Output = u8>, _: &dyn AddAssign<u8>, _: &dyn PartialEq<u8>, _: &dyn PartialOrd<u8>, _: &dyn Not<Output = u8>, _: &dyn Drop, _: &dyn std::iter::FusedIterator<Item = u8>, _: &dyn AsMut<u8>, _: &dyn fmt::LowerHex) {}
fn main() {}
//# moved_out_of_dyn
trait B {
    fn f(self);
}
impl B for i32 {
    fn f(self) {}
}
fn main() {
    let b: Box<dyn B> = Box::new(0i32);
    b.f();
}
//# opaque_contains_itself
fn f(n: u32) -> impl Fn() -> u32 {
    let g = if n > 0 { f(n - 1) } else { f(0) };
    move || g()
}
fn main() {
    f(1)();
}
//# opaque_of_recursive_function ok
fn f(n: u32) -> impl Fn() -> u32 {
    let below = if n > 0 { f(n - 1)() } else { 0 };
    move || below + n
}
fn main() {
    println!("{}", f(3)());
}
//# self_import
use std::fmt::self;
fn main() {}
//# self_import_in_braces ok
use std::fmt::{self, Debug};
fn f(_: &impl Debug) -> fmt::Result {
    Ok(())
}
fn main() {
    let _ = f(&1);
}
//# visibility_in_impl
trait T {
    fn f();
}
struct S;
impl T for S {
    pub fn f() {}
}
fn main() {}
//# private_associated_type
pub struct It;
struct P;
impl Iterator for It {
    type Item = P;
    fn next(&mut self) -> Option<P> {
        None
    }
}
fn main() {}
//# private_associated_type_of_private ok
struct It;
struct P;
impl Iterator for It {
    type Item = P;
    fn next(&mut self) -> Option<P> {
        None
    }
}
mod m {
    pub(super) struct Q;
    pub(super) struct R;
    impl Iterator for R {
        type Item = Q;
        fn next(&mut self) -> Option<Q> {
            None
        }
    }
}
fn main() {}
//# pattern_without_body
trait T {
    fn f((x, y): (i32, i32));
}
fn main() {}
//# const_parameter_of_parameter
fn f<T, const N: T>() {}
fn main() {}
//# supertraits_in_a_circle
trait A: B {}
trait B: A {}
fn main() {}
//# impl_of_reference
struct S;
impl &S {
    fn f(self) {}
}
fn main() {}
//# derive_on_function
#[derive(Clone)]
fn f() {}
fn main() {}
//# result_of_trait_method_without_its_bound
trait Shown {
    fn shown(&self) -> impl std::fmt::Display;
}
impl Shown for u8 {
    fn shown(&self) -> Vec<u8> {
        vec![*self]
    }
}
fn main() {}
//# result_of_trait_method_of_other_items
trait Items {
    fn items(&self) -> impl Iterator<Item = u8>;
}
impl Items for u8 {
    fn items(&self) -> impl Iterator<Item = u16> {
        std::iter::once(1)
    }
}
fn main() {}
//# object_of_trait_with_hidden_result
trait Items {
    fn items(&self) -> impl Iterator<Item = u8>;
}
fn f(_: &dyn Items) {}
fn main() {}
//# rest_of_a_struct_with_private_fields
mod parts {
    #[derive(Default)]
    pub struct Part {
        pub size: u8,
        weight: u8,
    }
    impl Part {
        pub fn weight(&self) -> u8 {
            self.weight
        }
    }
}
fn main() {
    let part = parts::Part { size: 1, ..parts::Part::default() };
    part.weight();
}
//# rest_of_a_struct_in_its_module ok
mod parts {
    #[derive(Default)]
    pub struct Part {
        pub size: u8,
        weight: u8,
    }
    pub fn part(size: u8) -> Part {
        Part { size, ..Part::default() }
    }
    impl Part {
        pub fn weight(&self) -> u8 {
            self.weight
        }
    }
}
fn main() {
    parts::part(parts::part(1).size).weight();
}
//# result_of_unknown_size
trait Shape {}
struct Dot;
impl Shape for Dot {}
fn shape() -> dyn Shape {
    Dot
}
fn main() {
    shape();
}
//# result_behind_a_box ok
trait Shape {}
struct Dot;
impl Shape for Dot {}
fn shape() -> Box<dyn Shape> {
    Box::new(Dot)
}
fn main() {
    shape();
}
//# impl_trait_for_a_parameter
trait Sink {
    fn take(&self, all: &impl Iterator);
}
impl Sink for () {
    fn take<I: Iterator>(&self, _: &I) {}
}
fn main() {}
//# impl_trait_for_impl_trait ok
trait Sink {
    fn take(&self, all: &impl Iterator);
}
impl Sink for () {
    fn take(&self, _: &impl Iterator) {}
}
fn main() {}
//# nested_impl_trait
fn show(_: impl Into<impl std::fmt::Debug>) {}
fn main() {}
//# impl_trait_as_associated_type ok
fn show(all: impl Iterator<Item = impl std::fmt::Debug>) {
    all.for_each(|x| println!("{x:?}"));
}
fn main() {
    show([1].iter());
}
//# associated_type_given_twice
fn sum(all: &mut dyn Iterator<Item = u32, Item = u32>) -> u32 {
    all.sum()
}
fn main() {
    println!("{}", sum(&mut [1].into_iter()));
}
//# object_without_its_default
trait Near<T = Self> {
    fn near(&self, other: &T) -> bool;
}
fn any(x: &dyn Near) {}
fn main() {}
//# object_with_parameter ok
trait Near<T = Self> {
    fn near(&self, other: &T) -> bool;
}
fn any(x: &dyn Near<i32>) -> bool {
    x.near(&1)
}
fn main() {
    let _ = any;
}
//# sized_relaxed_twice
struct Held<T: ?Sized + ?Sized>(Box<T>);
fn main() {}
//# main_with_where
#[rustfmt::skip]
fn main() where i32: Copy {}
//# drop_of_a_reference
struct Handle;
impl Drop for &'_ mut Handle {
    fn drop(&mut self) {}
}
fn main() {}
//# visible_trait_item
trait Named {
    pub fn name(&self) -> String;
}
fn main() {}
