//! Indexing slices and strings by positions and ranges.

use crate::intrinsics as i;
use crate::ops::{
    Bound, Index, IndexMut, Range, RangeBounds, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive,
};
use crate::panicking::{Note, panic_bounds_check};
use crate::prelude::v1::*;

/// An index into `S`; the methods take and give references, so no raw slice is formed out of bounds.
pub trait SliceIndex<S: ?Sized>: Sized {
    type Output: ?Sized;
    fn get(self, slice: &S) -> Option<&Self::Output>;
    fn get_mut(self, slice: &mut S) -> Option<&mut Self::Output>;
    #[track_caller]
    fn index(self, slice: &S) -> &Self::Output;
    #[track_caller]
    fn index_mut(self, slice: &mut S) -> &mut Self::Output;
}

impl<T, I: SliceIndex<[T]>> Index<I> for [T] {
    type Output = I::Output;
    #[track_caller]
    fn index(&self, index: I) -> &I::Output {
        index.index(self)
    }
}
impl<T, I: SliceIndex<[T]>> IndexMut<I> for [T] {
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        index.index_mut(self)
    }
}

/// The part `[lo, hi)`, which the caller has checked.
pub(crate) unsafe fn sub<T>(s: &[T], lo: usize, hi: usize) -> &[T] {
    unsafe { i::slice_from_raw_parts(i::offset(i::slice_ptr(s as *const [T]), lo as isize), i::wrapping_sub(hi, lo)) }
}
pub(crate) unsafe fn sub_mut<T>(s: &mut [T], lo: usize, hi: usize) -> &mut [T] {
    unsafe {
        let p = i::slice_ptr(s as *mut [T] as *const [T]);
        i::slice_from_raw_parts_mut(i::offset(p, lo as isize) as *mut T, i::wrapping_sub(hi, lo))
    }
}

#[track_caller]
pub(crate) fn range_failed(lo: usize, hi: usize, len: usize) -> ! {
    let (start, first, middle, second) = if lo > len {
        ("range start index ", lo, " out of range for slice of length ", len)
    } else if hi > len {
        ("range end index ", hi, " out of range for slice of length ", len)
    } else {
        ("slice index starts at ", lo, " but ends at ", hi)
    };
    let mut note = Note::new();
    note.push_str(start);
    note.push_usize(first);
    note.push_str(middle);
    note.push_usize(second);
    note.panic()
}

/// An inclusive range whose last position is past the end.
#[track_caller]
fn past_end(lo: usize, last: usize, len: usize) -> ! {
    if lo > len {
        range_failed(lo, last, len);
    }
    let mut note = Note::new();
    note.push_str("range end index ");
    note.push_usize(last);
    note.push_str(" out of range for slice of length ");
    note.push_usize(len);
    note.panic()
}

impl<T> SliceIndex<[T]> for usize {
    type Output = T;
    fn get(self, slice: &[T]) -> Option<&T> {
        if self < slice.len() { Some(unsafe { &*i::offset(i::slice_ptr(slice as *const [T]), self as isize) }) } else { None }
    }
    fn get_mut(self, slice: &mut [T]) -> Option<&mut T> {
        if self < slice.len() {
            Some(unsafe { &mut *(i::offset(i::slice_ptr(slice as *mut [T] as *const [T]), self as isize) as *mut T) })
        } else {
            None
        }
    }
    #[track_caller]
    fn index(self, slice: &[T]) -> &T {
        if self >= slice.len() {
            panic_bounds_check(self, slice.len());
        }
        unsafe { &*i::offset(i::slice_ptr(slice as *const [T]), self as isize) }
    }
    #[track_caller]
    fn index_mut(self, slice: &mut [T]) -> &mut T {
        if self >= slice.len() {
            panic_bounds_check(self, slice.len());
        }
        unsafe { &mut *(i::offset(i::slice_ptr(slice as *mut [T] as *const [T]), self as isize) as *mut T) }
    }
}

impl<T> SliceIndex<[T]> for Range<usize> {
    type Output = [T];
    fn get(self, slice: &[T]) -> Option<&[T]> {
        if self.start <= self.end && self.end <= slice.len() {
            Some(unsafe { sub(slice, self.start, self.end) })
        } else {
            None
        }
    }
    fn get_mut(self, slice: &mut [T]) -> Option<&mut [T]> {
        if self.start <= self.end && self.end <= slice.len() {
            Some(unsafe { sub_mut(slice, self.start, self.end) })
        } else {
            None
        }
    }
    #[track_caller]
    fn index(self, slice: &[T]) -> &[T] {
        if self.start > self.end || self.end > slice.len() {
            range_failed(self.start, self.end, slice.len());
        }
        unsafe { sub(slice, self.start, self.end) }
    }
    #[track_caller]
    fn index_mut(self, slice: &mut [T]) -> &mut [T] {
        if self.start > self.end || self.end > slice.len() {
            range_failed(self.start, self.end, slice.len());
        }
        unsafe { sub_mut(slice, self.start, self.end) }
    }
}

