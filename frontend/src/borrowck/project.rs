//! What projections are, regions and all.
//!
//! The trait solver knows no regions. So the answer is asked without them first; where it has none, that is all. Otherwise
//! what gave it (an assumption, an impl, a callable) is matched again with regions. Where that fails the answer's regions are
//! new and unconstrained: then an error may be missed, never invented.

use super::context::BorrowCx;
use super::regions::{Vid, has_regions, vid};
use super::signature::{Late, is_bound_inside};
use crate::hash::FastMap;
use crate::hir::DefId;
use crate::source::Span;
use crate::symbol::Symbol;
use crate::ty::fold::{Fold, Folder, erase_regions};
use crate::ty::infer::InferCtxt;
use crate::ty::solve::select::Candidate;
use crate::ty::solve::{Cause, Obligation};
use crate::ty::{Args, Clause, Flags, FnSig, GenericArg, List, Region, TraitRef, Ty, TyKind};

/// What the parameters of an impl or assumption stand for.
#[derive(Default)]
struct Binding {
    args: Vec<Option<GenericArg>>,
    late: FastMap<Symbol, Vid>,
}

impl BorrowCx<'_, '_> {
    /// Replaces projections by what they are.
    pub fn normalize<T: Fold>(&mut self, value: T) -> T {
        if !value.flags().has(Flags::PROJECTION) {
            return value;
        }
        value.fold_with(&mut Normalize { b: self })
    }

    /// What `<args[0] as Trait<args[1..]>>::assoc` is.
    pub fn project(&mut self, assoc: DefId, args: Args) -> Ty {
        let plain = Ty::new(TyKind::Projection(assoc, erase_regions(args)));
        let known = self.tcx().normalize(self.env(), plain);
        if !has_regions(known) {
            return known;
        }
        if known == plain {
            return Ty::new(TyKind::Projection(assoc, args));
        }
        let found = self.deeper(|b| b.project_with_regions(assoc, args)).flatten();
        match found {
            Some(ty) if erase_regions(ty) == known || erase_opaque(ty) == erase_opaque(known) => ty,
            _ => {
                let ty = self.renumber(known);
                if self.tcx().as_opaque(plain).is_some() {
                    self.captures_all(args, ty);
                }
                ty
            }
        }
    }

    fn project_with_regions(&mut self, assoc: DefId, args: Args) -> Option<Ty> {
        let this = args.first()?.as_type()?;
        if let TyKind::Dynamic(_, _, list, _) = *this.kind()
            && let Some((_, t)) = list.iter().find(|(d, _)| *d == assoc)
        {
            return Some(self.fill(*t));
        }
        let clauses = self.clauses.clone();
        if let Some(found) = self.project_given(&clauses, assoc, args) {
            return Some(found);
        }
        let bounds: Vec<Clause> = match *this.kind() {
            TyKind::Opaque(def, of) | TyKind::Projection(def, of) => self.bounds(this, def, of),
            _ => Vec::new(),
        };
        if let Some(found) = self.project_given(&bounds, assoc, args) {
            return Some(found);
        }
        if Some(assoc) == self.tcx().lang.fn_once_output
            && let Some(sig) = self.callable(this)
        {
            self.pass_tuple(args, &sig);
            return Some(sig.output);
        }
        self.project_impl(assoc, args)
    }

    /// What is written about an opaque type or the value of an associated type.
    fn bounds(&mut self, this: Ty, def: DefId, of: Args) -> Vec<Clause> {
        let tcx = self.tcx();
        let owner = tcx.generics_owner(def);
        let mut late = Late::default();
        let n = tcx.generics_count(owner);
        for (name, arg) in tcx.late_regions(owner).iter().zip(of.iter().skip(n)) {
            if let GenericArg::Region(r) = arg
                && let Some(v) = vid(*r)
            {
                late.insert(*name, v);
            }
        }
        let hidden = matches!(this.kind(), TyKind::Opaque(..));
        let about = |c: Clause| if hidden { tcx.about_default(def, c) } else { c };
        let clauses = tcx.region_item_bounds(def).iter().map(|c| about(c.0)).collect();
        let elaborated = tcx.elaborate(clauses);
        elaborated.into_iter().map(|c| c.fold_with(&mut KeepBound { b: self, of, late: &mut late })).collect()
    }

