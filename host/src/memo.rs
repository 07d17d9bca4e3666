//! Remembers, within this process, what every name stands for.
//!
//! In: runs and objects as they become known. Out: for a name, the run that makes it or the object it is.
//!
//! The table is what makes equal requests one run. It is cut into shards by the names' own bytes, which are hashes
//! already.
//!
//! Invariant: if the name of a run's output 0 leads to the run, so do, or soon will, the names of its other
//! outputs: whoever finds output 0 taken adds what is missing before going on.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cloudc_abi::{Name, NameKind};

use crate::object::Object;
use crate::run::{FailureObject, Run};

const SHARDS: usize = 64;

/// What a name stands for.
#[derive(Clone)]
pub(crate) enum Entry {
    /// An output of a run, finished or not.
    Output(Arc<Run>, u32),
    /// An object.
    Object(Arc<Object>),
    /// The failure in an object's place.
    Failed(Arc<FailureObject>),
}

/// All that is known.
pub(crate) struct Table {
    shards: [Mutex<HashMap<Name, Entry, BuildHasherDefault<NameHasher>>>; SHARDS],
}

impl Table {
    /// An empty table.
    pub fn new() -> Table {
        Table { shards: std::array::from_fn(|_| Mutex::default()) }
    }

    /// What `name` stands for.
    pub fn get(&self, name: &Name) -> Option<Entry> {
        self.shard(name).get(name).cloned()
    }

    /// Makes `run` the one that is known under its names, unless an equal one is: then that one is the result.
    pub fn claim(&self, run: &Arc<Run>) -> Option<Arc<Run>> {
        let existing = match self.shard(&run.names[0]).entry(run.names[0]) {
            Slot::Vacant(slot) => {
                slot.insert(Entry::Output(run.clone(), 0));
                None
            }
            Slot::Occupied(mut slot) => match slot.get() {
                Entry::Output(existing, _) => Some(existing.clone()),
                _ => {
                    slot.insert(Entry::Output(run.clone(), 0));
                    None
                }
            },
        };
        let known = existing.as_ref().unwrap_or(run);
        for (seq, name) in known.names.iter().enumerate().skip(1) {
            let entry = Entry::Output(known.clone(), seq as u32);
            match self.shard(name).entry(*name) {
                Slot::Occupied(slot) if matches!(slot.get(), Entry::Output(..)) => {}
                Slot::Occupied(mut slot) => drop(slot.insert(entry)),
                Slot::Vacant(slot) => drop(slot.insert(entry)),
            }
        }
        existing
    }

    /// Adds an object or a failure under a name, unless the name is known.
    pub fn add(&self, name: &Name, entry: Entry) {
        self.shard(name).entry(*name).or_insert(entry);
    }

    /// Forgets a run that did not come to a lasting end.
    pub fn forget(&self, run: &Arc<Run>) {
        for name in &run.names {
            let mut shard = self.shard(name);
            if matches!(shard.get(name), Some(Entry::Output(known, _)) if Arc::ptr_eq(known, run)) {
                shard.remove(name);
            }
        }
    }

    /// Forgets everything but what was given from outside.
    pub fn forget_results(&self) {
        self.dismantle();
        for shard in &self.shards {
            let is_given = |name: &Name| name.kind() == NameKind::Content;
            lock(shard).retain(|name, entry| is_given(name) && matches!(entry, Entry::Object(_)));
        }
    }

    /// Takes the runs' links to each other away, so that dropping them does not recurse.
    pub fn dismantle(&self) {
        for shard in &self.shards {
            for entry in lock(shard).values() {
                if let Entry::Output(run, _) = entry {
                    let (inputs, waiters) = {
                        let mut state = run.state();
                        (std::mem::take(&mut state.inputs), std::mem::take(&mut state.waiters))
                    };
                    // Every run they refer to is in the table too, so these are not the last references.
                    drop((inputs, waiters));
                }
            }
        }
    }

    fn shard(&self, name: &Name) -> MutexGuard<'_, HashMap<Name, Entry, BuildHasherDefault<NameHasher>>> {
        lock(&self.shards[usize::from(name.0[8]) % SHARDS])
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        self.dismantle();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes eight bytes of a name as its hash.
#[derive(Default)]
pub(crate) struct NameHasher(u64);

impl Hasher for NameHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks_exact(8).take(1) {
            self.0 = chunk.iter().rev().fold(0, |hash, byte| hash << 8 | u64::from(*byte));
        }
    }

    fn write_usize(&mut self, _: usize) {
        // The length of a name is always the same.
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
