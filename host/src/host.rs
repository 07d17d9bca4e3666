//! The host as seen from outside: images and objects in, objects out.
//!
//! ```no_run
//! # fn main() -> Result<(), cloudc_host::HostError> {
//! use cloudc_host::{Host, HostOptions};
//!
//! let host = Host::open(HostOptions::default())?;
//! let task = host.add_image(&std::fs::read("sum.elf").unwrap())?;
//! let input = host.put(b"some bytes that are the input of the task")?;
//! let result = host.run(task, &[input], 1)?;
//! match &result.outputs[0] {
//!     Ok(bytes) => println!("{} bytes", bytes.len()),
//!     Err(failure) => println!("{failure}"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Requests to one host are served one after another; each uses all of its workers. What one request computed the
//! next one finds.

mod error;
mod options;

use std::collections::hash_map::Entry;
use std::io;
use std::sync::atomic::Ordering;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use cloudc_abi::code::note_flag;
use cloudc_abi::{ANY_INPUTS, BufKind, FailureCode, Name, NameKind, VERSION_NONDET};

pub use self::error::HostError;
pub use self::options::{HostOptions, Log};
use crate::exec::inprocess::TaskCode;
use crate::failure::Failure;
use crate::image::Image;
use crate::memo;
use crate::memory::{Arena, Bump};
use crate::name::object_name;
use crate::object::{Object, ObjectBytes};
use crate::run::{Input, Out, Run, Waiter};
use crate::schedule::{Epoch, Finished, Job, Persister, Shared, Worker};
use crate::stats::{RunTrace, Stats};
use crate::store::Store;

/// A host that runs images in this process.
pub struct Host {
    shared: Arc<Shared>,
    options: HostOptions,
    persister: Option<Persister>,
    /// Locked while a request is served: one at a time.
    serving: Mutex<Pieces>,
}

/// The pieces of the arena that are in use.
#[derive(Default)]
struct Pieces {
    outside: Bump,
    workers: Vec<Bump>,
}

/// What a request gave.
#[derive(Debug)]
pub struct RunResult {
    /// The outputs, in order.
    pub outputs: Vec<Result<ObjectBytes, Failure>>,
    /// The name of each output.
    pub names: Vec<Name>,
    /// What happened, in numbers.
    pub stats: Stats,
    /// Each run, in the order of their ends, if that was asked for.
    pub trace: Vec<RunTrace>,
}

impl Host {
    /// Opens a host. A store that cannot be used is warned of and done without.
    pub fn open(options: HostOptions) -> Result<Host, HostError> {
        let arena = Arc::new(Arena::new().map_err(|error| HostError::System("reserve memory", error))?);
        let folder = options.store.as_ref().filter(|_| !options.no_cache);
        let store = folder.map(|folder| Arc::new(Store::open(folder, options.warn.clone())));
        let mut persister = None;
        let mut sender = None;
        if let Some(store) = &store {
            let started = Persister::start(store.clone(), arena.clone())
                .map_err(|error| HostError::System("start a thread", error))?;
            (persister, sender) = (Some(started.0), Some(started.1));
        }
        let heap_max = options.heap_max.unwrap_or_else(physical_memory);
        let shared = Shared::new(
            options.namespace.clone(),
            store,
            sender,
            !options.no_cache,
            heap_max,
            options.log.clone(),
            arena,
        );
        Ok(Host { shared: Arc::new(shared), options, persister, serving: Mutex::default() })
    }

    /// Checks and maps an image; its name is the task's.
    pub fn add_image(&self, bytes: &[u8]) -> Result<Name, HostError> {
        let image = Image::parse(bytes).map_err(HostError::Image)?;
        image.check_processor().map_err(HostError::Image)?;
        let name = image.name;
        let mut tasks = self.shared.tasks.write().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Vacant(slot) = tasks.entry(name) {
            let code = TaskCode::new(image).map_err(|error| HostError::System("map an image", error))?;
            slot.insert(Arc::new(code));
        }
        Ok(name)
    }

