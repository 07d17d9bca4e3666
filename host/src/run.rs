//! A run that was asked for: its task, its inputs, its outputs as far as they are known, and who waits for them.
//!
//! In: requests. Out: the states that the scheduler moves a run through.
//!
//! A run's inputs are dropped when it has ended, so that a long chain of runs is not kept alive, or dropped, as one
//! deep structure. A run whose outputs are only known to be stored keeps them: it is executed after all if the
//! stored bytes turn out to be lost.
//!
//! Large outputs are let go when the run that asked for them has done with them, unless somebody else may want them
//! ([`Run::let_go`]). The names of the inputs stay: a run whose output was let go is executed again if it is wanted after all.
//!
//! Lock order: never two runs' states at once.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cloudc_abi::Name;

use crate::exec::inprocess::LaneRef;
use crate::exec::inprocess::TaskCode;
use crate::failure::Failure;
use crate::object::Object;
use crate::store::Found;

/// Its names do not fix its results: an input was made in this epoch only.
pub(crate) const TAINT_INPUT: u8 = 1;
/// Not even its inputs' contents fix its results.
pub(crate) const TAINT_SELF: u8 = 2;

/// A run.
pub(crate) struct Run {
    /// What is executed.
    pub task: Arc<TaskCode>,
    /// The names of its outputs; the first is the name of the run.
    pub names: Box<[Name]>,
    /// The version of its outputs.
    pub version: u64,
    /// The name of output 0 in version 0, if this is another version.
    pub base: Option<Name>,
    /// The run that asked for it, `Name::NONE` if it was asked for from outside.
    pub parent: Name,
    /// Where in the parent's program.
    pub site: u32,
    /// Inputs that are not there yet, and one while they are being counted.
    pub pending: AtomicU32,
    taint: AtomicU8,
    /// Whether others than the run that asked for it may want its outputs.
    is_wanted: AtomicBool,
    state: Mutex<RunState>,
}

/// A run that a task asked for and that nobody knows of yet.
pub(crate) struct Request {
    /// What is to be executed.
    pub task: Arc<TaskCode>,
    /// The names of the outputs.
    pub names: Box<[Name]>,
    /// Their version.
    pub version: u64,
    /// The name of output 0 in version 0, if this is another version.
    pub base: Option<Name>,
    /// The inputs.
    pub inputs: Box<[Name]>,
    /// Where in the program.
    pub site: u32,
}

/// What changes about a run.
pub(crate) struct RunState {
    /// Its inputs; empty once it has ended.
    pub inputs: Vec<Input>,
    /// The names of its inputs, if it has ended with outputs that may be let go.
    pub made_of: Box<[Name]>,
    /// Its outputs.
    pub outs: Box<[Out]>,
    /// Who waits, and for which output.
    pub waiters: Vec<(u32, Waiter)>,
    /// The names of its outputs by its inputs' contents, where they differ from its own.
    pub canonical: Option<Box<[Name]>>,
    /// How it failed the first time, if it is being tried again.
    pub first_failure: Option<u32>,
    /// When it started, counted from the start of the job: for the trace, and to know what its results cost.
    pub start: Option<Duration>,
}

/// One input of a run.
#[derive(Clone)]
pub(crate) enum Input {
    /// The name is the object.
    Literal(Name),
    /// An object that is there.
    Object(Name, Arc<Object>),
    /// An output of another run.
    Output(Name, Arc<Run>, u32),
    /// An input that is known to have failed.
    Failed(Name, Arc<FailureObject>),
    /// A well-known object.
    WellKnown(Name, u32),
    /// Nobody knows how to make it.
    Missing(Name),
}

/// One output of a run.
#[derive(Clone)]
pub(crate) enum Out {
    /// Not known.
    Pending,
    /// The store says it has it.
    Stored(Found),
    /// It was there, and nobody seemed to want it any more.
    Gone,
    /// Here it is.
    Ready(Arc<Object>),
    /// The run failed.
    Failed(Arc<FailureObject>),
}

