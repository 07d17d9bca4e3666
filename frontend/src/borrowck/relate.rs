//! Types that must be the same, or one the subtype of the other, as constraints on their regions.
//!
//! Both types are the same when regions are erased, or nearly: what checking made equal by other means (an opaque
//! type and what it hides, signatures of function pointers) is passed over.

use super::constraints::Category;
use super::context::BorrowCx;
use super::regions::{BODY_END, STATIC, Vid, for_each_region, vid};
use crate::hir::{DefId, DefKind, HirBound};
use crate::ty::variance::Variance;
use crate::ty::{Args, GenericArg, Mutability, Region, Ty, TyKind};

impl BorrowCx<'_, '_> {
    /// A value of type `a` is used as one of type `b`.
    pub fn subtype(&mut self, a: Ty, b: Ty) {
        self.relate(a, b, Variance::Co);
    }

    /// The types are the same.
    pub fn same_type(&mut self, a: Ty, b: Ty) {
        self.relate(a, b, Variance::In);
    }

    /// Relates two types.
    pub fn relate(&mut self, a: Ty, b: Ty, how: Variance) {
        if a == b || how == Variance::Bi {
            return;
        }
        match (*a.kind(), *b.kind()) {
            (TyKind::Ref(r, x, m), TyKind::Ref(s, y, _)) => {
                self.relate_regions(r, s, how);
                // Nothing can be written over a trait object, so that it may be coerced to one that lives shorter.
                let is_object = matches!((x.kind(), y.kind()), (TyKind::Dynamic(..), TyKind::Dynamic(..)));
                let inner = if m == Mutability::Mut && !is_object { Variance::In } else { Variance::Co };
                self.relate(x, y, how.then(inner));
            }
            (TyKind::Adt(d, x), TyKind::Adt(e, y)) if d == e => {
                let variances = self.tcx().variances(d);
                for (i, (&x, &y)) in x.iter().zip(y.iter()).enumerate() {
                    let own = variances.get(i).copied().unwrap_or(Variance::In);
                    self.relate_arg(x, y, how.then(own));
                }
            }
            (TyKind::Array(x, _), TyKind::Array(y, _))
            | (TyKind::Slice(x), TyKind::Slice(y))
            | (TyKind::RawPtr(x, _), TyKind::RawPtr(y, _)) => self.relate(x, y, how),
            (TyKind::Tuple(x), TyKind::Tuple(y)) => {
                for (&x, &y) in x.iter().zip(y.iter()) {
                    self.relate(x, y, how);
                }
            }
            (TyKind::Closure(d, x), TyKind::Closure(e, y)) if d == e => {
                if let (Some(&x), Some(&y)) = (x.last(), y.last()) {
                    self.relate_arg(x, y, how);
                }
            }
            (TyKind::Dynamic(_, x, p, r), TyKind::Dynamic(_, y, q, s)) => {
                self.relate_args(x, y);
                for (&(_, x), &(_, y)) in p.iter().zip(q.iter()) {
                    self.relate(x, y, Variance::In);
                }
                self.relate_regions(r, s, how);
            }
            (TyKind::FnDef(d, x), TyKind::FnDef(e, y))
            | (TyKind::Projection(d, x), TyKind::Projection(e, y))
            | (TyKind::Opaque(d, x), TyKind::Opaque(e, y))
                if d == e =>
            {
                self.relate_args(x, y)
            }
            // The hidden type of an `impl Trait` of this function may hold whatever lives past it.
            _ => match (self.tcx().as_opaque(a), self.tcx().as_opaque(b)) {
                (Some(def), _) => self.hide(def, b),
                (_, Some(def)) => self.hide(def, a),
                _ => {}
            },
        }
    }

    fn hide(&mut self, opaque: DefId, hidden: Ty) {
        // What another function hides is not made here.
        if self.tcx().generics_owner(opaque) != self.cx.hir.owner {
            return;
        }
        let mut found = Vec::new();
        for_each_region(hidden, &mut |v| found.push(v));
        let span = self.span;
        for region in self.opaque_bounds(opaque) {
            self.type_outlives(hidden, region);
        }
        if let Some(names) = self.tcx().captured_lifetimes(opaque) {
            let least = names.first().and_then(|name| self.region_named(*name)).unwrap_or(STATIC);
            self.because(Category::Opaque, span, |b| found.iter().for_each(|&v| b.outlives(v, least)));
        }
        self.because(Category::Opaque, span, |b| {
            for v in found {
                b.outlives(v, BODY_END);
            }
        });
    }

    /// The lifetimes that an `impl Trait + 'a` of this function names.
    fn opaque_bounds(&self, opaque: DefId) -> Vec<Vid> {
        let DefKind::Opaque(bounds) = &self.tcx().hir.def(opaque).kind else { return Vec::new() };
        if self.tcx().generics_owner(opaque) != self.cx.hir.owner || self.closure_def().is_some() {
            return Vec::new();
        }
        let region = |bound: &HirBound| match bound {
            HirBound::Lifetime(name) if *name == "'static" => Some(STATIC),
            HirBound::Lifetime(name) => self.region_named(*name),
            _ => None,
        };
        bounds.iter().filter_map(region).collect()
    }

    fn relate_args(&mut self, a: Args, b: Args) {
        for (&x, &y) in a.iter().zip(b.iter()) {
            self.relate_arg(x, y, Variance::In);
        }
    }

    pub(super) fn relate_arg(&mut self, a: GenericArg, b: GenericArg, how: Variance) {
        match (a, b) {
            (GenericArg::Type(x), GenericArg::Type(y)) => self.relate(x, y, how),
            (GenericArg::Region(r), GenericArg::Region(s)) => self.relate_regions(r, s, how),
            _ => {}
        }
    }

    /// Relates two regions: a longer one is the subtype.
    pub fn relate_regions(&mut self, a: Region, b: Region, how: Variance) {
        let (Some(a), Some(b)) = (vid(a), vid(b)) else { return };
        match how {
            Variance::Bi => {}
            Variance::Co => self.outlives(a, b),
            Variance::Contra => self.outlives(b, a),
            Variance::In => self.equal(a, b),
        }
    }
}
