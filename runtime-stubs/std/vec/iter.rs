//! Iterators that take elements out of a vector.

use super::Vec;
use crate::fmt;
use crate::intrinsics as i;
use crate::iter::{FusedIterator, Indexed, Splittable};
use crate::mem;
use crate::prelude::v1::*;

/// `vec` owns the buffer and has length 0; the elements `[lo, hi)` are still there.
#[lang = "vec_into_iter"]
pub struct IntoIter<T> {
    vec: Vec<T>,
    lo: usize,
    hi: usize,
}
impl<T> IntoIter<T> {
    pub(crate) fn new(mut vec: Vec<T>) -> Self {
        let hi = vec.len();
        unsafe { vec.set_len(0) };
        IntoIter { vec, lo: 0, hi }
    }
    pub fn as_slice(&self) -> &[T] {
        unsafe { i::slice_from_raw_parts(self.vec.as_ptr().add(self.lo), self.hi - self.lo) }
    }
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        unsafe { i::slice_from_raw_parts_mut(self.vec.as_mut_ptr().add(self.lo), self.hi - self.lo) }
    }
}
impl<T> Drop for IntoIter<T> {
    fn drop(&mut self) {
        if mem::needs_drop::<T>() {
            while self.lo < self.hi {
                unsafe { i::drop_in_place(self.vec.as_mut_ptr().add(self.lo)) };
                self.lo += 1;
            }
        }
    }
}
impl<T: Clone> Clone for IntoIter<T> {
    fn clone(&self) -> Self {
        self.as_slice().to_vec().into_iter()
    }
}
impl<T: fmt::Debug> fmt::Debug for IntoIter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IntoIter").field(self.as_slice()).finish()
    }
}
impl<T> Default for IntoIter<T> {
    fn default() -> Self {
        Vec::new().into_iter()
    }
}
impl<T> Iterator for IntoIter<T> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        if self.lo == self.hi {
            return None;
        }
        let at = self.lo;
        self.lo = unsafe { i::wrapping_add(at, 1) };
        Some(unsafe { i::read(self.vec.as_ptr().add(at)) })
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.hi - self.lo, Some(self.hi - self.lo))
    }
}
impl<T> DoubleEndedIterator for IntoIter<T> {
    fn next_back(&mut self) -> Option<T> {
        if self.lo == self.hi {
            return None;
        }
        self.hi = unsafe { i::wrapping_sub(self.hi, 1) };
        Some(unsafe { i::read(self.vec.as_ptr().add(self.hi)) })
    }
}
impl<T> ExactSizeIterator for IntoIter<T> {}
impl<T> FusedIterator for IntoIter<T> {}
impl<T> Splittable for IntoIter<T> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        self.hi - self.lo
    }
    fn slice(mut self, lo: usize, hi: usize) -> Self {
        let (a, b) = (self.lo + lo, self.lo + hi);
        while self.hi > b {
            self.hi -= 1;
            unsafe { i::drop_in_place(self.vec.as_mut_ptr().add(self.hi)) };
        }
        while self.lo < a {
            unsafe { i::drop_in_place(self.vec.as_mut_ptr().add(self.lo)) };
            self.lo += 1;
        }
        self
    }
}
impl<T> Indexed for IntoIter<T> {}

/// The vector is cut at the start of the drained range; the tail `[tail, end)` is moved down on drop.
pub struct Drain<'a, T> {
    vec: &'a mut Vec<T>,
    lo: usize,
    hi: usize,
    tail: usize,
    end: usize,
}
impl<'a, T> Drain<'a, T> {
    pub(crate) fn new(vec: &'a mut Vec<T>, lo: usize, hi: usize, end: usize) -> Self {
        Drain { vec, lo, hi, tail: hi, end }
    }
    pub fn as_slice(&self) -> &[T] {
        unsafe { i::slice_from_raw_parts(self.vec.as_ptr().add(self.lo), self.hi - self.lo) }
    }
}
impl<T> Drop for Drain<'_, T> {
    fn drop(&mut self) {
        let p = self.vec.as_mut_ptr();
        while self.lo < self.hi {
            unsafe { i::drop_in_place(p.add(self.lo)) };
            self.lo += 1;
        }
        let start = self.vec.len();
        let n = self.end - self.tail;
        unsafe {
            i::copy(p.add(self.tail) as *const T, p.add(start), n);
            self.vec.set_len(start + n);
        }
    }
}
impl<T> Iterator for Drain<'_, T> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        if self.lo == self.hi {
            return None;
        }
        let at = self.lo;
        self.lo += 1;
        Some(unsafe { i::read(self.vec.as_ptr().add(at)) })
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.hi - self.lo, Some(self.hi - self.lo))
    }
}
impl<T> DoubleEndedIterator for Drain<'_, T> {
    fn next_back(&mut self) -> Option<T> {
        if self.lo == self.hi {
            return None;
        }
        self.hi -= 1;
        Some(unsafe { i::read(self.vec.as_ptr().add(self.hi)) })
    }
}
impl<T> AsRef<[T]> for Drain<'_, T> {
    fn as_ref(&self) -> &[T] {
        self.as_slice()
    }
}
impl<T: fmt::Debug> fmt::Debug for Drain<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Drain").field(&self.as_slice()).finish()
    }
}
impl<T> AsRef<[T]> for IntoIter<T> {
    fn as_ref(&self) -> &[T] {
        self.as_slice()
    }
}
impl<T> ExactSizeIterator for Drain<'_, T> {}
impl<T> FusedIterator for Drain<'_, T> {}

/// What `splice` took out; the replacement is already in place.
pub struct Splice<'a, T> {
    pub(crate) removed: IntoIter<T>,
    pub(crate) vec: crate::marker::PhantomData<&'a mut Vec<T>>,
}
impl<T> Iterator for Splice<'_, T> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        self.removed.next()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.removed.size_hint()
    }
}
impl<T> DoubleEndedIterator for Splice<'_, T> {
    fn next_back(&mut self) -> Option<T> {
        self.removed.next_back()
    }
}
impl<T> ExactSizeIterator for Splice<'_, T> {}

pub struct ExtractIf<'a, T, F> {
    vec: &'a mut Vec<T>,
    at: usize,
    end: usize,
    filter: F,
}
impl<'a, T, F> ExtractIf<'a, T, F> {
    pub(crate) fn new(vec: &'a mut Vec<T>, at: usize, end: usize, filter: F) -> Self {
        ExtractIf { vec, at, end, filter }
    }
}
impl<T, F: FnMut(&mut T) -> bool> Iterator for ExtractIf<'_, T, F> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        while self.at < self.end {
            if (self.filter)(&mut self.vec[self.at]) {
                self.end -= 1;
                return Some(self.vec.remove(self.at));
            }
            self.at += 1;
        }
        None
    }
}

impl<T> IntoIterator for Vec<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;
    #[skeleton = "source"]
    fn into_iter(self) -> IntoIter<T> {
        IntoIter::new(self)
    }
}
impl<'a, T> IntoIterator for &'a Vec<T> {
    type Item = &'a T;
    type IntoIter = crate::slice::Iter<'a, T>;
    fn into_iter(self) -> crate::slice::Iter<'a, T> {
        self.as_slice().iter()
    }
}
impl<'a, T> IntoIterator for &'a mut Vec<T> {
    type Item = &'a mut T;
    type IntoIter = crate::slice::IterMut<'a, T>;
    fn into_iter(self) -> crate::slice::IterMut<'a, T> {
        self.as_mut_slice().iter_mut()
    }
}
