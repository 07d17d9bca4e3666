//! Iterators over queues.

use super::VecDeque;
use crate::fmt;
use crate::iter::{Chain, FusedIterator};
use crate::marker::PhantomData;
use crate::prelude::v1::*;
use crate::slice;

pub struct Iter<'a, T> {
    pub(super) inner: Chain<slice::Iter<'a, T>, slice::Iter<'a, T>>,
    pub(super) left: usize,
}
pub struct IterMut<'a, T> {
    pub(super) inner: Chain<slice::IterMut<'a, T>, slice::IterMut<'a, T>>,
    pub(super) left: usize,
}
macro_rules! ring_iter {
    ($($name:ident $item:ty;)*) => { $(
        impl<'a, T> Iterator for $name<'a, T> {
            type Item = $item;
            fn next(&mut self) -> Option<$item> {
                if self.left == 0 {
                    return None;
                }
                self.left -= 1;
                self.inner.next()
            }
            fn size_hint(&self) -> (usize, Option<usize>) { (self.left, Some(self.left)) }
        }
        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            fn next_back(&mut self) -> Option<$item> {
                if self.left == 0 {
                    return None;
                }
                self.left -= 1;
                self.inner.next_back()
            }
        }
        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}
    )* };
}
ring_iter! { Iter &'a T; IterMut &'a mut T; }

#[derive(Clone)]
pub struct IntoIter<T> {
    pub(super) inner: VecDeque<T>,
}
impl<T> Iterator for IntoIter<T> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        self.inner.pop_front()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.inner.len, Some(self.inner.len))
    }
}
impl<T> DoubleEndedIterator for IntoIter<T> {
    fn next_back(&mut self) -> Option<T> {
        self.inner.pop_back()
    }
}
impl<T> ExactSizeIterator for IntoIter<T> {}
impl<T> FusedIterator for IntoIter<T> {}
impl<T: fmt::Debug> fmt::Debug for IntoIter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IntoIter").field(&self.inner).finish()
    }
}
impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Iter { inner: self.inner.clone(), left: self.left }
    }
}
impl<T: fmt::Debug> fmt::Debug for Iter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
impl<T> Default for Iter<'_, T> {
    fn default() -> Self {
        let none: &[T] = &[];
        Iter { inner: none.iter().chain(none.iter()), left: 0 }
    }
}
impl<T> Default for IterMut<'_, T> {
    fn default() -> Self {
        let (a, b): (&mut [T], &mut [T]) = (&mut [], &mut []);
        IterMut { inner: a.iter_mut().chain(b.iter_mut()), left: 0 }
    }
}

impl<T: fmt::Debug> fmt::Debug for IterMut<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IterMut").field(&self.inner).finish()
    }
}
impl<T> Default for IntoIter<T> {
    fn default() -> Self {
        IntoIter { inner: VecDeque::new() }
    }
}

/// Elements that have left a queue that stays borrowed.
pub struct Drain<'a, T> {
    pub(super) inner: VecDeque<T>,
    pub(super) ring: PhantomData<&'a mut T>,
}
impl<T> Iterator for Drain<'_, T> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        self.inner.pop_front()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.inner.len, Some(self.inner.len))
    }
}
impl<T> DoubleEndedIterator for Drain<'_, T> {
    fn next_back(&mut self) -> Option<T> {
        self.inner.pop_back()
    }
}
impl<T> ExactSizeIterator for Drain<'_, T> {}
impl<T> FusedIterator for Drain<'_, T> {}
impl<T: fmt::Debug> fmt::Debug for Drain<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Drain").field(&self.inner).finish()
    }
}
