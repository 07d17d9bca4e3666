//! Addresses, loads and stores; copying, filling and comparing memory: inline when small and of known size, else a call of one of the `routines`.
//!
//! Copies go by the widest unit the target has (`widest`); nothing outside the image is called.

use cloudc_analysis::layout::Prim;
use cloudc_frontend::bug;
use cloudc_frontend::ty::Ty;
use cranelift_codegen::ir::{
    self, AbiParam, InstBuilder, MemFlagsData, StackSlotData, StackSlotKind, Value, types,
};
use cranelift_codegen::isa::TargetIsa;
use cranelift_frontend::{FunctionBuilder, Variable};

use super::code::{Code, CodeCx, Reference};
use super::function::{FnCx, Maker};
use super::routines::Emit;
use super::types::{PTR, prim_type};
use crate::lower::{Addr, Failing, Memory, Overlap, Size, Values};

/// A routine.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Routine {
    /// `(dst, src, n)`; the ranges may overlap.
    Move,
    /// `(dst, byte: i8, n)`
    Fill,
    /// `(a, b, n) -> i32`: -1, 0 or 1, by the first difference.
    Compare,
}

/// Up to this many bytes a copy of known size is done inline.
const INLINE: u64 = 128;

/// Memory whose address is known when it is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// In the frame.
    Frame(ir::StackSlot),
    /// What a variable points to.
    Behind(Variable),
}

impl Routine {
    /// All of them, in the order of their numbers.
    pub const ALL: [Routine; 3] = [Routine::Move, Routine::Fill, Routine::Compare];

    /// What it is called in objects.
    pub fn name(self) -> &'static str {
        match self {
            Routine::Move => "mem_move",
            Routine::Fill => "mem_fill",
            Routine::Compare => "mem_compare",
        }
    }

    fn signature(self, cx: &CodeCx<'_>) -> ir::Signature {
        let mut signature = cx.empty_signature();
        let second = if self == Routine::Fill { types::I8 } else { PTR };
        signature.params = vec![AbiParam::new(PTR), AbiParam::new(second), AbiParam::new(PTR)];
        if self == Routine::Compare {
            signature.returns.push(AbiParam::new(types::I32));
        }
        signature
    }
}

impl Memory for FnCx<'_, '_, '_> {
    type Memory = Place;
    const FOLLOWS_VALUES: bool = false;

    fn frame(&mut self, size: u64, align: u64) -> Place {
        let align = align.trailing_zeros() as u8;
        let data = StackSlotData::new(StackSlotKind::ExplicitSlot, size as u32, align);
        Place::Frame(self.b.create_sized_stack_slot(data))
    }

    fn given(&mut self, address: Value) -> Place {
        let pointer = self.b.declare_var(PTR);
        self.b.def_var(pointer, address);
        Place::Behind(pointer)
    }

    fn address_of(&mut self, memory: Place) -> Value {
        match memory {
            Place::Frame(slot) => self.b.ins().stack_addr(PTR, slot, 0),
            Place::Behind(pointer) => self.b.use_var(pointer),
        }
    }

    fn address(&mut self, addr: Addr<Value>) -> Value {
        match addr.offset {
            0 => addr.base,
            offset => self.b.ins().iadd_imm_s(addr.base, offset as i64),
        }
    }

    fn element(&mut self, base: Addr<Value>, index: Value, stride: u64) -> Addr<Value> {
        let offset = match stride {
            1 => index,
            s if s.is_power_of_two() => self.b.ins().ishl_imm_u(index, s.trailing_zeros() as i64),
            s => self.b.ins().imul_imm_s(index, s as i64),
        };
        Addr { base: self.b.ins().iadd(base.base, offset), offset: base.offset }
    }

    fn offset(&mut self, pointer: Value, count: Value, size: u64) -> Value {
        let bytes = if size == 1 { count } else { self.b.ins().imul_imm_s(count, size as i64) };
        self.b.ins().iadd(pointer, bytes)
    }

    fn shorten(&mut self, len: Value, by: u64) -> Value {
        self.b.ins().iadd_imm_s(len, -(by as i64))
    }

    fn scale(&mut self, count: Value, size: u64) -> Value {
        self.b.ins().imul_imm_u(count, size as i64)
    }

    fn load(&mut self, addr: Addr<Value>, prim: Prim, align: u64, _part_of: (Ty, u64)) -> Value {
        let (base, offset) = self.near(addr);
        let flags = match align < prim.size() {
            true => MemFlagsData::new().with_notrap(),
            false => MemFlagsData::trusted(),
        };
        self.b.ins().load(prim_type(prim), flags, base, offset)
    }

    fn store(&mut self, addr: Addr<Value>, value: Value) {
        let (base, offset) = self.near(addr);
        self.b.ins().store(MemFlagsData::trusted(), value, base, offset);
    }

    fn copy(&mut self, to: Addr<Value>, from: Addr<Value>, size: u64, _align: u64) {
        if size > INLINE {
            let n = self.usize(size);
            let (to, from) = (self.address(to), self.address(from));
            self.call_routine(Routine::Move, &[to, from, n]);
            return;
        }
        let flags = MemFlagsData::trusted().with_notrap();
        let ((to, to_offset), (from, from_offset)) = (self.near(to), self.near(from));
        let mut pieces = Vec::new();
        let mut at = 0;
        for ty in [widest(self.cx.isa), types::I64, types::I32, types::I16, types::I8] {
            let bytes = u64::from(ty.bytes());
            while size - at >= bytes {
                let unaligned = if ty.is_vector() { MemFlagsData::new().with_notrap() } else { flags };
                let value = self.b.ins().load(ty, unaligned, from, from_offset + at as i32);
                pieces.push((value, at, unaligned));
                at += bytes;
            }
        }
        for (value, at, flags) in pieces {
            self.b.ins().store(flags, value, to, to_offset + at as i32);
        }
    }

    fn copy_many(&mut self, _overlap: Overlap, to: Value, from: Value, size: Size<Value>, align: u64) {
        match size {
            Size::Known(size) => self.copy(Addr::of(to), Addr::of(from), size, align),
            Size::Computed(n) => {
                self.call_routine(Routine::Move, &[to, from, n]);
            }
        }
    }

    fn fill(&mut self, to: Addr<Value>, byte: Value, size: Size<Value>) {
        let size = match size {
            Size::Known(size) if size <= INLINE => size,
            size => {
                let to = self.address(to);
                let n = match size {
                    Size::Known(size) => self.usize(size),
                    Size::Computed(n) => n,
                };
                self.call_routine(Routine::Fill, &[to, byte, n]);
                return;
            }
        };
        let (to, to_offset) = self.near(to);
        let wide = widest(self.cx.isa);
        let flags = MemFlagsData::new().with_notrap();
        let mut at = 0;
        for ty in [wide, types::I64, types::I32, types::I16, types::I8] {
            let bytes = u64::from(ty.bytes());
            if size - at < bytes {
                continue;
            }
            let value = spread(&mut self.b, byte, ty);
            while size - at >= bytes {
                self.b.ins().store(flags, value, to, to_offset + at as i32);
                at += bytes;
            }
        }
    }

    fn compare(&mut self, a: Value, b: Value, len: Value) -> Value {
        match self.call_routine(Routine::Compare, &[a, b, len]) {
            Some(order) => order,
            None => bug!("a comparison has a result"),
        }
    }

    fn hide(&mut self, _addr: Addr<Value>) {}
}

