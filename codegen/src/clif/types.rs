//! How MIR types and signatures become Cranelift's.

use cloudc_analysis::layout::{Abi, Prim};
use cloudc_frontend::mir::{Body, Local};
use cloudc_frontend::ty::{FnSig, Ty};
use cranelift_codegen::ir::{self, AbiParam, Signature, types};
use cranelift_module::Module;

use super::TaskCx;
use crate::passing::{parts, returned_in_registers};

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

impl TaskCx<'_> {
    /// The shape of a value of this type.
    pub(super) fn abi(&self, ty: Ty) -> Abi {
        self.layouts.of(ty).abi
    }

    /// The machine signature of a body.
    pub(super) fn signature(&self, body: &Body) -> Signature {
        let inputs = (1..=body.arg_count).map(|i| body.locals[Local(i as u32)].ty);
        self.machine_signature(inputs, body.locals[Local(0)].ty)
    }

    /// The machine signature behind a function pointer.
    pub(super) fn pointer_signature(&self, sig: &FnSig) -> Signature {
        self.machine_signature(sig.inputs.iter().copied(), sig.output)
    }

    fn machine_signature(&self, inputs: impl Iterator<Item = Ty>, output: Ty) -> Signature {
        let mut signature = self.module.make_signature();
        signature.params.push(AbiParam::new(PTR));
        let result = self.abi(output);
        if returned_in_registers(result) {
            for prim in parts(result) {
                signature.returns.push(AbiParam::new(prim_type(prim)));
            }
        } else {
            signature.params.push(AbiParam::new(PTR));
        }
        for input in inputs {
            match self.abi(input) {
                Abi::Memory => signature.params.push(AbiParam::new(PTR)),
                abi => signature.params.extend(parts(abi).map(|p| AbiParam::new(prim_type(p)))),
            }
        }
        signature
    }
}
