//! Written types to types: paths with their arguments, associated types, bounds.
//!
//! In: [`HirTy`] and [`HirPath`] with names resolved. Out: [`Ty`], [`TraitRef`], [`Clause`], not normalised. Who asks decides
//! what `_` and missing arguments mean, and which region an unwritten lifetime is: see [`LowerCx`].

mod args;
mod bound;

use crate::diag::Diagnostic;
use crate::hir::*;
use crate::source::Span;

use super::*;

use args::forbid_args;
pub use args::{ArgsOf, lower_args};
use bound::{dyn_self, lower_dyn, refuse_self_default};
pub use bound::{lower_bound, lower_trait_ref};

/// Where a type is written.
pub trait LowerCx<'h> {
    /// The typing context.
    fn tcx(&self) -> &Tcx<'h>;
    /// The item whose parameters are in scope.
    fn item(&self) -> DefId;
    /// What `_` and missing type arguments are; `None` where types must be written out.
    fn infer_ty(&self, span: Span) -> Option<Ty>;
    /// The same for constants.
    fn infer_const(&self, span: Span) -> Option<Const>;
    /// The region a lifetime, or a missing one, means.
    fn region(&self, name: Option<Symbol>, span: Span) -> Region;
    /// The region of a trait object that names none, where no reference around it says.
    fn object_region(&self) -> Region {
        Region::Erased
    }
    /// Called around the inputs and the output of `fn(A) -> B` and `Fn(A) -> B`, which have their own elision.
    fn fn_scope(&self, _enter: bool) {}
}

/// Lowers a type.
pub fn lower_ty<'h>(cx: &dyn LowerCx<'h>, ty: &HirTy) -> Ty {
    let tcx = cx.tcx();
    match &ty.kind {
        HirTyKind::Path(path) => lower_path(cx, path, ArgsOf::Type),
        HirTyKind::Ref(name, to, m) => {
            let region = cx.region(*name, ty.span);
            let to = match &to.kind {
                HirTyKind::Dyn(paths, None) => lower_dyn(cx, paths, region, to.span),
                _ => lower_ty(cx, to),
            };
            Ty::new(TyKind::Ref(region, to, *m))
        }
        HirTyKind::RawPtr(to, m) => Ty::raw_ptr(lower_ty(cx, to), *m),
        HirTyKind::Slice(t) => Ty::slice(lower_ty(cx, t)),
        HirTyKind::Array(t, n) => {
            let element = lower_ty(cx, t);
            Ty::new(TyKind::Array(element, lower_const(cx, n, ty.span)))
        }
        HirTyKind::Tuple(ts) => Ty::tuple(&ts.iter().map(|t| lower_ty(cx, t)).collect::<Vec<_>>()),
        HirTyKind::FnPtr(inputs, output) => {
            cx.fn_scope(true);
            let inputs = inputs.iter().map(|t| lower_ty(cx, t)).collect();
            let output = lower_ty(cx, output);
            cx.fn_scope(false);
            Ty::new(TyKind::FnPtr(FnSig { inputs, output }))
        }
        HirTyKind::Never => Ty::never(),
        HirTyKind::Infer => cx.infer_ty(ty.span).unwrap_or_else(|| {
            tcx.error(
                Diagnostic::error(
                    "E0121",
                    ty.span,
                    "the placeholder `_` is not allowed within types on item signatures",
                )
                .primary("not allowed in type signatures"),
            )
        }),
        HirTyKind::Opaque(def) => tcx.opaque_ty(*def),
        HirTyKind::Dyn(paths, lifetime) => {
            let region = match lifetime {
                Some(name) => cx.region(Some(*name), ty.span),
                None => cx.object_region(),
            };
            lower_dyn(cx, paths, region, ty.span)
        }
        HirTyKind::Error => Ty::error(),
    }
}

