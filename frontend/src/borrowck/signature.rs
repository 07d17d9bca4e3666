//! Signatures as a call sees them: parameters replaced, lifetimes of the function made anew, where-clauses applied.

use super::constraints::Category;
use super::context::BorrowCx;
use super::regions::{Renumber, STATIC, Vid, for_each_region, with_opaque_args};
use super::summary::{ClosureSummary, External};
use crate::hash::FastMap;
use crate::hir::{DefId, DefKind};
use crate::symbol::Symbol;
use crate::ty::fold::{Fold, Folder, erase_regions, subst};
use crate::ty::{Args, Clause, Const, FnSig, GenericArg, List, Region, TraitRef, Ty, TyKind, collect};

/// The lifetimes of a function as one call instantiates them.
pub type Late = FastMap<Symbol, Vid>;

impl BorrowCx<'_, '_> {
    /// Something of a definition's head, with these arguments for its parameters. Free lifetimes get one new variable
    /// each, the same for the same name and `late`; projections are normalised.
    pub fn instantiate<T: Fold>(&mut self, value: T, args: Args, late: &mut Late) -> T {
        let value = self.instantiate_raw(value, args, late);
        self.normalize(value)
    }

    /// The same, not normalised.
    pub fn instantiate_raw<T: Fold>(&mut self, value: T, args: Args, late: &mut Late) -> T {
        value.fold_with(&mut Instantiate { b: self, args, late })
    }

    /// Signature of a function or constructor.
    pub fn signature(&mut self, def: DefId, args: Args, late: &mut Late) -> FnSig {
        let sig = self.tcx().fn_sig(def);
        self.instantiate(sig, args, late)
    }

    /// Signature of a closure at one call, and what its body needs.
    pub fn closure_signature(&mut self, closure: Ty) -> Option<FnSig> {
        let TyKind::Closure(def, args) = *closure.kind() else { return None };
        let n = args.len();
        let Some(TyKind::FnPtr(sig)) = args[n - 2].as_type().map(|t| *t.kind()) else { return None };
        let mut own = Vec::new();
        let tcx = self.tcx();
        let sig = sig.fold_with(&mut Renumber {
            tcx,
            next: |_| {
                let v = self.fresh();
                own.push(v);
                Region::Var(v)
            },
        });
        self.apply_summary(def, closure, &own);
        Some(sig)
    }

    /// Requires what a closure's body needs; `own` are the regions of its signature.
    pub fn apply_summary(&mut self, def: DefId, closure: Ty, own: &[Vid]) {
        let closures = self.closures;
        let Some(ClosureSummary { requirements }) = closures.get(&def) else { return };
        if requirements.is_empty() {
            return;
        }
        let mut captures = Vec::new();
        for_each_region(closure, &mut |v| captures.push(v));
        for r in requirements {
            let (Some(longer), Some(shorter)) =
                (self.external(r.longer, &captures, own), self.external(r.shorter, &captures, own))
            else {
                continue;
            };
            self.because(Category::Boring, r.span, |b| b.outlives(longer, shorter));
        }
    }

    fn external(&self, region: External, captures: &[Vid], own: &[Vid]) -> Option<Vid> {
        match region {
            External::Static => Some(STATIC),
            External::Named(r) => self.named.get(&r).copied(),
            External::Capture(i) => captures.get(i as usize).copied(),
            External::Signature(i) => own.get(i as usize).copied(),
        }
    }

    /// Signature of a function pointer at one call. Which of its lifetimes are the same is not kept; as in elision the
    /// result's are the parameters' if those have but one.
    pub fn pointer_signature(&mut self, sig: FnSig) -> FnSig {
        let sig = erase_regions(sig);
        let inputs = self.renumber(sig.inputs);
        let mut found = Vec::new();
        inputs.iter().for_each(|&t| for_each_region(t, &mut |v| found.push(v)));
        let output = match found[..] {
            [one] => self.all_regions(sig.output, one),
            _ => self.renumber(sig.output),
        };
        FnSig { inputs, output }
    }

    fn all_regions(&self, ty: Ty, region: Vid) -> Ty {
        ty.fold_with(&mut Renumber { tcx: self.tcx(), next: |_| Region::Var(region) })
    }

