//! Items of an impl against the items of its trait that they stand for: kinds, types of constants, bounds of methods.
//!
//! What a method's parameters and result must be is checked beside it, in `item`.

use crate::diag::Diagnostic;
use crate::hir::*;
use crate::ty::fold::Fold;
use crate::ty::infer::InferCtxt;
use crate::ty::solve::{Cause, Eval, Obligation};
use crate::ty::{Clause, Flags, GenericArg, List, ParamEnv, Tcx, TraitRef, TyKind, fold};

use super::diagnostics::show_ty;

/// Checks one item of the impl `imp` of the trait `tr` against its declaration. Whether the two are of one kind.
pub(super) fn check(tcx: &Tcx<'_>, imp: DefId, item: DefId, declared: DefId, tr: TraitRef) -> bool {
    match (&tcx.hir.def(item).kind, &tcx.hir.def(declared).kind) {
        (DefKind::Fn(_), DefKind::Fn(_)) => check_bounds(tcx, imp, item, declared, tr),
        (DefKind::Const { ty, .. }, DefKind::Const { .. }) => check_const(tcx, imp, item, ty, declared, tr),
        (DefKind::AssocTy { .. }, DefKind::AssocTy { .. }) => {}
        (have, _) => {
            report_kind(tcx, item, have, declared, tr);
            return false;
        }
    }
    true
}

fn report_kind(tcx: &Tcx<'_>, item: DefId, have: &DefKind, declared: DefId, tr: TraitRef) {
    let (code, what) = match have {
        DefKind::Fn(_) => ("E0324", "method"),
        DefKind::AssocTy { .. } => ("E0325", "type"),
        _ => ("E0323", "const"),
    };
    let d = tcx.hir.def(item);
    let message = format!(
        "item `{}` is an associated {what}, which doesn't match its trait `{}`",
        d.name,
        tr.trait_def.name()
    );
    let error = Diagnostic::error(code, d.span, message).primary("does not match trait");
    tcx.error(error.label(tcx.hir.def(declared).span, "item in trait"));
}

fn check_const(tcx: &Tcx<'_>, imp: DefId, item: DefId, written: &HirTy, declared: DefId, tr: TraitRef) {
    let env = tcx.param_env(item);
    let args = tcx.declared_args(imp, item, tr);
    let want = tcx.normalize(&env, fold::subst(fold::erase_regions(tcx.type_of(declared)), args));
    let have = tcx.normalize(&env, fold::erase_regions(tcx.type_of(item)));
    if want.is_error() || have.is_error() || InferCtxt::new(tcx).unify(want, have).is_ok() {
        return;
    }
    let message = format!("implemented const `{}` has an incompatible type for trait", item.name());
    let label = format!("expected `{}`, found `{}`", show_ty(tcx, want), show_ty(tcx, have));
    let error = Diagnostic::error("E0326", written.span, message).primary(label);
    tcx.error(error.label(tcx.hir.def(declared).span, "type in trait"));
}

/// A method may not ask for more than its declaration does.
fn check_bounds(tcx: &Tcx<'_>, imp: DefId, item: DefId, declared: DefId, tr: TraitRef) {
    let inherited = tcx.predicates_of(imp).len();
    let own: Vec<_> = tcx.predicates_of(item).iter().skip(inherited).copied().collect();
    if own.is_empty() {
        return;
    }
    let args = tcx.declared_args(imp, item, tr);
    let mut assumed: Vec<Clause> = tcx.predicates_of(imp).iter().map(|c| c.0).collect();
    // What the trait says of its associated types holds of what the impl puts for them.
    let of_impl = ParamEnv { clauses: List::new(&tcx.elaborate(assumed.clone())), reveal: false };
    let normal = |clause: Clause| match clause {
        Clause::Trait(t) => {
            let arg = |a: &GenericArg| match a.as_type() {
                Some(ty) => GenericArg::Type(tcx.normalize(&of_impl, ty)),
                None => *a,
            };
            Clause::Trait(TraitRef { args: t.args.iter().map(arg).collect(), ..t })
        }
        other => other,
    };
    assumed.extend(tcx.predicates_of(declared).iter().map(|(c, _)| normal(fold::subst(*c, args))));
    let env = ParamEnv { clauses: List::new(&tcx.elaborate(assumed)), reveal: false };
    for (clause, span) in own {
        let Clause::Trait(needed) = clause else { continue };
        let is_plain = !needed.flags().has(Flags::PROJECTION.or(Flags::OPAQUE).or(Flags::ERROR));
        let ob = Obligation { clause, env, cause: Cause::misc(span), ancestors: None };
        if is_plain && InferCtxt::new(tcx).evaluate(&ob) == Eval::Fails {
            let this =
                needed.args.first().and_then(|a| a.as_type()).map_or(String::new(), |t| show_ty(tcx, t));
            let error = Diagnostic::error("E0276", span, "impl has stricter requirements than trait")
                .primary(format!("impl has extra requirement `{this}: {needed}`"));
            tcx.error(
                error
                    .label(tcx.hir.def(declared).span, format!("definition of `{}` from trait", item.name())),
            );
            return;
        }
    }
}

/// `impl Drop` is for all values of a type or for none: its parameters are those of the type, with the same bounds.
pub(super) fn check_drop(tcx: &Tcx<'_>, imp: DefId, tr: TraitRef) {
    let span = tcx.hir.def(imp).span;
    let Some(this) = tr.args.first().and_then(|a| a.as_type()).map(fold::erase_regions) else { return };
    let TyKind::Adt(adt, args) = *this.kind() else {
        let is_reported = matches!(this.kind(), TyKind::Param(_) | TyKind::Error);
        if !is_reported {
            let message = "the `Drop` trait may only be implemented for local structs, enums, and unions";
            let error = Diagnostic::error("E0120", span, message);
            tcx.error(error.primary("must be a struct, enum, or union in the current crate"));
        }
        return;
    };
    let here = tcx.hir.def(adt).span;
    let own = tcx.identity_args_erased(imp);
    let params = |a: &GenericArg| !matches!(a, GenericArg::Region(_));
    let given: Vec<_> = args.iter().filter(|a| params(a)).collect();
    let is_special = given.iter().enumerate().any(|(i, a)| !own.contains(a) || given[..i].contains(a));
    if is_special {
        let error = Diagnostic::error("E0366", span, "`Drop` impls cannot be specialized")
            .note("`Drop` must be implemented for all values of the type or for none")
            .label(here, "use the same sequence of generic type parameters as this definition");
        tcx.error(error);
        return;
    }
    let assumed = tcx.predicates_of(adt).iter().map(|(c, _)| fold::subst(*c, args)).collect();
    let env = ParamEnv { clauses: List::new(&tcx.elaborate(assumed)), reveal: false };
    for (clause, at) in tcx.predicates_of(imp).iter() {
        let ob = Obligation { clause: *clause, env, cause: Cause::misc(*at), ancestors: None };
        if InferCtxt::new(tcx).evaluate(&ob) == Eval::Fails {
            let message = format!("`Drop` impl requires a bound that `{}` does not have", adt.name());
            let error = Diagnostic::error("E0367", *at, message);
            tcx.error(error.label(here, "the implementor must specify the same requirement"));
            return;
        }
    }
}
