//! Calls with parentheses, and checking arguments against a signature.

use crate::hir::{ClosureKind, DefId, DefKind, ExprId, ExprKind};
use crate::source::Span;
use crate::ty::solve::builtin::{closure_kind, closure_kind_ty, closure_sig_ty};
use crate::ty::{FnSig, Mutability, Ty, TyKind};

use super::diagnostics as diags;
use super::expectation::Expectation;
use super::fn_ctxt::FnCtxt;
use super::method::MethodCallee;
use super::results::{AdjustKind, Adjustment, CallKind};

/// A call of a closure whose kind was not known when it was checked.
pub struct DeferredCall {
    call: ExprId,
    callee: ExprId,
    closure_ty: Ty,
    steps: Vec<Adjustment>,
    arg_types: Ty,
}

impl FnCtxt<'_, '_> {
    /// Checks `f(a, b)`.
    pub(super) fn check_call(&self, e: ExprId, callee: ExprId, args: &[ExprId], expected: Expectation) -> Ty {
        let callee_ty = self.check_expr(callee);
        let callee_ty = self.structurally_resolve(callee_ty);
        let span = self.span(e);
        let mut deref = self.autoderef(self.span(callee), callee_ty);
        while let Some((ty, taken)) = deref.next() {
            let ty = self.structurally_resolve(ty);
            let steps = self.deref_adjustments(&deref.steps, ty);
            match *ty.kind() {
                // References to callable values are callable; but `f()` with `f: &mut dyn FnMut()` calls what is behind
                // it, so that `f` need not be mutable.
                TyKind::Ref(..) if taken == 0 => continue,
                TyKind::FnDef(def, fn_args) => {
                    self.register_all(std::mem::take(&mut deref.obligations));
                    self.apply_adjustments(callee, steps);
                    let sig = self.sig_of(span, def, fn_args);
                    let ctor = !matches!(self.tcx.hir.def(def).kind, DefKind::Fn(_));
                    let kind = if ctor { CallKind::Ctor } else { CallKind::Direct };
                    self.results.borrow_mut().call_kind.insert(e, kind);
                    return self.check_args(e, span, Some(def), sig, args, expected);
                }
                TyKind::FnPtr(sig) => {
                    self.register_all(std::mem::take(&mut deref.obligations));
                    self.apply_adjustments(callee, steps);
                    self.results.borrow_mut().call_kind.insert(e, CallKind::Pointer);
                    return self.check_args(e, span, None, sig, args, expected);
                }
                TyKind::Closure(def, closure_args)
                    if closure_kind(self.infcx.shallow(closure_kind_ty(closure_args))).is_none() =>
                {
                    self.register_all(std::mem::take(&mut deref.obligations));
                    let TyKind::FnPtr(sig) = *self.infcx.shallow(closure_sig_ty(closure_args)).kind() else {
                        return Ty::error();
                    };
                    self.results.borrow_mut().call_kind.insert(e, CallKind::Overloaded);
                    let arg_types = Ty::new(TyKind::Tuple(sig.inputs));
                    self.deferred_calls.borrow_mut().push(DeferredCall {
                        call: e,
                        callee,
                        closure_ty: ty,
                        steps,
                        arg_types,
                    });
                    return self.check_args(e, span, Some(def), sig, args, expected);
                }
                TyKind::Error => {
                    self.check_args_anyway(args);
                    return Ty::error();
                }
                TyKind::Infer(crate::ty::InferTy::Ty(_)) => break,
                // What a reference leads to is called, not the reference: `f()` of `f: &mut F` needs no `mut f`.
                TyKind::Ref(..) if deref.steps.is_empty() => continue,
                _ => {}
            }
            let arg_tuple = {
                let types: Vec<Ty> = args.iter().map(|a| self.infcx.next_ty_var(self.span(*a))).collect();
                self.tuple_of(&types)
            };
            if let Some((method, borrow)) = self.try_overloaded_call(span, ty, Some(arg_tuple)) {
                self.register_all(std::mem::take(&mut deref.obligations));
                let mut steps = steps;
                if let Some(m) = borrow {
                    let kind = AdjustKind::Borrow { mutability: m, two_phase: false };
                    steps.push(Adjustment { kind, target: Ty::reference(ty, m) });
                }
                self.apply_adjustments(callee, steps);
                if borrow == Some(Mutability::Mut) {
                    self.convert_place_derefs_to_mutable(callee);
                }
                self.results.borrow_mut().call_kind.insert(e, CallKind::Overloaded);
                self.results.borrow_mut().callee.insert(e, (method.def, method.args));
                let inputs = method.sig.inputs.get(1).copied().unwrap_or(Ty::error());
                let inputs = match *self.structurally_resolve(inputs).kind() {
                    TyKind::Tuple(ts) => ts,
                    _ => return Ty::error(),
                };
                let sig = FnSig { inputs, output: method.sig.output };
                return self.check_args(e, span, None, sig, args, expected);
            }
        }
        let end = self.infcx.resolve(callee_ty);
        if self.infcx.is_ty_var(end) {
            self.expect_resolved(self.span(callee), end);
        } else {
            diags::calls::not_a_function(self, callee, end);
        }
        self.check_args_anyway(args);
        Ty::error()
    }
    /// Calls a value through `Fn`, `FnMut` or `FnOnce`, whichever it implements first.
    fn try_overloaded_call(
        &self,
        span: Span,
        ty: Ty,
        args: Option<Ty>,
    ) -> Option<(MethodCallee, Option<Mutability>)> {
        let kinds = [
            (ClosureKind::Fn, "call", Some(Mutability::Not)),
            (ClosureKind::FnMut, "call_mut", Some(Mutability::Mut)),
            (ClosureKind::FnOnce, "call_once", None),
        ];
        for (kind, name, borrow) in kinds {
            let Some(trait_def) = self.tcx.fn_trait_of_kind(kind) else { continue };
            let others: Vec<Ty> = args.into_iter().collect();
            if let Some(method) = self.lookup_method_in_trait(span, name, trait_def, ty, &others) {
                return Some((method, borrow));
            }
            // The number of arguments may be what is wrong: then any number is tried, and reported.
            let any = [self.infcx.next_ty_var(span)];
            if let Some(method) = self.lookup_method_in_trait(span, name, trait_def, ty, &any) {
                return Some((method, borrow));
            }
        }
        None
    }
    /// Resolves calls that were met before the kind of the called closure was known, and is now.
    pub(super) fn resolve_deferred_calls(&self) {
        let calls = std::mem::take(&mut *self.deferred_calls.borrow_mut());
        for call in calls {
            let TyKind::Closure(_, args) = *self.infcx.resolve(call.closure_ty).kind() else { continue };
            let Some(kind) = closure_kind(self.infcx.shallow(closure_kind_ty(args))) else {
                self.deferred_calls.borrow_mut().push(call);
                continue;
            };
            let (name, borrow) = match kind {
                ClosureKind::Fn => ("call", Some(Mutability::Not)),
                ClosureKind::FnMut => ("call_mut", Some(Mutability::Mut)),
                ClosureKind::FnOnce => ("call_once", None),
            };
            let Some(trait_def) = self.tcx.fn_trait_of_kind(kind) else { continue };
            let Some(def) = self.tcx.assoc_item(trait_def, name.into(), crate::ty::Namespace::Value) else {
                continue;
            };
            let mut steps = call.steps;
            if let Some(m) = borrow {
                let kind = AdjustKind::Borrow { mutability: m, two_phase: false };
                steps.push(Adjustment { kind, target: Ty::reference(call.closure_ty, m) });
            }
            self.apply_adjustments(call.callee, steps);
            if borrow == Some(Mutability::Mut) {
                self.convert_place_derefs_to_mutable(call.callee);
            }
            let args = Self::type_args(&[call.closure_ty, call.arg_types]);
            self.results.borrow_mut().callee.insert(call.call, (def, args));
        }
    }

