//! Several exclusive references into one slice.

use super::SliceIndex;
use crate::fmt;
use crate::ops::{Range, RangeInclusive};
use crate::prelude::v1::*;

/// Positions and ranges that can be compared before they are used.
pub trait GetDisjointMutIndex: Clone {
    fn is_in_bounds(&self, len: usize) -> bool;
    fn is_overlapping(&self, other: &Self) -> bool;
}
impl GetDisjointMutIndex for usize {
    fn is_in_bounds(&self, len: usize) -> bool {
        *self < len
    }
    fn is_overlapping(&self, other: &usize) -> bool {
        *self == *other
    }
}
impl GetDisjointMutIndex for Range<usize> {
    fn is_in_bounds(&self, len: usize) -> bool {
        self.start <= self.end && self.end <= len
    }
    fn is_overlapping(&self, other: &Range<usize>) -> bool {
        self.start < other.end && other.start < self.end
    }
}
impl GetDisjointMutIndex for RangeInclusive<usize> {
    fn is_in_bounds(&self, len: usize) -> bool {
        self.start() <= self.end() && *self.end() < len
    }
    fn is_overlapping(&self, other: &RangeInclusive<usize>) -> bool {
        self.start() <= other.end() && other.start() <= self.end()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GetDisjointMutError {
    IndexOutOfBounds,
    OverlappingIndices,
}
impl fmt::Display for GetDisjointMutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            GetDisjointMutError::IndexOutOfBounds => "an index is out of bounds",
            GetDisjointMutError::OverlappingIndices => "there were overlapping indices",
        })
    }
}
impl crate::error::Error for GetDisjointMutError {}

impl<T> [T] {
    pub fn get_disjoint_mut<I, const N: usize>(
        &mut self,
        indices: [I; N],
    ) -> Result<[&mut I::Output; N], GetDisjointMutError>
    where
        I: GetDisjointMutIndex + SliceIndex<[T]>,
    {
        let mut a = 0;
        while a < N {
            if !indices[a].is_in_bounds(self.len()) {
                return Err(GetDisjointMutError::IndexOutOfBounds);
            }
            let mut b = 0;
            while b < a {
                if indices[a].is_overlapping(&indices[b]) {
                    return Err(GetDisjointMutError::OverlappingIndices);
                }
                b += 1;
            }
            a += 1;
        }
        let all = self as *mut [T];
        Ok(crate::array::from_fn(|k| unsafe { (&mut *all).get_unchecked_mut(indices[k].clone()) }))
    }
}
