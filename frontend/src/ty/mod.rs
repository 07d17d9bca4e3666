//! Types as the checker and everything after it see them.
//!
//! [`Ty`] is an interned, `Copy` handle: equal types are the same pointer. The table is global and never freed.
//! The shapes follow rustc's `ty` so that whoever knows one knows the other. Regions stand in signatures and
//! field types; inside bodies every region is [`Region::Erased`] (the borrow check makes its own).

pub mod adt;
pub mod captured;
pub mod collect;
pub mod dyn_compatible;
pub mod expansive;
pub mod extent;
pub mod flags;
pub mod fold;
pub mod generics;
pub mod impls;
pub mod infer;
pub mod instance;
pub mod intern;
pub mod lang;
pub mod lower_ty;
pub mod predicates;
pub mod print;
pub mod sharing;
pub mod solve;
pub mod tcx;
pub mod trait_results;
pub mod variance;

use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::hir::DefId;
use crate::symbol::Symbol;

pub use extent::Extent;
pub use flags::Flags;
pub use impls::Namespace;
pub use intern::List;
pub use tcx::{Clause, ParamEnv, Resolved, Tcx};

/// The kinds of [`Ty::is_primitive`] as a pattern, for matches that name every kind.
macro_rules! primitive {
    () => {
        $crate::ty::TyKind::Bool
            | $crate::ty::TyKind::Char
            | $crate::ty::TyKind::Int(_)
            | $crate::ty::TyKind::Uint(_)
            | $crate::ty::TyKind::Float(_)
            | $crate::ty::TyKind::Str
            | $crate::ty::TyKind::Never
    };
}
use primitive;

/// An interned type.
#[derive(Clone, Copy)]
pub struct Ty(pub(crate) &'static intern::TyData);

/// An interned list of generic arguments.
pub type Args = List<GenericArg>;

/// What a type is.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum TyKind {
    /// `bool`
    Bool,
    /// `char`
    Char,
    /// Signed integers.
    Int(IntTy),
    /// Unsigned integers.
    Uint(UintTy),
    /// `f32`, `f64`
    Float(FloatTy),
    /// `str`
    Str,
    /// `!`
    Never,
    /// A struct or enum with its generic arguments.
    Adt(DefId, Args),
    /// `[T; N]`
    Array(Ty, Const),
    /// `[T]`
    Slice(Ty),
    /// A tuple; `()` is the empty one.
    Tuple(List<Ty>),
    /// `&'r T`, `&'r mut T`
    Ref(Region, Ty, Mutability),
    /// `*const T`, `*mut T`; only inside our std.
    RawPtr(Ty, Mutability),
    /// The zero-sized type of one function, method, tuple-struct or variant constructor.
    FnDef(DefId, Args),
    /// `fn(A, B) -> C`
    FnPtr(FnSig),
    /// A closure: the arguments of the item around it, then three types: kind (`i8` Fn, `i16` FnMut, `i32` FnOnce
    /// as in rustc), signature as a `FnPtr` whose inputs are the tupled arguments unpacked, and the tuple of
    /// captured values (references for captures by reference).
    Closure(DefId, Args),
    /// `dyn Trait<Args, Assoc = T> + Auto + 'r`: principal trait, its arguments without `Self`, associated types, and
    /// what the value must outlive.
    Dynamic(DefId, Args, List<(DefId, Ty)>, Region),
    /// A type parameter of the item whose body or signature this is, by index in its generics.
    Param(ParamTy),
    /// `<args[0] as Trait<args[1..]>>::Assoc`, by the associated type's definition.
    Projection(DefId, Args),
    /// `impl Trait` in return position, by its definition and the arguments of the item around it.
    Opaque(DefId, Args),
    /// A type not known yet; only during checking of a body.
    Infer(InferTy),
    /// Follows an error that was reported; equal to everything.
    Error,
}

/// Signed integer types.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum IntTy {
    I8,
    I16,
    I32,
    I64,
    I128,
    Isize,
}

/// Unsigned integer types.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum UintTy {
    U8,
    U16,
    U32,
    U64,
    U128,
    Usize,
}

/// Floating-point types.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum FloatTy {
    F32,
    F64,
}

