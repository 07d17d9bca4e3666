//! HIR expressions to typed expressions.

mod control;
mod operation;

use std::rc::Rc;

use super::promote::Promotion;
use super::*;
use crate::diag::{Diagnostic, ErrorReported};
use crate::hash::FastMap;
use crate::hir::{self, ExprId};
use crate::lower::const_value::literal_constant;
use crate::mir::ConstantKind;
use crate::source::Edition;
use crate::ty::TyKind;
use crate::ty::tcx::{ParamEnv, Tcx};
use crate::typeck::results::{self, AdjustKind, Adjustment, TypeckResults, ValueRes};

/// What building typed expressions needs to know.
pub struct Cx<'a, 'h> {
    /// Types and definitions.
    pub tcx: &'a Tcx<'h>,
    /// Assumptions of the owner.
    pub env: ParamEnv,
    /// What checking found out.
    pub results: &'a TypeckResults,
    /// The body.
    pub hir: &'a hir::Body,
    /// Scopes of expressions whose temporaries are extended.
    pub(super) extended: FastMap<ExprId, Option<ScopeId>>,
    pub(super) exprs: IndexVec<ThirId, Expr>,
    scopes: u32,
    temp: Option<ScopeId>,
    let_scope: ScopeId,
    /// Whether a reference made here may leave the statement.
    pub(super) escapes: bool,
    /// Whether temporaries of a block's value die before its variables, and those of `if let` before the `else`: since the
    /// edition of 2024.
    dies_early: bool,
    failed: Option<ErrorReported>,
}

/// Builds the typed form of a function or constant body.
pub fn build_owner(
    tcx: &Tcx<'_>,
    env: ParamEnv,
    results: &TypeckResults,
    hir: &hir::Body,
    kind: &BodyKind,
    output: Ty,
) -> Result<Thir, ErrorReported> {
    let mut cx = Cx::new(tcx, env, results, hir);
    // Adjustments and scopes are expressions here.
    cx.exprs = IndexVec::with_capacity(hir.exprs.len() * 3 / 2);
    let params = hir.params.iter().map(|&p| cx.param(p)).collect();
    let value = match kind {
        BodyKind::Const => {
            cx.extend_temporaries(None, hir.value, None);
            cx.terminating(hir.value)
        }
        _ => cx.terminating(hir.value),
    };
    cx.finish(params, value, output)
}

/// Builds the typed form of a closure's body.
pub fn build_closure(
    tcx: &Tcx<'_>,
    env: ParamEnv,
    results: &TypeckResults,
    hir: &hir::Body,
    closure: &hir::Closure,
    output: Ty,
) -> Result<Thir, ErrorReported> {
    let mut cx = Cx::new(tcx, env, results, hir);
    let params = closure.params.iter().map(|(p, _)| cx.param(*p)).collect();
    let value = cx.terminating(closure.body);
    cx.finish(params, value, output)
}

impl<'a, 'h> Cx<'a, 'h> {
    fn new(tcx: &'a Tcx<'h>, env: ParamEnv, results: &'a TypeckResults, hir: &'a hir::Body) -> Self {
        Cx {
            tcx,
            env,
            results,
            hir,
            extended: FastMap::default(),
            exprs: IndexVec::new(),
            scopes: 0,
            temp: None,
            let_scope: ScopeId(0),
            escapes: true,
            dies_early: tcx.hir.edition(hir.owner) >= Edition::E2024,
            failed: None,
        }
    }

    fn finish(self, params: Vec<Param>, value: ThirId, output: Ty) -> Result<Thir, ErrorReported> {
        match self.failed {
            Some(e) => Err(e),
            None => Ok(Thir { exprs: self.exprs, params, value, output }),
        }
    }

    fn param(&mut self, p: hir::PatId) -> Param {
        let pat = self.pattern(p);
        Param { ty: pat.ty, pat }
    }

