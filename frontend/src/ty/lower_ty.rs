//! Written types to types: paths with their arguments, associated types, bounds.
//!
//! In: [`HirTy`] and [`HirPath`] with names resolved. Out: [`Ty`], [`TraitRef`], [`Clause`], not normalised. Who asks decides
//! what `_` and missing arguments mean, and which region an unwritten lifetime is: see [`LowerCx`].

use crate::diag::Diagnostic;
use crate::hir::*;
use crate::source::Span;

use super::*;

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

fn forbid_args<'h>(cx: &dyn LowerCx<'h>, args: Option<&HirArgs>, span: Span) {
    if args.is_some_and(|a| !a.args.is_empty()) {
        cx.tcx().error(
            Diagnostic::error("E0109", span, "type arguments are not allowed on this type")
                .primary("type argument not allowed"),
        );
    }
}

/// Where arguments are written, which decides about those that are not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArgsOf {
    /// A path to a value: they are inferred.
    Value,
    /// A type before the name of a variant or an associated item, or before fields: they are inferred if none is written.
    Prefix,
    /// A type: they are the defaults; what has none is inferred if none is written.
    Type,
    /// The trait in `<T as Trait>`: they are the defaults.
    QualifiedTrait,
}

impl ArgsOf {
    /// Whether an argument beside these is inferred.
    fn may_infer(self, given: &[&HirGenericArg], has_default: bool) -> bool {
        match self {
            ArgsOf::Value => true,
            ArgsOf::Prefix => given.is_empty(),
            ArgsOf::Type => given.is_empty() && !has_default,
            ArgsOf::QualifiedTrait => false,
        }
    }
}

/// The arguments of `def`, after those in `prefix`: written ones, defaults, inference variables.
pub fn lower_args<'h>(
    cx: &dyn LowerCx<'h>,
    def: DefId,
    prefix: &[GenericArg],
    written: Option<&HirArgs>,
    place: ArgsOf,
    span: Span,
) -> Args {
    let tcx = cx.tcx();
    let generics = tcx.generics_of(def);
    if generics.params.len() <= prefix.len() && written.is_none() {
        return List::new(&prefix[..generics.params.len()]);
    }
    let empty = HirArgs::default();
    let written = written.unwrap_or(&empty);
    let mut lifetimes = written.args.iter().filter_map(|a| match a {
        HirGenericArg::Lifetime(name) => Some(*name),
        _ => None,
    });
    let given: Vec<&HirGenericArg> =
        written.args.iter().filter(|a| !matches!(a, HirGenericArg::Lifetime(_))).collect();
    let mut next = given.iter();
    let mut out = prefix.to_vec();
    let (mut missing, mut wanted, mut required) = (0usize, 0usize, 0usize);
    for param in generics.params.iter().skip(prefix.len()) {
        let index = out.len() as u32;
        let arg = match &param.kind {
            GenericParamKind::Lifetime => GenericArg::Region(cx.region(lifetimes.next(), span)),
            GenericParamKind::Type { default, synthetic } => {
                let infer = || cx.infer_ty(span).map(GenericArg::Type);
                if *synthetic {
                    infer().unwrap_or(GenericArg::Type(Ty::error()))
                } else {
                    wanted += 1;
                    required += usize::from(default.is_none());
                    match next.next() {
                        Some(HirGenericArg::Type(t)) => GenericArg::Type(lower_ty(cx, t)),
                        Some(_) => {
                            mismatched_kind(tcx, span, "type", param.name);
                            GenericArg::Type(Ty::error())
                        }
                        None => {
                            let inferred =
                                if place.may_infer(&given, default.is_some()) { infer() } else { None };
                            match (inferred, default) {
                                (Some(arg), None) => arg,
                                (Some(arg), Some(_)) if given.is_empty() => arg,
                                (_, Some(_)) => {
                                    let ty = tcx.param_default(param.def, List::new(&out));
                                    if out.first() == Some(&GenericArg::Type(dyn_self())) {
                                        refuse_self_default(tcx, ty, param.name, span);
                                    }
                                    GenericArg::Type(ty)
                                }
                                (None, None) => {
                                    missing += 1;
                                    GenericArg::Type(Ty::error())
                                }
                            }
                        }
                    }
                }
            }
            GenericParamKind::Const { default, .. } => {
                wanted += 1;
                required += usize::from(default.is_none());
                GenericArg::Const(match next.next() {
                    Some(HirGenericArg::Const(c)) => {
                        tcx.expect_const(c, param.def);
                        lower_const(cx, c, span)
                    }
                    Some(HirGenericArg::Type(HirTy { kind: HirTyKind::Infer, .. })) => {
                        cx.infer_const(span).unwrap_or(Const::new(ConstKind::Error))
                    }
                    Some(_) => {
                        mismatched_kind(tcx, span, "constant", param.name);
                        Const::new(ConstKind::Error)
                    }
                    None => {
                        let inferred = if place.may_infer(&given, default.is_some()) {
                            cx.infer_const(span)
                        } else {
                            None
                        };
                        match (inferred, default) {
                            (Some(c), _) => c,
                            (None, Some(default)) => fold::subst(tcx.anon_const(*default), List::new(&out)),
                            (None, None) => {
                                missing += 1;
                                Const::new(ConstKind::Error)
                            }
                        }
                    }
                })
            }
        };
        debug_assert_eq!(index as usize, out.len());
        out.push(arg);
    }
    check_lifetime_count(tcx, def, prefix.len(), written, span);
    // The parameters of a nested prefix longer than the definition's own (an impl's for a foreign item) stay.
    if missing > 0 || next.next().is_some() {
        wrong_arg_count(tcx, def, span, given.len(), required, wanted);
    }
    List::new(&out)
}

