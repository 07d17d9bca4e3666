//! Arithmetic, comparison and conversion of machine values, as Rust defines them.
//!
//! A `bool` is a byte wherever it is kept; LLVM's one-bit flags live from a comparison to the byte made of it.

use std::cmp::Ordering;

use cloudc_analysis::layout::Prim;
use cloudc_frontend::bug;
use cloudc_frontend::mir::{BinOp, UnOp, needs};
use cloudc_frontend::ty::{Ty, TyKind};

use super::function::{FnCx, Val};
use super::ir::{Value, machine_type};

impl FnCx<'_, '_> {
    /// A one-bit flag from a `bool`.
    pub(super) fn flag(&mut self, value: Value) -> Value {
        self.w.other(format_args!("trunc {value:#} to i1"))
    }

    /// A `bool` from a one-bit flag.
    pub(super) fn byte(&mut self, flag: Value) -> Value {
        self.w.value(Prim::I8, format_args!("zext i1 {flag} to i8"))
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
        let name = match op {
            BinOp::Add => "add",
            BinOp::Sub => "sub",
            BinOp::Mul => "mul",
            BinOp::Div if signed => "sdiv",
            BinOp::Div => "udiv",
            BinOp::Rem if signed => "srem",
            BinOp::Rem => "urem",
            BinOp::BitAnd => "and",
            BinOp::BitOr => "or",
            BinOp::BitXor => "xor",
            BinOp::Shl => return Ok(self.shift("shl", x, y)),
            BinOp::Shr if signed => return Ok(self.shift("ashr", x, y)),
            BinOp::Shr => return Ok(self.shift("lshr", x, y)),
            BinOp::Eq | BinOp::Ne | BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge => {
                let y = self.reinterpret(y, x.prim);
                return Ok(self.compare(int_condition(op, signed), x, y));
            }
        };
        Ok(self.w.value(x.prim, format_args!("{name} {x:#}, {y}")))
    }

    /// A comparison of integers or addresses, as a `bool`.
    pub(super) fn compare(&mut self, condition: &str, x: Value, y: Value) -> Value {
        let flag = self.w.other(format_args!("icmp {condition} {x:#}, {y}"));
        self.byte(flag)
    }

    fn shift(&mut self, name: &str, x: Value, amount: Value) -> Value {
        let amount = self.resize(amount, x.prim, false);
        let mask = x.prim.size() * 8 - 1;
        let amount = self.w.value(x.prim, format_args!("and {amount:#}, {mask}"));
        self.w.value(x.prim, format_args!("{name} {x:#}, {amount}"))
    }

    fn float_binary(&mut self, op: BinOp, ty: Ty, x: Value, y: Value) -> Value {
        let (name, is_comparison) = match op {
            BinOp::Add => ("fadd", false),
            BinOp::Sub => ("fsub", false),
            BinOp::Mul => ("fmul", false),
            BinOp::Div => ("fdiv", false),
            BinOp::Eq => ("fcmp oeq", true),
            BinOp::Ne => ("fcmp une", true),
            BinOp::Lt => ("fcmp olt", true),
            BinOp::Le => ("fcmp ole", true),
            BinOp::Gt => ("fcmp ogt", true),
            BinOp::Ge => ("fcmp oge", true),
            BinOp::Rem | BinOp::BitAnd | BinOp::BitOr | BinOp::BitXor | BinOp::Shl | BinOp::Shr => {
                bug!("{op:?} of `{ty}`")
            }
        };
        if is_comparison {
            let flag = self.w.other(format_args!("{name} {x:#}, {y}"));
            return self.byte(flag);
        }
        self.w.value(x.prim, format_args!("{name} {x:#}, {y}"))
    }

    /// `(wrapped, overflowed)`.
    pub(super) fn checked(
        &mut self,
        op: BinOp,
        ty: Ty,
        x: Value,
        y: Value,
    ) -> Result<(Value, Value), String> {
        let operator = match op {
            BinOp::Add => "add",
            BinOp::Sub => "sub",
            BinOp::Mul => "mul",
            BinOp::Shl | BinOp::Shr => {
                let result = self.binary(op, ty, x, y)?;
                let width = Value::bits(y.prim, (x.prim.size() * 8).into());
                return Ok((result, self.compare("uge", y, width)));
            }
            other => bug!("{other:?} does not overflow"),
        };
        if let Some(name) = needs::binary(op, ty, true) {
            let result = self.w.value(x.prim, format_args!("{operator} {x:#}, {y}"));
            return Ok((result, self.call_lang(name, &[x, y])?));
        }
        let sign = if ty.is_signed() { "s" } else { "u" };
        let machine = machine_type(x.prim);
        let both = self.w.other(format_args!(
            "call {{ {machine}, i1 }} @llvm.{sign}{operator}.with.overflow.{machine}({x:#}, {y:#})"
        ));
        let result = self.w.value(x.prim, format_args!("extractvalue {{ {machine}, i1 }} {both}, 0"));
        let flag = self.w.other(format_args!("extractvalue {{ {machine}, i1 }} {both}, 1"));
        Ok((result, self.byte(flag)))
    }

