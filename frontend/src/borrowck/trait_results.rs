//! `impl Trait` in the results of traits' methods, with regions: see [`crate::ty::trait_results`].

use super::context::BorrowCx;
use super::regions::{for_each_region, vid};
use crate::hir::DefId;
use crate::ty::extent::for_each_part;
use crate::ty::{Args, GenericArg, List, Ty, TyKind};

impl BorrowCx<'_, '_> {
    /// What the method of an impl returns where the trait's says `impl Trait`; `n` arguments are the trait's.
    pub(super) fn project_result(
        &mut self,
        imp: DefId,
        declared: DefId,
        opaque: DefId,
        args: Args,
        n: usize,
    ) -> Option<Ty> {
        let tcx = self.tcx();
        let Some(item) = tcx.impl_item(imp, declared) else {
            return Some(Ty::new(TyKind::Opaque(opaque, args)));
        };
        let value = standing_for(opaque, tcx.fn_sig(declared).output, tcx.fn_sig(item).output)?;
        let (mut all, mut late) = self.impl_args(imp, List::new(&args[..n]))?;
        all.extend(args.iter().skip(n));
        // The lifetimes of the two signatures correspond in order.
        let (ours, theirs) = (tcx.late_regions(item), tcx.late_regions(declared));
        if ours.len() != theirs.len() {
            return None;
        }
        for (name, arg) in ours.iter().zip(args.iter().skip(tcx.generics_count(declared))) {
            if let GenericArg::Region(r) = arg
                && let Some(v) = vid(*r)
            {
                late.insert(*name, v);
            }
        }
        Some(self.instantiate(value, List::new(&all), &mut late))
    }

    /// A type may hold whatever lives as long as the arguments it was made with.
    pub(super) fn captures_all(&mut self, args: Args, ty: Ty) {
        let (mut given, mut held) = (Vec::new(), Vec::new());
        for_each_region(Ty::new(TyKind::FnDef(self.cx.hir.owner, args)), &mut |v| given.push(v));
        for_each_region(ty, &mut |v| held.push(v));
        for &v in &given {
            for &w in &held {
                self.outlives(v, w);
            }
        }
    }
}

/// What stands in `value` where `opaque` stands in a type of the same shape.
fn standing_for(opaque: DefId, shape: Ty, value: Ty) -> Option<Ty> {
    if matches!(shape.kind(), TyKind::Projection(def, _) if *def == opaque) {
        return Some(value);
    }
    let (mut shapes, mut values) = (Vec::new(), Vec::new());
    for_each_part(shape.kind(), &mut |part| shapes.extend(part.as_type()));
    for_each_part(value.kind(), &mut |part| values.extend(part.as_type()));
    shapes.into_iter().zip(values).find_map(|(shape, value)| standing_for(opaque, shape, value))
}
