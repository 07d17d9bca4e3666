//! The middle representation: a control-flow graph of basic blocks over typed places.
//!
//! The same syntax serves generic bodies (as `lower` makes them, once per definition) and monomorphic ones (as `mono` makes
//! them, once per instance). What differs is the [`Phase`]; a later phase only forbids more. Panics abort a task, so
//! there are no unwind edges.

use std::sync::Arc;

pub use crate::hir::BinOp;
use crate::hir::DefId;
use crate::index::IndexVec;
use crate::source::Span;
use crate::symbol::Symbol;
use crate::ty::{Args, Const, Mutability, Ty};
pub use crate::typeck::results::CastKind as PrimCast;

crate::newtype_index!(
    /// A basic block.
    BlockId,
    "bb"
);
crate::newtype_index!(
    /// A variable or temporary; `_0` is the result, `_1 ..` the parameters.
    Local,
    "_"
);
crate::newtype_index!(
    /// A function of a monomorphic program.
    FuncId,
    "f"
);

/// How far a body has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Phase {
    /// From `lower`: drops are scheduled, not yet elaborated (`Drop` of a maybe moved place).
    Built,
    /// Moves checked; every `Drop` drops an initialised place, with flags where needed.
    Owned,
    /// Monomorphic: no type parameters, callees are [`Callee::Func`], [`Callee::Intrinsic`] or [`Callee::Value`].
    Mono,
    /// Simplified for inference.
    Simple,
    /// Tasks are outlined.
    Cut,
    /// Optimised for code generation.
    Lean,
}

/// A body.
#[derive(Clone, Debug)]
pub struct Body {
    /// How far it has come.
    pub phase: Phase,
    /// What it is called in dumps.
    pub name: String,
    /// Parameters are `_1 ..= _arg_count`.
    pub arg_count: usize,
    /// All locals.
    pub locals: IndexVec<Local, LocalDecl>,
    /// All blocks; `bb0` is the entry.
    pub blocks: IndexVec<BlockId, Block>,
    /// Where it stands in the source.
    pub span: Span,
}

/// A local.
#[derive(Clone, Debug)]
pub struct LocalDecl {
    /// Type.
    pub ty: Ty,
    /// Whether the user declared it `mut`; temporaries are mutable.
    pub mutability: Mutability,
    /// The user's name, if it has one.
    pub name: Option<Symbol>,
    /// Where it was declared.
    pub span: Span,
}

/// A basic block: statements, then one terminator.
#[derive(Clone, Debug)]
pub struct Block {
    /// Straight-line code.
    pub statements: Vec<Statement>,
    /// How it ends.
    pub terminator: Terminator,
}

/// A statement with its place in the source.
#[derive(Clone, PartialEq, Debug)]
pub struct Statement {
    /// What.
    pub kind: StatementKind,
    /// Where.
    pub span: Span,
}

/// Statements.
#[derive(Clone, PartialEq, Debug)]
pub enum StatementKind {
    /// `place = rvalue`
    Assign(Place, Rvalue),
    /// The local's scope begins (only user variables and temporaries of loops matter).
    StorageLive(Local),
    /// The local's scope ends; references to it must be dead.
    StorageDead(Local),
    /// Nothing.
    Nop,
}

/// A terminator with its place in the source.
#[derive(Clone, PartialEq, Debug)]
pub struct Terminator {
    /// What.
    pub kind: TerminatorKind,
    /// Where.
    pub span: Span,
}

/// Terminators.
#[derive(Clone, PartialEq, Debug)]
pub enum TerminatorKind {
    /// `goto -> bb`
    Goto(BlockId),
    /// Jump by the value of an integer, `bool` or `char`.
    Switch {
        /// The value.
        value: Operand,
        /// Values as bits (truncated to the type) and their targets.
        targets: Vec<(u128, BlockId)>,
        /// Every other value.
        otherwise: BlockId,
    },
    /// Returns `_0`.
    Return,
    /// Never reached.
    Unreachable,
    /// Drops the value in a place, then goes on. In [`Phase::Built`] the place may be moved from (then nothing happens).
    Drop {
        /// What.
        place: Place,
        /// Then.
        target: BlockId,
    },
    /// A call.
    Call {
        /// What is called.
        callee: Callee,
        /// Arguments.
        args: Vec<Operand>,
        /// Where the result goes.
        destination: Place,
        /// Then; `None` if it never returns.
        target: Option<BlockId>,
    },
    /// Panics unless `cond == expected`.
    Assert {
        /// A `bool`.
        cond: Operand,
        /// What it must be.
        expected: bool,
        /// Why it panics.
        message: AssertMessage,
        /// Then.
        target: BlockId,
    },
}

