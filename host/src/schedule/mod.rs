//! Decides what is executed when, on which worker.
//!
//! In: a request from outside. Out: the requested objects, after as many runs as they need.
//!
//! A run is **published** (known under its names, its inputs counted), becomes **ready** when its last input is
//! known, is **executed** by some worker, and is **settled** when its outputs are known, which tells those who
//! wait. Each worker takes its newest work first, so that a tree of runs is walked in depth and few runs are parked
//! at any time; a worker with nothing to do takes another's oldest.
//!
//! Nothing here influences a result: names fix results, and every order that respects the inputs is legal.
//!
//! - [`shared`]: what outlives a request: names, images, store.
//! - [`job`]: one request: queues, and the end.
//! - [`worker`]: one thread of a job: takes work, drives lanes.
//! - [`publish`]: from a request to a ready run.
//! - [`settle`]: from an exit to known outputs.
//! - [`persist`]: from known outputs to the store, in the background.

mod job;
mod persist;
mod publish;
mod settle;
mod shared;
mod worker;

pub(crate) use job::{Epoch, Job};
pub(crate) use persist::{Finished, Persister};
pub(crate) use shared::Shared;
pub(crate) use worker::Worker;
