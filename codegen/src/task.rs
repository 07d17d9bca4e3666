//! What is asked of a back end, and what it gives back.

use std::collections::BTreeMap;

use cloudc_frontend::mir::FuncId;
use cloudc_frontend::mono::Program;
use cloudc_frontend::source::Span;

/// One task to compile.
#[derive(Clone, Copy)]
pub struct TaskRequest<'a> {
    /// The program.
    pub program: &'a Program,
    /// The function that is the task: no parameters, result `()`. It fetches its inputs and commits its outputs itself.
    pub root: FuncId,
    /// What the image's note says.
    pub note: &'a TaskNote,
}

/// Says where a span is.
pub type Positions<'a> = &'a (dyn Fn(Span) -> Option<SourcePosition> + Sync);

/// A place in a source file, for debuggers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourcePosition {
    /// The file, as it is shown.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// The part of `abi::TaskNote` that the compiler's driver decides. The default is a task that neither takes, gives nor does anything.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct TaskNote {
    /// `NONDET`, `MAY_WAIT`, `SPAWNS` and so on.
    pub flags: u32,
    /// Bit i: table slot i may be called.
    pub calls: u32,
    /// Number of inputs; `u32::MAX` for any number.
    pub n_inputs: u32,
    /// Number of outputs.
    pub n_outputs: u32,
    /// Stack bytes, a multiple of 4096.
    pub stack: u32,
    /// Heap bytes granted at entry.
    pub heap: u64,
    /// Heap limit; 0 leaves it to the host.
    pub heap_max: u64,
    /// The output that holds printed text, if the task prints.
    pub text_output: Option<u32>,
    /// The input that lists the names of the inputs after it, if the task reads inputs by name.
    pub named_inputs: Option<u32>,
    /// Size bound of each output; `u64::MAX` for unknown.
    pub output_bounds: Vec<u64>,
    /// The task's manifest entry, as it stands in the image.
    pub manifest: Vec<u8>,
}

/// A compiled task.
#[derive(Clone, Debug)]
pub struct TaskObject {
    /// The relocatable ELF object.
    pub bytes: Vec<u8>,
    /// The source position each failure site number of the task stands for.
    pub sites: BTreeMap<u32, Span>,
    /// Number of functions in it.
    pub functions: usize,
}
