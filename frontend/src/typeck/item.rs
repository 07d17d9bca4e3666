//! Heads of items: impls answer their traits, types have a size, rules of coherence.

use crate::diag::Diagnostic;
use crate::hir::*;
use crate::source::Span;
use crate::ty::infer::InferCtxt;
use crate::ty::solve::{Cause, Eval, Obligation};
use crate::ty::{Clause, List, Namespace, Tcx, TraitRef, Ty, TyKind, fold};

use super::coherence::{check_orphan, check_unconstrained, is_local};
use super::conformity;
use super::diagnostics::show_ty;

/// Checks one item (not its body).
pub fn check_item(tcx: &Tcx<'_>, def: DefId) {
    match &tcx.hir.def(def).kind {
        DefKind::Struct(adt) | DefKind::Enum(adt) => check_adt(tcx, def, adt),
        DefKind::Impl(imp) => check_impl(tcx, def, imp),
        DefKind::Fn(f) => {
            tcx.fn_sig(def);
            tcx.predicates_of(def);
            check_own_params(tcx, def, f);
        }
        DefKind::Trait(_) => {
            tcx.predicates_of(def);
            tcx.super_clauses(def);
        }
        DefKind::AssocTy { value, .. } => {
            tcx.item_bounds(def);
            if value.is_some() {
                tcx.type_of(def);
            }
        }
        DefKind::TyAlias(..) => {
            tcx.type_of(def);
        }
        DefKind::Const { .. } | DefKind::Static { .. } => {
            tcx.type_of(def);
            if tcx.body_of(def).is_some() {
                tcx.check_const(def);
            }
        }
        _ => {}
    }
}

/// A method's parameters are not called like those around it; it is not `const` in a trait.
fn check_own_params(tcx: &Tcx<'_>, def: DefId, f: &FnDef) {
    let d = tcx.hir.def(def);
    let Some(parent) = d.parent else { return };
    let of_trait = match &tcx.hir.def(parent).kind {
        DefKind::Trait(_) => true,
        DefKind::Impl(imp) => imp.of_trait.is_some(),
        _ => return,
    };
    if of_trait && f.is_const {
        let place =
            if matches!(tcx.hir.def(parent).kind, DefKind::Trait(_)) { "traits" } else { "trait impls" };
        let error =
            Diagnostic::error("E0379", d.span, format!("functions in {place} cannot be declared const"));
        tcx.error(error.primary(format!("functions in {place} cannot be const")));
    }
    let Some(outer) = tcx.own_generics(parent) else { return };
    for param in &f.generics.params {
        if let Some(first) = outer.params.iter().find(|p| p.name == param.name && p.name != "Self") {
            let message = format!(
                "the name `{}` is already used for a generic parameter in this item's generic parameters",
                param.name
            );
            tcx.error(
                Diagnostic::error("E0403", param.span, message)
                    .primary("already used")
                    .label(first.span, format!("first use of `{}`", param.name)),
            );
        }
    }
}

