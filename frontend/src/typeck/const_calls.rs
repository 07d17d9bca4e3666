//! What a constant may call: `const` functions, and no method of a trait.

use crate::diag::Diagnostic;
use crate::hir::*;
use crate::ty::Tcx;

use super::closure::Parts;
use super::results::{TypeckResults, ValueRes};

/// Checks the calls in the body of a constant, static or `const fn`.
pub(super) fn check(tcx: &Tcx<'_>, owner: DefId) {
    let context = match &tcx.hir.def(owner).kind {
        // An argument whose type only the path around it tells, as in `v.first_chunk::<2>()`, is a literal.
        DefKind::AnonConst { ty: HirTy { kind: HirTyKind::Infer, .. }, .. } => return,
        DefKind::Const { .. } | DefKind::AnonConst { .. } => "constants",
        DefKind::Static { .. } => "statics",
        DefKind::Fn(f) if f.is_const => "constant functions",
        _ => return,
    };
    let Some(body) = tcx.body_of(owner) else { return };
    let results = tcx.typeck(owner);
    if !results.tainted_by_errors {
        Calls { tcx, body, results: &results, context }.visit(body.value);
    }
}

struct Calls<'a, 'h> {
    tcx: &'a Tcx<'h>,
    body: &'h Body,
    results: &'a TypeckResults,
    context: &'static str,
}

impl Calls<'_, '_> {
    fn visit(&self, e: ExprId) {
        let kind = &self.body.exprs[e].kind;
        // A closure's body runs when it is called.
        if let ExprKind::Closure(_) = kind {
            return;
        }
        if let Some(called) = self.called(e, kind)
            && self.is_refused(called)
        {
            let span = self.body.exprs[e].span;
            let name = match self.tcx.trait_of_item(called) {
                Some(t) => format!("method `{}::{}`", t.name(), called.name()),
                None => format!("function `{}`", called.name()),
            };
            let message = format!("cannot call non-const {name} in {}", self.context);
            let note = format!(
                "calls in {} are limited to constant functions, tuple structs and tuple variants",
                self.context
            );
            self.tcx.error(Diagnostic::error("E0015", span, message).note(note));
        }
        let mut parts = Parts::default();
        parts.of(kind);
        parts.exprs.into_iter().for_each(|part| self.visit(part));
    }

    fn called(&self, e: ExprId, kind: &ExprKind) -> Option<DefId> {
        match kind {
            ExprKind::Call(f, _) => match self.results.path_res.get(f) {
                Some(ValueRes::Fn(def, _)) => Some(*def),
                _ => None,
            },
            ExprKind::MethodCall { .. } => self.results.callee.get(&e).map(|c| c.0),
            _ => None,
        }
    }

    /// Functions of our std are trusted: not all that Rust declares `const` is declared so there.
    fn is_refused(&self, called: DefId) -> bool {
        if let Some(t) = self.tcx.trait_of_item(called) {
            let parent = self.tcx.hir.def(called).parent;
            return parent == Some(t);
        }
        let DefKind::Fn(f) = &self.tcx.hir.def(called).kind else { return false };
        !self.tcx.is_std(called) && !f.is_const
    }
}
