//! Iterators over iterators.

use super::adapters::Fuse;
use crate::iter::Splittable;
use crate::prelude::v1::*;

macro_rules! flatten_like {
    ([$($g:tt)*] $name:ty, $inner:ident, |$s:ident| $next:expr) => {
        impl<$($g)*> Iterator for $name {
            type Item = $inner::Item;
            fn next(&mut self) -> Option<$inner::Item> {
                loop {
                    if let Some(inner) = &mut self.front {
                        if let Some(x) = inner.next() {
                            return Some(x);
                        }
                        self.front = None;
                    }
                    let $s = &mut *self;
                    match $next {
                        Some(inner) => self.front = Some(inner.into_iter()),
                        None => {
                            return match &mut self.back {
                                Some(inner) => match inner.next() {
                                    Some(x) => Some(x),
                                    None => {
                                        self.back = None;
                                        None
                                    }
                                },
                                None => None,
                            };
                        }
                    }
                }
            }
            fn size_hint(&self) -> (usize, Option<usize>) {
                let (a, ah) = match &self.front {
                    Some(x) => x.size_hint(),
                    None => (0, Some(0)),
                };
                let (b, bh) = match &self.back {
                    Some(x) => x.size_hint(),
                    None => (0, Some(0)),
                };
                let hi = match (self.iter.size_hint(), ah, bh) {
                    ((0, Some(0)), Some(x), Some(y)) => x.checked_add(y),
                    _ => None,
                };
                (a.saturating_add(b), hi)
            }
        }
    };
}

pub struct FlatMap<I, U: IntoIterator, F> {
    pub(in crate::iter) iter: Fuse<I>,
    f: F,
    pub(in crate::iter) front: Option<U::IntoIter>,
    pub(in crate::iter) back: Option<U::IntoIter>,
}
impl<I, U: IntoIterator, F> FlatMap<I, U, F> {
    pub(crate) fn new(iter: I, f: F) -> Self {
        FlatMap { iter: Fuse::new(iter), f, front: None, back: None }
    }
}
impl<I: Clone, U: IntoIterator, F: Clone> Clone for FlatMap<I, U, F>
where
    U::IntoIter: Clone,
{
    fn clone(&self) -> Self {
        FlatMap { iter: self.iter.clone(), f: self.f.clone(), front: self.front.clone(), back: self.back.clone() }
    }
}
flatten_like! {
    [I: Iterator, U: IntoIterator, F: FnMut(I::Item) -> U] FlatMap<I, U, F>, U,
    |s| match s.iter.next() { Some(x) => Some((s.f)(x)), None => None }
}
impl<I: DoubleEndedIterator, U: IntoIterator, F: FnMut(I::Item) -> U> DoubleEndedIterator for FlatMap<I, U, F>
where
    U::IntoIter: DoubleEndedIterator,
{
    fn next_back(&mut self) -> Option<U::Item> {
        loop {
            if let Some(inner) = &mut self.back {
                if let Some(x) = inner.next_back() {
                    return Some(x);
                }
                self.back = None;
            }
            match self.iter.next_back() {
                Some(x) => self.back = Some((self.f)(x).into_iter()),
                None => {
                    return match &mut self.front {
                        Some(inner) => inner.next_back(),
                        None => None,
                    };
                }
            }
        }
    }
}
impl<I: Splittable, U: IntoIterator, F: FnMut(I::Item) -> U> Splittable for FlatMap<I, U, F> {
    const INDEXED: bool = false;
    fn extent(&self) -> usize {
        match &self.iter.iter {
            Some(iter) => iter.extent(),
            None => 0,
        }
    }
    /// Only a chain that has not begun is cut, so there is no front or back to place.
    fn slice(self, lo: usize, hi: usize) -> Self {
        let iter = match self.iter.iter {
            Some(iter) => Some(iter.slice(lo, hi)),
            None => None,
        };
        FlatMap { iter: Fuse { iter }, f: self.f, front: None, back: None }
    }
}

pub struct Flatten<I: Iterator>
where
    I::Item: IntoIterator,
{
    pub(in crate::iter) iter: Fuse<I>,
    pub(in crate::iter) front: Option<<I::Item as IntoIterator>::IntoIter>,
    pub(in crate::iter) back: Option<<I::Item as IntoIterator>::IntoIter>,
}
impl<I: Iterator<Item = U>, U: IntoIterator> Flatten<I> {
    pub(crate) fn new(iter: I) -> Self {
        Flatten { iter: Fuse::new(iter), front: None, back: None }
    }
}
impl<I: Iterator<Item = U> + Clone, U: IntoIterator> Clone for Flatten<I>
where
    U::IntoIter: Clone,
{
    fn clone(&self) -> Self {
        Flatten { iter: self.iter.clone(), front: self.front.clone(), back: self.back.clone() }
    }
}
flatten_like! {
    [I: Iterator<Item = U>, U: IntoIterator] Flatten<I>, U,
    |s| s.iter.next()
}
impl<I: DoubleEndedIterator<Item = U>, U: IntoIterator> DoubleEndedIterator for Flatten<I>
where
    U::IntoIter: DoubleEndedIterator,
{
    fn next_back(&mut self) -> Option<U::Item> {
        loop {
            if let Some(inner) = &mut self.back {
                if let Some(x) = inner.next_back() {
                    return Some(x);
                }
                self.back = None;
            }
            match self.iter.next_back() {
                Some(x) => self.back = Some(x.into_iter()),
                None => {
                    return match &mut self.front {
                        Some(inner) => inner.next_back(),
                        None => None,
                    };
                }
            }
        }
    }
}
impl<I: Splittable<Item = U>, U: IntoIterator> Splittable for Flatten<I> {
    const INDEXED: bool = false;
    fn extent(&self) -> usize {
        match &self.iter.iter {
            Some(iter) => iter.extent(),
            None => 0,
        }
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        let iter = match self.iter.iter {
            Some(iter) => Some(iter.slice(lo, hi)),
            None => None,
        };
        Flatten { iter: Fuse { iter }, front: None, back: None }
    }
}
impl<I: Default + Iterator<Item = U>, U: IntoIterator> Default for Flatten<I> {
    fn default() -> Self {
        Flatten::new(I::default())
    }
}
