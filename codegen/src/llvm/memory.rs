//! Copying and filling memory, by LLVM's intrinsics: inline when small and of known size, else a call of one of `routines.ll`.

use cloudc_analysis::layout::{Layout, Prim};

use super::function::{Addr, FnCx};
use super::ir::Value;

/// The routines an intrinsic may become a call of. They are part of every module; the linker keeps those in use.
pub(super) const ROUTINES: &str = include_str!("routines.ll");

impl FnCx<'_, '_> {
    /// Copies a value; the ranges are the same or do not overlap.
    pub(super) fn copy_fixed(&mut self, to: Addr, from: Addr, layout: &Layout) {
        let (to, from) = (self.address(to), self.address(from));
        self.copy("memcpy", to, from, Value::usize(layout.size), layout.align);
    }

    /// Copies bytes between addresses of this alignment: `memcpy`, or `memmove` if the ranges may overlap.
    pub(super) fn copy(&mut self, how: &str, to: Value, from: Value, bytes: Value, align: u64) {
        self.w.line(format_args!(
            "call void @llvm.{how}.p0.p0.i64(ptr align {align} {to}, ptr align {align} {from}, {bytes:#}, i1 false)"
        ));
    }

    /// Fills bytes.
    pub(super) fn fill(&mut self, to: Value, byte: Value, bytes: Value) {
        let byte = self.reinterpret(byte, Prim::I8);
        self.w.line(format_args!("call void @llvm.memset.p0.i64({to:#}, {byte:#}, {bytes:#}, i1 false)"));
    }
}