fn check_adt(tcx: &Tcx<'_>, def: DefId, adt: &AdtDef) {
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
        if tcx.is_enum(def) {
            tcx.discriminant(def, v);
        }
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
        fn fold_region(&mut self, r: crate::ty::Region) -> crate::ty::Region {
            if let crate::ty::Region::Param(i, _) = r
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

fn check_impl(tcx: &Tcx<'_>, def: DefId, imp: &ImplDef) {
    tcx.predicates_of(def);
    let this = tcx.type_of(def);
    for (i, &item) in imp.items.iter().enumerate() {
        let (d, ns) = (tcx.hir.def(item), namespace(tcx, item));
        let earlier =
            imp.items[..i].iter().find(|&&o| tcx.hir.def(o).name == d.name && namespace(tcx, o) == ns);
        if let Some(&first) = earlier {
            let code = if imp.of_trait.is_some() { "E0201" } else { "E0592" };
            tcx.error(
                Diagnostic::error(code, d.span, format!("duplicate definitions with name `{}`", d.name))
                    .primary(format!("duplicate definitions for `{}`", d.name))
                    .label(tcx.hir.def(first).span, "previous definition here"),
            );
        }
    }
    if this.is_error() {
        return;
    }
    let span = imp.self_ty.span;
    let is_user = !tcx.is_std(def);
    match tcx.impl_trait_ref(def) {
        None => {
            if imp.of_trait.is_none() && is_user && !is_local(tcx, this) {
                let d = match this.kind() {
                    TyKind::Param(_) => Diagnostic::error(
                        "E0118",
                        span,
                        "no nominal type found for inherent implementation",
                    )
                    .primary("impl requires a nominal type"),
                    TyKind::Adt(..) | TyKind::Dynamic(..) => Diagnostic::error(
                        "E0116",
                        span,
                        "cannot define inherent `impl` for a type outside of the crate where the type is defined",
                    )
                    .primary("impl for type defined outside of crate")
                    .help("define and implement a trait or new type instead"),
                    _ => Diagnostic::error(
                        "E0390",
                        span,
                        "cannot define inherent `impl` for primitive types",
                    )
                    .help("consider using an extension trait instead"),
                };
                tcx.error(d);
            }
        }
        Some(tr) => {
            if is_user {
                check_orphan(tcx, tr, span);
            }
            check_trait_items(tcx, def, imp, tr);
            check_impl_bounds(tcx, def, imp, tr);
            check_marker(tcx, def, tr, span);
            if is_user && Some(tr.trait_def) == tcx.lang.sized {
                let message = "explicit impls for the `Sized` trait are not permitted";
                tcx.error(Diagnostic::error("E0322", span, message).primary("impl of `Sized` not allowed"));
            }
            if Some(tr.trait_def) == tcx.lang.drop {
                conformity::check_drop(tcx, def, tr);
            }
        }
    }
    check_unconstrained(tcx, def, imp);
}

fn namespace(tcx: &Tcx<'_>, item: DefId) -> Namespace {
    if matches!(tcx.hir.def(item).kind, DefKind::AssocTy { .. }) { Namespace::Type } else { Namespace::Value }
}

fn check_trait_items(tcx: &Tcx<'_>, def: DefId, imp: &ImplDef, tr: TraitRef) {
    let trait_name = tr.trait_def.name();
    for &item in &imp.items {
        let d = tcx.hir.def(item);
        let Some(declared) = tcx.assoc_item(tr.trait_def, d.name, namespace(tcx, item)) else {
            let (code, what) = match d.kind {
                DefKind::Fn(_) => ("E0407", "method"),
                DefKind::AssocTy { .. } => ("E0437", "type"),
                _ => ("E0438", "const"),
            };
            tcx.error(
                Diagnostic::error(
                    code,
                    d.span,
                    format!("{what} `{}` is not a member of trait `{trait_name}`", d.name),
                )
                .primary(format!("not a member of trait `{trait_name}`")),
            );
            continue;
        };
        if conformity::check(tcx, def, item, declared, tr) {
            check_conformity(tcx, def, item, declared, tr);
        }
    }
    let missing: Vec<DefId> = tcx
        .assoc_items(tr.trait_def)
        .into_iter()
        .filter(|item| tcx.impl_item(def, *item).is_none() && !tcx.has_default(*item))
        .collect();
    if !missing.is_empty() {
        let names: Vec<String> = missing.iter().map(|m| format!("`{}`", m.name())).collect();
        let mut d = Diagnostic::error(
            "E0046",
            tcx.hir.def(def).span,
            format!("not all trait items implemented, missing: {}", names.join(", ")),
        )
        .primary(format!("missing {} in implementation", names.join(", ")));
        for m in &missing {
            let at = tcx.hir.def(*m).span;
            if !tcx.is_std(*m) {
                d = d.label(at, format!("`{}` from trait", m.name()));
            }
        }
        tcx.error(d);
    }
}

/// An item of an impl has the shape its trait declares.
fn check_conformity(tcx: &Tcx<'_>, imp: DefId, item: DefId, declared: DefId, tr: TraitRef) {
    let d = tcx.hir.def(item);
    let (DefKind::Fn(f), DefKind::Fn(t)) = (&d.kind, &tcx.hir.def(declared).kind) else { return };
    let name = d.name;
    let trait_name = tr.trait_def.name();
    let here = tcx.hir.def(declared).span;
    if f.has_self != t.has_self {
        let (code, message) = if f.has_self {
            ("E0185", format!("method `{name}` has a `self` declaration in the impl, but not in the trait"))
        } else {
            ("E0186", format!("method `{name}` has a `self` declaration in the trait, but not in the impl"))
        };
        tcx.error(Diagnostic::error(code, d.span, message).label(here, "the trait's declaration"));
        return;
    }
    let type_params =
        |g: &Generics| g.params.iter().filter(|p| !matches!(p.kind, GenericParamKind::Lifetime)).count();
    let (have, want) = (type_params(&f.generics), type_params(&t.generics));
    if have != want {
        tcx.error(
            Diagnostic::error(
                "E0049",
                d.span,
                format!("method `{name}` has {have} type parameters but its trait declaration has {want} type parameters"),
            )
            .label(here, "the trait's declaration"),
        );
        return;
    }
    if f.inputs.len() != t.inputs.len() {
        let s = |n: usize| if n == 1 { "" } else { "s" };
        tcx.error(
            Diagnostic::error(
                "E0050",
                d.span,
                format!(
                    "method `{name}` has {} parameter{} but the declaration in trait `{trait_name}::{name}` has {}",
                    f.inputs.len(),
                    s(f.inputs.len()),
                    t.inputs.len()
                ),
            )
            .primary(format!("expected {} parameter{}, found {}", t.inputs.len(), s(t.inputs.len()), f.inputs.len()))
            .label(here, "trait requires this many"),
        );
        return;
    }
    // The trait's signature with the impl's arguments, and its own parameters renamed to the impl method's.
    let trait_args = fold::erase_regions(tr).args;
    let own = tcx.identity_args_erased(item);
    let impl_count = tcx.generics_count(imp);
    let mut args = trait_args.to_vec();
    args.extend(own.iter().skip(impl_count));
    let env = tcx.param_env(item);
    let want = tcx.normalize_any(&env, fold::subst(tcx.fn_sig_erased(declared), List::new(&args)));
    let have = tcx.normalize_any(&env, tcx.fn_sig_erased(item));
    let cx = InferCtxt::new(tcx);
    for (i, (w, h)) in want.inputs.iter().zip(have.inputs.iter()).enumerate() {
        if cx.unify(*w, *h).is_err() {
            tcx.error(
                Diagnostic::error(
                    "E0053",
                    f.inputs[i].span,
                    format!("method `{name}` has an incompatible type for trait"),
                )
                .primary(format!("expected `{}`, found `{}`", show_ty(tcx, *w), show_ty(tcx, *h)))
                .label(t.inputs[i].span, "type in trait"),
            );
            return;
        }
    }
    let opaque = want.output.flags().has(crate::ty::Flags::OPAQUE)
        || have.output.flags().has(crate::ty::Flags::OPAQUE);
    if !opaque && cx.unify(want.output, have.output).is_err() && !have.output.is_never() {
        tcx.error(
            Diagnostic::error(
                "E0053",
                f.output.span,
                format!("method `{name}` has an incompatible type for trait"),
            )
            .primary(format!(
                "expected `{}`, found `{}`",
                show_ty(tcx, want.output),
                show_ty(tcx, have.output)
            ))
            .label(t.output.span, "type in trait"),
        );
    }
}

/// Supertraits and bounds of associated types hold.
fn check_impl_bounds(tcx: &Tcx<'_>, def: DefId, imp: &ImplDef, tr: TraitRef) {
    let env = tcx.param_env(def);
    let tr = fold::erase_regions(tr);
    let span = imp.self_ty.span;
    let mut clauses: Vec<(Clause, Span)> =
        tcx.super_clauses(tr.trait_def).iter().map(|(c, s)| (fold::subst(*c, tr.args), *s)).collect();
    for (c, s) in tcx.predicates_of(tr.trait_def).iter().skip(1) {
        clauses.push((fold::subst(*c, tr.args), *s));
    }
    for item in tcx.assoc_items(tr.trait_def) {
        if let (DefKind::AssocTy { .. }, Some(_)) = (&tcx.hir.def(item).kind, tcx.impl_item(def, item))
            && tcx.generics_count(item) == tcx.generics_count(tr.trait_def)
        {
            clauses.extend(tcx.item_bounds(item).iter().map(|(c, s)| (fold::subst(*c, tr.args), *s)));
        }
    }
    for (clause, at) in clauses {
        let cx = InferCtxt::new(tcx);
        let ob = Obligation { clause, env, cause: Cause::misc(span), ancestors: None };
        let mut nested = Vec::new();
        let clause = cx.normalize_clause(&ob, clause, &mut Default::default(), &mut nested);
        nested.push(Obligation { clause, ..ob });
        if cx.evaluate_all(nested) != Eval::Fails {
            continue;
        }
        if let Clause::Trait(needed) = cx.resolve(clause) {
            use fold::Fold;
            if needed.flags().has(crate::ty::Flags::ERROR) {
                continue;
            }
            let this =
                needed.args.first().and_then(|a| a.as_type()).map_or(String::new(), |t| show_ty(tcx, t));
            tcx.error(
                Diagnostic::error(
                    "E0277",
                    span,
                    format!("the trait bound `{this}: {needed}` is not satisfied"),
                )
                .primary(format!("the trait `{needed}` is not implemented for `{this}`"))
                .label(at, format!("required by this bound in `{}`", tr.trait_def.name())),
            );
        }
    }
}

/// `Copy` only where every field is; not with `Drop`.
fn check_marker(tcx: &Tcx<'_>, def: DefId, tr: TraitRef, span: Span) {
    if Some(tr.trait_def) != tcx.lang.copy {
        return;
    }
    let Some(TyKind::Adt(adt, args)) =
        tr.args.first().and_then(|a| a.as_type()).map(|t| fold::erase_regions(t).kind())
    else {
        return;
    };
    let env = tcx.param_env(def);
    for (v, variant) in tcx.variants(*adt).iter().enumerate() {
        for (i, field) in variant.fields.iter().enumerate() {
            let ty = tcx.normalize(&env, tcx.field_ty_erased(*adt, v, i, *args));
            if !tcx.is_copy(&env, ty) {
                tcx.error(
                    Diagnostic::error("E0204", span, "the trait `Copy` cannot be implemented for this type")
                        .label(field.span, "this field does not implement `Copy`"),
                );
                return;
            }
        }
    }
    if tcx.drop_impl(*adt).is_some() {
        tcx.error(Diagnostic::error(
            "E0184",
            span,
            format!(
                "the trait `Copy` cannot be implemented for type `{}`; the type has a destructor",
                adt.name()
            ),
        ));
    }
}