    fn pass_tuple(&mut self, args: Args, sig: &FnSig) {
        if let Some(TyKind::Tuple(inputs)) = args.get(1).and_then(|a| a.as_type()).map(|t| *t.kind()) {
            for (&given, &taken) in inputs.iter().zip(sig.inputs.iter()) {
                self.subtype(given, taken);
            }
        }
    }

    fn project_given(&mut self, clauses: &[Clause], assoc: DefId, args: Args) -> Option<Ty> {
        let plain = erase_regions(args);
        for clause in clauses {
            if let Clause::Projection(d, of, ty) = *clause
                && d == assoc
                && erase_regions(of) == plain
            {
                let mut binding = Binding::default();
                for (&p, &a) in of.iter().zip(args.iter()) {
                    self.bind_arg(p, a, &mut binding);
                }
                let own: Vec<Vid> = binding
                    .late
                    .iter()
                    .filter(|(name, _)| is_bound_inside(**name))
                    .map(|(_, v)| *v)
                    .collect();
                let ty = ty.fold_with(&mut Bound { b: self, late: &mut binding.late, own });
                return Some(self.normalize(ty));
            }
        }
        None
    }

    fn project_impl(&mut self, assoc: DefId, args: Args) -> Option<Ty> {
        let tcx = self.tcx();
        let trait_def = tcx.trait_of_item(assoc)?;
        let n = tcx.generics_count(trait_def).min(args.len());
        let of = List::new(&args[..n]);
        let tr = TraitRef { trait_def, args: erase_regions(of) };
        let imp = self.select_impl(tr)?;
        if let Some(declared) = tcx.method_of_result(assoc) {
            return self.project_result(imp, declared, assoc, args, n);
        }
        let item = tcx.impl_item(imp, assoc);
        let (value, mut all, mut late) = match item {
            Some(item) => {
                let (bound, late) = self.impl_args(imp, of)?;
                (tcx.type_of(item), bound, late)
            }
            None => (tcx.type_of(assoc), of.to_vec(), Late::default()),
        };
        all.extend(args.iter().skip(n));
        Some(self.instantiate(value, List::new(&all), &mut late))
    }

    /// The impl that proves a clause without regions.
    fn select_impl(&self, tr: TraitRef) -> Option<DefId> {
        let infcx = InferCtxt::new(self.tcx());
        let ob = Obligation {
            clause: Clause::Trait(tr),
            env: *self.env(),
            cause: Cause::misc(Span::NONE),
            ancestors: None,
        };
        match infcx.select(&ob, tr) {
            Ok(Some(Candidate::Impl(imp))) => Some(imp),
            _ => None,
        }
    }

    /// What proves a clause: makes the regions equal that an assumption says are; or gives the impl with its arguments.
    pub fn prove(&mut self, tr: TraitRef) -> Option<(DefId, Args, Late)> {
        let plain = erase_regions(tr.args);
        let given = self.clauses.iter().find_map(|c| match *c {
            Clause::Trait(given) if given.trait_def == tr.trait_def && erase_regions(given.args) == plain => {
                Some(given.args)
            }
            _ => None,
        });
        if let Some(given) = given {
            let mut binding = Binding::default();
            for (&p, &a) in given.iter().zip(tr.args.iter()) {
                self.bind_arg(p, a, &mut binding);
            }
            return None;
        }
        let imp = self.select_impl(TraitRef { trait_def: tr.trait_def, args: plain })?;
        let (args, late) = self.impl_args(imp, tr.args)?;
        Some((imp, List::new(&args), late))
    }

    /// The arguments of an impl for which its trait has these.
    pub(super) fn impl_args(&mut self, imp: DefId, of: Args) -> Option<(Vec<GenericArg>, Late)> {
        let tcx = self.tcx();
        let pattern = tcx.impl_trait_ref(imp)?;
        let n = tcx.generics_count(imp);
        let mut binding = Binding { args: vec![None; n], late: Late::default() };
        for (&p, &a) in pattern.args.iter().zip(of.iter()) {
            self.bind_arg(p, a, &mut binding);
        }
        // Parameters that only occur in what a projection is.
        let predicates = tcx.region_predicates_of(imp);
        let identity = tcx.identity_args(imp);
        for _ in 0..3 {
            if binding.args.iter().all(|a| a.is_some()) {
                break;
            }
            for (clause, _) in &predicates.clauses {
                let Clause::Projection(assoc, args, ty) = *clause else { continue };
                if !mentions_unbound(GenericArg::Type(ty), &binding) {
                    continue;
                }
                if args.iter().any(|&a| mentions_unbound(a, &binding)) {
                    continue;
                }
                let so_far = self.filled(&identity, &binding);
                let args = self.instantiate(args, so_far, &mut binding.late);
                let found = self.project(assoc, args);
                self.bind(ty, found, &mut binding);
            }
        }
        for (i, slot) in binding.args.iter_mut().enumerate() {
            if slot.is_none() {
                match identity[i] {
                    GenericArg::Region(_) => *slot = Some(GenericArg::Region(Region::Var(self.fresh()))),
                    _ => return None,
                }
            }
        }
        Some((binding.args.into_iter().flatten().collect(), binding.late))
    }