    /// Notes that checking left something open; told only if no error was reported that explains it.
    pub(super) fn missing(&mut self, span: Span, what: &str) {
        if self.failed.is_none() {
            self.failed = Some(match self.tcx.diag.has_errors() {
                Err(e) => e,
                Ok(()) => self.tcx.diag.emit_error(
                    Diagnostic::error("C0001", span, format!("the compiler lost track of {what}"))
                        .note("this is a bug of cloudc"),
                ),
            });
        }
    }

    fn fresh_scope(&mut self) -> ScopeId {
        self.scopes += 1;
        ScopeId(self.scopes)
    }

    pub(super) fn push(&mut self, kind: ExprKind, ty: Ty, span: Span, temp: Option<ScopeId>) -> ThirId {
        self.exprs.push(Expr { kind, ty, span, temp })
    }

    fn within<T>(&mut self, scope: ScopeId, f: impl FnOnce(&mut Self) -> T) -> T {
        self.with_temporaries_in(Some(scope), f)
    }

    fn with_temporaries_in<T>(&mut self, scope: Option<ScopeId>, f: impl FnOnce(&mut Self) -> T) -> T {
        let saved = std::mem::replace(&mut self.temp, scope);
        let result = f(self);
        self.temp = saved;
        result
    }

    /// An expression at whose end its temporaries die.
    pub(super) fn terminating(&mut self, e: ExprId) -> ThirId {
        let scope = self.fresh_scope();
        let inner = self.within(scope, |cx| cx.expr(e));
        let (ty, span) = (self.exprs[inner].ty, self.exprs[inner].span);
        let temp = self.temp;
        self.push(ExprKind::Scope(scope, inner), ty, span, temp)
    }

    fn ty_of(&mut self, e: ExprId) -> Ty {
        match self.results.expr_ty.get(&e) {
            Some(&ty) => ty,
            None => {
                let span = self.hir.exprs[e].span;
                self.missing(span, "the type of an expression");
                Ty::error()
            }
        }
    }

    /// An expression with its adjustments.
    pub(super) fn expr(&mut self, e: ExprId) -> ThirId {
        let temp = self.extended.get(&e).copied().unwrap_or(self.temp);
        let adjustments: &'a [Adjustment] = self.results.adjustments.get(&e).map_or(&[], |a| &a[..]);
        // A borrow that is only unsized or reborrowed is still the borrow the context asked about.
        let mut id = self.unadjusted(e, temp);
        for adjustment in adjustments {
            id = self.adjust(id, adjustment, temp);
        }
        id
    }

    fn adjust(&mut self, e: ThirId, adjustment: &Adjustment, temp: Option<ScopeId>) -> ThirId {
        let span = self.exprs[e].span;
        let kind = match &adjustment.kind {
            AdjustKind::NeverToAny => ExprKind::NeverToAny(e),
            AdjustKind::Deref => ExprKind::Deref(e),
            AdjustKind::OverloadedDeref(mutability, def, args) => {
                let of = self.exprs[e].ty;
                let arg = self.push(
                    ExprKind::Borrow { kind: borrow_kind(*mutability, false), of: e, promote: Promotion::No },
                    Ty::reference(of, *mutability),
                    span,
                    temp,
                );
                return self.overloaded_place(
                    *def,
                    *args,
                    vec![arg],
                    adjustment.target,
                    *mutability,
                    span,
                    span,
                    temp,
                );
            }
            AdjustKind::Borrow { mutability, two_phase } => {
                let promote = self.promotion(*mutability, e);
                if *mutability == Mutability::Not {
                    self.promote_indexed(e);
                }
                ExprKind::Borrow { kind: borrow_kind(*mutability, *two_phase), of: e, promote }
            }
            AdjustKind::BorrowToRaw(mutability) => {
                let of = match self.exprs[e].ty.builtin_deref() {
                    Some((t, _)) => self.push(ExprKind::Deref(e), t, span, temp),
                    None => e,
                };
                ExprKind::RawBorrow(*mutability, of)
            }
            AdjustKind::ReifyFn => ExprKind::Cast(CastKind::ReifyFn, e),
            AdjustKind::ClosureToFn => ExprKind::Cast(CastKind::ClosureToFn, e),
            AdjustKind::MutToConst => ExprKind::Cast(CastKind::Prim(results::CastKind::PtrToPtr), e),
            AdjustKind::Unsize => ExprKind::Cast(CastKind::Unsize, e),
        };
        self.push(kind, adjustment.target, span, temp)
    }

