//! The borrow check, on MIR before drops are elaborated; modelled on rustc's non-lexical lifetimes.
//!
//! In: a body whose moves are checked. Out: errors, and for a closure what its body needs of the regions around it.
//!
//! [`regions`] puts a region variable in the place of each erased region ([`context`] keeps them), [`generate`] walks the
//! body and relates types ([`relate`], [`signature`], [`project`]), which makes outlives [`constraints`]; [`liveness`] says
//! where variables, and so their regions, are needed; [`values`] solves. Then each loan is in force where its region
//! lasts ([`loans`]), [`check`] finds accesses it forbids and [`universal`] regions that must outlive what
//! they need not; [`explain`] says why.
//!
//! Where something is not known (the lifetimes a `fn` pointer binds, what a projection is) new regions without constraints
//! stand in: an error may be missed then, but none is made up.

pub mod annotations;
pub mod check;
pub mod constraints;
pub mod context;
pub mod drops;
pub mod explain;
pub mod generate;
pub mod liveness;
pub mod loans;
pub mod places;
pub mod project;
pub mod regions;
pub mod relate;
pub mod signature;
pub mod summary;
pub mod trait_results;
pub mod universal;
pub mod values;
pub mod wellformed;

use crate::diag::ErrorReported;
use crate::hash::FastMap;
use crate::hir::DefId;
use crate::lower::moves::MoveCx;
use crate::lower::moves::flow::Flow;
use crate::lower::moves::paths::MoveData;
use crate::mir::{Body, Place, Rvalue, StatementKind};

use constraints::BySup;
use context::BorrowCx;
use summary::ClosureSummary;

/// Checks a body; the closures in it are checked already.
pub fn check_borrows(
    cx: MoveCx<'_, '_>,
    body: &Body,
    data: &MoveData,
    flow: &Flow,
    closures: &FastMap<DefId, ClosureSummary>,
) -> Result<ClosureSummary, ErrorReported> {
    drops::check_ends(cx, body)?;
    if !may_err(cx, body) {
        return Ok(ClosureSummary::default());
    }
    let mut b = BorrowCx::new(cx, body, closures);
    let loans = generate::generate(&mut b);
    if cx.closure.is_none() {
        b.apply_annotations();
    }
    let points = values::Points::new(body);
    let live = liveness::compute(&mut b, &points, data, flow);
    let by_sup = BySup::new(b.origins.len(), &b.constraints);
    let values = values::solve(&b.origins, &b.constraints, &by_sup, points.count(), &mut |add| {
        for (own, set) in &live.facts {
            for &v in own {
                add(v, set);
            }
        }
    });
    let scope = loans::in_scope(body, &points, &values, &loans);
    let facts = explain::Facts {
        loans: &loans,
        points: &points,
        values: &values,
        live: &live,
        constraints: &b.constraints,
        by_sup: &by_sup,
    };
    let initialised = |at, place: &Place| {
        let Some(state) = flow.before(data, at) else { return false };
        let mut any = false;
        data.for_subtree(data.find(place).path, &mut |p| any |= state.may_be_init(p));
        any
    };
    let checked = check::check(&b, &facts, &loans, &scope, &points, &initialised);
    let summary = universal::check(&b, &values, &b.constraints, &by_sup);
    checked.and(summary)
}

/// Whether anything is borrowed or any region is given.
fn may_err(cx: MoveCx<'_, '_>, body: &Body) -> bool {
    cx.closure.is_some()
        || body.arg_tys().iter().chain([&body.return_ty()]).any(|&t| regions::has_regions(t))
        || body
            .blocks
            .iter()
            .flat_map(|b| &b.statements)
            .any(|s| matches!(&s.kind, StatementKind::Assign(_, Rvalue::Ref(..) | Rvalue::Cast(..))))
}
