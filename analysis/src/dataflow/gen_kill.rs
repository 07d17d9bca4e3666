//! Analyses whose effects only add and remove members of a set: a block's effect is computed once.

use cloudc_frontend::index::{Idx, IndexVec};
use cloudc_frontend::mir::{BlockId, Body, Location, Statement, Terminator};

use super::{Analysis, BitSet, Direction, Results, apply_block, solve_with};

/// What such an effect is written to: a state, or the summary of a block.
pub trait GenKill<I> {
    /// Adds.
    fn add(&mut self, i: I);
    /// Removes.
    fn kill(&mut self, i: I);
}

impl<I: Idx> GenKill<I> for BitSet<I> {
    fn add(&mut self, i: I) {
        self.insert(i);
    }
    fn kill(&mut self, i: I) {
        self.remove(i);
    }
}

/// An analysis over sets joined by union.
pub trait GenKillAnalysis {
    /// What the sets hold.
    type Index: Idx;
    /// Which way it flows.
    const DIRECTION: Direction;
    /// Bound of the indices.
    fn bound(&self, body: &Body) -> usize;
    /// What holds at the entry, or after a terminator without successors.
    fn at_boundary(&self, _body: &Body, _state: &mut BitSet<Self::Index>) {}
    /// The effect of a statement.
    fn statement_effect(&self, to: &mut impl GenKill<Self::Index>, statement: &Statement, at: Location);
    /// The effect of a terminator.
    fn terminator_effect(&self, to: &mut impl GenKill<Self::Index>, terminator: &Terminator, at: Location);
}

impl<A: GenKillAnalysis> Analysis for A {
    type Domain = BitSet<A::Index>;
    const DIRECTION: Direction = A::DIRECTION;

    fn bottom(&self, body: &Body) -> Self::Domain {
        BitSet::new(self.bound(body))
    }
    fn boundary(&self, body: &Body, state: &mut Self::Domain) {
        self.at_boundary(body, state);
    }
    fn statement(&self, state: &mut Self::Domain, statement: &Statement, at: Location) {
        self.statement_effect(state, statement, at);
    }
    fn terminator(&self, state: &mut Self::Domain, terminator: &Terminator, at: Location) {
        self.terminator_effect(state, terminator, at);
    }
}

/// The effect of a whole block.
#[derive(Clone)]
struct Summary<I: Idx> {
    added: BitSet<I>,
    killed: BitSet<I>,
}

impl<I: Idx> GenKill<I> for Summary<I> {
    fn add(&mut self, i: I) {
        self.added.insert(i);
        self.killed.remove(i);
    }
    fn kill(&mut self, i: I) {
        self.added.remove(i);
        self.killed.insert(i);
    }
}

/// Solves such an analysis; every statement is looked at once.
pub fn solve_gen_kill<A: GenKillAnalysis>(analysis: &A, body: &Body) -> Results<BitSet<A::Index>> {
    let bound = analysis.bound(body);
    let summaries: IndexVec<BlockId, Summary<A::Index>> = body
        .blocks
        .indices()
        .map(|block| {
            let mut summary = Summary { added: BitSet::new(bound), killed: BitSet::new(bound) };
            apply_block(&Summarise(analysis), body, block, &mut summary);
            summary
        })
        .collect();
    solve_with(analysis, body, |block, state| {
        state.subtract(&summaries[block].killed);
        state.union(&summaries[block].added);
    })
}

/// Runs the same effects on summaries.
struct Summarise<'a, A>(&'a A);

impl<I: Idx> super::JoinSemiLattice for Summary<I> {
    fn join(&mut self, other: &Self) -> bool {
        self.killed.intersect(&other.killed) | self.added.union(&other.added)
    }
}

impl<A: GenKillAnalysis> Analysis for Summarise<'_, A> {
    type Domain = Summary<A::Index>;
    const DIRECTION: Direction = A::DIRECTION;

    fn bottom(&self, body: &Body) -> Self::Domain {
        let bound = self.0.bound(body);
        Summary { added: BitSet::new(bound), killed: BitSet::new(bound) }
    }
    fn statement(&self, state: &mut Self::Domain, statement: &Statement, at: Location) {
        self.0.statement_effect(state, statement, at);
    }
    fn terminator(&self, state: &mut Self::Domain, terminator: &Terminator, at: Location) {
        self.0.terminator_effect(state, terminator, at);
    }
}
