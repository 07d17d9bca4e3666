//! Executes runs.
//!
//! In: a run whose inputs are at hand. Out: outputs, requests for other runs, or a failure.
//!
//! - [`inprocess`]: calls the image in this process, on a stack of its own.

pub mod inprocess;