    /// Adds an object; its name is a literal if it is small.
    pub fn put(&self, bytes: &[u8]) -> Result<Name, HostError> {
        self.put_kind(bytes, BufKind::Data)
    }

    /// Adds an object that is an array of names.
    pub fn put_names(&self, names: &[Name]) -> Result<Name, HostError> {
        let bytes: Vec<u8> = names.iter().flat_map(|name| name.0).collect();
        self.put_kind(&bytes, BufKind::Names)
    }

    fn put_kind(&self, bytes: &[u8], kind: BufKind) -> Result<Name, HostError> {
        let name = object_name(bytes);
        if name.kind() == NameKind::Content && self.shared.table.get(&name).is_none() {
            let bump = &mut lock(&self.serving).outside;
            let object = Object::copy_of(bytes, kind, &self.shared.arena, bump)
                .map_err(|error| HostError::System("keep an object", error))?;
            object.set_content(name);
            self.shared.table.add(&name, memo::Entry::Object(object));
        }
        Ok(name)
    }

    /// The names the outputs of a run have or would have.
    pub fn output_names(&self, task: Name, inputs: &[Name]) -> Result<Vec<Name>, HostError> {
        let code = self.shared.task(&task).ok_or(HostError::UnknownTask(task))?;
        let note = &code.image.note;
        let version = if note.flags & note_flag::NONDET != 0 { VERSION_NONDET } else { 0 };
        Ok(self.shared.namespace.outputs(&task, note.n_outputs, version, inputs).into())
    }

    /// Makes the outputs of `task` over `inputs`, with as many runs as that needs.
    pub fn run(&self, task: Name, inputs: &[Name], n_outputs: u32) -> Result<RunResult, HostError> {
        let started = Instant::now();
        let code = self.shared.task(&task).ok_or(HostError::UnknownTask(task))?;
        let note = code.image.note;
        if note.n_inputs != ANY_INPUTS && note.n_inputs as usize != inputs.len() {
            return Err(HostError::InputCount { takes: note.n_inputs, given: inputs.len() });
        }
        if note.n_outputs != n_outputs {
            return Err(HostError::OutputCount { has: note.n_outputs, asked: n_outputs });
        }
        let mut pieces = lock(&self.serving);
        let mut result = self.serve(&code, inputs, false, &mut pieces)?;
        if result.1 {
            // Something was absent that a run may have made whose results came from the store. Without the store
            // that cannot be, unless an input itself was in the store only: then the first answer stands.
            self.shared.table.forget_results();
            match self.serve(&code, inputs, true, &mut pieces) {
                Err(HostError::UnknownInput(_)) => {}
                other => result = other?,
            }
        }
        result.0.stats.elapsed = started.elapsed();
        Ok(result.0)
    }

    /// What is known under a name, without computing anything: an object, or the failure in its place.
    pub fn find(&self, name: &Name) -> Result<Option<Result<ObjectBytes, Failure>>, HostError> {
        let mut pieces = lock(&self.serving);
        let job = Arc::new(self.new_job(1, false, &mut pieces)?);
        let bump = std::mem::take(&mut pieces.outside);
        let mut worker = Worker::new(self.shared.clone(), job, 0, bump, None);
        let arena = &self.shared.arena;
        let mut literal = |name: &Name| {
            let bytes = name.as_literal().unwrap_or(&[]);
            Object::copy_of(bytes, BufKind::Data, arena, &mut worker.bump)
        };
        let out = match name.kind() {
            NameKind::Literal(_) => {
                literal(name).map(Out::Ready).map_err(|error| HostError::System("keep an object", error))
            }
            _ => Ok(match worker.resolve(name) {
                Input::Object(_, object) => Out::Ready(object),
                Input::Failed(_, failed) => Out::Failed(failed),
                Input::Output(_, run, seq) => worker.force(&run, seq),
                Input::Literal(_) | Input::WellKnown(..) | Input::Missing(_) => Out::Pending,
            }),
        };
        pieces.outside = std::mem::take(&mut worker.bump);
        Ok(match out? {
            Out::Ready(object) => Some(Ok(ObjectBytes::new(object, self.shared.arena.clone()))),
            Out::Failed(failed) => Some(Err(failed.failure.clone())),
            Out::Pending | Out::Stored(_) | Out::Gone => None,
        })
    }