/// What an assertion guards.
#[derive(Clone, PartialEq, Debug)]
pub enum AssertMessage {
    /// `attempt to add with overflow` and so on.
    Overflow(BinOp),
    /// `attempt to negate with overflow`
    OverflowNeg,
    /// `attempt to divide by zero`
    DivisionByZero,
    /// `attempt to calculate the remainder with a divisor of zero`
    RemainderByZero,
    /// `index out of bounds: the len is {len} but the index is {index}`
    BoundsCheck {
        /// A `usize`.
        len: Operand,
        /// A `usize`.
        index: Operand,
    },
}

/// What a call calls.
#[derive(Clone, PartialEq, Debug)]
pub enum Callee {
    /// A function, method, trait method or intrinsic with its arguments; gone after `mono`.
    Def(DefId, Args),
    /// An instance of the program.
    Func(FuncId),
    /// What the back ends do themselves. The types are the intrinsic's generic arguments.
    Intrinsic(Symbol, Args),
    /// A function pointer.
    Value(Operand),
}

/// A place in memory: a local and a path from it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Place {
    /// The local.
    pub local: Local,
    /// The path.
    pub projection: Vec<Projection>,
}

/// A step of a path.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Projection {
    /// `*` of a reference, raw pointer or `Box`.
    Deref,
    /// Field by index, with the field's type: of a struct, tuple, closure (captures), or of a variant after
    /// [`Projection::Downcast`].
    Field(u32, Ty),
    /// `[_i]` of an array or slice; the bound was checked.
    Index(Local),
    /// Element by constant index, of an array or slice pattern.
    ConstantIndex {
        /// From the start, or from the end (1 is the last) if `from_end`.
        offset: u64,
        /// Count from the end.
        from_end: bool,
    },
    /// `[from .. len - to]` of an array (then an array, `to` counted from the end) or slice.
    Subslice {
        /// First element.
        from: u64,
        /// Elements left off at the end.
        to: u64,
    },
    /// The enum is known to be of this variant.
    Downcast(u32),
}

/// A value used.
#[derive(Clone, PartialEq, Debug)]
pub enum Operand {
    /// Reads; the type is `Copy`.
    Copy(Place),
    /// Reads and leaves the place uninitialised.
    Move(Place),
    /// A constant.
    Constant(Constant),
}

/// A constant.
#[derive(Clone, PartialEq, Debug)]
pub struct Constant {
    /// Its value.
    pub kind: ConstantKind,
    /// Its type.
    pub ty: Ty,
}

/// Values of constants.
#[derive(Clone, PartialEq, Debug)]
pub enum ConstantKind {
    /// Bits of an integer, `bool`, `char` or float, truncated to its width.
    Scalar(u128),
    /// A `&'static str`.
    Str(Symbol),
    /// A `&'static [u8; N]`.
    ByteStr(Arc<[u8]>),
    /// A value without bytes: `()`, a function item, a unit struct.
    ZeroSized,
    /// A constant in a type: a const parameter (before `mono`).
    Param(Const),
    /// The value of a `const` item with these arguments. After `mono` only as calls of the instance that computes it.
    Item(DefId, Args),
    /// A `&'static T` to the promoted value of this number of an owner's body, with its arguments. Gone after `mono`.
    Promoted(DefId, u32, Args),
    /// A `&'static T` to a `static` item. Gone after `mono`.
    Static(DefId),
    /// The address of an instance, of a `FnPtr` type; after `mono`.
    Func(FuncId),
    /// `&'static` to constant bytes without pointers, aligned to 16: the promoted constants of a program. After `mono`.
    Data(Arc<[u8]>),
    /// A source position, passed to `#[track_caller]` functions; a `u32` number for the back end to choose.
    Site(Span),
}

/// How a place is borrowed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BorrowKind {
    /// `&`
    Shared,
    /// `&mut`
    Mut {
        /// Becomes exclusive only at its first use.
        two_phase: bool,
    },
}

