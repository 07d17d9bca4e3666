//! Each item changed, tried or counted.

use crate::iter::{ExactSizeIterator, FusedIterator, Indexed, Splittable};
use crate::panicking::panic;
use crate::prelude::v1::*;

construct! {
    Map<I, F> { iter: I, f: F };
    Filter<I, P> { iter: I, predicate: P };
    FilterMap<I, F> { iter: I, f: F };
    Enumerate<I> { iter: I } count = 0;
    Inspect<I, F> { iter: I, f: F };
    MapWhile<I, P> { iter: I, predicate: P };
    Scan<I, St, F> { iter: I, state: St, f: F };
}

#[derive(Clone)]
pub struct Map<I, F> {
    pub(in crate::iter) iter: I,
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
    pub(in crate::iter) iter: I,
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
    pub(in crate::iter) iter: I,
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

#[derive(Clone)]
pub struct Inspect<I, F> {
    pub(in crate::iter) iter: I,
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

#[derive(Clone)]
pub struct MapWhile<I, P> {
    pub(in crate::iter) iter: I,
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
    pub(in crate::iter) iter: I,
    pub(in crate::iter) state: St,
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

impl<I: Default> Default for Enumerate<I> {
    fn default() -> Self {
        Enumerate::new(I::default())
    }
}
