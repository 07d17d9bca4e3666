// Generic functions and types, trait bounds, where-clauses, associated types, default methods, blanket impls.
use std::fmt::{Debug, Display};
trait Area {
    const SIDES: u32;
    fn area(&self) -> f64;
    fn describe(&self) -> String {
        format!("{} sides, area {:.2}", Self::SIDES, self.area())
    }
}
struct Square(f64);
struct Triangle {
    base: f64,
    height: f64,
}
impl Area for Square {
    const SIDES: u32 = 4;
    fn area(&self) -> f64 {
        self.0 * self.0
    }
}
impl Area for Triangle {
    const SIDES: u32 = 3;
    fn area(&self) -> f64 {
        self.base * self.height / 2.0
    }
    fn describe(&self) -> String {
        "triangle".to_string()
    }
}
fn total<A: Area, B: Area>(a: &A, b: &B) -> f64 {
    a.area() + b.area()
}
fn largest<T: PartialOrd + Copy>(items: &[T]) -> Option<T> {
    let mut best = *items.first()?;
    for &item in items {
        if item > best {
            best = item;
        }
    }
    Some(best)
}
#[derive(Debug, Clone)]
struct Stack<T> {
    items: Vec<T>,
}
impl<T: Clone + Debug> Stack<T> {
    fn new() -> Self {
        Stack { items: Vec::new() }
    }
    fn push(mut self, item: T) -> Self {
        self.items.push(item);
        self
    }
    fn peek(&self) -> Option<&T> {
        self.items.last()
    }
}
trait Twice {
    fn twice(&self) -> String;
}
impl<T: Display> Twice for T {
    fn twice(&self) -> String {
        format!("{self}{self}")
    }
}
trait Container {
    type Item;
    fn items(&self) -> Vec<Self::Item>;
}
impl Container for Stack<i32> {
    type Item = i32;
    fn items(&self) -> Vec<i32> {
        self.items.clone()
    }
}
fn sum_of<C>(c: &C) -> i64
where
    C: Container,
    C::Item: Into<i64>,
{
    c.items().into_iter().map(Into::into).sum()
}
fn pair<A, B>(a: A, b: B) -> (B, A) {
    (b, a)
}
struct Matrix<const R: usize, const C: usize>([[i32; C]; R]);
impl<const R: usize, const C: usize> Matrix<R, C> {
    fn transpose(&self) -> Matrix<C, R> {
        let mut out = [[0; R]; C];
        for r in 0..R {
            for c in 0..C {
                out[c][r] = self.0[r][c];
            }
        }
        Matrix(out)
    }
}
/// The type of a field is known from a default.
struct Ordered<T, F: ?Sized = fn(&T, &T) -> std::cmp::Ordering> {
    items: Vec<T>,
    order: F,
}
impl<T: Ord> Ordered<T> {
    fn largest_last() -> Self {
        Ordered { items: Vec::new(), order: T::cmp }
    }
}
/// In `<T as Matches>` the parameter is its default.
trait Matches<Rhs: ?Sized = Self> {
    const WAYS: u32 = 1;
    fn matches(&self, other: &Rhs) -> bool;
}
impl Matches for i32 {
    fn matches(&self, other: &i32) -> bool {
        self == other
    }
}
impl Matches<str> for i32 {
    const WAYS: u32 = 2;
    fn matches(&self, other: &str) -> bool {
        other.len() == *self as usize
    }
}
/// As a type, `Step` is `Step<u64>`; before a variant its parameter is inferred.
enum Step<T = u64> {
    To(T),
}
impl<T: Into<u64>> Step<T> {
    fn distance(self) -> u64 {
        let Step::To(n) = self;
        n.into()
    }
}
/// Uses `'a` and `T` through what the iterator gives.
struct Tagged<'a, T, I: Iterator<Item = (&'a str, T)>> {
    each: I,
}
impl<'a, T, I: Iterator<Item = (&'a str, T)>> Tagged<'a, T, I> {
    fn count(self) -> usize {
        self.each.map(|(name, _)| name.len()).sum()
    }
}
fn main() {
    let (s, t) = (Square(3.0), Triangle { base: 4.0, height: 5.0 });
    println!("{} {} {}", s.describe(), t.describe(), total(&s, &t));
    println!("{:?} {:?} {:?}", largest(&[3, 9, 2]), largest(&[1.5, 0.5]), largest::<char>(&[]));
    let stack = Stack::new().push(1).push(2).push(3);
    println!("{stack:?} {:?} {}", stack.peek(), sum_of(&stack));
    println!("{} {}", 12.twice(), "ab".twice());
    println!("{:?}", pair("a", 1u8));
    let mut heap = Ordered::largest_last();
    heap.items.extend([3, 1, 2]);
    heap.items.sort_by(heap.order);
    println!("{:?} {} {}", heap.items, <i32 as Matches>::WAYS, <i32 as Matches>::matches(&3, &3));
    println!("{} {}", <i32 as Matches<str>>::WAYS, Matches::matches(&3, "abc"));
    let tags = Tagged { each: ["a", "b"].iter().copied().map(|s| (s, 1u8)) };
    println!("{}", tags.count());
    let unsized_end: &Ordered<i32, dyn Fn(i32) -> i32> = &Ordered { items: vec![4i32], order: |x: i32| x * 2 };
    println!("{}", (unsized_end.order)(unsized_end.items[0]));
    println!("{} {}", std::mem::size_of::<Step>(), Step::To(3u8).distance());
    println!("{:?}", Matrix([[1, 2, 3], [4, 5, 6]]).transpose().0);
}
