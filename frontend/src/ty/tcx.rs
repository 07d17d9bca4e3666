//! The typing context: every question about definitions and types, answered once.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use crate::diag::{DiagSink, Diagnostic};
use crate::hir::{self, ClosureKind, DefId, DefKind, Hir};
use crate::source::Span;
use crate::symbol::Symbol;
use crate::typeck::results::{ClosureInfo, TypeckResults};

use super::fold::Fold;
use super::generics::GenericsTable;
use super::impls::{ImplIndex, Namespace};
use super::infer::InferCtxt;
use super::intern::FastMap;
use super::lang::LangItems;
use super::solve::{Cause, Eval, Obligation};
use super::*;

/// The typing context.
pub struct Tcx<'h> {
    /// All definitions.
    pub hir: &'h Hir,
    /// Where errors go.
    pub diag: &'h DiagSink,
    /// Lang items.
    pub lang: LangItems,
    /// MIR built so far.
    pub bodies: crate::lower::BodyCache,
    pub(crate) caches: Caches<'h>,
}

/// Answers given before.
#[derive(Default)]
pub(crate) struct Caches<'h> {
    pub generics: Cache<DefId, Rc<GenericsTable<'h>>>,
    pub identity: Cache<DefId, Args>,
    pub type_of: Cache<DefId, Option<Ty>>,
    pub param_default: Cache<DefId, Ty>,
    pub fn_sig: Cache<DefId, FnSig>,
    pub fn_sig_erased: Cache<DefId, FnSig>,
    pub fields: Cache<(DefId, u32, u32), Ty>,
    pub fields_erased: Cache<(DefId, u32, u32), Ty>,
    pub impl_trait_ref: Cache<DefId, Option<TraitRef>>,
    pub impl_trait_ref_erased: Cache<DefId, Option<TraitRef>>,
    pub impl_results: Cache<(DefId, DefId), Ty>,
    pub predicates: Cache<DefId, Rc<[(Clause, Span)]>>,
    pub region_predicates: Cache<DefId, Rc<predicates::RegionPredicates>>,
    pub region_item_bounds: Cache<DefId, Rc<[(Clause, Span)]>>,
    pub variances: Cache<DefId, Rc<[variance::Variance]>>,
    pub dyn_violations: Cache<DefId, Option<DefId>>,
    pub adt_outlives: Cache<DefId, Rc<[(GenericArg, Region)]>>,
    pub late_regions: Cache<DefId, Rc<[Symbol]>>,
    pub captured: Cache<DefId, Option<Rc<[Symbol]>>>,
    pub super_clauses: Cache<DefId, Rc<[(Clause, Span)]>>,
    pub item_bounds: Cache<DefId, Rc<[(Clause, Span)]>>,
    pub param_env: Cache<DefId, ParamEnv>,
    pub supertrait_ids: Cache<DefId, Rc<[DefId]>>,
    pub impls: OnceCell<ImplIndex>,
    pub traits_declaring: Cache<(Rc<[DefId]>, Symbol), Rc<[(DefId, DefId)]>>,
    pub assoc_items: Cache<DefId, Rc<FastMap<(Symbol, Namespace), DefId>>>,
    pub evaluated: Cache<(ParamEnv, TraitRef), Eval>,
    pub projected: Cache<(ParamEnv, DefId, Args), Ty>,
    pub lowest_cycle: LowestCycle,
    pub sized_constraint: Cache<DefId, Option<Ty>>,
    pub needs_drop: Cache<(ParamEnv, Ty), bool>,
    pub is_copy: Cache<(ParamEnv, Ty), bool>,
    pub discriminants: Cache<DefId, Rc<[u128]>>,
    pub typeck: Cache<DefId, Option<Rc<TypeckResults>>>,
    pub closures: Cache<DefId, ClosureInfo>,
    pub consts: Cache<Const, Option<Const>>,
    pub resolved: Cache<(DefId, Args), Resolved>,
}

/// One table of answers.
pub(crate) type Cache<K, V> = RefCell<FastMap<K, V>>;

/// Depth of the outermost question that a cycle came back to since this was last reset.
pub(crate) struct LowestCycle(Cell<u32>);

impl Default for LowestCycle {
    fn default() -> Self {
        LowestCycle(Cell::new(u32::MAX))
    }
}

