//! The items of one or two iterators in another order.

use crate::iter::{ExactSizeIterator, FusedIterator, Indexed, Splittable};
use crate::panicking::panic;
use crate::prelude::v1::*;

construct! {
    Rev<I> { iter: I };
    Zip<A, B> { a: A, b: B };
    Copied<I> { iter: I };
    Cloned<I> { iter: I };
}

#[derive(Clone, Debug)]
pub struct Rev<I> {
    iter: I,
}
impl<I: DoubleEndedIterator> Iterator for Rev<I> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        self.iter.next_back()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }
    fn nth(&mut self, n: usize) -> Option<I::Item> {
        self.iter.nth_back(n)
    }
}
impl<I: DoubleEndedIterator> DoubleEndedIterator for Rev<I> {
    fn next_back(&mut self) -> Option<I::Item> {
        self.iter.next()
    }
    fn nth_back(&mut self, n: usize) -> Option<I::Item> {
        self.iter.nth(n)
    }
}
impl<I: ExactSizeIterator + DoubleEndedIterator> ExactSizeIterator for Rev<I> {}
impl<I: FusedIterator + DoubleEndedIterator> FusedIterator for Rev<I> {}
impl<I: Splittable + DoubleEndedIterator> Splittable for Rev<I> {
    const INDEXED: bool = I::INDEXED;
    fn extent(&self) -> usize {
        self.iter.extent()
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        let n = self.iter.extent();
        Rev { iter: self.iter.slice(n - hi, n - lo) }
    }
    fn restore(self, part: Self) {
        self.iter.restore(part.iter);
    }
}
impl<I: Indexed + DoubleEndedIterator> Indexed for Rev<I> {}

macro_rules! duplicate {
    ($($name:ident $bound:ident |$x:ident| $e:expr;)*) => { $(
        #[derive(Clone, Debug)]
        pub struct $name<I> {
            iter: I,
        }
        impl<'a, T: $bound + 'a, I: Iterator<Item = &'a T>> Iterator for $name<I> {
            type Item = T;
            fn next(&mut self) -> Option<T> {
                match self.iter.next() {
                    Some($x) => Some($e),
                    None => None,
                }
            }
            fn size_hint(&self) -> (usize, Option<usize>) { self.iter.size_hint() }
            fn nth(&mut self, n: usize) -> Option<T> {
                match self.iter.nth(n) {
                    Some($x) => Some($e),
                    None => None,
                }
            }
        }
        impl<'a, T: $bound + 'a, I: DoubleEndedIterator<Item = &'a T>> DoubleEndedIterator for $name<I> {
            fn next_back(&mut self) -> Option<T> {
                match self.iter.next_back() {
                    Some($x) => Some($e),
                    None => None,
                }
            }
        }
        impl<'a, T: $bound + 'a, I: ExactSizeIterator<Item = &'a T>> ExactSizeIterator for $name<I> {}
        impl<'a, T: $bound + 'a, I: FusedIterator<Item = &'a T>> FusedIterator for $name<I> {}
        impl<'a, T: $bound + 'a, I: Splittable<Item = &'a T>> Splittable for $name<I> {
            const INDEXED: bool = I::INDEXED;
            fn extent(&self) -> usize { self.iter.extent() }
            fn slice(self, lo: usize, hi: usize) -> Self { $name { iter: self.iter.slice(lo, hi) } }
        }
        impl<'a, T: $bound + 'a, I: Indexed<Item = &'a T>> Indexed for $name<I> {}
    )* };
}
duplicate! { Copied Copy |x| *x; Cloned Clone |x| x.clone(); }

#[derive(Clone, Debug)]
pub struct Zip<A, B> {
    a: A,
    b: B,
}
pub fn zip<A: IntoIterator, B: IntoIterator>(a: A, b: B) -> Zip<A::IntoIter, B::IntoIter> {
    Zip::new(a.into_iter(), b.into_iter())
}
impl<A: Iterator, B: Iterator> Iterator for Zip<A, B> {
    type Item = (A::Item, B::Item);
    fn next(&mut self) -> Option<(A::Item, B::Item)> {
        match self.a.next() {
            Some(x) => match self.b.next() {
                Some(y) => Some((x, y)),
                None => None,
            },
            None => None,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let (la, ha) = self.a.size_hint();
        let (lb, hb) = self.b.size_hint();
        let hi = match (ha, hb) {
            (Some(x), Some(y)) => Some(if x < y { x } else { y }),
            (Some(x), None) => Some(x),
            (None, y) => y,
        };
        (if la < lb { la } else { lb }, hi)
    }
}
impl<A, B> DoubleEndedIterator for Zip<A, B>
where
    A: DoubleEndedIterator + ExactSizeIterator,
    B: DoubleEndedIterator + ExactSizeIterator,
{
    fn next_back(&mut self) -> Option<(A::Item, B::Item)> {
        let (n, m) = (self.a.len(), self.b.len());
        let mut k = m;
        while k < n {
            self.a.next_back();
            k += 1;
        }
        k = n;
        while k < m {
            self.b.next_back();
            k += 1;
        }
        match (self.a.next_back(), self.b.next_back()) {
            (Some(x), Some(y)) => Some((x, y)),
            _ => None,
        }
    }
}
impl<A: ExactSizeIterator, B: ExactSizeIterator> ExactSizeIterator for Zip<A, B> {}
impl<A: FusedIterator, B: FusedIterator> FusedIterator for Zip<A, B> {}
impl<A: Indexed, B: Indexed> Splittable for Zip<A, B> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        let (n, m) = (self.a.extent(), self.b.extent());
        if n < m { n } else { m }
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        Zip { a: self.a.slice(lo, hi), b: self.b.slice(lo, hi) }
    }
    fn restore(self, part: Self) {
        self.a.restore(part.a);
        self.b.restore(part.b);
    }
}
impl<A: Indexed, B: Indexed> Indexed for Zip<A, B> {}

