//! Pieces of a given length, from the end.

use super::chunks::pieces;
use super::iter::take_slice;
use crate::iter::FusedIterator;
use crate::prelude::v1::*;

#[derive(Debug)]
pub struct RChunks<'a, T> {
    v: &'a [T],
    chunk_size: usize,
}
impl<'a, T> RChunks<'a, T> {
    pub(crate) fn new(v: &'a [T], chunk_size: usize) -> Self {
        RChunks { v, chunk_size }
    }
}
impl<T> Clone for RChunks<'_, T> {
    fn clone(&self) -> Self {
        RChunks { v: self.v, chunk_size: self.chunk_size }
    }
}
impl<'a, T> Iterator for RChunks<'a, T> {
    type Item = &'a [T];
    fn next(&mut self) -> Option<&'a [T]> {
        let n = self.v.len();
        if n == 0 {
            return None;
        }
        let k = if self.chunk_size < n { self.chunk_size } else { n };
        let s = self.v;
        self.v = &s[..n - k];
        Some(&s[n - k..])
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = pieces(self.v.len(), self.chunk_size);
        (n, Some(n))
    }
}
impl<'a, T> DoubleEndedIterator for RChunks<'a, T> {
    fn next_back(&mut self) -> Option<&'a [T]> {
        let n = self.v.len();
        if n == 0 {
            return None;
        }
        let tail = n % self.chunk_size;
        let k = if tail == 0 { self.chunk_size } else { tail };
        let s = self.v;
        self.v = &s[k..];
        Some(&s[..k])
    }
}

#[derive(Debug)]
pub struct RChunksMut<'a, T> {
    v: &'a mut [T],
    chunk_size: usize,
}
impl<'a, T> RChunksMut<'a, T> {
    pub(crate) fn new(v: &'a mut [T], chunk_size: usize) -> Self {
        RChunksMut { v, chunk_size }
    }
}
impl<'a, T> Iterator for RChunksMut<'a, T> {
    type Item = &'a mut [T];
    fn next(&mut self) -> Option<&'a mut [T]> {
        let n = self.v.len();
        if n == 0 {
            return None;
        }
        let k = if self.chunk_size < n { self.chunk_size } else { n };
        let (a, b) = take_slice(&mut self.v).split_at_mut(n - k);
        self.v = a;
        Some(b)
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = pieces(self.v.len(), self.chunk_size);
        (n, Some(n))
    }
}
impl<'a, T> DoubleEndedIterator for RChunksMut<'a, T> {
    fn next_back(&mut self) -> Option<&'a mut [T]> {
        let n = self.v.len();
        if n == 0 {
            return None;
        }
        let tail = n % self.chunk_size;
        let k = if tail == 0 { self.chunk_size } else { tail };
        let (a, b) = take_slice(&mut self.v).split_at_mut(k);
        self.v = b;
        Some(a)
    }
}

#[derive(Debug)]
pub struct RChunksExact<'a, T> {
    v: &'a [T],
    rem: &'a [T],
    chunk_size: usize,
}
impl<'a, T> RChunksExact<'a, T> {
    pub(crate) fn new(all: &'a [T], chunk_size: usize) -> Self {
        let (rem, v) = all.split_at(all.len() % chunk_size);
        RChunksExact { v, rem, chunk_size }
    }
    pub fn remainder(&self) -> &'a [T] {
        self.rem
    }
}
impl<T> Clone for RChunksExact<'_, T> {
    fn clone(&self) -> Self {
        RChunksExact { v: self.v, rem: self.rem, chunk_size: self.chunk_size }
    }
}
impl<'a, T> Iterator for RChunksExact<'a, T> {
    type Item = &'a [T];
    fn next(&mut self) -> Option<&'a [T]> {
        let n = self.v.len();
        if n < self.chunk_size {
            return None;
        }
        let (a, b) = self.v.split_at(n - self.chunk_size);
        self.v = a;
        Some(b)
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.v.len() / self.chunk_size;
        (n, Some(n))
    }
}
impl<'a, T> DoubleEndedIterator for RChunksExact<'a, T> {
    fn next_back(&mut self) -> Option<&'a [T]> {
        if self.v.len() < self.chunk_size {
            return None;
        }
        let (a, b) = self.v.split_at(self.chunk_size);
        self.v = b;
        Some(a)
    }
}

#[derive(Debug)]
pub struct RChunksExactMut<'a, T> {
    v: &'a mut [T],
    rem: &'a mut [T],
    chunk_size: usize,
}
impl<'a, T> RChunksExactMut<'a, T> {
    pub(crate) fn new(all: &'a mut [T], chunk_size: usize) -> Self {
        let n = all.len();
        let (rem, v) = all.split_at_mut(n % chunk_size);
        RChunksExactMut { v, rem, chunk_size }
    }
    pub fn into_remainder(self) -> &'a mut [T] {
        self.rem
    }
}
impl<'a, T> Iterator for RChunksExactMut<'a, T> {
    type Item = &'a mut [T];
    fn next(&mut self) -> Option<&'a mut [T]> {
        let n = self.v.len();
        if n < self.chunk_size {
            return None;
        }
        let (a, b) = take_slice(&mut self.v).split_at_mut(n - self.chunk_size);
        self.v = a;
        Some(b)
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.v.len() / self.chunk_size;
        (n, Some(n))
    }
}
impl<'a, T> DoubleEndedIterator for RChunksExactMut<'a, T> {
    fn next_back(&mut self) -> Option<&'a mut [T]> {
        if self.v.len() < self.chunk_size {
            return None;
        }
        let k = self.chunk_size;
        let (a, b) = take_slice(&mut self.v).split_at_mut(k);
        self.v = b;
        Some(a)
    }
}

macro_rules! exact {
    ($($name:ident)*) => { $(
        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}
    )* };
}
exact! { RChunks RChunksMut RChunksExact RChunksExactMut }
