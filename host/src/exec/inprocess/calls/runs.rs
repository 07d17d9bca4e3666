//! `spawn` and `bind`, which concern other runs, and `yield`, `fail` and `log`, which concern this one.

use cloudc_abi::code::{note_flag, slot};
use cloudc_abi::{
    ANY_INPUTS, Buf, BufState, Failure as RawFailure, FailureCode, MAX_MESSAGE, Name, Spawn, Status,
    VERSION_NONDET,
};

use super::super::lane::{Lane, OutSlot};
use super::super::x86_64::end;
use super::{MAX_INPUTS, Refusal, bad_address, call, note_flags, publish, read};
use crate::failure::Failure;

pub(in super::super) unsafe extern "C" fn spawn(
    lane: *mut Lane,
    spawn: *const Spawn,
    names: *mut Name,
) -> i64 {
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

pub(in super::super) unsafe extern "C" fn bind(lane: *mut Lane, index: u32, name: *const Name) -> i64 {
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

pub(in super::super) unsafe extern "C" fn yield_(lane: *mut Lane) -> i64 {
    // SAFETY: a stub passes the lane whose task made the call.
    unsafe {
        call(lane, slot::YIELD, |lane, worker| {
            publish(lane, worker);
            Ok(Status::Ok)
        })
    }
}

pub(in super::super) unsafe extern "C" fn fail(lane: *mut Lane, failure: *const RawFailure) -> i64 {
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

pub(in super::super) unsafe extern "C" fn log(lane: *mut Lane, level: u32, text: *const u8, len: u64) -> i64 {
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
