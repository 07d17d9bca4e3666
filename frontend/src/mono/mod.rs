//! From generic bodies to a monomorphic program.
//!
//! In: a typing context and the functions a program starts from. Out: a [`Program`] closed under calls. A worklist of
//! [`Instance`]s: each body is substituted, normalised, and every callee in it resolved, which finds further instances.
//! What has no source (drop glue, clones, record form, constructors as functions) gets its body here (`glue`).
//!
//! [`Collector`] stays usable: task inference asks it for `std::rt` functions of the types that cross a boundary.

mod builder;
mod call;
mod collector;
mod constant;
mod glue;
mod instantiate;
mod name;
mod plain;
pub mod program;
mod shape;
mod type_name;
mod virtuals;

pub use collector::{Collector, collect};
pub use program::*;
