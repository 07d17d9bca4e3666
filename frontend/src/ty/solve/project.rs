//! What an associated type is, and normalising types that mention some.

use crate::hir::DefKind;

use super::super::fold::Folder;
use super::select::Candidate;
use super::*;

/// What a projection turned out to be.
pub enum Projected {
    /// This type (the projection itself if nothing more is known of it), if the obligations hold.
    Ty(Ty, Vec<Obligation>),
    /// More must be known first.
    Ambiguous,
}

impl InferCtxt<'_, '_> {
    /// Looks through one projection whose arguments are resolved and normalised.
    pub fn project(&self, ob: &Obligation, assoc: DefId, args: Args) -> Projected {
        let rigid = || Ty::new(TyKind::Projection(assoc, self.resolve(args)));
        let Some(trait_def) = self.tcx.trait_of_item(assoc) else {
            return Projected::Ty(Ty::error(), Vec::new());
        };
        let Some(this) = args.first().and_then(|a| a.as_type()) else {
            return Projected::Ty(Ty::error(), Vec::new());
        };
        let this = self.shallow(this);
        match this.kind() {
            TyKind::Infer(InferTy::Ty(_)) => return Projected::Ambiguous,
            TyKind::Error => return Projected::Ty(Ty::error(), Vec::new()),
            _ => {}
        }
        if ob.ancestors.as_ref().is_some_and(|a| a.depth > 100) {
            return Projected::Ty(Ty::error(), Vec::new());
        }
        if let Some(found) = self.project_given(ob, assoc, args, this) {
            return found;
        }
        let n = self.tcx.generics_count(trait_def).min(args.len());
        let tr = TraitRef { trait_def, args: List::new(&args[..n]) };
        let candidate = match self.select(ob, tr) {
            Err(NoSolution) => {
                // The trait is not implemented: say so instead of naming a type.
                let clause = Clause::Trait(tr);
                return Projected::Ty(rigid(), vec![self.nested(ob, ob.ancestors.clone(), clause)]);
            }
            Ok(None) => return Projected::Ambiguous,
            Ok(Some(c)) => c,
        };
        match candidate {
            Candidate::Impl(imp) => {
                let Ok((impl_args, mut out)) = self.commit_if_ok(|| self.match_impl(imp, ob, tr)) else {
                    let clause = Clause::Trait(tr);
                    return Projected::Ty(rigid(), vec![self.nested(ob, ob.ancestors.clone(), clause)]);
                };
                // Own arguments of a generic associated type come after the impl's.
                let with_own = |first: Args| {
                    let mut all = first.to_vec();
                    all.extend(args.iter().skip(n));
                    List::new(&all)
                };
                let is_result = matches!(self.tcx.hir.def(assoc).kind, DefKind::Opaque(_));
                let value = match self.tcx.impl_item(imp, assoc) {
                    _ if is_result => match self.tcx.impl_result(imp, assoc) {
                        Some(ty) => fold::subst(ty, with_own(impl_args)),
                        None => Ty::new(TyKind::Opaque(assoc, args)),
                    },
                    Some(item) => {
                        fold::subst(fold::erase_regions(self.tcx.type_of(item)), with_own(impl_args))
                    }
                    None if self.tcx.has_default(assoc) => {
                        fold::subst(fold::erase_regions(self.tcx.type_of(assoc)), args)
                    }
                    // E0046 says so where the impl is.
                    None => Ty::error(),
                };
                let below = Obligation { ancestors: self.ancestry(ob, tr), ..ob.clone() };
                let value = self.normalize(&below, value, &mut out);
                Projected::Ty(value, out)
            }
            Candidate::Callable(sig) => {
                let mut out = Vec::new();
                let sig = self.normalize(ob, sig, &mut out);
                let inputs = Ty::new(TyKind::Tuple(sig.inputs));
                let wanted = args.get(1).and_then(|a| a.as_type()).unwrap_or(Ty::error());
                if self.unify(wanted, inputs).is_err() {
                    let clause = Clause::Trait(tr);
                    return Projected::Ty(Ty::error(), vec![self.nested(ob, ob.ancestors.clone(), clause)]);
                }
                Projected::Ty(sig.output, out)
            }
            Candidate::Given(given) => {
                if self.unify_args(given.args, tr.args).is_err() {
                    return Projected::Ty(Ty::error(), Vec::new());
                }
                Projected::Ty(rigid(), Vec::new())
            }
            Candidate::Builtin(_) | Candidate::Unsize => Projected::Ty(rigid(), Vec::new()),
        }
    }
    /// What assumptions, bounds of the self type or a trait object say the projection is.
    fn project_given(&self, ob: &Obligation, assoc: DefId, args: Args, this: Ty) -> Option<Projected> {
        let mut found: Vec<(Args, Ty)> = Vec::new();
        let mut add = |a: Args, t: Ty| {
            if !found.contains(&(a, t))
                && self.may_match_args(&a, &args)
                && self.probe(|| self.unify_args(a, args).is_ok())
            {
                found.push((a, t));
            }
        };
        for clause in ob.env.clauses.iter() {
            if let Clause::Projection(d, a, t) = *clause
                && d == assoc
            {
                add(a, t);
            }
        }
        self.for_each_bound_of(this, &mut |clause| {
            if let Clause::Projection(d, a, t) = clause
                && d == assoc
            {
                add(a, t);
            }
        });
        if let TyKind::Dynamic(_, _, list, _) = *this.kind()
            && let Some((_, t)) = list.iter().find(|(d, _)| *d == assoc)
        {
            return Some(Projected::Ty(*t, Vec::new()));
        }
        let &(a, t) = match found.iter().find(|(a, _)| *a == args) {
            Some(exact) => exact,
            None if found.len() > 1 => {
                if args.flags().has(Flags::INFER) {
                    return Some(Projected::Ambiguous);
                }
                found.first()?
            }
            None => found.first()?,
        };
        let _ = self.unify_args(a, args);
        let mut out = Vec::new();
        let itself = matches!(t.kind(), TyKind::Projection(d, b) if *d == assoc && *b == a);
        let t = if itself || !t.flags().has(Flags::PROJECTION) {
            t
        } else {
            // An assumption about a type may be phrased with the type itself.
            let tr = TraitRef { trait_def: self.tcx.trait_of_item(assoc)?, args };
            let below = Obligation { ancestors: self.ancestry(ob, tr), ..ob.clone() };
            self.normalize(&below, t, &mut out)
        };
        Some(Projected::Ty(t, out))
    }

