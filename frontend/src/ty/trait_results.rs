//! `impl Trait` in the result of a trait's method.
//!
//! Such a type is an associated type without a name, with the parameters of the method: outside the trait it is
//! `Projection(opaque, args)`. An impl says what it is by the result of its own method, which may be another
//! `impl Trait` or any type that meets the bounds. A default body hides a type as a function does: where an impl leaves
//! the method out, the projection is `Opaque(opaque, args)`.

use super::fold::{Fold, MapTypes};
use super::infer::InferCtxt;
use super::solve::{Cause, Obligation};
use super::*;
use crate::hir::DefKind;

impl Tcx<'_> {
    /// The method of a trait in whose result this `impl Trait` stands.
    pub fn method_of_result(&self, opaque: DefId) -> Option<DefId> {
        let d = self.hir.def(opaque);
        match (&d.kind, d.parent) {
            (DefKind::Opaque(_), Some(method)) => self.trait_of_item(method).map(|_| method),
            _ => None,
        }
    }
    /// The type a written `impl Trait` in a result means, in terms of the parameters of its function.
    pub fn opaque_ty(&self, opaque: DefId) -> Ty {
        let args = self.identity_args(self.generics_owner(opaque));
        match self.method_of_result(opaque) {
            Some(_) => Ty::new(TyKind::Projection(opaque, args)),
            None => Ty::new(TyKind::Opaque(opaque, args)),
        }
    }
    /// The definition of an `impl Trait` that stands as a type, whether a function's or a trait method's.
    pub fn as_opaque(&self, ty: Ty) -> Option<DefId> {
        match *ty.kind() {
            TyKind::Opaque(def, _) => Some(def),
            TyKind::Projection(def, _) => matches!(self.hir.def(def).kind, DefKind::Opaque(_)).then_some(def),
            _ => None,
        }
    }
    /// A clause about the result of a trait's method, about what its default body hides instead.
    pub fn about_default(&self, opaque: DefId, clause: Clause) -> Clause {
        if self.method_of_result(opaque).is_none() {
            return clause;
        }
        clause.fold_with(&mut MapTypes(|t: Ty| match *t.kind() {
            TyKind::Projection(def, args) if def == opaque => Ty::new(TyKind::Opaque(def, args)),
            _ => t,
        }))
    }
    /// What an impl's own method makes of an `impl Trait` in the result of its trait's: a type in terms of the impl's method.
    /// `None` if the impl leaves the method out.
    pub fn impl_result(&self, imp: DefId, opaque: DefId) -> Option<Ty> {
        let item = self.impl_item(imp, self.method_of_result(opaque)?)?;
        if let Some(&known) = self.caches.impl_results.borrow().get(&(imp, opaque)) {
            return Some(known);
        }
        // Until it is known: a result that mentions itself.
        self.caches.impl_results.borrow_mut().insert((imp, opaque), Ty::error());
        let ty = self.infer_result(imp, item, opaque).unwrap_or(Ty::error());
        self.caches.impl_results.borrow_mut().insert((imp, opaque), ty);
        Some(ty)
    }

    fn infer_result(&self, imp: DefId, item: DefId, opaque: DefId) -> Option<Ty> {
        let declared = self.method_of_result(opaque)?;
        let args = self.declared_args(imp, item, self.impl_trait_ref(imp)?);
        let cx = InferCtxt::new(self);
        let ob = |clause| Obligation {
            clause,
            env: self.param_env(item),
            cause: Cause::misc(self.hir.def(item).span),
            ancestors: None,
        };
        let unit = Clause::Projection(opaque, args, Ty::unit());
        let mut results = Results { cx: &cx, declared, vars: Vec::new() };
        let want = results.open(fold::subst(self.fn_sig_erased(declared).output, args));
        let mut nested = Vec::new();
        let mut done = 0;
        // A bound may mention further ones: `impl Iterator<Item = impl Display>`.
        while let Some(&(def, _)) = results.vars.get(done) {
            done += 1;
            for (clause, _) in self.item_bounds(def).iter() {
                if let clause @ Clause::Projection(..) = results.open(fold::subst(*clause, args)) {
                    let clause = cx.normalize_clause(&ob(unit), clause, &mut nested);
                    nested.push(ob(clause));
                }
            }
        }
        let want = cx.normalize(&ob(unit), want, &mut nested);
        let have = self.normalize_any(&self.param_env(item), self.fn_sig_erased(item).output);
        cx.unify(want, have).ok()?;
        cx.evaluate_all(nested);
        let var = results.vars.iter().find(|(d, _)| *d == opaque)?.1;
        let ty = cx.resolve(var);
        (!ty.flags().has(Flags::INFER)).then_some(ty)
    }
    /// The arguments with which an impl's method answers the trait's: the trait's arguments, and the method's own parameters
    /// in place of those the declaration has.
    pub fn declared_args(&self, imp: DefId, item: DefId, tr: TraitRef) -> Args {
        let own = self.identity_args_erased(item);
        let of_trait = fold::erase_regions(tr).args;
        of_trait.iter().chain(own.iter().skip(self.generics_count(imp))).copied().collect()
    }
}

/// The `impl Trait`s of one method's result, as variables.
struct Results<'a, 't, 'h> {
    cx: &'a InferCtxt<'t, 'h>,
    declared: DefId,
    vars: Vec<(DefId, Ty)>,
}

impl Results<'_, '_, '_> {
    fn open<T: Fold>(&mut self, value: T) -> T {
        value.fold_with(&mut MapTypes(|t: Ty| match *t.kind() {
            TyKind::Projection(def, _) if self.cx.tcx.method_of_result(def) == Some(self.declared) => {
                if let Some((_, var)) = self.vars.iter().find(|(d, _)| *d == def) {
                    return *var;
                }
                let var = self.cx.next_ty_var(self.cx.tcx.hir.def(def).span);
                self.vars.push((def, var));
                var
            }
            _ => t,
        }))
    }
}
