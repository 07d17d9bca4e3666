//! Rounds of a loop whose guards are known to be passed are made without asking them, in a copy of the loop in front of it.
//!
//! ```text
//!                                            let n = least of len - i, rows - i, …    // if every guard is passed once
//! while i < rows {                           for k in 0..n {
//!     assert!(i < len);                          i = i₀ + k;
//!     f(i);                    becomes           f(i);
//!     i += 1;                                    i += 1;
//! }                                          }
//!                                            i = i₀ + n;
//!                                            while i < rows { assert!(i < len); f(i); i += 1; }
//! ```
//!
//! The loop itself stays as it is and makes the rounds that are left: the one in which a guard is not passed, a panic among
//! them. Guards that nothing is known of are asked in the copy too. What goes up or down by one is computed from the number of
//! the round, so that the counters of a loop become one, and pointers a base with an index.
//!
//! Compare: Bodík, Gupta, Sarkar, *ABCD: Eliminating Array Bounds Checks on Demand* (2000), and LLVM's inductive range check
//! elimination, which split loops in the same places.

use std::collections::{BTreeMap, BTreeSet};

use cloudc_frontend::mir::traversal::{Loop, LoopId, LoopTree, loop_tree, predecessors};
use cloudc_frontend::mir::{
    BinOp, Block, BlockId, Body, Callee, Local, Location, Operand, Rvalue, Terminator, TerminatorKind,
};
use cloudc_frontend::ty::Ty;

use super::interleave;
use super::rounds::counting::{Change, Counting, Passed, Rounds};
use super::rounds::steps::{Step, StepKind, push_steps, writes};
use super::rounds::writer::{Writer, decide};
use super::run::{MirPass, PassCx};
use crate::dataflow::solve_gen_kill;
use crate::facts::borrowed::borrowed;
use crate::facts::dominance::Dominance;
use crate::facts::liveness::Liveness;

/// Makes the rounds of innermost loops that pass their guards in a copy without these guards.
pub struct HoistGuards;

/// Fewest guards that must go: what decides whether there is another round stays, in another form.
const GUARDS: usize = 2;
/// Largest loops copied, in statements and blocks.
const SIZE: usize = 60;
/// Loops known to have fewer rounds are left alone: they are unrolled.
const FEW_ROUNDS: u128 = 8;

impl MirPass for HoistGuards {
    fn name(&self) -> &'static str {
        "hoist-guards"
    }
    fn run(&self, _cx: &PassCx<'_>, body: &mut Body) -> bool {
        let mut seen: BTreeSet<BlockId> = BTreeSet::new();
        let mut changed = false;
        while let Some(guarded) = next_loop(body, &mut seen) {
            seen.extend(guarded.copy(body));
            changed = true;
        }
        changed
    }
}

/// The next loop that gains by it. Loops looked at are added to those seen.
fn next_loop(body: &Body, seen: &mut BTreeSet<BlockId>) -> Option<Guarded> {
    let dominance = Dominance::new(body);
    let tree = loop_tree(body, &dominance.tree);
    let innermost = |id: LoopId| !tree.loops.iter().any(|l| l.parent == Some(id));
    for (id, natural) in tree.loops.iter_enumerated() {
        if natural.header.0 == 0 || !innermost(id) || !seen.insert(natural.header) {
            continue;
        }
        if is_small(body, natural)
            && let Some(guarded) = Guarded::find(body, &dominance, &tree, id)
            && !interleave::is_taken(body, &dominance, &tree, id)
        {
            return Some(guarded);
        }
    }
    None
}

/// Whether a copy costs little, and what the guards cost matters: nothing else is called.
fn is_small(body: &Body, natural: &Loop) -> bool {
    let size: usize = natural.blocks.iter().map(|b| body.blocks[*b].statements.len() + 1).sum();
    let calls = natural.blocks.iter().any(|b| match &body.blocks[*b].terminator.kind {
        TerminatorKind::Call { callee, .. } => !matches!(callee, Callee::Intrinsic(..)),
        TerminatorKind::Drop { .. } => true,
        _ => false,
    });
    size <= SIZE && !calls
}

