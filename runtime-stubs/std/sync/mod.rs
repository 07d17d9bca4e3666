//! Shared ownership between threads, of which a task has one.

mod arc;

pub use self::arc::{Arc, Weak};
