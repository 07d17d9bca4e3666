//! `grant`, `commit` and `release`: memory, and the objects that become of it.

use cloudc_abi::code::{commit_flag, grant_kind, slot};
use cloudc_abi::{Buf, BufKind, BufState, Name, Status};

use super::super::lane::{Handle, Lane, OutSlot, filling, ready};
use super::{HEAP_HANDLE, Refusal, call, check_writable, new_handle, no_room};
use crate::memo::Entry;
use crate::object::Object;
use crate::run::{Input, Run};

pub(in super::super) unsafe extern "C" fn grant(
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

pub(in super::super) unsafe extern "C" fn commit(
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
            lane.handles[index] = Handle::Fetched(object, None);
            check_writable(lane, name)?;
            name.write_unaligned(content);
            Ok(Status::Ok)
        })
    }
}

pub(in super::super) unsafe extern "C" fn release(lane: *mut Lane, handle: u32) -> i64 {
    // SAFETY: a stub passes the lane whose task made the call.
    unsafe {
        call(lane, slot::RELEASE, |lane, _| {
            if handle == HEAP_HANDLE || (handle as usize) < lane.inputs.len() {
                // Inputs and heap end with the run.
                return Ok(Status::Ok);
            }
            let first = lane.inputs.len() + lane.slots.len();
            let index = (handle as usize).checked_sub(first).ok_or(Refusal::Answer(Status::Inval))?;
            let Some(handle) = lane.handles.get_mut(index) else { return Ok(Status::Inval) };
            match std::mem::replace(handle, Handle::Closed) {
                Handle::Closed => return Ok(Status::Inval),
                Handle::Fetched(_, Some((run, seq))) if is_child(lane, &run) => run.let_go(seq),
                Handle::Fetched(..) | Handle::Filling(_) => {}
            }
            Ok(Status::Ok)
        })
    }
}
/// Whether the run in the lane asked for `run`, before anybody else did.
fn is_child(lane: &Lane, run: &Run) -> bool {
    lane.run.as_ref().is_some_and(|parent| parent.name() == run.parent)
}
/// What a task may say its output is.
pub(crate) fn output_kind(number: u8) -> Option<BufKind> {
    BufKind::from_number(number).filter(|kind| *kind != BufKind::Failure)
}
