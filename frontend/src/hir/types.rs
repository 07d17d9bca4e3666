//! Types and paths as written, with the names in them resolved.

use serde::{Deserialize, Serialize};

use super::{DefId, HirBound, LocalId};
use crate::source::Span;
use crate::symbol::Symbol;
use crate::ty::Mutability;

/// A type as written, names resolved.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HirTy {
    /// What.
    pub kind: HirTyKind,
    /// Where.
    pub span: Span,
}

/// What a written type is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum HirTyKind {
    /// A path to a struct, enum, alias, parameter, primitive, `Self`, associated type.
    Path(HirPath),
    /// `&'a mut T`
    Ref(Option<Symbol>, Box<HirTy>, Mutability),
    /// `*mut T`
    RawPtr(Box<HirTy>, Mutability),
    /// `[T]`
    Slice(Box<HirTy>),
    /// `[T; N]`
    Array(Box<HirTy>, HirConst),
    /// `(A, B)`
    Tuple(Vec<HirTy>),
    /// `fn(A) -> B`
    FnPtr(Vec<HirTy>, Box<HirTy>),
    /// `!`
    Never,
    /// `_`
    Infer,
    /// `impl Trait` in return position.
    Opaque(DefId),
    /// `dyn Trait + Auto + 'a`
    Dyn(Vec<HirPath>, Option<Symbol>),
    /// Follows an error that was reported.
    Error,
}

/// A constant in a type.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum HirConst {
    /// An expression, or a literal.
    Anon(DefId),
    /// A const parameter.
    Param(DefId),
    /// `_`
    Infer,
}

/// A path with generic arguments.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HirPath {
    /// `<T as …>::`: the self type. With a trait in `res`/segments it is the trait's `Self`; without one, the whole
    /// path is relative to this type.
    pub qself: Option<Box<HirTy>>,
    /// What the resolved prefix means. Items of traits are resolved by name: of `Default::default` and of
    /// `<T as Iterator>::Item` it is the associated function or type, and `unresolved` is 0.
    pub res: Res,
    /// All segments as written (of `a::b::C::<T>::new`: `a`, `b`, `C<T>`, `new`).
    pub segments: Vec<PathSegment>,
    /// How many of the last segments names alone could not resolve (`new` above: 1); they are associated items of
    /// what `res` is.
    pub unresolved: usize,
    /// Whole path.
    pub span: Span,
}

/// A segment of a path.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PathSegment {
    /// Name.
    pub name: Symbol,
    /// Generic arguments, if written.
    pub args: Option<HirArgs>,
    /// Where.
    pub span: Span,
}

/// Written generic arguments.
#[derive(Clone, Default, Debug, Serialize, Deserialize)]
pub struct HirArgs {
    /// In order.
    pub args: Vec<HirGenericArg>,
    /// `Assoc = T`
    pub bindings: Vec<(Symbol, HirTy)>,
    /// `Assoc: Bound`
    pub constraints: Vec<(Symbol, Vec<HirBound>)>,
}

/// A written generic argument.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum HirGenericArg {
    /// `'a`
    Lifetime(Symbol),
    /// A type; a single-segment path that could be a constant is decided by the resolver.
    Type(HirTy),
    /// A constant.
    Const(HirConst),
}

/// What a path means.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Res {
    /// A definition: struct, enum, variant, fn, const, trait, alias, module, parameter …
    Def(DefId),
    /// The constructor of a tuple or unit struct or variant (value namespace); the struct or variant.
    Ctor(DefId),
    /// A local variable.
    Local(LocalId),
    /// A primitive type.
    Prim(PrimTy),
    /// `Self` in an impl: the impl. As a value (`Self(x)`, `Self`) too.
    SelfTy(DefId),
    /// `Self` in a trait: the trait.
    SelfTrait(DefId),
    /// Follows an error that was reported.
    Error,
}

/// A primitive type by name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum PrimTy {
    Bool,
    Char,
    Str,
    Int(crate::ty::IntTy),
    Uint(crate::ty::UintTy),
    Float(crate::ty::FloatTy),
}
