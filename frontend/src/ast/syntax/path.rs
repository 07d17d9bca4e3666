//! Paths and types, as written.

use serde::{Deserialize, Serialize};

use super::{Bound, Expr, GenericParam, Ident, Mutability};
use crate::source::Span;
use crate::symbol::Symbol;

/// A path, possibly with generic arguments.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Path {
    /// Where the first segment is looked up.
    pub root: PathRoot,
    /// Segments; the first may be `self`, `super`, `crate`, `Self`.
    pub segments: Vec<PathSegment>,
    /// Whole path.
    pub span: Span,
}

/// Where the first segment of a path is looked up.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum PathRoot {
    /// In scope.
    Relative,
    /// `::a`: `a` is a crate.
    Global,
    /// Made by a built-in macro or derive: the first segment is in the root module of our std, whatever the user
    /// has in scope.
    Std,
    /// `$crate`: the first segment is in the root module of the crate of this name.
    Crate(Symbol),
}

/// A segment of a path.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PathSegment {
    /// Name.
    pub ident: Ident,
    /// Generic arguments, if written.
    pub args: Option<GenericArgs>,
}

/// Generic arguments as written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum GenericArgs {
    /// `<A, 'b, 3, Item = T>`
    Angle(Vec<GenericArg>, Span),
    /// `(A, B) -> C`
    Parenthesized {
        /// `A, B`
        inputs: Vec<Ty>,
        /// `C`
        output: Option<Box<Ty>>,
        /// Where.
        span: Span,
    },
}

/// A generic argument.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum GenericArg {
    /// `'a`
    Lifetime(Ident),
    /// A type; a path of one segment without arguments may be a constant instead.
    Type(Ty),
    /// A literal or block.
    Const(AnonConst),
    /// `Item = T`
    AssocTy(Ident, Option<Box<GenericArgs>>, Ty),
    /// `Item: Bounds`
    AssocBounds(Ident, Option<Box<GenericArgs>>, Vec<Bound>),
}

/// `<T as Trait>::`
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct QSelf {
    /// `T`
    pub ty: Box<Ty>,
    /// How many segments of the path are the trait's; 0 for `<T>::`.
    pub position: usize,
}

/// A constant expression in a type, or `const { … }`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnonConst {
    /// Its value.
    pub value: Box<Expr>,
}

/// A type.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ty {
    /// What.
    pub kind: TyKind,
    /// Where.
    pub span: Span,
}

/// Kinds of types.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum TyKind {
    /// `a::B<C>`, `<T as A>::B`
    Path(Option<QSelf>, Path),
    /// `&'a mut T`
    Ref(Option<Ident>, Box<Ty>, Mutability),
    /// `*mut T`, only in our std.
    RawPtr(Box<Ty>, Mutability),
    /// `[T]`
    Slice(Box<Ty>),
    /// `[T; N]`; the length may be `_` ([`ExprKind::Underscore`]).
    Array(Box<Ty>, AnonConst),
    /// `(A, B)`
    Tuple(Vec<Ty>),
    /// `for<'a> fn(A) -> B`
    FnPtr(Vec<GenericParam>, Vec<Ty>, Option<Box<Ty>>),
    /// `!`
    Never,
    /// `_`
    Infer,
    /// `impl A + B`
    ImplTrait(Vec<Bound>),
    /// `dyn A + B`
    Dyn(Vec<Bound>),
    /// Follows an error that was reported.
    Error,
}
