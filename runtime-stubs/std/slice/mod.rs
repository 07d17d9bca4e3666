//! Methods of `[T]`.

pub mod cmp;
pub mod index;
pub mod iter;
pub mod sort;

pub use self::cmp::{Concat, Join};
pub use self::index::{SliceIndex, range};
pub use self::iter::*;

use crate::cmp::Ordering::{self, Equal, Greater, Less};
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
fn failed_with(text: &str, a: usize, middle: &str, b: usize, end: &str) -> ! {
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
    pub fn as_chunks<const N: usize>(&self) -> (&[[T; N]], &[T]) {
        let whole = self.len() / N;
        let (a, b) = self.split_at(whole * N);
        (unsafe { i::slice_from_raw_parts(a.as_ptr() as *const [T; N], whole) }, b)
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
    pub fn rsplit<F: FnMut(&T) -> bool>(&self, pred: F) -> crate::iter::Rev<Split<'_, T, F>> {
        self.split(pred).rev()
    }
    pub fn splitn<F: FnMut(&T) -> bool>(&self, n: usize, pred: F) -> SplitN<'_, T, F> {
        SplitN::new(Split::new(self, pred), n)
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
    pub fn binary_search(&self, x: &T) -> Result<usize, usize>
    where
        T: Ord,
    {
        self.binary_search_by(|p| p.cmp(x))
    }
    /// The same probes as Rust's, so that among equal elements the same one is found.
    pub fn binary_search_by<'a, F: FnMut(&'a T) -> Ordering>(&'a self, mut f: F) -> Result<usize, usize> {
        let mut size = self.len();
        if size == 0 {
            return Err(0);
        }
        let mut base = 0usize;
        while size > 1 {
            let half = size / 2;
            let mid = base + half;
            if f(&self[mid]) != Greater {
                base = mid;
            }
            size -= half;
        }
        match f(&self[base]) {
            Equal => Ok(base),
            Less => Err(base + 1),
            Greater => Err(base),
        }
    }
    pub fn binary_search_by_key<'a, B: Ord, F: FnMut(&'a T) -> B>(&'a self, b: &B, mut f: F) -> Result<usize, usize> {
        self.binary_search_by(|k| f(k).cmp(b))
    }
    pub fn partition_point<P: FnMut(&T) -> bool>(&self, mut pred: P) -> usize {
        match self.binary_search_by(|x| if pred(x) { Less } else { Greater }) {
            Ok(n) => n,
            Err(n) => n,
        }
    }
    #[skeleton = "sort"]
    pub fn sort(&mut self)
    where
        T: Ord,
    {
        sort::stable_sort(self, |a, b| a.lt(b))
    }
    #[skeleton = "sort"]
    pub fn sort_by<F: FnMut(&T, &T) -> Ordering>(&mut self, mut compare: F) {
        sort::stable_sort(self, |a, b| compare(a, b) == Less)
    }
    #[skeleton = "sort"]
    pub fn sort_by_key<K: Ord, F: FnMut(&T) -> K>(&mut self, mut f: F) {
        sort::stable_sort(self, |a, b| f(a).lt(&f(b)))
    }
    pub fn sort_by_cached_key<K: Ord, F: FnMut(&T) -> K>(&mut self, mut f: F) {
        let mut keys: Vec<(K, usize)> = Vec::with_capacity(self.len());
        let mut k = 0;
        while k < self.len() {
            keys.push((f(&self[k]), k));
            k += 1;
        }
        keys.sort();
        k = 0;
        while k < self.len() {
            let mut at = keys[k].1;
            while at < k {
                at = keys[at].1;
            }
            keys[k].1 = at;
            self.swap(k, at);
            k += 1;
        }
    }
    #[skeleton = "sort"]
    pub fn sort_unstable(&mut self)
    where
        T: Ord,
    {
        sort::stable_sort(self, |a, b| a.lt(b))
    }
    #[skeleton = "sort"]
    pub fn sort_unstable_by<F: FnMut(&T, &T) -> Ordering>(&mut self, mut compare: F) {
        sort::stable_sort(self, |a, b| compare(a, b) == Less)
    }
    #[skeleton = "sort"]
    pub fn sort_unstable_by_key<K: Ord, F: FnMut(&T) -> K>(&mut self, mut f: F) {
        sort::stable_sort(self, |a, b| f(a).lt(&f(b)))
    }
    #[track_caller]
    fn selected(&mut self, index: usize) -> (&mut [T], &mut T, &mut [T]) {
        let (a, b) = self.split_at_mut(index);
        let (x, c) = b.split_at_mut(1);
        (a, &mut x[0], c)
    }
    #[track_caller]
    fn check_select(&self, index: usize) {
        if index >= self.len() {
            failed_with("partition_at_index index ", index, " greater than length of slice ", self.len(), "");
        }
    }
    #[track_caller]
    pub fn select_nth_unstable(&mut self, index: usize) -> (&mut [T], &mut T, &mut [T])
    where
        T: Ord,
    {
        self.check_select(index);
        self.sort_unstable();
        self.selected(index)
    }
    #[track_caller]
    pub fn select_nth_unstable_by<F: FnMut(&T, &T) -> Ordering>(
        &mut self,
        index: usize,
        compare: F,
    ) -> (&mut [T], &mut T, &mut [T]) {
        self.check_select(index);
        self.sort_unstable_by(compare);
        self.selected(index)
    }
    #[track_caller]
    pub fn select_nth_unstable_by_key<K: Ord, F: FnMut(&T) -> K>(
        &mut self,
        index: usize,
        f: F,
    ) -> (&mut [T], &mut T, &mut [T]) {
        self.check_select(index);
        self.sort_unstable_by_key(f);
        self.selected(index)
    }
    pub fn is_sorted(&self) -> bool
    where
        T: PartialOrd,
    {
        self.is_sorted_by(|a, b| a <= b)
    }
    pub fn is_sorted_by<'a, F: FnMut(&'a T, &'a T) -> bool>(&'a self, mut compare: F) -> bool {
        let mut k = 1;
        while k < self.len() {
            if !compare(&self[k - 1], &self[k]) {
                return false;
            }
            k += 1;
        }
        true
    }
    pub fn is_sorted_by_key<'a, K: PartialOrd, F: FnMut(&'a T) -> K>(&'a self, mut f: F) -> bool {
        self.is_sorted_by(|a, b| f(a) <= f(b))
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
    pub fn get_disjoint_mut<const N: usize>(
        &mut self,
        indices: [usize; N],
    ) -> Result<[&mut T; N], GetDisjointMutError> {
        let n = self.len();
        let mut a = 0;
        while a < N {
            if indices[a] >= n {
                return Err(GetDisjointMutError::IndexOutOfBounds);
            }
            let mut b = 0;
            while b < a {
                if indices[a] == indices[b] {
                    return Err(GetDisjointMutError::OverlappingIndices);
                }
                b += 1;
            }
            a += 1;
        }
        let p = self.as_mut_ptr();
        Ok(crate::array::from_fn(|k| unsafe { &mut *p.add(indices[k]) }))
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

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GetDisjointMutError {
    IndexOutOfBounds,
    OverlappingIndices,
}

impl [u8] {
    pub fn is_ascii(&self) -> bool {
        for b in self {
            if *b >= 128 {
                return false;
            }
        }
        true
    }
    pub fn eq_ignore_ascii_case(&self, other: &[u8]) -> bool {
        if self.len() != other.len() {
            return false;
        }
        let mut k = 0;
        while k < self.len() {
            if !self[k].eq_ignore_ascii_case(&other[k]) {
                return false;
            }
            k += 1;
        }
        true
    }
    pub fn make_ascii_uppercase(&mut self) {
        for b in self {
            b.make_ascii_uppercase();
        }
    }
    pub fn make_ascii_lowercase(&mut self) {
        for b in self {
            b.make_ascii_lowercase();
        }
    }
    pub fn to_ascii_uppercase(&self) -> Vec<u8> {
        let mut v = self.to_vec();
        v.as_mut_slice().make_ascii_uppercase();
        v
    }
    pub fn to_ascii_lowercase(&self) -> Vec<u8> {
        let mut v = self.to_vec();
        v.as_mut_slice().make_ascii_lowercase();
        v
    }
    pub fn trim_ascii_start(&self) -> &[u8] {
        let mut lo = 0;
        while lo < self.len() && self[lo].is_ascii_whitespace() {
            lo += 1;
        }
        &self[lo..]
    }
    pub fn trim_ascii_end(&self) -> &[u8] {
        let mut hi = self.len();
        while hi > 0 && self[hi - 1].is_ascii_whitespace() {
            hi -= 1;
        }
        &self[..hi]
    }
    pub fn trim_ascii(&self) -> &[u8] {
        self.trim_ascii_start().trim_ascii_end()
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
