//! E0515: a function returns a reference to what ends with it.

use crate::diag::Diagnostic;
use crate::source::Span;

/// A function returns a reference to what ends with it.
pub struct ReturnsLocal<'a> {
    /// The returned value.
    pub span: Span,
    /// The variable, if it has a name.
    pub name: Option<&'a str>,
    /// Whether it is a parameter.
    pub is_parameter: bool,
}

impl ReturnsLocal<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let (what, label) = match (self.name, self.is_parameter) {
            (Some(name), true) => (
                format!("cannot return reference to function parameter `{name}`"),
                "returns a reference to data owned by the current function",
            ),
            (Some(name), false) => (
                format!("cannot return reference to local variable `{name}`"),
                "returns a reference to data owned by the current function",
            ),
            (None, _) => (
                "cannot return reference to temporary value".to_string(),
                "returns a reference to data owned by the current function",
            ),
        };
        Diagnostic::error("E0515", self.span, what).primary(label)
    }
}
