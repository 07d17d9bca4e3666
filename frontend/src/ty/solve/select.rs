//! Which rule proves a trait obligation.
//!
//! Candidates come from the assumptions, the bounds of associated and opaque types, trait objects, impls and the
//! language itself. Where several remain after those that cannot hold are dropped, assumptions win over impls.

use super::super::impls::SimpleType;
use super::*;

/// A rule that may prove an obligation.
#[derive(Clone, Debug, PartialEq)]
pub enum Candidate {
    /// An assumption, a bound of the self type, or what a trait object promises.
    Given(TraitRef),
    /// An impl.
    Impl(DefId),
    /// The language: holds if the trait holds for these types.
    Builtin(Vec<Ty>),
    /// A closure, function item or function pointer is called with these inputs.
    Callable(FnSig),
    /// `Unsize`
    Unsize,
}

impl InferCtxt<'_, '_> {
    /// The rule that proves the obligation: `Ok(None)` if more must be known first, `Err` if there is none.
    pub fn select(&self, ob: &Obligation, tr: TraitRef) -> Result<Option<Candidate>, NoSolution> {
        let Some(GenericArg::Type(this)) = tr.args.first().copied() else { return Err(NoSolution) };
        let this = self.shallow(this);
        if matches!(this.kind(), TyKind::Infer(InferTy::Ty(_))) {
            return Ok(None);
        }
        let mut list: Vec<Candidate> = Vec::new();
        self.assemble_given(ob, tr, this, &mut list);
        let given = list.len();
        match self.assemble_builtin(tr, this) {
            builtin::Builtin::Yes(candidate) => list.push(candidate),
            builtin::Builtin::No => {
                if given == 0 {
                    return Err(NoSolution);
                }
            }
            builtin::Builtin::Unknown => return Ok(None),
            builtin::Builtin::NotBuiltin => self.assemble_impls(tr, this, &mut list),
        }
        if list.len() > 1 {
            list.retain(|c| self.candidate_holds(c, ob, tr) != Eval::Fails);
        }
        match list.len() {
            0 => return Err(NoSolution),
            1 => return Ok(list.pop()),
            _ => {}
        }
        // Assumptions win; among them equal ones count once.
        let mut givens: Vec<Candidate> = Vec::new();
        for c in &list {
            if let Candidate::Given(t) = c {
                let resolved = Candidate::Given(self.resolve(*t));
                if !givens.contains(&resolved) {
                    givens.push(resolved);
                }
            }
        }
        match givens.len() {
            1 => return Ok(givens.pop()),
            0 => {}
            _ => {
                // One that needs no variable to be bound is the one.
                if let Some(exact) =
                    givens.iter().find(|c| matches!(c, Candidate::Given(t) if t.args == tr.args))
                {
                    return Ok(Some(exact.clone()));
                }
                return if tr.flags().has(Flags::INFER) { Ok(None) } else { Ok(givens.into_iter().next()) };
            }
        }
        if tr.flags().has(Flags::INFER) { Ok(None) } else { Ok(list.into_iter().next()) }
    }

    fn candidate_holds(&self, candidate: &Candidate, ob: &Obligation, tr: TraitRef) -> Eval {
        self.probe(|| match self.confirm(candidate, ob, tr) {
            Err(NoSolution) => Eval::Fails,
            Ok(nested) => self.evaluate_all(nested),
        })
    }

    fn assemble_given(&self, ob: &Obligation, tr: TraitRef, this: Ty, list: &mut Vec<Candidate>) {
        for clause in ob.env.clauses.iter() {
            if let Clause::Trait(given) = clause
                && given.trait_def == tr.trait_def
                && self.may_match_args(&given.args, &tr.args)
            {
                self.push_given(*given, tr, list);
            }
        }
        self.for_each_bound_of(this, &mut |clause| {
            if let Clause::Trait(given) = clause
                && given.trait_def == tr.trait_def
            {
                self.push_given(given, tr, list);
            }
        });
        if let TyKind::Dynamic(principal, args, ..) = *this.kind() {
            let of_dyn = self.tcx.supertrait_ids(principal).contains(&tr.trait_def);
            if of_dyn {
                let mut all = vec![GenericArg::Type(this)];
                all.extend(args.iter());
                let root = TraitRef { trait_def: principal, args: List::new(&all) };
                for clause in self.tcx.elaborate(vec![Clause::Trait(root)]) {
                    if let Clause::Trait(given) = clause
                        && given.trait_def == tr.trait_def
                    {
                        let given = self.tcx_normalize_given(ob, given);
                        self.push_given(given, tr, list);
                    }
                }
            }
        }
    }
    fn tcx_normalize_given(&self, ob: &Obligation, given: TraitRef) -> TraitRef {
        if !given.flags().has(Flags::PROJECTION) {
            return given;
        }
        match self.forgetting(|| self.normalize_clause(ob, Clause::Trait(given), &mut Vec::new())) {
            Clause::Trait(t) => t,
            Clause::Projection(..) => given,
        }
    }
    fn push_given(&self, given: TraitRef, tr: TraitRef, list: &mut Vec<Candidate>) {
        if given.args == tr.args || self.probe(|| self.unify_args(given.args, tr.args).is_ok()) {
            let candidate = Candidate::Given(given);
            if !list.contains(&candidate) {
                list.push(candidate);
            }
        }
    }
    /// What the declarations of a rigid projection or opaque type say about it.
    pub fn for_each_bound_of(&self, this: Ty, f: &mut dyn FnMut(Clause)) {
        let (TyKind::Projection(def, args) | TyKind::Opaque(def, args)) = *this.kind() else { return };
        let hidden = matches!(this.kind(), TyKind::Opaque(..));
        for (clause, _) in self.tcx.item_bounds(def).iter() {
            let clause = if hidden { self.tcx.about_default(def, *clause) } else { *clause };
            f(fold::subst(clause, args));
        }
    }

