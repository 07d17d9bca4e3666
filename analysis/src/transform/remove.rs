//! Passes that only delete.

use cloudc_frontend::index::Idx;
use cloudc_frontend::mir::visit::{PlaceUse, Visitor};
use cloudc_frontend::mir::*;

use super::{MirPass, PassCx};
use crate::dataflow::BitSet;

/// Deletes blocks that no path from the entry reaches.
pub struct RemoveUnreachableBlocks;

impl MirPass for RemoveUnreachableBlocks {
    fn name(&self) -> &'static str {
        "remove-unreachable-blocks"
    }
    fn run(&self, _: &PassCx<'_>, body: &mut Body) {
        let reachable = traversal::reachable(body);
        body.retain_blocks(|b| reachable[b]);
    }
}

/// Deletes statements that do nothing.
pub struct RemoveNops;

impl MirPass for RemoveNops {
    fn name(&self) -> &'static str {
        "remove-nops"
    }
    fn run(&self, _: &PassCx<'_>, body: &mut Body) {
        for block in body.blocks.iter_mut() {
            block.statements.retain(|s| match &s.kind {
                StatementKind::Nop => false,
                StatementKind::Assign(to, Rvalue::Use(Operand::Copy(from) | Operand::Move(from))) => {
                    to != from
                }
                _ => true,
            });
        }
    }
}

/// Deletes the marks of where storage begins and ends: code generation gives every local a place of its own.
pub struct RemoveStorage;

impl MirPass for RemoveStorage {
    fn name(&self) -> &'static str {
        "remove-storage"
    }
    fn run(&self, _: &PassCx<'_>, body: &mut Body) {
        for block in body.blocks.iter_mut() {
            block
                .statements
                .retain(|s| !matches!(s.kind, StatementKind::StorageLive(_) | StatementKind::StorageDead(_)));
        }
    }
}

/// Deletes locals that nothing mentions but the marks of their storage.
pub struct RemoveUnusedLocals;

impl MirPass for RemoveUnusedLocals {
    fn name(&self) -> &'static str {
        "remove-unused-locals"
    }
    fn run(&self, _: &PassCx<'_>, body: &mut Body) {
        struct Mentioned(BitSet<Local>);
        impl Visitor for Mentioned {
            fn visit_local(&mut self, local: &Local, how: PlaceUse, _: Location) {
                if how != PlaceUse::Storage {
                    self.0.insert(*local);
                }
            }
        }
        let mut mentioned = Mentioned(BitSet::new(body.locals.len()));
        mentioned.visit_body(body);
        for arg in 0..=body.arg_count {
            mentioned.0.insert(Local::new(arg));
        }
        for block in body.blocks.iter_mut() {
            block.statements.retain(|s| match s.kind {
                StatementKind::StorageLive(l) | StatementKind::StorageDead(l) => mentioned.0.contains(l),
                _ => true,
            });
        }
        body.retain_locals(|l| mentioned.0.contains(l));
    }
}
