//! Bodies: arenas of expressions and patterns with names resolved and sugar gone.
//!
//! What the desugarings look like (as in rustc):
//! - `for p in e { b }` → `match IntoIterator::into_iter(e) { mut it => 'l: loop { match Iterator::next(&mut it)
//!   { None => break, Some(p) => b } } }` with [`LoopSource::For`];
//! - `while c { b }` → `loop { if c { b } else { break } }` ([`LoopSource::While`]); `while let` the same with
//!   [`ExprKind::Let`] as condition;
//! - `e?` → `match Try::branch(e) { Continue(v) => v, Break(r) => return FromResidual::from_residual(r) }`;
//! - `if let` and let chains: [`ExprKind::Let`] inside the condition of [`ExprKind::If`];
//! - `a..b` → struct expressions of the range lang items, `a..=b` a call of `RangeInclusive::new`;
//! - `x op= y` stays [`ExprKind::AssignOp`]; destructuring assignment → `let` into fresh locals, then assignments;
//! - format macros → blocks that call `std::fmt` (see `ast::expand`).

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::*;

crate::newtype_index!(
    /// A body of [`Hir::bodies`].
    BodyId,
    "body"
);
crate::newtype_index!(
    /// An expression of a body.
    ExprId,
    "e"
);
crate::newtype_index!(
    /// A pattern of a body.
    PatId,
    "p"
);
crate::newtype_index!(
    /// A variable of a body; one for all alternatives of an or-pattern that bind it.
    LocalId,
    "v"
);

/// A body.
#[derive(Debug, Serialize, Deserialize)]
pub struct Body {
    /// The definition it belongs to.
    pub owner: DefId,
    /// Parameters (`self` first).
    pub params: Vec<PatId>,
    /// The value.
    pub value: ExprId,
    /// Expressions.
    pub exprs: IndexVec<ExprId, Expr>,
    /// Patterns.
    pub pats: IndexVec<PatId, Pat>,
    /// Variables.
    pub locals: IndexVec<LocalId, LocalVar>,
    /// Whole body.
    pub span: Span,
    /// Traits whose methods may be called with a dot here: those the module, enclosing blocks and any `use`
    /// inside the body bring into scope, and the prelude's. Sorted. Bounds of parameters add theirs.
    pub traits_in_scope: Rc<[DefId]>,
}

/// A variable.
#[derive(Debug, Serialize, Deserialize)]
pub struct LocalVar {
    /// Name.
    pub name: Symbol,
    /// Declared `mut`.
    pub mutable: bool,
    /// Where it is bound.
    pub span: Span,
}

/// An expression.
#[derive(Debug, Serialize, Deserialize)]
pub struct Expr {
    /// What.
    pub kind: ExprKind,
    /// Where.
    pub span: Span,
}

