//! Orders over the control-flow graph, dominators and natural loops.

use super::*;
use crate::index::Idx;
use crate::index::IndexVec;

/// Blocks reachable from the entry, every block after all blocks it leads to (back edges aside).
pub fn postorder(body: &Body) -> Vec<BlockId> {
    let mut seen = vec![false; body.blocks.len()];
    let mut order = Vec::with_capacity(body.blocks.len());
    if body.blocks.is_empty() {
        return order;
    }
    // (block, how many of its successors were entered)
    let mut stack = vec![(BlockId(0), 0)];
    seen[0] = true;
    while let Some((block, next)) = stack.last_mut() {
        match body.blocks[*block].terminator.kind.successor(*next) {
            Some(s) => {
                *next += 1;
                if !std::mem::replace(&mut seen[s.index()], true) {
                    stack.push((s, 0));
                }
            }
            None => {
                order.push(*block);
                stack.pop();
            }
        }
    }
    order
}

/// Blocks reachable from the entry, every block before all blocks it leads to (back edges aside).
pub fn reverse_postorder(body: &Body) -> Vec<BlockId> {
    let mut order = postorder(body);
    order.reverse();
    order
}

/// Which blocks a path from the entry reaches.
pub fn reachable(body: &Body) -> IndexVec<BlockId, bool> {
    let mut reached: IndexVec<BlockId, bool> = body.blocks.iter().map(|_| false).collect();
    for b in postorder(body) {
        reached[b] = true;
    }
    reached
}

/// Predecessors of each block, in order, one entry per edge.
pub fn predecessors(body: &Body) -> IndexVec<BlockId, Vec<BlockId>> {
    let mut preds: IndexVec<BlockId, Vec<BlockId>> = body.blocks.iter().map(|_| Vec::new()).collect();
    for (id, block) in body.blocks.iter_enumerated() {
        block.terminator.kind.for_successors(|s| preds[s].push(id));
    }
    preds
}

/// The dominator tree of the reachable blocks.
#[derive(Clone, Debug)]
pub struct Dominators {
    /// Immediate dominator; of the entry itself; `None` if not reachable.
    pub immediate: IndexVec<BlockId, Option<BlockId>>,
    /// Position in reverse postorder; `u32::MAX` if not reachable.
    pub position: IndexVec<BlockId, u32>,
}

/// Dominators by the algorithm of Cooper, Harvey and Kennedy.
pub fn dominators(body: &Body) -> Dominators {
    let order = reverse_postorder(body);
    let mut position: IndexVec<BlockId, u32> = body.blocks.iter().map(|_| u32::MAX).collect();
    for (i, &b) in order.iter().enumerate() {
        position[b] = i as u32;
    }
    let preds = predecessors(body);
    let mut immediate: IndexVec<BlockId, Option<BlockId>> = body.blocks.iter().map(|_| None).collect();
    if let Some(&entry) = order.first() {
        immediate[entry] = Some(entry);
    }
    let mut changed = true;
    while changed {
        changed = false;
        for &b in order.iter().skip(1) {
            let mut new: Option<BlockId> = None;
            for &p in &preds[b] {
                if immediate[p].is_none() {
                    continue;
                }
                new = Some(match new {
                    None => p,
                    Some(n) => intersect(&immediate, &position, n, p),
                });
            }
            if new.is_some() && immediate[b] != new {
                immediate[b] = new;
                changed = true;
            }
        }
    }
    Dominators { immediate, position }
}

fn intersect(
    immediate: &IndexVec<BlockId, Option<BlockId>>,
    position: &IndexVec<BlockId, u32>,
    mut a: BlockId,
    mut b: BlockId,
) -> BlockId {
    while a != b {
        while position[a] > position[b] {
            a = immediate[a].unwrap_or(BlockId(0));
        }
        while position[b] > position[a] {
            b = immediate[b].unwrap_or(BlockId(0));
        }
    }
    a
}

impl Dominators {
    /// Whether every path from the entry to `b` goes through `a`. A block dominates itself.
    pub fn dominates(&self, a: BlockId, b: BlockId) -> bool {
        let mut b = b;
        loop {
            if a == b {
                return true;
            }
            match self.immediate[b] {
                Some(up) if up != b => b = up,
                _ => return false,
            }
        }
    }
}

crate::newtype_index!(
    /// A natural loop of a body.
    LoopId,
    "loop"
);

/// A natural loop.
#[derive(Clone, PartialEq, Debug)]
pub struct Loop {
    /// The only entry.
    pub header: BlockId,
    /// Blocks with an edge back to the header.
    pub latches: Vec<BlockId>,
    /// All blocks, nested loops included, in reverse postorder.
    pub blocks: Vec<BlockId>,
    /// The innermost loop around it.
    pub parent: Option<LoopId>,
    /// 1 for an outermost loop.
    pub depth: u32,
}

/// The loops of a body. Control flow is reducible by construction, so natural loops are all there are.
#[derive(Clone, Debug)]
pub struct LoopTree {
    /// Outer loops before inner ones, otherwise in reverse postorder of their headers.
    pub loops: IndexVec<LoopId, Loop>,
    /// Innermost loop of each block.
    pub innermost: IndexVec<BlockId, Option<LoopId>>,
}

/// Finds the natural loops.
pub fn loop_tree(body: &Body, dominators: &Dominators) -> LoopTree {
    let order = reverse_postorder(body);
    let preds = predecessors(body);
    let mut loops: IndexVec<LoopId, Loop> = IndexVec::new();
    for &header in &order {
        let latches: Vec<BlockId> = {
            let mut l: Vec<_> = preds[header]
                .iter()
                .copied()
                .filter(|&p| dominators.immediate[p].is_some() && dominators.dominates(header, p))
                .collect();
            l.dedup();
            l
        };
        if latches.is_empty() {
            continue;
        }
        let mut inside = vec![false; body.blocks.len()];
        inside[header.index()] = true;
        let mut work = latches.clone();
        while let Some(b) = work.pop() {
            if !std::mem::replace(&mut inside[b.index()], true) {
                work.extend(preds[b].iter().copied().filter(|&p| dominators.immediate[p].is_some()));
            }
        }
        let blocks = order.iter().copied().filter(|b| inside[b.index()]).collect();
        loops.push(Loop { header, latches, blocks, parent: None, depth: 1 });
    }
    let mut innermost: IndexVec<BlockId, Option<LoopId>> = body.blocks.iter().map(|_| None).collect();
    // A header comes after the headers around it in reverse postorder, so later loops are inner ones.
    for id in loops.indices() {
        let parent = innermost[loops[id].header];
        loops[id].parent = parent;
        loops[id].depth = parent.map_or(1, |p| loops[p].depth + 1);
        for i in 0..loops[id].blocks.len() {
            innermost[loops[id].blocks[i]] = Some(id);
        }
    }
    LoopTree { loops, innermost }
}
