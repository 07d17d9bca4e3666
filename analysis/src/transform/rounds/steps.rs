//! A straight way through a body as a list of steps, which can be repeated elsewhere under other names.

use std::collections::BTreeMap;

use cloudc_frontend::mir::traversal::Loop;
use cloudc_frontend::mir::visit::{PlaceUse, Visitor};
use cloudc_frontend::mir::{
    BinOp, BlockId, Body, Callee, Local, Location, Operand, Place, Projection, Rvalue, StatementKind,
    TerminatorKind,
};
use cloudc_frontend::source::Span;
use cloudc_frontend::symbol::Symbol;
use cloudc_frontend::ty::Args;

use crate::facts::liveness::is_write;
use crate::facts::memory::{Effect, intrinsic_effect};
use crate::facts::{Mentions, in_statement, in_terminator};

/// A step.
#[derive(Clone, Debug)]
pub struct Step {
    /// What is done.
    pub kind: StepKind,
    /// Where it stands in the source.
    pub span: Span,
}

/// What a step does.
#[derive(Clone, Debug)]
pub enum StepKind {
    /// A local gets a value.
    Assign(Local, Rvalue),
    /// A local gets the result of an intrinsic that does nothing else.
    Call(Local, Symbol, Args, Vec<Operand>),
    /// The way goes on for these values only.
    Guard(Guard),
    /// Something that cannot be repeated; it changes this local.
    Other(Local),
}

/// The decision at the end of a block: where the way goes on, and where it is left.
#[derive(Clone, Debug)]
pub struct Guard {
    /// What is looked at.
    pub value: Operand,
    /// For each value whether the way goes on.
    pub targets: Vec<(u128, bool)>,
    /// Whether it goes on for all other values.
    pub otherwise: bool,
}

impl Step {
    /// The local that gets a value.
    pub fn target(&self) -> Option<Local> {
        match self.kind {
            StepKind::Assign(to, _) | StepKind::Call(to, ..) => Some(to),
            _ => None,
        }
    }
    /// Calls a function with each local that is read.
    pub fn for_reads(&self, mut f: impl FnMut(Local)) {
        let at = Location { block: BlockId(0), statement: 0 };
        let mut reads = Mentions(|local: Local, _: PlaceUse, _: Location| f(local));
        match &self.kind {
            StepKind::Assign(_, rvalue) => reads.visit_rvalue(rvalue, at),
            StepKind::Call(.., args) => args.iter().for_each(|a| reads.visit_operand(a, at)),
            StepKind::Guard(guard) => reads.visit_operand(&guard.value, at),
            StepKind::Other(_) => {}
        }
    }
    /// Whether memory behind a pointer is read, or a division made: what may be done only where its guards have been passed.
    pub fn needs_its_guards(&self) -> bool {
        let divides = matches!(self.kind, StepKind::Assign(_, Rvalue::Binary(BinOp::Div | BinOp::Rem, ..)));
        divides || self.looks_at(|p| !matches!(p, Projection::Field(..)))
    }
    /// Whether memory behind a pointer is read.
    pub fn reads_memory(&self) -> bool {
        self.looks_at(|p| matches!(p, Projection::Deref))
    }
    /// Whether something is reached in such a way. What only has its address or length taken is not, but the pointers on the
    /// way to it are.
    fn looks_at(&self, such: impl Fn(&Projection) -> bool) -> bool {
        struct Looks<F>(F, bool);
        impl<F: Fn(&Projection, bool) -> bool> Visitor for Looks<F> {
            fn visit_place(&mut self, place: &Place, how: PlaceUse, _at: Location) {
                let mut way = place.projection.iter().enumerate();
                self.1 |= way.any(|(i, p)| (self.0)(p, how.is_borrow() && i == 0));
            }
        }
        let follows = |p: &Projection, is_address| !(is_address && matches!(p, Projection::Deref)) && such(p);
        let mut looks = Looks(follows, false);
        let at = Location { block: BlockId(0), statement: 0 };
        match &self.kind {
            StepKind::Assign(_, Rvalue::Len(place)) => looks.visit_place(place, PlaceUse::Borrow, at),
            StepKind::Assign(_, rvalue) => looks.visit_rvalue(rvalue, at),
            StepKind::Call(.., args) => args.iter().for_each(|a| looks.visit_operand(a, at)),
            StepKind::Guard(guard) => looks.visit_operand(&guard.value, at),
            StepKind::Other(_) => {}
        }
        looks.1
    }
}

/// Appends the steps of a block that goes on to `next`.
pub fn push_steps(body: &Body, block: BlockId, next: BlockId, steps: &mut Vec<Step>) {
    let data = &body.blocks[block];
    for statement in &data.statements {
        if let StatementKind::Assign(place, rvalue) = &statement.kind {
            let kind = match place.as_local() {
                Some(to) => StepKind::Assign(to, rvalue.clone()),
                None => StepKind::Other(place.local),
            };
            steps.push(Step { kind, span: statement.span });
        }
    }
    let span = data.terminator.span;
    let kind = match &data.terminator.kind {
        TerminatorKind::Switch { value, targets, otherwise } => StepKind::Guard(Guard {
            value: value.clone(),
            targets: targets.iter().map(|(bits, to)| (*bits, *to == next)).collect(),
            otherwise: *otherwise == next,
        }),
        TerminatorKind::Assert { cond, expected, .. } => StepKind::Guard(Guard {
            value: cond.clone(),
            targets: vec![(0, !expected)],
            otherwise: *expected,
        }),
        TerminatorKind::Call { callee, args, destination, .. } => match (callee, destination.as_local()) {
            (Callee::Intrinsic(name, types), Some(to)) if intrinsic_effect(*name) == Effect::None => {
                StepKind::Call(to, *name, *types, args.clone())
            }
            _ => StepKind::Other(destination.local),
        },
        TerminatorKind::Drop { place, .. } => StepKind::Other(place.local),
        TerminatorKind::Goto(_) | TerminatorKind::Return | TerminatorKind::Unreachable => return,
    };
    steps.push(Step { kind, span });
}

/// How often each local is written in a loop.
pub fn writes(body: &Body, natural: &Loop) -> BTreeMap<Local, usize> {
    let mut found = BTreeMap::new();
    for &block in &natural.blocks {
        let data = &body.blocks[block];
        let mut count = |local: Local, how, _: Location| {
            if is_write(how) {
                *found.entry(local).or_default() += 1;
            }
        };
        for (statement, s) in data.statements.iter().enumerate() {
            in_statement(s, Location { block, statement }, &mut count);
        }
        in_terminator(&data.terminator, Location { block, statement: data.statements.len() }, &mut count);
    }
    found
}
