//! Two loops, one in the other, and what of them can be done ahead of time.
//!
//! A *round* is one way through the inner loop, from its header back to it. The *advance* is the way from the end of the inner
//! loop to its next beginning: what every way to the end of the outer loop does, then the *approach* from the outer header to
//! the inner one. Both are lists of steps, so that the inner loop of a later round of the outer one can begin early. That
//! changes nothing that can be seen: nothing in the outer loop writes memory, and the steps write locals only, under other
//! names. Memory is read under the same guards as in the original. What stands between the inner loop and the end of the outer
//! one is not a guard: as in safe code, it may decide that the next round is not made, but not what that round would find.

use std::collections::{BTreeMap, BTreeSet};

use cloudc_frontend::mir::traversal::{Loop, LoopId, LoopTree, predecessors};
use cloudc_frontend::mir::{BlockId, Body, Local, Location, TerminatorKind};

use crate::dataflow::solve_gen_kill;
use crate::facts::borrowed::borrowed;
use crate::facts::dominance::Dominance;
use crate::facts::liveness::Liveness;
use crate::transform::invariant_loads::is_quiet;
use crate::transform::rounds::counting::{Counting, Rounds};
use crate::transform::rounds::steps::{Step, StepKind, push_steps, writes};

/// In a nest nothing changes but by its steps.
static NOTHING: BTreeSet<Local> = BTreeSet::new();

/// Two loops whose inner one can begin early.
pub struct Nest {
    /// The outer header, and the blocks outside that lead to it.
    pub outer: (BlockId, Vec<BlockId>),
    /// The inner header, and the blocks of the outer loop that lead to it.
    pub inner: (BlockId, Vec<BlockId>),
    /// From one beginning of the inner loop to the next: only what `varying` locals need, and all guards they decide.
    pub advance: Vec<Step>,
    /// One round of the inner loop. Every local gets a value at most once.
    pub round: Vec<Step>,
    /// What a round leaves to the next, or to what follows the loop.
    pub carried: Vec<Local>,
    /// What differs between rounds of the outer loop, of all that advance and round compute. Everything else has the same
    /// value in the same round of the inner loop.
    pub varying: BTreeSet<Local>,
    /// Varying locals that the inner loop begins with.
    pub inputs: Vec<Local>,
}

impl Nest {
    /// Looks at an inner loop and the loop around it.
    pub fn find(body: &Body, dominance: &Dominance, tree: &LoopTree, inner: LoopId) -> Option<Nest> {
        let natural = &tree.loops[inner];
        let around_id = natural.parent?;
        let around = &tree.loops[around_id];
        if around.header.0 == 0 || tree.loops.iter().any(|l| l.parent == Some(inner)) {
            return None;
        }
        let round = round(body, natural)?;
        let approach_blocks = approach(body, natural, around)?;
        let borrowed = borrowed(body);
        if !is_quiet(body, around, &borrowed) {
            return None;
        }
        let mut way = Vec::new();
        for block in &around.blocks {
            let every_way = around.latches.iter().all(|&l| dominance.block(*block, l));
            if every_way && tree.innermost[*block] == Some(around_id) && !approach_blocks.contains(block) {
                push_steps(body, *block, *block, &mut way);
            }
        }
        // What decides between the inner loop and the end of the outer one need not be asked.
        way.retain(|step| !matches!(step.kind, StepKind::Guard(_)));
        let ends = way.len();
        for (i, block) in approach_blocks.iter().enumerate() {
            let next = approach_blocks.get(i + 1).copied().unwrap_or(natural.header);
            push_steps(body, *block, next, &mut way);
        }
        let written = writes(body, around);
        let live = solve_gen_kill(&Liveness, body);
        let mut cursor = live.cursor(&Liveness, body);
        let at_start = cursor.before(Location { block: natural.header, statement: 0 });
        let targets: BTreeSet<Local> = round.iter().filter_map(Step::target).collect();
        let carried: Vec<Local> = targets.iter().copied().filter(|l| at_start.contains(*l)).collect();
        let begins = begins_with(&round, &carried, &written);
        // What one advance begins with the one before must leave to it.
        let mut needed_first: BTreeSet<Local> = BTreeSet::new();
        let needed = loop {
            let wanted: BTreeSet<Local> = begins.union(&needed_first).copied().collect();
            let (first, steps) = slice(&way, ends, &wanted, &written)?;
            if first.is_subset(&needed_first) {
                break steps;
            }
            needed_first.extend(first);
        };
        let unknown = |l: &Local| {
            // Only the steps of the advance may change what the advance begins with.
            let by_steps =
                way.iter().enumerate().filter(|(i, s)| needed.contains(i) && s.target() == Some(*l)).count();
            targets.contains(l) || written.get(l).copied().unwrap_or(0) != by_steps
        };
        if needed_first.iter().any(unknown) {
            return None;
        }
        let all = || needed.iter().map(|i| &way[*i]).chain(&round);
        if all().any(|s| s.target().is_some_and(|t| borrowed.contains(t))) {
            return None;
        }
        let varying = varying(all, needed_first);
        let reads_varying = |s: &Step| {
            let mut found = false;
            s.for_reads(|l| found |= varying.contains(&l));
            found
        };
        let advance: Vec<Step> = needed
            .iter()
            .map(|i| &way[*i])
            .filter(|s| s.target().map_or_else(|| reads_varying(s), |t| varying.contains(&t)))
            .cloned()
            .collect();
        let inputs = begins.iter().copied().filter(|l| varying.contains(l)).collect();
        let preds = predecessors(body);
        let leads_to = |header: BlockId, inside: &Loop| {
            let mut from: Vec<BlockId> = preds[header].to_vec();
            from.retain(|p| !inside.blocks.contains(p));
            from.dedup();
            from
        };
        Some(Nest {
            outer: (around.header, leads_to(around.header, around)),
            inner: (natural.header, leads_to(natural.header, natural)),
            advance,
            round,
            carried,
            varying,
            inputs,
        })
    }

