//! What checking a body found out: the interface between `typeck` and `lower`.

use crate::hash::{FastMap, FastSet};
use crate::hir::{Body, ClosureKind, DefId, ExprId, LocalId, PatId};
use crate::source::Span;
use crate::ty::{Args, Mutability, Ty};

/// Types and resolutions of one body, closures inside it included. All types are fully inferred, with regions
/// erased; they may mention the type parameters of the owner.
#[derive(Default, Debug)]
pub struct TypeckResults {
    /// Type of each expression before adjustments.
    pub expr_ty: FastMap<ExprId, Ty>,
    /// Type of each pattern (of the value it is matched with, after default binding modes took references off).
    pub pat_ty: FastMap<PatId, Ty>,
    /// Type of each variable.
    pub local_ty: FastMap<LocalId, Ty>,
    /// References that default binding modes took off before a pattern, outermost first: the reference types.
    pub pat_adjustments: FastMap<PatId, Vec<Ty>>,
    /// How each binding pattern binds, after default binding modes.
    pub binding_modes: FastMap<PatId, BindingMode>,
    /// Adjustments of an expression, in order.
    pub adjustments: FastMap<ExprId, Vec<Adjustment>>,
    /// For method calls and overloaded operators, indexing, dereferences (on the operator expression): the function and its
    /// arguments. Receiver and operands carry the adjustments the function needs. An operator without an entry
    /// here is built in.
    pub callee: FastMap<ExprId, (DefId, Args)>,
    /// For path expressions (and struct expressions, and patterns through `pat_res`): what they mean.
    pub path_res: FastMap<ExprId, ValueRes>,
    /// For path, tuple-struct and struct patterns: the struct, variant or constant.
    pub pat_res: FastMap<PatId, ValueRes>,
    /// For the paths at the ends of range patterns (`true`: the upper end): what they mean.
    pub range_ends: FastMap<(PatId, bool), ValueRes>,
    /// Field index of `x.f` expressions, of each field of struct expressions (in written order) and patterns.
    pub field_index: FastMap<ExprId, usize>,
    /// Field indices of the fields of a struct expression, in written order.
    pub struct_fields: FastMap<ExprId, Vec<usize>>,
    /// Field indices of the fields of a struct pattern, in written order.
    pub pat_fields: FastMap<PatId, Vec<usize>>,
    /// How calls with parentheses call.
    pub call_kind: FastMap<ExprId, CallKind>,
    /// Kind of each `as`.
    pub casts: FastMap<ExprId, CastKind>,
    /// Closures of the body by their expression.
    pub closures: FastMap<ExprId, ClosureInfo>,
    /// Closures of whose signature nothing around them expects anything: unwritten lifetimes in the types of their
    /// parameters are new at each call.
    pub unguided_closures: FastSet<DefId>,
    /// Closure expressions by their definition.
    pub closure_exprs: FastMap<DefId, ExprId>,
    /// Hidden types of the `impl Trait` types this function returns.
    pub opaque_types: FastMap<DefId, Ty>,
    /// Whether an error was reported; then types may be the error type. Lengths of `[x; n]` expressions and the like are
    /// in the expression's type.
    pub tainted_by_errors: bool,
}

impl TypeckResults {
    /// Nothing found out yet, with memory for what there will be of a body.
    pub fn with_room_for(body: &Body) -> TypeckResults {
        let mut results = TypeckResults::default();
        results.expr_ty.reserve(body.exprs.len());
        results.pat_ty.reserve(body.pats.len());
        results.local_ty.reserve(body.locals.len());
        results
    }
}

/// How a binding binds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BindingMode {
    /// Moves or copies.
    Value,
    /// Takes a reference.
    Ref(Mutability),
}

/// A change of an expression's value that the source does not show.
#[derive(Clone, PartialEq, Debug)]
pub struct Adjustment {
    /// What.
    pub kind: AdjustKind,
    /// Type after it.
    pub target: Ty,
}