/// Lowers a constant in a type.
pub fn lower_const<'h>(cx: &dyn LowerCx<'h>, c: &HirConst, span: Span) -> Const {
    let tcx = cx.tcx();
    match c {
        HirConst::Anon(def) => tcx.anon_const(*def),
        HirConst::Param(def) => Const::new(ConstKind::Param(tcx.param_ty(*def))),
        HirConst::Infer => cx.infer_const(span).unwrap_or_else(|| {
            tcx.error(
                Diagnostic::error(
                    "E0121",
                    span,
                    "the placeholder `_` is not allowed within types on item signatures",
                )
                .primary("not allowed in type signatures"),
            );
            Const::new(ConstKind::Error)
        }),
    }
}

/// Lowers a path to a type.
pub fn lower_path<'h>(cx: &dyn LowerCx<'h>, path: &HirPath, place: ArgsOf) -> Ty {
    let resolved = path.segments.len().saturating_sub(path.unresolved);
    let mut ty = match (&path.qself, path.unresolved) {
        (Some(this), n) if n >= path.segments.len() => lower_ty(cx, this),
        _ => lower_resolved(cx, path, resolved, place),
    };
    let mut res = if path.qself.is_some() && resolved == 0 { self_res(path) } else { path.res };
    for segment in &path.segments[resolved..] {
        ty = assoc_ty(cx, ty, res, segment, path.span);
        res = Res::Error;
    }
    ty
}

/// `<T>::Item`, `<Self>::Item`: what the self type means as a path.
fn self_res(path: &HirPath) -> Res {
    match path.qself.as_deref() {
        Some(HirTy { kind: HirTyKind::Path(p), .. }) if p.unresolved == 0 => p.res,
        _ => Res::Error,
    }
}

/// The type of the part of the path that names alone resolved: its first `len` segments.
fn lower_resolved<'h>(cx: &dyn LowerCx<'h>, path: &HirPath, len: usize, place: ArgsOf) -> Ty {
    let tcx = cx.tcx();
    let last = len.checked_sub(1).and_then(|i| path.segments.get(i));
    let args = last.and_then(|s| s.args.as_ref());
    match path.res {
        Res::Prim(p) => {
            forbid_args(cx, args, path.span);
            prim_ty(p)
        }
        Res::SelfTy(imp) => {
            forbid_args(cx, args, path.span);
            tcx.type_of(imp)
        }
        Res::SelfTrait(_) => Ty::new(TyKind::Param(ParamTy { index: 0, name: Symbol::intern("Self") })),
        Res::Def(def) | Res::Ctor(def) => match &tcx.hir.def(def).kind {
            DefKind::Struct(_) | DefKind::Enum(_) => {
                let args = lower_args(cx, def, &[], args, place, path.span);
                Ty::new(TyKind::Adt(def, args))
            }
            DefKind::TyAlias(..) => {
                let args = lower_args(cx, def, &[], args, place, path.span);
                fold::subst(tcx.type_of(def), args)
            }
            DefKind::GenericParam(_) => {
                forbid_args(cx, args, path.span);
                Ty::new(TyKind::Param(tcx.param_ty(def)))
            }
            DefKind::AssocTy { .. } => lower_qualified(cx, path, def, len),
            DefKind::Trait(_) => {
                tcx.error(Diagnostic::error("E0782", path.span, "expected a type, found a trait").help(
                    format!("you can add the `dyn` keyword if you want a trait object: `dyn {}`", def.name()),
                ))
            }
            DefKind::Variant(_) => tcx.error(
                Diagnostic::error(
                    "E0573",
                    path.span,
                    format!("expected type, found variant `{}::{}`", def.parent_name(), def.name()),
                )
                .primary("not a type"),
            ),
            DefKind::Error => Ty::error(),
            _ => tcx.error(
                Diagnostic::error("E0573", path.span, format!("expected type, found `{}`", def.name()))
                    .primary("not a type"),
            ),
        },
        Res::Local(_) => {
            tcx.error(Diagnostic::error("E0573", path.span, "expected type, found local variable"))
        }
        Res::Error => Ty::error(),
    }
}

