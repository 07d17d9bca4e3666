//! The state of checking one body, and the small operations everything else is made of.

use std::cell::{Cell, RefCell};

use crate::diag::Diagnostic;
use crate::hash::FastMap;
use crate::hir::{Body, DefId, ExprId, HirTy, LabelId, LocalId, PatId};
use crate::source::Span;
use crate::symbol::Symbol;
use crate::ty::fold::{self, Fold};
use crate::ty::infer::InferCtxt;
use crate::ty::lower_ty::{self, LowerCx};
use crate::ty::solve::{Cause, CauseCode, Eval, Fulfill, FulfillError, Obligation};
use crate::ty::{
    Args, Clause, Const, FnSig, GenericArg, List, Mutability, ParamEnv, Region, Tcx, TraitRef, Ty, TyKind,
};

use super::call::DeferredCall;
use super::cast::DeferredCast;
use super::coerce::CoerceMany;
use super::results::{AdjustKind, Adjustment, TypeckResults};

/// The state of checking one body.
pub struct FnCtxt<'t, 'h> {
    /// The typing context.
    pub tcx: &'t Tcx<'h>,
    /// Type variables.
    pub infcx: InferCtxt<'t, 'h>,
    /// The body.
    pub body: &'h Body,
    /// Whose body it is.
    pub owner: DefId,
    /// What may be assumed.
    pub env: ParamEnv,
    /// What must still be proved.
    pub fulfill: RefCell<Fulfill>,
    /// What was found out so far.
    pub results: RefCell<TypeckResults>,
    /// Whether the point being checked is never reached.
    pub diverges: Cell<bool>,
    /// The function or closure being checked: what `return` returns to.
    pub returns: RefCell<Vec<ReturnCtxt>>,
    /// Loops and labelled blocks around the point being checked.
    pub breaks: RefCell<FastMap<LabelId, BreakCtxt>>,
    /// Casts to be judged at the end.
    pub deferred_casts: RefCell<Vec<DeferredCast>>,
    /// Calls of closures whose kind is not known yet.
    pub deferred_calls: RefCell<Vec<DeferredCall>>,
    /// Closures, inner ones before outer ones, else in the order they were met.
    pub closure_order: RefCell<Vec<ExprId>>,
    /// Whether an error was reported.
    pub tainted: Cell<bool>,
    /// Unmet obligations already told, with their places.
    pub told: RefCell<Vec<(Span, TraitRef)>>,
    /// Nesting of expressions, to give up before the stack does.
    pub depth: Cell<u32>,
}

/// What `return` returns to.
pub struct ReturnCtxt {
    /// What the returned values are coerced to.
    pub coercion: RefCell<CoerceMany>,
    /// The declared type.
    pub ty: Ty,
    /// Where the result type is written.
    pub span: Option<Span>,
    /// Whether this is a closure.
    pub is_closure: bool,
}

/// What `break` leaves.
pub struct BreakCtxt {
    /// What the values are coerced to; `None` if `break` may have none.
    pub coercion: Option<CoerceMany>,
    /// Whether a `break` was seen.
    pub may_break: bool,
}

impl<'t, 'h> FnCtxt<'t, 'h> {
    /// Fresh state.
    pub fn new(tcx: &'t Tcx<'h>, owner: DefId, body: &'h Body) -> Self {
        FnCtxt {
            tcx,
            infcx: InferCtxt::new(tcx),
            body,
            owner,
            env: tcx.param_env(owner),
            fulfill: RefCell::default(),
            results: RefCell::new(TypeckResults::with_room_for(body)),
            diverges: Cell::new(false),
            returns: RefCell::default(),
            breaks: RefCell::default(),
            deferred_casts: RefCell::default(),
            deferred_calls: RefCell::default(),
            closure_order: RefCell::default(),
            tainted: Cell::new(false),
            told: RefCell::default(),
            depth: Cell::new(0),
        }
    }
    /// Reports an error and gives the type that follows it.
    pub fn error(&self, diagnostic: Diagnostic) -> Ty {
        self.tainted.set(true);
        self.tcx.error(diagnostic)
    }
    /// Whether the point being checked lies in a closure.
    pub fn in_closure(&self) -> bool {
        self.returns.borrow().last().is_some_and(|r| r.is_closure)
    }
    /// Span of an expression.
    pub fn span(&self, e: ExprId) -> Span {
        self.body.exprs[e].span
    }

