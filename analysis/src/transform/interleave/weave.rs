//! Writes the rounds done side by side.
//!
//! The lanes are the round of the outer loop at hand, whose locals keep their names, and those after it, whose varying locals
//! have names of their own. What does not vary is computed once. Where fewer rounds are left than there are lanes, the lanes
//! too many do what the first does, and nothing is saved for them.

use std::collections::{BTreeMap, BTreeSet};

use cloudc_frontend::mir::{BinOp, BlockId, Body, Local, Operand, Rvalue, TerminatorKind};
use cloudc_frontend::ty::Ty;

use super::nest::Nest;
use crate::transform::rounds::counting::{Change, Counting, Passed};
use crate::transform::rounds::steps::{Step, StepKind};
use crate::transform::rounds::writer::{Writer, decide};

/// Names of locals in a lane, where they differ.
type Names = BTreeMap<Local, Local>;

/// Adds the rounds done side by side to a nest. Gives the header of the new loop.
pub fn weave(body: &mut Body, nest: &Nest, counting: &Counting<'_>, lanes: usize) -> BlockId {
    let span = body.blocks[nest.inner.0].terminator.span;
    let saved = body.add_local(Ty::usize());
    let turn = body.add_local(Ty::usize());
    let rounds = body.add_local(Ty::usize());
    let rounds_done = body.add_local(Ty::usize());
    let mut w = Writer { body, block: BlockId(0), span };

    // Nothing is saved when the outer loop is entered.
    let entry = w.new_block();
    w.redirect(&nest.outer.1, nest.outer.0, entry);
    w.block = entry;
    w.assign(saved, number(0));
    w.assign(turn, number(1));
    w.enter(nest.outer.0);

    let [dispatch, start, resume, first, done] = std::array::from_fn(|_| w.new_block());
    w.redirect(&nest.inner.1, nest.inner.0, dispatch);
    w.block = dispatch;
    let is_saved = w.compute(Ty::bool(), Rvalue::Binary(BinOp::Le, copy(turn), copy(saved)));
    w.end(decide(is_saved, resume, start), start);

    w.assign(saved, number(0));
    w.assign(turn, number(1));
    let mut names: Vec<Names> = vec![Names::new()];
    let fills: Vec<BlockId> = (1..lanes).map(|_| w.new_block()).collect();
    for (lane, &fill) in fills.iter().enumerate() {
        let mut own: Names = Names::new();
        let mut now = names[lane].clone();
        for step in &nest.advance {
            let to = step.target().map(|t| {
                let ty = w.body.locals[t].ty;
                *own.entry(t).or_insert_with(|| w.body.add_local(ty))
            });
            w.repeat(step, to, &|l| now.get(&l).copied().unwrap_or(l), fill);
            now.extend(step.target().zip(to));
        }
        w.assign(saved, number(lane as u64 + 1));
        names.push(now);
    }
    w.enter(first);
    for (i, &fill) in fills.iter().enumerate() {
        w.block = fill;
        if i == 0 {
            w.enter(nest.inner.0);
            continue;
        }
        for input in &nest.inputs {
            w.copy(names[i + 1][input], *input);
        }
        let next = fills.get(i + 1).copied().unwrap_or(first);
        w.enter(next);
    }

    w.block = first;
    let state: Vec<Names> = names;
    let mut side = Side { w, nest, counting, state: &state, round: rounds_done, moved: BTreeMap::new() };
    let first_round = side.count_rounds(rounds, done);
    let is_counted = counting.passed.iter().any(|p| matches!(p, Passed::Times { .. }));
    let header = side.w.new_block();
    let settle = side.w.new_block();
    side.w.assign(rounds_done, number(0));
    if is_counted {
        side.w.end(decide(copy(rounds), header, done), header);
    } else {
        side.w.enter(header);
    }
    side.one_round(&first_round, settle);
    side.w.assign(rounds_done, Rvalue::Binary(BinOp::Add, copy(rounds_done), one()));
    if is_counted {
        let more = Rvalue::Binary(BinOp::Lt, copy(rounds_done), copy(rounds));
        let more = side.w.compute(Ty::bool(), more);
        side.w.end(decide(more, header, settle), settle);
    } else {
        side.w.end(TerminatorKind::Goto(header), settle);
    }
    side.settle();
    let mut w = side.w;
    w.enter(done);

    // What all lanes share is saved once.
    let shared: Vec<(Local, Local)> = nest
        .carried
        .iter()
        .filter(|c| !nest.varying.contains(c))
        .map(|&c| (c, w.body.add_local(w.body.locals[c].ty)))
        .collect();
    shared.iter().for_each(|(c, kept)| w.copy(*kept, *c));
    w.enter(nest.inner.0);

    let leave = w.new_block();
    let lane_blocks: Vec<BlockId> = (1..lanes).map(|_| w.new_block()).collect();
    w.block = resume;
    let targets = (1..).zip(&lane_blocks[..lanes - 2]).map(|(lane, block)| (lane, *block)).collect();
    w.end(TerminatorKind::Switch { value: copy(turn), targets, otherwise: lane_blocks[lanes - 2] }, leave);
    for (block, names) in lane_blocks.iter().zip(&state[1..]) {
        w.block = *block;
        for c in nest.carried.iter().filter(|c| nest.varying.contains(c)) {
            w.copy(*c, names.get(c).copied().unwrap_or(*c));
        }
        w.enter(leave);
    }
    w.block = leave;
    shared.iter().for_each(|(c, kept)| w.copy(*c, *kept));
    w.assign(turn, Rvalue::Binary(BinOp::Add, copy(turn), one()));
    w.enter(nest.inner.0);
    header
}

