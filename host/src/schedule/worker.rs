//! Executes work on one thread until the job is over.
//!
//! In: work from the queues. Out: settled runs.
//!
//! A worker enters or resumes a lane and gets it back with the reason why control returned. If the run waits, the
//! worker parks the lane with whom it waits for and goes on. If too many runs are parked already, the run is
//! dropped and started again when the object is there: a run has no effects before it returns.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use cloudc_abi::{FailureCode, Name};

use super::job::{Job, Work};
use super::persist::{Finished, is_worth_storing};
use super::shared::Shared;
use crate::exec::inprocess::{self, Exit, Given, LaneRef, signals};
use crate::failure::Failure;
use crate::memory::Bump;
use crate::object::Object;
use crate::run::{Input, Out, Run, Waiter};
use crate::stats::{RunTrace, Stats};

/// With more runs parked than this, a run that waits is dropped and repeated.
const MAX_PARKED: usize = 512;
/// Finished runs are handed over to be stored in batches of this size.
const BATCH: usize = 1024;
/// Lanes a worker keeps for itself.
const MAX_OWN_LANES: usize = 16;

/// One thread of a job.
pub(crate) struct Worker {
    /// What outlives the job.
    pub shared: Arc<Shared>,
    /// The job.
    pub job: Arc<Job>,
    /// Its piece of the arena.
    pub bump: Bump,
    /// What it counted.
    pub stats: Stats,
    /// What it recorded.
    pub trace: Vec<RunTrace>,
    /// Runs it made known, to be looked through when the job is over.
    pub published: Vec<Arc<Run>>,
    /// Runs that became ready, in the order of their requests.
    pub(super) ready: Vec<Work>,
    /// Runs that are finished and not handed over.
    pub(super) finished: Vec<Arc<Run>>,
    /// Outputs that became known and have not been told to those who wait.
    pub(super) known: Vec<(Arc<Run>, u32, Out)>,
    /// Its number.
    pub(super) index: usize,
    objects: Vec<Arc<Object>>,
    lanes: Vec<LaneRef>,
    given: Vec<Given>,
    shuffle: Option<u64>,
}

/// Whether a run can be executed.
enum Gathered {
    Ready,
    /// Bytes that were believed to be stored are lost; the run waits again.
    Waiting,
    Failed(Failure),
}

