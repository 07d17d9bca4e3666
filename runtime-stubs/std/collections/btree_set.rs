//! Ordered sets: ordered maps without values.

use super::btree_map::{self, BTreeMap};
use crate::borrow::Borrow;
use crate::cmp::Ordering;
use crate::fmt;
use crate::iter::{Extend, FromIterator, FusedIterator};
use crate::ops::{BitAnd, BitOr, BitXor, RangeBounds, Sub};
use crate::prelude::v1::*;

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BTreeSet<T> {
    map: BTreeMap<T, ()>,
}
pub type Iter<'a, T> = btree_map::Keys<'a, T, ()>;
pub type IntoIter<T> = btree_map::IntoKeys<T, ()>;

impl<T> BTreeSet<T> {
    pub const fn new() -> BTreeSet<T> {
        BTreeSet { map: BTreeMap::new() }
    }
    pub fn iter(&self) -> Iter<'_, T> {
        self.map.keys()
    }
    pub fn len(&self) -> usize {
        self.map.len()
    }
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }
    pub fn clear(&mut self) {
        self.map.clear()
    }
    #[track_caller]
    pub fn range<K: Ord + ?Sized, R: RangeBounds<K>>(&self, range: R) -> Range<'_, T>
    where
        T: Borrow<K>,
    {
        Range { inner: self.map.range_of_set(range) }
    }
    pub fn first(&self) -> Option<&T> {
        match self.map.first_key_value() {
            Some((k, _)) => Some(k),
            None => None,
        }
    }
    pub fn last(&self) -> Option<&T> {
        match self.map.last_key_value() {
            Some((k, _)) => Some(k),
            None => None,
        }
    }
    pub fn pop_first(&mut self) -> Option<T> {
        match self.map.pop_first() {
            Some((k, _)) => Some(k),
            None => None,
        }
    }
    pub fn pop_last(&mut self) -> Option<T> {
        match self.map.pop_last() {
            Some((k, _)) => Some(k),
            None => None,
        }
    }
    pub fn retain<F: FnMut(&T) -> bool>(&mut self, mut f: F) {
        self.map.retain(|k, _| f(k))
    }
    pub fn contains<Q: Ord + ?Sized>(&self, value: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.map.contains_key(value)
    }
    pub fn get<Q: Ord + ?Sized>(&self, value: &Q) -> Option<&T>
    where
        T: Borrow<Q>,
    {
        match self.map.get_key_value(value) {
            Some((k, _)) => Some(k),
            None => None,
        }
    }
    pub fn remove<Q: Ord + ?Sized>(&mut self, value: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.map.remove(value).is_some()
    }
    pub fn take<Q: Ord + ?Sized>(&mut self, value: &Q) -> Option<T>
    where
        T: Borrow<Q>,
    {
        match self.map.remove_entry(value) {
            Some((k, _)) => Some(k),
            None => None,
        }
    }
    pub fn split_off<Q: Ord + ?Sized>(&mut self, value: &Q) -> BTreeSet<T>
    where
        T: Borrow<Q>,
    {
        BTreeSet { map: self.map.split_off(value) }
    }
}
impl<T: Ord> BTreeSet<T> {
    #[track_caller]
    pub fn extract_if<F: FnMut(&T) -> bool, R: RangeBounds<T>>(
        &mut self,
        range: R,
        mut pred: F,
    ) -> impl Iterator<Item = T> {
        self.map.extract_if(range, move |k, _| pred(k)).map(|(k, _)| k)
    }
    #[skeleton = "insert"]
    pub fn insert(&mut self, value: T) -> bool {
        self.map.insert(value, ()).is_none()
    }
    pub fn replace(&mut self, value: T) -> Option<T> {
        let old = self.take(&value);
        self.insert(value);
        old
    }
    pub fn append(&mut self, other: &mut BTreeSet<T>) {
        self.map.append(&mut other.map)
    }
    pub fn is_disjoint(&self, other: &BTreeSet<T>) -> bool {
        self.intersection(other).next().is_none()
    }
    pub fn is_subset(&self, other: &BTreeSet<T>) -> bool {
        self.len() <= other.len() && self.iter().all(|v| other.contains(v))
    }
    pub fn is_superset(&self, other: &BTreeSet<T>) -> bool {
        other.is_subset(self)
    }
    pub fn difference<'a>(&'a self, other: &'a BTreeSet<T>) -> Merge<'a, T> {
        Merge::new(self, other, true, false, false)
    }
    pub fn symmetric_difference<'a>(&'a self, other: &'a BTreeSet<T>) -> Merge<'a, T> {
        Merge::new(self, other, true, false, true)
    }
    pub fn intersection<'a>(&'a self, other: &'a BTreeSet<T>) -> Merge<'a, T> {
        Merge::new(self, other, false, true, false)
    }
    pub fn union<'a>(&'a self, other: &'a BTreeSet<T>) -> Merge<'a, T> {
        Merge::new(self, other, true, true, true)
    }
}

