//! Ends runs: seals what was written, publishes what was asked for, and tells those who wait.
//!
//! In: a lane whose task is done, and how it ended. Out: known outputs.
//!
//! Telling is a loop over a list, not a recursion: a chain of a million bound outputs becomes known in one go.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use cloudc_abi::{BufKind, FailureCode, Name};

use super::job::Work;
use super::worker::{Worker, noticed};
use crate::exec::inprocess::{Exit, Lane, LaneRef, OutSlot, output_kind};
use crate::failure::Failure;
use crate::memo::Entry;
use crate::object::Object;
use crate::run::{FailureObject, Input, Out, Run, TAINT_SELF, Waiter};
use crate::stats::{Outcome, RunTrace};

impl Worker {
    /// Ends the run in a lane.
    pub(super) fn end(&mut self, lane: LaneRef, exit: Exit) {
        // SAFETY: control is back, so the lane is this worker's alone.
        let memory = unsafe { &mut *lane.as_ptr() };
        let Some(run) = memory.run.clone() else { return };
        self.stats.runs += 1;
        run.add_taint(memory.taint);
        let failure = match exit {
            Exit::Returned(0) => match self.seal_outputs(memory, &run) {
                Ok(outs) => return self.commit(memory, &run, outs),
                Err(failure) => failure,
            },
            Exit::Returned(code) => {
                let failure = noticed(&run, FailureCode::Panic, format!("the task returned {code}"));
                Failure { code: u32::try_from(code).unwrap_or(1), ..failure }
            }
            Exit::Faulted => self.describe_fault(memory, &run),
            Exit::Ended | Exit::Parked => match memory.failure.take() {
                Some(failure) => with_origin(failure, memory),
                None => self.over(&run),
            },
        };
        if (16..=19).contains(&failure.code) {
            // Noticed by the host: believed once a second try agrees.
            let mut state = run.state();
            if state.first_failure.is_none() {
                state.first_failure = Some(failure.code);
                drop(state);
                run.pending.store(0, Ordering::Relaxed);
                self.ready.push(Work::Start(run.clone()));
                return self.enqueue_ready();
            }
        }
        let agrees = run.state().first_failure.is_none_or(|first| first == failure.code);
        let is_own = failure.code != FailureCode::HeapQuota as u32 || !memory.hit_host_limit;
        let is_kept = agrees && is_own && !failure.is_worldly();
        let eager = memory.slots.iter().map(|slot| match slot {
            OutSlot::Committed { object, eager: true } => Some(object.clone()),
            _ => None,
        });
        let eager: Vec<_> = eager.collect();
        self.record(&run, memory.busy, Outcome::Failed(failure.code));
        self.settle_failed_except(&run, failure, is_kept, &eager);
    }

    /// Settles a run that failed before it was executed.
    pub(super) fn settle_failed(&mut self, run: &Arc<Run>, failure: Failure, is_kept: bool) {
        self.record(run, Default::default(), Outcome::Failed(failure.code));
        let is_kept = is_kept && !failure.is_worldly();
        self.settle_failed_except(run, failure, is_kept, &[]);
    }

    /// Settles a run whose outputs are known from elsewhere.
    pub(super) fn settle_remembered(&mut self, run: &Arc<Run>, outs: Vec<Out>, outcome: Outcome) {
        self.record(run, Default::default(), outcome);
        for (seq, out) in outs.into_iter().enumerate() {
            self.known.push((run.clone(), seq as u32, out));
        }
        self.tell();
    }

    /// What is said of a run that is not finished when the job is over.
    pub(super) fn over(&self, run: &Run) -> Failure {
        let code = self.job.over_code();
        noticed(run, code, code.describe())
    }

