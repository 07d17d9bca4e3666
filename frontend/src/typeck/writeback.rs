//! The end of checking a body: variables are replaced, unknown types reported, built-in operators recognised.

use crate::hash::FastMap;
use crate::hir::{BinOp, ExprId, ExprKind, UnOp};
use crate::source::Span;
use crate::ty::fold::{Fold, Folder};
use crate::ty::{Const, ConstKind, Flags, InferTy, Ty, TyKind};

use super::diagnostics as diags;
use super::fn_ctxt::FnCtxt;
use super::results::{AdjustKind, TypeckResults, ValueRes};

impl FnCtxt<'_, '_> {
    /// The results with every variable replaced.
    pub(super) fn write_back(&self) -> TypeckResults {
        let mut r = std::mem::take(&mut *self.results.borrow_mut());
        let mut w = Writer { cx: self, span: self.body.span };
        for (local, of) in self.body.locals.iter_enumerated() {
            let Some(ty) = r.local_ty.get_mut(&local) else { continue };
            w.span = of.span;
            *ty = w.finish_local(*ty, of.name);
        }
        for (p, of) in self.body.pats.iter_enumerated() {
            let Some(ty) = r.pat_ty.get_mut(&p) else { continue };
            w.span = of.span;
            *ty = w.finish(*ty);
        }
        for (e, of) in self.body.exprs.iter_enumerated() {
            let Some(ty) = r.expr_ty.get_mut(&e) else { continue };
            w.span = of.span;
            *ty = w.finish(*ty);
        }
        for list in r.pat_adjustments.values_mut() {
            list.iter_mut().for_each(|t| *t = w.finish(*t));
        }
        for (e, list) in sorted(&mut r.adjustments) {
            w.span = self.span(e);
            for a in list {
                a.target = w.finish(a.target);
                if let AdjustKind::OverloadedDeref(_, _, args) = &mut a.kind {
                    *args = w.finish(*args);
                }
            }
        }
        for (e, (_, args)) in sorted(&mut r.callee) {
            w.span = self.span(e);
            *args = w.finish(*args);
        }
        for (e, res) in sorted(&mut r.path_res) {
            w.span = self.span(e);
            w.finish_res(res);
        }
        for (p, res) in sorted(&mut r.pat_res) {
            w.span = self.body.pats[p].span;
            w.finish_res(res);
        }
        for ((p, _), res) in sorted(&mut r.range_ends) {
            w.span = self.body.pats[p].span;
            w.finish_res(res);
        }
        for (e, info) in sorted(&mut r.closures) {
            w.span = self.span(e);
            info.ty = w.finish(info.ty);
            for c in &mut info.captures {
                c.place_ty = w.finish(c.place_ty);
                c.field_ty = w.finish(c.field_ty);
                for p in &mut c.projections {
                    use super::results::CaptureProjection as P;
                    match p {
                        P::Field(_, t) | P::Deref(t) => *t = w.finish(*t),
                    }
                }
            }
        }
        let defining = self.infcx.defining.borrow().clone();
        for (def, var) in defining {
            w.span = self.tcx.hir.def(def).span;
            let hidden = w.finish(var);
            r.opaque_types.insert(def, hidden);
        }
        self.fix_builtin_operators(&mut r);
        r.tainted_by_errors = self.tainted.get();
        r
    }
    /// Operators on primitive operands are built in: no callee, no borrows.
    fn fix_builtin_operators(&self, r: &mut TypeckResults) {
        let scalar = |ty: Option<&Ty>| ty.is_some_and(|t| self.is_scalar(*t));
        for e in self.body.exprs.indices() {
            match self.body.exprs[e].kind {
                ExprKind::Binary(op, lhs, rhs)
                    if scalar(adjusted_without_borrow(r, lhs).as_ref())
                        && scalar(adjusted_without_borrow(r, rhs).as_ref())
                        && r.callee.remove(&e).is_some()
                        && is_comparison(op) =>
                {
                    drop_borrow(r, lhs);
                    drop_borrow(r, rhs);
                }
                ExprKind::AssignOp(_, lhs, rhs)
                    if scalar(r.expr_ty.get(&lhs))
                        && scalar(adjusted_without_borrow(r, rhs).as_ref())
                        && r.callee.remove(&e).is_some() =>
                {
                    drop_borrow(r, lhs);
                }
                ExprKind::Unary(UnOp::Neg | UnOp::Not, inner) if scalar(r.expr_ty.get(&inner)) => {
                    r.callee.remove(&e);
                }
                _ => {}
            }
        }
    }
}

