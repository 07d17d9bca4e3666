//! E0382: a value is used after it was moved.

use crate::diag::Diagnostic;
use crate::source::Span;
use crate::ty::Ty;

/// How the value is used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Read.
    Use,
    /// Borrowed.
    Borrow,
    /// A part of it is assigned.
    AssignPart,
}

/// What moved it.
#[derive(Clone, PartialEq, Eq)]
pub enum SiteKind {
    /// An assignment, an argument.
    Plain,
    /// A closure.
    Closure,
    /// A method that takes `self`.
    Method(String),
    /// `into_iter`, called by `for` or by hand.
    IntoIter,
}

/// Where it was moved.
#[derive(Clone, PartialEq, Eq)]
pub struct Site {
    /// Where.
    pub span: Span,
    /// By what.
    pub kind: SiteKind,
    /// Whether in an earlier round of a loop.
    pub in_loop: bool,
}

/// A value is used after it was moved.
pub struct UseAfterMove<'a> {
    /// The use.
    pub span: Span,
    /// What is used.
    pub name: &'a str,
    /// How.
    pub verb: Verb,
    /// Whether only a part was moved.
    pub partial: bool,
    /// What was moved.
    pub moved_name: &'a str,
    /// Its type.
    pub moved_ty: Ty,
    /// Where the variable is declared.
    pub declared: Option<Span>,
    /// Where it was moved.
    pub sites: &'a [Site],
    /// Whether its type is `Clone`.
    pub can_clone: bool,
}

impl UseAfterMove<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, name, verb, partial, moved_name, moved_ty, declared, sites, can_clone } = *self;
        let part = if partial { "partially " } else { "" };
        let (what, used) = match verb {
            Verb::Use => ("use of", "used"),
            Verb::Borrow => ("borrow of", "borrowed"),
            Verb::AssignPart => ("assign to part of", "partially assigned"),
        };
        let mut d = Diagnostic::error("E0382", span, format!("{what} {part}moved value: `{name}`"));
        let reason = format!(
            "{}move occurs because `{moved_name}` has type `{moved_ty}`, which does not implement the `Copy` trait",
            if partial { "partial " } else { "" }
        );
        let here_again = sites.iter().any(|s| s.span == span);
        let after = if partial { "partial move" } else { "move" };
        d = if here_again {
            d.primary(format!("value {part}moved here, in previous iteration of loop"))
        } else {
            d.primary(format!("value {used} here after {after}"))
        };
        match declared {
            Some(at) if !partial && moved_name == name => d = d.label(at, reason),
            _ => d = d.note(reason),
        }
        for site in sites.iter().filter(|s| s.span != span) {
            let round = if site.in_loop { ", in previous iteration of loop" } else { "" };
            d = match &site.kind {
                SiteKind::Plain => d.label(site.span, format!("value {part}moved here{round}")),
                SiteKind::Closure => d.label(site.span, format!("value {part}moved into closure here{round}")),
                SiteKind::Method(method) => d
                    .label(site.span, format!("`{moved_name}` {part}moved due to this method call{round}"))
                    .note(format!(
                        "`{method}` takes ownership of the receiver `self`, which moves `{moved_name}`"
                    )),
                SiteKind::IntoIter => d
                    .label(
                        site.span,
                        format!("`{moved_name}` {part}moved due to this implicit call to `.into_iter()`{round}"),
                    )
                    .note("`into_iter` takes ownership of the receiver `self`")
                    .help(format!(
                        "consider iterating over a slice of the `{moved_ty}`'s content to avoid moving into the \
                         `for` loop: `&{moved_name}`"
                    )),
            };
        }
        if can_clone && !sites.iter().any(|s| s.kind == SiteKind::IntoIter) {
            d = d.help(format!(
                "consider cloning the value if the performance cost is acceptable: `{moved_name}.clone()`"
            ));
        }
        d
    }
}
