//! E0604, E0605, E0606, E0054: a cast that is none.

use crate::diag::Diagnostic;
use crate::hir::ExprId;
use crate::source::Span;
use crate::ty::Ty;

use super::super::cast::CastError;
use super::super::fn_ctxt::FnCtxt;

/// Reports a cast.
pub fn report(cx: &FnCtxt<'_, '_>, span: Span, inner: ExprId, from: Ty, to: Ty, error: CastError) {
    let (from, to) = (cx.infcx.resolve(from), cx.infcx.resolve(to));
    cx.tainted.set(true);
    if super::mismatch::has_error(from) || super::mismatch::has_error(to) {
        return;
    }
    let (f, t) = (cx.show(from), cx.show(to));
    let d = match error {
        CastError::OnlyU8ToChar => {
            Diagnostic::error("E0604", span, format!("only `u8` can be cast as `char`, not `{f}`"))
                .primary("invalid cast")
                .help("try `char::from_u32` instead")
        }
        CastError::ToBool => Diagnostic::error("E0054", span, format!("cannot cast `{f}` as `bool`"))
            .help("compare with zero instead: `!= 0`"),
        CastError::Illegal => Diagnostic::error("E0606", span, format!("casting `{f}` as `{t}` is invalid"))
            .help("cast through an integer first"),
        CastError::NeedsDeref => Diagnostic::error("E0606", span, format!("casting `{f}` as `{t}` is invalid"))
            .label(cx.span(inner), "dereference the expression: `*`"),
        CastError::NonPrimitive => Diagnostic::error("E0605", span, format!("non-primitive cast: `{f}` as `{t}`"))
            .primary("an `as` expression can only be used to convert between primitive types or to coerce to a specific trait object"),
    };
    cx.error(d);
}