impl FnCx<'_, '_, '_> {
    /// An address as an instruction takes it: with an offset that leaves room for a piece of a copy.
    fn near(&mut self, addr: Addr<Value>) -> (Value, i32) {
        match i32::try_from(addr.offset + INLINE) {
            Ok(_) => (addr.base, addr.offset as i32),
            Err(_) => (self.address(addr), 0),
        }
    }

    /// Calls a routine; the comparison has a result.
    fn call_routine(&mut self, routine: Routine, args: &[Value]) -> Option<Value> {
        let signature = routine.signature(self.cx);
        let reference = self.cx.function(Reference::Routine(routine), signature, self.b.func);
        let call = self.b.ins().call(reference, args);
        self.b.inst_results(call).first().copied()
    }
}

impl Maker {
    /// The code of a routine.
    pub(super) fn routine(&mut self, cx: CodeCx<'_>, routine: Routine) -> Result<Code, String> {
        self.context.func.signature = routine.signature(&cx);
        let b = FunctionBuilder::new(&mut self.context.func, &mut self.builder);
        let mut r = Emit { b, wide: widest(cx.isa) };
        match routine {
            Routine::Move => r.mem_move(),
            Routine::Fill => r.mem_fill(),
            Routine::Compare => r.mem_compare(),
        }
        r.b.seal_all_blocks();
        r.b.finalize(cx.isa.frontend_config());
        cx.compile(&mut self.context, "a memory routine", None, Failing::new())
    }
}

/// A value of this type all of whose bytes are this one.
pub(super) fn spread(b: &mut FunctionBuilder<'_>, byte: Value, ty: ir::Type) -> Value {
    match ty {
        types::I8 => byte,
        ty if ty.is_vector() => b.ins().splat(ty, byte),
        ty => {
            let byte = b.ins().uextend(ty, byte);
            b.ins().imul_imm_u(byte, (u64::MAX / 255) as i64 & (u64::MAX >> (64 - ty.bits())) as i64)
        }
    }
}

/// The widest unit that is loaded and stored at once: RISC-V has vectors only as an extension.
fn widest(isa: &dyn TargetIsa) -> ir::Type {
    match isa.triple().architecture.to_string().starts_with("riscv") {
        true => types::I64,
        false => types::I8X16,
    }
}
