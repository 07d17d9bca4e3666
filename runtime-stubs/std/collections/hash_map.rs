//! Hash maps that keep insertion order: entries in a vector, and an index of positions.
//!
//! `remove` moves the last entry into the gap. Iteration is therefore the same on every run, and the map is nothing
//! but two vectors, which cross between tasks without rehashing.

use crate::borrow::Borrow;
use crate::fmt;
use crate::hash::{BuildHasher, Hash, Hasher};
use crate::iter::{Extend, FromIterator, FusedIterator, Splittable};
use crate::ops::Index;
use crate::panicking::panic;
use crate::prelude::v1::*;
use crate::{mem, slice, vec};

pub use crate::hash::{DefaultHasher, RandomState};

pub(crate) struct Bucket<K, V> {
    hash: u64,
    pub(crate) key: K,
    pub(crate) value: V,
}
impl<K: Clone, V: Clone> Clone for Bucket<K, V> {
    fn clone(&self) -> Self {
        Bucket { hash: self.hash, key: self.key.clone(), value: self.value.clone() }
    }
}

/// `index` has a power of two of slots, at most seven eighths used: 0 is free, otherwise position + 1.
pub struct HashMap<K, V, S = RandomState> {
    pub(crate) entries: Vec<Bucket<K, V>>,
    index: Vec<u32>,
    hash_builder: S,
}

