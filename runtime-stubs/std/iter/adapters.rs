//! Iterators made of one or two others.

use crate::iter::{ExactSizeIterator, FusedIterator, Indexed, Splittable};
use crate::panicking::panic;
use crate::prelude::v1::*;

macro_rules! construct {
    ($($name:ident<$($g:ident),*> { $($field:ident: $t:ty),* } $($extra:ident = $v:expr),*;)*) => { $(
        impl<$($g),*> $name<$($g),*> {
            pub(crate) fn new($($field: $t),*) -> Self {
                $name { $($field,)* $($extra: $v,)* }
            }
        }
    )* };
}
construct! {
    Map<I, F> { iter: I, f: F };
    Filter<I, P> { iter: I, predicate: P };
    FilterMap<I, F> { iter: I, f: F };
    Enumerate<I> { iter: I } count = 0;
    Rev<I> { iter: I };
    Copied<I> { iter: I };
    Cloned<I> { iter: I };
    Zip<A, B> { a: A, b: B };
    Inspect<I, F> { iter: I, f: F };
    Take<I> { iter: I, n: usize };
    Skip<I> { iter: I, n: usize };
    SkipWhile<I, P> { iter: I, predicate: P } started = false;
    TakeWhile<I, P> { iter: I, predicate: P } finished = false;
    MapWhile<I, P> { iter: I, predicate: P };
    Scan<I, St, F> { iter: I, state: St, f: F };
}

#[derive(Clone)]
pub struct Map<I, F> {
    iter: I,
    f: F,
}
impl<B, I: Iterator, F: FnMut(I::Item) -> B> Iterator for Map<I, F> {
    type Item = B;
    fn next(&mut self) -> Option<B> {
        match self.iter.next() {
            Some(x) => Some((self.f)(x)),
            None => None,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }
}
impl<B, I: DoubleEndedIterator, F: FnMut(I::Item) -> B> DoubleEndedIterator for Map<I, F> {
    fn next_back(&mut self) -> Option<B> {
        match self.iter.next_back() {
            Some(x) => Some((self.f)(x)),
            None => None,
        }
    }
}
impl<B, I: ExactSizeIterator, F: FnMut(I::Item) -> B> ExactSizeIterator for Map<I, F> {}
impl<B, I: FusedIterator, F: FnMut(I::Item) -> B> FusedIterator for Map<I, F> {}
impl<B, I: Splittable, F: FnMut(I::Item) -> B> Splittable for Map<I, F> {
    const INDEXED: bool = I::INDEXED;
    fn extent(&self) -> usize {
        self.iter.extent()
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        Map { iter: self.iter.slice(lo, hi), f: self.f }
    }
}
impl<B, I: Indexed, F: FnMut(I::Item) -> B> Indexed for Map<I, F> {}

#[derive(Clone)]
pub struct Filter<I, P> {
    iter: I,
    predicate: P,
}
impl<I: Iterator, P: FnMut(&I::Item) -> bool> Iterator for Filter<I, P> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        while let Some(x) = self.iter.next() {
            if (self.predicate)(&x) {
                return Some(x);
            }
        }
        None
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.iter.size_hint().1)
    }
}
impl<I: DoubleEndedIterator, P: FnMut(&I::Item) -> bool> DoubleEndedIterator for Filter<I, P> {
    fn next_back(&mut self) -> Option<I::Item> {
        while let Some(x) = self.iter.next_back() {
            if (self.predicate)(&x) {
                return Some(x);
            }
        }
        None
    }
}
impl<I: FusedIterator, P: FnMut(&I::Item) -> bool> FusedIterator for Filter<I, P> {}
impl<I: Splittable, P: FnMut(&I::Item) -> bool> Splittable for Filter<I, P> {
    const INDEXED: bool = false;
    fn extent(&self) -> usize {
        self.iter.extent()
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        Filter { iter: self.iter.slice(lo, hi), predicate: self.predicate }
    }
}

