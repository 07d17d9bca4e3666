//! Statements, assignments and jumps.

use super::*;
use crate::lower::thir::{ExprKind, Pat, PatKind, Stmt};
use crate::typeck::results::BindingMode;

impl Builder<'_, '_> {
    /// Builds a statement. Returns how many scopes it opened that last until the end of the block.
    pub(super) fn statement(&mut self, stmt: &Stmt, block_span: Span) -> usize {
        match stmt {
            Stmt::Expr(e) => {
                self.stmt_expr(*e);
                0
            }
            Stmt::Let { remainder, scope, pat, init, els, span } => {
                self.push_scope(*remainder, block_span);
                match (init, els) {
                    (None, _) => self.declare(pat, Some(*remainder), true),
                    (Some(init), None) => {
                        self.in_scope(*scope, *span, |b| b.let_into_pattern(pat, *init, *remainder))
                    }
                    (Some(init), Some(els)) => {
                        let ((), else_block) = self.in_if_then(|b| {
                            b.in_scope(*scope, *span, |b| {
                                b.let_condition(pat, *init, Some(*remainder), *span)
                            });
                        });
                        if let Some(else_block) = else_block {
                            let after = std::mem::replace(&mut self.cur, else_block);
                            self.stmt_expr(*els);
                            self.diverge(TerminatorKind::Unreachable, *span);
                            self.cur = after;
                        }
                    }
                }
                1
            }
        }
    }

    /// `let pat = init;`
    fn let_into_pattern(&mut self, pat: &Pat, init: ThirId, remainder: ScopeId) {
        if let PatKind::Binding { local, mode: BindingMode::Value, sub: None } = pat.kind {
            self.declare(pat, None, false);
            let variable = self.vars[&local];
            self.storage_live(Some(remainder), variable, pat.span);
            self.expr_into(&variable.into(), init);
            self.schedule_value_drop(Some(remainder), variable);
            return;
        }
        let place = self.as_place_builder(init, true);
        self.declare(pat, None, false);
        self.bind_irrefutable(pat, place, Some(remainder));
    }

    /// Builds an expression for what it does.
    pub(super) fn stmt_expr(&mut self, e: ThirId) {
        let thir = self.thir;
        let expr = &thir.exprs[e];
        let span = expr.span;
        match &expr.kind {
            ExprKind::Scope(scope, inner) => self.in_scope(*scope, span, |b| b.stmt_expr(*inner)),
            ExprKind::Assign(lhs, rhs) => self.assignment(*lhs, *rhs, span),
            ExprKind::AssignOp(op, lhs, rhs) => {
                // As in rustc the right side of a built-in operator runs first.
                let (lhs_ty, simple) = (thir.exprs[*lhs].ty, self.is_simple(*lhs));
                let r = if simple { self.as_operand(*rhs) } else { self.as_saved_operand(*rhs) };
                let place = self.as_place(*lhs);
                let rvalue = self.binary(*op, Operand::Copy(place.clone()), r, lhs_ty, span, lhs_ty);
                self.assign(place, rvalue, span);
            }
            ExprKind::Break(label, value) => self.break_to(*label, *value, span),
            ExprKind::Continue(label) => self.continue_to(*label, span),
            ExprKind::Return(value) => self.return_value(*value, span),
            _ if expr.ty.is_unit() => {
                let sink = self.sink(span);
                self.expr_into(&sink, e);
            }
            ExprKind::Block(_)
            | ExprKind::If { .. }
            | ExprKind::Match { .. }
            | ExprKind::Loop(..)
            | ExprKind::NeverToAny(_)
                if expr.ty.is_never() =>
            {
                let temp = self.new_temp(expr.ty, span);
                self.expr_into(&temp.into(), e);
            }
            ExprKind::Constant(_) => {}
            _ if !self.needs_drop(expr.ty) => {
                let temp = self.new_temp(expr.ty, span);
                self.expr_into(&temp.into(), e);
            }
            _ => {
                self.as_temp(e, expr.temp);
            }
        }
    }

    fn assignment(&mut self, lhs: ThirId, rhs: ThirId, span: Span) {
        let ty = self.thir.exprs[lhs].ty;
        if self.needs_drop(ty) {
            let value = self.as_saved_operand(rhs);
            let place = self.as_place(lhs);
            let next = self.new_block();
            self.terminate(TerminatorKind::Drop { place: place.clone(), target: next }, span, next);
            self.assign(place, Rvalue::Use(value), span);
        } else if let (ExprKind::Var(_), ExprKind::Call { .. }) =
            (&self.thir.exprs[lhs].kind, &self.thir.exprs[rhs].kind)
        {
            // A call writes its result last.
            let place = self.as_place(lhs);
            self.expr_into(&place, rhs);
        } else if self.is_simple(lhs) {
            let value = self.as_rvalue(rhs);
            let place = self.as_place(lhs);
            self.assign(place, value, span);
        } else {
            let value = self.as_saved_operand(rhs);
            let place = self.as_place(lhs);
            self.assign(place, Rvalue::Use(value), span);
        }
    }
}