/// Of types and traits all lifetimes are written, or none. Those of functions may be chosen by each use.
fn check_lifetime_count(tcx: &Tcx<'_>, def: DefId, prefix: usize, written: &HirArgs, span: Span) {
    if !matches!(tcx.hir.def(def).kind, DefKind::Struct(_) | DefKind::Enum(_) | DefKind::TyAlias(..)) {
        return;
    }
    let given = written.args.iter().filter(|a| matches!(a, HirGenericArg::Lifetime(_))).count();
    let generics = tcx.generics_of(def);
    let own = generics.params.iter().skip(prefix);
    let wanted = own.filter(|p| matches!(p.kind, GenericParamKind::Lifetime)).count();
    if given == 0 || given == wanted {
        return;
    }
    let s = |n: usize| if n == 1 { "" } else { "s" };
    let were = if given == 1 { "was" } else { "were" };
    let what = tcx.describe(def);
    let message = format!(
        "{what} takes {wanted} lifetime argument{} but {given} lifetime argument{} {were} supplied",
        s(wanted),
        s(given)
    );
    let label = format!("expected {wanted} lifetime argument{}", s(wanted));
    tcx.error(Diagnostic::error("E0107", span, message).primary(label));
}

fn mismatched_kind(tcx: &Tcx<'_>, span: Span, wanted: &str, name: Symbol) {
    tcx.error(Diagnostic::error(
        "E0747",
        span,
        format!("generic parameter `{name}` is a {wanted}, but an argument of another kind was provided"),
    ));
}

