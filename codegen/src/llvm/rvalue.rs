//! Right-hand sides: operands, constants, conversions, compound values, discriminants.

use cloudc_analysis::layout::{Abi, Layout, Prim, Shape, Tag};
use cloudc_frontend::bug;
use cloudc_frontend::mir::{
    AggregateKind, BinOp, CastKind, Constant, ConstantKind, Operand, Place, PrimCast, Rvalue,
};
use cloudc_frontend::mono::AdtKind;
use cloudc_frontend::ty::{Ty, TyKind};

use super::function::{Addr, FnCx, Slot, Val};
use super::ir::{Name, Value};
use super::place::{PlaceRef, Spot};
use crate::operands::{is_zero, may_overlap};

impl FnCx<'_, '_> {
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
                self.binary_value(*op, ty, x, y)?
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

    fn binary_value(&mut self, op: BinOp, ty: Ty, x: Val, y: Val) -> Result<Val, String> {
        Ok(Val::One(match (x, y) {
            (Val::One(x), Val::One(y)) => self.binary(op, ty, x, y)?,
            // Fat pointers are compared by address, then by length; only equality is met.
            (Val::Two(x, m), Val::Two(y, n)) => {
                let first = self.binary(op, Ty::usize(), x, y)?;
                let second = self.binary(op, Ty::usize(), m, n)?;
                let name = if op == BinOp::Ne { "or" } else { "and" };
                self.w.value(Prim::I8, format_args!("{name} {first:#}, {second}"))
            }
            (Val::Zst, Val::Zst) => Value::bits(Prim::I8, 1),
            (x, y) => bug!("{op:?} of {x:?} and {y:?}"),
        }))
    }

    /// The value of an operand.
    pub(super) fn operand(&mut self, operand: &Operand) -> Result<Val, String> {
        match operand {
            Operand::Copy(place) | Operand::Move(place) => {
                let at = self.place(place);
                Ok(self.read(at))
            }
            Operand::Constant(constant) => self.constant(constant),
        }
    }

