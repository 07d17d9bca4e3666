//! Which impls a crate may have: the orphan rule, no two for one type, no parameter left open.

use crate::diag::Diagnostic;
use crate::hir::*;
use crate::source::Span;
use crate::ty::infer::InferCtxt;
use crate::ty::solve::{Cause, Eval, Obligation};
use crate::ty::{Clause, GenericArg, List, ParamEnv, Tcx, TraitRef, Ty, TyKind, fold};

use super::diagnostics::show_ty;

/// Whether the type belongs to the user's crate for the orphan rule.
pub(super) fn is_local(tcx: &Tcx<'_>, ty: Ty) -> bool {
    match *ty.kind() {
        TyKind::Adt(def, args) => {
            let fundamental = Some(def) == tcx.lang.owned_box || def.name() == "Pin";
            !tcx.is_std(def)
                || (fundamental && args.first().and_then(|a| a.as_type()).is_some_and(|t| is_local(tcx, t)))
        }
        TyKind::Dynamic(def, ..) => !tcx.is_std(def),
        TyKind::Ref(_, t, _) => is_local(tcx, t),
        TyKind::Error => true,
        _ => false,
    }
}

pub(super) fn check_orphan(tcx: &Tcx<'_>, tr: TraitRef, span: Span) {
    if !tcx.is_std(tr.trait_def) {
        return;
    }
    let types: Vec<Ty> = tr.args.iter().filter_map(|a| a.as_type()).collect();
    let local = types.iter().position(|t| is_local(tcx, *t));
    let param_before = types[..local.unwrap_or(types.len())].iter().find_map(|t| {
        let mut t = *t;
        while let TyKind::Ref(_, inner, _) = *t.kind() {
            t = inner;
        }
        match t.kind() {
            TyKind::Param(p) => Some(p.name),
            _ => None,
        }
    });
    if let Some(name) = param_before {
        tcx.error(
            Diagnostic::error(
                "E0210",
                span,
                format!(
                    "type parameter `{name}` must be used as the type parameter for some local type (e.g., `MyStruct<{name}>`)"
                ),
            )
            .note("only traits defined in the current crate can be implemented for a type parameter"),
        );
    } else if local.is_none() {
        let shown = types.first().map_or(String::new(), |t| show_ty(tcx, *t));
        tcx.error(
            Diagnostic::error(
                "E0117",
                span,
                "only traits defined in the current crate can be implemented for types defined outside of the crate",
            )
            .primary(format!("`{shown}` is not defined in the current crate"))
            .note("impl doesn't have any local type before any uncovered type parameters")
            .help("define and implement a trait or new type instead"),
        );
    }
}

/// Every parameter of an impl appears in its self type, its trait, or is an associated type of those.
pub(super) fn check_unconstrained(tcx: &Tcx<'_>, def: DefId, imp: &ImplDef) {
    let count = tcx.generics_count(def);
    if count == 0 {
        return;
    }
    let mut known = vec![false; count];
    mark_constrained(fold::erase_regions(tcx.type_of(def)), &mut known);
    if let Some(tr) = tcx.impl_trait_ref_erased(def) {
        for arg in tr.args.iter() {
            mark_arg(*arg, &mut known);
        }
    }
    let mut changed = true;
    while changed {
        changed = false;
        for (clause, _) in tcx.predicates_of(def).iter() {
            if let Clause::Projection(_, args, ty) = clause {
                let mut inputs = vec![false; count];
                args.iter().for_each(|a| mark_arg(*a, &mut inputs));
                if inputs.iter().zip(&known).all(|(i, k)| !i || *k) {
                    let before = known.clone();
                    mark_constrained(*ty, &mut known);
                    changed |= before != known;
                }
            }
        }
    }
    for (param, known) in imp.generics.params.iter().zip(&known) {
        let lifetime = matches!(param.kind, GenericParamKind::Lifetime);
        if !known && !lifetime {
            tcx.error(
                Diagnostic::error(
                    "E0207",
                    param.span,
                    format!(
                        "the type parameter `{}` is not constrained by the impl trait, self type, or predicates",
                        param.name
                    ),
                )
                .primary("unconstrained type parameter"),
            );
        }
    }
}

fn mark_arg(arg: GenericArg, known: &mut [bool]) {
    match arg {
        GenericArg::Type(t) => mark_constrained(t, known),
        GenericArg::Const(c) => {
            if let crate::ty::ConstKind::Param(p) = c.kind()
                && let Some(k) = known.get_mut(p.index as usize)
            {
                *k = true;
            }
        }
        GenericArg::Region(_) => {}
    }
}

fn mark_constrained(ty: Ty, known: &mut [bool]) {
    match *ty.kind() {
        TyKind::Param(p) => {
            if let Some(k) = known.get_mut(p.index as usize) {
                *k = true;
            }
        }
        // A projection does not determine its arguments.
        TyKind::Projection(..) => {}
        TyKind::Adt(_, args)
        | TyKind::FnDef(_, args)
        | TyKind::Closure(_, args)
        | TyKind::Opaque(_, args) => {
            args.iter().for_each(|a| mark_arg(*a, known));
        }
        TyKind::Array(t, n) => {
            mark_constrained(t, known);
            mark_arg(GenericArg::Const(n), known);
        }
        TyKind::Slice(t) | TyKind::RawPtr(t, _) | TyKind::Ref(_, t, _) => mark_constrained(t, known),
        TyKind::Tuple(ts) => ts.iter().for_each(|t| mark_constrained(*t, known)),
        TyKind::FnPtr(sig) => {
            sig.inputs.iter().for_each(|t| mark_constrained(*t, known));
            mark_constrained(sig.output, known);
        }
        TyKind::Dynamic(_, args, assoc, _) => {
            args.iter().for_each(|a| mark_arg(*a, known));
            assoc.iter().for_each(|(_, t)| mark_constrained(*t, known));
        }
        _ => {}
    }
}

