//! MIR of one task to one relocatable object.
//!
//! In: a monomorphic [`Program`] in `Phase::Lean`, a root function without parameters, what the task's note must
//! say. Out: an ELF object that holds every function the root reaches, an exported `entry` with the ABI of
//! `docs/abi.md` §4, the task's note, and a table of the source positions its failure sites stand for.
//!
//! Reading order: [`target`], [`task`] (what is asked), [`reach`] (what goes in), [`clif`] (how).

pub mod clif;
pub mod reach;
pub mod target;
pub mod task;

pub use target::Target;
pub use task::{SourcePosition, TaskNote, TaskObject, TaskRequest};

/// Compiles one task.
///
/// # Errors
/// A message if the back end refuses a function: a limit of the back end (for example a stack frame too large), never a mistake
/// of the user's program.
pub fn compile_task(request: &TaskRequest<'_>) -> Result<TaskObject, String> {
    clif::compile(request)
}
