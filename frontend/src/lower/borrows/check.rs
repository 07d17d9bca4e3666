//! Accesses that a live loan forbids.

use std::collections::BTreeSet;

use super::carriers::{Carriers, Held};
use super::liveness::Live;
use super::loans::{Loan, pointer_on_the_way};
use crate::diag::ErrorReported;
use crate::index::Idx;
use crate::lower::errors::borrow_conflict::{Access, Conflict};
use crate::lower::errors::{e0515, e0597};
use crate::lower::moves::MoveCx;
use crate::lower::moves::flow::BitSet;
use crate::lower::moves::paths::for_operands;
use crate::mir::body::Location;
use crate::mir::*;
use crate::source::Span;
use crate::ty::TyKind;

/// Reports accesses to borrowed places while the borrow is used later.
pub fn check(
    cx: MoveCx<'_, '_>,
    body: &Body,
    loans: &[Loan],
    carriers: &Carriers,
    live: &Live,
) -> Result<(), ErrorReported> {
    let mut c = Checker { cx, body, loans, reported: BTreeSet::new(), result: Ok(()) };
    for block in body.blocks.indices() {
        let states = carriers.states(cx, body, loans, block);
        live.for_block(body, block, &mut |at, after| c.location(at, &states[at.statement], after));
    }
    c.result
}

struct Checker<'a, 'h> {
    cx: MoveCx<'a, 'h>,
    body: &'a Body,
    loans: &'a [Loan],
    reported: BTreeSet<Span>,
    result: Result<(), ErrorReported>,
}

impl Checker<'_, '_> {
    fn location(&mut self, at: Location, held: &Held, after: &BitSet) {
        let body = self.body;
        let block = &body.blocks[at.block];
        let span = body.span_at(at);
        match block.statements.get(at.statement) {
            Some(Statement { kind: StatementKind::Assign(to, rvalue), .. }) => {
                for_operands(rvalue, &mut |o| self.operand(o, held, after, at, span));
                match rvalue {
                    Rvalue::Ref(BorrowKind::Shared, p) => {
                        self.access(p, Access::Borrow, held, after, at, self.cx.operand_span(p, span, true))
                    }
                    Rvalue::Ref(BorrowKind::Mut { .. }, p) => self.access(
                        p,
                        Access::BorrowMut,
                        held,
                        after,
                        at,
                        self.cx.operand_span(p, span, true),
                    ),
                    Rvalue::Len(p) | Rvalue::Discriminant(p) => {
                        self.access(p, Access::Use, held, after, at, span)
                    }
                    _ => {}
                }
                self.access(to, Access::Assign, held, after, at, span);
                if to.as_local() == Some(Local(0)) {
                    self.returned(held, span, rvalue);
                }
            }
            Some(Statement { kind: StatementKind::StorageDead(local), .. }) => {
                self.ends(*local, held, after, span)
            }
            Some(_) => {}
            None => match &block.terminator.kind {
                TerminatorKind::Call { args, destination, .. } => {
                    for arg in args {
                        self.operand(arg, held, after, at, span);
                    }
                    self.access(destination, Access::Assign, held, after, at, span);
                }
                TerminatorKind::Switch { value, .. } => self.operand(value, held, after, at, span),
                _ => {}
            },
        }
    }

    fn operand(&mut self, operand: &Operand, held: &Held, after: &BitSet, at: Location, span: Span) {
        let span = operand.place().map_or(span, |p| self.cx.operand_span(p, span, true));
        match operand {
            Operand::Copy(p) => self.access(p, Access::Use, held, after, at, span),
            Operand::Move(p) => self.access(p, Access::Move, held, after, at, span),
            Operand::Constant(_) => {}
        }
    }

    fn access(&mut self, place: &Place, how: Access, held: &Held, after: &BitSet, at: Location, span: Span) {
        for (i, loan) in self.loans.iter().enumerate() {
            if loan.at == at || loan.place.local != place.local || !self.conflicts(loan, place, how) {
                continue;
            }
            let Some(holder) = holder_of(i, held, after, place.local) else { continue };
            let Some(name) = self.cx.describe(self.body, place) else { continue };
            let Some(loan_name) = self.cx.describe(self.body, &loan.place) else { continue };
            if !self.reported.insert(span) {
                return;
            }
            let later = self.next_use(holder, at);
            self.result = Err(self.cx.tcx.diag.emit_error(
                Conflict {
                    span,
                    name: &name,
                    access: how,
                    loan_span: loan.span,
                    loan_name: &loan_name,
                    loan_mut: loan.kind != BorrowKind::Shared,
                    later,
                }
                .diagnostic(),
            ));
            return;
        }
    }

    fn conflicts(&self, loan: &Loan, place: &Place, how: Access) -> bool {
        let reads = matches!(how, Access::Use | Access::Borrow);
        let allowed = match loan.kind {
            BorrowKind::Shared => reads,
            // Until it is used a two-phase borrow lets others read.
            BorrowKind::Mut { two_phase } => reads && two_phase,
        };
        // A copy of a shared reference stays what it is, whoever borrows the variable.
        !allowed && overlap(&loan.place, place) && !self.writes_elsewhere(loan, place, how)
    }