    /// Normalises; projections that cannot be seen through yet become variables with an obligation.
    pub fn normalize<T: Fold>(&self, ob: &Obligation, value: T, out: &mut Vec<Obligation>) -> T {
        let mut wanted = Flags::PROJECTION;
        if ob.env.reveal {
            wanted = wanted.or(Flags::OPAQUE);
        }
        if !value.flags().has(wanted) {
            return value;
        }
        value.fold_with(&mut Normalizer { cx: self, ob, out, wanted, depth: 0 })
    }
    /// Normalises the types in a clause (not the projection a projection clause is about).
    pub fn normalize_clause(&self, ob: &Obligation, clause: Clause, out: &mut Vec<Obligation>) -> Clause {
        let mut wanted = Flags::PROJECTION;
        if ob.env.reveal {
            wanted = wanted.or(Flags::OPAQUE);
        }
        let mut normalizer = Normalizer { cx: self, ob, out, wanted, depth: 0 };
        match clause {
            Clause::Trait(tr) => {
                Clause::Trait(TraitRef { trait_def: tr.trait_def, args: tr.args.fold_with(&mut normalizer) })
            }
            Clause::Projection(def, args, ty) => {
                let args = args.fold_with(&mut normalizer);
                Clause::Projection(def, args, ty.fold_with(&mut normalizer))
            }
        }
    }
    /// Normalises a projection without variables; remembered.
    fn normalize_ground(&self, ob: &Obligation, assoc: DefId, args: Args) -> Option<Ty> {
        let key = (ob.env, assoc, args);
        if let Some(&known) = self.tcx.caches.projected.borrow().get(&key) {
            return Some(known);
        }
        let result = self.probe(|| match self.project(ob, assoc, args) {
            Projected::Ambiguous => None,
            Projected::Ty(ty, nested) => {
                let rigid = matches!(ty.kind(), TyKind::Projection(d, a) if *d == assoc && *a == args);
                if rigid && !nested.is_empty() {
                    return None;
                }
                // A value without variables does not wait for the impl's own obligations; who uses the trait proves them.
                if !ty.flags().has(Flags::INFER) {
                    return Some(ty);
                }
                self.evaluate_all(nested);
                let ty = self.resolve(ty);
                (!ty.flags().has(Flags::INFER)).then_some(ty)
            }
        })?;
        self.tcx.caches.projected.borrow_mut().insert(key, result);
        Some(result)
    }
}

impl Tcx<'_> {
    /// Whether an associated item of a trait has a value or body there.
    pub fn has_default(&self, item: DefId) -> bool {
        match &self.hir.def(item).kind {
            DefKind::AssocTy { value, .. } => value.is_some(),
            DefKind::Const { body, .. } => body.is_some(),
            DefKind::Fn(f) => f.body.is_some() || f.intrinsic,
            _ => false,
        }
    }
}

struct Normalizer<'a, 't, 'h> {
    cx: &'a InferCtxt<'t, 'h>,
    ob: &'a Obligation,
    out: &'a mut Vec<Obligation>,
    wanted: Flags,
    depth: u32,
}

impl Folder for Normalizer<'_, '_, '_> {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        if !ty.flags().has(self.wanted) {
            return ty;
        }
        if self.depth > 200 {
            return Ty::error();
        }
        self.depth += 1;
        let ty = ty.super_fold(self);
        let result = match *ty.kind() {
            TyKind::Projection(def, args) => {
                let args = self.cx.resolve(args);
                let ground = !args.flags().has(Flags::INFER);
                let known = if ground {
                    self.cx.normalize_ground(self.ob, def, args)
                } else {
                    self.cx.known_projection(self.ob.env, def, args)
                };
                if let Some(t) = known {
                    self.depth -= 1;
                    return t;
                }
                let found = match self.cx.project(self.ob, def, args) {
                    Projected::Ty(t, nested) => {
                        self.out.extend(nested);
                        self.cx.resolve(t)
                    }
                    Projected::Ambiguous => {
                        let var = self.cx.next_ty_var(self.ob.cause.span);
                        let clause = Clause::Projection(def, args, var);
                        self.out.push(Obligation { clause, ..self.ob.clone() });
                        var
                    }
                };
                // An error may be due to how deep this stands.
                if !matches!(found.kind(), TyKind::Error) {
                    self.cx.remember_projection(self.ob.env, def, args, found);
                }
                found
            }
            TyKind::Opaque(def, args) if self.ob.env.reveal => {
                let hidden = fold::subst(self.cx.tcx.opaque_hidden(def), args);
                let same = matches!(hidden.kind(), TyKind::Opaque(d, _) if *d == def);
                if same { ty } else { self.fold_ty(hidden) }
            }
            _ => ty,
        };
        self.depth -= 1;
        result
    }
    fn fold_const(&mut self, c: Const) -> Const {
        if !c.flags().has(Flags::PROJECTION) {
            return c;
        }
        self.cx.tcx.eval_const(c.super_fold(self))
    }
}
