//! Bodies without source: drops, clones, record form, and small adapters.

mod clone;
mod drop;
mod freeze;
mod shim;
