//! Looks through references whose target is known.

use std::collections::HashMap;

use cloudc_frontend::index::Idx;
use cloudc_frontend::mir::visit::{PlaceUse, VisitorMut};
use cloudc_frontend::mir::*;
use cloudc_frontend::ty::TyKind;

use super::{MirPass, PassCx};
use crate::dataflow::BitSet;
use crate::facts::{Uses, written_first};

/// Writes `_x.f` for `(*_r).f` where `_r = &_x` once and for all, and `(*_q).a.f` where `_r = &(*_q).a`. Then `_r` is often
/// unused, and `_x` no longer borrowed.
pub struct PropagateReferences;

impl MirPass for PropagateReferences {
    fn name(&self) -> &'static str {
        "propagate-references"
    }
    fn run(&self, _: &PassCx<'_>, body: &mut Body) {
        let uses = Uses::of(body);
        let first = written_first(body, &uses);
        let mut targets: HashMap<Local, Place> = HashMap::new();
        for block in &body.blocks {
            for s in &block.statements {
                let StatementKind::Assign(place, rvalue) = &s.kind else { continue };
                let Some(local) =
                    place.as_local().filter(|l| l.index() > body.arg_count && uses.is_single(*l))
                else {
                    continue;
                };
                let target = match rvalue {
                    Rvalue::Ref(_, p) | Rvalue::RawRef(_, p) => p.clone(),
                    // The same address as another pointer type to the same type.
                    Rvalue::Cast(CastKind::Prim(PrimCast::PtrToPtr) | CastKind::Transmute, op, to) => {
                        match op.place() {
                            Some(p) if same_pointee(body, p, *to) => p.deref(),
                            _ => continue,
                        }
                    }
                    Rvalue::Use(Operand::Copy(p) | Operand::Move(p))
                        if body.locals[local].ty.builtin_deref().is_some() && p.projection.is_empty() =>
                    {
                        p.deref()
                    }
                    _ => continue,
                };
                if is_fixed(&first, &target) && (first.contains(local) || !target.is_indirect()) {
                    targets.insert(local, target);
                }
            }
        }
        if targets.is_empty() {
            return;
        }
        let mut see = SeeThrough { targets };
        see.visit_body(body);
    }
}

fn same_pointee(body: &Body, p: &Place, to: cloudc_frontend::ty::Ty) -> bool {
    match (body.place_ty(p).builtin_deref(), to.builtin_deref()) {
        (Some((a, _)), Some((b, _))) => a == b && !matches!(a.kind(), TyKind::Dynamic(..)),
        _ => false,
    }
}

/// Whether a place is the same memory all the time: no index, and pointers on the way only in locals written once.
fn is_fixed(first: &BitSet<Local>, place: &Place) -> bool {
    place.projection.iter().enumerate().all(|(i, step)| match step {
        Projection::Deref => i == 0 && first.contains(place.local),
        Projection::Field(..) | Projection::Downcast(_) => true,
        Projection::Index(_) | Projection::ConstantIndex { .. } | Projection::Subslice { .. } => false,
    })
}

struct SeeThrough {
    targets: HashMap<Local, Place>,
}

impl VisitorMut for SeeThrough {
    fn visit_place(&mut self, place: &mut Place, how: PlaceUse, at: Location) {
        for _ in 0..8 {
            if place.projection.first() != Some(&Projection::Deref) {
                break;
            }
            let Some(target) = self.targets.get(&place.local) else { break };
            if target.local == place.local {
                break;
            }
            let mut projection = target.projection.clone();
            projection.extend_from_slice(&place.projection[1..]);
            *place = Place { local: target.local, projection };
        }
        self.walk_place(place, how, at);
    }
}
