//! `Clone::clone` of tuples, arrays and closures.

use crate::mir::*;
use crate::mono::builder::BodyBuilder;
use crate::mono::{Collector, Instance};
use crate::ty::{Args, GenericArg, Mutability, Ty, TyKind};

impl Collector<'_, '_> {
    pub(in crate::mono) fn clone_body(&mut self, ty: Ty) -> Body {
        self.describe(ty);
        let mut b = BodyBuilder::new(&[Ty::reference(ty, Mutability::Not)], ty);
        let (value, result) = (b.arg(1).deref(), b.result());
        if self.tcx.is_copy(&self.env, ty) {
            b.assign(&result, Rvalue::Use(Operand::Copy(value)));
            return b.finish();
        }
        match *ty.kind() {
            TyKind::Tuple(ts) => {
                for (i, &t) in ts.iter().enumerate() {
                    self.clone_place(&mut b, value.field(i, t), &result.field(i, t), t);
                }
            }
            TyKind::Closure(..) => {
                for (i, t) in self.program.field_tys(ty, 0).into_iter().enumerate() {
                    self.clone_place(&mut b, value.field(i, t), &result.field(i, t), t);
                }
            }
            TyKind::Array(t, n) => {
                let n = n.as_u64().unwrap_or(0);
                b.for_each(Operand::usize(n), |b, i| {
                    let step = Projection::Index(i);
                    self.clone_place(b, value.project(step), &result.project(step), t);
                });
            }
            _ => b.assign(&result, Rvalue::Use(Operand::Copy(value))),
        }
        b.finish()
    }

    fn clone_place(&mut self, b: &mut BodyBuilder, from: Place, to: &Place, ty: Ty) {
        if self.tcx.is_copy(&self.env, ty) {
            return b.assign(to, Rvalue::Use(Operand::Copy(from)));
        }
        let reference = b.temp(Ty::reference(ty, Mutability::Not), Rvalue::Ref(BorrowKind::Shared, from));
        let method = self.lang("clone").and_then(|t| match &self.tcx.hir.def(t).kind {
            crate::hir::DefKind::Trait(t) => t.items.first().copied(),
            _ => None,
        });
        let f = match method.and_then(|m| self.callable(m, Args::new(&[GenericArg::Type(ty)]))) {
            Some(instance) => self.declare(instance),
            None => self.declare(Instance::CloneShim(ty)),
        };
        b.call(Callee::Func(f), vec![Operand::Move(reference)], to);
    }
}
