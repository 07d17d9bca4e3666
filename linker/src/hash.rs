//! Hashes for the two kinds of keys that links are full of: names, and indices.
//!
//! Names come from inputs: their hash mixes in numbers drawn once per map, so that nobody can aim at it. Indices are ours,
//! and small. No order depends on either: maps are looked up in, never walked.
//!
//! A large link looks up hundreds of thousands of names; `NameTable` is for these. It remembers hashes, so that it reads
//! no name again when it grows, and rarely compares names that differ.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher};

use hashbrown::HashTable;

/// A map by names, or other bytes of inputs.
pub(crate) type NameMap<'a, V> = HashMap<&'a [u8], V, NameState>;

/// A map by sections, symbols and offsets in them.
pub(crate) type IndexMap<K, V> = HashMap<K, V, BuildHasherDefault<IndexHasher>>;

/// Numbers by names, or other bytes of inputs.
#[derive(Debug, Default)]
pub(crate) struct NameTable<'a> {
    state: NameState,
    entries: HashTable<Entry<'a>>,
}

#[derive(Debug)]
struct Entry<'a> {
    name: &'a [u8],
    hash: u32,
    number: u32,
}

impl<'a> NameTable<'a> {
    /// Makes room for so many more names.
    pub fn reserve(&mut self, names: usize) {
        self.entries.reserve(names, |entry| spread(entry.hash));
    }

    /// The number of a name, which `make` chooses when the name is new.
    pub fn number(&mut self, name: &'a [u8], make: impl FnOnce() -> u32) -> u32 {
        let hash = self.state.hash_name(name);
        let entry = self.entries.entry(
            spread(hash),
            |entry| entry.hash == hash && entry.name == name,
            |entry| spread(entry.hash),
        );
        entry.or_insert_with(|| Entry { name, hash, number: make() }).get().number
    }
}

/// The table chooses a place by the low bits of a hash and tells neighbours apart by the high ones.
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

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

impl NameState {
    fn hash_name(&self, name: &[u8]) -> u32 {
        let mut hasher = self.build_hasher();
        hasher.write_usize(name.len());
        hasher.write(name);
        hasher.finish() as u32
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

    /// Bytes of which the length is known: the last eight may overlap those before them.
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.mix(u64::from_le_bytes(*word)));
        if rest.is_empty() {
            return;
        }
        let last = match (bytes.last_chunk::<8>(), rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
            (Some(last), _, _) => u64::from_le_bytes(*last),
            (None, Some(first), Some(last)) => {
                u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
            }
            _ => rest.iter().fold(0, |word, &byte| word << 8 | u64::from(byte)),
        };
        self.mix(last);
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
