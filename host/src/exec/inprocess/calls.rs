//! The nine calls, as the stubs call them on the worker's stack.
//!
//! In: a lane, found by the stub, and what the task passed. Out: a result for the task, or an end of the run.
//!
//! Nothing the task passes is believed: addresses are checked against the lane, structs are copied once and the
//! copy is checked, handles are indices into the lane's own lists. A task that passes an address outside its
//! memory is ended as if it had accessed it itself.

use std::ptr;

use cloudc_abi::code::{commit_flag, get_flag, grant_kind, note_flag, slot};
use cloudc_abi::{
    ANY_INPUTS, Buf, BufKind, BufState, Failure as RawFailure, FailureCode, MAX_MESSAGE, Name, Spawn, Status,
    VERSION_NONDET,
};

use super::lane::{Handle, Lane, OutSlot, Wanted, filling, ready};
use super::x86_64::end;
use crate::failure::Failure;
use crate::memo::Entry;
use crate::object::Object;
use crate::run::{FailureObject, Input, Out, Run, TAINT_SELF};
use crate::schedule::Worker;

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

pub(super) unsafe extern "C" fn get(lane: *mut Lane, name: *const Name, flags: u32, buf: *mut Buf) -> i64 {
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
                    give(lane, buf, object);
                    Ok(Status::Ok)
                }
                Input::Object(_, object) => {
                    give(lane, buf, object);
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
                    give(lane, buf, object);
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
    run: std::sync::Arc<Run>,
    seq: u32,
    flags: u32,
    buf: *mut Buf,
) -> Answer {
    // SAFETY: the caller's.
    unsafe {
        match worker.force(&run, seq) {
            Out::Ready(object) => {
                note_taint(lane, &run);
                give(lane, buf, object);
                Ok(Status::Ok)
            }
            Out::Failed(failed) => {
                note_taint(lane, &run);
                give_failure(lane, buf, failed);
                Ok(Status::Failed)
            }
            Out::Pending | Out::Stored(_) if flags & get_flag::NOWAIT != 0 => {
                // What the task makes of this depends on the schedule.
                lane.taint |= TAINT_SELF;
                buf.write_unaligned(Buf { state: BufState::Requested as u8, ..Buf::EMPTY });
                Ok(Status::Pending)
            }
            Out::Pending | Out::Stored(_) if note_flags(lane) & note_flag::MAY_WAIT == 0 => {
                Ok(Status::Denied)
            }
            Out::Pending | Out::Stored(_) => {
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
                give(lane, wanted.buf, object);
                Some(Status::Ok as i64)
            }
            Out::Failed(failed) => {
                note_taint(lane, &wanted.run);
                give_failure(lane, wanted.buf, failed);
                Some(Status::Failed as i64)
            }
            Out::Pending | Out::Stored(_) => {
                lane.wanted = Some(wanted);
                None
            }
        }
    }
}

