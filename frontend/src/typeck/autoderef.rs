//! Following `*` as often as it goes: references, boxes, then `Deref`.

use crate::source::Span;
use crate::ty::solve::{Eval, Obligation};
use crate::ty::{Clause, GenericArg, InferTy, List, Mutability, TraitRef, Ty, TyKind};

use super::fn_ctxt::FnCtxt;
use super::results::{AdjustKind, Adjustment};

/// How a step was taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DerefKind {
    /// `*` of a reference or box.
    Builtin,
    /// `Deref::deref`.
    Overloaded,
}

/// The types on the way.
pub struct Autoderef<'a, 't, 'h> {
    cx: &'a FnCtxt<'t, 'h>,
    span: Span,
    /// The type at the current point.
    pub current: Ty,
    started: bool,
    /// Steps taken: the type each was taken from, and how.
    pub steps: Vec<(Ty, DerefKind)>,
    /// What the overloaded steps require.
    pub obligations: Vec<Obligation>,
    raw: bool,
    /// Whether it ended because of too many steps.
    pub too_deep: bool,
}

impl<'t, 'h> FnCtxt<'t, 'h> {
    /// Follows `*` from a type.
    pub fn autoderef(&self, span: Span, ty: Ty) -> Autoderef<'_, 't, 'h> {
        Autoderef {
            cx: self,
            span,
            current: self.infcx.resolve(ty),
            started: false,
            steps: Vec::new(),
            obligations: Vec::new(),
            raw: false,
            too_deep: false,
        }
    }
    /// What `*` of the type yields without a call.
    pub fn builtin_deref(&self, ty: Ty, raw: bool) -> Option<Ty> {
        match *ty.kind() {
            TyKind::Ref(_, t, _) => Some(t),
            TyKind::RawPtr(t, _) if raw => Some(t),
            TyKind::Adt(def, args) if Some(def) == self.tcx.lang.owned_box => args.first()?.as_type(),
            _ => None,
        }
    }
    /// What `*` of the type yields by `Deref`, with what that requires.
    pub fn overloaded_deref(&self, span: Span, ty: Ty) -> Option<(Ty, Vec<Obligation>)> {
        let trait_def = self.tcx.lang.deref?;
        let target = self.tcx.lang.deref_target?;
        let args = List::new(&[GenericArg::Type(ty)]);
        let ob = self.obligation(self.cause(span), Clause::Trait(TraitRef { trait_def, args }));
        if self.infcx.evaluate(&ob) == Eval::Fails {
            return None;
        }
        let mut out = Vec::new();
        let projection = Ty::new(TyKind::Projection(target, args));
        let found = self.infcx.forgetting(|| self.infcx.normalize(&ob, projection, &mut out));
        out.push(ob);
        let found = self.infcx.shallow(found);
        if self.infcx.is_ty_var(found) {
            // The obligations just made may say what it is.
            self.register_all(out);
            self.select_where_possible();
            return Some((self.infcx.resolve(found), Vec::new()));
        }
        Some((self.infcx.resolve(found), out))
    }
    /// The adjustments of the steps taken.
    pub fn deref_adjustments(&self, steps: &[(Ty, DerefKind)], end: Ty) -> Vec<Adjustment> {
        let mut out = Vec::new();
        for (i, (from, kind)) in steps.iter().enumerate() {
            let target = steps.get(i + 1).map_or(end, |s| s.0);
            let kind = match kind {
                DerefKind::Builtin => AdjustKind::Deref,
                DerefKind::Overloaded => match self.deref_method(Mutability::Not) {
                    Some(def) => {
                        let args = List::new(&[GenericArg::Type(*from)]);
                        AdjustKind::OverloadedDeref(Mutability::Not, def, args)
                    }
                    None => AdjustKind::Deref,
                },
            };
            out.push(Adjustment { kind, target });
        }
        out
    }
    /// `Deref::deref` or `DerefMut::deref_mut`.
    pub fn deref_method(&self, m: Mutability) -> Option<crate::hir::DefId> {
        let (trait_def, name) = match m {
            Mutability::Not => (self.tcx.lang.deref?, "deref"),
            Mutability::Mut => (self.tcx.lang.deref_mut?, "deref_mut"),
        };
        self.tcx.assoc_item(trait_def, name.into(), crate::ty::Namespace::Value)
    }
}

impl Autoderef<'_, '_, '_> {
    /// Lets raw pointers be followed too.
    pub fn including_raw(mut self) -> Self {
        self.raw = true;
        self
    }
}

impl Iterator for Autoderef<'_, '_, '_> {
    /// The type and how many steps led to it.
    type Item = (Ty, usize);

    fn next(&mut self) -> Option<(Ty, usize)> {
        if !self.started {
            self.started = true;
            return Some((self.current, 0));
        }
        if self.steps.len() > 64 {
            self.too_deep = true;
            return None;
        }
        let ty = self.cx.structurally_resolve(self.current);
        if matches!(ty.kind(), TyKind::Infer(InferTy::Ty(_))) {
            return None;
        }
        let (kind, next) = match self.cx.builtin_deref(ty, self.raw) {
            Some(next) => (DerefKind::Builtin, next),
            None => {
                let may = matches!(
                    ty.kind(),
                    TyKind::Adt(..) | TyKind::Param(_) | TyKind::Projection(..) | TyKind::Opaque(..)
                );
                if !may {
                    return None;
                }
                let (next, obligations) = self.cx.overloaded_deref(self.span, ty)?;
                self.obligations.extend(obligations);
                (DerefKind::Overloaded, next)
            }
        };
        self.steps.push((ty, kind));
        self.current = self.cx.infcx.resolve(next);
        Some((self.current, self.steps.len()))
    }
}