    fn seal_outputs(&mut self, lane: &mut Lane, run: &Arc<Run>) -> Result<Vec<Sealed>, Failure> {
        let shared = self.shared.clone();
        let mut sealed = Vec::with_capacity(lane.slots.len());
        // The last first, so that each can give back to the arena what it did not use.
        for index in (0..lane.slots.len()).rev() {
            let descriptor = lane.outputs[index];
            let breach =
                |what: &str| Err(noticed(run, FailureCode::MemoryFault, format!("output {index} {what}")));
            let len = usize::try_from(descriptor.len).unwrap_or(usize::MAX);
            let grant = match std::mem::replace(&mut lane.slots[index], OutSlot::Empty) {
                OutSlot::Bound(name) => {
                    sealed.push(Sealed::Bound(name));
                    continue;
                }
                OutSlot::Committed { object, .. } => {
                    sealed.push(Sealed::Object(object));
                    continue;
                }
                OutSlot::Empty if len > 0 => return breach("was written without a grant"),
                OutSlot::Empty => None,
                OutSlot::Filling(grant) if len > grant.cap() => return breach("is longer than its grant"),
                OutSlot::Filling(grant) => Some(grant),
            };
            let Some(kind) = output_kind(descriptor.kind) else {
                return breach("has no kind that a task may give");
            };
            let object = match grant {
                Some(grant) => lane.seal(grant, len, kind, true, &shared.arena, &mut self.bump),
                None => Object::copy_of(&[], kind, &shared.arena, &mut self.bump),
            };
            match object {
                Ok(object) => sealed.push(Sealed::Object(object)),
                Err(error) => {
                    return Err(noticed(
                        run,
                        FailureCode::HostLost,
                        format!("no memory for output {index}: {error}"),
                    ));
                }
            }
            self.stats.bytes += len as u64;
        }
        sealed.reverse();
        Ok(sealed)
    }

    fn commit(&mut self, lane: &mut Lane, run: &Arc<Run>, outs: Vec<Sealed>) {
        self.record(run, lane.busy, Outcome::Executed);
        if !lane.spawns.is_empty() {
            self.publish(run.name(), &mut lane.spawns, &mut lane.children);
        }
        // What a run hands on may be wanted later, by name.
        let hands_on = |out: &Sealed| match out {
            Sealed::Bound(_) => true,
            Sealed::Object(object) => object.kind == BufKind::Names,
        };
        if !outs.iter().any(hands_on) {
            for child in &lane.children {
                (0..child.names.len()).for_each(|seq| child.let_go(seq as u32));
            }
        }
        for (seq, out) in outs.into_iter().enumerate() {
            let seq = seq as u32;
            match out {
                Sealed::Object(object) => self.known.push((run.clone(), seq, Out::Ready(object))),
                Sealed::Bound(name) => {
                    if let Some(out) = self.follow_binding(run, seq, &name) {
                        self.known.push((run.clone(), seq, out));
                    }
                }
            }
        }
        self.tell();
    }

    /// What a bound output is, or `None` if that is told later.
    fn follow_binding(&mut self, run: &Arc<Run>, seq: u32, name: &Name) -> Option<Out> {
        let shared = self.shared.clone();
        let lost =
            |error| noticed(run, FailureCode::HostLost, format!("no memory for output {seq}: {error}"));
        match self.resolve(name) {
            Input::Literal(name) => {
                let bytes = name.as_literal().unwrap_or(&[]);
                let object = Object::copy_of(bytes, BufKind::Data, &shared.arena, &mut self.bump);
                Some(object.map_or_else(|error| self.failed(lost(error), false), Out::Ready))
            }
            Input::Object(_, object) => Some(Out::Ready(object)),
            Input::Failed(_, failed) => Some(Out::Failed(failed)),
            Input::Output(_, producer, from) => loop {
                producer.want();
                let out = self.force(&producer, from);
                if !matches!(out, Out::Pending) {
                    if producer.taint() != 0 {
                        run.add_taint(TAINT_SELF);
                    }
                    return Some(out);
                }
                let mut state = producer.state();
                if matches!(state.outs[from as usize], Out::Pending) {
                    state.waiters.push((from, Waiter::Alias(run.clone(), seq)));
                    return None;
                }
            },
            Input::WellKnown(..) | Input::Missing(_) => {
                self.job.note_absent();
                let message = format!("output {seq} is bound to {name}, which cannot be found or made");
                Some(self.failed(noticed(run, FailureCode::HostLost, message), false))
            }
        }
    }

    /// Tells those who wait for outputs that are known now.
    fn tell(&mut self) {
        while let Some((run, seq, out)) = self.known.pop() {
            let mut waiters = Vec::new();
            let mut inputs = Vec::new();
            let is_settled = {
                let mut state = run.state();
                if !matches!(state.outs[seq as usize], Out::Pending) {
                    continue;
                }
                state.outs[seq as usize] = out.clone();
                if !state.waiters.is_empty() {
                    waiters = state.waiters.extract_if(.., |(waits_for, _)| *waits_for == seq).collect();
                }
                if state.is_at_hand() {
                    inputs = state.take_inputs();
                }
                state.is_settled()
            };
            drop(inputs);
            for (_, waiter) in waiters {
                match waiter {
                    Waiter::Input(waiting) => {
                        if waiting.pending.fetch_sub(1, Ordering::AcqRel) == 1 {
                            self.ready.push(Work::Start(waiting));
                        }
                    }
                    Waiter::Lane(lane) => self.ready.push(Work::Resume(lane)),
                    Waiter::Alias(waiting, at) => {
                        if run.taint() != 0 {
                            waiting.add_taint(TAINT_SELF);
                        }
                        self.known.push((waiting, at, out.clone()));
                    }
                    Waiter::Target => self.job.target_settled(),
                }
            }
            if is_settled {
                self.remember(&run);
                self.note_finished(run);
            }
        }
        self.enqueue_ready();
    }

