//! E0599 no such method, E0034 several, E0624 private, E0689 on a number of unknown type.

use crate::diag::Diagnostic;
use crate::hir::{DefId, DefKind, ExprId, PathSegment};
use crate::source::Span;
use crate::symbol::Symbol;
use crate::ty::impls::SimpleType;
use crate::ty::{Clause, Ty, TyKind};

use super::super::fn_ctxt::FnCtxt;
use super::super::probe::MethodError;
use super::{inference, similar};

/// A method call that means nothing.
pub fn report(
    cx: &FnCtxt<'_, '_>,
    receiver: ExprId,
    segment: &PathSegment,
    ty: Ty,
    error: MethodError,
    args: &[ExprId],
) {
    let ty = cx.infcx.resolve(ty);
    let name = segment.name;
    if super::mismatch::has_error(ty) {
        cx.tainted.set(true);
        return;
    }
    match error {
        MethodError::UnknownType => {
            if !cx.tainted.get() {
                cx.error(inference::annotations_needed(cx.span(receiver), None));
            }
        }
        MethodError::Private(item) => private(cx, segment.span, item),
        MethodError::Ambiguous(items) => ambiguous(cx, segment.span, name, &items),
        MethodError::NotFound(unsatisfied) => {
            if cx.is_numeric_var(ty) {
                cx.error(
                    Diagnostic::error(
                        "E0689",
                        segment.span,
                        format!("can't call method `{name}` on ambiguous numeric type `{}`", cx.show(ty)),
                    )
                    .help("you must specify a concrete type for this numeric value, like `i32` or `f32`"),
                );
                return;
            }
            let d = not_found(cx, segment.span, "method", name, ty, &unsatisfied);
            let is_field = match strip_refs(ty).kind() {
                TyKind::Adt(adt, _) if !cx.tcx.is_enum(*adt) => {
                    cx.tcx.variants(*adt)[0].fields.iter().any(|f| f.name == name)
                }
                _ => false,
            };
            let d = if is_field {
                let d = Diagnostic { label: "field, not a method".to_string(), ..d };
                if args.is_empty() {
                    d.help("remove the arguments")
                } else {
                    d.help(format!(
                        "to call the closure stored in `{name}`, surround the field access with parentheses"
                    ))
                }
            } else {
                d
            };
            cx.error(d);
        }
    }
}

/// `Type::name` that means nothing.
pub fn report_path(cx: &FnCtxt<'_, '_>, span: Span, segment: &PathSegment, ty: Ty, error: MethodError) {
    let ty = cx.infcx.resolve(ty);
    if super::mismatch::has_error(ty) {
        cx.tainted.set(true);
        return;
    }
    match error {
        MethodError::UnknownType => {
            cx.error(inference::annotations_needed(span, None));
        }
        MethodError::Private(item) => private(cx, segment.span, item),
        MethodError::Ambiguous(items) => ambiguous(cx, segment.span, segment.name, &items),
        MethodError::NotFound(unsatisfied) => {
            let what = match ty.kind() {
                TyKind::Adt(adt, _)
                    if cx.tcx.is_enum(*adt)
                        && segment.name.as_str().starts_with(|c: char| c.is_uppercase())
                        && segment.name.as_str().contains(|c: char| c.is_lowercase()) =>
                {
                    super::fields::no_variant(cx, segment.span, segment.name, *adt);
                    return;
                }
                TyKind::Adt(adt, _) if cx.tcx.is_enum(*adt) => "variant or associated item",
                _ => "function or associated item",
            };
            cx.error(not_found(cx, segment.span, what, segment.name, ty, &unsatisfied));
        }
    }
}

fn strip_refs(ty: Ty) -> Ty {
    let mut ty = ty;
    while let TyKind::Ref(_, t, _) = *ty.kind() {
        ty = t;
    }
    ty
}