    /// Returns when everything computed so far is in the store's files.
    pub fn flush(&self) {
        let (done, wait) = channel();
        self.shared.hand_over(Finished::Flush(done));
        // Without a store the sender is gone at once.
        let _ = wait.recv();
    }

    /// Serves one request. The flag says that something was absent while the store was used.
    fn serve(
        &self,
        code: &Arc<TaskCode>,
        inputs: &[Name],
        is_cold: bool,
        pieces: &mut Pieces,
    ) -> Result<(RunResult, bool), HostError> {
        let jobs = self.options.jobs.max(1);
        let job = Arc::new(self.new_job(jobs, is_cold, pieces)?);
        let mut workers: Vec<Worker> = (0..jobs)
            .map(|index| {
                let bump = pieces.workers.pop().unwrap_or_default();
                Worker::new(self.shared.clone(), job.clone(), index, bump, self.options.shuffle)
            })
            .collect();
        let first = &mut workers[0];
        for name in inputs {
            if matches!(first.resolve(name), Input::Missing(_)) {
                return Err(HostError::UnknownInput(*name));
            }
        }
        let version = if code.image.note.flags & note_flag::NONDET != 0 { VERSION_NONDET } else { 0 };
        let request = self.shared.request(code.clone(), version, inputs.into(), 0);
        let target = first.publish_one(Name::NONE, request);
        first.enqueue_ready();
        let outs = loop {
            self.finish_target(&job, &mut workers, &target)?;
            let first = &mut workers[0];
            let outs: Vec<Out> =
                (0..target.names.len()).map(|seq| first.force(&target, seq as u32)).collect();
            // Stored bytes may turn out to be lost only now; then the run is on its way again.
            if job.over_code() != FailureCode::Cancelled
                || !outs.iter().any(|out| matches!(out, Out::Pending))
            {
                break outs;
            }
            job.reopen();
        };
        let mut outputs = Vec::with_capacity(outs.len());
        for out in outs {
            outputs.push(match out {
                Out::Ready(object) => Ok(ObjectBytes::new(object, self.shared.arena.clone())),
                Out::Failed(failed) => Err(failed.failure.clone()),
                Out::Pending | Out::Stored(_) | Out::Gone => Err(unfinished(&target, job.over_code())),
            });
        }
        let mut result =
            RunResult { outputs, names: target.names.to_vec(), stats: Stats::default(), trace: Vec::new() };
        for worker in &mut workers {
            result.stats.add(&worker.stats);
            result.trace.append(&mut worker.trace);
            pieces.workers.push(std::mem::take(&mut worker.bump));
        }
        result.trace.sort_by_key(|run| run.end);
        let published: Vec<_> = workers.iter_mut().flat_map(|w| std::mem::take(&mut w.published)).collect();
        drop(workers);
        self.clear_up(&published);
        Ok((result, job.may_have_been_misled()))
    }

