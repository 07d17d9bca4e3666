//! What the surroundings of an expression say about its type.

use crate::ty::{Ty, TyKind};

use super::fn_ctxt::FnCtxt;

/// What is expected of an expression.
#[derive(Clone, Copy, Debug)]
pub enum Expectation {
    /// Nothing.
    None,
    /// It will be coerced to this type.
    HasType(Ty),
    /// It will be cast to this type.
    Castable(Ty),
    /// Something like a value of this (maybe unsized) type: the pointee of a box or reference.
    RvalueLike(Ty),
}

impl Expectation {
    /// The type, if the expression must have it.
    pub fn only_has_type(self, cx: &FnCtxt<'_, '_>) -> Option<Ty> {
        match self {
            Expectation::HasType(t) => Some(cx.infcx.resolve(t)),
            _ => None,
        }
    }
    /// Any type that was hinted at.
    pub fn to_option(self, cx: &FnCtxt<'_, '_>) -> Option<Ty> {
        match self {
            Expectation::None => None,
            Expectation::HasType(t) | Expectation::Castable(t) | Expectation::RvalueLike(t) => {
                Some(cx.infcx.resolve(t))
            }
        }
    }
    /// For the arms of `if` and `match`: a variable says nothing, so that the first arm does not decide alone.
    pub fn for_branches(self, cx: &FnCtxt<'_, '_>) -> Expectation {
        match self {
            Expectation::HasType(t) => {
                let t = cx.infcx.shallow(t);
                if cx.infcx.is_ty_var(t) { Expectation::None } else { Expectation::HasType(t) }
            }
            Expectation::RvalueLike(t) => Expectation::RvalueLike(t),
            _ => Expectation::None,
        }
    }
    /// For the operand of `&` or `Box::new`: unsized types are only a hint.
    pub fn rvalue_hint(cx: &FnCtxt<'_, '_>, ty: Ty) -> Expectation {
        match cx.infcx.shallow(ty).kind() {
            TyKind::Slice(_) | TyKind::Str | TyKind::Dynamic(..) => Expectation::RvalueLike(ty),
            _ => Expectation::HasType(ty),
        }
    }
}
