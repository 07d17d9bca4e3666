//! Calls: E0061 and E0057 wrong number of arguments, E0308 of an argument, E0618 not callable.

use crate::diag::Diagnostic;
use crate::hir::{DefId, DefKind, ExprId};
use crate::source::Span;
use crate::ty::{FnSig, Ty};

use super::super::fn_ctxt::FnCtxt;
use super::plural;

fn what(cx: &FnCtxt<'_, '_>, def: Option<DefId>) -> &'static str {
    match def.map(|d| &cx.tcx.hir.def(d).kind) {
        Some(DefKind::Fn(f)) if f.has_self => "method",
        Some(DefKind::Fn(_)) | None => "function",
        Some(DefKind::Struct(_)) => "struct",
        Some(DefKind::Variant(_)) => "enum variant",
        Some(DefKind::Closure) => "closure",
        Some(_) => "function",
    }
}

/// E0618: the thing called is not a function.
pub fn not_a_function(cx: &FnCtxt<'_, '_>, callee: ExprId, ty: Ty) {
    if ty.is_error() {
        return;
    }
    cx.error(
        Diagnostic::error("E0618", cx.span(callee), format!("expected function, found `{}`", cx.show(ty)))
            .primary("call expression requires function"),
    );
}

/// E0061: another number of arguments.
pub fn wrong_count(
    cx: &FnCtxt<'_, '_>,
    e: ExprId,
    span: Span,
    def: Option<DefId>,
    sig: FnSig,
    args: &[ExprId],
) {
    let (want, have) = (sig.inputs.len(), args.len());
    let is_closure = matches!(def.map(|d| &cx.tcx.hir.def(d).kind), Some(DefKind::Closure));
    let code = if is_closure || (def.is_none() && cx.results.borrow().callee.contains_key(&e)) {
        "E0057"
    } else {
        "E0061"
    };
    let were = if have == 1 { "was" } else { "were" };
    let mut d = Diagnostic::error(
        code,
        span,
        format!(
            "this {} takes {want} argument{} but {have} argument{} {were} supplied",
            what(cx, def),
            plural(want),
            plural(have)
        ),
    );
    if have > want {
        if let Some(&extra) = args.get(want) {
            d = d.label(cx.span(extra), "unexpected argument");
        }
    } else if want - have == 1 {
        if let Some(last) = sig.inputs.last() {
            d = d.primary(format!("argument of type `{}` is missing", cx.show(*last)));
        }
    } else {
        d = d.primary(format!("{} arguments are missing", want - have));
    }
    if let Some(def) = def {
        let at = cx.tcx.hir.def(def).span;
        if !at.is_none() {
            d = d.label(at, format!("{} defined here", what(cx, Some(def))));
        }
    }
    cx.error(d);
}

/// E0308: an argument of another type.
pub fn wrong_type(cx: &FnCtxt<'_, '_>, arg: ExprId, def: Option<DefId>, index: usize, formal: Ty, found: Ty) {
    let (formal, found) = (cx.infcx.resolve(formal), cx.infcx.resolve(found));
    super::mismatch::report_with(cx, cx.tail_span(arg), formal, found, Some(arg), |mut d| {
        let Some(def) = def else { return d };
        let at = match &cx.tcx.hir.def(def).kind {
            DefKind::Fn(f) => {
                let i = if f.has_self && f.inputs.len() > index + 1 { index + 1 } else { index };
                f.inputs.get(i).map(|t| t.span)
            }
            _ => None,
        };
        if let Some(at) = at
            && !at.is_none()
            && !cx.tcx.is_std(def)
        {
            d = d.label(
                at,
                format!("{} `{}` wants `{}` here", what(cx, Some(def)), def.name(), cx.show(formal)),
            );
        }
        d
    });
}
