//! E0282: nothing says what a type is.

use crate::diag::Diagnostic;
use crate::source::Span;
use crate::symbol::Symbol;
use crate::ty::{Flags, Ty};

use super::super::fn_ctxt::FnCtxt;

/// E0282 at a place.
pub fn annotations_needed(span: Span, param: Option<Symbol>) -> Diagnostic {
    let d = Diagnostic::error("E0282", span, "type annotations needed");
    match param {
        Some(p) => d.primary(format!("cannot infer type of the type parameter `{p}`")),
        None => d.primary("cannot infer type"),
    }
}

/// E0282 at a variable.
pub fn annotations_needed_for(cx: &FnCtxt<'_, '_>, span: Span, name: Symbol, ty: Ty) -> Diagnostic {
    let shown = cx.show(ty);
    let d = if ty.flags().has(Flags::INFER) && shown != "_" {
        Diagnostic::error("E0282", span, format!("type annotations needed for `{shown}`"))
    } else {
        Diagnostic::error("E0282", span, "type annotations needed")
    };
    d.primary("cannot infer type")
        .help(format!("consider giving `{name}` an explicit type: `{name}: {shown}`"))
}