/// The rounds side by side, while they are written.
struct Side<'w, 'n> {
    w: Writer<'w>,
    nest: &'n Nest,
    counting: &'n Counting<'n>,
    /// What each lane begins with.
    state: &'n [Names],
    /// How many rounds have been done side by side.
    round: Local,
    /// What values of the first round have become in this one.
    moved: BTreeMap<Local, Local>,
}

impl Side<'_, '_> {
    /// Asks all guards once, and finds out for how many rounds those are passed that can be counted. Gives the names of what was
    /// computed.
    fn count_rounds(&mut self, rounds: Local, done: BlockId) -> Vec<Names> {
        let wanted = self.decisive();
        let mut names: Vec<Names> = self.state.to_vec();
        let mut limits: Vec<(Operand, Operand)> = Vec::new();
        for (i, step) in self.nest.round.iter().enumerate().filter(|(i, _)| wanted.contains(i)) {
            for lane in lanes_of(self.nest, step, self.state.len()) {
                let to = self.new_target(step);
                self.w.repeat(step, to, &|l| name(self.nest, &names, lane, l), done);
                names[lane].extend(step.target().zip(to));
                for passed in &self.counting.passed {
                    if let Passed::Times { at, from, take } = passed
                        && *at == i
                    {
                        let named = |o| named(self.nest, &names, lane, o);
                        limits.push((named(from), named(take)));
                    }
                }
            }
        }
        self.w.assign_least(rounds, limits);
        names
    }

    /// Indices of the steps of a first round that guards depend on, or what is known of later rounds.
    fn decisive(&self) -> BTreeSet<usize> {
        let repeated = self.repeated();
        let made: BTreeSet<Local> = repeated.iter().filter_map(|i| self.nest.round[*i].target()).collect();
        let mut wanted = BTreeSet::new();
        let mut read: BTreeSet<Local> = self.nest.carried.iter().copied().collect();
        read.retain(|c| self.counting.carried[c] == Change::Unknown && !made.contains(c));
        for (i, step) in self.nest.round.iter().enumerate().rev() {
            let is_guard = matches!(step.kind, StepKind::Guard(_));
            if is_guard || step.target().is_some_and(|t| read.contains(&t)) {
                wanted.insert(i);
            }
            let is_wanted = wanted.contains(&i);
            if is_wanted || repeated.contains(&i) {
                step.for_reads(|l| {
                    if is_wanted || !made.contains(&l) {
                        read.insert(l);
                    }
                });
            }
        }
        wanted
    }

    /// Indices of the steps that each round must make: what guards read that must be asked, and what is carried on and not
    /// known otherwise.
    fn repeated(&self) -> BTreeSet<usize> {
        let (nest, counting) = (self.nest, self.counting);
        let unknown = |l: &&Local| counting.carried[*l] == Change::Unknown;
        let mut read: BTreeSet<Local> = nest.carried.iter().filter(unknown).copied().collect();
        let mut repeated = BTreeSet::new();
        for (i, step) in nest.round.iter().enumerate().rev() {
            let is_made = match step.target() {
                Some(to) => read.contains(&to) && counting.changes[i] == Change::Unknown,
                None => matches!(counting.passed[i], Passed::Unknown),
            };
            if is_made {
                repeated.insert(i);
                step.for_reads(|l| {
                    read.insert(l);
                });
            }
        }
        repeated
    }

