//! Facts, transforms, task inference and the reference interpreter over MIR.

pub mod layout;
