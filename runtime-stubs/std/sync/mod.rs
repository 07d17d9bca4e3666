//! Shared ownership, locks and atomics as values of one task. A task is sequential, so nothing here waits or is poisoned;
//! a lock taken twice, which would wait for ever, is a panic.

mod arc;
pub mod atomic;
mod lock;
mod once;
pub mod poison;

pub use self::arc::{Arc, Weak};
pub use self::lock::{Mutex, MutexGuard, RwLock, RwLockReadGuard, RwLockWriteGuard};
pub use self::once::{LazyLock, Once, OnceLock, OnceState};
pub use self::poison::{LockResult, PoisonError, TryLockError, TryLockResult};
