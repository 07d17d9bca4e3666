//! Iterators over slices. Each holds plain slices, so that its value can cross between tasks.

use super::index::{sub, sub_mut};
use crate::fmt;
use crate::intrinsics as i;
use crate::iter::{FusedIterator, Splittable};
use crate::prelude::v1::*;

/// Moves a mutable slice out of its place, leaving an empty one.
pub(super) fn take_slice<'a, T>(s: &mut &'a mut [T]) -> &'a mut [T] {
    crate::mem::replace(s, &mut [])
}

pub struct Iter<'a, T> {
    rest: &'a [T],
}
impl<'a, T> Iter<'a, T> {
    pub(crate) fn new(rest: &'a [T]) -> Self {
        Iter { rest }
    }
    pub fn as_slice(&self) -> &'a [T] {
        self.rest
    }
}
impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Iter { rest: self.rest }
    }
}
impl<T> Default for Iter<'_, T> {
    fn default() -> Self {
        Iter { rest: &[] }
    }
}
impl<T> AsRef<[T]> for Iter<'_, T> {
    fn as_ref(&self) -> &[T] {
        self.rest
    }
}
impl<'a, T> Iterator for Iter<'a, T> {
    type Item = &'a T;
    fn next(&mut self) -> Option<&'a T> {
        let s = self.rest;
        let n = s.len();
        if n == 0 {
            return None;
        }
        unsafe {
            let p = i::slice_ptr(s as *const [T]);
            self.rest = i::slice_from_raw_parts(i::offset(p, 1), i::wrapping_sub(n, 1));
            Some(&*p)
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rest.len(), Some(self.rest.len()))
    }
    fn count(self) -> usize {
        self.rest.len()
    }
    fn nth(&mut self, n: usize) -> Option<&'a T> {
        let s = self.rest;
        if n >= s.len() {
            self.rest = &[];
            return None;
        }
        self.rest = unsafe { sub(s, n + 1, s.len()) };
        Some(&s[n])
    }
    fn last(self) -> Option<&'a T> {
        self.rest.last()
    }
}
impl<'a, T> DoubleEndedIterator for Iter<'a, T> {
    fn next_back(&mut self) -> Option<&'a T> {
        let s = self.rest;
        let n = s.len();
        if n == 0 {
            return None;
        }
        unsafe {
            let p = i::slice_ptr(s as *const [T]);
            let last = i::wrapping_sub(n, 1);
            self.rest = i::slice_from_raw_parts(p, last);
            Some(&*i::offset(p, last as isize))
        }
    }
    fn nth_back(&mut self, n: usize) -> Option<&'a T> {
        let s = self.rest;
        if n >= s.len() {
            self.rest = &[];
            return None;
        }
        let at = s.len() - 1 - n;
        self.rest = unsafe { sub(s, 0, at) };
        Some(&s[at])
    }
}
impl<'a, T> Splittable for Iter<'a, T> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        self.rest.len()
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        Iter { rest: &self.rest[lo..hi] }
    }
}

pub struct IterMut<'a, T> {
    rest: &'a mut [T],
}
impl<'a, T> IterMut<'a, T> {
    pub(crate) fn new(rest: &'a mut [T]) -> Self {
        IterMut { rest }
    }
    pub fn into_slice(self) -> &'a mut [T] {
        self.rest
    }
    pub fn as_slice(&self) -> &[T] {
        self.rest
    }
}
impl<T> Default for IterMut<'_, T> {
    fn default() -> Self {
        IterMut { rest: &mut [] }
    }
}
impl<'a, T> Iterator for IterMut<'a, T> {
    type Item = &'a mut T;
    fn next(&mut self) -> Option<&'a mut T> {
        let n = self.rest.len();
        if n == 0 {
            return None;
        }
        unsafe {
            let p = self.rest.as_mut_ptr();
            self.rest = i::slice_from_raw_parts_mut(p.add(1), i::wrapping_sub(n, 1));
            Some(&mut *p)
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rest.len(), Some(self.rest.len()))
    }
    fn count(self) -> usize {
        self.rest.len()
    }
    fn nth(&mut self, n: usize) -> Option<&'a mut T> {
        let s = take_slice(&mut self.rest);
        let len = s.len();
        if n >= len {
            return None;
        }
        let (head, tail) = s.split_at_mut(n + 1);
        self.rest = tail;
        Some(&mut head[n])
    }
}
impl<'a, T> DoubleEndedIterator for IterMut<'a, T> {
    fn next_back(&mut self) -> Option<&'a mut T> {
        let n = self.rest.len();
        if n == 0 {
            return None;
        }
        unsafe {
            let p = self.rest.as_mut_ptr();
            let last = i::wrapping_sub(n, 1);
            self.rest = i::slice_from_raw_parts_mut(p, last);
            Some(&mut *p.add(last))
        }
    }
}
impl<'a, T> Splittable for IterMut<'a, T> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        self.rest.len()
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        IterMut { rest: &mut self.rest[lo..hi] }
    }
    fn restore(self, part: Self) {
        put_back(self.rest, part.rest);
    }
}

impl<T: fmt::Debug> fmt::Debug for Iter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Iter").field(&self.rest).finish()
    }
}
impl<T: fmt::Debug> fmt::Debug for IterMut<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IterMut").field(&self.rest).finish()
    }
}

macro_rules! exact {
    ($($name:ident)*) => { $(
        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}
    )* };
}
exact! { Iter IterMut }

/// Moves elements to where their copies came from.
pub(super) fn put_back<T>(to: &mut [T], from: &mut [T]) {
    let mut k = 0;
    for slot in to.iter_mut() {
        *slot = unsafe { i::read(&from[k] as *const T) };
        k += 1;
    }
}
