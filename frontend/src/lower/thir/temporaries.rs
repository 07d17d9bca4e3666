//! Which temporaries outlive their statement: the extended expressions of `let x = &temp;` and what they borrow.

use super::ScopeId;
use super::expr::Cx;
use crate::hir::{ExprId, ExprKind, PatId, PatKind, Res, UnOp};

impl Cx<'_, '_> {
    /// Gives the temporaries of an initialiser that `let` extends the scope `to`.
    pub(super) fn extend_temporaries(&mut self, pat: Option<PatId>, init: ExprId, to: Option<ScopeId>) {
        self.extend_borrows(init, to);
        if pat.is_some_and(|p| self.binds_by_reference(p)) {
            self.extend_operand(init, to);
        }
    }

    fn extend_borrows(&mut self, e: ExprId, to: Option<ScopeId>) {
        let hir = self.hir;
        match &hir.exprs[e].kind {
            ExprKind::Ref(_, of) | ExprKind::RawRef(_, of) => {
                self.extend_borrows(*of, to);
                self.extend_operand(*of, to);
            }
            ExprKind::Struct { fields, .. } => fields.iter().for_each(|f| self.extend_borrows(f.value, to)),
            ExprKind::Tuple(es) | ExprKind::Array(es) => es.iter().for_each(|&e| self.extend_borrows(e, to)),
            ExprKind::Cast(e, _) | ExprKind::Ascribe(e, _) => self.extend_borrows(*e, to),
            ExprKind::Block(block, _) => block.value.iter().for_each(|&e| self.extend_borrows(e, to)),
            ExprKind::If(_, then, els) => {
                self.extend_borrows(*then, to);
                els.iter().for_each(|&e| self.extend_borrows(e, to));
            }
            ExprKind::Match(_, arms, _) => arms.iter().for_each(|a| self.extend_borrows(a.body, to)),
            ExprKind::Call(f, args) if self.is_constructor(*f) => {
                args.iter().for_each(|&e| self.extend_borrows(e, to))
            }
            _ => {}
        }
    }

    /// The borrowed expression itself, and the places it is a part of.
    fn extend_operand(&mut self, e: ExprId, to: Option<ScopeId>) {
        let hir = self.hir;
        let mut e = e;
        loop {
            self.extended.insert(e, to);
            match &hir.exprs[e].kind {
                ExprKind::Ref(_, of)
                | ExprKind::Unary(UnOp::Deref, of)
                | ExprKind::Field(of, _, _)
                | ExprKind::Index(of, _) => e = *of,
                _ => return,
            }
        }
    }

    fn is_constructor(&self, f: ExprId) -> bool {
        matches!(&self.hir.exprs[f].kind, ExprKind::Path(p) if matches!(p.res, Res::Ctor(_)))
            || matches!(self.results.path_res.get(&f), Some(crate::typeck::results::ValueRes::Ctor(..)))
    }

    fn binds_by_reference(&self, pat: PatId) -> bool {
        match &self.hir.pats[pat].kind {
            PatKind::Binding { by_ref, sub, .. } => {
                by_ref.is_some() || sub.is_some_and(|p| self.binds_by_reference(p))
            }
            PatKind::TupleStruct(_, ps, _) | PatKind::Tuple(ps, _) | PatKind::Or(ps) => {
                ps.iter().any(|&p| self.binds_by_reference(p))
            }
            PatKind::Struct { fields, .. } => fields.iter().any(|f| self.binds_by_reference(f.2)),
            PatKind::Slice { before, rest, after } => {
                before.iter().chain(after).chain(rest.iter().flatten()).any(|&p| self.binds_by_reference(p))
            }
            _ => false,
        }
    }
}