#[derive(Clone)]
pub struct FilterMap<I, F> {
    iter: I,
    f: F,
}
impl<B, I: Iterator, F: FnMut(I::Item) -> Option<B>> Iterator for FilterMap<I, F> {
    type Item = B;
    fn next(&mut self) -> Option<B> {
        while let Some(x) = self.iter.next() {
            if let Some(y) = (self.f)(x) {
                return Some(y);
            }
        }
        None
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.iter.size_hint().1)
    }
}
impl<B, I: DoubleEndedIterator, F: FnMut(I::Item) -> Option<B>> DoubleEndedIterator for FilterMap<I, F> {
    fn next_back(&mut self) -> Option<B> {
        while let Some(x) = self.iter.next_back() {
            if let Some(y) = (self.f)(x) {
                return Some(y);
            }
        }
        None
    }
}
impl<B, I: FusedIterator, F: FnMut(I::Item) -> Option<B>> FusedIterator for FilterMap<I, F> {}
impl<B, I: Splittable, F: FnMut(I::Item) -> Option<B>> Splittable for FilterMap<I, F> {
    const INDEXED: bool = false;
    fn extent(&self) -> usize {
        self.iter.extent()
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        FilterMap { iter: self.iter.slice(lo, hi), f: self.f }
    }
}

#[derive(Clone, Debug)]
pub struct Enumerate<I> {
    iter: I,
    count: usize,
}
impl<I: Iterator> Iterator for Enumerate<I> {
    type Item = (usize, I::Item);
    #[track_caller]
    fn next(&mut self) -> Option<(usize, I::Item)> {
        match self.iter.next() {
            Some(x) => {
                let k = self.count;
                self.count += 1;
                Some((k, x))
            }
            None => None,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }
    fn nth(&mut self, n: usize) -> Option<(usize, I::Item)> {
        match self.iter.nth(n) {
            Some(x) => {
                let k = self.count + n;
                self.count = k + 1;
                Some((k, x))
            }
            None => None,
        }
    }
}
impl<I: ExactSizeIterator + DoubleEndedIterator> DoubleEndedIterator for Enumerate<I> {
    fn next_back(&mut self) -> Option<(usize, I::Item)> {
        match self.iter.next_back() {
            Some(x) => Some((self.count + self.iter.len(), x)),
            None => None,
        }
    }
}
impl<I: ExactSizeIterator> ExactSizeIterator for Enumerate<I> {}
impl<I: FusedIterator> FusedIterator for Enumerate<I> {}
impl<I: Indexed> Splittable for Enumerate<I> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        self.iter.extent()
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        Enumerate { iter: self.iter.slice(lo, hi), count: self.count + lo }
    }
    fn restore(self, part: Self) {
        self.iter.restore(part.iter);
    }
}
impl<I: Indexed> Indexed for Enumerate<I> {}

#[derive(Clone, Debug)]
pub struct Rev<I> {
    iter: I,
}
impl<I: DoubleEndedIterator> Iterator for Rev<I> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        self.iter.next_back()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }
    fn nth(&mut self, n: usize) -> Option<I::Item> {
        self.iter.nth_back(n)
    }
}
impl<I: DoubleEndedIterator> DoubleEndedIterator for Rev<I> {
    fn next_back(&mut self) -> Option<I::Item> {
        self.iter.next()
    }
    fn nth_back(&mut self, n: usize) -> Option<I::Item> {
        self.iter.nth(n)
    }
}
impl<I: ExactSizeIterator + DoubleEndedIterator> ExactSizeIterator for Rev<I> {}
impl<I: FusedIterator + DoubleEndedIterator> FusedIterator for Rev<I> {}
impl<I: Splittable + DoubleEndedIterator> Splittable for Rev<I> {
    const INDEXED: bool = I::INDEXED;
    fn extent(&self) -> usize {
        self.iter.extent()
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        let n = self.iter.extent();
        Rev { iter: self.iter.slice(n - hi, n - lo) }
    }
    fn restore(self, part: Self) {
        self.iter.restore(part.iter);
    }
}
impl<I: Indexed + DoubleEndedIterator> Indexed for Rev<I> {}

