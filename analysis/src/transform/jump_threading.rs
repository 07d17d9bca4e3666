//! Jumps around decisions whose outcome is known on the way to them.

use std::collections::HashMap;

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::traversal::{loop_tree, predecessors};
use cloudc_frontend::mir::{
    AggregateKind, Block, BlockId, Body, Local, Location, Operand, Place, Rvalue, Statement, StatementKind,
    Terminator, TerminatorKind,
};
use cloudc_frontend::mono::{AdtKind, Program};
use cloudc_frontend::ty::{Ty, TyKind};

use super::run::{MirPass, PassCx};
use crate::dataflow::BitSet;
use crate::facts::dominance::Dominance;
use crate::facts::{borrowed::borrowed, in_statement, in_terminator, liveness::is_write};
use crate::scalar::{self, Num};

/// Where a block jumps to a switch (over a few statements) and what it switches on is known, because it was assigned a
/// constant, a variant, or was switched on before, the block gets a copy of the statements and jumps on.
///
/// No edge is led around the header of a loop, so loops stay natural.
pub struct JumpThreading;

/// Most statements copied for one edge.
const COPIED: usize = 10;
/// Most blocks passed.
const PASSED: usize = 4;

impl MirPass for JumpThreading {
    fn name(&self) -> &'static str {
        "jump-threading"
    }
    fn run(&self, cx: &PassCx<'_>, body: &mut Body) -> bool {
        let preds = predecessors(body);
        if !body.blocks.indices().any(|b| preds[b].len() > 1 && may_decide(body, b)) {
            return false;
        }
        let dominance = Dominance::new(body);
        let tree = loop_tree(body, &dominance.tree);
        let mut headers: BitSet<BlockId> = BitSet::new(body.blocks.len());
        for natural in tree.loops.iter() {
            headers.insert(natural.header);
        }
        let threads = Threads { program: cx.program, borrowed: borrowed(body), headers };
        let mut jumps = Vec::new();
        for (block, data) in body.blocks.iter_enumerated() {
            if !dominance.is_reachable(block) {
                continue;
            }
            let mut n = 0;
            data.terminator.kind.for_successors(|to| {
                // With one way in, the decision itself can be made in place, unless this edge is one of several.
                if preds[to].len() > 1
                    && !threads.headers.contains(to)
                    && let Some(jump) = threads.follow(body, &preds, block, n, to)
                {
                    jumps.push((block, n, jump));
                }
                n += 1;
            });
        }
        let changed = !jumps.is_empty();
        for (block, n, (statements, to)) in jumps {
            let span = body.blocks[block].terminator.span;
            let new = body
                .blocks
                .push(Block { statements, terminator: Terminator { kind: TerminatorKind::Goto(to), span } });
            let mut i = 0;
            body.blocks[block].terminator.kind.for_successors_mut(|s| {
                if i == n {
                    *s = new;
                }
                i += 1;
            });
        }
        changed
    }
}

struct Threads<'p> {
    program: &'p Program,
    borrowed: BitSet<Local>,
    headers: BitSet<BlockId>,
}

/// What is known of locals: bits of scalars, discriminants of enums.
#[derive(Clone, Default)]
struct Known {
    bits: HashMap<Local, u128>,
    variants: HashMap<Local, u128>,
}

impl Known {
    fn operand(&self, operand: &Operand) -> Option<u128> {
        match operand.place() {
            None => operand.as_scalar(),
            Some(place) => self.bits.get(&place.as_local()?).copied(),
        }
    }
    fn forget(&mut self, local: Local) {
        self.bits.remove(&local);
        self.variants.remove(&local);
    }
}