/// A loop with guards that can be asked before it begins.
struct Guarded {
    natural: Loop,
    /// What every round does, but for guards of which nothing is known.
    steps: Vec<Step>,
    /// Steps made ahead of the loop, by their place among `steps`.
    ahead: BTreeSet<usize>,
    /// After which of the steps, the difference of which values says how many rounds there are.
    limits: Vec<(usize, Operand, Operand)>,
    /// Blocks that end with a guard that goes, and the blocks it leads to if it is passed.
    passed: BTreeMap<BlockId, BlockId>,
    /// What rounds begin with that can be computed from their number.
    counted: Vec<(Local, Change)>,
}

impl Guarded {
    fn find(body: &Body, dominance: &Dominance, tree: &LoopTree, id: LoopId) -> Option<Guarded> {
        let natural = &tree.loops[id];
        let (steps, ends) = every_round(body, dominance, natural);
        let written = writes(body, natural);
        let borrowed = borrowed(body);
        let by_step = |l: Local| steps.iter().filter(|s| s.target() == Some(l)).count();
        let unknown: BTreeSet<Local> = (body.locals.indices())
            .filter(|l| borrowed.contains(*l) || written.get(l).is_some_and(|n| *n != 1 || by_step(*l) != 1))
            .collect();
        let live = solve_gen_kill(&Liveness, body);
        let mut cursor = live.cursor(&Liveness, body);
        let at_start = cursor.before(Location { block: natural.header, statement: 0 });
        let carried: Vec<Local> = written.keys().copied().filter(|l| at_start.contains(*l)).collect();
        let rounds = Rounds { steps: &steps, carried: &carried, unknown: &unknown, is_quiet: false };
        let counting = Counting::new(body, rounds);

        let (mut ahead, mut limits, mut passed) = (BTreeSet::new(), Vec::new(), BTreeMap::new());
        for (i, how) in counting.passed.iter().enumerate() {
            let (Some(&(block, next)), StepKind::Guard(guard)) = (ends.get(&i), &steps[i].kind) else {
                continue;
            };
            let asked = needed_for(&steps, &unknown, i, &[&guard.value]);
            match how {
                Passed::Unknown => continue,
                Passed::Always if asked.is_none() => continue,
                Passed::Always => {}
                Passed::Times { at, from, take } => {
                    if from.as_scalar().is_some_and(|n| n < FEW_ROUNDS) {
                        return None;
                    }
                    limits.push((*at, from.clone(), take.clone()));
                    // That other guards are always passed may be known from this one.
                    ahead.extend(needed_for(&steps, &unknown, *at + 1, &[from, take])?);
                    ahead.insert(*at);
                }
            }
            ahead.extend(asked?);
            ahead.insert(i);
            passed.insert(block, next);
        }
        let counted = carried.iter().map(|l| (*l, counting.carried[l]));
        let counted = counted.filter(|(_, c)| !matches!(c, Change::None | Change::Unknown)).collect();
        let is_worth_it = !limits.is_empty() && passed.len() >= GUARDS;
        is_worth_it.then(|| Guarded { natural: natural.clone(), steps, ahead, limits, passed, counted })
    }

    /// Puts the copy in front of the loop. Gives the headers of both.
    fn copy(&self, body: &mut Body) -> [BlockId; 2] {
        let header = self.natural.header;
        let span = body.blocks[header].terminator.span;
        let mut outside: Vec<BlockId> = predecessors(body)[header].to_vec();
        outside.retain(|p| !self.natural.blocks.contains(p));
        outside.dedup();
        let [rounds, round] = [(); 2].map(|()| body.add_local(Ty::usize()));
        let copies: BTreeMap<BlockId, BlockId> = (self.natural.blocks.iter())
            .map(|&b| {
                let Block { statements, terminator } = &body.blocks[b];
                let copy = Block { statements: statements.clone(), terminator: terminator.clone() };
                (b, body.blocks.push(copy))
            })
            .collect();

        let mut w = Writer { body, block: BlockId(0), span };
        let entry = w.new_block();
        w.redirect(&outside, header, entry);
        w.block = entry;
        self.count(&mut w, rounds);
        w.span = span;
        let first: Vec<Local> =
            self.counted.iter().map(|(l, _)| w.body.add_local(w.body.locals[*l].ty)).collect();
        for ((local, _), first) in self.counted.iter().zip(&first) {
            w.copy(*first, *local);
        }
        w.assign(round, Rvalue::Use(Operand::scalar(0, Ty::usize())));
        let [test, begin, end, done] = std::array::from_fn(|_| w.new_block());
        w.enter(test);
        let more = Rvalue::Binary(BinOp::Lt, Operand::Copy(round.into()), Operand::Copy(rounds.into()));
        let more = w.compute(Ty::bool(), more);
        w.end(decide(more, begin, done), begin);
        for to in [copies[&header], header] {
            for ((local, change), first) in self.counted.iter().zip(&first) {
                let now = w.changed(*first, Operand::Copy(round.into()), *change);
                w.assign(*local, now);
            }
            w.end(TerminatorKind::Goto(to), done);
        }
        w.block = end;
        w.assign(
            round,
            Rvalue::Binary(BinOp::Add, Operand::Copy(round.into()), Operand::scalar(1, Ty::usize())),
        );
        w.enter(test);

        for (from, copy) in &copies {
            let terminator: &mut Terminator = &mut w.body.blocks[*copy].terminator;
            if let Some(next) = self.passed.get(from) {
                terminator.kind = TerminatorKind::Goto(*next);
            }
            terminator.kind.for_successors_mut(|s| {
                *s = if *s == header { end } else { copies.get(s).copied().unwrap_or(*s) };
            });
        }
        [test, header]
    }

