//! Arithmetic on scalars as bits: what an operator gives, bit for bit, at run time and when constants are folded.
//!
//! Bits are zero-extended to 128. Everything wraps; who needs an overflow flag asks for it.

use cloudc_frontend::mir::{BinOp, UnOp};
use cloudc_frontend::ty::{FloatTy, Ty, TyKind};

/// How the bits of a scalar are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Num {
    /// Unsigned integer, `char` or address of this many bits.
    Unsigned(u32),
    /// Signed integer of this many bits.
    Signed(u32),
    /// `bool`
    Bool,
    /// `f32`
    F32,
    /// `f64`
    F64,
}

impl Num {
    /// Of a scalar type; thin pointers and function pointers are unsigned.
    pub fn of(ty: Ty) -> Option<Num> {
        Some(match ty.kind() {
            TyKind::Bool => Num::Bool,
            TyKind::Char => Num::Unsigned(32),
            TyKind::Int(i) => Num::Signed(i.bits()),
            TyKind::Uint(u) => Num::Unsigned(u.bits()),
            TyKind::Float(FloatTy::F32) => Num::F32,
            TyKind::Float(FloatTy::F64) => Num::F64,
            TyKind::Ref(..) | TyKind::RawPtr(..) | TyKind::FnPtr(_) => Num::Unsigned(64),
            _ => return None,
        })
    }
    /// Width in bits of the value.
    pub fn bits(self) -> u32 {
        match self {
            Num::Unsigned(n) | Num::Signed(n) => n,
            Num::Bool => 1,
            Num::F32 => 32,
            Num::F64 => 64,
        }
    }
    /// Bytes in memory.
    pub fn size(self) -> usize {
        self.bits().div_ceil(8) as usize
    }
    fn mask(self) -> u128 {
        u128::MAX >> (128 - self.bits())
    }
    /// As a signed number.
    pub fn signed(self, bits: u128) -> i128 {
        let shift = 128 - self.bits();
        ((bits << shift) as i128) >> shift
    }
}

/// `a op b`, wrapping; `None` if it has no value (division by zero, a float operator that does not exist).
pub fn binary(op: BinOp, num: Num, a: u128, b: u128) -> Option<u128> {
    match num {
        Num::F32 => {
            let (x, y) = (f32::from_bits(a as u32), f32::from_bits(b as u32));
            float(op, x, y, |x, y| x % y, |x| x.to_bits() as u128)
        }
        Num::F64 => {
            let (x, y) = (f64::from_bits(a as u64), f64::from_bits(b as u64));
            float(op, x, y, |x, y| x % y, |x| x.to_bits() as u128)
        }
        Num::Signed(_) => {
            let (x, y) = (num.signed(a), num.signed(b));
            Some(match op {
                BinOp::Div => x.checked_div(y).or((y == -1).then_some(x))? as u128 & num.mask(),
                BinOp::Rem => x.checked_rem(y).or((y == -1).then_some(0))? as u128 & num.mask(),
                BinOp::Shr => (x >> (b as u32 & (num.bits() - 1))) as u128 & num.mask(),
                BinOp::Lt => (x < y) as u128,
                BinOp::Le => (x <= y) as u128,
                BinOp::Gt => (x > y) as u128,
                BinOp::Ge => (x >= y) as u128,
                _ => unsigned(op, num, a, b)?,
            })
        }
        Num::Unsigned(_) | Num::Bool => unsigned(op, num, a, b),
    }
}

fn unsigned(op: BinOp, num: Num, a: u128, b: u128) -> Option<u128> {
    Some(match op {
        BinOp::Add => a.wrapping_add(b) & num.mask(),
        BinOp::Sub => a.wrapping_sub(b) & num.mask(),
        BinOp::Mul => a.wrapping_mul(b) & num.mask(),
        BinOp::Div => a.checked_div(b)?,
        BinOp::Rem => a.checked_rem(b)?,
        BinOp::BitAnd => a & b,
        BinOp::BitOr => a | b,
        BinOp::BitXor => a ^ b,
        BinOp::Shl => (a << (b as u32 & (num.bits() - 1))) & num.mask(),
        BinOp::Shr => a >> (b as u32 & (num.bits() - 1)),
        BinOp::Eq => (a == b) as u128,
        BinOp::Ne => (a != b) as u128,
        BinOp::Lt => (a < b) as u128,
        BinOp::Le => (a <= b) as u128,
        BinOp::Gt => (a > b) as u128,
        BinOp::Ge => (a >= b) as u128,
    })
}

