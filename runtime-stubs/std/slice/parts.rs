//! Methods of `[T]` that take a slice apart.

use super::index;
use super::split::*;
use crate::intrinsics as i;
use crate::mem;
use crate::ops::{Bound, OneSidedRange};
use crate::panicking::panic;
use crate::prelude::v1::*;

#[track_caller]
fn whole_chunks(len: usize, size: usize) -> usize {
    if size == 0 {
        panic("chunk size must be non-zero");
    }
    len / size
}

/// Whether a range is the front of a slice, and where it is cut; none if that is no position.
fn direction<R: OneSidedRange<usize>>(range: R) -> Option<(bool, usize)> {
    match (range.start_bound(), range.end_bound()) {
        (Bound::Unbounded, Bound::Excluded(hi)) => Some((true, *hi)),
        (Bound::Unbounded, Bound::Included(hi)) => Some((true, hi.checked_add(1)?)),
        (Bound::Included(lo), _) => Some((false, *lo)),
        _ => None,
    }
}

impl<T> [T] {
    pub fn split_first(&self) -> Option<(&T, &[T])> {
        if self.is_empty() { None } else { Some((&self[0], &self[1..])) }
    }
    pub fn split_last(&self) -> Option<(&T, &[T])> {
        let n = self.len();
        if n == 0 { None } else { Some((&self[n - 1], &self[..n - 1])) }
    }
    pub fn split_first_mut(&mut self) -> Option<(&mut T, &mut [T])> {
        if self.is_empty() {
            return None;
        }
        let (a, b) = self.split_at_mut(1);
        Some((&mut a[0], b))
    }
    pub fn split_last_mut(&mut self) -> Option<(&mut T, &mut [T])> {
        let n = self.len();
        if n == 0 {
            return None;
        }
        let (a, b) = self.split_at_mut(n - 1);
        Some((&mut b[0], a))
    }
    pub fn first_chunk<const N: usize>(&self) -> Option<&[T; N]> {
        if self.len() < N { None } else { Some(unsafe { &*(self.as_ptr() as *const [T; N]) }) }
    }
    pub fn first_chunk_mut<const N: usize>(&mut self) -> Option<&mut [T; N]> {
        if self.len() < N { None } else { Some(unsafe { &mut *(self.as_mut_ptr() as *mut [T; N]) }) }
    }
    pub fn last_chunk<const N: usize>(&self) -> Option<&[T; N]> {
        let n = self.len();
        if n < N { None } else { Some(unsafe { &*(self.as_ptr().add(n - N) as *const [T; N]) }) }
    }
    pub fn split_first_chunk<const N: usize>(&self) -> Option<(&[T; N], &[T])> {
        match self.first_chunk::<N>() {
            Some(c) => Some((c, &self[N..])),
            None => None,
        }
    }
    pub fn as_array<const N: usize>(&self) -> Option<&[T; N]> {
        if self.len() == N { self.first_chunk::<N>() } else { None }
    }
    #[track_caller]
    pub fn as_chunks<const N: usize>(&self) -> (&[[T; N]], &[T]) {
        let whole = whole_chunks(self.len(), N);
        let (a, b) = self.split_at(whole * N);
        (unsafe { i::slice_from_raw_parts(a.as_ptr() as *const [T; N], whole) }, b)
    }
    #[track_caller]
    pub fn split_at(&self, mid: usize) -> (&[T], &[T]) {
        match self.split_at_checked(mid) {
            Some(pair) => pair,
            None => panic("mid > len"),
        }
    }
    #[track_caller]
    pub fn split_at_mut(&mut self, mid: usize) -> (&mut [T], &mut [T]) {
        if mid > self.len() {
            panic("mid > len");
        }
        let n = self.len();
        let p = self.as_mut_ptr();
        unsafe { (i::slice_from_raw_parts_mut(p, mid), i::slice_from_raw_parts_mut(p.add(mid), n - mid)) }
    }
    pub fn split_at_checked(&self, mid: usize) -> Option<(&[T], &[T])> {
        let n = self.len();
        if mid > n { None } else { Some(unsafe { (index::sub(self, 0, mid), index::sub(self, mid, n)) }) }
    }
    pub fn split_at_mut_checked(&mut self, mid: usize) -> Option<(&mut [T], &mut [T])> {
        if mid > self.len() { None } else { Some(self.split_at_mut(mid)) }
    }
    pub fn split<F: FnMut(&T) -> bool>(&self, pred: F) -> Split<'_, T, F> {
        Split::new(self, pred)
    }
    pub fn split_mut<F: FnMut(&T) -> bool>(&mut self, pred: F) -> SplitMut<'_, T, F> {
        SplitMut::new(self, pred)
    }
    pub fn split_inclusive<F: FnMut(&T) -> bool>(&self, pred: F) -> SplitInclusive<'_, T, F> {
        SplitInclusive::new(self, pred)
    }
    pub fn rsplit<F: FnMut(&T) -> bool>(&self, pred: F) -> RSplit<'_, T, F> {
        RSplit::new(Split::new(self, pred))
    }
    pub fn splitn<F: FnMut(&T) -> bool>(&self, n: usize, pred: F) -> SplitN<'_, T, F> {
        SplitN::new(Split::new(self, pred), n)
    }
    pub fn splitn_mut<F: FnMut(&T) -> bool>(&mut self, n: usize, pred: F) -> SplitNMut<'_, T, F> {
        SplitNMut::new(SplitMut::new(self, pred), n)
    }
    pub fn rsplit_mut<F: FnMut(&T) -> bool>(&mut self, pred: F) -> RSplitMut<'_, T, F> {
        RSplitMut::new(SplitMut::new(self, pred))
    }
    pub fn rsplitn<F: FnMut(&T) -> bool>(&self, n: usize, pred: F) -> RSplitN<'_, T, F> {
        RSplitN::new(self.rsplit(pred), n)
    }
    pub fn rsplitn_mut<F: FnMut(&T) -> bool>(&mut self, n: usize, pred: F) -> RSplitNMut<'_, T, F> {
        RSplitNMut::new(self.rsplit_mut(pred), n)
    }
    pub fn split_inclusive_mut<F: FnMut(&T) -> bool>(&mut self, pred: F) -> SplitInclusiveMut<'_, T, F> {
        SplitInclusiveMut::new(self, pred)
    }
    pub fn last_chunk_mut<const N: usize>(&mut self) -> Option<&mut [T; N]> {
        match self.split_last_chunk_mut::<N>() {
            Some((_, last)) => Some(last),
            None => None,
        }
    }
    pub fn split_first_chunk_mut<const N: usize>(&mut self) -> Option<(&mut [T; N], &mut [T])> {
        match self.split_at_mut_checked(N) {
            Some((a, b)) => Some((unsafe { &mut *(a.as_mut_ptr() as *mut [T; N]) }, b)),
            None => None,
        }
    }
    pub fn split_last_chunk<const N: usize>(&self) -> Option<(&[T], &[T; N])> {
        match self.last_chunk::<N>() {
            Some(last) => Some((&self[..self.len() - N], last)),
            None => None,
        }
    }
    pub fn split_last_chunk_mut<const N: usize>(&mut self) -> Option<(&mut [T], &mut [T; N])> {
        if self.len() < N {
            return None;
        }
        let (a, b) = self.split_at_mut(self.len() - N);
        Some((a, unsafe { &mut *(b.as_mut_ptr() as *mut [T; N]) }))
    }
    pub fn as_mut_array<const N: usize>(&mut self) -> Option<&mut [T; N]> {
        if self.len() == N { self.first_chunk_mut::<N>() } else { None }
    }
    #[track_caller]
    pub fn as_chunks_mut<const N: usize>(&mut self) -> (&mut [[T; N]], &mut [T]) {
        let whole = whole_chunks(self.len(), N);
        let (a, b) = self.split_at_mut(whole * N);
        (unsafe { i::slice_from_raw_parts_mut(a.as_mut_ptr() as *mut [T; N], whole) }, b)
    }
    #[track_caller]
    pub fn as_rchunks<const N: usize>(&self) -> (&[T], &[[T; N]]) {
        let whole = whole_chunks(self.len(), N);
        let (a, b) = self.split_at(self.len() - whole * N);
        (a, unsafe { i::slice_from_raw_parts(b.as_ptr() as *const [T; N], whole) })
    }
    #[track_caller]
    pub fn as_rchunks_mut<const N: usize>(&mut self) -> (&mut [T], &mut [[T; N]]) {
        let whole = whole_chunks(self.len(), N);
        let (a, b) = self.split_at_mut(self.len() - whole * N);
        (a, unsafe { i::slice_from_raw_parts_mut(b.as_mut_ptr() as *mut [T; N], whole) })
    }
    /// Removes the part in `range`, which reaches one end, and gives it.
    pub fn split_off<'a, R: OneSidedRange<usize>>(self: &mut &'a Self, range: R) -> Option<&'a Self> {
        let (front, mid) = direction(range)?;
        let (a, b) = self.split_at_checked(mid)?;
        let (out, left) = if front { (a, b) } else { (b, a) };
        *self = left;
        Some(out)
    }
    pub fn split_off_mut<'a, R: OneSidedRange<usize>>(self: &mut &'a mut Self, range: R) -> Option<&'a mut Self> {
        let (front, mid) = direction(range)?;
        if mid > self.len() {
            return None;
        }
        let (a, b) = mem::take(self).split_at_mut(mid);
        let (out, left) = if front { (a, b) } else { (b, a) };
        *self = left;
        Some(out)
    }
    pub fn split_off_first<'a>(self: &mut &'a Self) -> Option<&'a T> {
        let (first, rest) = self.split_first()?;
        *self = rest;
        Some(first)
    }
    pub fn split_off_first_mut<'a>(self: &mut &'a mut Self) -> Option<&'a mut T> {
        let (first, rest) = mem::take(self).split_first_mut()?;
        *self = rest;
        Some(first)
    }
    pub fn split_off_last<'a>(self: &mut &'a Self) -> Option<&'a T> {
        let (last, rest) = self.split_last()?;
        *self = rest;
        Some(last)
    }
    pub fn split_off_last_mut<'a>(self: &mut &'a mut Self) -> Option<&'a mut T> {
        let (last, rest) = mem::take(self).split_last_mut()?;
        *self = rest;
        Some(last)
    }
}
