//! Overloaded `*x` and `x[i]`, and turning them into their mutable forms when the place is written or borrowed mutably.

use crate::hir::{ExprId, ExprKind, UnOp};
use crate::ty::{InferTy, Mutability, Ty, TyKind, UintTy};

use super::diagnostics as diags;
use super::fn_ctxt::FnCtxt;
use super::results::{AdjustKind, Adjustment};

impl FnCtxt<'_, '_> {
    /// `*x` through `Deref`.
    pub(super) fn overloaded_place_deref(&self, e: ExprId, inner: ExprId, ty: Ty) -> Option<Ty> {
        let trait_def = self.tcx.lang.deref?;
        let may = matches!(
            ty.kind(),
            TyKind::Adt(..) | TyKind::Param(_) | TyKind::Projection(..) | TyKind::Opaque(..)
        );
        if !may {
            return None;
        }
        let method = self.lookup_method_in_trait(self.span(e), "deref", trait_def, ty, &[])?;
        let borrow = AdjustKind::Borrow { mutability: Mutability::Not, two_phase: false };
        self.apply_adjustments(
            inner,
            vec![Adjustment { kind: borrow, target: Ty::reference(ty, Mutability::Not) }],
        );
        self.results.borrow_mut().callee.insert(e, (method.def, method.args));
        match *self.structurally_resolve(method.sig.output).kind() {
            TyKind::Ref(_, to, _) => Some(to),
            _ => Some(Ty::error()),
        }
    }

    /// Checks `x[i]`.
    pub(super) fn check_index(&self, e: ExprId, base: ExprId, index: ExprId) -> Ty {
        let base_ty = self.check_expr(base);
        let index_ty = self.check_expr(index);
        if base_ty.is_error() || index_ty.is_error() {
            return Ty::error();
        }
        let base_ty = self.expect_resolved(self.span(base), base_ty);
        let index_ty = self.structurally_resolve(index_ty);
        match self.lookup_indexing(e, base, base_ty, index_ty) {
            Some((wanted, element)) => {
                self.demand_coerce(index, index_ty, wanted);
                self.select_where_possible();
                element
            }
            None => {
                diags::operators::cannot_index(self, e, base_ty, index_ty);
                Ty::error()
            }
        }
    }
    fn lookup_indexing(&self, e: ExprId, base: ExprId, base_ty: Ty, index_ty: Ty) -> Option<(Ty, Ty)> {
        let mut deref = self.autoderef(self.span(base), base_ty);
        while let Some((ty, _)) = deref.next() {
            let ty = self.structurally_resolve(ty);
            if ty.is_error() {
                return Some((self.infcx.next_ty_var(self.span(e)), ty));
            }
            let steps = self.deref_adjustments(&deref.steps, ty);
            let builtin_index =
                matches!(index_ty.kind(), TyKind::Uint(UintTy::Usize) | TyKind::Infer(InferTy::Int(_)));
            if let (TyKind::Array(t, _) | TyKind::Slice(t), true) = (ty.kind(), builtin_index) {
                self.register_all(std::mem::take(&mut deref.obligations));
                self.apply_adjustments(base, steps);
                return Some((Ty::usize(), *t));
            }
            for unsize in [false, true] {
                let mut this = ty;
                if unsize {
                    let TyKind::Array(t, _) = *ty.kind() else { break };
                    this = Ty::slice(t);
                }
                // What the index is may still depend on the impl: a variable, then a coercion.
                let input = self.infcx.next_ty_var(self.span(e));
                let Some(trait_def) = self.tcx.lang.index else { break };
                let Some(method) =
                    self.lookup_method_in_trait(self.span(e), "index", trait_def, this, &[input])
                else {
                    continue;
                };
                self.register_all(std::mem::take(&mut deref.obligations));
                let mut steps = steps.clone();
                let borrow = AdjustKind::Borrow { mutability: Mutability::Not, two_phase: false };
                steps.push(Adjustment { kind: borrow, target: Ty::reference(ty, Mutability::Not) });
                if unsize {
                    let target = Ty::reference(this, Mutability::Not);
                    steps.push(Adjustment { kind: AdjustKind::Unsize, target });
                }
                self.apply_adjustments(base, steps);
                self.results.borrow_mut().callee.insert(e, (method.def, method.args));
                let element = match *self.structurally_resolve(method.sig.output).kind() {
                    TyKind::Ref(_, to, _) => to,
                    _ => Ty::error(),
                };
                return Some((input, element));
            }
        }
        None
    }
    /// The place is written or borrowed mutably: overloaded steps on the way to it must be the mutable ones.
    pub(super) fn convert_place_derefs_to_mutable(&self, e: ExprId) {
        let mut chain = vec![e];
        while let Some(&last) = chain.last() {
            match self.body.exprs[last].kind {
                ExprKind::Field(base, ..) | ExprKind::Index(base, _) | ExprKind::Unary(UnOp::Deref, base) => {
                    chain.push(base)
                }
                _ => break,
            }
        }
        for &at in chain.iter().rev() {
            // Overloaded steps in the adjustments of this part.
            let adjusted = self.results.borrow().adjustments.get(&at).cloned();
            if let Some(mut steps) = adjusted {
                let mut source = self.expr_ty(at);
                for step in &mut steps {
                    if let AdjustKind::OverloadedDeref(Mutability::Not, ..) = step.kind
                        && let Some(trait_def) = self.tcx.lang.deref_mut
                        && let Some(m) =
                            self.lookup_method_in_trait(self.span(at), "deref_mut", trait_def, source, &[])
                    {
                        step.kind = AdjustKind::OverloadedDeref(Mutability::Mut, m.def, m.args);
                    }
                    source = self.infcx.resolve(step.target);
                }
                self.results.borrow_mut().adjustments.insert(at, steps);
            }
            match self.body.exprs[at].kind {
                ExprKind::Index(base, _) => {
                    self.convert_place_op(at, base, "index_mut", self.tcx.lang.index_mut)
                }
                ExprKind::Unary(UnOp::Deref, base) => {
                    self.convert_place_op(at, base, "deref_mut", self.tcx.lang.deref_mut)
                }
                _ => {}
            }
        }
    }
    fn convert_place_op(&self, e: ExprId, base: ExprId, name: &str, trait_def: Option<crate::hir::DefId>) {
        let Some((old, args)) = self.results.borrow().callee.get(&e).copied() else { return };
        if self.tcx.hir.def(old).name == name {
            return;
        }
        let args = self.infcx.resolve(args);
        let Some(this) = args.first().and_then(|a| a.as_type()) else { return };
        let others: Vec<Ty> = args.iter().skip(1).filter_map(|a| a.as_type()).collect();
        let Some(trait_def) = trait_def else { return };
        let Some(method) = self.lookup_method_in_trait(self.span(e), name, trait_def, this, &others) else {
            return;
        };
        self.results.borrow_mut().callee.insert(e, (method.def, method.args));
        // The receiver is borrowed mutably from now on.
        if let Some(steps) = self.results.borrow_mut().adjustments.get_mut(&base) {
            for step in steps.iter_mut() {
                if let AdjustKind::Borrow { mutability, .. } = &mut step.kind {
                    *mutability = Mutability::Mut;
                }
                if matches!(step.kind, AdjustKind::Borrow { .. } | AdjustKind::Unsize)
                    && let TyKind::Ref(_, to, _) = *step.target.kind()
                {
                    step.target = Ty::reference(to, Mutability::Mut);
                }
            }
        }
    }
}