/// What an expression is.
#[derive(Debug, Serialize, Deserialize)]
pub enum ExprKind {
    /// A literal.
    Lit(Lit),
    /// A path to a value.
    Path(HirPath),
    /// `f(a, b)`, also constructors.
    Call(ExprId, Vec<ExprId>),
    /// `x.m::<T>(a)`
    MethodCall {
        /// `x`
        receiver: ExprId,
        /// `m::<T>`
        segment: PathSegment,
        /// `a`
        args: Vec<ExprId>,
    },
    /// `x.f`, `x.0`
    Field(ExprId, Symbol, Span),
    /// `x[i]`
    Index(ExprId, ExprId),
    /// `a + b` and comparisons; not `&&`, `||`.
    Binary(BinOp, ExprId, ExprId),
    /// `a && b` (false) or `a || b` (true).
    Lazy {
        /// `||`
        is_or: bool,
        /// Left.
        lhs: ExprId,
        /// Right.
        rhs: ExprId,
    },
    /// `-x`, `!x`, `*x`
    Unary(UnOp, ExprId),
    /// `&x`, `&mut x`
    Ref(Mutability, ExprId),
    /// `&raw const x`, `&raw mut x`; only in our std.
    RawRef(Mutability, ExprId),
    /// `x as T`
    Cast(ExprId, HirTy),
    /// `x: T` inside desugarings and macros.
    Ascribe(ExprId, HirTy),
    /// `x = y`
    Assign(ExprId, ExprId),
    /// `x += y`
    AssignOp(BinOp, ExprId, ExprId),
    /// `S { a: x, ..base }`
    Struct {
        /// `S`
        path: HirPath,
        /// Fields as written.
        fields: Vec<FieldExpr>,
        /// `..base`
        base: Option<ExprId>,
    },
    /// `(a, b)`
    Tuple(Vec<ExprId>),
    /// `[a, b]`
    Array(Vec<ExprId>),
    /// `[x; n]`
    Repeat(ExprId, HirConst),
    /// `{ … }`, with its label if `break 'l` may leave it.
    Block(Block, Option<LabelId>),
    /// `if c { a } else { b }`; `c` may hold [`ExprKind::Let`] under `&&`.
    If(ExprId, ExprId, Option<ExprId>),
    /// `let p = e` as a condition.
    Let(PatId, ExprId),
    /// `match e { p if g => b }`
    Match(ExprId, Vec<Arm>, MatchSource),
    /// `loop { … }`
    Loop(ExprId, LabelId, LoopSource),
    /// `break 'l x`
    Break(LabelId, Option<ExprId>),
    /// `continue 'l`
    Continue(LabelId),
    /// `return x`
    Return(Option<ExprId>),
    /// `move |p: T| -> R body`
    Closure(Box<Closure>),
    /// Follows an error that was reported.
    Error,
}

/// A field in a struct expression.
#[derive(Debug, Serialize, Deserialize)]
pub struct FieldExpr {
    /// Name.
    pub name: Symbol,
    /// Where the name is.
    pub span: Span,
    /// Value.
    pub value: ExprId,
}

crate::newtype_index!(
    /// A loop or labelled block of a body; `break` and `continue` name it.
    LabelId,
    "l"
);

/// What a `match` was in the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum MatchSource {
    /// `match`
    Match,
    /// The `match` around the `loop` of a `for`.
    ForOuter,
    /// The `match` on `next` of a `for`.
    ForNext,
    /// `?`
    Question,
    /// From a macro or another desugaring: irrefutable by construction.
    Desugar,
}

/// What a `loop` was in the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum LoopSource {
    /// `loop`
    Loop,
    /// `while`
    While,
    /// `for`
    For,
}

/// `p if g => b`
#[derive(Debug, Serialize, Deserialize)]
pub struct Arm {
    /// `p`
    pub pat: PatId,
    /// `g`; may hold [`ExprKind::Let`].
    pub guard: Option<ExprId>,
    /// `b`
    pub body: ExprId,
    /// Whole arm.
    pub span: Span,
}

/// A block.
#[derive(Debug, Serialize, Deserialize)]
pub struct Block {
    /// Statements.
    pub stmts: Vec<Stmt>,
    /// The value, if the last expression has no semicolon.
    pub value: Option<ExprId>,
}

/// A statement. Items in blocks have become definitions.
#[derive(Debug, Serialize, Deserialize)]
pub enum Stmt {
    /// `let p: T = x else { … };`
    Let {
        /// `p`
        pat: PatId,
        /// `T`
        ty: Option<HirTy>,
        /// `x`
        init: Option<ExprId>,
        /// `else` block, of type `!`.
        els: Option<ExprId>,
        /// Whole statement.
        span: Span,
    },
    /// `x;` (`semi`), or a block-like expression that ends a statement without one (its type must be `()`).
    Expr {
        /// `x`
        expr: ExprId,
        /// Whether a semicolon follows.
        semi: bool,
    },
}

/// A closure.
#[derive(Debug, Serialize, Deserialize)]
pub struct Closure {
    /// Its definition.
    pub def: DefId,
    /// Parameters with their types, if written.
    pub params: Vec<(PatId, Option<HirTy>)>,
    /// Result type, if written.
    pub output: Option<HirTy>,
    /// Body, in the arenas of the function around it.
    pub body: ExprId,
    /// Written `move`.
    pub by_move: bool,
}

