//! E0499 to E0503, E0505, E0506, E0524: a place is used in a way that a borrow of it forbids.

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
    /// Whether a closure borrows what a variable that is not `mut` refers to exclusively: now, and then.
    pub unique: (bool, bool),
    /// Where the borrow is used again.
    pub later: Option<Span>,
}

impl Conflict<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, name, access, loan_span, loan_name, loan_mut, unique, later } = *self;
        let d = match access {
            Access::BorrowMut if unique == (true, true) => Diagnostic::error(
                "E0524",
                span,
                format!("two closures require unique access to `{name}` at the same time"),
            )
            .primary("second closure is constructed here")
            .label(loan_span, "first closure is constructed here"),
            Access::BorrowMut if unique.0 => Diagnostic::error(
                "E0500",
                span,
                format!("closure requires unique access to `{name}` but it is already borrowed"),
            )
            .primary("closure construction occurs here")
            .label(loan_span, "borrow occurs here"),
            Access::Borrow | Access::BorrowMut if unique.1 => {
                let how = if access == Access::Borrow { "immutable" } else { "mutable" };
                Diagnostic::error(
                    "E0501",
                    span,
                    format!(
                        "cannot borrow `{name}` as {how} because previous closure requires unique access"
                    ),
                )
                .primary("second borrow occurs here")
                .label(loan_span, "closure construction occurs here")
            }
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
