//! Heads of structs and enums: fields have sizes, discriminants fit, every parameter is used.

use crate::borrowck::wellformed::outlives_of;
use crate::diag::Diagnostic;
use crate::hir::*;
use crate::source::Span;
use crate::ty::variance::Variance;
use crate::ty::{Clause, GenericArg, Region, Tcx, Ty, TyKind, fold};

use super::diagnostics::show_ty;

/// Checks fields, representation and parameters of a struct or enum.
pub(super) fn check_adt(tcx: &Tcx<'_>, def: DefId, adt: &AdtDef) {
    tcx.predicates_of(def);
    let env = tcx.param_env(def);
    let mut mentioned = vec![false; tcx.generics_count(def)];
    let mut failed = false;
    for (v, variant) in adt.variants.iter().enumerate() {
        for (i, field) in variant.fields.iter().enumerate() {
            if let Some(first) = variant.fields[..i].iter().find(|f| f.name == field.name) {
                tcx.error(
                    Diagnostic::error(
                        "E0124",
                        field.span,
                        format!("field `{}` is already declared", field.name),
                    )
                    .primary("field already declared")
                    .label(first.span, format!("`{}` first declared here", field.name)),
                );
            }
            let ty = tcx.field_ty_identity(def, v, i);
            failed |= ty.flags().has(crate::ty::Flags::ERROR);
            mark_params(ty, &mut mentioned);
            check_static_params(tcx, def, ty, field.ty.span);
            let erased = fold::erase_regions(ty);
            let may_be_unsized = !tcx.is_enum(def) && i + 1 == variant.fields.len();
            if !may_be_unsized && !erased.is_error() && !tcx.is_sized(&env, tcx.normalize(&env, erased)) {
                let shown = show_ty(tcx, erased);
                tcx.error(
                    Diagnostic::error(
                        "E0277",
                        field.ty.span,
                        format!("the size for values of type `{shown}` cannot be known at compilation time"),
                    )
                    .primary("doesn't have a size known at compile-time")
                    .note("only the last field of a struct may have a dynamically sized type"),
                );
            }
        }
    }
    if tcx.is_enum(def) {
        tcx.check_discriminants(def);
    }
    check_repr(tcx, def, adt);
    check_defaults(tcx, def);
    if let Some(span) = infinite_size(tcx, def, def, &mut Vec::new()) {
        tcx.error(
            Diagnostic::error(
                "E0072",
                tcx.hir.def(def).span,
                format!("recursive type `{}` has infinite size", def.name()),
            )
            .label(span, "recursive without indirection")
            .help("insert some indirection (e.g., a `Box`, `Rc`, or `&`) to break the cycle"),
        );
    }
    mark_determined(tcx, def, &mut mentioned);
    check_unused_params(tcx, def, adt, &mentioned, failed);
}

/// What a used parameter's associated type is said to be uses its own parameters: `'a` in `I: Iterator<Item = &'a str>`.
fn mark_determined(tcx: &Tcx<'_>, def: DefId, mentioned: &mut [bool]) {
    let predicates = tcx.region_predicates_of(def);
    let mut before = Vec::new();
    while before != mentioned {
        before = mentioned.to_vec();
        for (clause, _) in &predicates.clauses {
            let Clause::Projection(_, args, ty) = clause else { continue };
            let mut inputs = vec![false; mentioned.len()];
            args.iter().filter_map(|a| a.as_type()).for_each(|t| mark_params(t, &mut inputs));
            if inputs.iter().zip(&*mentioned).all(|(input, known)| !input || *known) {
                mark_params(*ty, mentioned);
            }
        }
    }
}

/// A parameter behind `&'static` is declared to live that long; other lifetimes imply what they need.
fn check_static_params(tcx: &Tcx<'_>, def: DefId, field: Ty, span: Span) {
    if tcx.is_std(def) {
        return;
    }
    let mut needed = Vec::new();
    outlives_of(tcx, field, &mut needed);
    for (what, region) in needed {
        let GenericArg::Type(ty) = what else { continue };
        let TyKind::Param(param) = ty.kind() else { continue };
        let declared = &tcx.region_predicates_of(def).types;
        if region == Region::Static && !declared.iter().any(|(t, r, _)| *t == ty && *r == Region::Static) {
            let message = format!("the parameter type `{}` may not live long enough", param.name);
            let error = Diagnostic::error("E0310", span, message).primary(format!(
                "the parameter type `{}` must be valid for the static lifetime",
                param.name
            ));
            tcx.error(
                error.help(format!("consider adding an explicit lifetime bound: `{}: 'static`", param.name)),
            );
            return;
        }
    }
}

/// Each lifetime and type parameter stands in a field, and not only in the arguments of the type itself.
fn check_unused_params(tcx: &Tcx<'_>, def: DefId, adt: &AdtDef, mentioned: &[bool], failed: bool) {
    let is_phantom = Some(def) == tcx.lang.phantom_data;
    for (i, used) in mentioned.iter().enumerate() {
        let Some(param) = tcx.generics_of(def).params.get(i).copied() else { continue };
        let is_const = matches!(param.kind, GenericParamKind::Const { .. });
        if !used && !is_const && !failed && !is_phantom {
            let what = if matches!(param.kind, GenericParamKind::Lifetime) { "lifetime" } else { "type" };
            tcx.error(
                Diagnostic::error("E0392", param.span, format!("{what} parameter `{}` is never used", param.name))
                    .primary(format!("unused {what} parameter"))
                    .help(format!("consider removing `{}`, referring to it in a field, or using a marker such as `PhantomData`", param.name)),
            );
        } else if *used
            && !failed
            && !tcx.is_std(def)
            && matches!(param.kind, GenericParamKind::Type { .. })
            && tcx.variances(def).get(i) == Some(&Variance::Bi)
            && let Some(span) = field_of_param(tcx, def, adt, i)
        {
            tcx.error(
                Diagnostic::error("", span, format!("type parameter `{}` is only used recursively", param.name))
                    .label(param.span, "type parameter must be used non-recursively in the definition")
                    .help(format!("consider removing `{}`, referring to it in a field, or using a marker such as `PhantomData`", param.name)),
            );
        }
    }
}

