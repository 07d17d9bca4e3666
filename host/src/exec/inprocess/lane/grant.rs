//! Memory a task fills, and the objects that become of it.

use std::io;
use std::ptr::{self, NonNull};
use std::sync::Arc;

use cloudc_abi::{Buf, BufKind, BufState, Name, UNKNOWN_SIZE};

use super::{Lane, SCRATCH};
use crate::memory::{Arena, Bump, Draft};
use crate::object::Object;
use crate::run::Run;

/// An output granted at most this much is small.
const SMALL: usize = 4 << 10;
/// A declared bound above this is not granted before the task asks.
const MAX_EARLY_GRANT: u64 = 1 << 36;

/// What the host knows of an output.
pub(crate) enum OutSlot {
    /// Not granted.
    Empty,
    /// Being filled.
    Filling(Grant),
    /// Another object.
    Bound(Name),
    /// Sealed before the end; kept even if the run fails when `eager`.
    Committed {
        /// The object.
        object: Arc<Object>,
        /// Whether it was asked to be visible before the run returns.
        eager: bool,
    },
}

/// Memory a task fills.
pub(crate) enum Grant {
    /// In the lane's scratch.
    Scratch {
        /// Where it starts.
        start: NonNull<u8>,
        /// How many bytes it has.
        cap: usize,
    },
    /// In the place where it stays.
    Draft(Draft),
}

/// What a handle above the outputs' means.
pub(crate) enum Handle {
    /// An object under construction.
    Filling(Grant),
    /// A fetched object, and the output it is.
    Fetched(Arc<Object>, Option<(Arc<Run>, u32)>),
    /// Committed or released.
    Closed,
}

impl Grant {
    /// Where the task writes.
    pub fn start(&self) -> NonNull<u8> {
        match self {
            Grant::Scratch { start, .. } => *start,
            Grant::Draft(draft) => draft.writable(),
        }
    }

    /// How many bytes it may write.
    pub fn cap(&self) -> usize {
        match self {
            Grant::Scratch { cap, .. } => *cap,
            Grant::Draft(draft) => draft.cap(),
        }
    }
}

/// The descriptor of memory to be filled.
pub(crate) fn filling(grant: &Grant, len: u64, kind: BufKind, handle: u32) -> Buf {
    Buf {
        ptr: grant.start().as_ptr(),
        len,
        cap: grant.cap() as u64,
        handle,
        state: BufState::Filling as u8,
        kind: kind as u8,
        flags: 0,
    }
}

/// The descriptor of an object that is there.
pub(crate) fn ready(start: *const u8, len: usize, kind: BufKind, handle: u32) -> Buf {
    Buf {
        ptr: start.cast_mut(),
        len: len as u64,
        cap: len as u64,
        handle,
        state: BufState::Ready as u8,
        kind: kind as u8,
        flags: 0,
    }
}

impl Lane {
    /// Memory for an object of at least `bytes` bytes.
    pub fn grant(&mut self, bytes: usize, arena: &Arena, bump: &mut Bump) -> io::Result<Grant> {
        let cap = bytes.next_multiple_of(64).max(64);
        if cap <= SMALL && self.scratch_used + cap <= SCRATCH {
            // SAFETY: the bytes lie inside the scratch and belong to no other grant.
            let start = unsafe { self.scratch.add(self.scratch_used) };
            // SAFETY: as above. Cleared so that no run sees another's bytes.
            unsafe { ptr::write_bytes(start.as_ptr(), 0, cap) };
            self.scratch_used += cap;
            return Ok(Grant::Scratch { start, cap });
        }
        Ok(Grant::Draft(bump.allocate(arena, bytes)?))
    }

    /// Makes a grant larger and keeps its bytes.
    pub fn regrant(
        &mut self,
        grant: &mut Grant,
        bytes: usize,
        arena: &Arena,
        bump: &mut Bump,
    ) -> io::Result<()> {
        if bytes <= grant.cap() {
            return Ok(());
        }
        // An output that grows piece by piece is copied a logarithmic number of times.
        let wanted = bytes.max(grant.cap().saturating_mul(2));
        if let Grant::Draft(Draft::Region(region)) = grant
            && region.grow(wanted)?
        {
            return Ok(());
        }
        let larger = self.grant(wanted, arena, bump)?;
        // SAFETY: both are ours, do not overlap, and the larger one has room.
        unsafe { ptr::copy_nonoverlapping(grant.start().as_ptr(), larger.start().as_ptr(), grant.cap()) };
        *grant = larger;
        Ok(())
    }

    /// Makes an object of the first `len` bytes of a grant.
    ///
    /// `is_final` means that the task does not run any more; otherwise what it writes later must not be seen.
    pub fn seal(
        &mut self,
        grant: Grant,
        len: usize,
        kind: BufKind,
        is_final: bool,
        arena: &Arena,
        bump: &mut Bump,
    ) -> io::Result<Arc<Object>> {
        match grant {
            Grant::Draft(mut draft) if is_final || draft.can_seal_against_writer() => {
                bump.trim(&mut draft, len);
                Ok(Object::seal(draft, len, kind))
            }
            grant => {
                // SAFETY: the first `len <= cap` bytes of the grant are initialised and ours.
                let bytes = unsafe { std::slice::from_raw_parts(grant.start().as_ptr(), len) };
                let object = Object::copy_of(bytes, kind, arena, bump)?;
                if let Grant::Scratch { start, cap } = grant {
                    let offset = start.as_ptr() as usize - self.scratch.as_ptr() as usize;
                    if offset + cap == self.scratch_used {
                        self.scratch_used = offset;
                    }
                }
                Ok(object)
            }
        }
    }

    pub(super) fn prepare_outputs(
        &mut self,
        bounds: &[u64],
        first_handle: usize,
        arena: &Arena,
        bump: &mut Bump,
    ) {
        self.outputs.clear();
        self.slots.clear();
        for (index, bound) in bounds.iter().enumerate() {
            let handle = (first_handle + index) as u32;
            let grant = match *bound {
                UNKNOWN_SIZE => None,
                bound if bound > MAX_EARLY_GRANT => None,
                // If there is no room now, the task's own request will say so.
                bound => self.grant(bound as usize, arena, bump).ok(),
            };
            match grant {
                Some(grant) => {
                    self.outputs.push(filling(&grant, 0, BufKind::Data, handle));
                    self.slots.push(OutSlot::Filling(grant));
                }
                None => {
                    self.outputs.push(Buf { handle, ..Buf::EMPTY });
                    self.slots.push(OutSlot::Empty);
                }
            }
        }
    }
}