pub(super) unsafe extern "C" fn grant(
    lane: *mut Lane,
    kind: u32,
    index: u32,
    bytes: u64,
    buf: *mut Buf,
) -> i64 {
    // SAFETY: a stub passes the lane whose task made the call.
    unsafe {
        call(lane, slot::GRANT, |lane, worker| {
            check_writable(lane, buf)?;
            let too_big = Refusal::Answer(Status::TooBig);
            let bytes = usize::try_from(bytes).ok().filter(|bytes| *bytes < 1 << 46).ok_or(too_big)?;
            let shared = worker.shared.clone();
            match kind {
                grant_kind::OUTPUT => {
                    let slot = lane.slots.get_mut(index as usize).ok_or(Refusal::Answer(Status::Inval))?;
                    let mut slot = std::mem::replace(slot, OutSlot::Empty);
                    let granted = match &mut slot {
                        OutSlot::Filling(grant) => {
                            lane.regrant(grant, bytes, &shared.arena, &mut worker.bump).map_err(no_room)
                        }
                        OutSlot::Empty => match lane.grant(bytes, &shared.arena, &mut worker.bump) {
                            Ok(grant) => {
                                slot = OutSlot::Filling(grant);
                                Ok(())
                            }
                            Err(error) => Err(no_room(error)),
                        },
                        OutSlot::Bound(_) | OutSlot::Committed { .. } => Err(Refusal::Answer(Status::Inval)),
                    };
                    lane.slots[index as usize] = slot;
                    granted?;
                    let known = lane.outputs[index as usize];
                    if let OutSlot::Filling(grant) = &lane.slots[index as usize] {
                        let len = known.len.min(grant.cap() as u64);
                        let kind = BufKind::from_number(known.kind).unwrap_or(BufKind::Data);
                        let granted = filling(grant, len, kind, known.handle);
                        lane.outputs[index as usize] = granted;
                        // The descriptor may lie in memory that has just moved.
                        check_writable(lane, buf)?;
                        buf.write_unaligned(granted);
                    }
                    Ok(Status::Ok)
                }
                grant_kind::HEAP => {
                    let declared = lane.run.as_ref().map_or(0, |run| run.task.image.note.heap_max);
                    let limit = if declared == 0 { shared.heap_max } else { declared };
                    match lane.grow_heap(bytes as u64, limit, shared.heap_reserve) {
                        Some((start, granted)) => {
                            buf.write_unaligned(Buf {
                                ptr: start.as_ptr(),
                                len: 0,
                                cap: granted as u64,
                                handle: HEAP_HANDLE,
                                state: BufState::Filling as u8,
                                kind: BufKind::Data as u8,
                                flags: 0,
                            });
                            Ok(Status::Ok)
                        }
                        None => {
                            lane.hit_host_limit |= declared == 0 || declared > shared.heap_reserve as u64;
                            Ok(Status::Quota)
                        }
                    }
                }
                grant_kind::OBJECT => {
                    let grant = lane.grant(bytes, &shared.arena, &mut worker.bump).map_err(no_room)?;
                    let handle = new_handle(lane);
                    buf.write_unaligned(filling(&grant, 0, BufKind::Data, handle));
                    lane.handles.push(Handle::Filling(grant));
                    Ok(Status::Ok)
                }
                grant_kind::ADDRESSED => {
                    let inval = || Refusal::Answer(Status::Inval);
                    let record = lane.input_object(index as usize).ok_or_else(inval)?;
                    let shared_inputs: Option<Vec<_>> =
                        (bytes..lane.inputs.len()).map(|k| lane.input_object(k).cloned()).collect();
                    let shared_inputs = shared_inputs.ok_or_else(inval)?;
                    let pointers = record
                        .addressed(&shared_inputs, &shared.arena, &mut worker.bump)
                        .ok_or(Refusal::Answer(Status::Denied))?
                        .bytes();
                    buf.write_unaligned(ready(pointers.as_ptr(), pointers.len(), BufKind::Data, index));
                    Ok(Status::Ok)
                }
                _ => Ok(Status::Inval),
            }
        })
    }
}

pub(super) unsafe extern "C" fn commit(
    lane: *mut Lane,
    handle: u32,
    len: u64,
    flags: u32,
    name: *mut Name,
) -> i64 {
    // SAFETY: a stub passes the lane whose task made the call.
    unsafe {
        call(lane, slot::COMMIT, |lane, worker| {
            if flags & !commit_flag::ALL != 0 {
                return Err(Refusal::Answer(Status::Inval));
            }
            check_writable(lane, name)?;
            let inval = || Refusal::Answer(Status::Inval);
            let len = usize::try_from(len).map_err(|_| inval())?;
            let shared = worker.shared.clone();
            let Some(index) = (handle as usize).checked_sub(lane.inputs.len()) else {
                // An input is sealed: the task only learns its name.
                let run = lane.run.as_ref().ok_or_else(inval)?;
                let known = run.state().inputs.get(handle as usize).map(Input::name).ok_or_else(inval)?;
                name.write_unaligned(known);
                return Ok(Status::Ok);
            };
            if index < lane.slots.len() {
                match &lane.slots[index] {
                    OutSlot::Filling(grant) if len <= grant.cap() => {}
                    OutSlot::Empty if len == 0 => {}
                    _ => return Err(inval()),
                }
                let kind = output_kind(lane.outputs[index].kind).ok_or_else(inval)?;
                let object = match std::mem::replace(&mut lane.slots[index], OutSlot::Empty) {
                    OutSlot::Filling(grant) => {
                        lane.seal(grant, len, kind, false, &shared.arena, &mut worker.bump)?
                    }
                    _ => Object::copy_of(&[], kind, &shared.arena, &mut worker.bump)?,
                };
                worker.stats.bytes += len as u64;
                lane.outputs[index].state = BufState::Committed as u8;
                lane.outputs[index].len = len as u64;
                lane.slots[index] = OutSlot::Committed { object, eager: flags & commit_flag::EAGER != 0 };
                // The place for the name may lie in what has just been sealed.
                check_writable(lane, name)?;
                let run = lane.run.as_ref().ok_or_else(inval)?;
                name.write_unaligned(run.names[index]);
                return Ok(Status::Ok);
            }
            let index = index - lane.slots.len();
            match lane.handles.get(index) {
                Some(Handle::Filling(grant)) if len <= grant.cap() => {}
                _ => return Err(inval()),
            }
            let Handle::Filling(grant) = std::mem::replace(&mut lane.handles[index], Handle::Closed) else {
                return Err(inval());
            };
            worker.stats.bytes += len as u64;
            let start = grant.start();
            // SAFETY: the first `len <= cap` bytes of the grant are initialised and ours.
            let bytes = std::slice::from_raw_parts(start.as_ptr(), len);
            if let Some(literal) = Name::literal(bytes) {
                check_writable(lane, name)?;
                name.write_unaligned(literal);
                return Ok(Status::Ok);
            }
            let object = lane.seal(grant, len, BufKind::Data, false, &shared.arena, &mut worker.bump)?;
            let content = object.content();
            shared.table.add(&content, Entry::Object(object.clone()));
            worker.note_object(object.clone());
            lane.handles[index] = Handle::Fetched(object);
            check_writable(lane, name)?;
            name.write_unaligned(content);
            Ok(Status::Ok)
        })
    }
}

