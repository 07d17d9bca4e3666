//! Coercions: what may happen to a value without being written.
//!
//! `!` to anything, reborrowing and deref of references, unsizing behind pointers, functions and closures to function
//! pointers, `*mut` to `*const`. [`CoerceMany`] finds the type several values (arms, array elements, returns) have in common.

use crate::hir::{DefId, ExprId, ExprKind};
use crate::source::Span;
use crate::ty::infer::TypeMismatch;
use crate::ty::solve::Obligation;
use crate::ty::{Clause, FnSig, GenericArg, InferTy, List, Mutability, Ty, TyKind, fold};

use super::fn_ctxt::FnCtxt;
use super::results::{AdjustKind, Adjustment};

/// What a coercion does.
struct Coercion {
    steps: Vec<Adjustment>,
    target: Ty,
    obligations: Vec<Obligation>,
}

type Coerced = Result<Coercion, TypeMismatch>;

fn plain(target: Ty) -> Coercion {
    Coercion { steps: Vec::new(), target, obligations: Vec::new() }
}

/// Why a value is coerced, for messages.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Why {
    /// Nothing special.
    Misc,
    /// It is returned.
    Return,
    /// An arm of a `match`; the one before it.
    Arm(Option<ExprId>),
    /// A branch of an `if`; the other one.
    Branch(ExprId),
    /// An `if` without `else`.
    NoElse,
    /// The end of a block without value.
    BlockEnd(Option<ExprId>),
    /// The value of a `break`.
    Break,
    /// An element of an array.
    Element,
}

impl<'t, 'h> FnCtxt<'t, 'h> {
    /// Coerces an expression; the type it has then, or an error.
    pub fn try_coerce(&self, e: ExprId, from: Ty, to: Ty) -> Result<Ty, TypeMismatch> {
        // What is pending may say what both are, for example the items of the loop around.
        let (from, to) = (self.structurally_resolve(from), self.structurally_resolve(to));
        let coercion = self.infcx.commit_if_ok(|| self.coerce(Some(e), from, to))?;
        self.register_all(coercion.obligations);
        let borrows_mut = coercion
            .steps
            .iter()
            .any(|s| matches!(s.kind, AdjustKind::Borrow { mutability: Mutability::Mut, .. }));
        self.apply_adjustments(e, coercion.steps);
        if borrows_mut {
            self.convert_place_derefs_to_mutable(e);
        }
        Ok(coercion.target)
    }
    /// Whether a value could be coerced, without effect.
    pub fn can_coerce(&self, from: Ty, to: Ty) -> bool {
        self.infcx.probe(|| match self.coerce(None, self.infcx.shallow(from), to) {
            Ok(c) => self.infcx.evaluate_all(c.obligations) != crate::ty::solve::Eval::Fails,
            Err(_) => false,
        })
    }
    /// Coerces, or reports E0308.
    pub fn demand_coerce(&self, e: ExprId, from: Ty, to: Ty) -> Ty {
        match self.try_coerce(e, from, to) {
            Ok(ty) => ty,
            Err(_) => {
                super::diagnostics::mismatch::report(self, self.span(e), to, from, Some(e));
                Ty::error()
            }
        }
    }

