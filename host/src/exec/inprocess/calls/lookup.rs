//! `get`: the bytes behind a name, waiting for the run that makes them.

use std::sync::Arc;

use cloudc_abi::code::{get_flag, note_flag, slot};
use cloudc_abi::{Buf, BufKind, BufState, Name, Status};

use super::super::lane::{Handle, Lane, Wanted, ready};
use super::super::x86_64::end;
use super::{Answer, Refusal, call, check_writable, new_handle, note_flags, publish, read};
use crate::object::Object;
use crate::run::{FailureObject, Input, Out, Run, TAINT_SELF};
use crate::schedule::Worker;

pub(in super::super) unsafe extern "C" fn get(
    lane: *mut Lane,
    name: *const Name,
    flags: u32,
    buf: *mut Buf,
) -> i64 {
    // SAFETY: a stub passes the lane whose task made the call.
    unsafe {
        call(lane, slot::GET, |lane, worker| {
            if flags & !get_flag::ALL != 0 {
                return Err(Refusal::Answer(Status::Inval));
            }
            let name = read(lane, name)?;
            check_writable(lane, buf)?;
            let input = match worker.resolve(&name) {
                Input::Missing(_) | Input::Output(..) if !lane.spawns.is_empty() => {
                    publish(lane, worker);
                    worker.resolve(&name)
                }
                input => input,
            };
            match input {
                Input::Literal(name) => {
                    let bytes = name.as_literal().unwrap_or(&[]);
                    let object =
                        Object::copy_of(bytes, BufKind::Data, &worker.shared.arena, &mut worker.bump)?;
                    give(lane, buf, object, None);
                    Ok(Status::Ok)
                }
                Input::Object(_, object) => {
                    give(lane, buf, object, None);
                    Ok(Status::Ok)
                }
                Input::Failed(_, failed) => {
                    give_failure(lane, buf, failed);
                    Ok(Status::Failed)
                }
                Input::WellKnown(_, number) => {
                    let is_declared = note_flags(lane) & note_flag::NONDET != 0;
                    let object = is_declared.then(|| worker.job.epoch_object(number)).flatten();
                    let object = object.ok_or(Refusal::Answer(Status::Denied))?;
                    lane.taint |= TAINT_SELF;
                    give(lane, buf, object, None);
                    Ok(Status::Ok)
                }
                Input::Missing(_) => {
                    worker.job.note_absent();
                    // That nobody has it is no property of the inputs.
                    lane.taint |= TAINT_SELF;
                    buf.write_unaligned(Buf::EMPTY);
                    Ok(Status::Absent)
                }
                Input::Output(_, run, seq) => {
                    if flags & get_flag::STRONG != 0 && worker.shared.has_newer_version(&run) {
                        lane.taint |= TAINT_SELF;
                        return Ok(Status::Stale);
                    }
                    get_output(lane, worker, run, seq, flags, buf)
                }
            }
        })
    }
}

/// # Safety
/// `buf` must be checked.
unsafe fn get_output(
    lane: &mut Lane,
    worker: &mut Worker,
    run: Arc<Run>,
    seq: u32,
    flags: u32,
    buf: *mut Buf,
) -> Answer {
    // SAFETY: the caller's.
    unsafe {
        match worker.force(&run, seq) {
            Out::Ready(object) => {
                note_taint(lane, &run);
                give(lane, buf, object, Some((run, seq)));
                Ok(Status::Ok)
            }
            Out::Failed(failed) => {
                note_taint(lane, &run);
                give_failure(lane, buf, failed);
                Ok(Status::Failed)
            }
            Out::Pending | Out::Stored(_) | Out::Gone if flags & get_flag::NOWAIT != 0 => {
                // What the task makes of this depends on the schedule.
                lane.taint |= TAINT_SELF;
                buf.write_unaligned(Buf { state: BufState::Requested as u8, ..Buf::EMPTY });
                Ok(Status::Pending)
            }
            Out::Pending | Out::Stored(_) | Out::Gone if note_flags(lane) & note_flag::MAY_WAIT == 0 => {
                Ok(Status::Denied)
            }
            Out::Pending | Out::Stored(_) | Out::Gone => {
                lane.wanted = Some(Wanted { run, seq, buf });
                lane.end = end::PARK;
                Ok(Status::Ok)
            }
        }
    }
}

/// Fills in what a parked `get` was waiting for, once it is there, and says what the call returns.
///
/// `None`: it is not there.
///
/// # Safety
/// The lane must be parked and this worker's to resume.
pub(crate) unsafe fn answer(lane: &mut Lane, worker: &mut Worker) -> Option<i64> {
    let wanted = lane.wanted.take()?;
    // SAFETY: the descriptor was checked when the call was made, and the task has not executed since.
    unsafe {
        match worker.force(&wanted.run, wanted.seq) {
            Out::Ready(object) => {
                note_taint(lane, &wanted.run);
                give(lane, wanted.buf, object, Some((wanted.run, wanted.seq)));
                Some(Status::Ok as i64)
            }
            Out::Failed(failed) => {
                note_taint(lane, &wanted.run);
                give_failure(lane, wanted.buf, failed);
                Some(Status::Failed as i64)
            }
            Out::Pending | Out::Stored(_) | Out::Gone => {
                lane.wanted = Some(wanted);
                None
            }
        }
    }
}
/// # Safety
/// `buf` must be checked.
unsafe fn give(lane: &mut Lane, buf: *mut Buf, object: Arc<Object>, made_by: Option<(Arc<Run>, u32)>) {
    let bytes = object.bytes();
    let handle = new_handle(lane);
    // SAFETY: the caller's.
    unsafe { buf.write_unaligned(ready(bytes.as_ptr(), bytes.len(), object.kind, handle)) };
    lane.handles.push(Handle::Fetched(object, made_by));
}

/// # Safety
/// `buf` must be checked.
unsafe fn give_failure(lane: &mut Lane, buf: *mut Buf, failed: Arc<FailureObject>) {
    // SAFETY: the caller's, and the descriptor was just written.
    unsafe {
        give(lane, buf, failed.object.clone(), None);
        (*buf.cast::<[u8; 32]>())[28] = BufState::Failed as u8;
    }
    lane.failed_input = Some(failed);
}
fn note_taint(lane: &mut Lane, run: &Run) {
    if run.taint() != 0 {
        lane.taint |= TAINT_SELF;
    }
}
