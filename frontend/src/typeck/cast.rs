//! `x as T`: judged at the end, when types are known.

use crate::hir::{DefId, ExprId, HirTy, VariantShape};
use crate::source::Span;
use crate::ty::{InferTy, Ty, TyKind};

use super::diagnostics as diags;
use super::expectation::Expectation;
use super::fn_ctxt::FnCtxt;
use super::results::CastKind;

/// A cast to be judged.
pub struct DeferredCast {
    expr: ExprId,
    inner: ExprId,
    from: Ty,
    to: Ty,
    span: Span,
}

/// Why a cast is not allowed.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum CastError {
    /// Not between primitives at all.
    NonPrimitive,
    /// To `char` from something else than `u8`.
    OnlyU8ToChar,
    /// To `bool`.
    ToBool,
    /// Between primitives that have no conversion.
    Illegal,
    /// Of a reference where the value behind it is meant.
    NeedsDeref,
}

impl FnCtxt<'_, '_> {
    /// Checks `x as T`.
    pub(super) fn check_cast(&self, e: ExprId, inner: ExprId, ty: &HirTy) -> Ty {
        let to = self.lower_ty(ty);
        let from = self.check_expr_with(inner, Expectation::Castable(to));
        if from.is_error() || to.is_error() {
            return if to.is_error() { Ty::error() } else { to };
        }
        self.deferred_casts.borrow_mut().push(DeferredCast { expr: e, inner, from, to, span: self.span(e) });
        to
    }
    /// Judges all casts.
    pub(super) fn check_casts(&self) {
        let casts = std::mem::take(&mut *self.deferred_casts.borrow_mut());
        for cast in casts {
            let from = self.structurally_resolve(cast.from);
            let to = self.structurally_resolve(cast.to);
            if from.is_error() || to.is_error() {
                continue;
            }
            if matches!(to.kind(), TyKind::Infer(InferTy::Ty(_))) || self.infcx.is_ty_var(from) {
                if self.try_coerce(cast.inner, from, to).is_ok() {
                    self.results.borrow_mut().casts.insert(cast.expr, CastKind::Coercion);
                }
                continue;
            }
            let kind = match self.primitive_cast(from, to) {
                // Between numbers, also where nothing changes, the cast itself is the work.
                Ok(kind) => kind,
                Err(error) => {
                    if self.try_coerce(cast.inner, from, to).is_ok() {
                        CastKind::Coercion
                    } else {
                        diags::casts::report(self, cast.span, cast.inner, from, to, error);
                        continue;
                    }
                }
            };
            self.results.borrow_mut().casts.insert(cast.expr, kind);
        }
    }
    fn primitive_cast(&self, from: Ty, to: Ty) -> Result<CastKind, CastError> {
        let int = |t: Ty| t.is_integral() || matches!(t.kind(), TyKind::Infer(InferTy::Int(_)));
        let float = |t: Ty| t.is_float() || matches!(t.kind(), TyKind::Infer(InferTy::Float(_)));
        let pointer = |t: Ty| matches!(t.kind(), TyKind::RawPtr(..));
        let u8_or_var = |t: Ty| t == Ty::u8() || matches!(t.kind(), TyKind::Infer(InferTy::Int(_)));
        match (from.kind(), to.kind()) {
            _ if int(from) && int(to) => Ok(CastKind::IntToInt),
            _ if int(from) && float(to) => Ok(CastKind::IntToFloat),
            _ if float(from) && int(to) => Ok(CastKind::FloatToInt),
            _ if float(from) && float(to) => Ok(CastKind::FloatToFloat),
            (TyKind::Bool | TyKind::Char, _) if int(to) => Ok(CastKind::IntToInt),
            (TyKind::Adt(def, _), _) if int(to) => {
                if self.is_plain_enum(*def) {
                    Ok(CastKind::IntToInt)
                } else {
                    Err(CastError::NonPrimitive)
                }
            }
            (_, TyKind::Char) if u8_or_var(from) => {
                let _ = self.infcx.unify(from, Ty::u8());
                Ok(CastKind::IntToInt)
            }
            (_, TyKind::Char) if int(from) || float(from) => Err(CastError::OnlyU8ToChar),
            (_, TyKind::Bool) if int(from) || float(from) => Err(CastError::ToBool),
            _ if pointer(from) && pointer(to) => Ok(CastKind::PtrToPtr),
            (TyKind::FnDef(..), _) if int(to) => Ok(CastKind::PtrInt),
            (TyKind::FnPtr(_), _) if int(to) || pointer(to) => Ok(CastKind::PtrInt),
            _ if pointer(from) && int(to) => Ok(CastKind::PtrInt),
            _ if int(from) && pointer(to) => Ok(CastKind::PtrInt),
            (TyKind::Ref(_, inner, _), _) if int(to) || float(to) => {
                let inner = self.infcx.shallow(*inner);
                if self.primitive_cast(inner, to).is_ok() {
                    Err(CastError::NeedsDeref)
                } else {
                    Err(CastError::NonPrimitive)
                }
            }
            (TyKind::Bool | TyKind::Char, _) if float(to) => Err(CastError::Illegal),
            (TyKind::Char, TyKind::Char) | (TyKind::Bool, TyKind::Bool) => Ok(CastKind::IntToInt),
            (TyKind::Bool, TyKind::Char) => Err(CastError::OnlyU8ToChar),
            (TyKind::Char, TyKind::Bool) => Err(CastError::ToBool),
            _ => Err(CastError::NonPrimitive),
        }
    }
    fn is_plain_enum(&self, def: DefId) -> bool {
        self.tcx.is_enum(def)
            && !self.tcx.variants(def).is_empty()
            && self.tcx.variants(def).iter().all(|v| v.fields.is_empty() || v.shape == VariantShape::Unit)
    }
}
