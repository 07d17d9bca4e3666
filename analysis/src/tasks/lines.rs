//! The line behind a call: how long its result can be left alone.
//!
//! In: a body and a block that ends with a call. Out: the chain of blocks with one way in and one way out behind it, the point
//! where the result must be there, and what stands before that point but is computed *late*, right after the wait: what
//! depends on the result, cannot fail, prints nothing and takes next to no time. So in `merge(&sort(a), &sort(b))` the first
//! result becomes a slice when both are there.
//!
//! What is late keeps its place among everything that fails or prints, since it does neither. It reads no memory but what the
//! result owns (the result borrows from nobody), and of other variables only plain values that are given once and never change.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::traversal::predecessors;
use cloudc_frontend::mir::{
    BlockId, Body, Callee, FuncId, Local, Location, Operand, Projection, Statement, StatementKind,
    Terminator, TerminatorKind,
};
use cloudc_frontend::mono::Program;

use super::boundary;
use super::cost::Costs;
use super::effects::Effects;
use super::flow::Definitions;
use crate::facts::dominance::Dominance;
use crate::facts::memory::{Effect, intrinsic_effect};
use crate::facts::single::SingleDefinitions;
use crate::facts::{in_statement, in_terminator};

/// The most work of a call that is made late: nothing runs beside it.
const MOST_LATE: f64 = 250.0;

/// A statement of a block; the number of its statements stands for the terminator.
pub type Point = (BlockId, usize);

/// What lies behind a call.
#[derive(Clone, Debug)]
pub struct Line {
    /// Blocks between the call and the wait, in order.
    pub blocks: Vec<BlockId>,
    /// Where the result is needed first, or where the line ends; `None` if that is the call itself.
    pub wait: Option<Point>,
    /// What is computed after the wait instead of where it stands.
    pub late: BTreeSet<Point>,
}

impl Line {
    /// Whether a block begins before the wait, and ends before it too.
    pub fn ends_before_wait(&self, block: BlockId) -> bool {
        self.blocks.contains(&block) && self.wait.is_some_and(|w| w.0 != block)
    }
    /// Order of points by how far they are from the wait: negative, the farther the less.
    pub fn position(&self, point: Point) -> Option<(isize, usize)> {
        let at = self.blocks.iter().position(|b| *b == point.0)?;
        Some((at as isize - self.blocks.len() as isize, point.1))
    }
    /// Compares where two lines that share a point wait.
    pub fn compare_waits(&self, other: &Line) -> Ordering {
        let (Some(own), Some(others)) = (self.wait, other.wait) else { return Ordering::Equal };
        if own.0 == others.0 {
            own.1.cmp(&others.1)
        } else if self.blocks.contains(&others.0) {
            Ordering::Greater
        } else {
            Ordering::Less
        }
    }
}

/// Finds the lines of one body.
pub struct Lines<'a> {
    /// The program around it.
    pub program: &'a Program,
    /// The body.
    pub body: &'a Body,
    /// What gives its locals their values.
    pub definitions: &'a Definitions<'a>,
    /// What the functions of the program do.
    pub effects: &'a IndexVec<FuncId, Effects>,
    values: SingleDefinitions,
    predecessors: IndexVec<BlockId, Vec<BlockId>>,
}

impl<'a> Lines<'a> {
    /// Of a body with these definitions.
    pub fn new(
        program: &'a Program,
        body: &'a Body,
        definitions: &'a Definitions<'a>,
        effects: &'a IndexVec<FuncId, Effects>,
    ) -> Self {
        let values = SingleDefinitions::new(body, &Dominance::new(body));
        Lines { program, body, definitions, effects, values, predecessors: predecessors(body) }
    }