fn not_found(
    cx: &FnCtxt<'_, '_>,
    span: Span,
    what: &str,
    name: Symbol,
    ty: Ty,
    unsatisfied: &[Clause],
) -> Diagnostic {
    let shown = cx.show(ty);
    let kind = match ty.kind() {
        TyKind::Adt(def, _) if cx.tcx.is_enum(*def) => "enum",
        TyKind::Adt(..) => "struct",
        TyKind::Ref(..) => "reference",
        TyKind::Param(_) => "type parameter",
        TyKind::Tuple(ts) if ts.is_empty() => "unit type",
        TyKind::Tuple(_) => "tuple",
        TyKind::Array(..) => "array",
        TyKind::Opaque(..) => "opaque type",
        TyKind::Closure(..) => "closure",
        _ => "type",
    };
    if !unsatisfied.is_empty() && what == "method" {
        let mut d = Diagnostic::error(
            "E0599",
            span,
            format!(
                "the method `{name}` exists for {kind} `{shown}`, but its trait bounds were not satisfied"
            ),
        )
        .primary("method cannot be called due to unsatisfied trait bounds");
        let bounds: Vec<String> = unsatisfied
            .iter()
            .filter_map(|c| match c {
                Clause::Trait(tr) => {
                    let this = tr.args.first()?.as_type()?;
                    Some(format!("`{}: {tr}`", cx.show(this)))
                }
                Clause::Projection(..) => None,
            })
            .take(4)
            .collect();
        if !bounds.is_empty() {
            d = d.note(format!("the following trait bounds were not satisfied: {}", bounds.join(", ")));
        }
        return d;
    }
    let mut d = Diagnostic::error(
        "E0599",
        span,
        format!("no {what} named `{name}` found for {kind} `{shown}` in the current scope"),
    )
    .primary(if what == "method" {
        format!("method not found in `{shown}`")
    } else {
        format!("{what} not found in `{shown}`")
    });
    let names = method_names(cx, ty);
    if let Some(s) = similar(name.as_str(), names.iter().copied()) {
        d = d.help(format!(
            "there is a {} `{s}` with a similar name",
            if what == "method" { "method" } else { "item" }
        ));
    }
    // A trait that has it may only lack being in scope.
    let elsewhere = cx.tcx.hir.defs.iter().find(|def| {
        matches!(def.kind, DefKind::Trait(_))
            && !cx.body.traits_in_scope.contains(&def.id)
            && cx.tcx.assoc_item(def.id, name, crate::ty::Namespace::Value).is_some()
            && cx.may_implement(ty, Some(def.id).filter(|t| cx.tcx.generics_count(*t) == 1))
    });
    if let Some(t) = elsewhere {
        d = d.help(format!(
            "trait `{}` which provides `{name}` is implemented but not in scope; perhaps you want to import it: `use {};`",
            t.name, t.id.path
        ));
    }
    d
}

fn method_names(cx: &FnCtxt<'_, '_>, ty: Ty) -> Vec<&'static str> {
    let mut names = Vec::new();
    let mut types = vec![ty, strip_refs(ty)];
    if let Some((target, _)) = cx.overloaded_deref(Span::NONE, strip_refs(ty)) {
        types.push(target);
    }
    for ty in types {
        let Some(simple) = SimpleType::of(ty) else { continue };
        for imp in cx.tcx.impls().inherent_impls.get(&simple).into_iter().flatten() {
            names.extend(cx.tcx.assoc_items(*imp).iter().map(|i| cx.tcx.hir.def(*i).name.as_str()));
        }
    }
    names.sort();
    names.dedup();
    names
}

/// E0624.
pub fn private(cx: &FnCtxt<'_, '_>, span: Span, item: DefId) {
    let what = cx.tcx.describe(item);
    cx.error(
        Diagnostic::error("E0624", span, format!("{what} `{}` is private", item.name()))
            .primary(format!("private {what}"))
            .label(cx.tcx.hir.def(item).span, format!("private {what} defined here")),
    );
}

fn ambiguous(cx: &FnCtxt<'_, '_>, span: Span, name: Symbol, items: &[DefId]) {
    let mut d = Diagnostic::error("E0034", span, "multiple applicable items in scope")
        .primary(format!("multiple `{name}` found"));
    for item in items.iter().take(4) {
        d = d.label(cx.tcx.hir.def(*item).span, format!("candidate: `{}`", item.path));
    }
    cx.error(d);
}
