//! Holds one request from outside: the workers' queues, and how the job ends.
//!
//! A job is over when its targets are settled, when its time is over, or when nothing can go on. From then on
//! workers take no more work, and runs that are still executing are ended by a signal.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use cloudc_abi::{FailureCode, WellKnown};

use crate::exec::inprocess::{LaneRef, signals};
use crate::object::Object;
use crate::run::Run;

/// How often a signal is repeated that found a run inside a call.
const NUDGE: Duration = Duration::from_millis(1);
/// How often an idle worker looks around before it sleeps.
const SPINS: u32 = 400;

/// One request.
pub(crate) struct Job {
    /// When it started.
    pub start: Instant,
    /// Whether what the store says is not asked for.
    pub is_cold: bool,
    /// Whether runs are recorded one by one.
    pub traces: bool,
    /// Runs that are parked.
    pub parked: AtomicUsize,
    /// Targets that are not settled.
    pub targets: AtomicUsize,
    /// Bytes of results that were stored although they are cheap to compute.
    pub cheaply_stored: AtomicU64,
    queues: Vec<Queue>,
    /// 0, or the code of the failure that unfinished runs have.
    over: AtomicU32,
    idle: AtomicUsize,
    sleep: Mutex<()>,
    wake: Condvar,
    /// As numbers: C libraries disagree on whether a thread is one or a pointer, which could not be shared.
    threads: Mutex<Vec<Option<usize>>>,
    absent: AtomicBool,
    used_store: AtomicBool,
    epoch: Epoch,
}

/// The objects that are made once per request.
pub(crate) struct Epoch {
    /// Nanoseconds since 1970.
    pub clock: Arc<Object>,
    /// 32 random bytes.
    pub random: Arc<Object>,
    /// What the host was told.
    pub parameters: Arc<Object>,
}

/// Something to do.
pub(crate) enum Work {
    /// Execute a run whose inputs are known.
    Start(Arc<Run>),
    /// Go on with a parked run.
    Resume(LaneRef),
}

#[derive(Default)]
struct Queue {
    items: Mutex<VecDeque<Work>>,
    len: AtomicUsize,
}

impl Job {
    /// A job with this many workers and nothing to do.
    pub fn new(jobs: usize, is_cold: bool, traces: bool, epoch: Epoch) -> Job {
        Job {
            start: Instant::now(),
            is_cold,
            traces,
            parked: AtomicUsize::new(0),
            targets: AtomicUsize::new(0),
            cheaply_stored: AtomicU64::new(0),
            queues: (0..jobs).map(|_| Queue::default()).collect(),
            over: AtomicU32::new(0),
            idle: AtomicUsize::new(0),
            sleep: Mutex::new(()),
            wake: Condvar::new(),
            threads: Mutex::new(vec![None; jobs]),
            absent: AtomicBool::new(false),
            used_store: AtomicBool::new(false),
            epoch,
        }
    }

