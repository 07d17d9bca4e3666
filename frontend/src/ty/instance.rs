//! Which code runs when a trait's method or constant is used with known arguments.

use crate::hir::{ClosureKind, DefKind};
use crate::source::Span;

use super::infer::InferCtxt;
use super::solve::select::Candidate;
use super::solve::{Cause, Obligation};
use super::*;

impl Tcx<'_> {
    /// What runs when `def` is called with known arguments.
    pub fn resolve_method(&self, def: DefId, args: Args) -> Resolved {
        let args = self.normalize_any(&ParamEnv::empty(), fold::erase_regions(args));
        if let Some(&known) = self.caches.resolved.borrow().get(&(def, args)) {
            return known;
        }
        let result = self.compute_resolved(def, args);
        self.caches.resolved.borrow_mut().insert((def, args), result);
        result
    }
    fn compute_resolved(&self, def: DefId, args: Args) -> Resolved {
        if let DefKind::Fn(f) = &self.hir.def(def).kind
            && f.intrinsic
        {
            return Resolved::Intrinsic(self.hir.def(def).name, args);
        }
        let Some(trait_def) = self.trait_of_item(def) else { return Resolved::Item(def, args) };
        let this = args.first().and_then(|a| a.as_type()).unwrap_or(Ty::error());
        let name = self.hir.def(def).name;
        if let Some(kind) = self.lang.fn_trait_kind(trait_def) {
            match *this.kind() {
                TyKind::Closure(closure, closure_args) => {
                    return Resolved::Closure(closure, closure_args, kind);
                }
                TyKind::FnDef(..) | TyKind::FnPtr(_) => return Resolved::FnPtr(this),
                _ => {}
            }
        }
        if let TyKind::Dynamic(principal, ..) = *this.kind() {
            let object = self.supertrait_ids(principal).contains(&trait_def);
            let sized_default = !matches!(&self.hir.def(def).kind, DefKind::Fn(f) if f.has_self);
            if object && !sized_default && !self.is_static_default(def) {
                return Resolved::Virtual(def, args);
            }
        }
        match self.select_impl(trait_def, args) {
            Some((Candidate::Impl(_), Some((imp, impl_args)))) => {
                let n = self.generics_count(trait_def);
                match self.impl_item(imp, def) {
                    Some(item) => {
                        let mut all = impl_args.to_vec();
                        all.extend(args.iter().skip(n));
                        Resolved::Item(item, List::new(&all))
                    }
                    None => Resolved::Item(def, args),
                }
            }
            Some((Candidate::Builtin(_), _)) if Some(trait_def) == self.lang.clone && name == "clone" => {
                Resolved::CloneShim(this)
            }
            _ => Resolved::Item(def, args),
        }
    }
    /// A default method that cannot be called through a vtable (it is generic): it runs with `Self = dyn Trait`.
    fn is_static_default(&self, def: DefId) -> bool {
        match &self.hir.def(def).kind {
            DefKind::Fn(f) => {
                f.body.is_some()
                    && f.generics
                        .params
                        .iter()
                        .any(|p| !matches!(p.kind, crate::hir::GenericParamKind::Lifetime))
            }
            _ => false,
        }
    }
    /// The impl that proves `Trait<args>`, with the impl's arguments.
    fn select_impl(&self, trait_def: DefId, args: Args) -> Option<(Candidate, Option<(DefId, Args)>)> {
        let n = self.generics_count(trait_def).min(args.len());
        let tr = TraitRef { trait_def, args: List::new(&args[..n]) };
        let cx = InferCtxt::new(self);
        let ob = Obligation {
            clause: Clause::Trait(tr),
            env: ParamEnv::empty(),
            cause: Cause::misc(Span::NONE),
            ancestors: None,
        };
        let candidate = cx.select(&ob, tr).ok()??;
        if let Candidate::Impl(imp) = candidate {
            let (impl_args, nested) = cx.match_impl(imp, &ob, tr).ok()?;
            if cx.resolve(impl_args).iter().any(|a| Flags::of_args(&[*a]).has(Flags::INFER)) {
                cx.evaluate_all(nested);
            }
            let impl_args = tcx::infer_to_error(fold::erase_regions(cx.resolve(impl_args)));
            return Some((candidate, Some((imp, impl_args))));
        }
        Some((candidate, None))
    }
    /// The value of an associated constant (or any constant) with known arguments: the definition with a body.
    pub fn resolve_const(&self, def: DefId, args: Args) -> (DefId, Args) {
        let args = self.normalize_any(&ParamEnv::empty(), fold::erase_regions(args));
        let Some(trait_def) = self.trait_of_item(def) else { return (def, args) };
        let n = self.generics_count(trait_def);
        match self.select_impl(trait_def, args) {
            Some((_, Some((imp, impl_args)))) => match self.impl_item(imp, def) {
                Some(item) => {
                    let mut all = impl_args.to_vec();
                    all.extend(args.iter().skip(n));
                    (item, List::new(&all))
                }
                None => (def, args),
            },
            _ => (def, args),
        }
    }
    /// The trait a closure of this kind is called through.
    pub fn fn_trait_of_kind(&self, kind: ClosureKind) -> Option<DefId> {
        match kind {
            ClosureKind::Fn => self.lang.fn_trait,
            ClosureKind::FnMut => self.lang.fn_mut,
            ClosureKind::FnOnce => self.lang.fn_once,
        }
    }
}
