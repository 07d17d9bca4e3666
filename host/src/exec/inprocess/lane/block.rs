//! Arena memory for what a task may read and not write.

use std::io;
use std::ptr::{self, NonNull};

use crate::memory::{Arena, Bump, Draft};

/// Arena memory for what the task may read and not write.
pub(super) struct Block {
    pub writable: NonNull<u8>,
    pub readable: NonNull<u8>,
    pub cap: usize,
}

impl Block {
    pub fn new(bytes: usize, arena: &Arena, bump: &mut Bump) -> io::Result<Block> {
        match bump.allocate_in_arena(arena, bytes)? {
            Draft::Arena { writable, readable, cap, .. } => Ok(Block { writable, readable, cap }),
            draft @ Draft::Region(_) => {
                // More inputs than fit into the arena's pieces: kept writable, and kept as long as the process.
                let block =
                    Block { writable: draft.writable(), readable: draft.writable(), cap: draft.cap() };
                std::mem::forget(draft);
                Ok(block)
            }
        }
    }

    /// Writes bytes and says where the task reads them.
    pub fn write(&mut self, offset: usize, bytes: &[u8]) -> *const u8 {
        assert!(offset + bytes.len() <= self.cap, "bug: a block of {} bytes is too small", self.cap);
        // SAFETY: checked above; only this worker writes the block.
        unsafe {
            ptr::copy_nonoverlapping(bytes.as_ptr(), self.writable.as_ptr().add(offset), bytes.len());
            self.readable.as_ptr().add(offset)
        }
    }
}
