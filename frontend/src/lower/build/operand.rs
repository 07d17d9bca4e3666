//! Expressions as operands and temporaries.

use super::*;
use crate::lower::thir::ExprKind;

impl Builder<'_, '_> {
    /// Builds operands left to right. One that is a place is read where it stands if nothing built after it can
    /// change it; otherwise its value is saved in a temporary, as rustc always does.
    pub(super) fn as_operands(&mut self, es: &[ThirId]) -> Vec<Operand> {
        // What follows only reads; what follows is not even built before the operands are read, in order.
        let (mut calm, mut bare) = (true, true);
        let mut direct = vec![true; es.len()];
        for i in (0..es.len()).rev() {
            let copied = self.tcx.is_copy(&self.env, self.thir.exprs[es[i]].ty);
            direct[i] = (bare || calm && copied) && !(copied && self.is_behind_temporary(es[i]));
            calm &= self.is_simple(es[i]);
            bare &= self.is_bare(es[i]);
        }
        let build = |(&e, direct)| if direct { self.as_operand(e) } else { self.as_saved_operand(e) };
        es.iter().zip(direct).map(build).collect()
    }

    /// Builds an operand that is used before anything else is built.
    pub(super) fn as_operand(&mut self, e: ThirId) -> Operand {
        let thir = self.thir;
        let expr = &thir.exprs[e];
        match &expr.kind {
            ExprKind::Constant(c) => Operand::Constant(c.clone()),
            ExprKind::Use(of) if self.is_place_expr(*of) => self.as_operand(*of),
            ExprKind::Var(_) | ExprKind::Field(..) | ExprKind::Deref(_) | ExprKind::Index(..) => {
                let place = self.as_place(e);
                self.operand_spans.push((place.clone(), expr.span));
                self.consume(place, expr.ty)
            }
            _ => self.as_saved_operand(e),
        }
    }

    /// Builds an operand whose value later expressions cannot change.
    pub(super) fn as_saved_operand(&mut self, e: ThirId) -> Operand {
        let thir = self.thir;
        let expr = &thir.exprs[e];
        match &expr.kind {
            ExprKind::Constant(c) => Operand::Constant(c.clone()),
            _ if !self.needs_drop(expr.ty) => {
                // Read once and right after: its storage needs no marks.
                let temp = self.new_temp(expr.ty, expr.span);
                self.expr_into(&temp.into(), e);
                Operand::Move(temp.into())
            }
            _ => Operand::Move(self.as_temp(e, expr.temp).into()),
        }
    }

    /// A place behind a reference that is computed for it, as in `v[i]` of a vector. It is read at once, so that the
    /// reference is dead when the call begins: a receiver borrowed in two phases is borrowed exclusively from there on.
    fn is_behind_temporary(&self, e: ThirId) -> bool {
        match self.thir.exprs[e].kind {
            ExprKind::Use(of) | ExprKind::Scope(_, of) | ExprKind::Field(of, _) | ExprKind::Index(of, _) => {
                self.is_behind_temporary(of)
            }
            ExprKind::Deref(of) => self.is_call(of) || self.is_behind_temporary(of),
            _ => false,
        }
    }

    fn is_call(&self, e: ThirId) -> bool {
        match self.thir.exprs[e].kind {
            ExprKind::Use(of) | ExprKind::Scope(_, of) => self.is_call(of),
            ExprKind::Call { .. } => true,
            _ => false,
        }
    }

    /// A constant or a place without an index.
    fn is_bare(&self, e: ThirId) -> bool {
        match self.thir.exprs[e].kind {
            ExprKind::Constant(_) | ExprKind::Var(_) => true,
            ExprKind::Field(of, _) | ExprKind::Deref(of) => self.is_bare(of),
            _ => false,
        }
    }

    pub(super) fn is_place_expr(&self, e: ThirId) -> bool {
        matches!(
            self.thir.exprs[e].kind,
            ExprKind::Var(_) | ExprKind::Field(..) | ExprKind::Deref(_) | ExprKind::Index(..)
        )
    }

    /// Builds an expression into a new temporary that dies with `scope`.
    pub(super) fn as_temp(&mut self, e: ThirId, scope: Option<ScopeId>) -> Local {
        let thir = self.thir;
        let expr = &thir.exprs[e];
        if let ExprKind::Scope(inner_scope, inner) = &expr.kind {
            return self.in_scope(*inner_scope, expr.span, |b| b.as_temp(*inner, scope));
        }
        let temp = self.new_temp(expr.ty, expr.span);
        let diverges = matches!(expr.kind, ExprKind::Break(..) | ExprKind::Continue(_) | ExprKind::Return(_));
        if !diverges {
            self.storage_live(scope, temp, expr.span);
        }
        self.expr_into(&temp.into(), e);
        if !diverges {
            self.schedule_value_drop(scope, temp);
        }
        temp
    }
}
