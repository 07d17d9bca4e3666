//! Entries in a vector, and an index of positions by hash.
//!
//! Iteration is therefore the same on every run, and a map is nothing but two vectors, which cross between tasks
//! without rehashing.

use crate::mem;
use crate::prelude::v1::*;

pub(crate) struct Bucket<K, V> {
    pub(crate) hash: u64,
    pub(crate) key: K,
    pub(crate) value: V,
}
impl<K: Clone, V: Clone> Clone for Bucket<K, V> {
    fn clone(&self) -> Self {
        Bucket { hash: self.hash, key: self.key.clone(), value: self.value.clone() }
    }
}

/// `index` has no slots or a power of two of them, at most `room(slots)` used: 0 is free, otherwise position + 1. Sizes are
/// those of Rust's tables, because programs can see them through `capacity`, but there are [`SPREAD`] slots for each of theirs.
pub(crate) struct Table<K, V> {
    pub(crate) entries: Vec<Bucket<K, V>>,
    pub(crate) index: Vec<u32>,
}
impl<K: Clone, V: Clone> Clone for Table<K, V> {
    fn clone(&self) -> Self {
        Table { entries: self.entries.clone(), index: self.index.clone() }
    }
}

/// Each slot that is looked at on the way to another costs a look at its entry, so less than half of them are used.
const SPREAD: usize = 2;

/// How many entries so many slots take.
pub(crate) fn room(slots: usize) -> usize {
    match slots / SPREAD {
        0 => 0,
        theirs @ 1..=8 => theirs - 1,
        theirs => theirs / 8 * 7,
    }
}
/// The slots for `n > 0` entries of `size` bytes.
pub(crate) fn slots_for(n: usize, size: usize) -> usize {
    let least = match size {
        0 | 1 => 14,
        2 | 3 => 7,
        _ => 3,
    };
    let n = if n < least { least } else { n };
    let theirs = match n {
        0..=3 => 4,
        4..=7 => 8,
        8..=14 => 16,
        _ => (n * 8 / 7).next_power_of_two(),
    };
    theirs * SPREAD
}

impl<K, V> Table<K, V> {
    pub(crate) const fn new() -> Table<K, V> {
        Table { entries: Vec::new(), index: Vec::new() }
    }
    /// Makes the index anew with `slots` slots.
    pub(crate) fn rebuild(&mut self, slots: usize) {
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
    pub(crate) fn link(&mut self, hash: u64, k: usize) {
        let mask = self.index.len() - 1;
        let mut slot = hash as usize & mask;
        while self.index[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        self.index[slot] = k as u32 + 1;
    }
    /// The slot that holds position `k`.
    pub(crate) fn slot_of(&self, k: usize) -> usize {
        let mask = self.index.len() - 1;
        let mut slot = self.entries[k].hash as usize & mask;
        while self.index[slot] != k as u32 + 1 {
            slot = (slot + 1) & mask;
        }
        slot
    }
    /// Empties a slot and moves later members of its run up, so that no probe ends early.
    pub(crate) fn unlink(&mut self, slot: usize) {
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
    pub(crate) fn push_entry(&mut self, hash: u64, key: K, value: V) -> usize {
        let k = self.entries.len();
        let slots = self.index.len();
        self.entries.push(Bucket { hash, key, value });
        if k == room(slots) {
            self.rebuild(slots_for(k + 1, mem::size_of::<(K, V)>()));
        } else {
            self.link(hash, k);
        }
        k
    }
    pub(crate) fn remove_at(&mut self, k: usize) -> Bucket<K, V> {
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
