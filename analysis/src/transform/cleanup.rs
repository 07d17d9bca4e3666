//! What is left over: statements that do nothing, locals nobody mentions.

use cloudc_frontend::mir::visit::Visitor;
use cloudc_frontend::mir::{Body, Local, Rvalue, StatementKind};

use super::run::{MirPass, PassCx};
use crate::dataflow::BitSet;
use crate::facts::Mentions;

/// Deletes statements without effect, storage markers among them. From here on the life of a local is what liveness says.
pub struct RemoveNops;

impl MirPass for RemoveNops {
    fn name(&self) -> &'static str {
        "remove-nops"
    }
    fn run(&self, _cx: &PassCx<'_>, body: &mut Body) -> bool {
        let mut changed = false;
        for block in body.blocks.iter_mut() {
            let before = block.statements.len();
            block.statements.retain(|s| match &s.kind {
                StatementKind::Assign(place, Rvalue::Use(operand)) => operand.place() != Some(place),
                StatementKind::Assign(..) => true,
                StatementKind::StorageLive(_) | StatementKind::StorageDead(_) | StatementKind::Nop => false,
            });
            changed |= block.statements.len() != before;
        }
        changed
    }
}

/// Deletes locals that are not mentioned.
pub struct RemoveUnusedLocals;

impl MirPass for RemoveUnusedLocals {
    fn name(&self) -> &'static str {
        "remove-unused-locals"
    }
    fn run(&self, _cx: &PassCx<'_>, body: &mut Body) -> bool {
        let mut used: BitSet<Local> = BitSet::new(body.locals.len());
        Mentions(|local, _, _| {
            used.insert(local);
        })
        .visit_body(body);
        let before = body.locals.len();
        body.retain_locals(|l| used.contains(l));
        body.locals.len() != before
    }
}
