//! Items: signatures, fields, generics, bounds. Bodies are only put aside, as [`PendingBody`].

use super::body::{Lower, PendingBody, PendingKind, Unasked};
use super::collect::{Node, NodeKind};
use super::path::Source;
use super::types::{ImplTrait, unit};
use super::*;
use crate::diag::Diagnostic;

impl Resolver {
    /// Lowers a collected item; its body waits, and functions of std do as a whole.
    pub(super) fn lower_node(&mut self, mut node: Node) {
        if self.lazy && node.may_wait() {
            let (def, attrs) = (node.def, std::mem::take(&mut node.attrs));
            self.waiting_fns.insert(def, node);
            return self.finish_def(def, attrs, DefKind::Fn(LazyFn::on_demand(def, self.source.clone())));
        }
        let Node { def, module, attrs, kind } = node;
        let mut lower = Lower::new(self, def, module);
        let kind = match kind {
            NodeKind::Mod => DefKind::Mod,
            NodeKind::Fn { f, intrinsic } => DefKind::Fn(LazyFn::ready(lower.function(f, intrinsic))),
            NodeKind::Struct(generics, data) => {
                let generics = lower.generics(None, generics);
                let (name, span) = (lower.r.info(def).name, lower.r.info(def).span);
                let variant = lower.variant(def, name, data, None, span);
                DefKind::Struct(AdtDef { generics, variants: vec![variant] })
            }
            NodeKind::Enum(generics, variants) => {
                let generics = lower.generics(None, generics);
                let discriminant_ty = attrs.repr_int.unwrap_or(PrimTy::Int(crate::ty::IntTy::Isize));
                let variants = variants.into_iter().enumerate().map(|(i, (variant_def, v))| {
                    lower.r.finish_def(variant_def, Attrs::default(), DefKind::Variant(i as u32));
                    let discriminant = v.discriminant.map(|value| (value, discriminant_ty));
                    let mut variant = lower.variant(variant_def, v.ident.name, v.data, discriminant, v.span);
                    // What a variant holds is as visible as the enum.
                    let vis = lower.r.info(def).vis;
                    variant.fields.iter_mut().for_each(|field| field.vis = vis);
                    variant
                });
                let variants = variants.collect();
                DefKind::Enum(AdtDef { generics, variants })
            }
            NodeKind::Trait { generics, supertraits, items } => {
                let generics = lower.generics(None, generics);
                let supertraits = lower.bounds(supertraits);
                DefKind::Trait(TraitDef { generics, supertraits, items })
            }
            NodeKind::Impl { head, items } => {
                let generics = lower.generics(None, head.generics);
                let self_ty = lower.ty(head.self_ty);
                let of_trait = head.of_trait.map(|path| {
                    let path = lower.path(None, path, Source::Trait);
                    lower.check_impl_items(&path, &items);
                    path
                });
                DefKind::Impl(ImplDef { generics, of_trait, self_ty, items })
            }
            NodeKind::Const(value) => {
                let generics = lower.no_generics();
                let ty = lower.ty(value.ty);
                let body = value.value.map(|value| lower.put_aside(def, PendingKind::Const(value)));
                DefKind::Const { generics, ty, body }
            }
            NodeKind::Static(ty, value) => {
                let ty = lower.ty(ty);
                DefKind::Static { ty, body: lower.put_aside(def, PendingKind::Const(value)) }
            }
            NodeKind::TyAlias(generics, ty) => {
                let generics = lower.generics(None, generics);
                DefKind::TyAlias(generics, lower.ty(ty))
            }
            NodeKind::AssocTy { generics, bounds, value } => {
                let parent = lower.r.info(def).parent;
                let generics = lower.generics(parent, generics);
                let bounds = lower.bounds(bounds);
                let value = value.map(|value| lower.ty(value));
                DefKind::AssocTy { generics, bounds, value }
            }
        };
        self.finish_def(def, attrs, kind);
    }

    /// Lowers the signature of a function that waited.
    pub(super) fn lower_fn(&mut self, node: Node) -> Option<FnDef> {
        let NodeKind::Fn { f, intrinsic } = node.kind else { return None };
        Some(Lower::new(self, node.def, node.module).function(f, intrinsic))
    }
}

