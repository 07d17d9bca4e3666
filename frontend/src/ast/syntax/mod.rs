//! The tree of a crate after parsing and macro expansion, before names are resolved.
//!
//! In: nothing, this is data. It follows rustc's AST, with all that expansion removes removed: no macro calls, no
//! derives, no `cfg`, no parentheses. What still is sugar (`for`, `while`, `?`, `if let`, ranges, destructuring
//! assignment) is turned into HIR by `resolve`.
//!
//! Hygiene: an [`Ident`] that comes from the body of a macro carries the mark of that expansion in `ctxt`, one
//! from its arguments keeps its own. Locals and labels are the same if `(name, ctxt)` are; items, fields, methods,
//! types, lifetimes and modules are looked up by `name` only. A path of one segment whose `(name, ctxt)` is no
//! local may be a local of the place where the macro was defined: it is looked up again with
//! [`Mark::parent`] among the locals bound before [`Mark::definition`], and so on; then as an item by `name`.

mod expr;
mod item;
mod pat;
mod path;

use serde::{Deserialize, Serialize};

use crate::source::{Edition, Span};
use crate::symbol::Symbol;

pub use crate::hir::{Attrs, BinOp, Lit, UnOp, VariantShape};
pub use crate::ty::Mutability;
pub use expr::*;
pub use item::*;
pub use pat::*;
pub use path::*;

/// A whole crate.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Crate {
    /// Its name: `std`, or what the user called it.
    pub name: Symbol,
    /// Whether it is our standard library (which may use what user crates may not).
    pub is_std: bool,
    /// What it is written in.
    pub edition: Edition,
    /// Items of the root module.
    pub items: Vec<Item>,
    /// The macro expansions, by [`Ident::ctxt`]; the first stands for the source itself.
    pub marks: Vec<Mark>,
    /// The root file.
    pub span: Span,
}

/// Where the identifiers of one macro expansion come from.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Mark {
    /// The `ctxt` of the identifier in the body of the macro.
    pub parent: u32,
    /// The definition of the macro: what is bound after it is not seen by its body. [`Span::NONE`] for built-in
    /// macros, whose bodies see no locals of others.
    pub definition: Span,
}

/// A name at a place.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Ident {
    /// The name; raw identifiers without `r#`, lifetimes and labels with their quote (`'a`).
    pub name: Symbol,
    /// Where.
    pub span: Span,
    /// Mark of the macro expansion it was written in; 0 is the source itself.
    pub ctxt: u32,
}