macro_rules! duplicate {
    ($($name:ident $bound:ident |$x:ident| $e:expr;)*) => { $(
        #[derive(Clone, Debug)]
        pub struct $name<I> {
            iter: I,
        }
        impl<'a, T: $bound + 'a, I: Iterator<Item = &'a T>> Iterator for $name<I> {
            type Item = T;
            fn next(&mut self) -> Option<T> {
                match self.iter.next() {
                    Some($x) => Some($e),
                    None => None,
                }
            }
            fn size_hint(&self) -> (usize, Option<usize>) { self.iter.size_hint() }
            fn nth(&mut self, n: usize) -> Option<T> {
                match self.iter.nth(n) {
                    Some($x) => Some($e),
                    None => None,
                }
            }
        }
        impl<'a, T: $bound + 'a, I: DoubleEndedIterator<Item = &'a T>> DoubleEndedIterator for $name<I> {
            fn next_back(&mut self) -> Option<T> {
                match self.iter.next_back() {
                    Some($x) => Some($e),
                    None => None,
                }
            }
        }
        impl<'a, T: $bound + 'a, I: ExactSizeIterator<Item = &'a T>> ExactSizeIterator for $name<I> {}
        impl<'a, T: $bound + 'a, I: FusedIterator<Item = &'a T>> FusedIterator for $name<I> {}
        impl<'a, T: $bound + 'a, I: Splittable<Item = &'a T>> Splittable for $name<I> {
            const INDEXED: bool = I::INDEXED;
            fn extent(&self) -> usize { self.iter.extent() }
            fn slice(self, lo: usize, hi: usize) -> Self { $name { iter: self.iter.slice(lo, hi) } }
        }
        impl<'a, T: $bound + 'a, I: Indexed<Item = &'a T>> Indexed for $name<I> {}
    )* };
}
duplicate! { Copied Copy |x| *x; Cloned Clone |x| x.clone(); }

#[derive(Clone, Debug)]
pub struct Zip<A, B> {
    a: A,
    b: B,
}
pub fn zip<A: IntoIterator, B: IntoIterator>(a: A, b: B) -> Zip<A::IntoIter, B::IntoIter> {
    Zip::new(a.into_iter(), b.into_iter())
}
impl<A: Iterator, B: Iterator> Iterator for Zip<A, B> {
    type Item = (A::Item, B::Item);
    fn next(&mut self) -> Option<(A::Item, B::Item)> {
        match self.a.next() {
            Some(x) => match self.b.next() {
                Some(y) => Some((x, y)),
                None => None,
            },
            None => None,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let (la, ha) = self.a.size_hint();
        let (lb, hb) = self.b.size_hint();
        let hi = match (ha, hb) {
            (Some(x), Some(y)) => Some(if x < y { x } else { y }),
            (Some(x), None) => Some(x),
            (None, y) => y,
        };
        (if la < lb { la } else { lb }, hi)
    }
}
impl<A, B> DoubleEndedIterator for Zip<A, B>
where
    A: DoubleEndedIterator + ExactSizeIterator,
    B: DoubleEndedIterator + ExactSizeIterator,
{
    fn next_back(&mut self) -> Option<(A::Item, B::Item)> {
        let (n, m) = (self.a.len(), self.b.len());
        let mut k = m;
        while k < n {
            self.a.next_back();
            k += 1;
        }
        k = n;
        while k < m {
            self.b.next_back();
            k += 1;
        }
        match (self.a.next_back(), self.b.next_back()) {
            (Some(x), Some(y)) => Some((x, y)),
            _ => None,
        }
    }
}
impl<A: ExactSizeIterator, B: ExactSizeIterator> ExactSizeIterator for Zip<A, B> {}
impl<A: FusedIterator, B: FusedIterator> FusedIterator for Zip<A, B> {}
impl<A: Indexed, B: Indexed> Splittable for Zip<A, B> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        let (n, m) = (self.a.extent(), self.b.extent());
        if n < m { n } else { m }
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        Zip { a: self.a.slice(lo, hi), b: self.b.slice(lo, hi) }
    }
    fn restore(self, part: Self) {
        self.a.restore(part.a);
        self.b.restore(part.b);
    }
}
impl<A: Indexed, B: Indexed> Indexed for Zip<A, B> {}

