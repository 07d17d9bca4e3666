//! Methods and traits of `[T; N]`. `Copy` and `Clone` are the compiler's.

use crate::borrow::{Borrow, BorrowMut};
use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::intrinsics as i;
use crate::iter::FusedIterator;
use crate::mem;
use crate::ops::{Index, IndexMut};
use crate::prelude::v1::*;
use crate::slice::SliceIndex;

/// An array made in index order.
pub fn from_fn<T, const N: usize, F: FnMut(usize) -> T>(mut f: F) -> [T; N] {
    let mut v: Vec<T> = Vec::with_capacity(N);
    let mut k = 0;
    while k < N {
        v.push(f(k));
        k += 1;
    }
    take_array(v)
}
/// What `[const { e }; N]` is: `e` for each place, of a type that need not be `Copy`.
pub fn __repeat<T, const N: usize, F: FnMut() -> T>(mut e: F, _places: [(); N]) -> [T; N] {
    from_fn(|_| e())
}
fn take_array<T, const N: usize>(mut v: Vec<T>) -> [T; N] {
    unsafe {
        v.set_len(0);
        i::read(v.as_ptr() as *const [T; N])
    }
}
/// An array of clones of one value, which becomes the last of them.
pub fn repeat<T: Clone, const N: usize>(val: T) -> [T; N] {
    take_array(crate::vec::from_elem(val, N))
}
pub fn from_mut<T>(s: &mut T) -> &mut [T; 1] {
    unsafe { &mut *(s as *mut T as *mut [T; 1]) }
}
pub fn from_ref<T>(s: &T) -> &[T; 1] {
    unsafe { &*(s as *const T as *const [T; 1]) }
}

impl<T, const N: usize> [T; N] {
    pub fn map<U, F: FnMut(T) -> U>(self, mut f: F) -> [U; N] {
        let mut v: Vec<U> = Vec::with_capacity(N);
        for x in self {
            v.push(f(x));
        }
        take_array(v)
    }
    pub const fn as_slice(&self) -> &[T] {
        unsafe { i::slice_from_raw_parts(self as *const [T; N] as *const T, N) }
    }
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        unsafe { i::slice_from_raw_parts_mut(self as *mut [T; N] as *mut T, N) }
    }
    pub fn each_ref(&self) -> [&T; N] {
        from_fn(|k| unsafe { &*(self as *const [T; N] as *const T).add(k) })
    }
    pub fn each_mut(&mut self) -> [&mut T; N] {
        let p = self as *mut [T; N] as *mut T;
        from_fn(|k| unsafe { &mut *p.add(k) })
    }
}

impl<T, I: SliceIndex<[T]>, const N: usize> Index<I> for [T; N] {
    type Output = I::Output;
    #[track_caller]
    fn index(&self, index: I) -> &I::Output {
        index.index(self.as_slice())
    }
}
impl<T, I: SliceIndex<[T]>, const N: usize> IndexMut<I> for [T; N] {
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        index.index_mut(self.as_mut_slice())
    }
}

impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U; N]> for [T; N] {
    fn eq(&self, other: &[U; N]) -> bool {
        *self.as_slice() == *other.as_slice()
    }
}
impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U]> for [T; N] {
    fn eq(&self, other: &[U]) -> bool {
        *self.as_slice() == *other
    }
}
impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U; N]> for [T] {
    fn eq(&self, other: &[U; N]) -> bool {
        *self == *other.as_slice()
    }
}
impl<T: PartialEq<U>, U, const N: usize> PartialEq<&[U]> for [T; N] {
    fn eq(&self, other: &&[U]) -> bool {
        *self.as_slice() == **other
    }
}
impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U; N]> for &[T] {
    fn eq(&self, other: &[U; N]) -> bool {
        **self == *other.as_slice()
    }
}
impl<T: PartialEq<U>, U, const N: usize> PartialEq<&mut [U]> for [T; N] {
    fn eq(&self, other: &&mut [U]) -> bool {
        *self.as_slice() == **other
    }
}
impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U; N]> for &mut [T] {
    fn eq(&self, other: &[U; N]) -> bool {
        **self == *other.as_slice()
    }
}
impl<T: Eq, const N: usize> Eq for [T; N] {}
impl<T: PartialOrd, const N: usize> PartialOrd for [T; N] {
    fn partial_cmp(&self, other: &[T; N]) -> Option<Ordering> {
        self.as_slice().partial_cmp(other.as_slice())
    }
}
impl<T: Ord, const N: usize> Ord for [T; N] {
    fn cmp(&self, other: &[T; N]) -> Ordering {
        self.as_slice().cmp(other.as_slice())
    }
}
impl<T: Hash, const N: usize> Hash for [T; N] {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_slice().hash(state)
    }
}
impl<T: fmt::Debug, const N: usize> fmt::Debug for [T; N] {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slice().fmt(f)
    }
}
impl<T: Default, const N: usize> Default for [T; N] {
    fn default() -> [T; N] {
        from_fn(|_| T::default())
    }
}
impl<T, const N: usize> AsRef<[T]> for [T; N] {
    fn as_ref(&self) -> &[T] {
        self.as_slice()
    }
}
impl<T, const N: usize> AsMut<[T]> for [T; N] {
    fn as_mut(&mut self) -> &mut [T] {
        self.as_mut_slice()
    }
}
impl<T, const N: usize> Borrow<[T]> for [T; N] {
    fn borrow(&self) -> &[T] {
        self.as_slice()
    }
}
impl<T, const N: usize> BorrowMut<[T]> for [T; N] {
    fn borrow_mut(&mut self) -> &mut [T] {
        self.as_mut_slice()
    }
}

