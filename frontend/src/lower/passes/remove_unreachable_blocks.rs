//! Deletes blocks that no path from the entry reaches.

use super::MirPass;
use crate::mir::Body;
use crate::mir::traversal::reachable;

/// Deletes blocks that no path from the entry reaches.
pub struct RemoveUnreachableBlocks;

impl MirPass for RemoveUnreachableBlocks {
    fn name(&self) -> &'static str {
        "remove-unreachable-blocks"
    }

    fn run(&self, body: &mut Body) {
        let reachable = reachable(body);
        body.retain_blocks(|bb| reachable[bb]);
    }
}
