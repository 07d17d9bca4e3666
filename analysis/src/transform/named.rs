//! Passes by name: for tests in text form and for `--dump`.

use super::*;

/// The pass of this name.
pub fn pass_named(name: &str) -> Option<&'static dyn MirPass> {
    const INLINE: InlineCalls = InlineCalls { limit: 60, keep_skeletons: false };
    const ALL: [&dyn MirPass; 14] = [
        &SimplifyCfg,
        &RemoveUnreachableBlocks,
        &RemoveNops,
        &RemoveStorage,
        &RemoveUnusedLocals,
        &FoldConstants,
        &PropagateCopies,
        &PropagateReferences,
        &RemoveDeadStores,
        &ReplaceAggregates,
        &UseSliceParts,
        &ThreadJumps,
        &InvertLoops,
        &INLINE,
    ];
    ALL.into_iter().find(|p| p.name() == name)
}
