//! Deletes assignments nobody reads.

use cloudc_frontend::mir::*;

use super::{MirPass, PassCx};
use crate::dataflow::{BitSet, solve};
use crate::facts::{Liveness, Uses};

/// Deletes assignments to locals that are not read again, and intrinsics without effect whose result is not read. No
/// rvalue has an effect of its own.
pub struct RemoveDeadStores;

impl MirPass for RemoveDeadStores {
    fn name(&self) -> &'static str {
        "remove-dead-stores"
    }
    fn run(&self, _: &PassCx<'_>, body: &mut Body) {
        // A deleted store may have held the only read of another.
        for _ in 0..3 {
            if !sweep(body) {
                break;
            }
        }
    }
}

fn sweep(body: &mut Body) -> bool {
    let uses = Uses::of(body);
    let live = solve(Liveness, body);
    let mut dead = Vec::new();
    let mut idle = Vec::new();
    for b in body.blocks.indices() {
        live.visit_block(body, b, |at, state| {
            let Some(s) = body.blocks[b].statements.get(at.statement) else {
                if let Some(target) = idle_call(body, &uses, b, state) {
                    idle.push((b, target));
                }
                return;
            };
            let StatementKind::Assign(place, _) = &s.kind else { return };
            let u = uses.locals[place.local];
            let never_read =
                u.reads == 0 && u.borrows == 0 && place.local != Local(0) && !place.is_indirect();
            let overwritten = u.borrows == 0 && place.as_local().is_some_and(|l| !state.contains(l));
            if never_read || overwritten {
                dead.push(at);
            }
        });
    }
    for at in &dead {
        body.blocks[at.block].statements[at.statement].kind = StatementKind::Nop;
    }
    for (b, target) in &idle {
        body.blocks[*b].terminator.kind = TerminatorKind::Goto(*target);
    }
    for block in body.blocks.iter_mut() {
        block.statements.retain(|s| s.kind != StatementKind::Nop);
    }
    !dead.is_empty() || !idle.is_empty()
}

/// Intrinsics that only compute.
const PURE: [&str; 9] = [
    "slice_from_raw_parts",
    "slice_from_raw_parts_mut",
    "offset",
    "size_of",
    "align_of",
    "ctlz",
    "cttz",
    "ctpop",
    "size_of_val",
];

/// Where a call of an intrinsic goes on that nobody needs.
fn idle_call(body: &Body, uses: &Uses, b: BlockId, after: &BitSet<Local>) -> Option<BlockId> {
    match &body.blocks[b].terminator.kind {
        TerminatorKind::Call { callee: Callee::Intrinsic(name, _), destination, target, .. } => {
            let local = destination.as_local()?;
            let unread = uses.locals[local].borrows == 0 && !after.contains(local) && local != Local(0);
            if unread && PURE.contains(&name.as_str()) { *target } else { None }
        }
        _ => None,
    }
}
