//! Places: where a MIR path leads, and how values are read and written there.

use cloudc_analysis::layout::{Abi, Prim, Shape};
use cloudc_frontend::bug;
use cloudc_frontend::mir::body::{element_ty, project_ty};
use cloudc_frontend::mir::{Local, Place, Projection};
use cloudc_frontend::ty::{Ty, TyKind};

use super::value::{Addr, Home, Part, PlaceRef, Spot, Val};
use super::{Emit, Lower};

impl<E: Emit> Lower<'_, E> {
    /// Follows the path of a place.
    pub(super) fn place(&mut self, place: &Place) -> PlaceRef<E::Value> {
        let spot = match self.homes[place.local] {
            Home::Memory(memory) => Spot::Memory(Addr::of(self.e.address_of(memory))),
            _ => Spot::Local(place.local, 0),
        };
        let mut at = PlaceRef::new(spot, self.body.locals[place.local].ty);
        for &step in &place.projection {
            at = self.step(at, step);
        }
        at
    }

    fn step(&mut self, at: PlaceRef<E::Value>, step: Projection) -> PlaceRef<E::Value> {
        let ty = project_ty(at.ty, step);
        match step {
            Projection::Downcast(variant) => PlaceRef { variant: variant as usize, ..at },
            Projection::Field(index, _) => {
                let offset = self.layouts.field_offset(at.ty, at.variant, index as usize);
                let meta = if self.layouts.is_sized(ty) { None } else { at.meta };
                PlaceRef { meta, ..PlaceRef::new(at.spot.at(offset), ty) }
            }
            Projection::Deref => {
                let (base, meta) = match self.read(at) {
                    Val::One(pointer) => (pointer, None),
                    Val::Two(pointer, meta) => (pointer, Some(meta)),
                    other => bug!("a pointer of type `{}` is {other:?}", at.ty),
                };
                PlaceRef { meta, ..PlaceRef::new(Spot::Memory(Addr::of(base)), ty) }
            }
            Projection::Index(local) => {
                let Val::One(index) = self.read_local(local) else { bug!("an index is a `usize`") };
                let base = self.memory_of(at);
                let addr = self.e.element(base, index, self.layouts.of(ty).size);
                PlaceRef::new(Spot::Memory(addr), ty)
            }
            Projection::ConstantIndex { offset, from_end } => {
                let stride = self.layouts.of(ty).size;
                let addr = match (from_end, self.static_len(at.ty)) {
                    (false, _) => self.memory_of(at).at(offset * stride),
                    (true, Some(len)) => self.memory_of(at).at((len - offset) * stride),
                    (true, None) => {
                        let len = self.len(at);
                        let index = self.e.shorten(len, offset);
                        let base = self.memory_of(at);
                        self.e.element(base, index, stride)
                    }
                };
                PlaceRef::new(Spot::Memory(addr), ty)
            }
            Projection::Subslice { from, to } => {
                let stride = self.layouts.of(element_ty(at.ty)).size;
                let addr = self.memory_of(at).at(from * stride);
                let meta = at.meta.map(|len| self.e.shorten(len, from + to));
                PlaceRef { meta, ..PlaceRef::new(Spot::Memory(addr), ty) }
            }
        }
    }

    fn static_len(&self, ty: Ty) -> Option<u64> {
        match self.layouts.of(ty).shape {
            Shape::Array { count, .. } => Some(count),
            _ => None,
        }
    }

    /// Number of elements of an array or slice place.
    pub(super) fn len(&mut self, at: PlaceRef<E::Value>) -> E::Value {
        match (self.static_len(at.ty), at.meta) {
            (Some(len), _) => self.e.usize(len),
            (None, Some(meta)) => meta,
            (None, None) => bug!("`{}` has no length", at.ty),
        }
    }

    /// The address of a place that is in memory; places without bytes get an aligned address that is never read.
    pub(super) fn memory_of(&mut self, at: PlaceRef<E::Value>) -> Addr<E::Value> {
        match at.spot {
            Spot::Memory(addr) => addr,
            Spot::Local(local, _) => match self.homes[local] {
                Home::Nowhere => {
                    let align = self.layouts.of(at.ty).align;
                    Addr::of(self.e.constant(Prim::Ptr, align.into()))
                }
                home => bug!("a place of type `{}` in {home:?} has no address", at.ty),
            },
        }
    }

    /// Reads what a path leads to.
    pub(super) fn read(&mut self, at: PlaceRef<E::Value>) -> Val<E::Value> {
        match at.spot {
            Spot::Memory(addr) => self.load(addr, at.ty),
            Spot::Local(local, offset) => match self.abi(at.ty) {
                Abi::Zst => Val::Zst,
                Abi::Scalar(p) => Val::One(self.read_part(local, offset, p)),
                Abi::Pair(p, q, second) => {
                    let first = self.read_part(local, offset, p);
                    Val::Two(first, self.read_part(local, offset + second, q))
                }
                Abi::Memory => bug!("`{}` is not kept in machine values", at.ty),
            },
        }
    }

    /// Reads a whole local.
    pub(super) fn read_local(&mut self, local: Local) -> Val<E::Value> {
        let at = self.place(&Place::local(local));
        self.read(at)
    }

    /// Reads the machine value at a byte of a local.
    pub(super) fn read_part(&mut self, local: Local, offset: u64, prim: Prim) -> E::Value {
        let part = self.part(local, offset);
        let value = self.e.read_variable(part.variable, part.prim);
        self.e.reinterpret(value, prim)
    }

    /// Writes it.
    pub(super) fn write_part(&mut self, local: Local, offset: u64, value: E::Value) {
        let part = self.part(local, offset);
        let value = self.e.reinterpret(value, part.prim);
        self.e.write_variable(part.variable, value);
    }

    fn part(&self, local: Local, offset: u64) -> Part<E::Variable> {
        match self.homes[local] {
            Home::One(part) => part,
            Home::Two(part, _) if offset == 0 => part,
            Home::Two(_, part) => part,
            home => bug!("{home:?} has no machine values"),
        }
    }

    /// Writes a value to a place.
    pub(super) fn write_place(&mut self, place: &Place, value: Val<E::Value>) {
        let at = self.place(place);
        self.write(at, value);
    }

    /// Writes a value where a path leads.
    pub(super) fn write(&mut self, at: PlaceRef<E::Value>, value: Val<E::Value>) {
        match at.spot {
            Spot::Memory(addr) => self.store(addr, at.ty, value),
            Spot::Local(local, offset) => match value {
                Val::Zst => {}
                Val::One(v) => self.write_part(local, offset, v),
                Val::Two(v, w) => {
                    let second = self.second_part(at.ty);
                    self.write_part(local, offset, v);
                    self.write_part(local, offset + second, w);
                }
                Val::Mem(addr) => {
                    let value = self.load(addr, at.ty);
                    self.write(at, value);
                }
            },
        }
    }

    /// Where the second of two machine values lies.
    fn second_part(&self, ty: Ty) -> u64 {
        match self.abi(ty) {
            Abi::Pair(_, _, second) => second,
            abi => bug!("two values for a `{ty}`, which travels as {abi:?}"),
        }
    }

    /// Reads a value of a type from memory.
    pub(super) fn load(&mut self, addr: Addr<E::Value>, ty: Ty) -> Val<E::Value> {
        self.load_aligned(addr, ty, self.layouts.of(ty).align)
    }

    /// The same from memory of which only this alignment is known.
    pub(super) fn load_aligned(&mut self, addr: Addr<E::Value>, ty: Ty, align: u64) -> Val<E::Value> {
        match self.abi(ty) {
            Abi::Zst => Val::Zst,
            Abi::Scalar(p) => Val::One(self.e.load(addr, p, align, (ty, 0))),
            Abi::Pair(p, q, second) => {
                let first = self.e.load(addr, p, align, (ty, 0));
                Val::Two(first, self.e.load(addr.at(second), q, align, (ty, second)))
            }
            Abi::Memory => Val::Mem(addr),
        }
    }

    /// Writes a value of a type to memory.
    pub(super) fn store(&mut self, addr: Addr<E::Value>, ty: Ty, value: Val<E::Value>) {
        match value {
            Val::Zst => {}
            Val::One(v) => self.e.store(addr, v),
            Val::Two(v, w) => {
                let second = self.second_part(ty);
                self.e.store(addr, v);
                self.e.store(addr.at(second), w);
            }
            Val::Mem(from) => {
                let layout = self.layouts.of(ty);
                self.e.copy(addr, from, layout.size, layout.align);
            }
        }
    }

    /// A value in memory, wherever it is now.
    pub(super) fn spill(&mut self, ty: Ty, value: Val<E::Value>) -> Result<Addr<E::Value>, String> {
        let frame = self.frame(&self.layouts.of(ty))?;
        let addr = Addr::of(self.e.address_of(frame));
        self.store(addr, ty, value);
        Ok(addr)
    }

    /// Whether the type behind a reference to `ty` needs a second word.
    pub(super) fn is_fat(&self, ty: Ty) -> bool {
        match ty.kind() {
            TyKind::Str | TyKind::Slice(_) => true,
            _ => !self.layouts.is_sized(ty),
        }
    }
}