    /// What a value of this type takes and gives when it is called.
    pub fn callable(&mut self, ty: Ty) -> Option<FnSig> {
        match *ty.kind() {
            TyKind::Closure(..) => self.closure_signature(ty),
            TyKind::FnDef(def, args) => Some(self.signature(def, args, &mut Late::default())),
            TyKind::FnPtr(sig) => Some(self.pointer_signature(sig)),
            _ => None,
        }
    }

    /// Requires the where-clauses of a definition.
    pub fn require_predicates(&mut self, def: DefId, args: Args, late: &mut Late) {
        let predicates = self.tcx().region_predicates_of(def);
        let declared = self.tcx().late_regions(def);
        let is_free = |name: &Symbol| declared.contains(name) || collect::is_unwritten(*name);
        for (clause, _) in &predicates.clauses {
            // What one clause binds is not what another binds by the same name.
            late.retain(|name, _| is_free(name));
            match *clause {
                Clause::Trait(tr) => {
                    if self.is_silent(tr.trait_def) {
                        continue;
                    }
                    let args = self.instantiate(tr.args, args, late);
                    if self.tcx().lang.fn_trait_kind(tr.trait_def).is_some() {
                        let bound: Vec<Vid> =
                            late.iter().filter(|(name, _)| !is_free(name)).map(|(_, v)| *v).collect();
                        self.require_callable(args, &bound);
                    } else {
                        self.require_trait(TraitRef { trait_def: tr.trait_def, args });
                    }
                }
                Clause::Projection(assoc, of, ty) => {
                    let of = self.instantiate(of, args, late);
                    let ty = self.instantiate(ty, args, late);
                    if super::regions::has_regions(ty) {
                        let found = self.project(assoc, of);
                        self.same_type(found, ty);
                    }
                }
            }
        }
        let (span, category) = (self.span, Category::Predicate);
        for (ty, region, _) in &predicates.types {
            let ty = self.instantiate(*ty, args, late);
            let region = self.instantiate_region(*region, args, late);
            self.because(category, span, |b| b.type_outlives(ty, region));
        }
        for (longer, shorter, _) in &predicates.regions {
            let longer = self.instantiate_region(*longer, args, late);
            let shorter = self.instantiate_region(*shorter, args, late);
            self.because(category, span, |b| b.outlives(longer, shorter));
        }
    }

    /// Whether a trait says nothing about regions, whatever implements it.
    fn is_silent(&self, trait_def: DefId) -> bool {
        let lang = &self.tcx().lang;
        let def = Some(trait_def);
        lang.is_auto(trait_def) || def == lang.sized || def == lang.copy || def == lang.clone
    }

    /// `args[0]: Trait<args[1..]>`: the assumption or impl that proves it may make regions equal and need more.
    fn require_trait(&mut self, tr: TraitRef) {
        let has = |a: &GenericArg| match a {
            GenericArg::Type(t) => super::regions::has_regions(*t),
            GenericArg::Region(_) => true,
            GenericArg::Const(_) => false,
        };
        if !tr.args.iter().any(has) {
            return;
        }
        self.deeper(|b| {
            if let Some((imp, args, mut late)) = b.prove(tr) {
                b.require_predicates(imp, args, &mut late);
            }
        });
    }

    /// `args[0]: Fn(args[1])`: what is passed in goes where the callee's parameters go. `bound` are the regions that are any
    /// for the callee.
    pub fn require_callable(&mut self, args: Args, bound: &[Vid]) {
        let (Some(this), Some(inputs)) =
            (args.first().and_then(|a| a.as_type()), args.get(1).and_then(|a| a.as_type()))
        else {
            return;
        };
        let TyKind::Tuple(inputs) = *inputs.kind() else { return };
        // A reference to something callable is callable.
        let mut this = this;
        while let TyKind::Ref(_, to, _) = *this.kind() {
            this = to;
        }
        if !matches!(this.kind(), TyKind::Closure(..) | TyKind::FnDef(..)) {
            return;
        }
        if let Some(sig) = self.callable(this) {
            for (&given, &taken) in inputs.iter().zip(sig.inputs.iter()) {
                self.subtype(given, taken);
            }
            if let TyKind::Closure(def, _) = *this.kind() {
                self.note_escapes(def, inputs, &sig, bound);
            }
        }
    }

