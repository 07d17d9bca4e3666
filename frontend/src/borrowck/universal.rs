//! Regions that are given, and what the body needs of them beyond what it may assume.
//!
//! In a function that is an error. In a closure it becomes a requirement, unless it is about the borrow of the closure
//! itself, of which nobody outside knows.

use super::annotations::names_lifetime;
use super::constraints::{BySup, Category, Outlives};
use super::context::BorrowCx;
use super::explain::blame;
use super::loans::path;
use super::regions::{BODY_END, Origin, STATIC, Vid, for_each_region};
use super::summary::{ClosureSummary, External, Requirement};
use super::values::Values;
use crate::diag::{Diagnostic, ErrorReported};
use crate::hir::ExprKind;
use crate::index::Idx;
use crate::lower::errors::lifetime;
use crate::ty::{Region, Ty, TyKind, collect};

/// Checks what the body needs of given regions.
pub fn check(
    b: &BorrowCx<'_, '_>,
    values: &Values,
    constraints: &[Outlives],
    by_sup: &BySup,
) -> Result<ClosureSummary, ErrorReported> {
    let mut summary = ClosureSummary::default();
    let mut result = Ok(());
    for &span in &b.escapes {
        let error = lifetime::EscapesClosure { span: b.cx.whole(span) };
        result = Err(b.tcx().diag.emit_error(error.diagnostic()));
    }
    for &longer in &values.universal {
        if longer == STATIC || longer == BODY_END {
            continue;
        }
        for shorter in values.ends(longer) {
            if b.is_known(longer, shorter) {
                continue;
            }
            let found = path(constraints, by_sup, longer, &mut |v| v == shorter);
            let Some((steps, _)) = found else { continue };
            // What an `impl Trait` may hold is the reason wherever it is among them.
            let hidden = steps.iter().copied().find(|c| c.category == Category::Opaque);
            let Some(cause) = hidden.or_else(|| blame(&steps)) else { continue };
            if b.closure_def().is_some() {
                match (external(b, longer), external(b, shorter)) {
                    (Some(External::Signature(i)), Some(to))
                        if !matches!(to, External::Signature(_)) && is_bound(b, i) =>
                    {
                        let error = lifetime::EscapesClosure { span: b.cx.whole(cause.span) };
                        result = Err(b.tcx().diag.emit_error(error.diagnostic()));
                        break;
                    }
                    (Some(longer), Some(shorter)) => {
                        summary.requirements.push(Requirement {
                            longer,
                            shorter,
                            category: cause.category,
                            span: cause.span,
                        });
                        continue;
                    }
                    (None, Some(_)) if b.origins[longer as usize] == Origin::ClosureSelf => {}
                    _ => continue,
                }
            }
            result = Err(b.tcx().diag.emit_error(outlives_error(b, longer, shorter, cause)));
            break;
        }
    }
    result = result.and(check_types(b, values));
    result.map(|()| summary)
}

/// Whether a region of a closure's signature is new at each call: it stands in a written type of a parameter, and nothing
/// around the closure says otherwise.
fn is_bound(b: &BorrowCx<'_, '_>, number: u32) -> bool {
    let Some(def) = b.closure_def() else { return false };
    if !b.tcx().typeck(b.cx.hir.owner).unguided_closures.contains(&def) {
        return false;
    }
    let closure = b.cx.hir.exprs.iter().find_map(|e| match &e.kind {
        ExprKind::Closure(c) if c.def == def => Some(c),
        _ => None,
    });
    let Some(closure) = closure else { return false };
    closure.params.iter().enumerate().any(|(i, (_, written))| {
        let ty = b.local_tys.get(i + 2).copied();
        let mut inside = false;
        if let Some(ty) = ty {
            for_each_region(ty, &mut |v| inside |= b.origins[v as usize] == Origin::Signature(number));
        }
        inside && written.as_ref().is_some_and(|t| !names_lifetime(t))
    })
}

fn external(b: &BorrowCx<'_, '_>, v: Vid) -> Option<External> {
    match b.origins[v as usize] {
        Origin::Static => Some(External::Static),
        Origin::Named(r) => Some(External::Named(r)),
        Origin::Capture(i) => Some(External::Capture(i)),
        Origin::Signature(i) => Some(External::Signature(i)),
        _ => None,
    }
}

