//! What two sets have in common, and what not.

use super::{HashSet, Iter};
use crate::fmt;
use crate::hash::{BuildHasher, Hash};
use crate::iter::{Chain, FusedIterator};
use crate::prelude::v1::*;

pub struct Difference<'a, T, S> {
    iter: Iter<'a, T>,
    other: &'a HashSet<T, S>,
}
pub struct Intersection<'a, T, S> {
    iter: Iter<'a, T>,
    other: &'a HashSet<T, S>,
}
pub struct SymmetricDifference<'a, T, S> {
    iter: Chain<Difference<'a, T, S>, Difference<'a, T, S>>,
}
pub struct Union<'a, T, S> {
    iter: Chain<Iter<'a, T>, Difference<'a, T, S>>,
}
impl<'a, T: Eq + Hash, S: BuildHasher> Iterator for Difference<'a, T, S> {
    type Item = &'a T;
    fn next(&mut self) -> Option<&'a T> {
        while let Some(x) = self.iter.next() {
            if !self.other.contains(x) {
                return Some(x);
            }
        }
        None
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.iter.size_hint().1)
    }
}
impl<'a, T: Eq + Hash, S: BuildHasher> Iterator for Intersection<'a, T, S> {
    type Item = &'a T;
    fn next(&mut self) -> Option<&'a T> {
        while let Some(x) = self.iter.next() {
            if self.other.contains(x) {
                return Some(x);
            }
        }
        None
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.iter.size_hint().1)
    }
}
impl<'a, T: Eq + Hash, S: BuildHasher> Iterator for SymmetricDifference<'a, T, S> {
    type Item = &'a T;
    fn next(&mut self) -> Option<&'a T> {
        self.iter.next()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }
}
impl<'a, T: Eq + Hash, S: BuildHasher> Iterator for Union<'a, T, S> {
    type Item = &'a T;
    fn next(&mut self) -> Option<&'a T> {
        self.iter.next()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }
}

impl<'a, T: Eq + Hash, S: BuildHasher> Difference<'a, T, S> {
    pub(super) fn new(of: &'a HashSet<T, S>, other: &'a HashSet<T, S>) -> Self {
        Difference { iter: of.iter(), other }
    }
}
impl<'a, T: Eq + Hash, S: BuildHasher> Intersection<'a, T, S> {
    pub(super) fn new(a: &'a HashSet<T, S>, b: &'a HashSet<T, S>) -> Self {
        let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        Intersection { iter: small.iter(), other: large }
    }
}
impl<'a, T: Eq + Hash, S: BuildHasher> SymmetricDifference<'a, T, S> {
    pub(super) fn new(a: &'a HashSet<T, S>, b: &'a HashSet<T, S>) -> Self {
        SymmetricDifference { iter: a.difference(b).chain(b.difference(a)) }
    }
}
impl<'a, T: Eq + Hash, S: BuildHasher> Union<'a, T, S> {
    pub(super) fn new(a: &'a HashSet<T, S>, b: &'a HashSet<T, S>) -> Self {
        let (large, small) = if a.len() >= b.len() { (a, b) } else { (b, a) };
        Union { iter: large.iter().chain(small.difference(large)) }
    }
}
impl<T, S> Clone for SymmetricDifference<'_, T, S> {
    fn clone(&self) -> Self {
        SymmetricDifference { iter: self.iter.clone() }
    }
}
impl<T, S> Clone for Union<'_, T, S> {
    fn clone(&self) -> Self {
        Union { iter: self.iter.clone() }
    }
}
macro_rules! common {
    ($($name:ident)*) => { $(
        impl<T: fmt::Debug + Eq + Hash, S: BuildHasher> fmt::Debug for $name<'_, T, S> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.clone()).finish()
            }
        }
    )* };
}
common! { Difference Intersection SymmetricDifference Union }
impl<T: Eq + Hash, S: BuildHasher> FusedIterator for SymmetricDifference<'_, T, S> {}
impl<T: Eq + Hash, S: BuildHasher> FusedIterator for Union<'_, T, S> {}
impl<T: Eq + Hash, S: BuildHasher> FusedIterator for Difference<'_, T, S> {}
impl<T: Eq + Hash, S: BuildHasher> FusedIterator for Intersection<'_, T, S> {}
impl<T, S> Clone for Difference<'_, T, S> {
    fn clone(&self) -> Self {
        Difference { iter: self.iter.clone(), other: self.other }
    }
}
impl<T, S> Clone for Intersection<'_, T, S> {
    fn clone(&self) -> Self {
        Intersection { iter: self.iter.clone(), other: self.other }
    }
}
