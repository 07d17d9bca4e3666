//! A queue with two ends: a ring in a vector.

mod iter;
mod traits;

pub use self::iter::{Drain, IntoIter, Iter, IterMut};

use super::TryReserveError;
use crate::cmp::Ordering;
use crate::intrinsics as i;
use crate::marker::PhantomData;
use crate::ops::RangeBounds;
use crate::panicking::panic;
use crate::prelude::v1::*;
use crate::{mem, rt, slice};

/// `ring` has length 0 and owns the room; element `k` is at `(head + k) mod cap`.
pub struct VecDeque<T> {
    ring: Vec<T>,
    cap: usize,
    head: usize,
    len: usize,
}

impl<T> Drop for VecDeque<T> {
    fn drop(&mut self) {
        self.clear();
    }
}

impl<T> VecDeque<T> {
    pub const fn new() -> VecDeque<T> {
        VecDeque { ring: Vec::new(), cap: 0, head: 0, len: 0 }
    }
    pub fn with_capacity(capacity: usize) -> VecDeque<T> {
        VecDeque { ring: Vec::with_capacity(capacity), cap: capacity, head: 0, len: 0 }
    }
    fn slot(&self, k: usize) -> usize {
        if mem::size_of::<T>() == 0 {
            return 0;
        }
        let at = self.head + k;
        if at >= self.cap { at - self.cap } else { at }
    }
    fn at(&self, k: usize) -> *mut T {
        unsafe { self.ring.as_ptr().add(self.slot(k)) as *mut T }
    }
    /// A larger ring, its elements where Rust has them: after growth the shorter part of a wrapped ring moves.
    fn grow_to(&mut self, need: usize, exact: bool) {
        let old = self.cap;
        if exact { self.ring.reserve_exact(need) } else { self.ring.reserve(need) }
        let cap = self.ring.room();
        self.cap = cap;
        if self.head + self.len > old {
            let first = old - self.head;
            let second = self.len - first;
            let p = self.ring.as_mut_ptr();
            unsafe {
                if first > second && cap - old >= second {
                    i::copy_nonoverlapping(p as *const T, p.add(old), second);
                } else {
                    i::copy(p.add(self.head) as *const T, p.add(cap - first), first);
                    self.head = cap - first;
                }
            }
        }
    }
    /// Moves everything to a new ring that starts at 0.
    fn set_capacity(&mut self, cap: usize) {
        let mut fresh: Vec<T> = Vec::with_capacity(cap);
        {
            let (a, b) = self.as_slices();
            unsafe {
                i::copy_nonoverlapping(a.as_ptr(), fresh.as_mut_ptr(), a.len());
                i::copy_nonoverlapping(b.as_ptr(), fresh.as_mut_ptr().add(a.len()), b.len());
            }
        }
        self.ring = fresh;
        self.cap = cap;
        self.head = 0;
    }
    fn grow(&mut self) {
        self.grow_to(self.cap + 1, false);
    }
    pub fn get(&self, index: usize) -> Option<&T> {
        if index < self.len { Some(unsafe { &*self.at(index) }) } else { None }
    }
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        if index < self.len { Some(unsafe { &mut *self.at(index) }) } else { None }
    }
    #[track_caller]
    pub fn swap(&mut self, a: usize, b: usize) {
        if a >= self.len {
            panic("assertion failed: i < self.len()");
        }
        if b >= self.len {
            panic("assertion failed: j < self.len()");
        }
        unsafe { crate::ptr::swap(self.at(a), self.at(b)) }
    }
    #[track_caller]
    pub fn reserve(&mut self, additional: usize) {
        let need = self.len.checked_add(additional).expect("capacity overflow");
        if need > self.cap {
            self.grow_to(need, false);
        }
    }
    #[track_caller]
    pub fn reserve_exact(&mut self, additional: usize) {
        let need = self.len.checked_add(additional).expect("capacity overflow");
        if need > self.cap {
            self.grow_to(need, true);
        }
    }
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.check_room(additional)?;
        self.reserve(additional);
        Ok(())
    }
    pub fn try_reserve_exact(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.check_room(additional)?;
        self.reserve_exact(additional);
        Ok(())
    }
    fn check_room(&self, additional: usize) -> Result<(), TryReserveError> {
        match self.len.checked_add(additional) {
            Some(need) => self.ring.check_room(need),
            None => Err(TryReserveError::overflow()),
        }
    }
    pub fn capacity(&self) -> usize {
        rt::room(if mem::size_of::<T>() == 0 { usize::MAX } else { self.cap })
    }
    pub fn shrink_to_fit(&mut self) {
        self.shrink_to(0)
    }
    pub fn shrink_to(&mut self, min_capacity: usize) {
        let least = if min_capacity > self.len { min_capacity } else { self.len };
        if least < self.cap {
            self.set_capacity(least);
        }
    }
    pub fn len(&self) -> usize {
        self.len
    }
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
    pub fn as_slices(&self) -> (&[T], &[T]) {
        let p = self.ring.as_ptr();
        unsafe {
            if self.head + self.len <= self.cap {
                (i::slice_from_raw_parts(p.add(self.head), self.len), i::slice_from_raw_parts(p, 0))
            } else {
                let first = self.cap - self.head;
                (i::slice_from_raw_parts(p.add(self.head), first), i::slice_from_raw_parts(p, self.len - first))
            }
        }
    }
    pub fn as_mut_slices(&mut self) -> (&mut [T], &mut [T]) {
        let (a, b) = self.as_slices();
        let (p, n, q, m) = (a.as_ptr() as *mut T, a.len(), b.as_ptr() as *mut T, b.len());
        unsafe { (i::slice_from_raw_parts_mut(p, n), i::slice_from_raw_parts_mut(q, m)) }
    }
    pub fn make_contiguous(&mut self) -> &mut [T] {
        if self.head + self.len > self.cap {
            self.set_capacity(self.cap);
        }
        self.as_mut_slices().0
    }
    pub fn iter(&self) -> Iter<'_, T> {
        let (a, b) = self.as_slices();
        Iter { inner: a.iter().chain(b.iter()), left: self.len }
    }
    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        let left = self.len;
        let (a, b) = self.as_mut_slices();
        IterMut { inner: a.iter_mut().chain(b.iter_mut()), left }
    }
    #[track_caller]
    pub fn range<R: RangeBounds<usize>>(&self, range: R) -> Iter<'_, T> {
        let r = slice::range(range, ..self.len);
        let (a, b) = self.as_slices();
        let n = a.len();
        let a = if r.start < n { &a[r.start..r.end.min(n)] } else { &[] };
        let b = if r.end > n { &b[r.start.max(n) - n..r.end - n] } else { &[] };
        Iter { inner: a.iter().chain(b.iter()), left: r.end - r.start }
    }
    #[track_caller]
    pub fn range_mut<R: RangeBounds<usize>>(&mut self, range: R) -> IterMut<'_, T> {
        let r = slice::range(range, ..self.len);
        let (a, b) = self.as_mut_slices();
        let n = a.len();
        let a = if r.start < n { &mut a[r.start..r.end.min(n)] } else { &mut [] };
        let b = if r.end > n { &mut b[r.start.max(n) - n..r.end - n] } else { &mut [] };
        IterMut { inner: a.iter_mut().chain(b.iter_mut()), left: r.end - r.start }
    }
    pub fn clear(&mut self) {
        self.truncate(0);
        self.head = 0;
    }
    pub fn truncate(&mut self, len: usize) {
        let n = self.len;
        if len >= n {
            return;
        }
        self.len = len;
        if mem::needs_drop::<T>() {
            let mut k = len;
            while k < n {
                unsafe { i::drop_in_place(self.at(k)) };
                k += 1;
            }
        }
    }
    pub fn contains(&self, x: &T) -> bool
    where
        T: PartialEq,
    {
        let (a, b) = self.as_slices();
        a.contains(x) || b.contains(x)
    }
    pub fn front(&self) -> Option<&T> {
        self.get(0)
    }
    pub fn front_mut(&mut self) -> Option<&mut T> {
        self.get_mut(0)
    }
    pub fn back(&self) -> Option<&T> {
        if self.len == 0 { None } else { self.get(self.len - 1) }
    }
    pub fn back_mut(&mut self) -> Option<&mut T> {
        if self.len == 0 { None } else { self.get_mut(self.len - 1) }
    }
    pub fn pop_front(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        let value = unsafe { i::read(self.at(0) as *const T) };
        self.head = self.slot(1);
        self.len -= 1;
        Some(value)
    }
    pub fn pop_back(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        self.len -= 1;
        Some(unsafe { i::read(self.at(self.len) as *const T) })
    }
    pub fn pop_front_if(&mut self, predicate: impl FnOnce(&mut T) -> bool) -> Option<T> {
        let hit = self.front_mut().is_some_and(predicate);
        if hit { self.pop_front() } else { None }
    }
    pub fn pop_back_if(&mut self, predicate: impl FnOnce(&mut T) -> bool) -> Option<T> {
        let hit = self.back_mut().is_some_and(predicate);
        if hit { self.pop_back() } else { None }
    }
    pub fn push_front_mut(&mut self, value: T) -> &mut T {
        self.push_front(value);
        unsafe { &mut *self.at(0) }
    }
    pub fn push_back_mut(&mut self, value: T) -> &mut T {
        self.push_back(value);
        unsafe { &mut *self.at(self.len - 1) }
    }
    #[track_caller]
    pub fn insert_mut(&mut self, index: usize, value: T) -> &mut T {
        self.insert(index, value);
        unsafe { &mut *self.at(index) }
    }
    pub fn push_front(&mut self, value: T) {
        if self.len == self.cap {
            self.grow();
        }
        if mem::size_of::<T>() != 0 {
            self.head = if self.head == 0 { self.cap - 1 } else { self.head - 1 };
        }
        self.len += 1;
        unsafe { i::write(self.at(0), value) };
    }
    pub fn push_back(&mut self, value: T) {
        if self.len == self.cap {
            self.grow();
        }
        self.len += 1;
        unsafe { i::write(self.at(self.len - 1), value) };
    }
    pub fn swap_remove_front(&mut self, index: usize) -> Option<T> {
        if index >= self.len {
            return None;
        }
        if index != 0 {
            self.swap(index, 0);
        }
        self.pop_front()
    }
    pub fn swap_remove_back(&mut self, index: usize) -> Option<T> {
        if index >= self.len {
            return None;
        }
        if index != self.len - 1 {
            self.swap(index, self.len - 1);
        }
        self.pop_back()
    }
    #[track_caller]
    pub fn insert(&mut self, index: usize, value: T) {
        if index > self.len {
            panic("index out of bounds");
        }
        self.push_back(value);
        let mut k = self.len - 1;
        while k > index {
            self.swap(k, k - 1);
            k -= 1;
        }
    }
    pub fn remove(&mut self, index: usize) -> Option<T> {
        if index >= self.len {
            return None;
        }
        let mut k = index;
        while k + 1 < self.len {
            self.swap(k, k + 1);
            k += 1;
        }
        self.pop_back()
    }
    #[track_caller]
    pub fn split_off(&mut self, at: usize) -> VecDeque<T> {
        if at > self.len {
            panic("`at` out of bounds");
        }
        let mut tail = VecDeque::with_capacity(self.len - at);
        let n = self.len;
        let mut k = at;
        while k < n {
            tail.push_back(unsafe { i::read(self.at(k) as *const T) });
            k += 1;
        }
        self.len = at;
        tail
    }
    pub fn append(&mut self, other: &mut VecDeque<T>) {
        self.reserve(other.len);
        while let Some(x) = other.pop_front() {
            self.push_back(x);
        }
    }
    pub fn retain<F: FnMut(&T) -> bool>(&mut self, mut f: F) {
        self.retain_mut(|x| f(x))
    }
    pub fn retain_mut<F: FnMut(&mut T) -> bool>(&mut self, mut f: F) {
        let n = self.len;
        let mut kept = 0;
        while kept < n && f(unsafe { &mut *self.at(kept) }) {
            kept += 1;
        }
        let mut k = kept + 1;
        while k < n {
            if f(unsafe { &mut *self.at(k) }) {
                self.swap(kept, k);
                kept += 1;
            }
            k += 1;
        }
        self.truncate(kept);
    }
    pub fn resize(&mut self, new_len: usize, value: T)
    where
        T: Clone,
    {
        self.truncate(new_len);
        while self.len < new_len {
            self.push_back(value.clone());
        }
    }
    pub fn resize_with(&mut self, new_len: usize, mut generator: impl FnMut() -> T) {
        self.truncate(new_len);
        while self.len < new_len {
            self.push_back(generator());
        }
    }
    #[track_caller]
    pub fn rotate_left(&mut self, n: usize) {
        if n > self.len {
            panic("assertion failed: n <= self.len()");
        }
        self.make_contiguous().rotate_left(n);
    }
    #[track_caller]
    pub fn rotate_right(&mut self, n: usize) {
        if n > self.len {
            panic("assertion failed: n <= self.len()");
        }
        self.make_contiguous().rotate_right(n);
    }
    /// The drained elements leave at once; what remains closes up.
    #[track_caller]
    pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> Drain<'_, T> {
        let r = slice::range(range, ..self.len);
        let mut out = VecDeque::with_capacity(r.end - r.start);
        let n = self.len;
        let mut k = 0;
        while k < n {
            if let Some(x) = self.pop_front() {
                if k >= r.start && k < r.end { out.push_back(x) } else { self.push_back(x) }
            }
            k += 1;
        }
        Drain { inner: out, ring: PhantomData }
    }
    pub fn binary_search(&self, x: &T) -> Result<usize, usize>
    where
        T: Ord,
    {
        self.binary_search_by(|e| e.cmp(x))
    }
    pub fn binary_search_by<'a, F: FnMut(&'a T) -> Ordering>(&'a self, mut f: F) -> Result<usize, usize> {
        let (front, back) = self.as_slices();
        let cmp_back = match back.first() {
            Some(x) => Some(f(x)),
            None => None,
        };
        if let Some(Ordering::Equal) = cmp_back {
            Ok(front.len())
        } else if let Some(Ordering::Less) = cmp_back {
            match back.binary_search_by(f) {
                Ok(n) => Ok(n + front.len()),
                Err(n) => Err(n + front.len()),
            }
        } else {
            front.binary_search_by(f)
        }
    }
    pub fn binary_search_by_key<'a, B: Ord, F: FnMut(&'a T) -> B>(&'a self, b: &B, mut f: F) -> Result<usize, usize> {
        self.binary_search_by(|k| f(k).cmp(b))
    }
    pub fn partition_point<P: FnMut(&T) -> bool>(&self, mut pred: P) -> usize {
        let (front, back) = self.as_slices();
        match back.first() {
            Some(x) if pred(x) => back.partition_point(pred) + front.len(),
            _ => front.partition_point(pred),
        }
    }
    pub(crate) fn into_vec(mut self) -> Vec<T> {
        self.make_contiguous();
        let mut out = Vec::with_capacity(self.len);
        while let Some(x) = self.pop_front() {
            out.push(x);
        }
        out
    }
}
