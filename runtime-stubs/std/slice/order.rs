//! Methods of `[T]` that search, sort and compare neighbours.

use super::{failed_with, sort};
use crate::cmp::Ordering::{self, Equal, Greater, Less};
use crate::prelude::v1::*;

impl<T> [T] {
    pub fn binary_search(&self, x: &T) -> Result<usize, usize>
    where
        T: Ord,
    {
        self.binary_search_by(|p| p.cmp(x))
    }
    /// The same probes as Rust's, so that among equal elements the same one is found.
    pub fn binary_search_by<'a, F: FnMut(&'a T) -> Ordering>(&'a self, mut f: F) -> Result<usize, usize> {
        let mut size = self.len();
        if size == 0 {
            return Err(0);
        }
        let mut base = 0usize;
        while size > 1 {
            let half = size / 2;
            let mid = base + half;
            if f(&self[mid]) != Greater {
                base = mid;
            }
            size -= half;
        }
        match f(&self[base]) {
            Equal => Ok(base),
            Less => Err(base + 1),
            Greater => Err(base),
        }
    }
    pub fn binary_search_by_key<'a, B: Ord, F: FnMut(&'a T) -> B>(&'a self, b: &B, mut f: F) -> Result<usize, usize> {
        self.binary_search_by(|k| f(k).cmp(b))
    }
    pub fn partition_point<P: FnMut(&T) -> bool>(&self, mut pred: P) -> usize {
        match self.binary_search_by(|x| if pred(x) { Less } else { Greater }) {
            Ok(n) => n,
            Err(n) => n,
        }
    }
    #[skeleton = "sort"]
    pub fn sort(&mut self)
    where
        T: Ord,
    {
        sort::stable_sort(self, |a, b| a.lt(b))
    }
    #[skeleton = "sort"]
    pub fn sort_by<F: FnMut(&T, &T) -> Ordering>(&mut self, mut compare: F) {
        sort::stable_sort(self, |a, b| compare(a, b) == Less)
    }
    #[skeleton = "sort"]
    pub fn sort_by_key<K: Ord, F: FnMut(&T) -> K>(&mut self, mut f: F) {
        sort::stable_sort(self, |a, b| f(a).lt(&f(b)))
    }
    pub fn sort_by_cached_key<K: Ord, F: FnMut(&T) -> K>(&mut self, mut f: F) {
        let mut keys: Vec<(K, usize)> = Vec::with_capacity(self.len());
        let mut k = 0;
        while k < self.len() {
            keys.push((f(&self[k]), k));
            k += 1;
        }
        keys.sort();
        k = 0;
        while k < self.len() {
            let mut at = keys[k].1;
            while at < k {
                at = keys[at].1;
            }
            keys[k].1 = at;
            self.swap(k, at);
            k += 1;
        }
    }
    #[skeleton = "sort"]
    pub fn sort_unstable(&mut self)
    where
        T: Ord,
    {
        sort::stable_sort(self, |a, b| a.lt(b))
    }
    #[skeleton = "sort"]
    pub fn sort_unstable_by<F: FnMut(&T, &T) -> Ordering>(&mut self, mut compare: F) {
        sort::stable_sort(self, |a, b| compare(a, b) == Less)
    }
    #[skeleton = "sort"]
    pub fn sort_unstable_by_key<K: Ord, F: FnMut(&T) -> K>(&mut self, mut f: F) {
        sort::stable_sort(self, |a, b| f(a).lt(&f(b)))
    }
    #[track_caller]
    fn selected(&mut self, index: usize) -> (&mut [T], &mut T, &mut [T]) {
        let (a, b) = self.split_at_mut(index);
        let (x, c) = b.split_at_mut(1);
        (a, &mut x[0], c)
    }
    #[track_caller]
    fn check_select(&self, index: usize) {
        if index >= self.len() {
            failed_with("partition_at_index index ", index, " greater than length of slice ", self.len(), "");
        }
    }
    #[track_caller]
    pub fn select_nth_unstable(&mut self, index: usize) -> (&mut [T], &mut T, &mut [T])
    where
        T: Ord,
    {
        self.check_select(index);
        self.sort_unstable();
        self.selected(index)
    }
    #[track_caller]
    pub fn select_nth_unstable_by<F: FnMut(&T, &T) -> Ordering>(
        &mut self,
        index: usize,
        compare: F,
    ) -> (&mut [T], &mut T, &mut [T]) {
        self.check_select(index);
        self.sort_unstable_by(compare);
        self.selected(index)
    }
    #[track_caller]
    pub fn select_nth_unstable_by_key<K: Ord, F: FnMut(&T) -> K>(
        &mut self,
        index: usize,
        f: F,
    ) -> (&mut [T], &mut T, &mut [T]) {
        self.check_select(index);
        self.sort_unstable_by_key(f);
        self.selected(index)
    }
    pub fn is_sorted(&self) -> bool
    where
        T: PartialOrd,
    {
        self.is_sorted_by(|a, b| a <= b)
    }
    pub fn is_sorted_by<'a, F: FnMut(&'a T, &'a T) -> bool>(&'a self, mut compare: F) -> bool {
        let mut k = 1;
        while k < self.len() {
            if !compare(&self[k - 1], &self[k]) {
                return false;
            }
            k += 1;
        }
        true
    }
    pub fn is_sorted_by_key<'a, K: PartialOrd, F: FnMut(&'a T) -> K>(&'a self, mut f: F) -> bool {
        self.is_sorted_by(|a, b| f(a) <= f(b))
    }
}
