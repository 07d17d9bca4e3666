//! What the chunks of a loop give, and how a later result is added to those before it.
//!
//! Every join gives what the sequential loop gives, or says beforehand that it does not fit: then the loop goes on in order
//! from that chunk's first position.

use crate::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use crate::hash::{BuildHasher, Hash};
use crate::intrinsics as i;
use crate::iter::Gather;
use crate::prelude::v1::*;

/// Results of chunks: how the later one is added to the earlier one.
pub trait Join: Sized {
    /// Whether adding gives what the sequential loop gives, without overflow on the way.
    fn fits(&self, _later: &Self) -> bool {
        true
    }
    fn merge(&mut self, later: Self);
    /// Makes room for the results of so many chunks, of which this is the first; the loop has so many items.
    fn expect(&mut self, _first: &Self, _chunks: usize, _items: usize) {}
    /// Whether the later result is only read, by `merge` and after it, so that it may stay where it lies.
    fn copies() -> bool {
        unsafe { i::is_plain::<Self>() }
    }
    /// Whether it is still read after `merge`.
    fn keeps() -> bool {
        false
    }
}

/// `v.push(e)`, `v.extend(e)`
#[lang = "join_append"]
pub struct Append<T>(pub Vec<T>);

impl<T> Join for Append<T> {
    fn merge(&mut self, later: Self) {
        let mut later = later.0;
        if self.0.is_empty() && !Self::copies() {
            self.0 = later;
        } else {
            self.0.append(&mut later);
        }
    }
    fn expect(&mut self, first: &Self, chunks: usize, items: usize) {
        // No more than one for each item: the first chunk may have been an exception.
        let all = first.0.len().saturating_mul(chunks);
        if Self::copies() {
            self.0.reserve(if all < items { all } else { items });
        }
    }
    fn copies() -> bool {
        unsafe { i::is_plain::<T>() }
    }
}

/// `s.push(c)`, `s.push_str(e)`
#[lang = "join_text"]
pub struct AppendText(pub String);

impl Join for AppendText {
    fn merge(&mut self, later: Self) {
        self.0.push_str(later.0.as_str());
    }
    fn copies() -> bool {
        true
    }
}

#[lang = "neutral_vec"]
pub fn neutral_vec<T>() -> Vec<T> {
    Vec::new()
}

#[lang = "neutral_text"]
pub fn neutral_text() -> String {
    String::new()
}

/// `s += e` with overflow checks: the sum with the lowest and highest value it had on the way, counted from 0.
#[lang = "join_sum"]
pub struct Sum<T> {
    pub sum: T,
    pub low: T,
    pub high: T,
}

/// `s *= e` with overflow checks: the product with the lowest and highest value it had on the way, counted from 1.
#[lang = "join_product"]
pub struct Product<T> {
    pub product: T,
    pub low: T,
    pub high: T,
}

/// Keeps track of the extremes of a running sum or product.
#[lang = "track_sum"]
pub fn track_sum<T: Copy + PartialOrd>(low: &mut T, high: &mut T, value: &T) {
    if *value < *low {
        *low = *value;
    }
    if *high < *value {
        *high = *value;
    }
}

/// `s &= e`, `s |= e`, `s ^= e`, wrapping `+` and `*`, `s = s.min(e)`, `s = s.max(e)`.
#[lang = "join_and"]
pub struct And<T>(pub T);
#[lang = "join_or"]
pub struct Or<T>(pub T);
#[lang = "join_xor"]
pub struct Xor<T>(pub T);
#[lang = "join_wrapping_sum"]
pub struct WrappingSum<T>(pub T);
#[lang = "join_wrapping_product"]
pub struct WrappingProduct<T>(pub T);
#[lang = "join_least"]
pub struct Least<T>(pub T);
#[lang = "join_greatest"]
pub struct Greatest<T>(pub T);

