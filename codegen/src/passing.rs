//! How values travel between functions, the same in every back end.

use cloudc_analysis::layout::{Abi, Prim};

/// Whether a result of this shape is returned in registers.
pub fn returned_in_registers(abi: Abi) -> bool {
    match abi {
        Abi::Zst | Abi::Scalar(_) => true,
        Abi::Pair(a, b, _) => a != Prim::I128 && b != Prim::I128,
        Abi::Memory => false,
    }
}

/// The machine values of a shape that is not in memory.
pub fn parts(abi: Abi) -> impl Iterator<Item = Prim> {
    let (first, second) = match abi {
        Abi::Zst | Abi::Memory => (None, None),
        Abi::Scalar(a) => (Some(a), None),
        Abi::Pair(a, b, _) => (Some(a), Some(b)),
    };
    first.into_iter().chain(second)
}