#[derive(Debug, Copy, Clone)]
pub struct TryFromSliceError(());

impl fmt::Display for TryFromSliceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("could not convert slice to array")
    }
}
impl crate::error::Error for TryFromSliceError {}
impl From<crate::convert::Infallible> for TryFromSliceError {
    fn from(x: crate::convert::Infallible) -> TryFromSliceError {
        match x {}
    }
}

impl<T: Copy, const N: usize> TryFrom<&[T]> for [T; N] {
    type Error = TryFromSliceError;
    fn try_from(slice: &[T]) -> Result<[T; N], TryFromSliceError> {
        match slice.as_array::<N>() {
            Some(a) => Ok(*a),
            None => Err(TryFromSliceError(())),
        }
    }
}
impl<T: Copy, const N: usize> TryFrom<&mut [T]> for [T; N] {
    type Error = TryFromSliceError;
    fn try_from(slice: &mut [T]) -> Result<[T; N], TryFromSliceError> {
        <[T; N]>::try_from(&*slice)
    }
}
impl<'a, T, const N: usize> TryFrom<&'a [T]> for &'a [T; N] {
    type Error = TryFromSliceError;
    fn try_from(slice: &'a [T]) -> Result<&'a [T; N], TryFromSliceError> {
        slice.as_array::<N>().ok_or(TryFromSliceError(()))
    }
}
impl<'a, T, const N: usize> TryFrom<&'a mut [T]> for &'a mut [T; N] {
    type Error = TryFromSliceError;
    fn try_from(slice: &'a mut [T]) -> Result<&'a mut [T; N], TryFromSliceError> {
        slice.as_mut_array::<N>().ok_or(TryFromSliceError(()))
    }
}

/// The elements `[lo, hi)` have not been given out yet.
#[lang = "array_into_iter"]
pub struct IntoIter<T, const N: usize> {
    array: mem::ManuallyDrop<[T; N]>,
    lo: usize,
    hi: usize,
}
impl<T, const N: usize> IntoIter<T, N> {
    fn ptr(&self) -> *const T {
        &*self.array as *const [T; N] as *const T
    }
    pub fn as_slice(&self) -> &[T] {
        unsafe { i::slice_from_raw_parts(self.ptr().add(self.lo), self.hi - self.lo) }
    }
}
impl<T, const N: usize> Drop for IntoIter<T, N> {
    fn drop(&mut self) {
        if mem::needs_drop::<T>() {
            while self.lo < self.hi {
                unsafe { i::drop_in_place(self.ptr().add(self.lo) as *mut T) };
                self.lo += 1;
            }
        }
    }
}
impl<T: Clone, const N: usize> Clone for IntoIter<T, N> {
    fn clone(&self) -> Self {
        let mut copy = IntoIter { array: mem::ManuallyDrop::new(unsafe { i::read(&*self.array as *const [T; N]) }), lo: self.lo, hi: self.hi };
        let p = &mut *copy.array as *mut [T; N] as *mut T;
        let mut k = self.lo;
        while k < self.hi {
            unsafe { i::write(p.add(k), (*self.ptr().add(k)).clone()) };
            k += 1;
        }
        copy
    }
}
impl<T: fmt::Debug, const N: usize> fmt::Debug for IntoIter<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IntoIter").field(self.as_slice()).finish()
    }
}
impl<T, const N: usize> Iterator for IntoIter<T, N> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        if self.lo == self.hi {
            return None;
        }
        let at = self.lo;
        self.lo = at + 1;
        Some(unsafe { i::read(self.ptr().add(at)) })
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.hi - self.lo, Some(self.hi - self.lo))
    }
}
impl<T, const N: usize> DoubleEndedIterator for IntoIter<T, N> {
    fn next_back(&mut self) -> Option<T> {
        if self.lo == self.hi {
            return None;
        }
        self.hi -= 1;
        Some(unsafe { i::read(self.ptr().add(self.hi)) })
    }
}
impl<T, const N: usize> ExactSizeIterator for IntoIter<T, N> {}
impl<T, const N: usize> FusedIterator for IntoIter<T, N> {}

impl<T, const N: usize> IntoIterator for [T; N] {
    type Item = T;
    type IntoIter = IntoIter<T, N>;
    fn into_iter(self) -> IntoIter<T, N> {
        IntoIter { array: mem::ManuallyDrop::new(self), lo: 0, hi: N }
    }
}
impl<'a, T, const N: usize> IntoIterator for &'a [T; N] {
    type Item = &'a T;
    type IntoIter = crate::slice::Iter<'a, T>;
    fn into_iter(self) -> crate::slice::Iter<'a, T> {
        self.as_slice().iter()
    }
}
impl<'a, T, const N: usize> IntoIterator for &'a mut [T; N] {
    type Item = &'a mut T;
    type IntoIter = crate::slice::IterMut<'a, T>;
    fn into_iter(self) -> crate::slice::IterMut<'a, T> {
        self.as_mut_slice().iter_mut()
    }
}
