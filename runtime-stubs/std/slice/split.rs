//! Parts of a slice between the elements that satisfy a predicate.

use super::iter::take_slice;
use crate::fmt;
use crate::iter::FusedIterator;
use crate::prelude::v1::*;

/// What a limited split needs of an unlimited one: the rest as its last part.
trait SplitIter: DoubleEndedIterator {
    fn finish(&mut self) -> Option<Self::Item>;
}

/// How many parts `len` elements can make.
fn bounds(len: usize, finished: bool) -> (usize, Option<usize>) {
    if finished { (0, Some(0)) } else { (1, Some(len + 1)) }
}

pub struct Split<'a, T, P> {
    v: &'a [T],
    pred: P,
    finished: bool,
}
impl<'a, T, P> Split<'a, T, P> {
    pub(crate) fn new(v: &'a [T], pred: P) -> Self {
        Split { v, pred, finished: false }
    }
}
impl<'a, T, P: FnMut(&T) -> bool> SplitIter for Split<'a, T, P> {
    fn finish(&mut self) -> Option<&'a [T]> {
        if self.finished {
            return None;
        }
        self.finished = true;
        Some(self.v)
    }
}
impl<'a, T, P: FnMut(&T) -> bool> Iterator for Split<'a, T, P> {
    type Item = &'a [T];
    fn next(&mut self) -> Option<&'a [T]> {
        if self.finished {
            return None;
        }
        let s = self.v;
        let mut k = 0;
        while k < s.len() {
            if (self.pred)(&s[k]) {
                self.v = &s[k + 1..];
                return Some(&s[..k]);
            }
            k += 1;
        }
        self.finish()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        bounds(self.v.len(), self.finished)
    }
}
impl<'a, T, P: FnMut(&T) -> bool> DoubleEndedIterator for Split<'a, T, P> {
    fn next_back(&mut self) -> Option<&'a [T]> {
        if self.finished {
            return None;
        }
        let s = self.v;
        let mut k = s.len();
        while k > 0 {
            k -= 1;
            if (self.pred)(&s[k]) {
                self.v = &s[..k];
                return Some(&s[k + 1..]);
            }
        }
        self.finish()
    }
}

pub struct SplitMut<'a, T, P> {
    v: &'a mut [T],
    pred: P,
    finished: bool,
}
impl<'a, T, P> SplitMut<'a, T, P> {
    pub(crate) fn new(v: &'a mut [T], pred: P) -> Self {
        SplitMut { v, pred, finished: false }
    }
}
impl<'a, T, P: FnMut(&T) -> bool> SplitIter for SplitMut<'a, T, P> {
    fn finish(&mut self) -> Option<&'a mut [T]> {
        if self.finished {
            return None;
        }
        self.finished = true;
        Some(take_slice(&mut self.v))
    }
}
impl<'a, T, P: FnMut(&T) -> bool> Iterator for SplitMut<'a, T, P> {
    type Item = &'a mut [T];
    fn next(&mut self) -> Option<&'a mut [T]> {
        if self.finished {
            return None;
        }
        let mut k = 0;
        while k < self.v.len() {
            if (self.pred)(&self.v[k]) {
                let (a, b) = take_slice(&mut self.v).split_at_mut(k);
                self.v = b.split_at_mut(1).1;
                return Some(a);
            }
            k += 1;
        }
        self.finish()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        bounds(self.v.len(), self.finished)
    }
}
impl<'a, T, P: FnMut(&T) -> bool> DoubleEndedIterator for SplitMut<'a, T, P> {
    fn next_back(&mut self) -> Option<&'a mut [T]> {
        if self.finished {
            return None;
        }
        let mut k = self.v.len();
        while k > 0 {
            k -= 1;
            if (self.pred)(&self.v[k]) {
                let (a, b) = take_slice(&mut self.v).split_at_mut(k);
                self.v = a;
                return Some(b.split_at_mut(1).1);
            }
        }
        self.finish()
    }
}

