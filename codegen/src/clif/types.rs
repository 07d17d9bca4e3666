//! How machine types and signatures become Cranelift's.

use cloudc_analysis::layout::Prim;
use cranelift_codegen::ir::{self, AbiParam, types};

use super::code::CodeCx;
use crate::lower::Signature;

/// Addresses have 64 bits on every target.
pub(super) const PTR: ir::Type = types::I64;

/// The Cranelift type of a machine value.
pub(super) fn prim_type(prim: Prim) -> ir::Type {
    match prim {
        Prim::I8 => types::I8,
        Prim::I16 => types::I16,
        Prim::I32 => types::I32,
        Prim::I64 | Prim::Ptr => types::I64,
        Prim::I128 => types::I128,
        Prim::F32 => types::F32,
        Prim::F64 => types::F64,
    }
}

impl CodeCx<'_> {
    /// The signature in Cranelift's terms.
    pub(super) fn machine_signature(&self, signature: &Signature) -> ir::Signature {
        let mut machine = self.empty_signature();
        machine.params = signature.params.iter().map(|p| AbiParam::new(prim_type(p.prim))).collect();
        machine.returns = signature.results().map(|prim| AbiParam::new(prim_type(prim))).collect();
        machine
    }
}
