//! Writes and mutable borrows of what may not change.

use std::collections::BTreeSet;

use super::MoveCx;
use super::flow::{Flow, State};
use super::paths::{Effect, MoveData, effects_at, is_box};
use crate::diag::ErrorReported;
use crate::hir::ClosureKind;
use crate::lower::errors::{e0384, e0594, e0596};
use crate::mir::body::{Location, project_ty};
use crate::mir::*;
use crate::source::Span;
use crate::ty::{Mutability, TyKind};
use crate::typeck::results::CaptureBy;

/// Reports assignments to immutable variables and through shared references, and mutable borrows of the same.
pub fn check_mutability(
    cx: MoveCx<'_, '_>,
    body: &Body,
    data: &MoveData,
    flow: &Flow,
) -> Result<(), ErrorReported> {
    let mut c = Checker { cx, body, data, reported: BTreeSet::new(), result: Ok(()) };
    let mut state = State::default();
    for (block, contents) in body.blocks.iter_enumerated() {
        let Some(entry) = &flow.entry[block] else { continue };
        state.copy_from(entry);
        for (i, statement) in contents.statements.iter().enumerate() {
            if let StatementKind::Assign(place, rvalue) = &statement.kind {
                c.assign(place, state.may_be_assigned(place.local), statement.span);
                match rvalue {
                    Rvalue::Ref(BorrowKind::Mut { .. }, of) => {
                        let span = cx.operand_span(of, statement.span, true);
                        c.borrow(of, is_closure_capture(contents, i), span)
                    }
                    Rvalue::RawRef(Mutability::Mut, of) => c.borrow(of, false, statement.span),
                    _ => {}
                }
            }
            for effect in effects_at(data, Location { block, statement: i }) {
                state.apply(data, *effect);
            }
        }
        if let TerminatorKind::Call { destination, .. } = &contents.terminator.kind {
            c.assign(destination, state.may_be_assigned(destination.local), contents.terminator.span);
        }
    }
    c.result
}

/// Whether the borrow at this statement becomes a field of a closure.
fn is_closure_capture(block: &Block, at: usize) -> bool {
    let StatementKind::Assign(to, _) = &block.statements[at].kind else { return false };
    block.statements[at + 1..].iter().any(|s| match &s.kind {
        StatementKind::Assign(_, Rvalue::Aggregate(AggregateKind::Closure(..), operands)) => {
            operands.iter().any(|o| o.place() == Some(to))
        }
        _ => false,
    })
}

struct Checker<'a, 'h> {
    cx: MoveCx<'a, 'h>,
    body: &'a Body,
    data: &'a MoveData,
    reported: BTreeSet<(Span, Local)>,
    result: Result<(), ErrorReported>,
}

/// What forbids a change.
enum Obstacle {
    Variable(Local),
    /// A captured variable that is not `mut` outside.
    Captured(String, Span),
    Reference(Place),
    FnClosure,
}

impl Checker<'_, '_> {
    fn assign(&mut self, place: &Place, assigned: bool, span: Span) {
        if place.projection.is_empty() {
            let decl = &self.body.locals[place.local];
            if let Some(name) = decl.name
                && decl.mutability == Mutability::Not
                && assigned
                && self.reported.insert((span, place.local))
            {
                let is_parameter = place.local.0 as usize <= self.body.arg_count;
                self.result = Err(self.cx.tcx.diag.emit_error(
                    e0384::AssignTwice {
                        span,
                        name: name.as_str(),
                        declared: decl.span,
                        first: self.first_assignment(place.local, span),
                        is_parameter,
                    }
                    .diagnostic(),
                ));
            }
            return;
        }
        let Some(obstacle) = self.obstacle(place) else { return };
        let name = self.cx.describe(self.body, place);
        if !self.reported.insert((span, place.local)) {
            return;
        }
        let result = self.with_why(&obstacle, |why| {
            e0594::AssignImmutable { span, name: name.as_deref(), why }.diagnostic()
        });
        self.result = Err(result);
    }

    fn borrow(&mut self, place: &Place, capture: bool, span: Span) {
        let Some(obstacle) = self.obstacle(place) else { return };
        // A closure that uses `*r` exclusively may be recorded as capturing `r` itself.
        if capture && matches!(self.body.place_ty(place).kind(), TyKind::Ref(_, _, Mutability::Mut)) {
            return;
        }
        let name = self.cx.describe(self.body, place);
        if !self.reported.insert((span, place.local)) {
            return;
        }
        let result = self.with_why(&obstacle, |why| {
            e0596::BorrowImmutable { span, name: name.as_deref(), why }.diagnostic()
        });
        self.result = Err(result);
    }

