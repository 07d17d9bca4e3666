//! Arithmetic, comparison and conversion of machine values, as Rust defines them.

use cloudc_analysis::layout::Prim;
use cloudc_frontend::bug;
use cloudc_frontend::mir::{BinOp, needs};
use cloudc_frontend::ty::{Ty, TyKind};
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{self, InstBuilder, Value, types};

use super::function::{FnCx, Val};
use super::types::prim_type;

impl FnCx<'_, '_, '_> {
    /// A constant of these bits.
    pub(super) fn constant(&mut self, prim: Prim, bits: u128) -> Value {
        match prim {
            Prim::F32 => self.b.ins().f32const(f32::from_bits(bits as u32)),
            Prim::F64 => self.b.ins().f64const(f64::from_bits(bits as u64)),
            Prim::I128 => {
                let low = self.b.ins().iconst(types::I64, bits as u64 as i64);
                let high = self.b.ins().iconst(types::I64, (bits >> 64) as u64 as i64);
                self.b.ins().iconcat(low, high)
            }
            _ => {
                let ty = prim_type(prim);
                let shift = 64 - ty.bits();
                self.b.ins().iconst(ty, ((bits as u64 as i64) << shift) >> shift)
            }
        }
    }

    /// An operator on two values of a primitive type. `Add`, `Sub`, `Mul` wrap, shifts mask their amount.
    pub(super) fn binary(&mut self, op: BinOp, ty: Ty, x: Value, y: Value) -> Result<Value, String> {
        if let Some(name) = needs::binary(op, ty, false) {
            return self.call_lang(name, &[x, y]);
        }
        if ty.is_float() {
            return Ok(self.float_binary(op, ty, x, y));
        }
        let signed = ty.is_signed();
        Ok(match op {
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
        })
    }

    fn shift_amount(&mut self, amount: Value) -> Value {
        if self.b.func.dfg.value_type(amount) == types::I128 {
            self.b.ins().ireduce(types::I64, amount)
        } else {
            amount
        }
    }

    fn float_binary(&mut self, op: BinOp, ty: Ty, x: Value, y: Value) -> Value {
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
                bug!("{op:?} of `{ty}`")
            }
        }
    }

    /// `(wrapped, overflowed)`.
    pub(super) fn checked(
        &mut self,
        op: BinOp,
        ty: Ty,
        x: Value,
        y: Value,
    ) -> Result<(Value, Value), String> {
        let signed = ty.is_signed();
        let machine = self.b.func.dfg.value_type(x);
        let zero = |f: &mut Self| f.constant(int_prim(machine), 0);
        match op {
            BinOp::Add => {
                let sum = self.b.ins().iadd(x, y);
                let overflowed = if signed {
                    // Both operands differ in sign from the sum.
                    let (a, b) = (self.b.ins().bxor(x, sum), self.b.ins().bxor(y, sum));
                    let both = self.b.ins().band(a, b);
                    let zero = zero(self);
                    self.b.ins().icmp(IntCC::SignedLessThan, both, zero)
                } else {
                    self.b.ins().icmp(IntCC::UnsignedLessThan, sum, x)
                };
                Ok((sum, overflowed))
            }
            BinOp::Sub => {
                let difference = self.b.ins().isub(x, y);
                let overflowed = if signed {
                    let (a, b) = (self.b.ins().bxor(x, y), self.b.ins().bxor(x, difference));
                    let both = self.b.ins().band(a, b);
                    let zero = zero(self);
                    self.b.ins().icmp(IntCC::SignedLessThan, both, zero)
                } else {
                    self.b.ins().icmp(IntCC::UnsignedLessThan, x, y)
                };
                Ok((difference, overflowed))
            }
            BinOp::Mul => self.checked_mul(ty, x, y),
            BinOp::Shl | BinOp::Shr => {
                let result = self.binary(op, ty, x, y)?;
                let amount = self.b.func.dfg.value_type(y);
                let width = self.constant(int_prim(amount), machine.bits() as u128);
                Ok((result, self.b.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, y, width)))
            }
            other => bug!("{other:?} does not overflow"),
        }
    }

    fn checked_mul(&mut self, ty: Ty, x: Value, y: Value) -> Result<(Value, Value), String> {
        let signed = ty.is_signed();
        if let Some(name) = needs::binary(BinOp::Mul, ty, true) {
            let product = self.b.ins().imul(x, y);
            return Ok((product, self.call_lang(name, &[x, y])?));
        }
        let machine = self.b.func.dfg.value_type(x);
        match machine.bits() {
            64 => {
                let product = self.b.ins().imul(x, y);
                let (high, expected) = if signed {
                    (self.b.ins().smulhi(x, y), self.b.ins().sshr_imm_u(product, 63))
                } else {
                    (self.b.ins().umulhi(x, y), self.b.ins().iconst(types::I64, 0))
                };
                Ok((product, self.b.ins().icmp(IntCC::NotEqual, high, expected)))
            }
            bits => {
                let wide = if bits == 32 { types::I64 } else { types::I32 };
                let (a, b) = (self.extend(x, wide, signed), self.extend(y, wide, signed));
                let product = self.b.ins().imul(a, b);
                let narrow = self.b.ins().ireduce(machine, product);
                let back = self.extend(narrow, wide, signed);
                Ok((narrow, self.b.ins().icmp(IntCC::NotEqual, back, product)))
            }
        }
    }

    fn extend(&mut self, value: Value, to: ir::Type, signed: bool) -> Value {
        if signed { self.b.ins().sextend(to, value) } else { self.b.ins().uextend(to, value) }
    }

    /// An integer to an integer type of any width; `signed` is of the source.
    pub(super) fn resize(&mut self, value: Value, to: ir::Type, signed: bool) -> Value {
        let from = self.b.func.dfg.value_type(value);
        match from.bits().cmp(&to.bits()) {
            std::cmp::Ordering::Equal => value,
            std::cmp::Ordering::Greater => self.b.ins().ireduce(to, value),
            std::cmp::Ordering::Less => self.extend(value, to, signed),
        }
    }

    /// Integer to float, rounding to nearest.
    pub(super) fn int_to_float(&mut self, value: Value, from: Ty, to: Ty) -> Result<Value, String> {
        let signed = from.is_signed();
        let float = if to.scalar_bits() == Some(32) { types::F32 } else { types::F64 };
        let bits = self.b.func.dfg.value_type(value).bits();
        if let Some(name) = needs::cast(from, to) {
            return self.call_lang(name, &[value]);
        }
        let value = if bits < 32 { self.extend(value, types::I32, signed) } else { value };
        Ok(if signed {
            self.b.ins().fcvt_from_sint(float, value)
        } else {
            self.b.ins().fcvt_from_uint(float, value)
        })
    }

    /// Float to integer: towards zero, saturating, NaN is 0.
    pub(super) fn float_to_int(&mut self, value: Value, from: Ty, to: Ty) -> Result<Value, String> {
        let signed = to.is_signed();
        let bits = to.scalar_bits().unwrap_or(64);
        if let Some(name) = needs::cast(from, to) {
            return self.call_lang(name, &[value]);
        }
        let wide = if bits == 64 { types::I64 } else { types::I32 };
        let whole = if signed {
            self.b.ins().fcvt_to_sint_sat(wide, value)
        } else {
            self.b.ins().fcvt_to_uint_sat(wide, value)
        };
        if bits >= 32 {
            return Ok(whole);
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
        let narrow = if bits == 8 { types::I8 } else { types::I16 };
        Ok(self.b.ins().ireduce(narrow, clamped))
    }

    /// Calls a function of our std that takes machine values and returns one.
    pub(super) fn call_lang(&mut self, name: &str, args: &[Value]) -> Result<Value, String> {
        let func = self.cx.lang(name)?;
        let call = self.call_function(func, args)?;
        self.b.inst_results(call).first().copied().ok_or_else(|| format!("`{name}` has no result"))
    }

    /// Negation or complement.
    pub(super) fn unary(&mut self, op: cloudc_frontend::mir::UnOp, ty: Ty, value: Val) -> Val {
        let Val::One(x) = value else { bug!("{op:?} of a `{ty}`") };
        use cloudc_frontend::mir::UnOp;
        Val::One(match (op, ty.kind()) {
            (UnOp::Neg, TyKind::Float(_)) => self.b.ins().fneg(x),
            (UnOp::Neg, _) => self.b.ins().ineg(x),
            (UnOp::Not, TyKind::Bool) => self.b.ins().bxor_imm_u(x, 1),
            (UnOp::Not, _) => self.b.ins().bnot(x),
        })
    }
}

fn int_prim(ty: ir::Type) -> Prim {
    Prim::int(ty.bytes() as u64)
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
