//! What the head of an item says: its type, its signature, its where-clauses.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::diag::Diagnostic;
use crate::hir::*;
use crate::source::Span;

use super::lower_ty::{LowerCx, lower_trait_ref, lower_ty};
use super::*;

/// What a lifetime that is not written means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Elided {
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
    /// Tells the unwritten lifetimes of one head of an item from those of its others.
    prefix: &'static str,
    fresh: Cell<u32>,
    saved: RefCell<Vec<Elided>>,
}

/// Prefix of unwritten lifetimes inside `fn(A) -> B` and `Fn(A) -> B`, which are bound there.
const BOUND_HERE: &str = "#";

impl<'t, 'h> ItemCx<'t, 'h> {
    pub(super) fn new(tcx: &'t Tcx<'h>, item: DefId, elided: Elided) -> Self {
        let elided = Cell::new(elided);
        ItemCx { tcx, item, elided, prefix: "", fresh: Cell::new(0), saved: RefCell::default() }
    }
    /// Unwritten lifetimes get names with this prefix.
    pub(super) fn with_prefix(self, prefix: &'static str) -> Self {
        ItemCx { prefix, ..self }
    }
    /// Unwritten lifetimes mean this from here on.
    pub(super) fn set_elided(&self, elided: Elided) {
        self.elided.set(elided);
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
                    let prefix = if self.saved.borrow().is_empty() { self.prefix } else { BOUND_HERE };
                    Region::Bound(Symbol::intern(&format!("'{prefix}{n}")))
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
    fn object_region(&self) -> Region {
        Region::Static
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
                Some(ty) => lower_ty(&item(Elided::Error), ty),
                None => Ty::new(TyKind::Projection(def, self.identity_args(def))),
            },
            DefKind::Const { ty, .. } | DefKind::Static { ty, .. } => lower_ty(&item(Elided::Static), ty),
            DefKind::AnonConst { ty, .. } => {
                let cx = ItemCx::new(self, self.generics_owner(def), Elided::Static);
                lower_ty(&cx, ty)
            }
            DefKind::Impl(i) => lower_ty(&item(Elided::Fresh).with_prefix("!"), &i.self_ty),
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
    /// Gives a constant argument the type of its parameter, if the path alone did not say which parameter that is.
    pub(super) fn expect_const(&self, c: &HirConst, param: DefId) {
        if let HirConst::Anon(def) = c
            && let DefKind::AnonConst { ty: HirTy { kind: HirTyKind::Infer, .. }, .. } =
                &self.hir.def(*def).kind
        {
            let ty = self.type_of(param);
            self.caches.type_of.borrow_mut().entry(*def).or_insert(Some(ty));
        }
    }
    /// The constant an anonymous constant is: its value if it is a literal.
    pub fn anon_const(&self, def: DefId) -> Const {
        let body = self.body_of(def);
        let value = body.map(|body| &body.exprs[body.value].kind);
        // `const M: usize = N` is `N`, not a computation.
        if let Some(ExprKind::Path(HirPath { res: Res::Def(param), .. })) = value
            && let DefKind::GenericParam(_) = self.hir.def(*param).kind
        {
            return Const::new(ConstKind::Param(self.param_ty(*param)));
        }
        if let Some(ExprKind::Lit(lit)) = value {
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
                lower_trait_ref(&ItemCx::new(self, imp, Elided::Fresh).with_prefix("@"), path, this)
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
}

/// The lifetime of elided references in a result: that of `&self`, or the only one of the parameters.
pub(super) fn output_elision(inputs: &[Ty], has_self: bool) -> Elided {
    if has_self && let Some(TyKind::Ref(r, ..)) = inputs.first().map(|t| t.kind()) {
        return Elided::Is(*r);
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

/// Whether a region is an unwritten lifetime inside `fn(A) -> B` or `Fn(A) -> B`.
pub fn is_bound_inside(region: Region) -> bool {
    matches!(region, Region::Bound(name) if name.as_str()[1..].starts_with(BOUND_HERE))
}

pub(super) fn regions_of(ty: Ty, out: &mut Vec<Region>) {
    let mut add = |r: Region| {
        if !out.contains(&r) && !is_bound_inside(r) {
            out.push(r);
        }
    };
    match *ty.kind() {
        TyKind::Ref(r, t, _) => {
            add(r);
            regions_of(t, out);
        }
        TyKind::Adt(_, args) | TyKind::Projection(_, args) | TyKind::Dynamic(_, args, ..) => {
            for arg in args.iter() {
                match *arg {
                    GenericArg::Region(r) => {
                        if !out.contains(&r) && !is_bound_inside(r) {
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

impl Tcx<'_> {
    /// The lifetimes a function's signature mentions that are not parameters by index, in order.
    pub fn late_regions(&self, function: DefId) -> Rc<[Symbol]> {
        if let Some(found) = self.caches.late_regions.borrow().get(&function) {
            return found.clone();
        }
        let mut found: Vec<Region> = Vec::new();
        let mut out: Vec<Symbol> = Vec::new();
        if let DefKind::Fn(f) = &self.hir.def(function).kind {
            for &ty in self.fn_sig(function).inputs.iter() {
                regions_of(ty, &mut found);
            }
            let declared = &f.generics.lifetimes;
            for region in found {
                // Others are bound inside, by `for<'a>`.
                if let Region::Bound(name) = region
                    && (declared.contains(&name) || is_unwritten(name))
                {
                    out.push(name);
                }
            }
            for &name in declared {
                if !out.contains(&name) {
                    out.push(name);
                }
            }
        }
        let out: Rc<[Symbol]> = out.into();
        self.caches.late_regions.borrow_mut().insert(function, out.clone());
        out
    }
    /// How many arguments an `impl Trait` has once the lifetimes of its function are counted.
    pub fn opaque_arg_count(&self, opaque: DefId) -> usize {
        let owner = self.generics_owner(opaque);
        self.generics_count(owner) + self.late_regions(owner).len()
    }
}

/// Whether the name of a lifetime was made for one that is not written.
pub fn is_unwritten(name: Symbol) -> bool {
    name.as_str()[1..].starts_with(|c: char| c.is_ascii_digit() || matches!(c, '!' | '@' | '%'))
}