#[derive(Clone, Debug)]
pub struct Chain<A, B> {
    a: Option<A>,
    b: Option<B>,
}
impl<A, B> Chain<A, B> {
    pub(crate) fn new(a: A, b: B) -> Self {
        Chain { a: Some(a), b: Some(b) }
    }
}
impl<A: Iterator, B: Iterator<Item = A::Item>> Iterator for Chain<A, B> {
    type Item = A::Item;
    fn next(&mut self) -> Option<A::Item> {
        if let Some(a) = &mut self.a {
            if let Some(x) = a.next() {
                return Some(x);
            }
            self.a = None;
        }
        match &mut self.b {
            Some(b) => b.next(),
            None => None,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let (la, ha) = match &self.a {
            Some(a) => a.size_hint(),
            None => (0, Some(0)),
        };
        let (lb, hb) = match &self.b {
            Some(b) => b.size_hint(),
            None => (0, Some(0)),
        };
        let hi = match (ha, hb) {
            (Some(x), Some(y)) => x.checked_add(y),
            _ => None,
        };
        (la.saturating_add(lb), hi)
    }
}
impl<A: DoubleEndedIterator, B: DoubleEndedIterator<Item = A::Item>> DoubleEndedIterator for Chain<A, B> {
    fn next_back(&mut self) -> Option<A::Item> {
        if let Some(b) = &mut self.b {
            if let Some(x) = b.next_back() {
                return Some(x);
            }
            self.b = None;
        }
        match &mut self.a {
            Some(a) => a.next_back(),
            None => None,
        }
    }
}
impl<A: FusedIterator, B: FusedIterator<Item = A::Item>> FusedIterator for Chain<A, B> {}
impl<A: Splittable, B: Splittable<Item = A::Item>> Splittable for Chain<A, B> {
    const INDEXED: bool = A::INDEXED && B::INDEXED;
    fn extent(&self) -> usize {
        let n = match &self.a {
            Some(a) => a.extent(),
            None => 0,
        };
        match &self.b {
            Some(b) => n + b.extent(),
            None => n,
        }
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        let n = match &self.a {
            Some(a) => a.extent(),
            None => 0,
        };
        let a = match self.a {
            Some(a) if lo < n => Some(a.slice(lo, if hi < n { hi } else { n })),
            _ => None,
        };
        let b = match self.b {
            Some(b) if hi > n => Some(b.slice(if lo > n { lo - n } else { 0 }, hi - n)),
            _ => None,
        };
        Chain { a, b }
    }
}
impl<A: Indexed, B: Indexed<Item = A::Item>> Indexed for Chain<A, B> {}

#[derive(Clone)]
pub struct Inspect<I, F> {
    iter: I,
    f: F,
}
impl<I: Iterator, F: FnMut(&I::Item)> Iterator for Inspect<I, F> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        let x = self.iter.next();
        if let Some(v) = &x {
            (self.f)(v);
        }
        x
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }
}
impl<I: DoubleEndedIterator, F: FnMut(&I::Item)> DoubleEndedIterator for Inspect<I, F> {
    fn next_back(&mut self) -> Option<I::Item> {
        let x = self.iter.next_back();
        if let Some(v) = &x {
            (self.f)(v);
        }
        x
    }
}
impl<I: ExactSizeIterator, F: FnMut(&I::Item)> ExactSizeIterator for Inspect<I, F> {}
impl<I: Splittable, F: FnMut(&I::Item)> Splittable for Inspect<I, F> {
    const INDEXED: bool = I::INDEXED;
    fn extent(&self) -> usize {
        self.iter.extent()
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        Inspect { iter: self.iter.slice(lo, hi), f: self.f }
    }
}
impl<I: Indexed, F: FnMut(&I::Item)> Indexed for Inspect<I, F> {}

