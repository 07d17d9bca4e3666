//! Who owns what: moves checked, drops made exact.
//!
//! In: a body in [`Phase::Built`](crate::mir::Phase). Out: the same body in `Phase::Owned`, or errors. [`paths`]
//! numbers the places that are moved or initialised on their own; [`flow`] finds where each may hold a value and
//! where it may not; [`check`] reports uses of what may be gone; [`mutability`] reports writes to what may not
//! change; [`elaborate`] makes every drop unconditional, guarded by a flag, or gone.

pub mod check;
pub mod elaborate;
pub mod flow;
pub mod mutability;
pub mod names;
pub mod paths;
pub mod spans;

use crate::borrowck::check_borrows;
use crate::borrowck::summary::ClosureSummary;
use crate::diag::ErrorReported;
use crate::hash::{FastMap, FastSet};
use crate::hir::{self, DefId};
use crate::mir::{Body, Local, Place};
use crate::source::Span;
use crate::ty::tcx::{ParamEnv, Tcx};
use crate::typeck::results::ClosureInfo;

use spans::OperandSpans;

/// What the analyses of a body ask.
#[derive(Clone, Copy)]
pub struct MoveCx<'a, 'h> {
    /// Types and definitions.
    pub tcx: &'a Tcx<'h>,
    /// Assumptions of the owner.
    pub env: ParamEnv,
    /// The HIR body: names of captured variables.
    pub hir: &'a hir::Body,
    /// The closure, if the body is one's.
    pub closure: Option<(&'a ClosureInfo, hir::ClosureKind)>,
    /// Where operands stand that are read directly by a larger expression.
    pub operand_spans: &'a OperandSpans,
    /// The whole expressions of calls that stand at a method's name.
    pub call_spans: &'a FastMap<Span, Span>,
    /// Temporaries that hold what rustc promotes: they may be borrowed for ever.
    pub constant_temps: &'a FastSet<Local>,
}

impl MoveCx<'_, '_> {
    /// Where a place is named inside the expression at `within`: the last time, or the first.
    pub fn operand_span(&self, place: &Place, within: Span, last: bool) -> Span {
        let find = if last { OperandSpans::last_within } else { OperandSpans::first_within };
        find(self.operand_spans, place, within).unwrap_or(within)
    }

    /// The whole expression that stands at a span.
    pub fn whole(&self, span: Span) -> Span {
        self.call_spans.get(&span).copied().unwrap_or(span)
    }

    /// Where an argument of a call at `within` is named: inside, or before it if it is the receiver of a method, whose
    /// call stands at the method's name.
    pub fn argument_span(&self, place: &Place, within: Span) -> Span {
        let found = self.operand_span(place, within, true);
        if found != within {
            return found;
        }
        self.operand_spans.last_before(place, within).unwrap_or(within)
    }
}

/// Checks moves, mutability and borrows (unless the body is trusted) and elaborates drops.
/// What a closure needs of the regions around it is returned; `closures` has that of those inside.
pub fn own(
    cx: MoveCx<'_, '_>,
    body: &mut Body,
    trusted: bool,
    closures: &FastMap<DefId, ClosureSummary>,
) -> Result<ClosureSummary, ErrorReported> {
    let mut summary = ClosureSummary::default();
    let data = paths::gather(cx, body);
    let flow = flow::solve(cx, body, &data);
    if !trusted {
        let mut result = Ok(());
        for error in &data.illegal {
            result = Err(check::report_illegal(cx, body, error));
        }
        result = result.and(check::check_moves(cx, body, &data, &flow));
        result = result.and(mutability::check_mutability(cx, body, &data, &flow));
        result?;
        summary = check_borrows(cx, body, &data, &flow, closures)?;
    }
    elaborate::elaborate(cx, body, &data, &flow);
    Ok(summary)
}
