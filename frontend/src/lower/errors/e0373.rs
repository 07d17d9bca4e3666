//! E0373: a closure that borrows a variable outlives it.

use crate::diag::Diagnostic;
use crate::source::Span;

/// A closure that borrows a variable outlives it.
pub struct Escapes<'a> {
    /// The closure.
    pub span: Span,
    /// The variable.
    pub name: &'a str,
    /// Where the closure uses it.
    pub used: Span,
    /// Whether the closure is returned.
    pub returned: bool,
    /// What needs it to live longer.
    pub at: Span,
    /// For how long, in quotes.
    pub region: &'a str,
}

impl Escapes<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, name, used, returned, at, region } = *self;
        let message = format!(
            "closure may outlive the current function, but it borrows `{name}`, which is owned by the current function"
        );
        let d = Diagnostic::error("E0373", span, message)
            .primary(format!("may outlive borrowed value `{name}`"))
            .label(used, format!("`{name}` is borrowed here"));
        let d = if returned {
            d.label(at, "closure is returned here")
        } else {
            d.label(at, format!("function requires argument type to outlive {region}"))
        };
        d.help(format!("to force the closure to take ownership of `{name}`, use the `move` keyword"))
    }
}
