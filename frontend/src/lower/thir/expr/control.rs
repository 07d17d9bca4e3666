//! Blocks, conditions and arms: what has scopes of its own.

use super::*;

impl Cx<'_, '_> {
    pub(super) fn arm(&mut self, arm: &hir::Arm) -> Arm {
        let scope = self.fresh_scope();
        let saved = std::mem::replace(&mut self.let_scope, scope);
        let (guard, body) = self.within(scope, |cx| {
            (arm.guard.map(|g| cx.escaping(false, |cx| cx.condition(g))), cx.terminating(arm.body))
        });
        self.let_scope = saved;
        Arm { scope, pat: self.pattern(arm.pat), guard, body, span: arm.span }
    }

    /// The condition of an `if` or guard: parts without `let` are terminating.
    pub(super) fn condition(&mut self, e: ExprId) -> ThirId {
        let hir = self.hir;
        if !self.has_let(e) {
            return self.escaping(false, |cx| cx.terminating(e));
        }
        match &hir.exprs[e].kind {
            hir::ExprKind::Lazy { is_or: false, lhs, rhs } => {
                let lhs = self.condition(*lhs);
                let rhs = self.condition(*rhs);
                let (span, temp) = (hir.exprs[e].span, self.temp);
                self.push(ExprKind::Lazy { is_or: false, lhs, rhs }, Ty::bool(), span, temp)
            }
            _ => self.expr(e),
        }
    }

    pub(super) fn has_let(&self, e: ExprId) -> bool {
        match &self.hir.exprs[e].kind {
            hir::ExprKind::Let(..) => true,
            hir::ExprKind::Lazy { lhs, rhs, .. } => self.has_let(*lhs) || self.has_let(*rhs),
            _ => false,
        }
    }

    pub(super) fn lazy_operand(&mut self, e: ExprId, outer: Option<bool>) -> ThirId {
        match &self.hir.exprs[e].kind {
            hir::ExprKind::Let(..) => self.expr(e),
            hir::ExprKind::Lazy { is_or, .. } if outer == Some(*is_or) => self.expr(e),
            _ => self.escaping(false, |cx| cx.terminating(e)),
        }
    }

    pub(super) fn block(&mut self, block: &hir::Block, label: Option<LabelId>) -> Block {
        let scope = self.fresh_scope();
        let mut stmts = Vec::with_capacity(block.stmts.len());
        for stmt in &block.stmts {
            stmts.push(match stmt {
                hir::Stmt::Expr { expr, .. } => Stmt::Expr(self.escaping(true, |cx| cx.terminating(*expr))),
                hir::Stmt::Let { pat, init, els, span, .. } => {
                    let remainder = self.fresh_scope();
                    let scope = self.fresh_scope();
                    if let Some(init) = init {
                        self.extend_temporaries(Some(*pat), *init, Some(remainder));
                    }
                    let init =
                        self.within(scope, |cx| init.map(|init| cx.escaping(true, |cx| cx.expr(init))));
                    let els = els.map(|e| self.terminating(e));
                    Stmt::Let { remainder, scope, pat: self.pattern(*pat), init, els, span: *span }
                }
            });
        }
        let value = block.value.map(|v| if self.dies_early { self.terminating(v) } else { self.expr(v) });
        Block { scope, stmts, value, label }
    }
}