    /// Whether no more work is to be done.
    pub fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed) != 0
    }

    /// The flag a signal handler looks at.
    pub fn over_flag(&self) -> *const AtomicU32 {
        &raw const self.over
    }

    /// Why unfinished runs are not finished.
    pub fn over_code(&self) -> FailureCode {
        FailureCode::from_number(self.over.load(Ordering::Relaxed)).unwrap_or(FailureCode::Cancelled)
    }

    /// Ends the job, unless it is over.
    pub fn finish(&self, code: FailureCode) {
        let _ = self.over.compare_exchange(0, code as u32, Ordering::SeqCst, Ordering::SeqCst);
        let _guard = lock(&self.sleep);
        self.wake.notify_all();
    }

    /// Lets the job go on after `finish`; no worker may be active.
    pub fn reopen(&self) {
        self.over.store(0, Ordering::SeqCst);
    }

    /// One target is settled.
    pub fn target_settled(&self) {
        if self.targets.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.finish(FailureCode::Cancelled);
        }
    }

    /// Registers the calling thread as a worker, so that signals reach it.
    pub fn enter(&self, worker: usize) {
        // SAFETY: always possible.
        lock(&self.threads)[worker] = Some(unsafe { libc::pthread_self() } as usize);
    }

    /// The calling worker will execute nothing more.
    pub fn leave(&self, worker: usize) {
        lock(&self.threads)[worker] = None;
    }

    /// Ends the runs that other workers still execute, and returns when none is left.
    pub fn drain(&self, worker: usize) {
        self.leave(worker);
        while self.nudge() {
            std::thread::sleep(NUDGE / 4);
        }
    }

    /// Waits until the job is over, ends it when the time is over, and then ends what is still executing.
    pub fn watch(&self, deadline: Duration) {
        loop {
            if self.is_over() {
                break;
            }
            match deadline.checked_sub(self.start.elapsed()) {
                None | Some(Duration::ZERO) => self.finish(FailureCode::Deadline),
                Some(left) => {
                    let guard = lock(&self.sleep);
                    if !self.is_over() {
                        drop(self.wake.wait_timeout(guard, left));
                    }
                }
            }
        }
        while self.nudge() {
            std::thread::sleep(NUDGE);
        }
    }

    /// Whether a worker sleeps for want of work.
    pub fn has_idle(&self) -> bool {
        self.idle.load(Ordering::Relaxed) > 0
    }

    /// Adds work to a worker's queue; the last item is taken first.
    pub fn push(&self, worker: usize, work: impl IntoIterator<Item = Work>) {
        let queue = &self.queues[worker];
        let mut items = lock(&queue.items);
        let before = items.len();
        items.extend(work);
        let added = items.len() - before;
        queue.len.store(items.len(), Ordering::Relaxed);
        drop(items);
        // Pairs with the fence in `sleep`: either the sleeper sees the work or we see the sleeper.
        fence(Ordering::SeqCst);
        let others = self.idle.load(Ordering::Relaxed);
        if added > 0 && others > 0 {
            let _guard = lock(&self.sleep);
            if added > 1 { self.wake.notify_all() } else { self.wake.notify_one() }
        }
    }

    /// Takes work: a worker's own newest, or what `choose` picks of its own, or another's oldest.
    pub fn take(&self, worker: usize, choose: Option<&mut dyn FnMut(usize) -> usize>) -> Option<Work> {
        let own = &self.queues[worker];
        if own.len.load(Ordering::Relaxed) > 0 {
            let mut items = lock(&own.items);
            let work = match choose {
                Some(choose) if !items.is_empty() => {
                    let index = choose(items.len());
                    items.swap_remove_back(index)
                }
                _ => items.pop_back(),
            };
            own.len.store(items.len(), Ordering::Relaxed);
            if work.is_some() {
                return work;
            }
        }
        for distance in 1..self.queues.len() {
            let other = &self.queues[(worker + distance) % self.queues.len()];
            if other.len.load(Ordering::Relaxed) > 0 {
                let mut items = lock(&other.items);
                let work = items.pop_front();
                other.len.store(items.len(), Ordering::Relaxed);
                if work.is_some() {
                    return work;
                }
            }
        }
        None
    }

    /// Returns when there may be work again, or the job is over.
    pub fn sleep(&self) {
        if self.queues.len() > 1 {
            for _ in 0..SPINS {
                if self.has_work() || self.is_over() {
                    return;
                }
                std::hint::spin_loop();
            }
        }
        let guard = lock(&self.sleep);
        let idle = self.idle.fetch_add(1, Ordering::SeqCst) + 1;
        fence(Ordering::SeqCst);
        if !self.has_work() && !self.is_over() {
            if idle == self.queues.len() {
                // Nobody executes and nothing is ready: every run waits for another, and will forever.
                let _ = self.over.compare_exchange(
                    0,
                    FailureCode::HostLost as u32,
                    Ordering::SeqCst,
                    Ordering::SeqCst,
                );
                self.wake.notify_all();
            } else {
                drop(self.wake.wait(guard));
            }
        }
        self.idle.fetch_sub(1, Ordering::SeqCst);
    }

    /// An object nobody can find was asked for.
    pub fn note_absent(&self) {
        self.absent.store(true, Ordering::Relaxed);
    }

    /// The store was believed to have something.
    pub fn note_store_used(&self) {
        if !self.used_store.load(Ordering::Relaxed) {
            self.used_store.store(true, Ordering::Relaxed);
        }
    }

    /// Whether something was absent that a run may have made whose results were taken from the store.
    pub fn may_have_been_misled(&self) -> bool {
        self.absent.load(Ordering::Relaxed) && self.used_store.load(Ordering::Relaxed)
    }

    /// A well-known object, as it is in this request.
    pub fn epoch_object(&self, number: u32) -> Option<Arc<Object>> {
        const CLOCK: u32 = WellKnown::WallClock as u32;
        const RANDOM: u32 = WellKnown::Random as u32;
        const PARAMETERS: u32 = WellKnown::RunParameters as u32;
        match number {
            CLOCK => Some(self.epoch.clock.clone()),
            RANDOM => Some(self.epoch.random.clone()),
            PARAMETERS => Some(self.epoch.parameters.clone()),
            _ => None,
        }
    }

    fn has_work(&self) -> bool {
        self.queues.iter().any(|queue| queue.len.load(Ordering::Relaxed) > 0)
    }

    /// Sends a signal to every worker that has not left; whether there was one.
    fn nudge(&self) -> bool {
        let threads = lock(&self.threads);
        for thread in threads.iter().flatten() {
            // SAFETY: a worker takes its thread out of the list, under the same lock, before the thread ends.
            unsafe { libc::pthread_kill(*thread as libc::pthread_t, signals::CANCEL) };
        }
        threads.iter().any(Option::is_some)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
