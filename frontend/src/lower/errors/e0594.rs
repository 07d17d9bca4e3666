//! E0594: an assignment to what may not change.

use crate::diag::Diagnostic;
use crate::lower::errors::e0596::Why;
use crate::source::Span;

/// An assignment to what may not change.
pub struct AssignImmutable<'a> {
    /// The assignment.
    pub span: Span,
    /// The place, if it has a name.
    pub name: Option<&'a str>,
    /// Why.
    pub why: Why<'a>,
}

impl AssignImmutable<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, name, why } = self;
        let place = name.map_or_else(|| "value".to_string(), |n| format!("`{n}`"));
        let message = match why {
            Why::Variable { variable, .. } if name.is_none_or(|n| n == *variable) => {
                format!("cannot assign to {place}, as it is not declared as mutable")
            }
            Why::Variable { variable, .. } => {
                format!("cannot assign to {place}, as `{variable}` is not declared as mutable")
            }
            Why::Reference { .. } => format!("cannot assign to {place}, which is behind a `&` reference"),
            Why::FnClosure => {
                format!("cannot assign to {place}, as it is a captured variable in a `Fn` closure")
            }
            Why::Lent => format!("cannot assign to {place}"),
        };
        why.explain(Diagnostic::error("E0594", *span, message), "cannot assign", "written to")
    }
}
