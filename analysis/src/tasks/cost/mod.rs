//! How much work code is: sums of products of sizes, in units of 0.4 ns of optimised code.
//!
//! In: bodies in which library loops are whole. Out: a [`Work`] over what is known before they run: numbers, lengths, and
//! the lengths of elements. Branches count as a whole, a loop whose trip count is not known as 100 rounds, a recursive call
//! as the same. What std does itself is trusted less than what it calls: closures of the user count in full. An estimate
//! may be wrong by ten times; that costs time, never an answer.

pub mod handing;
pub mod items;
pub mod measured;
pub mod sizes;
mod trips;
pub mod work;

use std::collections::{BTreeSet, HashMap};

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::traversal::{dominators, loop_tree};
use cloudc_frontend::mir::{
    BinOp, BlockId, Body, Callee, FuncId, Local, Rvalue, Statement, StatementKind, TerminatorKind,
};
use cloudc_frontend::mono::{Function, Instance, Program};
use cloudc_frontend::source::FileId;

use super::flow::Definitions;
use super::recursion::{self, Shape};
pub use measured::has_length;
pub use sizes::Sizes;
pub use work::{Path, Size, Step, Term, Work, time};

/// Units of an operation of the middle representation: optimised code does several at once, and leaves many out.
const OPERATION: f64 = 0.5;
/// Rounds assumed of a loop whose trip count is not known.
pub const UNKNOWN_TRIPS: f64 = 100.0;
/// Rounds assumed of a loop that halves a number, or takes its digits.
const HALVING: f64 = 16.0;
/// The most that is believed of a function of std whose work had to be guessed: its loops grow a buffer or format a
/// number, and guesses within guesses say nothing.
const STD_GUESS: f64 = 200.0;
/// Rounds assumed of a loop in std around a call of the user's code: it looks for a place in a table, or compares.
const STD_TRIPS: f64 = 8.0;
/// Letters, words or lines assumed of a text of unknown length.
const TEXT_ITEMS: f64 = 16.0;
/// Assumed of a number or length inside a value of std.
const STD_PART: f64 = 4.0;
/// Items an adaptor like `filter` looks at until it has one to give.
const STEPS: f64 = 2.0;
/// Assumed of a call in a loop that leads back to the function around it: a tree of unknown depth.
const BRANCHING: f64 = 1e6;
/// Assumed of each element of what is sorted, or divided until nothing is left, at every level.
const LEVEL: f64 = 25.0;

/// What std does only now and then when something grows, and its share in what makes it grow.
const NOW_AND_THEN: [&str; 5] = ["grow_to", "grown", "reserve", "set_capacity", "rehash"];
const AMORTISED: f64 = 4.0;

/// Work of functions, computed once each.
#[derive(Default)]
pub struct Costs {
    known: HashMap<FuncId, Work>,
    running: Vec<FuncId>,
    /// The files of std: what was inlined from there is still known by where its variables are declared.
    std_files: BTreeSet<FileId>,
}

impl Costs {
    /// Nothing is known yet.
    pub fn new(program: &Program) -> Costs {
        let std = program.functions.iter().filter(|f| f.is_std && !f.span.is_none());
        Costs { std_files: std.map(|f| f.span.file).collect(), ..Costs::default() }
    }

    /// Work of one call, over the function's parameters.
    pub fn function(&mut self, program: &Program, func: FuncId) -> Work {
        if let Some(work) = self.known.get(&func) {
            return work.clone();
        }
        if self.running.len() > 200 {
            return Work::guess(UNKNOWN_TRIPS * UNKNOWN_TRIPS);
        }
        if self.running.contains(&func) {
            return Work::guess(match recursion::shape(program, func) {
                // Counted below.
                Some(Shape::Divides(_) | Shape::CountsDown(_)) => 0.0,
                Some(Shape::Branches) => BRANCHING,
                _ => UNKNOWN_TRIPS * UNKNOWN_TRIPS,
            });
        }
        let function = &program.functions[func];
        if function.is_std && function.instance.name().is_some_and(|n| NOW_AND_THEN.contains(&n)) {
            return Work::constant(AMORTISED);
        }
        self.running.push(func);
        let body = &function.body;
        let definitions = Definitions::new(body);
        let blocks: Vec<BlockId> = body.blocks.indices().collect();
        let known = |local: Local| (1..=body.arg_count as u32).contains(&local.0);
        let unknown_trips = if is_users(function) { UNKNOWN_TRIPS } else { STD_TRIPS };
        let sizes = Sizes {
            unknown_trips,
            is_step: function.is_std && function.instance.is_named("next"),
            ..Sizes::open(program, body, &definitions, &known)
        };
        let mut work = self.blocks(&sizes, &blocks, None);
        match recursion::shape(program, func) {
            Some(Shape::Divides(whole)) => work = at_every_level(whole),
            Some(Shape::CountsDown(n)) => {
                let own = work.as_constant().unwrap_or(UNKNOWN_TRIPS);
                work = Work::size(Size::Power(n.into())).times(&Work::constant(own));
            }
            _ => {}
        }
        self.running.pop();
        let work = if is_users(function) { work.of_user() } else { work.trusted(STD_GUESS) };
        self.known.insert(func, work.clone());
        work
    }

