//! Ranges as iterators.

use crate::intrinsics as i;
use crate::iter::{ExactSizeIterator, FusedIterator, Indexed, Splittable};
use crate::ops::{Range, RangeFrom, RangeInclusive};
use crate::prelude::v1::*;

/// Types with a successor.
pub trait Step: Clone + PartialOrd {
    /// How many steps lead from `a` to `b`; `None` if they do not fit a `usize`; 0 if `b` is before `a`.
    fn steps_between(a: &Self, b: &Self) -> Option<usize>;
    fn forward_checked(a: Self, n: usize) -> Option<Self>;
    fn backward_checked(a: Self, n: usize) -> Option<Self>;
    /// The next value; the caller knows there is one.
    fn successor(a: &Self) -> Self;
    fn predecessor(a: &Self) -> Self;
    /// The next value, or a panic.
    #[track_caller]
    fn forward(a: Self) -> Self;
}

macro_rules! int_step {
    ($($t:ident $wide:ident;)*) => { $(
        impl Step for $t {
            fn steps_between(a: &$t, b: &$t) -> Option<usize> {
                if *a < *b {
                    let d = (*b as $wide).wrapping_sub(*a as $wide);
                    if d as u128 > usize::MAX as u128 { None } else { Some(d as usize) }
                } else {
                    Some(0)
                }
            }
            fn forward_checked(a: $t, n: usize) -> Option<$t> {
                // The distance is taken modulo the width, and is right if it does not pass the end.
                let room = ($t::MAX as $wide).wrapping_sub(a as $wide);
                if n as u128 > room as u128 { None } else { Some(a.wrapping_add(n as $t)) }
            }
            fn backward_checked(a: $t, n: usize) -> Option<$t> {
                let room = (a as $wide).wrapping_sub($t::MIN as $wide);
                if n as u128 > room as u128 { None } else { Some(a.wrapping_sub(n as $t)) }
            }
            fn successor(a: &$t) -> $t { unsafe { i::wrapping_add(*a, 1) } }
            fn predecessor(a: &$t) -> $t { unsafe { i::wrapping_sub(*a, 1) } }
            #[track_caller]
            fn forward(a: $t) -> $t { a + 1 }
        }
    )* };
}
int_step! {
    u8 u8; u16 u16; u32 u32; u64 u64; u128 u128; usize usize;
    i8 u8; i16 u16; i32 u32; i64 u64; i128 u128; isize usize;
}

impl Step for char {
    fn steps_between(a: &char, b: &char) -> Option<usize> {
        let (x, y) = (*a as usize, *b as usize);
        if x >= y {
            return Some(0);
        }
        Some(if x < 0xd800 && y >= 0xe000 { y - x - 0x800 } else { y - x })
    }
    fn forward_checked(a: char, n: usize) -> Option<char> {
        let x = a as usize;
        let mut y = match x.checked_add(n) {
            Some(y) => y,
            None => return None,
        };
        if x < 0xd800 && y >= 0xd800 {
            y = match y.checked_add(0x800) {
                Some(y) => y,
                None => return None,
            };
        }
        if y <= 0x10ffff { char::from_u32(y as u32) } else { None }
    }
    fn backward_checked(a: char, n: usize) -> Option<char> {
        let x = a as usize;
        if n > x {
            return None;
        }
        let mut y = x - n;
        if x >= 0xe000 && y < 0xe000 {
            if y < 0x800 {
                return None;
            }
            y -= 0x800;
        }
        char::from_u32(y as u32)
    }
    fn successor(a: &char) -> char {
        let n = *a as u32;
        unsafe { char::from_u32_unchecked(if n == 0xd7ff { 0xe000 } else { n + 1 }) }
    }
    fn predecessor(a: &char) -> char {
        let n = *a as u32;
        unsafe { char::from_u32_unchecked(if n == 0xe000 { 0xd7ff } else { n - 1 }) }
    }
    #[track_caller]
    fn forward(a: char) -> char {
        match char::forward_checked(a, 1) {
            Some(c) => c,
            None => crate::panicking::panic("overflow in `Step::forward`"),
        }
    }
}

fn hint(n: Option<usize>) -> (usize, Option<usize>) {
    match n {
        Some(x) => (x, Some(x)),
        None => (usize::MAX, None),
    }
}

