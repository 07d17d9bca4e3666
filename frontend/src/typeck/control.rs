//! Types of `if`, `match`, loops and jumps.

use crate::diag::Diagnostic;
use crate::hir::*;
use crate::source::Span;
use crate::ty::Ty;

use super::coerce::{CoerceMany, Why};
use super::diagnostics as diags;
use super::expectation::Expectation;
use super::fn_ctxt::{BreakCtxt, FnCtxt};

impl FnCtxt<'_, '_> {
    pub(super) fn check_if(
        &self,
        c: ExprId,
        then: ExprId,
        els: Option<ExprId>,
        span: Span,
        expected: Expectation,
    ) -> Ty {
        self.check_expr_has_type(c, Ty::bool());
        let after_condition = self.diverges.replace(false);
        let expected = expected.for_branches(self);
        let target = expected.only_has_type(self).unwrap_or_else(|| self.infcx.next_ty_var(span));
        let mut coercion = CoerceMany::new(target);
        let then_ty = self.check_expr_with(then, expected);
        let then_diverges = self.diverges.get();
        match els {
            Some(els) => {
                coercion.coerce(self, Some(then), then_ty, Why::Misc);
                self.diverges.set(false);
                let else_ty = self.check_expr_with(els, expected);
                let else_diverges = self.diverges.get();
                coercion.coerce(self, Some(els), else_ty, Why::Branch(then));
                self.diverges.set(after_condition | (then_diverges && else_diverges));
            }
            None => {
                coercion.coerce(self, Some(then), then_ty, Why::Misc);
                self.diverges.set(after_condition);
                let merged = coercion.complete(self);
                if merged.is_never() || merged.is_error() || self.infcx.unify(merged, Ty::unit()).is_ok() {
                    return if merged.is_error() { merged } else { Ty::unit() };
                }
                diags::mismatch::report_coercion(self, span, merged, Ty::unit(), None, Why::NoElse);
                return Ty::error();
            }
        }
        coercion.complete(self)
    }
    /// The last expression of a block, for messages about its value.
    pub fn tail_span(&self, e: ExprId) -> Span {
        match &self.body.exprs[e].kind {
            ExprKind::Block(Block { value: Some(v), .. }, _) => self.tail_span(*v),
            _ => self.span(e),
        }
    }

    pub(super) fn check_match(
        &self,
        e: ExprId,
        scrutinee: ExprId,
        arms: &[Arm],
        source: MatchSource,
        expected: Expectation,
    ) -> Ty {
        let scrutinee_ty = self.check_expr(scrutinee);
        let scrutinee_diverges = self.diverges.replace(false);
        for arm in arms {
            self.check_pat_top(arm.pat, scrutinee_ty, Some(self.span(scrutinee)), Some(scrutinee));
        }
        if arms.iter().any(|a| self.binds_by_mut_ref(a.pat)) {
            self.convert_place_derefs_to_mutable(scrutinee);
        }
        let original = expected;
        let expected = if matches!(source, MatchSource::Match | MatchSource::Question) {
            expected.for_branches(self)
        } else {
            expected
        };
        let target = match original.only_has_type(self) {
            // A desugared match stands for its only arm.
            Some(t) if arms.len() == 1 && source != MatchSource::Match => t,
            _ => expected.only_has_type(self).unwrap_or_else(|| self.infcx.next_ty_var(self.span(e))),
        };
        let mut coercion = CoerceMany::new(target);
        let mut all_diverge = true;
        let mut previous = None;
        for arm in arms {
            self.diverges.set(false);
            if let Some(guard) = arm.guard {
                self.check_expr_has_type(guard, Ty::bool());
                self.diverges.set(false);
            }
            let ty = self.check_expr_with(arm.body, expected);
            all_diverge &= self.diverges.get();
            coercion.coerce(self, Some(arm.body), ty, Why::Arm(previous));
            previous = Some(arm.body);
        }
        self.diverges.set(scrutinee_diverges | all_diverge);
        coercion.complete(self)
    }

