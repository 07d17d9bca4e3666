//! Copying, filling and comparing memory: inline when small and of known size, else a call of a routine made here.
//!
//! Copies go by the widest unit the target has (`widest`); nothing outside the image is called.

use cranelift_codegen::Context;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, AbiParam, Block, BlockArg, InstBuilder, MemFlagsData, Value, types};
use cranelift_codegen::isa::TargetIsa;
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use cranelift_module::{Linkage, Module};

use super::TaskCx;
use super::function::{Addr, FnCx};
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

/// Bytes a round of the routines' main loops moves.
const ROUND: i64 = 64;

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

/// The widest unit that is loaded and stored at once: RISC-V has vectors only as an extension.
fn widest(isa: &dyn TargetIsa) -> ir::Type {
    match isa.triple().architecture.to_string().starts_with("riscv") {
        true => types::I64,
        false => types::I8X16,
    }
}

struct Emit<'b> {
    b: FunctionBuilder<'b>,
    wide: ir::Type,
}

impl Emit<'_> {
    fn params(&mut self) -> (Value, Value, Value) {
        let entry = self.b.create_block();
        self.b.append_block_params_for_function_params(entry);
        self.b.switch_to_block(entry);
        let p = self.b.block_params(entry);
        (p[0], p[1], p[2])
    }

    /// A loop `for i in (from..).step_by(step) while i + step <= n`; `body` gets `i`. Returns where `i` ended.
    fn forward(&mut self, from: Value, n: Value, step: i64, mut body: impl FnMut(&mut Self, Value)) -> Value {
        let head = self.b.create_block();
        let inside = self.b.create_block();
        let done = self.b.create_block();
        let i = self.b.append_block_param(head, PTR);
        self.b.ins().jump(head, &[BlockArg::Value(from)]);
        self.b.switch_to_block(head);
        let left = self.b.ins().isub(n, i);
        let step_value = self.b.ins().iconst(PTR, step);
        let more = self.b.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, left, step_value);
        self.b.ins().brif(more, inside, &[], done, &[]);
        self.b.switch_to_block(inside);
        body(self, i);
        let next = self.b.ins().iadd_imm_s(i, step);
        self.b.ins().jump(head, &[BlockArg::Value(next)]);
        self.b.switch_to_block(done);
        i
    }

    /// A loop down from `n`, by `step` while at least `step` are left.
    fn backward(&mut self, n: Value, step: i64, mut body: impl FnMut(&mut Self, Value)) -> Value {
        let head = self.b.create_block();
        let inside = self.b.create_block();
        let done = self.b.create_block();
        let i = self.b.append_block_param(head, PTR);
        self.b.ins().jump(head, &[BlockArg::Value(n)]);
        self.b.switch_to_block(head);
        let step_value = self.b.ins().iconst(PTR, step);
        let more = self.b.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, i, step_value);
        self.b.ins().brif(more, inside, &[], done, &[]);
        self.b.switch_to_block(inside);
        let next = self.b.ins().iadd_imm_s(i, -step);
        body(self, next);
        self.b.ins().jump(head, &[BlockArg::Value(next)]);
        self.b.switch_to_block(done);
        i
    }

    fn copy_round(&mut self, to: Value, from: Value, i: Value) {
        self.copy_at(to, from, i, self.wide, ROUND as i32 / self.wide.bytes() as i32);
    }

    fn copy_at(&mut self, to: Value, from: Value, i: Value, ty: ir::Type, count: i32) {
        let flags = MemFlagsData::new().with_notrap();
        let (src, dst) = (self.b.ins().iadd(from, i), self.b.ins().iadd(to, i));
        let size = ty.bytes() as i32;
        let values: Vec<_> = (0..count).map(|k| self.b.ins().load(ty, flags, src, k * size)).collect();
        for (k, value) in values.into_iter().enumerate() {
            self.b.ins().store(flags, value, dst, k as i32 * size);
        }
    }

    fn mem_move(&mut self) {
        let (to, from, n) = self.params();
        let (up, down) = (self.b.create_block(), self.b.create_block());
        // Copying upwards is right unless `to` lies inside the source.
        let ahead = self.b.ins().isub(to, from);
        let overlaps = self.b.ins().icmp(IntCC::UnsignedLessThan, ahead, n);
        self.b.ins().brif(overlaps, down, &[], up, &[]);
        self.b.switch_to_block(up);
        let zero = self.b.ins().iconst(PTR, 0);
        let i = self.forward(zero, n, ROUND, |r, i| r.copy_round(to, from, i));
        let i = self.forward(i, n, 8, |r, i| r.copy_at(to, from, i, types::I64, 1));
        self.forward(i, n, 1, |r, i| r.copy_at(to, from, i, types::I8, 1));
        self.b.ins().return_(&[]);
        self.b.switch_to_block(down);
        let i = self.backward(n, ROUND, |r, i| r.copy_round(to, from, i));
        let i = self.backward(i, 8, |r, i| r.copy_at(to, from, i, types::I64, 1));
        self.backward(i, 1, |r, i| r.copy_at(to, from, i, types::I8, 1));
        self.b.ins().return_(&[]);
    }

    fn mem_fill(&mut self) {
        let (to, byte, n) = self.params();
        let flags = MemFlagsData::new().with_notrap();
        let wide = match self.wide.is_vector() {
            true => self.b.ins().splat(self.wide, byte),
            false => {
                let byte = self.b.ins().uextend(self.wide, byte);
                self.b.ins().imul_imm_u(byte, 0x0101_0101_0101_0101)
            }
        };
        let size = self.wide.bytes() as i32;
        let zero = self.b.ins().iconst(PTR, 0);
        let i = self.forward(zero, n, ROUND, |r, i| {
            let dst = r.b.ins().iadd(to, i);
            for k in 0..ROUND as i32 / size {
                r.b.ins().store(flags, wide, dst, k * size);
            }
        });
        self.forward(i, n, 1, |r, i| {
            let dst = r.b.ins().iadd(to, i);
            r.b.ins().store(flags, byte, dst, 0);
        });
        self.b.ins().return_(&[]);
    }

    fn mem_compare(&mut self) {
        let (x, y, n) = self.params();
        let flags = MemFlagsData::new().with_notrap();
        let differ = self.b.create_block();
        let at = self.b.append_block_param(differ, PTR);
        let zero = self.b.ins().iconst(PTR, 0);
        let stop_if_different = |r: &mut Self, i: Value, ty, stop: Block| {
            let (p, q) = (r.b.ins().iadd(x, i), r.b.ins().iadd(y, i));
            let (v, w) = (r.b.ins().load(ty, flags, p, 0), r.b.ins().load(ty, flags, q, 0));
            let same = r.b.ins().icmp(IntCC::Equal, v, w);
            let next = r.b.create_block();
            r.b.ins().brif(same, next, &[], stop, &[BlockArg::Value(i)]);
            r.b.switch_to_block(next);
        };
        // A difference within eight bytes is looked for again byte by byte.
        let bytes = self.b.create_block();
        let from = self.b.append_block_param(bytes, PTR);
        let i = self.forward(zero, n, 8, |r, i| stop_if_different(r, i, types::I64, bytes));
        self.b.ins().jump(bytes, &[BlockArg::Value(i)]);
        self.b.switch_to_block(bytes);
        self.forward(from, n, 1, |r, i| stop_if_different(r, i, types::I8, differ));
        let equal = self.b.ins().iconst(types::I32, 0);
        self.b.ins().return_(&[equal]);
        self.b.switch_to_block(differ);
        let (p, q) = (self.b.ins().iadd(x, at), self.b.ins().iadd(y, at));
        let v = self.b.ins().uload8(types::I32, flags, p, 0);
        let w = self.b.ins().uload8(types::I32, flags, q, 0);
        let less = self.b.ins().icmp(IntCC::UnsignedLessThan, v, w);
        let (below, above) = (self.b.ins().iconst(types::I32, -1), self.b.ins().iconst(types::I32, 1));
        let result = self.b.ins().select(less, below, above);
        self.b.ins().return_(&[result]);
    }
}