    fn with_why(
        &self,
        obstacle: &Obstacle,
        message: impl FnOnce(e0596::Why<'_>) -> crate::diag::Diagnostic,
    ) -> ErrorReported {
        let diag = self.cx.tcx.diag;
        match obstacle {
            Obstacle::Variable(local) => {
                let decl = &self.body.locals[*local];
                let variable = decl.name.map_or("", |n| n.as_str());
                diag.emit_error(message(e0596::Why::Variable { variable, declared: decl.span }))
            }
            Obstacle::Captured(variable, declared) => {
                diag.emit_error(message(e0596::Why::Variable { variable, declared: *declared }))
            }
            Obstacle::Reference(place) => {
                let name = self.cx.describe(self.body, place);
                let at = self.body.locals[place.local].span;
                let reference = match (&name, place.projection.is_empty()) {
                    (Some(name), true) => Some((name.as_str(), at)),
                    _ => None,
                };
                diag.emit_error(message(e0596::Why::Reference { reference }))
            }
            Obstacle::FnClosure => diag.emit_error(message(e0596::Why::FnClosure)),
        }
    }

    fn first_assignment(&self, local: Local, not: Span) -> Option<Span> {
        for (block, effects) in self.data.effects.iter_enumerated() {
            for (statement, list) in effects.iter().enumerate() {
                let hit = list.iter().any(|e| matches!(e, Effect::Init(p) if p.0 == local.0));
                let span = self.body.span_at(Location { block, statement });
                if hit && span != not {
                    return Some(span);
                }
            }
        }
        None
    }

    /// What forbids changing a place, if anything.
    fn obstacle(&self, place: &Place) -> Option<Obstacle> {
        let mut end = place.projection.len();
        loop {
            let Some(step) = end.checked_sub(1).map(|i| place.projection[i]) else {
                let decl = &self.body.locals[place.local];
                let immutable = decl.mutability == Mutability::Not && decl.name.is_some();
                return immutable.then_some(Obstacle::Variable(place.local));
            };
            let base = Place { local: place.local, projection: place.projection[..end - 1].to_vec() };
            if let Some(found) = self.captured_obstacle(&base, step) {
                return found;
            }
            if step == Projection::Deref {
                let ty =
                    base.projection.iter().fold(self.body.locals[base.local].ty, |t, &s| project_ty(t, s));
                match ty.kind() {
                    TyKind::RawPtr(..) => return None,
                    TyKind::Ref(_, _, Mutability::Mut) => return self.through_unique(&base),
                    TyKind::Ref(..) => return Some(Obstacle::Reference(base)),
                    _ if is_box(self.cx, ty) => {}
                    _ => return None,
                }
            }
            end -= 1;
        }
    }

    /// Behind `&mut` one may write, if the `&mut` itself is not behind a shared reference.
    fn through_unique(&self, reference: &Place) -> Option<Obstacle> {
        let mut end = reference.projection.len();
        while end > 0 {
            let base = Place { local: reference.local, projection: reference.projection[..end - 1].to_vec() };
            if let Some((capture, steps)) = self.cx.captured(reference)
                && base.projection.len() < steps
            {
                let fn_closure = matches!(self.cx.closure, Some((_, ClosureKind::Fn)));
                let shared = matches!(capture.by, CaptureBy::Ref(Mutability::Not));
                return (fn_closure || shared).then_some(Obstacle::FnClosure);
            }
            if reference.projection[end - 1] == Projection::Deref {
                let ty =
                    base.projection.iter().fold(self.body.locals[base.local].ty, |t, &s| project_ty(t, s));
                match ty.kind() {
                    TyKind::Ref(_, _, Mutability::Not) => return Some(Obstacle::Reference(base)),
                    TyKind::RawPtr(..) => return None,
                    _ => {}
                }
            }
            end -= 1;
        }
        None
    }

    /// The obstacle at the step that leads from a closure to a captured variable; `None`: this is not that step.
    fn captured_obstacle(&self, base: &Place, step: Projection) -> Option<Option<Obstacle>> {
        let (_, kind) = self.cx.closure?;
        let Projection::Field(..) = step else {
            // `*` of a field that holds a reference to the captured variable.
            if step != Projection::Deref {
                return None;
            }
            let (capture, steps) = self.cx.captured(base)?;
            if base.projection.len() != steps || !matches!(capture.by, CaptureBy::Ref(_)) {
                return None;
            }
            return match capture.by {
                // The closure expression itself was checked.
                CaptureBy::Ref(Mutability::Mut) if kind == ClosureKind::Fn => Some(Some(Obstacle::FnClosure)),
                CaptureBy::Ref(Mutability::Mut) => Some(None),
                _ => None,
            };
        };
        let place = base.project(step);
        let (capture, steps) = self.cx.captured(&place)?;
        if place.projection.len() != steps || capture.by != CaptureBy::Value {
            return None;
        }
        if kind == ClosureKind::Fn {
            return Some(Some(Obstacle::FnClosure));
        }
        let through_reference = capture
            .projections
            .iter()
            .any(|p| matches!(p, crate::typeck::results::CaptureProjection::Deref(_)));
        let var = &self.cx.hir.locals[capture.local];
        if var.mutable || through_reference {
            return Some(None);
        }
        Some(Some(Obstacle::Captured(var.name.as_str().to_string(), var.span)))
    }
}
