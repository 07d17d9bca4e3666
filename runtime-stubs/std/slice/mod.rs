//! Methods of `[T]`.

pub mod bytes;
pub mod chunk_by;
pub mod chunks;
pub mod cmp;
pub mod disjoint;
pub mod index;
pub mod iter;
pub mod order;
pub mod parts;
pub mod rchunks;
#[wrapping_arithmetic]
pub mod sort;
pub mod split;
pub mod windows;

pub use self::bytes::EscapeAscii;
pub use self::chunk_by::*;
pub use self::chunks::*;
pub use self::cmp::{Concat, Join};
pub use self::disjoint::{GetDisjointMutError, GetDisjointMutIndex};
pub use self::index::{SliceIndex, range};
pub use self::iter::*;
pub use self::rchunks::*;
pub use self::split::*;
pub use self::windows::*;

use crate::fmt::num::push_usize;
use crate::intrinsics as i;
use crate::mem;
use crate::ops::{Range, RangeBounds};
use crate::panicking::{panic, panic_bounds_check, panic_fmt};
use crate::prelude::v1::*;

pub fn from_ref<T>(s: &T) -> &[T] {
    unsafe { i::slice_from_raw_parts(s as *const T, 1) }
}
pub fn from_mut<T>(s: &mut T) -> &mut [T] {
    unsafe { i::slice_from_raw_parts_mut(s as *mut T, 1) }
}
pub unsafe fn from_raw_parts<'a, T>(data: *const T, len: usize) -> &'a [T] {
    unsafe { i::slice_from_raw_parts(data, len) }
}
pub unsafe fn from_raw_parts_mut<'a, T>(data: *mut T, len: usize) -> &'a mut [T] {
    unsafe { i::slice_from_raw_parts_mut(data, len) }
}

#[track_caller]
pub(super) fn failed_with(text: &str, a: usize, middle: &str, b: usize, end: &str) -> ! {
    let mut s = String::from(text);
    push_usize(&mut s, a);
    s.push_str(middle);
    push_usize(&mut s, b);
    s.push_str(end);
    panic_fmt(s)
}