    fn coerce(&self, e: Option<ExprId>, from: Ty, to: Ty) -> Coerced {
        let (a, b) = (self.infcx.shallow(from), self.infcx.shallow(to));
        if a.is_never() {
            if b.is_never() {
                return Ok(plain(b));
            }
            let target = if self.infcx.is_ty_var(b) {
                let var = self.diverging_var(e.map_or(Span::NONE, |e| self.span(e)));
                self.infcx.unify(var, b)?;
                var
            } else {
                b
            };
            return Ok(Coercion {
                steps: vec![Adjustment { kind: AdjustKind::NeverToAny, target }],
                target,
                obligations: Vec::new(),
            });
        }
        // An exclusive reference is borrowed again even when nothing changes: its owner stays usable.
        let is_exclusive = matches!(b.kind(), TyKind::Ref(_, _, Mutability::Mut));
        if self.infcx.is_ty_var(a) || (a == b && !is_exclusive) {
            self.infcx.unify(a, b)?;
            return Ok(plain(b));
        }
        if let Some(done) = self.coerce_unsized(a, b) {
            return Ok(done);
        }
        match *b.kind() {
            TyKind::RawPtr(to, m) => return self.coerce_raw(a, b, to, m),
            TyKind::Ref(_, _, m) => {
                if let TyKind::Ref(..) = a.kind() {
                    return self.coerce_reference(e, a, b, m);
                }
            }
            _ => {}
        }
        match *a.kind() {
            TyKind::FnDef(def, args) if !matches!(b.kind(), TyKind::FnDef(d, _) if *d == def) => {
                let is_fn_ptr = matches!(b.kind(), TyKind::FnPtr(_));
                if !is_fn_ptr {
                    self.infcx.unify(a, b)?;
                    return Ok(plain(b));
                }
                let mut obligations = Vec::new();
                let ob = self.dummy_obligation(e);
                let sig = self.infcx.normalize(
                    &ob,
                    fold::subst(self.tcx.fn_sig_erased(def), args),
                    &mut obligations,
                );
                let ptr = Ty::new(TyKind::FnPtr(sig));
                self.infcx.unify(ptr, b)?;
                let steps = vec![Adjustment { kind: AdjustKind::ReifyFn, target: ptr }];
                Ok(Coercion { steps, target: ptr, obligations })
            }
            TyKind::Closure(def, args) if matches!(b.kind(), TyKind::FnPtr(_)) => {
                if !self.closure_captures_nothing(def) {
                    return Err(TypeMismatch);
                }
                let ptr = self.infcx.shallow(crate::ty::solve::builtin::closure_sig_ty(args));
                self.infcx.unify(ptr, b)?;
                let steps = vec![Adjustment { kind: AdjustKind::ClosureToFn, target: ptr }];
                Ok(Coercion { steps, target: ptr, obligations: Vec::new() })
            }
            _ => {
                self.infcx.unify(a, b)?;
                Ok(plain(b))
            }
        }
    }
    fn dummy_obligation(&self, e: Option<ExprId>) -> Obligation {
        let span = e.map_or(self.body.span, |e| self.span(e));
        self.obligation(self.cause(span), Clause::Projection(self.owner, List::new(&[]), Ty::unit()))
    }
    /// `&mut T` or `&T` (or what it derefs to) to a reference.
    fn coerce_reference(&self, e: Option<ExprId>, a: Ty, b: Ty, mb: Mutability) -> Coerced {
        let TyKind::Ref(_, _, ma) = *a.kind() else { return Err(TypeMismatch) };
        if ma == Mutability::Not && mb == Mutability::Mut {
            return Err(TypeMismatch);
        }
        let span = e.map_or(self.body.span, |e| self.span(e));
        let mut deref = self.autoderef(span, a);
        let mut found = None;
        for (referent, n) in deref.by_ref() {
            if n == 0 {
                continue;
            }
            let candidate = Ty::reference(referent, mb);
            if self.infcx.unify(candidate, b).is_ok() {
                found = Some(candidate);
                break;
            }
        }
        let target = found.ok_or(TypeMismatch)?;
        if deref.steps.len() == 1 && mb == Mutability::Not && ma == Mutability::Not {
            return Ok(plain(self.infcx.resolve(target)));
        }
        let TyKind::Ref(_, end, _) = *target.kind() else { return Err(TypeMismatch) };
        let mut steps = self.deref_adjustments(&deref.steps, end);
        let borrow = AdjustKind::Borrow { mutability: mb, two_phase: false };
        steps.push(Adjustment { kind: borrow, target });
        Ok(Coercion { steps, target, obligations: std::mem::take(&mut deref.obligations) })
    }
    fn coerce_raw(&self, a: Ty, b: Ty, to: Ty, mb: Mutability) -> Coerced {
        match *a.kind() {
            TyKind::Ref(_, t, ma) if mb == Mutability::Not || ma == Mutability::Mut => {
                self.infcx.unify(t, to)?;
                let steps = vec![
                    Adjustment { kind: AdjustKind::Deref, target: t },
                    Adjustment { kind: AdjustKind::BorrowToRaw(mb), target: b },
                ];
                Ok(Coercion { steps, target: b, obligations: Vec::new() })
            }
            TyKind::RawPtr(t, Mutability::Mut) if mb == Mutability::Not => {
                self.infcx.unify(t, to)?;
                let steps = vec![Adjustment { kind: AdjustKind::MutToConst, target: b }];
                Ok(Coercion { steps, target: b, obligations: Vec::new() })
            }
            _ => {
                self.infcx.unify(a, b)?;
                Ok(plain(b))
            }
        }
    }
    /// Unsizing behind a reference, raw pointer or smart pointer.
    fn coerce_unsized(&self, a: Ty, b: Ty) -> Option<Coercion> {
        // A pinned pointer is coerced as the pointer is.
        if let (TyKind::Adt(d, x), TyKind::Adt(e, y)) = (a.kind(), b.kind())
            && d == e
            && self.tcx.lang.pin == Some(*d)
        {
            let (x, y) = (x.first()?.as_type()?, y.first()?.as_type()?);
            let (x, y) = (self.infcx.shallow(x), self.infcx.shallow(y));
            if let (TyKind::Ref(_, _, m), TyKind::Ref(_, _, n)) = (x.kind(), y.kind())
                && m != n
            {
                return None;
            }
            let inner = self.coerce_unsized(x, y)?;
            let steps = vec![Adjustment { kind: AdjustKind::Unsize, target: b }];
            return Some(Coercion { steps, target: b, ..inner });
        }
        let (from, to) = match (a.kind(), b.kind()) {
            (TyKind::Ref(_, t, ma), TyKind::Ref(_, u, mb))
                if *mb == Mutability::Not || *ma == Mutability::Mut =>
            {
                (*t, *u)
            }
            (TyKind::Ref(_, t, ma), TyKind::RawPtr(u, mb))
            | (TyKind::RawPtr(t, ma), TyKind::RawPtr(u, mb))
                if *mb == Mutability::Not || *ma == Mutability::Mut =>
            {
                (*t, *u)
            }
            (TyKind::Adt(d, x), TyKind::Adt(e, y)) if d == e && self.is_smart_pointer(*d) => {
                (x.first()?.as_type()?, y.first()?.as_type()?)
            }
            _ => return None,
        };
        let (from, to) = (self.infcx.shallow(from), self.infcx.shallow(to));
        if !self.may_unsize(from, to) {
            return None;
        }
        let ob = self.dummy_obligation(None);
        let mut obligations = Vec::new();
        let ok = self.infcx.commit_if_ok(|| self.infcx.unsize(&ob, from, to, &mut obligations));
        ok.ok()?;
        let mut steps = Vec::new();
        match (a.kind(), b.kind()) {
            (TyKind::Ref(..), TyKind::Ref(_, _, m)) => {
                let borrow = AdjustKind::Borrow { mutability: *m, two_phase: false };
                steps.push(Adjustment { kind: AdjustKind::Deref, target: from });
                steps.push(Adjustment { kind: borrow, target: Ty::reference(from, *m) });
            }
            (TyKind::Ref(..), TyKind::RawPtr(_, m)) => {
                steps.push(Adjustment { kind: AdjustKind::Deref, target: from });
                steps.push(Adjustment { kind: AdjustKind::BorrowToRaw(*m), target: Ty::raw_ptr(from, *m) });
            }
            _ => {}
        }
        steps.push(Adjustment { kind: AdjustKind::Unsize, target: b });
        Some(Coercion { steps, target: b, obligations })
    }
    /// Whether unsizing is what is meant (it may still fail to hold).
    fn may_unsize(&self, from: Ty, to: Ty) -> bool {
        match (from.kind(), to.kind()) {
            (TyKind::Array(..), TyKind::Slice(_)) => true,
            (TyKind::Infer(InferTy::Ty(_)) | TyKind::Error, _) => false,
            (TyKind::Dynamic(d, ..), TyKind::Dynamic(e, ..)) => {
                d != e && self.tcx.supertrait_ids(*d).contains(e)
            }
            (TyKind::Str | TyKind::Slice(_), TyKind::Dynamic(..)) => false,
            (_, TyKind::Dynamic(..)) => true,
            (TyKind::Adt(d, a), TyKind::Adt(e, b)) if d == e && a != b => {
                a.iter().zip(b.iter()).any(|(x, y)| match (x, y) {
                    (GenericArg::Type(x), GenericArg::Type(y)) => {
                        let (x, y) = (self.infcx.shallow(*x), self.infcx.shallow(*y));
                        matches!(y.kind(), TyKind::Dynamic(..) | TyKind::Slice(_))
                            && x != y
                            && self.may_unsize(x, y)
                    }
                    _ => false,
                })
            }
            _ => false,
        }
    }
    /// `Box`, `Rc`, `Arc` and whatever else may be coerced through its first argument.
    fn is_smart_pointer(&self, def: DefId) -> bool {
        if Some(def) == self.tcx.lang.owned_box {
            return true;
        }
        if let Some(lang) = self.tcx.hir.def(def).attrs.lang
            && matches!(lang.as_str(), "Rc" | "Arc" | "rc" | "arc")
        {
            return true;
        }
        let declared = self.tcx.lang.coerce_unsized.and_then(|t| self.tcx.impls().of_trait.get(&t));
        declared.is_some_and(|i| i.by_type.contains_key(&crate::ty::impls::SimpleType::Adt(def)))
            || (self.tcx.is_std(def) && matches!(def.name(), "Rc" | "Arc" | "Weak"))
    }

