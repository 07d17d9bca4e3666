//! Arithmetic at compile time: wrong results are errors.

use crate::hir::{BinOp, ExprId};
use crate::ty::Ty;

use super::{Frame, Run, Stop, Value, signed, truncate};

impl Frame<'_, '_> {
    pub(super) fn binary(&self, e: ExprId, op: BinOp, x: u128, y: u128, ty: Ty) -> Run<Value> {
        let width = ty.scalar_bits().unwrap_or(128);
        let is_signed = ty.is_signed();
        let (sx, sy) = (signed(x, width), signed(y, width));
        let bool = |b: bool| Ok(Value::Bits(u128::from(b)));
        let shown = |bits: u128| match is_signed {
            true => format!("{}_{ty}", signed(bits, width)),
            false => format!("{bits}_{ty}"),
        };
        let overflow = |op: &str| {
            let why = format!("attempt to compute `{} {op} {}`, which would overflow", shown(x), shown(y));
            Err(Stop::Error(self.body.exprs[e].span, why))
        };
        let fits = |r: Option<u128>, s: Option<i128>, what: &str| {
            if is_signed {
                match s {
                    Some(s) if signed(s as u128, width) == s => Ok(Value::Bits(truncate(s as u128, width))),
                    _ => overflow(what),
                }
            } else {
                match r {
                    Some(r) if truncate(r, width) == r => Ok(Value::Bits(r)),
                    _ => overflow(what),
                }
            }
        };
        match op {
            BinOp::Add => fits(x.checked_add(y), sx.checked_add(sy), "+"),
            BinOp::Sub => fits(x.checked_sub(y), sx.checked_sub(sy), "-"),
            BinOp::Mul => fits(x.checked_mul(y), sx.checked_mul(sy), "*"),
            BinOp::Div if y == 0 => self.fail(e, format!("attempt to divide `{}` by zero", shown(x))),
            BinOp::Rem if y == 0 => self.fail(
                e,
                format!("attempt to calculate the remainder of `{}` with a divisor of zero", shown(x)),
            ),
            BinOp::Div => fits(x.checked_div(y), sx.checked_div(sy), "/"),
            BinOp::Rem => fits(x.checked_rem(y), sx.checked_rem(sy), "%"),
            BinOp::BitAnd => Ok(Value::Bits(x & y)),
            BinOp::BitOr => Ok(Value::Bits(x | y)),
            BinOp::BitXor => Ok(Value::Bits(x ^ y)),
            BinOp::Shl if y >= u128::from(width) => overflow("<<"),
            BinOp::Shr if y >= u128::from(width) => overflow(">>"),
            BinOp::Shl => Ok(Value::Bits(truncate(x << y, width))),
            BinOp::Shr if is_signed => Ok(Value::Bits(truncate((sx >> y) as u128, width))),
            BinOp::Shr => Ok(Value::Bits(x >> y)),
            BinOp::Eq => bool(x == y),
            BinOp::Ne => bool(x != y),
            BinOp::Lt => bool(if is_signed { sx < sy } else { x < y }),
            BinOp::Le => bool(if is_signed { sx <= sy } else { x <= y }),
            BinOp::Gt => bool(if is_signed { sx > sy } else { x > y }),
            BinOp::Ge => bool(if is_signed { sx >= sy } else { x >= y }),
        }
    }
}
