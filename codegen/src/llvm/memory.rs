//! Addresses, loads and stores; copying and filling memory by LLVM's intrinsics: inline when small and of known size, else a
//! call of one of `routines.ll`.

use cloudc_analysis::layout::Prim;
use cloudc_frontend::ty::Ty;

use super::function::FnCx;
use super::ir::{Value, machine_type};
use crate::lower::{Addr, Memory, Overlap, Scalars, Size};

/// The routines an intrinsic may become a call of. They are part of every module; the linker keeps those in use.
pub(super) const ROUTINES: &str = include_str!("routines.ll");

impl Memory for FnCx<'_, '_> {
    type Memory = Value;
    const FOLLOWS_VALUES: bool = true;

    fn frame(&mut self, size: u64, align: u64) -> Value {
        self.w.slot(format_args!("[{size} x i8]"), align)
    }

    fn given(&mut self, address: Value) -> Value {
        address
    }

    fn address_of(&mut self, memory: Value) -> Value {
        memory
    }

    fn address(&mut self, Addr { base, offset }: Addr<Value>) -> Value {
        if offset == 0 {
            return base;
        }
        self.w.value(Prim::Ptr, format_args!("getelementptr inbounds nuw i8, ptr {base}, i64 {offset}"))
    }

    /// An index is below a length that was checked, so it is never negative.
    fn element(&mut self, base: Addr<Value>, index: Value, stride: u64) -> Addr<Value> {
        let base = self.address(base);
        Addr::of(self.w.value(
            Prim::Ptr,
            format_args!("getelementptr inbounds nuw [{stride} x i8], ptr {base}, {index:#}"),
        ))
    }

    fn offset(&mut self, pointer: Value, count: Value, size: u64) -> Value {
        self.w.value(Prim::Ptr, format_args!("getelementptr inbounds [{size} x i8], {pointer:#}, {count:#}"))
    }

    fn shorten(&mut self, len: Value, by: u64) -> Value {
        self.w.value(Prim::I64, format_args!("sub nuw i64 {len}, {by}"))
    }

    fn scale(&mut self, count: Value, size: u64) -> Value {
        self.w.value(Prim::I64, format_args!("mul nuw i64 {count}, {size}"))
    }

    fn load(&mut self, addr: Addr<Value>, prim: Prim, align: u64, (ty, part): (Ty, u64)) -> Value {
        let pointer = self.address(addr);
        let facts = self.cx.load_facts(ty, prim, part);
        let (text, align) = (machine_type(prim), prim.size().min(align));
        self.w.value(prim, format_args!("load {text}, ptr {pointer}, align {align}{facts}"))
    }

    fn store(&mut self, addr: Addr<Value>, value: Value) {
        let pointer = self.address(addr);
        self.w.line(format_args!("store {value:#}, ptr {pointer}, align {}", value.prim.size()));
    }

    fn copy(&mut self, to: Addr<Value>, from: Addr<Value>, size: u64, align: u64) {
        let (to, from) = (self.address(to), self.address(from));
        self.copy_many(Overlap::Never, to, from, Size::Known(size), align);
    }

    fn copy_many(&mut self, overlap: Overlap, to: Value, from: Value, size: Size<Value>, align: u64) {
        let name = match overlap {
            Overlap::Possible => "memmove",
            Overlap::Never => "memcpy",
        };
        let bytes = bytes(size);
        self.w.line(format_args!(
            "call void @llvm.{name}.p0.p0.i64(ptr align {align} {to}, ptr align {align} {from}, {bytes:#}, i1 false)"
        ));
    }

    fn fill(&mut self, to: Addr<Value>, byte: Value, size: Size<Value>) {
        let (to, bytes) = (self.address(to), bytes(size));
        let byte = self.reinterpret(byte, Prim::I8);
        self.w.line(format_args!("call void @llvm.memset.p0.i64({to:#}, {byte:#}, {bytes:#}, i1 false)"));
    }

    fn compare(&mut self, a: Value, b: Value, len: Value) -> Value {
        self.w.value(Prim::I32, format_args!("call i32 @memcmp({a:#}, {b:#}, {len:#})"))
    }

    fn hide(&mut self, addr: Addr<Value>) {
        let pointer = self.address(addr);
        self.w.line(format_args!("call void asm sideeffect \"\", \"r,~{{memory}}\"({pointer:#})"));
    }
}

fn bytes(size: Size<Value>) -> Value {
    match size {
        Size::Known(size) => Value::usize(size),
        Size::Computed(bytes) => bytes,
    }
}
