//! Places: where a MIR path leads, and how values are read and written there.

use cloudc_analysis::layout::{Abi, Shape};
use cloudc_frontend::bug;
use cloudc_frontend::mir::body::{element_ty, project_ty};
use cloudc_frontend::mir::{Place, Projection};
use cloudc_frontend::ty::{Ty, TyKind};
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, Value};

use super::function::{Addr, FnCx, Slot, Val};
use super::types::{PTR, prim_type};

/// Where a path leads.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spot {
    /// Into a local kept in machine values, at this byte.
    Local(Slot, u64),
    /// Into memory.
    Memory(Addr),
}

/// A place while its path is followed.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlaceRef {
    pub spot: Spot,
    /// Length of the slice (or other extra word) if the type is unsized.
    pub meta: Option<Value>,
    pub ty: Ty,
    pub variant: usize,
}

impl Addr {
    pub(super) fn at(self, more: u64) -> Addr {
        Addr { base: self.base, offset: self.offset + more as i32 }
    }
}

impl FnCx<'_, '_, '_> {
    /// Follows the path of a place.
    pub(super) fn place(&mut self, place: &Place) -> PlaceRef {
        let ty = self.body.locals[place.local].ty;
        let spot = match self.slots[place.local] {
            Slot::Frame(slot) => {
                let base = self.b.ins().stack_addr(PTR, slot, 0);
                Spot::Memory(Addr { base, offset: 0 })
            }
            Slot::Behind(pointer) => Spot::Memory(Addr { base: self.b.use_var(pointer), offset: 0 }),
            slot => Spot::Local(slot, 0),
        };
        let mut at = PlaceRef { spot, meta: None, ty, variant: 0 };
        for &step in &place.projection {
            at = self.step(at, step);
        }
        at
    }

    fn step(&mut self, at: PlaceRef, step: Projection) -> PlaceRef {
        let ty = project_ty(at.ty, step);
        match step {
            Projection::Downcast(variant) => PlaceRef { variant: variant as usize, ..at },
            Projection::Field(index, _) => {
                let offset = self.cx.layouts.field_offset(at.ty, at.variant, index as usize);
                let meta = if self.cx.layouts.is_sized(ty) { None } else { at.meta };
                PlaceRef { spot: shifted(at.spot, offset), meta, ty, variant: 0 }
            }
            Projection::Deref => {
                let (base, meta) = match self.read(at) {
                    Val::One(pointer) => (pointer, None),
                    Val::Two(pointer, meta) => (pointer, Some(meta)),
                    other => bug!("a pointer of type `{}` is {other:?}", at.ty),
                };
                PlaceRef { spot: Spot::Memory(Addr { base, offset: 0 }), meta, ty, variant: 0 }
            }
            Projection::Index(local) => {
                let Val::One(index) = self.read_local(local) else { bug!("an index is a `usize`") };
                let stride = self.cx.layouts.of(ty).size;
                let addr = self.element(at, index, stride);
                PlaceRef { spot: Spot::Memory(addr), meta: None, ty, variant: 0 }
            }
            Projection::ConstantIndex { offset, from_end } => {
                let stride = self.cx.layouts.of(ty).size;
                let addr = match (from_end, self.static_len(at.ty)) {
                    (false, _) => self.memory_of(at).at(offset * stride),
                    (true, Some(len)) => self.memory_of(at).at((len - offset) * stride),
                    (true, None) => {
                        let len = self.len(at);
                        let index = self.b.ins().iadd_imm_s(len, -(offset as i64));
                        self.element(at, index, stride)
                    }
                };
                PlaceRef { spot: Spot::Memory(addr), meta: None, ty, variant: 0 }
            }
            Projection::Subslice { from, to } => {
                let stride = self.cx.layouts.of(element_ty(at.ty)).size;
                let addr = self.memory_of(at).at(from * stride);
                let meta = match at.meta {
                    Some(len) => Some(self.b.ins().iadd_imm_s(len, -((from + to) as i64))),
                    None => None,
                };
                PlaceRef { spot: Spot::Memory(addr), meta, ty, variant: 0 }
            }
        }
    }

    fn element(&mut self, at: PlaceRef, index: Value, stride: u64) -> Addr {
        let addr = self.memory_of(at);
        let offset = match stride {
            1 => index,
            s if s.is_power_of_two() => self.b.ins().ishl_imm_u(index, s.trailing_zeros() as i64),
            s => self.b.ins().imul_imm_s(index, s as i64),
        };
        Addr { base: self.b.ins().iadd(addr.base, offset), offset: addr.offset }
    }

    fn static_len(&self, ty: Ty) -> Option<u64> {
        match self.cx.layouts.of(ty).shape {
            Shape::Array { count, .. } => Some(count),
            _ => None,
        }
    }

    /// Number of elements of an array or slice place.
    pub(super) fn len(&mut self, at: PlaceRef) -> Value {
        match (self.static_len(at.ty), at.meta) {
            (Some(len), _) => self.b.ins().iconst(PTR, len as i64),
            (None, Some(meta)) => meta,
            (None, None) => bug!("`{}` has no length", at.ty),
        }
    }

    /// The address of a place that is in memory; places without bytes get an aligned address that is never read.
    pub(super) fn memory_of(&mut self, at: PlaceRef) -> Addr {
        match at.spot {
            Spot::Memory(addr) => addr,
            Spot::Local(Slot::Nowhere, _) => {
                let align = self.cx.layouts.of(at.ty).align;
                Addr { base: self.b.ins().iconst(PTR, align as i64), offset: 0 }
            }
            Spot::Local(slot, _) => bug!("a place of type `{}` in {slot:?} has no address", at.ty),
        }
    }

    /// An address as one value.
    pub(super) fn address(&mut self, addr: Addr) -> Value {
        if addr.offset == 0 { addr.base } else { self.b.ins().iadd_imm_s(addr.base, addr.offset as i64) }
    }

    /// Reads what a path leads to.
    pub(super) fn read(&mut self, at: PlaceRef) -> Val {
        let abi = self.cx.abi(at.ty);
        match at.spot {
            Spot::Memory(addr) => self.load(addr, abi),
            Spot::Local(slot, offset) => match abi {
                Abi::Zst => Val::Zst,
                Abi::Scalar(p) => Val::One(self.read_part(slot, offset, prim_type(p))),
                Abi::Pair(p, q, second) => {
                    let first = self.read_part(slot, offset, prim_type(p));
                    Val::Two(first, self.read_part(slot, offset + second, prim_type(q)))
                }
                Abi::Memory => bug!("`{}` is not kept in machine values", at.ty),
            },
        }
    }

    pub(super) fn read_part(&mut self, slot: Slot, offset: u64, ty: ir::Type) -> Value {
        let value = match slot {
            Slot::One(v) => self.b.use_var(v.variable),
            Slot::Two(v, _) if offset == 0 => self.b.use_var(v.variable),
            Slot::Two(_, w) => self.b.use_var(w.variable),
            slot => bug!("{slot:?} has no machine values"),
        };
        self.reinterpret(value, ty)
    }

    /// The same bits as a value of another type of the same or a smaller size.
    pub(super) fn reinterpret(&mut self, value: Value, ty: ir::Type) -> Value {
        let have = self.b.func.dfg.value_type(value);
        if have == ty {
            value
        } else if have.bits() == ty.bits() {
            self.b.ins().bitcast(ty, MemFlagsData::new(), value)
        } else if have.is_int() && ty.is_int() && have.bits() > ty.bits() {
            self.b.ins().ireduce(ty, value)
        } else if have.is_int() && ty.is_int() {
            self.b.ins().uextend(ty, value)
        } else {
            bug!("no {ty} in a {have}")
        }
    }

    /// Reads a whole local.
    pub(super) fn read_local(&mut self, local: cloudc_frontend::mir::Local) -> Val {
        let at = self.place(&Place::local(local));
        self.read(at)
    }

    pub(super) fn load(&mut self, addr: Addr, abi: Abi) -> Val {
        let flags = MemFlagsData::trusted();
        match abi {
            Abi::Zst => Val::Zst,
            Abi::Scalar(p) => Val::One(self.b.ins().load(prim_type(p), flags, addr.base, addr.offset)),
            Abi::Pair(p, q, second) => {
                let first = self.b.ins().load(prim_type(p), flags, addr.base, addr.offset);
                let at = addr.at(second);
                Val::Two(first, self.b.ins().load(prim_type(q), flags, at.base, at.offset))
            }
            Abi::Memory => Val::Mem(addr),
        }
    }

    /// Writes a value to a place.
    pub(super) fn write_place(&mut self, place: &Place, value: Val) {
        let at = self.place(place);
        self.write(at, value);
    }

    /// Writes a value where a path leads.
    pub(super) fn write(&mut self, at: PlaceRef, value: Val) {
        match at.spot {
            Spot::Memory(addr) => self.store(addr, at.ty, value),
            Spot::Local(slot, offset) => match value {
                Val::Zst => {}
                Val::One(v) => self.write_part(slot, offset, v),
                Val::Two(v, w) => {
                    let Abi::Pair(_, _, second) = self.cx.abi(at.ty) else {
                        bug!("two values for a `{}`", at.ty)
                    };
                    self.write_part(slot, offset, v);
                    self.write_part(slot, offset + second, w);
                }
                Val::Mem(addr) => {
                    let value = self.load(addr, self.cx.abi(at.ty));
                    self.write(at, value);
                }
            },
        }
    }

    pub(super) fn write_part(&mut self, slot: Slot, offset: u64, value: Value) {
        let variable = match slot {
            Slot::One(v) => v,
            Slot::Two(v, _) if offset == 0 => v,
            Slot::Two(_, w) => w,
            slot => bug!("{slot:?} has no machine values"),
        };
        let value = self.reinterpret(value, variable.ty);
        self.b.def_var(variable.variable, value);
    }

    pub(super) fn store(&mut self, addr: Addr, ty: Ty, value: Val) {
        let flags = MemFlagsData::trusted();
        let layout = self.cx.layouts.of(ty);
        match (value, layout.abi) {
            (Val::Zst, _) => {}
            (Val::One(v), _) => {
                self.b.ins().store(flags, v, addr.base, addr.offset);
            }
            (Val::Two(v, w), Abi::Pair(_, _, second)) => {
                self.b.ins().store(flags, v, addr.base, addr.offset);
                let at = addr.at(second);
                self.b.ins().store(flags, w, at.base, at.offset);
            }
            (Val::Two(..), abi) => bug!("two values for a `{ty}`, which travels as {abi:?}"),
            (Val::Mem(from), _) => self.copy_fixed(addr, from, layout.size),
        }
    }

    /// A value in memory, wherever it is now.
    pub(super) fn spill(&mut self, ty: Ty, value: Val) -> Result<Addr, String> {
        let layout = self.cx.layouts.of(ty);
        let Slot::Frame(slot) = self.frame_slot(&layout)? else { bug!("a frame slot is in the frame") };
        let base = self.b.ins().stack_addr(PTR, slot, 0);
        let addr = Addr { base, offset: 0 };
        self.store(addr, ty, value);
        Ok(addr)
    }

    /// Whether the type behind a reference to `ty` needs a second word.
    pub(super) fn is_fat(&self, ty: Ty) -> bool {
        match ty.kind() {
            TyKind::Str | TyKind::Slice(_) => true,
            _ => !self.cx.layouts.is_sized(ty),
        }
    }
}

fn shifted(spot: Spot, by: u64) -> Spot {
    match spot {
        Spot::Local(slot, offset) => Spot::Local(slot, offset + by),
        Spot::Memory(addr) => Spot::Memory(addr.at(by)),
    }
}
