//! Accesses that a loan in force forbids.
//!
//! In: loans and where they are in force. Each statement's accesses are compared with the loans on the same local, as in
//! rustc's `borrow_check`: how deep the access goes decides which places it touches, what it does decides whether a
//! loan allows it.

use std::collections::BTreeSet;

use super::context::BorrowCx;
use super::explain::Facts;
use super::loans::{InScope, Loan};
use super::places::{Depth, conflict};
use super::values::Points;
use crate::diag::ErrorReported;
use crate::index::Idx;
use crate::lower::errors::borrow_conflict::Access as Told;
use crate::mir::body::Location;
use crate::mir::traversal::reverse_postorder;
use crate::mir::*;
use crate::source::Span;

/// What is done to a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Copied, its length or discriminant read.
    Copy,
    /// Borrowed shared.
    Borrow,
    /// Borrowed exclusively.
    BorrowMut,
    /// Borrowed exclusively from its first use on.
    Reserve,
    /// That first use.
    Activate,
    /// Assigned.
    Assign,
    /// Moved out of.
    Move,
    /// Dropped at the end of its scope.
    Drop,
    /// Its storage ends.
    StorageDead,
}

/// Reports forbidden accesses.
pub fn check(
    b: &BorrowCx<'_, '_>,
    facts: &Facts<'_>,
    loans: &[Loan],
    scope: &InScope,
    points: &Points,
    initialised: &dyn Fn(Location, &Place) -> bool,
) -> Result<(), ErrorReported> {
    let mut of_local: Vec<Vec<usize>> = vec![Vec::new(); b.body.locals.len()];
    for (i, loan) in loans.iter().enumerate() {
        of_local[loan.place.local.index()].push(i);
    }
    let mut activations: Vec<(usize, usize)> =
        scope.activation.iter().enumerate().filter_map(|(i, at)| at.map(|at| (points.of(at), i))).collect();
    activations.sort_unstable();
    let mut c = Checker {
        b,
        facts,
        loans,
        scope,
        points,
        of_local,
        initialised,
        reported: BTreeSet::new(),
        reserved_reported: BTreeSet::new(),
        result: Ok(()),
    };
    for block in reverse_postorder(b.body) {
        for statement in 0..=b.body.blocks[block].statements.len() {
            let at = Location { block, statement };
            c.location(at);
            let p = points.of(at);
            let from = activations.partition_point(|a| a.0 < p);
            for &(q, loan) in &activations[from..] {
                if q != p {
                    break;
                }
                c.activate(loan, at);
            }
            c.writes(at);
        }
    }
    c.result
}

struct Checker<'c, 'a, 'h> {
    b: &'c BorrowCx<'a, 'h>,
    facts: &'c Facts<'c>,
    loans: &'c [Loan],
    scope: &'c InScope,
    points: &'c Points,
    of_local: Vec<Vec<usize>>,
    initialised: &'c dyn Fn(Location, &Place) -> bool,
    reported: BTreeSet<(Span, Local)>,
    reserved_reported: BTreeSet<Span>,
    result: Result<(), ErrorReported>,
}

