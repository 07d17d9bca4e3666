//! Variables as the unification tables know them.

use ena::unify::{UnifyKey, UnifyValue};

use super::super::{Const, Ty};
use crate::source::Span;
use crate::symbol::Symbol;

/// A type variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TyVid(pub(super) u32);

/// What is known of a type variable.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum TyVarValue {
    /// Nothing but the kind.
    Unknown(VarKind),
    /// Everything.
    Known(Ty),
}

/// What a variable may stand for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum VarKind {
    Any,
    Int,
    Float,
}

impl UnifyKey for TyVid {
    type Value = TyVarValue;
    fn index(&self) -> u32 {
        self.0
    }
    fn from_index(u: u32) -> Self {
        TyVid(u)
    }
    fn tag() -> &'static str {
        "TyVid"
    }
}

impl UnifyValue for TyVarValue {
    type Error = ();
    fn unify_values(a: &Self, b: &Self) -> Result<Self, ()> {
        match (*a, *b) {
            (TyVarValue::Known(x), TyVarValue::Known(y)) if x == y => Ok(*a),
            (TyVarValue::Known(_), TyVarValue::Known(_)) => Err(()),
            (TyVarValue::Known(_), TyVarValue::Unknown(_)) => Ok(*a),
            (TyVarValue::Unknown(_), TyVarValue::Known(_)) => Ok(*b),
            (TyVarValue::Unknown(x), TyVarValue::Unknown(y)) => match (x, y) {
                (VarKind::Any, k) | (k, VarKind::Any) => Ok(TyVarValue::Unknown(k)),
                (x, y) if x == y => Ok(*a),
                _ => Err(()),
            },
        }
    }
}

/// A constant variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ConstVid(pub(super) u32);

/// What is known of a constant variable.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ConstVarValue(pub Option<Const>);

impl UnifyKey for ConstVid {
    type Value = ConstVarValue;
    fn index(&self) -> u32 {
        self.0
    }
    fn from_index(u: u32) -> Self {
        ConstVid(u)
    }
    fn tag() -> &'static str {
        "ConstVid"
    }
}

impl UnifyValue for ConstVarValue {
    type Error = ();
    fn unify_values(a: &Self, b: &Self) -> Result<Self, ()> {
        match (a.0, b.0) {
            (Some(x), Some(y)) if x != y => Err(()),
            (Some(x), _) | (None, Some(x)) => Ok(ConstVarValue(Some(x))),
            (None, None) => Ok(ConstVarValue(None)),
        }
    }
}

/// Where a variable came from.
#[derive(Clone, Copy, Debug)]
pub struct VarOrigin {
    /// Place to blame when nothing says what it is.
    pub span: Span,
    /// The generic parameter it stands for.
    pub param: Option<Symbol>,
    /// From `!` turned into any type: falls back to `!`.
    pub diverging: bool,
}