    /// The type with its outermost constructor known as far as possible; solves obligations if that helps.
    pub fn structurally_resolve(&self, ty: Ty) -> Ty {
        let ty = self.infcx.shallow(ty);
        // A literal's type, too, may be settled by what is still to be solved: `xs.iter().copied().max().unwrap_or(3)`.
        if self.infcx.is_ty_var(ty) || self.is_numeric_var(ty) {
            self.select_where_possible();
            return self.infcx.shallow(ty);
        }
        ty
    }
    /// The same, and an error if nothing is known.
    pub fn expect_resolved(&self, span: Span, ty: Ty) -> Ty {
        let ty = self.structurally_resolve(ty);
        if self.infcx.is_ty_var(ty) {
            if !self.tainted.get() {
                self.error(super::diagnostics::inference::annotations_needed(span, None));
            }
            let _ = self.infcx.unify(ty, Ty::error());
            return Ty::error();
        }
        ty
    }
    /// Solves what can be solved and reports what cannot hold.
    pub fn select_where_possible(&self) {
        let errors = self.fulfill.borrow_mut().select_where_possible(&self.infcx);
        self.report_fulfill_errors(errors);
    }
    /// Reports obligations that do not hold.
    pub fn report_fulfill_errors(&self, errors: Vec<FulfillError>) {
        for e in errors {
            super::diagnostics::traits::report(self, &e);
        }
    }
    /// A reason for an obligation.
    pub fn cause(&self, span: Span) -> Cause {
        Cause::misc(span)
    }
    /// An obligation under this body's assumptions.
    pub fn obligation(&self, cause: Cause, clause: Clause) -> Obligation {
        Obligation { clause, env: self.env, cause, ancestors: None }
    }
    /// Adds an obligation.
    pub fn register(&self, ob: Obligation) {
        self.fulfill.borrow_mut().register(ob);
    }
    /// Adds obligations.
    pub fn register_all(&self, list: Vec<Obligation>) {
        let mut f = self.fulfill.borrow_mut();
        list.into_iter().for_each(|o| f.register(o));
    }
    /// Requires `ty: Trait`.
    pub fn register_bound(&self, ty: Ty, trait_def: Option<DefId>, cause: Cause) {
        if let Some(trait_def) = trait_def {
            let args = List::new(&[GenericArg::Type(ty)]);
            self.register(self.obligation(cause, Clause::Trait(TraitRef { trait_def, args })));
        }
    }
    /// Requires `ty: Sized`.
    pub fn require_sized(&self, ty: Ty, span: Span) {
        self.register_bound(ty, self.tcx.lang.sized, Cause { span, code: CauseCode::SizedValue });
    }
    /// Whether `ty: Trait` may hold.
    pub fn may_implement(&self, ty: Ty, trait_def: Option<DefId>) -> bool {
        trait_def.is_some_and(|t| {
            let args = List::new(&[GenericArg::Type(ty)]);
            self.infcx.evaluate_trait(self.env, t, args) != Eval::Fails
        })
    }
    /// Whether `ty: Trait` holds for sure.
    pub fn implements(&self, ty: Ty, trait_def: Option<DefId>) -> bool {
        trait_def.is_some_and(|t| {
            let args = List::new(&[GenericArg::Type(ty)]);
            self.infcx.evaluate_trait(self.env, t, args) == Eval::Holds
        })
    }
    /// Whether the type is `Copy`.
    pub fn is_copy(&self, ty: Ty) -> bool {
        let ty = self.infcx.resolve(ty);
        match ty.kind() {
            TyKind::Infer(crate::ty::InferTy::Int(_) | crate::ty::InferTy::Float(_)) => true,
            _ if !ty.flags().has(crate::ty::Flags::INFER) => self.tcx.is_copy(&self.env, ty),
            _ => self.implements(ty, self.tcx.lang.copy),
        }
    }
    /// Normalises; erases regions.
    pub fn normalize<T: Fold>(&self, span: Span, value: T) -> T {
        let value = fold::erase_regions(value);
        let ob =
            self.obligation(self.cause(span), Clause::Projection(self.owner, List::new(&[]), Ty::unit()));
        let mut nested = Vec::new();
        let value = self.infcx.normalize(&ob, value, &mut nested);
        if !nested.is_empty() {
            self.register_all(nested);
        }
        value
    }
    /// A field's type, normalised.
    pub fn field_ty(&self, span: Span, adt: DefId, variant: usize, field: usize, args: Args) -> Ty {
        self.normalize(span, self.tcx.field_ty_erased(adt, variant, field, args))
    }
    /// A signature with arguments put in, normalised.
    pub fn sig_of(&self, span: Span, def: DefId, args: Args) -> FnSig {
        self.normalize(span, fold::subst(self.tcx.fn_sig_erased(def), args))
    }
    /// Requires the where-clauses of `def`.
    pub fn register_predicates(&self, span: Span, def: DefId, args: Args, code: Option<CauseCode>) {
        for (clause, at) in self.tcx.predicates_of(def).iter() {
            // Known to hold without looking: the common case of the implicit bound.
            if let Clause::Trait(tr) = clause
                && Some(tr.trait_def) == self.tcx.lang.sized
                && tr.args.first().is_none_or(|&this| self.surely_sized(fold::subst(this, args)))
            {
                continue;
            }
            let clause = fold::subst(*clause, args);
            let code = code.unwrap_or(CauseCode::Bound(def, *at));
            let ob = self.obligation(Cause { span, code }, clause);
            let mut nested = Vec::new();
            let clause = self.infcx.normalize_clause(&ob, clause, &mut nested);
            self.register_all(nested);
            self.register(Obligation { clause, ..ob });
        }
    }
    fn surely_sized(&self, this: GenericArg) -> bool {
        match this.as_type().map(|t| *self.infcx.shallow(t).kind()) {
            Some(TyKind::Adt(def, _)) => self.tcx.sized_constraint(def).is_none(),
            Some(k) => !matches!(
                k,
                TyKind::Infer(crate::ty::InferTy::Ty(_))
                    | TyKind::Param(_)
                    | TyKind::Projection(..)
                    | TyKind::Opaque(..)
                    | TyKind::Str
                    | TyKind::Slice(_)
                    | TyKind::Dynamic(..)
                    | TyKind::Tuple(_)
            ),
            None => true,
        }
    }
    /// Lowers a written type in this body.
    pub fn lower_ty(&self, ty: &HirTy) -> Ty {
        let lowered = lower_ty::lower_ty(self, ty);
        if lowered.is_error() {
            self.tainted.set(true);
        }
        self.normalize(ty.span, lowered)
    }

