//! What outlives what because a type is well-formed.

use std::rc::Rc;

use crate::hir::DefId;
use crate::ty::{GenericArg, Region, Tcx, Ty, TyKind, fold};

/// For each `&'r T` and each ADT inside: regions and type parameters, and what they outlive.
pub fn outlives_of(tcx: &Tcx<'_>, ty: Ty, out: &mut Vec<(GenericArg, Region)>) {
    match *ty.kind() {
        TyKind::Ref(r, to, _) => {
            components(to, &mut |c| out.push((c, r)));
            outlives_of(tcx, to, out);
        }
        TyKind::Array(t, _) | TyKind::Slice(t) | TyKind::RawPtr(t, _) => outlives_of(tcx, t, out),
        TyKind::Tuple(ts) => ts.iter().for_each(|&t| outlives_of(tcx, t, out)),
        TyKind::Adt(def, args) => {
            for (what, region) in tcx.adt_outlives(def).iter() {
                let Region::Param(i, _) = *region else {
                    continue;
                };
                let Some(&GenericArg::Region(shorter)) = args.get(i as usize) else { continue };
                match *what {
                    GenericArg::Region(r) => {
                        if let Region::Param(j, _) = r
                            && let Some(&arg) = args.get(j as usize)
                        {
                            out.push((arg, shorter));
                        }
                    }
                    GenericArg::Type(t) => components(fold::subst(t, args), &mut |c| out.push((c, shorter))),
                    GenericArg::Const(_) => {}
                }
            }
            for arg in args.iter() {
                if let GenericArg::Type(t) = *arg {
                    outlives_of(tcx, t, out);
                }
            }
        }
        _ => {}
    }
}

/// The regions, parameters and projections a type is made of.
fn components(ty: Ty, f: &mut dyn FnMut(GenericArg)) {
    match *ty.kind() {
        TyKind::Param(_) | TyKind::Projection(..) => f(GenericArg::Type(ty)),
        TyKind::Ref(r, t, _) => {
            f(GenericArg::Region(r));
            components(t, f);
        }
        TyKind::Array(t, _) | TyKind::Slice(t) | TyKind::RawPtr(t, _) => components(t, f),
        TyKind::Tuple(ts) => ts.iter().for_each(|&t| components(t, f)),
        TyKind::Adt(_, args) => {
            for arg in args.iter() {
                match *arg {
                    GenericArg::Region(_) => f(*arg),
                    GenericArg::Type(t) => components(t, f),
                    GenericArg::Const(_) => {}
                }
            }
        }
        TyKind::Dynamic(_, _, _, r) => f(GenericArg::Region(r)),
        _ => {}
    }
}

impl Tcx<'_> {
    /// What a struct or enum says, or its fields imply, about what outlives its lifetime parameters: in terms of its own
    /// parameters.
    pub fn adt_outlives(&self, adt: DefId) -> Rc<[(GenericArg, Region)]> {
        if let Some(found) = self.caches.adt_outlives.borrow().get(&adt) {
            return found.clone();
        }
        // A type that contains itself adds nothing on the way round.
        self.caches.adt_outlives.borrow_mut().insert(adt, Rc::new([]));
        let mut out: Vec<(GenericArg, Region)> = Vec::new();
        let predicates = self.region_predicates_of(adt);
        out.extend(predicates.regions.iter().map(|(l, s, _)| (GenericArg::Region(*l), *s)));
        for (ty, region, _) in &predicates.types {
            out.push((GenericArg::Type(*ty), *region));
        }
        if !self.identity_args(adt).iter().any(|a| matches!(a, GenericArg::Region(_))) {
            out.clear();
        } else {
            for (v, variant) in self.variants(adt).iter().enumerate() {
                for field in 0..variant.fields.len() {
                    outlives_of(self, self.field_ty_identity(adt, v, field), &mut out);
                }
            }
        }
        let mut unique = Vec::new();
        for entry in out {
            if !unique.contains(&entry) {
                unique.push(entry);
            }
        }
        let out: Rc<[(GenericArg, Region)]> = unique.into();
        self.caches.adt_outlives.borrow_mut().insert(adt, out.clone());
        out
    }
}
