//! Runs of elements that belong together.

use super::iter::take_slice;
use crate::fmt;
use crate::iter::FusedIterator;
use crate::prelude::v1::*;

/// `len` elements make at least one run, if there are any, and at most one each.
fn bounds(len: usize) -> (usize, Option<usize>) {
    (if len == 0 { 0 } else { 1 }, Some(len))
}

pub struct ChunkBy<'a, T, P> {
    slice: &'a [T],
    pred: P,
}
impl<'a, T, P> ChunkBy<'a, T, P> {
    pub(crate) fn new(slice: &'a [T], pred: P) -> Self {
        ChunkBy { slice, pred }
    }
}
impl<'a, T, P: FnMut(&T, &T) -> bool> Iterator for ChunkBy<'a, T, P> {
    type Item = &'a [T];
    fn next(&mut self) -> Option<&'a [T]> {
        let s = self.slice;
        if s.is_empty() {
            return None;
        }
        let mut k = 1;
        while k < s.len() && (self.pred)(&s[k - 1], &s[k]) {
            k += 1;
        }
        self.slice = &s[k..];
        Some(&s[..k])
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        bounds(self.slice.len())
    }
}
impl<'a, T, P: FnMut(&T, &T) -> bool> DoubleEndedIterator for ChunkBy<'a, T, P> {
    fn next_back(&mut self) -> Option<&'a [T]> {
        let s = self.slice;
        if s.is_empty() {
            return None;
        }
        let mut k = s.len() - 1;
        while k > 0 && (self.pred)(&s[k - 1], &s[k]) {
            k -= 1;
        }
        self.slice = &s[..k];
        Some(&s[k..])
    }
}

pub struct ChunkByMut<'a, T, P> {
    slice: &'a mut [T],
    pred: P,
}
impl<'a, T, P> ChunkByMut<'a, T, P> {
    pub(crate) fn new(slice: &'a mut [T], pred: P) -> Self {
        ChunkByMut { slice, pred }
    }
}
impl<'a, T, P: FnMut(&T, &T) -> bool> Iterator for ChunkByMut<'a, T, P> {
    type Item = &'a mut [T];
    fn next(&mut self) -> Option<&'a mut [T]> {
        let n = self.slice.len();
        if n == 0 {
            return None;
        }
        let mut k = 1;
        while k < n && (self.pred)(&self.slice[k - 1], &self.slice[k]) {
            k += 1;
        }
        let (a, b) = take_slice(&mut self.slice).split_at_mut(k);
        self.slice = b;
        Some(a)
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        bounds(self.slice.len())
    }
}
impl<'a, T, P: FnMut(&T, &T) -> bool> DoubleEndedIterator for ChunkByMut<'a, T, P> {
    fn next_back(&mut self) -> Option<&'a mut [T]> {
        let n = self.slice.len();
        if n == 0 {
            return None;
        }
        let mut k = n - 1;
        while k > 0 && (self.pred)(&self.slice[k - 1], &self.slice[k]) {
            k -= 1;
        }
        let (a, b) = take_slice(&mut self.slice).split_at_mut(k);
        self.slice = a;
        Some(b)
    }
}

impl<'a, T, P> Clone for ChunkBy<'a, T, P>
where
    P: Clone,
{
    fn clone(&self) -> Self {
        ChunkBy { slice: self.slice, pred: self.pred.clone() }
    }
}
macro_rules! common {
    ($($name:ident $text:literal;)*) => { $(
        impl<'a, T, P: FnMut(&T, &T) -> bool> FusedIterator for $name<'a, T, P> {}
        impl<'a, T: fmt::Debug, P> fmt::Debug for $name<'a, T, P> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct($text).field("slice", &self.slice).finish()
            }
        }
    )* };
}
common! { ChunkBy "ChunkBy"; ChunkByMut "ChunkByMut"; }
