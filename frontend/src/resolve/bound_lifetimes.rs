//! Lifetimes that `for<'a>` binds: what comes out may only name those that go in.

use crate::diag::Diagnostic;
use crate::hir::{HirArgs, HirBound, HirGenericArg, HirPath, HirTy, HirTyKind};
use crate::symbol::Symbol;

/// `for<'a> fn(A) -> R`: an error about a bound lifetime that only the result names.
pub(super) fn check_pointer(bound: &[Symbol], inputs: &[HirTy], output: &HirTy) -> Option<Diagnostic> {
    let mut given = Vec::new();
    inputs.iter().for_each(|ty| in_ty(ty, &mut given));
    let name = only_in(bound, &given, output)?;
    let message =
        format!("return type references lifetime `{name}`, which is not constrained by the fn input types");
    Some(Diagnostic::error("E0581", output.span, message))
}

/// `for<'a> Trait<A, Item = T>`: an error about a bound lifetime that only what is said of an associated type names.
pub(super) fn check_trait(bound: &[Symbol], path: &HirPath) -> Option<Diagnostic> {
    let args = path.segments.last()?.args.as_ref()?;
    let mut given = Vec::new();
    args.args.iter().for_each(|arg| in_arg(arg, &mut given));
    args.bindings.iter().find_map(|(assoc, ty)| {
        let name = only_in(bound, &given, ty)?;
        let message = format!(
            "binding for associated type `{assoc}` references lifetime `{name}`, which does not appear in the trait input types"
        );
        Some(Diagnostic::error("E0582", ty.span, message))
    })
}

fn only_in(bound: &[Symbol], given: &[Symbol], ty: &HirTy) -> Option<Symbol> {
    let mut named = Vec::new();
    in_ty(ty, &mut named);
    named.into_iter().find(|name| bound.contains(name) && !given.contains(name))
}

fn in_ty(ty: &HirTy, out: &mut Vec<Symbol>) {
    match &ty.kind {
        HirTyKind::Ref(name, to, _) => {
            out.extend(name);
            in_ty(to, out);
        }
        HirTyKind::RawPtr(t, _) | HirTyKind::Slice(t) | HirTyKind::Array(t, _) => in_ty(t, out),
        HirTyKind::Tuple(ts) => ts.iter().for_each(|t| in_ty(t, out)),
        HirTyKind::FnPtr(inputs, output) => {
            inputs.iter().for_each(|t| in_ty(t, out));
            in_ty(output, out);
        }
        HirTyKind::Path(path) => in_path(path, out),
        HirTyKind::Dyn(paths, lifetime) => {
            out.extend(lifetime);
            paths.iter().for_each(|path| in_path(path, out));
        }
        _ => {}
    }
}

fn in_path(path: &HirPath, out: &mut Vec<Symbol>) {
    if let Some(this) = &path.qself {
        in_ty(this, out);
    }
    path.segments.iter().filter_map(|s| s.args.as_ref()).for_each(|args| in_args(args, out));
}

fn in_args(args: &HirArgs, out: &mut Vec<Symbol>) {
    args.args.iter().for_each(|arg| in_arg(arg, out));
    args.bindings.iter().for_each(|(_, ty)| in_ty(ty, out));
    for bound in args.constraints.iter().flat_map(|(_, bounds)| bounds) {
        match bound {
            HirBound::Trait(path) => in_path(path, out),
            HirBound::Lifetime(name) => out.push(*name),
            HirBound::MaybeSized | HirBound::Use(_) => {}
        }
    }
}

fn in_arg(arg: &HirGenericArg, out: &mut Vec<Symbol>) {
    match arg {
        HirGenericArg::Lifetime(name) => out.push(*name),
        HirGenericArg::Type(ty) => in_ty(ty, out),
        HirGenericArg::Const(_) => {}
    }
}
