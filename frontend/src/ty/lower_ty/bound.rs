//! Bounds: the traits they name, what those bind, and the objects made of them.

use super::*;

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
pub(super) fn dyn_self() -> Ty {
    Ty::new(TyKind::Param(ParamTy { index: u32::MAX, name: Symbol::intern("dyn") }))
}

/// Of an object nobody knows `Self`: a parameter whose default needs it must be given.
pub(super) fn refuse_self_default(tcx: &Tcx<'_>, default: Ty, name: Symbol, span: Span) {
    let mut needs_self = false;
    default.walk(&mut |t: Ty| needs_self |= t == dyn_self());
    if needs_self {
        let message = format!("the type parameter `{name}` must be explicitly specified");
        let error = Diagnostic::error("E0393", span, message);
        tcx.error(error.primary(format!("missing reference to `{name}`")));
    }
}

/// `dyn Trait<A, Assoc = T> + Send + 'r`.
pub(super) fn lower_dyn<'h>(cx: &dyn LowerCx<'h>, paths: &[HirPath], region: Region, span: Span) -> Ty {
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
