// Operators through traits, iterators of one's own, Default, From, PartialOrd, dyn-free polymorphism.
use std::ops::{Index, IndexMut, Mul, Sub};
#[derive(Clone, Debug, PartialEq)]
struct Poly(Vec<i64>);
impl Mul<&Poly> for &Poly {
    type Output = Poly;
    fn mul(self, other: &Poly) -> Poly {
        let mut out = vec![0; self.0.len() + other.0.len() - 1];
        for (i, a) in self.0.iter().enumerate() {
            for (j, b) in other.0.iter().enumerate() {
                out[i + j] += a * b;
            }
        }
        Poly(out)
    }
}
impl Sub for Poly {
    type Output = Poly;
    fn sub(mut self, other: Poly) -> Poly {
        for (a, b) in self.0.iter_mut().zip(other.0) {
            *a -= b;
        }
        self
    }
}
impl Index<usize> for Poly {
    type Output = i64;
    fn index(&self, i: usize) -> &i64 {
        &self.0[i]
    }
}
impl IndexMut<usize> for Poly {
    fn index_mut(&mut self, i: usize) -> &mut i64 {
        &mut self.0[i]
    }
}
struct Fib {
    a: u64,
    b: u64,
}
impl Iterator for Fib {
    type Item = u64;
    fn next(&mut self) -> Option<u64> {
        let next = self.a + self.b;
        (self.a, self.b) = (self.b, next);
        Some(self.a)
    }
}
#[derive(Default, Debug, PartialEq, PartialOrd, Clone)]
struct Config {
    name: String,
    level: u8,
    ratio: f32,
}
impl From<(&str, u8)> for Config {
    fn from((name, level): (&str, u8)) -> Self {
        Config { name: name.to_string(), level, ..Default::default() }
    }
}
trait Speak {
    fn name(&self) -> String;
    fn speak(&self) -> String {
        format!("I am {}", self.name())
    }
}
impl Speak for u8 {
    fn name(&self) -> String {
        format!("byte {self}")
    }
}
impl<T: Speak> Speak for Vec<T> {
    fn name(&self) -> String {
        self.iter().map(|x| x.name()).collect::<Vec<_>>().join("+")
    }
}
fn main() {
    let p = Poly(vec![1, 1]);
    let mut square = &p * &p;
    square[0] = 7;
    println!("{square:?} {} {:?}", square[2], square.clone() - Poly(vec![1, 2, 3]));
    println!("{:?}", Fib { a: 0, b: 1 }.skip(5).step_by(2).take(4).collect::<Vec<_>>());
    println!("{}", Fib { a: 0, b: 1 }.take_while(|&x| x < 1000).filter(|x| x % 2 == 0).sum::<u64>());
    let c: Config = ("deep", 3).into();
    println!("{c:?} {:?} {}", Config::default(), c > Config::from(("deep", 2)));
    println!("{} / {}", 7u8.speak(), vec![1u8, 2].speak());
}