impl Checker<'_, '_, '_> {
    /// What is read at a location.
    fn location(&mut self, at: Location) {
        let body = self.b.body;
        let block = &body.blocks[at.block];
        let span = body.span_at(at);
        match block.statements.get(at.statement) {
            Some(Statement { kind: StatementKind::Assign(_, rvalue), .. }) => match rvalue {
                Rvalue::Ref(kind, p) => {
                    let span = self.b.cx.operand_span(p, span, true);
                    let how = match kind {
                        BorrowKind::Shared => Access::Borrow,
                        BorrowKind::Mut { two_phase: true } => Access::Reserve,
                        BorrowKind::Mut { .. } => Access::BorrowMut,
                    };
                    self.access(p, Depth::Deep, how, at, span);
                }
                Rvalue::Len(p) | Rvalue::Discriminant(p) => {
                    self.access(p, Depth::Shallow, Access::Copy, at, span)
                }
                _ => crate::lower::moves::paths::for_operands(rvalue, &mut |o| self.operand(o, at, span)),
            },
            Some(Statement { kind: StatementKind::StorageDead(local), .. }) => {
                self.access(&(*local).into(), Depth::Shallow, Access::StorageDead, at, span)
            }
            Some(_) => {}
            None => match &block.terminator.kind {
                TerminatorKind::Switch { value, .. } => self.operand(value, at, span),
                TerminatorKind::Assert { cond, message, .. } => {
                    self.operand(cond, at, span);
                    if let AssertMessage::BoundsCheck { len, index } = message {
                        self.operand(len, at, span);
                        self.operand(index, at, span);
                    }
                }
                TerminatorKind::Call { callee, args, .. } => {
                    if let Callee::Value(f) = callee {
                        self.operand(f, at, span);
                    }
                    for arg in args {
                        let span = arg.place().map_or(span, |p| self.b.cx.argument_span(p, span));
                        self.operand(arg, at, span);
                    }
                }
                TerminatorKind::Drop { place, target } if (self.initialised)(at, place) => {
                    let replaced = matches!(
                        body.blocks[*target].statements.first(),
                        Some(Statement { kind: StatementKind::Assign(to, _), .. }) if to == place
                    );
                    let how = if replaced { Access::Assign } else { Access::Drop };
                    self.access(place, Depth::Drop, how, at, span);
                }
                TerminatorKind::Return => self.exit(at, span),
                _ => {}
            },
        }
    }

    /// What is written at a location, after all reads.
    fn writes(&mut self, at: Location) {
        let body = self.b.body;
        let block = &body.blocks[at.block];
        let span = body.span_at(at);
        match block.statements.get(at.statement) {
            Some(Statement { kind: StatementKind::Assign(to, _), .. }) => {
                self.access(to, Depth::Shallow, Access::Assign, at, span)
            }
            Some(_) => {}
            None => {
                if let TerminatorKind::Call { destination, .. } = &block.terminator.kind {
                    self.access(destination, Depth::Deep, Access::Assign, at, span);
                }
            }
        }
    }

    /// The locals that have no end of storage of their own end here.
    fn exit(&mut self, at: Location, span: Span) {
        // The temporaries of a constant's value stay for ever.
        if self.b.is_constant() {
            return;
        }
        for (i, loan) in self.loans.iter().enumerate() {
            if !self.scope.points[i].has(self.points.of(at)) {
                continue;
            }
            let root: Place = loan.place.local.into();
            if conflict(&self.b.cx, &loan.place, &loan.tys, &root, Depth::Shallow) {
                self.too_short(i, &root, at, span);
            }
        }
    }

    fn operand(&mut self, operand: &Operand, at: Location, span: Span) {
        let span = operand.place().map_or(span, |p| self.b.cx.operand_span(p, span, true));
        match operand {
            Operand::Copy(p) => self.access(p, Depth::Deep, Access::Copy, at, span),
            Operand::Move(p) => self.access(p, Depth::Deep, Access::Move, at, span),
            Operand::Constant(_) => {}
        }
    }

    fn activate(&mut self, loan: usize, at: Location) {
        let of = &self.loans[loan];
        if self.reserved_reported.contains(&of.statement) {
            return;
        }
        let place = of.place.clone();
        self.access_but(&place, Depth::Deep, Access::Activate, at, of.span, Some(loan));
    }

    fn access(&mut self, place: &Place, depth: Depth, how: Access, at: Location, span: Span) {
        for step in &place.projection {
            if let Projection::Index(i) = step
                && !matches!(how, Access::StorageDead)
            {
                self.access_but(&(*i).into(), Depth::Deep, Access::Copy, at, span, None);
            }
        }
        self.access_but(place, depth, how, at, span, None);
    }

    fn access_but(
        &mut self,
        place: &Place,
        depth: Depth,
        how: Access,
        at: Location,
        span: Span,
        not: Option<usize>,
    ) {
        let point = self.points.of(at);
        for n in 0..self.of_local[place.local.index()].len() {
            let i = self.of_local[place.local.index()][n];
            let loan = &self.loans[i];
            if Some(i) == not || !self.scope.points[i].has(point) {
                continue;
            }
            // A call has read its arguments before it writes, and before a two-phase borrow becomes exclusive.
            let is_call = at.statement == self.b.body.blocks[at.block].statements.len();
            if is_call && matches!(how, Access::Activate | Access::Assign) && !self.lasts(i, at) {
                continue;
            }
            if self.allows(i, how, point) || !conflict(&self.b.cx, &loan.place, &loan.tys, place, depth) {
                continue;
            }
            self.report(i, place, how, at, span);
            return;
        }
    }

    /// Whether a loan is in force after the call at a location.
    fn lasts(&self, loan: usize, at: Location) -> bool {
        let mut any = !matches!(self.b.body.blocks[at.block].terminator.kind, TerminatorKind::Call { .. });
        self.b.body.blocks[at.block].terminator.kind.for_successors(|block| {
            any |= self.scope.points[loan].has(self.points.of(Location { block, statement: 0 }));
        });
        any
    }

    fn allows(&self, loan: usize, how: Access, point: usize) -> bool {
        match (how, self.loans[loan].kind) {
            (Access::Copy | Access::Borrow | Access::Reserve, BorrowKind::Shared) => true,
            (Access::Copy | Access::Borrow, BorrowKind::Mut { .. }) => {
                self.scope.reserved[loan].as_ref().is_some_and(|r| r.has(point))
            }
            _ => false,
        }
    }

    fn report(&mut self, loan: usize, place: &Place, how: Access, at: Location, span: Span) {
        if matches!(how, Access::StorageDead | Access::Drop) {
            return self.too_short(loan, place, at, span);
        }
        if !self.reported.insert((span, place.local)) {
            return;
        }
        let told = match how {
            Access::Copy => Told::Use,
            Access::Borrow => Told::Borrow,
            Access::BorrowMut | Access::Activate => Told::BorrowMut,
            Access::Reserve => {
                self.reserved_reported.insert(self.b.body.span_at(at));
                Told::BorrowMut
            }
            Access::Assign => Told::Assign,
            _ => Told::Move,
        };
        let error = self.facts.conflict(self.b, loan, place, told, at, span);
        self.result = Err(self.b.tcx().diag.emit_error(error));
    }

    fn too_short(&mut self, loan: usize, place: &Place, at: Location, span: Span) {
        let of = &self.loans[loan];
        if !self.reported.insert((of.span, of.place.local)) {
            return;
        }
        let error = self.facts.too_short(self.b, loan, place, at, span);
        self.result = Err(self.b.tcx().diag.emit_error(error));
    }
}
