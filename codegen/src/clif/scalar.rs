//! Arithmetic, comparison and conversion of machine values, as Rust defines them.

use std::cmp::Ordering;

use cloudc_analysis::layout::Prim;
use cloudc_frontend::bug;
use cloudc_frontend::mir::BinOp;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, Value, types};

use super::function::FnCx;
use super::types::prim_type;
use crate::lower::{BitOp, FloatOp, Scalars, Side, Values};

impl Scalars for FnCx<'_, '_, '_> {
    fn int_binary(&mut self, op: BinOp, signed: bool, x: Value, y: Value) -> Value {
        match op {
            BinOp::Add => self.b.ins().iadd(x, y),
            BinOp::Sub => self.b.ins().isub(x, y),
            BinOp::Mul => self.b.ins().imul(x, y),
            BinOp::Div if signed => self.b.ins().sdiv(x, y),
            BinOp::Div => self.b.ins().udiv(x, y),
            BinOp::Rem if signed => self.b.ins().srem(x, y),
            BinOp::Rem => self.b.ins().urem(x, y),
            BinOp::BitAnd => self.b.ins().band(x, y),
            BinOp::BitOr => self.b.ins().bor(x, y),
            BinOp::BitXor => self.b.ins().bxor(x, y),
            // Cranelift masks the amount by the width, as Rust's wrapping shifts do.
            BinOp::Shl | BinOp::Shr => {
                let amount = self.shift_amount(y);
                match (op, signed) {
                    (BinOp::Shl, _) => self.b.ins().ishl(x, amount),
                    (_, true) => self.b.ins().sshr(x, amount),
                    (_, false) => self.b.ins().ushr(x, amount),
                }
            }
            BinOp::Eq | BinOp::Ne | BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge => {
                self.b.ins().icmp(int_condition(op, signed), x, y)
            }
        }
    }

    fn float_binary(&mut self, op: BinOp, x: Value, y: Value) -> Value {
        match op {
            BinOp::Add => self.b.ins().fadd(x, y),
            BinOp::Sub => self.b.ins().fsub(x, y),
            BinOp::Mul => self.b.ins().fmul(x, y),
            BinOp::Div => self.b.ins().fdiv(x, y),
            BinOp::Eq => self.b.ins().fcmp(FloatCC::Equal, x, y),
            BinOp::Ne => self.b.ins().fcmp(FloatCC::NotEqual, x, y),
            BinOp::Lt => self.b.ins().fcmp(FloatCC::LessThan, x, y),
            BinOp::Le => self.b.ins().fcmp(FloatCC::LessThanOrEqual, x, y),
            BinOp::Gt => self.b.ins().fcmp(FloatCC::GreaterThan, x, y),
            BinOp::Ge => self.b.ins().fcmp(FloatCC::GreaterThanOrEqual, x, y),
            BinOp::Rem | BinOp::BitAnd | BinOp::BitOr | BinOp::BitXor | BinOp::Shl | BinOp::Shr => {
                bug!("{op:?} of floats")
            }
        }
    }

    fn checked(&mut self, op: BinOp, signed: bool, x: Value, y: Value) -> (Value, Value) {
        if op == BinOp::Mul {
            return self.checked_mul(signed, x, y);
        }
        let result = self.int_binary(op, signed, x, y);
        let overflowed = match (op, signed) {
            // Both operands differ in sign from the sum.
            (BinOp::Add, true) => self.both_negative((x, result), (y, result)),
            (BinOp::Add, false) => self.b.ins().icmp(IntCC::UnsignedLessThan, result, x),
            (BinOp::Sub, true) => self.both_negative((x, y), (x, result)),
            (BinOp::Sub, false) => self.b.ins().icmp(IntCC::UnsignedLessThan, x, y),
            (other, _) => bug!("{other:?} does not overflow"),
        };
        (result, overflowed)
    }

    fn negate(&mut self, x: Value) -> Value {
        match self.b.func.dfg.value_type(x).is_float() {
            true => self.b.ins().fneg(x),
            false => self.b.ins().ineg(x),
        }
    }

    fn complement(&mut self, x: Value) -> Value {
        self.b.ins().bnot(x)
    }

    fn bits(&mut self, op: BitOp, x: Value) -> Value {
        match op {
            BitOp::Ones => self.b.ins().popcnt(x),
            BitOp::LeadingZeros => self.b.ins().clz(x),
            BitOp::TrailingZeros => self.b.ins().ctz(x),
            BitOp::SwapBytes => self.b.ins().bswap(x),
            BitOp::Reverse => self.b.ins().bitrev(x),
        }
    }

    fn rotate(&mut self, to: Side, x: Value, by: Value) -> Value {
        match to {
            Side::Left => self.b.ins().rotl(x, by),
            Side::Right => self.b.ins().rotr(x, by),
        }
    }

    fn float(&mut self, op: FloatOp, x: Value) -> Value {
        match op {
            FloatOp::Sqrt => self.b.ins().sqrt(x),
            FloatOp::Floor => self.b.ins().floor(x),
            FloatOp::Ceil => self.b.ins().ceil(x),
            FloatOp::Trunc => self.b.ins().trunc(x),
            FloatOp::RoundEven => self.b.ins().nearest(x),
            FloatOp::Abs => self.b.ins().fabs(x),
        }
    }

    fn copysign(&mut self, x: Value, y: Value) -> Value {
        self.b.ins().fcopysign(x, y)
    }

    fn select(&mut self, condition: Value, yes: Value, no: Value) -> Value {
        self.b.ins().select(condition, yes, no)
    }

    fn resize(&mut self, x: Value, to: Prim, signed: bool) -> Value {
        let (from, to) = (self.b.func.dfg.value_type(x), prim_type(to));
        match from.bits().cmp(&to.bits()) {
            Ordering::Equal => x,
            Ordering::Greater => self.b.ins().ireduce(to, x),
            Ordering::Less => self.extend(x, to, signed),
        }
    }

    fn reinterpret(&mut self, x: Value, to: Prim) -> Value {
        let (have, ty) = (self.b.func.dfg.value_type(x), prim_type(to));
        if have == ty {
            x
        } else if have.bits() == ty.bits() {
            self.b.ins().bitcast(ty, MemFlagsData::new(), x)
        } else if have.is_int() && ty.is_int() {
            self.resize(x, to, false)
        } else {
            bug!("no {ty} in a {have}")
        }
    }

    fn int_to_float(&mut self, x: Value, signed: bool, to: Prim) -> Value {
        let narrow = self.b.func.dfg.value_type(x).bits() < 32;
        let x = if narrow { self.extend(x, types::I32, signed) } else { x };
        match signed {
            true => self.b.ins().fcvt_from_sint(prim_type(to), x),
            false => self.b.ins().fcvt_from_uint(prim_type(to), x),
        }
    }

    fn float_to_int(&mut self, x: Value, signed: bool, to: Prim) -> Value {
        let bits = prim_type(to).bits();
        let wide = if bits == 64 { types::I64 } else { types::I32 };
        let whole = match signed {
            true => self.b.ins().fcvt_to_sint_sat(wide, x),
            false => self.b.ins().fcvt_to_uint_sat(wide, x),
        };
        if bits >= 32 {
            return whole;
        }
        let (low, high): (i64, i64) =
            if signed { (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) } else { (0, (1 << bits) - 1) };
        let (low, high) = (self.b.ins().iconst(wide, low), self.b.ins().iconst(wide, high));
        let clamped = if signed {
            let atmost = self.b.ins().smin(whole, high);
            self.b.ins().smax(atmost, low)
        } else {
            self.b.ins().umin(whole, high)
        };
        self.b.ins().ireduce(prim_type(to), clamped)
    }

    fn float_to_float(&mut self, x: Value, to: Prim) -> Value {
        match (self.b.func.dfg.value_type(x), to) {
            (types::F32, Prim::F64) => self.b.ins().fpromote(types::F64, x),
            (types::F64, Prim::F32) => self.b.ins().fdemote(types::F32, x),
            _ => x,
        }
    }
}

