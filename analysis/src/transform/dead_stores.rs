//! Deletes assignments nobody reads.

use cloudc_frontend::mir::*;

use super::{MirPass, PassCx};
use crate::dataflow::solve;
use crate::facts::{Liveness, Uses};

/// Deletes assignments to locals that are not read again. No rvalue has an effect of its own.
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
    for b in body.blocks.indices() {
        live.visit_block(body, b, |at, state| {
            let Some(s) = body.blocks[b].statements.get(at.statement) else { return };
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
    for block in body.blocks.iter_mut() {
        block.statements.retain(|s| s.kind != StatementKind::Nop);
    }
    !dead.is_empty()
}
