//! An impl meets the bounds its trait makes: supertraits, where clauses, bounds of associated types and of results.

use super::diagnostics::show_ty;
use crate::diag::Diagnostic;
use crate::hir::*;
use crate::source::Span;
use crate::ty::fold::{self, Fold};
use crate::ty::infer::InferCtxt;
use crate::ty::solve::{Cause, Eval, Obligation};
use crate::ty::{Clause, Flags, ParamEnv, Tcx, TraitRef, Ty, TyKind};

/// Supertraits and bounds of associated types hold.
pub(super) fn check(tcx: &Tcx<'_>, def: DefId, imp: &ImplDef, tr: TraitRef) {
    let env = tcx.param_env(def);
    let tr = fold::erase_regions(tr);
    let span = imp.self_ty.span;
    let mut clauses: Vec<(Clause, Span)> =
        tcx.super_clauses(tr.trait_def).iter().map(|(c, s)| (fold::subst(*c, tr.args), *s)).collect();
    for (c, s) in tcx.predicates_of(tr.trait_def).iter().skip(1) {
        clauses.push((fold::subst(*c, tr.args), *s));
    }
    for item in tcx.assoc_items(tr.trait_def) {
        if let (DefKind::AssocTy { .. }, Some(_)) = (&tcx.hir.def(item).kind, tcx.impl_item(def, item))
            && tcx.generics_count(item) == tcx.generics_count(tr.trait_def)
        {
            clauses.extend(tcx.item_bounds(item).iter().map(|(c, s)| (fold::subst(*c, tr.args), *s)));
        }
    }
    for (clause, at) in clauses {
        require(tcx, env, span, clause, at, tr.trait_def);
    }
}

/// What a method returns meets the bounds of each `impl Trait` in its declaration.
pub(super) fn check_results(tcx: &Tcx<'_>, imp: DefId, item: DefId, declared: DefId, tr: TraitRef) {
    let span = match &tcx.hir.def(item).kind {
        DefKind::Fn(f) => f.output.span,
        _ => return,
    };
    let args = tcx.declared_args(imp, item, tr);
    let mut opaques = Vec::new();
    tcx.fn_sig_erased(declared).output.walk(&mut |t| opaques.extend(tcx.as_opaque(t)));
    while let Some(opaque) = opaques.pop() {
        for (clause, at) in tcx.item_bounds(opaque).iter() {
            if let Clause::Projection(_, _, ty) = clause {
                ty.walk(&mut |t| opaques.extend(tcx.as_opaque(t)));
            }
            require(tcx, tcx.param_env(item), span, fold::subst(*clause, args), *at, tr.trait_def);
        }
    }
}

/// Reports a clause that an impl must meet and does not.
fn require(tcx: &Tcx<'_>, env: ParamEnv, span: Span, clause: Clause, at: Span, of: DefId) {
    let cx = InferCtxt::new(tcx);
    let ob = Obligation { clause, env, cause: Cause::misc(span), ancestors: None };
    let mut nested = Vec::new();
    let clause = cx.normalize_clause(&ob, clause, &mut nested);
    nested.push(Obligation { clause, ..ob });
    if cx.evaluate_all(nested) != Eval::Fails {
        return;
    }
    let clause = cx.resolve(clause);
    if let Clause::Projection(assoc, args, want) = clause
        && !args.flags().has(Flags::ERROR)
        && !want.flags().has(Flags::ERROR)
    {
        let projection = Ty::new(TyKind::Projection(assoc, args));
        let found = tcx.normalize(&env, fold::erase_regions(projection));
        let message =
            format!("type mismatch resolving `{} == {}`", show_ty(tcx, projection), show_ty(tcx, want));
        let label = format!("expected `{}`, found `{}`", show_ty(tcx, want), show_ty(tcx, found));
        let error = Diagnostic::error("E0271", span, message).primary(label);
        tcx.error(error.label(at, format!("required by this bound in `{}`", of.name())));
    }
    if let Clause::Trait(needed) = clause
        && !needed.flags().has(Flags::ERROR)
    {
        let this = needed.args.first().and_then(|a| a.as_type()).map_or(String::new(), |t| show_ty(tcx, t));
        let message = format!("the trait bound `{this}: {needed}` is not satisfied");
        let error = Diagnostic::error("E0277", span, message)
            .primary(format!("the trait `{needed}` is not implemented for `{this}`"));
        tcx.error(error.label(at, format!("required by this bound in `{}`", of.name())));
    }
}
