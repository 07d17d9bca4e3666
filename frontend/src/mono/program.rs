//! A monomorphic program: everything reachable from the roots, closed under calls. The pivot between the front end and the rest.

use indexmap::IndexMap;

use crate::hir::DefId;
use crate::index::IndexVec;
use crate::mir::{Body, FuncId};
use crate::source::Span;
use crate::symbol::Symbol;
use crate::ty::{Args, Ty};

/// A monomorphic program.
#[derive(Clone, Default, Debug)]
pub struct Program {
    /// All functions.
    pub functions: IndexVec<FuncId, Function>,
    /// Every struct, enum and closure type that occurs, with its fields. Types are normalised: no
    /// parameters, projections or opaque types.
    pub adts: IndexMap<Ty, Adt>,
    /// The entries the program was collected from, in the order asked for.
    pub roots: Vec<FuncId>,
    /// Functions the back ends call by themselves, by lang item name: `panic_const`, `panic_bounds_check` …
    pub lang_funcs: IndexMap<Symbol, FuncId>,
}

/// A function of a monomorphic program.
#[derive(Clone, Debug)]
pub struct Function {
    /// What it is an instance of.
    pub instance: Instance,
    /// A readable unique name: `std::vec::Vec::<i32>::push`.
    pub name: String,
    /// Its body. Parameter and result types are those of its locals.
    pub body: Body,
    /// Whether its last parameter is a hidden `u32` source position (`#[track_caller]`).
    pub track_caller: bool,
    /// `#[inline]` as in [`Attrs`](crate::hir::Attrs).
    pub inline: i8,
    /// `#[skeleton]` of its definition: an iterator adaptor or consumer that inference knows.
    pub skeleton: Option<Symbol>,
    /// Whether it is from our std.
    pub is_std: bool,
    /// Where it is declared.
    pub span: Span,
}

/// What a function is an instance of.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Instance {
    /// A function or method with all arguments known.
    Item(DefId, Args),
    /// The value of a `const`, `static` or anonymous constant.
    ConstItem(DefId, Args),
    /// The promoted value of this number in the body of a definition.
    Promoted(DefId, u32, Args),
    /// A `&'static` to the value that a function computes.
    ConstRef(FuncId),
    /// A closure's body; `self` as its own kind passes it.
    Closure(DefId, Args),
    /// A closure without captures as a plain function.
    ClosureFnShim(DefId, Args),
    /// A `#[track_caller]` function as one without the hidden parameter, for function pointers.
    ReifyShim(FuncId),
    /// A constructor as a function: ADT type, variant.
    CtorShim(Ty, u32),
    /// Drops the value a `*mut T` points to.
    DropGlue(Ty),
    /// `Clone::clone` of a tuple, array or closure.
    CloneShim(Ty),
    /// `freeze_glue::<T>`: writes a value's record form.
    FreezeGlue(Ty),
    /// Calls a method of a trait object: method, its arguments with the `dyn` type first.
    Virtual(DefId, Args),
    /// Calls the user's `main` through std's start function.
    Main(DefId),
    /// A piece that inference cut out of another function.
    Outlined(FuncId, u32),
    /// Made by hand, for example by the MIR parser in tests.
    Named(Symbol),
}

impl Instance {
    /// The name of the definition it is an instance of.
    pub fn name(&self) -> Option<&'static str> {
        match self {
            Instance::Item(def, _) => Some(def.name()),
            _ => None,
        }
    }
    /// Whether it is an instance of a definition of this name.
    pub fn is_named(&self, name: &str) -> bool {
        matches!(self, Instance::Item(def, _) if def.name() == name)
    }
}

/// The shape of a struct, enum or closure type.
#[derive(Clone, PartialEq, Debug)]
pub struct Adt {
    /// Name of the definition, without arguments.
    pub name: String,
    /// The definition.
    pub def: DefId,
    /// What it is.
    pub kind: AdtKind,
    /// One for structs and closures.
    pub variants: Vec<Variant>,
    /// Lang item name of the definition (`owned_box`, `Vec`, `String`, `Option` …), for the few that matter.
    pub lang: Option<Symbol>,
    /// `#[repr(C)]`: fields stay in source order.
    pub repr_c: bool,
    /// Whether the last field may be unsized for some arguments: then it stays last.
    pub tail_may_be_unsized: bool,
    /// `#[repr(align(n))]`, or 1.
    pub repr_align: u64,
    /// Whether values of the type need dropping.
    pub needs_drop: bool,
    /// Whether it is `Copy`.
    pub is_copy: bool,
}

/// Kinds of compound types.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AdtKind {
    /// A struct.
    Struct,
    /// An enum; its discriminants have this type (`isize` unless `repr` says otherwise).
    Enum(Ty),
    /// A closure: its fields are the captures.
    Closure,
}

/// A variant.
#[derive(Clone, PartialEq, Debug)]
pub struct Variant {
    /// Name.
    pub name: Symbol,
    /// Declared discriminant, as bits of the discriminant type.
    pub discriminant: u128,
    /// Fields in source order.
    pub fields: Vec<(Symbol, Ty)>,
}
