//! Which loops step through something that can be divided.
//!
//! In: a natural loop. Out: an [`Iteration`] if every round begins with `next` of a local iterator of a type that std can
//! split and ends the loop when there is no next item. Other ways out (`break`, `return`, `?`) end a chunk early: the loop
//! then goes on in order from that chunk's first position.

use std::collections::BTreeSet;

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::traversal::Loop;
use cloudc_frontend::mir::{BlockId, Body, Callee, FuncId, Local, TerminatorKind};
use cloudc_frontend::ty::Ty;

use super::Instances;
use super::explain::{self, Refusal};
use super::flow::{Definitions, reaches_return};

/// A loop over the items of an iterator.
#[derive(Clone, Debug)]
pub struct Iteration {
    /// Where every round begins.
    pub header: BlockId,
    /// The iterator.
    pub iterator: Local,
    /// Its type.
    pub iterator_ty: Ty,
    /// What `next` gave, an `Option`.
    pub item: Local,
    /// The block that decides whether there is an item.
    pub decision: BlockId,
    /// Where control goes when there is none.
    pub exit: BlockId,
    /// Edges that leave the loop before its last item.
    pub early: Vec<(BlockId, BlockId)>,
    /// Blocks of the loop, and those reached from it that never return.
    pub region: BTreeSet<BlockId>,
    /// `Splittable::extent` of the iterator.
    pub extent: FuncId,
    /// `Splittable::slice` of the iterator.
    pub slice: FuncId,
}

/// Recognises an iteration.
///
/// # Errors
/// Why the loop is none.
pub fn find(
    instances: &mut dyn Instances,
    body: &Body,
    definitions: &Definitions<'_>,
    natural: &Loop,
) -> Result<Iteration, Refusal> {
    let header = natural.header;
    let (iterator, item, after) = next_call(instances, body, definitions, header)?;
    let iterator_ty = body.locals[iterator].ty;
    let Some((extent, slice)) = instances.splittable(iterator_ty) else {
        return Err(explain::unknown_items(&format!("`{iterator_ty}` gives one item after the other")));
    };
    let decision = straight_to_switch(body, after);
    let inside: BTreeSet<BlockId> = natural.blocks.iter().copied().collect();
    let reaches = reaches_return(body);
    let mut exits = Vec::new();
    for &block in &inside {
        body.blocks[block].terminator.kind.for_successors(|to| {
            if !inside.contains(&to) && reaches[to] {
                exits.push((block, to));
            }
        });
    }
    let (last, early): (Vec<_>, Vec<_>) = exits.into_iter().partition(|(from, _)| Some(*from) == decision);
    let (Some(decision), [(_, exit)]) = (decision, &last[..]) else {
        let at = early.first().map_or(body.span, |(from, _)| body.blocks[*from].terminator.span);
        return Err(explain::early_exit(at));
    };
    let region = with_dead_ends(body, inside, &reaches);
    Ok(Iteration { header, iterator, iterator_ty, item, decision, exit: *exit, early, region, extent, slice })
}

/// The call of `next` that begins every round: iterator, item, block after it.
fn next_call(
    instances: &mut dyn Instances,
    body: &Body,
    definitions: &Definitions<'_>,
    header: BlockId,
) -> Result<(Local, Local, BlockId), Refusal> {
    let mut block = header;
    for _ in 0..8 {
        match &body.blocks[block].terminator.kind {
            TerminatorKind::Goto(next) => block = *next,
            TerminatorKind::Call { callee: Callee::Func(func), args, destination, target: Some(after) } => {
                let is_next = instances.program().functions[*func].instance.is_named("next");
                let iterator = match &args[..] {
                    // `next` of some adaptors has a hidden position of the call.
                    [first, ..] => {
                        first.place().and_then(|p| p.as_local()).and_then(|l| definitions.borrowed(l))
                    }
                    _ => None,
                };
                let iterator = iterator.and_then(|p| p.as_local());
                return match (is_next, iterator, destination.as_local()) {
                    (true, Some(iterator), Some(item)) => Ok((iterator, item, *after)),
                    (true, ..) => Err(explain::unknown_items("the iterator belongs to somebody else")),
                    _ => Err(explain::unknown_items("the number of rounds depends on the data")),
                };
            }
            _ => break,
        }
    }
    Err(explain::unknown_items("the number of rounds depends on the data"))
}

fn straight_to_switch(body: &Body, mut block: BlockId) -> Option<BlockId> {
    for _ in 0..8 {
        match &body.blocks[block].terminator.kind {
            TerminatorKind::Goto(next) => block = *next,
            TerminatorKind::Switch { .. } => return Some(block),
            _ => return None,
        }
    }
    None
}

/// Adds the blocks that panics lead to.
fn with_dead_ends(
    body: &Body,
    mut region: BTreeSet<BlockId>,
    reaches_return: &IndexVec<BlockId, bool>,
) -> BTreeSet<BlockId> {
    let mut work: Vec<BlockId> = region.iter().copied().collect();
    while let Some(block) = work.pop() {
        body.blocks[block].terminator.kind.for_successors(|to| {
            if !reaches_return[to] && region.insert(to) {
                work.push(to);
            }
        });
    }
    region
}