    fn assemble_impls(&self, tr: TraitRef, this: Ty, list: &mut Vec<Candidate>) {
        let Some(impls) = self.tcx.impls().of_trait.get(&tr.trait_def) else { return };
        let mut consider = |imp: DefId| {
            if let Some(of) = self.tcx.impl_trait_ref_erased(imp)
                && self.may_match_args(&of.args, &tr.args)
            {
                list.push(Candidate::Impl(imp));
            }
        };
        match (SimpleType::of(this), this.kind()) {
            (Some(simple), _) => {
                if let Some(found) = impls.by_type.get(&simple) {
                    found.iter().for_each(|&i| consider(i));
                }
            }
            (None, TyKind::Infer(v)) => {
                let mut found: Vec<DefId> = impls
                    .by_type
                    .iter()
                    .filter(|(s, _)| match v {
                        InferTy::Int(_) => matches!(s, SimpleType::Int(_) | SimpleType::Uint(_)),
                        InferTy::Float(_) => matches!(s, SimpleType::Float(_)),
                        InferTy::Ty(_) => true,
                    })
                    .flat_map(|(_, list)| list.iter().copied())
                    .collect();
                found.sort();
                found.into_iter().for_each(&mut consider);
            }
            _ => {}
        }
        impls.blanket.iter().for_each(|&i| consider(i));
    }

    /// Whether arguments of an impl or assumption, whose parameters stand for anything, may be equal to these.
    pub fn may_match_args(&self, pattern: &Args, args: &Args) -> bool {
        pattern.len() == args.len()
            && pattern.iter().zip(args.iter()).all(|(p, a)| match (p, a) {
                (GenericArg::Type(p), GenericArg::Type(a)) => self.may_match(*p, *a),
                (GenericArg::Const(p), GenericArg::Const(a)) => {
                    match (p.kind(), self.shallow_const(*a).kind()) {
                        (ConstKind::Value(_, x), ConstKind::Value(_, y)) => x == y,
                        _ => true,
                    }
                }
                _ => true,
            })
    }
    fn may_match(&self, p: Ty, a: Ty) -> bool {
        let a = match a.kind() {
            TyKind::Infer(_) => self.shallow(a),
            _ => a,
        };
        match (p.kind(), a.kind()) {
            (
                TyKind::Param(_)
                | TyKind::Projection(..)
                | TyKind::Opaque(..)
                | TyKind::Error
                | TyKind::Infer(_),
                _,
            ) => true,
            (_, TyKind::Error | TyKind::Infer(InferTy::Ty(_)) | TyKind::Opaque(..)) => true,
            (_, TyKind::Infer(InferTy::Int(_))) => p.is_integral(),
            (_, TyKind::Infer(InferTy::Float(_))) => p.is_float(),
            (TyKind::Adt(d, x), TyKind::Adt(e, y)) => d == e && self.may_match_args(x, y),
            (TyKind::Ref(_, x, m), TyKind::Ref(_, y, n)) | (TyKind::RawPtr(x, m), TyKind::RawPtr(y, n)) => {
                m == n && self.may_match(*x, *y)
            }
            (TyKind::Slice(x), TyKind::Slice(y)) => self.may_match(*x, *y),
            (TyKind::Array(x, m), TyKind::Array(y, n)) => {
                self.may_match(*x, *y)
                    && match (m.kind(), self.shallow_const(*n).kind()) {
                        (ConstKind::Value(_, i), ConstKind::Value(_, j)) => i == j,
                        _ => true,
                    }
            }
            (TyKind::Tuple(x), TyKind::Tuple(y)) => {
                x.len() == y.len() && x.iter().zip(y.iter()).all(|(x, y)| self.may_match(*x, *y))
            }
            (TyKind::FnPtr(x), TyKind::FnPtr(y)) => x.inputs.len() == y.inputs.len(),
            (TyKind::Dynamic(d, ..), TyKind::Dynamic(e, ..)) => d == e,
            (TyKind::FnDef(d, _), TyKind::FnDef(e, _)) | (TyKind::Closure(d, _), TyKind::Closure(e, _)) => {
                d == e
            }
            (x, y) => x == y,
        }
    }
}
