//! How much work code is: sums of products of sizes, in units of 0.4 ns of optimised code.
//!
//! Branches count as a whole, a loop whose trip count is not known as 100 rounds, a recursive call as the same. An
//! estimate may be wrong by ten times; that costs time, never an answer.

use std::collections::HashMap;
use std::fmt;

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::traversal::{dominators, loop_tree};
use cloudc_frontend::mir::{
    AggregateKind, BlockId, Body, Callee, ConstantKind, FuncId, Local, Operand, Rvalue, Statement,
    StatementKind, TerminatorKind,
};
use cloudc_frontend::mono::Program;
use cloudc_frontend::ty::{Ty, TyKind};

use super::flow::{Definition, Definitions};
use super::recursion::{self, Shape};

/// A size known when code runs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Size {
    /// The value of an integer local.
    Value(Local),
    /// The length of the vector, slice or string a local holds or refers to.
    Len(Local),
    /// 1.6 to the power of an integer local.
    Power(Local),
}

impl Size {
    /// The local it is about.
    pub fn local(self) -> Local {
        let (Size::Value(local) | Size::Len(local) | Size::Power(local)) = self;
        local
    }
}

/// `coefficient * factors…`
#[derive(Clone, PartialEq, Debug)]
pub struct Term {
    /// Units.
    pub coefficient: f64,
    /// Sizes multiplied.
    pub factors: Vec<Size>,
}

/// A sum of terms.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Work {
    /// The terms.
    pub terms: Vec<Term>,
    /// Whether a trip count was guessed.
    pub guessed: bool,
}

/// Rounds assumed of a loop whose trip count is not known.
pub const UNKNOWN_TRIPS: f64 = 100.0;
/// The most that is believed of a function of std whose work had to be guessed: its loops grow a buffer or format a
/// number, and guesses within guesses say nothing.
const STD_GUESS: f64 = 200.0;
/// Assumed of a call in a loop that leads back to the function around it: a tree of unknown depth.
const BRANCHING: f64 = 1e6;
/// Assumed of each element of what is divided until nothing is left.
const DIVIDING: f64 = 100.0;

impl Work {
    /// A constant.
    pub fn constant(units: f64) -> Work {
        Work { terms: vec![Term { coefficient: units, factors: vec![] }], guessed: false }
    }
    /// A size.
    pub fn size(size: Size) -> Work {
        Work { terms: vec![Term { coefficient: 1.0, factors: vec![size] }], guessed: false }
    }
    /// A guess.
    pub fn guess(units: f64) -> Work {
        Work { guessed: true, ..Work::constant(units) }
    }
    /// Both.
    pub fn add(&mut self, other: &Work) {
        self.guessed |= other.guessed;
        for term in &other.terms {
            match self.terms.iter_mut().find(|t| t.factors == term.factors) {
                Some(t) => t.coefficient += term.coefficient,
                None => self.terms.push(term.clone()),
            }
        }
    }
    /// One for each unit of the other.
    pub fn times(&self, other: &Work) -> Work {
        let mut product = Work { terms: vec![], guessed: self.guessed || other.guessed };
        for a in &self.terms {
            for b in &other.terms {
                let mut factors = [a.factors.clone(), b.factors.clone()].concat();
                factors.sort();
                // Deep nests are cut off: the estimate stays small enough to be evaluated by a guard.
                factors.truncate(5);
                let term = Term { coefficient: a.coefficient * b.coefficient, factors };
                product.add(&Work { terms: vec![term], guessed: false });
            }
        }
        product
    }
    /// With guesses cut to a limit.
    fn trusted(mut self, limit: f64) -> Work {
        if self.guessed {
            for term in &mut self.terms {
                term.coefficient = term.coefficient.min(limit);
            }
        }
        self
    }
    /// The value, if no size is in it.
    pub fn as_constant(&self) -> Option<f64> {
        self.terms.iter().try_fold(0.0, |sum, t| t.factors.is_empty().then_some(sum + t.coefficient))
    }
    /// With every size replaced; `None` becomes the guess.
    pub fn substitute(&self, mut with: impl FnMut(Size) -> Option<Work>) -> Work {
        let mut result = Work { terms: vec![], guessed: self.guessed };
        for term in &self.terms {
            let mut product = Work::constant(term.coefficient);
            for &factor in &term.factors {
                product = product.times(&with(factor).unwrap_or_else(|| Work::guess(UNKNOWN_TRIPS)));
            }
            result.add(&product);
        }
        result
    }
    /// As people read it.
    pub fn show(&self, body: &Body) -> String {
        let mut terms: Vec<String> = Vec::new();
        for term in &self.terms {
            let mut text = format!("{:.0}", term.coefficient.max(1.0));
            for factor in &term.factors {
                let name = super::names::of_local(body, factor.local());
                text += &match factor {
                    Size::Value(_) => format!("·{name}"),
                    Size::Len(_) => format!("·len({name})"),
                    Size::Power(_) => format!("·1.6^{name}"),
                };
            }
            terms.push(text);
        }
        terms.sort_by_key(|t| std::cmp::Reverse(t.matches('·').count()));
        format!("{}{}", if self.guessed { "~" } else { "" }, terms.join(" + "))
    }
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}",
            self.show(&Body::new(
                "",
                cloudc_frontend::mir::Phase::Mono,
                &[],
                Ty::unit(),
                cloudc_frontend::source::Span::NONE
            ))
        )
    }
}

