//! Memory that tasks may see: the arena for small objects, slabs for middling ones, regions for large ones.
//!
//! In: sizes. Out: 64-byte aligned memory with a writable view for the one who fills it and a read-only view for
//! everybody after.
//!
//! The arena is one anonymous file mapped twice, once writable and once read-only. An object is written through
//! the first view and read through the second, so sealing it costs nothing, and a task that writes to an input
//! faults. Arena memory is never given back before the arena is dropped: pages cost nothing until they are
//! touched. A region has pages of its own, sealed by changing their protection, and used again when the object is gone. A
//! slab is what regions of middling size are cut from: fresh pages are what they cost most, and huge pages, which the arena
//! cannot have, cost a third of small ones.
//!
//! Invariant: memory handed out is zero and belongs to nobody else.

mod region;

use std::io;
use std::ptr::{self, NonNull};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

pub(crate) use self::region::Region;
use self::region::{Pool, Slab, round_to_pages};

/// The size of a page, as far as this crate is concerned.
pub(crate) const PAGE: usize = 4096;
/// From this size on, an allocation has pages of its own, in a slab.
const MIDDLE: usize = 64 << 10;
/// From this size on, it has a mapping of its own.
const LARGE: usize = 4 << 20;
/// What a worker takes from the arena at once.
const CHUNK: usize = 4 << 20;
/// A worker's first slab, which has small pages, and those that follow.
const FIRST_SLAB: usize = 2 << 20;
const SLAB: usize = 16 << 20;

/// Memory mapped twice; see the module's text.
pub(crate) struct Arena {
    writable: NonNull<u8>,
    readable: NonNull<u8>,
    size: usize,
    next: AtomicUsize,
    pool: Arc<Pool>,
}

// SAFETY: the pointers are to mappings that live as long as the arena; `next` hands out each byte once.
unsafe impl Send for Arena {}
// SAFETY: as above, and all of `&self` goes through the atomic.
unsafe impl Sync for Arena {}

