//! The nine calls, as the stubs call them on the worker's stack.
//!
//! In: a lane, found by the stub, and what the task passed. Out: a result for the task, or an end of the run.
//!
//! Nothing the task passes is believed: addresses are checked against the lane, structs are copied once and the
//! copy is checked, handles are indices into the lane's own lists. A task that passes an address outside its
//! memory is ended as if it had accessed it itself.

mod buffers;
mod lookup;
mod runs;

use std::ptr;

use cloudc_abi::code::slot;
use cloudc_abi::{FailureCode, Name, Status};

use super::lane::Lane;
use super::x86_64::end;
use crate::failure::Failure;
use crate::schedule::Worker;

pub(crate) use self::buffers::output_kind;
pub(super) use self::buffers::{commit, grant, release};
pub(crate) use self::lookup::answer;
pub(super) use self::lookup::get;
pub(super) use self::runs::{bind, fail, log, spawn, yield_};

/// The most inputs a request may have.
const MAX_INPUTS: u32 = 1 << 20;
/// The handle of heap regions.
const HEAP_HANDLE: u32 = u32::MAX;

type Answer = Result<Status, Refusal>;

/// Why a call does not simply answer.
enum Refusal {
    /// The task gets this result.
    Answer(Status),
    /// The run ends: an address was not the task's.
    BadAddress,
    /// The run ends: the host has no memory.
    NoMemory,
}

impl From<std::io::Error> for Refusal {
    fn from(_: std::io::Error) -> Self {
        Refusal::NoMemory
    }
}

/// What all calls have in common.
///
/// # Safety
/// `lane` must be the lane whose task made the call.
unsafe fn call(lane: *mut Lane, number: u32, body: impl FnOnce(&mut Lane, &mut Worker) -> Answer) -> i64 {
    // SAFETY: the task is stopped in the call, and the worker waits for it to come back, so both are ours alone.
    let (lane, worker) = unsafe { (&mut *lane, &mut *(*lane).worker) };
    worker.stats.calls += 1;
    let declared = lane.run.as_ref().map_or(0, |run| run.task.image.note.calls);
    let answer = if declared & 1 << number == 0 { Ok(Status::Denied) } else { body(lane, worker) };
    if worker.job.is_over() && lane.end == end::NO {
        // The worker finds no failure in the lane and takes the job's.
        lane.end = end::END;
    }
    match answer {
        Ok(status) | Err(Refusal::Answer(status)) => status as i64,
        Err(refusal) => {
            let (task, run) =
                lane.run.as_ref().map_or((Name::NONE, Name::NONE), |run| (run.task.image.name, run.name()));
            lane.failure = Some(match refusal {
                Refusal::NoMemory => {
                    Failure::noticed(FailureCode::HostLost, task, run, "the host has no memory left")
                }
                _ => bad_address(task, run, number),
            });
            lane.end = end::END;
            0
        }
    }
}

fn bad_address(task: Name, run: Name, number: u32) -> Failure {
    const CALLS: [&str; slot::COUNT as usize] =
        ["get", "grant", "commit", "release", "spawn", "bind", "yield", "fail", "log"];
    let message = format!("`{}` was given an address outside the task's memory", CALLS[number as usize]);
    Failure::noticed(FailureCode::MemoryFault, task, run, message)
}

fn no_room(_: std::io::Error) -> Refusal {
    Refusal::Answer(Status::TooBig)
}

/// Copies a value the task points at, once.
fn read<T: Copy>(lane: &Lane, from: *const T) -> Result<T, Refusal> {
    if !lane.is_readable(from as usize, size_of::<T>()) {
        return Err(Refusal::BadAddress);
    }
    // SAFETY: the bytes are the task's and initialised; every `T` used here is valid whatever its bytes.
    Ok(unsafe { ptr::read_unaligned(from) })
}

fn check_writable<T>(lane: &Lane, to: *mut T) -> Result<(), Refusal> {
    if lane.is_writable(to as usize, size_of::<T>()) { Ok(()) } else { Err(Refusal::BadAddress) }
}
fn new_handle(lane: &Lane) -> u32 {
    (lane.inputs.len() + lane.slots.len() + lane.handles.len()) as u32
}
fn note_flags(lane: &Lane) -> u32 {
    lane.run.as_ref().map_or(0, |run| run.task.image.note.flags)
}
fn publish(lane: &mut Lane, worker: &mut Worker) {
    let parent = lane.run.as_ref().map_or(Name::NONE, |run| run.name());
    worker.publish(parent, &mut lane.spawns, &mut lane.children);
}
