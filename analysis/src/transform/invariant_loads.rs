//! What is the same in every round of a loop is found out before the first.

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::traversal::{Loop, loop_tree, predecessors};
use cloudc_frontend::mir::{
    BinOp, Block, BlockId, Body, Local, Location, Operand, Place, Projection, Rvalue, Statement,
    StatementKind, Terminator, TerminatorKind,
};
use cloudc_frontend::ty::TyKind;

use super::common_subexpressions::pure_key;
use super::run::{MirPass, PassCx};
use crate::dataflow::BitSet;
use crate::facts::borrowed::borrowed;
use crate::facts::dominance::Dominance;
use crate::facts::memory::{statement_writes, terminator_writes};
use crate::facts::single::{Origin, SingleDefinitions};
use crate::facts::{Mentions, in_statement, liveness::is_write};

/// Moves lengths, loads and computations whose operands come from outside a loop to the block before it.
///
/// A load is moved only out of a block that every full round passes, and only through a reference, which is valid where it
/// may still be used: behind a shared one nothing changes, behind another only if nothing in the loop writes memory.
pub struct HoistInvariantLoads;

impl MirPass for HoistInvariantLoads {
    fn name(&self) -> &'static str {
        "hoist-invariant-loads"
    }
    fn run(&self, cx: &PassCx<'_>, body: &mut Body) -> bool {
        let tree = loop_tree(body, &Dominance::new(body).tree);
        if tree.loops.is_empty() {
            return false;
        }
        for natural in tree.loops.iter() {
            add_preheader(body, natural);
        }
        let dominance = Dominance::new(body);
        let tree = loop_tree(body, &dominance.tree);
        let singles = SingleDefinitions::new(body, &dominance);
        let mut homes: IndexVec<Local, Option<BlockId>> = body
            .locals
            .indices()
            .map(|l| match singles.origin(l) {
                Some(Origin::At(at)) => Some(at.block),
                _ => None,
            })
            .collect();
        let borrowed = borrowed(body);
        let mut changed = false;
        // Inner loops come last; what leaves them may leave the loops around them too.
        for natural in tree.loops.iter().rev() {
            let Some(before) = preheader(body, natural) else { continue };
            let mut inside: BitSet<BlockId> = BitSet::new(body.blocks.len());
            natural.blocks.iter().for_each(|&b| {
                inside.insert(b);
            });
            let quiet = is_quiet(body, natural, &borrowed);
            for &block in &natural.blocks {
                let every_round = natural.latches.iter().all(|&l| dominance.block(block, l));
                let mut i = 0;
                while i < body.blocks[block].statements.len() {
                    let statement = &body.blocks[block].statements[i];
                    let to = match &statement.kind {
                        StatementKind::Assign(to, _) => to.as_local().filter(|l| singles.is_value(*l)),
                        _ => None,
                    };
                    let outside =
                        |l: Local| singles.is_value(l) && homes[l].is_none_or(|home| !inside.contains(home));
                    let movable = to.is_some()
                        && is_invariant(cx, body, &singles, statement, &outside, every_round, quiet);
                    match to {
                        Some(to) if movable => {
                            let statement = body.blocks[block].statements.remove(i);
                            body.blocks[before].statements.push(statement);
                            homes[to] = Some(before);
                            changed = true;
                        }
                        _ => i += 1,
                    }
                }
            }
        }
        changed
    }
}

/// The only block from which a loop is entered, if it leads nowhere else.
fn preheader(body: &Body, natural: &Loop) -> Option<BlockId> {
    let preds = predecessors(body);
    let mut outside = preds[natural.header].iter().filter(|p| !natural.blocks.contains(p));
    let only = *outside.next()?;
    let leads_on = matches!(body.blocks[only].terminator.kind, TerminatorKind::Goto(_));
    (outside.next().is_none() && leads_on).then_some(only)
}

fn add_preheader(body: &mut Body, natural: &Loop) {
    if natural.header.0 == 0 || preheader(body, natural).is_some() {
        return;
    }
    let span = body.blocks[natural.header].terminator.span;
    let count = body.blocks.len() as u32;
    let new = body.blocks.push(Block {
        statements: Vec::new(),
        terminator: Terminator { kind: TerminatorKind::Goto(natural.header), span },
    });
    for block in (0..count).map(BlockId) {
        if !natural.blocks.contains(&block) {
            body.blocks[block].terminator.kind.for_successors_mut(|s| {
                if *s == natural.header {
                    *s = new;
                }
            });
        }
    }
}

/// Whether nothing in the loop writes memory or a borrowed local.
pub(super) fn is_quiet(body: &Body, natural: &Loop, borrowed: &BitSet<Local>) -> bool {
    natural.blocks.iter().all(|&block| {
        let data = &body.blocks[block];
        !terminator_writes(&data.terminator.kind)
            && data.statements.iter().enumerate().all(|(i, s)| {
                let mut quiet = !statement_writes(s);
                in_statement(s, Location { block, statement: i }, |local, how, _| {
                    quiet &= !is_write(how) || !borrowed.contains(local);
                });
                quiet
            })
    })
}

fn is_invariant(
    cx: &PassCx<'_>,
    body: &Body,
    singles: &SingleDefinitions,
    statement: &Statement,
    outside: &dyn Fn(Local) -> bool,
    every_round: bool,
    quiet: bool,
) -> bool {
    use cloudc_frontend::mir::visit::Visitor;
    let StatementKind::Assign(_, rvalue) = &statement.kind else { return false };
    let mut known = true;
    Mentions(|local, _, _| known &= outside(local))
        .visit_rvalue(rvalue, Location { block: BlockId(0), statement: 0 });
    // What is read of a variant may be nonsense before the variant is known, and be followed as a pointer.
    if !known || takes_variant(rvalue) {
        return false;
    }
    match rvalue {
        Rvalue::Binary(BinOp::Div | BinOp::Rem, ..) => return false,
        Rvalue::Use(Operand::Copy(place)) if place.is_indirect() => {
            let path = place.projection[1..].iter().all(|s| matches!(s, Projection::Field(..)));
            if !every_round || !path || !behind_reference(body, place) {
                return false;
            }
            if quiet {
                return true;
            }
        }
        _ => {}
    }
    let loads = matches!(rvalue, Rvalue::Use(Operand::Copy(p)) | Rvalue::Discriminant(p) if p.is_indirect());
    (every_round || !loads) && pure_key(cx.program, body, singles, rvalue).is_some()
}

fn takes_variant(rvalue: &Rvalue) -> bool {
    use cloudc_frontend::mir::visit::{PlaceUse, Visitor};
    struct Find(bool);
    impl Visitor for Find {
        fn visit_place(&mut self, place: &Place, _how: PlaceUse, _at: Location) {
            self.0 |= place.projection.iter().any(|s| matches!(s, Projection::Downcast(_)));
        }
    }
    let mut find = Find(false);
    find.visit_rvalue(rvalue, Location { block: BlockId(0), statement: 0 });
    find.0
}

fn behind_reference(body: &Body, place: &Place) -> bool {
    place.projection.first() == Some(&Projection::Deref)
        && matches!(body.locals[place.local].ty.kind(), TyKind::Ref(..))
}