impl Arena {
    /// Reserves an arena, smaller if the system does not allow a large one.
    pub fn new() -> io::Result<Arena> {
        let mut last = io::Error::from(io::ErrorKind::OutOfMemory);
        for shift in [40, 37, 34, 31, 28] {
            match Arena::with_size(1 << shift) {
                Ok(arena) => return Ok(arena),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    fn with_size(size: usize) -> io::Result<Arena> {
        // SAFETY: plain system calls on a descriptor that is ours; the mappings are checked and owned by the result.
        unsafe {
            let file = libc::memfd_create(c"cloudc-objects".as_ptr(), libc::MFD_CLOEXEC);
            if file < 0 {
                return Arena::single_view(size);
            }
            let resized = libc::ftruncate(file, size as libc::off_t);
            let writable = map(size, libc::PROT_READ | libc::PROT_WRITE, libc::MAP_SHARED, file);
            let readable = map(size, libc::PROT_READ, libc::MAP_SHARED, file);
            let error = io::Error::last_os_error();
            libc::close(file);
            match (resized, writable, readable) {
                (0, Ok(writable), Ok(readable)) => {
                    Ok(Arena { writable, readable, size, next: AtomicUsize::new(0), pool: Arc::default() })
                }
                (_, writable, readable) => {
                    for view in [writable, readable].into_iter().flatten() {
                        libc::munmap(view.as_ptr().cast(), size);
                    }
                    Err(error)
                }
            }
        }
    }

    /// Where anonymous files are forbidden both views are one, and writes to inputs go unnoticed.
    fn single_view(size: usize) -> io::Result<Arena> {
        // SAFETY: a fresh private mapping, owned by the result.
        let view = unsafe { map(size, libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE, -1)? };
        Ok(Arena { writable: view, readable: view, size, next: AtomicUsize::new(0), pool: Arc::default() })
    }

    fn take(&self, bytes: usize) -> Option<usize> {
        let bytes = bytes.next_multiple_of(PAGE);
        let start = self.next.fetch_add(bytes, Ordering::Relaxed);
        // A few failed takes past the end cannot bring the counter near its own end.
        (start.checked_add(bytes)? <= self.size).then_some(start)
    }

    fn views(&self, offset: usize) -> (NonNull<u8>, NonNull<u8>) {
        // SAFETY: callers pass offsets inside the arena.
        unsafe { (self.writable.add(offset), self.readable.add(offset)) }
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        // SAFETY: the views were mapped with this size and nothing refers to them any more.
        unsafe {
            libc::munmap(self.writable.as_ptr().cast(), self.size);
            if self.readable != self.writable {
                libc::munmap(self.readable.as_ptr().cast(), self.size);
            }
        }
    }
}

/// One worker's piece of the arena, and its slab.
#[derive(Default)]
pub(crate) struct Bump {
    at: usize,
    end: usize,
    slab: Option<Arc<Slab>>,
    /// How much of the slab belongs to somebody.
    slab_used: usize,
}

impl Bump {
    /// Memory for at least `bytes` bytes, zeroed.
    pub fn allocate(&mut self, arena: &Arena, bytes: usize) -> io::Result<Draft> {
        if bytes < MIDDLE {
            self.allocate_in_arena(arena, bytes)
        } else if bytes < LARGE {
            self.allocate_in_slab(arena, bytes)
        } else {
            Ok(Draft::Region(Region::new(bytes, &arena.pool)?))
        }
    }

    fn allocate_in_slab(&mut self, arena: &Arena, bytes: usize) -> io::Result<Draft> {
        let size = round_to_pages(bytes)?;
        if let Some(region) = arena.pool.take(size) {
            return Ok(Draft::Region(region));
        }
        let slab = match &self.slab {
            Some(slab) if slab.size() - self.slab_used >= size => slab.clone(),
            last => {
                let size = if last.is_none() && bytes <= FIRST_SLAB { FIRST_SLAB } else { SLAB };
                self.slab_used = 0;
                self.slab.insert(Slab::new(size)?).clone()
            }
        };
        // SAFETY: the slab has this much room left, which is handed out once.
        let region = unsafe { Region::of_slab(&slab, self.slab_used, size, &arena.pool) };
        self.slab_used += size;
        Ok(Draft::Region(region))
    }

    /// Memory with two views, if the arena has it.
    pub fn allocate_in_arena(&mut self, arena: &Arena, bytes: usize) -> io::Result<Draft> {
        let size = bytes.next_multiple_of(64).max(64);
        if size > CHUNK {
            return Ok(Draft::Region(Region::new(bytes, &arena.pool)?));
        }
        if self.end - self.at < size {
            match arena.take(CHUNK) {
                Some(start) => (self.at, self.end) = (start, start + CHUNK),
                None => return Ok(Draft::Region(Region::new(bytes, &arena.pool)?)),
            }
        }
        let offset = self.at;
        self.at += size;
        let (writable, readable) = arena.views(offset);
        Ok(Draft::Arena { writable, readable, offset, cap: size })
    }

    /// Takes back what `draft` does not need beyond `len` bytes, if nothing was allocated after it.
    ///
    /// The bytes taken back may have been written, so they are cleared.
    pub fn trim(&mut self, draft: &mut Draft, len: usize) {
        if let Draft::Arena { writable, offset, cap, .. } = draft
            && *offset + *cap == self.at
        {
            let kept = len.next_multiple_of(64).max(64).min(*cap);
            let excess = *cap - kept;
            // Clearing much costs more than the room is worth.
            if excess > 0 && excess <= 4 * PAGE {
                // SAFETY: the bytes are inside the draft, which nobody else uses.
                unsafe { ptr::write_bytes(writable.as_ptr().add(kept), 0, excess) };
                *cap = kept;
                self.at = *offset + kept;
            }
        }
    }
}

/// Memory that is being filled.
pub(crate) enum Draft {
    /// A piece of the arena.
    Arena {
        /// Where it is written.
        writable: NonNull<u8>,
        /// Where it will be read.
        readable: NonNull<u8>,
        /// Where it lies in the arena.
        offset: usize,
        /// How many bytes it has.
        cap: usize,
    },
    /// Pages of its own.
    Region(Region),
}

// SAFETY: a draft has one owner, who alone touches the memory behind it.
unsafe impl Send for Draft {}

impl Draft {
    /// Where it is written.
    pub fn writable(&self) -> NonNull<u8> {
        match self {
            Draft::Arena { writable, .. } => *writable,
            Draft::Region(region) => region.start(),
        }
    }

    /// Where it will be read.
    pub fn readable(&self) -> NonNull<u8> {
        match self {
            Draft::Arena { readable, .. } => *readable,
            Draft::Region(region) => region.start(),
        }
    }

    /// How many bytes may be written.
    pub fn cap(&self) -> usize {
        match self {
            Draft::Arena { cap, .. } => *cap,
            Draft::Region(region) => region.size(),
        }
    }

    /// The bytes, to be filled by the host.
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: the memory is initialised (zero at first), and the draft owns it.
        unsafe { std::slice::from_raw_parts_mut(self.writable().as_ptr(), self.cap()) }
    }

    /// Whether a task that keeps the address of the writable view can be kept from writing by `seal`.
    pub fn can_seal_against_writer(&self) -> bool {
        !matches!(self, Draft::Arena { .. })
    }

    /// Ends the writing; the result is where the bytes are read, and what keeps them unless the arena does.
    pub fn seal(self, len: usize) -> (NonNull<u8>, Option<Region>) {
        match self {
            Draft::Arena { readable, .. } => (readable, None),
            Draft::Region(mut region) => {
                region.seal(len);
                (region.start(), Some(region))
            }
        }
    }
}

/// Maps memory without reserving swap for it.
///
/// # Safety
/// `file` must be -1 with `MAP_PRIVATE`, or a descriptor of at least `size` bytes with `MAP_SHARED`.
pub(crate) unsafe fn map(
    size: usize,
    protection: libc::c_int,
    sharing: libc::c_int,
    file: libc::c_int,
) -> io::Result<NonNull<u8>> {
    let anonymous = if file < 0 { libc::MAP_ANONYMOUS } else { 0 };
    let flags = sharing | anonymous | libc::MAP_NORESERVE;
    // SAFETY: no address is asked for, so no other mapping is touched.
    let start = unsafe { libc::mmap(ptr::null_mut(), size, protection, flags, file, 0) };
    if start == libc::MAP_FAILED {
        return Err(io::Error::last_os_error());
    }
    NonNull::new(start.cast()).ok_or_else(|| io::ErrorKind::OutOfMemory.into())
}
