//! Operators, paths and calls.

use super::*;
use crate::lower::const_value::literal_constant;
use crate::typeck::results::{CallKind, ValueRes};

impl Cx<'_, '_> {
    pub(super) fn unary(
        &mut self,
        e: ExprId,
        op: hir::UnOp,
        of: ExprId,
        ty: Ty,
        span: Span,
        temp: Option<ScopeId>,
    ) -> ThirId {
        let hir = self.hir;
        if let Some(&(def, generic)) = self.results.callee.get(&e) {
            if op == hir::UnOp::Deref {
                let of = self.expr(of);
                let mutability = self.ref_mutability(of);
                return self.overloaded_place(def, generic, vec![of], ty, mutability, span, span, temp);
            }
            let args = self.operands([of], ty);
            let function = Function::Def(def, generic);
            return self.push(
                ExprKind::Call { function, args, from_operator: true, whole: span },
                ty,
                span,
                temp,
            );
        }
        let kind = match op {
            hir::UnOp::Deref => ExprKind::Deref(self.expr(of)),
            hir::UnOp::Not => ExprKind::Unary(UnOp::Not, self.expr(of)),
            hir::UnOp::Neg => match &hir.exprs[of].kind {
                hir::ExprKind::Lit(lit) if !self.results.adjustments.contains_key(&of) => {
                    match literal_constant(lit, true, ty) {
                        Some(c) => ExprKind::Constant(c),
                        None => ExprKind::Unary(UnOp::Neg, self.expr(of)),
                    }
                }
                _ => ExprKind::Unary(UnOp::Neg, self.expr(of)),
            },
        };
        self.push(kind, ty, span, temp)
    }

    pub(super) fn path(&mut self, e: ExprId, ty: Ty, span: Span, temp: Option<ScopeId>) -> ThirId {
        let constant = |kind| ExprKind::Constant(Constant { kind, ty });
        let kind = match self.results.path_res.get(&e).copied() {
            Some(ValueRes::Local(local)) => ExprKind::Var(local),
            Some(ValueRes::Fn(..)) => constant(ConstantKind::ZeroSized),
            Some(ValueRes::Ctor(def, variant, args)) => {
                if matches!(ty.kind(), TyKind::Adt(..)) {
                    ExprKind::Adt { def, variant, args, fields: Vec::new(), base: None }
                } else {
                    constant(ConstantKind::ZeroSized)
                }
            }
            Some(ValueRes::Const(def, args)) => constant(ConstantKind::Item(def, args)),
            Some(ValueRes::ConstParam(c)) => constant(ConstantKind::Param(c)),
            Some(ValueRes::Static(def)) => {
                let reference = Ty::reference(ty, Mutability::Not);
                let pointer = Constant { kind: ConstantKind::Static(def), ty: reference };
                let pointer = self.push(ExprKind::Constant(pointer), reference, span, temp);
                ExprKind::Deref(pointer)
            }
            None => return self.lost(span, ty, "what a path means"),
        };
        self.push(kind, ty, span, temp)
    }

    pub(super) fn call(
        &mut self,
        e: ExprId,
        f: ExprId,
        args: &[ExprId],
        ty: Ty,
        span: Span,
        temp: Option<ScopeId>,
    ) -> ThirId {
        let f_ty = self.ty_of(f);
        let kind = match self.results.call_kind.get(&e).copied() {
            Some(CallKind::Ctor) => {
                // The callee may be a variable that holds the constructor: its type says which it is.
                let constructor = match *f_ty.kind() {
                    TyKind::FnDef(def, _) => Some(self.tcx.variant_of(def)),
                    _ => None,
                };
                let (Some((def, variant)), TyKind::Adt(_, generic)) = (constructor, *ty.kind()) else {
                    return self.lost(span, ty, "a constructor");
                };
                let fields = args.iter().enumerate().map(|(i, &a)| (i, self.expr(a))).collect();
                ExprKind::Adt { def, variant, args: generic, fields, base: None }
            }
            Some(CallKind::Pointer) => {
                let function = Function::Value(self.expr(f));
                ExprKind::Call {
                    function,
                    args: self.operands(args.iter().copied(), ty),
                    from_operator: false,
                    whole: span,
                }
            }
            Some(CallKind::Overloaded) => {
                let Some(&(def, generic)) = self.results.callee.get(&e) else {
                    return self.lost(span, ty, "a called closure");
                };
                let this = self.expr(f);
                let args = self.operands_of(Some(this), args.iter().copied(), ty);
                let tys: Vec<Ty> = args.iter().map(|&a| self.exprs[a].ty).collect();
                let tuple = self.push(ExprKind::Tuple(args), Ty::tuple(&tys), span, temp);
                let function = Function::Def(def, generic);
                ExprKind::Call { function, args: vec![this, tuple], from_operator: false, whole: span }
            }
            Some(CallKind::Direct) | None => {
                let function = match *f_ty.kind() {
                    TyKind::FnDef(def, generic) => Function::Def(def, generic),
                    TyKind::FnPtr(_) => Function::Value(self.expr(f)),
                    _ => return self.lost(span, ty, "what is called"),
                };
                ExprKind::Call {
                    function,
                    args: self.operands(args.iter().copied(), ty),
                    from_operator: false,
                    whole: span,
                }
            }
        };
        self.push(kind, ty, span, temp)
    }
}