    /// An integer to an integer type of any width; `signed` is of the source. Addresses count as integers.
    pub(super) fn resize(&mut self, value: Value, to: Prim, signed: bool) -> Value {
        if value.prim == to {
            return value;
        }
        let value = match value.prim {
            Prim::Ptr => self.w.value(Prim::I64, format_args!("ptrtoint {value:#} to i64")),
            _ => value,
        };
        let integer = if to == Prim::Ptr { Prim::I64 } else { to };
        let text = machine_type(integer);
        let value = match value.prim.size().cmp(&integer.size()) {
            Ordering::Equal => value,
            Ordering::Greater => self.w.value(integer, format_args!("trunc {value:#} to {text}")),
            Ordering::Less if signed => self.w.value(integer, format_args!("sext {value:#} to {text}")),
            Ordering::Less => self.w.value(integer, format_args!("zext {value:#} to {text}")),
        };
        match to {
            Prim::Ptr => self.w.value(Prim::Ptr, format_args!("inttoptr {value:#} to ptr")),
            _ => value,
        }
    }

    /// The same bits as a value of another type of the same or another size.
    pub(super) fn reinterpret(&mut self, value: Value, to: Prim) -> Value {
        let is_float = |prim| matches!(prim, Prim::F32 | Prim::F64);
        if value.prim == to {
            return value;
        }
        if !is_float(value.prim) && !is_float(to) {
            return self.resize(value, to, false);
        }
        if value.prim.size() != to.size() {
            bug!("no {to:?} in a {:?}", value.prim)
        }
        let integer = Prim::int(to.size());
        let value = match value.prim {
            Prim::Ptr => self.resize(value, integer, false),
            _ => value,
        };
        let is_address = to == Prim::Ptr;
        let direct = if is_address { integer } else { to };
        let bits = self.w.value(direct, format_args!("bitcast {value:#} to {}", machine_type(direct)));
        if is_address { self.resize(bits, to, false) } else { bits }
    }

    /// Integer to float, rounding to nearest.
    pub(super) fn int_to_float(&mut self, value: Value, from: Ty, to: Ty) -> Result<Value, String> {
        if let Some(name) = needs::cast(from, to) {
            return self.call_lang(name, &[value]);
        }
        let float = if to.scalar_bits() == Some(32) { Prim::F32 } else { Prim::F64 };
        let name = if from.is_signed() { "sitofp" } else { "uitofp" };
        Ok(self.w.value(float, format_args!("{name} {value:#} to {}", machine_type(float))))
    }

    /// Float to integer: towards zero, saturating, NaN is 0.
    pub(super) fn float_to_int(&mut self, value: Value, from: Ty, to: Ty) -> Result<Value, String> {
        if let Some(name) = needs::cast(from, to) {
            return self.call_lang(name, &[value]);
        }
        let integer = Prim::int(to.scalar_bits().map_or(8, |bits| bits as u64 / 8));
        let sign = if to.is_signed() { "s" } else { "u" };
        let (width, text) = (float_suffix(value.prim), machine_type(integer));
        Ok(self.w.value(integer, format_args!("call {text} @llvm.fpto{sign}i.sat.{text}.{width}({value:#})")))
    }

    /// Between the two floats.
    pub(super) fn float_to_float(&mut self, value: Value, to: Prim) -> Value {
        let name = match (value.prim, to) {
            (Prim::F32, Prim::F64) => "fpext",
            (Prim::F64, Prim::F32) => "fptrunc",
            _ => return value,
        };
        self.w.value(to, format_args!("{name} {value:#} to {}", machine_type(to)))
    }

    /// Negation or complement.
    pub(super) fn unary(&mut self, op: UnOp, ty: Ty, value: Val) -> Val {
        let Val::One(x) = value else { bug!("{op:?} of a `{ty}`") };
        let ty_text = machine_type(x.prim);
        Val::One(match (op, ty.kind()) {
            (UnOp::Neg, TyKind::Float(_)) => self.w.value(x.prim, format_args!("fneg {x:#}")),
            (UnOp::Neg, _) => self.w.value(x.prim, format_args!("sub {ty_text} 0, {x}")),
            (UnOp::Not, TyKind::Bool) => self.w.value(x.prim, format_args!("xor {x:#}, 1")),
            (UnOp::Not, _) => self.w.value(x.prim, format_args!("xor {x:#}, -1")),
        })
    }
}

/// How an intrinsic's name calls a float type.
pub(super) fn float_suffix(prim: Prim) -> &'static str {
    if prim == Prim::F32 { "f32" } else { "f64" }
}

fn int_condition(op: BinOp, signed: bool) -> &'static str {
    match (op, signed) {
        (BinOp::Eq, _) => "eq",
        (BinOp::Ne, _) => "ne",
        (BinOp::Lt, true) => "slt",
        (BinOp::Le, true) => "sle",
        (BinOp::Gt, true) => "sgt",
        (BinOp::Ge, true) => "sge",
        (BinOp::Lt, false) => "ult",
        (BinOp::Le, false) => "ule",
        (BinOp::Gt, false) => "ugt",
        (BinOp::Ge, false) => "uge",
        (other, _) => bug!("{other:?} is no comparison"),
    }
}
