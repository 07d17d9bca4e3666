//! Copying, filling and comparing memory: inline when small and of known size, else a call of one of the `routines`.
//!
//! Copies go by the widest unit the target has (`widest`); nothing outside the image is called.

use cranelift_codegen::Context;
use cranelift_codegen::ir::{self, AbiParam, InstBuilder, MemFlagsData, Value, types};
use cranelift_codegen::isa::TargetIsa;
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use cranelift_module::{Linkage, Module};

use super::TaskCx;
use super::function::{Addr, FnCx};
use super::routines::Emit;
use super::types::PTR;

/// A routine.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
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

impl TaskCx<'_> {
    fn routine(&mut self, routine: Routine) -> Result<cranelift_module::FuncId, String> {
        if let Some(&id) = self.memory.get(&routine) {
            return Ok(id);
        }
        let mut signature = self.module.make_signature();
        let second = if routine == Routine::Fill { types::I8 } else { PTR };
        signature.params = vec![AbiParam::new(PTR), AbiParam::new(second), AbiParam::new(PTR)];
        if routine == Routine::Compare {
            signature.returns.push(AbiParam::new(types::I32));
        }
        let name = match routine {
            Routine::Move => "mem_move",
            Routine::Fill => "mem_fill",
            Routine::Compare => "mem_compare",
        };
        let id = self.module.declare_function(name, Linkage::Local, &signature).map_err(|e| e.to_string())?;
        self.memory.insert(routine, id);
        Ok(id)
    }
}

impl FnCx<'_, '_, '_> {
    /// Copies a known number of bytes; the ranges are the same or do not overlap.
    pub(super) fn copy_fixed(&mut self, to: Addr, from: Addr, size: u64) {
        if size > INLINE {
            let n = self.b.ins().iconst(PTR, size as i64);
            let (to, from) = (self.address(to), self.address(from));
            self.call_routine(Routine::Move, &[to, from, n]);
            return;
        }
        let flags = MemFlagsData::trusted().with_notrap();
        let mut pieces = Vec::new();
        let mut at = 0;
        for ty in [widest(self.cx.module.isa()), types::I64, types::I32, types::I16, types::I8] {
            let bytes = u64::from(ty.bytes());
            while size - at >= bytes {
                let unaligned = if ty.is_vector() { MemFlagsData::new().with_notrap() } else { flags };
                let value = self.b.ins().load(ty, unaligned, from.base, from.offset + at as i32);
                pieces.push((value, at, unaligned));
                at += bytes;
            }
        }
        for (value, at, flags) in pieces {
            self.b.ins().store(flags, value, to.base, to.offset + at as i32);
        }
    }

    /// Copies `size` bytes if that is known and few, else as many as `n` says. The ranges may overlap.
    pub(super) fn copy_bytes(&mut self, to: Value, from: Value, size: Option<u64>, n: Value) {
        match size.filter(|&s| s <= INLINE) {
            Some(size) => self.copy_fixed(Addr { base: to, offset: 0 }, Addr { base: from, offset: 0 }, size),
            None => {
                self.call_routine(Routine::Move, &[to, from, n]);
            }
        }
    }

    /// Fills a known number of bytes.
    pub(super) fn fill_fixed(&mut self, to: Addr, byte: Value, size: u64) {
        if size > INLINE {
            let (to, n) = (self.address(to), self.b.ins().iconst(PTR, size as i64));
            self.call_routine(Routine::Fill, &[to, byte, n]);
            return;
        }
        let wide = widest(self.cx.module.isa());
        let flags = MemFlagsData::new().with_notrap();
        let mut at = 0;
        for ty in [wide, types::I64, types::I32, types::I16, types::I8] {
            let bytes = u64::from(ty.bytes());
            if size - at < bytes {
                continue;
            }
            let value = spread(&mut self.b, byte, ty);
            while size - at >= bytes {
                self.b.ins().store(flags, value, to.base, to.offset + at as i32);
                at += bytes;
            }
        }
    }

    /// Calls a routine; the comparison has a result.
    pub(super) fn call_routine(&mut self, routine: Routine, args: &[Value]) -> Option<Value> {
        let Ok(id) = self.cx.routine(routine) else {
            cloudc_frontend::bug!("the names of memory routines are free")
        };
        let reference = self.cx.reference(id, self.b.func);
        let call = self.b.ins().call(reference, args);
        self.b.inst_results(call).first().copied()
    }
}

/// Defines the routines that were called.
pub(super) fn define_used(
    cx: &mut TaskCx<'_>,
    context: &mut Context,
    builder_context: &mut FunctionBuilderContext,
) -> Result<(), String> {
    let mut used: Vec<_> = cx.memory.iter().map(|(r, id)| (*r, *id)).collect();
    used.sort();
    let config = cx.module.target_config();
    let wide = widest(cx.module.isa());
    for (routine, id) in used {
        context.func.signature = cx.module.declarations().get_function_decl(id).signature.clone();
        let mut r = Emit { b: FunctionBuilder::new(&mut context.func, builder_context), wide };
        match routine {
            Routine::Move => r.mem_move(),
            Routine::Fill => r.mem_fill(),
            Routine::Compare => r.mem_compare(),
        }
        r.b.seal_all_blocks();
        r.b.finalize(config);
        cx.define(id, context, "a memory routine", None)?;
    }
    Ok(())
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
