//! Maps images to be executed.
//!
//! In: a checked image. Out: its segment in memory, readable and executable, never writable again.

use std::io;
use std::ptr::{self, NonNull};

use crate::image::Image;
use crate::memory::{PAGE, map};

/// An image in memory.
pub(crate) struct TaskCode {
    /// What was mapped.
    pub image: Image,
    start: NonNull<u8>,
    size: usize,
}

// SAFETY: the mapping is never written after `new` and lives as long as the value.
unsafe impl Send for TaskCode {}
// SAFETY: as above.
unsafe impl Sync for TaskCode {}

impl TaskCode {
    /// Maps an image.
    pub fn new(image: Image) -> io::Result<TaskCode> {
        let size = image.segment.len().next_multiple_of(PAGE);
        // SAFETY: the mapping is fresh and large enough for the copy; nobody else knows it yet.
        let start = unsafe {
            let start = map(size, libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE, -1)?;
            ptr::copy_nonoverlapping(image.segment.as_ptr(), start.as_ptr(), image.segment.len());
            if libc::mprotect(start.as_ptr().cast(), size, libc::PROT_READ | libc::PROT_EXEC) != 0 {
                let error = io::Error::last_os_error();
                libc::munmap(start.as_ptr().cast(), size);
                return Err(error);
            }
            start
        };
        Ok(TaskCode { image, start, size })
    }

    /// The address of the entry.
    pub fn entry(&self) -> usize {
        self.address() + self.image.entry
    }

    /// The address of the segment.
    pub fn address(&self) -> usize {
        self.start.as_ptr() as usize
    }

    /// How many bytes are mapped.
    pub fn size(&self) -> usize {
        self.size
    }
}

impl Drop for TaskCode {
    fn drop(&mut self) {
        // SAFETY: the mapping is ours, and runs hold the code while they execute it.
        unsafe { libc::munmap(self.start.as_ptr().cast(), self.size) };
    }
}
