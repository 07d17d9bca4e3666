//! Whole pages: mapped for one object, or cut from a slab that several share, and used again when the object is gone.
//!
//! In: sizes. Out: [`Region`]s, writable and zero at first, read-only once sealed.
//!
//! Fresh pages cost several times what clearing used ones does, so what a dropped region leaves lies in the [`Pool`]
//! until a region of about its size is wanted, or there is too much of it.
//!
//! Invariant: what lies in the pool belongs to nobody.

use std::collections::BTreeMap;
use std::io;
use std::ptr::{self, NonNull};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::{PAGE, map};

/// From this size on, a mapping asks for huge pages.
const HUGE: usize = 4 << 20;
/// The most that lies unused.
const MOST_UNUSED: usize = 64 << 20;

/// Pages that belong to one object, or to nobody.
struct Block {
    start: NonNull<u8>,
    size: usize,
    /// What they are a part of; `None`: they are a mapping of their own.
    slab: Option<Arc<Slab>>,
}

// SAFETY: the block owns its pages; reads of sealed memory may come from any thread.
unsafe impl Send for Block {}
// SAFETY: `&Block` gives no way to write.
unsafe impl Sync for Block {}

impl Block {
    const NONE: Block = Block { start: NonNull::dangling(), size: 0, slab: None };

    fn map(size: usize) -> io::Result<Block> {
        // SAFETY: a fresh private mapping, owned by the result.
        let start = unsafe { map(size, libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE, -1)? };
        if size >= HUGE {
            // SAFETY: advice about a mapping of ours; failing changes nothing.
            unsafe { libc::madvise(start.as_ptr().cast(), size, libc::MADV_HUGEPAGE) };
        }
        Ok(Block { start, size, slab: None })
    }

    fn protect(&self, access: libc::c_int) -> io::Result<()> {
        // SAFETY: the pages are the block's, and nobody else uses them.
        match unsafe { libc::mprotect(self.start.as_ptr().cast(), self.size, access) } {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    }

    /// Gives the pages behind the first `size` bytes back, if that is much.
    fn shrink(&mut self, size: usize) {
        if self.slab.is_none() && self.size - size > self.size / 4 {
            // SAFETY: the pages are the block's, and nobody uses those behind `size`.
            unsafe { libc::munmap(self.start.as_ptr().add(size).cast(), self.size - size) };
            self.size = size;
        }
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        if self.slab.is_none() && self.size > 0 {
            // SAFETY: the mapping is ours and nothing refers to it any more.
            unsafe { libc::munmap(self.start.as_ptr().cast(), self.size) };
        }
    }
}

/// A mapping that is cut into blocks.
pub(crate) struct Slab(Block);

impl Slab {
    /// A slab of this size.
    pub fn new(size: usize) -> io::Result<Arc<Slab>> {
        Ok(Arc::new(Slab(Block::map(size)?)))
    }

    /// Its size.
    pub fn size(&self) -> usize {
        self.0.size
    }
}

/// Pages with one owner; what is left of them goes to the pool.
pub(crate) struct Region {
    block: Block,
    /// So many bytes of the block may be used.
    size: usize,
    pool: Weak<Pool>,
}

impl Region {
    /// A zeroed, writable region with a mapping of its own, unless the pool has one.
    pub fn new(bytes: usize, pool: &Arc<Pool>) -> io::Result<Region> {
        let size = round_to_pages(bytes)?;
        match pool.take(size) {
            Some(region) => Ok(region),
            None => Ok(Region { block: Block::map(size)?, size, pool: Arc::downgrade(pool) }),
        }
    }

    /// The pages of a slab from `offset` on, for `size` bytes.
    ///
    /// # Safety
    /// The slab must have so much room there, and nobody may have been given it before.
    pub unsafe fn of_slab(slab: &Arc<Slab>, offset: usize, size: usize, pool: &Arc<Pool>) -> Region {
        // SAFETY: the caller's.
        let start = unsafe { slab.0.start.add(offset) };
        let block = Block { start, size, slab: Some(slab.clone()) };
        Region { block, size, pool: Arc::downgrade(pool) }
    }

    /// Where it starts.
    pub fn start(&self) -> NonNull<u8> {
        self.block.start
    }

    /// How many bytes it has.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Makes it larger where its pages can be moved: its bytes are kept, its address may change. `false`: they cannot.
    pub fn grow(&mut self, bytes: usize) -> io::Result<bool> {
        let size = round_to_pages(bytes)?;
        if self.block.slab.is_some() {
            return Ok(false);
        }
        if size > self.block.size {
            let start = self.block.start.as_ptr().cast();
            // SAFETY: the mapping is ours, has this size, and its old address is used by nobody after this.
            let moved = unsafe { libc::mremap(start, self.block.size, size, libc::MREMAP_MAYMOVE) };
            if moved == libc::MAP_FAILED {
                return Err(io::Error::last_os_error());
            }
            self.block.start = NonNull::new(moved.cast()).ok_or(io::ErrorKind::OutOfMemory)?;
            // SAFETY: these are bytes of the block that an earlier region may have left.
            unsafe { clear(self.block.start, self.size, self.block.size) };
            self.block.size = size;
        } else if size > self.size {
            // SAFETY: as above.
            unsafe { clear(self.block.start, self.size, size) };
        }
        self.size = self.size.max(size);
        Ok(true)
    }