fn wrong_arg_count(tcx: &Tcx<'_>, def: DefId, span: Span, given: usize, required: usize, wanted: usize) {
    let what = tcx.describe(def);
    let s = |n: usize| if n == 1 { "" } else { "s" };
    let were = |n: usize| if n == 1 { "was" } else { "were" };
    let d = if given == 0 {
        Diagnostic::error("E0107", span, format!("missing generics for {what} `{}`", def.name()))
            .primary(format!("expected {required} generic argument{}", s(required)))
    } else {
        let bound = if required == wanted {
            String::new()
        } else if given > wanted {
            "at most ".to_string()
        } else {
            "at least ".to_string()
        };
        let n = if given > wanted { wanted } else { required };
        Diagnostic::error(
            "E0107",
            span,
            format!(
                "{what} takes {bound}{n} generic argument{} but {given} generic argument{} {} supplied",
                s(n),
                s(given),
                were(given)
            ),
        )
        .primary(format!("expected {bound}{n} generic argument{}", s(n)))
    };
    let name = tcx.hir.def(def).span;
    tcx.error(if name.is_none() { d } else { d.label(name, format!("{what} defined here")) });
}

/// The trait a bound or an impl names, for `this`.
pub fn lower_trait_ref<'h>(cx: &dyn LowerCx<'h>, path: &HirPath, this: Ty) -> Option<TraitRef> {
    let tcx = cx.tcx();
    let Res::Def(trait_def) = path.res else { return None };
    if !matches!(tcx.hir.def(trait_def).kind, DefKind::Trait(_)) {
        if !matches!(tcx.hir.def(trait_def).kind, DefKind::Error) {
            tcx.error(
                Diagnostic::error(
                    "E0404",
                    path.span,
                    format!("expected trait, found {} `{}`", tcx.describe(trait_def), trait_def.name()),
                )
                .primary("not a trait"),
            );
        }
        return None;
    }
    let written = path.segments.last().and_then(|s| s.args.as_ref());
    let sugar = tcx.lang.fn_trait_kind(trait_def).is_some();
    if sugar {
        cx.fn_scope(true);
    }
    let args = lower_args(cx, trait_def, &[GenericArg::Type(this)], written, ArgsOf::Type, path.span);
    if sugar {
        cx.fn_scope(false);
    }
    Some(TraitRef { trait_def, args })
}

/// What a bound on `this` says, with where it is written.
pub fn lower_bound<'h>(cx: &dyn LowerCx<'h>, bound: &HirBound, this: Ty, out: &mut Vec<(Clause, Span)>) {
    let HirBound::Trait(path) = bound else { return };
    let Some(tr) = lower_trait_ref(cx, path, this) else { return };
    out.push((Clause::Trait(tr), path.span));
    let Some(written) = path.segments.last().and_then(|s| s.args.as_ref()) else { return };
    let sugar = cx.tcx().lang.fn_trait_kind(tr.trait_def).is_some();
    for (name, ty) in &written.bindings {
        let Some((assoc, args)) = binding_target(cx, tr, *name, path.span) else { continue };
        if sugar {
            cx.fn_scope(true);
        }
        let ty = lower_ty(cx, ty);
        if sugar {
            cx.fn_scope(false);
        }
        out.push((Clause::Projection(assoc, args, ty), path.span));
    }
    for (name, bounds) in &written.constraints {
        let Some((assoc, args)) = binding_target(cx, tr, *name, path.span) else { continue };
        let projection = Ty::new(TyKind::Projection(assoc, args));
        for b in bounds {
            lower_bound(cx, b, projection, out);
        }
    }
}

fn binding_target<'h>(cx: &dyn LowerCx<'h>, tr: TraitRef, name: Symbol, span: Span) -> Option<(DefId, Args)> {
    let tcx = cx.tcx();
    let Some(owner) = tcx.supertraits_defining(tr, name).first().copied() else {
        tcx.error(
            Diagnostic::error(
                "E0220",
                span,
                format!("associated type `{name}` not found for `{}`", tr.trait_def.name()),
            )
            .primary(format!("associated type `{name}` not found")),
        );
        return None;
    };
    Some((tcx.assoc_item(owner.trait_def, name, Namespace::Type)?, owner.args))
}

