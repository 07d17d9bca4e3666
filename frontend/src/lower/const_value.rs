//! Bits of literals, and their order.

use std::sync::Arc;

use crate::hir::Lit;
use crate::mir::{Constant, ConstantKind};
use crate::ty::{FloatTy, Ty, TyKind};

/// The constant a literal stands for in an expression of this type.
pub fn literal_constant(lit: &Lit, negated: bool, ty: Ty) -> Option<Constant> {
    let kind = match lit {
        Lit::Str(text) => ConstantKind::Str(*text),
        Lit::ByteStr(bytes) => ConstantKind::ByteStr(Arc::from(&bytes[..])),
        _ => ConstantKind::Scalar(literal_bits(lit, negated, ty)?),
    };
    Some(Constant { kind, ty })
}

/// Bits of a scalar literal of this type.
pub fn literal_bits(lit: &Lit, negated: bool, ty: Ty) -> Option<u128> {
    match lit {
        Lit::Bool(b) => Some(*b as u128),
        Lit::Char(c) => Some(*c as u128),
        Lit::Int(n, _) if ty.is_float() => float_bits(&n.to_string(), negated, ty),
        Lit::Int(n, _) => Some(truncate(if negated { n.wrapping_neg() } else { *n }, ty)),
        Lit::Float(text, _) => float_bits(text.as_str(), negated, ty),
        Lit::Str(_) | Lit::ByteStr(_) => None,
    }
}

/// The low bits that a value of the type has.
pub fn truncate(bits: u128, ty: Ty) -> u128 {
    match ty.scalar_bits() {
        Some(n) if n < 128 => bits & ((1u128 << n) - 1),
        _ => bits,
    }
}

/// Bits of a float written like this.
pub fn float_bits(text: &str, negated: bool, ty: Ty) -> Option<u128> {
    match ty.kind() {
        TyKind::Float(FloatTy::F32) => {
            let x: f32 = text.parse().ok()?;
            Some((if negated { -x } else { x }).to_bits() as u128)
        }
        TyKind::Float(FloatTy::F64) => {
            let x: f64 = text.parse().ok()?;
            Some((if negated { -x } else { x }).to_bits() as u128)
        }
        _ => None,
    }
}

/// Bits changed so that unsigned comparison orders values of the type: the sign bit is turned.
pub fn ordered(bits: u128, ty: Ty) -> u128 {
    match ty.scalar_bits() {
        Some(n) if ty.is_signed() => bits ^ (1u128 << (n - 1)),
        _ => bits,
    }
}

/// The greatest bits a value of the type may have, ordered as by [`ordered`].
pub fn greatest(ty: Ty) -> u128 {
    match (ty.kind(), ty.scalar_bits()) {
        (TyKind::Char, _) => 0x10_ffff,
        (_, Some(n)) if n < 128 => (1u128 << n) - 1,
        _ => u128::MAX,
    }
}

/// The bits as people write the value.
pub fn show(bits: u128, ty: Ty) -> String {
    match ty.kind() {
        TyKind::Bool => (bits != 0).to_string(),
        TyKind::Char => format!("{:?}", char::from_u32(bits as u32).unwrap_or('\u{fffd}')),
        TyKind::Int(i) => {
            let shift = 128 - i.bits();
            format!("{}_{}", ((bits << shift) as i128) >> shift, i.name())
        }
        TyKind::Uint(u) => format!("{bits}_{}", u.name()),
        TyKind::Float(FloatTy::F32) => format!("{}_f32", f32::from_bits(bits as u32)),
        TyKind::Float(FloatTy::F64) => format!("{}_f64", f64::from_bits(bits as u64)),
        _ => bits.to_string(),
    }
}
