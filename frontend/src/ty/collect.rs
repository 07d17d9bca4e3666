//! What the head of an item says: its type, its signature, its where-clauses.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::diag::Diagnostic;
use crate::hir::*;
use crate::source::Span;

use super::fold::Fold;
use super::lower_ty::{LowerCx, lower_bound, lower_trait_ref, lower_ty};
use super::*;

/// What a lifetime that is not written means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Elided {
    /// A new one each time: parameters of functions, impl headers.
    Fresh,
    /// This one: results of functions.
    Is(Region),
    /// `'static`: types of constants.
    Static,
    /// It must be written.
    Error,
}

/// Lowers the types in the head of an item.
pub(super) struct ItemCx<'t, 'h> {
    tcx: &'t Tcx<'h>,
    item: DefId,
    elided: Cell<Elided>,
    fresh: Cell<u32>,
    saved: RefCell<Vec<Elided>>,
}

impl<'t, 'h> ItemCx<'t, 'h> {
    fn new(tcx: &'t Tcx<'h>, item: DefId, elided: Elided) -> Self {
        ItemCx { tcx, item, elided: Cell::new(elided), fresh: Cell::new(0), saved: RefCell::default() }
    }
}

impl<'h> LowerCx<'h> for ItemCx<'_, 'h> {
    fn tcx(&self) -> &Tcx<'h> {
        self.tcx
    }
    fn item(&self) -> DefId {
        self.item
    }
    fn infer_ty(&self, _: Span) -> Option<Ty> {
        None
    }
    fn infer_const(&self, _: Span) -> Option<Const> {
        None
    }
    fn region(&self, name: Option<Symbol>, span: Span) -> Region {
        match name.map(Symbol::as_str) {
            Some("'static") => Region::Static,
            None | Some("'_") => match self.elided.get() {
                Elided::Fresh => {
                    let n = self.fresh.get();
                    self.fresh.set(n + 1);
                    Region::Bound(Symbol::intern(&format!("'{n}")))
                }
                Elided::Is(r) => r,
                Elided::Static => Region::Static,
                Elided::Error => {
                    self.tcx.error(
                        Diagnostic::error("E0106", span, "missing lifetime specifier")
                            .primary("expected named lifetime parameter"),
                    );
                    Region::Erased
                }
            },
            Some(text) => {
                let generics = self.tcx.generics_of(self.item);
                let name = Symbol::intern(text);
                match generics.params.iter().position(|p| p.name == name) {
                    Some(i) => Region::Param(i as u32, name),
                    None => Region::Bound(name),
                }
            }
        }
    }
    fn fn_scope(&self, enter: bool) {
        if enter {
            self.saved.borrow_mut().push(self.elided.get());
            self.elided.set(Elided::Fresh);
        } else if let Some(old) = self.saved.borrow_mut().pop() {
            self.elided.set(old);
        }
    }
}

