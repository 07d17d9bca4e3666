//! Iterators over maps by reference.

use super::{Item, ValuesMut};
use crate::iter::{FusedIterator, Splittable};
use crate::prelude::v1::*;
use crate::{fmt, mem, slice};

/// The rest of a first chunk, whole chunks, and the start of a last one.
pub(super) struct Span<'a, K, V> {
    pub(super) front: slice::Iter<'a, Item<K, V>>,
    pub(super) middle: slice::Iter<'a, Vec<Item<K, V>>>,
    pub(super) back: slice::Iter<'a, Item<K, V>>,
}
pub(super) struct SpanMut<'a, K, V> {
    pub(super) front: slice::IterMut<'a, Item<K, V>>,
    pub(super) middle: slice::IterMut<'a, Vec<Item<K, V>>>,
    pub(super) back: slice::IterMut<'a, Item<K, V>>,
}
impl<K, V> Clone for Span<'_, K, V> {
    fn clone(&self) -> Self {
        Span { front: self.front.clone(), middle: self.middle.clone(), back: self.back.clone() }
    }
}
macro_rules! span {
    ($($name:ident $item:ty, |$e:ident| $out:ty: $x:expr, $iter:ident;)*) => { $(
        impl<'a, K, V> $name<'a, K, V> {
            fn next(&mut self) -> Option<$out> {
                loop {
                    if let Some($e) = self.front.next() {
                        return Some($x);
                    }
                    match self.middle.next() {
                        Some(chunk) => self.front = chunk.$iter(),
                        None => {
                            return match self.back.next() {
                                Some($e) => Some($x),
                                None => None,
                            };
                        }
                    }
                }
            }
            fn next_back(&mut self) -> Option<$out> {
                loop {
                    if let Some($e) = self.back.next_back() {
                        return Some($x);
                    }
                    match self.middle.next_back() {
                        Some(chunk) => self.back = chunk.$iter(),
                        None => {
                            return match self.front.next_back() {
                                Some($e) => Some($x),
                                None => None,
                            };
                        }
                    }
                }
            }
        }
    )* };
}
span! {
    Span &'a Item<K, V>, |e| (&'a K, &'a V): (&e.key, &e.value), iter;
    SpanMut &'a mut Item<K, V>, |e| (&'a K, &'a mut V): (&e.key, &mut e.value), iter_mut;
}

pub struct Iter<'a, K, V> {
    pub(super) span: Span<'a, K, V>,
    pub(super) left: usize,
}
pub struct IterMut<'a, K, V> {
    pub(super) span: SpanMut<'a, K, V>,
    pub(super) left: usize,
}
pub struct Range<'a, K, V> {
    pub(super) span: Span<'a, K, V>,
}
pub struct RangeMut<'a, K, V> {
    pub(super) span: SpanMut<'a, K, V>,
}
macro_rules! counted {
    ($($name:ident $out:ty;)*) => { $(
        impl<'a, K, V> Iterator for $name<'a, K, V> {
            type Item = $out;
            fn next(&mut self) -> Option<$out> {
                if self.left == 0 {
                    return None;
                }
                self.left -= 1;
                self.span.next()
            }
            fn size_hint(&self) -> (usize, Option<usize>) { (self.left, Some(self.left)) }
        }
        impl<'a, K, V> DoubleEndedIterator for $name<'a, K, V> {
            fn next_back(&mut self) -> Option<$out> {
                if self.left == 0 {
                    return None;
                }
                self.left -= 1;
                self.span.next_back()
            }
        }
        impl<K, V> ExactSizeIterator for $name<'_, K, V> {}
        impl<K, V> FusedIterator for $name<'_, K, V> {}
    )* };
}
counted! { Iter (&'a K, &'a V); IterMut (&'a K, &'a mut V); }
macro_rules! uncounted {
    ($($name:ident $out:ty;)*) => { $(
        impl<'a, K, V> Iterator for $name<'a, K, V> {
            type Item = $out;
            fn next(&mut self) -> Option<$out> { self.span.next() }
        }
        impl<'a, K, V> DoubleEndedIterator for $name<'a, K, V> {
            fn next_back(&mut self) -> Option<$out> { self.span.next_back() }
        }
        impl<K, V> FusedIterator for $name<'_, K, V> {}
    )* };
}
uncounted! { Range (&'a K, &'a V); RangeMut (&'a K, &'a mut V); }
impl<K, V> Clone for Iter<'_, K, V> {
    fn clone(&self) -> Self {
        Iter { span: self.span.clone(), left: self.left }
    }
}
impl<K, V> Clone for Range<'_, K, V> {
    fn clone(&self) -> Self {
        Range { span: self.span.clone() }
    }
}
impl<'a, K, V> Splittable for Iter<'a, K, V> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        self.left
    }
    /// Whole chunks are skipped without looking into them.
    fn slice(mut self, lo: usize, hi: usize) -> Self {
        let n = self.left;
        let mut k = 0;
        while k < lo {
            let here = self.span.front.len();
            if here == 0 {
                match self.span.middle.next() {
                    Some(c) => self.span.front = c.iter(),
                    None => self.span.front = mem::take(&mut self.span.back),
                }
            } else {
                let step = if here < lo - k { here } else { lo - k };
                self.span.front.nth(step - 1);
                k += step;
            }
        }
        k = n;
        while k > hi {
            let here = self.span.back.len();
            if here == 0 {
                match self.span.middle.next_back() {
                    Some(c) => self.span.back = c.iter(),
                    None => self.span.back = mem::take(&mut self.span.front),
                }
            } else {
                let step = if here < k - hi { here } else { k - hi };
                self.span.back.nth_back(step - 1);
                k -= step;
            }
        }
        self.left = hi - lo;
        self
    }
}
impl<K, V> crate::iter::Indexed for Iter<'_, K, V> {}

impl<K, V> SpanMut<'_, K, V> {
    pub(super) fn refs(&self) -> impl Iterator<Item = &Item<K, V>> {
        self.front.as_slice().iter().chain(self.middle.as_slice().iter().flatten()).chain(self.back.as_slice().iter())
    }
}
impl<K, V> Default for Span<'_, K, V> {
    fn default() -> Self {
        Span { front: Default::default(), middle: Default::default(), back: Default::default() }
    }
}
impl<K, V> Default for SpanMut<'_, K, V> {
    fn default() -> Self {
        SpanMut { front: Default::default(), middle: Default::default(), back: Default::default() }
    }
}
macro_rules! empty {
    ($($name:ident { $($field:ident)* })*) => { $(
        impl<K, V> Default for $name<'_, K, V> {
            fn default() -> Self {
                $name { $($field: Default::default()),* }
            }
        }
    )* };
}
empty! { Iter { span left } IterMut { span left } Range { span } RangeMut { span } }
macro_rules! show {
    ($($name:ident |$s:ident| $e:expr;)*) => { $(
        impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for $name<'_, K, V> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let $s = self;
                f.debug_list().entries($e).finish()
            }
        }
    )* };
}
show! {
    Iter |s| s.clone();
    Range |s| s.clone();
    IterMut |s| s.span.refs().map(|e| (&e.key, &e.value));
    RangeMut |s| s.span.refs().map(|e| (&e.key, &e.value));
}
impl<K, V: fmt::Debug> fmt::Debug for ValuesMut<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.inner.span.refs().map(|e| &e.value)).finish()
    }
}