    fn constant(&mut self, constant: &Constant) -> Result<Val, String> {
        Ok(match &constant.kind {
            ConstantKind::ZeroSized => Val::Zst,
            ConstantKind::Scalar(bits) => match self.cx.abi(constant.ty) {
                Abi::Zst => Val::Zst,
                Abi::Scalar(prim) => Val::One(Value::bits(prim, *bits)),
                abi => bug!("a scalar constant of `{}`, which travels as {abi:?}", constant.ty),
            },
            ConstantKind::Str(text) => {
                let text = text.as_str();
                Val::Two(self.cx.data(text.as_bytes(), 1), Value::usize(text.len() as u64))
            }
            ConstantKind::ByteStr(bytes) => Val::One(self.cx.data(bytes, 1)),
            ConstantKind::Data(bytes) => {
                let pointer = self.cx.data(bytes, 16);
                match (self.cx.abi(constant.ty), constant.ty.builtin_deref()) {
                    (Abi::Pair(..), Some((to, _))) => {
                        let stride = match to.kind() {
                            TyKind::Slice(t) => self.cx.layouts.of(*t).size.max(1),
                            _ => 1,
                        };
                        Val::Two(pointer, Value::usize(bytes.len() as u64 / stride))
                    }
                    _ => Val::One(pointer),
                }
            }
            ConstantKind::Func(func) => Val::One(Value { prim: Prim::Ptr, name: Name::Function(*func) }),
            ConstantKind::Site(span) => Val::One(Value::bits(Prim::I32, self.cx.site(*span).into())),
            ConstantKind::Param(c) => bug!("the constant `{c}` is not monomorphic"),
            ConstantKind::Item(def, _) | ConstantKind::Promoted(def, ..) => {
                bug!("the constant `{def:?}` was not evaluated")
            }
            ConstantKind::Static(def) => bug!("the static `{def:?}` was not evaluated"),
        })
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
            Abi::Scalar(p) => p,
            Abi::Pair(..) => return Ok(value),
            abi => bug!("a cast to `{to}`, which travels as {abi:?}"),
        };
        let x = match value {
            Val::One(x) => x,
            // A fat pointer to a thin one.
            Val::Two(x, _) if kind != PrimCast::IntToInt => x,
            other => bug!("a cast of {other:?} from `{from}`"),
        };
        Ok(Val::One(match kind {
            PrimCast::IntToInt => self.resize(x, target, from.is_signed()),
            PrimCast::IntToFloat => self.int_to_float(x, from, to)?,
            PrimCast::FloatToInt => self.float_to_int(x, from, to)?,
            PrimCast::FloatToFloat => self.float_to_float(x, target),
            PrimCast::PtrToPtr | PrimCast::PtrInt => self.resize(x, target, false),
            PrimCast::Coercion => x,
        }))
    }

    fn unsize(&mut self, from: Ty, to: Ty, value: Val) -> Result<Val, String> {
        let Val::One(pointer) = value else { return Ok(value) };
        let behind = |ty: Ty| match ty.kind() {
            TyKind::Adt(_, args) => args.iter().find_map(|a| a.as_type()),
            _ => ty.builtin_deref().map(|d| d.0),
        };
        let (Some(source), Some(_)) = (behind(from), behind(to)) else {
            bug!("`{from}` cannot become `{to}`")
        };
        let len = match source.kind() {
            TyKind::Array(_, n) => n.as_u64(),
            _ => None,
        };
        match len {
            Some(len) => Ok(Val::Two(pointer, Value::usize(len))),
            None => Err(format!("no code can be made yet for turning `{from}` into `{to}`")),
        }
    }

    /// The same bytes as another type.
    pub(super) fn transmute(&mut self, from: Ty, to: Ty, value: Val) -> Result<Val, String> {
        let (old, new) = (self.cx.layouts.of(from), self.cx.layouts.of(to));
        match (value, new.abi) {
            (_, Abi::Zst) => Ok(Val::Zst),
            (Val::One(x), Abi::Scalar(p)) => Ok(Val::One(self.reinterpret(x, p))),
            (Val::Two(x, y), Abi::Pair(p, q, at)) if matches!(old.abi, Abi::Pair(_, _, was) if was == at) => {
                let x = self.reinterpret(x, p);
                Ok(Val::Two(x, self.reinterpret(y, q)))
            }
            (Val::Mem(addr), _) if old.align >= new.align => Ok(self.load(addr, to)),
            (value, _) => {
                let layout = if old.size > new.size { &old } else { &new };
                let align = old.align.max(new.align);
                let slot = self.frame_slot(&Layout { align, ..(**layout).clone() })?;
                self.store(Addr::of(slot), from, value);
                Ok(self.load(Addr::of(slot), to))
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
        let bytes = Value::usize(count * layout.size);
        match value {
            Val::One(x) if layout.size == 1 => {
                let to = self.address(base);
                let byte = self.reinterpret(x, Prim::I8);
                self.fill(to, byte, bytes);
            }
            _ if is_zero(operand) => {
                let to = self.address(base);
                self.fill(to, Value::bits(Prim::I8, 0), bytes);
            }
            _ if count <= 8 => {
                for i in 0..count {
                    self.store(base.at(i * layout.size), element, value);
                }
            }
            _ => self.repeat_in_loop(base, element, value, bytes),
        }
        Ok(())
    }

    fn repeat_in_loop(&mut self, base: Addr, element: Ty, value: Val, bytes: Value) {
        let size = self.cx.layouts.of(element).size;
        let from = self.address(base);
        let cursor = self.w.slot(format_args!("i64"), 8);
        let (head, done) = (self.w.new_label(), self.w.new_label());
        self.w.line(format_args!("store i64 0, ptr {cursor}"));
        self.jump(head);
        self.w.label(head);
        let offset = self.w.value(Prim::I64, format_args!("load i64, ptr {cursor}"));
        let to = self.w.value(Prim::Ptr, format_args!("getelementptr inbounds i8, ptr {from}, {offset:#}"));
        self.store(Addr::of(to), element, value);
        let next = self.w.value(Prim::I64, format_args!("add nuw i64 {offset}, {size}"));
        self.w.line(format_args!("store {next:#}, ptr {cursor}"));
        let more = self.compare("ne", next, bytes);
        self.branch(more, head, done);
        self.w.label(done);
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
        let value = Value::bits(prim, bits);
        match at.spot {
            Spot::Memory(addr) => self.store_part(addr.at(offset), value),
            Spot::Local(Slot::Nowhere, _) => {}
            Spot::Local(slot, o) => self.write_part(slot, o + offset, value),
        }
    }

    /// The declared discriminant of an enum place, in the enum's discriminant type.
    pub(super) fn discriminant(&mut self, at: PlaceRef) -> Value {
        let layout = self.cx.layouts.of(at.ty);
        let adt = self.cx.layouts.adt(at.ty);
        let AdtKind::Enum(discriminant_ty) = adt.kind else { return Value::usize(0) };
        let Abi::Scalar(wanted) = self.cx.abi(discriminant_ty) else { bug!("discriminants are integers") };
        let Shape::Enum(tag, _) = &layout.shape else { bug!("`{}` is laid out as an enum", at.ty) };
        let declared = |i: usize| Value::bits(wanted, adt.variants.get(i).map_or(0, |v| v.discriminant));
        match *tag {
            Tag::Single(variant) => declared(variant as usize),
            Tag::Direct { offset, prim } => {
                let value = self.read_tag(at, offset, prim);
                let negative = adt.variants.iter().any(|v| (v.discriminant as u64 as i64) < 0);
                self.resize(value, wanted, negative && discriminant_ty.is_signed())
            }
            Tag::Niche { offset, prim, dataful, start } => {
                let value = self.read_tag(at, offset, prim);
                let others = adt.variants.len() as u128 - 1;
                let first = Value::bits(prim, start);
                let data = declared(dataful as usize);
                if others == 1 {
                    let is_other = self.w.other(format_args!("icmp eq {value:#}, {first}"));
                    let other = declared(1 - dataful as usize);
                    return self.w.value(wanted, format_args!("select i1 {is_other}, {other:#}, {data:#}"));
                }
                let value = if prim == Prim::Ptr { self.resize(value, Prim::I64, false) } else { value };
                let first = Value::bits(value.prim, start);
                let position = self.w.value(value.prim, format_args!("sub {value:#}, {first}"));
                let bound = Value::bits(value.prim, others);
                let is_other = self.w.other(format_args!("icmp ult {position:#}, {bound}"));
                let position = self.resize(position, wanted, false);
                // Enums with a niche have no explicit discriminants with fields: index is discriminant.
                let above = self.compare("uge", position, Value::bits(wanted, dataful.into()));
                let above = self.resize(above, wanted, false);
                let index = self.w.value(wanted, format_args!("add {position:#}, {above}"));
                self.w.value(wanted, format_args!("select i1 {is_other}, {index:#}, {data:#}"))
            }
        }
    }

    fn read_tag(&mut self, at: PlaceRef, offset: u64, prim: Prim) -> Value {
        match at.spot {
            Spot::Memory(addr) => self.load_part(addr.at(offset), prim, at.ty, offset),
            Spot::Local(slot, o) => self.read_part(slot, o + offset, prim),
        }
    }
}
