//! Operators: built in on primitive types, otherwise methods of the operator traits.

use crate::hir::{BinOp, DefId, ExprId, UnOp};
use crate::symbol::Symbol;
use crate::ty::solve::CauseCode;
use crate::ty::{InferTy, Mutability, Ty, TyKind};

use super::diagnostics as diags;
use super::expectation::Expectation;
use super::fn_ctxt::FnCtxt;
use super::method::MethodCallee;
use super::results::{AdjustKind, Adjustment};

/// Kinds of binary operators by what they demand of primitive operands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OpKind {
    Math,
    Bit,
    Shift,
    Comparison,
}

fn kind(op: BinOp) -> OpKind {
    match op {
        BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Div | BinOp::Rem => OpKind::Math,
        BinOp::BitAnd | BinOp::BitOr | BinOp::BitXor => OpKind::Bit,
        BinOp::Shl | BinOp::Shr => OpKind::Shift,
        BinOp::Eq | BinOp::Ne | BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge => OpKind::Comparison,
    }
}

/// Lang item of the trait and name of the method of an operator.
pub fn op_method(op: BinOp, assign: bool) -> (&'static str, &'static str) {
    match (op, assign) {
        (BinOp::Add, false) => ("add", "add"),
        (BinOp::Sub, false) => ("sub", "sub"),
        (BinOp::Mul, false) => ("mul", "mul"),
        (BinOp::Div, false) => ("div", "div"),
        (BinOp::Rem, false) => ("rem", "rem"),
        (BinOp::BitAnd, false) => ("bitand", "bitand"),
        (BinOp::BitOr, false) => ("bitor", "bitor"),
        (BinOp::BitXor, false) => ("bitxor", "bitxor"),
        (BinOp::Shl, false) => ("shl", "shl"),
        (BinOp::Shr, false) => ("shr", "shr"),
        (BinOp::Add, true) => ("add_assign", "add_assign"),
        (BinOp::Sub, true) => ("sub_assign", "sub_assign"),
        (BinOp::Mul, true) => ("mul_assign", "mul_assign"),
        (BinOp::Div, true) => ("div_assign", "div_assign"),
        (BinOp::Rem, true) => ("rem_assign", "rem_assign"),
        (BinOp::BitAnd, true) => ("bitand_assign", "bitand_assign"),
        (BinOp::BitOr, true) => ("bitor_assign", "bitor_assign"),
        (BinOp::BitXor, true) => ("bitxor_assign", "bitxor_assign"),
        (BinOp::Shl, true) => ("shl_assign", "shl_assign"),
        (BinOp::Shr, true) => ("shr_assign", "shr_assign"),
        (BinOp::Eq, _) => ("eq", "eq"),
        (BinOp::Ne, _) => ("eq", "ne"),
        (BinOp::Lt, _) => ("partial_ord", "lt"),
        (BinOp::Le, _) => ("partial_ord", "le"),
        (BinOp::Gt, _) => ("partial_ord", "gt"),
        (BinOp::Ge, _) => ("partial_ord", "ge"),
    }
}