impl<K, V> HashMap<K, V, RandomState> {
    pub fn new() -> HashMap<K, V, RandomState> {
        HashMap { entries: Vec::new(), index: Vec::new(), hash_builder: RandomState }
    }
    pub fn with_capacity(capacity: usize) -> HashMap<K, V, RandomState> {
        HashMap { entries: Vec::with_capacity(capacity), index: Vec::new(), hash_builder: RandomState }
    }
}
impl<K, V, S> HashMap<K, V, S> {
    pub const fn with_hasher(hash_builder: S) -> HashMap<K, V, S> {
        HashMap { entries: Vec::new(), index: Vec::new(), hash_builder }
    }
    pub fn with_capacity_and_hasher(capacity: usize, hash_builder: S) -> HashMap<K, V, S> {
        HashMap { entries: Vec::with_capacity(capacity), index: Vec::new(), hash_builder }
    }
    pub fn hasher(&self) -> &S {
        &self.hash_builder
    }
    pub fn len(&self) -> usize {
        self.entries.len()
    }
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
    pub fn clear(&mut self) {
        self.entries.clear();
        self.index.clear();
    }
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter { inner: self.entries.iter() }
    }
    pub fn iter_mut(&mut self) -> IterMut<'_, K, V> {
        IterMut { inner: self.entries.iter_mut() }
    }
    pub fn keys(&self) -> Keys<'_, K, V> {
        Keys { inner: self.entries.iter() }
    }
    pub fn values(&self) -> Values<'_, K, V> {
        Values { inner: self.entries.iter() }
    }
    pub fn values_mut(&mut self) -> ValuesMut<'_, K, V> {
        ValuesMut { inner: self.entries.iter_mut() }
    }
    pub fn into_keys(self) -> IntoKeys<K, V> {
        IntoKeys { inner: self.entries.into_iter() }
    }
    pub fn into_values(self) -> IntoValues<K, V> {
        IntoValues { inner: self.entries.into_iter() }
    }
    pub fn drain(&mut self) -> IntoIter<K, V> {
        self.index.clear();
        IntoIter { inner: mem::take(&mut self.entries).into_iter() }
    }
    pub fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, mut f: F) {
        let n = self.entries.len();
        self.entries.retain_mut(|e| f(&e.key, &mut e.value));
        if self.entries.len() != n {
            self.rebuild(self.index.len());
        }
    }
    pub fn extract_if<F: FnMut(&K, &mut V) -> bool>(&mut self, mut pred: F) -> vec::IntoIter<(K, V)> {
        let mut out = Vec::new();
        let mut kept = Vec::with_capacity(self.entries.len());
        for mut e in mem::take(&mut self.entries) {
            if pred(&e.key, &mut e.value) {
                out.push((e.key, e.value));
            } else {
                kept.push(e);
            }
        }
        self.entries = kept;
        self.rebuild(self.index.len());
        out.into_iter()
    }
    /// Makes the index anew with `slots` slots.
    fn rebuild(&mut self, slots: usize) {
        self.index.clear();
        self.index.resize(slots, 0);
        let mut k = 0;
        while k < self.entries.len() {
            let hash = self.entries[k].hash;
            self.link(hash, k);
            k += 1;
        }
    }
    /// Puts position `k` into the first free slot of its probe sequence.
    fn link(&mut self, hash: u64, k: usize) {
        let mask = self.index.len() - 1;
        let mut slot = hash as usize & mask;
        while self.index[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        self.index[slot] = k as u32 + 1;
    }
    /// The slot that holds position `k`.
    fn slot_of(&self, k: usize) -> usize {
        let mask = self.index.len() - 1;
        let mut slot = self.entries[k].hash as usize & mask;
        while self.index[slot] != k as u32 + 1 {
            slot = (slot + 1) & mask;
        }
        slot
    }
    /// Empties a slot and moves later members of its run up, so that no probe ends early.
    fn unlink(&mut self, slot: usize) {
        let mask = self.index.len() - 1;
        let mut gap = slot;
        let mut next = (gap + 1) & mask;
        while self.index[next] != 0 {
            let k = self.index[next] as usize - 1;
            let home = self.entries[k].hash as usize & mask;
            if (next.wrapping_sub(home) & mask) >= (next.wrapping_sub(gap) & mask) {
                self.index[gap] = self.index[next];
                gap = next;
            }
            next = (next + 1) & mask;
        }
        self.index[gap] = 0;
    }
    fn push_entry(&mut self, hash: u64, key: K, value: V) -> usize {
        let k = self.entries.len();
        if (k + 1) * 8 > self.index.len() * 7 {
            let slots = if self.index.is_empty() { 8 } else { self.index.len() * 2 };
            let slots = if (k + 1) * 8 > slots * 7 { ((k + 1) * 2).next_power_of_two() } else { slots };
            self.entries.push(Bucket { hash, key, value });
            self.rebuild(slots);
        } else {
            self.entries.push(Bucket { hash, key, value });
            self.link(hash, k);
        }
        k
    }
    fn remove_at(&mut self, k: usize) -> Bucket<K, V> {
        let slot = self.slot_of(k);
        self.unlink(slot);
        let last = self.entries.len() - 1;
        if k != last {
            let slot = self.slot_of(last);
            self.index[slot] = k as u32 + 1;
        }
        self.entries.swap_remove(k)
    }
}
impl<K: Eq + Hash, V, S: BuildHasher> HashMap<K, V, S> {
    fn hash_of<Q: Hash + ?Sized>(&self, key: &Q) -> u64 {
        let mut h = self.hash_builder.build_hasher();
        key.hash(&mut h);
        h.finish()
    }
    fn find<Q: Hash + Eq + ?Sized>(&self, hash: u64, key: &Q) -> Option<usize>
    where
        K: Borrow<Q>,
    {
        if self.index.is_empty() {
            return None;
        }
        let mask = self.index.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let x = self.index[slot];
            if x == 0 {
                return None;
            }
            let k = x as usize - 1;
            let e = &self.entries[k];
            if e.hash == hash && *e.key.borrow() == *key {
                return Some(k);
            }
            slot = (slot + 1) & mask;
        }
    }
    fn position<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<usize>
    where
        K: Borrow<Q>,
    {
        if self.entries.is_empty() { None } else { self.find(self.hash_of(key), key) }
    }
    pub fn reserve(&mut self, additional: usize) {
        self.entries.reserve(additional)
    }
    pub fn shrink_to_fit(&mut self) {}
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V, S> {
        let hash = self.hash_of(&key);
        match self.find(hash, &key) {
            Some(at) => Entry::Occupied(OccupiedEntry { map: self, at, key }),
            None => Entry::Vacant(VacantEntry { map: self, hash, key }),
        }
    }
    pub fn get<Q: Hash + Eq + ?Sized>(&self, k: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        match self.position(k) {
            Some(at) => Some(&self.entries[at].value),
            None => None,
        }
    }
    pub fn get_key_value<Q: Hash + Eq + ?Sized>(&self, k: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        match self.position(k) {
            Some(at) => {
                let e = &self.entries[at];
                Some((&e.key, &e.value))
            }
            None => None,
        }
    }
    pub fn contains_key<Q: Hash + Eq + ?Sized>(&self, k: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.position(k).is_some()
    }
    pub fn get_mut<Q: Hash + Eq + ?Sized>(&mut self, k: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        match self.position(k) {
            Some(at) => Some(&mut self.entries[at].value),
            None => None,
        }
    }
    pub fn insert(&mut self, k: K, v: V) -> Option<V> {
        let hash = self.hash_of(&k);
        match self.find(hash, &k) {
            Some(at) => Some(mem::replace(&mut self.entries[at].value, v)),
            None => {
                self.push_entry(hash, k, v);
                None
            }
        }
    }
    pub fn remove<Q: Hash + Eq + ?Sized>(&mut self, k: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        match self.position(k) {
            Some(at) => Some(self.remove_at(at).value),
            None => None,
        }
    }
    pub fn remove_entry<Q: Hash + Eq + ?Sized>(&mut self, k: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q>,
    {
        match self.position(k) {
            Some(at) => {
                let e = self.remove_at(at);
                Some((e.key, e.value))
            }
            None => None,
        }
    }
}

