//! Facts about bodies and programs, one analysis a file.

pub mod liveness;
pub mod uses;

pub use liveness::Liveness;
pub use uses::{Uses, written_first};
