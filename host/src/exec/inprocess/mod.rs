//! Calls images in this process.
//!
//! In: images built here from safe code. Out: what the calls and the return say. Isolation is the language's; what
//! goes wrong all the same (a fault, an endless loop, an endless recursion) ends the run and not the process.
//!
//! Each run has a **lane**: a stack with a guard, a heap, and the descriptors the task sees. The host never
//! executes on a lane's stack: the stubs behind the table switch to the worker's stack first and find the lane by
//! masking the stack pointer, so nothing the task passes is believed. A run that waits inside `get` is **parked**:
//! its registers stay on its own stack, the worker goes on with something else, and any worker may resume it.
//!
//! - [`code`]: images mapped to be executed.
//! - [`lane`]: the memory of one run.
//! - [`x86_64`]: the switch between the two stacks; the only assembly.
//! - [`calls`]: the nine calls.
//! - [`signals`]: faults and the end of a run from outside.
//!
//! All of `unsafe` that deals with tasks is in this folder. Its safety rests on one fact, stated here once: **a
//! lane is used by one worker at a time**, the one that entered or resumed it, until that call comes back.

#[cfg(not(all(target_os = "linux", target_arch = "x86_64", target_pointer_width = "64")))]
compile_error!("the in-process executor is written for Linux on x86-64");

mod calls;
mod code;
mod lane;
pub(crate) mod signals;
mod x86_64;

pub(crate) use calls::{answer, output_kind};
pub(crate) use code::TaskCode;
pub(crate) use lane::{Given, Lane, LaneRef, OutSlot};
pub(crate) use x86_64::{Exit, enter, resume};
