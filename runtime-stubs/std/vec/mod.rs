//! Growable arrays.

mod buffer;
pub mod iter;
pub mod traits;

pub(crate) use self::buffer::release;
pub use self::iter::{Drain, ExtractIf, IntoIter, Splice};

use self::buffer::{failed, grown, resized};
use crate::intrinsics as i;
use crate::ops::RangeBounds;
use crate::panicking::{panic, panic_fmt};
use crate::prelude::v1::*;
use crate::collections::TryReserveError;
use crate::{mem, rt};

/// The field order is that of a record: pointer, capacity, length.
#[lang = "Vec"]
pub struct Vec<T> {
    ptr: *mut T,
    cap: usize,
    len: usize,
}

impl<T> Drop for Vec<T> {
    fn drop(&mut self) {
        unsafe {
            if i::needs_drop::<T>() {
                let mut k = 0;
                while k < self.len {
                    i::drop_in_place(self.ptr.add(k));
                    k += 1;
                }
            }
            release(self.ptr, self.cap);
        }
    }
}

/// `vec![elem; n]`
#[lang = "vec_from_elem"]
#[track_caller]
pub fn from_elem<T: Clone>(elem: T, n: usize) -> Vec<T> {
    let mut v = Vec::with_capacity(n);
    v.resize(n, elem);
    v
}
/// `vec![a, b, …]`
#[lang = "vec_from_array"]
pub fn from_array<T, const N: usize>(array: [T; N]) -> Vec<T> {
    let mut v: Vec<T> = Vec::with_capacity(N);
    unsafe {
        i::copy_nonoverlapping(&array as *const [T; N] as *const T, v.ptr, N);
        i::forget(array);
    }
    v.len = N;
    v
}