impl Lower<'_> {
    fn function(&mut self, f: ast::Fn, intrinsic: bool) -> FnDef {
        let def = self.owner;
        let parent = self.r.info(def).parent;
        let container = parent.filter(|_| matches!(self.r.info(def).kind, Kind::AssocFn { .. }));
        let mut generics = self.generics(container, f.generics);
        let mut pats = Vec::with_capacity(f.sig.inputs.len());
        let mut inputs = Vec::with_capacity(f.sig.inputs.len());
        self.impl_trait = ImplTrait::Parameter { next: generics.params.len() as u32 };
        for param in f.sig.inputs {
            inputs.push(self.ty(param.ty));
            pats.push(param.pat);
        }
        for (param, predicate) in std::mem::take(&mut self.synthetic) {
            generics.params.push(param);
            generics.predicates.extend(predicate);
        }
        self.impl_trait = ImplTrait::Opaque;
        let output = match f.sig.output {
            Some(ty) => self.ty(ty),
            None => unit(f.sig.span),
        };
        let body = f.body.map(|body| self.put_aside(def, PendingKind::Fn(pats, body)));
        FnDef {
            generics,
            inputs,
            output,
            has_self: f.sig.has_self,
            body,
            intrinsic,
            is_const: f.sig.is_const,
            is_unsafe: f.sig.is_unsafe,
        }
    }

    /// Keeps a body for later.
    pub(super) fn put_aside(&mut self, owner: DefId, kind: PendingKind) -> BodyId {
        let id = BodyId::new(self.r.bodies.push(OnceCell::new()));
        debug_assert_eq!(id.index(), self.r.pending.len(), "one pending entry for each body");
        if !self.r.lazy || kind.declares_items() {
            self.r.eager.push(id);
        }
        let no_symbols = self.r.no_symbols.clone();
        let lifetimes = if self.lifetimes.is_empty() { no_symbols } else { self.lifetimes.as_slice().into() };
        let outer_locals = self.local_names();
        let pending = PendingBody { owner, module: self.module, lifetimes, outer_locals, kind };
        self.r.pending.push(Some(Unasked::Waiting(pending)));
        id
    }

    /// Generics of something that has none of its own, inside an impl or trait.
    fn no_generics(&mut self) -> Generics {
        let info = self.r.info(self.owner);
        let parent = info.parent.filter(|_| info.kind == Kind::AssocConst);
        Generics { parent, parent_count: self.parent_count(parent), ..Generics::default() }
    }

    fn parent_count(&self, parent: Option<DefId>) -> u32 {
        parent.map_or(0, |parent| {
            let info = self.r.info(parent);
            // `Self` of a trait is not found by name among its parameters.
            info.params.len() as u32 + u32::from(info.kind == Kind::Trait)
        })
    }

    /// Generic parameters and where clauses of the owner.
    pub(super) fn generics(&mut self, parent: Option<DefId>, ast: ast::Generics) -> Generics {
        let owner = self.owner;
        let is_fn = matches!(self.r.info(owner).kind, Kind::Fn | Kind::AssocFn { .. });
        let parent_count = self.parent_count(parent);
        let mut generics = Generics { parent, parent_count, ..Generics::default() };
        let vis = self.r.info(owner).vis;
        if self.r.info(owner).kind == Kind::Trait {
            let (name, span) = (self.r.kw.self_type, self.r.info(owner).span);
            let def = self.r.new_def(owner, name, span, vis, Kind::TyParam);
            self.r.finish_def(def, Attrs::default(), DefKind::GenericParam(0));
            let kind = GenericParamKind::Type { default: None, synthetic: false };
            generics.params.push(GenericParam { def, name, kind, span });
        }
        // All names first: a bound or default may mention a later parameter. Lifetimes come first in the list.
        let (lifetimes, others): (Vec<_>, Vec<_>) =
            ast.params.into_iter().partition(|p| matches!(p.kind, ast::GenericParamKind::Lifetime));
        let mut seen: Vec<ast::Ident> = Vec::new();
        let mut listed: Vec<(ast::GenericParam, DefId)> = Vec::new();
        let mut lifetime_bounds: Vec<(ast::Ident, Vec<ast::Bound>)> = Vec::new();
        for param in lifetimes.into_iter().chain(others) {
            let ident = param.ident;
            if let Some(first) = seen.iter().find(|i| i.name == ident.name) {
                self.r.diag.emit_error(diagnostics::duplicate_generic(ident, first.span));
            }
            seen.push(ident);
            let is_lifetime = matches!(param.kind, ast::GenericParamKind::Lifetime);
            if is_lifetime && ident.name == self.r.kw.static_lifetime {
                self.r.diag.emit_error(diagnostics::reserved_lifetime(ident));
            } else if is_lifetime
                && let Some(outer) = parent.and_then(|p| self.r.lookup_param(p, ident.name, Ns::Type))
            {
                let first = self.r.info(outer).span;
                self.r.diag.emit_error(diagnostics::shadowed_lifetime(ident, first));
            }
            let kind = match param.kind {
                ast::GenericParamKind::Lifetime if is_fn => {
                    self.lifetimes.push(ident.name);
                    generics.lifetimes.push(ident.name);
                    lifetime_bounds.push((ident, param.bounds));
                    continue;
                }
                ast::GenericParamKind::Lifetime => Kind::LifetimeParam,
                ast::GenericParamKind::Type(_) => Kind::TyParam,
                ast::GenericParamKind::Const(..) => Kind::ConstParam,
            };
            let def = self.r.new_def(owner, ident.name, ident.span, vis, kind);
            let index = (generics.params.len() + listed.len()) as u32;
            self.r.finish_def(def, Attrs::default(), DefKind::GenericParam(index));
            let params = &mut self.r.infos[owner.index as usize].params;
            params.push((ident.name, def, kind == Kind::ConstParam));
            listed.push((param, def));
        }
        for (param, def) in listed {
            let (name, span) = (param.ident.name, param.ident.span);
            let kind = match param.kind {
                ast::GenericParamKind::Lifetime => GenericParamKind::Lifetime,
                ast::GenericParamKind::Type(default) => {
                    GenericParamKind::Type { default: default.map(|ty| self.ty(ty)), synthetic: false }
                }
                ast::GenericParamKind::Const(ty, default) => {
                    if let Some(ident) = types::single_type_name(&ty)
                        && self.r.lookup_param(owner, ident.name, Ns::Type).is_some()
                    {
                        self.r.diag.emit_error(diagnostics::dependent_const_param(ident));
                    }
                    let ty = self.ty(ty);
                    let default = default.map(|value| self.anon_const(value, ty.clone()));
                    GenericParamKind::Const { ty, default }
                }
            };
            let is_type = matches!(kind, GenericParamKind::Type { .. });
            let is_lifetime = matches!(kind, GenericParamKind::Lifetime);
            generics.params.push(GenericParam { def, name, kind, span });
            if is_type && !param.bounds.is_empty() {
                let bounded = param_ty(def, name, span);
                let bounds = self.bounds(param.bounds);
                generics.predicates.push(WherePredicate { bounded, bounds, span });
            } else if is_lifetime {
                lifetime_bounds.push((param.ident, param.bounds));
            }
        }
        for (ident, bounds) in lifetime_bounds {
            for bound in self.bounds(bounds) {
                if let HirBound::Lifetime(shorter) = bound {
                    generics.outlives.push((ident.name, shorter, ident.span));
                }
            }
        }
        for predicate in ast.predicates {
            match predicate {
                ast::WherePredicate::Type { binder, bounded, bounds, span } => {
                    let mark = self.bind_lifetimes(&binder);
                    let bounded = self.ty(bounded);
                    let bounds = self.bounds(bounds);
                    self.lifetimes.truncate(mark);
                    generics.predicates.push(WherePredicate { bounded, bounds, span });
                }
                ast::WherePredicate::Lifetime { lifetime, bounds, span } => {
                    let longer = self.lifetime(lifetime);
                    for shorter in bounds {
                        let shorter = self.lifetime(shorter);
                        generics.outlives.push((longer, shorter, span));
                    }
                }
            }
        }
        generics
    }

    fn variant(
        &mut self,
        def: DefId,
        name: Symbol,
        data: ast::VariantData,
        discriminant: Option<(ast::AnonConst, PrimTy)>,
        span: Span,
    ) -> VariantDef {
        let mut fields: Vec<FieldDef> = Vec::with_capacity(data.fields.len());
        for field in data.fields {
            let ident = field.ident;
            if let Some(first) = fields.iter().find(|f| f.name == ident.name) {
                self.r.diag.emit_error(diagnostics::duplicate_field(ident, first.span));
            }
            let vis = self.r.visibility(&field.vis, self.module);
            let ty = self.ty(field.ty);
            let span = if ident.span.is_none() { field.span } else { ident.span };
            fields.push(FieldDef { name: ident.name, ty, vis, span });
        }
        let discriminant = discriminant.map(|(value, ty)| self.anon_const(value, types::prim_ty(ty, span)));
        VariantDef { def, name, shape: data.shape, fields, discriminant, span }
    }

    /// Reports items of a trait impl that the trait does not declare.
    fn check_impl_items(&mut self, of_trait: &HirPath, items: &[DefId]) {
        let Res::Def(trait_def) = of_trait.res else { return };
        let Some(scope) = self.r.info(trait_def).module else { return };
        for &item in items {
            let info = self.r.info(item);
            let (ns, code, kind) = match info.kind {
                Kind::AssocTy => (Ns::Type, "E0437", "type"),
                Kind::AssocConst => (Ns::Value, "E0438", "const"),
                _ => (Ns::Value, "E0407", "method"),
            };
            let other = if ns == Ns::Type { Ns::Value } else { Ns::Type };
            let module = &self.r.modules[scope];
            if module.get(info.name, ns).is_none() && module.get(info.name, other).is_some() {
                let (code, kind) = match kind {
                    "type" => ("E0325", "type"),
                    "const" => ("E0323", "const"),
                    _ => ("E0324", "method"),
                };
                let (name, of) = (info.name, trait_def.name());
                let message =
                    format!("item `{name}` is an associated {kind}, which doesn't match its trait `{of}`");
                let d = Diagnostic::error(code, info.span, message).primary("does not match trait");
                self.r.diag.emit_error(d);
            } else if module.get(info.name, ns).is_none() {
                let d = diagnostics::not_in_trait(code, kind, info.name, trait_def.name(), info.span);
                self.r.diag.emit_error(d);
            }
        }
    }
}

/// The type that a parameter's name means.
pub(super) fn param_ty(def: DefId, name: Symbol, span: Span) -> HirTy {
    let segments = vec![PathSegment { name, args: None, span }];
    let path = HirPath { qself: None, res: Res::Def(def), segments, unresolved: 0, span };
    HirTy { kind: HirTyKind::Path(path), span }
}
