//! Iterators over slices. Each holds plain slices, so that its value can cross between tasks.

use super::index::{sub, sub_mut};
use crate::intrinsics as i;
use crate::iter::{FusedIterator, Splittable};
use crate::prelude::v1::*;

/// Moves a mutable slice out of its place, leaving an empty one.
fn take_slice<'a, T>(s: &mut &'a mut [T]) -> &'a mut [T] {
    crate::mem::replace(s, &mut [])
}

#[derive(Debug)]
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

#[derive(Debug)]
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
}

fn pieces(len: usize, size: usize) -> usize {
    if len == 0 { 0 } else { (len - 1) / size + 1 }
}

#[derive(Debug)]
pub struct Chunks<'a, T> {
    rest: &'a [T],
    size: usize,
}
impl<'a, T> Chunks<'a, T> {
    pub(crate) fn new(rest: &'a [T], size: usize) -> Self {
        Chunks { rest, size }
    }
}
impl<T> Clone for Chunks<'_, T> {
    fn clone(&self) -> Self {
        Chunks { rest: self.rest, size: self.size }
    }
}
impl<'a, T> Iterator for Chunks<'a, T> {
    type Item = &'a [T];
    fn next(&mut self) -> Option<&'a [T]> {
        let n = self.rest.len();
        if n == 0 {
            return None;
        }
        let k = if self.size < n { self.size } else { n };
        let s = self.rest;
        unsafe {
            self.rest = sub(s, k, n);
            Some(sub(s, 0, k))
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = pieces(self.rest.len(), self.size);
        (n, Some(n))
    }
    fn nth(&mut self, n: usize) -> Option<&'a [T]> {
        let skip = n.saturating_mul(self.size);
        self.rest = if skip < self.rest.len() { &self.rest[skip..] } else { &[] };
        self.next()
    }
}
impl<'a, T> DoubleEndedIterator for Chunks<'a, T> {
    fn next_back(&mut self) -> Option<&'a [T]> {
        let n = self.rest.len();
        if n == 0 {
            return None;
        }
        let tail = n % self.size;
        let k = if tail == 0 { self.size } else { tail };
        let s = self.rest;
        self.rest = &s[..n - k];
        Some(&s[n - k..])
    }
}
impl<'a, T> Splittable for Chunks<'a, T> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        pieces(self.rest.len(), self.size)
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        let n = self.rest.len();
        let a = if lo * self.size < n { lo * self.size } else { n };
        let b = if hi * self.size < n { hi * self.size } else { n };
        Chunks { rest: &self.rest[a..b], size: self.size }
    }
}

#[derive(Debug)]
pub struct ChunksMut<'a, T> {
    rest: &'a mut [T],
    size: usize,
}
impl<'a, T> ChunksMut<'a, T> {
    pub(crate) fn new(rest: &'a mut [T], size: usize) -> Self {
        ChunksMut { rest, size }
    }
}
impl<'a, T> Iterator for ChunksMut<'a, T> {
    type Item = &'a mut [T];
    fn next(&mut self) -> Option<&'a mut [T]> {
        let n = self.rest.len();
        if n == 0 {
            return None;
        }
        let k = if self.size < n { self.size } else { n };
        let p = self.rest.as_mut_ptr();
        unsafe {
            self.rest = i::slice_from_raw_parts_mut(p.add(k), n - k);
            Some(i::slice_from_raw_parts_mut(p, k))
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = pieces(self.rest.len(), self.size);
        (n, Some(n))
    }
}
impl<'a, T> DoubleEndedIterator for ChunksMut<'a, T> {
    fn next_back(&mut self) -> Option<&'a mut [T]> {
        let n = self.rest.len();
        if n == 0 {
            return None;
        }
        let tail = n % self.size;
        let k = if tail == 0 { self.size } else { tail };
        let (a, b) = take_slice(&mut self.rest).split_at_mut(n - k);
        self.rest = a;
        Some(b)
    }
}
impl<'a, T> Splittable for ChunksMut<'a, T> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        pieces(self.rest.len(), self.size)
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        let n = self.rest.len();
        let a = if lo * self.size < n { lo * self.size } else { n };
        let b = if hi * self.size < n { hi * self.size } else { n };
        ChunksMut { rest: &mut self.rest[a..b], size: self.size }
    }
}