    /// `*f(args)` where `f` returns a reference to `target`. A panic in `f` is reported at `call_span`.
    fn overloaded_place(
        &mut self,
        def: DefId,
        args: Args,
        operands: Vec<ThirId>,
        target: Ty,
        mutability: Mutability,
        span: Span,
        call_span: Span,
        temp: Option<ScopeId>,
    ) -> ThirId {
        let call = self.push(
            ExprKind::Call {
                function: Function::Def(def, args),
                args: operands,
                from_operator: true,
                whole: span,
            },
            Ty::reference(target, mutability),
            call_span,
            temp,
        );
        self.push(ExprKind::Deref(call), target, span, temp)
    }

    /// Mutability of the reference an operand of an overloaded place is.
    fn ref_mutability(&self, e: ThirId) -> Mutability {
        self.exprs[e].ty.builtin_deref().map_or(Mutability::Not, |(_, m)| m)
    }

    fn escaping<T>(&mut self, escapes: bool, f: impl FnOnce(&mut Self) -> T) -> T {
        let saved = std::mem::replace(&mut self.escapes, escapes);
        let result = f(self);
        self.escapes = saved;
        result
    }

    /// Arguments of a call whose result has this type.
    fn operands(&mut self, es: impl IntoIterator<Item = ExprId>, result: Ty) -> Vec<ThirId> {
        self.operands_of(None, es, result)
    }

    /// The same for a called value.
    fn operands_of(
        &mut self,
        callee: Option<ThirId>,
        es: impl IntoIterator<Item = ExprId>,
        result: Ty,
    ) -> Vec<ThirId> {
        let es: Vec<ExprId> = es.into_iter().collect();
        let kept = callee.is_some_and(|f| self.may_store_reference(self.exprs[f].ty))
            || es.iter().any(|&e| self.adjusted_ty(e).is_some_and(|t| self.may_store_reference(t)));
        let escapes = kept || (self.escapes && self.may_hold_reference(result));
        self.escaping(escapes, |cx| es.into_iter().map(|e| cx.expr(e)).collect())
    }

    fn adjusted_ty(&self, e: ExprId) -> Option<Ty> {
        let steps = self.results.adjustments.get(&e).and_then(|steps| steps.last());
        steps.map(|s| s.target).or_else(|| self.results.expr_ty.get(&e).copied())
    }

