//! Comparing, hashing and joining slices.

use crate::borrow::{Borrow, ToOwned};
use crate::cmp::Ordering;
use crate::prelude::v1::*;

impl<T: PartialEq<U>, U> PartialEq<[U]> for [T] {
    fn eq(&self, other: &[U]) -> bool {
        let n = self.len();
        if n != other.len() {
            return false;
        }
        let mut k = 0;
        while k < n {
            if self[k] != other[k] {
                return false;
            }
            k += 1;
        }
        true
    }
}
impl<T: Eq> Eq for [T] {}
impl<T: PartialOrd> PartialOrd for [T] {
    fn partial_cmp(&self, other: &[T]) -> Option<Ordering> {
        let n = if self.len() < other.len() { self.len() } else { other.len() };
        let mut k = 0;
        while k < n {
            match self[k].partial_cmp(&other[k]) {
                Some(Ordering::Equal) => {}
                different => return different,
            }
            k += 1;
        }
        self.len().partial_cmp(&other.len())
    }
}
impl<T: Ord> Ord for [T] {
    fn cmp(&self, other: &[T]) -> Ordering {
        let n = if self.len() < other.len() { self.len() } else { other.len() };
        let mut k = 0;
        while k < n {
            match self[k].cmp(&other[k]) {
                Ordering::Equal => {}
                different => return different,
            }
            k += 1;
        }
        self.len().cmp(&other.len())
    }
}
impl<T: Clone> ToOwned for [T] {
    type Owned = Vec<T>;
    fn to_owned(&self) -> Vec<T> {
        self.to_vec()
    }
}

/// What `concat` makes of a slice of pieces.
pub trait Concat<Item: ?Sized> {
    type Output;
    fn concat(slice: &Self) -> Self::Output;
}
/// What `join` makes of a slice of pieces and a separator.
pub trait Join<Separator> {
    type Output;
    fn join(slice: &Self, sep: Separator) -> Self::Output;
}
impl<T: Clone, V: Borrow<[T]>> Concat<T> for [V] {
    type Output = Vec<T>;
    fn concat(slice: &Self) -> Vec<T> {
        let mut out = Vec::new();
        for v in slice {
            out.extend_from_slice(v.borrow());
        }
        out
    }
}
impl<S: Borrow<str>> Concat<str> for [S] {
    type Output = String;
    fn concat(slice: &Self) -> String {
        let mut out = String::new();
        for s in slice {
            out.push_str(s.borrow());
        }
        out
    }
}
impl<S: Borrow<str>> Join<&str> for [S] {
    type Output = String;
    fn join(slice: &Self, sep: &str) -> String {
        let mut out = String::new();
        let mut first = true;
        for s in slice {
            if !first {
                out.push_str(sep);
            }
            first = false;
            out.push_str(s.borrow());
        }
        out
    }
}
impl<T: Clone, V: Borrow<[T]>> Join<&T> for [V] {
    type Output = Vec<T>;
    fn join(slice: &Self, sep: &T) -> Vec<T> {
        let mut out = Vec::new();
        let mut first = true;
        for v in slice {
            if !first {
                out.push(sep.clone());
            }
            first = false;
            out.extend_from_slice(v.borrow());
        }
        out
    }
}
impl<T: Clone, V: Borrow<[T]>> Join<&[T]> for [V] {
    type Output = Vec<T>;
    fn join(slice: &Self, sep: &[T]) -> Vec<T> {
        let mut out = Vec::new();
        let mut first = true;
        for v in slice {
            if !first {
                out.extend_from_slice(sep);
            }
            first = false;
            out.extend_from_slice(v.borrow());
        }
        out
    }
}