    pub(super) fn check_loop(
        &self,
        body: ExprId,
        label: LabelId,
        source: LoopSource,
        expected: Expectation,
    ) -> Ty {
        let coercion = match source {
            LoopSource::Loop => {
                let target =
                    expected.only_has_type(self).unwrap_or_else(|| self.infcx.next_ty_var(self.span(body)));
                Some(CoerceMany::new(target))
            }
            LoopSource::While | LoopSource::For => None,
        };
        let has_value = coercion.is_some();
        let old = self.breaks.borrow_mut().insert(label, BreakCtxt { coercion, may_break: false });
        let body_ty = self.check_expr_with(body, Expectation::HasType(Ty::unit()));
        if self.try_coerce(body, body_ty, Ty::unit()).is_err() {
            diags::mismatch::report(self, self.tail_span(body), Ty::unit(), body_ty, Some(body));
        }
        let done = self.breaks.borrow_mut().remove(&label);
        if let Some(old) = old {
            self.breaks.borrow_mut().insert(label, old);
        }
        let Some(done) = done else { return Ty::error() };
        if done.may_break || !has_value {
            // A `break` leaves the loop, so what follows is reached.
            self.diverges.set(false);
        }
        if !has_value {
            return Ty::unit();
        }
        if !done.may_break {
            self.diverges.set(true);
        }
        done.coercion.map_or(Ty::unit(), |c| c.complete(self))
    }

    pub(super) fn check_break(&self, span: Span, label: LabelId, value: Option<ExprId>) -> Ty {
        let target = {
            let breaks = self.breaks.borrow();
            match breaks.get(&label) {
                Some(ctxt) => ctxt.coercion.as_ref().map(|c| c.expected),
                None => {
                    drop(breaks);
                    if let Some(v) = value {
                        self.check_expr(v);
                    }
                    self.tainted.set(true);
                    return Ty::never();
                }
            }
        };
        let value_ty = match (value, target) {
            (Some(v), Some(t)) => Some(self.check_expr_with(v, Expectation::HasType(t))),
            (Some(v), None) => {
                self.check_expr(v);
                self.error(
                    Diagnostic::error("E0571", span, "`break` with value from a `while` or `for` loop")
                        .primary("can only break with a value inside `loop` or breakable block"),
                );
                None
            }
            (None, _) => None,
        };
        let taken = self.breaks.borrow_mut().get_mut(&label).and_then(|c| {
            c.may_break = true;
            c.coercion.take()
        });
        if let Some(mut c) = taken {
            match (value, value_ty) {
                (Some(v), Some(ty)) => c.coerce(self, Some(v), ty, Why::Break),
                _ => c.coerce_at(self, span, None, Ty::unit(), Why::Break),
            }
            if let Some(ctxt) = self.breaks.borrow_mut().get_mut(&label) {
                ctxt.coercion = Some(c);
            }
        }
        Ty::never()
    }

    pub(super) fn check_return(&self, span: Span, value: Option<ExprId>) -> Ty {
        let Some(index) = self.returns.borrow().len().checked_sub(1) else {
            self.error(Diagnostic::error("E0572", span, "return statement outside of function body"));
            if let Some(v) = value {
                self.check_expr(v);
            }
            return Ty::never();
        };
        let ret_ty = self.returns.borrow()[index].ty;
        let ty = value.map(|v| self.check_expr_with(v, Expectation::HasType(ret_ty)));
        let take = |with: CoerceMany| {
            let returns = self.returns.borrow();
            std::mem::replace(&mut *returns[index].coercion.borrow_mut(), with)
        };
        let mut coercion = take(CoerceMany::new(ret_ty));
        match (value, ty) {
            (Some(v), Some(ty)) => coercion.coerce(self, Some(v), ty, Why::Return),
            _ => {
                if self.infcx.unify(ret_ty, Ty::unit()).is_err() {
                    diags::mismatch::return_without_value(self, span, ret_ty);
                }
            }
        }
        take(coercion);
        Ty::never()
    }
}
