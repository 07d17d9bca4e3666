//! `while c { b }` becomes `if c { do { b } while c }`: one jump less a round, and a place before the loop that runs only
//! if the loop does.

use cloudc_frontend::mir::traversal::loop_tree;
use cloudc_frontend::mir::{Block, BlockId, Body, Terminator, TerminatorKind};

use super::run::{MirPass, PassCx};
use crate::facts::dominance::Dominance;

/// Repeats the deciding block of a loop at the loop's end, if it is short and leads to one block inside and out otherwise.
pub struct InvertLoops;

/// Most statements repeated.
const REPEATED: usize = 10;

impl MirPass for InvertLoops {
    fn name(&self) -> &'static str {
        "invert-loops"
    }
    fn run(&self, _cx: &PassCx<'_>, body: &mut Body) -> bool {
        let mut changed = false;
        // A loop turned ends in a decision, and is not turned again.
        while invert_one(body) {
            changed = true;
        }
        changed
    }
}

fn invert_one(body: &mut Body) -> bool {
    let dominance = Dominance::new(body);
    let tree = loop_tree(body, &dominance.tree);
    let headers: Vec<BlockId> = tree.loops.iter().map(|l| l.header).collect();
    for natural in tree.loops.iter() {
        let header = natural.header;
        let data = &body.blocks[header];
        let TerminatorKind::Switch { .. } = data.terminator.kind else { continue };
        if data.statements.len() > REPEATED {
            continue;
        }
        let (mut inside, mut outside) = (Vec::new(), 0);
        data.terminator.kind.for_successors(|s| {
            if !natural.blocks.contains(&s) {
                outside += 1;
            } else if !inside.contains(&s) {
                inside.push(s);
            }
        });
        let [first] = inside[..] else { continue };
        // A loop left at its end has been turned.
        let turned = natural.latches.iter().any(|&l| {
            let mut leaves = false;
            body.blocks[l].terminator.kind.for_successors(|s| leaves |= !natural.blocks.contains(&s));
            leaves
        });
        // A block that is the header of another loop stays the header of that one only.
        if outside == 0 || turned || headers.contains(&first) {
            continue;
        }
        let copy = Block { statements: data.statements.clone(), terminator: data.terminator.clone() };
        let end = match natural.latches[..] {
            [only] if matches!(body.blocks[only].terminator.kind, TerminatorKind::Goto(_)) => {
                let latch = &mut body.blocks[only];
                latch.statements.extend(copy.statements);
                latch.terminator = copy.terminator;
                only
            }
            _ => {
                let new = body.blocks.push(copy);
                for &latch in &natural.latches {
                    body.blocks[latch].terminator.kind.for_successors_mut(|s| {
                        if *s == header {
                            *s = new;
                        }
                    });
                }
                new
            }
        };
        // The new header needs a name of its own: edges from the old one and from the end meet there.
        let span = body.blocks[header].terminator.span;
        let meet = body.blocks.push(Block {
            statements: Vec::new(),
            terminator: Terminator { kind: TerminatorKind::Goto(first), span },
        });
        for block in [header, end] {
            body.blocks[block].terminator.kind.for_successors_mut(|s| {
                if *s == first {
                    *s = meet;
                }
            });
        }
        return true;
    }
    false
}