impl<A: Step> Iterator for Range<A> {
    type Item = A;
    fn next(&mut self) -> Option<A> {
        if self.start < self.end {
            let after = Step::successor(&self.start);
            Some(crate::mem::replace(&mut self.start, after))
        } else {
            None
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        hint(Step::steps_between(&self.start, &self.end))
    }
    fn count(self) -> usize {
        match Step::steps_between(&self.start, &self.end) {
            Some(n) => n,
            None => crate::panicking::panic("count overflowed usize"),
        }
    }
    fn nth(&mut self, n: usize) -> Option<A> {
        if let Some(x) = Step::forward_checked(self.start.clone(), n) {
            if x < self.end {
                self.start = Step::successor(&x);
                return Some(x);
            }
        }
        self.start = self.end.clone();
        None
    }
    fn last(mut self) -> Option<A> {
        self.next_back()
    }
    fn min(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next()
    }
    fn max(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next_back()
    }
}
impl<A: Step> DoubleEndedIterator for Range<A> {
    fn next_back(&mut self) -> Option<A> {
        if self.start < self.end {
            self.end = Step::predecessor(&self.end);
            Some(self.end.clone())
        } else {
            None
        }
    }
    fn nth_back(&mut self, n: usize) -> Option<A> {
        if let Some(x) = Step::backward_checked(self.end.clone(), n) {
            if x > self.start {
                self.end = Step::predecessor(&x);
                return Some(self.end.clone());
            }
        }
        self.end = self.start.clone();
        None
    }
}
impl<A: Step> FusedIterator for Range<A> {}
impl<A: Step> Splittable for Range<A> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        match Step::steps_between(&self.start, &self.end) {
            Some(n) => n,
            None => crate::panicking::panic("range is too long to count"),
        }
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        match (Step::forward_checked(self.start.clone(), lo), Step::forward_checked(self.start, hi)) {
            (Some(start), Some(end)) => start..end,
            _ => crate::panicking::panic("slice of a range past its end"),
        }
    }
}
impl<A: Step> Indexed for Range<A> {}

impl<A: Step> Iterator for RangeInclusive<A> {
    type Item = A;
    fn next(&mut self) -> Option<A> {
        if self.exhausted || !(self.start <= self.end) {
            return None;
        }
        if self.start < self.end {
            let after = Step::successor(&self.start);
            Some(crate::mem::replace(&mut self.start, after))
        } else {
            self.exhausted = true;
            Some(self.start.clone())
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.is_empty() {
            return (0, Some(0));
        }
        match Step::steps_between(&self.start, &self.end) {
            Some(n) => (n.saturating_add(1), n.checked_add(1)),
            None => (usize::MAX, None),
        }
    }
    fn nth(&mut self, n: usize) -> Option<A> {
        if self.is_empty() {
            return None;
        }
        if let Some(x) = Step::forward_checked(self.start.clone(), n) {
            if x < self.end {
                self.start = Step::successor(&x);
                return Some(x);
            }
            if x == self.end {
                self.start = x.clone();
                self.exhausted = true;
                return Some(x);
            }
        }
        self.start = self.end.clone();
        self.exhausted = true;
        None
    }
    fn last(mut self) -> Option<A> {
        self.next_back()
    }
    fn min(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next()
    }
    fn max(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next_back()
    }
}
impl<A: Step> DoubleEndedIterator for RangeInclusive<A> {
    fn next_back(&mut self) -> Option<A> {
        if self.exhausted || !(self.start <= self.end) {
            return None;
        }
        if self.start < self.end {
            let before = Step::predecessor(&self.end);
            Some(crate::mem::replace(&mut self.end, before))
        } else {
            self.exhausted = true;
            Some(self.end.clone())
        }
    }
    fn nth_back(&mut self, n: usize) -> Option<A> {
        if self.is_empty() {
            return None;
        }
        if let Some(x) = Step::backward_checked(self.end.clone(), n) {
            if x > self.start {
                self.end = Step::predecessor(&x);
                return Some(x);
            }
            if x == self.start {
                self.end = x.clone();
                self.exhausted = true;
                return Some(x);
            }
        }
        self.end = self.start.clone();
        self.exhausted = true;
        None
    }
}
impl<A: Step> FusedIterator for RangeInclusive<A> {}
impl<A: Step> Splittable for RangeInclusive<A> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        match self.size_hint() {
            (_, Some(n)) => n,
            _ => crate::panicking::panic("range is too long to count"),
        }
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        if lo == hi {
            return RangeInclusive { start: self.start, end: self.end, exhausted: true };
        }
        match (Step::forward_checked(self.start.clone(), lo), Step::forward_checked(self.start, hi - 1)) {
            (Some(start), Some(end)) => RangeInclusive { start, end, exhausted: false },
            _ => crate::panicking::panic("slice of a range past its end"),
        }
    }
}
impl<A: Step> Indexed for RangeInclusive<A> {}

impl<A: Step> Iterator for RangeFrom<A> {
    type Item = A;
    #[track_caller]
    fn next(&mut self) -> Option<A> {
        let after = Step::forward(self.start.clone());
        Some(crate::mem::replace(&mut self.start, after))
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (usize::MAX, None)
    }
    #[track_caller]
    fn nth(&mut self, n: usize) -> Option<A> {
        match Step::forward_checked(self.start.clone(), n) {
            Some(x) => {
                self.start = Step::forward(x.clone());
                Some(x)
            }
            None => crate::panicking::panic("overflow in `Step::forward`"),
        }
    }
}
impl<A: Step> FusedIterator for RangeFrom<A> {}

macro_rules! exact {
    ($($t:ty)*) => { $(
        impl ExactSizeIterator for Range<$t> {}
    )* };
}
exact! { usize u8 u16 u32 isize i8 i16 i32 }
macro_rules! exact_inclusive {
    ($($t:ty)*) => { $(
        impl ExactSizeIterator for RangeInclusive<$t> {}
    )* };
}
exact_inclusive! { u8 i8 u16 i16 }

macro_rules! slice_indexed {
    ($($name:ident)*) => { $(
        impl<'a, T> Indexed for crate::slice::$name<'a, T> {}
    )* };
}
slice_indexed! { Iter IterMut Chunks ChunksMut ChunksExact ChunksExactMut Windows }
