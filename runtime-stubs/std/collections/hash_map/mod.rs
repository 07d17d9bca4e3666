//! Hash maps that keep insertion order, save that `remove` moves the last entry into the gap.

mod entry;
mod iter;
pub(crate) mod table;
mod traits;

pub use self::entry::{Entry, OccupiedEntry, VacantEntry};
pub use self::iter::{Drain, ExtractIf, IntoIter, IntoKeys, IntoValues, Iter, IterMut, Keys, Values, ValuesMut};

use self::table::{Table, room, slots_for};
use super::TryReserveError;
use crate::borrow::Borrow;
use crate::hash::{BuildHasher, Hash, Hasher};
use crate::panicking::panic;
use crate::prelude::v1::*;
use crate::{mem, rt};

pub use crate::hash::{DefaultHasher, RandomState};

pub struct HashMap<K, V, S = RandomState> {
    pub(crate) table: Table<K, V>,
    hash_builder: S,
}

impl<K, V> HashMap<K, V, RandomState> {
    pub fn new() -> HashMap<K, V, RandomState> {
        HashMap { table: Table::new(), hash_builder: RandomState }
    }
    pub fn with_capacity(capacity: usize) -> HashMap<K, V, RandomState> {
        HashMap::with_capacity_and_hasher(capacity, RandomState)
    }
}
impl<K, V, S> HashMap<K, V, S> {
    pub const fn with_hasher(hash_builder: S) -> HashMap<K, V, S> {
        HashMap { table: Table::new(), hash_builder }
    }
    pub fn with_capacity_and_hasher(capacity: usize, hash_builder: S) -> HashMap<K, V, S> {
        let mut map = HashMap::with_hasher(hash_builder);
        if capacity != 0 {
            map.table.entries.reserve_exact(capacity);
            map.table.index.resize(slots_for(capacity, mem::size_of::<(K, V)>()), 0);
        }
        map
    }
    pub fn hasher(&self) -> &S {
        &self.hash_builder
    }
    pub fn len(&self) -> usize {
        self.table.entries.len()
    }
    pub fn is_empty(&self) -> bool {
        self.table.entries.is_empty()
    }
    pub fn capacity(&self) -> usize {
        rt::room(room(self.table.index.len()))
    }
    pub fn clear(&mut self) {
        self.table.entries.clear();
        self.table.index.fill(0);
    }
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter { inner: self.table.entries.iter() }
    }
    pub fn iter_mut(&mut self) -> IterMut<'_, K, V> {
        IterMut { inner: self.table.entries.iter_mut() }
    }
    pub fn keys(&self) -> Keys<'_, K, V> {
        Keys { inner: self.table.entries.iter() }
    }
    pub fn values(&self) -> Values<'_, K, V> {
        Values { inner: self.table.entries.iter() }
    }
    pub fn values_mut(&mut self) -> ValuesMut<'_, K, V> {
        ValuesMut { inner: self.table.entries.iter_mut() }
    }
    pub fn into_keys(self) -> IntoKeys<K, V> {
        IntoKeys { inner: self.table.entries.into_iter() }
    }
    pub fn into_values(self) -> IntoValues<K, V> {
        IntoValues { inner: self.table.entries.into_iter() }
    }
    pub fn drain(&mut self) -> Drain<'_, K, V> {
        self.table.index.fill(0);
        Drain::new(mem::take(&mut self.table.entries).into_iter())
    }
    pub fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, mut f: F) {
        let n = self.table.entries.len();
        self.table.entries.retain_mut(|e| f(&e.key, &mut e.value));
        if self.table.entries.len() != n {
            self.table.rebuild(self.table.index.len());
        }
    }
    pub fn extract_if<F: FnMut(&K, &mut V) -> bool>(&mut self, pred: F) -> ExtractIf<'_, K, V, F> {
        ExtractIf::new(&mut self.table, pred)
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
        if self.table.index.is_empty() {
            return None;
        }
        let mask = self.table.index.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let x = self.table.index[slot];
            if x == 0 {
                return None;
            }
            let k = x as usize - 1;
            let e = &self.table.entries[k];
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
        if self.table.entries.is_empty() { None } else { self.find(self.hash_of(key), key) }
    }
    pub fn reserve(&mut self, additional: usize) {
        self.table.entries.reserve(additional);
        let (need, full) = (self.table.entries.len() + additional, room(self.table.index.len()));
        if need > full {
            let n = if need > full + 1 { need } else { full + 1 };
            self.table.rebuild(slots_for(n, mem::size_of::<(K, V)>()));
        }
    }
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.table.entries.check_room(additional)?;
        self.reserve(additional);
        Ok(())
    }
    pub fn shrink_to_fit(&mut self) {
        self.shrink_to(0)
    }
    pub fn shrink_to(&mut self, min_capacity: usize) {
        let n = self.table.entries.len();
        let least = if min_capacity > n { min_capacity } else { n };
        let slots = if least == 0 { 0 } else { slots_for(least, mem::size_of::<(K, V)>()) };
        if slots < self.table.index.len() {
            self.table.entries.shrink_to(least);
            self.table.index = Vec::new();
            self.table.rebuild(slots);
        }
    }
    #[track_caller]
    pub fn get_disjoint_mut<Q: Hash + Eq + ?Sized, const N: usize>(&mut self, ks: [&Q; N]) -> [Option<&'_ mut V>; N]
    where
        K: Borrow<Q>,
    {
        let at: [Option<usize>; N] = crate::array::from_fn(|k| self.position(ks[k]));
        let mut a = 0;
        while a < N {
            let mut b = 0;
            while b < a {
                if at[a].is_some() && at[a] == at[b] {
                    panic("duplicate keys found");
                }
                b += 1;
            }
            a += 1;
        }
        let all = self.table.entries.as_mut_ptr();
        crate::array::from_fn(|k| match at[k] {
            Some(at) => Some(unsafe { &mut (*all.add(at)).value }),
            None => None,
        })
    }
    #[skeleton = "entry"]
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V, S> {
        let hash = self.hash_of(&key);
        match self.find(hash, &key) {
            Some(at) => Entry::Occupied(OccupiedEntry { map: self, at }),
            None => Entry::Vacant(VacantEntry { map: self, hash, key }),
        }
    }
    pub fn get<Q: Hash + Eq + ?Sized>(&self, k: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        match self.position(k) {
            Some(at) => Some(&self.table.entries[at].value),
            None => None,
        }
    }
    pub fn get_key_value<Q: Hash + Eq + ?Sized>(&self, k: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        match self.position(k) {
            Some(at) => {
                let e = &self.table.entries[at];
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
            Some(at) => Some(&mut self.table.entries[at].value),
            None => None,
        }
    }
    #[skeleton = "insert"]
    pub fn insert(&mut self, k: K, v: V) -> Option<V> {
        let hash = self.hash_of(&k);
        match self.find(hash, &k) {
            Some(at) => Some(mem::replace(&mut self.table.entries[at].value, v)),
            None => {
                self.table.push_entry(hash, k, v);
                None
            }
        }
    }
    pub fn remove<Q: Hash + Eq + ?Sized>(&mut self, k: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        match self.position(k) {
            Some(at) => Some(self.table.remove_at(at).value),
            None => None,
        }
    }
    pub fn remove_entry<Q: Hash + Eq + ?Sized>(&mut self, k: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q>,
    {
        match self.position(k) {
            Some(at) => {
                let e = self.table.remove_at(at);
                Some((e.key, e.value))
            }
            None => None,
        }
    }
}
