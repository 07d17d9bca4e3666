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

use serde::{Deserialize, Serialize};

use crate::source::{Edition, Span};
use crate::symbol::Symbol;

pub use crate::hir::{Attrs, BinOp, Lit, UnOp, VariantShape};
pub use crate::ty::Mutability;

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

/// A block.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Block {
    /// Statements.
    pub stmts: Vec<Stmt>,
    /// The value: a last expression without semicolon.
    pub value: Option<Box<Expr>>,
    /// With its braces.
    pub span: Span,
}

/// A statement.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Stmt {
    /// `let p: T = x else { … };`
    Let(Let),
    /// An item.
    Item(Item),
    /// `x;` (`semi`), or a block-like expression that ends a statement without one.
    Expr {
        /// `x`
        expr: Expr,
        /// Whether a semicolon follows.
        semi: bool,
    },
}

/// `let p: T = x else { … };`
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Let {
    /// `p`
    pub pat: Pat,
    /// `T`
    pub ty: Option<Ty>,
    /// `x`
    pub init: Option<Expr>,
    /// `else { … }`
    pub els: Option<Block>,
    /// Whole statement.
    pub span: Span,
}

/// An expression.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Expr {
    /// What.
    pub kind: ExprKind,
    /// Where. In a macro's expansion, what the macro's body wrote has the span of the outermost macro call.
    pub span: Span,
}

/// Kinds of expressions.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ExprKind {
    /// A literal.
    Lit(Lit),
    /// `a::b`, `<T as A>::f`
    Path(Option<QSelf>, Path),
    /// `f(a, b)`
    Call(Box<Expr>, Vec<Expr>),
    /// `x.m::<T>(a)`
    MethodCall {
        /// `x`
        receiver: Box<Expr>,
        /// `m::<T>`
        segment: PathSegment,
        /// `a`
        args: Vec<Expr>,
    },
    /// `x.f`, `x.0`
    Field(Box<Expr>, Ident),
    /// `x[i]`
    Index(Box<Expr>, Box<Expr>),
    /// `a + b` and comparisons; not `&&`, `||`.
    Binary(BinOp, Box<Expr>, Box<Expr>),
    /// `a && b`
    And(Box<Expr>, Box<Expr>),
    /// `a || b`
    Or(Box<Expr>, Box<Expr>),
    /// `-x`, `!x`, `*x`
    Unary(UnOp, Box<Expr>),
    /// `&x`, `&mut x`
    Ref(Mutability, Box<Expr>),
    /// `&raw const x`, `&raw mut x`; only in our std.
    RawRef(Mutability, Box<Expr>),
    /// `x as T`
    Cast(Box<Expr>, Ty),
    /// `x = y`; the left side may be a destructuring (tuple, array, struct, call, with [`ExprKind::Underscore`]).
    Assign(Box<Expr>, Box<Expr>),
    /// `x += y`
    AssignOp(BinOp, Box<Expr>, Box<Expr>),
    /// `S { a: x, ..base }`
    Struct {
        /// `<T>::`
        qself: Option<QSelf>,
        /// `S`
        path: Path,
        /// Fields as written.
        fields: Vec<FieldExpr>,
        /// What follows the fields.
        rest: StructRest,
    },
    /// `(a, b)`
    Tuple(Vec<Expr>),
    /// `[a, b]`
    Array(Vec<Expr>),
    /// `[x; n]`; the length may be `_`.
    Repeat(Box<Expr>, AnonConst),
    /// `'l: { … }`
    Block(Block, Option<Ident>),
    /// `const { … }`
    ConstBlock(AnonConst),
    /// `if c { a } else { b }`; `c` may hold [`ExprKind::Let`] under `&&`. The else part is a block or an `if`.
    If(Box<Expr>, Block, Option<Box<Expr>>),
    /// `let p = e` as (part of) a condition of `if`, `while` or a match guard.
    Let(Box<Pat>, Box<Expr>),
    /// `match e { p if g => b }`
    Match(Box<Expr>, Vec<Arm>, MatchOrigin),
    /// `'l: loop { … }`
    Loop(Block, Option<Ident>),
    /// `'l: while c { … }`
    While(Box<Expr>, Block, Option<Ident>),
    /// `'l: for p in e { … }`
    ForLoop {
        /// `p`
        pat: Box<Pat>,
        /// `e`
        iter: Box<Expr>,
        /// The body.
        body: Block,
        /// `'l`
        label: Option<Ident>,
    },
    /// `a..b`, `a..=b`, with the ends that are written.
    Range(Option<Box<Expr>>, Option<Box<Expr>>, RangeLimits),
    /// `e?`
    Try(Box<Expr>),
    /// `break 'l x`
    Break(Option<Ident>, Option<Box<Expr>>),
    /// `continue 'l`
    Continue(Option<Ident>),
    /// `return x`
    Return(Option<Box<Expr>>),
    /// `move |p: T| -> R { … }`
    Closure(Box<Closure>),
    /// `_` on the left of an assignment, or as an array length.
    Underscore,
    /// Follows an error that was reported.
    Error,
}

/// Whether a `match` was written by the user.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum MatchOrigin {
    /// Yes.
    Written,
    /// From a built-in macro or derive.
    Builtin,
}

/// End of a struct expression.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum StructRest {
    /// `}`
    None,
    /// `..base }`
    Base(Box<Expr>),
    /// `.. }`, only on the left of an assignment.
    Rest(Span),
}

/// `..` or `..=`
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum RangeLimits {
    /// `..`
    HalfOpen,
    /// `..=`
    Closed,
}

/// A field in a struct expression.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FieldExpr {
    /// Name.
    pub ident: Ident,
    /// Value; for the shorthand `S { a }` a path with the name.
    pub value: Expr,
}

/// `p if g => b`
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Arm {
    /// `p`
    pub pat: Pat,
    /// `g`; may hold [`ExprKind::Let`].
    pub guard: Option<Expr>,
    /// `b`
    pub body: Expr,
    /// Whole arm.
    pub span: Span,
}

/// A closure.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Closure {
    /// Parameters with their types, if written.
    pub params: Vec<(Pat, Option<Ty>)>,
    /// Result type, if written.
    pub output: Option<Ty>,
    /// Body.
    pub body: Expr,
    /// Written `move`.
    pub by_move: bool,
}

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
