//! Dense sets of indices, joined by union ([`BitSet`]) or by intersection ([`Must`]).

use std::fmt;
use std::marker::PhantomData;

use cloudc_frontend::index::Idx;

use super::JoinSemiLattice;

/// A set of indices below a fixed bound.
pub struct BitSet<I> {
    words: Vec<u64>,
    marker: PhantomData<fn(I)>,
}

impl<I: Idx> BitSet<I> {
    /// The empty set for indices below `bound`.
    pub fn new(bound: usize) -> Self {
        BitSet { words: vec![0; bound.div_ceil(64)], marker: PhantomData }
    }
    /// All indices below `bound`.
    pub fn full(bound: usize) -> Self {
        let mut set = Self::new(bound);
        (0..bound).for_each(|i| {
            set.insert(I::new(i));
        });
        set
    }
    /// Whether it is in the set.
    pub fn contains(&self, i: I) -> bool {
        self.words[i.index() / 64] >> (i.index() % 64) & 1 != 0
    }
    /// Adds it; says whether it was not there.
    pub fn insert(&mut self, i: I) -> bool {
        let word = &mut self.words[i.index() / 64];
        let old = *word;
        *word |= 1 << (i.index() % 64);
        *word != old
    }
    /// Takes it out; says whether it was there.
    pub fn remove(&mut self, i: I) -> bool {
        let word = &mut self.words[i.index() / 64];
        let old = *word;
        *word &= !(1 << (i.index() % 64));
        *word != old
    }
    /// Adds all of `other`; says whether that changed anything.
    pub fn union(&mut self, other: &Self) -> bool {
        self.zip(other, |a, b| a | b)
    }
    /// Takes out all of `other`; says whether that changed anything.
    pub fn subtract(&mut self, other: &Self) -> bool {
        self.zip(other, |a, b| a & !b)
    }
    /// Takes out all that is not in `other`; says whether that changed anything.
    pub fn intersect(&mut self, other: &Self) -> bool {
        self.zip(other, |a, b| a & b)
    }
    fn zip(&mut self, other: &Self, f: impl Fn(u64, u64) -> u64) -> bool {
        let mut changed = false;
        for (a, &b) in self.words.iter_mut().zip(&other.words) {
            let new = f(*a, b);
            changed |= new != *a;
            *a = new;
        }
        changed
    }
    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|w| *w == 0)
    }
    /// The indices in order.
    pub fn iter(&self) -> impl Iterator<Item = I> + '_ {
        self.words.iter().enumerate().flat_map(|(n, &word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                if rest == 0 {
                    return None;
                }
                let bit = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                Some(I::new(n * 64 + bit))
            })
        })
    }
}

impl<I> Clone for BitSet<I> {
    fn clone(&self) -> Self {
        BitSet { words: self.words.clone(), marker: PhantomData }
    }
}
impl<I> PartialEq for BitSet<I> {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words
    }
}
impl<I: Idx> fmt::Debug for BitSet<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
impl<I: Idx> JoinSemiLattice for BitSet<I> {
    fn join(&mut self, other: &Self) -> bool {
        self.union(other)
    }
}

/// What holds on every path: the bottom is everything, the join is the intersection.
#[derive(Clone, PartialEq, Debug)]
pub struct Must<I: Idx>(pub BitSet<I>);

impl<I: Idx> JoinSemiLattice for Must<I> {
    fn join(&mut self, other: &Self) -> bool {
        self.0.intersect(&other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cloudc_frontend::mir::Local;

    #[test]
    fn sets_behave() {
        let mut a = BitSet::<Local>::new(130);
        assert!(a.insert(Local(3)) && a.insert(Local(129)) && !a.insert(Local(3)));
        let mut b = BitSet::full(130);
        assert!(b.subtract(&a) && !b.contains(Local(129)) && b.contains(Local(128)));
        assert_eq!(a.iter().collect::<Vec<_>>(), [Local(3), Local(129)]);
        assert!(a.union(&b) && a == BitSet::full(130));
        assert!(a.intersect(&b) && a.remove(Local(0)) && !a.is_empty());
    }
}