/// A failure and its stored form.
pub(crate) struct FailureObject {
    /// What is said.
    pub failure: Failure,
    /// Whether it may be kept in the place of the result: it would fail again.
    pub is_kept: bool,
    /// The bytes under the run's names.
    pub object: Arc<Object>,
}

/// Who is told when an output is known.
pub(crate) enum Waiter {
    /// A run with this output as an input.
    Input(Arc<Run>),
    /// A run that bound its output to it.
    Alias(Arc<Run>, u32),
    /// A run that waits inside a call.
    Lane(LaneRef),
    /// The request from outside.
    Target,
}

impl Run {
    /// The run a request asks for.
    pub fn new(request: Request, parent: Name, inputs: Vec<Input>, taint: u8) -> Run {
        let outs = request.names.iter().map(|_| Out::Pending).collect();
        Run {
            task: request.task,
            names: request.names,
            version: request.version,
            base: request.base,
            parent,
            site: request.site,
            pending: AtomicU32::new(0),
            taint: AtomicU8::new(taint),
            is_wanted: AtomicBool::new(false),
            state: Mutex::new(RunState {
                inputs,
                made_of: Box::default(),
                outs,
                waiters: Vec::new(),
                canonical: None,
                first_failure: None,
                start: None,
            }),
        }
    }

    /// The name of the run.
    pub fn name(&self) -> Name {
        self.names[0]
    }

    /// The changing part.
    pub fn state(&self) -> MutexGuard<'_, RunState> {
        // Nothing panics while it holds the lock between two changes that belong together.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Why its results must not be kept under its names, as `TAINT_*` bits.
    pub fn taint(&self) -> u8 {
        self.taint.load(Ordering::Relaxed)
    }

    /// Adds a reason.
    pub fn add_taint(&self, taint: u8) {
        self.taint.fetch_or(taint, Ordering::Relaxed);
    }

    /// Keeps its outputs: others than the run that asked for it may want them.
    pub fn want(&self) {
        self.is_wanted.store(true, Ordering::Relaxed);
    }

    /// Drops output `seq` if it is large, now that the run that asked for it has done with it.
    pub fn let_go(&self, seq: u32) {
        if self.is_wanted.load(Ordering::Relaxed) || self.taint() != 0 {
            return;
        }
        let mut state = self.state();
        if state.made_of.is_empty() || !state.waiters.is_empty() {
            return;
        }
        let out = &mut state.outs[seq as usize];
        if matches!(out, Out::Ready(object) if object.has_own_pages()) {
            let dropped = std::mem::replace(out, Out::Gone);
            drop(state);
            drop(dropped);
        }
    }
}

impl RunState {
    /// Whether every output is known.
    pub fn is_settled(&self) -> bool {
        !self.outs.iter().any(|out| matches!(out, Out::Pending))
    }

    /// Whether every output is known and at hand, or can be made again.
    pub fn is_at_hand(&self) -> bool {
        self.outs.iter().all(|out| matches!(out, Out::Ready(_) | Out::Failed(_) | Out::Gone))
    }

    /// Takes the inputs of a run that has ended; their names stay if an output may be let go.
    pub fn take_inputs(&mut self) -> Vec<Input> {
        let inputs = std::mem::take(&mut self.inputs);
        if self.outs.iter().any(|out| matches!(out, Out::Ready(object) if object.has_own_pages())) {
            self.made_of = inputs.iter().map(Input::name).collect();
        }
        inputs
    }
}

impl Input {
    /// The input's name.
    pub fn name(&self) -> Name {
        match self {
            Input::Literal(name)
            | Input::Object(name, _)
            | Input::Output(name, ..)
            | Input::Failed(name, _)
            | Input::WellKnown(name, _)
            | Input::Missing(name) => *name,
        }
    }
}