    /// Makes results known under the names by the inputs' contents too.
    fn remember(&mut self, run: &Run) {
        if run.taint() & TAINT_SELF != 0 {
            return;
        }
        let state = run.state();
        let Some(canonical) = &state.canonical else { return };
        for (name, out) in canonical.iter().zip(&state.outs) {
            match out {
                Out::Ready(object) => self.shared.table.add(name, Entry::Object(object.clone())),
                Out::Failed(failed) if failed.is_kept => {
                    self.shared.table.add(name, Entry::Failed(failed.clone()));
                }
                Out::Failed(_) | Out::Stored(_) | Out::Gone | Out::Pending => {}
            }
        }
    }

    fn settle_failed_except(
        &mut self,
        run: &Arc<Run>,
        failure: Failure,
        is_kept: bool,
        eager: &[Option<Arc<Object>>],
    ) {
        self.stats.failed += 1;
        let failed = self.failed(failure, is_kept);
        for seq in 0..run.names.len() {
            let out = match eager.get(seq) {
                Some(Some(object)) => Out::Ready(object.clone()),
                _ => failed.clone(),
            };
            self.known.push((run.clone(), seq as u32, out));
        }
        self.tell();
    }

    fn failed(&mut self, failure: Failure, is_kept: bool) -> Out {
        let bytes = failure.to_bytes();
        let shared = self.shared.clone();
        let object = Object::copy_of(&bytes, BufKind::Failure, &shared.arena, &mut self.bump);
        // Failure objects are small, and without them nothing can be said: like any small allocation, it must not fail.
        let object = object.expect("no memory for a failure object");
        Out::Failed(Arc::new(FailureObject { failure, is_kept, object }))
    }

    fn describe_fault(&self, lane: &Lane, run: &Run) -> Failure {
        let fault = lane.fault;
        let image_offset = fault.pc.checked_sub(run.task.address()).filter(|at| *at < run.task.size());
        let (code, message) = match fault.signal {
            libc::SIGFPE => (FailureCode::DivisionByZero, "the processor refused a division"),
            libc::SIGILL => (FailureCode::IllegalInstruction, "an instruction the processor refuses"),
            libc::SIGSEGV | libc::SIGBUS if lane.is_guard(fault.address) => {
                (FailureCode::Stack, "the stack ran into its guard page")
            }
            libc::SIGSEGV | libc::SIGBUS if fault.is_write && lane.is_sealed(fault.address) => {
                (FailureCode::WriteAfterCommit, "a write to an object that is sealed")
            }
            libc::SIGSEGV | libc::SIGBUS if fault.is_write => {
                (FailureCode::MemoryFault, "a write outside the task's memory")
            }
            libc::SIGSEGV | libc::SIGBUS => (FailureCode::MemoryFault, "an access outside the task's memory"),
            _ => return self.over(run),
        };
        Failure { image_offset: image_offset.map(|at| at as u64), ..noticed(run, code, message) }
    }

    fn record(&mut self, run: &Run, busy: std::time::Duration, outcome: Outcome) {
        if !self.job.traces {
            return;
        }
        let end = self.now();
        let state = run.state();
        self.trace.push(RunTrace {
            task: run.task.image.name,
            inputs: state.inputs.iter().map(Input::name).collect(),
            outputs: run.names.to_vec(),
            parent: (run.parent != Name::NONE).then_some(run.parent),
            site: run.site,
            worker: self.index,
            start: state.start.unwrap_or(end),
            end,
            busy,
            outcome,
        });
    }
}

/// An output as the task left it.
enum Sealed {
    Object(Arc<Object>),
    Bound(Name),
}

/// A task that fails because a fetched object had failed says where it began.
fn with_origin(failure: Failure, lane: &Lane) -> Failure {
    match &lane.failed_input {
        Some(cause) if failure.code == FailureCode::InputFailed as u32 => {
            let origin = Failure { origin: None, ..cause.failure.root().clone() };
            Failure { origin: Some(Box::new(origin)), ..failure }
        }
        _ => failure,
    }
}
