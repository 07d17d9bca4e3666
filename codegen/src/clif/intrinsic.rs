//! The operations std leaves to the compiler (`runtime-stubs/std/intrinsics.rs`).

use cloudc_analysis::layout::{Abi, Prim};
use cloudc_frontend::bug;
use cloudc_frontend::mir::needs;
use cloudc_frontend::mir::{BinOp, BlockId, Operand, Place};
use cloudc_frontend::ty::{Args, Ty, TyKind};
use cranelift_codegen::ir::{AbiParam, InstBuilder, MemFlagsData, Value, types};
use cranelift_module::Module;

use super::function::{Addr, FnCx, Val};
use super::memory::Routine;
use super::place::{PlaceRef, Spot};
use super::terminator::UNREACHABLE;
use super::types::PTR;

impl FnCx<'_, '_, '_> {
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
        if matches!(name, "abort" | "unreachable") || target.is_none() {
            self.b.ins().trap(UNREACHABLE);
            return Ok(());
        }
        let result_ty = self.body.place_ty(destination);
        let count = operands.get(2).and_then(Operand::as_scalar).map(|n| n as u64);
        let value = match first {
            Some(ty) => match self.typed(name, ty, &args, count, result_ty)? {
                Some(value) => value,
                None => return Err(format!("the back end does not know the intrinsic `{name}`")),
            },
            None => self.untyped(name, &args)?,
        };
        self.write_place(destination, value);
        if let Some(target) = target {
            self.b.ins().jump(self.blocks[target], &[]);
        }
        Ok(())
    }

    fn untyped(&mut self, name: &str, args: &[Val]) -> Result<Val, String> {
        Ok(match name {
            "rt_state" => Val::One(self.rt),
            "compare_bytes" => {
                let values = ones(args);
                match self.call_routine(Routine::Compare, &values) {
                    Some(order) => Val::One(order),
                    None => bug!("a comparison has a result"),
                }
            }
            "host_call" => Val::One(self.host_call(&ones(args))),
            _ => return Err(format!("the back end does not know the intrinsic `{name}`")),
        })
    }

    /// `table.call[slot](cx, a, b, c, d)` (`docs/abi.md` §6).
    fn host_call(&mut self, args: &[Value]) -> Value {
        let [slot, rest @ ..] = args else { bug!("a host call names its slot") };
        let flags = MemFlagsData::trusted();
        let host = self.b.ins().load(PTR, flags, self.rt, 0);
        let table = self.b.ins().load(PTR, flags, host, 0);
        let offset = self.b.ins().ishl_imm_u(*slot, 3);
        let entry = self.b.ins().iadd(table, offset);
        let function = self.b.ins().load(PTR, flags, entry, 8);
        let mut signature = self.cx.module.make_signature();
        signature.params = (0..5).map(|_| AbiParam::new(PTR)).collect();
        signature.returns.push(AbiParam::new(types::I64));
        let signature = self.b.import_signature(signature);
        let mut values = vec![host];
        values.extend_from_slice(rest);
        let call = self.b.ins().call_indirect(signature, function, &values);
        self.b.inst_results(call)[0]
    }

    /// Intrinsics with a type argument; `None` if there is none of this name. `count` is the third argument, if known.
    fn typed(
        &mut self,
        name: &str,
        ty: Ty,
        args: &[Val],
        count: Option<u64>,
        result_ty: Ty,
    ) -> Result<Option<Val>, String> {
        let known_size = count.and_then(|n| n.checked_mul(self.cx.layouts.of(ty).size));
        let value = match (name, args) {
            ("size_of", _) => self.usize(self.cx.layouts.of(ty).size),
            ("align_of", _) => self.usize(self.cx.layouts.of(ty).align),
            ("size_of_val", [pointer]) => self.size_of_val(ty, *pointer),
            ("transmute", [value]) => self.transmute(ty, result_ty, *value)?,
            ("black_box", [value]) => *value,
            ("forget", _) => Val::Zst,
            ("drop_in_place", _) => bug!("`drop_in_place::<{ty}>` is a call of drop glue"),
            ("discriminant_value", [Val::One(pointer)]) => {
                let spot = Spot::Memory(Addr { base: *pointer, offset: 0 });
                if !matches!(ty.kind(), TyKind::Adt(..)) {
                    return Ok(Some(self.usize(0)));
                }
                let value = self.discriminant(PlaceRef { spot, meta: None, ty, variant: 0 });
                let signed = self.cx.program.discriminant_ty(ty).is_signed();
                Val::One(self.resize(value, types::I64, signed))
            }
            ("read", [Val::One(pointer)]) => self.load(Addr { base: *pointer, offset: 0 }, self.cx.abi(ty)),
            ("write", [Val::One(pointer), value]) => {
                self.store(Addr { base: *pointer, offset: 0 }, ty, *value);
                Val::Zst
            }
            ("offset", [Val::One(pointer), Val::One(count)]) => {
                let size = self.cx.layouts.of(ty).size as i64;
                let bytes = if size == 1 { *count } else { self.b.ins().imul_imm_s(*count, size) };
                Val::One(self.b.ins().iadd(*pointer, bytes))
            }
            ("copy" | "copy_nonoverlapping", [Val::One(from), Val::One(to), Val::One(count)]) => {
                let n = self.bytes(ty, *count);
                self.copy_bytes(*to, *from, known_size, n);
                Val::Zst
            }
            ("write_bytes", [Val::One(to), Val::One(byte), Val::One(count)]) => {
                if let Some(size) = known_size {
                    self.fill_fixed(Addr { base: *to, offset: 0 }, *byte, size);
                } else {
                    let n = self.bytes(ty, *count);
                    self.call_routine(Routine::Fill, &[*to, *byte, n]);
                }
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

    fn usize(&mut self, n: u64) -> Val {
        Val::One(self.b.ins().iconst(PTR, n as i64))
    }

    fn bytes(&mut self, ty: Ty, count: Value) -> Value {
        match self.cx.layouts.of(ty).size {
            1 => count,
            size => self.b.ins().imul_imm_u(count, size as i64),
        }
    }

    fn size_of_val(&mut self, ty: Ty, pointer: Val) -> Val {
        match (ty.kind(), pointer) {
            (TyKind::Slice(element), Val::Two(_, len)) => Val::One(self.bytes(*element, len)),
            (TyKind::Str, Val::Two(_, len)) => Val::One(len),
            _ => self.usize(self.cx.layouts.of(ty).size),
        }
    }

    fn integer_intrinsic(&mut self, name: &str, ty: Ty, args: &[Val]) -> Result<Option<Val>, String> {
        let (x, y) = match args {
            [Val::One(x)] => (*x, None),
            [Val::One(x), Val::One(y)] => (*x, Some(*y)),
            _ => return Ok(None),
        };
        let machine = self.b.func.dfg.value_type(x);
        let op = |name: &str| match name {
            "wrapping_add" | "add_with_overflow" => Some(BinOp::Add),
            "wrapping_sub" | "sub_with_overflow" => Some(BinOp::Sub),
            "wrapping_mul" | "mul_with_overflow" => Some(BinOp::Mul),
            "unchecked_shl" => Some(BinOp::Shl),
            "unchecked_shr" => Some(BinOp::Shr),
            "unchecked_div" => Some(BinOp::Div),
            "unchecked_rem" => Some(BinOp::Rem),
            _ => None,
        };
        let value = match (name, y) {
            (_, Some(y)) if name.ends_with("_with_overflow") => {
                let Some(op) = op(name) else { return Ok(None) };
                let (result, overflowed) = self.checked(op, ty, x, y)?;
                return Ok(Some(self.pair_with_flag(ty, result, overflowed)?));
            }
            ("rotate_left", Some(y)) => self.b.ins().rotl(x, y),
            ("rotate_right", Some(y)) => self.b.ins().rotr(x, y),
            (_, Some(y)) => match op(name) {
                Some(op) => self.binary(op, ty, x, y)?,
                None => return Ok(None),
            },
            ("ctpop", None) => self.count(x, |b, x| b.ins().popcnt(x)),
            ("ctlz", None) => self.count(x, |b, x| b.ins().clz(x)),
            ("cttz", None) => self.count(x, |b, x| b.ins().ctz(x)),
            ("bswap", None) if machine.bits() == 8 => x,
            ("bswap", None) => self.b.ins().bswap(x),
            ("bitreverse", None) => self.b.ins().bitrev(x),
            _ => return Ok(None),
        };
        Ok(Some(Val::One(value)))
    }

    fn count(
        &mut self,
        x: Value,
        counted: impl Fn(&mut cranelift_frontend::FunctionBuilder<'_>, Value) -> Value,
    ) -> Value {
        let n = counted(&mut self.b, x);
        self.resize(n, types::I32, false)
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
        let value = match (name, values[..].as_ref()) {
            ("fsqrt", [x]) => self.b.ins().sqrt(*x),
            ("ffloor", [x]) => self.b.ins().floor(*x),
            ("fceil", [x]) => self.b.ins().ceil(*x),
            ("ftrunc", [x]) => self.b.ins().trunc(*x),
            ("froundeven", [x]) => self.b.ins().nearest(*x),
            ("fabs", [x]) => self.b.ins().fabs(*x),
            ("fcopysign", [x, y]) => self.b.ins().fcopysign(*x, *y),
            ("ffma", [x, y, z]) => {
                let Some(name) = needs::intrinsic(name, ty) else { return Ok(None) };
                self.call_lang(name, &[*x, *y, *z])?
            }
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