macro_rules! joins {
    ($($t:ty)*) => {$(
        impl Join for Sum<$t> {
            fn fits(&self, later: &Self) -> bool {
                self.sum.checked_add(later.low).is_some() && self.sum.checked_add(later.high).is_some()
            }
            fn merge(&mut self, later: Self) {
                let low = self.sum + later.low;
                let high = self.sum + later.high;
                if low < self.low {
                    self.low = low;
                }
                if self.high < high {
                    self.high = high;
                }
                self.sum += later.sum;
            }
        }
        impl Join for Product<$t> {
            fn fits(&self, later: &Self) -> bool {
                self.product.checked_mul(later.low).is_some() && self.product.checked_mul(later.high).is_some()
            }
            fn merge(&mut self, later: Self) {
                self.product *= later.product;
            }
        }
        impl Join for And<$t> {
            fn merge(&mut self, later: Self) {
                self.0 &= later.0;
            }
        }
        impl Join for Or<$t> {
            fn merge(&mut self, later: Self) {
                self.0 |= later.0;
            }
        }
        impl Join for Xor<$t> {
            fn merge(&mut self, later: Self) {
                self.0 ^= later.0;
            }
        }
        impl Join for WrappingSum<$t> {
            fn merge(&mut self, later: Self) {
                self.0 = self.0.wrapping_add(later.0);
            }
        }
        impl Join for WrappingProduct<$t> {
            fn merge(&mut self, later: Self) {
                self.0 = self.0.wrapping_mul(later.0);
            }
        }
        impl Combine for $t {
            fn always_fits() -> bool {
                false
            }
            fn fits(&self, later: &Self) -> bool {
                self.checked_add(*later).is_some()
            }
            fn combine(&mut self, later: Self) {
                *self += later;
            }
        }
    )*};
}
joins! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

impl Join for And<bool> {
    fn merge(&mut self, later: Self) {
        self.0 &= later.0;
    }
}
impl Join for Or<bool> {
    fn merge(&mut self, later: Self) {
        self.0 |= later.0;
    }
}
impl Join for Xor<bool> {
    fn merge(&mut self, later: Self) {
        self.0 ^= later.0;
    }
}

macro_rules! extremes {
    ($($t:ty)*) => {$(
        impl Join for Least<$t> {
            fn merge(&mut self, later: Self) {
                self.0 = self.0.min(later.0);
            }
        }
        impl Join for Greatest<$t> {
            fn merge(&mut self, later: Self) {
                self.0 = self.0.max(later.0);
            }
        }
    )*};
}
extremes! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }

/// `v = e`: the last value given, if any was.
#[lang = "join_last"]
pub struct Last<T> {
    pub value: T,
    pub given: bool,
}

impl<T> Join for Last<T> {
    fn merge(&mut self, later: Self) {
        if later.given {
            self.value = later.value;
            self.given = true;
        }
    }
}

/// `if x < best { best = x; with = e; }`: a chunk starts from the value before the loop, so what it changed has passed that
/// test; here the same test decides between it and the chunks before. `how`: 0 `<`, 1 `<=`, 2 `>`, 3 `>=`.
#[lang = "join_best"]
pub struct Best<K, W> {
    pub key: K,
    pub with: W,
    pub changed: bool,
    pub how: u8,
}

impl<K: PartialOrd, W> Join for Best<K, W> {
    fn merge(&mut self, later: Self) {
        let better = match later.how {
            0 => later.key < self.key,
            1 => later.key <= self.key,
            2 => later.key > self.key,
            _ => later.key >= self.key,
        };
        if later.changed && better {
            self.key = later.key;
            self.with = later.with;
            self.changed = true;
        }
    }
}

/// `s += e` and the like on floats, whose order matters: a chunk computes the terms, and they are added here, one after
/// another. `how`: 0 `+`, 1 `-`, 2 `*`, 3 `/`.
#[lang = "join_terms"]
pub struct Terms<T> {
    pub value: T,
    pub terms: Vec<T>,
    pub how: u8,
}

#[lang = "push_term"]
pub fn push_term<T>(terms: &mut Vec<T>, term: T) {
    terms.push(term);
}

macro_rules! terms {
    ($($t:ty)*) => {$(
        impl Join for Terms<$t> {
            fn merge(&mut self, later: Self) {
                let mut value = self.value;
                match self.how {
                    0 => {
                        for x in later.terms.iter() {
                            value += *x;
                        }
                    }
                    1 => {
                        for x in later.terms.iter() {
                            value -= *x;
                        }
                    }
                    2 => {
                        for x in later.terms.iter() {
                            value *= *x;
                        }
                    }
                    _ => {
                        for x in later.terms.iter() {
                            value /= *x;
                        }
                    }
                }
                self.value = value;
            }
            fn copies() -> bool {
                true
            }
        }
    )*};
}
terms! { f32 f64 }

/// Values under one key: the later one is added to the earlier one.
pub trait Combine {
    /// Whether nobody needs to ask.
    fn always_fits() -> bool {
        true
    }
    fn fits(&self, _later: &Self) -> bool {
        true
    }
    fn combine(&mut self, later: Self);
}
impl<T> Combine for Vec<T> {
    fn combine(&mut self, later: Self) {
        let mut later = later;
        self.append(&mut later);
    }
}
impl Combine for String {
    fn combine(&mut self, later: Self) {
        self.push_str(later.as_str());
    }
}

