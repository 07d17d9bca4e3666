//! E0507, E0508, E0509: a move out of what only lends.

use crate::diag::Diagnostic;
use crate::source::Span;
use crate::ty::{Mutability, Ty};

/// What the value would be moved out of.
pub enum From {
    /// A reference.
    Reference(Mutability),
    /// A raw pointer.
    RawPointer,
    /// An element by `Index`.
    IndexOf(Ty),
    /// What an overloaded `*` lends.
    Inside(Ty),
    /// A static.
    Static(String),
    /// A captured variable, of a closure of this kind.
    Captured(String, &'static str),
    /// An element of an array or slice.
    Element(Ty, &'static str),
    /// A field of a type that implements `Drop`.
    HasDrop(Ty),
}

/// A move out of what only lends.
pub struct MoveOut<'a> {
    /// The move.
    pub span: Span,
    /// The place, if it has a name.
    pub name: Option<&'a str>,
    /// Type of the place.
    pub ty: Ty,
    /// What it is in.
    pub from: From,
}

impl MoveOut<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, name, ty, from } = self;
        let place = name.map_or_else(|| "value".to_string(), |n| format!("`{n}`"));
        let behind = |what: &str| match name {
            Some(n) => format!("cannot move out of `{n}` which is behind {what}"),
            None => format!("cannot move out of {what}"),
        };
        let (code, message) = match from {
            From::Reference(Mutability::Not) => ("E0507", behind("a shared reference")),
            From::Reference(Mutability::Mut) => ("E0507", behind("a mutable reference")),
            From::RawPointer => ("E0507", behind("a raw pointer")),
            From::IndexOf(of) => ("E0507", format!("cannot move out of index of `{of}`")),
            From::Inside(of) => ("E0507", format!("cannot move out of dereference of `{of}`")),
            From::Static(name) => ("E0507", format!("cannot move out of static item `{name}`")),
            From::Captured(name, kind) => {
                ("E0507", format!("cannot move out of `{name}`, a captured variable in an `{kind}` closure"))
            }
            From::Element(of, kind) => {
                ("E0508", format!("cannot move out of type `{of}`, a non-copy {kind}"))
            }
            From::HasDrop(of) => {
                ("E0509", format!("cannot move out of type `{of}`, which implements the `Drop` trait"))
            }
        };
        let because =
            format!("move occurs because {place} has type `{ty}`, which does not implement the `Copy` trait");
        let d = Diagnostic::error(code, *span, message);
        let d = match code {
            "E0507" => d.primary(because),
            _ => d.primary("cannot move out of here").note(because),
        };
        d.help("consider borrowing here with `&`, or cloning the value if the performance cost is acceptable")
    }
}