    /// One round in all lanes. What it computes takes effect at its end: a guard that is not passed leaves all as it was.
    fn one_round(&mut self, first: &[Names], left: BlockId) {
        let repeated = self.repeated();
        // What the first lane calls what all share, before each step.
        let mut shared: Vec<Names> = Vec::new();
        let mut names: Vec<Names> = self.state.to_vec();
        for lane in 0..names.len() {
            let mut changes = self.counting.carried.clone();
            for (i, step) in self.nest.round.iter().enumerate() {
                if lane == 0 {
                    shared.push(names[0].clone());
                }
                let change = self.counting.changes[i];
                if lanes_of(self.nest, step, names.len()).contains(&lane) {
                    if repeated.contains(&i) {
                        let of = |l| {
                            let names =
                                if self.nest.varying.contains(&l) { &names[lane] } else { &shared[i] };
                            names.get(&l).copied().unwrap_or(l)
                        };
                        let mut reads: BTreeMap<Local, Local> = BTreeMap::new();
                        step.for_reads(|l| {
                            reads.insert(l, of(l));
                        });
                        for (local, named) in &mut reads {
                            let change = changes.get(local).copied().unwrap_or(Change::None);
                            *named = self.moved(*named, change);
                        }
                        let to = self.new_target(step);
                        self.w.repeat(step, to, &|l| reads.get(&l).copied().unwrap_or(l), left);
                        names[lane].extend(step.target().zip(to));
                    } else if let Some(to) = step.target() {
                        names[lane].extend(first[lane].get(&to).map(|n| (to, *n)));
                    }
                }
                changes.extend(step.target().map(|to| (to, change)));
            }
        }
        let last = |c| self.nest.round.iter().position(|s| s.target() == Some(c));
        for (lane, names) in names.iter().enumerate() {
            for c in self.carried_in(lane) {
                if self.counting.carried[&c] == Change::Unknown {
                    let change = last(c).map_or(Change::None, |i| self.counting.changes[i]);
                    let new = self.moved(names[&c], change);
                    self.w.copy(self.state[lane].get(&c).copied().unwrap_or(c), new);
                }
            }
        }
    }

    /// After the last round: what was not computed in each.
    fn settle(&mut self) {
        self.moved.clear();
        for lane in 0..self.state.len() {
            for c in self.carried_in(lane) {
                let state = self.state[lane].get(&c).copied().unwrap_or(c);
                match self.counting.carried[&c] {
                    Change::None | Change::Unknown => {}
                    change => {
                        let new = self.moved(state, change);
                        self.w.copy(state, new);
                    }
                }
            }
        }
    }

    fn carried_in(&self, lane: usize) -> Vec<Local> {
        let carried = self.nest.carried.iter().copied();
        carried.filter(|c| lane == 0 || self.nest.varying.contains(c)).collect()
    }

    fn new_target(&mut self, step: &Step) -> Option<Local> {
        let body = &mut self.w.body;
        step.target().map(|t| body.add_local(body.locals[t].ty))
    }

    /// What a value that was this in the first round, and changes so, is in this one.
    fn moved(&mut self, first: Local, change: Change) -> Local {
        if matches!(change, Change::None | Change::Unknown) {
            return first;
        }
        if let Some(&known) = self.moved.get(&first) {
            return known;
        }
        let ty = self.w.body.locals[first].ty;
        let by = copy(self.round);
        let now = self.w.changed(first, by, change);
        let to = self.w.body.add_local(ty);
        self.w.assign(to, now);
        self.moved.insert(first, to);
        to
    }
}

/// The lanes that make a step: all, or the first for what all share.
fn lanes_of(nest: &Nest, step: &Step, lanes: usize) -> std::ops::Range<usize> {
    let mut varies = step.target().is_some_and(|t| nest.varying.contains(&t));
    step.for_reads(|l| varies |= nest.varying.contains(&l));
    if varies { 0..lanes } else { 0..1 }
}

fn name(nest: &Nest, names: &[Names], lane: usize, local: Local) -> Local {
    let lane = if nest.varying.contains(&local) { lane } else { 0 };
    names[lane].get(&local).copied().unwrap_or(local)
}

fn named(nest: &Nest, names: &[Names], lane: usize, operand: &Operand) -> Operand {
    match operand {
        Operand::Copy(place) | Operand::Move(place) => {
            let mut place = place.clone();
            place.local = name(nest, names, lane, place.local);
            Operand::Copy(place)
        }
        Operand::Constant(_) => operand.clone(),
    }
}

fn copy(local: Local) -> Operand {
    Operand::Copy(local.into())
}

fn number(n: u64) -> Rvalue {
    Rvalue::Use(Operand::scalar(n as u128, Ty::usize()))
}

fn one() -> Operand {
    Operand::scalar(1, Ty::usize())
}