    /// The common type of two function-like values: a function pointer.
    fn common_fn_ptr(&self, a: Ty, b: Ty) -> Option<Ty> {
        let sig = |t: Ty| -> Option<FnSig> {
            match *t.kind() {
                TyKind::FnDef(def, args) => Some(self.sig_of(self.body.span, def, args)),
                TyKind::Closure(def, args) if self.closure_captures_nothing(def) => {
                    match *self.infcx.shallow(crate::ty::solve::builtin::closure_sig_ty(args)).kind() {
                        TyKind::FnPtr(sig) => Some(sig),
                        _ => None,
                    }
                }
                _ => None,
            }
        };
        let same = match (a.kind(), b.kind()) {
            (TyKind::FnDef(d, x), TyKind::FnDef(e, y)) => d == e && x == y,
            (TyKind::Closure(d, _), TyKind::Closure(e, _)) => d == e,
            _ => false,
        };
        if same {
            return None;
        }
        let (x, y) = (Ty::new(TyKind::FnPtr(sig(a)?)), Ty::new(TyKind::FnPtr(sig(b)?)));
        self.infcx.unify(x, y).ok()?;
        Some(x)
    }
}

/// The type that several values are coerced to.
#[derive(Clone)]
pub struct CoerceMany {
    /// What was asked for at first.
    pub expected: Ty,
    merged: Option<Ty>,
    exprs: Vec<ExprId>,
    /// Whether nothing but the values decides.
    open: bool,
}

