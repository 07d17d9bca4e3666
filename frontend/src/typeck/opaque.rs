//! `impl Trait` types: what they hide has an end.

use crate::diag::Diagnostic;
use crate::hir::DefId;
use crate::ty::{Tcx, Ty, TyKind};

/// A function does not return a type that contains what it returns itself.
pub(super) fn check_ends(tcx: &Tcx<'_>, opaque: DefId) {
    // Only a trait's default method hides something.
    let is_declared = tcx.method_of_result(opaque).is_some_and(|method| !tcx.has_default(method));
    if tcx.is_std(opaque) || is_declared {
        return;
    }
    let mut seen = Vec::new();
    let mut queue = vec![tcx.opaque_hidden(opaque)];
    while let Some(hidden) = queue.pop() {
        let mut is_recursive = false;
        hidden.walk(&mut |t: Ty| {
            if let TyKind::Opaque(inner, _) = *t.kind() {
                is_recursive |= inner == opaque;
                if !seen.contains(&inner) {
                    seen.push(inner);
                    queue.push(tcx.opaque_hidden(inner));
                }
            }
        });
        if is_recursive {
            let error = Diagnostic::error("E0720", tcx.hir.def(opaque).span, "cannot resolve opaque type");
            tcx.error(error.primary("recursive opaque type"));
            return;
        }
    }
}
