//! How structs and enums vary with their parameters.
//!
//! Domain: for each parameter one of four variances, least first [`Variance::Bi`]; an ADT's are the least that its
//! fields allow. In our std a `*mut T` owns what it points to, so it varies as `T` does; rustc's `NonNull` and
//! `PhantomData` say the same of the originals.

use std::rc::Rc;

use super::intern::FastMap;
use super::*;

/// How a type varies with a parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Variance {
    /// Not at all.
    Bi,
    /// With it.
    Co,
    /// Against it.
    Contra,
    /// It must stay the same.
    In,
}

impl Variance {
    /// What allows both.
    pub fn join(self, other: Variance) -> Variance {
        match (self, other) {
            (Variance::Bi, v) | (v, Variance::Bi) => v,
            (a, b) if a == b => a,
            _ => Variance::In,
        }
    }
    /// Of a parameter that occurs at `inner` inside something that occurs at `self`.
    pub fn then(self, inner: Variance) -> Variance {
        match (self, inner) {
            (Variance::Bi, _) | (_, Variance::Bi) => Variance::Bi,
            (Variance::In, _) | (_, Variance::In) => Variance::In,
            (Variance::Co, v) | (v, Variance::Co) => v,
            (Variance::Contra, Variance::Contra) => Variance::Co,
        }
    }
}

/// Variances by ADT.
type Table = FastMap<DefId, Vec<Variance>>;

impl Tcx<'_> {
    /// How a struct or enum varies with each of its parameters.
    pub fn variances(&self, adt: DefId) -> Rc<[Variance]> {
        if let Some(found) = self.caches.variances.borrow().get(&adt) {
            return found.clone();
        }
        // All ADTs that this one mentions and that are not known yet, from nothing to a fixed point.
        let mut table = Table::default();
        let mut order = vec![adt];
        table.insert(adt, self.initial_variances(adt));
        let mut next = 0;
        while let Some(&def) = order.get(next) {
            next += 1;
            self.for_each_field_ty(def, &mut |ty| {
                ty.walk(&mut |t| {
                    if let TyKind::Adt(inner, _) = *t.kind()
                        && !table.contains_key(&inner)
                        && !self.caches.variances.borrow().contains_key(&inner)
                    {
                        table.insert(inner, self.initial_variances(inner));
                        order.push(inner);
                    }
                })
            });
        }
        loop {
            let mut changed = false;
            for &def in &order {
                let mut own = table[&def].clone();
                self.for_each_field_ty(def, &mut |ty| self.vary(ty, Variance::Co, &table, &mut own));
                changed |= own != table[&def];
                table.insert(def, own);
            }
            if !changed {
                break;
            }
        }
        let mut cache = self.caches.variances.borrow_mut();
        for (def, own) in table {
            cache.insert(def, own.into());
        }
        cache[&adt].clone()
    }

    fn initial_variances(&self, adt: DefId) -> Vec<Variance> {
        let n = self.generics_count(adt);
        let special = if self.is_std(adt) && adt.name() == "UnsafeCell" {
            Variance::In
        } else if Some(adt) == self.lang.phantom_data {
            Variance::Co
        } else {
            Variance::Bi
        };
        vec![special; n]
    }

    fn for_each_field_ty(&self, adt: DefId, f: &mut dyn FnMut(Ty)) {
        for (v, variant) in self.variants(adt).iter().enumerate() {
            for field in 0..variant.fields.len() {
                f(self.field_ty_identity(adt, v, field));
            }
        }
    }

    fn vary(&self, ty: Ty, at: Variance, table: &Table, own: &mut [Variance]) {
        let region = |r: Region, at: Variance, own: &mut [Variance]| {
            if let Region::Param(i, _) = r
                && let Some(v) = own.get_mut(i as usize)
            {
                *v = v.join(at);
            }
        };
        match *ty.kind() {
            TyKind::Param(p) => {
                if let Some(v) = own.get_mut(p.index as usize) {
                    *v = v.join(at);
                }
            }
            TyKind::Ref(r, to, m) => {
                region(r, at, own);
                let inner = if m == Mutability::Mut { Variance::In } else { Variance::Co };
                self.vary(to, at.then(inner), table, own);
            }
            TyKind::RawPtr(t, _) | TyKind::Array(t, _) | TyKind::Slice(t) => self.vary(t, at, table, own),
            TyKind::Tuple(ts) => ts.iter().for_each(|&t| self.vary(t, at, table, own)),
            TyKind::FnPtr(sig) => {
                sig.inputs.iter().for_each(|&t| self.vary(t, at.then(Variance::Contra), table, own));
                self.vary(sig.output, at, table, own);
            }
            TyKind::Adt(def, args) => {
                let known = self.caches.variances.borrow().get(&def).cloned();
                for (i, &arg) in args.iter().enumerate() {
                    let of = match (&known, table.get(&def)) {
                        (Some(known), _) => known.get(i),
                        (None, Some(list)) => list.get(i),
                        (None, None) => None,
                    };
                    self.vary_arg(arg, at.then(of.copied().unwrap_or(Variance::In)), table, own);
                }
            }
            TyKind::Dynamic(_, args, assoc, r) => {
                region(r, at, own);
                args.iter().for_each(|&a| self.vary_arg(a, Variance::In, table, own));
                assoc.iter().for_each(|&(_, t)| self.vary(t, Variance::In, table, own));
            }
            TyKind::FnDef(_, args)
            | TyKind::Closure(_, args)
            | TyKind::Projection(_, args)
            | TyKind::Opaque(_, args) => {
                args.iter().for_each(|&a| self.vary_arg(a, Variance::In, table, own));
            }
            _ => {}
        }
    }

    fn vary_arg(&self, arg: GenericArg, at: Variance, table: &Table, own: &mut [Variance]) {
        match arg {
            GenericArg::Type(t) => self.vary(t, at, table, own),
            GenericArg::Region(Region::Param(i, _)) => {
                if let Some(v) = own.get_mut(i as usize) {
                    *v = v.join(at);
                }
            }
            _ => {}
        }
    }
}