impl<T> [T] {
    pub const fn len(&self) -> usize {
        unsafe { i::slice_len(self as *const [T]) }
    }
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
    pub const fn as_ptr(&self) -> *const T {
        unsafe { i::slice_ptr(self as *const [T]) }
    }
    pub fn as_mut_ptr(&mut self) -> *mut T {
        unsafe { i::slice_ptr(self as *mut [T] as *const [T]) as *mut T }
    }
    pub fn as_ptr_range(&self) -> Range<*const T> {
        let p = self.as_ptr();
        p..unsafe { p.add(self.len()) }
    }
    pub fn first(&self) -> Option<&T> {
        self.get(0)
    }
    pub fn first_mut(&mut self) -> Option<&mut T> {
        self.get_mut(0)
    }
    pub fn last(&self) -> Option<&T> {
        let n = self.len();
        if n == 0 { None } else { self.get(n - 1) }
    }
    pub fn last_mut(&mut self) -> Option<&mut T> {
        let n = self.len();
        if n == 0 { None } else { self.get_mut(n - 1) }
    }
    pub fn get<I: SliceIndex<[T]>>(&self, index: I) -> Option<&I::Output> {
        index.get(self)
    }
    pub fn get_mut<I: SliceIndex<[T]>>(&mut self, index: I) -> Option<&mut I::Output> {
        index.get_mut(self)
    }
    pub unsafe fn get_unchecked<I: SliceIndex<[T]>>(&self, index: I) -> &I::Output {
        index.index(self)
    }
    pub unsafe fn get_unchecked_mut<I: SliceIndex<[T]>>(&mut self, index: I) -> &mut I::Output {
        index.index_mut(self)
    }
    #[track_caller]
    pub fn swap(&mut self, a: usize, b: usize) {
        let n = self.len();
        if a >= n {
            panic_bounds_check(a, n);
        }
        if b >= n {
            panic_bounds_check(b, n);
        }
        let p = self.as_mut_ptr();
        unsafe { crate::ptr::swap(p.add(a), p.add(b)) }
    }
    pub fn reverse(&mut self) {
        let n = self.len();
        let p = self.as_mut_ptr();
        let mut k = 0;
        while k < n / 2 {
            unsafe { crate::ptr::swap(p.add(k), p.add(n - 1 - k)) };
            k += 1;
        }
    }
    #[skeleton = "source"]
    pub fn iter(&self) -> Iter<'_, T> {
        Iter::new(self)
    }
    #[skeleton = "source"]
    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        IterMut::new(self)
    }
    #[track_caller]
    #[skeleton = "source"]
    pub fn windows(&self, size: usize) -> Windows<'_, T> {
        if size == 0 {
            panic("window size must be non-zero");
        }
        Windows::new(self, size)
    }
    #[track_caller]
    #[skeleton = "source"]
    pub fn chunks(&self, chunk_size: usize) -> Chunks<'_, T> {
        if chunk_size == 0 {
            panic("chunk size must be non-zero");
        }
        Chunks::new(self, chunk_size)
    }
    #[track_caller]
    #[skeleton = "source"]
    pub fn chunks_mut(&mut self, chunk_size: usize) -> ChunksMut<'_, T> {
        if chunk_size == 0 {
            panic("chunk size must be non-zero");
        }
        ChunksMut::new(self, chunk_size)
    }
    #[track_caller]
    #[skeleton = "source"]
    pub fn chunks_exact(&self, chunk_size: usize) -> ChunksExact<'_, T> {
        if chunk_size == 0 {
            panic("chunk size must be non-zero");
        }
        ChunksExact::new(self, chunk_size)
    }
    #[track_caller]
    #[skeleton = "source"]
    pub fn chunks_exact_mut(&mut self, chunk_size: usize) -> ChunksExactMut<'_, T> {
        if chunk_size == 0 {
            panic("chunk size must be non-zero");
        }
        ChunksExactMut::new(self, chunk_size)
    }
    #[track_caller]
    pub fn rchunks(&self, chunk_size: usize) -> RChunks<'_, T> {
        if chunk_size == 0 {
            panic("chunk size must be non-zero");
        }
        RChunks::new(self, chunk_size)
    }
    #[track_caller]
    pub fn rchunks_mut(&mut self, chunk_size: usize) -> RChunksMut<'_, T> {
        if chunk_size == 0 {
            panic("chunk size must be non-zero");
        }
        RChunksMut::new(self, chunk_size)
    }
    #[track_caller]
    pub fn rchunks_exact(&self, chunk_size: usize) -> RChunksExact<'_, T> {
        if chunk_size == 0 {
            panic("chunk size must be non-zero");
        }
        RChunksExact::new(self, chunk_size)
    }
    #[track_caller]
    pub fn rchunks_exact_mut(&mut self, chunk_size: usize) -> RChunksExactMut<'_, T> {
        if chunk_size == 0 {
            panic("chunk size must be non-zero");
        }
        RChunksExactMut::new(self, chunk_size)
    }
    #[track_caller]
    pub fn array_windows<const N: usize>(&self) -> ArrayWindows<'_, T, N> {
        if N == 0 {
            panic("window size must be non-zero");
        }
        ArrayWindows::new(self)
    }
    pub fn chunk_by<F: FnMut(&T, &T) -> bool>(&self, pred: F) -> ChunkBy<'_, T, F> {
        ChunkBy::new(self, pred)
    }
    pub fn chunk_by_mut<F: FnMut(&T, &T) -> bool>(&mut self, pred: F) -> ChunkByMut<'_, T, F> {
        ChunkByMut::new(self, pred)
    }
    pub fn contains(&self, x: &T) -> bool
    where
        T: PartialEq,
    {
        for y in self {
            if *y == *x {
                return true;
            }
        }
        false
    }
    pub fn starts_with(&self, needle: &[T]) -> bool
    where
        T: PartialEq,
    {
        let n = needle.len();
        self.len() >= n && *needle == self[..n]
    }
    pub fn ends_with(&self, needle: &[T]) -> bool
    where
        T: PartialEq,
    {
        let (m, n) = (self.len(), needle.len());
        m >= n && *needle == self[m - n..]
    }
    pub fn strip_prefix(&self, prefix: &[T]) -> Option<&[T]>
    where
        T: PartialEq,
    {
        if self.starts_with(prefix) { Some(&self[prefix.len()..]) } else { None }
    }
    pub fn strip_suffix(&self, suffix: &[T]) -> Option<&[T]>
    where
        T: PartialEq,
    {
        if self.ends_with(suffix) { Some(&self[..self.len() - suffix.len()]) } else { None }
    }
    #[track_caller]
    pub fn rotate_left(&mut self, mid: usize) {
        let n = self.len();
        if mid > n {
            panic("assertion failed: mid <= self.len()");
        }
        self[..mid].reverse();
        self[mid..].reverse();
        self.reverse();
    }
    #[track_caller]
    pub fn rotate_right(&mut self, k: usize) {
        let n = self.len();
        if k > n {
            panic("assertion failed: k <= self.len()");
        }
        self.rotate_left(n - k);
    }
    pub fn fill(&mut self, value: T)
    where
        T: Clone,
    {
        let n = self.len();
        let mut k = 0;
        while k < n {
            self[k] = value.clone();
            k += 1;
        }
    }
    pub fn fill_with<F: FnMut() -> T>(&mut self, mut f: F) {
        let n = self.len();
        let mut k = 0;
        while k < n {
            self[k] = f();
            k += 1;
        }
    }
    #[track_caller]
    pub fn clone_from_slice(&mut self, src: &[T])
    where
        T: Clone,
    {
        if self.len() != src.len() {
            panic("destination and source slices have different lengths");
        }
        let mut k = 0;
        while k < src.len() {
            self[k] = src[k].clone();
            k += 1;
        }
    }
    #[track_caller]
    pub fn copy_from_slice(&mut self, src: &[T])
    where
        T: Copy,
    {
        if self.len() != src.len() {
            failed_with(
                "copy_from_slice: source slice length (",
                src.len(),
                ") does not match destination slice length (",
                self.len(),
                ")",
            );
        }
        unsafe { i::copy_nonoverlapping(src.as_ptr(), self.as_mut_ptr(), src.len()) }
    }
    #[track_caller]
    pub fn copy_within<R: RangeBounds<usize>>(&mut self, src: R, dest: usize)
    where
        T: Copy,
    {
        let n = self.len();
        let r = range(src, ..n);
        let count = r.end - r.start;
        if dest > n - count {
            panic("dest is out of bounds");
        }
        let p = self.as_mut_ptr();
        unsafe { i::copy(p.add(r.start) as *const T, p.add(dest), count) }
    }
    #[track_caller]
    pub fn swap_with_slice(&mut self, other: &mut [T]) {
        if self.len() != other.len() {
            panic("destination and source slices have different lengths");
        }
        let mut k = 0;
        while k < other.len() {
            mem::swap(&mut self[k], &mut other[k]);
            k += 1;
        }
    }
    #[skeleton = "collect"]
    pub fn to_vec(&self) -> Vec<T>
    where
        T: Clone,
    {
        let n = self.len();
        let mut v = Vec::with_capacity(n);
        for x in self {
            v.push(x.clone());
        }
        v
    }
    pub fn into_vec(self: Box<Self>) -> Vec<T> {
        let n = self.len();
        let p = Box::into_raw(self);
        unsafe { Vec::from_raw_parts(i::slice_ptr(p as *const [T]) as *mut T, n, n) }
    }
    #[track_caller]
    pub fn repeat(&self, n: usize) -> Vec<T>
    where
        T: Copy,
    {
        let total = match self.len().checked_mul(n) {
            Some(t) => t,
            None => panic("capacity overflow"),
        };
        let mut v = Vec::with_capacity(total);
        let mut k = 0;
        while k < n {
            v.extend_from_slice(self);
            k += 1;
        }
        v
    }
    pub fn concat<Item: ?Sized>(&self) -> <Self as Concat<Item>>::Output
    where
        Self: Concat<Item>,
    {
        Concat::concat(self)
    }
    pub fn join<Separator>(&self, sep: Separator) -> <Self as Join<Separator>>::Output
    where
        Self: Join<Separator>,
    {
        Join::join(self, sep)
    }
    pub fn connect<Separator>(&self, sep: Separator) -> <Self as Join<Separator>>::Output
    where
        Self: Join<Separator>,
    {
        Join::join(self, sep)
    }
    /// Which element `element` is, by its address; none if it lies elsewhere or between two.
    #[track_caller]
    pub fn element_offset(&self, element: &T) -> Option<usize> {
        let size = mem::size_of::<T>();
        if size == 0 {
            panic("elements are zero-sized");
        }
        let start = self.as_ptr() as usize;
        let bytes = (element as *const T as usize).wrapping_sub(start);
        if bytes % size == 0 && bytes / size < self.len() { Some(bytes / size) } else { None }
    }
}

impl<T, const N: usize> [[T; N]] {
    pub fn as_flattened(&self) -> &[T] {
        unsafe { i::slice_from_raw_parts(self.as_ptr() as *const T, self.len() * N) }
    }
    pub fn as_flattened_mut(&mut self) -> &mut [T] {
        let n = self.len() * N;
        unsafe { i::slice_from_raw_parts_mut(self.as_mut_ptr() as *mut T, n) }
    }
}

impl<T> Default for &[T] {
    fn default() -> Self {
        &[]
    }
}
impl<T> Default for &mut [T] {
    fn default() -> Self {
        &mut []
    }
}
impl<'a, T> IntoIterator for &'a [T] {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}
impl<'a, T> IntoIterator for &'a mut [T] {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;
    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}
