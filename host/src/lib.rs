//! Runs task images: names, object store, memo, scheduler, executors.
//!
//! In: images that the compiler made, a manifest, and objects. Out: objects. The host has never heard of a source
//! file: it knows which bytes a name stands for, and how to make them if they are not there.
//!
//! - [`name`]: names from bytes.
//! - [`image`]: what a loader accepts.
//! - [`manifest`]: which image an entry starts.
//! - [`failure`]: why a run failed.
//! - `memory`, [`object`], `record`: where bytes lie, and where those they refer to.
//! - `run`, `memo`: what was asked for, and what is known.
//! - [`store`]: what is known beyond this process.
//! - `exec`: executing one run.
//! - `schedule`: executing as many as a request needs.
//! - [`host`]: the whole, as seen from outside.
//! - [`stats`]: what happened.
//! - `mapped_file`: files as memory, for commands that read many.

pub mod name;

pub mod image;

pub mod manifest;

pub mod failure;

mod memory;

mod record;

pub mod object;

mod run;

mod memo;

pub mod store;

mod exec;

mod schedule;

pub mod host;

pub mod stats;

mod mapped_file;

pub use failure::Failure;
pub use host::{Host, HostError, HostOptions, RunResult};
pub use image::{Image, ImageError, processor_isa};
pub use manifest::Manifest;
pub use mapped_file::{MappedFile, avoid_huge_pages};
pub use name::{Namespace, content_name, object_name};
pub use object::ObjectBytes;
pub use stats::{Outcome, RunTrace, Stats};