/// `<T as Trait<A>>::Item`.
fn lower_qualified<'h>(cx: &dyn LowerCx<'h>, path: &HirPath, assoc: DefId, len: usize) -> Ty {
    let tcx = cx.tcx();
    let Some(trait_def) = tcx.hir.def(assoc).parent else { return Ty::error() };
    let Some(this) = &path.qself else {
        return ambiguous_assoc(tcx, path.span, trait_def, assoc.name());
    };
    let this = lower_ty(cx, this);
    let trait_segment = len.checked_sub(2).and_then(|i| path.segments.get(i));
    let args = lower_args(
        cx,
        trait_def,
        &[GenericArg::Type(this)],
        trait_segment.and_then(|s| s.args.as_ref()),
        ArgsOf::QualifiedTrait,
        path.span,
    );
    let own = path.segments.get(len - 1).and_then(|s| s.args.as_ref());
    let args = lower_args(cx, assoc, &args, own, ArgsOf::Type, path.span);
    Ty::new(TyKind::Projection(assoc, args))
}

fn ambiguous_assoc(tcx: &Tcx<'_>, span: Span, trait_def: DefId, name: &str) -> Ty {
    tcx.error(
        Diagnostic::error("E0223", span, "ambiguous associated type")
            .help(format!("use fully-qualified syntax: `<Type as {}>::{name}`", trait_def.name())),
    )
}

/// `T::Item`, `Self::Item`.
fn assoc_ty<'h>(cx: &dyn LowerCx<'h>, base: Ty, res: Res, segment: &PathSegment, span: Span) -> Ty {
    let tcx = cx.tcx();
    if base.is_error() {
        return base;
    }
    let candidates: Vec<TraitRef> = match (base.kind(), res) {
        (_, Res::SelfTy(imp))
            if !matches!(base.kind(), TyKind::Param(_)) || tcx.impl_trait_ref(imp).is_some() =>
        {
            let of_trait = tcx.impl_trait_ref(imp);
            of_trait.into_iter().flat_map(|tr| tcx.supertraits_defining(tr, segment.name)).collect()
        }
        (TyKind::Param(p), _) => tcx.bounds_defining(cx.item(), *p, segment.name),
        _ => Vec::new(),
    };
    let Some(tr) = candidates.first() else {
        let message = format!("associated type `{}` not found for `{base}`", segment.name);
        return match base.kind() {
            TyKind::Param(p) => tcx.error(
                Diagnostic::error(
                    "E0220",
                    segment.span,
                    format!("associated type `{}` not found for `{}`", segment.name, p.name),
                )
                .primary(format!("associated type `{}` not found", segment.name)),
            ),
            _ if matches!(res, Res::SelfTy(_)) => {
                tcx.error(Diagnostic::error("E0220", segment.span, message).primary("associated type not found"))
            }
            _ => tcx.error(
                Diagnostic::error("E0223", span, "ambiguous associated type").help(format!(
                    "if there were a trait named `Example` with associated type `{}` implemented for `{base}`, you could use the fully-qualified path: `<{base} as Example>::{}`",
                    segment.name, segment.name
                )),
            ),
        };
    };
    if candidates.iter().any(|c| c.trait_def != tr.trait_def) {
        tcx.error(Diagnostic::error(
            "E0221",
            segment.span,
            format!("ambiguous associated type `{}` in bounds of `{base}`", segment.name),
        ));
    }
    let Some(assoc) = tcx.assoc_item(tr.trait_def, segment.name, Namespace::Type) else { return Ty::error() };
    let args = lower_args(cx, assoc, &tr.args, segment.args.as_ref(), ArgsOf::Type, span);
    Ty::new(TyKind::Projection(assoc, args))
}

/// The type a primitive's name means.
pub fn prim_ty(p: PrimTy) -> Ty {
    Ty::new(match p {
        PrimTy::Bool => TyKind::Bool,
        PrimTy::Char => TyKind::Char,
        PrimTy::Str => TyKind::Str,
        PrimTy::Int(i) => TyKind::Int(i),
        PrimTy::Uint(u) => TyKind::Uint(u),
        PrimTy::Float(f) => TyKind::Float(f),
    })
}