impl<T> Vec<T> {
    pub const fn new() -> Vec<T> {
        Vec { ptr: unsafe { i::align_of::<T>() as *mut T }, cap: 0, len: 0 }
    }
    #[track_caller]
    pub fn with_capacity(capacity: usize) -> Vec<T> {
        let mut v = Vec::new();
        if capacity != 0 {
            v.set_capacity(capacity);
        }
        v
    }
    pub unsafe fn from_raw_parts(ptr: *mut T, length: usize, capacity: usize) -> Vec<T> {
        Vec { ptr, cap: capacity, len: length }
    }
    /// Moves the elements to a buffer for `cap` of them.
    #[track_caller]
    fn set_capacity(&mut self, cap: usize) {
        let size = mem::size_of::<T>();
        if size != 0 {
            self.ptr = resized(self.ptr as *mut u8, self.cap, cap, size, mem::align_of::<T>()) as *mut T;
        }
        self.cap = cap;
    }
    #[track_caller]
    fn grow_to(&mut self, need: usize) {
        let (ptr, cap) = grown(self.ptr as *mut u8, self.cap, need, mem::size_of::<T>(), mem::align_of::<T>());
        self.ptr = ptr as *mut T;
        self.cap = cap;
    }
    pub const fn capacity(&self) -> usize {
        rt::room(if mem::size_of::<T>() == 0 { usize::MAX } else { self.cap })
    }
    /// The same, for collections that a vector is part of.
    pub(crate) const fn room(&self) -> usize {
        self.cap
    }
    #[track_caller]
    pub fn reserve(&mut self, additional: usize) {
        if self.cap - self.len < additional {
            let (need, overflow) = unsafe { i::add_with_overflow(self.len, additional) };
            if overflow {
                panic("capacity overflow");
            }
            self.grow_to(need);
        }
    }
    #[track_caller]
    pub fn reserve_exact(&mut self, additional: usize) {
        if self.cap - self.len < additional {
            let (need, overflow) = unsafe { i::add_with_overflow(self.len, additional) };
            if overflow {
                panic("capacity overflow");
            }
            self.set_capacity(need);
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
    /// Whether a buffer for so many more elements has a size at all.
    pub(crate) fn check_room(&self, additional: usize) -> Result<(), TryReserveError> {
        let bytes = self.len.checked_add(additional).and_then(|n| n.checked_mul(mem::size_of::<T>()));
        if bytes.is_none_or(|n| n > isize::MAX as usize) { Err(TryReserveError::overflow()) } else { Ok(()) }
    }
    pub fn shrink_to_fit(&mut self) {
        self.shrink_to(0)
    }
    pub fn shrink_to(&mut self, min_capacity: usize) {
        let least = if min_capacity > self.len { min_capacity } else { self.len };
        if self.cap <= least || mem::size_of::<T>() == 0 {
            return;
        }
        if least == 0 {
            release(self.ptr, self.cap);
            self.ptr = crate::ptr::dangling();
            self.cap = 0;
        } else {
            self.set_capacity(least);
        }
    }
    pub fn into_boxed_slice(self) -> Box<[T]> {
        let mut v = self;
        v.shrink_to_fit();
        let n = v.len;
        let raw = unsafe { i::slice_from_raw_parts_mut(v.ptr, n) as *mut [T] };
        mem::forget(v);
        unsafe { Box::from_raw(raw) }
    }
    pub fn leak<'a>(self) -> &'a mut [T] {
        let (p, n) = (self.ptr, self.len);
        mem::forget(self);
        unsafe { i::slice_from_raw_parts_mut(p, n) }
    }
    #[skeleton = "len"]
    pub const fn len(&self) -> usize {
        self.len
    }
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }
    pub const fn as_ptr(&self) -> *const T {
        self.ptr as *const T
    }
    pub fn as_mut_ptr(&mut self) -> *mut T {
        self.ptr
    }
    pub const fn as_slice(&self) -> &[T] {
        unsafe { i::slice_from_raw_parts(self.ptr as *const T, self.len) }
    }
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        unsafe { i::slice_from_raw_parts_mut(self.ptr, self.len) }
    }
    pub unsafe fn set_len(&mut self, new_len: usize) {
        self.len = new_len;
    }
    #[track_caller]
    #[skeleton = "append"]
    pub fn push(&mut self, value: T) {
        let n = self.len;
        if n == self.cap {
            self.grow_to(n + 1);
        }
        unsafe { i::write(self.ptr.add(n), value) };
        self.len = unsafe { i::wrapping_add(n, 1) };
    }
    #[track_caller]
    pub fn insert_mut(&mut self, index: usize, element: T) -> &mut T {
        self.insert(index, element);
        unsafe { &mut *self.ptr.add(index) }
    }
    #[track_caller]
    pub fn push_mut(&mut self, value: T) -> &mut T {
        self.push(value);
        unsafe { &mut *self.ptr.add(self.len - 1) }
    }
    pub fn pop(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        self.len = unsafe { i::wrapping_sub(self.len, 1) };
        Some(unsafe { i::read(self.ptr.add(self.len) as *const T) })
    }
    pub fn pop_if(&mut self, predicate: impl FnOnce(&mut T) -> bool) -> Option<T> {
        let hit = match self.last_mut() {
            Some(x) => predicate(x),
            None => false,
        };
        if hit { self.pop() } else { None }
    }
    #[track_caller]
    pub fn insert(&mut self, index: usize, element: T) {
        let n = self.len;
        if index > n {
            failed("insertion index (is ", index, ") should be <= len (is ", n);
        }
        if n == self.cap {
            self.grow_to(n + 1);
        }
        unsafe {
            let p = self.ptr.add(index);
            i::copy(p as *const T, p.add(1), n - index);
            i::write(p, element);
        }
        self.len = n + 1;
    }
    #[track_caller]
    pub fn remove(&mut self, index: usize) -> T {
        let n = self.len;
        if index >= n {
            failed("removal index (is ", index, ") should be < len (is ", n);
        }
        unsafe {
            let p = self.ptr.add(index);
            let out = i::read(p as *const T);
            i::copy(p.add(1) as *const T, p, n - index - 1);
            self.len = n - 1;
            out
        }
    }
    #[track_caller]
    pub fn swap_remove(&mut self, index: usize) -> T {
        let n = self.len;
        if index >= n {
            failed("swap_remove index (is ", index, ") should be < len (is ", n);
        }
        unsafe {
            let p = self.ptr.add(index);
            let out = i::read(p as *const T);
            i::copy(self.ptr.add(n - 1) as *const T, p, 1);
            self.len = n - 1;
            out
        }
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
                unsafe { i::drop_in_place(self.ptr.add(k)) };
                k += 1;
            }
        }
    }
    pub fn clear(&mut self) {
        let n = self.len;
        self.len = 0;
        if mem::needs_drop::<T>() {
            let mut k = 0;
            while k < n {
                unsafe { i::drop_in_place(self.ptr.add(k)) };
                k += 1;
            }
        }
    }
    pub fn append(&mut self, other: &mut Vec<T>) {
        self.reserve(other.len);
        unsafe { i::copy_nonoverlapping(other.ptr as *const T, self.ptr.add(self.len), other.len) };
        self.len += other.len;
        other.len = 0;
    }
    #[track_caller]
    pub fn split_off(&mut self, at: usize) -> Vec<T> {
        let n = self.len;
        if at > n {
            failed("`at` split index (is ", at, ") should be <= len (is ", n);
        }
        let mut tail = Vec::with_capacity(n - at);
        unsafe { i::copy_nonoverlapping(self.ptr.add(at) as *const T, tail.ptr, n - at) };
        tail.len = n - at;
        self.len = at;
        tail
    }
    #[track_caller]
    pub fn resize(&mut self, new_len: usize, value: T)
    where
        T: Clone,
    {
        let n = self.len;
        if new_len <= n {
            self.truncate(new_len);
            return;
        }
        self.reserve(new_len - n);
        let mut k = n + 1;
        while k < new_len {
            self.push(value.clone());
            k += 1;
        }
        self.push(value);
    }
    #[track_caller]
    pub fn resize_with<F: FnMut() -> T>(&mut self, new_len: usize, mut f: F) {
        self.truncate(new_len);
        while self.len < new_len {
            self.push(f());
        }
    }
    pub fn retain<F: FnMut(&T) -> bool>(&mut self, mut f: F) {
        self.retain_mut(|x| f(x))
    }
    pub fn retain_mut<F: FnMut(&mut T) -> bool>(&mut self, mut f: F) {
        let n = self.len;
        self.len = 0;
        let mut kept = 0;
        let mut k = 0;
        while k < n {
            unsafe {
                let p = self.ptr.add(k);
                if f(&mut *p) {
                    if kept != k {
                        i::copy_nonoverlapping(p as *const T, self.ptr.add(kept), 1);
                    }
                    kept += 1;
                } else {
                    i::drop_in_place(p);
                }
            }
            k += 1;
        }
        self.len = kept;
    }
    pub fn dedup(&mut self)
    where
        T: PartialEq,
    {
        self.dedup_by(|a, b| *a == *b)
    }
    pub fn dedup_by_key<F: FnMut(&mut T) -> K, K: PartialEq>(&mut self, mut key: F) {
        self.dedup_by(|a, b| key(a) == key(b))
    }
    pub fn dedup_by<F: FnMut(&mut T, &mut T) -> bool>(&mut self, mut same: F) {
        let n = self.len;
        if n < 2 {
            return;
        }
        let mut kept = 1;
        let mut k = 1;
        while k < n {
            unsafe {
                let p = self.ptr.add(k);
                if same(&mut *p, &mut *self.ptr.add(kept - 1)) {
                    i::drop_in_place(p);
                } else {
                    if kept != k {
                        i::copy_nonoverlapping(p as *const T, self.ptr.add(kept), 1);
                    }
                    kept += 1;
                }
            }
            k += 1;
        }
        self.len = kept;
    }
    #[track_caller]
    pub fn extend_from_slice(&mut self, other: &[T])
    where
        T: Clone,
    {
        self.reserve(other.len());
        for x in other {
            unsafe { i::write(self.ptr.add(self.len), x.clone()) };
            self.len += 1;
        }
    }
    #[track_caller]
    pub fn extend_from_within<R: RangeBounds<usize>>(&mut self, src: R)
    where
        T: Clone,
    {
        let r = crate::slice::range(src, ..self.len);
        self.reserve(r.end - r.start);
        let mut k = r.start;
        while k < r.end {
            let x = self[k].clone();
            self.push(x);
            k += 1;
        }
    }
    #[track_caller]
    pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> Drain<'_, T> {
        let n = self.len;
        let r = crate::slice::range(range, ..n);
        self.len = r.start;
        Drain::new(self, r.start, r.end, n)
    }
    #[track_caller]
    pub fn splice<R: RangeBounds<usize>, I: IntoIterator<Item = T>>(
        &mut self,
        range: R,
        replace_with: I,
    ) -> Splice<'_, T> {
        let r = crate::slice::range(range, ..self.len);
        let mut tail = self.split_off(r.start);
        let rest = tail.split_off(r.end - r.start);
        self.extend(replace_with);
        self.extend(rest);
        Splice { removed: tail.into_iter(), vec: crate::marker::PhantomData }
    }
    #[track_caller]
    pub fn extract_if<F: FnMut(&mut T) -> bool, R: RangeBounds<usize>>(&mut self, range: R, filter: F) -> ExtractIf<'_, T, F> {
        let r = crate::slice::range(range, ..self.len);
        ExtractIf::new(self, r.start, r.end, filter)
    }
}

impl<T, const N: usize> Vec<[T; N]> {
    pub fn into_flattened(self) -> Vec<T> {
        let (p, n, cap) = (self.ptr, self.len, self.cap);
        mem::forget(self);
        unsafe { Vec::from_raw_parts(p as *mut T, n * N, cap * N) }
    }
}

/// What `vec![a, b, c]` expands to.
pub fn __from_array<T, const N: usize>(array: [T; N]) -> Vec<T> {
    Vec::from(array)
}
