//! The operations std leaves to the compiler (`runtime-stubs/std/intrinsics.rs`).

use cloudc_analysis::layout::{Abi, Prim};
use cloudc_frontend::bug;
use cloudc_frontend::mir::{BinOp, BlockId, Operand, Place, needs};
use cloudc_frontend::ty::{Args, Ty, TyKind};

use super::value::{Addr, PlaceRef, Spot, Val};
use super::{BitOp, Emit, FloatOp, Lower, Overlap, Side, Size};

impl<E: Emit> Lower<'_, E> {
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
        let Some(target) = target.filter(|_| !matches!(name, "abort" | "unreachable")) else {
            match name {
                "abort" => self.e.abort(),
                _ => self.e.unreachable(),
            }
            return Ok(());
        };
        let result_ty = self.body.place_ty(destination);
        let count = operands.get(2).and_then(Operand::as_scalar).map(|n| n as u64);
        let value = match generic.iter().find_map(|a| a.as_type()) {
            Some(ty) => self.typed(name, ty, &args, count, result_ty)?,
            None => self.untyped(name, &args),
        };
        let Some(value) = value else {
            return Err(format!("the back end does not know the intrinsic `{name}`"));
        };
        self.write_place(destination, value);
        self.goto(target);
        Ok(())
    }

    fn untyped(&mut self, name: &str, args: &[Val<E::Value>]) -> Option<Val<E::Value>> {
        let value = match (name, &ones(args)[..]) {
            ("rt_state", _) => self.e.state(),
            ("compare_bytes", &[a, b, len]) => self.e.compare(a, b, len),
            ("host_call", &[slot, a, b, c, d]) => self.e.host_call(slot, [a, b, c, d]),
            _ => return None,
        };
        Some(Val::One(value))
    }

    /// Intrinsics with a type argument; `None` if there is none of this name. `count` is the third argument, if known.
    fn typed(
        &mut self,
        name: &str,
        ty: Ty,
        args: &[Val<E::Value>],
        count: Option<u64>,
        result_ty: Ty,
    ) -> Result<Option<Val<E::Value>>, String> {
        let layout = self.layouts.of(ty);
        let value = match (name, args) {
            ("size_of", _) => Val::One(self.e.usize(layout.size)),
            ("align_of", _) => Val::One(self.e.usize(layout.align)),
            ("size_of_val", &[pointer]) => Val::One(self.size_of_val(ty, pointer)),
            ("transmute", &[value]) => self.transmute(ty, result_ty, value)?,
            ("black_box", &[value]) => self.black_box(ty, value)?,
            ("forget", _) => Val::Zst,
            ("drop_in_place", _) => bug!("`drop_in_place::<{ty}>` is a call of drop glue"),
            ("discriminant_value", &[Val::One(pointer)]) => Val::One(self.discriminant_value(ty, pointer)),
            ("read", &[Val::One(pointer)]) => self.load(Addr::of(pointer), ty),
            ("write", &[Val::One(pointer), value]) => {
                self.store(Addr::of(pointer), ty, value);
                Val::Zst
            }
            ("offset", &[Val::One(pointer), Val::One(count)]) => {
                Val::One(self.e.offset(pointer, count, layout.size))
            }
            ("copy" | "copy_nonoverlapping", &[Val::One(from), Val::One(to), Val::One(n)]) => {
                let overlap = if name == "copy" { Overlap::Possible } else { Overlap::Never };
                let size = self.size(ty, n, count);
                self.e.copy_many(overlap, to, from, size, layout.align);
                Val::Zst
            }
            ("write_bytes", &[Val::One(to), Val::One(byte), Val::One(n)]) => {
                let size = self.size(ty, n, count);
                self.e.fill(Addr::of(to), byte, size);
                Val::Zst
            }
            ("slice_from_raw_parts" | "slice_from_raw_parts_mut", &[Val::One(pointer), Val::One(len)]) => {
                Val::Two(pointer, len)
            }
            ("slice_len", &[Val::Two(_, len)]) => Val::One(len),
            ("slice_ptr", &[Val::Two(pointer, _)]) => Val::One(pointer),
            _ if name.starts_with('f') => return self.float_intrinsic(name, ty, args),
            _ => return self.integer_intrinsic(name, ty, args),
        };
        Ok(Some(value))
    }

    fn discriminant_value(&mut self, ty: Ty, pointer: E::Value) -> E::Value {
        if !matches!(ty.kind(), TyKind::Adt(..)) {
            return self.e.usize(0);
        }
        let value = self.discriminant(PlaceRef::new(Spot::Memory(Addr::of(pointer)), ty));
        let signed = self.program.discriminant_ty(ty).is_signed();
        self.e.resize(value, Prim::I64, signed)
    }

    /// The same value, of which a back end that looks further must assume anything.
    fn black_box(&mut self, ty: Ty, value: Val<E::Value>) -> Result<Val<E::Value>, String> {
        if !E::FOLLOWS_VALUES || matches!(value, Val::Zst) {
            return Ok(value);
        }
        let addr = self.spill(ty, value)?;
        self.e.hide(addr);
        Ok(self.load(addr, ty))
    }

    /// The bytes of `n` elements, which are `count` if that is known.
    fn size(&mut self, ty: Ty, n: E::Value, count: Option<u64>) -> Size<E::Value> {
        match count.and_then(|count| count.checked_mul(self.layouts.of(ty).size)) {
            Some(size) => Size::Known(size),
            None => Size::Computed(self.bytes(ty, n)),
        }
    }

    fn bytes(&mut self, ty: Ty, count: E::Value) -> E::Value {
        match self.layouts.of(ty).size {
            1 => count,
            size => self.e.scale(count, size),
        }
    }

    fn size_of_val(&mut self, ty: Ty, pointer: Val<E::Value>) -> E::Value {
        match (ty.kind(), pointer) {
            (TyKind::Slice(element), Val::Two(_, len)) => self.bytes(*element, len),
            (TyKind::Str, Val::Two(_, len)) => len,
            _ => self.e.usize(self.layouts.of(ty).size),
        }
    }

    fn integer_intrinsic(
        &mut self,
        name: &str,
        ty: Ty,
        args: &[Val<E::Value>],
    ) -> Result<Option<Val<E::Value>>, String> {
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
        let value = match (name, op, args) {
            (_, Some(op), &[Val::One(x), Val::One(y)]) if name.ends_with("_with_overflow") => {
                let (result, overflowed) = self.checked(op, ty, x, (y, ty))?;
                return self.pair_with_flag(ty, result, overflowed).map(Some);
            }
            (_, Some(op), &[Val::One(x), Val::One(y)]) => self.binary(op, ty, x, y)?,
            ("rotate_left", _, &[Val::One(x), Val::One(y)]) => self.e.rotate(Side::Left, x, y),
            ("rotate_right", _, &[Val::One(x), Val::One(y)]) => self.e.rotate(Side::Right, x, y),
            ("ctpop", _, &[Val::One(x)]) => self.count(BitOp::Ones, x),
            ("ctlz", _, &[Val::One(x)]) => self.count(BitOp::LeadingZeros, x),
            ("cttz", _, &[Val::One(x)]) => self.count(BitOp::TrailingZeros, x),
            ("bswap", _, &[Val::One(x)]) if ty.scalar_bits() == Some(8) => x,
            ("bswap", _, &[Val::One(x)]) => self.e.bits(BitOp::SwapBytes, x),
            ("bitreverse", _, &[Val::One(x)]) => self.e.bits(BitOp::Reverse, x),
            _ => return Ok(None),
        };
        Ok(Some(Val::One(value)))
    }

    /// A number of bits, as a `u32`.
    fn count(&mut self, op: BitOp, x: E::Value) -> E::Value {
        let n = self.e.bits(op, x);
        self.e.resize(n, Prim::I32, false)
    }

    /// `(T, bool)` in the shape the tuple travels in.
    fn pair_with_flag(&mut self, ty: Ty, result: E::Value, flag: E::Value) -> Result<Val<E::Value>, String> {
        let tuple = Ty::tuple(&[ty, Ty::bool()]);
        match self.abi(tuple) {
            Abi::Pair(a, _, _) if a != Prim::I8 || ty.scalar_bits() == Some(8) => Ok(Val::Two(result, flag)),
            abi => Err(format!("`{tuple}` travels as {abi:?}")),
        }
    }

    fn float_intrinsic(
        &mut self,
        name: &str,
        ty: Ty,
        args: &[Val<E::Value>],
    ) -> Result<Option<Val<E::Value>>, String> {
        let op = match name {
            "fsqrt" => Some(FloatOp::Sqrt),
            "ffloor" => Some(FloatOp::Floor),
            "fceil" => Some(FloatOp::Ceil),
            "ftrunc" => Some(FloatOp::Trunc),
            "froundeven" => Some(FloatOp::RoundEven),
            "fabs" => Some(FloatOp::Abs),
            _ => None,
        };
        let value = match (op, args) {
            (Some(op), &[Val::One(x)]) => self.e.float(op, x),
            (None, &[Val::One(x), Val::One(y)]) if name == "fcopysign" => self.e.copysign(x, y),
            (None, _) => match needs::intrinsic(name, ty) {
                Some(function) => self.call_lang(function, &ones(args))?,
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        Ok(Some(Val::One(value)))
    }
}

fn ones<V: Copy>(args: &[Val<V>]) -> Vec<V> {
    args.iter()
        .filter_map(|a| match a {
            Val::One(x) => Some(*x),
            _ => None,
        })
        .collect()
}
