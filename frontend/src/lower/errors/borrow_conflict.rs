//! E0499, E0502, E0503, E0505, E0506: a place is used in a way that a borrow of it forbids.

use crate::diag::Diagnostic;
use crate::source::Span;

/// How the place is used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Read.
    Use,
    /// Moved.
    Move,
    /// Assigned.
    Assign,
    /// Borrowed shared.
    Borrow,
    /// Borrowed exclusively.
    BorrowMut,
}

/// A place is used in a way that a borrow of it forbids.
pub struct Conflict<'a> {
    /// The use.
    pub span: Span,
    /// What is used.
    pub name: &'a str,
    /// How.
    pub access: Access,
    /// The borrow.
    pub loan_span: Span,
    /// What was borrowed.
    pub loan_name: &'a str,
    /// Whether exclusively.
    pub loan_mut: bool,
    /// Where the borrow is used again.
    pub later: Option<Span>,
}

impl Conflict<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, name, access, loan_span, loan_name, loan_mut, later } = *self;
        let d = match access {
            Access::BorrowMut if loan_mut => Diagnostic::error(
                "E0499",
                span,
                format!("cannot borrow `{name}` as mutable more than once at a time"),
            )
            .primary("second mutable borrow occurs here")
            .label(loan_span, "first mutable borrow occurs here"),
            Access::BorrowMut => Diagnostic::error(
                "E0502",
                span,
                format!("cannot borrow `{name}` as mutable because it is also borrowed as immutable"),
            )
            .primary("mutable borrow occurs here")
            .label(loan_span, "immutable borrow occurs here"),
            Access::Borrow => Diagnostic::error(
                "E0502",
                span,
                format!("cannot borrow `{name}` as immutable because it is also borrowed as mutable"),
            )
            .primary("immutable borrow occurs here")
            .label(loan_span, "mutable borrow occurs here"),
            Access::Use => Diagnostic::error(
                "E0503",
                span,
                format!("cannot use `{name}` because it was mutably borrowed"),
            )
            .primary(format!("use of borrowed `{loan_name}`"))
            .label(loan_span, format!("`{loan_name}` is borrowed here")),
            Access::Move => Diagnostic::error(
                "E0505",
                span,
                format!("cannot move out of `{name}` because it is borrowed"),
            )
            .primary(format!("move out of `{name}` occurs here"))
            .label(loan_span, format!("borrow of `{loan_name}` occurs here")),
            Access::Assign => {
                Diagnostic::error("E0506", span, format!("cannot assign to `{name}` because it is borrowed"))
                    .primary(format!("`{name}` is assigned to here but it was already borrowed"))
                    .label(loan_span, format!("`{loan_name}` is borrowed here"))
            }
        };
        let which = match access {
            Access::BorrowMut if loan_mut => "first borrow",
            Access::BorrowMut => "immutable borrow",
            Access::Borrow => "mutable borrow",
            _ => "borrow",
        };
        match later {
            Some(at) if at == span => d,
            Some(at) => d.label(at, format!("{which} later used here")),
            None => d,
        }
    }
}
