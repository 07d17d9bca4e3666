//! Fields and variants: E0026, E0027, E0063, E0023, E0451, E0559, E0560, E0599, E0609, E0610, E0616.

use crate::diag::Diagnostic;
use crate::hir::{DefId, FieldExpr, PatId};
use crate::source::Span;
use crate::symbol::Symbol;
use crate::ty::{Ty, TyKind};

use super::super::fn_ctxt::FnCtxt;
use super::{list_names, plural, similar};

fn title(cx: &FnCtxt<'_, '_>, adt: DefId, variant: usize) -> (&'static str, String) {
    if cx.tcx.is_enum(adt) {
        ("variant", format!("{}::{}", adt.name(), cx.tcx.variants(adt)[variant].name))
    } else {
        ("struct", adt.name().to_string())
    }
}

fn field_names(cx: &FnCtxt<'_, '_>, adt: DefId, variant: usize) -> Vec<&'static str> {
    cx.tcx.variants(adt)[variant].fields.iter().map(|f| f.name.as_str()).collect()
}

/// E0560: `S { nope: 1 }`.
pub fn unknown_in_expr(cx: &FnCtxt<'_, '_>, f: &FieldExpr, adt: DefId, variant: usize) {
    let (what, name) = title(cx, adt, variant);
    let code = if what == "variant" { "E0559" } else { "E0560" };
    let names = field_names(cx, adt, variant);
    let mut d = Diagnostic::error(code, f.span, format!("{what} `{name}` has no field named `{}`", f.name));
    d = match similar(f.name.as_str(), names.iter().copied()) {
        Some(s) => d.primary("unknown field").help(format!("a field with a similar name exists: `{s}`")),
        None => {
            let available: Vec<Symbol> = names.iter().map(|n| Symbol::intern(n)).collect();
            let d = d.primary(format!("`{name}` does not have this field"));
            if available.is_empty() {
                d
            } else {
                d.note(format!("available fields are: {}", list_names(&available)))
            }
        }
    };
    cx.error(d);
}
/// E0451: a private field in a struct expression or pattern.
pub fn private_in_expr(cx: &FnCtxt<'_, '_>, span: Span, name: Symbol, adt: DefId) {
    cx.error(
        Diagnostic::error("E0451", span, format!("field `{name}` of struct `{}` is private", adt.name()))
            .primary("private field"),
    );
}
/// E0063: fields are missing.
pub fn missing_in_expr(cx: &FnCtxt<'_, '_>, span: Span, missing: &[Symbol], adt: DefId, variant: usize) {
    let s = plural(missing.len());
    let name = title(cx, adt, variant).1;
    cx.error(
        Diagnostic::error(
            "E0063",
            span,
            format!("missing field{s} {} in initializer of `{name}`", list_names(missing)),
        )
        .primary(format!("missing {}", list_names(missing))),
    );
}
/// E0599: `Enum::Nope`.
pub fn no_variant(cx: &FnCtxt<'_, '_>, span: Span, name: Symbol, adt: DefId) {
    let mut d = Diagnostic::error(
        "E0599",
        span,
        format!("no variant named `{name}` found for enum `{}`", adt.name()),
    )
    .primary("variant not found in this enum");
    let names = cx.tcx.variants(adt).iter().map(|v| v.name.as_str());
    if let Some(s) = similar(name.as_str(), names) {
        d = d.help(format!("there is a variant with a similar name: `{s}`"));
    }
    cx.error(d);
}
/// E0616: access of a private field.
pub fn private_access(cx: &FnCtxt<'_, '_>, span: Span, name: Symbol, adt: DefId) {
    cx.error(
        Diagnostic::error("E0616", span, format!("field `{name}` of struct `{}` is private", adt.name()))
            .primary("private field"),
    );
}
/// E0609: no such field.
pub fn no_field(cx: &FnCtxt<'_, '_>, span: Span, name: Symbol, base: Ty, base_span: Span) {
    let base = cx.infcx.resolve(base);
    if super::mismatch::has_error(base) {
        cx.tainted.set(true);
        return;
    }
    let shown = cx.show(base);
    let is_method = cx.probe_method(base, name, span).is_ok();
    if is_method {
        cx.error(
            Diagnostic::error(
                "E0615",
                span,
                format!("attempted to take value of method `{name}` on type `{shown}`"),
            )
            .primary("method, not a field")
            .help("use parentheses to call the method: `()`"),
        );
        return;
    }
    let primitive = matches!(
        base.kind(),
        TyKind::Bool | TyKind::Char | TyKind::Int(_) | TyKind::Uint(_) | TyKind::Float(_) | TyKind::Infer(_)
    );
    if primitive {
        cx.error(Diagnostic::error(
            "E0610",
            base_span,
            format!("`{shown}` is a primitive type and therefore doesn't have fields"),
        ));
        return;
    }
    let mut d = Diagnostic::error("E0609", span, format!("no field `{name}` on type `{shown}`"))
        .primary("unknown field");
    let mut inner = base;
    while let TyKind::Ref(_, t, _) = *inner.kind() {
        inner = cx.infcx.resolve(t);
    }
    if let TyKind::Adt(adt, _) = *inner.kind()
        && !cx.tcx.is_enum(adt)
    {
        let names = field_names(cx, adt, 0);
        d = match similar(name.as_str(), names.iter().copied()) {
            Some(s) => d.help(format!("a field with a similar name exists: `{s}`")),
            None if names.is_empty() => d,
            None => {
                let list: Vec<Symbol> = names.iter().map(|n| Symbol::intern(n)).collect();
                d.note(format!(
                    "available field{}: {}",
                    if list.len() == 1 { " is" } else { "s are" },
                    list_names(&list)
                ))
            }
        };
    }
    cx.error(d);
}
/// E0023: a tuple pattern with another number of fields.
pub fn pattern_count(cx: &FnCtxt<'_, '_>, span: Span, subs: &[PatId], adt: DefId, variant: usize) {
    let def = &cx.tcx.variants(adt)[variant];
    let (have, want) = (subs.len(), def.fields.len());
    let what = if cx.tcx.is_enum(adt) { "tuple variant" } else { "tuple struct" };
    cx.error(
        Diagnostic::error(
            "E0023",
            span,
            format!(
                "this pattern has {have} field{}, but the corresponding {what} has {want} field{}",
                plural(have),
                plural(want)
            ),
        )
        .primary(format!("expected {want} field{}, found {have}", plural(want)))
        .label(def.span, format!("{what} has {want} field{}", plural(want))),
    );
}
/// E0026: a pattern names a field that is not there.
pub fn unknown_in_pattern(cx: &FnCtxt<'_, '_>, span: Span, field: Symbol, adt: DefId, variant: usize) {
    let (what, name) = title(cx, adt, variant);
    let mut d =
        Diagnostic::error("E0026", span, format!("{what} `{name}` does not have a field named `{field}`"))
            .primary(format!("{what} `{name}` does not have this field"));
    if let Some(s) = similar(field.as_str(), field_names(cx, adt, variant)) {
        d = d.help(format!("a field with a similar name exists: `{s}`"));
    }
    cx.error(d);
}
/// E0027: a pattern leaves fields out without `..`.
pub fn missing_in_pattern(cx: &FnCtxt<'_, '_>, span: Span, missing: &[Symbol]) {
    let s = plural(missing.len());
    cx.error(
        Diagnostic::error(
            "E0027",
            span,
            format!("pattern does not mention field{s} {}", list_names(missing)),
        )
        .primary(format!("missing field{s} {}", list_names(missing)))
        .help("if you don't care about these fields, use `..`"),
    );
}
