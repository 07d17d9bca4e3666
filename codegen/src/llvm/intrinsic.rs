//! The operations std leaves to the compiler (`runtime-stubs/std/intrinsics.rs`).

use cloudc_analysis::layout::{Abi, Prim};
use cloudc_frontend::bug;
use cloudc_frontend::mir::needs;
use cloudc_frontend::mir::{BinOp, BlockId, Operand, Place};
use cloudc_frontend::ty::{Args, Ty, TyKind};

use super::function::{Addr, FnCx, STATE, Val};
use super::ir::{Label, Value, machine_type};
use super::place::{PlaceRef, Spot};
use super::scalar::float_suffix;

impl FnCx<'_, '_> {
    pub(super) fn intrinsic(
        &mut self,
        name: &str,
        generic: &Args,
        operands: &[Operand],
        destination: &Place,
        target: Option<BlockId>,
    ) -> Result<(), String> {
        let mut args = Vec::with_capacity(operands.len());
        for operand in operands {
            args.push(self.operand(operand)?);
        }
        let first = generic.iter().find_map(|a| a.as_type());
        let Some(target) = target.filter(|_| !matches!(name, "abort" | "unreachable")) else {
            if name == "abort" {
                self.w.line(format_args!("call void @llvm.trap()"));
            }
            self.unreachable();
            return Ok(());
        };
        let result_ty = self.body.place_ty(destination);
        let value = match first {
            Some(ty) => self.typed(name, ty, &args, result_ty)?,
            None => self.untyped(name, &args),
        };
        let Some(value) = value else {
            return Err(format!("the back end does not know the intrinsic `{name}`"));
        };
        self.write_place(destination, value);
        self.jump(Label::Block(target));
        Ok(())
    }

    fn untyped(&mut self, name: &str, args: &[Val]) -> Option<Val> {
        let values = ones(args);
        let value = match (name, &values[..]) {
            ("rt_state", _) => STATE,
            ("compare_bytes", [a, b, n]) => {
                self.w.value(Prim::I32, format_args!("call i32 @memcmp({a:#}, {b:#}, {n:#})"))
            }
            ("host_call", [slot, a, b, c, d]) => self.host_call(*slot, [*a, *b, *c, *d]),
            _ => return None,
        };
        Some(Val::One(value))
    }

    /// `table.call[slot](cx, a, b, c, d)` (`docs/abi.md` §6).
    fn host_call(&mut self, slot: Value, [a, b, c, d]: [Value; 4]) -> Value {
        let host = self.w.value(Prim::Ptr, format_args!("load ptr, ptr {STATE}, align 8"));
        let table = self.w.value(Prim::Ptr, format_args!("load ptr, ptr {host}, align 8"));
        let calls = self.address(Addr { base: table, offset: 8 });
        let entry =
            self.w.value(Prim::Ptr, format_args!("getelementptr inbounds [8 x i8], ptr {calls}, {slot:#}"));
        let function = self.w.value(Prim::Ptr, format_args!("load ptr, ptr {entry}, align 8"));
        self.w.value(Prim::I64, format_args!("call i64 {function}({host:#}, {a:#}, {b:#}, {c:#}, {d:#})"))
    }