impl IntTy {
    /// Width in bits; `isize` has 64 on every target we have.
    pub fn bits(self) -> u32 {
        match self {
            IntTy::I8 => 8,
            IntTy::I16 => 16,
            IntTy::I32 => 32,
            IntTy::I64 | IntTy::Isize => 64,
            IntTy::I128 => 128,
        }
    }
}
impl UintTy {
    /// Width in bits; `usize` has 64 on every target we have.
    pub fn bits(self) -> u32 {
        match self {
            UintTy::U8 => 8,
            UintTy::U16 => 16,
            UintTy::U32 => 32,
            UintTy::U64 | UintTy::Usize => 64,
            UintTy::U128 => 128,
        }
    }
}
impl FloatTy {
    /// Width in bits.
    pub fn bits(self) -> u32 {
        match self {
            FloatTy::F32 => 32,
            FloatTy::F64 => 64,
        }
    }
}

/// `&` or `&mut`, `*const` or `*mut`, `let` or `let mut`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Mutability {
    /// Shared.
    Not,
    /// Exclusive.
    Mut,
}

/// A lifetime. Outside signatures always [`Region::Erased`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Region {
    /// Not tracked here.
    Erased,
    /// `'static`
    Static,
    /// A lifetime parameter of an item (struct, enum, trait, impl, alias), by index in its generics.
    Param(u32, Symbol),
    /// A lifetime parameter of a function or of a `for<…>`; elided ones get numbers of their own (names `'0`, `'1` …).
    Bound(Symbol),
    /// A region variable of the borrow check.
    Var(u32),
}

/// A type parameter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ParamTy {
    /// Index into the generics of the item, parents first (a trait's `Self` is 0).
    pub index: u32,
    /// As written.
    pub name: Symbol,
}

/// An interned constant in a type (array length, const generic argument).
#[derive(Clone, Copy)]
pub struct Const(pub(crate) &'static intern::ConstData);

/// What a constant in a type is.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConstKind {
    /// A known value of an integer, `bool` or `char` type, as bits.
    Value(Ty, u128),
    /// A const generic parameter.
    Param(ParamTy),
    /// `N * 2`, `Self::SIZE`: the body of this definition with these arguments, evaluated once they are known.
    Unevaluated(DefId, Args),
    /// Not known yet; only during checking of a body.
    Infer(u32),
    /// Follows an error that was reported.
    Error,
}

/// A generic argument.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum GenericArg {
    /// A lifetime.
    Region(Region),
    /// A type.
    Type(Ty),
    /// A constant.
    Const(Const),
}

/// A function signature.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FnSig {
    /// Parameter types.
    pub inputs: List<Ty>,
    /// Result type.
    pub output: Ty,
}

/// Types not known yet.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum InferTy {
    /// Any type.
    Ty(u32),
    /// From an integer literal: some integer type, `i32` if nothing says otherwise.
    Int(u32),
    /// From a float literal: `f32` or `f64`, `f64` if nothing says otherwise.
    Float(u32),
}

/// `Trait<args[1..]>` for `args[0]`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TraitRef {
    /// The trait.
    pub trait_def: DefId,
    /// `Self` first.
    pub args: Args,
}

