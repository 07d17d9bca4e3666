//! Makes runs known that were asked for, and finds what names stand for.
//!
//! In: requests, in program order. Out: runs in the table, ready ones in the queue. A request equal to an earlier
//! one, in this job or before, or in the store, becomes no new run.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use cloudc_abi::code::note_flag;
use cloudc_abi::{BufKind, Name, NameKind, VERSION_NONDET};

use super::job::Work;
use super::worker::Worker;
use crate::failure::Failure;
use crate::memo::Entry;
use crate::object::Object;
use crate::run::{FailureObject, Input, Out, Request, Run, TAINT_INPUT, TAINT_SELF, Waiter};
use crate::stats::Outcome;
use crate::store::Found;

impl Worker {
    /// Makes requests known, in order, and puts those that are ready into the queue. `children` are the runs that
    /// answer them.
    pub fn publish(&mut self, parent: Name, requests: &mut Vec<Request>, children: &mut Vec<Arc<Run>>) {
        for request in requests.drain(..) {
            children.push(self.publish_one(parent, request));
        }
        self.enqueue_ready();
    }

    /// Makes one request known; the result is the run that answers it.
    pub fn publish_one(&mut self, parent: Name, request: Request) -> Arc<Run> {
        if let Some(Entry::Output(run, 0)) = self.shared.table.get(&request.names[0]) {
            // Another worker may not yet have added the other outputs' names; `claim` does.
            if run.names.len() > 1 {
                self.shared.table.claim(&run);
            }
            run.want();
            return run;
        }
        let mut taint = 0;
        if request.task.image.note.flags & note_flag::NONDET != 0 || request.version == VERSION_NONDET {
            taint |= TAINT_SELF;
        }
        let inputs: Vec<Input> = request.inputs.iter().map(|name| self.resolve(name)).collect();
        for input in &inputs {
            if let Input::Output(_, run, _) = input {
                run.want();
                if run.taint() != 0 {
                    taint |= TAINT_INPUT;
                }
            }
        }
        let known = if taint == 0 { self.known_objects(&request.names) } else { None };
        let run = Arc::new(Run::new(request, parent, inputs, taint));
        if let Some(existing) = self.shared.table.claim(&run) {
            existing.want();
            return existing;
        }
        self.stats.spawned += 1;
        self.published.push(run.clone());
        if taint == 0
            && let Some(outs) = known.or_else(|| self.remembered(&run))
        {
            self.stats.memo_hits += 1;
            self.settle_remembered(&run, outs, Outcome::Remembered);
            return run;
        }
        self.count_inputs(&run);
        run
    }

