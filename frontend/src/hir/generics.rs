//! Generic parameters, where clauses and bounds.

use serde::{Deserialize, Serialize};

use super::{DefId, HirPath, HirTy};
use crate::source::Span;
use crate::symbol::Symbol;

/// Generic parameters of a definition. Indices count the parents' parameters first.
#[derive(Default, Debug, Serialize, Deserialize)]
pub struct Generics {
    /// The definition whose parameters come first (impl or trait of a method).
    pub parent: Option<DefId>,
    /// How many parameters the parents have.
    pub parent_count: u32,
    /// Own parameters: `Self` of a trait first, then lifetimes, then types and constants as written. Lifetimes of
    /// functions are not listed: they are never passed explicitly. `impl Trait` arguments are added at the end.
    pub params: Vec<GenericParam>,
    /// Where clauses, with bounds written on parameters moved here.
    pub predicates: Vec<WherePredicate>,
    /// The lifetimes a function declares.
    pub lifetimes: Vec<Symbol>,
    /// `'a: 'b`, with where it is written.
    pub outlives: Vec<(Symbol, Symbol, Span)>,
}

/// A generic parameter.
#[derive(Debug, Serialize, Deserialize)]
pub struct GenericParam {
    /// Its definition.
    pub def: DefId,
    /// Name (`'a` with the quote for lifetimes).
    pub name: Symbol,
    /// Kind.
    pub kind: GenericParamKind,
    /// Where.
    pub span: Span,
}

/// Kinds of generic parameters.
#[derive(Debug, Serialize, Deserialize)]
pub enum GenericParamKind {
    /// `'a`
    Lifetime,
    /// `T`, with its default; `synthetic` for `impl Trait` arguments.
    Type {
        /// `= T`
        default: Option<HirTy>,
        /// From an `impl Trait` argument: cannot be given with turbofish.
        synthetic: bool,
    },
    /// `const N: T`, with its default (an `AnonConst`).
    Const {
        /// Its type.
        ty: HirTy,
        /// `= 3`
        default: Option<DefId>,
    },
}

/// `T: Bound + Bound`
#[derive(Debug, Serialize, Deserialize)]
pub struct WherePredicate {
    /// Left of the colon.
    pub bounded: HirTy,
    /// Right of it.
    pub bounds: Vec<HirBound>,
    /// Where.
    pub span: Span,
}

/// A bound.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum HirBound {
    /// `Trait<Args, Assoc = T>`; `Fn(A) -> B` is `Fn<(A,), Output = B>`.
    Trait(HirPath),
    /// `?Sized`
    MaybeSized,
    /// `'a`
    Lifetime(Symbol),
    /// `use<'a, T>`: the lifetimes in it.
    Use(Vec<Symbol>),
}
