//! The reference interpreter: what a program does, step by step, without any back end.
//!
//! In: a monomorphic [`Program`] and a function. Out: an [`Outcome`], the printed text, the bytes of the outputs. Values
//! lie in simulated memory with the layouts of [`layout`](crate::layout), so that whatever `std` does with raw
//! pointers works here as it does in an image. A task's calls of its host go through the trait [`Host`].
//!
//! What it does not see: uninitialised memory (it reads as zero) and pointers that outlive what they point to.

mod code;
mod compile;
mod exec;
mod host;
mod intrinsic;
pub mod memory;

#[cfg(test)]
mod tests;

use cloudc_frontend::mir::FuncId;
use cloudc_frontend::mono::Program;
use cloudc_frontend::source::Span;

use crate::layout::Layouts;
pub(crate) use compile::tag_place;
pub use exec::Machine;
pub use host::{Host, Name, NoHost, Spawn};
pub(crate) use intrinsic::{Computed, arithmetic};

/// How a run ended.
#[derive(Clone, PartialEq, Debug)]
pub enum Outcome {
    /// The function returned; the bytes of its result.
    Returned(Vec<u8>),
    /// It failed, as the task ABI reports it.
    Panicked(Failure),
    /// `process::exit` with this status.
    Exited(i32),
    /// A limit was reached.
    Limit(Limit),
    /// The program did what no well-formed program does: a mistake in the compiler or in `std`.
    Fault(String),
}

/// A panic or failed check.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// As in the task ABI: 1 panic, 2 bounds, 3 overflow, 4 division by zero, 5 conversion, 6 heap.
    pub code: u32,
    /// Where; [`Span::NONE`] if it is not known.
    pub site: Span,
    /// What is said.
    pub message: String,
    /// For example the index out of bounds.
    pub detail: u64,
}

/// Limits of a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// Too many steps.
    Steps,
    /// Calls nested too deeply.
    Depth,
    /// Too much memory.
    Memory,
}

/// What a run may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Statements and terminators.
    pub steps: u64,
    /// Nested calls.
    pub depth: usize,
    /// Bytes of stack.
    pub stack: u64,
    /// Bytes in all, at most 4 GiB.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { steps: u64::MAX, depth: 100_000, stack: 64 << 20, memory: 2 << 30 }
    }
}

/// What a run gave.
#[derive(Clone, PartialEq, Debug)]
pub struct Run {
    /// How it ended.
    pub outcome: Outcome,
    /// The objects it put out, in order of the outputs; `None` for one that was bound or not written.
    pub outputs: Vec<Option<Vec<u8>>>,
    /// Steps done.
    pub steps: u64,
}

impl Run {
    /// Output 0 as text: what a `main` printed.
    pub fn text(&self) -> String {
        let bytes = self.outputs.first().and_then(|o| o.as_deref()).unwrap_or_default();
        String::from_utf8_lossy(bytes).into_owned()
    }
}

/// Runs a function without parameters and host, most often `main`. Output 0 of the result is what it printed.
pub fn run_main(program: &Program, main: FuncId, limits: Limits) -> Run {
    run_task(program, main, &[], &[], 1, Some(0), &mut NoHost, limits)
}

/// Runs a function as a task: with these argument bytes, input objects, and this many outputs, of which `text_output` is
/// the printed text.
pub fn run_task(
    program: &Program,
    function: FuncId,
    args: &[Vec<u8>],
    inputs: &[Vec<u8>],
    outputs: usize,
    text_output: Option<usize>,
    host: &mut dyn Host,
    limits: Limits,
) -> Run {
    let layouts = Layouts::new(program);
    let mut machine = Machine::new(&layouts, limits);
    machine.start(inputs, outputs, text_output);
    let outcome = machine.run_with_runtime(function, args, text_output, host);
    machine.finish(outcome)
}
