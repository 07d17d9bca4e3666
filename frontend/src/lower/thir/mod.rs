//! Typed expressions: a body with every adjustment, overloaded operator and scope spelled out.
//!
//! In: HIR and what checking found out. Out: a [`Thir`], from which `build` makes MIR without asking about types
//! again. As in rustc: `x.len()` is a call with the borrow of `x` as its argument, a terminating scope (a
//! statement, an arm, a condition) is an [`ExprKind::Scope`], and each expression knows the scope in which a
//! temporary that holds it dies.

pub mod escape;
pub mod expr;
pub mod pattern;
pub mod promote;
pub mod temporaries;

use std::rc::Rc;

use crate::hir::{BinOp, ClosureKind, DefId, LabelId, LocalId, MatchSource};
use crate::index::IndexVec;
use crate::mir::{BorrowKind, CastKind, Constant, UnOp};
use crate::source::Span;
use crate::ty::{Args, Const, Mutability, Ty};
use crate::typeck::results::{BindingMode, ClosureInfo};

crate::newtype_index!(
    /// A typed expression.
    ThirId,
    "t"
);
crate::newtype_index!(
    /// A scope at whose end values are dropped.
    ScopeId,
    "s"
);

/// The typed form of one body: of a function, a constant, or a closure.
#[derive(Debug)]
pub struct Thir {
    /// Expressions.
    pub exprs: IndexVec<ThirId, Expr>,
    /// Parameters, without a closure's self.
    pub params: Vec<Param>,
    /// The value.
    pub value: ThirId,
    /// Type of the result.
    pub output: Ty,
}

/// A parameter.
#[derive(Debug)]
pub struct Param {
    /// What it is matched with.
    pub pat: Pat,
    /// Its type.
    pub ty: Ty,
}

/// An expression.
#[derive(Debug)]
pub struct Expr {
    /// What.
    pub kind: ExprKind,
    /// Type.
    pub ty: Ty,
    /// Where.
    pub span: Span,
    /// Where a temporary that holds it dies; `None`: never.
    pub temp: Option<ScopeId>,
}

/// What is called.
#[derive(Clone, Copy, Debug)]
pub enum Function {
    /// A known function.
    Def(DefId, Args),
    /// The value of a function-pointer expression.
    Value(ThirId),
}

/// What an expression is.
#[derive(Debug)]
pub enum ExprKind {
    /// A terminating scope.
    Scope(ScopeId, ThirId),
    /// A constant.
    Constant(Constant),
    /// A variable, captured or not.
    Var(LocalId),
    /// `x.f`
    Field(ThirId, usize),
    /// `*x` of a reference, raw pointer or `Box`.
    Deref(ThirId),
    /// `x[i]` of an array or slice with a `usize`.
    Index(ThirId, ThirId),
    /// A call. `from_operator` of an overloaded operator, index or dereference.
    Call {
        /// What is called.
        function: Function,
        /// With.
        args: Vec<ThirId>,
        /// Whether the source shows an operator.
        from_operator: bool,
        /// The whole expression: a method call stands at the method's name.
        whole: Span,
    },
    /// A built-in operator.
    Binary(BinOp, ThirId, ThirId),
    /// `&&`, `||`
    Lazy {
        /// `||`
        is_or: bool,
        /// Left.
        lhs: ThirId,
        /// Right.
        rhs: ThirId,
    },
    /// `-x`, `!x`
    Unary(UnOp, ThirId),
    /// `&x`
    Borrow {
        /// How.
        kind: BorrowKind,
        /// Of what.
        of: ThirId,
        /// Where the value lives.
        promote: promote::Promotion,
    },
    /// `&raw x`
    RawBorrow(Mutability, ThirId),
    /// A conversion.
    Cast(CastKind, ThirId),
    /// The value of a place, read.
    Use(ThirId),
    /// `!` to any type.
    NeverToAny(ThirId),
    /// `x = y`
    Assign(ThirId, ThirId),
    /// `x += y`, built in.
    AssignOp(BinOp, ThirId, ThirId),
    /// A struct or variant: fields by index in the order they are written, and what the others come from.
    Adt {
        /// Struct or enum.
        def: DefId,
        /// Variant.
        variant: usize,
        /// Arguments.
        args: Args,
        /// Written fields.
        fields: Vec<(usize, ThirId)>,
        /// `..base` with the types of all fields.
        base: Option<(ThirId, Vec<Ty>)>,
    },
    /// `(a, b)`
    Tuple(Vec<ThirId>),
    /// `[a, b]`
    Array(Vec<ThirId>),
    /// `[x; n]`
    Repeat(ThirId, Const),
    /// `{ … }`
    Block(Block),
    /// `if`, with the scope of its condition and the variables it binds.
    If {
        /// Scope of the condition and the then branch.
        scope: ScopeId,
        /// Condition.
        cond: ThirId,
        /// Then.
        then: ThirId,
        /// Else.
        els: Option<ThirId>,
    },
    /// `let p = x` as a condition; variables live until the end of `scope`.
    Let {
        /// Pattern.
        pat: Pat,
        /// Value.
        value: ThirId,
        /// Scope of the variables.
        scope: ScopeId,
    },
    /// `match`
    Match {
        /// Value.
        value: ThirId,
        /// Arms.
        arms: Vec<Arm>,
        /// What it was.
        source: MatchSource,
    },
    /// `loop`
    Loop(ThirId, LabelId),
    /// `break`
    Break(LabelId, Option<ThirId>),
    /// `continue`
    Continue(LabelId),
    /// `return`
    Return(Option<ThirId>),
    /// A closure.
    Closure(Rc<ClosureInfo>),
}