    /// Intrinsics with a type argument; `None` if there is none of this name.
    fn typed(&mut self, name: &str, ty: Ty, args: &[Val], result_ty: Ty) -> Result<Option<Val>, String> {
        let value = match (name, args) {
            ("size_of", _) => Val::One(Value::usize(self.cx.layouts.of(ty).size)),
            ("align_of", _) => Val::One(Value::usize(self.cx.layouts.of(ty).align)),
            ("size_of_val", [pointer]) => Val::One(self.size_of_val(ty, *pointer)),
            ("transmute", [value]) => self.transmute(ty, result_ty, *value)?,
            ("black_box", [value]) => self.black_box(ty, *value)?,
            ("forget", _) => Val::Zst,
            ("drop_in_place", _) => bug!("`drop_in_place::<{ty}>` is a call of drop glue"),
            ("discriminant_value", [Val::One(pointer)]) => {
                if !matches!(ty.kind(), TyKind::Adt(..)) {
                    return Ok(Some(Val::One(Value::usize(0))));
                }
                let spot = Spot::Memory(Addr::of(*pointer));
                let value = self.discriminant(PlaceRef { spot, meta: None, ty, variant: 0 });
                let signed = self.cx.program.discriminant_ty(ty).is_signed();
                Val::One(self.resize(value, Prim::I64, signed))
            }
            ("read", [Val::One(pointer)]) => self.load(Addr::of(*pointer), ty),
            ("write", [Val::One(pointer), value]) => {
                self.store(Addr::of(*pointer), ty, *value);
                Val::Zst
            }
            ("offset", [Val::One(pointer), Val::One(count)]) => {
                let size = self.cx.layouts.of(ty).size;
                Val::One(self.w.value(
                    Prim::Ptr,
                    format_args!("getelementptr inbounds [{size} x i8], {pointer:#}, {count:#}"),
                ))
            }
            ("copy", [Val::One(from), Val::One(to), Val::One(count)]) => {
                let bytes = self.bytes(ty, *count);
                self.copy("memmove", *to, *from, bytes, self.cx.layouts.of(ty).align);
                Val::Zst
            }
            ("copy_nonoverlapping", [Val::One(from), Val::One(to), Val::One(count)]) => {
                let bytes = self.bytes(ty, *count);
                self.copy("memcpy", *to, *from, bytes, self.cx.layouts.of(ty).align);
                Val::Zst
            }
            ("write_bytes", [Val::One(to), Val::One(byte), Val::One(count)]) => {
                let bytes = self.bytes(ty, *count);
                self.fill(*to, *byte, bytes);
                Val::Zst
            }
            ("slice_from_raw_parts" | "slice_from_raw_parts_mut", [Val::One(pointer), Val::One(len)]) => {
                Val::Two(*pointer, *len)
            }
            ("slice_len", [Val::Two(_, len)]) => Val::One(*len),
            ("slice_ptr", [Val::Two(pointer, _)]) => Val::One(*pointer),
            _ if name.starts_with('f') => return self.float_intrinsic(name, ty, args),
            _ => return self.integer_intrinsic(name, ty, args),
        };
        Ok(Some(value))
    }

    fn bytes(&mut self, ty: Ty, count: Value) -> Value {
        match self.cx.layouts.of(ty).size {
            1 => count,
            size => self.w.value(Prim::I64, format_args!("mul nuw i64 {count}, {size}")),
        }
    }

    fn size_of_val(&mut self, ty: Ty, pointer: Val) -> Value {
        match (ty.kind(), pointer) {
            (TyKind::Slice(element), Val::Two(_, len)) => self.bytes(*element, len),
            (TyKind::Str, Val::Two(_, len)) => len,
            _ => Value::usize(self.cx.layouts.of(ty).size),
        }
    }

    /// The same value, of which LLVM must assume anything.
    fn black_box(&mut self, ty: Ty, value: Val) -> Result<Val, String> {
        if let Val::Zst = value {
            return Ok(value);
        }
        let addr = self.spill(ty, value)?;
        self.w.line(format_args!("call void asm sideeffect \"\", \"r,~{{memory}}\"({:#})", addr.base));
        Ok(self.load(addr, ty))
    }