impl<'h> Tcx<'h> {
    /// Type of a definition, in terms of its own parameters: struct, enum, alias, const, static, the self type of an
    /// impl, the value of an associated type in an impl, anonymous constant, generic parameter.
    pub fn type_of(&self, def: DefId) -> Ty {
        if let Some(&found) = self.caches.type_of.borrow().get(&def) {
            return found.unwrap_or_else(|| {
                self.error(Diagnostic::error(
                    "E0391",
                    self.hir.def(def).span,
                    format!("cycle detected when computing type of `{}`", def.path),
                ))
            });
        }
        self.caches.type_of.borrow_mut().insert(def, None);
        let ty = self.compute_type_of(def);
        self.caches.type_of.borrow_mut().insert(def, Some(ty));
        ty
    }
    fn compute_type_of(&self, def: DefId) -> Ty {
        let item = |elided| ItemCx::new(self, def, elided);
        match &self.hir.def(def).kind {
            DefKind::Struct(_) | DefKind::Enum(_) => Ty::new(TyKind::Adt(def, self.identity_args(def))),
            DefKind::Variant(_) => self.hir.def(def).parent.map_or(Ty::error(), |p| self.type_of(p)),
            DefKind::TyAlias(_, ty) => lower_ty(&item(Elided::Error), ty),
            DefKind::AssocTy { value, .. } => match value {
                Some(ty) => lower_ty(&item(Elided::Fresh), ty),
                None => Ty::new(TyKind::Projection(def, self.identity_args(def))),
            },
            DefKind::Const { ty, .. } | DefKind::Static { ty, .. } => lower_ty(&item(Elided::Static), ty),
            DefKind::AnonConst { ty, .. } => {
                let cx = ItemCx::new(self, self.generics_owner(def), Elided::Static);
                lower_ty(&cx, ty)
            }
            DefKind::Impl(i) => lower_ty(&item(Elided::Fresh), &i.self_ty),
            DefKind::GenericParam(_) => match self.generic_param(def).map(|p| &p.kind) {
                Some(GenericParamKind::Type { .. }) => Ty::new(TyKind::Param(self.param_ty(def))),
                Some(GenericParamKind::Const { ty, .. }) => {
                    let cx = ItemCx::new(self, self.generics_owner(def), Elided::Static);
                    lower_ty(&cx, ty)
                }
                _ => Ty::error(),
            },
            DefKind::Fn(_) => Ty::new(TyKind::FnDef(def, self.identity_args(def))),
            DefKind::Opaque(_) => self.opaque_hidden(def),
            DefKind::Closure => self.closure_info(def).map_or(Ty::error(), |c| c.ty),
            DefKind::Mod | DefKind::Trait(_) | DefKind::Error => Ty::error(),
        }
    }
    /// The default of a type parameter, with the arguments before it put in.
    pub fn param_default(&self, param: DefId, args: Args) -> Ty {
        let cached = self.caches.param_default.borrow().get(&param).copied();
        let ty = cached.unwrap_or_else(|| {
            let ty = match self.generic_param(param).map(|p| &p.kind) {
                Some(GenericParamKind::Type { default: Some(ty), .. }) => {
                    lower_ty(&ItemCx::new(self, self.generics_owner(param), Elided::Static), ty)
                }
                _ => Ty::error(),
            };
            self.caches.param_default.borrow_mut().insert(param, ty);
            ty
        });
        fold::subst(ty, args)
    }
    /// The constant an anonymous constant is: its value if it is a literal.
    pub fn anon_const(&self, def: DefId) -> Const {
        if let Some(body) = self.body_of(def) {
            if let ExprKind::Lit(lit) = &body.exprs[body.value].kind {
                let ty = self.type_of(def);
                match (lit, ty.kind()) {
                    (Lit::Int(n, _), TyKind::Int(_) | TyKind::Uint(_)) => {
                        let bits = ty.scalar_bits().unwrap_or(128);
                        if bits == 128 || *n >> bits == 0 {
                            return Const::new(ConstKind::Value(ty, *n));
                        }
                    }
                    (Lit::Bool(b), TyKind::Bool) => return Const::new(ConstKind::Value(ty, u128::from(*b))),
                    (Lit::Char(c), TyKind::Char) => return Const::new(ConstKind::Value(ty, *c as u128)),
                    _ => {}
                }
            }
        }
        Const::new(ConstKind::Unevaluated(def, self.identity_args_erased(def)))
    }
    /// Signature of a function, method or constructor, with regions.
    pub fn fn_sig(&self, def: DefId) -> FnSig {
        if let Some(&found) = self.caches.fn_sig.borrow().get(&def) {
            return found;
        }
        let sig = self.compute_fn_sig(def);
        self.caches.fn_sig.borrow_mut().insert(def, sig);
        sig
    }
    /// The signature with regions erased.
    pub fn fn_sig_erased(&self, def: DefId) -> FnSig {
        if let Some(&found) = self.caches.fn_sig_erased.borrow().get(&def) {
            return found;
        }
        let sig = fold::erase_regions(self.fn_sig(def));
        self.caches.fn_sig_erased.borrow_mut().insert(def, sig);
        sig
    }
    fn compute_fn_sig(&self, def: DefId) -> FnSig {
        match &self.hir.def(def).kind {
            DefKind::Fn(f) => {
                let cx = ItemCx::new(self, def, Elided::Fresh);
                let inputs: List<Ty> = f.inputs.iter().map(|t| lower_ty(&cx, t)).collect();
                cx.elided.set(output_elision(&inputs, f.has_self));
                FnSig { inputs, output: lower_ty(&cx, &f.output) }
            }
            DefKind::Struct(_) | DefKind::Variant(_) => {
                let (adt, variant) = self.variant_of(def);
                let inputs = (0..self.variants(adt)[variant].fields.len())
                    .map(|i| self.field_ty_identity(adt, variant, i))
                    .collect();
                FnSig { inputs, output: self.type_of(adt) }
            }
            _ => FnSig { inputs: List::new(&[]), output: Ty::error() },
        }
    }
    /// Type of a field in terms of the ADT's own parameters.
    pub fn field_ty_identity(&self, adt: DefId, variant: usize, field: usize) -> Ty {
        let key = (adt, variant as u32, field as u32);
        if let Some(&found) = self.caches.fields.borrow().get(&key) {
            return found;
        }
        let cx = ItemCx::new(self, adt, Elided::Error);
        let ty = match self.variants(adt).get(variant).and_then(|v| v.fields.get(field)) {
            Some(f) => lower_ty(&cx, &f.ty),
            None => Ty::error(),
        };
        self.caches.fields.borrow_mut().insert(key, ty);
        ty
    }
    /// The trait an impl implements, in terms of the impl's parameters, with regions.
    pub fn impl_trait_ref(&self, imp: DefId) -> Option<TraitRef> {
        if let Some(found) = self.caches.impl_trait_ref.borrow().get(&imp) {
            return *found;
        }
        let tr = match &self.hir.def(imp).kind {
            DefKind::Impl(i) => i.of_trait.as_ref().and_then(|path| {
                let this = self.type_of(imp);
                lower_trait_ref(&ItemCx::new(self, imp, Elided::Fresh), path, this)
            }),
            _ => None,
        };
        self.caches.impl_trait_ref.borrow_mut().insert(imp, tr);
        tr
    }
    /// The same with regions erased.
    pub fn impl_trait_ref_erased(&self, imp: DefId) -> Option<TraitRef> {
        if let Some(found) = self.caches.impl_trait_ref_erased.borrow().get(&imp) {
            return *found;
        }
        let tr = self.impl_trait_ref(imp).map(fold::erase_regions);
        self.caches.impl_trait_ref_erased.borrow_mut().insert(imp, tr);
        tr
    }
    /// Where-clauses of a definition and its parents, with where they are written; regions erased. In a trait and
    /// its items the first is `Self: Trait`.
    pub fn predicates_of(&self, def: DefId) -> Rc<[(Clause, Span)]> {
        if let Some(found) = self.caches.predicates.borrow().get(&def) {
            return found.clone();
        }
        let owner = self.generics_owner(def);
        let mut out = Vec::new();
        if let Some(g) = self.own_generics(owner) {
            if let Some(parent) = g.parent {
                out.extend(self.predicates_of(parent).iter().copied());
            }
            if matches!(self.hir.def(owner).kind, DefKind::Trait(_)) {
                let args = self.identity_args_erased(owner);
                out.push((Clause::Trait(TraitRef { trait_def: owner, args }), self.hir.def(owner).span));
            }
            self.own_predicates(owner, g, &mut out);
        }
        let out: Rc<[(Clause, Span)]> = out.into();
        self.caches.predicates.borrow_mut().insert(def, out.clone());
        out
    }
    fn own_predicates(&self, owner: DefId, g: &'h Generics, out: &mut Vec<(Clause, Span)>) {
        let cx = ItemCx::new(self, owner, Elided::Fresh);
        let is_trait = matches!(self.hir.def(owner).kind, DefKind::Trait(_));
        let start = out.len();
        let unsized_params = maybe_unsized(g);
        for (i, param) in g.params.iter().enumerate() {
            let implicit = match (&param.kind, self.lang.sized) {
                (GenericParamKind::Type { .. }, Some(sized)) if !(is_trait && i == 0) => Some(sized),
                _ => None,
            };
            if let Some(sized) = implicit {
                if !unsized_params.contains(&param.def) {
                    let this = Ty::new(TyKind::Param(self.param_ty(param.def)));
                    let args = List::new(&[GenericArg::Type(this)]);
                    out.push((Clause::Trait(TraitRef { trait_def: sized, args }), param.span));
                }
            }
        }
        for pred in &g.predicates {
            let this = lower_ty(&cx, &pred.bounded);
            for bound in &pred.bounds {
                lower_bound(&cx, bound, this, out);
            }
        }
        for (clause, _) in &mut out[start..] {
            *clause = fold::erase_regions(*clause);
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
        let owner = self.generics_owner(def);
        let cx = ItemCx::new(self, owner, Elided::Fresh);
        let (this, bounds) = match &self.hir.def(def).kind {
            DefKind::AssocTy { bounds, .. } => {
                (Ty::new(TyKind::Projection(def, self.identity_args_erased(def))), bounds)
            }
            DefKind::Opaque(bounds) => {
                (Ty::new(TyKind::Opaque(def, self.identity_args_erased(owner))), bounds)
            }
            _ => return Rc::new([]),
        };
        let mut out = Vec::new();
        if let Some(sized) = self.lang.sized {
            if !bounds.iter().any(|b| matches!(b, HirBound::MaybeSized)) {
                let args = List::new(&[GenericArg::Type(this)]);
                out.push((Clause::Trait(TraitRef { trait_def: sized, args }), self.hir.def(def).span));
            }
        }
        for bound in bounds {
            lower_bound(&cx, bound, this, &mut out);
        }
        let out: Vec<_> = out.into_iter().map(|(c, s)| (fold::erase_regions(c), s)).collect();
        let spans: Vec<(Clause, Span)> = self
            .elaborate(out.iter().map(|c| c.0).collect())
            .into_iter()
            .map(|c| (c, out.iter().find(|o| o.0 == c).map_or(self.hir.def(def).span, |o| o.1)))
            .collect();
        let out: Rc<[(Clause, Span)]> = spans.into();
        self.caches.item_bounds.borrow_mut().insert(def, out.clone());
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
                    if let HirBound::Trait(HirPath { res: Res::Def(sup), .. }) = bound {
                        if !out.contains(sup) {
                            out.push(*sup);
                        }
                    }
                }
            }
            i += 1;
        }
        let out: Rc<[DefId]> = out.into();
        self.caches.supertrait_ids.borrow_mut().insert(trait_def, out.clone());
        out
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

