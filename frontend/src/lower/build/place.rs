//! Expressions as places.

use super::*;
use crate::lower::thir::ExprKind;
use crate::ty::TyKind;
use crate::typeck::results::{Capture, CaptureBy, CaptureProjection};

/// A place that may still start at a variable of the body around the closure being built: which capture holds it is
/// known only when the path is.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::lower) struct PlaceBuilder {
    base: Base,
    projection: Vec<Projection>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Base {
    Local(Local),
    Captured(LocalId),
}

impl From<Local> for PlaceBuilder {
    fn from(local: Local) -> Self {
        PlaceBuilder { base: Base::Local(local), projection: Vec::new() }
    }
}

impl PlaceBuilder {
    pub fn project(&self, step: Projection) -> PlaceBuilder {
        let mut place = self.clone();
        place.projection.push(step);
        place
    }
    pub fn deref(&self) -> PlaceBuilder {
        self.project(Projection::Deref)
    }
    pub fn field(&self, index: usize, ty: Ty) -> PlaceBuilder {
        self.project(Projection::Field(index as u32, ty))
    }
}

impl Builder<'_, '_> {
    /// The place, with captured variables replaced by the closure's fields.
    pub(super) fn resolve(&mut self, place: &PlaceBuilder, span: Span) -> Place {
        match self.try_resolve(place) {
            Some(place) => place,
            None => {
                self.missing(span, "a captured variable");
                Place::local(Local(0))
            }
        }
    }

    /// The place, unless no capture covers it (then nothing may be read from it).
    pub(super) fn try_resolve(&self, place: &PlaceBuilder) -> Option<Place> {
        let var = match place.base {
            Base::Local(local) => return Some(Place { local, projection: place.projection.clone() }),
            Base::Captured(var) => var,
        };
        let BodyKind::Closure(info, kind) = &self.kind else { return None };
        let covers = |c: &&(usize, &Capture)| {
            c.1.local == var
                && c.1.projections.len() <= place.projection.len()
                && c.1.projections.iter().zip(&place.projection).all(|(c, p)| match (c, p) {
                    (CaptureProjection::Field(i, _), Projection::Field(j, _)) => *i == *j as usize,
                    (CaptureProjection::Deref(_), Projection::Deref) => true,
                    _ => false,
                })
        };
        let captures: Vec<(usize, &Capture)> = info.captures.iter().enumerate().collect();
        let &(index, capture) = captures.iter().find(covers)?;
        let mut projection = Vec::new();
        if *kind != hir::ClosureKind::FnOnce {
            projection.push(Projection::Deref);
        }
        projection.push(Projection::Field(index as u32, capture.field_ty));
        if matches!(capture.by, CaptureBy::Ref(_)) {
            projection.push(Projection::Deref);
        }
        projection.extend(&place.projection[capture.projections.len()..]);
        Some(Place { local: Local(1), projection })
    }

    /// The place of a variable.
    pub(super) fn variable(&self, var: LocalId) -> PlaceBuilder {
        if let Some(&reference) = self.in_guard.get(&var) {
            return PlaceBuilder::from(reference).deref();
        }
        match self.vars.get(&var) {
            Some(&local) => local.into(),
            None => PlaceBuilder { base: Base::Captured(var), projection: Vec::new() },
        }
    }

    /// Builds an expression as a place; what is no place goes into a temporary.
    pub(super) fn as_place(&mut self, e: ThirId) -> Place {
        let place = self.as_place_builder(e, false);
        let span = self.thir.exprs[e].span;
        self.resolve(&place, span)
    }

    /// The same. `stable`: other expressions run before the place is used, so an index may not be a variable.
    pub(super) fn as_place_builder(&mut self, e: ThirId, stable: bool) -> PlaceBuilder {
        let thir = self.thir;
        let expr = &thir.exprs[e];
        match &expr.kind {
            ExprKind::Scope(scope, inner) => {
                self.in_scope(*scope, expr.span, |b| b.as_place_builder(*inner, stable))
            }
            ExprKind::Var(var) => self.variable(*var),
            ExprKind::Field(of, index) => self.as_place_builder(*of, stable).field(*index, expr.ty),
            ExprKind::Deref(of) => self.as_place_builder(*of, stable).deref(),
            ExprKind::Index(of, index) => {
                let base = self.as_place_builder(*of, stable || !self.is_simple(*index));
                let base = self.resolve(&base, expr.span);
                let index = self.as_index(*index, stable);
                self.check_bounds(&base, thir.exprs[*of].ty, index, expr.span);
                let projection = base.projection.iter().copied().chain([Projection::Index(index)]).collect();
                PlaceBuilder { base: Base::Local(base.local), projection }
            }
            _ => self.as_temp(e, expr.temp).into(),
        }
    }

    /// The local that holds an index.
    fn as_index(&mut self, e: ThirId, stable: bool) -> Local {
        if !stable
            && let ExprKind::Var(var) = self.thir.exprs[e].kind
            && let Some(&local) = self.vars.get(&var)
            && !self.in_guard.contains_key(&var)
        {
            return local;
        }
        let expr = &self.thir.exprs[e];
        let (ty, span) = (expr.ty, expr.span);
        let operand = self.as_operand(e);
        if let Operand::Move(Place { local, projection }) = &operand
            && projection.is_empty()
            && self.body.locals[*local].name.is_none()
        {
            return *local;
        }
        let temp = self.new_temp(ty, span);
        self.assign(temp, Rvalue::Use(operand), span);
        temp
    }

    fn check_bounds(&mut self, base: &Place, ty: Ty, index: Local, span: Span) {
        let len = match ty.kind() {
            TyKind::Array(_, n) => match n.as_u64() {
                Some(n) => Operand::scalar(n as u128, Ty::usize()),
                None => Operand::Constant(Constant { kind: ConstantKind::Param(*n), ty: Ty::usize() }),
            },
            _ => {
                let len = self.new_temp(Ty::usize(), span);
                self.assign(len, Rvalue::Len(base.clone()), span);
                Operand::Copy(len.into())
            }
        };
        let inside = self.new_temp(Ty::bool(), span);
        let index = Operand::Copy(index.into());
        self.assign(inside, Rvalue::Binary(BinOp::Lt, index.clone(), len.clone()), span);
        self.assert(inside, true, AssertMessage::BoundsCheck { len, index }, span);
    }

    pub(super) fn assert(&mut self, cond: Local, expected: bool, message: AssertMessage, span: Span) {
        let next = self.new_block();
        let cond = Operand::Move(cond.into());
        self.terminate(TerminatorKind::Assert { cond, expected, message, target: next }, span, next);
    }

    /// Whether building the expression writes nothing and calls nothing: it may be read before or after a sibling.
    pub(super) fn is_simple(&self, e: ThirId) -> bool {
        let expr = &self.thir.exprs[e];
        match &expr.kind {
            ExprKind::Constant(_) | ExprKind::Var(_) => true,
            ExprKind::Field(of, _) | ExprKind::Deref(of) | ExprKind::Use(of) => self.is_simple(*of),
            ExprKind::Index(of, i) => self.is_simple(*of) && self.is_simple(*i),
            ExprKind::Binary(_, l, r) => self.is_simple(*l) && self.is_simple(*r),
            ExprKind::Unary(_, of) | ExprKind::Cast(_, of) => self.is_simple(*of),
            ExprKind::Borrow { kind: BorrowKind::Shared, of, .. } => self.is_simple(*of),
            ExprKind::Adt { fields, base: None, .. } => fields.is_empty(),
            _ => false,
        }
    }
}
