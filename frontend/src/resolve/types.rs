//! Types, bounds and generic arguments as written.

use super::body::{Lower, PendingKind};
use super::bound_lifetimes;
use super::item::param_ty;
use super::path::{Failure, Found, Source};
use super::*;
use crate::diag::Diagnostic;
use crate::ty::UintTy;

/// What `impl Trait` stands for at a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ImplTrait {
    /// A type parameter nobody names, with this index: in arguments of functions.
    Parameter {
        /// Its index in the function's own generics.
        next: u32,
    },
    /// A type only the body knows: in results.
    Opaque,
    /// Nothing.
    Forbidden,
}

/// `()` at a place.
pub(super) fn unit(span: Span) -> HirTy {
    HirTy { kind: HirTyKind::Tuple(Vec::new()), span }
}

/// A primitive type, whatever its name means at the place.
pub(super) fn prim_ty(prim: PrimTy, span: Span) -> HirTy {
    let name = Symbol::intern(print::prim_name(prim));
    let segments = vec![PathSegment { name, args: None, span }];
    let path = HirPath { qself: None, res: Res::Prim(prim), segments, unresolved: 0, span };
    HirTy { kind: HirTyKind::Path(path), span }
}

impl Lower<'_> {
    /// Lowers a type.
    pub(super) fn ty(&mut self, ty: ast::Ty) -> HirTy {
        let span = ty.span;
        let kind = match ty.kind {
            ast::TyKind::Path(qself, path) => {
                let path = self.path(qself, path, Source::Type);
                // `Box<Trait>` meant `Box<dyn Trait>` until 2021.
                let is_object =
                    path.unresolved == 0 && self.r.is_trait(path.res) && self.edition() < Edition::E2021;
                if is_object { HirTyKind::Dyn(vec![path], None) } else { HirTyKind::Path(path) }
            }
            ast::TyKind::Ref(lifetime, to, mutability) => {
                let lifetime = lifetime.map(|l| self.lifetime(l)).filter(|&l| l != self.r.kw.elided_lifetime);
                HirTyKind::Ref(lifetime, Box::new(self.ty(*to)), mutability)
            }
            ast::TyKind::RawPtr(to, mutability) => HirTyKind::RawPtr(Box::new(self.ty(*to)), mutability),
            ast::TyKind::Slice(of) => HirTyKind::Slice(Box::new(self.ty(*of))),
            ast::TyKind::Array(of, len) => {
                let of = self.ty(*of);
                HirTyKind::Array(Box::new(of), self.array_len(len, span))
            }
            ast::TyKind::Tuple(of) => HirTyKind::Tuple(self.tys(of)),
            ast::TyKind::FnPtr(binder, inputs, output) => {
                let mark = self.bind_lifetimes(&binder);
                let inputs = self.tys(inputs);
                let output = output.map_or_else(|| unit(span), |output| self.ty(*output));
                let error = bound_lifetimes::check_pointer(&self.lifetimes[mark..], &inputs, &output);
                self.lifetimes.truncate(mark);
                error.into_iter().for_each(|error| self.r.diag.emit(error));
                HirTyKind::FnPtr(inputs, Box::new(output))
            }
            ast::TyKind::Never => HirTyKind::Never,
            ast::TyKind::Infer => HirTyKind::Infer,
            ast::TyKind::ImplTrait(bounds) => return self.impl_trait(bounds, span),
            ast::TyKind::Dyn(bounds) => {
                let mut lifetime = None;
                let mut paths = Vec::new();
                for bound in self.bounds(bounds) {
                    match bound {
                        HirBound::Trait(path) => paths.push(path),
                        HirBound::Lifetime(name) => lifetime = Some(name),
                        HirBound::MaybeSized | HirBound::Use(_) => {}
                    }
                }
                HirTyKind::Dyn(paths, lifetime)
            }
            ast::TyKind::Error => HirTyKind::Error,
        };
        HirTy { kind, span }
    }

    /// What the crate at hand is written in.
    fn edition(&self) -> Edition {
        self.r.edition(self.r.info(self.owner).krate)
    }

    fn tys(&mut self, of: Vec<ast::Ty>) -> Vec<HirTy> {
        of.into_iter().map(|ty| self.ty(ty)).collect()
    }

    fn impl_trait(&mut self, bounds: Vec<ast::Bound>, span: Span) -> HirTy {
        if self.in_impl_bounds {
            let error = Diagnostic::error("E0666", span, "nested `impl Trait` not allowed");
            self.r.diag.emit_error(error.primary("nested `impl Trait` here"));
        }
        let nested = std::mem::replace(&mut self.in_impl_bounds, true);
        let ty = self.impl_trait_as_placed(bounds, span);
        self.in_impl_bounds = nested;
        ty
    }

    fn impl_trait_as_placed(&mut self, bounds: Vec<ast::Bound>, span: Span) -> HirTy {
        match self.impl_trait {
            ImplTrait::Parameter { next } => {
                let owner = self.owner;
                let shown: Vec<&str> = bounds.iter().filter_map(bound_name).collect();
                let name = Symbol::intern(&format!("impl {}", shown.join(" + ")));
                let vis = self.r.info(owner).vis;
                let def = self.r.new_def(owner, name, span, vis, Kind::TyParam);
                self.r.finish_def(def, Attrs::default(), DefKind::GenericParam(next));
                self.impl_trait = ImplTrait::Parameter { next: next + 1 };
                let kind = GenericParamKind::Type { default: None, synthetic: true };
                let at = self.synthetic.len();
                self.synthetic.push((GenericParam { def, name, kind, span }, None));
                let bounds = self.bounds(bounds);
                let bounded = param_ty(def, name, span);
                self.synthetic[at].1 = Some(WherePredicate { bounded, bounds, span });
                param_ty(def, name, span)
            }
            ImplTrait::Opaque => {
                let def = self.r.new_unnamed_def(self.owner, "opaque", span, Kind::Opaque);
                let bounds = self.bounds(bounds);
                self.r.finish_def(def, Attrs::default(), DefKind::Opaque(bounds));
                HirTy { kind: HirTyKind::Opaque(def), span }
            }
            ImplTrait::Forbidden => {
                let place = match self.r.info(self.owner).kind {
                    _ if self.in_body => "the type of variable bindings and expressions",
                    Kind::Struct(_) | Kind::Enum | Kind::Variant(_) => "field types",
                    Kind::Impl { .. } => "impl headers",
                    Kind::Const | Kind::AssocConst => "const types",
                    Kind::Static => "static types",
                    Kind::TyAlias => "type aliases",
                    Kind::AssocTy => "associated types",
                    _ => "bounds",
                };
                self.r.diag.emit_error(diagnostics::impl_trait_not_allowed(span, place));
                HirTy { kind: HirTyKind::Error, span }
            }
        }
    }

    /// The length of an array type or repeat expression.
    pub(super) fn array_len(&mut self, len: ast::AnonConst, span: Span) -> HirConst {
        self.hir_const(len, |_| prim_ty(PrimTy::Uint(UintTy::Usize), span))
    }

    /// A constant in a type; `ty` gives the type it must have.
    fn hir_const(&mut self, value: ast::AnonConst, ty: impl FnOnce(Span) -> HirTy) -> HirConst {
        if matches!(value.value.kind, ast::ExprKind::Underscore) {
            return HirConst::Infer;
        }
        if let Some(ident) = single_name(&value.value)
            && let Some(Res::Def(def)) = self.lookup(ident, Ns::Value)
            && self.r.info(def).kind == Kind::ConstParam
        {
            return HirConst::Param(def);
        }
        let span = value.value.span;
        HirConst::Anon(self.anon_const(value, ty(span)))
    }

    /// A constant expression as a definition of its own.
    pub(super) fn anon_const(&mut self, value: ast::AnonConst, ty: HirTy) -> DefId {
        let span = value.value.span;
        let def = self.r.new_unnamed_def(self.parent_def, "const", span, Kind::AnonConst);
        let body = self.put_aside(def, PendingKind::Const(*value.value));
        self.r.finish_def(def, Attrs::default(), DefKind::AnonConst { body, ty });
        def
    }

    /// The name of a lifetime, which must be declared.
    pub(super) fn lifetime(&mut self, ident: ast::Ident) -> Symbol {
        let (name, kw) = (ident.name, self.r.kw);
        let known = name == kw.static_lifetime
            || name == kw.elided_lifetime
            || self.lifetimes.contains(&name)
            || self.r.lookup_param(self.owner, name, Ns::Type).is_some();
        if !known {
            self.r.diag.emit_error(diagnostics::undeclared_lifetime(ident));
        }
        name
    }

    /// Declares the lifetimes of a `for<…>`; the caller forgets all past the mark that is returned.
    pub(super) fn bind_lifetimes(&mut self, binder: &[ast::GenericParam]) -> usize {
        let mark = self.lifetimes.len();
        self.lifetimes.extend(binder.iter().map(|p| p.ident.name));
        mark
    }

    /// Lowers bounds.
    pub(super) fn bounds(&mut self, bounds: Vec<ast::Bound>) -> Vec<HirBound> {
        let mut lowered = Vec::with_capacity(bounds.len());
        for bound in bounds {
            match bound {
                ast::Bound::Trait { maybe: true, path, .. } => {
                    if lowered.iter().any(|b| matches!(b, HirBound::MaybeSized)) {
                        let message =
                            "type parameter has more than one relaxed default bound, only one is supported";
                        self.r.diag.emit_error(Diagnostic::error("E0203", path.span, message));
                    }
                    lowered.push(HirBound::MaybeSized);
                }
                ast::Bound::Trait { binder, path, maybe: false } => {
                    let mark = self.bind_lifetimes(&binder);
                    let path = self.path(None, path, Source::Trait);
                    let error = bound_lifetimes::check_trait(&self.lifetimes[mark..], &path);
                    self.lifetimes.truncate(mark);
                    error.into_iter().for_each(|error| self.r.diag.emit(error));
                    lowered.push(HirBound::Trait(path));
                }
                ast::Bound::Lifetime(ident) => lowered.push(HirBound::Lifetime(self.lifetime(ident))),
                ast::Bound::Use(_, lifetimes) => {
                    lowered.push(HirBound::Use(lifetimes.into_iter().map(|l| self.lifetime(l)).collect()));
                }
            }
        }
        lowered
    }

    /// Lowers a path that must be what `source` says.
    pub(super) fn path(&mut self, qself: Option<ast::QSelf>, path: ast::Path, source: Source) -> HirPath {
        let count = path.segments.len();
        let Some(qself) = qself else {
            let found = self.resolve_path(path.root, &path.segments, path.span, source);
            return self.finish_path(None, path, found);
        };
        let ty = Box::new(self.ty(*qself.ty));
        if qself.position == 0 {
            return self.finish_path(Some(ty), path, Found { res: Res::Error, used: 0 });
        }
        let position = qself.position.min(count);
        let found = self.resolve_path(path.root, &path.segments[..position], path.span, Source::Trait);
        let mut used = Found { res: Res::Error, used: count };
        if let (Some(scope), Some(item)) = (self.r.module_of_res(found.res), path.segments.get(position)) {
            let ns = if position + 1 == count { source.ns() } else { Ns::Type };
            match self.r.modules[scope].get(item.ident.name, ns) {
                Some(binding) => used = Found { res: binding.res, used: position + 1 },
                None => {
                    let failure = Failure { index: position, within: Some(scope) };
                    let source = if ns == source.ns() { source } else { Source::Type };
                    let segments = &path.segments[..=position];
                    self.report_failure(path.root, segments, failure, source);
                }
            }
        }
        self.finish_path(Some(ty), path, used)
    }

    fn finish_path(&mut self, qself: Option<Box<HirTy>>, path: ast::Path, found: Found) -> HirPath {
        let count = path.segments.len();
        let generic = match found.res {
            Res::Def(def) | Res::Ctor(def) => Some(def),
            _ => None,
        };
        let segments = path.segments.into_iter().map(|segment| self.segment(segment, generic)).collect();
        HirPath { qself, res: found.res, segments, unresolved: count - found.used, span: path.span }
    }

    /// Lowers a segment; `generic` is the definition its arguments are for, if that is known.
    pub(super) fn segment(&mut self, segment: ast::PathSegment, generic: Option<DefId>) -> PathSegment {
        let args = segment.args.map(|args| self.generic_args(args, generic));
        PathSegment { name: segment.ident.name, args, span: segment.ident.span }
    }

    fn generic_args(&mut self, args: ast::GenericArgs, generic: Option<DefId>) -> HirArgs {
        let mut lowered = HirArgs::default();
        let list = match args {
            ast::GenericArgs::Angle(list, _) => list,
            ast::GenericArgs::Parenthesized { inputs, output, span } => {
                let inputs = HirTy { kind: HirTyKind::Tuple(self.tys(inputs)), span };
                let output = output.map_or_else(|| unit(span), |output| self.ty(*output));
                lowered.args.push(HirGenericArg::Type(inputs));
                lowered.bindings.push((Symbol::intern("Output"), output));
                return lowered;
            }
        };
        let mut position = 0;
        for arg in list {
            let const_ty =
                generic.and_then(|def| self.r.info(def).const_params.get(position).copied().flatten());
            match arg {
                ast::GenericArg::Lifetime(ident) => {
                    let name = self.lifetime(ident);
                    lowered.args.push(HirGenericArg::Lifetime(name));
                }
                ast::GenericArg::Type(ty) => {
                    position += 1;
                    let arg = self.type_or_const(ty, const_ty);
                    lowered.args.push(arg);
                }
                ast::GenericArg::Const(value) => {
                    position += 1;
                    let value = self.hir_const(value, |span| const_param_ty(const_ty, span));
                    lowered.args.push(HirGenericArg::Const(value));
                }
                ast::GenericArg::AssocTy(ident, _, ty) => {
                    if lowered.bindings.iter().any(|(name, _)| *name == ident.name) {
                        let message =
                            format!("the value of the associated type `{}` is already specified", ident.name);
                        let error = Diagnostic::error("E0719", ident.span, message);
                        self.r.diag.emit_error(error.primary("re-bound here"));
                    }
                    // The value of an associated type may be an `impl Trait` of its own.
                    let nested = std::mem::replace(&mut self.in_impl_bounds, false);
                    let ty = self.ty(ty);
                    self.in_impl_bounds = nested;
                    lowered.bindings.push((ident.name, ty));
                }
                ast::GenericArg::AssocBounds(ident, _, bounds) => {
                    let bounds = self.bounds(bounds);
                    lowered.constraints.push((ident.name, bounds));
                }
            }
        }
        lowered
    }

    /// A single name that means no type but a value is a constant.
    fn type_or_const(&mut self, ty: ast::Ty, const_ty: Option<PrimTy>) -> HirGenericArg {
        if let ast::TyKind::Path(None, path) = &ty.kind
            && let ([segment], ast::PathRoot::Relative) = (path.segments.as_slice(), path.root)
            && segment.args.is_none()
        {
            let ident = segment.ident;
            if self.lookup(ident, Ns::Type).is_none() && self.lookup(ident, Ns::Value).is_some() {
                let (span, path) = (ty.span, path.clone());
                let value = ast::Expr { kind: ast::ExprKind::Path(None, path), span };
                let value = ast::AnonConst { value: Box::new(value) };
                return HirGenericArg::Const(self.hir_const(value, |span| const_param_ty(const_ty, span)));
            }
        }
        HirGenericArg::Type(self.ty(ty))
    }
}

