//! Structs and enums that hold themselves with ever larger arguments: `struct L<T>(T, Option<Box<L<(T, T)>>>)`.
//!
//! Such a type may be written and referred to, but no value of it can be dropped: its drop would need a function for
//! each of endlessly many types.

use super::extent::for_each_part;
use super::intern::FastSet;
use super::*;

impl Tcx<'_> {
    /// The type in `ty` whose drop has no end, if there is one. References are not dropped, so they end the search; what
    /// our std holds it holds by its arguments.
    pub fn endless_drop(&self, ty: Ty) -> Option<Ty> {
        let mut seen = FastSet::default();
        let mut queue = vec![ty];
        while let Some(ty) = queue.pop() {
            if !seen.insert(ty) {
                continue;
            }
            if ty.extent().is_over_limit() {
                return Some(ty);
            }
            match *ty.kind() {
                TyKind::Ref(..) | TyKind::RawPtr(..) | TyKind::FnPtr(_) | TyKind::FnDef(..) => {}
                TyKind::Adt(def, _) if Some(def) == self.lang.phantom_data => {}
                TyKind::Adt(def, args) if !self.is_std(def) => {
                    for (v, variant) in self.variants(def).iter().enumerate() {
                        queue
                            .extend((0..variant.fields.len()).map(|f| self.field_ty_erased(def, v, f, args)));
                    }
                }
                TyKind::Closure(_, args) => queue.push(solve::builtin::closure_upvars(args)),
                ref kind => for_each_part(kind, &mut |part| queue.extend(part.as_type())),
            }
        }
        None
    }
}