pub enum Entry<'a, K, V, S = RandomState> {
    Occupied(OccupiedEntry<'a, K, V, S>),
    Vacant(VacantEntry<'a, K, V, S>),
}
pub struct OccupiedEntry<'a, K, V, S = RandomState> {
    map: &'a mut HashMap<K, V, S>,
    at: usize,
    key: K,
}
pub struct VacantEntry<'a, K, V, S = RandomState> {
    map: &'a mut HashMap<K, V, S>,
    hash: u64,
    key: K,
}
impl<'a, K, V, S> Entry<'a, K, V, S> {
    pub fn or_insert(self, default: V) -> &'a mut V {
        match self {
            Entry::Occupied(e) => e.into_mut(),
            Entry::Vacant(e) => e.insert(default),
        }
    }
    pub fn or_insert_with<F: FnOnce() -> V>(self, default: F) -> &'a mut V {
        match self {
            Entry::Occupied(e) => e.into_mut(),
            Entry::Vacant(e) => e.insert(default()),
        }
    }
    pub fn or_insert_with_key<F: FnOnce(&K) -> V>(self, default: F) -> &'a mut V {
        match self {
            Entry::Occupied(e) => e.into_mut(),
            Entry::Vacant(e) => {
                let value = default(e.key());
                e.insert(value)
            }
        }
    }
    pub fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        match self {
            Entry::Occupied(e) => e.into_mut(),
            Entry::Vacant(e) => e.insert(V::default()),
        }
    }
    pub fn key(&self) -> &K {
        match self {
            Entry::Occupied(e) => e.key(),
            Entry::Vacant(e) => e.key(),
        }
    }
    pub fn and_modify<F: FnOnce(&mut V)>(mut self, f: F) -> Self {
        if let Entry::Occupied(e) = &mut self {
            f(e.get_mut());
        }
        self
    }
    pub fn insert_entry(self, value: V) -> OccupiedEntry<'a, K, V, S>
    where
        K: Clone,
    {
        match self {
            Entry::Occupied(mut e) => {
                e.insert(value);
                e
            }
            Entry::Vacant(e) => {
                let key = e.key.clone();
                let at = e.map.push_entry(e.hash, e.key, value);
                OccupiedEntry { map: e.map, at, key }
            }
        }
    }
}
impl<'a, K, V, S> OccupiedEntry<'a, K, V, S> {
    pub fn key(&self) -> &K {
        &self.map.entries[self.at].key
    }
    pub fn get(&self) -> &V {
        &self.map.entries[self.at].value
    }
    pub fn get_mut(&mut self) -> &mut V {
        &mut self.map.entries[self.at].value
    }
    pub fn into_mut(self) -> &'a mut V {
        &mut self.map.entries[self.at].value
    }
    pub fn insert(&mut self, value: V) -> V {
        mem::replace(self.get_mut(), value)
    }
    pub fn remove(self) -> V {
        self.map.remove_at(self.at).value
    }
    pub fn remove_entry(self) -> (K, V) {
        let e = self.map.remove_at(self.at);
        (e.key, e.value)
    }
}
impl<'a, K, V, S> VacantEntry<'a, K, V, S> {
    pub fn key(&self) -> &K {
        &self.key
    }
    pub fn into_key(self) -> K {
        self.key
    }
    pub fn insert(self, value: V) -> &'a mut V {
        let map = self.map;
        let at = map.push_entry(self.hash, self.key, value);
        &mut map.entries[at].value
    }
}
impl<K: fmt::Debug, V: fmt::Debug, S> fmt::Debug for Entry<'_, K, V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Entry::Occupied(e) => f.debug_tuple("Entry").field(e).finish(),
            Entry::Vacant(e) => f.debug_tuple("Entry").field(e).finish(),
        }
    }
}
impl<K: fmt::Debug, V: fmt::Debug, S> fmt::Debug for OccupiedEntry<'_, K, V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OccupiedEntry").field("key", self.key()).field("value", self.get()).finish_non_exhaustive()
    }
}
impl<K: fmt::Debug, V, S> fmt::Debug for VacantEntry<'_, K, V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("VacantEntry").field(self.key()).finish()
    }
}

