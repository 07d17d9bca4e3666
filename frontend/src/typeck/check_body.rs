//! The order of the steps of checking one body.

use std::rc::Rc;

use crate::diag::Diagnostic;
use crate::hir::{Body, DefId, DefKind};
use crate::source::Span;
use crate::ty::fold;
use crate::ty::infer::{VarKind, VarOrigin};
use crate::ty::solve::{Cause, FulfillError, FulfillErrorKind};
use crate::ty::{Clause, Flags, GenericArg, InferTy, List, Tcx, Ty, TyKind};

use super::coerce::CoerceMany;
use super::expectation::Expectation;
use super::fn_ctxt::{FnCtxt, ReturnCtxt};
use super::results::TypeckResults;

impl Tcx<'_> {
    /// Types of a body and what its paths mean.
    pub fn typeck(&self, owner: DefId) -> Rc<TypeckResults> {
        let owner = self.closure_owner(owner);
        if let Some(found) = self.caches.typeck.borrow().get(&owner) {
            return found.clone().unwrap_or_else(|| {
                // Only the type behind `impl Trait` or a constant can ask for the body it is in.
                let span = self.hir.def(owner).span;
                let d = Diagnostic::error(
                    "E0391",
                    span,
                    format!("cycle detected when type-checking `{}`", owner.path),
                );
                self.diag.emit_error(d);
                Rc::new(TypeckResults { tainted_by_errors: true, ..TypeckResults::default() })
            });
        }
        self.caches.typeck.borrow_mut().insert(owner, None);
        let results = match self.body_of(owner) {
            Some(body) => check(self, owner, body),
            None => TypeckResults { tainted_by_errors: true, ..TypeckResults::default() },
        };
        for info in results.closures.values() {
            self.caches.closures.borrow_mut().insert(info.def, info.clone());
        }
        let results = Rc::new(results);
        self.caches.typeck.borrow_mut().insert(owner, Some(results.clone()));
        results
    }
}

fn check<'h>(tcx: &Tcx<'h>, owner: DefId, body: &'h Body) -> TypeckResults {
    let cx = FnCtxt::new(tcx, owner, body);
    match &tcx.hir.def(owner).kind {
        DefKind::Fn(f) => cx.check_fn(f.output.span),
        _ => {
            let expected = cx.normalize(body.span, tcx.type_of(owner));
            cx.check_expr_coercible_to_type(body.value, expected);
            cx.require_sized(expected, cx.span(body.value));
        }
    }
    cx.fall_back();
    cx.select_where_possible();
    cx.check_casts();
    cx.select_where_possible();
    cx.analyze_closures();
    // Kinds and captures of closures may decide what waited for them.
    cx.select_where_possible();
    cx.fall_back();
    cx.select_all_or_error();
    cx.write_back()
}

