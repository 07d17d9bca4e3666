//! The bodies of the memory routines.
//!
//! Short ranges are done without a loop, by units at both ends that may overlap in the middle: everything is loaded before
//! anything is stored. Long ones go by rounds of 64 bytes, and what is left over is again a unit at the end.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, BlockArg, InstBuilder, MemFlagsData, Value, types};
use cranelift_frontend::FunctionBuilder;

use super::memory::spread;
use super::types::PTR;

/// Bytes of a round.
const ROUND: i64 = 64;

/// A routine while it is made.
pub(super) struct Emit<'b> {
    pub(super) b: FunctionBuilder<'b>,
    /// The widest unit.
    pub(super) wide: ir::Type,
}

impl Emit<'_> {
    fn params(&mut self) -> (Value, Value, Value) {
        let entry = self.b.create_block();
        self.b.append_block_params_for_function_params(entry);
        self.b.switch_to_block(entry);
        let p = self.b.block_params(entry);
        (p[0], p[1], p[2])
    }

    /// What follows runs only if `n >= least`; else control goes on in the block returned.
    fn at_least(&mut self, n: Value, least: i64) -> ir::Block {
        let (enough, less) = (self.b.create_block(), self.b.create_block());
        let least = self.b.ins().iconst(PTR, least);
        let is_enough = self.b.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, n, least);
        self.b.ins().brif(is_enough, enough, &[], less, &[]);
        self.b.switch_to_block(enough);
        less
    }

    fn load(&mut self, ty: ir::Type, at: Value, count: i64) -> Vec<Value> {
        let size = ty.bytes() as i32;
        (0..count as i32).map(|k| self.b.ins().load(ty, unaligned(), at, k * size)).collect()
    }

    fn store(&mut self, values: &[Value], at: Value) {
        let mut offset = 0;
        for &value in values {
            self.b.ins().store(unaligned(), value, at, offset);
            offset += self.b.func.dfg.value_type(value).bytes() as i32;
        }
    }

    /// The address `more` bytes before the end of a range.
    fn before_end(&mut self, start: Value, n: Value, more: i64) -> Value {
        let end = self.b.ins().iadd(start, n);
        self.b.ins().iadd_imm_s(end, -more)
    }

    /// For each number of bytes at both ends that makes a whole of at most twice as many: runs `body` with it and the type
    /// of the units, then returns. The lengths up to 64 are told apart in few steps.
    fn short(&mut self, n: Value, mut body: impl FnMut(&mut Self, i64, ir::Type)) {
        let wide = self.wide;
        let mut both = |r: &mut Self, least: i64, ty: ir::Type| {
            body(r, least, ty);
            r.b.ins().return_(&[]);
        };
        let below_16 = self.at_least(n, 16);
        let below_32 = self.at_least(n, 32);
        both(self, 32, wide);
        self.b.switch_to_block(below_32);
        both(self, 16, wide);
        self.b.switch_to_block(below_16);
        for (least, ty) in [(8, types::I64), (4, types::I32), (2, types::I16), (1, types::I8)] {
            let less = self.at_least(n, least);
            both(self, least, ty);
            self.b.switch_to_block(less);
        }
        self.b.ins().return_(&[]);
    }

    /// `for i in (0..last).step_by(ROUND)`, or the same in falling order.
    fn rounds(&mut self, last: Value, falls: bool, mut body: impl FnMut(&mut Self, Value)) {
        let head = self.b.create_block();
        let done = self.b.create_block();
        let i = self.b.append_block_param(head, PTR);
        let zero = self.b.ins().iconst(PTR, 0);
        // The first round is always needed.
        self.b.ins().jump(head, &[BlockArg::Value(if falls { last } else { zero })]);
        self.b.switch_to_block(head);
        if falls {
            let at = self.b.ins().iadd_imm_s(i, -ROUND);
            body(self, at);
            let round = self.b.ins().iconst(PTR, ROUND);
            let more = self.b.ins().icmp(IntCC::UnsignedGreaterThan, at, round);
            self.b.ins().brif(more, head, &[BlockArg::Value(at)], done, &[]);
        } else {
            body(self, i);
            let next = self.b.ins().iadd_imm_s(i, ROUND);
            let more = self.b.ins().icmp(IntCC::UnsignedLessThan, next, last);
            self.b.ins().brif(more, head, &[BlockArg::Value(next)], done, &[]);
        }
        self.b.switch_to_block(done);
    }

    /// `(to, from, n)`
    pub(super) fn mem_move(&mut self) {
        let (to, from, n) = self.params();
        let units = ROUND / i64::from(self.wide.bytes());
        let short = self.at_least(n, ROUND + 1);
        // Copying upwards is right unless `to` lies inside the source.
        let (up, down) = (self.b.create_block(), self.b.create_block());
        let ahead = self.b.ins().isub(to, from);
        let overlaps = self.b.ins().icmp(IntCC::UnsignedLessThan, ahead, n);
        self.b.ins().brif(overlaps, down, &[], up, &[]);
        self.b.switch_to_block(up);
        let (last_from, last_to) = (self.before_end(from, n, ROUND), self.before_end(to, n, ROUND));
        let end = self.load(self.wide, last_from, units);
        let last = self.b.ins().iadd_imm_s(n, -ROUND);
        self.rounds(last, false, |r, i| r.copy_round(to, from, i));
        self.store(&end, last_to);
        self.b.ins().return_(&[]);
        self.b.switch_to_block(down);
        let start = self.load(self.wide, from, units);
        self.rounds(n, true, |r, i| r.copy_round(to, from, i));
        self.store(&start, to);
        self.b.ins().return_(&[]);
        self.b.switch_to_block(short);
        self.short(n, |r, least, ty| {
            let count = least / i64::from(ty.bytes());
            let (last_from, last_to) = (r.before_end(from, n, least), r.before_end(to, n, least));
            let (start, end) = (r.load(ty, from, count), r.load(ty, last_from, count));
            r.store(&start, to);
            r.store(&end, last_to);
        });
    }

    fn copy_round(&mut self, to: Value, from: Value, i: Value) {
        let (src, dst) = (self.b.ins().iadd(from, i), self.b.ins().iadd(to, i));
        let values = self.load(self.wide, src, ROUND / i64::from(self.wide.bytes()));
        self.store(&values, dst);
    }

    /// `(to, byte, n)`
    pub(super) fn mem_fill(&mut self) {
        let (to, byte, n) = self.params();
        let wide = spread(&mut self.b, byte, self.wide);
        let round = vec![wide; ROUND as usize / self.wide.bytes() as usize];
        let short = self.at_least(n, ROUND + 1);
        let last_to = self.before_end(to, n, ROUND);
        let last = self.b.ins().iadd_imm_s(n, -ROUND);
        self.rounds(last, false, |r, i| {
            let dst = r.b.ins().iadd(to, i);
            r.store(&round, dst);
        });
        self.store(&round, last_to);
        self.b.ins().return_(&[]);
        self.b.switch_to_block(short);
        self.short(n, |r, least, ty| {
            let value = if ty == r.wide { wide } else { spread(&mut r.b, byte, ty) };
            let values = vec![value; least as usize / ty.bytes() as usize];
            let last_to = r.before_end(to, n, least);
            r.store(&values, to);
            r.store(&values, last_to);
        });
    }

    /// `(a, b, n) -> i32`
    pub(super) fn mem_compare(&mut self) {
        let (x, y, n) = self.params();
        let short = self.at_least(n, 8);
        let head = self.b.create_block();
        let i = self.b.append_block_param(head, PTR);
        let (zero, last) = (self.b.ins().iconst(PTR, 0), self.b.ins().iadd_imm_s(n, -8));
        self.b.ins().jump(head, &[BlockArg::Value(zero)]);
        self.b.switch_to_block(head);
        self.unless_equal(x, y, i, types::I64);
        // The last eight bytes overlap others, which are equal.
        let (step, end) = (self.b.create_block(), self.b.create_block());
        let next = self.b.ins().iadd_imm_s(i, 8);
        let more = self.b.ins().icmp(IntCC::UnsignedLessThan, next, last);
        self.b.ins().brif(more, head, &[BlockArg::Value(next)], step, &[]);
        self.b.switch_to_block(step);
        self.unless_equal(x, y, last, types::I64);
        self.b.ins().jump(end, &[]);
        self.b.switch_to_block(end);
        let equal = self.b.ins().iconst(types::I32, 0);
        self.b.ins().return_(&[equal]);
        self.b.switch_to_block(short);
        for ty in [types::I32, types::I16, types::I8] {
            let size = i64::from(ty.bytes());
            let less = self.at_least(n, size);
            let zero = self.b.ins().iconst(PTR, 0);
            self.unless_equal(x, y, zero, ty);
            let last = self.b.ins().iadd_imm_s(n, -size);
            self.unless_equal(x, y, last, ty);
            self.b.ins().jump(end, &[]);
            self.b.switch_to_block(less);
        }
        self.b.ins().jump(end, &[]);
    }

    /// Returns which of two units is the lesser, bytes in order of address, unless they are equal.
    fn unless_equal(&mut self, x: Value, y: Value, at: Value, ty: ir::Type) {
        let (p, q) = (self.b.ins().iadd(x, at), self.b.ins().iadd(y, at));
        let v = self.b.ins().load(ty, unaligned(), p, 0);
        let w = self.b.ins().load(ty, unaligned(), q, 0);
        let (same, differ) = (self.b.create_block(), self.b.create_block());
        let equal = self.b.ins().icmp(IntCC::Equal, v, w);
        self.b.ins().brif(equal, same, &[], differ, &[]);
        self.b.switch_to_block(differ);
        let (v, w) = match ty {
            types::I8 => (v, w),
            _ => (self.b.ins().bswap(v), self.b.ins().bswap(w)),
        };
        let less = self.b.ins().icmp(IntCC::UnsignedLessThan, v, w);
        let (below, above) = (self.b.ins().iconst(types::I32, -1), self.b.ins().iconst(types::I32, 1));
        let result = self.b.ins().select(less, below, above);
        self.b.ins().return_(&[result]);
        self.b.switch_to_block(same);
    }
}

fn unaligned() -> MemFlagsData {
    MemFlagsData::new().with_notrap()
}