impl<K: Clone, V: Clone, S: Clone> Clone for HashMap<K, V, S> {
    fn clone(&self) -> Self {
        HashMap { entries: self.entries.clone(), index: self.index.clone(), hash_builder: self.hash_builder.clone() }
    }
}
impl<K, V, S: Default> Default for HashMap<K, V, S> {
    fn default() -> Self {
        HashMap::with_hasher(S::default())
    }
}
impl<K: Eq + Hash, V: PartialEq, S: BuildHasher> PartialEq for HashMap<K, V, S> {
    fn eq(&self, other: &Self) -> bool {
        if self.len() != other.len() {
            return false;
        }
        for e in &self.entries {
            match other.get(&e.key) {
                Some(v) => {
                    if *v != e.value {
                        return false;
                    }
                }
                None => return false,
            }
        }
        true
    }
}
impl<K: Eq + Hash, V: Eq, S: BuildHasher> Eq for HashMap<K, V, S> {}
impl<K: fmt::Debug, V: fmt::Debug, S> fmt::Debug for HashMap<K, V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
impl<K: Eq + Hash + Borrow<Q>, Q: Eq + Hash + ?Sized, V, S: BuildHasher> Index<&Q> for HashMap<K, V, S> {
    type Output = V;
    #[track_caller]
    fn index(&self, key: &Q) -> &V {
        match self.get(key) {
            Some(v) => v,
            None => panic("no entry found for key"),
        }
    }
}
impl<K: Eq + Hash, V, S: BuildHasher + Default> FromIterator<(K, V)> for HashMap<K, V, S> {
    #[skeleton = "collect"]
    fn from_iter<T: IntoIterator<Item = (K, V)>>(iter: T) -> Self {
        let mut map = HashMap::with_hasher(S::default());
        for (k, v) in iter {
            map.insert(k, v);
        }
        map
    }
}
impl<K: Eq + Hash, V, S: BuildHasher> Extend<(K, V)> for HashMap<K, V, S> {
    #[skeleton = "extend"]
    fn extend<T: IntoIterator<Item = (K, V)>>(&mut self, iter: T) {
        for (k, v) in iter {
            self.insert(k, v);
        }
    }
}
impl<'a, K: Eq + Hash + Copy, V: Copy, S: BuildHasher> Extend<(&'a K, &'a V)> for HashMap<K, V, S> {
    fn extend<T: IntoIterator<Item = (&'a K, &'a V)>>(&mut self, iter: T) {
        for (k, v) in iter {
            self.insert(*k, *v);
        }
    }
}
impl<K: Eq + Hash, V, const N: usize> From<[(K, V); N]> for HashMap<K, V, RandomState> {
    fn from(a: [(K, V); N]) -> Self {
        HashMap::from_iter(a)
    }
}

macro_rules! entry_iter {
    ($($name:ident [$($l:lifetime)*] $inner:ty, $item:ty, |$e:ident| $x:expr;)*) => { $(
        pub struct $name<$($l,)* K, V> {
            inner: $inner,
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
impl<K, V, S> IntoIterator for HashMap<K, V, S> {
    type Item = (K, V);
    type IntoIter = IntoIter<K, V>;
    fn into_iter(self) -> IntoIter<K, V> {
        IntoIter { inner: self.entries.into_iter() }
    }
}
impl<'a, K, V, S> IntoIterator for &'a HashMap<K, V, S> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;
    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}
impl<'a, K, V, S> IntoIterator for &'a mut HashMap<K, V, S> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = IterMut<'a, K, V>;
    fn into_iter(self) -> IterMut<'a, K, V> {
        self.iter_mut()
    }
}
