//! What paths to values mean, and with which generic arguments.

use crate::diag::Diagnostic;
use crate::hir::*;
use crate::source::Span;
use crate::ty::lower_ty::{self, ArgsOf, lower_args};
use crate::ty::solve::CauseCode;
use crate::ty::{Args, Const, ConstKind, GenericArg, List, Ty, TyKind, fold};

use super::diagnostics as diags;
use super::fn_ctxt::FnCtxt;
use super::results::ValueRes;

impl FnCtxt<'_, '_> {
    /// Checks a path expression.
    pub(super) fn check_expr_path(&self, e: ExprId, path: &HirPath) -> Ty {
        match self.resolve_value_path(path) {
            Some((res, ty)) => {
                self.results.borrow_mut().path_res.insert(e, res);
                ty
            }
            None => {
                self.tainted.set(true);
                Ty::error()
            }
        }
    }
    /// What a path to a value means, and its type. Obligations of what it names are registered.
    pub(super) fn resolve_value_path(&self, path: &HirPath) -> Option<(ValueRes, Ty)> {
        let span = path.span;
        if path.unresolved > 0 {
            return self.resolve_relative(path);
        }
        let n = path.segments.len();
        let args_at = |i: Option<usize>| i.and_then(|i| path.segments.get(i)).and_then(|s| s.args.as_ref());
        let (last, before) = (n.checked_sub(1), n.checked_sub(2));
        match path.res {
            Res::Local(local) => Some((ValueRes::Local(local), self.local_ty(local))),
            Res::Ctor(def) => {
                let (adt, variant) = self.tcx.variant_of(def);
                let written = match self.tcx.is_enum(adt) {
                    true => args_at(last).or(args_at(before)),
                    false => args_at(last),
                };
                let args = fold::erase_regions(lower_args(self, adt, &[], written, ArgsOf::Value, span));
                let args = self.normalize(span, args);
                self.instantiate_ctor(span, adt, variant, args)
            }
            Res::SelfTy(imp) => {
                let ty = self.normalize(span, self.tcx.type_of(imp));
                match *ty.kind() {
                    TyKind::Adt(adt, args) if !self.tcx.is_enum(adt) => {
                        self.instantiate_ctor(span, adt, 0, args)
                    }
                    TyKind::Error => None,
                    _ => {
                        self.error(Diagnostic::error(
                            "E0423",
                            span,
                            "the `Self` constructor must be used with unit or tuple struct",
                        ));
                        None
                    }
                }
            }
            Res::Def(def) => {
                let d = self.tcx.hir.def(def);
                match &d.kind {
                    DefKind::Fn(_) | DefKind::Const { .. } => {
                        let parent_args = match d.parent.map(|p| (p, &self.tcx.hir.def(p).kind)) {
                            Some((t, DefKind::Trait(_))) => {
                                let this = match &path.qself {
                                    Some(q) => self.lower_ty(q),
                                    None => self.infcx.next_ty_var(span),
                                };
                                let prefix = [GenericArg::Type(this)];
                                let place =
                                    if path.qself.is_some() { ArgsOf::QualifiedTrait } else { ArgsOf::Value };
                                let args = lower_args(self, t, &prefix, args_at(before), place, span);
                                self.normalize(span, args)
                            }
                            Some((imp, DefKind::Impl(_))) => self.infcx.fresh_args(imp, span),
                            _ => List::new(&[]),
                        };
                        self.instantiate_item(span, def, parent_args, args_at(last))
                    }
                    DefKind::Static { .. } => {
                        Some((ValueRes::Static(def), self.normalize(span, self.tcx.type_of(def))))
                    }
                    DefKind::GenericParam(_) => {
                        let c = Const::new(ConstKind::Param(self.tcx.param_ty(def)));
                        Some((ValueRes::ConstParam(c), self.normalize(span, self.tcx.type_of(def))))
                    }
                    DefKind::Struct(_) | DefKind::Variant(_) => {
                        let (adt, variant) = self.tcx.variant_of(def);
                        let args = lower_args(self, adt, &[], args_at(last), ArgsOf::Value, span);
                        let args = self.normalize(span, fold::erase_regions(args));
                        self.instantiate_ctor(span, adt, variant, args)
                    }
                    DefKind::Error => None,
                    _ => {
                        let what = self.tcx.describe(def);
                        self.error(
                            Diagnostic::error(
                                "E0423",
                                span,
                                format!("expected value, found {what} `{}`", def.name()),
                            )
                            .primary("not a value"),
                        );
                        None
                    }
                }
            }
            Res::SelfTrait(_) | Res::Prim(_) => {
                self.error(
                    Diagnostic::error("E0423", span, "expected value, found type").primary("not a value"),
                );
                None
            }
            Res::Error => None,
        }
    }
    /// `Type::name`: a variant, an associated function or an associated constant.
    fn resolve_relative(&self, path: &HirPath) -> Option<(ValueRes, Ty)> {
        let span = path.span;
        let segment = path.segments.last()?;
        let this = self.lower_path_prefix(path);
        let this = self.structurally_resolve(this);
        if this.is_error() {
            return None;
        }
        if let TyKind::Adt(adt, args) = *this.kind()
            && self.tcx.is_enum(adt)
            && let Some(i) = self.tcx.variants(adt).iter().position(|v| v.name == segment.name)
        {
            return self.instantiate_ctor(span, adt, i, args);
        }
        let pick = match self.probe_path(this, segment.name, span) {
            Ok(pick) => pick,
            Err(error) => {
                diags::methods::report_path(self, span, segment, this, error);
                return None;
            }
        };
        let parent = self.tcx.hir.def(pick.item).parent?;
        let parent_args = match &self.tcx.hir.def(parent).kind {
            DefKind::Impl(_) => {
                let args = self.infcx.fresh_args(parent, span);
                let self_ty =
                    self.normalize(span, fold::subst(fold::erase_regions(self.tcx.type_of(parent)), args));
                self.demand_eq(span, this, self_ty);
                args
            }
            _ => self.trait_args_for_pick(&pick, this, span),
        };
        if !self.is_accessible_item(pick.item) {
            diags::methods::private(self, segment.span, pick.item);
        }
        self.instantiate_item(span, pick.item, parent_args, segment.args.as_ref())
    }
    /// The type named by all but the last segment.
    fn lower_path_prefix(&self, path: &HirPath) -> Ty {
        let n = path.segments.len();
        if path.qself.is_some() && path.unresolved >= n {
            let this = path.qself.as_deref().map_or(Ty::error(), |q| self.lower_ty(q));
            if n <= 1 {
                return this;
            }
        }
        let prefix = HirPath {
            qself: path.qself.clone(),
            res: path.res,
            segments: path.segments[..n - 1].to_vec(),
            unresolved: path.unresolved - 1,
            span: path.span,
        };
        let ty = lower_ty::lower_path(self, &prefix, ArgsOf::Prefix);
        if ty.is_error() {
            self.tainted.set(true);
        }
        self.normalize(path.span, ty)
    }
    /// A function or constant with the arguments of its parent and the written ones of its own.
    fn instantiate_item(
        &self,
        span: Span,
        def: DefId,
        parent_args: Args,
        written: Option<&HirArgs>,
    ) -> Option<(ValueRes, Ty)> {
        let written = self.without_lifetimes(def, written, span);
        let args = lower_args(self, def, &parent_args, written.as_ref(), ArgsOf::Value, span);
        let args = self.normalize(span, fold::erase_regions(args));
        let attrs = self.tcx.hir.def(def).attrs.lang;
        let question = attrs.is_some_and(|l| matches!(l.as_str(), "branch" | "from_residual"));
        self.register_predicates(span, def, args, question.then_some(CauseCode::Question));
        match &self.tcx.hir.def(def).kind {
            DefKind::Fn(_) => Some((ValueRes::Fn(def, args), Ty::new(TyKind::FnDef(def, args)))),
            _ => {
                let ty = self.normalize(span, fold::subst(fold::erase_regions(self.tcx.type_of(def)), args));
                Some((ValueRes::Const(def, args), ty))
            }
        }
    }
    /// Lifetimes of functions are not parameters here; written ones are dropped.
    pub(super) fn without_lifetimes(
        &self,
        def: DefId,
        written: Option<&HirArgs>,
        span: Span,
    ) -> Option<HirArgs> {
        let written = written?;
        let mut out = written.clone();
        if let DefKind::Fn(f) = &self.tcx.hir.def(def).kind {
            let given = out.args.iter().filter(|a| matches!(a, HirGenericArg::Lifetime(_))).count();
            let wanted = f.generics.lifetimes.len();
            if given > wanted {
                let s = |n: usize| if n == 1 { "" } else { "s" };
                let what = self.tcx.describe(def);
                let message = format!(
                    "{what} takes {wanted} lifetime argument{} but {given} lifetime argument{} {} supplied",
                    s(wanted),
                    s(given),
                    if given == 1 { "was" } else { "were" }
                );
                let error = Diagnostic::error("E0107", span, message);
                self.error(error.primary(format!("expected {wanted} lifetime argument{}", s(wanted))));
            }
            out.args.retain(|a| !matches!(a, HirGenericArg::Lifetime(_)));
        }
        if out.args.is_empty() { None } else { Some(out) }
    }
    /// A constructor as a value.
    fn instantiate_ctor(&self, span: Span, adt: DefId, variant: usize, args: Args) -> Option<(ValueRes, Ty)> {
        let def = &self.tcx.variants(adt)[variant];
        self.register_predicates(span, adt, args, None);
        match def.shape {
            VariantShape::Tuple => {
                let is_struct = !self.tcx.is_enum(adt);
                if is_struct && def.fields.iter().any(|f| !self.is_accessible(f.vis)) {
                    self.error(
                        Diagnostic::error(
                            "E0423",
                            span,
                            format!(
                                "cannot initialize a tuple struct which contains private fields: `{}`",
                                def.name
                            ),
                        )
                        .primary("constructor is not visible here due to private fields"),
                    );
                }
                Some((ValueRes::Ctor(adt, variant, args), Ty::new(TyKind::FnDef(def.def, args))))
            }
            VariantShape::Unit => Some((ValueRes::Ctor(adt, variant, args), Ty::new(TyKind::Adt(adt, args)))),
            VariantShape::Named => {
                let what = if self.tcx.is_enum(adt) { "struct variant" } else { "struct" };
                self.error(
                    Diagnostic::error("E0533", span, format!("expected value, found {what} `{}`", def.name))
                        .primary("not a value")
                        .help(format!("use struct literal syntax instead: `{} {{ … }}`", def.name)),
                );
                None
            }
        }
    }
    /// The struct or variant a path in a struct expression or pattern names.
    pub(super) fn resolve_variant_path(&self, path: &HirPath) -> Option<(DefId, usize, Args)> {
        let n = path.segments.len();
        let args_at = |i: Option<usize>| i.and_then(|i| path.segments.get(i)).and_then(|s| s.args.as_ref());
        if path.unresolved == 0
            && path.qself.is_none()
            && let Res::Def(def) | Res::Ctor(def) = path.res
            && let DefKind::Variant(_) = self.tcx.hir.def(def).kind
        {
            let (adt, variant) = self.tcx.variant_of(def);
            let written = args_at(n.checked_sub(1)).or(args_at(n.checked_sub(2)));
            let args = lower_args(self, adt, &[], written, ArgsOf::Value, path.span);
            let args = self.normalize(path.span, fold::erase_regions(args));
            return Some((adt, variant, args));
        }
        if path.unresolved == 1 && n > 1 {
            let this = self.structurally_resolve(self.lower_path_prefix(path));
            if let TyKind::Adt(adt, args) = *this.kind() {
                let name = path.segments[n - 1].name;
                if self.tcx.is_enum(adt) {
                    if let Some(i) = self.tcx.variants(adt).iter().position(|v| v.name == name) {
                        return Some((adt, i, args));
                    }
                    diags::fields::no_variant(self, path.segments[n - 1].span, name, adt);
                    return None;
                }
            }
        }
        let ty = self.normalize(path.span, lower_ty::lower_path(self, path, ArgsOf::Prefix));
        let ty = self.structurally_resolve(ty);
        match *ty.kind() {
            TyKind::Adt(adt, args) if !self.tcx.is_enum(adt) => Some((adt, 0, args)),
            TyKind::Error => {
                self.tainted.set(true);
                None
            }
            _ => {
                self.error(
                    Diagnostic::error(
                        "E0574",
                        path.span,
                        format!("expected struct, variant or union type, found `{}`", self.show(ty)),
                    )
                    .primary("not a struct, variant or union type"),
                );
                None
            }
        }
    }
    /// Whether an item of an impl or trait may be named here.
    pub(super) fn is_accessible_item(&self, item: DefId) -> bool {
        // Items of traits and their impls are as visible as the trait.
        let in_trait = match self.tcx.hir.def(item).parent.map(|p| &self.tcx.hir.def(p).kind) {
            Some(DefKind::Trait(_)) => true,
            Some(DefKind::Impl(i)) => i.of_trait.is_some(),
            _ => false,
        };
        in_trait || self.is_accessible(self.tcx.hir.def(item).vis)
    }
}
