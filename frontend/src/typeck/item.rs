//! Heads of items: impls answer their traits, types have a size, rules of coherence.

use crate::diag::Diagnostic;
use crate::hir::*;
use crate::source::Span;
use crate::ty::infer::InferCtxt;
use crate::ty::sharing::Unshareable;
use crate::ty::{Clause, Namespace, Tcx, TraitRef, TyKind, fold};

use super::adt::check_adt;
use super::coherence::{check_orphan, check_unconstrained, is_local};
use super::conformity;
use super::diagnostics::show_ty;
use super::{impl_bounds, impl_lifetimes};
use super::{opaque, private_types};

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
        DefKind::Opaque(_) => opaque::check_ends(tcx, def),
        DefKind::Trait(_) => {
            tcx.predicates_of(def);
            tcx.super_clauses(def);
            check_super_cycle(tcx, def);
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
            let ty = tcx.type_of(def);
            if let DefKind::Static { ty: written, .. } = &tcx.hir.def(def).kind
                && let Some(part) = tcx.unshareable_part(ty)
            {
                tcx.diag.emit_error(changeable_static(tcx, written.span, part));
            }
            if tcx.body_of(def).is_some() {
                tcx.check_const(def);
            }
        }
        _ => {}
    }
}

/// C0002, E0277: a static that may change behind the back of who reads it.
fn changeable_static(tcx: &Tcx<'_>, span: Span, part: Unshareable) -> Diagnostic {
    match part {
        Unshareable::Guarded(ty) => {
            let shown = show_ty(tcx, ty);
            Diagnostic::error(
                "C0002",
                span,
                format!("a static that can change is not supported: it holds `{shown}`"),
            )
            .primary("tasks share no memory")
            .help(
                "make the value in `main` and pass it on; a `LazyLock` or `OnceLock` of what stays the same may be static",
            )
        }
        Unshareable::Cell(ty) => {
            let shown = show_ty(tcx, ty);
            Diagnostic::error("E0277", span, format!("`{shown}` cannot be shared between threads safely"))
                .primary(format!("`{shown}` cannot be shared between threads safely"))
                .note("shared static variables must have a type that implements `Sync`")
        }
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
            let is_plain_reference = matches!(this.kind(), TyKind::Ref(..));
            if imp.of_trait.is_none() && is_user && (!is_local(tcx, this) || is_plain_reference) {
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
                private_types::check(tcx, imp, tr);
            }
            check_trait_items(tcx, def, imp, tr);
            impl_bounds::check(tcx, def, imp, tr);
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

/// A trait is not its own supertrait.
fn check_super_cycle(tcx: &Tcx<'_>, def: DefId) {
    let supers = tcx.supertrait_ids(def);
    let back = supers.iter().find(|s| {
        tcx.super_clauses(**s).iter().any(|(c, _)| matches!(c, Clause::Trait(tr) if tr.trait_def == def))
    });
    if let Some(&back) = back {
        let message = format!("cycle detected when computing the super predicates of `{}`", def.name());
        tcx.error(
            Diagnostic::error("E0391", tcx.hir.def(def).span, message)
                .label(tcx.hir.def(back).span, format!("`{}` has it as a supertrait", back.name())),
        );
    }
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
    let is_written = |g: &Generics| -> Vec<bool> {
        let synthetic = |p: &GenericParam| matches!(p.kind, GenericParamKind::Type { synthetic: true, .. });
        g.params.iter().filter(|p| !matches!(p.kind, GenericParamKind::Lifetime)).map(synthetic).collect()
    };
    if is_written(&f.generics) != is_written(&t.generics) {
        let message = format!("method `{name}` has incompatible signature for trait");
        let error = Diagnostic::error("E0643", d.span, message);
        tcx.error(
            error
                .primary("one has a type parameter where the other has `impl Trait`")
                .label(here, "declaration in trait here"),
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
    let args = tcx.declared_args(imp, item, tr);
    let env = tcx.param_env(item);
    let want = tcx.normalize_any(&env, fold::subst(tcx.fn_sig_erased(declared), args));
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
    if cx.unify(want.output, have.output).is_err() && !have.output.is_never() {
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
        return;
    }
    if !tcx.is_std(imp) {
        impl_bounds::check_results(tcx, imp, item, declared, tr);
        impl_lifetimes::check(tcx, imp, item, declared, tr);
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
