//! Right-hand sides: operands, constants, operators, compound values.

use cloudc_analysis::layout::{Abi, Prim};
use cloudc_frontend::bug;
use cloudc_frontend::mir::{
    AggregateKind, BinOp, Constant, ConstantKind, Operand, Place, Rvalue, UnOp, needs,
};
use cloudc_frontend::ty::{Ty, TyKind};

use super::operands::{is_zero, may_overlap};
use super::value::{Addr, PlaceRef, Spot, Val};
use super::{Emit, Lower, Size};

/// Up to this many bytes of zeros are written element by element.
const ZEROED_SINGLY: u64 = 32;
/// Up to this many equal elements are written without a loop.
const UNROLLED: u64 = 8;

impl<E: Emit> Lower<'_, E> {
    /// `place = rvalue`
    pub(super) fn assign(&mut self, place: &Place, rvalue: &Rvalue) -> Result<(), String> {
        match rvalue {
            Rvalue::Aggregate(kind, operands) => return self.aggregate(place, kind, operands),
            Rvalue::Repeat(operand, n) => {
                let Some(count) = n.as_u64() else { bug!("the length `{n}` is not known") };
                return self.repeat(place, operand, count);
            }
            _ => {}
        }
        let value = self.rvalue(rvalue)?;
        self.write_place(place, value);
        Ok(())
    }

    fn rvalue(&mut self, rvalue: &Rvalue) -> Result<Val<E::Value>, String> {
        Ok(match rvalue {
            Rvalue::Use(operand) => self.operand(operand)?,
            Rvalue::Ref(_, place) | Rvalue::RawRef(_, place) => {
                let at = self.place(place);
                let addr = self.memory_of(at);
                let pointer = self.e.address(addr);
                match at.meta {
                    Some(meta) if self.is_fat(at.ty) => Val::Two(pointer, meta),
                    _ => Val::One(pointer),
                }
            }
            Rvalue::Len(place) => {
                let at = self.place(place);
                Val::One(self.len(at))
            }
            Rvalue::Cast(kind, operand, to) => self.cast(*kind, operand, *to)?,
            Rvalue::Binary(op, x, y) => {
                let ty = self.body.operand_ty(x);
                let (x, y) = (self.operand(x)?, self.operand(y)?);
                Val::One(self.binary_value(*op, ty, x, y)?)
            }
            Rvalue::CheckedBinary(op, x, y) => {
                let ty = self.body.operand_ty(x);
                let amount_ty = self.body.operand_ty(y);
                let (Val::One(x), Val::One(y)) = (self.operand(x)?, self.operand(y)?) else {
                    bug!("checked {op:?} of a `{ty}`")
                };
                let (result, overflowed) = self.checked(*op, ty, x, (y, amount_ty))?;
                Val::Two(result, overflowed)
            }
            Rvalue::Unary(op, operand) => {
                let ty = self.body.operand_ty(operand);
                let Val::One(x) = self.operand(operand)? else { bug!("{op:?} of a `{ty}`") };
                Val::One(match (op, ty.kind()) {
                    (UnOp::Neg, _) => self.e.negate(x),
                    (UnOp::Not, TyKind::Bool) => {
                        let one = self.e.constant(Prim::I8, 1);
                        self.e.int_binary(BinOp::BitXor, false, x, one)
                    }
                    (UnOp::Not, _) => self.e.complement(x),
                })
            }
            Rvalue::Discriminant(place) => {
                let at = self.place(place);
                Val::One(self.discriminant(at))
            }
            Rvalue::Aggregate(..) | Rvalue::Repeat(..) => bug!("{rvalue:?} is written in place"),
        })
    }

    fn binary_value(
        &mut self,
        op: BinOp,
        ty: Ty,
        x: Val<E::Value>,
        y: Val<E::Value>,
    ) -> Result<E::Value, String> {
        match (x, y) {
            (Val::One(x), Val::One(y)) => self.binary(op, ty, x, y),
            // Fat pointers are compared by address, then by length; only equality is met.
            (Val::Two(x, m), Val::Two(y, n)) => {
                let first = self.e.int_binary(op, false, x, y);
                let second = self.e.int_binary(op, false, m, n);
                let both = if op == BinOp::Ne { BinOp::BitOr } else { BinOp::BitAnd };
                Ok(self.e.int_binary(both, false, first, second))
            }
            (Val::Zst, Val::Zst) => Ok(self.e.constant(Prim::I8, 1)),
            (x, y) => bug!("{op:?} of {x:?} and {y:?}"),
        }
    }

    /// An operator on two values of a primitive type. `Add`, `Sub`, `Mul` wrap, shifts mask their amount.
    pub(super) fn binary(&mut self, op: BinOp, ty: Ty, x: E::Value, y: E::Value) -> Result<E::Value, String> {
        if let Some(name) = needs::binary(op, ty, false) {
            return self.call_lang(name, &[x, y]);
        }
        Ok(match ty.is_float() {
            true => self.e.float_binary(op, x, y),
            false => self.e.int_binary(op, ty.is_signed(), x, y),
        })
    }

    /// `(wrapped, overflowed)`; the second operand with its type, which for a shift is one of its own.
    pub(super) fn checked(
        &mut self,
        op: BinOp,
        ty: Ty,
        x: E::Value,
        (y, y_ty): (E::Value, Ty),
    ) -> Result<(E::Value, E::Value), String> {
        match op {
            BinOp::Shl | BinOp::Shr => {
                let result = self.binary(op, ty, x, y)?;
                let Abi::Scalar(amount) = self.abi(y_ty) else { bug!("a `{ty}` is shifted by a `{y_ty}`") };
                let width = self.e.constant(amount, (self.layouts.of(ty).size * 8).into());
                Ok((result, self.e.int_binary(BinOp::Ge, false, y, width)))
            }
            BinOp::Add | BinOp::Sub | BinOp::Mul => match needs::binary(op, ty, true) {
                Some(name) => {
                    let result = self.e.int_binary(op, ty.is_signed(), x, y);
                    Ok((result, self.call_lang(name, &[x, y])?))
                }
                None => Ok(self.e.checked(op, ty.is_signed(), x, y)),
            },
            other => bug!("{other:?} does not overflow"),
        }
    }

    /// The value of an operand.
    pub(super) fn operand(&mut self, operand: &Operand) -> Result<Val<E::Value>, String> {
        match operand {
            Operand::Copy(place) | Operand::Move(place) => {
                let at = self.place(place);
                Ok(self.read(at))
            }
            Operand::Constant(constant) => self.constant(constant),
        }
    }

    fn constant(&mut self, constant: &Constant) -> Result<Val<E::Value>, String> {
        Ok(match &constant.kind {
            ConstantKind::ZeroSized => Val::Zst,
            ConstantKind::Scalar(bits) => match self.abi(constant.ty) {
                Abi::Zst => Val::Zst,
                Abi::Scalar(prim) => Val::One(self.e.constant(prim, *bits)),
                abi => bug!("a scalar constant of `{}`, which travels as {abi:?}", constant.ty),
            },
            ConstantKind::Str(text) => {
                let text = text.as_str();
                let pointer = self.e.data(text.as_bytes(), 1)?;
                Val::Two(pointer, self.e.usize(text.len() as u64))
            }
            ConstantKind::ByteStr(bytes) => Val::One(self.e.data(bytes, 1)?),
            ConstantKind::Data(bytes) => {
                let pointer = self.e.data(bytes, 16)?;
                match (self.abi(constant.ty), constant.ty.builtin_deref()) {
                    (Abi::Pair(..), Some((to, _))) => {
                        let stride = match to.kind() {
                            TyKind::Slice(t) => self.layouts.of(*t).size.max(1),
                            _ => 1,
                        };
                        Val::Two(pointer, self.e.usize(bytes.len() as u64 / stride))
                    }
                    _ => Val::One(pointer),
                }
            }
            ConstantKind::Func(func) => Val::One(self.e.function(*func)?),
            ConstantKind::Site(span) => {
                let number = self.site(*span);
                Val::One(self.e.constant(Prim::I32, number.into()))
            }
            ConstantKind::Param(c) => bug!("the constant `{c}` is not monomorphic"),
            ConstantKind::Item(def, _) | ConstantKind::Promoted(def, ..) => {
                bug!("the constant `{def:?}` was not evaluated")
            }
            ConstantKind::Static(def) => bug!("the static `{def:?}` was not evaluated"),
        })
    }

    fn repeat(&mut self, place: &Place, operand: &Operand, count: u64) -> Result<(), String> {
        let value = self.operand(operand)?;
        let element = self.body.operand_ty(operand);
        let stride = self.layouts.of(element).size;
        if stride == 0 || count == 0 {
            return Ok(());
        }
        let at = self.place(place);
        let base = self.memory_of(at);
        let size = count * stride;
        match value {
            Val::One(byte) if stride == 1 => self.e.fill(base, byte, Size::Known(size)),
            _ if is_zero(operand) && size > ZEROED_SINGLY => {
                let zero = self.e.constant(Prim::I8, 0);
                self.e.fill(base, zero, Size::Known(size));
            }
            _ if count <= UNROLLED => {
                for i in 0..count {
                    self.store(base.at(i * stride), element, value);
                }
            }
            _ => self.repeat_in_loop(base, element, value, size),
        }
        Ok(())
    }

    fn repeat_in_loop(&mut self, base: Addr<E::Value>, element: Ty, value: Val<E::Value>, size: u64) {
        let stride = self.layouts.of(element).size;
        let from = self.e.address(base);
        let end = self.e.address(Addr { base: from, offset: size });
        let cursor = self.e.variable(Prim::Ptr);
        self.e.write_variable(cursor, from);
        let (head, done) = (self.e.new_label(), self.e.new_label());
        self.e.jump(head);
        self.e.start(head);
        let at = self.e.read_variable(cursor, Prim::Ptr);
        self.store(Addr::of(at), element, value);
        let next = self.e.address(Addr { base: at, offset: stride });
        self.e.write_variable(cursor, next);
        let more = self.e.int_binary(BinOp::Ne, false, next, end);
        self.e.branch(more, head, done);
        self.e.start(done);
    }

    fn aggregate(&mut self, place: &Place, kind: &AggregateKind, operands: &[Operand]) -> Result<(), String> {
        let at = self.place(place);
        let layout = self.layouts.of(at.ty);
        let in_memory = matches!(at.spot, Spot::Memory(_));
        // All operands are read before the first field is written: one may be a part of the place itself.
        let mut values = Vec::with_capacity(operands.len());
        for operand in operands {
            let mut value = self.operand(operand)?;
            if let (Val::Mem(_), true) = (value, in_memory && may_overlap(place, operand)) {
                let ty = self.body.operand_ty(operand);
                value = Val::Mem(self.spill(ty, value)?);
            }
            values.push(value);
        }
        let variant = match kind {
            AggregateKind::Adt(_, variant, _) => *variant as usize,
            _ => 0,
        };
        if let AggregateKind::Array(element) = kind {
            let stride = self.layouts.of(*element).size;
            let base = self.memory_of(at);
            for (i, value) in values.into_iter().enumerate() {
                self.store(base.at(i as u64 * stride), *element, value);
            }
            return Ok(());
        }
        for (index, (value, operand)) in values.into_iter().zip(operands).enumerate() {
            let ty = self.body.operand_ty(operand);
            let offset = self.layouts.field_offset(at.ty, variant, index);
            self.write(PlaceRef::new(at.spot.at(offset), ty), value);
        }
        self.set_variant(at, &layout, variant);
        Ok(())
    }
}