pub struct SplitInclusive<'a, T, P> {
    v: &'a [T],
    pred: P,
    finished: bool,
}
impl<'a, T, P> SplitInclusive<'a, T, P> {
    pub(crate) fn new(v: &'a [T], pred: P) -> Self {
        SplitInclusive { v, pred, finished: v.is_empty() }
    }
}
impl<'a, T, P: FnMut(&T) -> bool> Iterator for SplitInclusive<'a, T, P> {
    type Item = &'a [T];
    fn next(&mut self) -> Option<&'a [T]> {
        if self.finished {
            return None;
        }
        let s = self.v;
        let mut k = 0;
        while k < s.len() {
            k += 1;
            if (self.pred)(&s[k - 1]) {
                break;
            }
        }
        self.finished = k == s.len();
        self.v = &s[k..];
        Some(&s[..k])
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.finished { (0, Some(0)) } else { (1, Some(if self.v.is_empty() { 1 } else { self.v.len() })) }
    }
}
impl<'a, T, P: FnMut(&T) -> bool> DoubleEndedIterator for SplitInclusive<'a, T, P> {
    fn next_back(&mut self) -> Option<&'a [T]> {
        if self.finished {
            return None;
        }
        let s = self.v;
        // The last element ends a part whatever it is.
        let mut k = if s.is_empty() { 0 } else { s.len() - 1 };
        while k > 0 && !(self.pred)(&s[k - 1]) {
            k -= 1;
        }
        self.finished = k == 0;
        self.v = &s[..k];
        Some(&s[k..])
    }
}

pub struct SplitInclusiveMut<'a, T, P> {
    v: &'a mut [T],
    pred: P,
    finished: bool,
}
impl<'a, T, P> SplitInclusiveMut<'a, T, P> {
    pub(crate) fn new(v: &'a mut [T], pred: P) -> Self {
        let finished = v.is_empty();
        SplitInclusiveMut { v, pred, finished }
    }
}
impl<'a, T, P: FnMut(&T) -> bool> Iterator for SplitInclusiveMut<'a, T, P> {
    type Item = &'a mut [T];
    fn next(&mut self) -> Option<&'a mut [T]> {
        if self.finished {
            return None;
        }
        let mut k = 0;
        while k < self.v.len() {
            k += 1;
            if (self.pred)(&self.v[k - 1]) {
                break;
            }
        }
        self.finished = k == self.v.len();
        let (a, b) = take_slice(&mut self.v).split_at_mut(k);
        self.v = b;
        Some(a)
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.finished { (0, Some(0)) } else { (1, Some(if self.v.is_empty() { 1 } else { self.v.len() })) }
    }
}
impl<'a, T, P: FnMut(&T) -> bool> DoubleEndedIterator for SplitInclusiveMut<'a, T, P> {
    fn next_back(&mut self) -> Option<&'a mut [T]> {
        if self.finished {
            return None;
        }
        let mut k = if self.v.is_empty() { 0 } else { self.v.len() - 1 };
        while k > 0 && !(self.pred)(&self.v[k - 1]) {
            k -= 1;
        }
        self.finished = k == 0;
        let (a, b) = take_slice(&mut self.v).split_at_mut(k);
        self.v = a;
        Some(b)
    }
}

macro_rules! show {
    ($($name:ident $text:literal;)*) => { $(
        impl<'a, T: fmt::Debug, P> fmt::Debug for $name<'a, T, P> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct($text).field("v", &self.v).field("finished", &self.finished).finish()
            }
        }
        impl<'a, T, P: FnMut(&T) -> bool> FusedIterator for $name<'a, T, P> {}
    )* };
}
show! { Split "Split"; SplitMut "SplitMut"; SplitInclusive "SplitInclusive"; SplitInclusiveMut "SplitInclusiveMut"; }

