//! The trait solver: obligations, worked off to a fixed point.
//!
//! An [`Obligation`] is a clause to prove. [`Fulfill`] keeps the pending ones; each is selected (which where-clause, impl or
//! built-in rule proves it), confirmed (types are unified, new obligations appear), or left until more is known.
//! Questions without variables are answered once and remembered in the typing context.
//!
//! Cycles: a clause that needs itself holds for `Sized` and the auto traits, and fails for all others.

pub mod builtin;
pub mod confirm;
pub mod project;
pub mod select;

use std::cell::OnceCell;
use std::rc::Rc;

use crate::hash::FastSet;
use crate::hir::DefId;
use crate::source::Span;

use super::fold::Fold;
use super::infer::{Canonical, InferCtxt};
use super::*;

/// Something to prove.
#[derive(Clone, Debug)]
pub struct Obligation {
    /// What.
    pub clause: Clause,
    /// Under which assumptions.
    pub env: ParamEnv,
    /// Why.
    pub cause: Cause,
    /// The obligations that led to it.
    pub ancestors: Option<Rc<Ancestor>>,
}

/// An obligation above another.
#[derive(Debug)]
pub struct Ancestor {
    /// What was to be proved, with its variables as they were.
    pub trait_ref: TraitRef,
    /// The same with variables renamed by order, once somebody asks.
    canonical: OnceCell<TraitRef>,
    /// The one above.
    pub parent: Option<Rc<Ancestor>>,
    /// How many are above.
    pub depth: u32,
}

impl Ancestor {
    fn canonical(&self) -> TraitRef {
        *self.canonical.get_or_init(|| self.trait_ref.fold_with(&mut Canonical::default()))
    }
}

/// Why something must be proved.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Cause {
    /// The place that needs it.
    pub span: Span,
    /// What kind of need.
    pub code: CauseCode,
}

/// Kinds of need.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum CauseCode {
    /// Nothing special.
    Misc,
    /// A where-clause of this definition, and where it is written.
    Bound(DefId, Span),
    /// `?`
    Question,
    /// A binary operator's trait.
    BinaryOp(crate::hir::BinOp, Ty),
    /// A variable or value on the stack must have a known size.
    SizedValue,
    /// An element of an array or repeat expression must be `Copy`.
    RepeatCopy,
    /// The trait of an impl requires it.
    ImplSuper(DefId),
}

impl Cause {
    /// A need without a special reason.
    pub fn misc(span: Span) -> Cause {
        Cause { span, code: CauseCode::Misc }
    }
}

/// Nothing proves an obligation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoSolution;

/// How an evaluation came out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Eval {
    /// Holds.
    Holds,
    /// Holds or not, depending on variables.
    Maybe,
    /// Does not hold.
    Fails,
}

/// An obligation that cannot be met.
#[derive(Clone, Debug)]
pub struct FulfillError {
    /// The obligation.
    pub obligation: Obligation,
    /// Why.
    pub kind: FulfillErrorKind,
}

/// Why an obligation cannot be met.
#[derive(Clone, Copy, Debug)]
pub enum FulfillErrorKind {
    /// The trait is not implemented.
    Unimplemented,
    /// The associated type is this one, not the required one.
    Mismatch(Ty),
    /// Nothing more is known, at the end.
    Ambiguous,
    /// Needs itself without end.
    Overflow,
}

/// Obligations not proved yet.
#[derive(Default)]
pub struct Fulfill {
    pending: Vec<Pending>,
    /// The state of inference in which all that is pending was found to be stalled.
    settled: Option<u64>,
}

struct Pending {
    obligation: Obligation,
    /// The variables that kept it from being solved; empty before the first try.
    stalled: Vec<Ty>,
    /// The state of inference in which they were last found to be unknown; `None` if it is to be tried each time.
    unknown_in: Option<u64>,
}