/// E0119: two impls of a trait for the same type. Each impl of the crate is compared with all others.
pub fn check_coherence(tcx: &Tcx<'_>, krate: CrateId) {
    let index = tcx.impls();
    // Asking for a definition of std reads it: of the thousands of impls there only those that are compared are needed.
    let local = |d: &DefId| tcx.hir.is_in(*d, krate);
    let mut traits: Vec<_> = index.of_trait.iter().collect();
    traits.sort_by_key(|(t, _)| **t);
    for (_, impls) in traits {
        let mut lists: Vec<&Vec<DefId>> = impls.by_type.values().collect();
        lists.sort_by_key(|list| list.first().copied());
        for list in lists {
            if list.iter().any(local) {
                compare_all(tcx, krate, list, list);
            }
            if list.iter().chain(&impls.blanket).any(local) {
                compare_all(tcx, krate, list, &impls.blanket);
            }
        }
        if impls.blanket.iter().any(local) {
            compare_all(tcx, krate, &impls.blanket, &impls.blanket);
        }
    }
    check_inherent(tcx, krate);
}

/// No two inherent impls of one type define the same name.
fn check_inherent(tcx: &Tcx<'_>, krate: CrateId) {
    let mut lists: Vec<&Vec<DefId>> = tcx.impls().inherent.values().filter(|items| items.len() > 1).collect();
    lists.sort_by_key(|items| items.first().copied());
    for items in lists {
        for (i, &item) in items.iter().enumerate() {
            if !tcx.hir.is_in(item, krate) {
                continue;
            }
            let clash = items[..i].iter().find(|&&first| may_be_one_type(tcx, first, item));
            if let Some(&first) = clash {
                let d = tcx.hir.def(first);
                tcx.error(
                    Diagnostic::error(
                        "E0592",
                        d.span,
                        format!("duplicate definitions with name `{}`", d.name),
                    )
                    .primary(format!("duplicate definitions for `{}`", d.name))
                    .label(tcx.hir.def(item).span, format!("other definition for `{}`", d.name)),
                );
            }
        }
    }
}

/// Whether the impls around two items are different ones for a type in common.
fn may_be_one_type(tcx: &Tcx<'_>, a: DefId, b: DefId) -> bool {
    let (Some(a), Some(b)) = (tcx.impl_of_item(a), tcx.impl_of_item(b)) else { return false };
    let is_bounded = |imp: DefId| {
        tcx.predicates_of(imp).iter().any(|(c, _)| match c {
            Clause::Trait(tr) => Some(tr.trait_def) != tcx.lang.sized,
            Clause::Projection(..) => true,
        })
    };
    // Bounds may keep them apart.
    if a == b || is_bounded(a) || is_bounded(b) {
        return false;
    }
    let cx = InferCtxt::new(tcx);
    let this = |imp: DefId| {
        let args = cx.fresh_args(imp, Span::NONE);
        fold::subst(fold::erase_regions(tcx.type_of(imp)), args)
    };
    cx.unify(this(a), this(b)).is_ok()
}

fn compare_all(tcx: &Tcx<'_>, krate: CrateId, a: &[DefId], b: &[DefId]) {
    let same = std::ptr::eq(a, b);
    let local = |d: DefId| tcx.hir.is_in(d, krate);
    if !a.iter().chain(b).any(|d| local(*d)) {
        return;
    }
    for (i, &x) in a.iter().enumerate() {
        let rest = if same { &b[i + 1..] } else { b };
        for &y in rest {
            if (local(x) || local(y)) && overlap(tcx, x, y) {
                let (first, second) = if x < y { (x, y) } else { (y, x) };
                let Some(tr) = tcx.impl_trait_ref(second) else { continue };
                let this = tr
                    .args
                    .first()
                    .and_then(|a| a.as_type())
                    .map_or(String::new(), |t| show_ty(tcx, fold::erase_regions(t)));
                tcx.error(
                    Diagnostic::error(
                        "E0119",
                        tcx.hir.def(second).span,
                        format!("conflicting implementations of trait `{tr}` for type `{this}`"),
                    )
                    .primary(format!("conflicting implementation for `{this}`"))
                    .label(tcx.hir.def(first).span, "first implementation here"),
                );
            }
        }
    }
}

fn overlap(tcx: &Tcx<'_>, x: DefId, y: DefId) -> bool {
    let (Some(a), Some(b)) = (tcx.impl_trait_ref_erased(x), tcx.impl_trait_ref_erased(y)) else {
        return false;
    };
    use fold::Fold;
    if a.flags().or(b.flags()).has(crate::ty::Flags::ERROR) {
        return false;
    }
    let cx = InferCtxt::new(tcx);
    let (ax, ay) = (cx.fresh_args(x, Span::NONE), cx.fresh_args(y, Span::NONE));
    let env = ParamEnv { clauses: List::new(&[]), reveal: false };
    let ob = Obligation { clause: Clause::Trait(a), env, cause: Cause::misc(Span::NONE), ancestors: None };
    let mut nested = Vec::new();
    let ta = cx.normalize(&ob, fold::subst(a.args, ax), &mut nested);
    let tb = cx.normalize(&ob, fold::subst(b.args, ay), &mut nested);
    if cx.unify_args(ta, tb).is_err() {
        return false;
    }
    cx.predicates_for(&ob, &None, x, ax, &mut nested);
    cx.predicates_for(&ob, &None, y, ay, &mut nested);
    cx.evaluate_all(nested) != Eval::Fails
}
