//! Sets of small numbers, and tables of them, a bit for each.

/// A set of indices.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct BitSet(Vec<u64>);

impl BitSet {
    /// Empty, for indices below `n`.
    pub fn new(n: usize) -> BitSet {
        BitSet(vec![0; n.div_ceil(64)])
    }
    /// Whether it holds `i`.
    pub fn has(&self, i: usize) -> bool {
        self.0[i / 64] >> (i % 64) & 1 != 0
    }
    /// Puts `i` in or takes it out.
    pub fn set(&mut self, i: usize, to: bool) {
        let bit = 1u64 << (i % 64);
        if to { self.0[i / 64] |= bit } else { self.0[i / 64] &= !bit }
    }
    /// Takes everything out.
    pub fn clear(&mut self) {
        self.0.fill(0);
    }
    /// Makes it equal to `other` without new memory if it was as large before.
    pub fn copy_from(&mut self, other: &BitSet) {
        self.0.clone_from(&other.0);
    }
    /// What it holds, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0
            .iter()
            .enumerate()
            .flat_map(|(i, &word)| (0..64).filter(move |b| word >> b & 1 != 0).map(move |b| i * 64 + b))
    }
    /// Adds all of `other`, which may be for fewer indices; whether that changed anything.
    pub fn union(&mut self, other: &BitSet) -> bool {
        union(&mut self.0, &other.0)
    }
}

/// Sets of indices below the same bound, numbered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BitMatrix {
    words: Vec<u64>,
    /// Words of a row.
    stride: usize,
}

impl BitMatrix {
    /// Empty rows, for indices below `columns`.
    pub fn new(rows: usize, columns: usize) -> BitMatrix {
        let stride = columns.div_ceil(64);
        BitMatrix { words: vec![0; rows * stride], stride }
    }
    /// Whether a row holds `i`.
    pub fn has(&self, row: usize, i: usize) -> bool {
        self.words[row * self.stride + i / 64] >> (i % 64) & 1 != 0
    }
    /// Puts `i` into a row.
    pub fn insert(&mut self, row: usize, i: usize) {
        self.words[row * self.stride + i / 64] |= 1u64 << (i % 64);
    }
    /// Puts all below `n` into a row.
    pub fn fill(&mut self, row: usize, n: usize) {
        for (i, word) in self.row_mut(row).iter_mut().enumerate() {
            let left = n.saturating_sub(i * 64);
            *word |= if left >= 64 { u64::MAX } else { (1u64 << left) - 1 };
        }
    }
    /// Adds a set, which may be for fewer indices, to a row.
    pub fn add(&mut self, row: usize, set: &BitSet) {
        union(self.row_mut(row), &set.0);
    }
    /// Adds row `low` to the later row `high`.
    pub fn add_row(&mut self, high: usize, low: usize) {
        let (below, above) = self.words.split_at_mut(high * self.stride);
        union(&mut above[..self.stride], &below[low * self.stride..][..self.stride]);
    }
    fn row_mut(&mut self, row: usize) -> &mut [u64] {
        &mut self.words[row * self.stride..][..self.stride]
    }
}

/// Adds what the words of `from` hold to `to`; whether that changed anything.
fn union(to: &mut [u64], from: &[u64]) -> bool {
    let mut changed = 0;
    for (a, b) in to.iter_mut().zip(from) {
        changed |= *b & !*a;
        *a |= b;
    }
    changed != 0
}
