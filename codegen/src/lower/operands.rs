//! Questions about bodies.

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::visit::{PlaceUse, Visitor};
use cloudc_frontend::mir::{Body, Constant, ConstantKind, Local, Location, Operand, Place, Projection};

/// The locals whose address is needed: borrowed, or indexed.
pub(super) fn locals_in_memory(body: &Body) -> IndexVec<Local, bool> {
    struct Find(IndexVec<Local, bool>);
    impl Visitor for Find {
        fn visit_place(&mut self, place: &Place, how: PlaceUse, _at: Location) {
            for step in &place.projection {
                match step {
                    Projection::Deref => return,
                    Projection::Index(_) | Projection::ConstantIndex { .. } | Projection::Subslice { .. } => {
                        self.0[place.local] = true;
                        return;
                    }
                    Projection::Field(..) | Projection::Downcast(_) => {}
                }
            }
            if how.is_borrow() || how == PlaceUse::Drop {
                self.0[place.local] = true;
            }
        }
    }
    let mut find = Find(body.locals.indices().map(|_| false).collect());
    find.visit_body(body);
    find.0
}

/// Whether an operand is a constant of zero bits.
pub(super) fn is_zero(operand: &Operand) -> bool {
    matches!(operand, Operand::Constant(Constant { kind: ConstantKind::Scalar(0), .. }))
}

/// Whether an operand may lie in the place written.
pub(super) fn may_overlap(place: &Place, operand: &Operand) -> bool {
    operand.place().is_some_and(|from| from.local == place.local || from.is_indirect() || place.is_indirect())
}
