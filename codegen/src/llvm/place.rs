//! Places: where a MIR path leads, and how values are read and written there.

use cloudc_analysis::layout::{Abi, Prim, Shape};
use cloudc_frontend::bug;
use cloudc_frontend::mir::body::{element_ty, project_ty};
use cloudc_frontend::mir::{Local, Place, Projection};
use cloudc_frontend::ty::{Ty, TyKind};

use super::function::{Addr, FnCx, Slot, Val};
use super::ir::{Value, machine_type};

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
    pub(super) fn of(base: Value) -> Addr {
        Addr { base, offset: 0 }
    }
    pub(super) fn at(self, more: u64) -> Addr {
        Addr { base: self.base, offset: self.offset + more }
    }
}

impl FnCx<'_, '_> {
    /// Follows the path of a place.
    pub(super) fn place(&mut self, place: &Place) -> PlaceRef {
        let ty = self.body.locals[place.local].ty;
        let spot = match self.slots[place.local] {
            Slot::Memory(base) => Spot::Memory(Addr::of(base)),
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
                PlaceRef { spot: Spot::Memory(Addr::of(base)), meta, ty, variant: 0 }
            }
            Projection::Index(local) => {
                let Val::One(index) = self.read_local(local) else { bug!("an index is a `usize`") };
                let addr = self.element(at, index, ty);
                PlaceRef { spot: Spot::Memory(addr), meta: None, ty, variant: 0 }
            }
            Projection::ConstantIndex { offset, from_end } => {
                let stride = self.cx.layouts.of(ty).size;
                let addr = match (from_end, self.static_len(at.ty)) {
                    (false, _) => self.memory_of(at).at(offset * stride),
                    (true, Some(len)) => self.memory_of(at).at((len - offset) * stride),
                    (true, None) => {
                        let len = self.len(at);
                        let index = self.w.value(Prim::I64, format_args!("sub nuw i64 {len}, {offset}"));
                        self.element(at, index, ty)
                    }
                };
                PlaceRef { spot: Spot::Memory(addr), meta: None, ty, variant: 0 }
            }
            Projection::Subslice { from, to } => {
                let stride = self.cx.layouts.of(element_ty(at.ty)).size;
                let addr = self.memory_of(at).at(from * stride);
                let meta = at
                    .meta
                    .map(|len| self.w.value(Prim::I64, format_args!("sub nuw i64 {len}, {}", from + to)));
                PlaceRef { spot: Spot::Memory(addr), meta, ty, variant: 0 }
            }
        }
    }

    fn element(&mut self, at: PlaceRef, index: Value, ty: Ty) -> Addr {
        let addr = self.memory_of(at);
        let base = self.address(addr);
        Addr::of(self.nth(base, index, ty))
    }

    /// The address of an element. An index is below a length that was checked, so it is never negative.
    fn nth(&mut self, base: Value, index: Value, ty: Ty) -> Value {
        let stride = self.cx.layouts.of(ty).size;
        self.w.value(
            Prim::Ptr,
            format_args!("getelementptr inbounds nuw [{stride} x i8], ptr {base}, {index:#}"),
        )
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
            (Some(len), _) => Value::usize(len),
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
                Addr::of(Value::bits(Prim::Ptr, align.into()))
            }
            Spot::Local(slot, _) => bug!("a place of type `{}` in {slot:?} has no address", at.ty),
        }
    }

    /// An address as one value.
    pub(super) fn address(&mut self, addr: Addr) -> Value {
        let Addr { base, offset } = addr;
        if offset == 0 {
            return base;
        }
        self.w.value(Prim::Ptr, format_args!("getelementptr inbounds nuw i8, ptr {base}, i64 {offset}"))
    }

    /// Reads what a path leads to.
    pub(super) fn read(&mut self, at: PlaceRef) -> Val {
        match at.spot {
            Spot::Memory(addr) => self.load(addr, at.ty),
            Spot::Local(slot, offset) => match self.cx.abi(at.ty) {
                Abi::Zst => Val::Zst,
                Abi::Scalar(p) => Val::One(self.read_part(slot, offset, p)),
                Abi::Pair(p, q, second) => {
                    let first = self.read_part(slot, offset, p);
                    Val::Two(first, self.read_part(slot, offset + second, q))
                }
                Abi::Memory => bug!("`{}` is not kept in machine values", at.ty),
            },
        }
    }

    pub(super) fn read_part(&mut self, slot: Slot, offset: u64, prim: Prim) -> Value {
        let var = match slot {
            Slot::One(v) => v,
            Slot::Two(v, _) if offset == 0 => v,
            Slot::Two(_, w) => w,
            slot => bug!("{slot:?} has no machine values"),
        };
        let ty = machine_type(var.prim);
        let value = self.w.value(var.prim, format_args!("load {ty}, ptr {}", var.slot));
        self.reinterpret(value, prim)
    }

    /// Reads a whole local.
    pub(super) fn read_local(&mut self, local: Local) -> Val {
        let at = self.place(&Place::local(local));
        self.read(at)
    }

    /// Reads a value of a type from memory.
    pub(super) fn load(&mut self, addr: Addr, ty: Ty) -> Val {
        match self.cx.abi(ty) {
            Abi::Zst => Val::Zst,
            Abi::Scalar(p) => Val::One(self.load_part(addr, p, ty, 0)),
            Abi::Pair(p, q, second) => {
                let first = self.load_part(addr, p, ty, 0);
                Val::Two(first, self.load_part(addr.at(second), q, ty, second))
            }
            Abi::Memory => Val::Mem(addr),
        }
    }

    /// Reads the machine value at `part` bytes into a value of type `ty`, of which something may be known.
    pub(super) fn load_part(&mut self, addr: Addr, prim: Prim, ty: Ty, part: u64) -> Value {
        let pointer = self.address(addr);
        let facts = self.cx.load_facts(ty, prim, part);
        let (text, align) = (machine_type(prim), prim.size());
        self.w.value(prim, format_args!("load {text}, ptr {pointer}, align {align}{facts}"))
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
                    let value = self.load(addr, at.ty);
                    self.write(at, value);
                }
            },
        }
    }

    pub(super) fn write_part(&mut self, slot: Slot, offset: u64, value: Value) {
        let var = match slot {
            Slot::One(v) => v,
            Slot::Two(v, _) if offset == 0 => v,
            Slot::Two(_, w) => w,
            slot => bug!("{slot:?} has no machine values"),
        };
        let value = self.reinterpret(value, var.prim);
        self.w.line(format_args!("store {value:#}, ptr {}", var.slot));
    }

    /// Writes a value of a type to memory.
    pub(super) fn store(&mut self, addr: Addr, ty: Ty, value: Val) {
        let layout = self.cx.layouts.of(ty);
        match (value, layout.abi) {
            (Val::Zst, _) => {}
            (Val::One(v), _) => self.store_part(addr, v),
            (Val::Two(v, w), Abi::Pair(_, _, second)) => {
                self.store_part(addr, v);
                self.store_part(addr.at(second), w);
            }
            (Val::Two(..), abi) => bug!("two values for a `{ty}`, which travels as {abi:?}"),
            (Val::Mem(from), _) => self.copy_fixed(addr, from, &layout),
        }
    }

    /// Writes a machine value to memory.
    pub(super) fn store_part(&mut self, addr: Addr, value: Value) {
        let pointer = self.address(addr);
        self.w.line(format_args!("store {value:#}, ptr {pointer}, align {}", value.prim.size()));
    }

    /// A value in memory, wherever it is now.
    pub(super) fn spill(&mut self, ty: Ty, value: Val) -> Result<Addr, String> {
        let layout = self.cx.layouts.of(ty);
        let addr = Addr::of(self.frame_slot(&layout)?);
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
