//! A list with two ends. It is a ring inside: programs see the same sequence, and it is faster.

use super::vec_deque::{self, VecDeque};
use crate::fmt;
use crate::iter::{Extend, FromIterator};
use crate::prelude::v1::*;

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkedList<T> {
    ring: VecDeque<T>,
}
impl<T> LinkedList<T> {
    pub const fn new() -> LinkedList<T> {
        LinkedList { ring: VecDeque::new() }
    }
    pub fn append(&mut self, other: &mut LinkedList<T>) {
        self.ring.append(&mut other.ring)
    }
    pub fn iter(&self) -> vec_deque::Iter<'_, T> {
        self.ring.iter()
    }
    pub fn iter_mut(&mut self) -> vec_deque::IterMut<'_, T> {
        self.ring.iter_mut()
    }
    pub fn is_empty(&self) -> bool {
        self.ring.is_empty()
    }
    pub fn len(&self) -> usize {
        self.ring.len()
    }
    pub fn clear(&mut self) {
        self.ring.clear()
    }
    pub fn contains(&self, x: &T) -> bool
    where
        T: PartialEq,
    {
        self.ring.contains(x)
    }
    pub fn front(&self) -> Option<&T> {
        self.ring.front()
    }
    pub fn front_mut(&mut self) -> Option<&mut T> {
        self.ring.front_mut()
    }
    pub fn back(&self) -> Option<&T> {
        self.ring.back()
    }
    pub fn back_mut(&mut self) -> Option<&mut T> {
        self.ring.back_mut()
    }
    pub fn push_front(&mut self, elt: T) {
        self.ring.push_front(elt)
    }
    pub fn push_front_mut(&mut self, elt: T) -> &mut T {
        self.ring.push_front_mut(elt)
    }
    pub fn push_back_mut(&mut self, elt: T) -> &mut T {
        self.ring.push_back_mut(elt)
    }
    pub fn extract_if<F: FnMut(&mut T) -> bool>(&mut self, pred: F) -> ExtractIf<'_, T, F> {
        ExtractIf { list: self, pred, at: 0 }
    }
    pub fn pop_front(&mut self) -> Option<T> {
        self.ring.pop_front()
    }
    pub fn push_back(&mut self, elt: T) {
        self.ring.push_back(elt)
    }
    pub fn pop_back(&mut self) -> Option<T> {
        self.ring.pop_back()
    }
    #[track_caller]
    pub fn split_off(&mut self, at: usize) -> LinkedList<T> {
        if at > self.ring.len() {
            crate::panicking::panic("Cannot split off at a nonexistent index");
        }
        LinkedList { ring: self.ring.split_off(at) }
    }
}
pub type Iter<'a, T> = vec_deque::Iter<'a, T>;
pub type IterMut<'a, T> = vec_deque::IterMut<'a, T>;
pub type IntoIter<T> = vec_deque::IntoIter<T>;

/// Removes elements one by one as it is asked for them.
pub struct ExtractIf<'a, T, F> {
    list: &'a mut LinkedList<T>,
    pred: F,
    at: usize,
}
impl<T, F: FnMut(&mut T) -> bool> Iterator for ExtractIf<'_, T, F> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        while self.at < self.list.len() {
            if (self.pred)(&mut self.list.ring[self.at]) {
                return self.list.ring.remove(self.at);
            }
            self.at += 1;
        }
        None
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.list.len() - self.at))
    }
}
impl<T: fmt::Debug, F> fmt::Debug for ExtractIf<'_, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExtractIf").field("list", &self.list).finish_non_exhaustive()
    }
}

impl<'a, T: Copy + 'a> Extend<&'a T> for LinkedList<T> {
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, iter: I) {
        self.ring.extend(iter)
    }
}
impl<T> Default for LinkedList<T> {
    fn default() -> Self {
        LinkedList::new()
    }
}
impl<T: fmt::Debug> fmt::Debug for LinkedList<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ring.fmt(f)
    }
}
impl<T> FromIterator<T> for LinkedList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        LinkedList { ring: VecDeque::from_iter(iter) }
    }
}
impl<T> Extend<T> for LinkedList<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        self.ring.extend(iter)
    }
}
impl<T, const N: usize> From<[T; N]> for LinkedList<T> {
    fn from(a: [T; N]) -> Self {
        LinkedList { ring: VecDeque::from(a) }
    }
}
impl<T> IntoIterator for LinkedList<T> {
    type Item = T;
    type IntoIter = vec_deque::IntoIter<T>;
    fn into_iter(self) -> vec_deque::IntoIter<T> {
        self.ring.into_iter()
    }
}
impl<'a, T> IntoIterator for &'a LinkedList<T> {
    type Item = &'a T;
    type IntoIter = vec_deque::Iter<'a, T>;
    fn into_iter(self) -> vec_deque::Iter<'a, T> {
        self.ring.iter()
    }
}
impl<'a, T> IntoIterator for &'a mut LinkedList<T> {
    type Item = &'a mut T;
    type IntoIter = vec_deque::IterMut<'a, T>;
    fn into_iter(self) -> vec_deque::IterMut<'a, T> {
        self.ring.iter_mut()
    }
}
