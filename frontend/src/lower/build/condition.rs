//! Conditions as control flow.

use super::*;
use crate::lower::thir::{ExprKind, Pat};

impl Builder<'_, '_> {
    /// Goes on where the condition holds; leaves through [`Builder::break_for_else`] where it does not.
    pub(super) fn then_else_break(&mut self, e: ThirId) {
        let thir = self.thir;
        let expr = &thir.exprs[e];
        let span = expr.span;
        match &expr.kind {
            ExprKind::Scope(scope, inner) => self.in_scope(*scope, span, |b| b.then_else_break(*inner)),
            ExprKind::Use(inner) if matches!(thir.exprs[*inner].kind, ExprKind::Lazy { .. }) => {
                self.then_else_break(*inner)
            }
            ExprKind::Lazy { is_or: false, lhs, rhs } => {
                self.then_else_break(*lhs);
                self.then_else_break(*rhs);
            }
            ExprKind::Lazy { is_or: true, lhs, rhs } => {
                let ((), rhs_block) = self.in_if_then(|b| b.then_else_break(*lhs));
                if let Some(rhs_block) = rhs_block {
                    let holds = std::mem::replace(&mut self.cur, rhs_block);
                    self.then_else_break(*rhs);
                    let join = self.new_block();
                    self.goto(join, span);
                    self.cur = holds;
                    self.goto(join, span);
                    self.cur = join;
                }
            }
            ExprKind::Unary(UnOp::Not, inner) if expr.ty == Ty::bool() => {
                let ((), else_block) = self.in_if_then(|b| b.then_else_break(*inner));
                // Where the inner condition holds, this one fails.
                let fails = self.cur;
                self.break_for_else(fails, span);
                self.cur = match else_block {
                    Some(block) => block,
                    None => self.new_block(),
                };
            }
            ExprKind::Let { pat, value, scope } => self.let_condition(pat, *value, Some(*scope), span),
            ExprKind::Constant(Constant { kind: ConstantKind::Scalar(1), .. }) => {}
            _ => {
                let value = self.as_operand(e);
                let (then, els) = (self.new_block(), self.new_block());
                self.terminate(
                    TerminatorKind::Switch { value, targets: vec![(0, els)], otherwise: then },
                    span,
                    then,
                );
                self.break_for_else(els, span);
            }
        }
    }

    /// `let pat = value` as a condition; its variables live as long as `scope`.
    pub(super) fn let_condition(&mut self, pat: &Pat, value: ThirId, scope: Option<ScopeId>, span: Span) {
        let place = self.as_place_builder(value, true);
        self.declare(pat, None, false);
        let unmatched = self.bind_refutable(pat, place, scope);
        if let Some(unmatched) = unmatched {
            self.break_for_else(unmatched, span);
        }
    }
}