#[derive(Debug)]
pub struct ChunksExact<'a, T> {
    rest: &'a [T],
    remainder: &'a [T],
    size: usize,
}
impl<'a, T> ChunksExact<'a, T> {
    pub(crate) fn new(all: &'a [T], size: usize) -> Self {
        let (rest, remainder) = all.split_at(all.len() - all.len() % size);
        ChunksExact { rest, remainder, size }
    }
    pub fn remainder(&self) -> &'a [T] {
        self.remainder
    }
}
impl<T> Clone for ChunksExact<'_, T> {
    fn clone(&self) -> Self {
        ChunksExact { rest: self.rest, remainder: self.remainder, size: self.size }
    }
}
impl<'a, T> Iterator for ChunksExact<'a, T> {
    type Item = &'a [T];
    fn next(&mut self) -> Option<&'a [T]> {
        let s = self.rest;
        if s.len() < self.size {
            return None;
        }
        unsafe {
            self.rest = sub(s, self.size, s.len());
            Some(sub(s, 0, self.size))
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.rest.len() / self.size;
        (n, Some(n))
    }
}
impl<'a, T> DoubleEndedIterator for ChunksExact<'a, T> {
    fn next_back(&mut self) -> Option<&'a [T]> {
        let n = self.rest.len();
        if n < self.size {
            return None;
        }
        let s = self.rest;
        self.rest = &s[..n - self.size];
        Some(&s[n - self.size..])
    }
}
impl<'a, T> Splittable for ChunksExact<'a, T> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        self.rest.len() / self.size
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        ChunksExact { rest: &self.rest[lo * self.size..hi * self.size], remainder: self.remainder, size: self.size }
    }
}

#[derive(Debug)]
pub struct ChunksExactMut<'a, T> {
    rest: &'a mut [T],
    remainder: &'a mut [T],
    size: usize,
}
impl<'a, T> ChunksExactMut<'a, T> {
    pub(crate) fn new(all: &'a mut [T], size: usize) -> Self {
        let n = all.len();
        let (rest, remainder) = all.split_at_mut(n - n % size);
        ChunksExactMut { rest, remainder, size }
    }
    pub fn into_remainder(self) -> &'a mut [T] {
        self.remainder
    }
}
impl<'a, T> Iterator for ChunksExactMut<'a, T> {
    type Item = &'a mut [T];
    fn next(&mut self) -> Option<&'a mut [T]> {
        let n = self.rest.len();
        if n < self.size {
            return None;
        }
        let p = self.rest.as_mut_ptr();
        unsafe {
            self.rest = i::slice_from_raw_parts_mut(p.add(self.size), n - self.size);
            Some(i::slice_from_raw_parts_mut(p, self.size))
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.rest.len() / self.size;
        (n, Some(n))
    }
}
impl<'a, T> DoubleEndedIterator for ChunksExactMut<'a, T> {
    fn next_back(&mut self) -> Option<&'a mut [T]> {
        let n = self.rest.len();
        if n < self.size {
            return None;
        }
        let (a, b) = take_slice(&mut self.rest).split_at_mut(n - self.size);
        self.rest = a;
        Some(b)
    }
}
impl<'a, T> Splittable for ChunksExactMut<'a, T> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        self.rest.len() / self.size
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        let size = self.size;
        ChunksExactMut { rest: &mut self.rest[lo * size..hi * size], remainder: self.remainder, size }
    }
}

#[derive(Debug)]
pub struct RChunks<'a, T> {
    rest: &'a [T],
    size: usize,
}
impl<'a, T> RChunks<'a, T> {
    pub(crate) fn new(rest: &'a [T], size: usize) -> Self {
        RChunks { rest, size }
    }
}
impl<'a, T> Iterator for RChunks<'a, T> {
    type Item = &'a [T];
    fn next(&mut self) -> Option<&'a [T]> {
        let n = self.rest.len();
        if n == 0 {
            return None;
        }
        let k = if self.size < n { self.size } else { n };
        let s = self.rest;
        self.rest = &s[..n - k];
        Some(&s[n - k..])
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = pieces(self.rest.len(), self.size);
        (n, Some(n))
    }
}
impl<'a, T> DoubleEndedIterator for RChunks<'a, T> {
    fn next_back(&mut self) -> Option<&'a [T]> {
        let n = self.rest.len();
        if n == 0 {
            return None;
        }
        let tail = n % self.size;
        let k = if tail == 0 { self.size } else { tail };
        let s = self.rest;
        self.rest = &s[k..];
        Some(&s[..k])
    }
}

