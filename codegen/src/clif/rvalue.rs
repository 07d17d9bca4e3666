//! Right-hand sides: operands, constants, conversions, compound values, discriminants.

use cloudc_analysis::layout::{Abi, Layout, Prim, Shape, Tag};
use cloudc_frontend::bug;
use cloudc_frontend::mir::{
    AggregateKind, CastKind, Constant, ConstantKind, Operand, Place, PrimCast, Rvalue,
};
use cloudc_frontend::mono::AdtKind;
use cloudc_frontend::ty::{FloatTy, Ty, TyKind};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{BlockArg, InstBuilder, Value, types};
use cranelift_module::Module;

use super::function::{Addr, FnCx, Slot, Val};
use super::place::{PlaceRef, Spot};
use super::types::{PTR, prim_type};
use crate::operands::{is_zero, may_overlap};

impl FnCx<'_, '_, '_> {
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

    fn rvalue(&mut self, rvalue: &Rvalue) -> Result<Val, String> {
        Ok(match rvalue {
            Rvalue::Use(operand) => self.operand(operand)?,
            Rvalue::Ref(_, place) | Rvalue::RawRef(_, place) => {
                let at = self.place(place);
                let addr = self.memory_of(at);
                let pointer = self.address(addr);
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
                match (x, y) {
                    (Val::One(x), Val::One(y)) => Val::One(self.binary(*op, ty, x, y)?),
                    // Fat pointers are compared by address, then by length; only equality is met.
                    (Val::Two(x, m), Val::Two(y, n)) => {
                        let first = self.binary(*op, Ty::usize(), x, y)?;
                        let second = self.binary(*op, Ty::usize(), m, n)?;
                        Val::One(match op {
                            cloudc_frontend::mir::BinOp::Ne => self.b.ins().bor(first, second),
                            _ => self.b.ins().band(first, second),
                        })
                    }
                    (Val::Zst, Val::Zst) => Val::One(self.b.ins().iconst(types::I8, 1)),
                    (x, y) => bug!("{op:?} of {x:?} and {y:?}"),
                }
            }
            Rvalue::CheckedBinary(op, x, y) => {
                let ty = self.body.operand_ty(x);
                let (Val::One(x), Val::One(y)) = (self.operand(x)?, self.operand(y)?) else {
                    bug!("checked {op:?} of a `{ty}`")
                };
                let (result, overflowed) = self.checked(*op, ty, x, y)?;
                Val::Two(result, overflowed)
            }
            Rvalue::Unary(op, operand) => {
                let ty = self.body.operand_ty(operand);
                let value = self.operand(operand)?;
                self.unary(*op, ty, value)
            }
            Rvalue::Discriminant(place) => {
                let at = self.place(place);
                Val::One(self.discriminant(at))
            }
            Rvalue::Aggregate(..) | Rvalue::Repeat(..) => bug!("{rvalue:?} is written in place"),
        })
    }

    /// The value of an operand.
    pub(super) fn operand(&mut self, operand: &Operand) -> Result<Val, String> {
        match operand {
            Operand::Copy(place) | Operand::Move(place) => {
                let at = self.place(place);
                Ok(self.read(at))
            }
            Operand::Constant(constant) => self.constant_operand(constant),
        }
    }

    fn constant_operand(&mut self, constant: &Constant) -> Result<Val, String> {
        Ok(match &constant.kind {
            ConstantKind::ZeroSized => Val::Zst,
            ConstantKind::Scalar(bits) => match self.cx.abi(constant.ty) {
                Abi::Scalar(prim) => Val::One(self.constant(prim, *bits)),
                Abi::Zst => Val::Zst,
                abi => bug!("a scalar constant of `{}`, which travels as {abi:?}", constant.ty),
            },
            ConstantKind::Str(text) => {
                let text = text.as_str();
                let pointer = self.data_address(text.as_bytes(), 1)?;
                Val::Two(pointer, self.b.ins().iconst(PTR, text.len() as i64))
            }
            ConstantKind::ByteStr(bytes) => Val::One(self.data_address(bytes, 1)?),
            ConstantKind::Data(bytes) => {
                let pointer = self.data_address(bytes, 16)?;
                match (self.cx.abi(constant.ty), constant.ty.builtin_deref()) {
                    (Abi::Pair(..), Some((to, _))) => {
                        let stride = match to.kind() {
                            TyKind::Slice(t) => self.cx.layouts.of(*t).size.max(1),
                            _ => 1,
                        };
                        Val::Two(pointer, self.b.ins().iconst(PTR, (bytes.len() as u64 / stride) as i64))
                    }
                    _ => Val::One(pointer),
                }
            }
            ConstantKind::Func(func) => {
                let id = self.cx.functions[func];
                let reference = self.cx.reference(id, self.b.func);
                Val::One(self.b.ins().func_addr(PTR, reference))
            }
            ConstantKind::Site(span) => {
                let number = self.cx.site(*span);
                Val::One(self.b.ins().iconst(types::I32, number as i64))
            }
            ConstantKind::Param(c) => bug!("the constant `{c}` is not monomorphic"),
            ConstantKind::Item(def, _) | ConstantKind::Promoted(def, ..) => {
                bug!("the constant `{def:?}` was not evaluated")
            }
            ConstantKind::Static(def) => bug!("the static `{def:?}` was not evaluated"),
        })
    }

    /// The address of read-only data.
    pub(super) fn data_address(&mut self, bytes: &[u8], align: u64) -> Result<Value, String> {
        if bytes.is_empty() {
            return Ok(self.b.ins().iconst(PTR, align as i64));
        }
        let id = self.cx.data_object(bytes, align)?;
        let global = self.cx.module.declare_data_in_func(id, self.b.func);
        if let cranelift_codegen::ir::GlobalValueData::Symbol { colocated, .. } =
            &mut self.b.func.global_values[global]
        {
            *colocated = true;
        }
        Ok(self.b.ins().symbol_value(PTR, global))
    }

    fn cast(&mut self, kind: CastKind, operand: &Operand, to: Ty) -> Result<Val, String> {
        let from = self.body.operand_ty(operand);
        let value = self.operand(operand)?;
        match kind {
            CastKind::Prim(PrimCast::Coercion) => Ok(value),
            CastKind::Prim(prim) => self.prim_cast(prim, from, to, value),
            CastKind::ReifyFn | CastKind::ClosureToFn => match value {
                Val::One(_) => Ok(value),
                _ => bug!("`{from}` was not resolved to a function"),
            },
            CastKind::Unsize => self.unsize(from, to, value),
            CastKind::Transmute => self.transmute(from, to, value),
        }
    }

    fn prim_cast(&mut self, kind: PrimCast, from: Ty, to: Ty, value: Val) -> Result<Val, String> {
        let target = match self.cx.abi(to) {
            Abi::Scalar(p) => prim_type(p),
            Abi::Pair(..) => return Ok(value),
            abi => bug!("a cast to `{to}`, which travels as {abi:?}"),
        };
        let x = match value {
            Val::One(x) => x,
            // A fat pointer to a thin one.
            Val::Two(x, _) if kind != PrimCast::IntToInt => x,
            _ if matches!(from.kind(), TyKind::Adt(..)) => {
                bug!("the cast of `{from}` must read its discriminant first")
            }
            other => bug!("a cast of {other:?} from `{from}`"),
        };
        Ok(Val::One(match kind {
            PrimCast::IntToInt => self.resize(x, target, from.is_signed()),
            PrimCast::IntToFloat => self.int_to_float(x, from, to)?,
            PrimCast::FloatToInt => self.float_to_int(x, from, to)?,
            PrimCast::FloatToFloat => match (from.kind(), to.kind()) {
                (TyKind::Float(FloatTy::F32), TyKind::Float(FloatTy::F64)) => {
                    self.b.ins().fpromote(types::F64, x)
                }
                (TyKind::Float(FloatTy::F64), TyKind::Float(FloatTy::F32)) => {
                    self.b.ins().fdemote(types::F32, x)
                }
                _ => x,
            },
            PrimCast::PtrToPtr | PrimCast::PtrInt => self.resize(x, target, false),
            PrimCast::Coercion => x,
        }))
    }

    fn unsize(&mut self, from: Ty, to: Ty, value: Val) -> Result<Val, String> {
        let Val::One(pointer) = value else { return Ok(value) };
        let behind = |f: &Self, ty: Ty| match ty.kind() {
            TyKind::Adt(..) => f.pointee_of_wrapper(ty),
            _ => ty.builtin_deref().map(|d| d.0),
        };
        let (Some(source), Some(_)) = (behind(self, from), behind(self, to)) else {
            bug!("`{from}` cannot become `{to}`")
        };
        match self.unsized_len(source) {
            Some(len) => Ok(Val::Two(pointer, self.b.ins().iconst(PTR, len as i64))),
            None => Err(format!("no code can be made yet for turning `{from}` into `{to}`")),
        }
    }

    /// The type behind a struct that is a pointer in the end: `Box<T>`, `Rc<T>`.
    fn pointee_of_wrapper(&self, ty: Ty) -> Option<Ty> {
        let TyKind::Adt(_, args) = ty.kind() else { return None };
        args.iter().find_map(|a| a.as_type())
    }

    fn unsized_len(&self, source: Ty) -> Option<u64> {
        match source.kind() {
            TyKind::Array(_, n) => n.as_u64(),
            _ => None,
        }
    }

    /// The same bytes as another type.
    pub(super) fn transmute(&mut self, from: Ty, to: Ty, value: Val) -> Result<Val, String> {
        let (old, new) = (self.cx.abi(from), self.cx.abi(to));
        match (value, new) {
            (_, Abi::Zst) => Ok(Val::Zst),
            (Val::One(x), Abi::Scalar(p)) => Ok(Val::One(self.reinterpret(x, prim_type(p)))),
            (Val::Two(x, y), Abi::Pair(p, q, at)) if matches!(old, Abi::Pair(_, _, was) if was == at) => {
                let x = self.reinterpret(x, prim_type(p));
                Ok(Val::Two(x, self.reinterpret(y, prim_type(q))))
            }
            (Val::Mem(addr), abi) => Ok(self.load(addr, abi)),
            (value, abi) => {
                let addr = self.spill(from, value)?;
                Ok(self.load(addr, abi))
            }
        }
    }

    fn repeat(&mut self, place: &Place, operand: &Operand, count: u64) -> Result<(), String> {
        let value = self.operand(operand)?;
        let element = self.body.operand_ty(operand);
        let layout = self.cx.layouts.of(element);
        if layout.size == 0 || count == 0 {
            return Ok(());
        }
        let at = self.place(place);
        let base = self.memory_of(at);
        if let (Val::One(x), 1) = (value, layout.size) {
            self.fill_fixed(base, x, count);
            return Ok(());
        }
        if is_zero(operand) && layout.size * count > 32 {
            let zero = self.b.ins().iconst(types::I8, 0);
            self.fill_fixed(base, zero, count * layout.size);
            return Ok(());
        }
        if count <= 8 {
            for i in 0..count {
                self.store(base.at(i * layout.size), element, value);
            }
            return Ok(());
        }
        let from = self.address(base);
        let bytes = self.b.ins().iconst(PTR, (count * layout.size) as i64);
        let end = self.b.ins().iadd(from, bytes);
        let (head, done) = (self.b.create_block(), self.b.create_block());
        let cursor = self.b.append_block_param(head, PTR);
        self.b.ins().jump(head, &[BlockArg::Value(from)]);
        self.b.switch_to_block(head);
        self.store(Addr { base: cursor, offset: 0 }, element, value);
        let next = self.b.ins().iadd_imm_s(cursor, layout.size as i64);
        let more = self.b.ins().icmp(IntCC::NotEqual, next, end);
        self.b.ins().brif(more, head, &[BlockArg::Value(next)], done, &[]);
        self.b.switch_to_block(done);
        Ok(())
    }

    fn aggregate(&mut self, place: &Place, kind: &AggregateKind, operands: &[Operand]) -> Result<(), String> {
        let at = self.place(place);
        let layout = self.cx.layouts.of(at.ty);
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
            let stride = self.cx.layouts.of(*element).size;
            let base = self.memory_of(at);
            for (i, value) in values.into_iter().enumerate() {
                self.store(base.at(i as u64 * stride), *element, value);
            }
            return Ok(());
        }
        for (index, (value, operand)) in values.into_iter().zip(operands).enumerate() {
            let ty = self.body.operand_ty(operand);
            let offset = self.cx.layouts.field_offset(at.ty, variant, index);
            let spot = match at.spot {
                Spot::Local(slot, o) => Spot::Local(slot, o + offset),
                Spot::Memory(addr) => Spot::Memory(addr.at(offset)),
            };
            self.write(PlaceRef { spot, meta: None, ty, variant: 0 }, value);
        }
        self.set_variant(at, &layout, variant);
        Ok(())
    }

    /// Writes what tells a variant from the others.
    fn set_variant(&mut self, at: PlaceRef, layout: &Layout, variant: usize) {
        let Shape::Enum(tag, _) = &layout.shape else { return };
        let (offset, prim, bits) = match *tag {
            Tag::Single(_) => return,
            Tag::Direct { offset, prim } => {
                (offset, prim, self.cx.layouts.adt(at.ty).variants[variant].discriminant)
            }
            Tag::Niche { dataful, .. } if dataful as usize == variant => return,
            Tag::Niche { offset, prim, dataful, start } => {
                let position = variant - usize::from(variant > dataful as usize);
                (offset, prim, start.wrapping_add(position as u128))
            }
        };
        let value = self.constant(prim, bits);
        match at.spot {
            Spot::Memory(addr) => {
                let addr = addr.at(offset);
                let flags = cranelift_codegen::ir::MemFlagsData::trusted();
                self.b.ins().store(flags, value, addr.base, addr.offset);
            }
            Spot::Local(Slot::Nowhere, _) => {}
            Spot::Local(slot, o) => self.write_part(slot, o + offset, value),
        }
    }

    /// The declared discriminant of an enum place, in the enum's discriminant type.
    pub(super) fn discriminant(&mut self, at: PlaceRef) -> Value {
        let layout = self.cx.layouts.of(at.ty);
        let adt = self.cx.layouts.adt(at.ty);
        let AdtKind::Enum(discriminant_ty) = adt.kind else { return self.b.ins().iconst(PTR, 0) };
        let Abi::Scalar(wanted) = self.cx.abi(discriminant_ty) else { bug!("discriminants are integers") };
        let Shape::Enum(tag, _) = &layout.shape else { bug!("`{}` is laid out as an enum", at.ty) };
        let declared = |i: usize| adt.variants.get(i).map_or(0, |v| v.discriminant);
        match *tag {
            Tag::Single(variant) => self.constant(wanted, declared(variant as usize)),
            Tag::Direct { offset, prim } => {
                let value = self.read_tag(at, offset, prim);
                let negative = adt.variants.iter().any(|v| (v.discriminant as u64 as i64) < 0);
                self.resize(value, prim_type(wanted), negative && discriminant_ty.is_signed())
            }
            Tag::Niche { offset, prim, dataful, start } => {
                let value = self.read_tag(at, offset, prim);
                let others = adt.variants.len() as u128 - 1;
                let first = self.constant(prim, start);
                let data = self.constant(wanted, declared(dataful as usize));
                if others == 1 {
                    let is_other = self.b.ins().icmp(IntCC::Equal, value, first);
                    let other = self.constant(wanted, declared(1 - dataful as usize));
                    return self.b.ins().select(is_other, other, data);
                }
                let position = self.b.ins().isub(value, first);
                let bound = self.constant(prim, others);
                let is_other = self.b.ins().icmp(IntCC::UnsignedLessThan, position, bound);
                let position = self.resize(position, prim_type(wanted), false);
                // Enums with a niche have no explicit discriminants with fields: index is discriminant.
                let split = self.constant(wanted, dataful as u128);
                let above = self.b.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, position, split);
                let above = self.resize(above, prim_type(wanted), false);
                let index = self.b.ins().iadd(position, above);
                self.b.ins().select(is_other, index, data)
            }
        }
    }

    fn read_tag(&mut self, at: PlaceRef, offset: u64, prim: Prim) -> Value {
        let integer = match prim {
            Prim::Ptr => Prim::I64,
            Prim::F32 | Prim::F64 => bug!("floats have no niche"),
            p => p,
        };
        match at.spot {
            Spot::Memory(addr) => {
                let Val::One(value) = self.load(addr.at(offset), Abi::Scalar(integer)) else {
                    bug!("a tag is one machine value")
                };
                value
            }
            Spot::Local(slot, o) => self.read_part(slot, o + offset, prim_type(integer)),
        }
    }
}
