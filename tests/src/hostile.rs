//! Texts that ask for more than a compiler has: nesting, growth and circles of every kind.

use crate::rng::Rng;

/// How something can be nested: what stands before, what is repeated on both sides, and the kernel.
const NESTED: [(&str, &str, &str, &str, &str); 29] = [
    ("fn main() { let _ = ", "(", "1", ")", "; }"),
    ("fn main() { let _ = ", "[", "1", "]", "; }"),
    ("fn main() { ", "{", "", "}", " }"),
    ("fn main() { let _ = ", "-", "1", "", "; }"),
    ("fn main() { let _ = ", "!", "true", "", "; }"),
    ("fn main() { let x = 1; let _ = ", "&", "x", "", "; }"),
    ("fn main() { let _ = 1", " + 1", "", "", "; }"),
    ("fn main() { let _ = true", " && true", "", "", "; }"),
    ("fn main() { ", "if true {", "", "}", " }"),
    ("fn main() { let _ = ", "if true { 1 } else ", "{ 2 }", "", "; }"),
    ("fn main() { let _ = ", "match 1 { _ => ", "1", "}", "; }"),
    ("fn main() { let _ = ", "(|| ", "1", ")()", "; }"),
    ("fn main() { ", "loop { break; ", "", "}", " }"),
    ("fn main() { let _ = ", "Some(", "1", ")", "; }"),
    ("fn main() { let _ = ", "Box::new(", "1", ")", "; }"),
    ("fn main() { let ", "(", "_", ",)", " = todo!(); }"),
    ("fn main() { let _ = \"\"", ".to_string()", "", "", "; }"),
    ("fn main() { let _ = (0..9)", ".map(|x| x)", "", "", ".count(); }"),
    ("type T = ", "Vec<", "u8", ">", "; fn main() { let _: Option<T> = None; }"),
    ("type T = ", "(", "u8", ",)", "; fn main() { let _: Option<T> = None; }"),
    ("type T = ", "&'static ", "u8", "", "; fn main() { let _: Option<T> = None; }"),
    ("type T = ", "[", "u8", "; 2]", "; fn main() { let _: Option<T> = None; }"),
    ("type T = ", "fn(", "u8", ")", "; fn main() { let _: Option<T> = None; }"),
    ("", "mod a { ", "", "}", " fn main() {}"),
    ("fn main() { ", "fn f() { ", "", "}", " }"),
    ("macro_rules! m { ($e:expr) => { ($e, $e) } } fn main() { ", "m!(", "1", ")", "; }"),
    ("macro_rules! m { ($e:expr) => { $e + $e } } fn main() { let _ = ", "m!(", "1", ")", "; }"),
    ("fn f<T: Copy>(t: T) -> (T, T) { (t, t) } fn main() { let _ = ", "f(", "1u8", ")", "; }"),
    ("fn main() { println!(\"{}\", ", "format!(\"{}\", ", "1", ")", "); }"),
];

