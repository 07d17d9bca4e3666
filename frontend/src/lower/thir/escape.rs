//! Which references may outlive the call they are passed to.
//!
//! In: the types of a call's arguments and of its result. Asked where a borrowed constant is an argument: it needs static
//! memory only if the callee can keep the reference, in its result or through another argument.

use super::expr::Cx;
use super::*;
use crate::hash::FastSet;
use crate::ty::{GenericArg, TyKind};

/// The types a walk over the parts of a type has met: a part that stands in many places is looked at once.
type Seen = FastSet<Ty>;

impl Cx<'_, '_> {
    /// Whether a value of the type may hold a reference that was passed to the call that made it.
    pub(super) fn may_hold_reference(&self, ty: Ty) -> bool {
        self.holds(ty, &mut Seen::default())
    }

    /// Whether a callee that is given a value of the type can put a reference where it outlives the call.
    pub(super) fn may_store_reference(&self, ty: Ty) -> bool {
        self.stores(ty, &mut Seen::default())
    }

    fn holds(&self, ty: Ty, seen: &mut Seen) -> bool {
        seen.insert(ty) && self.holds_at_all(ty, seen)
    }

    fn holds_at_all(&self, ty: Ty, seen: &mut Seen) -> bool {
        match *ty.kind() {
            TyKind::FnPtr(_) | TyKind::FnDef(..) => false,
            TyKind::Tuple(ts) => ts.iter().any(|&t| self.holds(t, seen)),
            TyKind::Array(t, _) | TyKind::Slice(t) => self.holds(t, seen),
            TyKind::Adt(def, args) => {
                let in_args = args.iter().any(|a| match *a {
                    GenericArg::Region(_) => true,
                    GenericArg::Type(t) => self.holds(t, seen),
                    GenericArg::Const(_) => false,
                });
                in_args || self.any_field(def, args, seen, &mut |cx, t, seen| cx.holds(t, seen))
            }
            _ => !ty.is_primitive(),
        }
    }

    fn stores(&self, ty: Ty, seen: &mut Seen) -> bool {
        if !seen.insert(ty) {
            return false;
        }
        match *ty.kind() {
            TyKind::Ref(_, t, Mutability::Mut) => self.may_hold_reference(t),
            TyKind::Ref(_, t, Mutability::Not) => self.may_hold_reference(t) && !self.is_freeze(t),
            TyKind::Tuple(ts) => ts.iter().any(|&t| self.stores(t, seen)),
            TyKind::Array(t, _) | TyKind::Slice(t) => self.stores(t, seen),
            TyKind::Adt(def, args) => {
                let lends = args.iter().any(|a| matches!(a, GenericArg::Region(_)));
                let in_args = args.iter().filter_map(|a| a.as_type()).any(|t| {
                    self.stores(t, seen) || (self.may_hold_reference(t) && (lends || !self.is_freeze(t)))
                });
                in_args || self.any_field(def, args, seen, &mut |cx, t, seen| cx.stores(t, seen))
            }
            _ => self.holds_at_all(ty, seen),
        }
    }

    /// Whether a field of a type of the program is so. What std's types hold, their arguments say.
    fn any_field(
        &self,
        def: DefId,
        args: Args,
        seen: &mut Seen,
        is_so: &mut dyn FnMut(&Self, Ty, &mut Seen) -> bool,
    ) -> bool {
        if self.tcx.is_std(def) {
            return false;
        }
        self.tcx.variants(def).iter().enumerate().any(|(v, variant)| {
            (0..variant.fields.len()).any(|f| {
                let field = self.field_ty(def, v, f, args);
                // A type that holds ever larger ones is taken to hold a reference too.
                field.extent().is_over_limit() || is_so(self, field, seen)
            })
        })
    }
}