    fn unadjusted(&mut self, e: ExprId, temp: Option<ScopeId>) -> ThirId {
        let hir: &'a hir::Body = self.hir;
        let expr = &hir.exprs[e];
        // A failing method is found at its name, not at the start of the chain it ends.
        let span = match &expr.kind {
            hir::ExprKind::MethodCall { segment, .. } if segment.span.file == expr.span.file => {
                Span { lo: segment.span.lo.max(expr.span.lo), ..expr.span }
            }
            _ => expr.span,
        };
        let ty = self.ty_of(e);
        let kind = match &expr.kind {
            hir::ExprKind::Lit(lit) => match literal_constant(lit, false, ty) {
                Some(c) => ExprKind::Constant(c),
                None => return self.lost(span, ty, "a literal"),
            },
            hir::ExprKind::Path(_) => return self.path(e, ty, span, temp),
            hir::ExprKind::Call(f, args) => return self.call(e, *f, args, ty, span, temp),
            hir::ExprKind::MethodCall { receiver, args, .. } => {
                let Some(&(def, generic)) = self.results.callee.get(&e) else {
                    return self.lost(span, ty, "a method");
                };
                let operands = self.operands([*receiver].into_iter().chain(args.iter().copied()), ty);
                ExprKind::Call {
                    function: Function::Def(def, generic),
                    args: operands,
                    from_operator: false,
                    whole: expr.span,
                }
            }
            hir::ExprKind::Field(of, ..) => {
                let Some(&index) = self.results.field_index.get(&e) else {
                    return self.lost(span, ty, "a field");
                };
                ExprKind::Field(self.expr(*of), index)
            }
            hir::ExprKind::Index(of, index) => {
                if let Some(&(def, generic)) = self.results.callee.get(&e) {
                    let base = self.hir.exprs[*of].span;
                    let of = self.expr(*of);
                    let index = self.escaping(false, |cx| cx.expr(*index));
                    let mutability = self.ref_mutability(of);
                    // A panic is reported at the brackets, as by rustc.
                    let lo = if base.file == span.file { base.hi.clamp(span.lo, span.hi) } else { span.lo };
                    let brackets = Span { lo, ..span };
                    return self.overloaded_place(
                        def,
                        generic,
                        vec![of, index],
                        ty,
                        mutability,
                        span,
                        brackets,
                        temp,
                    );
                }
                ExprKind::Index(self.expr(*of), self.expr(*index))
            }
            hir::ExprKind::Binary(op, l, r) => match self.results.callee.get(&e) {
                Some(&(def, generic)) => {
                    let args = self.operands([*l, *r], ty);
                    ExprKind::Call {
                        function: Function::Def(def, generic),
                        args,
                        from_operator: true,
                        whole: span,
                    }
                }
                None => ExprKind::Binary(*op, self.expr(*l), self.expr(*r)),
            },
            hir::ExprKind::Lazy { is_or, lhs, rhs } => {
                let lhs = self.lazy_operand(*lhs, Some(*is_or));
                let rhs = self.lazy_operand(*rhs, None);
                ExprKind::Lazy { is_or: *is_or, lhs, rhs }
            }
            hir::ExprKind::Unary(op, of) => return self.unary(e, *op, *of, ty, span, temp),
            hir::ExprKind::Ref(mutability, of) => {
                // What the value of a constant borrows lives as long as the program.
                let is_static = *mutability == Mutability::Not && self.extended.get(of) == Some(&None);
                let of = self.expr(*of);
                if *mutability == Mutability::Not {
                    self.promote_indexed(of);
                }
                let promote = match self.promotion(*mutability, of) {
                    _ if is_static && !self.is_place(of) => Promotion::Static,
                    promotion => promotion,
                };
                ExprKind::Borrow { kind: borrow_kind(*mutability, false), of, promote }
            }
            hir::ExprKind::RawRef(mutability, of) => ExprKind::RawBorrow(*mutability, self.expr(*of)),
            hir::ExprKind::Cast(of, _) => {
                let of = self.expr(*of);
                match self.results.casts.get(&e) {
                    Some(results::CastKind::Coercion) | None => {
                        // The operand's adjustments have done it; a place must still be read.
                        if self.exprs[of].ty != ty
                            && matches!(self.exprs[of].ty.kind(), TyKind::RawPtr(..) | TyKind::Ref(..))
                            && matches!(ty.kind(), TyKind::RawPtr(..))
                        {
                            ExprKind::Cast(CastKind::Prim(results::CastKind::PtrToPtr), of)
                        } else {
                            ExprKind::Use(of)
                        }
                    }
                    Some(&kind) => ExprKind::Cast(CastKind::Prim(kind), of),
                }
            }
            hir::ExprKind::Ascribe(of, _) => return self.expr(*of),
            hir::ExprKind::Assign(l, r) => {
                let (l, r) = (self.expr(*l), self.expr(*r));
                ExprKind::Assign(l, r)
            }
            hir::ExprKind::AssignOp(op, l, r) => match self.results.callee.get(&e) {
                Some(&(def, generic)) => {
                    let args = self.operands([*l, *r], ty);
                    ExprKind::Call {
                        function: Function::Def(def, generic),
                        args,
                        from_operator: true,
                        whole: span,
                    }
                }
                None => ExprKind::AssignOp(*op, self.expr(*l), self.expr(*r)),
            },
            hir::ExprKind::Struct { fields, base, .. } => {
                let (Some(&ValueRes::Ctor(def, variant, args)), Some(indices)) =
                    (self.results.path_res.get(&e), self.results.struct_fields.get(&e))
                else {
                    return self.lost(span, ty, "a struct expression");
                };
                let fields =
                    indices.iter().zip(fields).map(|(&i, f)| (i, self.expr(f.value))).collect::<Vec<_>>();
                let base = base.map(|b| {
                    let b = self.expr(b);
                    let count = self.tcx.variants(def)[variant].fields.len();
                    (b, (0..count).map(|i| self.field_ty(def, variant, i, args)).collect())
                });
                ExprKind::Adt { def, variant, args, fields, base }
            }
            hir::ExprKind::Tuple(es) => ExprKind::Tuple(es.iter().map(|&e| self.expr(e)).collect()),
            hir::ExprKind::Array(es) => ExprKind::Array(es.iter().map(|&e| self.expr(e)).collect()),
            hir::ExprKind::Repeat(of, _) => match *ty.kind() {
                TyKind::Array(_, n) => ExprKind::Repeat(self.expr(*of), n),
                _ => return self.lost(span, ty, "an array"),
            },
            hir::ExprKind::Block(block, label) => ExprKind::Block(self.block(block, *label)),
            hir::ExprKind::If(cond, then, els) => {
                let scope = self.fresh_scope();
                let saved = std::mem::replace(&mut self.let_scope, scope);
                let temporaries = if self.dies_early { Some(scope) } else { self.temp };
                let cond = self.with_temporaries_in(temporaries, |cx| cx.condition(*cond));
                let then = self.within(scope, |cx| cx.terminating(*then));
                self.let_scope = saved;
                let els = els.map(|e| self.terminating(e));
                ExprKind::If { scope, cond, then, els }
            }
            hir::ExprKind::Let(pat, value) => {
                let value = self.expr(*value);
                ExprKind::Let { pat: self.pattern(*pat), value, scope: self.let_scope }
            }
            hir::ExprKind::Match(value, arms, source) => {
                let value = self.expr(*value);
                let arms = arms.iter().map(|a| self.arm(a)).collect();
                ExprKind::Match { value, arms, source: *source }
            }
            hir::ExprKind::Loop(body, label, _) => ExprKind::Loop(self.terminating(*body), *label),
            hir::ExprKind::Break(label, value) => {
                ExprKind::Break(*label, value.map(|v| self.escaping(true, |cx| cx.expr(v))))
            }
            hir::ExprKind::Continue(label) => ExprKind::Continue(*label),
            hir::ExprKind::Return(value) => {
                ExprKind::Return(value.map(|v| self.escaping(true, |cx| cx.expr(v))))
            }
            hir::ExprKind::Closure(_) => match self.results.closures.get(&e) {
                Some(info) => ExprKind::Closure(Rc::new(info.clone())),
                None => return self.lost(span, ty, "a closure"),
            },
            hir::ExprKind::Error => return self.lost(span, ty, "an expression"),
        };
        self.push(kind, ty, span, temp)
    }

    fn lost(&mut self, span: Span, ty: Ty, what: &str) -> ThirId {
        self.missing(span, what);
        let unit = Constant { kind: ConstantKind::ZeroSized, ty: Ty::unit() };
        self.push(ExprKind::Constant(unit), ty, span, self.temp)
    }

    /// Type of a field inside this body.
    pub(super) fn field_ty(&self, def: DefId, variant: usize, field: usize, args: Args) -> Ty {
        let ty = self.tcx.field_ty(def, variant, field, args);
        self.tcx.erase_regions(self.tcx.normalize(&self.env, ty))
    }
}

fn borrow_kind(mutability: Mutability, two_phase: bool) -> BorrowKind {
    match mutability {
        Mutability::Not => BorrowKind::Shared,
        Mutability::Mut => BorrowKind::Mut { two_phase },
    }
}
