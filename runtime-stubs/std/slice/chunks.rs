//! Pieces of a given length, from the start.

use super::index::sub;
use super::iter::{put_back, take_slice};
use crate::intrinsics as i;
use crate::iter::{FusedIterator, Splittable};
use crate::prelude::v1::*;

pub(super) fn pieces(len: usize, size: usize) -> usize {
    if len == 0 { 0 } else { (len - 1) / size + 1 }
}

#[derive(Debug)]
pub struct Chunks<'a, T> {
    v: &'a [T],
    chunk_size: usize,
}
impl<'a, T> Chunks<'a, T> {
    pub(crate) fn new(v: &'a [T], size: usize) -> Self {
        Chunks { v, chunk_size: size }
    }
}
impl<T> Clone for Chunks<'_, T> {
    fn clone(&self) -> Self {
        Chunks { v: self.v, chunk_size: self.chunk_size }
    }
}
impl<'a, T> Iterator for Chunks<'a, T> {
    type Item = &'a [T];
    fn next(&mut self) -> Option<&'a [T]> {
        let n = self.v.len();
        if n == 0 {
            return None;
        }
        let k = if self.chunk_size < n { self.chunk_size } else { n };
        let s = self.v;
        unsafe {
            self.v = sub(s, k, n);
            Some(sub(s, 0, k))
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = pieces(self.v.len(), self.chunk_size);
        (n, Some(n))
    }
    fn nth(&mut self, n: usize) -> Option<&'a [T]> {
        let skip = n.saturating_mul(self.chunk_size);
        self.v = if skip < self.v.len() { &self.v[skip..] } else { &[] };
        self.next()
    }
}
impl<'a, T> DoubleEndedIterator for Chunks<'a, T> {
    fn next_back(&mut self) -> Option<&'a [T]> {
        let n = self.v.len();
        if n == 0 {
            return None;
        }
        let tail = n % self.chunk_size;
        let k = if tail == 0 { self.chunk_size } else { tail };
        let s = self.v;
        self.v = &s[..n - k];
        Some(&s[n - k..])
    }
}
impl<'a, T> Splittable for Chunks<'a, T> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        pieces(self.v.len(), self.chunk_size)
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        let n = self.v.len();
        let a = lo.saturating_mul(self.chunk_size).min(n);
        let b = hi.saturating_mul(self.chunk_size).min(n);
        Chunks { v: &self.v[a..b], chunk_size: self.chunk_size }
    }
}

#[derive(Debug)]
pub struct ChunksMut<'a, T> {
    v: &'a mut [T],
    chunk_size: usize,
}
impl<'a, T> ChunksMut<'a, T> {
    pub(crate) fn new(v: &'a mut [T], size: usize) -> Self {
        ChunksMut { v, chunk_size: size }
    }
}
impl<'a, T> Iterator for ChunksMut<'a, T> {
    type Item = &'a mut [T];
    fn next(&mut self) -> Option<&'a mut [T]> {
        let n = self.v.len();
        if n == 0 {
            return None;
        }
        let k = if self.chunk_size < n { self.chunk_size } else { n };
        let p = self.v.as_mut_ptr();
        unsafe {
            self.v = i::slice_from_raw_parts_mut(p.add(k), n - k);
            Some(i::slice_from_raw_parts_mut(p, k))
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = pieces(self.v.len(), self.chunk_size);
        (n, Some(n))
    }
}
impl<'a, T> DoubleEndedIterator for ChunksMut<'a, T> {
    fn next_back(&mut self) -> Option<&'a mut [T]> {
        let n = self.v.len();
        if n == 0 {
            return None;
        }
        let tail = n % self.chunk_size;
        let k = if tail == 0 { self.chunk_size } else { tail };
        let (a, b) = take_slice(&mut self.v).split_at_mut(n - k);
        self.v = a;
        Some(b)
    }
}
impl<'a, T> Splittable for ChunksMut<'a, T> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        pieces(self.v.len(), self.chunk_size)
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        let n = self.v.len();
        let a = lo.saturating_mul(self.chunk_size).min(n);
        let b = hi.saturating_mul(self.chunk_size).min(n);
        ChunksMut { v: &mut self.v[a..b], chunk_size: self.chunk_size }
    }
    fn restore(self, part: Self) {
        put_back(self.v, part.v);
    }
}

