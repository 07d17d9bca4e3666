//! A part of the items.

use crate::iter::{ExactSizeIterator, FusedIterator, Indexed, Splittable};
use crate::panicking::panic;
use crate::prelude::v1::*;

construct! {
    Take<I> { iter: I, n: usize };
    Skip<I> { iter: I, n: usize };
    SkipWhile<I, P> { iter: I, predicate: P } started = false;
    TakeWhile<I, P> { iter: I, predicate: P } finished = false;
}

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
    pub(in crate::iter) iter: I,
    predicate: P,
    pub(in crate::iter) started: bool,
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
    pub(in crate::iter) iter: I,
    predicate: P,
    pub(in crate::iter) finished: bool,
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