/// Two sets walked together; the flags say which elements are given: only left, both, only right.
pub struct Merge<'a, T> {
    a: Iter<'a, T>,
    b: Iter<'a, T>,
    next_a: Option<&'a T>,
    next_b: Option<&'a T>,
    left: bool,
    both: bool,
    right: bool,
}
pub type Difference<'a, T> = Merge<'a, T>;
pub type SymmetricDifference<'a, T> = Merge<'a, T>;
pub type Intersection<'a, T> = Merge<'a, T>;
pub type Union<'a, T> = Merge<'a, T>;
impl<'a, T: Ord> Merge<'a, T> {
    fn new(a: &'a BTreeSet<T>, b: &'a BTreeSet<T>, left: bool, both: bool, right: bool) -> Self {
        let (mut a, mut b) = (a.iter(), b.iter());
        let (next_a, next_b) = (a.next(), b.next());
        Merge { a, b, next_a, next_b, left, both, right }
    }
}
impl<'a, T: Ord> Iterator for Merge<'a, T> {
    type Item = &'a T;
    fn next(&mut self) -> Option<&'a T> {
        loop {
            let order = match (self.next_a, self.next_b) {
                (None, None) => return None,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(x), Some(y)) => x.cmp(y),
            };
            let (x, y) = (self.next_a, self.next_b);
            if order != Ordering::Greater {
                self.next_a = self.a.next();
            }
            if order != Ordering::Less {
                self.next_b = self.b.next();
            }
            match order {
                Ordering::Less if self.left => return x,
                Ordering::Equal if self.both => return x,
                Ordering::Greater if self.right => return y,
                _ => {}
            }
        }
    }
}
impl<T: Ord> FusedIterator for Merge<'_, T> {}
impl<T> Clone for Merge<'_, T> {
    fn clone(&self) -> Self {
        Merge { a: self.a.clone(), b: self.b.clone(), ..*self }
    }
}
impl<T: fmt::Debug + Ord> fmt::Debug for Merge<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<T> Default for Range<'_, T> {
    fn default() -> Self {
        Range { inner: Default::default() }
    }
}
impl<T> Clone for Range<'_, T> {
    fn clone(&self) -> Self {
        Range { inner: self.inner.clone() }
    }
}
/// Members as Rust shows those of a range: as keys of nothing.
struct Entries<'a, T>(btree_map::Range<'a, T, ()>);
#[derive(Debug)]
struct SetValZST;
impl<T: fmt::Debug> fmt::Debug for Entries<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.clone().map(|(k, _)| (k, SetValZST))).finish()
    }
}
impl<T: fmt::Debug> fmt::Debug for Range<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Range").field("iter", &Entries(self.inner.clone())).finish()
    }
}

pub struct Range<'a, T> {
    inner: btree_map::Range<'a, T, ()>,
}
impl<'a, T> Iterator for Range<'a, T> {
    type Item = &'a T;
    fn next(&mut self) -> Option<&'a T> {
        match self.inner.next() {
            Some((k, _)) => Some(k),
            None => None,
        }
    }
}
impl<'a, T> DoubleEndedIterator for Range<'a, T> {
    fn next_back(&mut self) -> Option<&'a T> {
        match self.inner.next_back() {
            Some((k, _)) => Some(k),
            None => None,
        }
    }
}
impl<T> FusedIterator for Range<'_, T> {}

impl<T> Default for BTreeSet<T> {
    fn default() -> Self {
        BTreeSet::new()
    }
}
impl<T: fmt::Debug> fmt::Debug for BTreeSet<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
impl<T: Ord> FromIterator<T> for BTreeSet<T> {
    #[skeleton = "collect"]
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        let mut set = BTreeSet::new();
        for x in iter {
            set.insert(x);
        }
        set
    }
}
impl<T: Ord> Extend<T> for BTreeSet<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        for x in iter {
            self.insert(x);
        }
    }
}
impl<'a, T: Ord + Copy + 'a> Extend<&'a T> for BTreeSet<T> {
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, iter: I) {
        for x in iter {
            self.insert(*x);
        }
    }
}
impl<T: Ord, const N: usize> From<[T; N]> for BTreeSet<T> {
    fn from(a: [T; N]) -> Self {
        BTreeSet::from_iter(a)
    }
}
impl<T> IntoIterator for BTreeSet<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;
    fn into_iter(self) -> IntoIter<T> {
        self.map.into_keys()
    }
}
impl<'a, T> IntoIterator for &'a BTreeSet<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}
macro_rules! operators {
    ($($tr:ident $m:ident $f:ident;)*) => { $(
        impl<T: Ord + Clone> $tr<&BTreeSet<T>> for &BTreeSet<T> {
            type Output = BTreeSet<T>;
            fn $m(self, rhs: &BTreeSet<T>) -> BTreeSet<T> { self.$f(rhs).cloned().collect() }
        }
    )* };
}
operators! { BitOr bitor union; BitAnd bitand intersection; BitXor bitxor symmetric_difference; Sub sub difference; }
