//! One jump less per iteration.

use cloudc_frontend::mir::*;

use super::{MirPass, PassCx};

/// Copies the test at the head of a loop to the end of its body: the head runs once, and each iteration ends with one
/// conditional jump instead of a jump and a conditional jump.
pub struct InvertLoops;

/// Statements of a head that is copied.
const SHORT: usize = 12;

impl MirPass for InvertLoops {
    fn name(&self) -> &'static str {
        "invert-loops"
    }
    fn run(&self, _: &PassCx<'_>, body: &mut Body) {
        let doms = traversal::dominators(body);
        let tree = traversal::loop_tree(body, &doms);
        for l in &tree.loops {
            let head = &body.blocks[l.header];
            let leaves = |b: BlockId| !l.blocks.contains(&b);
            let is_test = match &head.terminator.kind {
                TerminatorKind::Switch { .. } => head.terminator.kind.successors().into_iter().any(leaves),
                _ => false,
            };
            // A head that is its own latch is inverted already.
            if !is_test
                || head.statements.len() > SHORT
                || l.latches.contains(&l.header)
                || l.latches.len() > 2
            {
                continue;
            }
            let head = head.clone();
            for &latch in &l.latches {
                let block = &mut body.blocks[latch];
                if block.terminator.kind == TerminatorKind::Goto(l.header) {
                    block.statements.extend(head.statements.iter().cloned());
                    block.terminator = head.terminator.clone();
                }
            }
        }
    }
}
