//! Facts, transforms, task inference and the reference interpreter over MIR.

pub mod interp;
pub mod layout;
pub mod scalar;
pub mod tasks;
