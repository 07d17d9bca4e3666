//! Comparing, indexing and parsing strings.

use super::{slice_failed, sub};
use crate::borrow::ToOwned;
use crate::cmp::Ordering;
use crate::intrinsics as i;
use crate::ops::{Index, IndexMut, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};
use crate::prelude::v1::*;
use crate::slice::SliceIndex;

pub use crate::primitives::ParseBoolError;

pub trait FromStr: Sized {
    type Err;
    fn from_str(s: &str) -> Result<Self, Self::Err>;
}

impl PartialEq for str {
    fn eq(&self, other: &str) -> bool {
        let (a, b) = (self.as_bytes(), other.as_bytes());
        a.len() == b.len() && unsafe { i::compare_bytes(a.as_ptr(), b.as_ptr(), a.len()) == 0 }
    }
}
impl Eq for str {}
impl PartialOrd for str {
    fn partial_cmp(&self, other: &str) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for str {
    fn cmp(&self, other: &str) -> Ordering {
        let (a, b) = (self.as_bytes(), other.as_bytes());
        let n = if a.len() < b.len() { a.len() } else { b.len() };
        let r = unsafe { i::compare_bytes(a.as_ptr(), b.as_ptr(), n) };
        if r < 0 {
            Ordering::Less
        } else if r > 0 {
            Ordering::Greater
        } else {
            a.len().cmp(&b.len())
        }
    }
}
impl ToOwned for str {
    type Owned = String;
    fn to_owned(&self) -> String {
        String::from(self)
    }
}
impl Default for &str {
    fn default() -> Self {
        ""
    }
}

impl<I: SliceIndex<str>> Index<I> for str {
    type Output = I::Output;
    #[track_caller]
    fn index(&self, index: I) -> &I::Output {
        index.index(self)
    }
}
impl<I: SliceIndex<str>> IndexMut<I> for str {
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        index.index_mut(self)
    }
}

impl SliceIndex<str> for Range<usize> {
    type Output = str;
    fn get(self, s: &str) -> Option<&str> {
        if self.start <= self.end && s.is_char_boundary(self.start) && s.is_char_boundary(self.end) {
            Some(unsafe { sub(s, self.start, self.end) })
        } else {
            None
        }
    }
    fn get_mut(self, s: &mut str) -> Option<&mut str> {
        if self.start <= self.end && s.is_char_boundary(self.start) && s.is_char_boundary(self.end) {
            Some(unsafe {
                super::from_utf8_unchecked_mut(crate::slice::index::sub_mut(s.as_bytes_mut(), self.start, self.end))
            })
        } else {
            None
        }
    }
    #[track_caller]
    fn index(self, s: &str) -> &str {
        let (lo, hi) = (self.start, self.end);
        match self.get(s) {
            Some(part) => part,
            None => slice_failed(s, lo, hi),
        }
    }
    #[track_caller]
    fn index_mut(self, s: &mut str) -> &mut str {
        let (lo, hi) = (self.start, self.end);
        if lo > hi || !s.is_char_boundary(lo) || !s.is_char_boundary(hi) {
            slice_failed(s, lo, hi);
        }
        unsafe { super::from_utf8_unchecked_mut(crate::slice::index::sub_mut(s.as_bytes_mut(), lo, hi)) }
    }
}
/// `a..=b` as `a..b+1`; past the end `b` stays, so that a failure names it.
fn inclusive(r: RangeInclusive<usize>, len: usize) -> Range<usize> {
    if r.end > len {
        return r.start..r.end;
    }
    let end = r.end + 1;
    if r.exhausted { end..end } else { r.start..end }
}
macro_rules! by_range {
    ($($r:ty: |$s:ident, $len:ident| $range:expr;)*) => { $(
        impl SliceIndex<str> for $r {
            type Output = str;
            fn get(self, s: &str) -> Option<&str> {
                let ($s, $len) = (self, s.len());
                $range.get(s)
            }
            fn get_mut(self, s: &mut str) -> Option<&mut str> {
                let ($s, $len) = (self, s.len());
                $range.get_mut(s)
            }
            #[track_caller]
            fn index(self, s: &str) -> &str {
                let ($s, $len) = (self, s.len());
                $range.index(s)
            }
            #[track_caller]
            fn index_mut(self, s: &mut str) -> &mut str {
                let ($s, $len) = (self, s.len());
                $range.index_mut(s)
            }
        }
    )* };
}
by_range! {
    RangeTo<usize>: |r, _len| (0..r.end);
    RangeFrom<usize>: |r, len| (r.start..if r.start > len { r.start } else { len });
    RangeFull: |_r, len| (0..len);
    RangeInclusive<usize>: |r, len| inclusive(r, len);
    RangeToInclusive<usize>: |r, len| inclusive(0..=r.end, len);
}