    /// Ends the writing; only the first `len` bytes are used from now on.
    pub fn seal(&mut self, len: usize) {
        let kept = len.next_multiple_of(PAGE).max(PAGE).min(self.size);
        self.size = kept;
        self.block.shrink(kept);
        // If it cannot be protected, writes to what is sealed go unnoticed.
        let _ = self.block.protect(libc::PROT_READ);
    }
}

impl Drop for Region {
    fn drop(&mut self) {
        let block = std::mem::replace(&mut self.block, Block::NONE);
        if let Some(pool) = self.pool.upgrade() {
            pool.put(block);
        }
    }
}

/// Clears the bytes from `from` to `to`.
///
/// # Safety
/// They must be writable, and the caller's.
unsafe fn clear(start: NonNull<u8>, from: usize, to: usize) {
    // SAFETY: the caller's.
    unsafe { ptr::write_bytes(start.as_ptr().add(from), 0, to - from) };
}

/// Blocks that belong to nobody, by their sizes.
#[derive(Default)]
pub(crate) struct Pool {
    blocks: Mutex<Unused>,
}

#[derive(Default)]
struct Unused {
    by_size: BTreeMap<usize, Vec<Block>>,
    bytes: usize,
}

impl Pool {
    /// A zeroed, writable region of a size in pages, if there is a block that is not much larger.
    pub fn take(self: &Arc<Pool>, size: usize) -> Option<Region> {
        let block = {
            let mut unused = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
            let (&found, blocks) = unused.by_size.range_mut(size..=size + size / 4).next()?;
            let block = blocks.pop()?;
            if blocks.is_empty() {
                unused.by_size.remove(&found);
            }
            unused.bytes -= found;
            block
        };
        block.protect(libc::PROT_READ | libc::PROT_WRITE).ok()?;
        // SAFETY: the block has at least `size` bytes, which are writable now.
        unsafe { clear(block.start, 0, size) };
        Some(Region { block, size, pool: Arc::downgrade(self) })
    }

    fn put(&self, block: Block) {
        let mut unused = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        if unused.bytes + block.size <= MOST_UNUSED {
            unused.bytes += block.size;
            unused.by_size.entry(block.size).or_default().push(block);
        } else {
            drop(unused);
            drop(block);
        }
    }
}

/// The bytes of whole pages that so many bytes need.
pub(super) fn round_to_pages(bytes: usize) -> io::Result<usize> {
    bytes.max(1).checked_next_multiple_of(PAGE).ok_or_else(|| io::ErrorKind::OutOfMemory.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(region: &Region) -> &[u8] {
        // SAFETY: the region is mapped and nobody writes it meanwhile.
        unsafe { std::slice::from_raw_parts(region.start().as_ptr(), region.size()) }
    }

    fn fill(region: &Region) {
        // SAFETY: the region is this test's alone.
        unsafe { ptr::write_bytes(region.start().as_ptr(), 7, region.size()) };
    }

    #[test]
    fn what_a_dropped_region_leaves_is_zero_and_writable_when_used_again() {
        let pool = Arc::new(Pool::default());
        let mut first = Region::new(20 * PAGE, &pool).unwrap();
        let start = first.start();
        fill(&first);
        first.seal(19 * PAGE + 1);
        drop(first);
        let mut second = Region::new(17 * PAGE, &pool).unwrap();
        assert_eq!((second.start(), second.size()), (start, 17 * PAGE));
        assert!(bytes(&second).iter().all(|b| *b == 0));
        fill(&second);
        assert!(second.grow(30 * PAGE).unwrap());
        assert!(bytes(&second)[..17 * PAGE].iter().all(|b| *b == 7));
        assert!(bytes(&second)[17 * PAGE..].iter().all(|b| *b == 0));
    }

    #[test]
    fn blocks_of_a_slab_are_used_again_and_cannot_grow() {
        let pool = Arc::new(Pool::default());
        let slab = Slab::new(64 * PAGE).unwrap();
        // SAFETY: the parts lie inside the slab and do not overlap.
        let parts = [0, 16].map(|at| unsafe { Region::of_slab(&slab, at * PAGE, 16 * PAGE, &pool) });
        parts.iter().for_each(fill);
        let [mut kept, dropped] = parts;
        let start = dropped.start();
        drop(dropped);
        let mut again = pool.take(15 * PAGE).unwrap();
        assert_eq!(again.start(), start);
        assert!(bytes(&again).iter().all(|b| *b == 0));
        assert!(!again.grow(40 * PAGE).unwrap());
        kept.seal(16 * PAGE);
        assert!(bytes(&kept).iter().all(|b| *b == 7));
        assert!(pool.take(PAGE).is_none());
    }

    #[test]
    fn little_lies_unused() {
        let pool = Arc::new(Pool::default());
        let regions: Vec<Region> = (0..3).map(|_| Region::new(MOST_UNUSED / 2, &pool).unwrap()).collect();
        drop(regions);
        assert!(pool.take(MOST_UNUSED / 2).is_some());
        assert!(pool.take(MOST_UNUSED / 2).is_some() == pool.take(MOST_UNUSED / 2).is_some());
    }
}