/// An arm.
#[derive(Debug)]
pub struct Arm {
    /// Scope of its variables.
    pub scope: ScopeId,
    /// Pattern.
    pub pat: Pat,
    /// Guard.
    pub guard: Option<ThirId>,
    /// Value.
    pub body: ThirId,
    /// Where.
    pub span: Span,
}

/// A block.
#[derive(Debug)]
pub struct Block {
    /// Scope of its statements.
    pub scope: ScopeId,
    /// Statements.
    pub stmts: Vec<Stmt>,
    /// Value.
    pub value: Option<ThirId>,
    /// Label `break` may name.
    pub label: Option<LabelId>,
}

/// A statement.
#[derive(Debug)]
pub enum Stmt {
    /// An expression, in a scope of its own.
    Expr(ThirId),
    /// `let`
    Let {
        /// Scope of the variables: the rest of the block.
        remainder: ScopeId,
        /// Scope of the temporaries.
        scope: ScopeId,
        /// Pattern.
        pat: Pat,
        /// Value.
        init: Option<ThirId>,
        /// `else`
        els: Option<ThirId>,
        /// Where.
        span: Span,
    },
}

/// A pattern, references that default binding modes took off spelled out.
#[derive(Clone, Debug)]
pub struct Pat {
    /// What.
    pub kind: PatKind,
    /// Type of what it is matched with.
    pub ty: Ty,
    /// Where.
    pub span: Span,
}

/// What a pattern is.
#[derive(Clone, Debug)]
pub enum PatKind {
    /// `_`
    Wild,
    /// `x`, `x @ p`
    Binding {
        /// Variable.
        local: LocalId,
        /// How.
        mode: BindingMode,
        /// `@ p`
        sub: Option<Box<Pat>>,
    },
    /// A variant of an enum: patterns of some fields.
    Variant {
        /// Enum.
        adt: DefId,
        /// Arguments.
        args: Args,
        /// Which.
        variant: usize,
        /// Fields by index.
        fields: Vec<(usize, Pat)>,
    },
    /// A struct or tuple: patterns of some fields.
    Leaf(Vec<(usize, Pat)>),
    /// `&p`
    Deref(Box<Pat>),
    /// A value.
    Constant(PatConst),
    /// A range of an integer, `char` or float type.
    Range(PatRange),
    /// `[a, rest @ .., b]` of an array or slice.
    Slice {
        /// Before.
        before: Vec<Pat>,
        /// `..`
        rest: Option<Option<Box<Pat>>>,
        /// After.
        after: Vec<Pat>,
    },
    /// `p | q`
    Or(Vec<Pat>),
    /// Follows an error that was reported.
    Error,
}

/// A value a pattern compares with.
#[derive(Clone, PartialEq, Debug)]
pub enum PatConst {
    /// Bits of an integer, `bool` or `char`.
    Int(u128),
    /// Bits of a float.
    Float(u128),
    /// Any other constant: a string, a `const` item that is compared with `==`.
    Value(Constant),
}

/// A range; ends are bits of the type.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PatRange {
    /// First, the least of the type if none is written.
    pub lo: u128,
    /// Last or one past it; the greatest of the type if none is written.
    pub hi: u128,
    /// Whether `hi` belongs to it.
    pub inclusive: bool,
    /// Whether `lo` was written.
    pub has_lo: bool,
    /// Whether `hi` was written.
    pub has_hi: bool,
}

/// What a body is of.
#[derive(Clone, Debug)]
pub enum BodyKind {
    /// A function.
    Fn,
    /// A constant or static: temporaries of its value are never dropped.
    Const,
    /// A closure.
    Closure(Rc<ClosureInfo>, ClosureKind),
}

impl Pat {
    /// Calls `f` with this pattern and all inside it.
    pub fn walk<'p>(&'p self, f: &mut dyn FnMut(&'p Pat)) {
        f(self);
        match &self.kind {
            PatKind::Wild | PatKind::Constant(_) | PatKind::Range(_) | PatKind::Error => {}
            PatKind::Binding { sub, .. } => sub.iter().for_each(|p| p.walk(f)),
            PatKind::Variant { fields, .. } | PatKind::Leaf(fields) => {
                fields.iter().for_each(|(_, p)| p.walk(f))
            }
            PatKind::Deref(p) => p.walk(f),
            PatKind::Slice { before, rest, after } => {
                before.iter().for_each(|p| p.walk(f));
                rest.iter().flatten().for_each(|p| p.walk(f));
                after.iter().for_each(|p| p.walk(f));
            }
            PatKind::Or(ps) => ps.iter().for_each(|p| p.walk(f)),
        }
    }
    /// Variables it binds, in order, each once.
    pub fn bindings(&self) -> Vec<(LocalId, BindingMode, Ty, Span)> {
        let mut out: Vec<(LocalId, BindingMode, Ty, Span)> = Vec::new();
        self.walk(&mut |p| {
            if let PatKind::Binding { local, mode, .. } = p.kind
                && !out.iter().any(|b| b.0 == local)
            {
                out.push((local, mode, p.ty, p.span));
            }
        });
        out
    }
}