/// Programs that do not end if they are taken at their word, or that hold themselves. `@` is a number.
const CIRCLES: [&str; 58] = [
    "struct A(A); fn main() {}",
    "struct A { b: B } struct B { a: Option<A> } fn main() { let _: Option<A> = None; }",
    "struct A<T>(Option<Box<A<(T, T)>>>, T); fn main() { let a = A(None, 1u8); let _b = a; }",
    "fn f<T: Clone>(n: u32, t: T) { if n > 0 { f(n - 1, (t.clone(), t)) } } fn main() { f(@, 1u8) }",
    "fn f<T>(n: u32, t: &T) { if n > 0 { f(n - 1, &Some(t)) } } fn main() { f(@, &1u8) }",
    "fn f(n: u32, g: impl Fn() -> u32) -> u32 { if n == 0 { g() } else { f(n - 1, || g() + 1) } } fn main() { f(@, || 1); }",
    "trait T { fn t(&self); } impl<X> T for X where Vec<X>: T { fn t(&self) {} } fn main() { 1u8.t() }",
    "trait T { fn t(&self); } impl<X: T> T for Vec<X> { fn t(&self) {} } fn f<X: T>(x: X) where Vec<X>: T { f(vec![x]) } fn main() {}",
    "trait A: B {} trait B: A {} struct S; impl A for S {} impl B for S {} fn main() {}",
    "type A = B; type B = A; fn main() { let _: Option<A> = None; }",
    "const A: u32 = B; const B: u32 = A; fn main() { println!(\"{A}\") }",
    "static A: u32 = B; static B: u32 = A; fn main() { println!(\"{A}\") }",
    "const X: u64 = { let mut i = 0u64; loop { i += 1; if i == u64::MAX { break } } i }; fn main() { println!(\"{X}\") }",
    "const fn f(n: u64) -> u64 { if n == 0 { 0 } else { 1 + f(n - 1) } } const X: u64 = f(@00000); fn main() { println!(\"{X}\") }",
    "const fn f(n: u64) -> u64 { f(n) } const X: u64 = f(1); fn main() { println!(\"{X}\") }",
    "const N: usize = N2; const N2: usize = N; fn main() { let a = [0u8; N]; }",
    "fn main() { let a = [0u8; 1 << 60]; println!(\"{}\", a.len()) }",
    "fn main() { let a = [[[0u64; 99999]; 99999]; 99999]; println!(\"{}\", a.len()) }",
    "static A: [u8; @000000] = [1; @000000]; fn main() { println!(\"{}\", A[3]) }",
    "const A: [u32; @0000000] = [7; @0000000]; fn main() { println!(\"{}\", A[3]) }",
    "enum E { A = E::B as isize, B = E::A as isize } fn main() { println!(\"{}\", E::A as i32) }",
    "use std::ops::Deref; struct X; impl Deref for X { type Target = X; fn deref(&self) -> &X { self } } fn main() { X.nothing() }",
    "use std::ops::Deref; struct X<T>(T); impl<T> Deref for X<T> { type Target = X<X<T>>; fn deref(&self) -> &X<X<T>> { todo!() } } fn main() { X(1).nothing() }",
    "mod a { pub use super::b::*; } mod b { pub use super::a::*; } use a::*; fn main() { f() }",
    "use self::x as y; use self::y as x; fn main() { x() }",
    "fn f() -> impl Sized { (f(), 1) } fn main() { f(); }",
    "fn f(n: u32) -> impl Fn() -> u32 { let g = if n > 0 { f(n - 1) } else { f(0) }; move || g() } fn main() { f(1)(); }",
    "fn main() { let f = |g| g(g); f(f); }",
    "fn main() { let mut x = None; x = Some(x); }",
    "fn main() { let mut v = Vec::new(); v.push(v); }",
    "trait T { type A: T; fn a(&self) -> Self::A; } fn f<X: T>(x: X) { f(x.a().a().a().a()) } fn main() {}",
    "trait T { type A; } impl<X> T for X where X: T<A = X> { type A = X; } fn main() { let _: <u8 as T>::A = 1; }",
    "trait T { type A; } impl T for u8 { type A = <u16 as T>::A; } impl T for u16 { type A = <u8 as T>::A; } fn main() { let _: <u8 as T>::A = 1; }",
    "macro_rules! m { ($($t:tt)*) => { m!($($t)* $($t)*) } } fn main() { m!(a b) }",
    "macro_rules! m { () => { m!() } } fn main() { m!() }",
    "macro_rules! m { ($e:expr) => { m!(($e, $e)) } } fn main() { m!(1) }",
    "macro_rules! d { ($($t:tt)*) => { $($t)* $($t)* } } macro_rules! e { ($($t:tt)*) => { d!(d!(d!(d!(d!(d!(d!(d!($($t)*)))))))) } } fn main() { e!(e!(e!(let x = 1;))) }",
    "macro_rules! m { ($x:ident $($r:ident)*) => { struct $x; m!($($r)*); }; () => {} } m!(a b c d e f g h); fn main() {}",
    "#[derive(Clone, Debug, PartialEq, PartialOrd)] enum L<T> { N, C(Box<L<Vec<T>>>, T) } fn main() { let l: L<u8> = L::N; println!(\"{:?}\", l.clone() < l); }",
    "impl Clone for Missing {} impl<T> Missing for T {} fn main() {}",
    "enum L<T> { N(Box<L<(T, T)>>), E } fn main() { let _: L<u8> = L::E; }",
    "enum L<T> { N(Box<L<(T, T)>>), E(T) } fn main() { let l: L<u8> = L::E(1); drop(l); }",
    "struct L<T> { t: T, n: Option<Box<L<[T; 2]>>> } fn f<T>(l: &L<T>) -> u32 { l.n.as_ref().map_or(0, |n| f(n) + 1) } fn main() { f(&L { t: 1, n: None }); }",
    "struct L<'a, T> { t: T, n: Option<&'a L<'a, (T, T)>> } fn main() { let _l = L { t: 1, n: None }; }",
    "#[derive(Debug, Clone, PartialEq)] enum L<T> { N(Vec<L<Option<T>>>), E(T) } fn main() { println!(\"{:?}\", L::E(1).clone()); }",
    "fn f<T: Copy>(n: u32, t: T) { if n > 0 { f(n - 1, (t, t)) } } fn main() { f(@, 1u8) }",
    "fn f<T: Clone>(n: u32, t: T) { if n > 0 { f(n - 1, vec![(t.clone(), t)]) } } fn main() { f(@, 1u8) }",
    "fn f<T>(n: u32) { if n > 0 { f::<[T; 2]>(n - 1); f::<(T, T, T)>(n - 1); } } fn main() { f::<u8>(@) }",
    "fn f<F: Fn() -> u32 + Clone>(n: u32, g: F) -> u32 { if n == 0 { g() } else { let k = g.clone(); f(n - 1, move || g() + k()) } } fn main() { f(@, || 1); }",
    "trait T: Copy { fn t(self) -> u32; } impl T for u8 { fn t(self) -> u32 { 1 } } impl<X: T, Y: T> T for (X, Y) { fn t(self) -> u32 { self.0.t() + self.1.t() } } fn f<X: T>(n: u32, x: X) -> u32 { if n == 0 { x.t() } else { f(n - 1, (x, x)) } } fn main() { f(@, 1u8); }",
    "macro_rules! m { ($e:expr) => { ($e, $e) } } macro_rules! n { ($e:expr) => { m!(m!(m!(m!(m!(m!($e)))))) } } fn main() { n!(n!(n!(n!(n!(1))))); }",
    "macro_rules! m { ($n:expr,) => { $n }; ($n:expr, x $($r:tt)*) => { m!($n + $n, $($r)*) } } fn main() { m!(1, x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x); }",
    "macro_rules! m { ($t:ty) => { ($t, $t) } } macro_rules! n { ($t:ty) => { m!(m!(m!(m!(m!(m!(m!($t))))))) } } fn main() { let _: Option<n!(n!(n!(n!(u8))))> = None; }",
    "macro_rules! m { ($b:block) => { { $b $b } } } macro_rules! n { ($b:block) => { m!({ m!({ m!({ m!({ m!({ m!({ m!($b) }) }) }) }) }) }) } } fn main() { n!({ n!({ n!({ n!({ 1; }) }) }) }) }",
    "struct S<const N: usize>; fn f<const N: usize>(n: u32) { if n > 0 { f::<{ N + 1 }>(n - 1) } } fn main() { f::<0>(@) }",
    "fn main() { let x: <<<u8 as A>::B as C>::D as E>::F = 1; }",
    "fn f<'a, 'b: 'a, 'c: 'b>(x: &'a &'b &'c u8) -> &'c u8 { f(x) } fn main() { println!(\"{}\", f(&&&1)) }",
    "fn main() { let x = 1; match x { 0..=@ => {}, @..=5 => {}, -5..0 => {}, 300u8 => {} } }",
];