impl Ty {
    /// Interns.
    pub fn new(kind: TyKind) -> Ty {
        intern::intern_ty(kind)
    }
    /// What it is.
    pub fn kind(self) -> &'static TyKind {
        &self.0.kind
    }
    /// What occurs in it.
    pub fn flags(self) -> Flags {
        self.0.flags
    }
    /// How large it is.
    pub fn extent(self) -> Extent {
        self.0.extent
    }
    /// A type that is not known yet.
    pub fn infer(var: InferTy) -> Ty {
        intern::intern_infer(var)
    }
    /// A tuple.
    pub fn tuple(elements: &[Ty]) -> Ty {
        Ty::new(TyKind::Tuple(List::new(elements)))
    }
    /// `&T` or `&mut T` with the region erased.
    pub fn reference(to: Ty, mutability: Mutability) -> Ty {
        Ty::new(TyKind::Ref(Region::Erased, to, mutability))
    }
    /// `*const T` or `*mut T`.
    pub fn raw_ptr(to: Ty, mutability: Mutability) -> Ty {
        Ty::new(TyKind::RawPtr(to, mutability))
    }
    /// `[T; n]`
    pub fn array(element: Ty, n: u64) -> Ty {
        Ty::new(TyKind::Array(element, Const::usize(n)))
    }
    /// `[T]`
    pub fn slice(element: Ty) -> Ty {
        Ty::new(TyKind::Slice(element))
    }
    /// Whether it is `()`.
    pub fn is_unit(self) -> bool {
        matches!(self.kind(), TyKind::Tuple(l) if l.is_empty())
    }
    /// Whether it is a type of the language without parts: `bool`, `char`, a number, `str` or `!`.
    pub fn is_primitive(self) -> bool {
        matches!(self.kind(), primitive!())
    }
    /// Whether it is `!`.
    pub fn is_never(self) -> bool {
        matches!(self.kind(), TyKind::Never)
    }
    /// Whether it is the error type.
    pub fn is_error(self) -> bool {
        matches!(self.kind(), TyKind::Error)
    }
    /// Whether it is an integer type (not an integer variable).
    pub fn is_integral(self) -> bool {
        matches!(self.kind(), TyKind::Int(_) | TyKind::Uint(_))
    }
    /// Whether it is a signed integer type.
    pub fn is_signed(self) -> bool {
        matches!(self.kind(), TyKind::Int(_))
    }
    /// Whether it is `f32` or `f64`.
    pub fn is_float(self) -> bool {
        matches!(self.kind(), TyKind::Float(_))
    }
    /// Width in bits of `bool` (1), `char`, integers and floats.
    pub fn scalar_bits(self) -> Option<u32> {
        match self.kind() {
            TyKind::Bool => Some(1),
            TyKind::Char => Some(32),
            TyKind::Int(i) => Some(i.bits()),
            TyKind::Uint(u) => Some(u.bits()),
            TyKind::Float(f) => Some(f.bits()),
            _ => None,
        }
    }
    /// What `*` of a reference, raw pointer yields (not `Box`, which is a definition).
    pub fn builtin_deref(self) -> Option<(Ty, Mutability)> {
        match *self.kind() {
            TyKind::Ref(_, to, m) | TyKind::RawPtr(to, m) => Some((to, m)),
            _ => None,
        }
    }
}

/// Types that are asked for all the time: looked up once.
macro_rules! common {
    ($($(#[$meta:meta])* $name:ident = $kind:expr;)*) => {
        impl Ty {
            $($(#[$meta])*
            pub fn $name() -> Ty {
                static TY: OnceLock<Ty> = OnceLock::new();
                *TY.get_or_init(|| Ty::new($kind))
            })*
        }
    };
}

common! {
    /// `()`
    unit = TyKind::Tuple(List::new(&[]));
    /// `bool`
    bool = TyKind::Bool;
    /// `usize`
    usize = TyKind::Uint(UintTy::Usize);
    /// `u8`
    u8 = TyKind::Uint(UintTy::U8);
    /// `u32`
    u32 = TyKind::Uint(UintTy::U32);
    /// `!`
    never = TyKind::Never;
    /// `str`
    str = TyKind::Str;
    /// The error type.
    error = TyKind::Error;
}

impl Const {
    /// Interns.
    pub fn new(kind: ConstKind) -> Const {
        intern::intern_const(kind)
    }
    /// What it is.
    pub fn kind(self) -> &'static ConstKind {
        &self.0.kind
    }
    /// What occurs in it.
    pub fn flags(self) -> Flags {
        self.0.flags
    }
    /// How large it is.
    pub fn extent(self) -> Extent {
        self.0.extent
    }
    /// A `usize` value.
    pub fn usize(n: u64) -> Const {
        Const::new(ConstKind::Value(Ty::usize(), n as u128))
    }
    /// The value, if it is known, as a `u64`.
    pub fn as_u64(self) -> Option<u64> {
        match self.kind() {
            ConstKind::Value(_, bits) => u64::try_from(*bits).ok(),
            _ => None,
        }
    }
}

impl GenericArg {
    /// The type, if it is one.
    pub fn as_type(self) -> Option<Ty> {
        match self {
            GenericArg::Type(t) => Some(t),
            _ => None,
        }
    }
    /// The type; the caller knows the parameter is one.
    pub fn expect_ty(self) -> Ty {
        match self {
            GenericArg::Type(t) => t,
            other => crate::bug!("expected a type argument, found {other:?}"),
        }
    }
}

impl fmt::Debug for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl PartialEq for Ty {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}
impl Eq for Ty {}
impl std::hash::Hash for Ty {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.0).hash(state);
    }
}
impl PartialEq for Const {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}
impl Eq for Const {}
impl std::hash::Hash for Const {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.0).hash(state);
    }
}
