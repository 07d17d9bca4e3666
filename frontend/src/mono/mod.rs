//! From generic bodies to a monomorphic program.

pub mod program;

pub use program::*;
