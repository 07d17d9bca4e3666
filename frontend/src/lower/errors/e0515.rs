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
    /// Whether the value is the reference itself.
    pub direct: bool,
    /// The borrow.
    pub borrowed: Span,
}

impl ReturnsLocal<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, name, is_parameter, direct, borrowed } = *self;
        let reference = if direct { "reference to" } else { "value referencing" };
        let what = match name {
            Some(name) if is_parameter => format!("function parameter `{name}`"),
            Some(name) => format!("local variable `{name}`"),
            None => "temporary value".to_string(),
        };
        let d = Diagnostic::error("E0515", span, format!("cannot return {reference} {what}"));
        if direct {
            return d.primary("returns a reference to data owned by the current function");
        }
        let d = d.primary("returns a value referencing data owned by the current function");
        match name {
            Some(name) => d.label(borrowed, format!("`{name}` is borrowed here")),
            None => d.label(borrowed, "temporary value created here"),
        }
    }
}
