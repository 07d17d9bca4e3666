//! Messages about items and their parts.

use super::*;

/// E0428: two items of one name.
pub(in crate::resolve) fn duplicate_definition(
    name: Symbol,
    ns: Ns,
    place: &str,
    first: Span,
    span: Span,
) -> Diagnostic {
    Diagnostic::error("E0428", span, format!("the name `{name}` is defined multiple times"))
        .primary(format!("`{name}` redefined here"))
        .label(first, format!("previous definition of the {} `{name}` here", ns.descr()))
        .note(format!("`{name}` must be defined only once in the {} namespace of this {place}", ns.descr()))
}

/// E0592 inherent, E0201 of a trait: one impl has two items of one name.
pub(in crate::resolve) fn duplicate_in_impl(
    name: Symbol,
    first: Span,
    span: Span,
    of_trait: bool,
) -> Diagnostic {
    let code = if of_trait { "E0201" } else { "E0592" };
    Diagnostic::error(code, span, format!("duplicate definitions with name `{name}`"))
        .primary(format!("duplicate definitions for `{name}`"))
        .label(first, "other definition here")
}

/// E0403: two generic parameters of one name.
pub(in crate::resolve) fn duplicate_generic(ident: Ident, first: Span) -> Diagnostic {
    let name = ident.name;
    Diagnostic::error(
        "E0403",
        ident.span,
        format!(
            "the name `{name}` is already used for a generic parameter in this item's generic parameters"
        ),
    )
    .primary("already used")
    .label(first, format!("first use of `{name}`"))
}

/// E0124: two fields of one name.
pub(in crate::resolve) fn duplicate_field(ident: Ident, first: Span) -> Diagnostic {
    let name = ident.name;
    Diagnostic::error("E0124", ident.span, format!("field `{name}` is already declared"))
        .primary("field already declared")
        .label(first, format!("`{name}` first declared here"))
}

/// E0407 method, E0437 type, E0438 constant: a trait impl has an item the trait does not declare.
pub(in crate::resolve) fn not_in_trait(
    code: &'static str,
    kind: &str,
    name: Symbol,
    trait_name: &str,
    span: Span,
) -> Diagnostic {
    Diagnostic::error(code, span, format!("{kind} `{name}` is not a member of trait `{trait_name}`"))
        .primary(format!("not a member of trait `{trait_name}`"))
}

/// E0562: `impl Trait` where it says nothing.
pub(in crate::resolve) fn impl_trait_not_allowed(span: Span, place: &str) -> Diagnostic {
    Diagnostic::error("E0562", span, format!("`impl Trait` is not allowed in {place}"))
        .note("`impl Trait` is only allowed in arguments and return types of functions and methods")
}

/// Our std lacks something that syntax needs; only a std of its own in a test does.
pub(in crate::resolve) fn no_lang_item(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error("", span, format!("requires `{name}` lang_item"))
}

/// E0262: `'static` is no name for a parameter.
pub(in crate::resolve) fn reserved_lifetime(ident: Ident) -> Diagnostic {
    let message = format!("invalid lifetime parameter name: `{}`", ident.name);
    Diagnostic::error("E0262", ident.span, message).primary("`'static` is a reserved lifetime name")
}

/// E0496: a lifetime parameter has the name of one around it.
pub(in crate::resolve) fn shadowed_lifetime(ident: Ident, first: Span) -> Diagnostic {
    let name = ident.name;
    let message = format!("lifetime name `{name}` shadows a lifetime name that is already in scope");
    Diagnostic::error("E0496", ident.span, message)
        .primary(format!("lifetime `{name}` already in scope"))
        .label(first, "first declared here")
}

/// E0770: the type of a const parameter is a parameter.
pub(in crate::resolve) fn dependent_const_param(ident: Ident) -> Diagnostic {
    let message = "the type of const parameters must not depend on other generic parameters";
    Diagnostic::error("E0770", ident.span, message)
        .primary(format!("the type must not depend on the parameter `{}`", ident.name))
}
