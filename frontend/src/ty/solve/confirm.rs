//! Applying the rule that was selected: unify, and say what else must hold.

use super::select::Candidate;
use super::*;

impl InferCtxt<'_, '_> {
    /// Applies a candidate; effects are the caller's to roll back.
    pub fn confirm(
        &self,
        candidate: &Candidate,
        ob: &Obligation,
        tr: TraitRef,
    ) -> Result<Vec<Obligation>, NoSolution> {
        match candidate {
            Candidate::Given(given) => {
                self.unify_args(given.args, tr.args).map_err(|_| NoSolution)?;
                Ok(Vec::new())
            }
            Candidate::Impl(imp) => self.match_impl(*imp, ob, tr).map(|(_, nested)| nested),
            Candidate::Builtin(types) => {
                let ancestors = self.ancestry(ob, tr);
                Ok(types
                    .iter()
                    .map(|&t| {
                        let args = List::new(&[GenericArg::Type(t)]);
                        let clause = Clause::Trait(TraitRef { trait_def: tr.trait_def, args });
                        self.nested(ob, ancestors.clone(), clause)
                    })
                    .collect())
            }
            Candidate::Callable(sig) => {
                let mut out = Vec::new();
                let sig = self.normalize(ob, *sig, &mut out);
                let inputs = Ty::new(TyKind::Tuple(sig.inputs));
                let wanted = tr.args.get(1).and_then(|a| a.as_type()).ok_or(NoSolution)?;
                self.unify(wanted, inputs).map_err(|_| NoSolution)?;
                Ok(out)
            }
            Candidate::Unsize => self.confirm_unsize(ob, tr),
        }
    }
    /// Matches an impl: its arguments, and what its where-clauses require.
    pub fn match_impl(
        &self,
        imp: DefId,
        ob: &Obligation,
        tr: TraitRef,
    ) -> Result<(Args, Vec<Obligation>), NoSolution> {
        let of = self.tcx.impl_trait_ref_erased(imp).ok_or(NoSolution)?;
        let args = self.fresh_args(imp, ob.cause.span);
        let mut out = Vec::new();
        let ancestors = self.ancestry(ob, tr);
        let below = Obligation { ancestors, ..ob.clone() };
        let mut of_args = fold::subst(of.args, args);
        if of_args.flags().has(Flags::PROJECTION) {
            of_args = self.normalize(&below, of_args, &mut out);
        }
        self.unify_args(of_args, tr.args).map_err(|_| NoSolution)?;
        self.predicates_for(ob, &below.ancestors, imp, args, &mut out);
        Ok((args, out))
    }
}
