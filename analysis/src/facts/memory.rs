//! What reads and writes memory behind pointers.

use cloudc_frontend::mir::{Body, Callee, Place, Projection, Statement, StatementKind, TerminatorKind};
use cloudc_frontend::mono::Program;
use cloudc_frontend::symbol::Symbol;
use cloudc_frontend::ty::{Mutability, Ty, TyKind};

/// What an intrinsic does besides computing its result from its arguments' bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Effect {
    /// Nothing.
    None,
    /// Reads memory.
    Reads,
    /// Writes memory, talks to the host, or never returns.
    Writes,
}

/// The effect of an intrinsic.
pub fn intrinsic_effect(name: Symbol) -> Effect {
    match name.as_str() {
        "size_of"
        | "align_of"
        | "size_of_val"
        | "type_name"
        | "offset"
        | "slice_from_raw_parts"
        | "slice_from_raw_parts_mut"
        | "slice_len"
        | "slice_ptr"
        | "rotate_left"
        | "rotate_right"
        | "ctpop"
        | "ctlz"
        | "cttz"
        | "bswap"
        | "bitreverse"
        | "fsqrt"
        | "ffloor"
        | "fceil"
        | "ftrunc"
        | "froundeven"
        | "fabs"
        | "fcopysign"
        | "ffma"
        | "rt_state" => Effect::None,
        "compare_bytes" => Effect::Reads,
        _ => Effect::Writes,
    }
}

/// Whether a terminator may write memory or borrowed locals.
pub fn terminator_writes(terminator: &TerminatorKind) -> bool {
    match terminator {
        TerminatorKind::Call { callee: Callee::Intrinsic(name, _), destination, .. } => {
            intrinsic_effect(*name) == Effect::Writes || destination.is_indirect()
        }
        TerminatorKind::Call { .. } | TerminatorKind::Drop { .. } => true,
        _ => false,
    }
}

/// Whether a statement writes through a pointer.
pub fn statement_writes(statement: &Statement) -> bool {
    matches!(&statement.kind, StatementKind::Assign(place, _) if place.is_indirect())
}

/// Whether a place lies behind a shared reference, inside nothing that may change there: then it keeps its value as long
/// as the reference is used.
pub fn is_frozen(program: &Program, body: &Body, place: &Place) -> bool {
    let mut ty = body.locals[place.local].ty;
    let [Projection::Deref, rest @ ..] = &place.projection[..] else { return false };
    let TyKind::Ref(_, to, Mutability::Not) = *ty.kind() else { return false };
    ty = to;
    if is_cell(program, ty) {
        return false;
    }
    for &step in rest {
        if !matches!(step, Projection::Field(..) | Projection::Downcast(_)) {
            return false;
        }
        ty = cloudc_frontend::mir::body::project_ty(ty, step);
        if is_cell(program, ty) {
            return false;
        }
    }
    true
}

fn is_cell(program: &Program, ty: Ty) -> bool {
    program.is_lang(ty, "unsafe_cell")
}
