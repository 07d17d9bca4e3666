//! Skips empty blocks and joins blocks that always follow each other.

use super::MirPass;
use crate::index::IndexVec;
use crate::mir::traversal::{predecessors, reachable, reverse_postorder};
use crate::mir::*;

/// Skips empty blocks, joins a block with its only successor where that has no other predecessor, and deletes what
/// is left over. Switches whose targets are all the same become jumps. No loop header gets a second entry.
pub struct SimplifyCfg;

impl MirPass for SimplifyCfg {
    fn name(&self) -> &'static str {
        "simplify-cfg"
    }

    fn run(&self, body: &mut Body) {
        skip_empty_blocks(body);
        join_chains(body);
        order_blocks(body);
    }
}

/// Numbers the reachable blocks in reverse postorder and deletes the others.
fn order_blocks(body: &mut Body) {
    let order = reverse_postorder(body);
    let mut number = vec![BlockId(0); body.blocks.len()];
    for (new, old) in order.iter().enumerate() {
        number[old.0 as usize] = BlockId(new as u32);
    }
    let mut old: Vec<Option<Block>> = std::mem::take(&mut body.blocks).raw.into_iter().map(Some).collect();
    body.blocks = IndexVec::with_capacity(order.len());
    for id in order {
        if let Some(mut block) = old[id.0 as usize].take() {
            block.terminator.kind.for_successors_mut(|s| *s = number[s.0 as usize]);
            body.blocks.push(block);
        }
    }
}

fn skip_empty_blocks(body: &mut Body) {
    let forward = |body: &Body, from: BlockId| {
        let mut to = from;
        // A cycle of empty blocks is an endless loop and stays one.
        for _ in 0..body.blocks.len() {
            match &body.blocks[to] {
                Block { statements, terminator: Terminator { kind: TerminatorKind::Goto(next), .. } }
                    if statements.is_empty() && *next != to =>
                {
                    to = *next;
                }
                _ => return to,
            }
        }
        from
    };
    let target: Vec<BlockId> = body.blocks.indices().map(|b| forward(body, b)).collect();
    for block in body.blocks.iter_mut() {
        block.terminator.kind.for_successors_mut(|s| *s = target[s.0 as usize]);
        if let TerminatorKind::Switch { targets, otherwise, .. } = &mut block.terminator.kind {
            let otherwise = *otherwise;
            if targets.iter().all(|t| t.1 == otherwise) {
                block.terminator.kind = TerminatorKind::Goto(otherwise);
            }
        }
    }
}

fn join_chains(body: &mut Body) {
    let preds = predecessors(body);
    let live = reachable(body);
    let mut count: Vec<usize> = preds.iter().map(|p| p.iter().filter(|&&b| live[b]).count()).collect();
    count[0] += 1;
    for id in body.blocks.indices() {
        if !live[id] {
            continue;
        }
        while let TerminatorKind::Goto(next) = body.blocks[id].terminator.kind {
            if next == id || count[next.0 as usize] != 1 {
                break;
            }
            let joined = &mut body.blocks[next];
            let statements = std::mem::take(&mut joined.statements);
            let span = joined.terminator.span;
            let kind = std::mem::replace(&mut joined.terminator.kind, TerminatorKind::Unreachable);
            let block = &mut body.blocks[id];
            block.statements.extend(statements);
            block.terminator = Terminator { kind, span };
        }
    }
}