impl CoerceMany {
    /// Values to be coerced to this type, or something its variable becomes.
    pub fn new(expected: Ty) -> CoerceMany {
        CoerceMany { expected, merged: None, exprs: Vec::new(), open: false }
    }
    /// The common type so far.
    pub fn merged_ty(&self) -> Ty {
        self.merged.unwrap_or(self.expected)
    }
    /// Adds a value; `None` is `()` without an expression.
    pub fn coerce(&mut self, cx: &FnCtxt<'_, '_>, e: Option<ExprId>, ty: Ty, why: Why) {
        let span = e.map_or(cx.body.span, |e| cx.span(e));
        self.coerce_at(cx, span, e, ty, why);
    }
    /// The same, blaming this place.
    pub fn coerce_at(&mut self, cx: &FnCtxt<'_, '_>, span: Span, e: Option<ExprId>, ty: Ty, why: Why) {
        let ty = cx.infcx.shallow(ty);
        let merged = cx.infcx.shallow(self.merged_ty());
        if ty.is_error() || merged.is_error() {
            self.merged = Some(Ty::error());
            return;
        }
        let result = match e {
            None => cx.infcx.unify(merged, Ty::unit()).map(|()| merged),
            Some(e) if self.exprs.is_empty() => {
                self.open = cx.infcx.is_ty_var(merged);
                cx.try_coerce(e, ty, merged)
            }
            Some(e) => self.lub(cx, e, ty, merged),
        };
        match result {
            Ok(target) => {
                self.merged = Some(target);
                self.exprs.extend(e);
            }
            Err(_) => {
                super::diagnostics::mismatch::report_coercion(cx, span, merged, ty, e, why);
                self.merged = Some(Ty::error());
            }
        }
    }
    fn lub(&self, cx: &FnCtxt<'_, '_>, e: ExprId, new: Ty, merged: Ty) -> Result<Ty, TypeMismatch> {
        if let Some(ptr) = cx.common_fn_ptr(merged, new) {
            for &old in self.exprs.iter().chain([&e]) {
                let from = cx.expr_ty(old);
                cx.results.borrow_mut().adjustments.remove(&old);
                cx.try_coerce(old, from, ptr)?;
            }
            return Ok(ptr);
        }
        let first = cx.try_coerce(e, new, merged);
        if first.is_ok() || !self.open {
            return first;
        }
        // Perhaps the earlier values can become the later one, if they are as they were written.
        let untouched = |e: &ExprId| {
            cx.results.borrow().adjustments.get(e).is_none_or(|steps| {
                steps.iter().all(|s| matches!(s.kind, AdjustKind::Deref | AdjustKind::Borrow { .. }))
            })
        };
        if !self.exprs.iter().all(untouched)
            || !self.exprs.iter().all(|&old| cx.can_coerce(cx.expr_ty(old), new))
        {
            return first;
        }
        for &old in &self.exprs {
            cx.results.borrow_mut().adjustments.remove(&old);
            cx.try_coerce(old, cx.expr_ty(old), new)?;
        }
        Ok(new)
    }
    /// The common type; `!` if there was no value.
    pub fn complete(self, cx: &FnCtxt<'_, '_>) -> Ty {
        match self.merged {
            Some(ty) => cx.infcx.resolve(ty),
            None => Ty::never(),
        }
    }
}

impl FnCtxt<'_, '_> {
    /// Whether a closure uses no variable from outside.
    pub fn closure_captures_nothing(&self, def: DefId) -> bool {
        let found = self.results.borrow().closure_exprs.get(&def).copied();
        match found.map(|e| &self.body.exprs[e].kind) {
            Some(ExprKind::Closure(c)) => self.mentioned_upvars(c).is_empty(),
            _ => self.tcx.closure_info(def).is_some_and(|c| c.captures.is_empty()),
        }
    }
}