impl FnCtxt<'_, '_> {
    fn check_fn(&self, output_span: Span) {
        let args = self.tcx.identity_args_erased(self.owner);
        let mut sig = self.tcx.fn_sig_erased(self.owner);
        if sig.output.flags().has(Flags::OPAQUE.or(Flags::PROJECTION)) {
            sig.output = self.replace_opaques(sig.output);
        }
        let sig = self.normalize(self.body.span, fold::subst(sig, args));
        for (&pat, &ty) in self.body.params.iter().zip(sig.inputs.iter()) {
            self.check_pat_top(pat, ty, None, None);
            self.require_sized(ty, self.body.pats[pat].span);
        }
        self.returns.borrow_mut().push(ReturnCtxt {
            coercion: CoerceMany::new(sig.output).into(),
            ty: sig.output,
            span: Some(output_span),
            is_closure: false,
        });
        self.check_return_expr(self.body.value);
        let done = self.returns.borrow_mut().pop();
        if let Some(ret) = done {
            let actual = ret.coercion.into_inner().complete(self);
            self.demand_eq(self.body.span, sig.output, actual);
        }
        self.require_sized(sig.output, output_span);
    }
    /// In the function that defines them, opaque types are variables with bounds.
    fn replace_opaques(&self, ty: Ty) -> Ty {
        let mut found = Vec::new();
        ty.walk(&mut |t| {
            if let Some(def) = self.tcx.as_opaque(t)
                && self.tcx.generics_owner(def) == self.owner
                && !found.contains(&def)
            {
                found.push(def);
            }
        });
        for &def in &found {
            let span = self.tcx.hir.def(def).span;
            let var = self.infcx.next_ty_var(span);
            self.infcx.defining.borrow_mut().push((def, var));
        }
        let defining = self.infcx.defining.borrow().clone();
        let replace = |t: Ty, defining: &[(DefId, Ty)]| {
            let def = self.tcx.as_opaque(t);
            defining.iter().find(|(d, _)| Some(*d) == def).map_or(t, |(_, v)| *v)
        };
        for &def in &found {
            for (clause, at) in self.tcx.item_bounds(def).iter() {
                use crate::ty::fold::Fold;
                // A bound may mention further opaque types: `impl Iterator<Item = impl Display>`.
                let mut inner = Vec::new();
                if let Clause::Projection(_, _, t) = clause {
                    t.walk(&mut |t| {
                        inner.extend(self.tcx.as_opaque(t));
                    });
                }
                for d in inner {
                    if !self.infcx.defining.borrow().iter().any(|(known, _)| *known == d) {
                        self.replace_opaques(fold::erase_regions(self.tcx.opaque_ty(d)));
                    }
                }
                let defining = self.infcx.defining.borrow().clone();
                let clause = clause.fold_with(&mut fold::MapTypes(|t: Ty| replace(t, &defining)));
                let ob = self.obligation(Cause::misc(*at), clause);
                let mut nested = Vec::new();
                let clause = self.infcx.normalize_clause(&ob, clause, &mut nested);
                self.register_all(nested);
                self.register(crate::ty::solve::Obligation { clause, ..ob });
            }
        }
        use crate::ty::fold::Fold;
        ty.fold_with(&mut fold::MapTypes(|t: Ty| replace(t, &defining)))
    }
    /// Checks the body of a function or closure as what it returns.
    pub(super) fn check_return_expr(&self, value: crate::hir::ExprId) {
        let index = self.returns.borrow().len() - 1;
        let ret_ty = self.returns.borrow()[index].ty;
        self.diverges.set(false);
        let expected = Expectation::HasType(ret_ty);
        let ty = self.check_expr_with_hint(value, expected);
        let mut coercion = std::mem::replace(
            &mut *self.returns.borrow()[index].coercion.borrow_mut(),
            CoerceMany::new(ret_ty),
        );
        coercion.coerce(self, Some(value), ty, super::coerce::Why::Return);
        *self.returns.borrow()[index].coercion.borrow_mut() = coercion;
    }
    /// Integer and float variables become `i32` and `f64`, diverging ones `!`.
    pub(super) fn fall_back(&self) {
        self.select_where_possible();
        let mut diverging = Vec::new();
        for vid in 0..self.infcx.var_count() {
            if self.infcx.origin(vid).is_some_and(|o| o.diverging) {
                diverging.push(self.infcx.root(vid));
            }
        }
        let mut changed = false;
        for vid in 0..self.infcx.var_count() {
            let ty = self.infcx.var(vid);
            let fallback = match ty.kind() {
                TyKind::Infer(InferTy::Int(_)) => Ty::new(TyKind::Int(crate::ty::IntTy::I32)),
                TyKind::Infer(InferTy::Float(_)) => Ty::new(TyKind::Float(crate::ty::FloatTy::F64)),
                TyKind::Infer(InferTy::Ty(root)) if diverging.contains(root) => Ty::never(),
                _ => continue,
            };
            changed = true;
            let _ = self.infcx.unify(ty, fallback);
        }
        if changed {
            self.select_where_possible();
        }
    }
    /// A variable that falls back to `!`.
    pub(super) fn diverging_var(&self, span: Span) -> Ty {
        self.infcx.next_var(VarKind::Any, VarOrigin { span, param: None, diverging: true })
    }
    fn select_all_or_error(&self) {
        self.select_where_possible();
        let pending = self.fulfill.borrow_mut().take();
        for obligation in pending {
            let e = FulfillError { obligation, kind: FulfillErrorKind::Ambiguous };
            super::diagnostics::traits::report(self, &e);
        }
    }
    /// `&args[..]` of one type.
    pub(super) fn type_args(types: &[Ty]) -> crate::ty::Args {
        List::new(&types.iter().map(|t| GenericArg::Type(*t)).collect::<Vec<_>>())
    }
}
