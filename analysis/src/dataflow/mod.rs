//! The dataflow framework: facts that hold at each point of a body, found by iteration to a fixpoint.
//!
//! In: an [`Analysis`] (a join semilattice, a direction, transfer functions) and a body. Out: [`Results`], the state at one
//! end of each block; a [`Cursor`] walks from there to any point inside.
//!
//! Blocks are taken from a worklist in reverse postorder (postorder for backward analyses), so that a body without loops
//! is done in one round. Blocks no path reaches keep the bottom.

mod bitset;
mod gen_kill;

pub use bitset::{BitSet, Must};
pub use gen_kill::{GenKill, GenKillAnalysis, solve_gen_kill};

use cloudc_frontend::index::{Idx, IndexVec};
use cloudc_frontend::mir::traversal::{predecessors, reverse_postorder};
use cloudc_frontend::mir::{BlockId, Body, Location, Statement, Terminator};

/// Values that can be joined. Repeated joins must come to an end.
pub trait JoinSemiLattice: Clone {
    /// Makes `self` the least value above both; says whether it changed.
    fn join(&mut self, other: &Self) -> bool;
}

/// Which way facts flow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// From the entry.
    Forward,
    /// From the returns.
    Backward,
}

/// A dataflow analysis.
pub trait Analysis {
    /// What is known at a point.
    type Domain: JoinSemiLattice;
    /// Which way it flows.
    const DIRECTION: Direction;

    /// Nothing known yet: the state of a point not reached.
    fn bottom(&self, body: &Body) -> Self::Domain;
    /// Makes a bottom the state at the entry (forward) or after a terminator without successors (backward).
    fn boundary(&self, _body: &Body, _state: &mut Self::Domain) {}
    /// The effect of a statement.
    fn statement(&self, state: &mut Self::Domain, statement: &Statement, at: Location);
    /// The effect of a terminator that holds on all its edges.
    fn terminator(&self, state: &mut Self::Domain, terminator: &Terminator, at: Location);
    /// What holds on the `n`-th edge out of `from` in addition; only forward analyses are asked.
    fn edge(&self, _state: &mut Self::Domain, _body: &Body, _from: BlockId, _n: usize) {}
}

/// The fixpoint: for each block the state at its start (forward) or end (backward).
#[derive(Clone, Debug)]
pub struct Results<D> {
    /// The states.
    pub states: IndexVec<BlockId, D>,
}

/// Solves an analysis.
pub fn solve<A: Analysis>(analysis: &A, body: &Body) -> Results<A::Domain> {
    solve_with(analysis, body, |block, state| apply_block(analysis, body, block, state))
}

/// Solves an analysis whose effect of a whole block is known.
fn solve_with<A: Analysis>(
    analysis: &A,
    body: &Body,
    mut transfer: impl FnMut(BlockId, &mut A::Domain),
) -> Results<A::Domain> {
    let mut states: IndexVec<BlockId, A::Domain> =
        body.blocks.iter().map(|_| analysis.bottom(body)).collect();
    let mut order = reverse_postorder(body);
    if order.is_empty() {
        return Results { states };
    }
    let forward = A::DIRECTION == Direction::Forward;
    let preds = predecessors(body);
    if forward {
        analysis.boundary(body, &mut states[order[0]]);
    } else {
        for &block in &order {
            if has_no_successor(body, block) {
                analysis.boundary(body, &mut states[block]);
            }
        }
        order.reverse();
    }
    let mut position: IndexVec<BlockId, usize> = body.blocks.iter().map(|_| usize::MAX).collect();
    for (i, &block) in order.iter().enumerate() {
        position[block] = i;
    }
    let mut dirty = vec![true; body.blocks.len()];
    loop {
        let mut again = false;
        for (i, &block) in order.iter().enumerate() {
            if !std::mem::replace(&mut dirty[block.index()], false) {
                continue;
            }
            let mut state = states[block].clone();
            transfer(block, &mut state);
            let mut reached = |to: BlockId, state: &A::Domain| {
                if states[to].join(state) {
                    dirty[to.index()] = true;
                    // What comes later in the order is met in this round.
                    again |= position[to] <= i;
                }
            };
            if forward {
                let mut n = 0;
                body.blocks[block].terminator.kind.for_successors(|to| {
                    let mut on_edge = state.clone();
                    analysis.edge(&mut on_edge, body, block, n);
                    reached(to, &on_edge);
                    n += 1;
                });
            } else {
                preds[block].iter().for_each(|&to| reached(to, &state));
            }
        }
        if !again {
            return Results { states };
        }
    }
}

fn has_no_successor(body: &Body, block: BlockId) -> bool {
    let mut none = true;
    body.blocks[block].terminator.kind.for_successors(|_| none = false);
    none
}

fn apply_block<A: Analysis>(analysis: &A, body: &Body, block: BlockId, state: &mut A::Domain) {
    let data = &body.blocks[block];
    let end = Location { block, statement: data.statements.len() };
    let statements = data.statements.iter().enumerate();
    match A::DIRECTION {
        Direction::Forward => {
            for (statement, s) in statements {
                analysis.statement(state, s, Location { block, statement });
            }
            analysis.terminator(state, &data.terminator, end);
        }
        Direction::Backward => {
            analysis.terminator(state, &data.terminator, end);
            for (statement, s) in statements.rev() {
                analysis.statement(state, s, Location { block, statement });
            }
        }
    }
}

impl<D: JoinSemiLattice> Results<D> {
    /// A walk through the points of a body.
    pub fn cursor<'r, A: Analysis<Domain = D>>(&'r self, analysis: &'r A, body: &'r Body) -> Cursor<'r, A> {
        Cursor { results: self, analysis, body, state: None }
    }
}

/// Gives the state at any point. Asking for points of a block in the direction of the analysis costs no repetition.
pub struct Cursor<'r, A: Analysis> {
    results: &'r Results<A::Domain>,
    analysis: &'r A,
    body: &'r Body,
    /// The state, and the point it belongs to: before the statement with this index.
    state: Option<(A::Domain, Location)>,
}

impl<A: Analysis> Cursor<'_, A> {
    /// The state before a statement or terminator runs.
    pub fn before(&mut self, at: Location) -> &A::Domain {
        let count = self.body.blocks[at.block].statements.len();
        let forward = A::DIRECTION == Direction::Forward;
        // A backward state is known after the terminator, which is point `count + 1`.
        let start = Location { block: at.block, statement: if forward { 0 } else { count + 1 } };
        let usable = self.state.as_ref().is_some_and(|(_, p)| {
            p.block == at.block
                && if forward { p.statement <= at.statement } else { p.statement >= at.statement }
        });
        let known = self.state.take().filter(|_| usable);
        let (state, point) =
            self.state.insert(known.unwrap_or_else(|| (self.results.states[at.block].clone(), start)));
        let data = &self.body.blocks[at.block];
        while point.statement != at.statement {
            let index = if forward { point.statement } else { point.statement - 1 };
            let here = Location { block: at.block, statement: index };
            match data.statements.get(index) {
                Some(statement) => self.analysis.statement(state, statement, here),
                None => self.analysis.terminator(state, &data.terminator, here),
            }
            point.statement = if forward { index + 1 } else { index };
        }
        state
    }
    /// The state after a statement, or after a terminator on all its edges.
    pub fn after(&mut self, at: Location) -> &A::Domain {
        self.before(Location { block: at.block, statement: at.statement + 1 })
    }
}
