//! Hashes for the two kinds of keys that links are full of: names, and indices.
//!
//! Names come from inputs: their hash mixes in numbers drawn once per map, so that nobody can aim at it. Indices are ours,
//! and small. No order depends on either: maps are looked up in, never walked.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher};

/// A map by names, or other bytes of inputs.
pub(crate) type NameMap<'a, V> = HashMap<&'a [u8], V, NameState>;

/// A map by sections, symbols and offsets in them.
pub(crate) type IndexMap<K, V> = HashMap<K, V, BuildHasherDefault<IndexHasher>>;

/// The numbers of one map.
#[derive(Debug, Clone)]
pub(crate) struct NameState {
    seed: u64,
    key: u64,
}

impl Default for NameState {
    fn default() -> NameState {
        let random = RandomState::new();
        NameState { seed: random.hash_one(0), key: random.hash_one(1) | 1 }
    }
}

impl BuildHasher for NameState {
    type Hasher = NameHasher;

    fn build_hasher(&self) -> NameHasher {
        NameHasher { state: self.seed, key: self.key }
    }
}

/// Takes eight bytes at a time, each mixed by a multiplication whose halves are joined.
pub(crate) struct NameHasher {
    state: u64,
    key: u64,
}

impl NameHasher {
    fn mix(&mut self, word: u64) {
        let product = u128::from(self.state ^ word) * u128::from(self.key);
        self.state = product as u64 ^ (product >> 64) as u64;
    }
}

impl Hasher for NameHasher {
    fn finish(&self) -> u64 {
        let product = u128::from(self.state) * u128::from(self.key.rotate_left(32));
        product as u64 ^ (product >> 64) as u64
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.mix(u64::from_le_bytes(*word)));
        if !rest.is_empty() {
            let mut last = [0; 8];
            last[..rest.len()].copy_from_slice(rest);
            self.mix(u64::from_le_bytes(last));
        }
    }

    /// The length of what follows, which tells apart what differs only in zeroes at its end.
    fn write_usize(&mut self, number: usize) {
        self.state = self.state.rotate_left(5).wrapping_add(number as u64);
    }
}

/// Multiplies and rotates.
#[derive(Default)]
pub(crate) struct IndexHasher(u64);

impl Hasher for IndexHasher {
    fn finish(&self) -> u64 {
        // The low bits choose the bucket and have seen the least.
        self.0 ^ self.0 >> 32
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(u64::from(byte)));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(26) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}
