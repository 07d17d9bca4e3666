//! Iterators that take a map apart, and those over its keys or values alone.

use super::{BTreeMap, Item, Iter, IterMut, Position};
use crate::fmt;
use crate::iter::FusedIterator;
use crate::ops::{Bound, RangeBounds};
use crate::prelude::v1::*;
use crate::vec;

/// Takes the chunks apart one after the other.
pub struct IntoIter<K, V> {
    chunks: vec::IntoIter<Vec<Item<K, V>>>,
    front: vec::IntoIter<Item<K, V>>,
    back: vec::IntoIter<Item<K, V>>,
    pub(super) left: usize,
}
impl<K, V> IntoIter<K, V> {
    pub(super) fn new(chunks: Vec<Vec<Item<K, V>>>, left: usize) -> Self {
        IntoIter { chunks: chunks.into_iter(), front: Default::default(), back: Default::default(), left }
    }
    fn refs(&self) -> impl Iterator<Item = &Item<K, V>> {
        self.front.as_slice().iter().chain(self.chunks.as_slice().iter().flatten()).chain(self.back.as_slice().iter())
    }
}
impl<K, V> Default for IntoIter<K, V> {
    fn default() -> Self {
        IntoIter::new(Vec::new(), 0)
    }
}
impl<K, V> Iterator for IntoIter<K, V> {
    type Item = (K, V);
    fn next(&mut self) -> Option<(K, V)> {
        loop {
            if let Some(e) = self.front.next() {
                self.left -= 1;
                return Some((e.key, e.value));
            }
            match self.chunks.next() {
                Some(c) => self.front = c.into_iter(),
                None => {
                    let e = self.back.next()?;
                    self.left -= 1;
                    return Some((e.key, e.value));
                }
            }
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}
impl<K, V> DoubleEndedIterator for IntoIter<K, V> {
    fn next_back(&mut self) -> Option<(K, V)> {
        loop {
            if let Some(e) = self.back.next_back() {
                self.left -= 1;
                return Some((e.key, e.value));
            }
            match self.chunks.next_back() {
                Some(c) => self.back = c.into_iter(),
                None => {
                    let e = self.front.next_back()?;
                    self.left -= 1;
                    return Some((e.key, e.value));
                }
            }
        }
    }
}
impl<K, V> ExactSizeIterator for IntoIter<K, V> {}
impl<K, V> FusedIterator for IntoIter<K, V> {}

macro_rules! part {
    ($($name:ident [$($l:lifetime)*] $inner:ident, $out:ty, ($k:pat, $v:pat) => $x:expr;)*) => { $(
        pub struct $name<$($l,)* K, V> {
            pub(super) inner: $inner<$($l,)* K, V>,
        }
        impl<$($l,)* K, V> Iterator for $name<$($l,)* K, V> {
            type Item = $out;
            fn next(&mut self) -> Option<$out> {
                match self.inner.next() {
                    Some(($k, $v)) => Some($x),
                    None => None,
                }
            }
            fn size_hint(&self) -> (usize, Option<usize>) { self.inner.size_hint() }
        }
        impl<$($l,)* K, V> DoubleEndedIterator for $name<$($l,)* K, V> {
            fn next_back(&mut self) -> Option<$out> {
                match self.inner.next_back() {
                    Some(($k, $v)) => Some($x),
                    None => None,
                }
            }
        }
        impl<$($l,)* K, V> ExactSizeIterator for $name<$($l,)* K, V> {}
        impl<$($l,)* K, V> FusedIterator for $name<$($l,)* K, V> {}
    )* };
}
part! {
    Keys ['a] Iter, &'a K, (k, _) => k;
    Values ['a] Iter, &'a V, (_, v) => v;
    ValuesMut ['a] IterMut, &'a mut V, (_, v) => v;
    IntoKeys [] IntoIter, K, (k, _) => k;
    IntoValues [] IntoIter, V, (_, v) => v;
}
impl<K, V> Clone for Keys<'_, K, V> {
    fn clone(&self) -> Self {
        Keys { inner: self.inner.clone() }
    }
}
impl<K, V> Clone for Values<'_, K, V> {
    fn clone(&self) -> Self {
        Values { inner: self.inner.clone() }
    }
}

/// Removes entries one by one as it is asked for them.
pub struct ExtractIf<'a, K, V, R, F> {
    pub(super) map: &'a mut BTreeMap<K, V>,
    pub(super) at: Position,
    pub(super) range: R,
    pub(super) pred: F,
}
impl<K: PartialOrd, V, R: RangeBounds<K>, F: FnMut(&K, &mut V) -> bool> Iterator for ExtractIf<'_, K, V, R, F> {
    type Item = (K, V);
    fn next(&mut self) -> Option<(K, V)> {
        while self.at.chunk < self.map.chunks.len() {
            if self.at.at == self.map.chunks[self.at.chunk].len() {
                self.at = Position { chunk: self.at.chunk + 1, at: 0 };
                continue;
            }
            let e = &mut self.map.chunks[self.at.chunk][self.at.at];
            let inside = match self.range.end_bound() {
                Bound::Included(end) => e.key <= *end,
                Bound::Excluded(end) => e.key < *end,
                Bound::Unbounded => true,
            };
            if !inside {
                return None;
            }
            if (self.pred)(&e.key, &mut e.value) {
                let e = self.map.remove_at(self.at);
                return Some((e.key, e.value));
            }
            self.at.at += 1;
        }
        None
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.map.len))
    }
}
impl<K: PartialOrd, V, R: RangeBounds<K>, F: FnMut(&K, &mut V) -> bool> FusedIterator for ExtractIf<'_, K, V, R, F> {}
impl<K: fmt::Debug, V: fmt::Debug, R, F> fmt::Debug for ExtractIf<'_, K, V, R, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExtractIf").finish_non_exhaustive()
    }
}

impl<K: fmt::Debug, V> fmt::Debug for Keys<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
impl<K, V: fmt::Debug> fmt::Debug for Values<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for IntoIter<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.refs().map(|e| (&e.key, &e.value))).finish()
    }
}
impl<K: fmt::Debug, V> fmt::Debug for IntoKeys<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.inner.refs().map(|e| &e.key)).finish()
    }
}
impl<K, V: fmt::Debug> fmt::Debug for IntoValues<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.inner.refs().map(|e| &e.value)).finish()
    }
}
macro_rules! empty_parts {
    ($($name:ident [$($l:lifetime)*])*) => { $(
        impl<$($l,)* K, V> Default for $name<$($l,)* K, V> {
            fn default() -> Self {
                $name { inner: Default::default() }
            }
        }
    )* };
}
empty_parts! { Keys ['a] Values ['a] ValuesMut ['a] IntoKeys [] IntoValues [] }
