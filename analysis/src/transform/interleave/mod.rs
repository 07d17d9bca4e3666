//! Inner loops of several rounds of an outer loop are run side by side.
//!
//! A sum of floats must be added in its order, so each addition waits for the last. The sums that the next rounds of the outer
//! loop will make do not wait for each other:
//!
//! ```text
//! for c in 0..k {                            for c in 0..k {
//!     let mut s = 0.0;                           let mut s = 0.0;
//!     for d in 0..n {                            if nothing is saved for c {
//!         s += f(c, d);            becomes           do the same rounds of c, c + 1, …, c + 7 side by side;
//!     }                                              save the state of c + 1, …, c + 7
//!     use(s);                                    } else { take what is saved }
//! }                                              for the rounds of d that are left { s += f(c, d); }
//!                                                use(s);
//!                                            }
//! ```
//!
//! Both loops stay as they are, and do whatever was not done ahead: nothing has to be undone if the outer loop is left, and
//! what follows the inner loop runs at its time and in its order. Rounds are done side by side only as long as every guard in
//! them is passed by all; the first that is not, a panic among them, is met again by the loop itself.
//!
//! [`nest`] says when that is right, [`counting`](super::rounds::counting) how many rounds can be done without asking.

mod nest;
mod weave;

use std::collections::BTreeSet;

use cloudc_frontend::mir::traversal::{LoopId, LoopTree, loop_tree};
use cloudc_frontend::mir::{BinOp, BlockId, Body, Local, Place, Rvalue, StatementKind};

use self::nest::Nest;
use super::rounds::counting::Passed;
use super::rounds::steps::{Step, StepKind};
use super::run::{MirPass, PassCx};
use crate::facts::dominance::Dominance;

/// Does rounds of inner loops that sum floats side by side for several rounds of the loops around them.
pub struct InterleaveLoops;

/// How many inner loops run side by side: about what an addition takes in terms of how many can be begun meanwhile.
const LANES: usize = 4;
/// Most sums of an inner loop: those of all lanes are to have a register each. Where there are many, they wait for each other
/// less anyway.
const SUMS: usize = 3;
/// Loops known to have fewer rounds are left alone: they are unrolled.
const FEW_ROUNDS: u128 = 8;
/// Most steps of advance and round together; larger loops have other things to do while they wait.
const STEPS: usize = 80;

impl MirPass for InterleaveLoops {
    fn name(&self) -> &'static str {
        "interleave-loops"
    }
    fn run(&self, _cx: &PassCx<'_>, body: &mut Body) -> bool {
        let mut seen: BTreeSet<BlockId> = BTreeSet::new();
        let mut changed = false;
        while let Some(nest) = next_nest(body, &mut seen) {
            let counting = nest.counting(body);
            let new = weave::weave(body, &nest, &counting, LANES);
            seen.insert(new);
            changed = true;
        }
        changed
    }
}

/// The next nest that gains by it. Inner loops looked at are added to those seen.
fn next_nest(body: &Body, seen: &mut BTreeSet<BlockId>) -> Option<Nest> {
    let dominance = Dominance::new(body);
    let tree = loop_tree(body, &dominance.tree);
    for (id, natural) in tree.loops.iter_enumerated() {
        if natural.parent.is_none() || !adds_floats(body, &natural.blocks) || !seen.insert(natural.header) {
            continue;
        }
        if let Some(nest) = Nest::find(body, &dominance, &tree, id)
            && is_worth_it(body, &nest)
        {
            return Some(nest);
        }
    }
    None
}

/// Whether this pass will run the rounds of an inner loop side by side.
pub fn is_taken(body: &Body, dominance: &Dominance, tree: &LoopTree, inner: LoopId) -> bool {
    let natural = &tree.loops[inner];
    natural.parent.is_some()
        && adds_floats(body, &natural.blocks)
        && Nest::find(body, dominance, tree, inner).is_some_and(|nest| is_worth_it(body, &nest))
}

fn adds_floats(body: &Body, blocks: &[BlockId]) -> bool {
    blocks.iter().flat_map(|b| &body.blocks[*b].statements).any(|s| {
        matches!(&s.kind, StatementKind::Assign(_, Rvalue::Binary(op, a, _))
            if is_arithmetic(*op) && body.operand_ty(a).is_float())
    })
}

fn is_arithmetic(op: BinOp) -> bool {
    matches!(op, BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Div)
}

fn is_worth_it(body: &Body, nest: &Nest) -> bool {
    let sums = nest.carried.iter().filter(|l| nest.varying.contains(l) && is_chain(body, nest, **l)).count();
    let is_short = nest.counting(body).passed.iter().any(|p| match p {
        Passed::Times { from, .. } => from.as_scalar().is_some_and(|n| n < FEW_ROUNDS),
        _ => false,
    });
    (1..=SUMS).contains(&sums) && !is_short && nest.advance.len() + nest.round.len() <= STEPS
}

/// Whether each round computes the local's value from that of the last by operations on floats.
fn is_chain(body: &Body, nest: &Nest, local: Local) -> bool {
    let mut work = vec![local];
    let mut seen = BTreeSet::new();
    while let Some(at) = work.pop() {
        let definition = nest.round.iter().find(|s| s.target() == Some(at));
        let Some(Step { kind: StepKind::Assign(_, rvalue), .. }) = definition else { continue };
        let operands = match rvalue {
            Rvalue::Use(from) => vec![from],
            Rvalue::Binary(op, a, b) if is_arithmetic(*op) && body.locals[at].ty.is_float() => vec![a, b],
            _ => continue,
        };
        let reads = operands.into_iter().filter_map(|o| o.place().and_then(Place::as_local));
        for read in reads.filter(|l| body.locals[*l].ty.is_float()) {
            if read == local {
                return true;
            }
            if seen.insert(read) {
                work.push(read);
            }
        }
    }
    false
}