    fn integer_intrinsic(&mut self, name: &str, ty: Ty, args: &[Val]) -> Result<Option<Val>, String> {
        let (x, y) = match args {
            [Val::One(x)] => (*x, None),
            [Val::One(x), Val::One(y)] => (*x, Some(*y)),
            _ => return Ok(None),
        };
        let op = match name {
            "wrapping_add" | "add_with_overflow" => Some(BinOp::Add),
            "wrapping_sub" | "sub_with_overflow" => Some(BinOp::Sub),
            "wrapping_mul" | "mul_with_overflow" => Some(BinOp::Mul),
            "unchecked_shl" => Some(BinOp::Shl),
            "unchecked_shr" => Some(BinOp::Shr),
            "unchecked_div" => Some(BinOp::Div),
            "unchecked_rem" => Some(BinOp::Rem),
            _ => None,
        };
        let machine = machine_type(x.prim);
        let value = match (name, op, y) {
            (_, Some(op), Some(y)) if name.ends_with("_with_overflow") => {
                let (result, overflowed) = self.checked(op, ty, x, y)?;
                return Ok(Some(self.pair_with_flag(ty, result, overflowed)?));
            }
            (_, Some(op), Some(y)) => self.binary(op, ty, x, y)?,
            ("rotate_left" | "rotate_right", _, Some(y)) => {
                let amount = self.resize(y, x.prim, false);
                let name = if name == "rotate_left" { "fshl" } else { "fshr" };
                self.w.value(
                    x.prim,
                    format_args!("call {machine} @llvm.{name}.{machine}({x:#}, {x:#}, {amount:#})"),
                )
            }
            ("ctpop", _, None) => {
                let n = self.w.value(x.prim, format_args!("call {machine} @llvm.ctpop.{machine}({x:#})"));
                self.resize(n, Prim::I32, false)
            }
            ("ctlz" | "cttz", _, None) => {
                let n = self
                    .w
                    .value(x.prim, format_args!("call {machine} @llvm.{name}.{machine}({x:#}, i1 false)"));
                self.resize(n, Prim::I32, false)
            }
            ("bswap", _, None) if x.prim == Prim::I8 => x,
            ("bswap" | "bitreverse", _, None) => {
                self.w.value(x.prim, format_args!("call {machine} @llvm.{name}.{machine}({x:#})"))
            }
            _ => return Ok(None),
        };
        Ok(Some(Val::One(value)))
    }

    /// `(T, bool)` in the shape the tuple travels in.
    fn pair_with_flag(&mut self, ty: Ty, result: Value, flag: Value) -> Result<Val, String> {
        let tuple = Ty::tuple(&[ty, Ty::bool()]);
        match self.cx.abi(tuple) {
            Abi::Pair(a, _, _) if a != Prim::I8 || ty.scalar_bits() == Some(8) => Ok(Val::Two(result, flag)),
            abi => Err(format!("`{tuple}` travels as {abi:?}")),
        }
    }

    fn float_intrinsic(&mut self, name: &str, ty: Ty, args: &[Val]) -> Result<Option<Val>, String> {
        let values = ones(args);
        let intrinsic = match name {
            "fsqrt" => "sqrt",
            "ffloor" => "floor",
            "fceil" => "ceil",
            "ftrunc" => "trunc",
            "froundeven" => "roundeven",
            "fabs" => "fabs",
            "fcopysign" => "copysign",
            "ffma" => {
                let Some(name) = needs::intrinsic(name, ty) else { return Ok(None) };
                return Ok(Some(Val::One(self.call_lang(name, &values)?)));
            }
            _ => return Ok(None),
        };
        let Some(first) = values.first() else { return Ok(None) };
        let (machine, suffix) = (machine_type(first.prim), float_suffix(first.prim));
        let call = format_args!("call {machine} @llvm.{intrinsic}.{suffix}(");
        let value = match values[..] {
            [x] => self.w.value(x.prim, format_args!("{call}{x:#})")),
            [x, y] => self.w.value(x.prim, format_args!("{call}{x:#}, {y:#})")),
            _ => return Ok(None),
        };
        Ok(Some(Val::One(value)))
    }
}

fn ones(args: &[Val]) -> Vec<Value> {
    args.iter()
        .filter_map(|a| match a {
            Val::One(x) => Some(*x),
            _ => None,
        })
        .collect()
}
