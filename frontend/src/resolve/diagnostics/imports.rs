//! Messages about `use` declarations and about names that may not be used from outside.

use super::*;

/// E0432: a path in a `use` leads nowhere.
pub(in crate::resolve) fn unresolved_import(path: &str, span: Span, label: String) -> Diagnostic {
    Diagnostic::error("E0432", span, format!("unresolved import `{path}`")).primary(label)
}

/// E0429, E0430: `use self;`, `use super;` without a name to bind.
pub(in crate::resolve) fn import_without_name(keyword: Symbol, span: Span) -> Diagnostic {
    Diagnostic::error("E0429", span, format!("imports need an explicit name: `{keyword}` has none"))
        .help(format!("write `use {keyword} as name;`"))
}

/// E0252: two imports of one name.
pub(in crate::resolve) fn duplicate_import(name: Symbol, ns: Ns, first: Span, span: Span) -> Diagnostic {
    Diagnostic::error("E0252", span, format!("the name `{name}` is defined multiple times"))
        .primary(format!("`{name}` reimported here"))
        .label(first, format!("previous import of the {} `{name}` here", ns.descr()))
        .note(format!("`{name}` must be defined only once in the {} namespace of this module", ns.descr()))
        .help(format!("you can use `as` to change the binding name of the import: `{}`", other_name(name)))
}

/// E0255: an import and an item of the same name.
pub(in crate::resolve) fn import_conflicts_with_item(
    name: Symbol,
    ns: Ns,
    item: Span,
    span: Span,
) -> Diagnostic {
    Diagnostic::error("E0255", span, format!("the name `{name}` is defined multiple times"))
        .primary(format!("`{name}` reimported here"))
        .label(item, format!("previous definition of the {} `{name}` here", ns.descr()))
        .note(format!("`{name}` must be defined only once in the {} namespace of this module", ns.descr()))
        .help(format!("you can use `as` to change the binding name of the import: `{}`", other_name(name)))
}

/// E0364, E0365: `pub use` of something less visible.
pub(in crate::resolve) fn reexport_of_private(ident: Ident, kind: &str, item: Span) -> Diagnostic {
    let code = if kind == "module" { "E0365" } else { "E0364" };
    let name = ident.name;
    Diagnostic::error(code, ident.span, format!("`{name}` is private, and cannot be re-exported"))
        .primary(format!("re-export of private `{name}`"))
        .label(item, format!("consider marking `{name}` as `pub` in the imported module"))
}

/// E0603: a name that exists but may not be used here.
pub(in crate::resolve) fn private_item(ident: Ident, kind: &str, defined: Span) -> Diagnostic {
    let name = ident.name;
    let d = Diagnostic::error("E0603", ident.span, format!("{kind} `{name}` is private"))
        .primary(format!("private {kind}"));
    if defined.is_none() { d } else { d.label(defined, format!("the {kind} `{name}` is defined here")) }
}

/// E0659: two globs bring different things in under one name, and the name is used.
pub(in crate::resolve) fn ambiguous_glob(ident: Ident, first: Span, second: Span) -> Diagnostic {
    let name = ident.name;
    Diagnostic::error("E0659", ident.span, format!("`{name}` is ambiguous"))
        .primary("ambiguous name")
        .label(first, format!("`{name}` could refer to what is imported here"))
        .label(second, format!("`{name}` could also refer to what is imported here"))
        .note("ambiguous because of multiple glob imports of a name in the same module")
        .help(format!("consider adding an explicit import of `{name}` to disambiguate"))
}

/// E0742 and relatives: `pub(in path)` with a path that is not around the item.
pub(in crate::resolve) fn bad_visibility(span: Span) -> Diagnostic {
    Diagnostic::error("E0742", span, "visibilities can only be restricted to ancestor modules")
}

/// C0010: a part of Rust's std that has no place in tasks.
pub(in crate::resolve) fn unsupported_std(path: &str, span: Span, help: &str) -> Diagnostic {
    Diagnostic::error("C0010", span, format!("not supported: `{path}`"))
        .primary("the standard library of tasks does not have this")
        .help(help)
}

fn other_name(name: Symbol) -> String {
    let capital = name.as_str().starts_with(char::is_uppercase);
    if capital { format!("as Other{name}") } else { format!("as other_{name}") }
}