/// One such text.
pub fn text(rng: &mut Rng) -> String {
    match rng.below(5) {
        0 | 1 => nested(rng),
        2 => literal(rng),
        _ => {
            let number = [1usize, 9, 64, 200, 1000, 100_000][rng.below(6)];
            rng.word(&CIRCLES).replace('@', &number.to_string())
        }
    }
}

/// Every program that circles, with a number in the place of `@`.
pub fn circles(number: usize) -> impl Iterator<Item = String> {
    CIRCLES.iter().map(move |text| text.replace('@', &number.to_string()))
}

fn nested(rng: &mut Rng) -> String {
    let (before, open, kernel, close, after) = NESTED[rng.below(NESTED.len())];
    let depth = [3usize, 30, 100, 250, 1000, 5000, 20_000][rng.below(7)];
    // Half of the time one closing bracket is missing.
    let closing = depth - usize::from(rng.chance(20));
    format!("{before}{}{kernel}{}{after}", open.repeat(depth), close.repeat(closing))
}

fn literal(rng: &mut Rng) -> String {
    let n = [10usize, 40, 400, 100_000][rng.below(4)];
    let text = match rng.below(9) {
        0 => "9".repeat(n),
        1 => format!("0x{}", "f".repeat(n)),
        2 => format!("1e{}", "9".repeat(n.min(400))),
        3 => format!("0.{}1", "0".repeat(n)),
        4 => format!("\"{}\"", "a\\n".repeat(n)),
        5 => format!("\"{}\"", "é{".repeat(n)),
        6 => format!("'{}'", "x".repeat(n.min(40))),
        7 => format!("[{}]", "1,".repeat(n.min(20_000))),
        _ => format!("b\"{}\"", "\\xff".repeat(n)),
    };
    let place = rng.below(4);
    match place {
        0 => format!("fn main() {{ println!({text}) }}"),
        1 => format!("const X: u8 = {text}; fn main() {{}}"),
        2 => format!("fn main() {{ match 1 {{ {text} => {{}} _ => {{}} }} }}"),
        _ => format!("fn main() {{ let x = {text}; println!(\"{{:?}}\", x) }}"),
    }
}
