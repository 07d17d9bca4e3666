//! Type checking of bodies.

pub mod results;
