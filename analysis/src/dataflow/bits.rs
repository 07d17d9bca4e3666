//! Dense sets of indices: the domain of most analyses.

use std::marker::PhantomData;

use cloudc_frontend::index::Idx;

/// A set of indices below a bound.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BitSet<I> {
    words: Vec<u64>,
    bound: usize,
    marker: PhantomData<fn(I)>,
}

impl<I: Idx> BitSet<I> {
    /// The empty set of indices below `bound`.
    pub fn new(bound: usize) -> Self {
        BitSet { words: vec![0; bound.div_ceil(64)], bound, marker: PhantomData }
    }
    /// Whether it is a member.
    pub fn contains(&self, i: I) -> bool {
        self.words[i.index() / 64] >> (i.index() % 64) & 1 == 1
    }
    /// Adds it; whether it was new.
    pub fn insert(&mut self, i: I) -> bool {
        let word = &mut self.words[i.index() / 64];
        let old = *word;
        *word |= 1 << (i.index() % 64);
        *word != old
    }
    /// Takes it out; whether it was there.
    pub fn remove(&mut self, i: I) -> bool {
        let word = &mut self.words[i.index() / 64];
        let old = *word;
        *word &= !(1 << (i.index() % 64));
        *word != old
    }
    /// Adds all of `other`; whether anything was new.
    pub fn union(&mut self, other: &Self) -> bool {
        let mut changed = false;
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            let new = *a | b;
            changed |= new != *a;
            *a = new;
        }
        changed
    }
    /// Keeps what is in `other`; whether anything was lost.
    pub fn intersect(&mut self, other: &Self) -> bool {
        let mut changed = false;
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            let new = *a & b;
            changed |= new != *a;
            *a = new;
        }
        changed
    }
    /// Takes out all of `other`.
    pub fn subtract(&mut self, other: &Self) {
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            *a &= !b;
        }
    }
    /// The members, rising.
    pub fn iter(&self) -> impl Iterator<Item = I> + '_ {
        (0..self.bound).map(I::new).filter(|&i| self.contains(i))
    }
    /// Whether there are no members.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|w| *w == 0)
    }
}
