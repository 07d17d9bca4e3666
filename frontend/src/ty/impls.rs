//! Which impls there are: an index by trait and by the outermost constructor of the self type, built from the written
//! types alone, and the associated items of traits and impls by name.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::hir::*;
use crate::index::Idx;

use super::intern::FastMap;
use super::*;

/// The outermost constructor of a type: what impls are indexed by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum SimpleType {
    Bool,
    Char,
    Int(IntTy),
    Uint(UintTy),
    Float(FloatTy),
    Str,
    Never,
    Adt(DefId),
    Array,
    Slice,
    Tuple(usize),
    Ref(Mutability),
    RawPtr(Mutability),
    FnPtr(usize),
    Dynamic(DefId),
}

/// The three name spaces of associated items.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Namespace {
    /// Associated types.
    Type,
    /// Functions and constants.
    Value,
}

/// Impls of one trait.
#[derive(Default, Debug)]
pub struct TraitImpls {
    /// By the outermost constructor of the self type.
    pub by_type: FastMap<SimpleType, Vec<DefId>>,
    /// For a parameter, a projection and the like: any self type may match.
    pub blanket: Vec<DefId>,
}

/// All impls.
#[derive(Default, Debug)]
pub struct ImplIndex {
    /// By trait.
    pub of_trait: FastMap<DefId, TraitImpls>,
    /// Functions and constants of inherent impls, by type and name.
    pub inherent: FastMap<(SimpleType, Symbol), Vec<DefId>>,
    /// All inherent impls by type.
    pub inherent_impls: FastMap<SimpleType, Vec<DefId>>,
}

/// What the index keeps of an impl.
#[derive(Serialize, Deserialize, Debug)]
pub struct KnownImpl {
    /// The impl.
    pub def: DefId,
    /// The outermost constructor of its self type.
    pub self_ty: Option<SimpleType>,
    /// The trait, or the items of an inherent impl with their names.
    pub of: KnownImplOf,
}

/// What an impl is of.
#[derive(Serialize, Deserialize, Debug)]
pub enum KnownImplOf {
    /// A trait.
    Trait(DefId),
    /// Nothing; its items with their names.
    Inherent(Vec<(Symbol, DefId)>),
}

impl SimpleType {
    /// Of a type; `None` if any constructor is possible, or none is.
    pub fn of(ty: Ty) -> Option<SimpleType> {
        Some(match *ty.kind() {
            TyKind::Bool => SimpleType::Bool,
            TyKind::Char => SimpleType::Char,
            TyKind::Int(i) => SimpleType::Int(i),
            TyKind::Uint(u) => SimpleType::Uint(u),
            TyKind::Float(f) => SimpleType::Float(f),
            TyKind::Str => SimpleType::Str,
            TyKind::Never => SimpleType::Never,
            TyKind::Adt(def, _) => SimpleType::Adt(def),
            TyKind::Array(..) => SimpleType::Array,
            TyKind::Slice(_) => SimpleType::Slice,
            TyKind::Tuple(ts) => SimpleType::Tuple(ts.len()),
            TyKind::Ref(_, _, m) => SimpleType::Ref(m),
            TyKind::RawPtr(_, m) => SimpleType::RawPtr(m),
            TyKind::FnPtr(sig) => SimpleType::FnPtr(sig.inputs.len()),
            TyKind::Dynamic(def, ..) => SimpleType::Dynamic(def),
            _ => return None,
        })
    }
    fn of_hir(tcx: &Tcx<'_>, ty: &HirTy) -> Option<SimpleType> {
        Some(match &ty.kind {
            HirTyKind::Path(path) => {
                if path.unresolved > 0 || path.qself.is_some() {
                    return None;
                }
                match path.res {
                    Res::Prim(PrimTy::Bool) => SimpleType::Bool,
                    Res::Prim(PrimTy::Char) => SimpleType::Char,
                    Res::Prim(PrimTy::Str) => SimpleType::Str,
                    Res::Prim(PrimTy::Int(i)) => SimpleType::Int(i),
                    Res::Prim(PrimTy::Uint(u)) => SimpleType::Uint(u),
                    Res::Prim(PrimTy::Float(f)) => SimpleType::Float(f),
                    Res::Def(def) => match tcx.hir.def(def).kind {
                        DefKind::Struct(_) | DefKind::Enum(_) => SimpleType::Adt(def),
                        DefKind::TyAlias(..) => return SimpleType::of(tcx.type_of(def)),
                        _ => return None,
                    },
                    _ => return None,
                }
            }
            HirTyKind::Ref(_, _, m) => SimpleType::Ref(*m),
            HirTyKind::RawPtr(_, m) => SimpleType::RawPtr(*m),
            HirTyKind::Slice(_) => SimpleType::Slice,
            HirTyKind::Array(..) => SimpleType::Array,
            HirTyKind::Tuple(ts) => SimpleType::Tuple(ts.len()),
            HirTyKind::FnPtr(inputs, _) => SimpleType::FnPtr(inputs.len()),
            HirTyKind::Never => SimpleType::Never,
            HirTyKind::Dyn(paths, _) => {
                let is_auto = |p: &&HirPath| matches!(p.res, Res::Def(d) if tcx.lang.is_auto(d));
                match paths.iter().find(|p| !is_auto(p)).or(paths.first())?.res {
                    Res::Def(def) => SimpleType::Dynamic(def),
                    _ => return None,
                }
            }
            HirTyKind::Infer | HirTyKind::Opaque(_) | HirTyKind::Error => return None,
        })
    }
}

