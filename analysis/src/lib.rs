//! Facts, transforms, task inference and the reference interpreter over MIR.

pub mod dataflow;
pub mod facts;
pub mod instances;
pub mod interp;
pub mod layout;
pub mod scalar;
pub mod tasks;
pub mod transform;
