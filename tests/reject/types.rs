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
