//! What may be assumed and what must hold: where-clauses, supertraits, bounds of associated types.

use std::rc::Rc;

use crate::hir::*;
use crate::source::Span;

use super::collect::{Elided, ItemCx, output_elision};
use super::fold::Fold;
use super::lower_ty::{LowerCx, lower_bound, lower_trait_ref, lower_ty};
use super::*;

/// What where-clauses say, regions included.
#[derive(Clone, Default, Debug)]
pub struct RegionPredicates {
    /// Traits and projections.
    pub clauses: Vec<(Clause, Span)>,
    /// `T: 'a`
    pub types: Vec<(Ty, Region, Span)>,
    /// `'a: 'b`
    pub regions: Vec<(Region, Region, Span)>,
}

/// Prefix of unwritten lifetimes in where-clauses.
const OF_PREDICATES: &str = "%";

impl<'h> Tcx<'h> {
    /// Where-clauses of a definition and its parents, with where they are written; regions erased. In a trait and
    /// its items the first is `Self: Trait`.
    pub fn predicates_of(&self, def: DefId) -> Rc<[(Clause, Span)]> {
        if let Some(found) = self.caches.predicates.borrow().get(&def) {
            return found.clone();
        }
        let whole = self.region_predicates_of(def);
        let out: Rc<[(Clause, Span)]> =
            whole.clauses.iter().map(|(c, span)| (fold::erase_regions(*c), *span)).collect();
        self.caches.predicates.borrow_mut().insert(def, out.clone());
        out
    }
    /// The same with their regions, and what they say about regions.
    pub fn region_predicates_of(&self, def: DefId) -> Rc<RegionPredicates> {
        if let Some(found) = self.caches.region_predicates.borrow().get(&def) {
            return found.clone();
        }
        let owner = self.generics_owner(def);
        let mut out = RegionPredicates::default();
        if let Some(g) = self.own_generics(owner) {
            if let Some(parent) = g.parent {
                out = RegionPredicates::clone(&self.region_predicates_of(parent));
            }
            if matches!(self.hir.def(owner).kind, DefKind::Trait(_)) {
                let args = self.identity_args(owner);
                let itself = Clause::Trait(TraitRef { trait_def: owner, args });
                out.clauses.push((itself, self.hir.def(owner).span));
            }
            self.own_predicates(owner, g, &mut out.clauses);
            self.own_outlives(owner, g, &mut out);
        }
        let out = Rc::new(out);
        self.caches.region_predicates.borrow_mut().insert(def, out.clone());
        out
    }
    fn own_outlives(&self, owner: DefId, g: &'h Generics, out: &mut RegionPredicates) {
        let cx = ItemCx::new(self, owner, Elided::Fresh).with_prefix(OF_PREDICATES);
        for pred in &g.predicates {
            for bound in &pred.bounds {
                if let HirBound::Lifetime(name) = bound {
                    let ty = lower_ty(&cx, &pred.bounded);
                    out.types.push((ty, cx.region(Some(*name), pred.span), pred.span));
                }
            }
        }
        for (longer, shorter, span) in &g.outlives {
            let (longer, shorter) = (cx.region(Some(*longer), *span), cx.region(Some(*shorter), *span));
            out.regions.push((longer, shorter, *span));
        }
    }
    fn own_predicates(&self, owner: DefId, g: &'h Generics, out: &mut Vec<(Clause, Span)>) {
        let cx = ItemCx::new(self, owner, Elided::Fresh).with_prefix(OF_PREDICATES);
        let is_trait = matches!(self.hir.def(owner).kind, DefKind::Trait(_));
        let unsized_params = maybe_unsized(g);
        for (i, param) in g.params.iter().enumerate() {
            let implicit = match (&param.kind, self.lang.sized) {
                (GenericParamKind::Type { .. }, Some(sized)) if !(is_trait && i == 0) => Some(sized),
                _ => None,
            };
            if let Some(sized) = implicit
                && !unsized_params.contains(&param.def)
            {
                let this = Ty::new(TyKind::Param(self.param_ty(param.def)));
                let args = List::new(&[GenericArg::Type(this)]);
                out.push((Clause::Trait(TraitRef { trait_def: sized, args }), param.span));
            }
        }
        for pred in &g.predicates {
            let this = lower_ty(&cx, &pred.bounded);
            for bound in &pred.bounds {
                lower_bound(&cx, bound, this, out);
            }
        }
    }
    /// What a trait says about its `Self`: supertraits and their associated types.
    pub fn super_clauses(&self, trait_def: DefId) -> Rc<[(Clause, Span)]> {
        if let Some(found) = self.caches.super_clauses.borrow().get(&trait_def) {
            return found.clone();
        }
        // Bounds of supertraits may name `Self::Item`, whose meaning is looked up among the supertraits.
        self.caches.super_clauses.borrow_mut().insert(trait_def, Rc::new([]));
        let mut out = Vec::new();
        if let DefKind::Trait(t) = &self.hir.def(trait_def).kind {
            let cx = ItemCx::new(self, trait_def, Elided::Fresh);
            let this = Ty::new(TyKind::Param(ParamTy { index: 0, name: Symbol::intern("Self") }));
            for bound in &t.supertraits {
                lower_bound(&cx, bound, this, &mut out);
            }
            for pred in &t.generics.predicates {
                if is_self_path(&pred.bounded) {
                    for bound in &pred.bounds {
                        lower_bound(&cx, bound, this, &mut out);
                    }
                }
            }
            for (clause, _) in &mut out {
                *clause = fold::erase_regions(*clause);
            }
        }
        let out: Rc<[(Clause, Span)]> = out.into();
        self.caches.super_clauses.borrow_mut().insert(trait_def, out.clone());
        out
    }
    /// What is known about an associated type (in terms of its trait's parameters) or an opaque type.
    pub fn item_bounds(&self, def: DefId) -> Rc<[(Clause, Span)]> {
        if let Some(found) = self.caches.item_bounds.borrow().get(&def) {
            return found.clone();
        }
        self.caches.item_bounds.borrow_mut().insert(def, Rc::new([]));
        let whole = self.region_item_bounds(def);
        let out: Vec<_> = whole.iter().map(|(c, s)| (fold::erase_regions(*c), *s)).collect();
        let spans: Vec<(Clause, Span)> = self
            .elaborate(out.iter().map(|c| c.0).collect())
            .into_iter()
            .map(|c| (c, out.iter().find(|o| o.0 == c).map_or(self.hir.def(def).span, |o| o.1)))
            .collect();
        let out: Rc<[(Clause, Span)]> = spans.into();
        self.caches.item_bounds.borrow_mut().insert(def, out.clone());
        out
    }
    /// What is written about an associated type or an opaque type, with regions.
    pub fn region_item_bounds(&self, def: DefId) -> Rc<[(Clause, Span)]> {
        if let Some(found) = self.caches.region_item_bounds.borrow().get(&def) {
            return found.clone();
        }
        self.caches.region_item_bounds.borrow_mut().insert(def, Rc::new([]));
        let owner = self.generics_owner(def);
        let cx = ItemCx::new(self, owner, Elided::Fresh).with_prefix(OF_PREDICATES);
        let (this, bounds) = match &self.hir.def(def).kind {
            DefKind::AssocTy { bounds, .. } => {
                (Ty::new(TyKind::Projection(def, self.identity_args(def))), bounds)
            }
            DefKind::Opaque(bounds) => {
                if let DefKind::Fn(f) = &self.hir.def(owner).kind {
                    let inputs = self.fn_sig(owner).inputs;
                    if let elided @ Elided::Is(_) = output_elision(&inputs, f.has_self) {
                        cx.set_elided(elided);
                    }
                }
                (self.opaque_ty(def), bounds)
            }
            _ => return Rc::new([]),
        };
        let mut out = Vec::new();
        if let Some(sized) = self.lang.sized
            && !bounds.iter().any(|b| matches!(b, HirBound::MaybeSized))
        {
            let args = List::new(&[GenericArg::Type(this)]);
            out.push((Clause::Trait(TraitRef { trait_def: sized, args }), self.hir.def(def).span));
        }
        for bound in bounds {
            lower_bound(&cx, bound, this, &mut out);
        }
        let out: Rc<[(Clause, Span)]> = out.into();
        self.caches.region_item_bounds.borrow_mut().insert(def, out.clone());
        out
    }
    /// The clauses with everything their supertraits say.
    pub fn elaborate(&self, clauses: Vec<Clause>) -> Vec<Clause> {
        let mut out = clauses;
        let mut i = 0;
        while i < out.len() {
            if let Clause::Trait(tr) = out[i] {
                for (sup, _) in self.super_clauses(tr.trait_def).iter() {
                    let sup = fold::subst(*sup, tr.args);
                    if !out.contains(&sup) {
                        out.push(sup);
                    }
                }
            }
            i += 1;
            // A supertrait that grows its own arguments has no end.
            if out.len() > 512 {
                break;
            }
        }
        out
    }
    /// The assumptions inside a definition.
    pub fn param_env(&self, def: DefId) -> ParamEnv {
        let owner = self.generics_owner(def);
        if let Some(&found) = self.caches.param_env.borrow().get(&owner) {
            return found;
        }
        let clauses = self.elaborate(self.predicates_of(owner).iter().map(|c| c.0).collect());
        let raw = ParamEnv { clauses: List::new(&clauses), reveal: false };
        let env = if clauses.iter().any(|c| c.flags().has(Flags::PROJECTION)) {
            // Projections in assumptions are replaced by what other assumptions say they are.
            let mut out: Vec<Clause> = Vec::new();
            for &clause in &clauses {
                let normal = match clause {
                    Clause::Trait(tr) => {
                        let args = tr.args.iter().map(|&a| self.normalize_arg(&raw, a)).collect();
                        Clause::Trait(TraitRef { trait_def: tr.trait_def, args })
                    }
                    Clause::Projection(assoc, args, ty) => {
                        let args = args.iter().map(|&a| self.normalize_arg(&raw, a)).collect();
                        let is_itself =
                            matches!(ty.kind(), TyKind::Projection(d, a) if *d == assoc && *a == args);
                        if is_itself {
                            continue;
                        }
                        Clause::Projection(assoc, args, self.normalize(&raw, ty))
                    }
                };
                if !out.contains(&normal) {
                    out.push(normal);
                }
            }
            ParamEnv { clauses: List::new(&out), reveal: false }
        } else {
            raw
        };
        self.caches.param_env.borrow_mut().insert(owner, env);
        env
    }
    fn normalize_arg(&self, env: &ParamEnv, arg: GenericArg) -> GenericArg {
        match arg {
            GenericArg::Type(t) => GenericArg::Type(self.normalize(env, t)),
            other => other,
        }
    }
    /// Traits among the bounds of a parameter that define an associated item of this name.
    pub fn bounds_defining(&self, item: DefId, param: ParamTy, name: Symbol) -> Vec<TraitRef> {
        let mut out: Vec<TraitRef> = Vec::new();
        let mut owner = Some(self.generics_owner(item));
        while let Some(def) = owner {
            let Some(g) = self.own_generics(def) else { break };
            let kind = &self.hir.def(def).kind;
            if let (DefKind::Trait(t), 0) = (kind, param.index) {
                let this = TraitRef { trait_def: def, args: self.identity_args_erased(def) };
                out.extend(self.supertraits_defining(this, name));
                let cx = ItemCx::new(self, def, Elided::Fresh);
                self.paths_defining(&cx, &t.supertraits, param, name, &mut out);
            }
            let cx = ItemCx::new(self, def, Elided::Fresh);
            for pred in &g.predicates {
                if self.is_param_path(&pred.bounded, param) {
                    self.paths_defining(&cx, &pred.bounds, param, name, &mut out);
                }
            }
            owner = g.parent;
        }
        let mut unique = Vec::new();
        for tr in out {
            let tr = fold::erase_regions(tr);
            if !unique.contains(&tr) {
                unique.push(tr);
            }
        }
        unique
    }
    fn paths_defining(
        &self,
        cx: &ItemCx<'_, 'h>,
        bounds: &[HirBound],
        param: ParamTy,
        name: Symbol,
        out: &mut Vec<TraitRef>,
    ) {
        for bound in bounds {
            let HirBound::Trait(path) = bound else { continue };
            let Res::Def(trait_def) = path.res else { continue };
            if self
                .supertrait_ids(trait_def)
                .iter()
                .any(|&t| self.assoc_item(t, name, Namespace::Type).is_some())
            {
                let this = Ty::new(TyKind::Param(param));
                if let Some(tr) = lower_trait_ref(cx, path, this) {
                    out.extend(self.supertraits_defining(tr, name));
                }
            }
        }
    }
    /// The trait and its supertraits, by definition only.
    pub fn supertrait_ids(&self, trait_def: DefId) -> Rc<[DefId]> {
        if let Some(found) = self.caches.supertrait_ids.borrow().get(&trait_def) {
            return found.clone();
        }
        let mut out = vec![trait_def];
        let mut i = 0;
        while i < out.len() {
            if let DefKind::Trait(t) = &self.hir.def(out[i]).kind {
                let more =
                    t.generics.predicates.iter().filter(|p| is_self_path(&p.bounded)).flat_map(|p| &p.bounds);
                for bound in t.supertraits.iter().chain(more) {
                    if let HirBound::Trait(HirPath { res: Res::Def(sup), .. }) = bound
                        && !out.contains(sup)
                    {
                        out.push(*sup);
                    }
                }
            }
            i += 1;
        }
        let out: Rc<[DefId]> = out.into();
        self.caches.supertrait_ids.borrow_mut().insert(trait_def, out.clone());
        out
    }
    /// Whether only types without borrowed parts implement a trait: it, or a supertrait, is declared `: 'static`.
    pub fn is_static_trait(&self, trait_def: DefId) -> bool {
        self.supertrait_ids(trait_def).iter().any(|&t| match &self.hir.def(t).kind {
            DefKind::Trait(t) => {
                t.supertraits.iter().any(|b| matches!(b, HirBound::Lifetime(l) if l.as_str() == "'static"))
            }
            _ => false,
        })
    }
    /// Among the trait and its supertraits, those that define an associated type (or constant) of this name.
    pub fn supertraits_defining(&self, tr: TraitRef, name: Symbol) -> Vec<TraitRef> {
        if self.assoc_item(tr.trait_def, name, Namespace::Type).is_some() {
            return vec![tr];
        }
        self.elaborate(vec![Clause::Trait(tr)])
            .into_iter()
            .filter_map(|c| match c {
                Clause::Trait(t) if self.assoc_item(t.trait_def, name, Namespace::Type).is_some() => Some(t),
                _ => None,
            })
            .collect()
    }
    fn is_param_path(&self, ty: &HirTy, param: ParamTy) -> bool {
        match &ty.kind {
            HirTyKind::Path(p) if p.unresolved == 0 && p.qself.is_none() => match p.res {
                Res::Def(def) if matches!(self.hir.def(def).kind, DefKind::GenericParam(_)) => {
                    self.param_ty(def) == param
                }
                Res::SelfTrait(_) => param.index == 0,
                _ => false,
            },
            _ => false,
        }
    }
}

fn is_self_path(ty: &HirTy) -> bool {
    matches!(&ty.kind, HirTyKind::Path(p) if p.unresolved == 0 && matches!(p.res, Res::SelfTrait(_)))
}

fn maybe_unsized(g: &Generics) -> Vec<DefId> {
    g.predicates
        .iter()
        .filter(|p| p.bounds.iter().any(|b| matches!(b, HirBound::MaybeSized)))
        .filter_map(|p| match &p.bounded.kind {
            HirTyKind::Path(HirPath { res: Res::Def(def), unresolved: 0, .. }) => Some(*def),
            _ => None,
        })
        .collect()
}