    /// How the rounds of the inner loop differ.
    pub fn counting(&self, body: &Body) -> Counting<'_> {
        let (steps, carried) = (&self.round[..], &self.carried[..]);
        Counting::new(body, Rounds { steps, carried, unknown: &NOTHING, is_quiet: true })
    }
}

/// The steps of the only way through a loop.
fn round(body: &Body, natural: &Loop) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut block = natural.header;
    for _ in 0..natural.blocks.len() {
        let next = only_successor(body, block, |s| natural.blocks.contains(&s))?;
        push_steps(body, block, next, &mut steps);
        block = next;
    }
    let mut targets = BTreeSet::new();
    let repeatable = steps.iter().all(|s| match s.kind {
        StepKind::Other(_) => false,
        _ => s.target().is_none_or(|t| targets.insert(t)),
    });
    (repeatable && block == natural.header).then_some(steps)
}

/// The blocks of the only way from the header of a loop to a loop in it, without the latter's header.
fn approach(body: &Body, inner: &Loop, around: &Loop) -> Option<Vec<BlockId>> {
    let preds = predecessors(body);
    let mut leads: BTreeSet<BlockId> = BTreeSet::new();
    let mut work = vec![inner.header];
    while let Some(block) = work.pop() {
        for &p in &preds[block] {
            let inside = around.blocks.contains(&p) && !inner.blocks.contains(&p);
            if inside && leads.insert(p) && p != around.header {
                work.push(p);
            }
        }
    }
    let mut way = vec![around.header];
    if !leads.contains(&around.header) {
        return None;
    }
    while let Some(&last) = way.last() {
        // An edge back to the outer header is the end of a round, not a way on.
        let next =
            only_successor(body, last, |s| s == inner.header || (s != around.header && leads.contains(&s)))?;
        if next == inner.header {
            break;
        }
        if way.contains(&next) {
            return None;
        }
        way.push(next);
    }
    // Every block that leads to the inner loop is on the way.
    (way.len() == leads.len()).then_some(way)
}

fn only_successor(body: &Body, block: BlockId, counts: impl Fn(BlockId) -> bool) -> Option<BlockId> {
    let mut only = None;
    let mut many = false;
    body.blocks[block].terminator.kind.for_successors(|s| {
        if counts(s) {
            many |= only.is_some_and(|o| o != s);
            only = Some(s);
        }
    });
    let ends_here = matches!(body.blocks[block].terminator.kind, TerminatorKind::Return);
    only.filter(|_| !many && !ends_here)
}

/// Locals written in the outer loop whose value at the beginning of the inner one matters to it.
fn begins_with(round: &[Step], carried: &[Local], written: &BTreeMap<Local, usize>) -> BTreeSet<Local> {
    let mut found: BTreeSet<Local> = carried.iter().copied().collect();
    let mut done = BTreeSet::new();
    for step in round {
        step.for_reads(|l| {
            if !done.contains(&l) && written.contains_key(&l) {
                found.insert(l);
            }
        });
        done.extend(step.target());
    }
    found
}

/// The steps of a way that its guards and these locals need, and the locals that must be known where it begins. Steps before
/// `ends` are taken without their guards.
fn slice(
    way: &[Step],
    ends: usize,
    wanted: &BTreeSet<Local>,
    written: &BTreeMap<Local, usize>,
) -> Option<(BTreeSet<Local>, BTreeSet<usize>)> {
    let mut wanted = wanted.clone();
    let mut needed = BTreeSet::new();
    for (i, step) in way.iter().enumerate().rev() {
        let takes_part = match step.kind {
            StepKind::Guard(_) => true,
            StepKind::Other(l) if wanted.contains(&l) => return None,
            _ => step.target().is_some_and(|t| wanted.remove(&t)),
        };
        if takes_part {
            if i < ends && step.needs_its_guards() {
                return None;
            }
            needed.insert(i);
            step.for_reads(|l| {
                if written.contains_key(&l) {
                    wanted.insert(l);
                }
            });
        }
    }
    Some((wanted, needed))
}

/// All that depends on these locals.
fn varying<'s, I: Iterator<Item = &'s Step>>(
    steps: impl Fn() -> I,
    first: BTreeSet<Local>,
) -> BTreeSet<Local> {
    let mut varying = first;
    loop {
        let before = varying.len();
        for step in steps() {
            let mut depends = false;
            step.for_reads(|l| depends |= varying.contains(&l));
            if depends {
                varying.extend(step.target());
            }
        }
        if varying.len() == before {
            return varying;
        }
    }
}
