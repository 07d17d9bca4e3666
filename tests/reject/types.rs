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