    /// Records the type of an expression.
    pub fn write_ty(&self, e: ExprId, ty: Ty) {
        if ty.is_error() {
            self.tainted.set(true);
        }
        self.results.borrow_mut().expr_ty.insert(e, ty);
    }
    /// The type of an expression before adjustments.
    pub fn expr_ty(&self, e: ExprId) -> Ty {
        let ty = self.results.borrow().expr_ty.get(&e).copied();
        self.infcx.resolve(ty.unwrap_or(Ty::error()))
    }
    /// The type of an expression after adjustments.
    pub fn expr_ty_adjusted(&self, e: ExprId) -> Ty {
        let last = self.results.borrow().adjustments.get(&e).and_then(|a| a.last().map(|a| a.target));
        last.map_or_else(|| self.expr_ty(e), |t| self.infcx.resolve(t))
    }
    /// The type of a variable.
    pub fn local_ty(&self, local: LocalId) -> Ty {
        let known = self.results.borrow().local_ty.get(&local).copied();
        known.unwrap_or_else(|| {
            let var = self.infcx.next_ty_var(self.body.locals[local].span);
            self.results.borrow_mut().local_ty.insert(local, var);
            var
        })
    }
    /// Records the type of a pattern.
    pub fn write_pat_ty(&self, p: PatId, ty: Ty) {
        self.results.borrow_mut().pat_ty.insert(p, ty);
    }
    /// Adds adjustments to an expression. New ones on an already adjusted expression replace a plain reborrow.
    pub fn apply_adjustments(&self, e: ExprId, new: Vec<Adjustment>) {
        if new.is_empty() {
            return;
        }
        let mut results = self.results.borrow_mut();
        let old = results.adjustments.entry(e).or_default();
        if old.is_empty() {
            *old = new;
            return;
        }
        match (&old[..], &new[..]) {
            // A value of type `!` is never there: any type may be claimed.
            ([Adjustment { kind: AdjustKind::NeverToAny, .. }], _) => {}
            (
                [
                    Adjustment { kind: AdjustKind::Deref, .. },
                    Adjustment { kind: AdjustKind::Borrow { .. }, .. },
                ],
                [Adjustment { kind: AdjustKind::Deref, .. }, ..],
            ) => *old = new,
            _ => *old = new,
        }
    }
    /// `&ty` or `&mut ty`
    pub fn ref_to(&self, ty: Ty, m: Mutability) -> Ty {
        Ty::reference(ty, m)
    }
    /// Whether something private to `vis` may be named here.
    pub fn is_accessible(&self, vis: crate::hir::Visibility) -> bool {
        match vis {
            crate::hir::Visibility::Public => true,
            crate::hir::Visibility::Restricted(module) => {
                let mut at = Some(self.owner);
                while let Some(def) = at {
                    if def == module {
                        return true;
                    }
                    at = self.tcx.hir.def(def).parent;
                }
                false
            }
        }
    }
    /// A name of the type for messages.
    pub fn show(&self, ty: Ty) -> String {
        super::diagnostics::show_ty(self.tcx, self.infcx.resolve(ty))
    }
    /// Equality, or E0308.
    pub fn demand_eq(&self, span: Span, expected: Ty, found: Ty) {
        if self.infcx.unify(expected, found).is_err() {
            super::diagnostics::mismatch::report(self, span, expected, found, None);
        }
    }
}

impl<'h> LowerCx<'h> for FnCtxt<'_, 'h> {
    fn tcx(&self) -> &Tcx<'h> {
        self.tcx
    }
    fn item(&self) -> DefId {
        self.owner
    }
    fn infer_ty(&self, span: Span) -> Option<Ty> {
        Some(self.infcx.next_ty_var(span))
    }
    fn infer_const(&self, _: Span) -> Option<Const> {
        Some(self.infcx.next_const_var())
    }
    fn region(&self, _: Option<Symbol>, _: Span) -> Region {
        Region::Erased
    }
}