impl Pending {
    fn new(obligation: Obligation) -> Pending {
        Pending { obligation, stalled: Vec::new(), unknown_in: None }
    }
    /// Remembers what keeps it from being solved.
    fn stall(&mut self, cx: &InferCtxt<'_, '_>) {
        self.stalled = cx.variables_of(&self.obligation.clause);
        // Constant variables are not watched one by one.
        let watched = !self.stalled.iter().any(|v| v.is_error());
        self.unknown_in = watched.then(|| cx.state());
    }
    /// Whether nothing became known of the variables that kept it from being solved.
    fn is_stalled(&mut self, cx: &InferCtxt<'_, '_>) -> bool {
        let Some(before) = self.unknown_in else { return false };
        if before == cx.state() {
            return true;
        }
        let stalled = self.stalled.iter().all(|&v| cx.shallow(v) == v);
        if stalled {
            self.unknown_in = Some(cx.state());
        }
        stalled
    }
}

enum Step {
    Stuck,
    Done(Vec<Obligation>),
    Failed(FulfillErrorKind),
}

impl Fulfill {
    /// Adds an obligation.
    pub fn register(&mut self, obligation: Obligation) {
        self.pending.push(Pending::new(obligation));
        self.settled = None;
    }
    /// Whether nothing is left to prove.
    pub fn is_empty(&self) -> bool {
        self.pending.is_empty()
    }
    /// What is left to prove.
    pub fn pending(&self) -> impl Iterator<Item = &Obligation> {
        self.pending.iter().map(|p| &p.obligation)
    }
    /// Takes what is left to prove.
    pub fn take(&mut self) -> Vec<Obligation> {
        std::mem::take(&mut self.pending).into_iter().map(|p| p.obligation).collect()
    }
    /// Solves what can be solved now, to a fixed point.
    pub fn select_where_possible(&mut self, cx: &InferCtxt<'_, '_>) -> Vec<FulfillError> {
        let mut errors = Vec::new();
        if self.pending.is_empty() || self.settled == Some(cx.state()) {
            return errors;
        }
        let mut kept: Vec<Pending> = Vec::new();
        // What was taken apart already: each level of nested iterators asks for all levels below it, several times.
        let mut seen: FastSet<(ParamEnv, TraitRef)> = FastSet::default();
        // Worked off depth first: new obligations go on top.
        let mut work: Vec<Pending> = Vec::new();
        loop {
            let mut progress = false;
            // Most is stalled, most of the time: what is before the first that is not stays where it is.
            let stalled = self.pending.iter_mut().position(|p| !p.is_stalled(cx));
            let mut tried = self.pending.split_off(stalled.unwrap_or(self.pending.len())).into_iter();
            while let Some(mut p) = work.pop().or_else(|| tried.next()) {
                if p.is_stalled(cx) {
                    kept.push(p);
                    continue;
                }
                let open = cx.open_question(&p.obligation);
                if open.is_some_and(|key| seen.contains(&key) && cx.cycle(&p.obligation, key.1).is_none()) {
                    continue;
                }
                let step = cx.process(&p.obligation, open.map(|(_, tr)| tr));
                if matches!(step, Step::Done(_)) {
                    seen.extend(open);
                }
                match step {
                    Step::Stuck => {
                        p.stall(cx);
                        kept.push(p);
                    }
                    Step::Done(nested) => {
                        progress = true;
                        work.extend(nested.into_iter().rev().map(Pending::new));
                    }
                    Step::Failed(kind) => {
                        progress = true;
                        errors.push(FulfillError { obligation: p.obligation, kind });
                    }
                }
            }
            self.pending.append(&mut kept);
            if !progress {
                let settled = self.pending.iter().all(|p| p.unknown_in == Some(cx.state()));
                self.settled = settled.then(|| cx.state());
                return errors;
            }
        }
    }
}

