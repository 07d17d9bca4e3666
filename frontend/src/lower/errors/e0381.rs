//! E0381: a variable is used before it has a value.

use crate::diag::Diagnostic;
use crate::source::Span;

/// A variable is used before it has a value.
pub struct Uninitialised<'a> {
    /// The use.
    pub span: Span,
    /// The place.
    pub name: &'a str,
    /// Where the variable is declared.
    pub declared: Span,
    /// Whether the use assigns a part of it.
    pub partly: bool,
    /// Whether some path assigns it.
    pub sometimes: bool,
}

impl Uninitialised<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, name, declared, partly, sometimes } = *self;
        let (what, label) = if partly {
            (format!("partially assigned binding `{name}` isn't fully initialized"), "assigned")
        } else if sometimes {
            (format!("used binding `{name}` is possibly-uninitialized"), "used")
        } else {
            (format!("used binding `{name}` isn't initialized"), "used")
        };
        let state = if sometimes && !partly { "possibly-uninitialized" } else { "it isn't initialized" };
        let text = if sometimes && !partly {
            format!("`{name}` {label} here but it is {state}")
        } else {
            format!("`{name}` {label} here but {state}")
        };
        Diagnostic::error("E0381", span, what)
            .primary(text)
            .label(declared, "binding declared here but left uninitialized")
    }
}
