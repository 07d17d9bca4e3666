//! Functions that somebody outside the program calls: `main`, and those with `#[test]`.
//!
//! In: such a function. Out: errors if it cannot be called without arguments, or its result says nothing about how it ended.

use crate::diag::Diagnostic;
use crate::hir::{DefId, DefKind, HirTyKind};
use crate::ty::tcx::ParamEnv;
use crate::ty::{Args, GenericArg, Tcx, fold};

/// Checks the head of `main`.
pub fn check_main(tcx: &Tcx<'_>, def: DefId) {
    let DefKind::Fn(function) = &tcx.hir.def(def).kind else { return };
    let span = tcx.hir.def(def).span;
    if !function.generics.params.is_empty() {
        let message = "`main` function is not allowed to have generic parameters";
        let label = "`main` cannot have generic parameters";
        tcx.diag.emit_error(Diagnostic::error("E0131", span, message).primary(label));
    } else if let Some(clause) = function.generics.predicates.first() {
        let message = "`main` function is not allowed to have a `where` clause";
        let error = Diagnostic::error("E0646", clause.span, message);
        tcx.diag.emit_error(error.primary("`main` cannot have a `where` clause"));
    } else if !function.inputs.is_empty() {
        let error = Diagnostic::error("E0580", span, "`main` function has wrong type");
        let error = error.primary("incorrect number of function parameters");
        tcx.diag.emit_error(error.help("arguments of the program are in `std::env::args`"));
    } else {
        check_result(tcx, def, |ty| format!("`main` has invalid return type `{ty}`"));
    }
}

/// Checks the head of a function with `#[test]`.
pub fn check_test(tcx: &Tcx<'_>, def: DefId) {
    let DefKind::Fn(function) = &tcx.hir.def(def).kind else { return };
    let span = tcx.hir.def(def).span;
    let is_unit = matches!(&function.output.kind, HirTyKind::Tuple(parts) if parts.is_empty());
    let message = if function.has_self {
        "functions used as tests cannot be methods"
    } else if !function.inputs.is_empty() {
        "functions used as tests can not have any arguments"
    } else if !function.generics.params.is_empty() {
        "functions used as tests can not have any non-lifetime generic parameters"
    } else if tcx.hir.def(def).attrs.should_panic.is_some() && !is_unit {
        "functions using `#[should_panic]` must return `()`"
    } else {
        return check_result(tcx, def, |ty| format!("the trait bound `{ty}: Termination` is not satisfied"));
    };
    tcx.diag.emit_error(Diagnostic::error("", span, message));
}

/// The result must say how the function ended.
fn check_result(tcx: &Tcx<'_>, def: DefId, message: impl FnOnce(&str) -> String) {
    let Some(termination) = tcx.lang.termination else { return };
    let DefKind::Fn(function) = &tcx.hir.def(def).kind else { return };
    let ty = fold::erase_regions(tcx.fn_sig(def).output);
    if ty.is_error() || tcx.implements(&ParamEnv::empty(), termination, Args::new(&[GenericArg::Type(ty)])) {
        return;
    }
    let error = Diagnostic::error("E0277", function.output.span, message(&ty.to_string()));
    let error = error.primary(format!("the trait `Termination` is not implemented for `{ty}`"));
    tcx.diag.emit_error(error.note("it is implemented for `()`, `!`, `ExitCode` and `Result` of these"));
}
