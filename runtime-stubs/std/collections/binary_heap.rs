//! A heap with its greatest element first. The sift steps are Rust's, so that the inner order is the same.

use super::TryReserveError;
use crate::fmt;
use crate::iter::{Extend, FromIterator, FusedIterator};
use crate::ops::{Deref, DerefMut};
use crate::prelude::v1::*;
use crate::{slice, vec};

pub struct BinaryHeap<T> {
    data: Vec<T>,
}

impl<T: Ord> BinaryHeap<T> {
    pub fn peek_mut(&mut self) -> Option<PeekMut<'_, T>> {
        if self.data.is_empty() { None } else { Some(PeekMut { heap: self, changed: false }) }
    }
    pub fn pop(&mut self) -> Option<T> {
        match self.data.pop() {
            Some(mut item) => {
                if !self.data.is_empty() {
                    crate::mem::swap(&mut item, &mut self.data[0]);
                    self.sift_down_to_bottom();
                }
                Some(item)
            }
            None => None,
        }
    }
    pub fn push(&mut self, item: T) {
        let n = self.data.len();
        self.data.push(item);
        self.sift_up(0, n);
    }
    pub fn into_sorted_vec(mut self) -> Vec<T> {
        let mut end = self.data.len();
        while end > 1 {
            end -= 1;
            self.data.swap(0, end);
            self.sift_down_range(0, end);
        }
        self.data
    }
    pub fn append(&mut self, other: &mut BinaryHeap<T>) {
        if self.data.len() < other.data.len() {
            crate::mem::swap(&mut self.data, &mut other.data);
        }
        let start = self.data.len();
        self.data.append(&mut other.data);
        self.rebuild_tail(start);
    }
    pub fn retain<F: FnMut(&T) -> bool>(&mut self, mut f: F) {
        let mut k = 0;
        let mut first = self.data.len();
        self.data.retain(|e| {
            let keep = f(e);
            if !keep && k < first {
                first = k;
            }
            k += 1;
            keep
        });
        self.rebuild_tail(first);
    }
    fn sift_up(&mut self, start: usize, at: usize) -> usize {
        let mut pos = at;
        while pos > start {
            let parent = (pos - 1) / 2;
            if self.data[pos] <= self.data[parent] {
                break;
            }
            self.data.swap(pos, parent);
            pos = parent;
        }
        pos
    }
    fn sift_down_range(&mut self, at: usize, end: usize) {
        let mut pos = at;
        let mut child = 2 * pos + 1;
        while child <= end.saturating_sub(2) {
            if self.data[child] <= self.data[child + 1] {
                child += 1;
            }
            if self.data[pos] >= self.data[child] {
                return;
            }
            self.data.swap(pos, child);
            pos = child;
            child = 2 * pos + 1;
        }
        if child + 1 == end && self.data[pos] < self.data[child] {
            self.data.swap(pos, child);
        }
    }
    fn sift_down_to_bottom(&mut self) {
        let end = self.data.len();
        let mut pos = 0;
        let mut child = 1;
        while child <= end.saturating_sub(2) {
            if self.data[child] <= self.data[child + 1] {
                child += 1;
            }
            self.data.swap(pos, child);
            pos = child;
            child = 2 * pos + 1;
        }
        if child + 1 == end {
            self.data.swap(pos, child);
            pos = child;
        }
        self.sift_up(0, pos);
    }
    fn rebuild_tail(&mut self, start: usize) {
        let n = self.data.len();
        if start == n {
            return;
        }
        let tail = n - start;
        let log = |x: usize| 63 - x.leading_zeros() as usize;
        let better_to_rebuild = if start < tail {
            true
        } else if n <= 2048 {
            2 * n < tail * log(start)
        } else {
            2 * n < tail * 11
        };
        if better_to_rebuild {
            self.rebuild();
        } else {
            let mut k = start;
            while k < n {
                self.sift_up(0, k);
                k += 1;
            }
        }
    }
    fn rebuild(&mut self) {
        let end = self.data.len();
        let mut n = end / 2;
        while n > 0 {
            n -= 1;
            self.sift_down_range(n, end);
        }
    }
}
impl<T> BinaryHeap<T> {
    pub const fn new() -> BinaryHeap<T> {
        BinaryHeap { data: Vec::new() }
    }
    pub fn with_capacity(capacity: usize) -> BinaryHeap<T> {
        BinaryHeap { data: Vec::with_capacity(capacity) }
    }
    pub fn iter(&self) -> slice::Iter<'_, T> {
        self.data.iter()
    }
    pub fn peek(&self) -> Option<&T> {
        self.data.first()
    }
    pub fn reserve(&mut self, additional: usize) {
        self.data.reserve(additional)
    }
    pub fn reserve_exact(&mut self, additional: usize) {
        self.data.reserve_exact(additional)
    }
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.data.try_reserve(additional)
    }
    pub fn try_reserve_exact(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.data.try_reserve_exact(additional)
    }
    pub fn capacity(&self) -> usize {
        self.data.capacity()
    }
    pub fn shrink_to_fit(&mut self) {
        self.data.shrink_to_fit()
    }
    pub fn shrink_to(&mut self, min_capacity: usize) {
        self.data.shrink_to(min_capacity)
    }
    pub fn into_vec(self) -> Vec<T> {
        self.data
    }
    pub fn as_slice(&self) -> &[T] {
        self.data.as_slice()
    }
    pub fn len(&self) -> usize {
        self.data.len()
    }
    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
    }
    pub fn drain(&mut self) -> vec::Drain<'_, T> {
        self.data.drain(..)
    }
    pub fn clear(&mut self) {
        self.data.clear()
    }
}

