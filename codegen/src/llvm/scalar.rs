//! Arithmetic, comparison and conversion of machine values, as Rust defines them.
//!
//! A `bool` is a byte wherever it is kept; LLVM's one-bit flags live from a comparison to the byte made of it.

use std::cmp::Ordering;

use cloudc_analysis::layout::Prim;
use cloudc_frontend::bug;
use cloudc_frontend::mir::BinOp;

use super::function::FnCx;
use super::ir::{Value, machine_type};
use crate::lower::{BitOp, FloatOp, Scalars, Side};

impl Scalars for FnCx<'_, '_> {
    fn int_binary(&mut self, op: BinOp, signed: bool, x: Value, y: Value) -> Value {
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
            BinOp::Shl => return self.shift("shl", x, y),
            BinOp::Shr if signed => return self.shift("ashr", x, y),
            BinOp::Shr => return self.shift("lshr", x, y),
            BinOp::Eq | BinOp::Ne | BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge => {
                let y = self.reinterpret(y, x.prim);
                let condition = int_condition(op, signed);
                let flag = self.w.other(format_args!("icmp {condition} {x:#}, {y}"));
                return self.byte(flag);
            }
        };
        self.w.value(x.prim, format_args!("{name} {x:#}, {y}"))
    }

    fn float_binary(&mut self, op: BinOp, x: Value, y: Value) -> Value {
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
                bug!("{op:?} of floats")
            }
        };
        if is_comparison {
            let flag = self.w.other(format_args!("{name} {x:#}, {y}"));
            return self.byte(flag);
        }
        self.w.value(x.prim, format_args!("{name} {x:#}, {y}"))
    }

    fn checked(&mut self, op: BinOp, signed: bool, x: Value, y: Value) -> (Value, Value) {
        let operator = match op {
            BinOp::Add => "add",
            BinOp::Sub => "sub",
            BinOp::Mul => "mul",
            other => bug!("{other:?} does not overflow"),
        };
        let sign = if signed { "s" } else { "u" };
        let machine = machine_type(x.prim);
        let both = self.w.other(format_args!(
            "call {{ {machine}, i1 }} @llvm.{sign}{operator}.with.overflow.{machine}({x:#}, {y:#})"
        ));
        let result = self.w.value(x.prim, format_args!("extractvalue {{ {machine}, i1 }} {both}, 0"));
        let flag = self.w.other(format_args!("extractvalue {{ {machine}, i1 }} {both}, 1"));
        (result, self.byte(flag))
    }

    fn negate(&mut self, x: Value) -> Value {
        match x.prim {
            Prim::F32 | Prim::F64 => self.w.value(x.prim, format_args!("fneg {x:#}")),
            prim => self.w.value(prim, format_args!("sub {} 0, {x}", machine_type(prim))),
        }
    }

    fn complement(&mut self, x: Value) -> Value {
        self.w.value(x.prim, format_args!("xor {x:#}, -1"))
    }

    fn bits(&mut self, op: BitOp, x: Value) -> Value {
        let (name, more) = match op {
            BitOp::Ones => ("ctpop", ""),
            // Defined for zero.
            BitOp::LeadingZeros => ("ctlz", ", i1 false"),
            BitOp::TrailingZeros => ("cttz", ", i1 false"),
            BitOp::SwapBytes => ("bswap", ""),
            BitOp::Reverse => ("bitreverse", ""),
        };
        let machine = machine_type(x.prim);
        self.w.value(x.prim, format_args!("call {machine} @llvm.{name}.{machine}({x:#}{more})"))
    }

    fn rotate(&mut self, to: Side, x: Value, by: Value) -> Value {
        let amount = self.resize(by, x.prim, false);
        let name = match to {
            Side::Left => "fshl",
            Side::Right => "fshr",
        };
        let machine = machine_type(x.prim);
        self.w.value(x.prim, format_args!("call {machine} @llvm.{name}.{machine}({x:#}, {x:#}, {amount:#})"))
    }

    fn float(&mut self, op: FloatOp, x: Value) -> Value {
        let name = match op {
            FloatOp::Sqrt => "sqrt",
            FloatOp::Floor => "floor",
            FloatOp::Ceil => "ceil",
            FloatOp::Trunc => "trunc",
            FloatOp::RoundEven => "roundeven",
            FloatOp::Abs => "fabs",
        };
        let (machine, suffix) = (machine_type(x.prim), float_suffix(x.prim));
        self.w.value(x.prim, format_args!("call {machine} @llvm.{name}.{suffix}({x:#})"))
    }

    fn copysign(&mut self, x: Value, y: Value) -> Value {
        let (machine, suffix) = (machine_type(x.prim), float_suffix(x.prim));
        self.w.value(x.prim, format_args!("call {machine} @llvm.copysign.{suffix}({x:#}, {y:#})"))
    }

    fn select(&mut self, condition: Value, yes: Value, no: Value) -> Value {
        let flag = self.flag(condition);
        self.w.value(yes.prim, format_args!("select i1 {flag}, {yes:#}, {no:#}"))
    }

    fn resize(&mut self, x: Value, to: Prim, signed: bool) -> Value {
        if x.prim == to {
            return x;
        }
        let x = match x.prim {
            Prim::Ptr => self.w.value(Prim::I64, format_args!("ptrtoint {x:#} to i64")),
            _ => x,
        };
        let integer = if to == Prim::Ptr { Prim::I64 } else { to };
        let text = machine_type(integer);
        let x = match x.prim.size().cmp(&integer.size()) {
            Ordering::Equal => x,
            Ordering::Greater => self.w.value(integer, format_args!("trunc {x:#} to {text}")),
            Ordering::Less if signed => self.w.value(integer, format_args!("sext {x:#} to {text}")),
            Ordering::Less => self.w.value(integer, format_args!("zext {x:#} to {text}")),
        };
        match to {
            Prim::Ptr => self.w.value(Prim::Ptr, format_args!("inttoptr {x:#} to ptr")),
            _ => x,
        }
    }

    fn reinterpret(&mut self, x: Value, to: Prim) -> Value {
        let is_float = |prim| matches!(prim, Prim::F32 | Prim::F64);
        if x.prim == to {
            return x;
        }
        if !is_float(x.prim) && !is_float(to) {
            return self.resize(x, to, false);
        }
        if x.prim.size() != to.size() {
            bug!("no {to:?} in a {:?}", x.prim)
        }
        let integer = Prim::int(to.size());
        let x = match x.prim {
            Prim::Ptr => self.resize(x, integer, false),
            _ => x,
        };
        let is_address = to == Prim::Ptr;
        let direct = if is_address { integer } else { to };
        let bits = self.w.value(direct, format_args!("bitcast {x:#} to {}", machine_type(direct)));
        if is_address { self.resize(bits, to, false) } else { bits }
    }

    fn int_to_float(&mut self, x: Value, signed: bool, to: Prim) -> Value {
        let name = if signed { "sitofp" } else { "uitofp" };
        self.w.value(to, format_args!("{name} {x:#} to {}", machine_type(to)))
    }

    fn float_to_int(&mut self, x: Value, signed: bool, to: Prim) -> Value {
        let sign = if signed { "s" } else { "u" };
        let (width, text) = (float_suffix(x.prim), machine_type(to));
        self.w.value(to, format_args!("call {text} @llvm.fpto{sign}i.sat.{text}.{width}({x:#})"))
    }

    fn float_to_float(&mut self, x: Value, to: Prim) -> Value {
        let name = match (x.prim, to) {
            (Prim::F32, Prim::F64) => "fpext",
            (Prim::F64, Prim::F32) => "fptrunc",
            _ => return x,
        };
        self.w.value(to, format_args!("{name} {x:#} to {}", machine_type(to)))
    }
}

impl FnCx<'_, '_> {
    /// A one-bit flag from a `bool`.
    pub(super) fn flag(&mut self, value: Value) -> Value {
        self.w.other(format_args!("trunc {value:#} to i1"))
    }

    /// A `bool` from a one-bit flag.
    fn byte(&mut self, flag: Value) -> Value {
        self.w.value(Prim::I8, format_args!("zext i1 {flag} to i8"))
    }

    fn shift(&mut self, name: &str, x: Value, amount: Value) -> Value {
        let amount = self.resize(amount, x.prim, false);
        let mask = x.prim.size() * 8 - 1;
        let amount = self.w.value(x.prim, format_args!("and {amount:#}, {mask}"));
        self.w.value(x.prim, format_args!("{name} {x:#}, {amount}"))
    }
}

/// How an intrinsic's name calls a float type.
fn float_suffix(prim: Prim) -> &'static str {
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
