//! MIR of one task to one relocatable object.
//!
//! In: a monomorphic [`Program`] in `Phase::Lean`, a root function without parameters, what the task's note must
//! say. Out: an ELF object that holds every function the root reaches, an exported `entry` with the ABI of
//! `docs/abi.md` §4, the task's note, and a table of the source positions its failure sites stand for.
//!
//! Reading order: [`target`], [`task`] (what is asked), [`reach`] (what goes in), `lower` (what MIR means, in any back
//! end), [`clif`] (how a machine is told); `llvm`, behind the feature of that name, has the same files for the same jobs.

pub mod clif;
#[cfg(feature = "llvm")]
pub mod llvm;
mod lower;
mod note;
pub mod reach;
pub mod target;
pub mod task;

pub use target::{Backend, Level, Target};
pub use task::{SourcePosition, TaskNote, TaskObject, TaskRequest};

/// Compiles one task.
///
/// # Errors
/// A message if the back end refuses a function: a limit of the back end (for example a stack frame too large), never a mistake
/// of the user's program.
pub fn compile_task(request: &TaskRequest<'_>) -> Result<TaskObject, String> {
    match request.backend {
        Backend::Clif => clif::compile(request),
        #[cfg(feature = "llvm")]
        Backend::Llvm => llvm::compile(request),
        #[cfg(not(feature = "llvm"))]
        Backend::Llvm => Err("cloudc was built without LLVM".to_string()),
    }
}

/// Whether a back end is built in.
pub fn is_available(backend: Backend) -> bool {
    backend == Backend::Clif || cfg!(feature = "llvm")
}

/// What LLVM is given for a task, and what it makes of it, in its textual form; for people.
///
/// # Errors
/// A limit of the back end, or that it is not built in.
pub fn llvm_text(request: &TaskRequest<'_>) -> Result<[String; 2], String> {
    #[cfg(feature = "llvm")]
    return llvm::text(request);
    #[cfg(not(feature = "llvm"))]
    Err(format!("cloudc was built without LLVM, for {}", request.target.name()))
}
