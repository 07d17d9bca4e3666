//! E0597, E0716: a borrowed value ends before the borrow.

use crate::diag::Diagnostic;
use crate::source::Span;

/// A borrowed value ends before the borrow.
pub struct TooShort<'a> {
    /// The borrow.
    pub span: Span,
    /// What is borrowed; nothing for a temporary.
    pub name: Option<&'a str>,
    /// Where it is declared.
    pub declared: Span,
    /// Where it ends.
    pub ends: Span,
    /// Where the borrow is used again.
    pub later: Option<Span>,
}

impl TooShort<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, name, declared, ends, later } = *self;
        let d = match name {
            Some(name) => Diagnostic::error("E0597", span, format!("`{name}` does not live long enough"))
                .primary("borrowed value does not live long enough")
                .label(declared, format!("binding `{name}` declared here"))
                .label(ends, format!("`{name}` dropped here while still borrowed")),
            None => Diagnostic::error("E0716", span, "temporary value dropped while borrowed")
                .primary("creates a temporary value which is freed while still in use")
                .label(ends, "temporary value is freed at the end of this statement")
                .help("consider using a `let` binding to create a longer lived value"),
        };
        match later {
            Some(at) => d.label(at, "borrow later used here"),
            None => d,
        }
    }
}
