//! Tests at the boundaries between crates, and the fuzzers.
//!
//! - [`generate`]: random programs; [`rng`] gives the choices.
//! - [`oracle`]: many programs under rustc at once. [`batch`]: the same programs here, in every [`mode`].
//! - [`reduce`]: a failing program made small.
//! - [`mutate`] and [`hostile`]: sources with something wrong; [`front_end`]: what must hold for them.
//! - [`large`]: programs of many lines.
//! - [`process`]: child processes, watched.

pub mod batch;
pub mod front_end;
pub mod generate;
pub mod hostile;
pub mod large;
pub mod mode;
pub mod mutate;
pub mod oracle;
pub mod process;
pub mod reduce;
pub mod rng;

/// As in the command itself: the fuzzers are the compiler, most of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
