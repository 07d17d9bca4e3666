//! The dataflow framework: an [`Analysis`] says what a statement does to a state, [`solve`] finds the least fixpoint.
//!
//! States are joined where paths meet. A forward analysis gives the state at the start of each block, a backward one
//! the state at its end; [`Results::visit_block`] walks from there to every point.

pub mod bits;

use std::collections::BTreeSet;

use cloudc_frontend::index::{Idx, IndexVec};
use cloudc_frontend::mir::{BlockId, Body, Location, Statement, Terminator, traversal};

pub use bits::BitSet;

/// Which way facts flow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// With control.
    Forward,
    /// Against it.
    Backward,
}

/// A dataflow problem over a join-semilattice.
pub trait Analysis {
    /// The lattice. Joining only moves up, and there are no infinite ascending chains.
    type Domain: Clone + PartialEq;
    /// Which way.
    const DIRECTION: Direction;
    /// The least element: nothing is known to reach the point.
    fn bottom(&self, body: &Body) -> Self::Domain;
    /// What holds at the entry (forward) or at every exit (backward).
    fn boundary(&self, body: &Body, state: &mut Self::Domain);
    /// Joins; whether `into` changed.
    fn join(&self, into: &mut Self::Domain, from: &Self::Domain) -> bool;
    /// Effect of a statement.
    fn statement(&self, state: &mut Self::Domain, statement: &Statement, at: Location);
    /// Effect of a terminator, the same on all edges.
    fn terminator(&self, state: &mut Self::Domain, terminator: &Terminator, at: Location);
}

/// A solved problem.
pub struct Results<A: Analysis> {
    /// The problem.
    pub analysis: A,
    /// State at the start (forward) or end (backward) of each block.
    pub blocks: IndexVec<BlockId, A::Domain>,
}

/// Finds the least fixpoint with a worklist in (reverse) postorder.
pub fn solve<A: Analysis>(analysis: A, body: &Body) -> Results<A> {
    let forward = A::DIRECTION == Direction::Forward;
    let order = if forward { traversal::reverse_postorder(body) } else { traversal::postorder(body) };
    let mut rank: IndexVec<BlockId, usize> = body.blocks.iter().map(|_| usize::MAX).collect();
    for (i, &b) in order.iter().enumerate() {
        rank[b] = i;
    }
    let preds = traversal::predecessors(body);
    let mut blocks: IndexVec<BlockId, A::Domain> =
        body.blocks.iter().map(|_| analysis.bottom(body)).collect();
    for &b in &order {
        let is_boundary =
            if forward { b.index() == 0 } else { body.blocks[b].terminator.kind.successors().is_empty() };
        if is_boundary {
            analysis.boundary(body, &mut blocks[b]);
        }
    }
    let mut work: BTreeSet<usize> = (0..order.len()).collect();
    while let Some(next) = work.pop_first() {
        let b = order[next];
        let mut state = blocks[b].clone();
        flow(&analysis, body, b, &mut state);
        let mut reach = |to: BlockId| {
            if rank[to] != usize::MAX && analysis.join(&mut blocks[to], &state) {
                work.insert(rank[to]);
            }
        };
        if forward {
            body.blocks[b].terminator.kind.for_successors(&mut reach);
        } else {
            preds[b].iter().copied().for_each(&mut reach);
        }
    }
    Results { analysis, blocks }
}

fn flow<A: Analysis>(analysis: &A, body: &Body, b: BlockId, state: &mut A::Domain) {
    let block = &body.blocks[b];
    let end = Location { block: b, statement: block.statements.len() };
    if A::DIRECTION == Direction::Backward {
        analysis.terminator(state, &block.terminator, end);
        for (i, s) in block.statements.iter().enumerate().rev() {
            analysis.statement(state, s, Location { block: b, statement: i });
        }
    } else {
        for (i, s) in block.statements.iter().enumerate() {
            analysis.statement(state, s, Location { block: b, statement: i });
        }
        analysis.terminator(state, &block.terminator, end);
    }
}

impl<A: Analysis> Results<A> {
    /// Calls `visit` with the state before each statement and the terminator (forward, in order), or after them
    /// (backward, last first).
    pub fn visit_block(&self, body: &Body, b: BlockId, mut visit: impl FnMut(Location, &A::Domain)) {
        let block = &body.blocks[b];
        let mut state = self.blocks[b].clone();
        let at = |i| Location { block: b, statement: i };
        let end = block.statements.len();
        if A::DIRECTION == Direction::Backward {
            visit(at(end), &state);
            self.analysis.terminator(&mut state, &block.terminator, at(end));
            for (i, s) in block.statements.iter().enumerate().rev() {
                visit(at(i), &state);
                self.analysis.statement(&mut state, s, at(i));
            }
        } else {
            for (i, s) in block.statements.iter().enumerate() {
                visit(at(i), &state);
                self.analysis.statement(&mut state, s, at(i));
            }
            visit(at(end), &state);
        }
    }
    /// State at the start of a block, whatever the direction.
    pub fn at_start(&self, body: &Body, b: BlockId) -> A::Domain {
        let mut state = self.blocks[b].clone();
        if A::DIRECTION == Direction::Backward {
            flow(&self.analysis, body, b, &mut state);
        }
        state
    }
    /// State at the end of a block (behind its terminator), whatever the direction.
    pub fn at_end(&self, body: &Body, b: BlockId) -> A::Domain {
        let mut state = self.blocks[b].clone();
        if A::DIRECTION == Direction::Forward {
            flow(&self.analysis, body, b, &mut state);
        }
        state
    }
}
