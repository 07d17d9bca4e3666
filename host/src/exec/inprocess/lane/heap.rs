//! The heap of a lane: a reservation of its own that grows in place.

use std::io;
use std::ptr::NonNull;

use super::Lane;
use crate::memory::{PAGE, map};

/// Huge pages are kept away from the start of the heap, where small tasks live.
const HEAP_SMALL_PAGES: usize = 2 << 20;

impl Lane {
    /// Gives the heap back to the system, but for its first bytes. No run has it.
    pub fn give_back(&mut self, kept: usize) {
        if let Some(heap) = self.heap
            && self.heap_used > kept
        {
            // SAFETY: the first `heap_used` bytes of the heap are mapped and nobody uses them now.
            unsafe {
                libc::madvise(heap.as_ptr().add(kept).cast(), self.heap_used - kept, libc::MADV_DONTNEED);
            }
            self.heap_used = kept;
        }
    }

    /// Makes the heap `bytes` larger; the result is where the new bytes start. `None`: there is no more.
    pub fn grow_heap(&mut self, bytes: u64, limit: u64, reserve: usize) -> Option<(NonNull<u8>, usize)> {
        self.ensure_heap(reserve).ok()?;
        let bytes = usize::try_from(bytes).ok()?.checked_next_multiple_of(PAGE)?;
        let total = self.heap_granted.checked_add(bytes)?;
        if total as u64 > limit {
            return None;
        }
        self.grant_heap(bytes).ok().map(|start| (start, bytes))
    }

    pub(super) fn ensure_heap(&mut self, reserve: usize) -> io::Result<()> {
        if self.heap.is_some() {
            return Ok(());
        }
        let mut size = reserve.next_multiple_of(PAGE).max(HEAP_SMALL_PAGES);
        let heap = loop {
            // SAFETY: a fresh private mapping, owned by the lane.
            match unsafe { map(size, libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE, -1) } {
                Ok(heap) => break heap,
                Err(error) if size <= 64 << 20 => return Err(error),
                Err(_) => size /= 4,
            }
        };
        // SAFETY: advice about a mapping of ours; failing changes nothing.
        unsafe {
            libc::madvise(heap.as_ptr().cast(), HEAP_SMALL_PAGES.min(size), libc::MADV_NOHUGEPAGE);
            if size > HEAP_SMALL_PAGES {
                let rest = heap.as_ptr().add(HEAP_SMALL_PAGES);
                libc::madvise(rest.cast(), size - HEAP_SMALL_PAGES, libc::MADV_HUGEPAGE);
            }
        }
        self.heap = Some(heap);
        self.heap_reserved = size;
        Ok(())
    }

    pub(super) fn grant_heap(&mut self, bytes: usize) -> io::Result<NonNull<u8>> {
        let heap = self.heap.ok_or(io::ErrorKind::OutOfMemory)?;
        let total = self.heap_granted.checked_add(bytes).filter(|total| *total <= self.heap_reserved);
        let total = total.ok_or(io::ErrorKind::OutOfMemory)?;
        // SAFETY: the offset lies inside the reservation.
        let start = unsafe { heap.add(self.heap_granted) };
        self.heap_granted = total;
        Ok(start)
    }
}