    /// Asks the guards once, and finds out for how many rounds they are passed.
    fn count(&self, w: &mut Writer<'_>, rounds: Local) {
        let mut names: BTreeMap<Local, Local> = BTreeMap::new();
        let mut differences = Vec::new();
        for (i, step) in self.steps.iter().enumerate().filter(|(i, _)| self.ahead.contains(i)) {
            let to = step.target().map(|t| w.body.add_local(w.body.locals[t].ty));
            w.repeat(step, to, &|l| names.get(&l).copied().unwrap_or(l), self.natural.header);
            names.extend(step.target().zip(to));
            let named = |operand: &Operand| match operand {
                Operand::Copy(place) | Operand::Move(place) => {
                    let mut place = place.clone();
                    place.local = names.get(&place.local).copied().unwrap_or(place.local);
                    Operand::Copy(place)
                }
                Operand::Constant(_) => operand.clone(),
            };
            let here = self.limits.iter().filter(|(at, ..)| *at == i);
            differences.extend(here.map(|(_, from, take)| (named(from), named(take))));
        }
        w.assign_least(rounds, differences);
    }
}

/// What every round does, in order. For each guard the block it ends, and the block it leads to if it is passed.
fn every_round(
    body: &Body,
    dominance: &Dominance,
    natural: &Loop,
) -> (Vec<Step>, BTreeMap<usize, (BlockId, BlockId)>) {
    let (mut steps, mut ends) = (Vec::new(), BTreeMap::new());
    // Blocks stand in reverse postorder, and those that every round passes come in the order in which it passes them.
    for &block in &natural.blocks {
        if !natural.latches.iter().all(|&l| dominance.block(block, l)) {
            continue;
        }
        let mut inside = BTreeSet::new();
        let kind = &body.blocks[block].terminator.kind;
        kind.for_successors(|s| {
            if natural.blocks.contains(&s) {
                inside.insert(s);
            }
        });
        let only = inside.first().copied().filter(|_| inside.len() == 1);
        push_steps(body, block, only.unwrap_or(block), &mut steps);
        let is_guard = matches!(kind, TerminatorKind::Switch { .. } | TerminatorKind::Assert { .. });
        match only {
            Some(next) if is_guard => drop(ends.insert(steps.len() - 1, (block, next))),
            // Both ways lead on.
            _ if is_guard => drop(steps.pop()),
            _ => {}
        }
    }
    (steps, ends)
}

/// Which steps before one compute these operands; none if that cannot be done ahead of the loop.
fn needed_for(
    steps: &[Step],
    unknown: &BTreeSet<Local>,
    before: usize,
    operands: &[&Operand],
) -> Option<BTreeSet<usize>> {
    let mut wanted: BTreeSet<Local> = BTreeSet::new();
    for place in operands.iter().filter_map(|o| o.place()) {
        if place.is_indirect() {
            return None;
        }
        wanted.insert(place.local);
    }
    let mut needed = BTreeSet::new();
    for (i, step) in steps.iter().enumerate().take(before).rev() {
        let Some(to) = step.target() else { continue };
        if !wanted.remove(&to) {
            continue;
        }
        if unknown.contains(&to) || step.reads_memory() || step.needs_its_guards() {
            return None;
        }
        needed.insert(i);
        step.for_reads(|l| {
            wanted.insert(l);
        });
    }
    // What else is wanted is what the loop begins with.
    wanted.is_disjoint(unknown).then_some(needed)
}
