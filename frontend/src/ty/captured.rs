//! Which lifetimes of its function an `impl Trait` in the result may hold.
//!
//! Since edition 2024 all of them, before only those its bounds name; `use<…>` says which in any edition. A trait's method
//! always gives all.

use std::rc::Rc;

use super::collect::{Elided, output_elision, regions_of};
use super::{Clause, GenericArg, Region, Tcx};
use crate::hir::{DefId, DefKind, HirBound};
use crate::source::Edition;
use crate::symbol::Symbol;

impl Tcx<'_> {
    /// The only lifetime it may hold, or no lifetime; `None` if it may hold any, or one of several.
    ///
    /// Where there is a choice of several, what is hidden is not tied to one of them: then it counts as holding all.
    pub fn captured_lifetimes(&self, opaque: DefId) -> Option<Rc<[Symbol]>> {
        if let Some(found) = self.caches.captured.borrow().get(&opaque) {
            return found.clone();
        }
        // Until it is known: bounds that mention the type itself.
        self.caches.captured.borrow_mut().insert(opaque, None);
        let found = self.find_captured(opaque);
        self.caches.captured.borrow_mut().insert(opaque, found.clone());
        found
    }

    fn find_captured(&self, opaque: DefId) -> Option<Rc<[Symbol]>> {
        let owner = self.generics_owner(opaque);
        let (DefKind::Opaque(bounds), DefKind::Fn(_)) =
            (&self.hir.def(opaque).kind, &self.hir.def(owner).kind)
        else {
            return None;
        };
        if self.method_of_result(opaque).is_some() || self.is_of_trait_impl(owner) {
            return None;
        }
        let written = bounds.iter().find_map(|bound| match bound {
            HirBound::Use(names) => Some(names),
            _ => None,
        });
        let names = match written {
            Some(names) => names.iter().filter_map(|name| self.written(owner, *name)).collect(),
            None if self.hir.edition(opaque) < Edition::E2024 => self.named_in_bounds(opaque, owner, bounds),
            None => return None,
        };
        (names.len() <= 1).then(|| names.into())
    }

    fn is_of_trait_impl(&self, function: DefId) -> bool {
        self.hir.def(function).parent.is_some_and(|p| self.impl_trait_ref(p).is_some())
    }

    fn named_in_bounds(&self, opaque: DefId, owner: DefId, bounds: &[HirBound]) -> Vec<Symbol> {
        let mut regions = Vec::new();
        for (clause, _) in self.region_item_bounds(opaque).iter() {
            let args = match *clause {
                Clause::Trait(tr) => tr.args,
                Clause::Projection(_, args, ty) => {
                    regions_of(ty, &mut regions);
                    args
                }
            };
            for arg in args.iter().skip(1) {
                match *arg {
                    GenericArg::Region(r) => regions.push(r),
                    GenericArg::Type(ty) => regions_of(ty, &mut regions),
                    GenericArg::Const(_) => {}
                }
            }
        }
        let mut names: Vec<Symbol> = Vec::new();
        names.extend(regions.into_iter().filter_map(|region| self.name_of(owner, region)));
        for bound in bounds {
            if let HirBound::Lifetime(name) = bound {
                names.extend(self.written(owner, *name));
            }
        }
        names.sort();
        names.dedup();
        names
    }

    /// The lifetime that a name in the result of a function stands for, unless it is `'static`.
    fn written(&self, function: DefId, name: Symbol) -> Option<Symbol> {
        if name == "'static" {
            return None;
        }
        let has_self = matches!(&self.hir.def(function).kind, DefKind::Fn(f) if f.has_self);
        match output_elision(&self.fn_sig(function).inputs, has_self) {
            Elided::Is(region) if name == "'_" => self.name_of(function, region),
            _ => Some(name),
        }
    }

    /// The name of a lifetime that is a parameter of a function or of the impl it stands in.
    fn name_of(&self, function: DefId, region: Region) -> Option<Symbol> {
        match region {
            Region::Bound(name) => self.late_regions(function).contains(&name).then_some(name),
            Region::Param(_, name) => Some(name),
            _ => None,
        }
    }
}
