//! Classic programs, each as plain Rust, timed side by side: `cargo run --release -p cloudc-benches`.
//!
//! Reading order: [`program`] (what is measured), [`variant`] (under what it is compiled), [`measure`] (one run), [`table`] (the
//! part of `docs/performance.md` that is written), [`by_hand`] (the programs that are made parallel with rayon), [`scaling`] (what
//! tasks cost and bring, on one core and on two: `cargo run --release -p cloudc-benches -- tasks`).
//!
//! Every run of a program must print the same bytes. Times are medians of runs that take turns, so that a busy machine
//! is unfair to nobody; a sequential program is compared by the time its thread had a processor, a parallel one by the time
//! that passed.

pub mod by_hand;
pub mod measure;
pub mod program;
pub mod scaling;
pub mod table;
pub mod variant;
