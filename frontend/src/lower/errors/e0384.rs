//! E0384: an immutable variable is assigned twice.

use crate::diag::Diagnostic;
use crate::source::Span;

/// An immutable variable is assigned twice.
pub struct AssignTwice<'a> {
    /// The second assignment.
    pub span: Span,
    /// The variable.
    pub name: &'a str,
    /// Where it is declared.
    pub declared: Span,
    /// Where it got its first value, if not where it is declared.
    pub first: Option<Span>,
    /// Whether it is a parameter.
    pub is_parameter: bool,
}

impl AssignTwice<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, name, declared, first, is_parameter } = *self;
        let d = if is_parameter {
            Diagnostic::error("E0384", span, format!("cannot assign to immutable argument `{name}`"))
                .primary("cannot assign to immutable argument")
        } else {
            let d = Diagnostic::error(
                "E0384",
                span,
                format!("cannot assign twice to immutable variable `{name}`"),
            )
            .primary("cannot assign twice to immutable variable");
            d.label(first.unwrap_or(declared), format!("first assignment to `{name}`"))
        };
        d.help(format!("consider making this binding mutable: `mut {name}`"))
    }
}
