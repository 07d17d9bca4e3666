//! A pattern that no value reaches.

use crate::diag::Diagnostic;
use crate::source::Span;

/// A pattern that no value reaches: earlier ones match all it would.
pub struct Unreachable {
    /// The pattern.
    pub span: Span,
}

impl Unreachable {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::warning("", self.span, "unreachable pattern").primary("no value can reach this")
    }
}