/// The lifetime of elided references in a result: that of `&self`, or the only one of the parameters.
fn output_elision(inputs: &[Ty], has_self: bool) -> Elided {
    if has_self {
        if let Some(TyKind::Ref(r, ..)) = inputs.first().map(|t| t.kind()) {
            return Elided::Is(*r);
        }
    }
    let mut found: Vec<Region> = Vec::new();
    for ty in inputs {
        regions_of(*ty, &mut found);
    }
    match found[..] {
        [one] => Elided::Is(one),
        _ => Elided::Error,
    }
}

fn regions_of(ty: Ty, out: &mut Vec<Region>) {
    let mut add = |r: Region| {
        if !out.contains(&r) {
            out.push(r);
        }
    };
    match *ty.kind() {
        TyKind::Ref(r, t, _) => {
            add(r);
            regions_of(t, out);
        }
        TyKind::Adt(_, args) | TyKind::Projection(_, args) | TyKind::Dynamic(_, args, _) => {
            for arg in args.iter() {
                match *arg {
                    GenericArg::Region(r) => {
                        if !out.contains(&r) {
                            out.push(r);
                        }
                    }
                    GenericArg::Type(t) => regions_of(t, out),
                    GenericArg::Const(_) => {}
                }
            }
        }
        TyKind::Array(t, _) | TyKind::Slice(t) | TyKind::RawPtr(t, _) => regions_of(t, out),
        TyKind::Tuple(ts) => ts.iter().for_each(|t| regions_of(*t, out)),
        _ => {}
    }
}
