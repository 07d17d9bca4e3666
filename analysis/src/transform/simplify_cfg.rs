//! Fewer, longer blocks.

use cloudc_frontend::index::Idx;
use cloudc_frontend::mir::*;

use super::{MirPass, PassCx, RemoveUnreachableBlocks};

/// Decides switches and assertions on constants, skips empty blocks, joins a block to its only predecessor, and deletes what
/// is not reached.
pub struct SimplifyCfg;

impl MirPass for SimplifyCfg {
    fn name(&self) -> &'static str {
        "simplify-cfg"
    }
    fn run(&self, cx: &PassCx<'_>, body: &mut Body) {
        for block in body.blocks.iter_mut() {
            decide(&mut block.terminator.kind);
        }
        skip_empty_blocks(body);
        for block in body.blocks.iter_mut() {
            decide(&mut block.terminator.kind);
        }
        RemoveUnreachableBlocks.run(cx, body);
        join_blocks(body);
        RemoveUnreachableBlocks.run(cx, body);
    }
}

fn decide(kind: &mut TerminatorKind) {
    let target = match kind {
        TerminatorKind::Switch { value, targets, otherwise } => match value.as_scalar() {
            Some(bits) => targets.iter().find(|(v, _)| *v == bits).map_or(*otherwise, |t| t.1),
            None => {
                targets.retain(|t| t.1 != *otherwise);
                if !targets.is_empty() {
                    return;
                }
                *otherwise
            }
        },
        TerminatorKind::Assert { cond, expected, target, .. }
            if cond.as_scalar() == Some(*expected as u128) =>
        {
            *target
        }
        _ => return,
    };
    *kind = TerminatorKind::Goto(target);
}

fn skip_empty_blocks(body: &mut Body) {
    let mut end: Vec<BlockId> = body.blocks.indices().collect();
    for b in body.blocks.indices() {
        let mut at = b;
        // A cycle of empty blocks is an endless loop and stays.
        for _ in 0..body.blocks.len().min(64) {
            match body.blocks[at].terminator.kind {
                TerminatorKind::Goto(next) if body.blocks[at].statements.is_empty() && next != at => {
                    at = next
                }
                _ => break,
            }
        }
        end[b.index()] = at;
    }
    for block in body.blocks.iter_mut() {
        block.terminator.kind.for_successors_mut(|s| *s = end[s.index()]);
    }
}

fn join_blocks(body: &mut Body) {
    let mut counts = body.predecessor_counts();
    for b in body.blocks.indices() {
        while let TerminatorKind::Goto(next) = body.blocks[b].terminator.kind {
            if next == b || next.index() == 0 || counts[next] != 1 {
                break;
            }
            let span = body.blocks[b].terminator.span;
            let taken = std::mem::replace(
                &mut body.blocks[next],
                Block {
                    statements: Vec::new(),
                    terminator: Terminator { kind: TerminatorKind::Unreachable, span },
                },
            );
            counts[next] = 0;
            let block = &mut body.blocks[b];
            block.statements.extend(taken.statements);
            block.terminator = taken.terminator;
        }
    }
}