    fn filled(&mut self, identity: &Args, binding: &Binding) -> Args {
        identity.iter().zip(&binding.args).map(|(&own, bound)| bound.unwrap_or(own)).collect()
    }

    fn bind_arg(&mut self, p: GenericArg, a: GenericArg, binding: &mut Binding) {
        match (p, a) {
            (GenericArg::Type(p), GenericArg::Type(a)) => self.bind(p, a, binding),
            (GenericArg::Region(p), GenericArg::Region(a)) => self.bind_region(p, a, binding),
            (GenericArg::Const(p), _) => {
                if let crate::ty::ConstKind::Param(i) = p.kind()
                    && let Some(slot) = binding.args.get_mut(i.index as usize)
                {
                    slot.get_or_insert(a);
                }
            }
            _ => {}
        }
    }

    /// Matches a type of an impl's or assumption's head with a type.
    fn bind(&mut self, p: Ty, a: Ty, binding: &mut Binding) {
        match (*p.kind(), *a.kind()) {
            (TyKind::Param(i), _) if (i.index as usize) < binding.args.len() => {
                match binding.args[i.index as usize] {
                    Some(GenericArg::Type(old)) => self.same_type(old, a),
                    _ => binding.args[i.index as usize] = Some(GenericArg::Type(a)),
                }
            }
            (TyKind::Ref(r, x, _), TyKind::Ref(s, y, _)) => {
                self.bind_region(r, s, binding);
                self.bind(x, y, binding);
            }
            (TyKind::Array(x, n), TyKind::Array(y, m)) => {
                self.bind_arg(GenericArg::Const(n), GenericArg::Const(m), binding);
                self.bind(x, y, binding);
            }
            (TyKind::Slice(x), TyKind::Slice(y)) | (TyKind::RawPtr(x, _), TyKind::RawPtr(y, _)) => {
                self.bind(x, y, binding)
            }
            (TyKind::Tuple(x), TyKind::Tuple(y)) => {
                for (&x, &y) in x.iter().zip(y.iter()) {
                    self.bind(x, y, binding);
                }
            }
            (TyKind::Adt(_, x), TyKind::Adt(_, y))
            | (TyKind::FnDef(_, x), TyKind::FnDef(_, y))
            | (TyKind::Projection(_, x), TyKind::Projection(_, y))
            | (TyKind::Opaque(_, x), TyKind::Opaque(_, y)) => {
                for (&x, &y) in x.iter().zip(y.iter()) {
                    self.bind_arg(x, y, binding);
                }
            }
            (TyKind::Dynamic(_, x, v, r), TyKind::Dynamic(_, y, w, s)) => {
                for (&x, &y) in x.iter().zip(y.iter()) {
                    self.bind_arg(x, y, binding);
                }
                for (&(_, x), &(_, y)) in v.iter().zip(w.iter()) {
                    self.bind(x, y, binding);
                }
                self.bind_region(r, s, binding);
            }
            (TyKind::FnPtr(x), TyKind::FnPtr(y)) => {
                for (&x, &y) in x.inputs.iter().zip(y.inputs.iter()) {
                    self.bind(x, y, binding);
                }
                self.bind(x.output, y.output, binding);
            }
            _ => {}
        }
    }

    fn bind_region(&mut self, p: Region, a: Region, binding: &mut Binding) {
        let Some(a) = vid(a) else { return };
        match p {
            Region::Param(i, _) if (i as usize) < binding.args.len() => match binding.args[i as usize] {
                Some(GenericArg::Region(old)) => {
                    if let Some(old) = vid(old) {
                        self.equal(old, a);
                    }
                }
                _ => binding.args[i as usize] = Some(GenericArg::Region(Region::Var(a))),
            },
            Region::Bound(name) => match binding.late.get(&name) {
                Some(&old) => self.equal(old, a),
                None => {
                    binding.late.insert(name, a);
                }
            },
            Region::Var(v) => self.equal(v, a),
            _ => {}
        }
    }