fn float<F>(op: BinOp, x: F, y: F, rem: impl Fn(F, F) -> F, bits: impl Fn(F) -> u128) -> Option<u128>
where
    F: Copy
        + PartialOrd
        + std::ops::Add<Output = F>
        + std::ops::Sub<Output = F>
        + std::ops::Mul<Output = F>
        + std::ops::Div<Output = F>,
{
    Some(match op {
        BinOp::Add => bits(x + y),
        BinOp::Sub => bits(x - y),
        BinOp::Mul => bits(x * y),
        BinOp::Div => bits(x / y),
        BinOp::Rem => bits(rem(x, y)),
        BinOp::Eq => (x == y) as u128,
        BinOp::Ne => (x != y) as u128,
        BinOp::Lt => (x < y) as u128,
        BinOp::Le => (x <= y) as u128,
        BinOp::Gt => (x > y) as u128,
        BinOp::Ge => (x >= y) as u128,
        _ => return None,
    })
}

/// Wrapped result and whether it wrapped. For shifts: whether the amount, read as unsigned, is not below the width.
pub fn checked(op: BinOp, num: Num, a: u128, b: u128) -> Option<(u128, bool)> {
    let wrapped = binary(op, num, a, b)?;
    let overflow = match (op, num) {
        (BinOp::Shl | BinOp::Shr, _) => b >= num.bits() as u128,
        (_, Num::Signed(_)) => {
            let (x, y) = (num.signed(a), num.signed(b));
            let exact = match op {
                BinOp::Add => x.checked_add(y),
                BinOp::Sub => x.checked_sub(y),
                BinOp::Mul => x.checked_mul(y),
                _ => return None,
            };
            exact != Some(num.signed(wrapped))
        }
        (_, Num::Unsigned(_)) => {
            let exact = match op {
                BinOp::Add => a.checked_add(b),
                BinOp::Sub => a.checked_sub(b),
                BinOp::Mul => a.checked_mul(b),
                _ => return None,
            };
            exact != Some(wrapped)
        }
        _ => return None,
    };
    Some((wrapped, overflow))
}

/// `-a`, `!a`.
pub fn unary(op: UnOp, num: Num, a: u128) -> u128 {
    match (op, num) {
        (UnOp::Not, _) => !a & num.mask(),
        (UnOp::Neg, Num::F32) => a ^ (1 << 31),
        (UnOp::Neg, Num::F64) => a ^ (1 << 63),
        (UnOp::Neg, _) => a.wrapping_neg() & num.mask(),
    }
}

/// `a as to`: integers wrap, floats to integers saturate, integers to floats round to nearest.
pub fn convert(from: Num, to: Num, a: u128) -> u128 {
    match (from, to) {
        (Num::F32, Num::F32) | (Num::F64, Num::F64) => a,
        (Num::F32, Num::F64) => (f32::from_bits(a as u32) as f64).to_bits() as u128,
        (Num::F64, Num::F32) => (f64::from_bits(a as u64) as f32).to_bits() as u128,
        (Num::F32, _) => float_to_int(f32::from_bits(a as u32) as f64, to),
        (Num::F64, _) => float_to_int(f64::from_bits(a as u64), to),
        (Num::Signed(_), Num::F32) => (from.signed(a) as f32).to_bits() as u128,
        (Num::Signed(_), Num::F64) => (from.signed(a) as f64).to_bits() as u128,
        (_, Num::F32) => (a as f32).to_bits() as u128,
        (_, Num::F64) => (a as f64).to_bits() as u128,
        (Num::Signed(_), _) => from.signed(a) as u128 & to.mask(),
        _ => a & to.mask(),
    }
}

fn float_to_int(x: f64, to: Num) -> u128 {
    match to {
        Num::Signed(128) => x as i128 as u128,
        Num::Signed(n) => {
            let (low, high) = (-(1i128 << (n - 1)), (1i128 << (n - 1)) - 1);
            (x as i128).clamp(low, high) as u128 & to.mask()
        }
        _ => (x as u128).min(to.mask()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signed_arithmetic_wraps_and_tells() {
        let i8 = Num::Signed(8);
        assert_eq!(checked(BinOp::Add, i8, 127, 1), Some((128, true)));
        assert_eq!(checked(BinOp::Mul, i8, 0xff, 5), Some((0xfb, false)));
        assert_eq!(binary(BinOp::Div, i8, 0x80, 0xff), Some(0x80));
        assert_eq!(binary(BinOp::Shr, i8, 0x80, 1), Some(0xc0));
        assert_eq!(binary(BinOp::Rem, i8, 1, 0), None);
    }

    #[test]
    fn floats_saturate_on_the_way_to_integers() {
        let f = |x: f64, to| convert(Num::F64, to, x.to_bits() as u128);
        assert_eq!(f(300.0, Num::Unsigned(8)), 255);
        assert_eq!(f(-300.0, Num::Signed(8)), 0x80);
        assert_eq!(f(f64::NAN, Num::Signed(32)), 0);
    }
}
