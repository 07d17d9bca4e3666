//! The typing context: every question about definitions and types, answered once.

use std::rc::Rc;

use crate::bug;
use crate::diag::DiagSink;
use crate::hir::{self, ClosureKind, DefId, Hir, VariantDef};
use crate::symbol::Symbol;
use crate::typeck::results::{ClosureInfo, TypeckResults};

use super::fold::Fold;
use super::*;

/// The typing context.
pub struct Tcx<'h> {
    /// All definitions.
    pub hir: &'h Hir,
    /// Where errors go.
    pub diag: &'h DiagSink,
    /// MIR built so far.
    pub bodies: crate::lower::BodyCache,
}

/// What may be assumed in an item: its where-clauses, elaborated.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ParamEnv {
    /// The assumptions.
    pub clauses: List<Clause>,
    /// Whether opaque types are seen through.
    pub reveal: bool,
}

/// An assumption, or something to prove.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Clause {
    /// `T: Trait<…>`
    Trait(TraitRef),
    /// `<T as Trait<…>>::Assoc == Ty`, by the associated type.
    Projection(DefId, Args, Ty),
}

impl ParamEnv {
    /// No assumptions, opaque types seen through: for monomorphic types.
    pub fn empty() -> ParamEnv {
        ParamEnv { clauses: List::new(&[]), reveal: true }
    }
}

/// What runs when a trait method is called with known arguments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resolved {
    /// A function with a body: of an impl, a default method, or not a trait method at all. Arguments for that definition.
    Item(DefId, Args),
    /// A closure's body: definition, arguments of the closure type, and the trait it is called through.
    Closure(DefId, Args, ClosureKind),
    /// `Fn*::call*` of a function item or pointer type.
    FnPtr(Ty),
    /// `Clone::clone` of a tuple, array, closure, or of a type that is `Copy` by the language.
    CloneShim(Ty),
    /// A method of a trait object: the trait's method and its arguments (`Self` is the `dyn` type).
    Virtual(DefId, Args),
    /// `extern "intrinsic"`.
    Intrinsic(Symbol, Args),
}

impl<'h> Tcx<'h> {
    /// A context for these definitions.
    pub fn new(hir: &'h Hir, diag: &'h DiagSink) -> Tcx<'h> {
        Tcx { hir, diag, bodies: Default::default() }
    }
    /// Number of generic parameters, parents' included.
    pub fn generics_count(&self, _def: DefId) -> usize {
        bug!("not yet")
    }
    /// Each parameter as its own argument.
    pub fn identity_args(&self, _def: DefId) -> Args {
        bug!("not yet")
    }
    /// The definition whose generic parameters come first.
    pub fn generics_parent(&self, _def: DefId) -> Option<DefId> {
        bug!("not yet")
    }
    /// Type of a definition, in terms of its own parameters: struct, enum, alias, const, static, the self type of an
    /// impl, the value of an associated type in an impl, anonymous constant, generic parameter.
    pub fn type_of(&self, _def: DefId) -> Ty {
        bug!("not yet")
    }
    /// Signature of a function, method or constructor, with regions.
    pub fn fn_sig(&self, _def: DefId) -> FnSig {
        bug!("not yet")
    }
    /// Type of a field with the ADT's arguments put in; not normalised.
    pub fn field_ty(&self, _adt: DefId, _variant: usize, _field: usize, _args: Args) -> Ty {
        bug!("not yet")
    }
    /// The variants of a struct (one) or enum.
    pub fn variants(&self, _adt: DefId) -> &'h [VariantDef] {
        bug!("not yet")
    }
    /// A variant's discriminant, as bits of [`Tcx::discriminant_ty`].
    pub fn discriminant(&self, _adt: DefId, _variant: usize) -> u128 {
        bug!("not yet")
    }
    /// Type of the discriminants of an enum.
    pub fn discriminant_ty(&self, _adt: DefId) -> Ty {
        bug!("not yet")
    }
    /// Replaces parameters by arguments.
    pub fn subst<T: Fold>(&self, value: T, args: Args) -> T {
        fold::subst(value, args)
    }
    /// Makes every region [`Region::Erased`].
    pub fn erase_regions<T: Fold>(&self, value: T) -> T {
        fold::erase_regions(value)
    }
    /// The assumptions inside a definition.
    pub fn param_env(&self, _def: DefId) -> ParamEnv {
        bug!("not yet")
    }
    /// Replaces projections by what they are (and opaque types where the environment reveals them).
    pub fn normalize(&self, _env: &ParamEnv, _ty: Ty) -> Ty {
        bug!("not yet")
    }
    /// Whether `args[0]: Trait<args[1..]>`.
    pub fn implements(&self, _env: &ParamEnv, _trait_def: DefId, _args: Args) -> bool {
        bug!("not yet")
    }
    /// Whether the type is `Copy`.
    pub fn is_copy(&self, _env: &ParamEnv, _ty: Ty) -> bool {
        bug!("not yet")
    }
    /// Whether the type is `Sized`.
    pub fn is_sized(&self, _env: &ParamEnv, _ty: Ty) -> bool {
        bug!("not yet")
    }
    /// Whether dropping a value of the type does anything; `true` if a parameter decides it.
    pub fn needs_drop(&self, _env: &ParamEnv, _ty: Ty) -> bool {
        bug!("not yet")
    }
    /// Types of a body and what its paths mean.
    pub fn typeck(&self, _owner: DefId) -> Rc<TypeckResults> {
        bug!("not yet")
    }
    /// The body of a function, constant, static or anonymous constant.
    pub fn body_of(&self, _owner: DefId) -> Option<&'h hir::Body> {
        bug!("not yet")
    }
    /// Evaluates a constant as far as its parameters are known.
    pub fn eval_const(&self, _c: Const) -> Const {
        bug!("not yet")
    }
    /// What runs when `def` is called with known arguments.
    pub fn resolve_method(&self, _def: DefId, _args: Args) -> Resolved {
        bug!("not yet")
    }
    /// The value of an associated constant (or any constant) with known arguments: the definition with a body.
    pub fn resolve_const(&self, _def: DefId, _args: Args) -> (DefId, Args) {
        bug!("not yet")
    }
    /// The definition whose body a closure is in.
    pub fn closure_owner(&self, _closure: DefId) -> DefId {
        bug!("not yet")
    }
    /// What checking found out about a closure.
    pub fn closure_info(&self, _closure: DefId) -> Option<ClosureInfo> {
        bug!("not yet")
    }
    /// The type behind `impl Trait`, in terms of the parameters of the function that returns it.
    pub fn opaque_hidden(&self, _opaque: DefId) -> Ty {
        bug!("not yet")
    }
    /// `std::vec::Vec::push` as people read it.
    pub fn def_path_str(&self, def: DefId) -> String {
        def.path.to_string()
    }
}
