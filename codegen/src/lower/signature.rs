//! How values travel between functions: the run's state first, then the address of a result that does not fit in
//! registers, then each MIR parameter as zero, one or two machine values, or as the address of memory the callee owns.

use cloudc_analysis::layout::{Abi, Layouts, Prim};
use cloudc_frontend::mir::{Body, Local};
use cloudc_frontend::ty::{FnSig, Ty};

/// The machine signature of a function.
pub(crate) struct Signature {
    pub params: Vec<Param>,
    pub result: Abi,
    pub result_ty: Ty,
}

/// One machine parameter.
pub(crate) struct Param {
    pub prim: Prim,
    #[cfg_attr(not(feature = "llvm"), expect(dead_code, reason = "only LLVM is told what types promise"))]
    pub role: Role,
}

/// What a machine parameter is.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "llvm"), expect(dead_code, reason = "only LLVM is told what types promise"))]
pub(crate) enum Role {
    /// The run's state.
    State,
    /// Where the result is written.
    Result(Ty),
    /// A part of a MIR parameter of this type.
    Part(Ty, usize),
    /// The address of a MIR parameter of this type, which the callee owns.
    Owned(Ty),
}

impl Signature {
    /// Of a body.
    pub fn of_body(layouts: &Layouts<'_>, body: &Body) -> Signature {
        let inputs = (1..=body.arg_count).map(|i| body.locals[Local(i as u32)].ty);
        Signature::new(layouts, inputs, body.return_ty())
    }

    /// Of what a function pointer points to.
    pub fn of_pointer(layouts: &Layouts<'_>, sig: &FnSig) -> Signature {
        Signature::new(layouts, sig.inputs.iter().copied(), sig.output)
    }

    fn new(layouts: &Layouts<'_>, inputs: impl Iterator<Item = Ty>, output: Ty) -> Signature {
        let mut params = vec![Param { prim: Prim::Ptr, role: Role::State }];
        let result = layouts.of(output).abi;
        if !returned_in_registers(result) {
            params.push(Param { prim: Prim::Ptr, role: Role::Result(output) });
        }
        for input in inputs {
            match layouts.of(input).abi {
                Abi::Memory => params.push(Param { prim: Prim::Ptr, role: Role::Owned(input) }),
                abi => params.extend(
                    parts(abi).enumerate().map(|(part, prim)| Param { prim, role: Role::Part(input, part) }),
                ),
            }
        }
        Signature { params, result, result_ty: output }
    }

    /// The machine values that are returned in registers.
    pub fn results(&self) -> impl Iterator<Item = Prim> + use<> {
        parts(if returned_in_registers(self.result) { self.result } else { Abi::Memory })
    }
}

/// Whether a result of this shape is returned in registers.
pub(super) fn returned_in_registers(abi: Abi) -> bool {
    match abi {
        Abi::Zst | Abi::Scalar(_) => true,
        Abi::Pair(a, b, _) => a != Prim::I128 && b != Prim::I128,
        Abi::Memory => false,
    }
}

/// The machine values of a shape that is not in memory.
pub(super) fn parts(abi: Abi) -> impl Iterator<Item = Prim> {
    let (first, second) = match abi {
        Abi::Zst | Abi::Memory => (None, None),
        Abi::Scalar(a) => (Some(a), None),
        Abi::Pair(a, b, _) => (Some(a), Some(b)),
    };
    first.into_iter().chain(second)
}