impl FnCtxt<'_, '_> {
    /// A lang item trait by name.
    pub(super) fn lang_trait(&self, name: &str) -> Option<DefId> {
        self.tcx.hir.lang_items.get(&Symbol::intern(name)).copied()
    }
    /// Checks `a + b` and comparisons.
    pub(super) fn check_binop(&self, e: ExprId, op: BinOp, lhs: ExprId, rhs: ExprId) -> Ty {
        let (lhs_ty, rhs_ty, result) = self.check_overloaded(e, op, lhs, rhs, false);
        let (l, r) = (self.infcx.shallow(lhs_ty), self.infcx.shallow(rhs_ty));
        if !self.infcx.is_ty_var(l) && !self.infcx.is_ty_var(r) && self.is_builtin_binop(l, r, op) {
            let builtin = self.enforce_builtin_binop(l, rhs, r, op);
            self.demand_eq(self.span(e), builtin, result);
            return builtin;
        }
        result
    }
    /// Checks `a += b`.
    pub(super) fn check_assign_op(&self, e: ExprId, op: BinOp, lhs: ExprId, rhs: ExprId) -> Ty {
        let (lhs_ty, rhs_ty, _) = self.check_overloaded(e, op, lhs, rhs, true);
        let (l, r) = (self.infcx.shallow(lhs_ty), self.infcx.shallow(rhs_ty));
        if !self.infcx.is_ty_var(l) && !self.infcx.is_ty_var(r) && self.is_builtin_binop(l, r, op) {
            self.enforce_builtin_binop(l, rhs, r, op);
        }
        if !self.is_place_expr(lhs) && !lhs_ty.is_error() {
            diags::operators::bad_assign_target(self, lhs);
        }
        Ty::unit()
    }
    fn check_overloaded(&self, e: ExprId, op: BinOp, lhs: ExprId, rhs: ExprId, assign: bool) -> (Ty, Ty, Ty) {
        let lhs_ty = if assign {
            self.check_expr(lhs)
        } else {
            // A fresh variable as target makes a reborrow of a mutable reference.
            let ty = self.check_expr(lhs);
            let fresh = self.infcx.next_ty_var(self.span(lhs));
            self.demand_coerce(lhs, ty, fresh)
        };
        let lhs_ty = self.structurally_resolve(lhs_ty);
        let rhs_var = self.infcx.next_ty_var(self.span(rhs));
        let (lang, name) = op_method(op, assign);
        let method = self.lang_trait(lang).and_then(|t| {
            let code = CauseCode::BinaryOp(op, rhs_var);
            self.lookup_method_with_cause(self.span(e), code, name, t, lhs_ty, &[rhs_var])
        });
        let by_ref = kind(op) == OpKind::Comparison;
        match method {
            Some(method) => {
                // The only impl says what the right side is coerced to.
                self.select_where_possible();
                let rhs_ty = self.check_expr_with(rhs, Expectation::HasType(rhs_var));
                let rhs_ty = self.demand_coerce(rhs, rhs_ty, rhs_var);
                let rhs_ty = self.infcx.resolve(rhs_ty);
                let borrow = |e: ExprId, ty: Ty, m: Mutability, two_phase: bool| {
                    let kind = AdjustKind::Borrow { mutability: m, two_phase };
                    let mut steps = self.results.borrow().adjustments.get(&e).cloned().unwrap_or_default();
                    steps.push(Adjustment { kind, target: Ty::reference(ty, m) });
                    self.results.borrow_mut().adjustments.insert(e, steps);
                };
                if assign {
                    borrow(lhs, lhs_ty, Mutability::Mut, true);
                    self.convert_place_derefs_to_mutable(lhs);
                } else if by_ref {
                    borrow(lhs, lhs_ty, Mutability::Not, false);
                    borrow(rhs, rhs_ty, Mutability::Not, false);
                }
                self.results.borrow_mut().callee.insert(e, (method.def, method.args));
                (lhs_ty, rhs_ty, method.sig.output)
            }
            None => {
                let rhs_ty = self.check_expr_with(rhs, Expectation::HasType(rhs_var));
                let _ = self.try_coerce(rhs, rhs_ty, rhs_var);
                let rhs_ty = self.infcx.resolve(rhs_ty);
                if !lhs_ty.is_error() && !rhs_ty.is_error() {
                    diags::operators::not_applicable(self, e, op, assign, lhs, lhs_ty, rhs, rhs_ty);
                }
                (lhs_ty, rhs_ty, Ty::error())
            }
        }
    }
    fn deref_once(&self, ty: Ty) -> Ty {
        match *ty.kind() {
            TyKind::Ref(_, t, _) => self.infcx.shallow(t),
            _ => ty,
        }
    }
    fn is_builtin_binop(&self, l: Ty, r: Ty, op: BinOp) -> bool {
        let (l, r) = (self.deref_once(l), self.deref_once(r));
        if l.is_error() || r.is_error() {
            return true;
        }
        let int = |t: Ty| t.is_integral() || matches!(t.kind(), TyKind::Infer(InferTy::Int(_)));
        let float = |t: Ty| t.is_float() || matches!(t.kind(), TyKind::Infer(InferTy::Float(_)));
        match kind(op) {
            OpKind::Math => (int(l) && int(r)) || (float(l) && float(r)),
            OpKind::Shift => int(l) && int(r),
            OpKind::Bit => (int(l) && int(r)) || (l == Ty::bool() && r == Ty::bool()),
            OpKind::Comparison => self.is_scalar(l) && self.is_scalar(r),
        }
    }
    /// Whether comparisons of the type are built in.
    pub(super) fn is_scalar(&self, t: Ty) -> bool {
        matches!(
            t.kind(),
            TyKind::Bool
                | TyKind::Char
                | TyKind::Int(_)
                | TyKind::Uint(_)
                | TyKind::Float(_)
                | TyKind::RawPtr(..)
                | TyKind::Infer(InferTy::Int(_) | InferTy::Float(_))
        )
    }
    fn enforce_builtin_binop(&self, l: Ty, rhs: ExprId, r: Ty, op: BinOp) -> Ty {
        let (l, r) = (self.deref_once(l), self.deref_once(r));
        match kind(op) {
            OpKind::Shift => l,
            OpKind::Math | OpKind::Bit => {
                self.demand_eq(self.span(rhs), l, r);
                l
            }
            OpKind::Comparison => {
                self.demand_eq(self.span(rhs), l, r);
                Ty::bool()
            }
        }
    }

    /// Checks `-x`, `!x`, `*x`.
    pub(super) fn check_unary(&self, e: ExprId, op: UnOp, inner: ExprId, expected: Expectation) -> Ty {
        let hint = match op {
            UnOp::Deref => Expectation::None,
            UnOp::Not | UnOp::Neg => expected,
        };
        let ty = self.check_expr_with(inner, hint);
        if ty.is_error() {
            return ty;
        }
        match op {
            UnOp::Deref => {
                let ty = self.expect_resolved(self.span(inner), ty);
                if ty.is_error() {
                    return ty;
                }
                if let Some(to) = self.builtin_deref(ty, true) {
                    return to;
                }
                match self.overloaded_place_deref(e, inner, ty) {
                    Some(to) => to,
                    None => diags::operators::cannot_deref(self, e, ty),
                }
            }
            UnOp::Not | UnOp::Neg => {
                let ty = self.expect_resolved(self.span(inner), ty);
                if ty.is_error() {
                    return ty;
                }
                let builtin = match (op, ty.kind()) {
                    (UnOp::Not, TyKind::Bool | TyKind::Infer(InferTy::Int(_))) => true,
                    (UnOp::Neg, TyKind::Infer(_)) => true,
                    (UnOp::Not, _) => ty.is_integral(),
                    (_, _) => ty.is_signed() || ty.is_float(),
                };
                if builtin {
                    return ty;
                }
                let (lang, name) = if op == UnOp::Not { ("not", "not") } else { ("neg", "neg") };
                let method: Option<MethodCallee> = self
                    .lang_trait(lang)
                    .and_then(|t| self.lookup_method_in_trait(self.span(e), name, t, ty, &[]));
                match method {
                    Some(m) => {
                        self.results.borrow_mut().callee.insert(e, (m.def, m.args));
                        m.sig.output
                    }
                    None => diags::operators::unary(self, e, op, ty),
                }
            }
        }
    }
}
