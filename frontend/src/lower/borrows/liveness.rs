//! Locals that are read again before they are overwritten.
//!
//! Backward, union. Dropping a local and ending its storage are no reads: whether a drop looks at borrowed data is
//! not known here.

use crate::index::{Idx, IndexVec};
use crate::lower::moves::flow::BitSet;
use crate::mir::body::Location;
use crate::mir::traversal::{postorder, predecessors};
use crate::mir::visit::{PlaceUse, Visitor};
use crate::mir::*;

/// Locals live at the end of each block.
pub struct Live {
    at_end: IndexVec<BlockId, BitSet>,
}

/// Solves the equations.
pub fn solve(body: &Body) -> Live {
    let n = body.locals.len();
    let mut at_end: IndexVec<BlockId, BitSet> = body.blocks.iter().map(|_| BitSet::new(n)).collect();
    let preds = predecessors(body);
    let order = postorder(body);
    let mut position = vec![usize::MAX; body.blocks.len()];
    order.iter().enumerate().for_each(|(i, b)| position[b.index()] = i);
    let mut work: std::collections::BTreeSet<usize> = (0..order.len()).collect();
    while let Some(next) = work.pop_first() {
        let block = order[next];
        let mut live = at_end[block].clone();
        for statement in (0..=body.blocks[block].statements.len()).rev() {
            step(body, Location { block, statement }, &mut live);
        }
        for &p in &preds[block] {
            if position[p.index()] != usize::MAX && at_end[p].union(&live) {
                work.insert(position[p.index()]);
            }
        }
    }
    Live { at_end }
}

impl Live {
    /// Calls `f` with each location of a block, last first, and the locals live after it.
    pub fn for_block(&self, body: &Body, block: BlockId, f: &mut dyn FnMut(Location, &BitSet)) {
        let mut live = self.at_end[block].clone();
        for statement in (0..=body.blocks[block].statements.len()).rev() {
            let at = Location { block, statement };
            f(at, &live);
            step(body, at, &mut live);
        }
    }
}

fn step(body: &Body, at: Location, live: &mut BitSet) {
    struct Collect {
        reads: Vec<Local>,
        writes: Vec<Local>,
    }
    impl Visitor for Collect {
        fn visit_local(&mut self, local: &Local, how: PlaceUse, _: Location) {
            match how {
                PlaceUse::Store | PlaceUse::Result | PlaceUse::Storage => self.writes.push(*local),
                PlaceUse::Drop | PlaceUse::PartStore => {}
                _ => self.reads.push(*local),
            }
        }
    }
    let mut c = Collect { reads: Vec::new(), writes: Vec::new() };
    let block = &body.blocks[at.block];
    match block.statements.get(at.statement) {
        Some(statement) => c.visit_statement(statement, at),
        None => c.visit_terminator(&block.terminator, at),
    }
    c.writes.iter().for_each(|l| live.set(l.index(), false));
    c.reads.iter().for_each(|l| live.set(l.index(), true));
    if block.terminator.kind == TerminatorKind::Return && at.statement == block.statements.len() {
        live.set(0, true);
    }
}