impl<'t, 'h> InferCtxt<'t, 'h> {
    /// The type variables in a clause (of a projection, in its arguments only).
    fn variables_of(&self, clause: &Clause) -> Vec<Ty> {
        let args = match *clause {
            Clause::Trait(tr) => tr.args,
            Clause::Projection(_, args, _) => args,
        };
        let args = self.resolve(args);
        let mut out = Vec::new();
        for arg in args.iter() {
            match arg {
                GenericArg::Type(t) => t.walk(&mut |t| match t.kind() {
                    TyKind::Infer(_) => out.push(t),
                    TyKind::Array(_, n) if n.flags().has(Flags::INFER) => out.push(Ty::error()),
                    _ => {}
                }),
                GenericArg::Const(c) if c.flags().has(Flags::INFER) => out.push(Ty::error()),
                _ => {}
            }
        }
        if out.is_empty() {
            out.push(Ty::error());
        }
        out
    }
    /// A trait clause with variables, as it stands now; clauses without are remembered elsewhere.
    fn open_question(&self, ob: &Obligation) -> Option<(ParamEnv, TraitRef)> {
        match ob.clause {
            Clause::Trait(tr) if tr.flags().has(Flags::INFER) => Some((ob.env, self.resolve(tr))),
            _ => None,
        }
    }
    /// Tries to solve an obligation; `open` is the trait clause as it stands now, if it has variables.
    fn process(&self, ob: &Obligation, open: Option<TraitRef>) -> Step {
        match ob.clause {
            Clause::Trait(tr) => {
                let tr = open.unwrap_or(tr);
                if self.tcx.lang.is_auto(tr.trait_def) || tr.flags().has(Flags::ERROR) {
                    return Step::Done(Vec::new());
                }
                if ob.ancestors.as_ref().is_some_and(|a| a.depth > 100) {
                    return Step::Failed(FulfillErrorKind::Overflow);
                }
                if !tr.flags().has(Flags::INFER) {
                    return match self.evaluate_ground(ob.env, tr, ob.ancestors.as_ref()) {
                        Eval::Holds => Step::Done(Vec::new()),
                        Eval::Fails => Step::Failed(FulfillErrorKind::Unimplemented),
                        Eval::Maybe => Step::Stuck,
                    };
                }
                if let Some(known) = self.cycle(ob, tr) {
                    return match known {
                        Eval::Holds => Step::Done(Vec::new()),
                        _ => Step::Failed(FulfillErrorKind::Overflow),
                    };
                }
                match self.select(ob, tr) {
                    Err(NoSolution) => Step::Failed(FulfillErrorKind::Unimplemented),
                    Ok(None) => Step::Stuck,
                    Ok(Some(candidate)) => match self.commit_if_ok(|| self.confirm(&candidate, ob, tr)) {
                        Ok(nested) => Step::Done(nested),
                        Err(NoSolution) => Step::Failed(FulfillErrorKind::Unimplemented),
                    },
                }
            }
            Clause::Projection(assoc, args, ty) => {
                let args = self.resolve(args);
                match self.project(ob, assoc, args) {
                    project::Projected::Ty(found, nested) => match self.unify(ty, found) {
                        Ok(()) => Step::Done(nested),
                        Err(_) => Step::Failed(FulfillErrorKind::Mismatch(self.resolve(found))),
                    },
                    project::Projected::Ambiguous => Step::Stuck,
                }
            }
        }
    }
    /// Whether the same question is being asked further up; then whether that is fine.
    fn cycle(&self, ob: &Obligation, tr: TraitRef) -> Option<Eval> {
        let canonical = OnceCell::new();
        let mut next = ob.ancestors.as_ref();
        while let Some(a) = next {
            if a.trait_ref.trait_def == tr.trait_def
                && a.canonical() == *canonical.get_or_init(|| tr.fold_with(&mut Canonical::default()))
            {
                let cyc = &self.tcx.caches.lowest_cycle;
                cyc.set(cyc.get().min(a.depth));
                return Some(if Some(tr.trait_def) == self.tcx.lang.sized {
                    Eval::Holds
                } else {
                    Eval::Fails
                });
            }
            next = a.parent.as_ref();
        }
        None
    }
    /// The chain of ancestors of what `ob` needs.
    fn ancestry(&self, ob: &Obligation, tr: TraitRef) -> Option<Rc<Ancestor>> {
        Some(Rc::new(Ancestor {
            trait_ref: tr,
            canonical: OnceCell::new(),
            depth: ob.ancestors.as_ref().map_or(0, |a| a.depth + 1),
            parent: ob.ancestors.clone(),
        }))
    }
    /// Whether a trait without variables is implemented; remembered.
    pub fn evaluate_ground(&self, env: ParamEnv, tr: TraitRef, ancestors: Option<&Rc<Ancestor>>) -> Eval {
        if let Some(quick) = self.quick_sized(tr) {
            return quick;
        }
        // What does not mention parameters does not depend on the assumptions, unless they say something global.
        let key = (env, tr);
        if let Some(&known) = self.tcx.caches.evaluated.borrow().get(&key) {
            return known;
        }
        let ob = Obligation {
            clause: Clause::Trait(tr),
            env,
            cause: Cause::misc(Span::NONE),
            ancestors: ancestors.cloned(),
        };
        if let Some(known) = self.cycle(&ob, tr) {
            return known;
        }
        let depth = ob.ancestors.as_ref().map_or(0, |a| a.depth + 1);
        if depth > 100 {
            return Eval::Maybe;
        }
        let cyc = &self.tcx.caches.lowest_cycle;
        let before = cyc.replace(u32::MAX);
        let result = self.probe(|| match self.select(&ob, tr) {
            Err(NoSolution) => Eval::Fails,
            Ok(None) => Eval::Maybe,
            Ok(Some(candidate)) => match self.confirm(&candidate, &ob, tr) {
                Err(NoSolution) => Eval::Fails,
                Ok(nested) => self.evaluate_all(nested),
            },
        });
        let lowest = cyc.get();
        // An answer that leans on a question further up holds only below it.
        if lowest >= depth && result != Eval::Maybe {
            self.tcx.caches.evaluated.borrow_mut().insert(key, result);
        }
        cyc.set(before.min(if lowest >= depth { u32::MAX } else { lowest }));
        result
    }
    /// Whether all obligations hold; unifications stay.
    pub fn evaluate_all(&self, obligations: Vec<Obligation>) -> Eval {
        if obligations.is_empty() {
            return Eval::Holds;
        }
        let mut fulfill = Fulfill::default();
        obligations.into_iter().for_each(|o| fulfill.register(o));
        if !fulfill.select_where_possible(self).is_empty() {
            Eval::Fails
        } else if fulfill.is_empty() {
            Eval::Holds
        } else {
            Eval::Maybe
        }
    }
    /// Whether an obligation may hold, without effects.
    pub fn evaluate(&self, ob: &Obligation) -> Eval {
        if let Clause::Trait(tr) = ob.clause {
            let tr = self.resolve(tr);
            if !tr.flags().has(Flags::INFER.or(Flags::ERROR)) && !self.tcx.lang.is_auto(tr.trait_def) {
                return self.evaluate_ground(ob.env, tr, ob.ancestors.as_ref());
            }
        }
        self.probe(|| self.evaluate_all(vec![ob.clone()]))
    }
    /// `args[0]: Trait<args[1..]>`, without effects.
    pub fn evaluate_trait(&self, env: ParamEnv, trait_def: DefId, args: Args) -> Eval {
        self.evaluate(&Obligation {
            clause: Clause::Trait(TraitRef { trait_def, args }),
            env,
            cause: Cause::misc(Span::NONE),
            ancestors: None,
        })
    }
    /// An obligation below another, for the same reason.
    pub fn nested(&self, ob: &Obligation, ancestors: Option<Rc<Ancestor>>, clause: Clause) -> Obligation {
        Obligation { clause, env: ob.env, cause: ob.cause, ancestors }
    }
    /// The where-clauses of `def` with arguments put in, normalised, as obligations below `ob`.
    pub fn predicates_for(
        &self,
        ob: &Obligation,
        ancestors: &Option<Rc<Ancestor>>,
        def: DefId,
        args: Args,
        out: &mut Vec<Obligation>,
    ) {
        for (clause, _) in self.tcx.predicates_of(def).iter() {
            if self.is_quickly_sized(clause, args) {
                continue;
            }
            let clause = fold::subst(*clause, args);
            let below = Obligation { clause, env: ob.env, cause: ob.cause, ancestors: ancestors.clone() };
            let clause = self.normalize_clause(&below, clause, out);
            out.push(Obligation { clause, ..below });
        }
    }
}
