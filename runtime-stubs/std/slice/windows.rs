//! Overlapping pieces of a given length.

use super::index::sub;
use crate::iter::{FusedIterator, Splittable};
use crate::prelude::v1::*;

#[derive(Debug)]
pub struct Windows<'a, T> {
    v: &'a [T],
    size: usize,
}
impl<'a, T> Windows<'a, T> {
    pub(crate) fn new(v: &'a [T], size: usize) -> Self {
        Windows { v, size }
    }
}
impl<T> Clone for Windows<'_, T> {
    fn clone(&self) -> Self {
        Windows { v: self.v, size: self.size }
    }
}
impl<'a, T> Iterator for Windows<'a, T> {
    type Item = &'a [T];
    fn next(&mut self) -> Option<&'a [T]> {
        let s = self.v;
        if s.len() < self.size {
            return None;
        }
        unsafe {
            self.v = sub(s, 1, s.len());
            Some(sub(s, 0, self.size))
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.extent();
        (n, Some(n))
    }
}
impl<'a, T> DoubleEndedIterator for Windows<'a, T> {
    fn next_back(&mut self) -> Option<&'a [T]> {
        let s = self.v;
        let n = s.len();
        if n < self.size {
            return None;
        }
        self.v = &s[..n - 1];
        Some(&s[n - self.size..])
    }
}
impl<'a, T> Splittable for Windows<'a, T> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        if self.v.len() < self.size { 0 } else { self.v.len() - self.size + 1 }
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        let v = if lo == hi { &[] } else { &self.v[lo..hi + self.size - 1] };
        Windows { v, size: self.size }
    }
}

#[derive(Debug)]
pub struct ArrayWindows<'a, T, const N: usize> {
    v: &'a [T],
}
impl<'a, T, const N: usize> ArrayWindows<'a, T, N> {
    pub(crate) fn new(v: &'a [T]) -> Self {
        ArrayWindows { v }
    }
}
impl<T, const N: usize> Clone for ArrayWindows<'_, T, N> {
    fn clone(&self) -> Self {
        ArrayWindows { v: self.v }
    }
}
impl<'a, T, const N: usize> Iterator for ArrayWindows<'a, T, N> {
    type Item = &'a [T; N];
    fn next(&mut self) -> Option<&'a [T; N]> {
        match self.v.first_chunk::<N>() {
            Some(w) => {
                self.v = &self.v[1..];
                Some(w)
            }
            None => None,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = if self.v.len() < N { 0 } else { self.v.len() - N + 1 };
        (n, Some(n))
    }
}
impl<'a, T, const N: usize> DoubleEndedIterator for ArrayWindows<'a, T, N> {
    fn next_back(&mut self) -> Option<&'a [T; N]> {
        match self.v.last_chunk::<N>() {
            Some(w) => {
                self.v = &self.v[..self.v.len() - 1];
                Some(w)
            }
            None => None,
        }
    }
}

macro_rules! exact {
    ($($name:ident)*) => { $(
        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}
    )* };
}
exact! { Windows }
impl<T, const N: usize> ExactSizeIterator for ArrayWindows<'_, T, N> {}
impl<T, const N: usize> FusedIterator for ArrayWindows<'_, T, N> {}
