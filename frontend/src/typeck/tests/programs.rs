//! Programs that are right: no message.

use super::messages;

#[track_caller]
fn accept(source: &str) {
    let found = messages(source);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn arithmetic_and_inference() {
    accept(
        r#"
        fn mean(xs: &[f64]) -> f64 { xs.iter().sum::<f64>() / xs.len() as f64 }
        fn gcd(a: u64, b: u64) -> u64 { if b == 0 { a } else { gcd(b, a % b) } }
        fn main() {
            let mut total = 0;
            for i in 0..10 { total += i * 2; }
            let x: u64 = total + gcd(12, 18);
            let v = vec![1.0, 2.5];
            println!("{x} {:.2} {}", mean(&v), 1u8 as char);
            let y = -5i32; let z = y.abs().pow(2) as usize + v.len();
            let w = if z > 3 { 1 } else { 2 };
            assert_eq!(w, 1u8);
            let t = (1, "a", 'c'); let (a, b, c) = t; let _ = (a + 1i64, b.len(), c);
            let b = !0u32 >> 3 & 7; let _ = b << 2u8;
        }"#,
    );
}

#[test]
fn collections_and_closures() {
    accept(
        r#"
        use std::collections::{HashMap, HashSet, BTreeMap, VecDeque};
        fn main() {
            let mut m = HashMap::new();
            for w in "a b a".split_whitespace() { *m.entry(w.to_string()).or_insert(0) += 1; }
            let mut keys: Vec<_> = m.iter().map(|(k, v)| (k.clone(), *v)).collect();
            keys.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            let s: HashSet<i32> = [1, 2, 3].into_iter().collect();
            let n = s.iter().filter(|x| **x > 1).count();
            let mut q = VecDeque::new(); q.push_back(n);
            while let Some(x) = q.pop_front() { if x > 0 { q.push_back(x - 1); } }
            let b: BTreeMap<u8, Vec<&str>> = BTreeMap::new();
            if let Some(list) = b.get(&3) { println!("{}", list.join(",")); }
            let mut count = 0;
            let mut inc = |by: i32| { count += by; count };
            inc(2); inc(3);
            let words = vec!["x".to_string()];
            let lens = words.iter().map(String::len).max().unwrap_or_default();
            let total: usize = words.iter().map(|w| w.len()).sum();
            println!("{keys:?} {lens} {total}");
            let mut v = vec![3, 1, 2]; v.sort(); v.dedup(); v.retain(|&x| x != 2);
            let pos = v.iter().position(|&x| x == 3);
            let f = move |x: usize| x + total; let _ = f(1) + pos.unwrap();
            let folded = v.iter().fold(String::new(), |mut acc, x| { acc.push_str(&x.to_string()); acc });
            let z: Vec<(usize, char)> = folded.chars().enumerate().collect(); let _ = z[0].1;
            let (even, odd): (Vec<i32>, Vec<i32>) = (1..10).partition(|n| n % 2 == 0);
            let best = even.iter().zip(odd.iter()).map(|(a, b)| a * b).max_by_key(|x| *x);
            let _: Option<i32> = best;
            let grid = vec![vec![0u8; 3]; 4]; let _ = grid[1][2] + grid.iter().flatten().copied().max().unwrap();
        }"#,
    );
}

#[test]
fn traits_generics_and_operators() {
    accept(
        r#"
        use std::fmt; use std::ops::{Add, Mul, Index, IndexMut, AddAssign, Neg};
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
        struct V2 { x: f64, y: f64 }
        impl Add for V2 { type Output = V2; fn add(self, o: V2) -> V2 { V2 { x: self.x + o.x, y: self.y + o.y } } }
        impl Mul<f64> for V2 { type Output = Self; fn mul(self, k: f64) -> Self { V2 { x: self.x * k, ..self } } }
        impl Neg for V2 { type Output = V2; fn neg(self) -> V2 { V2 { x: -self.x, y: -self.y } } }
        impl AddAssign for V2 { fn add_assign(&mut self, o: V2) { self.x += o.x; self.y += o.y; } }
        impl fmt::Display for V2 { fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result { write!(f, "({}, {})", self.x, self.y) } }
        struct Grid<T, const W: usize> { cells: Vec<[T; W]> }
        impl<T, const W: usize> Index<(usize, usize)> for Grid<T, W> { type Output = T; fn index(&self, (r, c): (usize, usize)) -> &T { &self.cells[r][c] } }
        impl<T, const W: usize> IndexMut<(usize, usize)> for Grid<T, W> { fn index_mut(&mut self, (r, c): (usize, usize)) -> &mut T { &mut self.cells[r][c] } }
        trait Shape { const SIDES: u32; fn area(&self) -> f64; fn name(&self) -> String { format!("{}-gon of {}", Self::SIDES, self.area()) } }
        struct Sq(f64);
        impl Shape for Sq { const SIDES: u32 = 4; fn area(&self) -> f64 { self.0 * self.0 } }
        fn largest<T: PartialOrd + Copy>(xs: &[T]) -> Option<T> {
            let mut it = xs.iter(); let mut best = *it.next()?; for &x in it { if x > best { best = x; } } Some(best)
        }
        fn total<I>(it: I) -> I::Item where I: Iterator, I::Item: Add<Output = I::Item> + Default { it.fold(Default::default(), |a, b| a + b) }
        fn sum_all<T>(xs: &[T]) -> T where T: Copy + std::iter::Sum<T> { xs.iter().copied().sum() }
        struct Counter { n: u32 }
        impl Iterator for Counter { type Item = u32; fn next(&mut self) -> Option<Self::Item> { if self.n < 5 { self.n += 1; Some(self.n) } else { None } } }
        fn main() {
            let mut a = V2 { x: 1.0, y: 2.0 } + V2::default() * 2.0; a += -a;
            println!("{} {:?} {}", a, largest(&[1, 5, 2]), Sq(2.0).name());
            let mut g = Grid { cells: vec![[0i32; 3]; 2] }; g[(1, 2)] = 7; g[(0, 0)] += g[(1, 2)];
            let s: u32 = Counter { n: 0 }.zip(Counter { n: 0 }.skip(1)).map(|(a, b)| a * b).filter(|x| x % 3 == 0).sum();
            let t = total(vec![1, 2, 3].into_iter()) + sum_all(&[1, 2]);
            println!("{s} {t} {}", <Sq as Shape>::SIDES);
        }"#,
    );
}

#[test]
fn errors_options_and_question_mark() {
    accept(
        r#"
        use std::{fmt, error::Error, num::ParseIntError, str::FromStr};
        #[derive(Debug)] enum Bad { Parse(ParseIntError), Neg(i64) }
        impl fmt::Display for Bad { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { match self { Bad::Parse(e) => write!(f, "{e}"), Bad::Neg(n) => write!(f, "{n}") } } }
        impl Error for Bad {}
        impl From<ParseIntError> for Bad { fn from(e: ParseIntError) -> Self { Self::Parse(e) } }
        fn parse(s: &str) -> Result<i64, Bad> { let n = s.trim().parse::<i64>()?; if n < 0 { return Err(Bad::Neg(n)); } Ok(n) }
        struct P { x: i32 }
        impl FromStr for P { type Err = ParseIntError; fn from_str(s: &str) -> Result<Self, Self::Err> { Ok(P { x: s.parse()? }) } }
        fn first_even(xs: &[i32]) -> Option<&i32> { xs.iter().find(|x| *x % 2 == 0) }
        fn add(a: Option<i32>, b: Option<i32>) -> Option<i32> { Some(a? + b?) }
        fn all(xs: &[&str]) -> Result<Vec<i64>, Bad> { xs.iter().map(|s| parse(s)).collect() }
        fn main() -> Result<(), Bad> {
            let n = parse("12")?; let p: P = "3".parse().unwrap();
            let k = match first_even(&[1, 2]) { Some(&k) if k > 0 => k, Some(_) => 0, None => -1 };
            let Some(z) = add(Some(1), None).or(Some(2)) else { return Ok(()) };
            println!("{} {}", n + i64::from(p.x), k + z);
            let r: Result<u8, _> = "x".parse::<u8>(); if let Err(e) = &r { println!("{e:?}"); }
            let _ = all(&["1"])?.iter().sum::<i64>();
            let o = Some(3).map(|x| x + 1).filter(|x| x % 2 == 0).and_then(|x| if x > 2 { Some(x as f32) } else { None });
            let _ = o.unwrap_or(0.0).max(1.0);
            let c = "hello".chars().rev().collect::<String>(); let _ = &c[1..3] == "ll";
            Ok(())
        }"#,
    );
}

#[test]
fn dyn_boxes_and_rc() {
    accept(
        r#"
        use std::rc::{Rc, Weak}; use std::cell::{Cell, RefCell};
        trait Animal { fn name(&self) -> String; fn noise(&self) -> &str { "?" } }
        struct Dog; struct Cat { lives: u8 }
        impl Animal for Dog { fn name(&self) -> String { "dog".into() } }
        impl Animal for Cat { fn name(&self) -> String { format!("cat{}", self.lives) } fn noise(&self) -> &str { "meow" } }
        enum List { Cons(i32, Box<List>), Nil }
        use List::{Cons, Nil};
        impl List { fn sum(&self) -> i32 { match self { Cons(x, rest) => x + rest.sum(), Nil => 0 } } }
        #[derive(Debug)] struct Node { val: i32, children: RefCell<Vec<Rc<Node>>>, parent: RefCell<Weak<Node>> }
        struct Tree<T> { root: Option<Box<TreeNode<T>>> }
        struct TreeNode<T> { v: T, left: Option<Box<TreeNode<T>>>, right: Option<Box<TreeNode<T>>> }
        impl<T: Ord> Tree<T> {
            fn insert(&mut self, v: T) {
                let mut cur = &mut self.root;
                while let Some(node) = cur { cur = if v < node.v { &mut node.left } else { &mut node.right }; }
                *cur = Some(Box::new(TreeNode { v, left: None, right: None }));
            }
            fn depth(n: &Option<Box<TreeNode<T>>>) -> usize { match n { None => 0, Some(b) => 1 + Self::depth(&b.left).max(Self::depth(&b.right)) } }
        }
        fn compose(fs: Vec<Box<dyn Fn(i32) -> i32>>) -> impl Fn(i32) -> i32 { move |x| fs.iter().fold(x, |a, f| f(a)) }
        fn make(n: i32) -> Box<dyn Fn(i32) -> i32> { Box::new(move |x| x + n) }
        fn apply<F: FnMut(&mut Vec<i32>)>(mut f: F) { let mut v = Vec::new(); f(&mut v); f(&mut v); }
        fn main() {
            let zoo: Vec<Box<dyn Animal>> = vec![Box::new(Dog), Box::new(Cat { lives: 9 })];
            for a in &zoo { println!("{} {}", a.name(), a.noise()); }
            let l = Cons(1, Box::new(Cons(2, Box::new(Nil)))); println!("{}", l.sum());
            let leaf = Rc::new(Node { val: 3, children: RefCell::new(vec![]), parent: RefCell::new(Weak::new()) });
            let branch = Rc::new(Node { val: 5, children: RefCell::new(vec![Rc::clone(&leaf)]), parent: RefCell::new(Weak::new()) });
            *leaf.parent.borrow_mut() = Rc::downgrade(&branch);
            let up = leaf.parent.borrow().upgrade().map(|p| p.val); println!("{up:?} {}", branch.children.borrow().len());
            let shared = Rc::new(RefCell::new(vec![1])); shared.borrow_mut().push(2); let c = Cell::new(1); c.set(c.get() + 1);
            let mut t = Tree { root: None }; t.insert(3); t.insert(1); println!("{}", Tree::depth(&t.root));
            println!("{}", compose(vec![make(1), Box::new(|x| x * 2)])(3));
            apply(|v| v.push(1));
            let ops: [(&str, fn(i32, i32) -> i32); 2] = [("+", |a, b| a + b), ("-", i32::wrapping_sub)];
            for (n, f) in ops.iter() { println!("{n}{}", f(3, 2)); }
        }"#,
    );
}

#[test]
fn constants_slices_and_matches() {
    accept(
        r#"
        const N: usize = 4 * 2; const TABLE: [u32; N] = make(); static NAMES: [&str; 2] = ["a", "b"];
        const fn make() -> [u32; N] { let mut t = [0; N]; let mut i = 0; while i < N { t[i] = (i * i) as u32; i += 1; } t }
        struct Matrix<const R: usize, const C: usize>([[f64; C]; R]);
        impl<const R: usize, const C: usize> Matrix<R, C> {
            const SIZE: usize = R * C;
            fn transpose(&self) -> Matrix<C, R> { let mut m = [[0.0; R]; C]; for i in 0..R { for j in 0..C { m[j][i] = self.0[i][j]; } } Matrix(m) }
        }
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)] enum Color { Red = 1, Green = 5, Blue }
        fn kind(c: char) -> u8 { match c { 'a'..='z' | 'A'..='Z' => 1, '0'..='9' => 2, _ if c.is_whitespace() => 3, _ => 0 } }
        fn split(xs: &[i32]) -> (i32, &[i32]) { match xs { [] => (0, &[]), [x] => (*x, &[]), [first, rest @ ..] => (*first, rest) } }
        fn fib(n: u32) -> u64 { match n { 0 => 0, 1 => 1, n => fib(n - 1) + fib(n - 2) } }
        fn main() {
            let m = Matrix([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]); let t = m.transpose(); println!("{} {}", t.0[2][1], Matrix::<2, 3>::SIZE);
            println!("{} {} {}", TABLE[3], NAMES[1], Color::Blue as i32 + kind('x') as i32);
            let (h, tail) = split(&[1, 2, 3]); println!("{h} {}", tail.len() + TABLE.len());
            let x = 'outer: loop { let mut i = 0; loop { i += 1; if i == 3 { break 'outer i * 2; } } };
            let label = match (x, Color::Red) { (0, _) => "zero", (n, Color::Red | Color::Green) if n > 5 => "big", (1..=5, c @ Color::Blue) => { let _ = c; "small" } _ => "other" };
            println!("{label} {}", fib(10));
            let mut arr = [5, 3, 8]; arr.sort_unstable(); arr.swap(0, 1); let [a, b, c] = arr; let _ = a + b + c;
            let text = String::from("hi"); let bytes = text.as_bytes(); let _ = bytes[0] as char; let _ = text.bytes().map(|b| b as u32).sum::<u32>();
            for (i, w) in arr.windows(2).enumerate() { if w[0] < w[1] { println!("{i}"); } }
            let mut it = arr.iter().peekable(); while let Some(x) = it.next() { if let Some(&&n) = it.peek() { let _ = n > *x; } }
            let s = &mut arr[..]; s[0] = 1; if let Some(last) = s.last_mut() { *last += 1; }
            let u: u8 = b'a' + 2; let big = 1u128 << 100; let f = 2.0_f32.powi(3).sqrt(); let _ = (u, big, f as i64, i32::MAX, f64::EPSILON);
            let c = std::cmp::max(1, 2); let v = std::mem::take(&mut vec![c]); let _ = v;
            let r = (1..=3).rev().step_by(2).map(|x| x as f64 / 2.0).fold(0.0, f64::max); let _ = r;
        }"#,
    );
}