#[derive(Clone, Debug)]
pub struct Chain<A, B> {
    a: Option<A>,
    b: Option<B>,
}
impl<A, B> Chain<A, B> {
    pub(crate) fn new(a: A, b: B) -> Self {
        Chain { a: Some(a), b: Some(b) }
    }
}
impl<A: Iterator, B: Iterator<Item = A::Item>> Iterator for Chain<A, B> {
    type Item = A::Item;
    fn next(&mut self) -> Option<A::Item> {
        if let Some(a) = &mut self.a {
            if let Some(x) = a.next() {
                return Some(x);
            }
            self.a = None;
        }
        match &mut self.b {
            Some(b) => b.next(),
            None => None,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let (la, ha) = match &self.a {
            Some(a) => a.size_hint(),
            None => (0, Some(0)),
        };
        let (lb, hb) = match &self.b {
            Some(b) => b.size_hint(),
            None => (0, Some(0)),
        };
        let hi = match (ha, hb) {
            (Some(x), Some(y)) => x.checked_add(y),
            _ => None,
        };
        (la.saturating_add(lb), hi)
    }
}
impl<A: DoubleEndedIterator, B: DoubleEndedIterator<Item = A::Item>> DoubleEndedIterator for Chain<A, B> {
    fn next_back(&mut self) -> Option<A::Item> {
        if let Some(b) = &mut self.b {
            if let Some(x) = b.next_back() {
                return Some(x);
            }
            self.b = None;
        }
        match &mut self.a {
            Some(a) => a.next_back(),
            None => None,
        }
    }
}
impl<A: FusedIterator, B: FusedIterator<Item = A::Item>> FusedIterator for Chain<A, B> {}
impl<A: Splittable, B: Splittable<Item = A::Item>> Splittable for Chain<A, B> {
    const INDEXED: bool = A::INDEXED && B::INDEXED;
    fn extent(&self) -> usize {
        let n = match &self.a {
            Some(a) => a.extent(),
            None => 0,
        };
        match &self.b {
            Some(b) => n + b.extent(),
            None => n,
        }
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        let n = match &self.a {
            Some(a) => a.extent(),
            None => 0,
        };
        let a = match self.a {
            Some(a) if lo < n => Some(a.slice(lo, if hi < n { hi } else { n })),
            _ => None,
        };
        let b = match self.b {
            Some(b) if hi > n => Some(b.slice(if lo > n { lo - n } else { 0 }, hi - n)),
            _ => None,
        };
        Chain { a, b }
    }
}
impl<A: Indexed, B: Indexed<Item = A::Item>> Indexed for Chain<A, B> {}

#[derive(Clone, Debug)]
pub struct Fuse<I> {
    pub(crate) iter: Option<I>,
}
impl<I> Fuse<I> {
    pub(crate) fn new(iter: I) -> Self {
        Fuse { iter: Some(iter) }
    }
}
impl<I: Iterator> Iterator for Fuse<I> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        match &mut self.iter {
            Some(iter) => match iter.next() {
                Some(x) => Some(x),
                None => {
                    self.iter = None;
                    None
                }
            },
            None => None,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.iter {
            Some(iter) => iter.size_hint(),
            None => (0, Some(0)),
        }
    }
}
impl<I: DoubleEndedIterator> DoubleEndedIterator for Fuse<I> {
    fn next_back(&mut self) -> Option<I::Item> {
        match &mut self.iter {
            Some(iter) => match iter.next_back() {
                Some(x) => Some(x),
                None => {
                    self.iter = None;
                    None
                }
            },
            None => None,
        }
    }
}
impl<I: ExactSizeIterator> ExactSizeIterator for Fuse<I> {}
impl<I: Iterator> FusedIterator for Fuse<I> {}

#[derive(Clone, Debug)]
pub struct Cycle<I> {
    orig: I,
    iter: I,
}
impl<I: Clone> Cycle<I> {
    pub(crate) fn new(iter: I) -> Self {
        Cycle { orig: iter.clone(), iter }
    }
}
impl<I: Clone + Iterator> Iterator for Cycle<I> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        match self.iter.next() {
            None => {
                self.iter = self.orig.clone();
                self.iter.next()
            }
            y => y,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        match self.orig.size_hint() {
            (0, Some(0)) => (0, Some(0)),
            (0, _) => (0, None),
            _ => (usize::MAX, None),
        }
    }
}
impl<I: Clone + Iterator> FusedIterator for Cycle<I> {}

/// The items of `a` and then those of `b`.
pub fn chain<A: IntoIterator, B: IntoIterator<Item = A::Item>>(a: A, b: B) -> Chain<A::IntoIter, B::IntoIter> {
    a.into_iter().chain(b)
}
impl<A: Default, B: Default> Default for Chain<A, B> {
    fn default() -> Self {
        Chain::new(A::default(), B::default())
    }
}
macro_rules! empty {
    ($($name:ident)*) => { $(
        impl<I: Default> Default for $name<I> {
            fn default() -> Self {
                $name::new(I::default())
            }
        }
    )* };
}
empty! { Rev Copied Cloned Fuse }
