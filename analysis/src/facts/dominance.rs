//! Dominance of blocks and points, answered in constant time.

use cloudc_frontend::index::{Idx, IndexVec};
use cloudc_frontend::mir::traversal::{Dominators, dominators};
use cloudc_frontend::mir::{BlockId, Body, Location};

/// The dominator tree with entry and exit numbers of a walk over it.
pub struct Dominance {
    /// The tree.
    pub tree: Dominators,
    spans: IndexVec<BlockId, (u32, u32)>,
}

impl Dominance {
    /// Of a body.
    pub fn new(body: &Body) -> Self {
        let tree = dominators(body);
        let mut children: IndexVec<BlockId, Vec<BlockId>> = body.blocks.iter().map(|_| Vec::new()).collect();
        for block in body.blocks.indices() {
            if let Some(up) = tree.immediate[block]
                && up != block
            {
                children[up].push(block);
            }
        }
        let mut spans: IndexVec<BlockId, (u32, u32)> = body.blocks.iter().map(|_| (u32::MAX, 0)).collect();
        let mut clock = 0;
        let mut stack = vec![(BlockId::new(0), 0)];
        while let Some((block, next)) = stack.last_mut() {
            if *next == 0 {
                spans[*block].0 = clock;
                clock += 1;
            }
            match children[*block].get(*next) {
                Some(&child) => {
                    *next += 1;
                    stack.push((child, 0));
                }
                None => {
                    spans[*block].1 = clock;
                    stack.pop();
                }
            }
        }
        Dominance { tree, spans }
    }
    /// Whether a path from the entry reaches the block.
    pub fn is_reachable(&self, block: BlockId) -> bool {
        self.spans[block].0 != u32::MAX
    }
    /// Whether every path from the entry to `b` goes through `a`. A block dominates itself.
    pub fn block(&self, a: BlockId, b: BlockId) -> bool {
        let (a, b) = (self.spans[a], self.spans[b]);
        a.0 <= b.0 && b.0 < a.1
    }
    /// Whether what happens at `a` has happened whenever control is before `b`.
    pub fn point(&self, a: Location, b: Location) -> bool {
        if a.block == b.block { a.statement < b.statement } else { self.block(a.block, b.block) }
    }
}
