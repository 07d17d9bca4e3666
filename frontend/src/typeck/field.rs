//! Field access.

use crate::hir::ExprId;
use crate::source::Span;
use crate::symbol::Symbol;
use crate::ty::{Ty, TyKind};

use super::diagnostics as diags;
use super::fn_ctxt::FnCtxt;

impl FnCtxt<'_, '_> {
    /// Checks `x.f`.
    pub(super) fn check_field(&self, e: ExprId, base: ExprId, name: Symbol, at: Span) -> Ty {
        let base_ty = self.check_expr(base);
        let base_ty = self.expect_resolved(self.span(base), base_ty);
        if base_ty.is_error() {
            return base_ty;
        }
        let mut private = None;
        let mut deref = self.autoderef(self.span(e), base_ty);
        while let Some((ty, _)) = deref.next() {
            let ty = self.structurally_resolve(ty);
            let found = match *ty.kind() {
                TyKind::Adt(adt, args) if !self.tcx.is_enum(adt) => {
                    let fields = &self.tcx.variants(adt)[0].fields;
                    match fields.iter().position(|f| f.name == name) {
                        Some(i) if self.is_accessible(fields[i].vis) => {
                            Some((i, self.field_ty(at, adt, 0, i, args)))
                        }
                        Some(_) => {
                            private = private.or(Some(adt));
                            None
                        }
                        None => None,
                    }
                }
                TyKind::Tuple(ts) => name.as_str().parse::<usize>().ok().and_then(|i| Some((i, *ts.get(i)?))),
                TyKind::Error => return ty,
                _ => None,
            };
            if let Some((i, field_ty)) = found {
                self.register_all(std::mem::take(&mut deref.obligations));
                let steps = self.deref_adjustments(&deref.steps, ty);
                self.apply_adjustments(base, steps);
                self.results.borrow_mut().field_index.insert(e, i);
                return field_ty;
            }
        }
        match private {
            Some(adt) => {
                diags::fields::private_access(self, at, name, adt);
                Ty::error()
            }
            None => {
                diags::fields::no_field(self, at, name, base_ty, self.span(base));
                Ty::error()
            }
        }
    }
}
