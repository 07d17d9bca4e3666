//! How a host is set up.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::name::Namespace;
use crate::store::Warn;

/// Told what tasks log: a level and a text.
pub type Log = Arc<dyn Fn(u32, &str) + Send + Sync>;

/// How a host is set up.
#[derive(Clone)]
pub struct HostOptions {
    /// The folder results are kept in; `None`: in memory only.
    pub store: Option<PathBuf>,
    /// How many runs are executed at the same time.
    pub jobs: usize,
    /// Nothing is kept beyond the host's life, and no run is looked up under its inputs' contents.
    pub no_cache: bool,
    /// How long a request may take.
    pub deadline: Option<Duration>,
    /// Keys the names of results.
    pub namespace: Namespace,
    /// Whether each run is recorded in `RunResult::trace`.
    pub trace: bool,
    /// Executes ready runs in an order drawn from this seed; for tests.
    pub shuffle: Option<u64>,
    /// The most heap of a task whose note sets no limit; `None`: as much as the machine has memory.
    pub heap_max: Option<u64>,
    /// The well-known object 3, for tasks that may see it.
    pub parameters: Vec<u8>,
    /// Told once if the store cannot be used; prints by default.
    pub warn: Warn,
    /// Told what tasks log.
    pub log: Option<Log>,
}

impl Default for HostOptions {
    fn default() -> Self {
        HostOptions {
            store: None,
            jobs: std::thread::available_parallelism().map_or(1, NonZeroUsize::get),
            no_cache: false,
            deadline: None,
            namespace: Namespace::default(),
            trace: false,
            shuffle: None,
            heap_max: None,
            parameters: Vec::new(),
            warn: Arc::new(|message| eprintln!("warning: {message}")),
            log: None,
        }
    }
}
