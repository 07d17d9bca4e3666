//! Passes over bodies, before and after moves are checked.

mod remove_unreachable_blocks;
mod simplify_cfg;

use crate::mir::Body;

pub use remove_unreachable_blocks::RemoveUnreachableBlocks;
pub use simplify_cfg::SimplifyCfg;

/// A change of a body that keeps its meaning.
pub trait MirPass {
    /// Name in dumps.
    fn name(&self) -> &'static str;
    /// Changes the body.
    fn run(&self, body: &mut Body);
}

/// Runs passes in order.
pub fn run_passes(body: &mut Body, passes: &[&dyn MirPass]) {
    for pass in passes {
        pass.run(body);
    }
}