    /// Checks arguments that belong to nothing.
    pub(super) fn check_args_anyway(&self, args: &[ExprId]) {
        for &a in args {
            self.check_expr(a);
        }
    }
    /// Checks arguments against a signature; its result.
    pub(super) fn check_args(
        &self,
        e: ExprId,
        span: Span,
        def: Option<DefId>,
        sig: FnSig,
        args: &[ExprId],
        expected: Expectation,
    ) -> Ty {
        if sig.inputs.len() != args.len() {
            diags::calls::wrong_count(self, e, span, def, sig, args);
            self.check_args_anyway(args);
            return sig.output;
        }
        // A bound with one answer says what a parameter is: arguments are coerced to that.
        let is_open = |ty: Ty| self.infcx.resolve(ty).flags().has(crate::ty::Flags::INFER);
        if sig.inputs.iter().any(|t| is_open(*t)) || is_open(sig.output) {
            self.select_where_possible();
        }
        let hints = self.expected_inputs(expected, sig);
        // Closures come last: what the other arguments say helps with their parameters.
        for closures in [false, true] {
            if closures && !args.iter().any(|a| self.is_closure_expr(*a)) {
                // What the arguments say may be all that the result needs, which is coerced next.
                if is_open(sig.output) {
                    self.select_where_possible();
                }
                break;
            }
            self.select_where_possible();
            for (i, &arg) in args.iter().enumerate() {
                if self.is_closure_expr(arg) != closures {
                    continue;
                }
                let formal = sig.inputs[i];
                let hint = hints.as_ref().map_or(formal, |h| h[i]);
                let expectation = Expectation::rvalue_hint(self, hint);
                let found = self.check_expr_with(arg, expectation);
                // Coerce to what is expected first; if that is only a hint, to the parameter's type.
                let target = expectation.only_has_type(self).unwrap_or(formal);
                let coerced =
                    self.try_coerce(arg, found, target).is_ok() && self.infcx.unify(formal, target).is_ok();
                if !coerced && self.try_coerce(arg, found, formal).is_err() {
                    diags::calls::wrong_type(self, arg, def, i, formal, found);
                }
            }
        }
        sig.output
    }
    fn is_closure_expr(&self, e: ExprId) -> bool {
        matches!(self.body.exprs[e].kind, ExprKind::Closure(_))
    }
    /// What the expected result says about the parameters.
    pub(super) fn expected_inputs(&self, expected: Expectation, sig: FnSig) -> Option<Vec<Ty>> {
        let wanted = expected.only_has_type(self)?;
        if self.infcx.is_ty_var(wanted) || !sig.output.flags().has(crate::ty::Flags::INFER) {
            return None;
        }
        let output = self.infcx.resolve(sig.output);
        if matches!(output.kind(), TyKind::Infer(_)) && matches!(wanted.kind(), TyKind::Infer(_)) {
            return None;
        }
        let before = self.infcx.var_count();
        self.infcx
            .probe(|| {
                self.infcx.unify(output, wanted).ok()?;
                Some(sig.inputs.iter().map(|t| self.infcx.resolve(*t)).collect::<Vec<_>>())
            })
            .filter(|types| types.iter().all(|t| self.only_older_vars(*t, before)))
    }
    fn only_older_vars(&self, ty: Ty, count: u32) -> bool {
        let mut ok = true;
        ty.walk(&mut |t| {
            if let TyKind::Infer(
                crate::ty::InferTy::Ty(v) | crate::ty::InferTy::Int(v) | crate::ty::InferTy::Float(v),
            ) = *t.kind()
            {
                ok &= v < count;
            }
        });
        ok
    }
}
