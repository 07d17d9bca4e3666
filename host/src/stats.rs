//! Counts and records what happened while a program ran.
//!
//! In: events from the workers. Out: `Stats` and, if asked for, one `RunTrace` per run.

use std::time::Duration;

use cloudc_abi::Name;

/// Numbers about one call of `Host::run`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Runs that were executed to an end.
    pub runs: u64,
    /// Runs that were asked for, without repetitions.
    pub spawned: u64,
    /// Runs whose results were known under their own name.
    pub memo_hits: u64,
    /// Runs whose results were known under their inputs' content names.
    pub cut_offs: u64,
    /// Times a run waited for an object and was parked.
    pub parked: u64,
    /// Runs that were dropped while waiting, to be repeated later.
    pub restarts: u64,
    /// Runs that failed.
    pub failed: u64,
    /// Bytes of committed outputs and objects.
    pub bytes: u64,
    /// Calls that tasks made.
    pub calls: u64,
    /// From the request to the result.
    pub elapsed: Duration,
}

impl Stats {
    pub(crate) fn add(&mut self, other: &Stats) {
        self.runs += other.runs;
        self.spawned += other.spawned;
        self.memo_hits += other.memo_hits;
        self.cut_offs += other.cut_offs;
        self.parked += other.parked;
        self.restarts += other.restarts;
        self.failed += other.failed;
        self.bytes += other.bytes;
        self.calls += other.calls;
    }
}

/// One run, for pictures of an execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunTrace {
    /// The task.
    pub task: Name,
    /// The inputs.
    pub inputs: Vec<Name>,
    /// The outputs; the first is the name of the run.
    pub outputs: Vec<Name>,
    /// The run that asked for it, unless it was asked for from outside.
    pub parent: Option<Name>,
    /// Where in the parent's program it was asked for.
    pub site: u32,
    /// The worker that finished it.
    pub worker: usize,
    /// When it started, since the request from outside.
    pub start: Duration,
    /// When it ended.
    pub end: Duration,
    /// How much of that time it was executing, not waiting.
    pub busy: Duration,
    /// How it ended.
    pub outcome: Outcome,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was executed.
    Executed,
    /// Its results were known under its own name.
    Remembered,
    /// Its results were known under its inputs' content names.
    CutOff,
    /// It failed with this code.
    Failed(u32),
}
