// generic iterator adaptors & extension traits
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::iter::{FromIterator, FusedIterator, Peekable, Product, Sum, once, repeat_n, zip};
use std::ops::{AddAssign, ControlFlow};
pub trait IterExt: Iterator {
    fn counts(self) -> HashMap<Self::Item, usize>
    where
        Self: Sized,
        Self::Item: Eq + Hash,
    {
        let mut m = HashMap::new();
        self.for_each(|x| *m.entry(x).or_default() += 1);
        m
    }
    fn group_by_key<K: Ord, F: FnMut(&Self::Item) -> K>(self, mut f: F) -> BTreeMap<K, Vec<Self::Item>>
    where
        Self: Sized,
    {
        let mut m = BTreeMap::new();
        for x in self {
            m.entry(f(&x)).or_insert_with(Vec::new).push(x);
        }
        m
    }
    fn dedup(self) -> Dedup<Self>
    where
        Self: Sized,
        Self::Item: PartialEq,
    {
        Dedup { it: self.peekable() }
    }
    fn pairs(self) -> Pairs<Self>
    where
        Self: Sized,
        Self::Item: Clone,
    {
        Pairs { it: self, last: None }
    }
    fn join(&mut self, sep: &str) -> String
    where
        Self::Item: Display,
    {
        let Some(first) = self.next() else { return String::new() };
        let mut s = first.to_string();
        self.for_each(|x| {
            s.push_str(sep);
            s.push_str(&x.to_string());
        });
        s
    }
    fn minmax(mut self) -> Option<(Self::Item, Self::Item)>
    where
        Self: Sized,
        Self::Item: PartialOrd + Clone,
    {
        let f = self.next()?;
        Some(self.fold((f.clone(), f), |(lo, hi), x| {
            if x < lo {
                (x, hi)
            } else if x > hi {
                (lo, x)
            } else {
                (lo, hi)
            }
        }))
    }
    fn interleave<J: IntoIterator<Item = Self::Item>>(self, other: J) -> Interleave<Self, J::IntoIter>
    where
        Self: Sized,
    {
        Interleave { a: self, b: other.into_iter(), flip: false }
    }
    fn chunked<const N: usize>(self) -> Chunked<Self, N>
    where
        Self: Sized,
        Self::Item: Default + Copy,
    {
        Chunked(self)
    }
}
impl<I: Iterator + ?Sized> IterExt for I {}
pub struct Dedup<I: Iterator> {
    it: Peekable<I>,
}
impl<I: Iterator> Iterator for Dedup<I>
where
    I::Item: PartialEq,
{
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        let x = self.it.next()?;
        while self.it.next_if(|y| *y == x).is_some() {}
        Some(x)
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lo, hi) = self.it.size_hint();
        (lo.min(1), hi)
    }
}
#[derive(Clone, Debug)]
pub struct Pairs<I: Iterator> {
    it: I,
    last: Option<I::Item>,
}
impl<I: Iterator> Iterator for Pairs<I>
where
    I::Item: Clone,
{
    type Item = (I::Item, I::Item);
    fn next(&mut self) -> Option<Self::Item> {
        if self.last.is_none() {
            self.last = self.it.next();
        }
        let b = self.it.next()?;
        let a = self.last.replace(b.clone())?;
        Some((a, b))
    }
}
pub struct Interleave<A, B> {
    a: A,
    b: B,
    flip: bool,
}
impl<A: Iterator, B: Iterator<Item = A::Item>> Iterator for Interleave<A, B> {
    type Item = A::Item;
    fn next(&mut self) -> Option<A::Item> {
        self.flip = !self.flip;
        if self.flip {
            self.a.next().or_else(|| self.b.next())
        } else {
            self.b.next().or_else(|| self.a.next())
        }
    }
}
pub struct Chunked<I, const N: usize>(I);
impl<I: Iterator<Item: Default + Copy>, const N: usize> Iterator for Chunked<I, N> {
    type Item = [I::Item; N];
    fn next(&mut self) -> Option<[I::Item; N]> {
        let mut a = [I::Item::default(); N];
        for s in a.iter_mut() {
            *s = self.0.next()?;
        }
        Some(a)
    }
}
struct Countdown(u32);
impl Iterator for Countdown {
    type Item = u32;
    fn next(&mut self) -> Option<u32> {
        self.0 = self.0.checked_sub(1)?;
        Some(self.0)
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0 as usize, Some(self.0 as usize))
    }
}
impl ExactSizeIterator for Countdown {}
impl FusedIterator for Countdown {}
impl DoubleEndedIterator for Span {
    fn next_back(&mut self) -> Option<i32> {
        if self.lo >= self.hi {
            None
        } else {
            self.hi -= 1;
            Some(self.hi)
        }
    }
}
struct Span {
    lo: i32,
    hi: i32,
}
impl Iterator for Span {
    type Item = i32;
    fn next(&mut self) -> Option<i32> {
        (self.lo < self.hi).then(|| {
            self.lo += 1;
            self.lo - 1
        })
    }
}
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Money(i64);
impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(i: I) -> Self {
        Money(i.map(|m| m.0).sum())
    }
}
impl<'a> Sum<&'a Money> for Money {
    fn sum<I: Iterator<Item = &'a Money>>(i: I) -> Self {
        i.copied().sum()
    }
}
impl Product<Money> for i64 {
    fn product<I: Iterator<Item = Money>>(i: I) -> i64 {
        i.fold(1, |a, m| a * m.0)
    }
}
#[derive(Debug, PartialEq)]
struct SortedVec<T>(Vec<T>);
impl<T: Ord> FromIterator<T> for SortedVec<T> {
    fn from_iter<I: IntoIterator<Item = T>>(i: I) -> Self {
        let mut v: Vec<T> = i.into_iter().collect();
        v.sort();
        SortedVec(v)
    }
}
impl<T: Ord> Extend<T> for SortedVec<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, i: I) {
        for x in i {
            let p = self.0.binary_search(&x).unwrap_or_else(|p| p);
            self.0.insert(p, x);
        }
    }
}
impl<T> IntoIterator for SortedVec<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
fn histogram<T, I>(it: I) -> Vec<(T, u32)>
where
    I: IntoIterator<Item = T>,
    T: Ord,
{
    let mut v: Vec<_> = it.into_iter().map(|x| (x, 1)).collect();
    v.sort_by(|a, b| a.0.cmp(&b.0));
    v.dedup_by(|b, a| {
        a.0 == b.0 && {
            a.1 += b.1;
            true
        }
    });
    v
}
fn running<T: Copy + AddAssign>(v: &[T]) -> impl Iterator<Item = T> + use<'_, T> {
    v.iter().scan(None, |acc: &mut Option<T>, &x| {
        match acc {
            Some(a) => *a += x,
            None => *acc = Some(x),
        }
        *acc
    })
}
fn show<T: Debug>(label: &str, x: T) {
    println!("{label:>10}: {x:?}");
}
fn main() {
    let mut c: Vec<_> = "abracadabra".chars().counts().into_iter().collect();
    c.sort();
    show("counts", c);
    show("group", (1..=10).group_by_key(|x| x % 3));
    show("dedup", [1, 1, 2, 3, 3, 1].iter().dedup().collect::<Vec<_>>());
    show("pairs", "abcd".chars().pairs().map(|(a, b)| format!("{a}{b}")).collect::<Vec<_>>());
    show("join", (1..4).map(|x| x * x).join("-"));
    show("minmax", [2.5, -1.0, 9.0].into_iter().minmax());
    show("inter", [1, 2, 3].into_iter().interleave(vec![10, 20]).collect::<Vec<_>>());
    show("chunked", (0..10).chunked::<3>().collect::<Vec<_>>());
    show("len", Countdown(5).len());
    show("rev", Span { lo: 0, hi: 4 }.rev().chain(Countdown(2).map(|x| x as i32)).collect::<Vec<_>>());
    let ms = [Money(5), Money(7)];
    show("sum", (ms.iter().sum::<Money>(), ms.into_iter().product::<i64>()));
    let mut s: SortedVec<_> = [3, 1, 2].into_iter().collect();
    s.extend([0, 5, 2]);
    show("sorted", &s);
    show("max", s.into_iter().rev().take(2).collect::<BTreeSet<_>>());
    show("hist", histogram("hello".bytes().map(char::from)));
    show("running", running(&[1.5, 2.5, 3.0]).collect::<Vec<_>>());
    let r = (1..100).try_fold(0u8, |a, x| a.checked_add(x));
    show("try", r);
    let cf = [1, 5, 12, 3]
        .iter()
        .try_for_each(|&x| if x > 10 { ControlFlow::Break(x) } else { ControlFlow::Continue(()) });
    show("cf", cf);
    show("part", (1..10).partition::<Vec<_>, _>(|x| x % 2 == 0));
    let (a, b): (Vec<_>, String) = [(1, 'x'), (2, 'y')].into_iter().unzip();
    show("unzip", (a, b));
    show("flat", vec![Some(1), None, Some(3)].into_iter().flatten().sum::<i32>());
    show("res", ["1", "2", "x"].iter().map(|s| s.parse::<i32>()).collect::<Result<Vec<_>, _>>().is_err());
    show("opt", ["1", "2"].iter().map(|s| s.parse::<i32>().ok()).sum::<Option<i32>>());
    show(
        "zip3",
        zip([1, 2, 3], "abc".chars())
            .zip(once(true).chain(repeat_n(false, 2)))
            .map(|((a, b), c)| format!("{a}{b}{}", c as u8))
            .collect::<String>(),
    );
    show("cmp", [1, 2, 3].iter().lt([1, 3].iter()));
    show("minby", ["aaa", "b", "cc"].iter().min_by_key(|s| s.len()));
    show("maxf", [1.5, 0.2].iter().copied().max_by(f64::total_cmp));
    show("pos", (0..10).rposition(|x| x % 4 == 0));
    show("last", "a b c".split(' ').last());
    show("nth", (0..).step_by(7).nth(3));
    show("cycle", [1, 2].iter().cycle().skip(1).take(5).collect::<Vec<_>>());
    show("win", [1, 2, 4, 7].windows(2).map(|w| w[1] - w[0]).collect::<Vec<_>>());
    show("aw", [1, 2, 4, 7].array_windows().map(|[a, b]| b - a).collect::<Vec<i32>>());
    show("chunk", [1, 2, 3, 4, 5].chunks(2).map(|c| c.iter().sum::<i32>()).collect::<Vec<_>>());
    show("rch", [1, 2, 3, 4, 5].rchunks(2).map(<[i32]>::to_vec).collect::<Vec<_>>());
    show("chby", [1, 2, 2, 1, 1].chunk_by(|a, b| a <= b).map(|c| c.len()).collect::<Vec<_>>());
    show("mw", ["1", "2", "x", "4"].iter().map_while(|s| s.parse::<u8>().ok()).collect::<Vec<_>>());
    show("sorted", [1, 2, 2].is_sorted() && (1..5).is_sorted_by_key(|x| -(x - 10i32).abs()));
    show("reduce", (1..=5).reduce(|a, b| a * b));
    show("eq", (1..4).eq([1, 2, 3]));
    show("peek", {
        let mut p = [1, 2, 3].iter().peekable();
        let mut v = vec![];
        while let Some(x) = p.next() {
            if let Some(n) = p.peek_mut() {
                v.push(**n * x);
            }
        }
        v
    });
    let mut it = (1..10).into_iter();
    show("byref", (it.by_ref().take(3).sum::<i32>(), it.next()));
    show("fuse", std::iter::successors(Some(1u32), |x| x.checked_mul(10)).fuse().count());
    show("insp", {
        let mut n = 0;
        let s: i32 = (1..5).inspect(|_| n += 1).filter(|x| x % 2 == 1).sum();
        (s, n)
    });
    show("arr", [3, 1, 2].map(|x| x * 2).iter().rev().copied().collect::<Box<[i32]>>());
    show("cow", ["a", "b"].concat());
    show("sum", [[1, 2], [3, 4]].concat().iter().rev().skip_while(|x| **x > 2).collect::<Vec<_>>());
}
