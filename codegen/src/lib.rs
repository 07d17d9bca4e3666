//! MIR of one task to one relocatable object.
//!
//! In: a monomorphic [`Program`] in `Phase::Lean`, a root function without parameters, what the task's note must
//! say. Out: an ELF object that holds every function the root reaches, an exported `entry` with the ABI of
//! `docs/abi.md` §4, the task's note, and a table of the source positions its failure sites stand for.
//!
//! Reading order: [`target`], [`task`] (what is asked), `build` (what tasks share), [`reach`] (what goes in), `sites`, `lower` (what MIR means, in any back
//! end), [`clif`] (how a machine is told); `llvm`, behind the feature of that name, has the same files for the same jobs.

mod build;
pub mod clif;
#[cfg(feature = "llvm")]
pub mod llvm;
mod lower;
mod note;
pub mod reach;
mod sites;
pub mod target;
pub mod task;

pub use build::{Build, Settings};
pub use target::{Backend, Level, Target};
pub use task::{Positions, SourcePosition, TaskNote, TaskObject, TaskRequest};

/// Whether a back end is built in.
pub fn is_available(backend: Backend) -> bool {
    backend == Backend::Clif || cfg!(feature = "llvm")
}