    /// Work of one pass through these blocks of a body; loops among them count with their trips, the loop headed by
    /// `around` once.
    pub fn blocks(&mut self, sizes: &Sizes<'_>, blocks: &[BlockId], around: Option<BlockId>) -> Work {
        let body = sizes.body;
        let tree = loop_tree(body, &dominators(body));
        let trips: IndexVec<_, Work> = tree
            .loops
            .iter_enumerated()
            .map(|(id, l)| {
                if Some(l.header) == around {
                    return Work::constant(1.0);
                }
                let own: Vec<BlockId> =
                    l.blocks.iter().copied().filter(|b| tree.innermost[*b] == Some(id)).collect();
                let is_std = self.is_of_std(body, &own);
                let unknown = if is_std { STD_TRIPS.min(sizes.unknown_trips) } else { sizes.unknown_trips };
                trips::of_loop(sizes, l.header, &own, &l.blocks, unknown)
            })
            .collect();
        let mut total = Work::default();
        for &block in blocks {
            let mut work = self.block(sizes, block);
            let mut inside = tree.innermost[block];
            while let Some(l) = inside {
                if Some(tree.loops[l].header) == around {
                    break;
                }
                work = work.times(&trips[l]);
                inside = tree.loops[l].parent;
            }
            total.add(&work);
        }
        total
    }

    /// Whether most of what these blocks compute was declared in std.
    fn is_of_std(&self, body: &Body, blocks: &[BlockId]) -> bool {
        let made = blocks.iter().flat_map(|b| &body.blocks[*b].statements).filter_map(|s| match &s.kind {
            StatementKind::Assign(place, _) => Some(body.locals[place.local].span),
            _ => None,
        });
        let (of_std, of_user): (Vec<_>, Vec<_>) =
            made.filter(|s| !s.is_none()).partition(|s| self.std_files.contains(&s.file));
        of_std.len() > of_user.len()
    }

    fn block(&mut self, sizes: &Sizes<'_>, block: BlockId) -> Work {
        let data = &sizes.body.blocks[block];
        let program = sizes.program;
        let mut work = Work::constant(data.statements.iter().map(|s| statement_units(sizes.body, s)).sum());
        match &data.terminator.kind {
            TerminatorKind::Call { target: None, .. } => {}
            TerminatorKind::Call { callee: Callee::Func(func), args, .. } => {
                let callee = self.function(program, *func);
                work.add(&Work::constant(OPERATION));
                let body = &program.functions[*func].body;
                let params: Vec<Local> = body.args().collect();
                let callee = sorting(program, *func).unwrap_or(callee);
                let callee = if program.functions[*func].is_std { callee.melted() } else { callee };
                work.add(&callee.substitute(|size| sizes.argument(args, &params, size)));
            }
            TerminatorKind::Call { callee: Callee::Intrinsic(name, _), args, .. } => {
                let units = match name.as_str() {
                    "copy" | "copy_nonoverlapping" | "write_bytes" | "compare_bytes" => {
                        let count = args.last().and_then(|a| sizes.value(a));
                        count.unwrap_or_else(|| Work::guess(8.0)).scaled(0.1)
                    }
                    "fsqrt" => Work::constant(8.0),
                    _ => Work::constant(OPERATION),
                };
                work.add(&units);
            }
            TerminatorKind::Call { .. } => work.add(&Work::guess(UNKNOWN_TRIPS)),
            TerminatorKind::Assert { .. } | TerminatorKind::Switch { .. } => {
                work.add(&Work::constant(OPERATION));
            }
            _ => {}
        }
        work
    }
}

/// Whether a function is what the user wrote, not made by the compiler or from std.
fn is_users(function: &Function) -> bool {
    !function.is_std
        && matches!(
            function.instance,
            Instance::Item(..) | Instance::Closure(..) | Instance::Outlined(..) | Instance::Named(_)
        )
}

/// Each element of something is looked at once at every level of halving it.
fn at_every_level(whole: Local) -> Work {
    let levels = Work::size(Size::Levels(whole.into()));
    Work::size(Size::Len(whole.into())).times(&levels).times(&Work::guess(LEVEL))
}

/// Sorting takes a number of comparisons for each element that its code does not show.
fn sorting(program: &Program, func: FuncId) -> Option<Work> {
    let function = &program.functions[func];
    let name = function.instance.name()?;
    let what = function.body.args().next()?;
    let sorts = function.is_std
        && (name.starts_with("sort") || name == "stable_sort")
        && has_length(program, function.body.locals[what].ty);
    sorts.then(|| at_every_level(what))
}

fn statement_units(body: &Body, statement: &Statement) -> f64 {
    match &statement.kind {
        StatementKind::Assign(_, rvalue) => match rvalue {
            // Most of these are gone when code is made.
            Rvalue::Use(_) | Rvalue::Ref(..) | Rvalue::RawRef(..) | Rvalue::Cast(..) => 0.2,
            // Divisions of floats overlap; those of integers wait for each other.
            Rvalue::Binary(BinOp::Div, divided, _) if body.operand_ty(divided).is_float() => 3.0,
            Rvalue::Binary(BinOp::Div | BinOp::Rem, ..) => 8.0,
            _ => OPERATION,
        },
        _ => 0.0,
    }
}

/// Whether a guard may look at a parameter wherever it stands: a number, or a reference, which stays valid.
pub fn is_readable(body: &Body, param: Local) -> bool {
    let ty = body.locals[param].ty;
    ty.is_integral() || matches!(ty.kind(), cloudc_frontend::ty::TyKind::Ref(..))
}

/// Locals that a guard before a loop may look at: those the loop uses, numbers that are certainly there, and parameters.
pub fn known_before(body: &Body, header: BlockId, used: &BTreeSet<Local>) -> BTreeSet<Local> {
    let dominators = dominators(body);
    let definitions = Definitions::new(body);
    let is_there = |local: Local| {
        body.locals[local].ty.is_integral()
            && definitions
                .of(local)
                .is_some_and(|(_, at)| at.block != header && dominators.dominates(at.block, header))
    };
    let mut known: BTreeSet<Local> = body.locals.indices().filter(|l| is_there(*l)).collect();
    known.extend(body.args().filter(|p| is_readable(body, *p)));
    known.extend(used);
    known
}