#[derive(Debug)]
pub struct ChunksExact<'a, T> {
    v: &'a [T],
    rem: &'a [T],
    chunk_size: usize,
}
impl<'a, T> ChunksExact<'a, T> {
    pub(crate) fn new(all: &'a [T], size: usize) -> Self {
        let (v, rem) = all.split_at(all.len() - all.len() % size);
        ChunksExact { v, rem, chunk_size: size }
    }
    pub fn remainder(&self) -> &'a [T] {
        self.rem
    }
}
impl<T> Clone for ChunksExact<'_, T> {
    fn clone(&self) -> Self {
        ChunksExact { v: self.v, rem: self.rem, chunk_size: self.chunk_size }
    }
}
impl<'a, T> Iterator for ChunksExact<'a, T> {
    type Item = &'a [T];
    fn next(&mut self) -> Option<&'a [T]> {
        let s = self.v;
        if s.len() < self.chunk_size {
            return None;
        }
        unsafe {
            self.v = sub(s, self.chunk_size, s.len());
            Some(sub(s, 0, self.chunk_size))
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.v.len() / self.chunk_size;
        (n, Some(n))
    }
}
impl<'a, T> DoubleEndedIterator for ChunksExact<'a, T> {
    fn next_back(&mut self) -> Option<&'a [T]> {
        let n = self.v.len();
        if n < self.chunk_size {
            return None;
        }
        let s = self.v;
        self.v = &s[..n - self.chunk_size];
        Some(&s[n - self.chunk_size..])
    }
}
impl<'a, T> Splittable for ChunksExact<'a, T> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        self.v.len() / self.chunk_size
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        ChunksExact { v: &self.v[lo * self.chunk_size..hi * self.chunk_size], rem: self.rem, chunk_size: self.chunk_size }
    }
}

#[derive(Debug)]
pub struct ChunksExactMut<'a, T> {
    v: &'a mut [T],
    rem: &'a mut [T],
    chunk_size: usize,
}
impl<'a, T> ChunksExactMut<'a, T> {
    pub(crate) fn new(all: &'a mut [T], size: usize) -> Self {
        let n = all.len();
        let (v, rem) = all.split_at_mut(n - n % size);
        ChunksExactMut { v, rem, chunk_size: size }
    }
    pub fn into_remainder(self) -> &'a mut [T] {
        self.rem
    }
}
impl<'a, T> Iterator for ChunksExactMut<'a, T> {
    type Item = &'a mut [T];
    fn next(&mut self) -> Option<&'a mut [T]> {
        let n = self.v.len();
        if n < self.chunk_size {
            return None;
        }
        let p = self.v.as_mut_ptr();
        unsafe {
            self.v = i::slice_from_raw_parts_mut(p.add(self.chunk_size), n - self.chunk_size);
            Some(i::slice_from_raw_parts_mut(p, self.chunk_size))
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.v.len() / self.chunk_size;
        (n, Some(n))
    }
}
impl<'a, T> DoubleEndedIterator for ChunksExactMut<'a, T> {
    fn next_back(&mut self) -> Option<&'a mut [T]> {
        let n = self.v.len();
        if n < self.chunk_size {
            return None;
        }
        let (a, b) = take_slice(&mut self.v).split_at_mut(n - self.chunk_size);
        self.v = a;
        Some(b)
    }
}
impl<'a, T> Splittable for ChunksExactMut<'a, T> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        self.v.len() / self.chunk_size
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        let size = self.chunk_size;
        ChunksExactMut { v: &mut self.v[lo * size..hi * size], rem: self.rem, chunk_size: size }
    }
    fn restore(self, part: Self) {
        put_back(self.v, part.v);
    }
}

macro_rules! exact {
    ($($name:ident)*) => { $(
        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}
    )* };
}
exact! { Chunks ChunksMut ChunksExact ChunksExactMut }