/// A literal.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Lit {
    /// `true`
    Bool(bool),
    /// `'x'`
    Char(char),
    /// `12`, `12u8`; a byte literal is `Int(_, Some(u8))`.
    Int(u128, Option<PrimTy>),
    /// `1.5`, `1.5f32`: digits without underscores and suffix.
    Float(Symbol, Option<crate::ty::FloatTy>),
    /// `"x"`
    Str(Symbol),
    /// `b"x"`
    ByteStr(Rc<[u8]>),
}

/// Binary operators other than `&&`, `||`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum BinOp {
    Add,
    Sub,
    Mul,
    Div,
    Rem,
    BitAnd,
    BitOr,
    BitXor,
    Shl,
    Shr,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

impl BinOp {
    /// The operator as written.
    pub fn symbol(self) -> &'static str {
        match self {
            BinOp::Add => "+",
            BinOp::Sub => "-",
            BinOp::Mul => "*",
            BinOp::Div => "/",
            BinOp::Rem => "%",
            BinOp::BitAnd => "&",
            BinOp::BitOr => "|",
            BinOp::BitXor => "^",
            BinOp::Shl => "<<",
            BinOp::Shr => ">>",
            BinOp::Eq => "==",
            BinOp::Ne => "!=",
            BinOp::Lt => "<",
            BinOp::Le => "<=",
            BinOp::Gt => ">",
            BinOp::Ge => ">=",
        }
    }
}

/// Unary operators.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum UnOp {
    Neg,
    Not,
    Deref,
}

/// A pattern.
#[derive(Debug, Serialize, Deserialize)]
pub struct Pat {
    /// What.
    pub kind: PatKind,
    /// Where.
    pub span: Span,
}

/// What a pattern is.
#[derive(Debug, Serialize, Deserialize)]
pub enum PatKind {
    /// `_`
    Wild,
    /// `..` inside a tuple or slice pattern is not a pattern: see [`PatKind::Tuple`] and [`PatKind::Slice`].
    /// `x`, `mut x`, `ref x`, `ref mut x`, `x @ p`
    Binding {
        /// The variable.
        local: LocalId,
        /// `ref` or `ref mut`.
        by_ref: Option<Mutability>,
        /// `@ p`
        sub: Option<PatId>,
    },
    /// A literal, possibly negated; a path to a constant or unit variant is [`PatKind::Path`].
    Lit {
        /// The literal.
        lit: Lit,
        /// `-` before it.
        negated: bool,
    },
    /// `a..=b`, `a..b`, `a..`, `..=b`; ends are literals or constants.
    Range {
        /// First value.
        lo: Option<RangeEnd>,
        /// Last value.
        hi: Option<RangeEnd>,
        /// Whether `hi` belongs to it.
        inclusive: bool,
    },
    /// `None`, `i32::MAX`, `MyEnum::Unit`
    Path(HirPath),
    /// `Some(p)`, with the position of `..` if there is one.
    TupleStruct(HirPath, Vec<PatId>, Option<usize>),
    /// `S { a: p, .. }`
    Struct {
        /// `S`
        path: HirPath,
        /// Fields.
        fields: Vec<(Symbol, Span, PatId)>,
        /// `..`
        rest: bool,
    },
    /// `(p, q)`, with the position of `..`.
    Tuple(Vec<PatId>, Option<usize>),
    /// `[p, rest @ .., q]`
    Slice {
        /// Before `..`.
        before: Vec<PatId>,
        /// `..` (`Some(None)`) or `x @ ..` (`Some(Some(x))`); `None` without.
        rest: Option<Option<PatId>>,
        /// After it.
        after: Vec<PatId>,
    },
    /// `&p`, `&mut p`
    Ref(PatId, Mutability),
    /// `p | q`
    Or(Vec<PatId>),
    /// Follows an error that was reported.
    Error,
}

/// End of a range pattern.
#[derive(Debug, Serialize, Deserialize)]
pub enum RangeEnd {
    /// A literal, possibly negated.
    Lit(Lit, bool),
    /// A constant.
    Path(HirPath),
}

/// Which of the `Fn` traits a closure implements at least.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum ClosureKind {
    Fn,
    FnMut,
    FnOnce,
}