    /// A type of which some regions may be erased, with new ones there.
    fn fill(&mut self, ty: Ty) -> Ty {
        let tcx = self.tcx();
        ty.fold_with(&mut super::regions::Renumber {
            tcx,
            next: |r| if vid(r).is_some() { r } else { Region::Var(self.fresh()) },
        })
    }
}

fn mentions_unbound(arg: GenericArg, binding: &Binding) -> bool {
    let mut any = false;
    let mut look = |i: u32| any |= binding.args.get(i as usize).is_some_and(|a| a.is_none());
    match arg {
        GenericArg::Type(t) => t.walk(&mut |t| {
            if let TyKind::Param(p) = t.kind() {
                look(p.index)
            }
        }),
        GenericArg::Region(Region::Param(i, _)) => look(i),
        _ => {}
    }
    any
}

/// The type without regions and without the lifetimes of functions among the arguments of opaque types.
fn erase_opaque(ty: Ty) -> Ty {
    struct Cut;
    impl Folder for Cut {
        fn fold_ty(&mut self, ty: Ty) -> Ty {
            if !ty.flags().has(Flags::OPAQUE) {
                return ty;
            }
            match *ty.kind() {
                TyKind::Opaque(def, _) => Ty::new(TyKind::Opaque(def, List::new(&[]))),
                _ => ty.super_fold(self),
            }
        }
    }
    erase_regions(ty).fold_with(&mut Cut)
}

struct Normalize<'m, 'a, 'h> {
    b: &'m mut BorrowCx<'a, 'h>,
}

impl Folder for Normalize<'_, '_, '_> {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        if !ty.flags().has(Flags::PROJECTION) {
            return ty;
        }
        let ty = ty.super_fold(self);
        match *ty.kind() {
            TyKind::Projection(assoc, args) => self.b.project(assoc, args),
            _ => ty,
        }
    }
    fn fold_const(&mut self, c: Const) -> Const {
        if c.flags().has(Flags::PROJECTION) { self.b.tcx().eval_const(erase_regions(c)) } else { c }
    }
}

/// Replaces the lifetimes a matched assumption bound. One that only its result mentions is that of the parameters, if they
/// have but one.
struct Bound<'m, 'a, 'h> {
    b: &'m mut BorrowCx<'a, 'h>,
    late: &'m mut FastMap<Symbol, Vid>,
    own: Vec<Vid>,
}

impl Folder for Bound<'_, '_, '_> {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        ty.super_fold(self)
    }
    fn fold_region(&mut self, r: Region) -> Region {
        match r {
            Region::Bound(name) => {
                if let Some(&v) = self.late.get(&name) {
                    return Region::Var(v);
                }
                let v = match self.own[..] {
                    [one] if is_bound_inside(name) => one,
                    _ => self.b.fresh(),
                };
                self.late.insert(name, v);
                Region::Var(v)
            }
            _ if vid(r).is_some() => r,
            _ => Region::Var(self.b.fresh()),
        }
    }
}

/// Puts arguments into bounds and keeps the lifetimes they bind.
struct KeepBound<'m, 'a, 'h> {
    b: &'m mut BorrowCx<'a, 'h>,
    of: Args,
    late: &'m mut Late,
}

impl Folder for KeepBound<'_, '_, '_> {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        match *ty.kind() {
            TyKind::Param(_) | TyKind::FnPtr(_) => self.b.instantiate_raw(ty, self.of, self.late),
            _ if self.b.tcx().as_opaque(ty).is_some() => self.b.instantiate_raw(ty, self.of, self.late),
            _ => ty.super_fold(self),
        }
    }
    fn fold_const(&mut self, c: Const) -> Const {
        crate::ty::fold::subst(c, self.of)
    }
    fn fold_region(&mut self, r: Region) -> Region {
        match r {
            Region::Bound(name) if !self.late.contains_key(&name) => r,
            _ => {
                let ty = Ty::new(TyKind::Ref(r, Ty::unit(), crate::ty::Mutability::Not));
                match *self.b.instantiate_raw(ty, self.of, self.late).kind() {
                    TyKind::Ref(r, ..) => r,
                    _ => r,
                }
            }
        }
    }
}

use crate::ty::Const;
