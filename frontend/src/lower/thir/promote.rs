//! Which borrowed values live in static memory.
//!
//! As in rustc `&<constant expression>` may be `'static`. It is only made so where the reference may leave the
//! statement: otherwise a temporary does, and is cheaper.

use super::expr::Cx;
use super::*;
use crate::mir::ConstantKind;
use crate::ty::{FnSig, GenericArg, TyKind};

impl Cx<'_, '_> {
    /// Whether `&e` must point to static memory: the value is constant, and the reference may leave the statement.
    pub(super) fn promotes(&self, mutability: Mutability, e: ThirId) -> bool {
        if !self.escapes {
            return false;
        }
        match mutability {
            Mutability::Not => !self.is_place(e) && self.is_promotable(e),
            // `&mut []` has nothing to share.
            Mutability::Mut => matches!(&self.exprs[e].kind, ExprKind::Array(es) if es.is_empty()),
        }
    }

    pub(super) fn is_place(&self, e: ThirId) -> bool {
        match self.exprs[e].kind {
            ExprKind::Scope(_, inner) => self.is_place(inner),
            // Parts of promoted values are promoted with them.
            ExprKind::Field(of, _) => self.is_place(of),
            ExprKind::Var(_) | ExprKind::Deref(_) | ExprKind::Index(..) => true,
            _ => false,
        }
    }

    fn is_promotable(&self, e: ThirId) -> bool {
        let expr = &self.exprs[e];
        let plain = |ty| !self.tcx.needs_drop(&self.env, ty) && self.is_freeze(ty);
        match &expr.kind {
            ExprKind::Constant(c) => match c.kind {
                ConstantKind::Item(..) => plain(expr.ty),
                _ => true,
            },
            ExprKind::Tuple(es) | ExprKind::Array(es) => es.iter().all(|&e| self.is_promotable(e)),
            ExprKind::Adt { fields, base: None, .. } => {
                plain(expr.ty) && fields.iter().all(|&(_, e)| self.is_promotable(e))
            }
            ExprKind::Repeat(e, _) | ExprKind::Field(e, _) | ExprKind::Use(e) => self.is_promotable(*e),
            ExprKind::Unary(UnOp::Not, e) => self.is_promotable(*e),
            ExprKind::Unary(UnOp::Neg, e) => self.exprs[*e].ty.is_float() && self.is_promotable(*e),
            ExprKind::Binary(op, l, r) => {
                let total = !matches!(
                    op,
                    BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Div | BinOp::Rem | BinOp::Shl | BinOp::Shr
                ) || expr.ty.is_float();
                total && self.is_promotable(*l) && self.is_promotable(*r)
            }
            ExprKind::Cast(CastKind::Prim(_) | CastKind::Unsize | CastKind::ReifyFn, e) => {
                self.is_promotable(*e)
            }
            ExprKind::Borrow { kind: BorrowKind::Shared, of, .. } => {
                !self.is_place(*of) && self.is_promotable(*of)
                    || matches!(self.exprs[*of].kind, ExprKind::Deref(inner) if self.is_promotable(inner))
            }
            ExprKind::Closure(info) => info.captures.is_empty(),
            ExprKind::Scope(_, inner) => self.is_promotable(*inner),
            _ => false,
        }
    }

    /// Whether a value of the type can never change behind a shared reference.
    fn is_freeze(&self, ty: Ty) -> bool {
        match ty.kind() {
            TyKind::Adt(def, args) => {
                if self.tcx.hir.def(*def).attrs.lang.is_some_and(|l| l == "unsafe_cell") {
                    return false;
                }
                // Pointers are frozen whatever they point to; recursion goes through them.
                self.tcx.variants(*def).iter().enumerate().all(|(v, variant)| {
                    (0..variant.fields.len()).all(|f| self.is_freeze(self.field_ty(*def, v, f, *args)))
                })
            }
            TyKind::Array(t, _) | TyKind::Slice(t) => self.is_freeze(*t),
            TyKind::Tuple(ts) => ts.iter().all(|&t| self.is_freeze(t)),
            TyKind::Param(_) | TyKind::Projection(..) | TyKind::Opaque(..) | TyKind::Closure(..) => false,
            _ => true,
        }
    }
}

/// Whether a value of the type may hold a reference that was passed to the call that made it.
pub(super) fn may_hold_reference(ty: Ty) -> bool {
    match ty.kind() {
        TyKind::Bool
        | TyKind::Char
        | TyKind::Int(_)
        | TyKind::Uint(_)
        | TyKind::Float(_)
        | TyKind::Str
        | TyKind::Never => false,
        TyKind::Tuple(ts) => ts.iter().any(|&t| may_hold_reference(t)),
        TyKind::Array(t, _) | TyKind::Slice(t) => may_hold_reference(*t),
        TyKind::Adt(_, args) => args.iter().any(|a| match a {
            GenericArg::Region(_) => true,
            GenericArg::Type(t) => may_hold_reference(*t),
            GenericArg::Const(_) => false,
        }),
        TyKind::FnPtr(FnSig { .. }) | TyKind::FnDef(..) => false,
        _ => true,
    }
}