    /// Notes where a closure lets go what it is called with, if that may be of any lifetime.
    fn note_escapes(&mut self, def: DefId, inputs: List<Ty>, sig: &FnSig, bound: &[Vid]) {
        let closures = self.closures;
        let Some(ClosureSummary { requirements }) = closures.get(&def) else { return };
        if bound.is_empty() || requirements.is_empty() {
            return;
        }
        let (mut given, mut own) = (Vec::new(), Vec::new());
        inputs.iter().for_each(|&t| for_each_region(t, &mut |v| given.push(v)));
        sig.inputs.iter().for_each(|&t| for_each_region(t, &mut |v| own.push(v)));
        if given.len() != own.len() {
            return;
        }
        for r in requirements {
            if let External::Signature(i) = r.longer
                && !matches!(r.shorter, External::Signature(_))
                && given.get(i as usize).is_some_and(|v| bound.contains(v))
                && !self.escapes.contains(&r.span)
            {
                self.escapes.push(r.span);
            }
        }
    }

    fn instantiate_region(&mut self, region: Region, args: Args, late: &mut Late) -> Vid {
        let mapped = Instantiate { b: self, args, late }.fold_region(region);
        super::regions::vid(mapped).unwrap_or(STATIC)
    }
}

struct Instantiate<'m, 'a, 'h> {
    b: &'m mut BorrowCx<'a, 'h>,
    args: Args,
    late: &'m mut Late,
}

impl Folder for Instantiate<'_, '_, '_> {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        match *ty.kind() {
            TyKind::Param(p) => match self.args.get(p.index as usize) {
                Some(GenericArg::Type(t)) => *t,
                _ => Ty::error(),
            },
            // Lifetimes inside are bound there.
            TyKind::FnPtr(_) => erase_regions(subst(ty, self.args)),
            TyKind::Dynamic(def, args, assoc, r) if self.b.tcx().lang.fn_trait_kind(def).is_some() => {
                let args = erase_regions(subst(args, self.args));
                let assoc = assoc.iter().map(|&(d, t)| (d, erase_regions(subst(t, self.args)))).collect();
                Ty::new(TyKind::Dynamic(def, args, assoc, self.fold_region(r)))
            }
            TyKind::Opaque(def, args) | TyKind::Projection(def, args)
                if self.b.tcx().as_opaque(ty).is_some() =>
            {
                let mut new = args.fold_with(self).to_vec();
                let owner = self.b.tcx().generics_owner(def);
                if let DefKind::Fn(_) = &self.b.tcx().hir.def(owner).kind {
                    let n = self.b.tcx().generics_count(owner);
                    let late = self.b.tcx().late_regions(owner);
                    let captured = self.b.tcx().captured_lifetimes(def);
                    if let Some(names) = &captured {
                        let own = self.b.tcx().identity_args(owner);
                        for (arg, own) in new.iter_mut().zip(own.iter()) {
                            if let GenericArg::Region(Region::Param(_, name)) = own
                                && !names.contains(name)
                            {
                                *arg = GenericArg::Region(Region::Var(self.b.fresh()));
                            }
                        }
                    }
                    for name in late.iter().skip(new.len().saturating_sub(n)) {
                        let r = match &captured {
                            Some(names) if !names.contains(name) => Region::Var(self.b.fresh()),
                            _ => self.fold_region(Region::Bound(*name)),
                        };
                        new.push(GenericArg::Region(r));
                    }
                }
                with_opaque_args(ty, def, List::new(&new))
            }
            TyKind::Closure(..) => ty,
            _ => ty.super_fold(self),
        }
    }
    fn fold_const(&mut self, c: Const) -> Const {
        subst(c, self.args)
    }
    fn fold_region(&mut self, r: Region) -> Region {
        match r {
            Region::Param(i, _) => match self.args.get(i as usize) {
                Some(GenericArg::Region(r)) => *r,
                _ => Region::Var(self.b.fresh()),
            },
            Region::Static => Region::Var(STATIC),
            Region::Var(_) => r,
            Region::Erased => Region::Var(self.b.fresh()),
            Region::Bound(name) => {
                if let Some(&v) = self.late.get(&name) {
                    return Region::Var(v);
                }
                let v = self.b.fresh();
                self.late.insert(name, v);
                Region::Var(v)
            }
        }
    }
}

/// Whether a lifetime is bound inside a `Fn(A) -> B` clause.
pub(super) fn is_bound_inside(name: Symbol) -> bool {
    collect::is_bound_inside(Region::Bound(name))
}