    /// Whether the access only goes through a pointer that is stored in the borrowed place: assigning through it does
    /// not touch the place itself, but rustc still forbids it while the pointer is borrowed; not told here.
    fn writes_elsewhere(&self, _loan: &Loan, place: &Place, _how: Access) -> bool {
        pointer_on_the_way(self.cx, self.body, place).is_some()
    }

    /// The storage of a local ends while a reference to it is still used.
    fn ends(&mut self, local: Local, held: &Held, after: &BitSet, span: Span) {
        for (i, loan) in self.loans.iter().enumerate() {
            if loan.place.local != local {
                continue;
            }
            let Some(holder) = holder_of(i, held, after, local) else { continue };
            if !self.reported.insert(loan.span) {
                return;
            }
            let decl = &self.body.locals[local];
            if holder == Local(0) {
                let name = decl.name.map(|n| n.as_str());
                let returns = e0515::ReturnsLocal { span: loan.span, name, is_parameter: false };
                self.result = Err(self.cx.tcx.diag.emit_error(returns.diagnostic()));
                return;
            }
            let name = self.cx.describe(self.body, &loan.place);
            let later = self.first_use_after(holder, span);
            self.result = Err(self.cx.tcx.diag.emit_error(
                e0597::TooShort {
                    span: loan.span,
                    name: name.as_deref(),
                    declared: decl.span,
                    ends: span,
                    later,
                }
                .diagnostic(),
            ));
        }
    }

    /// The result refers to what ends with the function.
    fn returned(&mut self, held: &Held, span: Span, rvalue: &Rvalue) {
        let mut sources: Vec<usize> = Vec::new();
        if let Rvalue::Ref(_, place) = rvalue
            && pointer_on_the_way(self.cx, self.body, place).is_none()
            && matches!(self.body.return_ty().kind(), TyKind::Ref(..))
        {
            sources.extend(self.loans.iter().position(|l| l.place == *place));
        }
        if let Rvalue::Use(o) | Rvalue::Cast(CastKind::Unsize, o, _) = rvalue
            && let Some(local) = o.place().and_then(|p| p.as_local())
            && let Some(set) = held.get(&local)
        {
            sources.extend((0..self.loans.len()).filter(|&i| set.has(i)));
        }
        for i in sources {
            let loan = &self.loans[i];
            let local = loan.place.local;
            if !self.reported.insert(span) {
                return;
            }
            let decl = &self.body.locals[local];
            let is_parameter = local.index() <= self.body.arg_count;
            let name = decl.name.map(|n| n.as_str());
            self.result = Err(self
                .cx
                .tcx
                .diag
                .emit_error(e0515::ReturnsLocal { span, name, is_parameter }.diagnostic()));
        }
    }

    /// The first use of a holder in control-flow order after a location.
    fn next_use(&self, holder: Local, at: Location) -> Option<Span> {
        let mut seen = BTreeSet::new();
        let mut work =
            std::collections::VecDeque::from([Location { block: at.block, statement: at.statement + 1 }]);
        while let Some(from) = work.pop_front() {
            let block = &self.body.blocks[from.block];
            for statement in from.statement..=block.statements.len() {
                let here = Location { block: from.block, statement };
                if self.reads(here, holder) {
                    return Some(self.body.span_at(here));
                }
            }
            for next in block.terminator.kind.successors() {
                if seen.insert(next) {
                    work.push_back(Location { block: next, statement: 0 });
                }
            }
        }
        None
    }

    fn first_use_after(&self, holder: Local, ends: Span) -> Option<Span> {
        let mut found: Option<Span> = None;
        for (block, contents) in self.body.blocks.iter_enumerated() {
            for statement in 0..=contents.statements.len() {
                let here = Location { block, statement };
                let span = self.body.span_at(here);
                if span.lo > ends.lo && self.reads(here, holder) && found.is_none_or(|f| span.lo < f.lo) {
                    found = Some(span);
                }
            }
        }
        found
    }

    fn reads(&self, at: Location, local: Local) -> bool {
        use crate::mir::visit::{PlaceUse, Visitor};
        struct Find(Local, bool);
        impl Visitor for Find {
            fn visit_local(&mut self, local: &Local, how: PlaceUse, _: Location) {
                self.1 |= *local == self.0 && how.is_read() && how != PlaceUse::Drop;
            }
        }
        let mut find = Find(local, false);
        let block = &self.body.blocks[at.block];
        match block.statements.get(at.statement) {
            Some(s) => find.visit_statement(s, at),
            None => find.visit_terminator(&block.terminator, at),
        }
        find.1
    }
}

/// A local that holds the loan and is read later.
fn holder_of(loan: usize, held: &Held, after: &BitSet, not: Local) -> Option<Local> {
    held.iter().find(|(l, set)| **l != not && set.has(loan) && after.has(l.index())).map(|(l, _)| *l)
}

/// Whether two places of the same local surely share something. Elements told apart by constants are taken to differ.
fn overlap(a: &Place, b: &Place) -> bool {
    for (x, y) in a.projection.iter().zip(&b.projection) {
        match (x, y) {
            (Projection::Field(i, _), Projection::Field(j, _)) if i != j => return false,
            (Projection::Downcast(i), Projection::Downcast(j)) if i != j => return false,
            (Projection::Field(..), Projection::Field(..))
            | (Projection::Downcast(_), Projection::Downcast(_))
            | (Projection::Index(_), Projection::Index(_))
            | (Projection::Deref, Projection::Deref) => {}
            _ => return false,
        }
    }
    true
}