fn is_comparison(op: BinOp) -> bool {
    matches!(op, BinOp::Eq | BinOp::Ne | BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge)
}

fn adjusted_without_borrow(r: &TypeckResults, e: ExprId) -> Option<Ty> {
    let steps = r.adjustments.get(&e).map(Vec::as_slice).unwrap_or_default();
    let kept = match steps.last().map(|s| &s.kind) {
        Some(AdjustKind::Borrow { .. }) => &steps[..steps.len() - 1],
        _ => steps,
    };
    kept.last().map(|s| s.target).or_else(|| r.expr_ty.get(&e).copied())
}

fn drop_borrow(r: &mut TypeckResults, e: ExprId) {
    if let Some(steps) = r.adjustments.get_mut(&e) {
        if matches!(steps.last().map(|s| &s.kind), Some(AdjustKind::Borrow { .. })) {
            steps.pop();
        }
        if steps.is_empty() {
            r.adjustments.remove(&e);
        }
    }
}

fn sorted<K: Copy + Ord, V>(map: &mut FastMap<K, V>) -> Vec<(K, &mut V)> {
    let mut list: Vec<(K, &mut V)> = map.iter_mut().map(|(k, v)| (*k, v)).collect();
    list.sort_by_key(|(k, _)| *k);
    list
}

struct Writer<'a, 't, 'h> {
    cx: &'a FnCtxt<'t, 'h>,
    span: Span,
}

impl Writer<'_, '_, '_> {
    fn finish<T: Fold>(&mut self, value: T) -> T {
        if value.flags().has(Flags::INFER) { self.cx.infcx.resolve(value).fold_with(self) } else { value }
    }
    fn finish_local(&mut self, ty: Ty, name: crate::symbol::Symbol) -> Ty {
        let known = self.cx.infcx.resolve(ty);
        if known.flags().has(Flags::INFER) && !self.cx.tainted.get() {
            self.cx.error(diags::inference::annotations_needed_for(self.cx, self.span, name, known));
        }
        self.finish(known)
    }
    fn finish_res(&mut self, res: &mut ValueRes) {
        match res {
            ValueRes::Fn(_, args) | ValueRes::Ctor(_, _, args) | ValueRes::Const(_, args) => {
                *args = self.finish(*args);
            }
            ValueRes::Local(_) | ValueRes::Static(_) | ValueRes::ConstParam(_) => {}
        }
    }
    fn unknown(&self, param: Option<crate::symbol::Symbol>) {
        if !self.cx.tainted.get() {
            self.cx.error(diags::inference::annotations_needed(self.span, param));
        }
    }
}

impl Folder for Writer<'_, '_, '_> {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        if !ty.flags().has(Flags::INFER) {
            return ty;
        }
        match *ty.kind() {
            TyKind::Infer(v) => {
                let (InferTy::Ty(vid) | InferTy::Int(vid) | InferTy::Float(vid)) = v;
                self.unknown(self.cx.infcx.origin(vid).and_then(|o| o.param));
                Ty::error()
            }
            _ => ty.super_fold(self),
        }
    }
    fn fold_const(&mut self, c: Const) -> Const {
        match c.kind() {
            ConstKind::Infer(_) => {
                self.unknown(None);
                Const::new(ConstKind::Error)
            }
            _ => c.super_fold(self),
        }
    }
}