impl Worker {
    /// A worker that has done nothing yet.
    pub fn new(shared: Arc<Shared>, job: Arc<Job>, index: usize, bump: Bump, shuffle: Option<u64>) -> Worker {
        Worker {
            shared,
            job,
            bump,
            stats: Stats::default(),
            trace: Vec::new(),
            published: Vec::new(),
            ready: Vec::new(),
            finished: Vec::new(),
            known: Vec::new(),
            index,
            objects: Vec::new(),
            lanes: Vec::new(),
            given: Vec::new(),
            shuffle: shuffle
                .map(|seed| seed.wrapping_add(index as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1),
        }
    }

    /// Executes work until the job is over.
    pub fn work(&mut self) {
        signals::install();
        let stack = signals::HandlerStack::new();
        if stack.is_err() {
            self.job.finish(FailureCode::HostLost);
        }
        self.job.enter(self.index);
        while !self.job.is_over() {
            match self.next() {
                Some(Work::Start(run)) => self.start(run),
                Some(Work::Resume(lane)) => {
                    self.job.parked.fetch_sub(1, Ordering::Relaxed);
                    self.go_on(lane);
                }
                None => self.job.sleep(),
            }
        }
        self.job.drain(self.index);
        self.hand_over();
        drop(stack);
    }

    /// Puts what became ready into the queue, so that the first is taken first.
    pub fn enqueue_ready(&mut self) {
        if !self.ready.is_empty() {
            self.job.push(self.index, self.ready.drain(..).rev());
        }
    }

    /// An object that a task made, to be stored.
    pub fn note_object(&mut self, object: Arc<Object>) {
        if self.shared.store.is_some() {
            self.objects.push(object);
        }
    }

    /// Time since the job started, if anybody wants to know.
    pub(super) fn now(&self) -> Duration {
        if self.job.traces { self.job.start.elapsed() } else { Duration::ZERO }
    }

    /// A run whose outputs are known, to be stored if that is worth it.
    pub(super) fn note_finished(&mut self, run: Arc<Run>) {
        if self.shared.store.is_some()
            && is_worth_storing(&run, self.job.start.elapsed(), &self.job.cheaply_stored)
        {
            run.want();
            self.finished.push(run);
            if self.finished.len() >= BATCH {
                self.hand_over();
            }
        }
    }

    pub(super) fn recycle(&mut self, lane: LaneRef) {
        // SAFETY: the caller has the lane and passes it on.
        let memory = unsafe { &mut *lane.as_ptr() };
        memory.reset();
        if self.lanes.len() < MAX_OWN_LANES {
            self.lanes.push(lane);
        } else {
            memory.give_back(0);
        }
        // The others are reclaimed when the job is over.
    }

    fn next(&mut self) -> Option<Work> {
        match &mut self.shuffle {
            None => self.job.take(self.index, None),
            Some(state) => {
                let mut choose = |len: usize| {
                    *state ^= *state << 13;
                    *state ^= *state >> 7;
                    *state ^= *state << 17;
                    (*state % len as u64) as usize
                };
                self.job.take(self.index, Some(&mut choose))
            }
        }
    }

    fn hand_over(&mut self) {
        let (runs, objects) = (std::mem::take(&mut self.finished), std::mem::take(&mut self.objects));
        if !(runs.is_empty() && objects.is_empty()) {
            self.shared.hand_over(Finished::Batch(runs, objects));
        }
    }

    /// Executes a run from its entry.
    fn start(&mut self, run: Arc<Run>) {
        if self.job.traces || self.shared.store.is_some() {
            let now = self.job.start.elapsed();
            run.state().start.get_or_insert(now);
        }
        match self.gather(&run) {
            Gathered::Ready => {}
            Gathered::Waiting => return,
            Gathered::Failed(failure) => return self.settle_failed(&run, failure, true),
        }
        if self.shared.cuts_off && self.cut_off(&run) {
            self.given.clear();
            return;
        }
        let lane = match self.lanes.pop() {
            Some(lane) => Ok(lane),
            None => self.shared.take_lane(&mut self.bump),
        };
        let shared = self.shared.clone();
        // SAFETY: the lane is free, so it is ours now.
        let prepared = lane.and_then(|lane| unsafe {
            let memory = &mut *lane.as_ptr();
            memory
                .prepare(&run, &mut self.given, shared.heap_reserve, &shared.arena, &mut self.bump)
                .map(|(cx, stack_top)| (lane, cx, stack_top))
        });
        let (lane, cx, stack_top) = match prepared {
            Ok(prepared) => prepared,
            Err(error) => {
                self.given.clear();
                let message = format!("no memory for a run: {error}");
                let failure =
                    Failure::noticed(FailureCode::HostLost, run.task.image.name, run.name(), message);
                return self.settle_failed(&run, failure, false);
            }
        };
        self.attach(lane);
        // SAFETY: the lane has just been prepared for this run and is attached to this worker, which is not
        // touched through `self` until control is back.
        let exit = unsafe { inprocess::enter(lane.as_ptr(), run.task.entry(), cx, stack_top) };
        self.detach(lane);
        self.follow(lane, exit);
    }

    /// Goes on with a run whose object may be there.
    fn go_on(&mut self, lane: LaneRef) {
        // SAFETY: whoever takes a parked lane from a queue has it alone.
        match unsafe { inprocess::answer(&mut *lane.as_ptr(), self) } {
            Some(answer) => {
                let exit = self.resume(lane, answer);
                self.follow(lane, exit);
            }
            // The object turned out to be lost; its run is on its way again.
            None => self.follow(lane, Exit::Parked),
        }
    }

    fn resume(&mut self, lane: LaneRef, answer: i64) -> Exit {
        self.attach(lane);
        // SAFETY: the lane is parked and ours; see `start` for the worker.
        let exit = unsafe { inprocess::resume(lane.as_ptr(), answer) };
        self.detach(lane);
        exit
    }

    /// Does what the reason for coming back asks for, until the lane is parked or free.
    fn follow(&mut self, lane: LaneRef, mut exit: Exit) {
        loop {
            if exit != Exit::Parked {
                self.end(lane, exit);
                self.recycle(lane);
                return;
            }
            if self.park(lane) {
                self.stats.parked += 1;
                return;
            }
            // SAFETY: the lane was not parked, so it is still ours.
            match unsafe { inprocess::answer(&mut *lane.as_ptr(), self) } {
                Some(answer) => exit = self.resume(lane, answer),
                None => exit = Exit::Parked,
            }
        }
    }

    /// Leaves the lane with the run it waits for; `false`: the object is there, or its bytes must be looked at.
    fn park(&mut self, lane: LaneRef) -> bool {
        // SAFETY: the lane is ours until a waiter has it.
        let memory = unsafe { &mut *lane.as_ptr() };
        let Some(wanted) = &memory.wanted else { return false };
        let (producer, seq) = (wanted.run.clone(), wanted.seq);
        let Some(run) = memory.run.clone() else { return false };
        if self.job.parked.load(Ordering::Relaxed) >= MAX_PARKED {
            run.pending.store(1, Ordering::Relaxed);
            let mut state = producer.state();
            if !matches!(state.outs[seq as usize], Out::Pending) {
                return false;
            }
            // The lane must be free before another worker may start the run again.
            self.recycle(lane);
            state.waiters.push((seq, Waiter::Input(run)));
            self.stats.restarts += 1;
            return true;
        }
        let mut state = producer.state();
        if !matches!(state.outs[seq as usize], Out::Pending) {
            return false;
        }
        self.job.parked.fetch_add(1, Ordering::Relaxed);
        state.waiters.push((seq, Waiter::Lane(lane)));
        true
    }

    fn attach(&mut self, lane: LaneRef) {
        let now = self.now();
        // SAFETY: the lane is ours.
        unsafe {
            let memory = &mut *lane.as_ptr();
            memory.cancel = self.job.over_flag();
            memory.entered = now;
            memory.worker = self;
        }
        signals::set_current(lane.as_ptr());
    }

    fn detach(&mut self, lane: LaneRef) {
        signals::set_current(std::ptr::null_mut());
        if self.job.traces {
            let now = self.now();
            // SAFETY: control is back, so the lane is ours.
            unsafe {
                let memory = &mut *lane.as_ptr();
                memory.busy += now.saturating_sub(memory.entered);
            }
        }
    }

    /// Fetches the inputs of a run into `given`.
    fn gather(&mut self, run: &Arc<Run>) -> Gathered {
        self.given.clear();
        let inputs = std::mem::take(&mut run.state().inputs);
        let gathered = self.gather_all(run, &inputs);
        run.state().inputs = inputs;
        if matches!(gathered, Gathered::Waiting) {
            // Only now, since the run may be ready, and started elsewhere, at once.
            self.count_inputs(run);
            self.enqueue_ready();
        }
        if !matches!(gathered, Gathered::Ready) {
            self.given.clear();
        }
        gathered
    }

    fn gather_all(&mut self, run: &Arc<Run>, inputs: &[Input]) -> Gathered {
        let mut is_waiting = false;
        for (index, input) in inputs.iter().enumerate() {
            let given = match input {
                Input::Literal(name) => Given::Literal(*name),
                Input::Object(_, object) => Given::Object(object.clone()),
                Input::Output(_, producer, seq) => match self.force(producer, *seq) {
                    Out::Ready(object) => {
                        run.add_taint(producer.taint() & crate::run::TAINT_INPUT);
                        if producer.taint() != 0 {
                            run.add_taint(crate::run::TAINT_INPUT);
                        }
                        Given::Object(object)
                    }
                    Out::Failed(failed) if !is_waiting => {
                        run.add_taint(producer.taint());
                        return Gathered::Failed(input_failed(run, index, &failed.failure));
                    }
                    Out::Failed(_) | Out::Pending | Out::Stored(_) | Out::Gone => {
                        is_waiting = true;
                        continue;
                    }
                },
                Input::Failed(_, failed) => {
                    return Gathered::Failed(input_failed(run, index, &failed.failure));
                }
                Input::WellKnown(_, number) => match self.job.epoch_object(*number) {
                    Some(object) if run.taint() & crate::run::TAINT_SELF != 0 => Given::Object(object),
                    _ => {
                        let message =
                            format!("input {index} is well-known object {number}, which is not declared");
                        return Gathered::Failed(noticed(run, FailureCode::HostLost, message));
                    }
                },
                Input::Missing(name) => {
                    self.job.note_absent();
                    let message = format!("input {index}, {name}, cannot be found or made");
                    return Gathered::Failed(noticed(run, FailureCode::HostLost, message));
                }
            };
            self.given.push(given);
        }
        if is_waiting { Gathered::Waiting } else { Gathered::Ready }
    }

    /// Looks a run up under its inputs' contents; `true`: its results are known that way.
    fn cut_off(&mut self, run: &Arc<Run>) -> bool {
        if self.given.is_empty() || run.taint() & crate::run::TAINT_SELF != 0 {
            return false;
        }
        let mut differs = false;
        let contents: Vec<Name> = {
            let state = run.state();
            let names = state.inputs.iter().map(Input::name);
            names
                .zip(&self.given)
                .map(|(name, given)| match given {
                    Given::Object(object) if name.kind() == cloudc_abi::NameKind::Derived => {
                        differs = true;
                        object.content()
                    }
                    _ => name,
                })
                .collect()
        };
        if !differs {
            return false;
        }
        let image = &run.task.image;
        let canonical =
            self.shared.namespace.outputs(&image.name, image.note.n_outputs, run.version, &contents);
        let mut outs = Vec::with_capacity(canonical.len());
        for name in &canonical {
            match self.resolve(name) {
                Input::Object(_, object) => outs.push(Out::Ready(object)),
                Input::Failed(_, failed) => outs.push(Out::Failed(failed)),
                Input::Output(_, other, seq) if other.taint() == 0 => match self.force(&other, seq) {
                    Out::Pending | Out::Stored(_) | Out::Gone => break,
                    out => outs.push(out),
                },
                _ => break,
            }
        }
        let is_known = outs.len() == canonical.len();
        run.state().canonical = Some(canonical);
        if is_known {
            self.stats.cut_offs += 1;
            self.settle_remembered(run, outs, crate::stats::Outcome::CutOff);
        }
        is_known
    }
}

/// The failure of a run that was noticed before or after it executed.
pub(super) fn noticed(run: &Run, code: FailureCode, message: impl Into<String>) -> Failure {
    Failure::noticed(code, run.task.image.name, run.name(), message)
}

/// The failure of a run whose input failed.
pub(super) fn input_failed(run: &Run, index: usize, cause: &Failure) -> Failure {
    Failure {
        origin: Some(Box::new(Failure { origin: None, ..cause.root().clone() })),
        ..noticed(run, FailureCode::InputFailed, format!("input {index} failed"))
    }
}
