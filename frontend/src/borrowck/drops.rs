//! Which regions in a type its drop looks at, and whether it has an end.
//!
//! A type of the user's with a `Drop` impl may look at all of them. Containers of our std only drop what they hold, as
//! rustc's do with `#[may_dangle]`; those with lifetimes of their own (`Drain`, `RefMut`) look at these.

use super::context::BorrowCx;
use super::places::{has_drop_impl, type_args};
use super::regions::{Vid, for_each_region, vid};
use super::signature::Late;
use crate::diag::{Diagnostic, ErrorReported};
use crate::hash::FastSet;
use crate::lower::moves::MoveCx;
use crate::mir::{Body, TerminatorKind};
use crate::ty::{GenericArg, Ty, TyKind};

/// Reports variables whose drop would need a function for each of endlessly many types.
pub fn check_ends(cx: MoveCx<'_, '_>, body: &Body) -> Result<(), ErrorReported> {
    let mut result = Ok(());
    let mut seen = FastSet::default();
    for block in &body.blocks {
        let TerminatorKind::Drop { place, .. } = &block.terminator.kind else { continue };
        let local = &body.locals[place.local];
        if !seen.insert(local.ty) {
            continue;
        }
        if let Some(found) = cx.tcx.endless_drop(local.ty) {
            let message = format!("overflow while adding drop-check rules for `{}`", local.ty);
            let error = Diagnostic::error("E0320", local.span, message)
                .note(format!("it holds ever larger types, such as `{found}`"));
            result = Err(cx.tcx.diag.emit_error(error));
        }
    }
    result
}

/// The regions.
pub fn dropped_regions(b: &mut BorrowCx<'_, '_>, ty: Ty) -> Vec<Vid> {
    let mut out = Vec::new();
    let mut seen = Vec::new();
    collect(b, ty, &mut seen, &mut out);
    out.sort_unstable();
    out.dedup();
    out
}

fn all(ty: Ty, out: &mut Vec<Vid>) {
    for_each_region(ty, &mut |v| out.push(v));
}

fn collect(b: &mut BorrowCx<'_, '_>, ty: Ty, seen: &mut Vec<Ty>, out: &mut Vec<Vid>) {
    match *ty.kind() {
        TyKind::Tuple(ts) => ts.iter().for_each(|&t| collect(b, t, seen, out)),
        TyKind::Array(t, _) | TyKind::Slice(t) => collect(b, t, seen, out),
        TyKind::Closure(_, args) => {
            if let Some(t) = args.last().and_then(|a| a.as_type()) {
                collect(b, t, seen, out);
            }
        }
        TyKind::Param(_) | TyKind::Projection(..) | TyKind::Opaque(..) | TyKind::Dynamic(..) => all(ty, out),
        TyKind::Adt(def, args) => {
            if seen.contains(&ty) || seen.len() > 64 {
                return;
            }
            seen.push(ty);
            let tcx = b.tcx();
            let std = tcx.is_std(def);
            if Some(def) == tcx.lang.manually_drop {
                return;
            }
            if has_drop_impl(&b.cx, def) || Some(def) == tcx.lang.owned_box {
                if !std {
                    return all(ty, out);
                }
                for arg in args.iter() {
                    if let GenericArg::Region(r) = *arg {
                        out.extend(vid(r));
                    }
                }
                return type_args(args).for_each(|t| collect(b, t, seen, out));
            }
            for (v, variant) in tcx.variants(def).iter().enumerate() {
                for field in 0..variant.fields.len() {
                    let field = tcx.field_ty_identity(def, v, field);
                    let field = b.instantiate(field, args, &mut Late::default());
                    collect(b, field, seen, out);
                }
            }
        }
        _ => {}
    }
}
