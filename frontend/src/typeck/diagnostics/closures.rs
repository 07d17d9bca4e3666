//! E0525: a closure does more than the trait it must implement allows.

use crate::diag::Diagnostic;
use crate::hir::{ClosureKind, ExprId};

use super::super::fn_ctxt::FnCtxt;

/// E0525, or E0507/E0594 in rustc's borrow checker, which sees the same.
pub fn wrong_kind(cx: &FnCtxt<'_, '_>, e: ExprId, declared: ClosureKind, found: ClosureKind) {
    let why = match found {
        ClosureKind::FnOnce => "it moves a variable out of its environment",
        _ => "it changes a variable it captures",
    };
    cx.error(
        Diagnostic::error(
            "E0525",
            cx.span(e),
            format!(
                "expected a closure that implements the `{declared:?}` trait, but this closure only implements `{found:?}`"
            ),
        )
        .primary(format!("this closure implements `{found:?}`, not `{declared:?}`"))
        .note(format!("closure is `{found:?}` because {why}")),
    );
}
