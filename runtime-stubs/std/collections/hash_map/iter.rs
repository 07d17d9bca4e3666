//! Iterators over maps. Each is one over the vector of entries.

use super::table::{Bucket, Table};
use crate::fmt;
use crate::iter::{FusedIterator, Splittable};
use crate::marker::PhantomData;
use crate::prelude::v1::*;
use crate::{slice, vec};

macro_rules! entry_iter {
    ($($name:ident [$($l:lifetime)*] $inner:ty, $item:ty, |$e:ident| $x:expr;)*) => { $(
        pub struct $name<$($l,)* K, V> {
            pub(super) inner: $inner,
        }
        impl<$($l,)* K, V> Iterator for $name<$($l,)* K, V> {
            type Item = $item;
            fn next(&mut self) -> Option<$item> {
                match self.inner.next() {
                    Some($e) => Some($x),
                    None => None,
                }
            }
            fn size_hint(&self) -> (usize, Option<usize>) { self.inner.size_hint() }
        }
        impl<$($l,)* K, V> ExactSizeIterator for $name<$($l,)* K, V> {}
        impl<$($l,)* K, V> FusedIterator for $name<$($l,)* K, V> {}
        impl<$($l,)* K, V> Splittable for $name<$($l,)* K, V> {
            const INDEXED: bool = true;
            fn extent(&self) -> usize { self.inner.extent() }
            fn slice(self, lo: usize, hi: usize) -> Self { $name { inner: self.inner.slice(lo, hi) } }
        }
        impl<$($l,)* K, V> crate::iter::Indexed for $name<$($l,)* K, V> {}
    )* };
}
entry_iter! {
    Iter ['a] slice::Iter<'a, Bucket<K, V>>, (&'a K, &'a V), |e| (&e.key, &e.value);
    IterMut ['a] slice::IterMut<'a, Bucket<K, V>>, (&'a K, &'a mut V), |e| (&e.key, &mut e.value);
    Keys ['a] slice::Iter<'a, Bucket<K, V>>, &'a K, |e| &e.key;
    Values ['a] slice::Iter<'a, Bucket<K, V>>, &'a V, |e| &e.value;
    ValuesMut ['a] slice::IterMut<'a, Bucket<K, V>>, &'a mut V, |e| &mut e.value;
    IntoIter [] vec::IntoIter<Bucket<K, V>>, (K, V), |e| (e.key, e.value);
    IntoKeys [] vec::IntoIter<Bucket<K, V>>, K, |e| e.key;
    IntoValues [] vec::IntoIter<Bucket<K, V>>, V, |e| e.value;
}

/// The entries of a map that is empty already and stays borrowed.
pub struct Drain<'a, K, V> {
    inner: vec::IntoIter<Bucket<K, V>>,
    map: PhantomData<&'a mut (K, V)>,
}
impl<'a, K, V> Drain<'a, K, V> {
    pub(super) fn new(inner: vec::IntoIter<Bucket<K, V>>) -> Self {
        Drain { inner, map: PhantomData }
    }
}
impl<'a, K, V> Iterator for Drain<'a, K, V> {
    type Item = (K, V);
    fn next(&mut self) -> Option<(K, V)> {
        match self.inner.next() {
            Some(e) => Some((e.key, e.value)),
            None => None,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}
impl<'a, K, V> Drain<'a, K, V> {
    pub(crate) fn keys(&self) -> Keys<'_, K, V> {
        Keys { inner: self.inner.as_slice().iter() }
    }
}
impl<K, V> ExactSizeIterator for Drain<'_, K, V> {}
impl<K, V> FusedIterator for Drain<'_, K, V> {}

/// Removes entries one by one as it is asked for them.
pub struct ExtractIf<'a, K, V, F> {
    table: &'a mut Table<K, V>,
    pred: F,
    at: usize,
}
impl<'a, K, V, F> ExtractIf<'a, K, V, F> {
    pub(super) fn new(table: &'a mut Table<K, V>, pred: F) -> Self {
        ExtractIf { table, pred, at: 0 }
    }
}
impl<K, V, F: FnMut(&K, &mut V) -> bool> Iterator for ExtractIf<'_, K, V, F> {
    type Item = (K, V);
    fn next(&mut self) -> Option<(K, V)> {
        while self.at < self.table.entries.len() {
            let e = &mut self.table.entries[self.at];
            if (self.pred)(&e.key, &mut e.value) {
                let e = self.table.remove_at(self.at);
                return Some((e.key, e.value));
            }
            self.at += 1;
        }
        None
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.table.entries.len() - self.at))
    }
}
impl<K, V, F: FnMut(&K, &mut V) -> bool> FusedIterator for ExtractIf<'_, K, V, F> {}
impl<K: fmt::Debug, V: fmt::Debug, F> fmt::Debug for ExtractIf<'_, K, V, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExtractIf").finish_non_exhaustive()
    }
}

macro_rules! common {
    ($($name:ident [$($l:lifetime)*] [$($show:tt)*] |$e:ident| $x:expr;)*) => { $(
        impl<$($l,)* $($show)*> fmt::Debug for $name<$($l,)* K, V> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.inner.as_slice().iter().map(|$e| $x)).finish()
            }
        }
        impl<$($l,)* K, V> Default for $name<$($l,)* K, V> {
            fn default() -> Self {
                $name { inner: Default::default() }
            }
        }
    )* };
}
common! {
    Iter ['a] [K: fmt::Debug, V: fmt::Debug] |e| (&e.key, &e.value);
    IterMut ['a] [K: fmt::Debug, V: fmt::Debug] |e| (&e.key, &e.value);
    IntoIter [] [K: fmt::Debug, V: fmt::Debug] |e| (&e.key, &e.value);
    Keys ['a] [K: fmt::Debug, V] |e| &e.key;
    IntoKeys [] [K: fmt::Debug, V] |e| &e.key;
    Values ['a] [K, V: fmt::Debug] |e| &e.value;
    ValuesMut ['a] [K, V: fmt::Debug] |e| &e.value;
    IntoValues [] [K, V: fmt::Debug] |e| &e.value;
}
impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Drain<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.inner.as_slice().iter().map(|e| (&e.key, &e.value))).finish()
    }
}
impl<K, V> Clone for Iter<'_, K, V> {
    fn clone(&self) -> Self {
        Iter { inner: self.inner.clone() }
    }
}
impl<K, V> Clone for Keys<'_, K, V> {
    fn clone(&self) -> Self {
        Keys { inner: self.inner.clone() }
    }
}
impl<K, V> Clone for Values<'_, K, V> {
    fn clone(&self) -> Self {
        Values { inner: self.inner.clone() }
    }
}