/// A computation.
#[derive(Clone, PartialEq, Debug)]
pub enum Rvalue {
    /// The operand.
    Use(Operand),
    /// `[x; n]`
    Repeat(Operand, Const),
    /// `&place`, `&mut place`
    Ref(BorrowKind, Place),
    /// `&raw place`
    RawRef(Mutability, Place),
    /// Number of elements of an array or slice place.
    Len(Place),
    /// A conversion.
    Cast(CastKind, Operand, Ty),
    /// An operator on scalars. `Add`, `Sub`, `Mul` wrap; `Shl`, `Shr` mask; `Div`, `Rem` are guarded by assertions.
    Binary(BinOp, Operand, Operand),
    /// `(wrapped result, overflowed)` for `Add`, `Sub`, `Mul`; `Shl`, `Shr` report a too large amount.
    CheckedBinary(BinOp, Operand, Operand),
    /// `-x` (wraps), `!x`
    Unary(UnOp, Operand),
    /// Discriminant of an enum place as the variant's declared value, of type `isize`-like `discriminant_ty`.
    Discriminant(Place),
    /// A compound value.
    Aggregate(AggregateKind, Vec<Operand>),
}

/// Conversions.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CastKind {
    /// `as` between scalars and pointers.
    Prim(PrimCast),
    /// Function item to function pointer.
    ReifyFn,
    /// Closure without captures to function pointer.
    ClosureToFn,
    /// Array reference to slice reference, concrete to `dyn`.
    Unsize,
    /// Same bytes, other type.
    Transmute,
}

/// Unary operators on scalars.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum UnOp {
    Neg,
    Not,
}

/// Compound values.
#[derive(Clone, PartialEq, Debug)]
pub enum AggregateKind {
    /// `[a, b]` of this element type.
    Array(Ty),
    /// `(a, b)`
    Tuple,
    /// A struct or variant: all fields in order.
    Adt(DefId, u32, Args),
    /// A closure: its captures in order.
    Closure(DefId, Args),
}

impl Place {
    /// The local itself.
    pub fn local(local: Local) -> Place {
        Place { local, projection: Vec::new() }
    }
    /// One step further.
    pub fn project(&self, step: Projection) -> Place {
        let mut projection = self.projection.clone();
        projection.push(step);
        Place { local: self.local, projection }
    }
    /// Field.
    pub fn field(&self, index: usize, ty: Ty) -> Place {
        self.project(Projection::Field(index as u32, ty))
    }
    /// What it points to.
    pub fn deref(&self) -> Place {
        self.project(Projection::Deref)
    }
    /// The local, if the place is nothing more.
    pub fn as_local(&self) -> Option<Local> {
        self.projection.is_empty().then_some(self.local)
    }
    /// Whether the path goes through a pointer.
    pub fn is_indirect(&self) -> bool {
        self.projection.iter().any(|step| matches!(step, Projection::Deref))
    }
}

impl From<Local> for Place {
    fn from(local: Local) -> Self {
        Place::local(local)
    }
}

impl Operand {
    /// The place it reads.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Operand::Copy(p) | Operand::Move(p) => Some(p),
            Operand::Constant(_) => None,
        }
    }
    /// An integer constant of a type.
    pub fn scalar(bits: u128, ty: Ty) -> Operand {
        Operand::Constant(Constant { kind: ConstantKind::Scalar(bits), ty })
    }
    /// `()`
    pub fn unit() -> Operand {
        Operand::Constant(Constant { kind: ConstantKind::ZeroSized, ty: Ty::unit() })
    }
}

impl TerminatorKind {
    /// The blocks control may go to.
    pub fn successors(&self) -> Vec<BlockId> {
        match self {
            TerminatorKind::Goto(b) => vec![*b],
            TerminatorKind::Switch { targets, otherwise, .. } => {
                targets.iter().map(|(_, b)| *b).chain([*otherwise]).collect()
            }
            TerminatorKind::Return | TerminatorKind::Unreachable => vec![],
            TerminatorKind::Drop { target, .. } | TerminatorKind::Assert { target, .. } => vec![*target],
            TerminatorKind::Call { target, .. } => target.iter().copied().collect(),
        }
    }
    /// The same, to be redirected.
    pub fn successors_mut(&mut self) -> Vec<&mut BlockId> {
        match self {
            TerminatorKind::Goto(b) => vec![b],
            TerminatorKind::Switch { targets, otherwise, .. } => {
                targets.iter_mut().map(|(_, b)| b).chain([otherwise]).collect()
            }
            TerminatorKind::Return | TerminatorKind::Unreachable => vec![],
            TerminatorKind::Drop { target, .. } | TerminatorKind::Assert { target, .. } => vec![target],
            TerminatorKind::Call { target, .. } => target.iter_mut().collect(),
        }
    }
}