/// Kinds of adjustments.
#[derive(Clone, PartialEq, Debug)]
pub enum AdjustKind {
    /// `!` to any type.
    NeverToAny,
    /// `*x` of a reference, raw pointer or `Box`; a place again.
    Deref,
    /// `*Deref::deref(&x)` or `*DerefMut::deref_mut(&mut x)`: the function with its arguments. The target is the
    /// place behind the returned reference.
    OverloadedDeref(Mutability, DefId, Args),
    /// `&x`, `&mut x`. `two_phase` for autorefs of method receivers and compound assignments.
    Borrow {
        /// Which.
        mutability: Mutability,
        /// Two-phase borrow.
        two_phase: bool,
    },
    /// `&mut T` or `&T` to a raw pointer.
    BorrowToRaw(Mutability),
    /// Function item to function pointer.
    ReifyFn,
    /// Closure without captures to function pointer.
    ClosureToFn,
    /// `*mut T` to `*const T`.
    MutToConst,
    /// `&[T; N]` to `&[T]`, `&T` to `&dyn Trait`; also inside `Box`, `Rc` and the like.
    Unsize,
}

/// What a path to a value means.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum ValueRes {
    /// A variable.
    Local(LocalId),
    /// A function or method (of a trait: not yet resolved to the impl).
    Fn(DefId, Args),
    /// Constructor function of a tuple struct or variant, or unit struct or variant, or the head of a struct
    /// expression: the ADT, the variant's index, the ADT's arguments.
    Ctor(DefId, usize, Args),
    /// A constant, associated or not.
    Const(DefId, Args),
    /// A static.
    Static(DefId),
    /// A const parameter.
    ConstParam(crate::ty::Const),
}

/// How `f(a, b)` calls.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum CallKind {
    /// `f` is a function item: known callee (in the type of `f`).
    Direct,
    /// `f` is a function pointer.
    Pointer,
    /// A constructor.
    Ctor,
    /// Through `Fn`, `FnMut`, `FnOnce`: `callee` has the trait method; the arguments are tupled; the callee
    /// expression carries the adjustment for the method's receiver.
    Overloaded,
}

/// Kinds of `as`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CastKind {
    /// Between integers, from `bool`, `char`, plain enum to integer, `u8` to `char`.
    IntToInt,
    /// Integer to float.
    IntToFloat,
    /// Float to integer, saturating.
    FloatToInt,
    /// `f32` to `f64` and back.
    FloatToFloat,
    /// Between pointers (only in std).
    PtrToPtr,
    /// Pointer to integer and back (only in std).
    PtrInt,
    /// A coercion: the adjustments of the operand do the work.
    Coercion,
}

/// A closure as checking found it.
#[derive(Clone, Debug)]
pub struct ClosureInfo {
    /// Its definition.
    pub def: DefId,
    /// Its type, `TyKind::Closure`.
    pub ty: Ty,
    /// Weakest trait it implements.
    pub kind: ClosureKind,
    /// What it captures, in order of the fields of the captures tuple.
    pub captures: Vec<Capture>,
}

/// One captured place.
#[derive(Clone, Debug)]
pub struct Capture {
    /// The variable.
    pub local: LocalId,
    /// Path from it.
    pub projections: Vec<CaptureProjection>,
    /// How.
    pub by: CaptureBy,
    /// Type of the place.
    pub place_ty: Ty,
    /// Type of the field that holds it (a reference when captured by reference).
    pub field_ty: Ty,
    /// A use that made the capture necessary.
    pub span: Span,
}

/// A step of a captured path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CaptureProjection {
    /// Field by index, with the type of the field.
    Field(usize, Ty),
    /// `*` of a reference or `Box`, with the type behind.
    Deref(Ty),
}

/// How a place is captured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CaptureBy {
    /// Moved or copied in.
    Value,
    /// Borrowed.
    Ref(Mutability),
}