pub(super) unsafe extern "C" fn release(lane: *mut Lane, handle: u32) -> i64 {
    // SAFETY: a stub passes the lane whose task made the call.
    unsafe {
        call(lane, slot::RELEASE, |lane, _| {
            if handle == HEAP_HANDLE || (handle as usize) < lane.inputs.len() {
                // Inputs and heap end with the run.
                return Ok(Status::Ok);
            }
            let first = lane.inputs.len() + lane.slots.len();
            let index = (handle as usize).checked_sub(first).ok_or(Refusal::Answer(Status::Inval))?;
            match lane.handles.get_mut(index) {
                Some(handle @ (Handle::Fetched(_) | Handle::Filling(_))) => {
                    *handle = Handle::Closed;
                    Ok(Status::Ok)
                }
                _ => Ok(Status::Inval),
            }
        })
    }
}

pub(super) unsafe extern "C" fn spawn(lane: *mut Lane, spawn: *const Spawn, names: *mut Name) -> i64 {
    // SAFETY: a stub passes the lane whose task made the call.
    unsafe {
        call(lane, slot::SPAWN, |lane, worker| {
            if note_flags(lane) & note_flag::SPAWNS == 0 {
                return Err(Refusal::Answer(Status::Denied));
            }
            let spawn = read(lane, spawn)?;
            let inval = Refusal::Answer(Status::Inval);
            let task = worker.shared.task(&spawn.task).ok_or(Refusal::Answer(Status::Absent))?;
            let note = &task.image.note;
            let takes = note.n_inputs == ANY_INPUTS || note.n_inputs == spawn.n_inputs;
            if spawn.flags != 0 || !takes || spawn.n_inputs > MAX_INPUTS || spawn.n_outputs != note.n_outputs
            {
                return Err(inval);
            }
            let size = spawn.n_inputs as usize * size_of::<Name>();
            if !lane.is_readable(spawn.inputs as usize, size)
                || !lane.is_writable(names as usize, spawn.n_outputs as usize * size_of::<Name>())
            {
                return Err(Refusal::BadAddress);
            }
            let inputs = (0..spawn.n_inputs as usize).map(|i| spawn.inputs.add(i).read_unaligned()).collect();
            let is_nondet = note.flags & note_flag::NONDET != 0;
            let version = if is_nondet { VERSION_NONDET } else { spawn.version };
            let request = worker.shared.request(task, version, inputs, spawn.site);
            for (i, name) in request.names.iter().enumerate() {
                names.add(i).write_unaligned(*name);
            }
            lane.spawns.push(request);
            if worker.job.has_idle() {
                // Somebody has nothing to do. A run that fails has asked in vain, but nobody can see that.
                publish(lane, worker);
            }
            Ok(Status::Ok)
        })
    }
}