#[derive(Debug)]
pub struct Windows<'a, T> {
    rest: &'a [T],
    size: usize,
}
impl<'a, T> Windows<'a, T> {
    pub(crate) fn new(rest: &'a [T], size: usize) -> Self {
        Windows { rest, size }
    }
}
impl<T> Clone for Windows<'_, T> {
    fn clone(&self) -> Self {
        Windows { rest: self.rest, size: self.size }
    }
}
impl<'a, T> Iterator for Windows<'a, T> {
    type Item = &'a [T];
    fn next(&mut self) -> Option<&'a [T]> {
        let s = self.rest;
        if s.len() < self.size {
            return None;
        }
        unsafe {
            self.rest = sub(s, 1, s.len());
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
        let s = self.rest;
        let n = s.len();
        if n < self.size {
            return None;
        }
        self.rest = &s[..n - 1];
        Some(&s[n - self.size..])
    }
}
impl<'a, T> Splittable for Windows<'a, T> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        if self.rest.len() < self.size { 0 } else { self.rest.len() - self.size + 1 }
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        let rest = if lo == hi { &[] } else { &self.rest[lo..hi + self.size - 1] };
        Windows { rest, size: self.size }
    }
}

#[derive(Debug)]
pub struct ArrayWindows<'a, T, const N: usize> {
    rest: &'a [T],
}
impl<'a, T, const N: usize> ArrayWindows<'a, T, N> {
    pub(crate) fn new(rest: &'a [T]) -> Self {
        ArrayWindows { rest }
    }
}
impl<T, const N: usize> Clone for ArrayWindows<'_, T, N> {
    fn clone(&self) -> Self {
        ArrayWindows { rest: self.rest }
    }
}
impl<'a, T, const N: usize> Iterator for ArrayWindows<'a, T, N> {
    type Item = &'a [T; N];
    fn next(&mut self) -> Option<&'a [T; N]> {
        match self.rest.first_chunk::<N>() {
            Some(w) => {
                self.rest = &self.rest[1..];
                Some(w)
            }
            None => None,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = if self.rest.len() < N { 0 } else { self.rest.len() - N + 1 };
        (n, Some(n))
    }
}
impl<'a, T, const N: usize> DoubleEndedIterator for ArrayWindows<'a, T, N> {
    fn next_back(&mut self) -> Option<&'a [T; N]> {
        match self.rest.last_chunk::<N>() {
            Some(w) => {
                self.rest = &self.rest[..self.rest.len() - 1];
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
exact! { Iter IterMut Chunks ChunksMut ChunksExact ChunksExactMut RChunks Windows }
impl<T, const N: usize> ExactSizeIterator for ArrayWindows<'_, T, N> {}
impl<T, const N: usize> FusedIterator for ArrayWindows<'_, T, N> {}

pub struct Split<'a, T, P> {
    rest: &'a [T],
    pred: P,
    done: bool,
}
impl<'a, T, P> Split<'a, T, P> {
    pub(crate) fn new(rest: &'a [T], pred: P) -> Self {
        Split { rest, pred, done: false }
    }
    fn finish(&mut self) -> Option<&'a [T]> {
        if self.done {
            return None;
        }
        self.done = true;
        Some(self.rest)
    }
}
impl<'a, T, P: FnMut(&T) -> bool> Iterator for Split<'a, T, P> {
    type Item = &'a [T];
    fn next(&mut self) -> Option<&'a [T]> {
        if self.done {
            return None;
        }
        let s = self.rest;
        let mut k = 0;
        while k < s.len() {
            if (self.pred)(&s[k]) {
                self.rest = &s[k + 1..];
                return Some(&s[..k]);
            }
            k += 1;
        }
        self.finish()
    }
}
impl<'a, T, P: FnMut(&T) -> bool> DoubleEndedIterator for Split<'a, T, P> {
    fn next_back(&mut self) -> Option<&'a [T]> {
        if self.done {
            return None;
        }
        let s = self.rest;
        let mut k = s.len();
        while k > 0 {
            k -= 1;
            if (self.pred)(&s[k]) {
                self.rest = &s[..k];
                return Some(&s[k + 1..]);
            }
        }
        self.finish()
    }
}