#[derive(Clone, Debug)]
pub struct Take<I> {
    iter: I,
    n: usize,
}
impl<I: Iterator> Iterator for Take<I> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        if self.n == 0 {
            return None;
        }
        self.n -= 1;
        self.iter.next()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.n == 0 {
            return (0, Some(0));
        }
        let (lo, hi) = self.iter.size_hint();
        let hi = match hi {
            Some(x) if x < self.n => x,
            _ => self.n,
        };
        (if lo < self.n { lo } else { self.n }, Some(hi))
    }
    fn nth(&mut self, n: usize) -> Option<I::Item> {
        if self.n > n {
            self.n -= n + 1;
            self.iter.nth(n)
        } else {
            if self.n > 0 {
                self.iter.nth(self.n - 1);
                self.n = 0;
            }
            None
        }
    }
}
impl<I: DoubleEndedIterator + ExactSizeIterator> DoubleEndedIterator for Take<I> {
    fn next_back(&mut self) -> Option<I::Item> {
        if self.n == 0 {
            return None;
        }
        let n = self.n;
        self.n -= 1;
        let len = self.iter.len();
        if len > n { self.iter.nth_back(len - n) } else { self.iter.next_back() }
    }
}
impl<I: ExactSizeIterator> ExactSizeIterator for Take<I> {}
impl<I: FusedIterator> FusedIterator for Take<I> {}
impl<I: Indexed> Splittable for Take<I> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        let n = self.iter.extent();
        if n < self.n { n } else { self.n }
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        Take { iter: self.iter.slice(lo, hi), n: hi - lo }
    }
    fn restore(self, part: Self) {
        self.iter.restore(part.iter);
    }
}
impl<I: Indexed> Indexed for Take<I> {}

#[derive(Clone, Debug)]
pub struct Skip<I> {
    iter: I,
    n: usize,
}
impl<I: Iterator> Iterator for Skip<I> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        if self.n > 0 {
            let n = crate::mem::take(&mut self.n);
            self.iter.nth(n)
        } else {
            self.iter.next()
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lo, hi) = self.iter.size_hint();
        (lo.saturating_sub(self.n), hi.map(|x| x.saturating_sub(self.n)))
    }
    fn nth(&mut self, n: usize) -> Option<I::Item> {
        if self.n > 0 {
            let skip = crate::mem::take(&mut self.n);
            if self.iter.nth(skip - 1).is_none() {
                return None;
            }
        }
        self.iter.nth(n)
    }
}
impl<I: DoubleEndedIterator + ExactSizeIterator> DoubleEndedIterator for Skip<I> {
    fn next_back(&mut self) -> Option<I::Item> {
        if self.len() > 0 { self.iter.next_back() } else { None }
    }
}
impl<I: ExactSizeIterator> ExactSizeIterator for Skip<I> {}
impl<I: FusedIterator> FusedIterator for Skip<I> {}
impl<I: Indexed> Splittable for Skip<I> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        self.iter.extent().saturating_sub(self.n)
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        if lo == hi {
            return Skip { iter: self.iter.slice(0, 0), n: 0 };
        }
        Skip { iter: self.iter.slice(self.n + lo, self.n + hi), n: 0 }
    }
    fn restore(self, part: Self) {
        self.iter.restore(part.iter);
    }
}
impl<I: Indexed> Indexed for Skip<I> {}

