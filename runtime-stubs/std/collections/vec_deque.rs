//! A queue with two ends: a ring in a vector.

use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::intrinsics as i;
use crate::iter::{Chain, Extend, FromIterator, FusedIterator};
use crate::ops::{Index, IndexMut, RangeBounds};
use crate::panicking::panic;
use crate::prelude::v1::*;
use crate::{slice, vec};

/// `ring` owns the room and its length means nothing; element `k` is at `(head + k) mod cap`.
#[lang = "VecDeque"]
pub struct VecDeque<T> {
    ring: Vec<T>,
    cap: usize,
    head: usize,
    len: usize,
}

impl<T> Drop for VecDeque<T> {
    fn drop(&mut self) {
        self.clear();
        unsafe { self.ring.set_len(0) };
    }
}

/// The same elements, bit by bit, in a ring without gaps whose length is theirs: what is written into a record. Not to
/// be dropped.
#[lang = "deque_in_order"]
pub unsafe fn in_order<T>(deque: *const VecDeque<T>) -> VecDeque<T> {
    unsafe {
        let (a, b) = (*deque).as_slices();
        let len = (*deque).len;
        let mut ring: Vec<T> = Vec::with_capacity(len);
        i::copy_nonoverlapping(a.as_ptr(), ring.as_mut_ptr(), a.len());
        i::copy_nonoverlapping(b.as_ptr(), ring.as_mut_ptr().add(a.len()), b.len());
        ring.set_len(len);
        VecDeque { ring, cap: len, head: 0, len }
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
        let at = self.head + k;
        if at >= self.cap { at - self.cap } else { at }
    }
    fn at(&self, k: usize) -> *mut T {
        unsafe { self.ring.as_ptr().add(self.slot(k)) as *mut T }
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
        unsafe { self.ring.set_len(0) };
        self.ring = fresh;
        self.cap = cap;
        self.head = 0;
    }
    fn grow(&mut self) {
        let cap = if self.cap < 4 { 4 } else { self.cap * 2 };
        self.set_capacity(cap);
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
    pub fn reserve(&mut self, additional: usize) {
        let need = self.len + additional;
        if need > self.cap {
            let double = self.cap * 2;
            self.set_capacity(if double > need { double } else { need });
        }
    }
    pub fn reserve_exact(&mut self, additional: usize) {
        self.reserve(additional)
    }
    pub fn shrink_to_fit(&mut self) {}
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
        let mut it = self.iter();
        let mut k = 0;
        while k < r.start {
            it.next();
            k += 1;
        }
        k = r.end;
        while k < self.len {
            it.next_back();
            k += 1;
        }
        it
    }
    pub fn clear(&mut self) {
        self.truncate(0);
        self.head = 0;
    }
    pub fn truncate(&mut self, len: usize) {
        while self.len > len {
            self.pop_back();
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
    pub fn push_front(&mut self, value: T) {
        if self.len == self.cap {
            self.grow();
        }
        self.head = if self.head == 0 { self.cap - 1 } else { self.head - 1 };
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
        let mut k = 0;
        while k < n {
            if let Some(mut x) = self.pop_front() {
                if f(&mut x) {
                    self.push_back(x);
                }
            }
            k += 1;
        }
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
    pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> vec::IntoIter<T> {
        let r = slice::range(range, ..self.len);
        let mut out = Vec::with_capacity(r.end - r.start);
        let n = self.len;
        let mut k = 0;
        while k < n {
            if let Some(x) = self.pop_front() {
                if k >= r.start && k < r.end {
                    out.push(x);
                } else {
                    self.push_back(x);
                }
            }
            k += 1;
        }
        out.into_iter()
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

impl<T> Index<usize> for VecDeque<T> {
    type Output = T;
    #[track_caller]
    fn index(&self, index: usize) -> &T {
        self.get(index).expect("Out of bounds access")
    }
}
impl<T> IndexMut<usize> for VecDeque<T> {
    #[track_caller]
    fn index_mut(&mut self, index: usize) -> &mut T {
        self.get_mut(index).expect("Out of bounds access")
    }
}
impl<T: Clone> Clone for VecDeque<T> {
    fn clone(&self) -> VecDeque<T> {
        self.iter().cloned().collect()
    }
}
impl<T> Default for VecDeque<T> {
    fn default() -> VecDeque<T> {
        VecDeque::new()
    }
}
impl<T: PartialEq> PartialEq for VecDeque<T> {
    fn eq(&self, other: &VecDeque<T>) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}
impl<T: Eq> Eq for VecDeque<T> {}
impl<T: PartialEq<U>, U> PartialEq<Vec<U>> for VecDeque<T> {
    fn eq(&self, other: &Vec<U>) -> bool {
        self.len == other.len() && self.iter().eq(other.iter())
    }
}
impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U; N]> for VecDeque<T> {
    fn eq(&self, other: &[U; N]) -> bool {
        self.len == N && self.iter().eq(other.iter())
    }
}
impl<T: PartialEq<U>, U, const N: usize> PartialEq<&[U; N]> for VecDeque<T> {
    fn eq(&self, other: &&[U; N]) -> bool {
        self.len == N && self.iter().eq(other.iter())
    }
}
impl<T: PartialEq<U>, U> PartialEq<&[U]> for VecDeque<T> {
    fn eq(&self, other: &&[U]) -> bool {
        self.len == other.len() && self.iter().eq(other.iter())
    }
}
impl<T: PartialOrd> PartialOrd for VecDeque<T> {
    fn partial_cmp(&self, other: &VecDeque<T>) -> Option<Ordering> {
        self.iter().partial_cmp(other.iter())
    }
}
impl<T: Ord> Ord for VecDeque<T> {
    fn cmp(&self, other: &VecDeque<T>) -> Ordering {
        self.iter().cmp(other.iter())
    }
}
impl<T: Hash> Hash for VecDeque<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.len);
        for x in self.iter() {
            x.hash(state);
        }
    }
}
impl<T: fmt::Debug> fmt::Debug for VecDeque<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
impl<T> FromIterator<T> for VecDeque<T> {
    #[skeleton = "collect"]
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> VecDeque<T> {
        let mut out = VecDeque::new();
        for x in iter {
            out.push_back(x);
        }
        out
    }
}
impl<T> Extend<T> for VecDeque<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        for x in iter {
            self.push_back(x);
        }
    }
}
impl<'a, T: Copy + 'a> Extend<&'a T> for VecDeque<T> {
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, iter: I) {
        for x in iter {
            self.push_back(*x);
        }
    }
}
impl<T> From<Vec<T>> for VecDeque<T> {
    fn from(v: Vec<T>) -> VecDeque<T> {
        let mut ring = v;
        let n = ring.len();
        unsafe { ring.set_len(0) };
        VecDeque { ring, cap: n, head: 0, len: n }
    }
}
impl<T, const N: usize> From<[T; N]> for VecDeque<T> {
    fn from(a: [T; N]) -> VecDeque<T> {
        VecDeque::from(Vec::from(a))
    }
}

#[derive(Clone)]
pub struct Iter<'a, T> {
    inner: Chain<slice::Iter<'a, T>, slice::Iter<'a, T>>,
    left: usize,
}
pub struct IterMut<'a, T> {
    inner: Chain<slice::IterMut<'a, T>, slice::IterMut<'a, T>>,
    left: usize,
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
    inner: VecDeque<T>,
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
impl<T> IntoIterator for VecDeque<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;
    fn into_iter(self) -> IntoIter<T> {
        IntoIter { inner: self }
    }
}
impl<'a, T> IntoIterator for &'a VecDeque<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}
impl<'a, T> IntoIterator for &'a mut VecDeque<T> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;
    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}