/// A given region as the user knows it, in quotes.
pub fn region_name(b: &BorrowCx<'_, '_>, v: Vid) -> String {
    match b.origins[v as usize] {
        Origin::Static => "`'static`".to_string(),
        Origin::Named(Region::Bound(name) | Region::Param(_, name)) if !collect::is_unwritten(name) => {
            format!("`{name}`")
        }
        Origin::BodyEnd => "the rest of the caller".to_string(),
        _ => "`'1`".to_string(),
    }
}

fn is_written(b: &BorrowCx<'_, '_>, v: Vid) -> bool {
    match b.origins[v as usize] {
        Origin::Static => true,
        Origin::Named(Region::Bound(name) | Region::Param(_, name)) => !collect::is_unwritten(name),
        _ => false,
    }
}

/// The parameter whose type mentions a region: its number from 1.
fn parameter_of(b: &BorrowCx<'_, '_>, v: Vid) -> Option<usize> {
    (1..=b.body.arg_count).find(|&i| mentions(b.local_tys[i], v))
}

fn mentions(ty: Ty, v: Vid) -> bool {
    let mut any = false;
    for_each_region(ty, &mut |r| any |= r == v);
    any
}

fn outlives_error(b: &BorrowCx<'_, '_>, longer: Vid, shorter: Vid, cause: &Outlives) -> Diagnostic {
    if b.origins[longer as usize] == Origin::ClosureSelf {
        return lifetime::CapturedEscapes { span: b.cx.whole(cause.span) }.diagnostic();
    }
    let span = b.cx.whole(cause.span);
    if cause.category == Category::Opaque {
        return lifetime::HiddenCapture { span }.diagnostic();
    }
    let parameter = parameter_of(b, longer);
    let name = parameter.and_then(|i| lifetime::parameter_name(b, i));
    let has_self = matches!(&b.tcx().hir.def(b.cx.hir.owner).kind, crate::hir::DefKind::Fn(f) if f.has_self);
    // Naming the lifetime in the parameter's type would do.
    if let (Some(i), Some(name)) = (parameter, &name)
        && is_written(b, shorter)
        && shorter != STATIC
        && !is_written(b, longer)
        && !(has_self && i == 1)
        && !mentions(b.local_tys[0], longer)
    {
        let region = region_name(b, shorter);
        return lifetime::Required {
            span,
            name,
            region: &region,
            ty: b.body.locals[crate::mir::Local::new(i)].span,
        }
        .diagnostic();
    }
    if shorter == STATIC
        && let Some(name) = &name
        && !matches!(cause.category, Category::Return | Category::Assignment)
    {
        return lifetime::Escapes {
            span,
            name,
            at: b.body.locals[crate::mir::Local::new(parameter.unwrap_or(1))].span,
        }
        .diagnostic();
    }
    let (one, other) = match (is_written(b, longer), is_written(b, shorter)) {
        (false, false) => ("`'1`".to_string(), "`'2`".to_string()),
        _ => (region_name(b, longer), region_name(b, shorter)),
    };
    lifetime::TooShort { span, category: cause.category, longer: &one, shorter: &other }.diagnostic()
}

/// Type parameters that must outlive regions.
fn check_types(b: &BorrowCx<'_, '_>, values: &Values) -> Result<(), ErrorReported> {
    if b.closure_def().is_some() {
        return Ok(());
    }
    let mut result = Ok(());
    let mut told = Vec::new();
    for test in &b.type_tests {
        for end in values.ends(test.region) {
            if end == BODY_END {
                continue;
            }
            let fine = b.known_types.iter().any(|(ty, r)| *ty == test.ty && b.is_known(*r, end));
            if fine || told.contains(&(test.ty, test.span)) {
                continue;
            }
            told.push((test.ty, test.span));
            let TyKind::Param(p) = test.ty.kind() else { continue };
            let region = region_name(b, end);
            let error = lifetime::Parameter {
                span: test.span,
                name: p.name.as_str(),
                region: &region,
                is_static: end == STATIC,
            };
            result = Err(b.tcx().diag.emit_error(error.diagnostic()));
        }
    }
    result
}
