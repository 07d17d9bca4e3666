//! Which traits may stand behind `dyn`: those whose methods can be called without knowing the type.

use crate::hir::*;

use super::*;

impl Tcx<'_> {
    /// What keeps a trait from being used as `dyn`: the trait itself or one above it if that needs `Self: Sized` or names
    /// `Self` in its arguments, or an item: a generic method, one that takes or gives `Self`, one without `self`, a constant.
    pub fn dyn_violation(&self, trait_def: DefId) -> Option<DefId> {
        if let Some(&known) = self.caches.dyn_violations.borrow().get(&trait_def) {
            return known;
        }
        // A method may mention `dyn` of its own trait, which changes nothing.
        self.caches.dyn_violations.borrow_mut().insert(trait_def, None);
        let found = self.find_dyn_violation(trait_def);
        self.caches.dyn_violations.borrow_mut().insert(trait_def, found);
        found
    }

    fn find_dyn_violation(&self, trait_def: DefId) -> Option<DefId> {
        self.supertrait_ids(trait_def).iter().find_map(|&t| {
            let is_violation = |clause: &Clause| match clause {
                Clause::Trait(tr) => {
                    Some(tr.trait_def) == self.lang.sized
                        || tr.args.iter().skip(1).filter_map(|a| a.as_type()).any(mentions_self)
                }
                Clause::Projection(..) => false,
            };
            if self.super_clauses(t).iter().any(|(c, _)| is_violation(c)) {
                return Some(t);
            }
            self.assoc_items(t).into_iter().find(|&item| match &self.hir.def(item).kind {
                DefKind::Fn(f) => !self.needs_sized_self(f) && self.is_undispatchable(item, f),
                DefKind::Const { .. } => true,
                _ => false,
            })
        })
    }

    /// Whether a method says `where Self: Sized`.
    fn needs_sized_self(&self, f: &FnDef) -> bool {
        let is_sized = |b: &HirBound| matches!(b, HirBound::Trait(HirPath { res: Res::Def(d), .. }) if Some(*d) == self.lang.sized);
        f.generics.predicates.iter().any(|p| {
            let of_self = matches!(
                &p.bounded.kind,
                HirTyKind::Path(HirPath { res: Res::SelfTrait(_), unresolved: 0, .. })
            );
            of_self && p.bounds.iter().any(is_sized)
        })
    }

    fn is_undispatchable(&self, item: DefId, f: &FnDef) -> bool {
        let generic = f.generics.params.iter().any(|p| !matches!(p.kind, GenericParamKind::Lifetime));
        let sig = self.fn_sig(item);
        let others = sig.inputs.iter().skip(1).copied();
        let mut hides = false;
        sig.output.walk(&mut |t| hides |= self.as_opaque(t).is_some());
        hides || !f.has_self || generic || others.chain([sig.output]).any(mentions_self)
    }
}

/// Whether `Self` stands in a type other than in associated types, which a trait object knows.
fn mentions_self(ty: Ty) -> bool {
    let mut found = false;
    match ty.kind() {
        TyKind::Param(p) => found = p.index == 0,
        TyKind::Projection(..) => {}
        kind => extent::for_each_part(kind, &mut |part| found |= part.as_type().is_some_and(mentions_self)),
    }
    found
}