#[derive(Clone, Debug)]
pub struct StepBy<I> {
    iter: I,
    /// One less than the step.
    gap: usize,
    first: bool,
}
impl<I> StepBy<I> {
    #[track_caller]
    pub(crate) fn new(iter: I, step: usize) -> Self {
        if step == 0 {
            panic("assertion failed: step != 0");
        }
        StepBy { iter, gap: step - 1, first: true }
    }
    fn items(&self, n: usize) -> usize {
        if self.first {
            if n == 0 { 0 } else { (n - 1) / (self.gap + 1) + 1 }
        } else {
            n / (self.gap + 1)
        }
    }
}
impl<I: Iterator> Iterator for StepBy<I> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        if self.first {
            self.first = false;
            self.iter.next()
        } else {
            self.iter.nth(self.gap)
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lo, hi) = self.iter.size_hint();
        (self.items(lo), hi.map(|x| self.items(x)))
    }
}
impl<I: DoubleEndedIterator + ExactSizeIterator> DoubleEndedIterator for StepBy<I> {
    fn next_back(&mut self) -> Option<I::Item> {
        let n = self.iter.len();
        let step = self.gap + 1;
        let past = if self.first {
            if n == 0 { 0 } else { (n - 1) % step }
        } else {
            n % step
        };
        self.iter.nth_back(past)
    }
}
impl<I: ExactSizeIterator> ExactSizeIterator for StepBy<I> {}
impl<I: Indexed> Splittable for StepBy<I> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        self.items(self.iter.extent())
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        let n = self.iter.extent();
        let step = self.gap + 1;
        let skipped = if self.first { 0 } else { self.gap };
        let a = if lo == hi { 0 } else { lo * step + skipped };
        let b = if lo == hi { 0 } else { (hi - 1) * step + skipped + 1 };
        let b = if b < n { b } else { n };
        StepBy { iter: self.iter.slice(a, b), gap: self.gap, first: true }
    }
    fn restore(self, part: Self) {
        self.iter.restore(part.iter);
    }
}
impl<I: Indexed> Indexed for StepBy<I> {}

#[derive(Clone)]
pub struct SkipWhile<I, P> {
    iter: I,
    predicate: P,
    started: bool,
}
impl<I: Iterator, P: FnMut(&I::Item) -> bool> Iterator for SkipWhile<I, P> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        while let Some(x) = self.iter.next() {
            if self.started || !(self.predicate)(&x) {
                self.started = true;
                return Some(x);
            }
        }
        None
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.iter.size_hint().1)
    }
}

#[derive(Clone)]
pub struct TakeWhile<I, P> {
    iter: I,
    predicate: P,
    finished: bool,
}
impl<I: Iterator, P: FnMut(&I::Item) -> bool> Iterator for TakeWhile<I, P> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        if self.finished {
            return None;
        }
        match self.iter.next() {
            Some(x) => {
                if (self.predicate)(&x) {
                    Some(x)
                } else {
                    self.finished = true;
                    None
                }
            }
            None => None,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.finished { (0, Some(0)) } else { (0, self.iter.size_hint().1) }
    }
}

#[derive(Clone)]
pub struct MapWhile<I, P> {
    iter: I,
    predicate: P,
}
impl<B, I: Iterator, P: FnMut(I::Item) -> Option<B>> Iterator for MapWhile<I, P> {
    type Item = B;
    fn next(&mut self) -> Option<B> {
        match self.iter.next() {
            Some(x) => (self.predicate)(x),
            None => None,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.iter.size_hint().1)
    }
}

#[derive(Clone)]
pub struct Scan<I, St, F> {
    iter: I,
    state: St,
    f: F,
}
impl<B, I: Iterator, St, F: FnMut(&mut St, I::Item) -> Option<B>> Iterator for Scan<I, St, F> {
    type Item = B;
    fn next(&mut self) -> Option<B> {
        match self.iter.next() {
            Some(x) => (self.f)(&mut self.state, x),
            None => None,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.iter.size_hint().1)
    }
}

