//! Type checking of bodies, as rustc does it: bidirectional, with unification and a list of obligations.
//!
//! In: a body of the HIR and the typing context. Out: [`results::TypeckResults`]. Each body is checked once, in its generic form,
//! when first asked for. Errors are reported on the way; an error type silences what follows from it.
//!
//! Reading order: [`fn_ctxt`] (state), [`check_body`] (the order of the steps), [`expr`], [`control`], [`block`], [`path`], [`call`],
//! [`method`], [`op`], [`place_op`], [`pat`], [`coerce`], [`cast`], [`closure`], [`upvar`], [`writeback`]; [`item`] and [`coherence`] check
//! heads of items, [`entry`] those of `main` and of tests; [`const_eval`] computes constants in types.

pub mod adt;
pub mod autoderef;
pub mod block;
pub mod call;
pub mod cast;
pub mod check_body;
pub mod closure;
pub mod coerce;
pub mod coherence;
mod conformity;
mod const_calls;
pub mod const_eval;
pub mod control;
pub mod diagnostics;
pub mod entry;
pub mod expectation;
pub mod expr;
pub mod field;
pub mod fn_ctxt;
pub mod impl_bounds;
pub mod impl_lifetimes;
pub mod item;
pub mod method;
pub mod op;
pub mod opaque;
pub mod pat;
pub mod path;
pub mod place_op;
pub mod private_types;
pub mod probe;
pub mod results;
pub mod upvar;
pub mod writeback;

#[cfg(test)]
mod tests;

use crate::hir::{CrateId, DefKind};
use crate::ty::Tcx;

/// Checks the heads of all items of a crate, and what they must be to each other.
pub fn check_items(tcx: &Tcx<'_>, krate: CrateId) {
    for def in tcx.hir.defs_of(krate) {
        item::check_item(tcx, def.id);
        // Our std calls methods of traits in constants, as Rust's does; programs may not.
        if !tcx.is_std(def.id) {
            const_calls::check(tcx, def.id);
        }
    }
    coherence::check_coherence(tcx, krate);
}

/// Checks every item and body of a crate.
pub fn check_crate(tcx: &Tcx<'_>, krate: CrateId) {
    check_items(tcx, krate);
    // Bodies may add definitions (closures) at the end: they belong to bodies that are checked anyway.
    for def in tcx.hir.defs_of(krate) {
        match def.kind {
            DefKind::Fn(_) | DefKind::Const { .. } | DefKind::Static { .. } | DefKind::AnonConst { .. }
                if tcx.body_of(def.id).is_some() =>
            {
                tcx.typeck(def.id);
            }
            _ => {}
        }
    }
}
