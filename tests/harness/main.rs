//! Tests of the whole `cloudc` command: one folder of inputs a boundary, one binary, one summary.
//!
//! - [`run`]: `tests/run/*.rs` and the samples, compared with rustc in every mode.
//! - [`debugger`]: gdb on a running task.
//! - [`link`]: the linker on its own.
//! - [`modes`]: the modes that run in this process.
//! - [`machines`]: the same programs as images for other machines, under qemu-user.
//! - [`ui`]: `tests/ui/*.rs`, what is said about wrong programs; `BLESS=1` rewrites the `.stderr` beside them.
//! - [`reject`]: `tests/reject/*.rs`, wrong programs at whose first error rustc and we agree.
//! - [`language`]: the examples of `docs/language.md`.
//! - [`tasks`]: `tests/tasks/*.rs`, the verdict on each annotated line.
//! - [`testing`]: `cloudc test`, compared with `rustc --test`.
//! - [`cli`]: files, inputs, caches and exit codes.
//! - [`graph`]: what `cloudc graph` draws, what `cloudc explain` says and demands, and what profiles change.
//!
//! With the feature `llvm`, [`run`] and [`machines`] also compare images made by LLVM.

mod cli;
mod command;
mod debugger;
mod graph;
mod language;
mod link;
mod machines;
mod modes;
mod reject;
mod run;
mod tasks;
mod testing;
mod ui;

use libtest_mimic::{Arguments, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let mut trials: Vec<Trial> = run::trials();
    trials.extend(ui::trials());
    trials.extend(reject::trials());
    trials.extend(language::trials());
    trials.extend(tasks::trials());
    trials.extend(cli::trials());
    trials.extend(graph::trials());
    trials.extend(testing::trials());
    trials.extend(debugger::trials());
    trials.extend(link::trials());
    let is_listing = arguments.list;
    let conclusion = libtest_mimic::run(&arguments, trials);
    if !is_listing {
        print!("{}", run::summary());
    }
    conclusion.exit();
}