macro_rules! by_range {
    ($($r:ty: |$s:ident, $len:ident| $lo:expr, $hi:expr;)*) => { $(
        impl<T> SliceIndex<[T]> for $r {
            type Output = [T];
            fn get(self, slice: &[T]) -> Option<&[T]> {
                let ($s, $len) = (self, slice.len());
                ($lo..$hi).get(slice)
            }
            fn get_mut(self, slice: &mut [T]) -> Option<&mut [T]> {
                let ($s, $len) = (self, slice.len());
                ($lo..$hi).get_mut(slice)
            }
            #[track_caller]
            fn index(self, slice: &[T]) -> &[T] {
                let ($s, $len) = (self, slice.len());
                ($lo..$hi).index(slice)
            }
            #[track_caller]
            fn index_mut(self, slice: &mut [T]) -> &mut [T] {
                let ($s, $len) = (self, slice.len());
                ($lo..$hi).index_mut(slice)
            }
        }
    )* };
}
by_range! {
    RangeTo<usize>: |s, _len| 0, s.end;
    RangeFull: |_s, len| 0, len;
}

impl<T> SliceIndex<[T]> for RangeFrom<usize> {
    type Output = [T];
    fn get(self, slice: &[T]) -> Option<&[T]> {
        (self.start..slice.len()).get(slice)
    }
    fn get_mut(self, slice: &mut [T]) -> Option<&mut [T]> {
        let len = slice.len();
        (self.start..len).get_mut(slice)
    }
    #[track_caller]
    fn index(self, slice: &[T]) -> &[T] {
        let len = slice.len();
        if self.start > len {
            range_failed(self.start, len, len);
        }
        unsafe { sub(slice, self.start, len) }
    }
    #[track_caller]
    fn index_mut(self, slice: &mut [T]) -> &mut [T] {
        let len = slice.len();
        if self.start > len {
            range_failed(self.start, len, len);
        }
        unsafe { sub_mut(slice, self.start, len) }
    }
}

/// `a..=b` as `a..b+1`; once exhausted it stands for the empty range at its end. `None` past `len`.
fn half_open(r: &RangeInclusive<usize>, len: usize) -> Option<Range<usize>> {
    if r.end >= len {
        return None;
    }
    let end = r.end + 1;
    Some(if r.exhausted { end..end } else { r.start..end })
}

impl<T> SliceIndex<[T]> for RangeInclusive<usize> {
    type Output = [T];
    fn get(self, slice: &[T]) -> Option<&[T]> {
        match half_open(&self, slice.len()) {
            Some(r) => r.get(slice),
            None => None,
        }
    }
    fn get_mut(self, slice: &mut [T]) -> Option<&mut [T]> {
        match half_open(&self, slice.len()) {
            Some(r) => r.get_mut(slice),
            None => None,
        }
    }
    #[track_caller]
    fn index(self, slice: &[T]) -> &[T] {
        match half_open(&self, slice.len()) {
            Some(r) => r.index(slice),
            None => past_end(self.start, self.end, slice.len()),
        }
    }
    #[track_caller]
    fn index_mut(self, slice: &mut [T]) -> &mut [T] {
        match half_open(&self, slice.len()) {
            Some(r) => r.index_mut(slice),
            None => past_end(self.start, self.end, slice.len()),
        }
    }
}
impl<T> SliceIndex<[T]> for RangeToInclusive<usize> {
    type Output = [T];
    fn get(self, slice: &[T]) -> Option<&[T]> {
        (0..=self.end).get(slice)
    }
    fn get_mut(self, slice: &mut [T]) -> Option<&mut [T]> {
        (0..=self.end).get_mut(slice)
    }
    #[track_caller]
    fn index(self, slice: &[T]) -> &[T] {
        (0..=self.end).index(slice)
    }
    #[track_caller]
    fn index_mut(self, slice: &mut [T]) -> &mut [T] {
        (0..=self.end).index_mut(slice)
    }
}
impl<T> SliceIndex<[T]> for (Bound<usize>, Bound<usize>) {
    type Output = [T];
    fn get(self, slice: &[T]) -> Option<&[T]> {
        let (lo, hi) = bounds(&self, slice.len());
        (lo..hi).get(slice)
    }
    fn get_mut(self, slice: &mut [T]) -> Option<&mut [T]> {
        let (lo, hi) = bounds(&self, slice.len());
        (lo..hi).get_mut(slice)
    }
    #[track_caller]
    fn index(self, slice: &[T]) -> &[T] {
        let (lo, hi) = bounds(&self, slice.len());
        (lo..hi).index(slice)
    }
    #[track_caller]
    fn index_mut(self, slice: &mut [T]) -> &mut [T] {
        let (lo, hi) = bounds(&self, slice.len());
        (lo..hi).index_mut(slice)
    }
}

fn bounds<R: RangeBounds<usize>>(r: &R, len: usize) -> (usize, usize) {
    let lo = match r.start_bound() {
        Bound::Included(x) => *x,
        Bound::Excluded(x) => x.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let hi = match r.end_bound() {
        Bound::Included(x) => x.saturating_add(1),
        Bound::Excluded(x) => *x,
        Bound::Unbounded => len,
    };
    (lo, hi)
}

/// The positions a range stands for in something of `len` elements; panics as indexing would.
#[track_caller]
pub fn range<R: RangeBounds<usize>>(r: R, to: RangeTo<usize>) -> Range<usize> {
    let len = to.end;
    if let Bound::Included(last) = r.end_bound() {
        if *last >= len {
            let lo = match r.start_bound() {
                Bound::Included(x) => *x,
                Bound::Excluded(x) => x.saturating_add(1),
                Bound::Unbounded => 0,
            };
            past_end(lo, *last, len);
        }
    }
    let (lo, hi) = bounds(&r, len);
    if lo > hi || hi > len {
        range_failed(lo, hi, len);
    }
    lo..hi
}