/// Discriminants that are written, and types for them, need variants they can stand for.
fn check_repr(tcx: &Tcx<'_>, def: DefId, adt: &AdtDef) {
    let d = tcx.hir.def(def);
    if !tcx.is_enum(def) {
        return;
    }
    if d.attrs.repr_int.is_some() && adt.variants.is_empty() {
        let error = Diagnostic::error("E0084", d.span, "unsupported representation for zero-variant enum");
        tcx.error(error.primary("zero-variant enum"));
    }
    let has_values = adt.variants.iter().any(|v| v.discriminant.is_some());
    let with_fields = adt.variants.iter().find(|v| v.shape != VariantShape::Unit);
    if let (true, Some(variant), None) = (has_values, with_fields, d.attrs.repr_int) {
        let message = "`#[repr(inttype)]` must be specified for enums with explicit discriminants and non-unit variants";
        tcx.error(
            Diagnostic::error("E0732", d.span, message).label(variant.span, "non-unit variant declared here"),
        );
    }
}

/// A parameter's default may only name parameters before it.
fn check_defaults(tcx: &Tcx<'_>, def: DefId) {
    for (i, param) in tcx.generics_of(def).params.iter().enumerate() {
        if !matches!(param.kind, GenericParamKind::Type { default: Some(_), .. }) {
            continue;
        }
        let mut is_forward = false;
        let ty = tcx.param_default(param.def, tcx.identity_args_erased(def));
        ty.walk(&mut |t| is_forward |= matches!(t.kind(), TyKind::Param(p) if p.index as usize >= i));
        if is_forward {
            let message = "generic parameter defaults cannot reference parameters before they are declared";
            tcx.error(
                Diagnostic::error("E0128", param.span, message)
                    .primary("cannot reference parameters before they are declared"),
            );
        }
    }
}

/// Where the first field stands whose type mentions a parameter, if no trait object hides what it says.
fn field_of_param(tcx: &Tcx<'_>, def: DefId, adt: &AdtDef, index: usize) -> Option<Span> {
    let mut first = None;
    for (v, variant) in adt.variants.iter().enumerate() {
        for (i, field) in variant.fields.iter().enumerate() {
            let mut is_hidden = false;
            tcx.field_ty_identity(def, v, i).walk(&mut |t| match t.kind() {
                TyKind::Param(p) if p.index as usize == index => first = first.or(Some(field.ty.span)),
                TyKind::Dynamic(..) => is_hidden = true,
                _ => {}
            });
            if is_hidden {
                return None;
            }
        }
    }
    first
}

fn mark_params(ty: Ty, mentioned: &mut [bool]) {
    struct Mark<'a>(&'a mut [bool]);
    impl fold::Folder for Mark<'_> {
        fn fold_ty(&mut self, ty: Ty) -> Ty {
            if let TyKind::Param(p) = ty.kind()
                && let Some(m) = self.0.get_mut(p.index as usize)
            {
                *m = true;
            }
            // Trait objects say nothing of the lifetime they hide.
            if let TyKind::Dynamic(..) = ty.kind() {
                self.0.iter_mut().for_each(|m| *m = true);
            }
            ty.super_fold(self)
        }
        fn fold_region(&mut self, r: Region) -> Region {
            if let Region::Param(i, _) = r
                && let Some(m) = self.0.get_mut(i as usize)
            {
                *m = true;
            }
            r
        }
    }
    use fold::Fold;
    ty.fold_with(&mut Mark(mentioned));
}

/// The field through which an ADT contains itself without a pointer between.
fn infinite_size(tcx: &Tcx<'_>, root: DefId, at: DefId, seen: &mut Vec<DefId>) -> Option<Span> {
    if seen.contains(&at) {
        return None;
    }
    seen.push(at);
    for (v, variant) in tcx.variants(at).iter().enumerate() {
        for (i, field) in variant.fields.iter().enumerate() {
            if holds(tcx, root, tcx.field_ty_identity(at, v, i), seen) {
                return Some(field.ty.span);
            }
        }
    }
    None
}

fn holds(tcx: &Tcx<'_>, root: DefId, ty: Ty, seen: &mut Vec<DefId>) -> bool {
    match *ty.kind() {
        TyKind::Adt(def, _) if def == root => true,
        // What std's types do with their arguments by value is known for few; those with fields tell themselves.
        TyKind::Adt(def, args) => {
            let by_value = tcx.variants(def).iter().enumerate().any(|(v, variant)| {
                (0..variant.fields.len()).any(|i| {
                    let field = tcx.field_ty_identity(def, v, i);
                    match field.kind() {
                        TyKind::Param(p) => args
                            .get(p.index as usize)
                            .and_then(|a| a.as_type())
                            .is_some_and(|t| holds(tcx, root, t, seen)),
                        _ => false,
                    }
                })
            });
            by_value || (!tcx.is_std(def) && infinite_size(tcx, root, def, seen).is_some())
        }
        TyKind::Array(t, _) => holds(tcx, root, t, seen),
        TyKind::Tuple(ts) => ts.iter().any(|t| holds(tcx, root, *t, seen)),
        _ => false,
    }
}
