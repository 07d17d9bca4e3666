//! What a task may read and write: the host goes by it where a task names addresses, and where it says why one failed.

use cloudc_abi::Buf;

use super::super::x86_64::LANE_SIZE;
use super::{Grant, Handle, Lane, OutSlot};

impl Lane {
    /// Whether the task may read these bytes; the host reads only such. No bytes may lie anywhere.
    pub fn is_readable(&self, start: usize, len: usize) -> bool {
        let inside =
            |from: usize, size: usize| start >= from && start - from <= size && len <= size - (start - from);
        let in_buf = |buf: &Buf| inside(buf.ptr as usize, buf.len as usize);
        let in_handle = |handle: &Handle| match handle {
            Handle::Fetched(object, _) => object.covers(start, len),
            Handle::Filling(_) | Handle::Closed => false,
        };
        len == 0
            || self.is_writable(start, len)
            || self.run.as_ref().is_some_and(|run| inside(run.task.address(), run.task.size()))
            || inside(self.block.readable.as_ptr() as usize, self.block.cap)
            || self.inputs.iter().any(in_buf)
            || self.held.iter().any(|object| object.covers(start, len))
            || self.handles.iter().any(in_handle)
    }

    /// Whether the task may write these bytes; the host writes only such.
    pub fn is_writable(&self, start: usize, len: usize) -> bool {
        let inside =
            |from: usize, size: usize| start >= from && start - from <= size && len <= size - (start - from);
        let in_grant = |grant: &Grant| inside(grant.start().as_ptr() as usize, grant.cap());
        inside(self.stack_low, self.base() + LANE_SIZE - self.stack_low)
            || inside(self.outputs.as_ptr() as usize, self.outputs.len() * size_of::<Buf>())
            || self.heap.is_some_and(|heap| inside(heap.as_ptr() as usize, self.heap_granted))
            || self.slots.iter().any(|slot| matches!(slot, OutSlot::Filling(grant) if in_grant(grant)))
            || self.handles.iter().any(|handle| matches!(handle, Handle::Filling(grant) if in_grant(grant)))
    }

    /// Whether an address lies in what the task may read and not write, besides its image.
    pub fn is_sealed(&self, address: usize) -> bool {
        let inside = |start: usize, len: usize| address >= start && address - start < len;
        inside(self.block.readable.as_ptr() as usize, self.block.cap)
            || self.held.iter().any(|object| object.covers(address, 1))
            || self
                .handles
                .iter()
                .any(|handle| matches!(handle, Handle::Fetched(object, _) if object.covers(address, 1)))
            || self.slots.iter().any(|slot| {
                matches!(slot, OutSlot::Committed { object, .. }
                    if inside(object.bytes().as_ptr() as usize, object.bytes().len()))
            })
    }

    /// Whether an address lies in the guard below the stack.
    pub fn is_guard(&self, address: usize) -> bool {
        address >= self.base() && address < self.stack_low
    }

    /// Whether a stack pointer is one of this lane's.
    pub fn contains(&self, address: usize) -> bool {
        address >= self.base() && address - self.base() < LANE_SIZE
    }
}