/// The greatest element; the order is restored when this goes away, if it was changed.
pub struct PeekMut<'a, T: Ord> {
    heap: &'a mut BinaryHeap<T>,
    changed: bool,
}
impl<'a, T: Ord> PeekMut<'a, T> {
    pub fn pop(mut this: PeekMut<'a, T>) -> T {
        if this.changed {
            let n = this.heap.data.len();
            this.heap.sift_down_range(0, n);
            this.changed = false;
        }
        match this.heap.pop() {
            Some(x) => x,
            None => unsafe { crate::hint::unreachable_unchecked() },
        }
    }
}
impl<T: Ord> Drop for PeekMut<'_, T> {
    fn drop(&mut self) {
        if self.changed {
            let n = self.heap.data.len();
            self.heap.sift_down_range(0, n);
        }
    }
}
impl<T: Ord> Deref for PeekMut<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.heap.data[0]
    }
}
impl<T: Ord> DerefMut for PeekMut<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.changed = true;
        &mut self.heap.data[0]
    }
}
impl<T: Clone> Clone for BinaryHeap<T> {
    fn clone(&self) -> Self {
        BinaryHeap { data: self.data.clone() }
    }
}
impl<T: Ord> Default for BinaryHeap<T> {
    fn default() -> Self {
        BinaryHeap::new()
    }
}
impl<T: fmt::Debug> fmt::Debug for BinaryHeap<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.data.fmt(f)
    }
}
impl<T: Ord> From<Vec<T>> for BinaryHeap<T> {
    fn from(data: Vec<T>) -> Self {
        let mut heap = BinaryHeap { data };
        heap.rebuild();
        heap
    }
}
impl<T: Ord, const N: usize> From<[T; N]> for BinaryHeap<T> {
    fn from(a: [T; N]) -> Self {
        BinaryHeap::from(Vec::from(a))
    }
}
impl<T: Ord> FromIterator<T> for BinaryHeap<T> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        BinaryHeap::from(Vec::from_iter(iter))
    }
}
impl<T: Ord> Extend<T> for BinaryHeap<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        let start = self.data.len();
        self.data.extend(iter);
        self.rebuild_tail(start);
    }
}
impl<'a, T: Ord + Copy + 'a> Extend<&'a T> for BinaryHeap<T> {
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, iter: I) {
        self.extend(iter.into_iter().cloned())
    }
}
impl<T: Ord + fmt::Debug> fmt::Debug for PeekMut<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PeekMut").field(&self.heap.data[0]).finish()
    }
}
pub type Iter<'a, T> = slice::Iter<'a, T>;
pub type Drain<'a, T> = vec::Drain<'a, T>;

#[derive(Clone)]
pub struct IntoIter<T> {
    iter: vec::IntoIter<T>,
}
impl<T> Iterator for IntoIter<T> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        self.iter.next()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }
}
impl<T> DoubleEndedIterator for IntoIter<T> {
    fn next_back(&mut self) -> Option<T> {
        self.iter.next_back()
    }
}
impl<T> ExactSizeIterator for IntoIter<T> {}
impl<T> FusedIterator for IntoIter<T> {}
impl<T> IntoIterator for BinaryHeap<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;
    fn into_iter(self) -> IntoIter<T> {
        IntoIter { iter: self.data.into_iter() }
    }
}
impl<'a, T> IntoIterator for &'a BinaryHeap<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;
    fn into_iter(self) -> slice::Iter<'a, T> {
        self.iter()
    }
}
impl<T> Default for IntoIter<T> {
    fn default() -> Self {
        IntoIter { iter: Default::default() }
    }
}
impl<T: fmt::Debug> fmt::Debug for IntoIter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IntoIter").field(&self.iter.as_slice()).finish()
    }
}
