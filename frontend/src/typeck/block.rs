//! Blocks and statements.

use crate::diag::Diagnostic;
use crate::hir::*;
use crate::ty::Ty;

use super::coerce::{CoerceMany, Why};
use super::diagnostics as diags;
use super::expectation::Expectation;
use super::fn_ctxt::{BreakCtxt, FnCtxt};

impl FnCtxt<'_, '_> {
    /// Checks `{ … }`.
    pub(super) fn check_block(
        &self,
        e: ExprId,
        block: &Block,
        label: Option<LabelId>,
        expected: Expectation,
    ) -> Ty {
        let span = self.span(e);
        if let Some(label) = label {
            let target = expected.only_has_type(self).unwrap_or_else(|| self.infcx.next_ty_var(span));
            let coercion = Some(CoerceMany::new(target));
            self.breaks.borrow_mut().insert(label, BreakCtxt { coercion, may_break: false });
            let target = Expectation::HasType(target);
            self.check_stmts(block);
            let value = block.value.map(|v| (v, self.check_expr_with(v, target)));
            let Some(done) = self.breaks.borrow_mut().remove(&label) else { return Ty::error() };
            let Some(mut coercion) = done.coercion else { return Ty::error() };
            match value {
                Some((v, ty)) => coercion.coerce(self, Some(v), ty, Why::Misc),
                None if !self.diverges.get() => {
                    coercion.coerce_at(self, span, None, Ty::unit(), Why::BlockEnd(self.last_stmt(block)))
                }
                None => {}
            }
            if done.may_break {
                self.diverges.set(false);
            }
            return coercion.complete(self);
        }
        self.check_stmts(block);
        match block.value {
            Some(v) => {
                let ty = self.check_expr_with(v, expected);
                // The value of a block is a place to coerce at, as the block itself is.
                match expected.only_has_type(self) {
                    Some(target) if !self.infcx.is_ty_var(target) => {
                        let mut c = CoerceMany::new(target);
                        c.coerce(self, Some(v), ty, Why::Misc);
                        c.complete(self)
                    }
                    _ => {
                        if self.diverges.get() && self.infcx.shallow(ty).is_never() {
                            return Ty::never();
                        }
                        ty
                    }
                }
            }
            None if self.diverges.get() => Ty::never(),
            None => {
                if let Some(target) = expected.only_has_type(self)
                    && self.infcx.unify(target, Ty::unit()).is_err()
                {
                    let why = Why::BlockEnd(self.last_stmt(block));
                    diags::mismatch::report_coercion(self, span, target, Ty::unit(), None, why);
                    return Ty::error();
                }
                Ty::unit()
            }
        }
    }
    fn last_stmt(&self, block: &Block) -> Option<ExprId> {
        match block.stmts.last() {
            Some(Stmt::Expr { expr, semi: true }) => Some(*expr),
            _ => None,
        }
    }
    fn check_stmts(&self, block: &Block) {
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let { pat, ty, init, els, .. } => {
                    self.check_let(*pat, ty.as_ref(), *init);
                    if let Some(els) = els {
                        let before = self.diverges.get();
                        let found = self.check_expr_with(*els, Expectation::HasType(Ty::never()));
                        if !self.infcx.shallow(found).is_never() && !found.is_error() {
                            self.error(
                                Diagnostic::error(
                                    "E0308",
                                    self.span(*els),
                                    "`else` clause of `let...else` does not diverge",
                                )
                                .primary(format!("expected `!`, found `{}`", self.show(found)))
                                .note("try adding a diverging expression, such as `return` or `panic!(..)`"),
                            );
                        }
                        self.diverges.set(before);
                    }
                }
                Stmt::Expr { expr, semi: true } => {
                    self.check_expr(*expr);
                }
                Stmt::Expr { expr, semi: false } => {
                    let ty = self.check_expr_with(*expr, Expectation::HasType(Ty::unit()));
                    if self.try_coerce(*expr, ty, Ty::unit()).is_err() {
                        diags::mismatch::report(self, self.tail_span(*expr), Ty::unit(), ty, Some(*expr));
                    }
                }
            }
        }
    }
    /// `let p: T = x`, as a statement or condition.
    pub(super) fn check_let(&self, pat: PatId, ty: Option<&HirTy>, init: Option<ExprId>) {
        let declared = ty.map(|t| self.lower_ty(t));
        let pat_span = self.body.pats[pat].span;
        let decl_ty = match (declared, init) {
            (Some(ty), Some(init)) => {
                self.check_expr_coercible_to_type(init, ty);
                ty
            }
            (Some(ty), None) => ty,
            (None, Some(init)) => {
                if self.binds_by_ref(pat) || !matches!(self.body.pats[pat].kind, PatKind::Binding { .. }) {
                    let found = self.check_expr(init);
                    if self.infcx.shallow(found).is_never() {
                        let var = self.infcx.next_ty_var(pat_span);
                        self.demand_coerce(init, found, var)
                    } else {
                        found
                    }
                } else {
                    let var = self.infcx.next_ty_var(pat_span);
                    self.check_expr_coercible_to_type(init, var);
                    var
                }
            }
            (None, None) => self.infcx.next_ty_var(pat_span),
        };
        self.check_pat_top(pat, decl_ty, ty.map(|t| t.span).or(init.map(|i| self.span(i))), init);
        if let Some(init) = init
            && self.binds_by_mut_ref(pat)
        {
            self.convert_place_derefs_to_mutable(init);
        }
        if matches!(self.body.pats[pat].kind, PatKind::Binding { by_ref: None, .. }) {
            self.require_sized(decl_ty, pat_span);
        }
    }
}