/// `*m.entry(k).or_insert(0) += e`, `m.entry(k).or_default().push(e)`
#[lang = "join_keyed"]
pub struct Keyed<M>(pub M);

/// `m.insert(k, v)`, `s.insert(k)`
#[lang = "join_inserted"]
pub struct Inserted<M>(pub M);

macro_rules! maps {
    ($(($($bounds:tt)*) $map:ty;)*) => {$(
        impl<$($bounds)*> Join for Keyed<$map> where V: Combine {
            fn fits(&self, later: &Self) -> bool {
                if V::always_fits() {
                    return true;
                }
                for (key, value) in later.0.iter() {
                    if let Some(mine) = self.0.get(key) {
                        if !mine.fits(value) {
                            return false;
                        }
                    }
                }
                true
            }
            fn merge(&mut self, later: Self) {
                for (key, value) in later.0 {
                    match self.0.get_mut(&key) {
                        Some(mine) => mine.combine(value),
                        None => {
                            self.0.insert(key, value);
                        }
                    }
                }
            }
        }
        impl<$($bounds)*> Join for Inserted<$map> {
            fn merge(&mut self, later: Self) {
                for (key, value) in later.0 {
                    self.0.insert(key, value);
                }
            }
        }
    )*};
}
maps! {
    (K: Eq + Hash, V, S: BuildHasher) HashMap<K, V, S>;
    (K: Ord, V) BTreeMap<K, V>;
}
impl<T: Eq + Hash, S: BuildHasher> Join for Inserted<HashSet<T, S>> {
    fn merge(&mut self, later: Self) {
        for key in later.0 {
            self.0.insert(key);
        }
    }
}
impl<T: Ord> Join for Inserted<BTreeSet<T>> {
    fn merge(&mut self, later: Self) {
        for key in later.0 {
            self.0.insert(key);
        }
    }
}

/// `h[k] += e` with any `k`: every chunk counts from zero.
#[lang = "join_counts"]
pub struct Counts<T>(pub Vec<T>);

impl<T: Combine> Join for Counts<T> {
    fn fits(&self, later: &Self) -> bool {
        let mut k = 0;
        for value in later.0.iter() {
            if !self.0[k].fits(value) {
                return false;
            }
            k += 1;
        }
        true
    }
    fn merge(&mut self, later: Self) {
        let mut k = 0;
        for value in later.0 {
            self.0[k].combine(value);
            k += 1;
        }
    }
}

/// What a chunk counts in.
#[lang = "fresh_counts"]
pub fn fresh_counts<T: Default>(like: &Vec<T>) -> Vec<T> {
    let mut counts = Vec::with_capacity(like.len());
    for _ in like.iter() {
        counts.push(T::default());
    }
    counts
}

/// An empty map or set.
#[lang = "fresh_default"]
pub fn fresh_default<T: Default>() -> T {
    T::default()
}

/// What std's own consumers gather in, such as the largest item so far.
#[lang = "join_gathered"]
pub struct Gathered<A>(pub A);

impl<A: Gather> Join for Gathered<A> {
    fn merge(&mut self, later: Self) {
        self.0.gather(later.0);
    }
}

#[lang = "fresh_gatherer"]
pub fn fresh_gatherer<A: Gather>(like: &A) -> A {
    like.fresh()
}

impl Join for () {
    fn merge(&mut self, _later: Self) {}
}

macro_rules! tuple_joins {
    ($($name:ident $index:tt),*) => {
        impl<$($name: Join),*> Join for ($($name,)*) {
            fn fits(&self, later: &Self) -> bool {
                true $(&& self.$index.fits(&later.$index))*
            }
            fn merge(&mut self, later: Self) {
                $(self.$index.merge(later.$index);)*
            }
            fn expect(&mut self, first: &Self, chunks: usize, items: usize) {
                $(self.$index.expect(&first.$index, chunks, items);)*
            }
            fn copies() -> bool {
                true $(&& $name::copies())*
            }
            fn keeps() -> bool {
                false $(|| $name::keeps())*
            }
        }
    };
}
tuple_joins! { A 0 }
tuple_joins! { A 0, B 1 }
tuple_joins! { A 0, B 1, C 2 }
tuple_joins! { A 0, B 1, C 2, D 3 }
tuple_joins! { A 0, B 1, C 2, D 3, E 4 }
tuple_joins! { A 0, B 1, C 2, D 3, E 4, F 5 }
tuple_joins! { A 0, B 1, C 2, D 3, E 4, F 5, G 6 }
tuple_joins! { A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7 }
tuple_joins! { A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8 }
tuple_joins! { A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9 }
tuple_joins! { A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10 }
tuple_joins! { A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11 }

