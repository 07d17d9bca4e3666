//! Patterns.

use serde::{Deserialize, Serialize};

use super::{Expr, Ident, Lit, Mutability, Path, QSelf, RangeLimits};
use crate::source::Span;

/// A pattern.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pat {
    /// What.
    pub kind: PatKind,
    /// Where.
    pub span: Span,
}

/// Kinds of patterns.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum PatKind {
    /// `_`
    Wild,
    /// `..`, only directly inside tuple, tuple struct and slice patterns, or under `x @`.
    Rest,
    /// `x`, `ref mut x`, `x @ p`; a plain `x` may also name a constant or unit struct or variant.
    Ident {
        /// `ref` or `ref mut`
        by_ref: Option<Mutability>,
        /// `mut`
        mutable: bool,
        /// `x`
        ident: Ident,
        /// `@ p`
        sub: Option<Box<Pat>>,
    },
    /// A literal.
    Lit {
        /// The literal.
        lit: Lit,
        /// `-` before it.
        negated: bool,
    },
    /// `a..=b`, `a..b`, `a..`, `..=b`; ends are literals (negated by [`UnOp::Neg`]) or paths.
    Range(Option<Box<Expr>>, Option<Box<Expr>>, RangeLimits),
    /// `i32::MAX`, `E::Unit`
    Path(Option<QSelf>, Path),
    /// `Some(p)`, possibly with one [`PatKind::Rest`].
    TupleStruct(Option<QSelf>, Path, Vec<Pat>),
    /// `S { a: p, .. }`
    Struct {
        /// `<T>::`
        qself: Option<QSelf>,
        /// `S`
        path: Path,
        /// Fields; the shorthand `S { ref a }` is the field `a` with the pattern `ref a`.
        fields: Vec<(Ident, Pat)>,
        /// `..`
        rest: bool,
    },
    /// `(p, q)`, possibly with one [`PatKind::Rest`].
    Tuple(Vec<Pat>),
    /// `[p, rest @ .., q]`, possibly with one [`PatKind::Rest`].
    Slice(Vec<Pat>),
    /// `&p`, `&mut p`
    Ref(Box<Pat>, Mutability),
    /// `p | q`
    Or(Vec<Pat>),
    /// Follows an error that was reported.
    Error,
}