impl std::ops::Deref for LowestCycle {
    type Target = Cell<u32>;
    fn deref(&self) -> &Cell<u32> {
        &self.0
    }
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

impl Fold for Clause {
    fn fold_with<F: fold::Folder>(self, folder: &mut F) -> Self {
        match self {
            Clause::Trait(tr) => Clause::Trait(tr.fold_with(folder)),
            Clause::Projection(def, args, ty) => {
                Clause::Projection(def, args.fold_with(folder), ty.fold_with(folder))
            }
        }
    }
    fn flags(&self) -> Flags {
        match self {
            Clause::Trait(tr) => tr.flags(),
            Clause::Projection(_, args, ty) => Flags::of_args(args).or(ty.flags()),
        }
    }
}

impl<'h> Tcx<'h> {
    /// A context for these definitions.
    pub fn new(hir: &'h Hir, diag: &'h DiagSink) -> Tcx<'h> {
        Tcx { hir, diag, lang: LangItems::new(hir), bodies: Default::default(), caches: Caches::default() }
    }
    /// Reports an error and gives the type that follows it.
    pub fn error(&self, diagnostic: Diagnostic) -> Ty {
        self.diag.emit_error(diagnostic);
        Ty::error()
    }
    /// Replaces parameters by arguments.
    pub fn subst<T: Fold>(&self, value: T, args: Args) -> T {
        fold::subst(value, args)
    }
    /// Makes every region [`Region::Erased`].
    pub fn erase_regions<T: Fold>(&self, value: T) -> T {
        fold::erase_regions(value)
    }
    fn obligation(env: &ParamEnv, clause: Clause) -> Obligation {
        Obligation { clause, env: *env, cause: Cause::misc(Span::NONE), ancestors: None }
    }
    /// Replaces projections by what they are (and opaque types where the environment reveals them).
    pub fn normalize(&self, env: &ParamEnv, ty: Ty) -> Ty {
        self.normalize_any(env, ty)
    }
    /// The same for anything made of types. Regions must be erased.
    pub fn normalize_any<T: Fold>(&self, env: &ParamEnv, value: T) -> T {
        let opaque = if env.reveal { Flags::OPAQUE } else { Flags::NONE };
        if !value.flags().has(Flags::PROJECTION.or(opaque)) {
            return value;
        }
        let cx = InferCtxt::new(self);
        let unit =
            Clause::Projection(DefId { index: 0, path: Symbol::intern("") }, List::new(&[]), Ty::unit());
        let ob = Self::obligation(env, unit);
        let mut nested = Vec::new();
        let value = cx.normalize(&ob, fold::erase_regions(value), &mut nested);
        if value.flags().has(Flags::INFER) {
            cx.evaluate_all(nested);
        }
        let value = cx.resolve(value);
        if value.flags().has(Flags::INFER) {
            value.fold_with(&mut fold::MapTypes(infer_to_error))
        } else {
            value
        }
    }
    /// Whether `args[0]: Trait<args[1..]>`.
    pub fn implements(&self, env: &ParamEnv, trait_def: DefId, args: Args) -> bool {
        let args = self.normalize_any(env, fold::erase_regions(args));
        let cx = InferCtxt::new(self);
        if self.lang.is_auto(trait_def) {
            return true;
        }
        cx.evaluate_ground(*env, TraitRef { trait_def, args }, None) == Eval::Holds
    }
    /// The body of a function, constant, static or anonymous constant.
    pub fn body_of(&self, owner: DefId) -> Option<&'h hir::Body> {
        match self.hir.def(owner).kind {
            DefKind::Closure => self.body_of(self.closure_owner(owner)),
            _ => self.hir.body_id_of(owner).map(|id| self.hir.body(id)),
        }
    }
    /// The definition whose body a closure is in.
    pub fn closure_owner(&self, closure: DefId) -> DefId {
        let mut def = closure;
        while let (DefKind::Closure, Some(parent)) = (&self.hir.def(def).kind, self.hir.def(def).parent) {
            def = parent;
        }
        def
    }
    /// What checking found out about a closure.
    pub fn closure_info(&self, closure: DefId) -> Option<ClosureInfo> {
        if let Some(found) = self.caches.closures.borrow().get(&closure) {
            return Some(found.clone());
        }
        self.typeck(self.closure_owner(closure));
        self.caches.closures.borrow().get(&closure).cloned()
    }
    /// The type behind `impl Trait`, in terms of the parameters of the function that returns it.
    pub fn opaque_hidden(&self, opaque: DefId) -> Ty {
        let owner = self.generics_owner(opaque);
        self.typeck(owner).opaque_types.get(&opaque).copied().unwrap_or(Ty::error())
    }
    /// `std::vec::Vec::push` as people read it.
    pub fn def_path_str(&self, def: DefId) -> String {
        def.path.to_string()
    }
    /// `struct`, `enum`, `function` …
    pub fn describe(&self, def: DefId) -> &'static str {
        match &self.hir.def(def).kind {
            DefKind::Mod => "module",
            DefKind::Struct(_) => "struct",
            DefKind::Enum(_) => "enum",
            DefKind::Variant(_) => "variant",
            DefKind::Trait(_) => "trait",
            DefKind::TyAlias(..) => "type alias",
            DefKind::AssocTy { .. } => "associated type",
            DefKind::Fn(f) if f.generics.parent.is_some() && f.has_self => "method",
            DefKind::Fn(f) if f.generics.parent.is_some() => "associated function",
            DefKind::Fn(_) => "function",
            DefKind::Const { .. } => "constant",
            DefKind::Static { .. } => "static",
            DefKind::Impl(_) => "implementation",
            DefKind::GenericParam(_) => "type parameter",
            DefKind::AnonConst { .. } => "constant",
            DefKind::Closure => "closure",
            DefKind::Opaque(_) => "opaque type",
            DefKind::Error => "item",
        }
    }
}

/// Variables that nothing decided must not leave the question they were made for.
pub(super) fn infer_to_error<T: Fold>(value: T) -> T {
    struct Unknown;
    impl fold::Folder for Unknown {
        fn fold_ty(&mut self, ty: Ty) -> Ty {
            match ty.kind() {
                TyKind::Infer(_) => Ty::error(),
                _ if ty.flags().has(Flags::INFER) => ty.super_fold(self),
                _ => ty,
            }
        }
        fn fold_const(&mut self, c: Const) -> Const {
            if matches!(c.kind(), ConstKind::Infer(_)) {
                Const::new(ConstKind::Error)
            } else {
                c.super_fold(self)
            }
        }
    }
    if value.flags().has(Flags::INFER) { value.fold_with(&mut Unknown) } else { value }
}