pub struct SplitN<'a, T, P> {
    inner: Split<'a, T, P>,
    count: usize,
}
impl<'a, T, P> SplitN<'a, T, P> {
    pub(crate) fn new(inner: Split<'a, T, P>, count: usize) -> Self {
        SplitN { inner, count }
    }
}
impl<'a, T, P: FnMut(&T) -> bool> Iterator for SplitN<'a, T, P> {
    type Item = &'a [T];
    fn next(&mut self) -> Option<&'a [T]> {
        if self.count == 0 {
            return None;
        }
        self.count -= 1;
        if self.count == 0 { self.inner.finish() } else { self.inner.next() }
    }
}

pub struct SplitInclusive<'a, T, P> {
    rest: &'a [T],
    pred: P,
}
impl<'a, T, P> SplitInclusive<'a, T, P> {
    pub(crate) fn new(rest: &'a [T], pred: P) -> Self {
        SplitInclusive { rest, pred }
    }
}
impl<'a, T, P: FnMut(&T) -> bool> Iterator for SplitInclusive<'a, T, P> {
    type Item = &'a [T];
    fn next(&mut self) -> Option<&'a [T]> {
        let s = self.rest;
        if s.is_empty() {
            return None;
        }
        let mut k = 0;
        while k < s.len() {
            k += 1;
            if (self.pred)(&s[k - 1]) {
                break;
            }
        }
        self.rest = &s[k..];
        Some(&s[..k])
    }
}

pub struct SplitMut<'a, T, P> {
    rest: &'a mut [T],
    pred: P,
    done: bool,
}
impl<'a, T, P> SplitMut<'a, T, P> {
    pub(crate) fn new(rest: &'a mut [T], pred: P) -> Self {
        SplitMut { rest, pred, done: false }
    }
}
impl<'a, T, P: FnMut(&T) -> bool> Iterator for SplitMut<'a, T, P> {
    type Item = &'a mut [T];
    fn next(&mut self) -> Option<&'a mut [T]> {
        if self.done {
            return None;
        }
        let mut k = 0;
        while k < self.rest.len() {
            if (self.pred)(&self.rest[k]) {
                let (a, b) = take_slice(&mut self.rest).split_at_mut(k);
                self.rest = unsafe { sub_mut(b, 1, i::slice_len(b as *const [T])) };
                return Some(a);
            }
            k += 1;
        }
        self.done = true;
        Some(take_slice(&mut self.rest))
    }
}

pub struct ChunkBy<'a, T, P> {
    rest: &'a [T],
    pred: P,
}
impl<'a, T, P> ChunkBy<'a, T, P> {
    pub(crate) fn new(rest: &'a [T], pred: P) -> Self {
        ChunkBy { rest, pred }
    }
}
impl<'a, T, P: FnMut(&T, &T) -> bool> Iterator for ChunkBy<'a, T, P> {
    type Item = &'a [T];
    fn next(&mut self) -> Option<&'a [T]> {
        let s = self.rest;
        if s.is_empty() {
            return None;
        }
        let mut k = 1;
        while k < s.len() && (self.pred)(&s[k - 1], &s[k]) {
            k += 1;
        }
        self.rest = &s[k..];
        Some(&s[..k])
    }
}
impl<'a, T, P: FnMut(&T, &T) -> bool> DoubleEndedIterator for ChunkBy<'a, T, P> {
    fn next_back(&mut self) -> Option<&'a [T]> {
        let s = self.rest;
        if s.is_empty() {
            return None;
        }
        let mut k = s.len() - 1;
        while k > 0 && (self.pred)(&s[k - 1], &s[k]) {
            k -= 1;
        }
        self.rest = &s[..k];
        Some(&s[k..])
    }
}

pub struct ChunkByMut<'a, T, P> {
    rest: &'a mut [T],
    pred: P,
}
impl<'a, T, P> ChunkByMut<'a, T, P> {
    pub(crate) fn new(rest: &'a mut [T], pred: P) -> Self {
        ChunkByMut { rest, pred }
    }
}
impl<'a, T, P: FnMut(&T, &T) -> bool> Iterator for ChunkByMut<'a, T, P> {
    type Item = &'a mut [T];
    fn next(&mut self) -> Option<&'a mut [T]> {
        let n = self.rest.len();
        if n == 0 {
            return None;
        }
        let mut k = 1;
        while k < n && (self.pred)(&self.rest[k - 1], &self.rest[k]) {
            k += 1;
        }
        let (a, b) = take_slice(&mut self.rest).split_at_mut(k);
        self.rest = b;
        Some(a)
    }
}
