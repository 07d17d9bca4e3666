//! Associated types of an impl are seen wherever the trait and the types of its header are.

use crate::diag::Diagnostic;
use crate::hir::{DefId, DefKind, ImplDef, Visibility};
use crate::ty::{Tcx, TraitRef, Ty, TyKind};

/// Reports types that are less visible than an impl that gives them as associated types.
pub(super) fn check(tcx: &Tcx<'_>, imp: &ImplDef, tr: TraitRef) {
    let mut seen_in = tcx.hir.def(tr.trait_def).vis;
    for ty in tr.args.iter().filter_map(|a| a.as_type()) {
        ty.walk(&mut |t| {
            if let Some(vis) = visibility(tcx, t)
                && reaches(tcx, seen_in, vis)
            {
                seen_in = vis;
            }
        });
    }
    for &item in &imp.items {
        let DefKind::AssocTy { value: Some(written), .. } = &tcx.hir.def(item).kind else { continue };
        let mut hidden = None;
        tcx.type_of(item).walk(&mut |t| {
            if hidden.is_none() && visibility(tcx, t).is_some_and(|vis| !reaches(tcx, vis, seen_in)) {
                hidden = Some(t);
            }
        });
        let Some(TyKind::Adt(hidden, _) | TyKind::Dynamic(hidden, ..)) = hidden.map(Ty::kind) else {
            continue;
        };
        let message = format!("private type `{}` in public interface", hidden.name());
        tcx.error(
            Diagnostic::error("E0446", tcx.hir.def(item).span, message)
                .primary("can't leak private type")
                .label(written.span, format!("`{}` is named here", hidden.name()))
                .label(tcx.hir.def(*hidden).span, format!("`{}` declared as private", hidden.name())),
        );
    }
}

fn visibility(tcx: &Tcx<'_>, ty: Ty) -> Option<Visibility> {
    match ty.kind() {
        TyKind::Adt(def, _) | TyKind::Dynamic(def, ..) => Some(tcx.hir.def(*def).vis),
        _ => None,
    }
}

/// Whether what has the visibility `this` is seen wherever `that` is.
fn reaches(tcx: &Tcx<'_>, this: Visibility, that: Visibility) -> bool {
    match (this, that) {
        (Visibility::Public, _) => true,
        (Visibility::Restricted(_), Visibility::Public) => false,
        (Visibility::Restricted(outer), Visibility::Restricted(inner)) => is_within(tcx, inner, outer),
    }
}

fn is_within(tcx: &Tcx<'_>, inner: DefId, outer: DefId) -> bool {
    let mut at = Some(inner);
    while let Some(module) = at {
        if module == outer {
            return true;
        }
        at = tcx.hir.def(module).parent;
    }
    false
}
