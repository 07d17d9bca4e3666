//! Messages about paths that mean nothing, or not what their place asks for.

use super::*;

fn expected(source: Source) -> &'static str {
    match source {
        Source::Type => "type",
        Source::Trait => "trait",
        Source::Expr { call: true } => "function",
        Source::Expr { call: false } => "value",
        Source::Pat => "unit struct, unit variant or constant",
        Source::TupleStruct => "tuple struct or tuple variant",
        Source::Struct => "struct, variant or union type",
    }
}

/// E0412 type, E0405 trait, E0425 value or function, E0531 pattern, E0422 struct: nothing has this name.
pub(in crate::resolve) fn not_found(source: Source, ident: Ident, place: Option<(&str, &str)>) -> Diagnostic {
    let code = match (source, place) {
        (Source::Type | Source::Expr { .. }, Some(("trait", _))) => "E0576",
        (Source::Type, _) => "E0412",
        (Source::Trait, _) => "E0405",
        (Source::Expr { .. }, _) => "E0425",
        (Source::Pat | Source::TupleStruct, _) => "E0531",
        (Source::Struct, _) => "E0422",
    };
    let what = match (source, place) {
        (Source::Type, Some(("trait", _))) => "associated type",
        (Source::Expr { .. }, Some(("trait", _))) => "method or associated constant",
        _ => expected(source),
    };
    let (place, label) = match place {
        None => ("this scope".to_string(), "not found in this scope".to_string()),
        Some((kind, name)) => (format!("{kind} `{name}`"), format!("not found in `{name}`")),
    };
    Diagnostic::error(code, ident.span, format!("cannot find {what} `{}` in {place}", ident.name))
        .primary(label)
}

/// E0423 value, E0404 trait, E0573 type, E0532 pattern, E0574 struct: the name means something else.
pub(in crate::resolve) fn unexpected_res(
    source: Source,
    found: &str,
    path: &str,
    span: Span,
    defined: Option<Span>,
) -> Diagnostic {
    let (code, wanted) = match source {
        Source::Type => ("E0573", "type"),
        Source::Trait => ("E0404", "trait"),
        Source::Expr { call: true } => ("E0423", "function, tuple struct or tuple variant"),
        Source::Expr { call: false } => ("E0423", "value"),
        Source::Pat | Source::TupleStruct => ("E0532", expected(source)),
        Source::Struct => ("E0574", expected(source)),
    };
    // rustc has a code of its own for `E::Named` used as a value.
    let code = if found == "struct variant" { "E0533" } else { code };
    let d = Diagnostic::error(code, span, format!("expected {wanted}, found {found} `{path}`"))
        .primary(format!("not a {}", wanted.split(',').next().unwrap_or(wanted)));
    match defined {
        Some(defined) if !defined.is_none() => d.label(defined, format!("the {found} is defined here")),
        _ => d,
    }
}

/// E0433: the first segment of a longer path is not known.
pub(in crate::resolve) fn no_such_prefix(ident: Ident, is_type: bool) -> Diagnostic {
    let name = ident.name;
    if is_type {
        Diagnostic::error("E0433", ident.span, format!("cannot find type `{name}` in this scope"))
            .primary(format!("use of undeclared type `{name}`"))
    } else {
        Diagnostic::error("E0433", ident.span, format!("cannot find module or crate `{name}` in this scope"))
            .primary(format!("use of unresolved module or unlinked crate `{name}`"))
    }
}

/// E0433: an inner segment of a longer path is not known.
pub(in crate::resolve) fn no_such_segment(ident: Ident, within: &str) -> Diagnostic {
    Diagnostic::error("E0433", ident.span, format!("cannot find `{}` in `{within}`", ident.name))
        .primary(format!("could not find `{}` in `{within}`", ident.name))
}

/// E0433: `super` above the root.
pub(in crate::resolve) fn too_many_supers(span: Span) -> Diagnostic {
    Diagnostic::error("E0433", span, "too many leading `super` keywords")
        .primary("there are too many leading `super` keywords")
}

/// E0424: `self` in a function without it.
pub(in crate::resolve) fn no_self_value(span: Span) -> Diagnostic {
    Diagnostic::error("E0424", span, "expected value, found module `self`")
        .primary("`self` value is a keyword only available in methods with a `self` parameter")
}

/// E0411, E0433: `Self` outside of impls, traits and types.
pub(in crate::resolve) fn no_self_type(span: Span, last: bool) -> Diagnostic {
    let (code, message) = if last {
        ("E0411", "cannot find type `Self` in this scope")
    } else {
        ("E0433", "cannot find `Self` in this scope")
    };
    Diagnostic::error(code, span, message)
        .primary("`Self` is only available in impls, traits, and type definitions")
}

/// E0401: an inner item uses a generic parameter of the function around it.
pub(in crate::resolve) fn outer_generic(ident: Ident, param: Span) -> Diagnostic {
    Diagnostic::error("E0401", ident.span, "can't use generic parameters from outer item")
        .primary("use of generic parameter from outer item")
        .label(param, "type parameter from outer item")
        .note(
            "nested items are independent from their parent item for everything except for privacy and name \
             resolution",
        )
        .help(format!("try introducing a local generic parameter `{}` here", ident.name))
}

/// E0401: an inner item uses the `Self` around it.
pub(in crate::resolve) fn outer_self_type(span: Span) -> Diagnostic {
    Diagnostic::error("E0401", span, "can't use `Self` from outer item")
        .primary("use of `Self` from outer item")
        .help("refer to the type directly here instead")
}

/// E0434: an inner function uses a variable around it.
pub(in crate::resolve) fn captured_by_item(span: Span) -> Diagnostic {
    Diagnostic::error("E0434", span, "can't capture dynamic environment in a fn item")
        .help("use the `|| { ... }` closure form instead")
}

/// E0435: a constant uses a variable.
pub(in crate::resolve) fn local_in_constant(span: Span) -> Diagnostic {
    Diagnostic::error("E0435", span, "attempt to use a non-constant value in a constant")
        .primary("non-constant value")
        .help("consider using `const` instead of `let`")
}

/// E0261: a lifetime that is not declared.
pub(in crate::resolve) fn undeclared_lifetime(ident: Ident) -> Diagnostic {
    let name = ident.name;
    Diagnostic::error("E0261", ident.span, format!("use of undeclared lifetime name `{name}`"))
        .primary("undeclared lifetime")
        .help(format!("consider introducing lifetime `{name}`: `<{name}>`"))
}

/// A generic parameter in a constant that is part of a type, where only a whole constant may be one.
pub(in crate::resolve) fn param_in_const(ident: Ident, is_value: bool) -> Diagnostic {
    let error = Diagnostic::error("", ident.span, "generic parameters may not be used in const operations")
        .primary(format!("cannot perform const operation using `{}`", ident.name));
    if is_value {
        let name = ident.name;
        error.help(format!("const parameters may only be used as standalone arguments here, i.e. `{name}`"))
    } else {
        error.note("type parameters may not be used in const expressions")
    }
}
