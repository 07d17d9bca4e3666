//! Facts, transforms, task inference and the reference interpreter over MIR.

pub mod layout;
pub mod scalar;

pub mod interp;

pub mod dataflow;
pub mod facts;
pub mod transform;

pub mod instances;
pub mod tasks;
