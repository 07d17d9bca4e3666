//! Stores what is finished, in the background.
//!
//! In: batches of finished runs and of objects that tasks made. Out: records in the store.
//!
//! A result is stored under its run's names, and under the names by its inputs' contents where these differ. What
//! depends on an epoch is stored under the latter only; failures only if they would happen again. Large results that were
//! cheap to compute are not stored.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use cloudc_abi::{BufKind, Name};

use crate::memory::Arena;
use crate::object::Object;
use crate::run::{Out, Run, TAINT_SELF};
use crate::store::Store;

/// Objects that tasks made are stored if they are at most this large, or if a result may contain their names.
const ALWAYS_STORED: usize = 64 << 10;

/// What a store is taken to write, and later read and check, in a second. What is computed faster is computed again.
const STORED_PER_SECOND: u64 = 50 << 20;

/// The bytes a job may store of results that are computed faster than stored: most programs have no more, and then nothing
/// of what they did is done again.
const CHEAP_PER_JOB: u64 = 32 << 20;

/// Whether a later process gains from finding the results of `run`, which is known since `now`: those asked for from
/// outside, what takes longer to compute, with all it waited for, than to store, and some of the others; `cheap` counts
/// the bytes of these.
pub(crate) fn is_worth_storing(run: &Run, now: Duration, cheap: &AtomicU64) -> bool {
    if run.parent == Name::NONE {
        return true;
    }
    let state = run.state();
    let bytes = state.outs.iter().map(size_of_result).sum();
    let took = now.saturating_sub(state.start.unwrap_or_default());
    takes_longer_than_storing(took, bytes) || fits_among_cheap(bytes, cheap)
}

fn takes_longer_than_storing(took: Duration, bytes: u64) -> bool {
    u128::from(bytes) * 1_000_000_000 <= took.as_nanos() * u128::from(STORED_PER_SECOND)
}

fn fits_among_cheap(bytes: u64, cheap: &AtomicU64) -> bool {
    let fits = cheap.load(Ordering::Relaxed).saturating_add(bytes) <= CHEAP_PER_JOB;
    if fits {
        cheap.fetch_add(bytes, Ordering::Relaxed);
    }
    fits
}

fn size_of_result(out: &Out) -> u64 {
    match out {
        Out::Ready(object) => object.bytes().len() as u64,
        Out::Pending | Out::Stored(_) | Out::Gone | Out::Failed(_) => 0,
    }
}

/// Something to be stored.
pub(crate) enum Finished {
    /// Runs whose outputs are known, and objects that runs made on the way.
    Batch(Vec<Arc<Run>>, Vec<Arc<Object>>),
    /// Everything before this is to be handed to the operating system, and then somebody told.
    Flush(Sender<()>),
}

/// The thread that stores.
pub(crate) struct Persister {
    thread: JoinHandle<()>,
}

impl Persister {
    /// Starts the thread. It ends when the sender is dropped.
    pub fn start(store: Arc<Store>, arena: Arc<Arena>) -> std::io::Result<(Persister, Sender<Finished>)> {
        let (sender, receiver) = channel();
        let thread = std::thread::Builder::new().name("cloudc-store".into()).spawn(move || {
            serve(&store, &receiver);
            // Objects in the batches lie in the arena.
            drop((receiver, arena));
        })?;
        Ok((Persister { thread }, sender))
    }

    /// Waits for the end.
    pub fn join(self) {
        // A panic there has been reported; what is not stored is computed again.
        let _ = self.thread.join();
    }
}

fn serve(store: &Store, receiver: &Receiver<Finished>) {
    while let Ok(finished) = receiver.recv() {
        match finished {
            Finished::Batch(runs, objects) => {
                let keeps_names = runs.iter().any(|run| {
                    run.state()
                        .outs
                        .iter()
                        .any(|out| matches!(out, Out::Ready(o) if o.kind == BufKind::Names))
                });
                for object in objects {
                    if keeps_names || object.bytes().len() <= ALWAYS_STORED {
                        store.put(&object.content(), &object);
                    }
                }
                runs.iter().for_each(|run| store_run(store, run));
            }
            Finished::Flush(done) => {
                store.flush();
                // Who does not wait any more need not be told.
                let _ = done.send(());
            }
        }
    }
    store.flush();
}

fn store_run(store: &Store, run: &Run) {
    let taint = run.taint();
    if taint & TAINT_SELF != 0 {
        return;
    }
    let (outs, canonical) = {
        let state = run.state();
        (state.outs.clone(), state.canonical.clone())
    };
    for (seq, out) in outs.iter().enumerate() {
        let object = match out {
            Out::Ready(object) => object,
            Out::Failed(failed) if failed.is_kept => &failed.object,
            _ => continue,
        };
        if taint == 0 {
            store.put(&run.names[seq], object);
        }
        if let Some(canonical) = &canonical {
            store.put(&canonical[seq], object);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cheap_is_stored_while_it_is_little() {
        assert!(takes_longer_than_storing(Duration::from_secs(1), STORED_PER_SECOND));
        assert!(!takes_longer_than_storing(Duration::from_secs(1), STORED_PER_SECOND + 1));
        let cheap = AtomicU64::new(0);
        assert!(fits_among_cheap(CHEAP_PER_JOB - 5, &cheap));
        assert!(!fits_among_cheap(6, &cheap));
        assert!(fits_among_cheap(5, &cheap));
        assert!(!fits_among_cheap(1, &cheap));
    }
}
