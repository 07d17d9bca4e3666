//! Generic parameters of definitions, flattened: parents' first.

use std::rc::Rc;

use crate::hir::{DefKind, GenericParam, GenericParamKind, Generics};

use super::*;

/// The parameters of a definition, parents' first; a parameter's index is its position.
#[derive(Debug)]
pub struct GenericsTable<'h> {
    /// The definition whose parameters come first.
    pub parent: Option<DefId>,
    /// How many of them there are.
    pub parent_count: usize,
    /// All parameters.
    pub params: Vec<&'h GenericParam>,
}

impl<'h> Tcx<'h> {
    /// The generics a definition declares itself, as written.
    pub fn own_generics(&self, def: DefId) -> Option<&'h Generics> {
        match &self.hir.def(def).kind {
            DefKind::Struct(adt) | DefKind::Enum(adt) => Some(&adt.generics),
            DefKind::Trait(t) => Some(&t.generics),
            DefKind::TyAlias(g, _)
            | DefKind::AssocTy { generics: g, .. }
            | DefKind::Const { generics: g, .. } => Some(g),
            DefKind::Fn(f) => Some(&f.generics),
            DefKind::Impl(i) => Some(&i.generics),
            _ => None,
        }
    }
    /// The definition whose parameters are in scope in `def`: itself, the enum of a variant, the item around a
    /// closure, an anonymous constant or an opaque type.
    pub fn generics_owner(&self, mut def: DefId) -> DefId {
        loop {
            let d = self.hir.def(def);
            match d.kind {
                DefKind::Variant(_)
                | DefKind::GenericParam(_)
                | DefKind::AnonConst { .. }
                | DefKind::Closure
                | DefKind::Opaque(_) => match d.parent {
                    Some(parent) => def = parent,
                    None => return def,
                },
                _ => return def,
            }
        }
    }
    /// The flattened generics.
    pub fn generics_of(&self, def: DefId) -> Rc<GenericsTable<'h>> {
        if let Some(found) = self.caches.generics.borrow().get(&def) {
            return found.clone();
        }
        let owner = self.generics_owner(def);
        let table = match self.own_generics(owner) {
            None => GenericsTable { parent: None, parent_count: 0, params: Vec::new() },
            Some(g) => {
                let mut params = match g.parent {
                    Some(p) => self.generics_of(p).params.clone(),
                    None => Vec::new(),
                };
                let parent_count = params.len();
                params.extend(&g.params);
                GenericsTable { parent: g.parent, parent_count, params }
            }
        };
        let table = Rc::new(table);
        self.caches.generics.borrow_mut().insert(def, table.clone());
        table
    }
    /// Number of generic parameters, parents' included.
    pub fn generics_count(&self, def: DefId) -> usize {
        self.generics_of(def).params.len()
    }
    /// The definition whose generic parameters come first.
    pub fn generics_parent(&self, def: DefId) -> Option<DefId> {
        self.generics_of(def).parent
    }
    /// Each parameter as its own argument.
    pub fn identity_args(&self, def: DefId) -> Args {
        if let Some(&found) = self.caches.identity.borrow().get(&def) {
            return found;
        }
        let table = self.generics_of(def);
        let args: Args = table
            .params
            .iter()
            .enumerate()
            .map(|(i, p)| {
                let param = ParamTy { index: i as u32, name: p.name };
                match p.kind {
                    GenericParamKind::Lifetime => GenericArg::Region(Region::Param(i as u32, p.name)),
                    GenericParamKind::Type { .. } => GenericArg::Type(Ty::new(TyKind::Param(param))),
                    GenericParamKind::Const { .. } => GenericArg::Const(Const::new(ConstKind::Param(param))),
                }
            })
            .collect();
        self.caches.identity.borrow_mut().insert(def, args);
        args
    }
    /// Each parameter as its own argument, regions erased: the arguments of an item inside its own body.
    pub fn identity_args_erased(&self, def: DefId) -> Args {
        fold::erase_regions(self.identity_args(def))
    }
    /// Index of a generic parameter among the flattened parameters of its owner.
    pub fn param_index(&self, param: DefId) -> u32 {
        let d = self.hir.def(param);
        match (&d.kind, d.parent) {
            (DefKind::GenericParam(i), Some(parent)) => {
                let table = self.generics_of(parent);
                table.parent_count as u32 + i
            }
            _ => 0,
        }
    }
    /// The parameter as a [`ParamTy`].
    pub fn param_ty(&self, param: DefId) -> ParamTy {
        ParamTy { index: self.param_index(param), name: self.hir.def(param).name }
    }
    /// The written parameter behind a `GenericParam` definition.
    pub fn generic_param(&self, param: DefId) -> Option<&'h GenericParam> {
        let d = self.hir.def(param);
        match (&d.kind, d.parent) {
            (DefKind::GenericParam(i), Some(parent)) => self.own_generics(parent)?.params.get(*i as usize),
            _ => None,
        }
    }
}