    /// Lets the workers work until the target is settled or the job is over.
    fn finish_target(
        &self,
        job: &Arc<Job>,
        workers: &mut [Worker],
        target: &Arc<Run>,
    ) -> Result<(), HostError> {
        {
            let mut state = target.state();
            let pending = state.outs.iter().enumerate().filter(|(_, out)| matches!(out, Out::Pending));
            let pending: Vec<u32> = pending.map(|(seq, _)| seq as u32).collect();
            job.targets.store(pending.len(), Ordering::SeqCst);
            state.waiters.extend(pending.iter().map(|seq| (*seq, Waiter::Target)));
            if pending.is_empty() {
                job.finish(FailureCode::Cancelled);
                return Ok(());
            }
        }
        let (first, others) = workers.split_at_mut(1);
        let spawned = std::thread::scope(|scope| {
            let named = |name: &str| std::thread::Builder::new().name(name.to_owned());
            let mut spawned = Ok(());
            if let Some(deadline) = self.options.deadline {
                let watch = named("cloudc-deadline").spawn_scoped(scope, move || job.watch(deadline));
                spawned = watch.map(drop);
            }
            for worker in others {
                if spawned.is_ok() {
                    spawned = named("cloudc-worker").spawn_scoped(scope, || worker.work()).map(drop);
                }
            }
            if spawned.is_err() {
                job.finish(FailureCode::HostLost);
            }
            first.iter_mut().for_each(Worker::work);
            spawned
        });
        spawned.map_err(|error| HostError::System("start a thread", error))
    }

    /// Forgets what did not come to a lasting end, and makes the lanes free again.
    fn clear_up(&self, published: &[Arc<Run>]) {
        for run in published {
            let links = {
                let mut state = run.state();
                let is_lasting = state.outs.iter().all(|out| match out {
                    Out::Ready(_) => true,
                    Out::Failed(failed) => failed.is_kept,
                    // A stored output leans on inputs that may be forgotten now. The store still has it. One that
                    // was let go is made again if it is asked for again.
                    Out::Pending | Out::Stored(_) | Out::Gone => false,
                });
                if is_lasting && run.version != VERSION_NONDET && run.taint() == 0 {
                    continue;
                }
                (std::mem::take(&mut state.inputs), std::mem::take(&mut state.waiters))
            };
            self.shared.table.forget(run);
            // `published` still has the runs these refer to, so dropping them goes no deeper.
            drop(links);
        }
        // SAFETY: all workers of this job have ended, and jobs are served one after another.
        unsafe { self.shared.reclaim_lanes() };
    }

    fn new_job(&self, jobs: usize, is_cold: bool, pieces: &mut Pieces) -> Result<Job, HostError> {
        let epoch =
            self.epoch(&mut pieces.outside).map_err(|error| HostError::System("keep an object", error))?;
        Ok(Job::new(jobs, is_cold, self.options.trace, epoch))
    }

    fn epoch(&self, bump: &mut Bump) -> io::Result<Epoch> {
        let clock = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos() as u64);
        let mut random = [0_u8; 32];
        // SAFETY: the buffer has as many bytes as are asked for.
        let got = unsafe { libc::getrandom(random.as_mut_ptr().cast(), random.len(), 0) };
        if got != random.len() as isize {
            return Err(io::Error::last_os_error());
        }
        let mut object = |bytes: &[u8]| Object::copy_of(bytes, BufKind::Data, &self.shared.arena, bump);
        Ok(Epoch {
            clock: object(&clock.to_le_bytes())?,
            random: object(&random)?,
            parameters: object(&self.options.parameters)?,
        })
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        drop(lock(&self.shared.finished).take());
        if let Some(persister) = self.persister.take() {
            persister.join();
        }
    }
}

fn unfinished(run: &Run, code: FailureCode) -> Failure {
    let message = match code {
        FailureCode::HostLost => "nothing can go on: every run waits for another",
        code => code.describe(),
    };
    Failure::noticed(code, run.task.image.name, run.name(), message)
}

fn physical_memory() -> u64 {
    // SAFETY: always possible.
    let (pages, size) = unsafe { (libc::sysconf(libc::_SC_PHYS_PAGES), libc::sysconf(libc::_SC_PAGESIZE)) };
    u64::try_from(pages).unwrap_or(1 << 20).saturating_mul(u64::try_from(size).unwrap_or(4096))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
