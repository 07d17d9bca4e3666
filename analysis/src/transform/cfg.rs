//! The shape of the control-flow graph.

use cloudc_frontend::index::Idx;
use cloudc_frontend::mir::traversal::reachable;
use cloudc_frontend::mir::{BlockId, Body, TerminatorKind};

use super::run::{MirPass, PassCx};

/// Deletes blocks that no path from the entry reaches.
pub struct RemoveUnreachableBlocks;

impl MirPass for RemoveUnreachableBlocks {
    fn name(&self) -> &'static str {
        "remove-unreachable-blocks"
    }
    fn run(&self, _cx: &PassCx<'_>, body: &mut Body) -> bool {
        let reached = reachable(body);
        let changed = !reached.iter().all(|r| *r);
        if changed {
            body.retain_blocks(|block| reached[block]);
        }
        changed
    }
}

/// Decides switches and assertions on constants, skips empty blocks, and joins a block with the only one it leads to.
pub struct SimplifyCfg;

impl MirPass for SimplifyCfg {
    fn name(&self) -> &'static str {
        "simplify-cfg"
    }
    fn run(&self, cx: &PassCx<'_>, body: &mut Body) -> bool {
        let mut changed = false;
        for block in body.blocks.indices() {
            changed |= decide(body, block);
        }
        changed |= skip_empty(body);
        changed |= RemoveUnreachableBlocks.run(cx, body);
        changed |= join_chains(body);
        changed
    }
}

/// Simplifies a terminator whose way is known.
fn decide(body: &mut Body, block: BlockId) -> bool {
    let dead_end = |b: BlockId| {
        let data = &body.blocks[b];
        data.statements.is_empty() && matches!(data.terminator.kind, TerminatorKind::Unreachable)
    };
    let new = match &body.blocks[block].terminator.kind {
        TerminatorKind::Switch { value, targets, otherwise } => match value.as_scalar() {
            Some(bits) => {
                let to = targets.iter().find(|(v, _)| *v == bits).map_or(*otherwise, |t| t.1);
                TerminatorKind::Goto(to)
            }
            None => {
                let mut left = targets.clone();
                let mut otherwise = *otherwise;
                if dead_end(otherwise) {
                    left.retain(|(_, b)| !dead_end(*b));
                    if let Some((_, last)) = left.pop() {
                        otherwise = last;
                    }
                } else if let [(_, only)] = left[..]
                    && dead_end(only)
                {
                    left.clear();
                }
                // Only a last run of equal targets may go without a word: cases are exclusive.
                left.retain(|(_, b)| *b != otherwise);
                if left.is_empty() {
                    TerminatorKind::Goto(otherwise)
                } else if left.len() < targets.len() {
                    TerminatorKind::Switch { value: value.clone(), targets: left, otherwise }
                } else {
                    return false;
                }
            }
        },
        TerminatorKind::Assert { cond, expected, target, .. } => match cond.as_scalar() {
            Some(bits) if (bits != 0) == *expected => TerminatorKind::Goto(*target),
            _ => return false,
        },
        _ => return false,
    };
    body.blocks[block].terminator.kind = new;
    true
}

/// Edges into an empty block that only goes on lead to where it goes.
fn skip_empty(body: &mut Body) -> bool {
    let next = |b: BlockId| match &body.blocks[b] {
        data if !data.statements.is_empty() => None,
        data => match data.terminator.kind {
            TerminatorKind::Goto(to) if to != b => Some(to),
            _ => None,
        },
    };
    let finals: Vec<BlockId> = body
        .blocks
        .indices()
        .map(|start| {
            let mut at = start;
            // A ring of empty blocks is an endless loop; any of its blocks will do.
            for _ in 0..body.blocks.len() {
                match next(at) {
                    Some(to) => at = to,
                    None => return at,
                }
            }
            start
        })
        .collect();
    let mut changed = false;
    for block in body.blocks.iter_mut() {
        block.terminator.kind.for_successors_mut(|s| {
            let to = finals[s.index()];
            changed |= to != *s;
            *s = to;
        });
    }
    changed
}

fn join_chains(body: &mut Body) -> bool {
    let preds = body.predecessor_counts();
    let mut gone = vec![false; body.blocks.len()];
    for block in body.blocks.indices() {
        if gone[block.index()] {
            continue;
        }
        while let TerminatorKind::Goto(next) = body.blocks[block].terminator.kind
            && preds[next] == 1
            && next != block
            && next != BlockId::new(0)
        {
            let tail = body.blocks[next].clone();
            body.blocks[next].statements.clear();
            body.blocks[next].terminator.kind = TerminatorKind::Unreachable;
            let head = &mut body.blocks[block];
            head.statements.extend(tail.statements);
            head.terminator = tail.terminator;
            gone[next.index()] = true;
        }
    }
    let changed = gone.contains(&true);
    if changed {
        body.retain_blocks(|b| !gone[b.index()]);
    }
    changed
}