    /// Counts the inputs that are not known yet; if there is none, the run is ready.
    pub(super) fn count_inputs(&mut self, run: &Arc<Run>) {
        run.pending.store(1, Ordering::Relaxed);
        let mut next = 0;
        loop {
            // One lock at a time: first the run's own, to find the next input, then the producer's.
            let found = {
                let state = run.state();
                let rest = state.inputs.iter().enumerate().skip(next);
                rest.filter_map(|(index, input)| match input {
                    Input::Output(_, producer, seq) => Some((index, producer.clone(), *seq)),
                    _ => None,
                })
                .next()
            };
            let Some((index, producer, seq)) = found else { break };
            next = index + 1;
            let mut state = producer.state();
            if matches!(state.outs[seq as usize], Out::Pending) {
                run.pending.fetch_add(1, Ordering::Relaxed);
                state.waiters.push((seq, Waiter::Input(run.clone())));
            }
        }
        if run.pending.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.ready.push(Work::Start(run.clone()));
        }
    }

    /// What a name stands for.
    pub fn resolve(&mut self, name: &Name) -> Input {
        match name.kind() {
            NameKind::Literal(_) => Input::Literal(*name),
            NameKind::WellKnown => Input::WellKnown(*name, name.as_well_known().unwrap_or(0)),
            NameKind::Invalid => Input::Missing(*name),
            NameKind::Derived | NameKind::Content => match self.shared.table.get(name) {
                Some(entry) => input_of(*name, entry),
                None => self.resolve_stored(name),
            },
        }
    }

    fn resolve_stored(&mut self, name: &Name) -> Input {
        let found =
            if self.job.is_cold { None } else { self.shared.store.as_ref().and_then(|s| s.find(name)) };
        let Some(found) = found else { return Input::Missing(*name) };
        let entry = match self.load(&found) {
            Some(Out::Ready(object)) => Entry::Object(object),
            Some(Out::Failed(failed)) => Entry::Failed(failed),
            _ => return Input::Missing(*name),
        };
        self.job.note_store_used();
        self.shared.table.add(name, entry.clone());
        // Another worker may have been first.
        input_of(*name, self.shared.table.get(name).unwrap_or(entry))
    }

    /// The outputs of a run if they became known as objects, without the run.
    fn known_objects(&self, names: &[Name]) -> Option<Vec<Out>> {
        let known = |name| match self.shared.table.get(name)? {
            Entry::Object(object) => Some(Out::Ready(object)),
            Entry::Failed(failed) => Some(Out::Failed(failed)),
            Entry::Output(..) => None,
        };
        names.iter().map(known).collect()
    }

    /// The outputs of a run as far as the store knows them, if it knows them all.
    fn remembered(&mut self, run: &Run) -> Option<Vec<Out>> {
        if self.job.is_cold {
            return None;
        }
        let store = self.shared.store.clone()?;
        let mut outs = Vec::with_capacity(run.names.len());
        for name in &run.names {
            let found = store.find(name)?;
            // A failure is small, and must be known as one.
            outs.push(match found.kind {
                BufKind::Failure => self.load(&found)?,
                _ => Out::Stored(found),
            });
        }
        self.job.note_store_used();
        Some(outs)
    }

    /// An output with its bytes at hand, or `Pending`. A stored output whose bytes are lost, and one that was let go, becomes
    /// pending, and its run is executed after all.
    pub fn force(&mut self, run: &Arc<Run>, seq: u32) -> Out {
        let out = run.state().outs[seq as usize].clone();
        let loaded = match &out {
            Out::Stored(found) => self.load(found),
            Out::Gone => None,
            Out::Pending | Out::Ready(_) | Out::Failed(_) => return out,
        };
        match loaded {
            Some(loaded) => {
                let mut state = run.state();
                let out = &mut state.outs[seq as usize];
                if matches!(out, Out::Stored(_)) {
                    *out = loaded;
                }
                out.clone()
            }
            None => {
                self.revive(run);
                run.state().outs[seq as usize].clone()
            }
        }
    }

    /// Executes a run after all whose outputs are lost.
    fn revive(&mut self, run: &Arc<Run>) {
        let made_of = {
            let mut state = run.state();
            let mut is_first = false;
            for out in &mut state.outs {
                if matches!(out, Out::Stored(_) | Out::Gone) {
                    *out = Out::Pending;
                    is_first = true;
                }
            }
            if !is_first {
                return;
            }
            std::mem::take(&mut state.made_of)
        };
        // Once is enough.
        run.want();
        if !made_of.is_empty() {
            let inputs = made_of.iter().map(|name| self.resolve(name)).collect();
            run.state().inputs = inputs;
        }
        // If the job ends before the run does, it is forgotten like a new one.
        self.published.push(run.clone());
        self.count_inputs(run);
        self.enqueue_ready();
    }

    fn load(&mut self, found: &Found) -> Option<Out> {
        let store = self.shared.store.clone()?;
        let len = usize::try_from(found.len).ok()?;
        let mut draft = self.bump.allocate(&self.shared.arena, len).ok()?;
        if !store.load(found, &mut draft.bytes_mut()[..len]) {
            return None;
        }
        let object = Object::seal(draft, len, found.kind);
        object.set_content(found.content);
        if found.kind != BufKind::Failure {
            return Some(Out::Ready(object));
        }
        let failure = Failure::from_bytes(object.bytes())?;
        Some(Out::Failed(Arc::new(FailureObject { failure, is_kept: true, object })))
    }
}

fn input_of(name: Name, entry: Entry) -> Input {
    match entry {
        Entry::Output(run, seq) => Input::Output(name, run, seq),
        Entry::Object(object) => Input::Object(name, object),
        Entry::Failed(failed) => Input::Failed(name, failed),
    }
}