/// Work of functions, computed once each.
#[derive(Default)]
pub struct Costs {
    known: HashMap<FuncId, Work>,
    running: Vec<FuncId>,
}

impl Costs {
    /// Work of one call, over the function's parameters.
    pub fn function(&mut self, program: &Program, func: FuncId) -> Work {
        if let Some(work) = self.known.get(&func) {
            return work.clone();
        }
        if self.running.len() > 200 {
            return Work::guess(UNKNOWN_TRIPS * UNKNOWN_TRIPS);
        }
        if self.running.contains(&func) {
            return Work::guess(match recursion::shape(&program.functions[func].body, func) {
                // Counted below.
                Some(Shape::Divides(_) | Shape::CountsDown(_)) => 0.0,
                Some(Shape::Branches) => BRANCHING,
                _ => UNKNOWN_TRIPS * UNKNOWN_TRIPS,
            });
        }
        self.running.push(func);
        let body = &program.functions[func].body;
        let definitions = Definitions::new(body);
        let blocks: Vec<BlockId> = body.blocks.indices().collect();
        let whole = self.blocks(program, body, &definitions, &blocks, None);
        let params: Vec<Local> = body.args().collect();
        let mut work = whole.substitute(|size| params.contains(&size.local()).then(|| Work::size(size)));
        match recursion::shape(body, func) {
            // Each element is looked at once at every level.
            Some(Shape::Divides(whole)) => {
                work = Work::size(Size::Len(whole)).times(&Work::guess(DIVIDING));
            }
            Some(Shape::CountsDown(n)) => {
                let own = work.as_constant().unwrap_or(UNKNOWN_TRIPS);
                work = Work::size(Size::Power(n)).times(&Work::constant(own));
            }
            _ => {}
        }
        self.running.pop();
        let work = if program.functions[func].is_std { work.trusted(STD_GUESS) } else { work };
        self.known.insert(func, work.clone());
        work
    }

