//! E0713: a destructor runs while something it may look at is borrowed.

use crate::diag::Diagnostic;
use crate::source::Span;

/// A destructor runs while something it may look at is borrowed.
pub struct DestructorRuns<'a> {
    /// The borrow.
    pub span: Span,
    /// What is borrowed.
    pub name: &'a str,
    /// Where the destructor runs.
    pub ends: Span,
}

impl DestructorRuns<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, name, ends } = *self;
        Diagnostic::error("E0713", span, "borrow may still be in use when destructor runs")
            .primary(format!("`{name}` is borrowed here"))
            .label(ends, "here, drop of the owner needs exclusive access to it")
    }
}