impl ImplIndex {
    fn add(&mut self, KnownImpl { def, self_ty, of }: KnownImpl) {
        match (of, self_ty) {
            (KnownImplOf::Trait(trait_def), self_ty) => {
                let impls = self.of_trait.entry(trait_def).or_default();
                match self_ty {
                    Some(s) => impls.by_type.entry(s).or_default().push(def),
                    None => impls.blanket.push(def),
                }
            }
            (KnownImplOf::Inherent(items), Some(s)) => {
                self.inherent_impls.entry(s).or_default().push(def);
                for (name, item) in items {
                    self.inherent.entry((s, name)).or_default().push(item);
                }
            }
            (KnownImplOf::Inherent(_), None) => {}
        }
    }
}

impl<'h> Tcx<'h> {
    /// All impls; built when first asked for.
    pub fn impls(&self) -> &ImplIndex {
        self.caches.impls.get_or_init(|| self.build_impl_index())
    }
    fn build_impl_index(&self) -> ImplIndex {
        let mut index = ImplIndex::default();
        let mut first = 0;
        if let Some(image) = &self.hir.image {
            image.impls().into_iter().for_each(|imp| index.add(imp));
            first = image.def_count();
        }
        for def in self.hir.defs.iter_from(first) {
            if let Some(imp) = self.known_impl(def) {
                index.add(imp);
            }
        }
        index
    }
    /// All impls there are, in order.
    pub(crate) fn known_impls(&self) -> Vec<KnownImpl> {
        self.hir.defs.iter().filter_map(|def| self.known_impl(def)).collect()
    }
    fn known_impl(&self, def: &Def) -> Option<KnownImpl> {
        let DefKind::Impl(imp) = &def.kind else { return None };
        if matches!(imp.self_ty.kind, HirTyKind::Error) {
            return None;
        }
        let self_ty = SimpleType::of_hir(self, &imp.self_ty);
        let of = match &imp.of_trait {
            Some(HirPath { res: Res::Def(trait_def), .. }) => KnownImplOf::Trait(*trait_def),
            Some(_) => return None,
            None => {
                let named = |item: &DefId| (self.hir.def(*item).name, *item);
                KnownImplOf::Inherent(imp.items.iter().map(named).collect())
            }
        };
        Some(KnownImpl { def: def.id, self_ty, of })
    }
    /// Items of a trait or impl, in source order.
    pub fn assoc_items(&self, def: DefId) -> Vec<DefId> {
        match &self.hir.def(def).kind {
            DefKind::Trait(t) => t.items.clone(),
            DefKind::Impl(i) => i.items.clone(),
            _ => Vec::new(),
        }
    }
    /// An item of a trait or impl by name.
    pub fn assoc_item(&self, def: DefId, name: Symbol, ns: Namespace) -> Option<DefId> {
        if let Some(map) = self.caches.assoc_items.borrow().get(&def) {
            return map.get(&(name, ns)).copied();
        }
        let map: FastMap<(Symbol, Namespace), DefId> = self
            .assoc_items(def)
            .into_iter()
            .rev()
            .map(|item| {
                let d = self.hir.def(item);
                let ns = match d.kind {
                    DefKind::AssocTy { .. } => Namespace::Type,
                    _ => Namespace::Value,
                };
                ((d.name, ns), item)
            })
            .collect();
        let map = Rc::new(map);
        self.caches.assoc_items.borrow_mut().insert(def, map.clone());
        map.get(&(name, ns)).copied()
    }
    /// Those of the traits that have a function or constant of this name, in order, each with that item.
    pub fn traits_declaring(&self, traits: &Rc<[DefId]>, name: Symbol) -> Rc<[(DefId, DefId)]> {
        let key = (traits.clone(), name);
        if let Some(known) = self.caches.traits_declaring.borrow().get(&key) {
            return known.clone();
        }
        let declared = |&t: &DefId| Some((t, self.assoc_item(t, name, Namespace::Value)?));
        let found: Rc<[(DefId, DefId)]> = traits.iter().filter_map(declared).collect();
        self.caches.traits_declaring.borrow_mut().insert(key, found.clone());
        found
    }
    /// The trait an associated item, or an `impl Trait` in the result of a method, is declared in.
    pub fn trait_of_item(&self, item: DefId) -> Option<DefId> {
        let d = self.hir.def(item);
        let parent = d.parent?;
        if let DefKind::Opaque(_) = d.kind {
            return self.trait_of_item(parent);
        }
        matches!(self.hir.def(parent).kind, DefKind::Trait(_)).then_some(parent)
    }
    /// The impl an associated item is in.
    pub fn impl_of_item(&self, item: DefId) -> Option<DefId> {
        let parent = self.hir.def(item).parent?;
        matches!(self.hir.def(parent).kind, DefKind::Impl(_)).then_some(parent)
    }
    /// The item of an impl that answers a trait's item.
    pub fn impl_item(&self, imp: DefId, trait_item: DefId) -> Option<DefId> {
        let d = self.hir.def(trait_item);
        let ns = if matches!(d.kind, DefKind::AssocTy { .. }) { Namespace::Type } else { Namespace::Value };
        self.assoc_item(imp, d.name, ns)
    }
    /// Whether the definition is in our std.
    pub fn is_std(&self, def: DefId) -> bool {
        self.hir.is_in(def, CrateId::new(0))
    }
}
