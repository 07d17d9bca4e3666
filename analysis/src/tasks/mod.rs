//! Where a program is cut into tasks, and the program after the cut.
//!
//! In: a monomorphic [`Program`] in which library loops are still whole, and its entries. Out: an [`Inferred`]: the
//! tasks, each with a root function that fetches its inputs and hands over its outputs, and a verdict for every call
//! and loop of the user's files. Nothing is spawned by the user; nothing is cut unless the rules of `docs/inference.md`
//! prove that the answer stays the same, or a check at run time falls back to the sequential loop.
//!
//! Reading order: [`boundary`] (what may cross), [`effects`] (what code does besides computing), [`cost`] (what it is
//! worth), [`profile`] (what it was measured to be worth), [`recursion`] (functions that call themselves),
//! `counting` (`while` loops that are `for` loops), [`iteration`] (which loops step through something that can be split), [`roles`] (what a loop does with the
//! variables around it), then the cut itself: [`range`] (the loop's body as a task), [`coordinate`] (the loop's place in its
//! function), [`calls`] (independent calls), `lines` (how long their results can wait), `looked_at` (results that need not be copied), `sharing` (what is frozen once for
//! many runs), [`versions`] (of a function), [`entry`], and what people see: [`names`], [`explain`], [`graph`].

pub mod boundary;
pub mod calls;
pub mod coordinate;
pub mod cost;
mod counting;
pub mod effects;
pub mod emit;
pub mod entry;
pub mod explain;
pub mod flow;
pub mod graph;
pub mod iteration;
mod lines;
mod looked_at;
pub mod names;
pub mod profile;
pub mod range;
pub mod recursion;
pub mod roles;
mod sharing;
pub mod versions;

use std::collections::HashMap;

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::FuncId;
use cloudc_frontend::mono::Program;
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::{GenericArg, Ty};

pub use entry::{EntryRequest, infer};
pub use explain::{Decision, Verdict};
pub use profile::Profile;

cloudc_frontend::newtype_index!(
    /// A task of a program.
    TaskId,
    "t"
);

/// Makes functions of our std for the types inference meets; the collector of monomorphic instances.
pub trait Instances {
    /// The program so far; grows with every request.
    fn program(&self) -> &Program;
    /// The program, to be changed.
    fn program_mut(&mut self) -> &mut Program;
    /// The instance of a lang function with these type arguments; `None` if std has no such function.
    fn lang(&mut self, name: &str, args: &[GenericArg]) -> Option<FuncId>;
    /// A type of our std, by lang item, with these arguments.
    fn lang_ty(&mut self, name: &str, args: &[GenericArg]) -> Option<Ty>;
    /// `extent` and `slice` of an iterator that can be split, if it can.
    fn splittable(&mut self, iterator: Ty) -> Option<(FuncId, FuncId)>;
}

/// How eagerly to cut.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// Where the work behind a boundary pays for it.
    #[default]
    Auto,
    /// Wherever it is legal; for tests.
    Always,
    /// Nowhere.
    Never,
}

/// What decides the cut beside the program.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Options {
    /// How eagerly.
    pub mode: Mode,
    /// Scale of the work in one chunk.
    pub grain: f64,
    /// Exactly this many chunks.
    pub chunks: Option<u64>,
}

impl Default for Options {
    fn default() -> Self {
        Options { mode: Mode::Auto, grain: 1.0, chunks: None }
    }
}

/// Work is counted in units of 0.4 ns of optimised code.
pub const UNITS_PER_MICROSECOND: u64 = 2_500;

impl Options {
    /// Least work that is worth a boundary: 200 µs.
    pub fn threshold(&self) -> u64 {
        if self.mode == Mode::Always { 0 } else { 200 * UNITS_PER_MICROSECOND }
    }
    /// Work wanted in one chunk: 1 ms, scaled by `grain`.
    pub fn chunk_work(&self) -> u64 {
        ((1_000 * UNITS_PER_MICROSECOND) as f64 * self.grain.clamp(1e-3, 1e3)) as u64
    }
    /// The forced number of chunks, 0 if the estimate decides.
    pub fn forced_chunks(&self) -> u64 {
        match (self.chunks, self.mode) {
            (Some(n), _) => n.max(1),
            (None, Mode::Always) => 3,
            (None, _) => 0,
        }
    }
}