/// Stands for the type behind `dyn Trait` while its bounds are lowered.
fn dyn_self() -> Ty {
    Ty::new(TyKind::Param(ParamTy { index: u32::MAX, name: Symbol::intern("dyn") }))
}

/// Of an object nobody knows `Self`: a parameter whose default needs it must be given.
fn refuse_self_default(tcx: &Tcx<'_>, default: Ty, name: Symbol, span: Span) {
    let mut needs_self = false;
    default.walk(&mut |t: Ty| needs_self |= t == dyn_self());
    if needs_self {
        let message = format!("the type parameter `{name}` must be explicitly specified");
        let error = Diagnostic::error("E0393", span, message);
        tcx.error(error.primary(format!("missing reference to `{name}`")));
    }
}

/// `dyn Trait<A, Assoc = T> + Send + 'r`.
fn lower_dyn<'h>(cx: &dyn LowerCx<'h>, paths: &[HirPath], region: Region, span: Span) -> Ty {
    let tcx = cx.tcx();
    let is_auto = |p: &&HirPath| matches!(p.res, Res::Def(d) if tcx.lang.is_auto(d));
    let principals: Vec<&HirPath> = paths.iter().filter(|p| !is_auto(p)).collect();
    if let [_, second, ..] = principals[..] {
        tcx.error(
            Diagnostic::error(
                "E0225",
                second.span,
                "only auto traits can be used as additional traits in a trait object",
            )
            .primary("additional non-auto trait"),
        );
    }
    let Some(path) = principals.first().copied().or(paths.first()) else { return Ty::error() };
    // The self type of the bounds while they are lowered; taken off again below.
    let this = dyn_self();
    let mut clauses = Vec::new();
    lower_bound(cx, &HirBound::Trait(path.clone()), this, &mut clauses);
    let Some(&(Clause::Trait(tr), _)) = clauses.first() else { return Ty::error() };
    // An alias is not looked into where it is declared.
    let is_alias = matches!(tcx.hir.def(cx.item()).kind, DefKind::TyAlias(..));
    if !is_alias && let Some(reason) = tcx.dyn_violation(tr.trait_def) {
        return tcx.error(
            Diagnostic::error(
                "E0038",
                span,
                format!("the trait `{}` is not dyn compatible", tr.trait_def.name()),
            )
            .primary(format!("`{}` is not dyn compatible", tr.trait_def.name()))
            .label(tcx.hir.def(reason).span, "because of this")
            .note("for a trait to be dyn compatible it needs to allow building a vtable"),
        );
    }
    let mut assoc: Vec<(DefId, Ty)> = Vec::new();
    let elaborated = tcx.elaborate(clauses.iter().map(|c| c.0).collect());
    for clause in &elaborated {
        if let Clause::Projection(def, _, ty) = clause
            && !assoc.iter().any(|(d, _)| d == def)
        {
            assoc.push((*def, *ty));
        }
    }
    for clause in &elaborated {
        let Clause::Trait(sup) = clause else { continue };
        for item in tcx.assoc_items(sup.trait_def) {
            let is_type = matches!(tcx.hir.def(item).kind, DefKind::AssocTy { .. });
            if is_type && !assoc.iter().any(|(d, _)| *d == item) {
                tcx.error(
                    Diagnostic::error(
                        "E0191",
                        span,
                        format!(
                            "the value of the associated type `{}` in `{}` must be specified",
                            item.name(),
                            sup.trait_def.name()
                        ),
                    )
                    .primary(format!("help: specify the associated type: `{} = Type`", item.name())),
                );
                assoc.push((item, Ty::error()));
            }
        }
    }
    assoc.sort_by_key(|(d, _)| *d);
    let args: Args = tr.args.iter().skip(1).copied().collect();
    let is_static = region != Region::Erased && tcx.is_static_trait(tr.trait_def);
    let region = if is_static { Region::Static } else { region };
    Ty::new(TyKind::Dynamic(tr.trait_def, args, List::new(&assoc), region))
}
