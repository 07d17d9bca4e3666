//! Items: what a module, trait or impl block holds, with generics and where clauses.

use serde::{Deserialize, Serialize};

use super::{AnonConst, Attrs, Block, Expr, Ident, Pat, Path, Ty, VariantShape};
use crate::source::Span;
use crate::symbol::Symbol;

/// An item.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Item {
    /// Attributes that matter later.
    pub attrs: Attrs,
    /// From where it may be named.
    pub vis: Visibility,
    /// Its name; empty for `use`, `impl` and `extern "intrinsic"`; `_` for `const _`.
    pub ident: Ident,
    /// The whole item.
    pub span: Span,
    /// What it is.
    pub kind: ItemKind,
}

/// From where an item may be named, as written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Visibility {
    /// Nothing written: the module it is in.
    Inherited,
    /// `pub`
    Public,
    /// `pub(crate)`, `pub(super)`, `pub(self)`, `pub(in path)`.
    Restricted(Path),
}

/// Kinds of items.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ItemKind {
    /// `mod m { … }`, or `mod m;` with the items of its file.
    Mod(Vec<Item>),
    /// `use …;`
    Use(UseTree),
    /// A function.
    Fn(Fn),
    /// A struct.
    Struct(Generics, VariantData),
    /// An enum.
    Enum(Generics, Vec<Variant>),
    /// A trait.
    Trait(Trait),
    /// An impl block.
    Impl(Impl),
    /// `const C: T = x;`
    Const(Const),
    /// `static S: T = x;`, never `mut`.
    Static(Ty, Expr),
    /// `type A<T> = …;`
    TyAlias(Generics, Ty),
    /// `extern "intrinsic" { fn …; }`, only in our std; each is a [`ItemKind::Fn`] without body.
    ExternIntrinsics(Vec<Item>),
}

/// `a::b::{c, d as e, f::*}`
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UseTree {
    /// `a::b`; no segments for `{…}` and `*` at the root.
    pub prefix: Path,
    /// What follows.
    pub kind: UseKind,
    /// Where.
    pub span: Span,
}

/// End of a use tree.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum UseKind {
    /// The last segment of the prefix (which may be `self`), with the name of `as name` (`_` for `as _`).
    Simple(Option<Ident>),
    /// `::*`
    Glob,
    /// `::{…}`
    Nested(Vec<UseTree>),
}

/// A function: free, associated or intrinsic.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fn {
    /// Generic parameters.
    pub generics: Generics,
    /// Parameters and result.
    pub sig: FnSig,
    /// The body; `None` in a trait without default, and for intrinsics.
    pub body: Option<Block>,
}

/// Head of a function.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FnSig {
    /// `const fn`
    pub is_const: bool,
    /// `unsafe fn`, only in our std.
    pub is_unsafe: bool,
    /// Whether the first parameter is `self`.
    pub has_self: bool,
    /// Parameters. `self` is an identifier pattern with its type spelled out: `Self`, `&'a Self`, `&mut Self`.
    pub inputs: Vec<Param>,
    /// Result, if written.
    pub output: Option<Ty>,
    /// From `fn` to the result type.
    pub span: Span,
}

/// A parameter of a function.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Param {
    /// Pattern.
    pub pat: Pat,
    /// Type.
    pub ty: Ty,
    /// Both.
    pub span: Span,
}

/// Fields of a struct or variant.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VariantData {
    /// `S { a: T }`, `S(T)` or `S`.
    pub shape: VariantShape,
    /// In source order.
    pub fields: Vec<FieldDef>,
}

/// A field.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FieldDef {
    /// From where it may be named.
    pub vis: Visibility,
    /// Name; `0`, `1` … in tuples.
    pub ident: Ident,
    /// Type.
    pub ty: Ty,
    /// Whole field.
    pub span: Span,
}

/// A variant of an enum.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Variant {
    /// Name.
    pub ident: Ident,
    /// Fields.
    pub data: VariantData,
    /// `= 3`
    pub discriminant: Option<AnonConst>,
    /// Whole variant.
    pub span: Span,
}

/// A trait.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Trait {
    /// Generic parameters, without `Self`.
    pub generics: Generics,
    /// Supertraits.
    pub supertraits: Vec<Bound>,
    /// Items.
    pub items: Vec<AssocItem>,
    /// `unsafe trait`, only in our std.
    pub is_unsafe: bool,
    /// `auto trait`, only in our std.
    pub is_auto: bool,
}

/// An impl block.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Impl {
    /// Generic parameters.
    pub generics: Generics,
    /// The trait.
    pub of_trait: Option<Path>,
    /// `impl !Trait for T`, only in our std.
    pub negative: bool,
    /// The type.
    pub self_ty: Ty,
    /// Items.
    pub items: Vec<AssocItem>,
    /// The trait whose `#[derive]` made this impl.
    pub derived: Option<Symbol>,
}

/// An item of a trait or impl.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AssocItem {
    /// Attributes that matter later.
    pub attrs: Attrs,
    /// From where it may be named; always inherited in traits and trait impls.
    pub vis: Visibility,
    /// Name.
    pub ident: Ident,
    /// Whole item.
    pub span: Span,
    /// What it is.
    pub kind: AssocItemKind,
}

/// Kinds of associated items.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum AssocItemKind {
    /// `const C: T = x;`, in traits possibly without value.
    Const(Const),
    /// A method or associated function.
    Fn(Fn),
    /// `type A<…>: Bounds = T;`
    Type {
        /// Generic parameters of its own.
        generics: Generics,
        /// Bounds (traits).
        bounds: Vec<Bound>,
        /// Value (impls) or default.
        value: Option<Ty>,
    },
}

/// A constant.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Const {
    /// Type.
    pub ty: Ty,
    /// Value; always there except in traits.
    pub value: Option<Expr>,
}

/// Generic parameters with their where clause.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Generics {
    /// In source order.
    pub params: Vec<GenericParam>,
    /// `where …`
    pub predicates: Vec<WherePredicate>,
    /// The list in angle brackets; empty at the place where it would be.
    pub span: Span,
}

/// A generic parameter.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GenericParam {
    /// Name (`'a` with the quote for lifetimes).
    pub ident: Ident,
    /// `: A + B`
    pub bounds: Vec<Bound>,
    /// Kind.
    pub kind: GenericParamKind,
    /// Whole parameter.
    pub span: Span,
}

/// Kinds of generic parameters.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum GenericParamKind {
    /// `'a`
    Lifetime,
    /// `T`, with its default.
    Type(Option<Ty>),
    /// `const N: T`, with its default.
    Const(Ty, Option<AnonConst>),
}

/// `for<'a> T: A + B` or `'a: 'b`
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum WherePredicate {
    /// On a type.
    Type {
        /// `for<'a>`
        binder: Vec<GenericParam>,
        /// `T`
        bounded: Ty,
        /// `A + B`
        bounds: Vec<Bound>,
        /// Whole predicate.
        span: Span,
    },
    /// On a lifetime.
    Lifetime {
        /// `'a`
        lifetime: Ident,
        /// `'b + 'c`
        bounds: Vec<Ident>,
        /// Whole predicate.
        span: Span,
    },
}

/// A bound.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Bound {
    /// `for<'a> Trait<A>`
    Trait {
        /// `for<'a>`
        binder: Vec<GenericParam>,
        /// The trait; `Fn(A) -> B` has [`GenericArgs::Parenthesized`].
        path: Path,
        /// `?Trait`
        maybe: bool,
    },
    /// `'a`
    Lifetime(Ident),
    /// `use<…>`, and the lifetimes in it.
    Use(Span, Vec<Ident>),
}
