//! Messages about variables, labels and loops.

use super::*;

/// E0415: two parameters of one name.
pub(in crate::resolve) fn duplicate_parameter(ident: Ident) -> Diagnostic {
    let name = ident.name;
    Diagnostic::error(
        "E0415",
        ident.span,
        format!("identifier `{name}` is bound more than once in this parameter list"),
    )
    .primary("used as parameter more than once")
}

/// E0416: a pattern binds a name twice.
pub(in crate::resolve) fn duplicate_binding(ident: Ident) -> Diagnostic {
    let name = ident.name;
    Diagnostic::error(
        "E0416",
        ident.span,
        format!("identifier `{name}` is bound more than once in the same pattern"),
    )
    .primary("used in a pattern more than once")
}

/// E0408: one alternative of an or-pattern lacks a variable.
pub(in crate::resolve) fn not_bound_in_all(name: Symbol, missing: Span, bound: Span) -> Diagnostic {
    Diagnostic::error("E0408", missing, format!("variable `{name}` is not bound in all patterns"))
        .primary(format!("pattern doesn't bind `{name}`"))
        .label(bound, "variable not in all patterns")
}

/// E0409: alternatives bind a variable in different ways.
pub(in crate::resolve) fn inconsistent_binding(ident: Ident, first: Span) -> Diagnostic {
    let name = ident.name;
    Diagnostic::error(
        "E0409",
        ident.span,
        format!("variable `{name}` is bound inconsistently across alternatives separated by `|`"),
    )
    .primary("bound in different ways")
    .label(first, "first binding")
}

/// E0530: a variable cannot have the name of a static, tuple struct or tuple variant.
pub(in crate::resolve) fn binding_shadows(
    ident: Ident,
    what: &str,
    found: &str,
    defined: Span,
) -> Diagnostic {
    let name = ident.name;
    let article = if found.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    let d = Diagnostic::error("E0530", ident.span, format!("{what}s cannot shadow {found}s"))
        .primary(format!("cannot be named the same as {article} {found}"));
    if defined.is_none() { d } else { d.label(defined, format!("the {found} `{name}` is defined here")) }
}

/// E0426: a label that no loop around has.
pub(in crate::resolve) fn undeclared_label(ident: Ident, similar: Option<Symbol>) -> Diagnostic {
    let name = ident.name;
    let d = Diagnostic::error("E0426", ident.span, format!("use of undeclared label `{name}`"))
        .primary(format!("undeclared label `{name}`"));
    match similar {
        Some(similar) => d.help(format!("try using similarly named label: `{similar}`")),
        None => d,
    }
}

/// E0767: a label outside of the closure or constant.
pub(in crate::resolve) fn unreachable_label(ident: Ident) -> Diagnostic {
    let name = ident.name;
    Diagnostic::error("E0767", ident.span, format!("use of unreachable label `{name}`"))
        .primary(format!("unreachable label `{name}`"))
        .note("labels are unreachable through functions, closures and constants")
}

/// E0268: `break` or `continue` without a loop.
pub(in crate::resolve) fn outside_loop(keyword: &str, span: Span) -> Diagnostic {
    let place = if keyword == "break" { " or labeled block" } else { "" };
    Diagnostic::error("E0268", span, format!("`{keyword}` outside of a loop{place}"))
        .primary(format!("cannot `{keyword}` outside of a loop{place}"))
}

/// E0267: `break` or `continue` of a loop outside of the closure.
pub(in crate::resolve) fn inside_closure(keyword: &str, span: Span) -> Diagnostic {
    Diagnostic::error("E0267", span, format!("`{keyword}` inside of a closure"))
        .primary(format!("cannot `{keyword}` inside of a closure"))
}

/// E0695: `break` without label in a labelled block that is no loop.
pub(in crate::resolve) fn unlabeled_in_block(keyword: &str, span: Span) -> Diagnostic {
    Diagnostic::error("E0695", span, format!("unlabeled `{keyword}` inside of a labeled block")).primary(
        format!(
            "`{keyword}` statements that would diverge to or through a labeled block need to bear a label"
        ),
    )
}

/// E0696: `continue` to a block.
pub(in crate::resolve) fn continue_to_block(span: Span) -> Diagnostic {
    Diagnostic::error("E0696", span, "`continue` pointing to a labeled block")
        .primary("labeled blocks cannot be `continue`'d")
}

/// E0070: an assignment to something that is no place.
pub(in crate::resolve) fn invalid_assignment(span: Span) -> Diagnostic {
    Diagnostic::error("E0070", span, "invalid left-hand side of assignment")
        .primary("cannot assign to this expression")
}

/// `_` where a value is needed.
pub(in crate::resolve) fn misplaced_underscore(span: Span) -> Diagnostic {
    Diagnostic::error("", span, "in expressions, `_` can only be used on the left-hand side of an assignment")
        .primary("`_` not allowed here")
}

/// `let` in an expression that is no condition.
pub(in crate::resolve) fn misplaced_let(span: Span) -> Diagnostic {
    Diagnostic::error("", span, "expected expression, found `let` statement")
        .primary("only allowed in conditions of `if`, `while` and match guards, joined by `&&`")
}

/// `..` where a pattern is needed.
pub(in crate::resolve) fn misplaced_rest(span: Span) -> Diagnostic {
    Diagnostic::error("", span, "`..` patterns are not allowed here")
        .note("only allowed in tuple, tuple struct, and slice patterns")
}

/// Two `..` in one pattern.
pub(in crate::resolve) fn second_rest(span: Span, first: Span) -> Diagnostic {
    Diagnostic::error("", span, "`..` can only be used once per pattern")
        .primary("can only be used once per pattern")
        .label(first, "previously used here")
}

/// An end of a range pattern that is neither literal nor path.
pub(in crate::resolve) fn bad_range_end(span: Span) -> Diagnostic {
    Diagnostic::error("", span, "arbitrary expressions aren't allowed in patterns")
        .help("use a `const` for the end of the range")
}

/// Something else than a place or pattern on the left of `=`.
pub(in crate::resolve) fn misplaced_struct_rest(span: Span) -> Diagnostic {
    Diagnostic::error("E0797", span, "base expression required after `..`")
        .primary("add a base expression here")
}