    /// The line behind the call that ends a block and gives `result`.
    pub fn behind(&self, block: BlockId, result: Local, costs: &mut Costs) -> Line {
        let mut line = Line { blocks: Vec::new(), wait: None, late: BTreeSet::new() };
        // Locals that hold the result, or what was made of it.
        let mut held = BTreeSet::from([result]);
        let may_be_late = !boundary::borrows(self.program, self.body.locals[result].ty);
        let mut current = block;
        while let Some(next) = self.next(current).filter(|n| *n != block && !line.blocks.contains(n)) {
            line.blocks.push(next);
            let data = &self.body.blocks[next];
            for (i, statement) in data.statements.iter().enumerate() {
                if self.uses(statement, &held) {
                    let late = self.late_statement(statement, &held).filter(|_| may_be_late);
                    let Some(to) = late else {
                        line.wait = Some((next, i));
                        return line;
                    };
                    held.insert(to);
                    line.late.insert((next, i));
                }
            }
            let end = data.statements.len();
            let mut uses = false;
            let at = Location { block: next, statement: end };
            in_terminator(&data.terminator, at, |local, _, _| uses |= held.contains(&local));
            if uses {
                let late = self.late_call(&data.terminator, &held, costs).filter(|_| may_be_late);
                let Some(to) = late else {
                    line.wait = Some((next, end));
                    return line;
                };
                held.insert(to);
                line.late.insert((next, end));
            }
            current = next;
        }
        // The line ends here: before the terminator, unless this is the call itself.
        line.wait = (current != block).then(|| (current, self.body.blocks[current].statements.len()));
        line
    }

    /// The block a line goes on with.
    fn next(&self, block: BlockId) -> Option<BlockId> {
        let next = match &self.body.blocks[block].terminator.kind {
            TerminatorKind::Goto(next) => *next,
            TerminatorKind::Call { target, .. } => (*target)?,
            TerminatorKind::Assert { target, .. } | TerminatorKind::Drop { target, .. } => *target,
            _ => return None,
        };
        (self.predecessors[next].len() == 1).then_some(next)
    }

    /// Whether a statement uses one of these locals, or ends its storage.
    fn uses(&self, statement: &Statement, held: &BTreeSet<Local>) -> bool {
        if let StatementKind::StorageLive(_) = statement.kind {
            return false;
        }
        let mut uses = false;
        let at = Location { block: BlockId(0), statement: 0 };
        in_statement(statement, at, |local, _, _| uses |= held.contains(&local));
        uses
    }

    /// The local a statement gives a value, if it may be late.
    fn late_statement(&self, statement: &Statement, held: &BTreeSet<Local>) -> Option<Local> {
        let StatementKind::Assign(place, _) = &statement.kind else { return None };
        let to = self.target(place.as_local()?, held)?;
        let mut is_late = true;
        let at = Location { block: BlockId(0), statement: 0 };
        in_statement(statement, at, |local, _, _| is_late &= local == to || self.may_read(local, held));
        is_late.then_some(to)
    }

    /// The local a call gives a value, if it may be late.
    fn late_call(&self, call: &Terminator, held: &BTreeSet<Local>, costs: &mut Costs) -> Option<Local> {
        let TerminatorKind::Call { callee, args, destination, target: Some(_) } = &call.kind else {
            return None;
        };
        let quiet = match callee {
            Callee::Intrinsic(name, _) => intrinsic_effect(*name) <= Effect::Reads,
            Callee::Func(func) => self.is_quiet(*func, costs),
            Callee::Def(..) | Callee::Value(_) => false,
        };
        let reads = |arg: &Operand| {
            arg.place().is_none_or(|place| {
                let index = |step: &Projection| match step {
                    Projection::Index(local) => self.may_read(*local, held),
                    _ => true,
                };
                self.may_read(place.local, held) && place.projection.iter().all(index)
            })
        };
        let to = self.target(destination.as_local()?, held)?;
        (quiet && args.iter().all(reads)).then_some(to)
    }

    /// Whether a function of std does nothing besides giving a result soon.
    fn is_quiet(&self, func: FuncId, costs: &mut Costs) -> bool {
        let known = self.effects.get(func).is_some_and(|e| *e == Effects::default());
        if !known || !self.program.functions[func].is_std {
            return false;
        }
        let work = costs.function(self.program, func);
        !work.guessed && work.as_constant().is_some_and(|units| units <= MOST_LATE)
    }

    /// A local that is given its only value here, and never changed.
    fn target(&self, local: Local, held: &BTreeSet<Local>) -> Option<Local> {
        (self.definitions.of(local).is_some() && !held.contains(&local)).then_some(local)
    }

    /// Whether what is late may read a local: it holds the result, or a plain value that stays the same.
    fn may_read(&self, local: Local, held: &BTreeSet<Local>) -> bool {
        let is_plain = || boundary::is_pointer_free(self.program, self.body.locals[local].ty);
        held.contains(&local) || (self.values.is_value(local) && is_plain())
    }
}