impl Threads<'_> {
    /// The statements to copy and the block to go to, if the way over the `n`-th edge of `from` passes a known decision.
    fn follow(
        &self,
        body: &Body,
        preds: &IndexVec<BlockId, Vec<BlockId>>,
        from: BlockId,
        n: usize,
        to: BlockId,
    ) -> Option<(Vec<Statement>, BlockId)> {
        if !may_decide(body, to) {
            return None;
        }
        let mut known = self.before(body, preds, from, n);
        let mut copied = Vec::new();
        let mut best = None;
        let mut at = to;
        for _ in 0..PASSED {
            let data = &body.blocks[at];
            if self.headers.contains(at) || copied.len() + data.statements.len() > COPIED {
                break;
            }
            for statement in &data.statements {
                self.step(body, &mut known, statement);
                copied.push(statement.clone());
            }
            match &data.terminator.kind {
                TerminatorKind::Goto(next) => at = *next,
                TerminatorKind::Switch { value, targets, otherwise } => {
                    let Some(bits) = known.operand(value) else { break };
                    at = targets.iter().find(|(v, _)| *v == bits).map_or(*otherwise, |t| t.1);
                    best = Some((copied.clone(), at));
                }
                TerminatorKind::Assert { cond, expected, target, .. } => {
                    if known.operand(cond).is_none_or(|b| (b != 0) != *expected) {
                        break;
                    }
                    at = *target;
                }
                _ => break,
            }
        }
        best
    }

    /// What is known at the end of `from`, on its `n`-th edge.
    fn before(&self, body: &Body, preds: &IndexVec<BlockId, Vec<BlockId>>, from: BlockId, n: usize) -> Known {
        // The straight line that leads to `from`, with the edge taken out of each block.
        let mut line = vec![(from, n)];
        while line.len() < 6 {
            let (first, _) = line[line.len() - 1];
            let [pred] = preds[first][..] else { break };
            if first.0 == 0 || line.iter().any(|(b, _)| *b == pred) {
                break;
            }
            let mut edge = 0;
            let mut i = 0;
            body.blocks[pred].terminator.kind.for_successors(|s| {
                if s == first {
                    edge = i;
                }
                i += 1;
            });
            line.push((pred, edge));
        }
        let mut known = Known::default();
        for (block, edge) in line.into_iter().rev() {
            let data = &body.blocks[block];
            // What holds a discriminant read in this block, so that the edge tells the variant.
            let mut read = None;
            for statement in &data.statements {
                self.step(body, &mut known, statement);
                if let StatementKind::Assign(to, Rvalue::Discriminant(of)) = &statement.kind {
                    read = to.as_local().zip(of.as_local());
                }
            }
            let end = Location { block, statement: data.statements.len() };
            in_terminator(&data.terminator, end, |local, how, _| {
                if is_write(how) {
                    known.forget(local);
                }
            });
            match &data.terminator.kind {
                TerminatorKind::Switch { value, targets, otherwise } => {
                    let Some(local) = value.place().and_then(Place::as_local) else { continue };
                    let is_bool = body.locals[local].ty == Ty::bool();
                    let bits = match targets.get(edge) {
                        Some((bits, to)) if to != otherwise => Some(*bits),
                        None if is_bool && targets.len() == 1 && targets[0].1 != *otherwise => {
                            Some(1 - targets[0].0.min(1))
                        }
                        _ => None,
                    };
                    // Two cases with one target say nothing on the way there.
                    let to = targets.get(edge).map_or(*otherwise, |t| t.1);
                    let shared = targets.iter().filter(|t| t.1 == to).count() > 1;
                    if let Some(bits) = bits.filter(|_| !shared && !self.borrowed.contains(local)) {
                        known.bits.insert(local, bits);
                        if let Some((_, of)) = read.filter(|r| r.0 == local && !self.borrowed.contains(r.1)) {
                            known.variants.insert(of, bits);
                        }
                    }
                }
                TerminatorKind::Assert { cond, expected, .. } => {
                    if let Some(local) = cond.place().and_then(Place::as_local)
                        && !self.borrowed.contains(local)
                    {
                        known.bits.insert(local, *expected as u128);
                    }
                }
                _ => {}
            }
        }
        known
    }

    /// What a statement tells.
    fn step(&self, body: &Body, known: &mut Known, statement: &Statement) {
        let StatementKind::Assign(place, rvalue) = &statement.kind else { return };
        let mut variant = None;
        let mut bits = None;
        match rvalue {
            Rvalue::Use(operand) => {
                bits = known.operand(operand);
                let from = operand.place().and_then(Place::as_local);
                variant = from.and_then(|l| known.variants.get(&l).copied());
            }
            Rvalue::Discriminant(of) => {
                bits = of.as_local().and_then(|l| known.variants.get(&l).copied());
            }
            Rvalue::Aggregate(AggregateKind::Adt(def, v, args), _) => {
                variant = self.discriminant(Ty::new(TyKind::Adt(*def, *args)), *v);
            }
            Rvalue::Unary(op, a) => {
                bits = Num::of(body.operand_ty(a))
                    .zip(known.operand(a))
                    .map(|(num, a)| scalar::unary(*op, num, a));
            }
            Rvalue::Binary(op, a, b) if op.is_comparison() => {
                bits = Num::of(body.operand_ty(a))
                    .zip(known.operand(a).zip(known.operand(b)))
                    .and_then(|(num, (a, b))| scalar::binary(*op, num, a, b));
            }
            _ => {}
        }
        in_statement(statement, Location { block: BlockId(0), statement: 0 }, |local, how, _| {
            if is_write(how) {
                known.forget(local);
            }
        });
        if let Some(local) = place.as_local().filter(|l| !self.borrowed.contains(*l)) {
            bits.map(|bits| known.bits.insert(local, bits));
            variant.map(|bits| known.variants.insert(local, bits));
        }
    }

    /// Bits of a variant's discriminant.
    fn discriminant(&self, ty: Ty, variant: u32) -> Option<u128> {
        let adt = self.program.adts.get(&ty)?;
        let AdtKind::Enum(tag) = adt.kind else { return None };
        let mask = u128::MAX >> (128 - tag.scalar_bits()?);
        Some(adt.variants.get(variant as usize)?.discriminant & mask)
    }
}

/// A quick no for most edges.
fn may_decide(body: &Body, mut at: BlockId) -> bool {
    let mut count = 0;
    for _ in 0..PASSED {
        let data = &body.blocks[at];
        count += data.statements.len();
        if count > COPIED {
            return false;
        }
        match &data.terminator.kind {
            TerminatorKind::Goto(next) => at = *next,
            TerminatorKind::Assert { target, .. } => at = *target,
            TerminatorKind::Switch { .. } => return true,
            _ => return false,
        }
    }
    false
}