pub(super) unsafe extern "C" fn bind(lane: *mut Lane, index: u32, name: *const Name) -> i64 {
    // SAFETY: a stub passes the lane whose task made the call.
    unsafe {
        call(lane, slot::BIND, |lane, _| {
            let name = read(lane, name)?;
            match lane.slots.get_mut(index as usize) {
                Some(slot @ (OutSlot::Empty | OutSlot::Filling(_) | OutSlot::Bound(_))) => {
                    *slot = OutSlot::Bound(name);
                    let handle = lane.outputs[index as usize].handle;
                    lane.outputs[index as usize] =
                        Buf { handle, state: BufState::Committed as u8, ..Buf::EMPTY };
                    Ok(Status::Ok)
                }
                _ => Ok(Status::Inval),
            }
        })
    }
}

pub(super) unsafe extern "C" fn yield_(lane: *mut Lane) -> i64 {
    // SAFETY: a stub passes the lane whose task made the call.
    unsafe {
        call(lane, slot::YIELD, |lane, worker| {
            publish(lane, worker);
            Ok(Status::Ok)
        })
    }
}

pub(super) unsafe extern "C" fn fail(lane: *mut Lane, failure: *const RawFailure) -> i64 {
    // SAFETY: a stub passes the lane whose task made the call. A task may always fail, declared or not.
    unsafe {
        let lane = &mut *lane;
        let (task, run) =
            lane.run.as_ref().map_or((Name::NONE, Name::NONE), |run| (run.task.image.name, run.name()));
        lane.failure = Some(match read(lane, failure) {
            Ok(raw) => {
                let len = (raw.msg_len as usize).min(MAX_MESSAGE);
                let message = if lane.is_readable(raw.msg as usize, len) && len > 0 {
                    String::from_utf8_lossy(std::slice::from_raw_parts(raw.msg, len)).into_owned()
                } else {
                    String::new()
                };
                Failure {
                    code: raw.code.max(1),
                    site: raw.site,
                    detail: raw.detail,
                    ..Failure::noticed(FailureCode::Panic, task, run, message)
                }
            }
            Err(_) => bad_address(task, run, slot::FAIL),
        });
        lane.end = end::END;
        0
    }
}

pub(super) unsafe extern "C" fn log(lane: *mut Lane, level: u32, text: *const u8, len: u64) -> i64 {
    // SAFETY: a stub passes the lane whose task made the call.
    unsafe {
        call(lane, slot::LOG, |lane, worker| {
            let len = usize::try_from(len).unwrap_or(usize::MAX).min(MAX_MESSAGE);
            if !lane.is_readable(text as usize, len) {
                return Err(Refusal::BadAddress);
            }
            if let (Some(log), true) = (&worker.shared.log, len > 0) {
                log(level, &String::from_utf8_lossy(std::slice::from_raw_parts(text, len)));
            }
            Ok(Status::Ok)
        })
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

/// # Safety
/// `buf` must be checked.
unsafe fn give(lane: &mut Lane, buf: *mut Buf, object: std::sync::Arc<Object>) {
    let bytes = object.bytes();
    let handle = new_handle(lane);
    // SAFETY: the caller's.
    unsafe { buf.write_unaligned(ready(bytes.as_ptr(), bytes.len(), object.kind, handle)) };
    lane.handles.push(Handle::Fetched(object));
}

/// # Safety
/// `buf` must be checked.
unsafe fn give_failure(lane: &mut Lane, buf: *mut Buf, failed: std::sync::Arc<FailureObject>) {
    // SAFETY: the caller's, and the descriptor was just written.
    unsafe {
        give(lane, buf, failed.object.clone());
        (*buf.cast::<[u8; 32]>())[28] = BufState::Failed as u8;
    }
    lane.failed_input = Some(failed);
}

fn new_handle(lane: &Lane) -> u32 {
    (lane.inputs.len() + lane.slots.len() + lane.handles.len()) as u32
}

fn note_flags(lane: &Lane) -> u32 {
    lane.run.as_ref().map_or(0, |run| run.task.image.note.flags)
}

fn note_taint(lane: &mut Lane, run: &Run) {
    if run.taint() != 0 {
        lane.taint |= TAINT_SELF;
    }
}

fn publish(lane: &mut Lane, worker: &mut Worker) {
    let parent = lane.run.as_ref().map_or(Name::NONE, |run| run.name());
    worker.publish(parent, &mut lane.spawns);
}

/// What a task may say its output is.
pub(crate) fn output_kind(number: u8) -> Option<BufKind> {
    BufKind::from_number(number).filter(|kind| *kind != BufKind::Failure)
}
