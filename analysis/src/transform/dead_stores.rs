//! Stores nobody reads.

use cloudc_frontend::mir::{Body, Callee, Location, TerminatorKind};

use super::run::{MirPass, PassCx};
use crate::dataflow::solve;
use crate::facts::borrowed::borrowed;
use crate::facts::liveness::StrongLiveness;
use crate::facts::memory::{Effect, intrinsic_effect};

/// Deletes assignments to locals whose value does not matter afterwards, and such calls of intrinsics without effect.
pub struct DeadStores;

impl MirPass for DeadStores {
    fn name(&self) -> &'static str {
        "dead-stores"
    }
    fn run(&self, _cx: &PassCx<'_>, body: &mut Body) -> bool {
        let analysis = StrongLiveness { borrowed: borrowed(body) };
        let results = solve(&analysis, body);
        let mut dead = Vec::new();
        let mut calls = Vec::new();
        let mut cursor = results.cursor(&analysis, body);
        for (block, data) in body.blocks.iter_enumerated() {
            let end = Location { block, statement: data.statements.len() };
            if let TerminatorKind::Call {
                callee: Callee::Intrinsic(name, _),
                destination,
                target: Some(target),
                ..
            } = &data.terminator.kind
                && let Some(local) = destination.as_local()
                && intrinsic_effect(*name) <= Effect::Reads
                && !analysis.borrowed.contains(local)
                && !cursor.after(end).contains(local)
            {
                calls.push((block, *target));
            }
            for (i, statement) in data.statements.iter().enumerate().rev() {
                let at = Location { block, statement: i };
                if analysis.is_dead(cursor.after(at), statement) {
                    dead.push(at);
                }
            }
        }
        for at in &dead {
            // From the back of each block: earlier indices stay.
            body.blocks[at.block].statements.remove(at.statement);
        }
        for (block, target) in &calls {
            body.blocks[*block].terminator.kind = TerminatorKind::Goto(*target);
        }
        !dead.is_empty() || !calls.is_empty()
    }
}