/// The type of a constant argument; `_` where only types tell which parameter it is for.
fn const_param_ty(prim: Option<PrimTy>, span: Span) -> HirTy {
    match prim {
        Some(prim) => prim_ty(prim, span),
        None => HirTy { kind: HirTyKind::Infer, span },
    }
}

fn bound_name(bound: &ast::Bound) -> Option<&'static str> {
    match bound {
        ast::Bound::Trait { path, .. } => path.segments.last().map(|s| s.ident.name.as_str()),
        _ => None,
    }
}

/// `N` or `{ N }`.
/// The name a type is written as, if it is only a name.
pub(super) fn single_type_name(ty: &ast::Ty) -> Option<ast::Ident> {
    match &ty.kind {
        ast::TyKind::Path(None, path) if path.root == ast::PathRoot::Relative => {
            match path.segments.as_slice() {
                [segment] if segment.args.is_none() => Some(segment.ident),
                _ => None,
            }
        }
        _ => None,
    }
}

pub(super) fn single_name(value: &ast::Expr) -> Option<ast::Ident> {
    match &value.kind {
        ast::ExprKind::Path(None, path) if path.root == ast::PathRoot::Relative => {
            match path.segments.as_slice() {
                [segment] if segment.args.is_none() => Some(segment.ident),
                _ => None,
            }
        }
        ast::ExprKind::Block(block, None) if block.stmts.is_empty() => {
            block.value.as_ref().and_then(|value| single_name(value))
        }
        _ => None,
    }
}