macro_rules! cloned {
    ($($name:ident)*) => { $(
        impl<'a, T, P: Clone> Clone for $name<'a, T, P> {
            fn clone(&self) -> Self {
                $name { v: self.v, pred: self.pred.clone(), finished: self.finished }
            }
        }
    )* };
}
cloned! { Split SplitInclusive }

/// The same parts from the other end.
macro_rules! reversed {
    ($($name:ident $text:literal $of:ident $item:ty;)*) => { $(
        pub struct $name<'a, T, P> {
            inner: $of<'a, T, P>,
        }
        impl<'a, T, P> $name<'a, T, P> {
            pub(crate) fn new(inner: $of<'a, T, P>) -> Self {
                $name { inner }
            }
        }
        impl<'a, T, P: FnMut(&T) -> bool> Iterator for $name<'a, T, P> {
            type Item = $item;
            fn next(&mut self) -> Option<$item> {
                self.inner.next_back()
            }
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.inner.size_hint()
            }
        }
        impl<'a, T, P: FnMut(&T) -> bool> DoubleEndedIterator for $name<'a, T, P> {
            fn next_back(&mut self) -> Option<$item> {
                self.inner.next()
            }
        }
        impl<'a, T, P: FnMut(&T) -> bool> SplitIter for $name<'a, T, P> {
            fn finish(&mut self) -> Option<$item> {
                self.inner.finish()
            }
        }
        impl<'a, T, P: FnMut(&T) -> bool> FusedIterator for $name<'a, T, P> {}
        impl<'a, T: fmt::Debug, P> fmt::Debug for $name<'a, T, P> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let (v, finished) = (&self.inner.v, &self.inner.finished);
                f.debug_struct($text).field("v", v).field("finished", finished).finish()
            }
        }
    )* };
}
reversed! { RSplit "RSplit" Split &'a [T]; RSplitMut "RSplitMut" SplitMut &'a mut [T]; }
impl<'a, T, P: Clone> Clone for RSplit<'a, T, P> {
    fn clone(&self) -> Self {
        RSplit { inner: self.inner.clone() }
    }
}

/// The first parts, and then the rest as the last one.
#[derive(Debug)]
struct GenericSplitN<I> {
    iter: I,
    count: usize,
}
macro_rules! limited {
    ($($name:ident $text:literal $of:ident $item:ty;)*) => { $(
        pub struct $name<'a, T, P> {
            inner: GenericSplitN<$of<'a, T, P>>,
        }
        impl<'a, T, P> $name<'a, T, P> {
            pub(crate) fn new(iter: $of<'a, T, P>, count: usize) -> Self {
                $name { inner: GenericSplitN { iter, count } }
            }
        }
        impl<'a, T, P: FnMut(&T) -> bool> Iterator for $name<'a, T, P> {
            type Item = $item;
            fn next(&mut self) -> Option<$item> {
                if self.inner.count == 0 {
                    return None;
                }
                self.inner.count -= 1;
                if self.inner.count == 0 { self.inner.iter.finish() } else { self.inner.iter.next() }
            }
            fn size_hint(&self) -> (usize, Option<usize>) {
                let (lo, hi) = self.inner.iter.size_hint();
                let n = self.inner.count;
                (lo.min(n), Some(hi.map_or(n, |hi| hi.min(n))))
            }
        }
        impl<'a, T, P: FnMut(&T) -> bool> FusedIterator for $name<'a, T, P> {}
        impl<'a, T: fmt::Debug, P> fmt::Debug for $name<'a, T, P> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct($text).field("inner", &self.inner).finish()
            }
        }
    )* };
}
limited! {
    SplitN "SplitN" Split &'a [T];
    SplitNMut "SplitNMut" SplitMut &'a mut [T];
    RSplitN "RSplitN" RSplit &'a [T];
    RSplitNMut "RSplitNMut" RSplitMut &'a mut [T];
}
