//! How MIR types and signatures become LLVM's.

use cloudc_analysis::layout::{Abi, Prim};
use cloudc_frontend::mir::{Body, Local};
use cloudc_frontend::ty::{FnSig, Ty};

use super::TaskCx;
use super::ir::machine_type;
use crate::passing::{parts, returned_in_registers};

/// One machine parameter.
pub(super) struct Param {
    pub prim: Prim,
    pub role: Role,
}

/// What a machine parameter is.
#[derive(Clone, Copy)]
pub(super) enum Role {
    /// The run's state.
    State,
    /// Where the result is written.
    Result(Ty),
    /// A part of a MIR parameter of this type.
    Part(Ty, usize),
    /// The address of a MIR parameter of this type, which the callee owns.
    Owned(Ty),
}

/// The machine signature of a function.
pub(super) struct Signature {
    pub params: Vec<Param>,
    pub result: Abi,
    pub result_ty: Ty,
}

impl Signature {
    /// `void`, a machine type, or a pair of them.
    pub fn result_text(&self) -> String {
        match self.result {
            Abi::Scalar(p) => machine_type(p).to_string(),
            Abi::Pair(p, q, _) if returned_in_registers(self.result) => {
                format!("{{ {}, {} }}", machine_type(p), machine_type(q))
            }
            _ => "void".to_string(),
        }
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
        self.machine_signature(inputs, body.return_ty())
    }

    /// The machine signature behind a function pointer.
    pub(super) fn pointer_signature(&self, sig: &FnSig) -> Signature {
        self.machine_signature(sig.inputs.iter().copied(), sig.output)
    }

    fn machine_signature(&self, inputs: impl Iterator<Item = Ty>, output: Ty) -> Signature {
        let mut params = vec![Param { prim: Prim::Ptr, role: Role::State }];
        let result = self.abi(output);
        if !returned_in_registers(result) {
            params.push(Param { prim: Prim::Ptr, role: Role::Result(output) });
        }
        for input in inputs {
            match self.abi(input) {
                Abi::Memory => params.push(Param { prim: Prim::Ptr, role: Role::Owned(input) }),
                abi => params.extend(
                    parts(abi).enumerate().map(|(part, prim)| Param { prim, role: Role::Part(input, part) }),
                ),
            }
        }
        Signature { params, result, result_ty: output }
    }
}
