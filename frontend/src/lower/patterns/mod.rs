//! Exhaustiveness and reachability of patterns.
//!
//! In: the typed form of a body. Out: diagnostics. [`usefulness`] is Maranget's algorithm on a matrix of
//! [`constructor`]s, in the one-pass form rustc uses: one descent finds both the values no arm matches and the arms
//! no value reaches.

mod constructor;
mod usefulness;
mod witness;

use crate::diag::{DiagSink, ErrorReported};
use crate::hir::MatchSource;
use crate::lower::errors::{e0004, e0005, unreachable_pattern};
use crate::lower::thir::{Arm, BodyKind, ExprKind, Pat, PatKind, Stmt, Thir, ThirId};
use crate::source::Span;
use crate::ty::Ty;
use crate::ty::tcx::{ParamEnv, Tcx};

use usefulness::{Row, check_rows};

/// What the algorithm asks about types.
pub struct PatCx<'a, 'h> {
    /// Types and definitions.
    pub tcx: &'a Tcx<'h>,
    /// Assumptions of the owner.
    pub env: ParamEnv,
}

/// Reports matches that leave values out, refutable patterns where none may be, and arms nothing reaches.
pub fn check_patterns(cx: &PatCx<'_, '_>, thir: &Thir, kind: &BodyKind) -> Result<(), ErrorReported> {
    let mut result = Ok(());
    let mut keep = |r: Result<(), ErrorReported>| {
        if r.is_err() {
            result = r;
        }
    };
    let place = if matches!(kind, BodyKind::Closure(..)) { "closure argument" } else { "function argument" };
    for param in &thir.params {
        keep(check_irrefutable(cx, &param.pat, place, param.pat.span, false));
    }
    for expr in thir.exprs.iter() {
        match &expr.kind {
            ExprKind::Match { value, arms, source } => {
                keep(check_match(cx, thir, *value, arms, *source, expr.span))
            }
            ExprKind::Block(block) => {
                for stmt in &block.stmts {
                    if let Stmt::Let { pat, init, els: None, .. } = stmt {
                        keep(check_irrefutable(cx, pat, "local binding", pat.span, init.is_some()));
                    }
                }
            }
            _ => {}
        }
    }
    result
}

fn check_match(
    cx: &PatCx<'_, '_>,
    thir: &Thir,
    value: ThirId,
    arms: &[Arm],
    source: MatchSource,
    span: Span,
) -> Result<(), ErrorReported> {
    let scrutinee = &thir.exprs[value];
    match source {
        MatchSource::Question | MatchSource::ForOuter | MatchSource::Desugar => return Ok(()),
        MatchSource::ForNext => {
            // `Some(p) => body`: the user wrote `p`.
            let user = arms.iter().find_map(|a| match &a.pat.kind {
                PatKind::Variant { fields, .. } => fields.first().map(|f| &f.1),
                _ => None,
            });
            return match user {
                Some(pat) => check_irrefutable(cx, pat, "`for` loop binding", pat.span, false),
                None => Ok(()),
            };
        }
        MatchSource::Match => {}
    }
    let mut rows = Vec::new();
    for (i, arm) in arms.iter().enumerate() {
        for alternative in alternatives(&arm.pat) {
            rows.push(Row::new(cx, alternative, i, arm.guard.is_some()));
        }
    }
    let found = check_rows(cx, &mut rows, scrutinee.ty);
    report_unreachable(cx.tcx.diag, arms, &rows);
    if found.is_empty() {
        return Ok(());
    }
    let patterns: Vec<String> = found.iter().map(|w| w.show(cx)).collect();
    Err(cx.tcx.diag.emit_error(
        e0004::NonExhaustive {
            span: scrutinee.span,
            whole: span,
            ty: scrutinee.ty,
            patterns: &patterns,
            no_arms: arms.is_empty(),
            all_guarded: !arms.is_empty() && arms.iter().all(|a| a.guard.is_some()),
        }
        .diagnostic(),
    ))
}

fn report_unreachable(diag: &DiagSink, arms: &[Arm], rows: &[Row]) {
    for (i, arm) in arms.iter().enumerate() {
        let mine: Vec<&Row> = rows.iter().filter(|r| r.arm == i).collect();
        if mine.iter().all(|r| !r.useful) {
            diag.emit(unreachable_pattern::Unreachable { span: arm.pat.span }.diagnostic());
        } else {
            for row in mine.iter().filter(|r| !r.useful) {
                diag.emit(unreachable_pattern::Unreachable { span: row.span }.diagnostic());
            }
        }
    }
}

fn alternatives(pat: &Pat) -> Vec<&Pat> {
    match &pat.kind {
        PatKind::Or(ps) => ps.iter().flat_map(alternatives).collect(),
        _ => vec![pat],
    }
}

fn check_irrefutable(
    cx: &PatCx<'_, '_>,
    pat: &Pat,
    place: &str,
    span: Span,
    suggest_else: bool,
) -> Result<(), ErrorReported> {
    if always_matches(cx, pat) {
        return Ok(());
    }
    let mut rows: Vec<Row> = alternatives(pat).into_iter().map(|p| Row::new(cx, p, 0, false)).collect();
    let found = check_rows(cx, &mut rows, pat.ty);
    if found.is_empty() {
        return Ok(());
    }
    let patterns: Vec<String> = found.iter().map(|w| w.show(cx)).collect();
    Err(cx.tcx.diag.emit_error(
        e0005::Refutable { span, place, ty: pat.ty, patterns: &patterns, suggest_else }.diagnostic(),
    ))
}

/// The common cases without building a matrix.
fn always_matches(cx: &PatCx<'_, '_>, pat: &Pat) -> bool {
    match &pat.kind {
        PatKind::Wild | PatKind::Error => true,
        PatKind::Binding { sub, .. } => sub.as_ref().is_none_or(|p| always_matches(cx, p)),
        PatKind::Leaf(fields) => fields.iter().all(|(_, p)| always_matches(cx, p)),
        PatKind::Variant { adt, fields, .. } => {
            cx.tcx.variants(*adt).len() == 1 && fields.iter().all(|(_, p)| always_matches(cx, p))
        }
        PatKind::Deref(p) => always_matches(cx, p),
        _ => false,
    }
}

impl PatCx<'_, '_> {
    /// Type of a field inside this body.
    pub(super) fn field_ty(
        &self,
        def: crate::hir::DefId,
        variant: usize,
        field: usize,
        args: crate::ty::Args,
    ) -> Ty {
        let ty = self.tcx.field_ty(def, variant, field, args);
        self.tcx.erase_regions(self.tcx.normalize(&self.env, ty))
    }
}
