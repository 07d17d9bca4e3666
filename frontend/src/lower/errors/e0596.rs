//! E0596: a mutable borrow of what may not change.

use crate::diag::Diagnostic;
use crate::source::Span;

/// Why a place may not change.
pub enum Why<'a> {
    /// The variable is not `mut`.
    Variable {
        /// Its name.
        variable: &'a str,
        /// Where it is declared.
        declared: Span,
    },
    /// It is behind a shared reference.
    Reference {
        /// The variable that is the reference, if it is one.
        reference: Option<(&'a str, Span)>,
    },
    /// It is captured by a closure that may run twice at once.
    FnClosure,
    /// It is behind an overloaded dereference or index that only lends.
    Lent,
}

impl Why<'_> {
    /// Adds label and help to a message.
    pub fn explain(&self, d: Diagnostic, cannot: &str, done: &str) -> Diagnostic {
        match self {
            Why::Variable { variable, declared } => {
                let d = if declared.is_none() { d } else { d.label(*declared, "not mutable") };
                d.primary(cannot).help(format!("consider changing this to be mutable: `mut {variable}`"))
            }
            Why::Reference { reference: Some((name, at)) } => d
                .primary(format!("`{name}` is a `&` reference, so the data it refers to cannot be {done}"))
                .label(*at, "declared here")
                .help("consider changing this to be a mutable reference: `&mut`"),
            Why::Reference { reference: None } | Why::FnClosure | Why::Lent => d.primary(cannot),
        }
    }
}

/// A mutable borrow of what may not change.
pub struct BorrowImmutable<'a> {
    /// The borrow.
    pub span: Span,
    /// The place, if it has a name.
    pub name: Option<&'a str>,
    /// Why.
    pub why: Why<'a>,
}

impl BorrowImmutable<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, name, why } = self;
        let place = name.map_or_else(|| "value".to_string(), |n| format!("`{n}`"));
        let message = match why {
            Why::Variable { variable, .. } if name.is_none_or(|n| n == *variable) => {
                format!("cannot borrow {place} as mutable, as it is not declared as mutable")
            }
            Why::Variable { variable, .. } => {
                format!("cannot borrow {place} as mutable, as `{variable}` is not declared as mutable")
            }
            Why::Reference { .. } => {
                format!("cannot borrow {place} as mutable, as it is behind a `&` reference")
            }
            Why::FnClosure => {
                format!("cannot borrow {place} as mutable, as it is a captured variable in a `Fn` closure")
            }
            Why::Lent => format!("cannot borrow {place} as mutable"),
        };
        why.explain(
            Diagnostic::error("E0596", *span, message),
            "cannot borrow as mutable",
            "borrowed as mutable",
        )
    }
}