/// A program after the cut.
#[derive(Clone, Debug, Default)]
pub struct Inferred {
    /// Tasks; a task spawns only tasks with smaller numbers.
    pub tasks: IndexVec<TaskId, Task>,
    /// What was decided for each call and loop of the user's files, in source order.
    pub verdicts: Vec<Verdict>,
}

/// A task.
#[derive(Clone, Debug)]
pub struct Task {
    /// What people know it by: the function, or the function and line of a loop.
    pub name: String,
    /// What it is.
    pub kind: TaskKind,
    /// A function without parameters that fetches the inputs and hands over the outputs.
    pub root: FuncId,
    /// Inputs in order.
    pub inputs: Vec<Port>,
    /// Outputs in order.
    pub outputs: Vec<Port>,
    /// The output that takes printed text.
    pub text_output: Option<u32>,
    /// Where it asks for other runs.
    pub spawns: Vec<Spawn>,
    /// Estimated work as people read it: an expression over sizes.
    pub work: String,
    /// What it does besides computing.
    pub effects: effects::Effects,
    /// Where it stands.
    pub span: Span,
}

/// Kinds of tasks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TaskKind {
    /// What a host is asked for: a function whose result is its outputs.
    Entry,
    /// What a host is asked for: a function that prints and ends, and may read by name.
    Program,
    /// A call.
    Leaf,
    /// A part of a loop.
    Range,
}

impl TaskKind {
    /// Whether a host is asked for it from outside.
    pub fn is_entry(self) -> bool {
        matches!(self, TaskKind::Entry | TaskKind::Program)
    }
}

/// An input or output.
#[derive(Clone, Debug)]
pub struct Port {
    /// Name.
    pub name: String,
    /// Type of the value in the object.
    pub ty: Ty,
    /// How the value lies there.
    pub form: Form,
}

/// How a value lies in an object (`docs/abi.md`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// In the name itself.
    Literal,
    /// Elements without pointers, one after another.
    Raw,
    /// Root, pointer part, payload, bitmap.
    Record,
    /// Printed text.
    Text,
}

/// A place that asks for runs.
#[derive(Clone, Debug)]
pub struct Spawn {
    /// Of which task.
    pub task: TaskId,
    /// Where.
    pub span: Span,
    /// The condition under which it does, as people read it; `None` if always.
    pub guard: Option<String>,
    /// Number of runs, as people read it.
    pub fan_out: String,
}

/// The 32 bytes that stand for a task's image name until it is linked.
pub fn placeholder(task: TaskId) -> [u8; 32] {
    let mut bytes = *b"\xffcloudc image name of task \0\0\0\0\xff";
    bytes[27..31].copy_from_slice(&task.0.to_le_bytes());
    bytes
}

/// Puts the names of linked images where code names their tasks.
pub fn set_image_names(program: &mut Program, names: &[(TaskId, [u8; 32])]) {
    use cloudc_frontend::mir::visit::VisitorMut;
    use cloudc_frontend::mir::{Constant, ConstantKind, Location};
    struct Replace(HashMap<[u8; 32], [u8; 32]>);
    impl VisitorMut for Replace {
        fn visit_constant(&mut self, constant: &mut Constant, _at: Location) {
            if let ConstantKind::Data(bytes) = &mut constant.kind
                && let Some(name) = self.0.get(&bytes[..])
            {
                *bytes = (*name).into();
            }
        }
    }
    let mut replace = Replace(names.iter().map(|(task, name)| (placeholder(*task), *name)).collect());
    for function in program.functions.iter_mut() {
        replace.visit_body(&mut function.body);
    }
}
