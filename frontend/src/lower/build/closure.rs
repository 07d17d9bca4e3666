//! Closure expressions: what they capture becomes their fields.

use super::*;
use crate::ty::TyKind;
use crate::typeck::results::{CaptureBy, CaptureProjection, ClosureInfo};

impl Builder<'_, '_> {
    pub(super) fn closure(&mut self, info: &ClosureInfo, span: Span) -> Rvalue {
        let mut operands = Vec::with_capacity(info.captures.len());
        for capture in &info.captures {
            let mut place = self.variable(capture.local);
            for step in &capture.projections {
                place = match *step {
                    CaptureProjection::Field(i, ty) => place.field(i, ty),
                    CaptureProjection::Deref(_) => place.deref(),
                };
            }
            let place = self.resolve(&place, capture.span);
            operands.push(match capture.by {
                CaptureBy::Value => self.consume(place, capture.place_ty),
                CaptureBy::Ref(mutability) => {
                    let kind = match mutability {
                        Mutability::Not => BorrowKind::Shared,
                        Mutability::Mut => BorrowKind::Mut { two_phase: false },
                    };
                    let temp = self.new_temp(capture.field_ty, span);
                    self.assign(temp, Rvalue::Ref(kind, place), span);
                    Operand::Move(temp.into())
                }
            });
        }
        let (def, args) = match *info.ty.kind() {
            TyKind::Closure(def, args) => (def, args),
            _ => {
                self.missing(span, "the type of a closure");
                return Rvalue::Use(Operand::unit());
            }
        };
        Rvalue::Aggregate(AggregateKind::Closure(def, args), operands)
    }
}
