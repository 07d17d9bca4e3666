//! E0594: an assignment to what may not change.

use crate::diag::Diagnostic;
use crate::lower::errors::e0596::Why;
use crate::source::Span;

/// An assignment to what may not change.
pub struct AssignImmutable<'a> {
    /// The assignment.
    pub span: Span,
    /// The place.
    pub name: &'a str,
    /// Why.
    pub why: Why<'a>,
}

impl AssignImmutable<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, name, why } = self;
        let message = match why {
            Why::Variable { variable, .. } if variable == name => {
                format!("cannot assign to `{name}`, as it is not declared as mutable")
            }
            Why::Variable { variable, .. } => {
                format!("cannot assign to `{name}`, as `{variable}` is not declared as mutable")
            }
            Why::Reference { .. } => format!("cannot assign to `{name}`, which is behind a `&` reference"),
            Why::FnClosure => {
                format!("cannot assign to `{name}`, as it is a captured variable in a `Fn` closure")
            }
            Why::Lent => format!("cannot assign to `{name}`"),
        };
        why.explain(Diagnostic::error("E0594", *span, message), "cannot assign", "written to")
    }
}
