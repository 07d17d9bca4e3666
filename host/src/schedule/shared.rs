//! Holds what outlives a request: what names stand for, images, lanes, the store.

use std::collections::HashMap;
use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use cloudc_abi::{Name, VERSION_NONDET};

use super::persist::Finished;
use crate::exec::inprocess::{LaneRef, TaskCode};
use crate::host::Log;
use crate::memo::Table;
use crate::memory::{Arena, Bump};
use crate::name::Namespace;
use crate::run::{Request, Run};
use crate::store::Store;

/// What all workers of all jobs of a host use.
pub(crate) struct Shared {
    /// What names stand for. Declared before the arena, so dropped before it.
    pub table: Table,
    /// The images.
    pub tasks: RwLock<HashMap<Name, Arc<TaskCode>>>,
    /// Keys derived names.
    pub namespace: Namespace,
    /// Results of earlier processes.
    pub store: Option<Arc<Store>>,
    /// Where finished runs go to be stored.
    pub finished: Mutex<Option<Sender<Finished>>>,
    /// Whether runs are looked up under their inputs' contents.
    pub cuts_off: bool,
    /// The most heap of a task whose note does not say.
    pub heap_max: u64,
    /// How much address space a heap takes.
    pub heap_reserve: usize,
    /// Where tasks' log lines go.
    pub log: Option<Log>,
    /// The newest version of each output 0 that was asked for in more than version 0.
    versions: Mutex<HashMap<Name, u64>>,
    lanes: Mutex<Lanes>,
    /// Where objects lie.
    pub arena: Arc<Arena>,
}

#[derive(Default)]
struct Lanes {
    all: Vec<LaneRef>,
    free: Vec<LaneRef>,
}

impl Shared {
    /// Nothing known yet.
    pub fn new(
        namespace: Namespace,
        store: Option<Arc<Store>>,
        finished: Option<Sender<Finished>>,
        cuts_off: bool,
        heap_max: u64,
        log: Option<Log>,
        arena: Arc<Arena>,
    ) -> Shared {
        let heap_reserve = heap_max.clamp(64 << 20, 64 << 30) as usize;
        Shared {
            table: Table::new(),
            tasks: RwLock::default(),
            namespace,
            store,
            finished: Mutex::new(finished),
            cuts_off,
            heap_max,
            heap_reserve,
            log,
            versions: Mutex::default(),
            lanes: Mutex::default(),
            arena,
        }
    }

    /// The task with this content name.
    pub fn task(&self, name: &Name) -> Option<Arc<TaskCode>> {
        self.tasks.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    /// Names the outputs of a run that is asked for.
    pub fn request(&self, task: Arc<TaskCode>, version: u64, inputs: Box<[Name]>, site: u32) -> Request {
        let image = &task.image;
        let names = self.namespace.outputs(&image.name, image.note.n_outputs, version, &inputs);
        let base = (version != 0).then(|| self.namespace.derived(&image.name, 0, 0, &inputs));
        if let Some(base) = base
            && version != VERSION_NONDET
        {
            let mut versions = lock(&self.versions);
            let newest = versions.entry(base).or_default();
            *newest = version.max(*newest);
        }
        Request { task, names, version, base, inputs, site }
    }

    /// Whether a run was asked for in a newer version than this.
    pub fn has_newer_version(&self, run: &Run) -> bool {
        let base = run.base.unwrap_or(run.name());
        run.version != VERSION_NONDET
            && lock(&self.versions).get(&base).is_some_and(|newest| *newest > run.version)
    }

    /// A lane that nobody uses.
    pub fn take_lane(&self, bump: &mut Bump) -> io::Result<LaneRef> {
        if let Some(lane) = lock(&self.lanes).free.pop() {
            return Ok(lane);
        }
        let lane = LaneRef::reserve(&self.arena, bump)?;
        lock(&self.lanes).all.push(lane);
        Ok(lane)
    }

    /// Clears every lane, also those parked for good.
    ///
    /// # Safety
    /// No worker may be active.
    pub unsafe fn reclaim_lanes(&self) {
        let mut lanes = lock(&self.lanes);
        for lane in &lanes.all {
            // SAFETY: no worker is active, so nobody else uses a lane.
            let memory = unsafe { &mut *lane.as_ptr() };
            memory.reset();
            memory.give_back(0);
        }
        lanes.free = lanes.all.clone();
    }

    /// Hands finished runs over to be stored.
    pub fn hand_over(&self, finished: Finished) {
        if let Some(sender) = &*lock(&self.finished) {
            // The receiver lives until the sender is taken away.
            let _ = sender.send(finished);
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        for lane in std::mem::take(&mut lock(&self.lanes).all) {
            // SAFETY: the last owner of the shared part is gone, and with it all workers.
            unsafe {
                (*lane.as_ptr()).reset();
                lane.free();
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