impl FnCx<'_, '_, '_> {
    fn shift_amount(&mut self, amount: Value) -> Value {
        match self.b.func.dfg.value_type(amount) {
            types::I128 => self.b.ins().ireduce(types::I64, amount),
            _ => amount,
        }
    }

    /// Whether the two of each pair differ in sign.
    fn both_negative(&mut self, one: (Value, Value), other: (Value, Value)) -> Value {
        let (a, b) = (self.b.ins().bxor(one.0, one.1), self.b.ins().bxor(other.0, other.1));
        let both = self.b.ins().band(a, b);
        let machine = self.b.func.dfg.value_type(both);
        let zero = self.constant(Prim::int(machine.bytes().into()), 0);
        self.b.ins().icmp(IntCC::SignedLessThan, both, zero)
    }

    fn checked_mul(&mut self, signed: bool, x: Value, y: Value) -> (Value, Value) {
        let machine = self.b.func.dfg.value_type(x);
        match machine.bits() {
            64 => {
                let product = self.b.ins().imul(x, y);
                let (high, expected) = if signed {
                    (self.b.ins().smulhi(x, y), self.b.ins().sshr_imm_u(product, 63))
                } else {
                    (self.b.ins().umulhi(x, y), self.b.ins().iconst(types::I64, 0))
                };
                (product, self.b.ins().icmp(IntCC::NotEqual, high, expected))
            }
            bits => {
                let wide = if bits == 32 { types::I64 } else { types::I32 };
                let (a, b) = (self.extend(x, wide, signed), self.extend(y, wide, signed));
                let product = self.b.ins().imul(a, b);
                let narrow = self.b.ins().ireduce(machine, product);
                let back = self.extend(narrow, wide, signed);
                (narrow, self.b.ins().icmp(IntCC::NotEqual, back, product))
            }
        }
    }

    fn extend(&mut self, value: Value, to: ir::Type, signed: bool) -> Value {
        if signed { self.b.ins().sextend(to, value) } else { self.b.ins().uextend(to, value) }
    }
}

fn int_condition(op: BinOp, signed: bool) -> IntCC {
    match (op, signed) {
        (BinOp::Eq, _) => IntCC::Equal,
        (BinOp::Ne, _) => IntCC::NotEqual,
        (BinOp::Lt, true) => IntCC::SignedLessThan,
        (BinOp::Le, true) => IntCC::SignedLessThanOrEqual,
        (BinOp::Gt, true) => IntCC::SignedGreaterThan,
        (BinOp::Ge, true) => IntCC::SignedGreaterThanOrEqual,
        (BinOp::Lt, false) => IntCC::UnsignedLessThan,
        (BinOp::Le, false) => IntCC::UnsignedLessThanOrEqual,
        (BinOp::Gt, false) => IntCC::UnsignedGreaterThan,
        (BinOp::Ge, false) => IntCC::UnsignedGreaterThanOrEqual,
        (other, _) => bug!("{other:?} is no comparison"),
    }
}