    /// Work of one pass through these blocks of a body; loops among them count with their trips, the loop headed by
    /// `around` once.
    pub fn blocks(
        &mut self,
        program: &Program,
        body: &Body,
        definitions: &Definitions<'_>,
        blocks: &[BlockId],
        around: Option<BlockId>,
    ) -> Work {
        let tree = loop_tree(body, &dominators(body));
        let trips: IndexVec<_, Work> = tree
            .loops
            .iter()
            .map(|l| {
                if Some(l.header) == around {
                    Work::constant(1.0)
                } else {
                    trip_count(program, body, definitions, &l.blocks)
                }
            })
            .collect();
        let mut total = Work::default();
        for &block in blocks {
            let mut work = self.block(program, body, definitions, block);
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

    fn block(
        &mut self,
        program: &Program,
        body: &Body,
        definitions: &Definitions<'_>,
        block: BlockId,
    ) -> Work {
        let data = &body.blocks[block];
        let mut work = Work::constant(data.statements.iter().map(statement_units).sum());
        match &data.terminator.kind {
            TerminatorKind::Call { target: None, .. } => {}
            TerminatorKind::Call { callee: Callee::Func(func), args, .. } => {
                let callee = self.function(program, *func);
                work.add(&Work::constant(2.0));
                let params: Vec<Local> = program.functions[*func].body.args().collect();
                work.add(&callee.substitute(|size| argument(body, definitions, args, &params, size)));
            }
            TerminatorKind::Call { callee: Callee::Intrinsic(name, _), args, .. } => {
                let units = match name.as_str() {
                    "copy" | "copy_nonoverlapping" | "write_bytes" | "compare_bytes" => {
                        let count = args.last().and_then(|a| argument_size(body, definitions, a, false));
                        count.unwrap_or_else(|| Work::guess(8.0)).times(&Work::constant(0.1))
                    }
                    "fsqrt" => Work::constant(8.0),
                    _ => Work::constant(1.0),
                };
                work.add(&units);
            }
            TerminatorKind::Call { .. } => work.add(&Work::guess(UNKNOWN_TRIPS)),
            TerminatorKind::Assert { .. } | TerminatorKind::Switch { .. } => work.add(&Work::constant(1.0)),
            _ => {}
        }
        work
    }
}

fn statement_units(statement: &Statement) -> f64 {
    match &statement.kind {
        StatementKind::Assign(_, rvalue) => match rvalue {
            Rvalue::Use(_) | Rvalue::Ref(..) | Rvalue::RawRef(..) | Rvalue::Cast(..) => 0.5,
            Rvalue::Binary(cloudc_frontend::mir::BinOp::Div | cloudc_frontend::mir::BinOp::Rem, ..) => 10.0,
            _ => 1.0,
        },
        _ => 0.0,
    }
}

/// A size over a callee's parameters as a size of the caller.
pub fn argument(
    body: &Body,
    definitions: &Definitions<'_>,
    args: &[Operand],
    params: &[Local],
    size: Size,
) -> Option<Work> {
    let arg = args.get(params.iter().position(|&p| p == size.local())?)?;
    let given = argument_size(body, definitions, arg, matches!(size, Size::Len(_)))?;
    if !matches!(size, Size::Power(_)) {
        return Some(given);
    }
    match (given.as_constant(), &given.terms[..]) {
        (Some(n), _) => Some(Work::constant(1.6f64.powf(n.min(80.0)))),
        (None, [Term { coefficient, factors }]) if *coefficient == 1.0 => match factors[..] {
            [Size::Value(l)] => Some(Work::size(Size::Power(l))),
            _ => None,
        },
        _ => None,
    }
}

/// An argument as a size of the caller.
fn argument_size(body: &Body, definitions: &Definitions<'_>, arg: &Operand, len: bool) -> Option<Work> {
    match arg {
        Operand::Constant(c) => match (&c.kind, len) {
            (ConstantKind::Scalar(bits), false) => Some(Work::constant(*bits as u64 as f64)),
            (ConstantKind::Str(s), true) => Some(Work::constant(s.as_str().len() as f64)),
            _ => None,
        },
        Operand::Copy(place) | Operand::Move(place) => {
            let local = place.as_local()?;
            if len { length(body, definitions, local) } else { value(body, definitions, local) }
        }
    }
}

/// The value of an integer local as a size.
fn value(body: &Body, definitions: &Definitions<'_>, local: Local) -> Option<Work> {
    let local = definitions.origin(local);
    if !body.locals[local].ty.is_integral() {
        return None;
    }
    match definitions.of(local) {
        Some((Definition::Assign(Rvalue::Use(Operand::Constant(c))), _)) => match c.kind {
            ConstantKind::Scalar(bits) => Some(Work::constant(bits as u64 as f64)),
            _ => None,
        },
        Some((Definition::Assign(Rvalue::Len(place)), _)) => Some(Work::size(Size::Len(place.local))),
        Some((Definition::Call(_, args), _)) if args.len() == 1 => {
            // `v.len()` and the like: a single reference in, a number out.
            let from = args[0].place()?.as_local()?;
            length(body, definitions, from).or(Some(Work::size(Size::Value(local))))
        }
        _ => Some(Work::size(Size::Value(local))),
    }
}

/// The length of what a local holds or refers to.
fn length(body: &Body, definitions: &Definitions<'_>, local: Local) -> Option<Work> {
    let local = definitions.origin(local);
    if let Some(place) = definitions.borrowed(local) {
        if let Some(whole) = place.as_local() {
            return has_length(body.locals[whole].ty).then(|| Work::size(Size::Len(whole)));
        }
        return match place.projection[..] {
            [cloudc_frontend::mir::Projection::Deref] => length(body, definitions, place.local),
            _ => None,
        };
    }
    if let Some((Definition::Call(_, args), _)) = definitions.of(local)
        && let [only] = args
        && let Some(from) = only.place().and_then(|p| p.as_local())
        && body.locals[from].ty.builtin_deref().is_some()
    {
        // `v.as_slice()`, `Deref::deref(&v)`.
        return length(body, definitions, from);
    }
    has_length(body.locals[local].ty).then(|| Work::size(Size::Len(local)))
}

/// Whether the type has a length a guard can read.
pub fn has_length(ty: Ty) -> bool {
    let ty = ty.builtin_deref().map_or(ty, |d| d.0);
    match ty.kind() {
        TyKind::Slice(_) | TyKind::Str | TyKind::Array(..) => true,
        TyKind::Adt(def, _) => matches!(def.path.as_str(), "std::vec::Vec" | "std::string::String"),
        _ => false,
    }
}

/// How often a loop goes round.
fn trip_count(program: &Program, body: &Body, definitions: &Definitions<'_>, blocks: &[BlockId]) -> Work {
    for &block in blocks {
        if let TerminatorKind::Call { callee: Callee::Func(func), args, .. } =
            &body.blocks[block].terminator.kind
            && program.functions[*func].instance.is_named("next")
            && let [iterator, ..] = &args[..]
            && let Some(place) =
                iterator.place().and_then(|p| p.as_local()).and_then(|l| definitions.borrowed(l))
            && let Some(local) = place.as_local()
        {
            return items(program, body, definitions, local, 0).unwrap_or_else(|| Work::guess(UNKNOWN_TRIPS));
        }
    }
    Work::guess(UNKNOWN_TRIPS)
}

/// How many items an iterator gives: followed back through the adaptors to its source.
fn items(
    program: &Program,
    body: &Body,
    definitions: &Definitions<'_>,
    iterator: Local,
    depth: u32,
) -> Option<Work> {
    if depth > 16 {
        return None;
    }
    let made = source_of(definitions, iterator)?;
    match made {
        Definition::Assign(Rvalue::Aggregate(AggregateKind::Adt(def, ..), operands)) => {
            if def.name() != "Range" {
                return None;
            }
            let [start, end] = &operands[..] else { return None };
            let end_work = argument_size(body, definitions, end, false)?;
            match (start.as_scalar(), end_work.as_constant()) {
                (Some(start), Some(end)) => Some(Work::constant((end - start as f64).max(0.0))),
                _ => Some(end_work),
            }
        }
        Definition::Assign(_) => None,
        Definition::Call(Callee::Func(func), args) => {
            let function = &program.functions[*func];
            let first = args.first()?;
            if let (true, Some(end)) = (function.name.contains("RangeInclusive"), args.get(1)) {
                return argument_size(body, definitions, end, false);
            }
            let whole = first.place()?.as_local()?;
            let base = match length(body, definitions, whole) {
                Some(work) => work,
                None => items(program, body, definitions, whole, depth + 1)?,
            };
            if function.instance.is_named("chunks") || function.instance.is_named("chunks_exact") {
                return Some(base.times(&Work::constant(0.1)));
            }
            Some(base)
        }
        Definition::Call(..) => None,
    }
}

fn source_of<'b>(definitions: &Definitions<'b>, local: Local) -> Option<Definition<'b>> {
    // The iterator itself is changed by `next`, so its one whole assignment is looked up through its initialiser.
    definitions.initial(local).map(|d| d.0)
}
