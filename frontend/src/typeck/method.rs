//! Method calls: what the receiver must become for the method that [`super::probe`] picked, and the method's signature.

use crate::diag::Diagnostic;
use crate::hir::{DefId, ExprId, PathSegment};
use crate::source::Span;
use crate::ty::lower_ty::{ArgsOf, lower_args};
use crate::ty::solve::{Cause, CauseCode, Eval};
use crate::ty::{
    Args, Clause, FnSig, GenericArg, InferTy, List, Mutability, Namespace, TraitRef, Ty, TyKind,
};

use super::diagnostics as diags;
use super::expectation::Expectation;
use super::fn_ctxt::FnCtxt;
use super::probe::{Pick, PickKind};
use super::results::{AdjustKind, Adjustment};

/// A method with its arguments and signature.
#[derive(Clone, Copy, Debug)]
pub struct MethodCallee {
    /// The function.
    pub def: DefId,
    /// Its arguments.
    pub args: Args,
    /// Its signature with them.
    pub sig: FnSig,
}

impl<'t, 'h> FnCtxt<'t, 'h> {
    /// Checks `x.m::<T>(a)`.
    pub(super) fn check_method_call(
        &self,
        e: ExprId,
        receiver: ExprId,
        segment: &PathSegment,
        args: &[ExprId],
        expected: Expectation,
    ) -> Ty {
        let receiver_ty = self.check_expr(receiver);
        let receiver_ty = self.structurally_resolve(receiver_ty);
        if receiver_ty.is_error() {
            self.check_args_anyway(args);
            return Ty::error();
        }
        match self.probe_method(receiver_ty, segment.name, segment.span) {
            Ok(pick) => {
                let Some(callee) = self.confirm_method(e, receiver, receiver_ty, segment, &pick) else {
                    self.check_args_anyway(args);
                    return Ty::error();
                };
                if self.tcx.trait_of_item(callee.def).is_some_and(|t| Some(t) == self.tcx.lang.drop) {
                    self.error(
                        Diagnostic::error("E0040", segment.span, "explicit use of destructor method")
                            .primary("explicit destructor calls not allowed")
                            .help("consider using `drop` function: `drop(x)`"),
                    );
                }
                let inputs: List<Ty> = callee.sig.inputs.iter().skip(1).copied().collect();
                let sig = FnSig { inputs, output: callee.sig.output };
                self.check_args(e, self.span(e), Some(callee.def), sig, args, expected)
            }
            Err(error) => {
                diags::methods::report(self, receiver, segment, receiver_ty, error, args);
                self.check_args_anyway(args);
                Ty::error()
            }
        }
    }

    /// The arguments of the trait (with `this` as `Self`) that a picked item belongs to.
    pub(super) fn trait_args_for_pick(&self, pick: &Pick, this: Ty, span: Span) -> Args {
        match pick.kind {
            PickKind::Given(tr) => tr.args,
            PickKind::Trait(t) => self.infcx.fresh_args_from(t, &[GenericArg::Type(this)], span),
            PickKind::Inherent => List::new(&[]),
        }
    }

    fn confirm_method(
        &self,
        e: ExprId,
        receiver: ExprId,
        receiver_ty: Ty,
        segment: &PathSegment,
        pick: &Pick,
    ) -> Option<MethodCallee> {
        let span = segment.span;
        // Walk again: obligations of overloaded steps are registered now.
        let mut deref = self.autoderef(self.span(receiver), receiver_ty);
        while deref.steps.len() < pick.steps.len() {
            if deref.next().is_none() {
                break;
            }
        }
        self.register_all(std::mem::take(&mut deref.obligations));
        let before_unsize = match (pick.unsize, deref.current.kind()) {
            (false, _) => pick.self_ty,
            (true, _) => self.infcx.resolve(deref.current),
        };
        let mut steps = self.deref_adjustments(&pick.steps, before_unsize);
        let mut self_ty = before_unsize;
        if let Some(m) = pick.autoref {
            self_ty = Ty::reference(before_unsize, m);
            let two_phase = m == Mutability::Mut;
            steps.push(Adjustment { kind: AdjustKind::Borrow { mutability: m, two_phase }, target: self_ty });
            if pick.unsize {
                self_ty = Ty::reference(pick.self_ty, m);
                steps.push(Adjustment { kind: AdjustKind::Unsize, target: self_ty });
            }
        }
        self.apply_adjustments(receiver, steps);

        let parent = self.tcx.hir.def(pick.item).parent?;
        let parent_args = match pick.kind {
            PickKind::Given(tr) => tr.args,
            PickKind::Inherent | PickKind::Trait(_) => self.infcx.fresh_args(parent, span),
        };
        let written = self.without_lifetimes(pick.item, segment.args.as_ref(), span);
        let args = lower_args(self, pick.item, &parent_args, written.as_ref(), ArgsOf::Value, span);
        let args = self.normalize(span, args);
        let sig = self.sig_of(span, pick.item, args);
        let input = *sig.inputs.first()?;
        let is_unsized = matches!(self_ty.kind(), TyKind::Dynamic(..) | TyKind::Str | TyKind::Slice(_));
        if is_unsized && !self.tcx.is_std(self.owner) {
            let message = format!("cannot move a value of type `{}`", diags::show_ty(self.tcx, self_ty));
            let error = Diagnostic::error("E0161", self.span(e), message);
            self.tcx.error(error.primary("the size of the value cannot be known at compilation time"));
        }
        if self.infcx.unify(input, self_ty).is_err() {
            diags::mismatch::report(self, self.span(receiver), input, self_ty, None);
        }
        self.register_predicates(span, pick.item, args, None);
        if pick.autoref == Some(Mutability::Mut) {
            self.convert_place_derefs_to_mutable(receiver);
        }
        self.results.borrow_mut().callee.insert(e, (pick.item, args));
        Some(MethodCallee { def: pick.item, args, sig })
    }

    /// A trait's method for an operator: `None` if `this` surely does not implement the trait.
    pub(super) fn lookup_method_in_trait(
        &self,
        span: Span,
        name: &str,
        trait_def: DefId,
        this: Ty,
        others: &[Ty],
    ) -> Option<MethodCallee> {
        self.lookup_method_with_cause(span, CauseCode::Misc, name, trait_def, this, others)
    }
    /// The same, with a reason for the obligations.
    pub(super) fn lookup_method_with_cause(
        &self,
        span: Span,
        code: CauseCode,
        name: &str,
        trait_def: DefId,
        this: Ty,
        others: &[Ty],
    ) -> Option<MethodCallee> {
        let def = self.tcx.assoc_item(trait_def, name.into(), Namespace::Value)?;
        let mut prefix = vec![GenericArg::Type(this)];
        prefix.extend(others.iter().map(|t| GenericArg::Type(*t)));
        let trait_args = self.infcx.fresh_args_from(trait_def, &prefix, span);
        let clause = Clause::Trait(TraitRef { trait_def, args: trait_args });
        let ob = self.obligation(Cause { span, code }, clause);
        let unknown = matches!(self.infcx.shallow(this).kind(), TyKind::Infer(InferTy::Ty(_)));
        if !unknown && self.infcx.evaluate(&ob) == Eval::Fails {
            return None;
        }
        let args = self.infcx.fresh_args_from(def, &trait_args, span);
        // The trait itself first: it may bind what the signature's projections need.
        self.register(ob);
        let sig = self.sig_of(span, def, args);
        self.register_predicates(span, def, args, Some(code));
        Some(MethodCallee { def, args, sig })
    }
}