#[derive(Clone, Debug)]
pub struct Fuse<I> {
    pub(crate) iter: Option<I>,
}
impl<I> Fuse<I> {
    pub(crate) fn new(iter: I) -> Self {
        Fuse { iter: Some(iter) }
    }
}
impl<I: Iterator> Iterator for Fuse<I> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        match &mut self.iter {
            Some(iter) => match iter.next() {
                Some(x) => Some(x),
                None => {
                    self.iter = None;
                    None
                }
            },
            None => None,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.iter {
            Some(iter) => iter.size_hint(),
            None => (0, Some(0)),
        }
    }
}
impl<I: DoubleEndedIterator> DoubleEndedIterator for Fuse<I> {
    fn next_back(&mut self) -> Option<I::Item> {
        match &mut self.iter {
            Some(iter) => match iter.next_back() {
                Some(x) => Some(x),
                None => {
                    self.iter = None;
                    None
                }
            },
            None => None,
        }
    }
}
impl<I: ExactSizeIterator> ExactSizeIterator for Fuse<I> {}
impl<I: Iterator> FusedIterator for Fuse<I> {}

#[derive(Clone, Debug)]
pub struct Peekable<I: Iterator> {
    iter: I,
    peeked: Option<Option<I::Item>>,
}
impl<I: Iterator> Peekable<I> {
    pub(crate) fn new(iter: I) -> Self {
        Peekable { iter, peeked: None }
    }
    pub fn peek(&mut self) -> Option<&I::Item> {
        if self.peeked.is_none() {
            self.peeked = Some(self.iter.next());
        }
        match &self.peeked {
            Some(Some(x)) => Some(x),
            _ => None,
        }
    }
    pub fn peek_mut(&mut self) -> Option<&mut I::Item> {
        if self.peeked.is_none() {
            self.peeked = Some(self.iter.next());
        }
        match &mut self.peeked {
            Some(Some(x)) => Some(x),
            _ => None,
        }
    }
    pub fn next_if(&mut self, func: impl FnOnce(&I::Item) -> bool) -> Option<I::Item> {
        match self.next() {
            Some(x) => {
                if func(&x) {
                    Some(x)
                } else {
                    self.peeked = Some(Some(x));
                    None
                }
            }
            None => {
                self.peeked = Some(None);
                None
            }
        }
    }
    pub fn next_if_eq<T: ?Sized>(&mut self, expected: &T) -> Option<I::Item>
    where
        I::Item: PartialEq<T>,
    {
        self.next_if(|x| *x == *expected)
    }
}
impl<I: Iterator> Iterator for Peekable<I> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        match self.peeked.take() {
            Some(x) => x,
            None => self.iter.next(),
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let extra = match &self.peeked {
            Some(None) => return (0, Some(0)),
            Some(Some(_)) => 1,
            None => 0,
        };
        let (lo, hi) = self.iter.size_hint();
        (lo.saturating_add(extra), hi.and_then(|x| x.checked_add(extra)))
    }
}
impl<I: DoubleEndedIterator> DoubleEndedIterator for Peekable<I> {
    fn next_back(&mut self) -> Option<I::Item> {
        match &self.peeked {
            Some(None) => None,
            Some(Some(_)) => match self.iter.next_back() {
                Some(x) => Some(x),
                None => self.peeked.take().flatten(),
            },
            None => self.iter.next_back(),
        }
    }
}
impl<I: ExactSizeIterator> ExactSizeIterator for Peekable<I> {}
impl<I: FusedIterator> FusedIterator for Peekable<I> {}

#[derive(Clone, Debug)]
pub struct Cycle<I> {
    orig: I,
    iter: I,
}
impl<I: Clone> Cycle<I> {
    pub(crate) fn new(iter: I) -> Self {
        Cycle { orig: iter.clone(), iter }
    }
}
impl<I: Clone + Iterator> Iterator for Cycle<I> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        match self.iter.next() {
            None => {
                self.iter = self.orig.clone();
                self.iter.next()
            }
            y => y,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        match self.orig.size_hint() {
            (0, Some(0)) => (0, Some(0)),
            (0, _) => (0, None),
            _ => (usize::MAX, None),
        }
    }
}
impl<I: Clone + Iterator> FusedIterator for Cycle<I> {}
