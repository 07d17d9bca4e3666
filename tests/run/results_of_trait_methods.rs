// `impl Trait` in the results of trait methods: default bodies, refined and nested results, through generics.

use std::collections::BTreeMap;
use std::fmt::{self, Debug, Display};

trait Shape {
    fn name(&self) -> impl Display;
    fn points(&self) -> impl Iterator<Item = (f64, f64)> + '_;
    fn sides(&self) -> impl Iterator<Item = f64> + '_ {
        let points: Vec<_> = self.points().collect();
        let n = points.len();
        (0..n).map(move |i| {
            let ((a, b), (c, d)) = (points[i], points[(i + 1) % n]);
            ((a - c).powi(2) + (b - d).powi(2)).sqrt()
        })
    }
    fn perimeter(&self) -> f64 {
        self.sides().sum()
    }
    fn mapper(&self, by: f64) -> impl Fn(f64) -> f64 {
        move |x| x * by
    }
}
struct Triangle([(f64, f64); 3]);
struct Rect {
    w: f64,
    h: f64,
}
impl Shape for Triangle {
    fn name(&self) -> impl Display {
        "triangle"
    }
    fn points(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.0.iter().copied()
    }
}
impl Shape for Rect {
    fn name(&self) -> String {
        format!("rect {}x{}", self.w, self.h)
    }
    fn points(&self) -> std::vec::IntoIter<(f64, f64)> {
        vec![(0.0, 0.0), (self.w, 0.0), (self.w, self.h), (0.0, self.h)].into_iter()
    }
    fn sides(&self) -> impl Iterator<Item = f64> + '_ {
        [self.w, self.h].into_iter().cycle().take(4)
    }
    fn mapper(&self, by: f64) -> impl Fn(f64) -> f64 {
        let w = self.w;
        move |x| x + by + w
    }
}
fn describe<S: Shape>(shape: &S) -> String {
    let list: Vec<String> = shape.sides().map(|s| format!("{s:.2}")).collect();
    let f = shape.mapper(2.0);
    format!("{}: {} = {:.3}; {}", shape.name(), list.join(" + "), shape.perimeter(), f(3.0))
}

trait Container {
    type Key: Ord + Debug + Clone;
    fn keys(&self) -> impl Iterator<Item = &Self::Key>;
    fn pairs<'a, V: Display + 'a>(
        &'a self,
        of: impl Fn(&Self::Key) -> V + 'a,
    ) -> impl Iterator<Item = (Self::Key, impl Display)> + 'a;
    fn nested(&self) -> Option<impl Debug + Default>;
    fn make(n: usize) -> Box<impl Container<Key = Self::Key> + Debug>;
}
#[derive(Debug)]
struct Names(BTreeMap<String, u32>);
impl Container for Names {
    type Key = String;
    fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }
    fn pairs<'a, V: Display + 'a>(
        &'a self,
        of: impl Fn(&String) -> V + 'a,
    ) -> impl Iterator<Item = (String, impl Display)> + 'a {
        self.0.keys().map(move |k| (k.clone(), of(k)))
    }
    fn nested(&self) -> Option<impl Debug + Default> {
        self.0.values().next().copied()
    }
    fn make(n: usize) -> Box<Names> {
        Box::new(Names((0..n as u32).map(|i| (format!("k{i}"), i)).collect()))
    }
}
fn or_default<C: Container>(c: &C) -> String {
    format!("{:?}", c.nested().unwrap_or_default())
}
impl<T: Container> Container for Vec<T> {
    type Key = T::Key;
    fn keys(&self) -> impl Iterator<Item = &T::Key> {
        self.iter().flat_map(|c| c.keys())
    }
    fn pairs<'a, V: Display + 'a>(
        &'a self,
        of: impl Fn(&T::Key) -> V + 'a,
    ) -> impl Iterator<Item = (T::Key, impl Display)> + 'a {
        let of = std::rc::Rc::new(of);
        self.iter().flat_map(move |c| {
            let of = of.clone();
            c.pairs(move |k| of(k))
        })
    }
    fn nested(&self) -> Option<impl Debug + Default> {
        Some(self.iter().filter_map(|c| c.nested()).map(|d| format!("{d:?}")).collect::<Vec<_>>())
    }
    fn make(n: usize) -> Box<impl Container<Key = T::Key> + Debug> {
        T::make(n + 1)
    }
}
struct Plain;
impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("plain")
    }
}
trait Parser<T> {
    fn parse<'a>(&self, s: &'a str) -> Option<(T, &'a str)>;
    fn then<U, P: Parser<U>>(self, other: P) -> impl Parser<(T, U)>
    where
        Self: Sized,
    {
        Then(self, other)
    }
    fn map<U>(self, f: impl Fn(T) -> U) -> impl Parser<U>
    where
        Self: Sized,
    {
        Map(self, f, std::marker::PhantomData)
    }
}
struct Then<A, B>(A, B);
impl<T, U, A: Parser<T>, B: Parser<U>> Parser<(T, U)> for Then<A, B> {
    fn parse<'a>(&self, s: &'a str) -> Option<((T, U), &'a str)> {
        let (a, s) = self.0.parse(s)?;
        let (b, s) = self.1.parse(s)?;
        Some(((a, b), s))
    }
}
struct Map<P, F, T>(P, F, std::marker::PhantomData<T>);
impl<T, U, P: Parser<T>, F: Fn(T) -> U> Parser<U> for Map<P, F, T> {
    fn parse<'a>(&self, s: &'a str) -> Option<(U, &'a str)> {
        self.0.parse(s).map(|(t, rest)| ((self.1)(t), rest))
    }
}
impl<T, F: for<'a> Fn(&'a str) -> Option<(T, &'a str)>> Parser<T> for F {
    fn parse<'a>(&self, s: &'a str) -> Option<(T, &'a str)> {
        self(s)
    }
}
fn digit(s: &str) -> Option<(u32, &str)> {
    let c = s.chars().next()?;
    Some((c.to_digit(10)?, &s[1..]))
}
fn main() {
    println!("{}", describe(&Triangle([(0.0, 0.0), (3.0, 0.0), (0.0, 4.0)])));
    println!("{}", describe(&Rect { w: 2.0, h: 1.5 }));
    let names = Names::make(3);
    println!("{:?}", names.keys().collect::<Vec<_>>());
    for (k, v) in names.pairs(|k| k.len()) {
        println!("{k} -> {v}");
    }
    println!("{}", or_default(&*names));
    let many = vec![*Names::make(2), *Names::make(1)];
    println!("{:?} {}", many.keys().rev_sorted(), or_default(&many));
    for (k, v) in many.pairs(|k| format!("<{k}>")) {
        println!("{k} {v}");
    }
    println!("{:?}", Vec::<Names>::make(1));
    println!("{:?}", digit.then(digit).parse("12x").map(|(p, rest)| (p, rest.to_string())));
    println!("{:?}", digit.then(digit).map(|(a, b)| a * 10 + b).parse("42"));
    println!("{Plain}");
}
trait RevSorted: Iterator {
    fn rev_sorted(self) -> impl IntoIterator<Item = Self::Item, IntoIter: ExactSizeIterator> + Debug
    where
        Self: Sized,
        Self::Item: Ord + Debug,
    {
        let mut v: Vec<_> = self.collect();
        v.sort_by(|a, b| b.cmp(a));
        v
    }
}
impl<I: Iterator> RevSorted for I {}
