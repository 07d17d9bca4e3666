//! Jumps whose outcome is known on one way in.

use std::collections::BTreeMap;

use cloudc_frontend::index::Idx;
use cloudc_frontend::mir::visit::{PlaceUse, Visitor};
use cloudc_frontend::mir::*;

use super::{MirPass, PassCx};
use crate::facts::Uses;

/// Where a block jumps to a short block that switches on a local whose value is known on this way, copies the short
/// block and jumps on directly.
pub struct ThreadJumps;

/// Statements of a block that is copied.
const SHORT: usize = 6;
/// Copies made in one body.
const BUDGET: usize = 400;

impl MirPass for ThreadJumps {
    fn name(&self) -> &'static str {
        "thread-jumps"
    }
    fn run(&self, _: &PassCx<'_>, body: &mut Body) {
        let mut budget = BUDGET;
        for _ in 0..6 {
            let changed = round(body, &mut budget);
            if !changed || budget == 0 {
                break;
            }
        }
    }
}

fn round(body: &mut Body, budget: &mut usize) -> bool {
    let uses = Uses::of(body);
    let preds = traversal::predecessors(body);
    let doms = traversal::dominators(body);
    // Threading into the middle of a loop would give it two entries.
    let is_header =
        |b: BlockId| preds[b].iter().any(|&p| doms.immediate[p].is_some() && doms.dominates(b, p));
    let mut changed = false;
    for p in body.blocks.indices() {
        let TerminatorKind::Goto(b) = body.blocks[p].terminator.kind else { continue };
        if *budget == 0 || b == p || doms.immediate[p].is_none() || is_header(b) {
            continue;
        }
        let block = &body.blocks[b];
        let TerminatorKind::Switch { value, targets, otherwise } = &block.terminator.kind else { continue };
        let Some(local) = value.place().and_then(Place::as_local) else { continue };
        if block.statements.len() > SHORT || !uses.is_private(local) {
            continue;
        }
        let mut known = known_at_end(body, &uses, &preds, p);
        for s in &block.statements {
            step(&uses, &mut known, s);
        }
        let Some(&bits) = known.get(&local) else { continue };
        let target = targets.iter().find(|(v, _)| *v == bits).map_or(*otherwise, |t| t.1);
        let statements = block.statements.clone();
        body.blocks[p].statements.extend(statements);
        body.blocks[p].terminator.kind = TerminatorKind::Goto(target);
        *budget -= 1;
        changed = true;
    }
    changed
}

type Known = BTreeMap<Local, u128>;

/// Private locals that hold a known scalar at the end of a block: looked for in it and in the blocks that alone lead to it.
fn known_at_end(
    body: &Body,
    uses: &Uses,
    preds: &cloudc_frontend::index::IndexVec<BlockId, Vec<BlockId>>,
    p: BlockId,
) -> Known {
    let mut chain = vec![p];
    let mut first = p;
    while chain.len() < 8 {
        match preds[first][..] {
            [only] if !chain.contains(&only) && first.index() != 0 => {
                chain.push(only);
                first = only;
            }
            _ => break,
        }
    }
    let mut known = Known::new();
    for (i, &b) in chain.iter().enumerate().rev() {
        for s in &body.blocks[b].statements {
            step(uses, &mut known, s);
        }
        let Some(&next) = i.checked_sub(1).and_then(|i| chain.get(i)) else { continue };
        // What an edge says about the value that was switched on.
        match &body.blocks[b].terminator.kind {
            TerminatorKind::Switch { value, targets, otherwise } => {
                let mut to_next = targets.iter().filter(|(_, t)| *t == next);
                if let (Some(l), Some((v, _)), None) =
                    (value.place().and_then(Place::as_local), to_next.next(), to_next.next())
                    && *otherwise != next
                    && uses.is_private(l)
                {
                    known.insert(l, *v);
                }
                if let (Some(l), [(0, no)]) = (value.place().and_then(Place::as_local), &targets[..])
                    && *otherwise == next
                    && *no != next
                    && uses.is_private(l)
                    && body.locals[l].ty == cloudc_frontend::ty::Ty::bool()
                {
                    known.insert(l, 1);
                }
            }
            TerminatorKind::Call { destination, .. } => {
                known.remove(&destination.local);
            }
            _ => {}
        }
    }
    known
}

fn step(uses: &Uses, known: &mut Known, s: &Statement) {
    struct Written<'a>(&'a mut Known);
    impl Visitor for Written<'_> {
        fn visit_local(&mut self, local: &Local, how: PlaceUse, _: Location) {
            if !how.is_read() {
                self.0.remove(local);
            }
        }
    }
    let value = match &s.kind {
        StatementKind::Assign(place, Rvalue::Use(op)) if place.projection.is_empty() => match op {
            Operand::Copy(p) | Operand::Move(p) => p.as_local().and_then(|l| known.get(&l).copied()),
            constant => constant.as_scalar(),
        },
        StatementKind::Assign(_, Rvalue::Binary(BinOp::Eq, a, b)) => {
            let of = |o: &Operand| match o.place() {
                Some(p) => p.as_local().and_then(|l| known.get(&l).copied()),
                None => o.as_scalar(),
            };
            of(a).zip(of(b)).map(|(a, b)| (a == b) as u128)
        }
        _ => None,
    };
    Written(known).visit_statement(s, Location { block: BlockId(0), statement: 0 });
    if let (StatementKind::Assign(place, _), Some(bits)) = (&s.kind, value)
        && let Some(local) = place.as_local()
        && uses.is_private(local)
    {
        known.insert(local, bits);
    }
}
