//! Blocks, statements and expressions.

use serde::{Deserialize, Serialize};

use super::{AnonConst, BinOp, Ident, Item, Lit, Mutability, Pat, Path, PathSegment, QSelf, Ty, UnOp};
use crate::source::Span;

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
