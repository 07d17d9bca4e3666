//! The memory of one run: stack, heap, descriptors, and what the host notes about it.
//!
//! In: a run with its inputs. Out: everything the entry needs, and afterwards what the task left.
//!
//! ```text
//! base            the `Lane` itself, for the host
//! base + 64 KiB   no access: the guard
//! stack_low       the stack, as large as the note says
//! base + 128 MiB  end
//! ```
//!
//! The heap is a reservation of its own, made when a task first has one; it grows in place. Context, input
//! descriptors and literals lie in the arena, where the task sees them through the read-only view.
//!
//! Fresh pages cost far more than the work of a small run, so a lane keeps some of its heap for the next one. The heap at
//! entry is zero; what a task asks for later may hold what an earlier run left there.
//!
//! Invariant: between two runs a lane holds no object.

use std::io;
use std::ptr::{self, NonNull};
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

use cloudc_abi::{ABI, Buf, BufKind, BufState, Ctx, Name, UNKNOWN_SIZE};

use super::x86_64::{LANE_SIZE, TABLE, vector_registers};
use crate::memory::{Arena, Bump, Draft, PAGE, map};
use crate::object::Object;
use crate::run::{FailureObject, Request, Run};
use crate::schedule::Worker;

/// Room for the `Lane` at the start of its mapping.
const CONTROL: usize = 64 << 10;
/// Small outputs are filled here and copied when they are sealed.
const SCRATCH: usize = 64 << 10;
/// An output granted at most this much is small.
const SMALL: usize = 4 << 10;
/// A declared bound above this is not granted before the task asks.
const MAX_EARLY_GRANT: u64 = 1 << 36;
/// This much of the heap stays for the next run; the rest is given back.
const HEAP_KEPT: usize = 8 << 20;
/// Huge pages are kept away from the start of the heap, where small tasks live.
const HEAP_SMALL_PAGES: usize = 2 << 20;

/// One run's memory and notes. The first five fields are known to the assembly.
#[repr(C)]
pub(crate) struct Lane {
    /// Where the worker's stack continues while the task executes.
    pub host_sp: usize,
    /// Where the task's stack continues if it is parked.
    pub task_sp: usize,
    /// What a call wants to happen, see `x86_64::end`.
    pub end: u32,
    /// Which vector registers there are.
    pub vector: u32,
    /// What the entry returned.
    pub result: i64,

    /// The lowest usable byte of the stack.
    pub stack_low: usize,
    /// The worker that entered it.
    pub worker: *mut Worker,
    /// Set when the job is over before the run is.
    pub cancel: *const AtomicU32,
    /// What a signal handler wrote down.
    pub fault: Fault,
    /// The run.
    pub run: Option<Arc<Run>>,
    /// The inputs, as the task sees them.
    pub inputs: Vec<Buf>,
    /// The output descriptors; the task writes them.
    pub outputs: Vec<Buf>,
    /// What the host knows of each output.
    pub slots: Vec<OutSlot>,
    /// Keeps the inputs mapped.
    pub held: Vec<Arc<Object>>,
    /// Objects under construction and fetched ones, by handle.
    pub handles: Vec<Handle>,
    /// Runs asked for and not published yet.
    pub spawns: Vec<Request>,
    /// What `get` waits for.
    pub wanted: Option<Wanted>,
    /// What the task said with `fail`, or a call against it.
    pub failure: Option<crate::failure::Failure>,
    /// The failed object the task was given last: one that looks at several in order fails because of that one.
    pub failed_input: Option<Arc<FailureObject>>,
    /// Whether the host refused heap for reasons of its own.
    pub hit_host_limit: bool,
    /// `TAINT_*` bits of what it was given.
    pub taint: u8,
    /// When it was last entered, for the trace.
    pub entered: std::time::Duration,
    /// How long it executed, for the trace.
    pub busy: std::time::Duration,

    heap: Option<NonNull<u8>>,
    heap_reserved: usize,
    heap_granted: usize,
    /// Behind this the heap is zero.
    heap_used: usize,
    scratch: NonNull<u8>,
    scratch_used: usize,
    block: Block,
}

/// What a signal handler knows about the end of a run.
#[derive(Clone, Copy, Default)]
pub(crate) struct Fault {
    /// The signal.
    pub signal: i32,
    /// The address that could not be accessed.
    pub address: usize,
    /// The instruction.
    pub pc: usize,
    /// Whether it was a write.
    pub is_write: bool,
}

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
    /// A fetched object.
    Fetched(Arc<Object>),
    /// Committed or released.
    Closed,
}

/// What a parked run waits for, and where the answer goes.
pub(crate) struct Wanted {
    /// The run that makes it.
    pub run: Arc<Run>,
    /// Which of its outputs.
    pub seq: u32,
    /// The descriptor to fill.
    pub buf: *mut Buf,
}

/// Arena memory for what the task may read and not write.
struct Block {
    writable: NonNull<u8>,
    readable: NonNull<u8>,
    cap: usize,
}

/// A lane, to be passed between workers.
#[derive(Clone, Copy)]
pub(crate) struct LaneRef(NonNull<Lane>);

// SAFETY: a lane is used by one worker at a time; the reference is passed on with the right to use it.
unsafe impl Send for LaneRef {}

const _: () = {
    use std::mem::offset_of;
    assert!(offset_of!(Lane, host_sp) == 0);
    assert!(offset_of!(Lane, task_sp) == 8);
    assert!(offset_of!(Lane, end) == 16);
    assert!(offset_of!(Lane, vector) == 20);
    assert!(offset_of!(Lane, result) == 24);
    assert!(size_of::<Lane>() <= CONTROL - PAGE);
};

impl LaneRef {
    /// Reserves a lane.
    pub fn reserve(arena: &Arena, bump: &mut Bump) -> io::Result<LaneRef> {
        let block = Block::new(4096, arena, bump)?;
        // SAFETY: fresh mappings; what lies outside the aligned part is given back; the lane is written before use.
        unsafe {
            let whole = map(2 * LANE_SIZE, libc::PROT_NONE, libc::MAP_PRIVATE, -1)?;
            let start = whole.as_ptr() as usize;
            let base = start.next_multiple_of(LANE_SIZE);
            if base > start {
                libc::munmap(start as *mut _, base - start);
            }
            let end = base + LANE_SIZE;
            if start + 2 * LANE_SIZE > end {
                libc::munmap(end as *mut _, start + 2 * LANE_SIZE - end);
            }
            let access = libc::PROT_READ | libc::PROT_WRITE;
            if libc::mprotect(base as *mut _, CONTROL, access) != 0 {
                let error = io::Error::last_os_error();
                libc::munmap(base as *mut _, LANE_SIZE);
                return Err(error);
            }
            let scratch = match map(SCRATCH, access, libc::MAP_PRIVATE, -1) {
                Ok(scratch) => scratch,
                Err(error) => {
                    libc::munmap(base as *mut _, LANE_SIZE);
                    return Err(error);
                }
            };
            let lane = base as *mut Lane;
            lane.write(Lane {
                host_sp: 0,
                task_sp: 0,
                end: 0,
                vector: vector_registers(),
                result: 0,
                stack_low: end,
                worker: ptr::null_mut(),
                cancel: ptr::null(),
                fault: Fault::default(),
                run: None,
                inputs: Vec::new(),
                outputs: Vec::new(),
                slots: Vec::new(),
                held: Vec::new(),
                handles: Vec::new(),
                spawns: Vec::new(),
                wanted: None,
                failure: None,
                failed_input: None,
                hit_host_limit: false,
                taint: 0,
                entered: Default::default(),
                busy: Default::default(),
                heap: None,
                heap_reserved: 0,
                heap_granted: 0,
                heap_used: 0,
                scratch,
                scratch_used: 0,
                block,
            });
            NonNull::new(lane).map(LaneRef).ok_or_else(|| io::ErrorKind::OutOfMemory.into())
        }
    }

    /// The lane's address.
    pub fn as_ptr(self) -> *mut Lane {
        self.0.as_ptr()
    }

    /// Gives the lane's memory back.
    ///
    /// # Safety
    /// No other reference to the lane may be used any more.
    pub unsafe fn free(self) {
        // SAFETY: the mappings are the lane's, and nobody else uses them.
        unsafe {
            let lane = self.as_ptr();
            libc::munmap((*lane).scratch.as_ptr().cast(), SCRATCH);
            if let Some(heap) = (*lane).heap {
                libc::munmap(heap.as_ptr().cast(), (*lane).heap_reserved);
            }
            ptr::drop_in_place(lane);
            libc::munmap(lane.cast(), LANE_SIZE);
        }
    }
}

impl Lane {
    /// Prepares everything for the entry of `run`, over inputs that are literals or objects.
    ///
    /// The result is the context and the end of the stack.
    pub fn prepare(
        &mut self,
        run: &Arc<Run>,
        inputs: &mut Vec<Given>,
        heap_reserve: usize,
        arena: &Arena,
        bump: &mut Bump,
    ) -> io::Result<(*const Ctx, usize)> {
        let note = &run.task.image.note;
        self.set_stack_size(note.stack as usize)?;
        let heap = match note.heap {
            0 => ptr::null_mut(),
            bytes => {
                self.ensure_heap(heap_reserve)?;
                let heap = self.grant_heap(bytes as usize)?.as_ptr();
                // SAFETY: these bytes have just been granted and no task executes.
                unsafe { ptr::write_bytes(heap, 0, self.heap_used.min(bytes as usize)) };
                heap
            }
        };
        self.prepare_outputs(&run.task.image.bounds, inputs.len(), arena, bump);

        let literals = inputs.iter().filter(|input| matches!(input, Given::Literal(_))).count();
        let descriptors = size_of::<Ctx>();
        let texts = (descriptors + inputs.len() * size_of::<Buf>()).next_multiple_of(64);
        if self.block.cap < texts + literals * 64 {
            self.block = Block::new((texts + literals * 64).next_power_of_two(), arena, bump)?;
        }
        let mut text = texts;
        self.inputs.clear();
        for (handle, input) in inputs.drain(..).enumerate() {
            let (start, len, kind) = match input {
                Given::Literal(name) => {
                    let bytes = name.as_literal().unwrap_or(&[]);
                    let start = self.block.write(text, bytes);
                    text += 64;
                    (start, bytes.len(), BufKind::Data)
                }
                Given::Object(object) => {
                    let bytes = object.bytes();
                    let found = (bytes.as_ptr(), bytes.len(), object.kind);
                    self.held.push(object);
                    found
                }
            };
            self.inputs.push(ready(start, len, kind, handle as u32));
        }
        // SAFETY: a `Buf` has no padding; its bytes are copied to where only the task reads them.
        let bufs = unsafe {
            std::slice::from_raw_parts(self.inputs.as_ptr().cast(), self.inputs.len() * size_of::<Buf>())
        };
        let input_table = self.block.write(descriptors, bufs);
        let cx = Ctx {
            table: &raw const TABLE,
            inputs: input_table.cast(),
            outputs: self.outputs.as_mut_ptr(),
            n_inputs: self.inputs.len() as u32,
            n_outputs: self.outputs.len() as u32,
            heap,
            heap_len: self.heap_granted as u64,
            stack_low: self.stack_low as *const u8,
            abi: ABI,
            reserved: 0,
            run: run.name(),
            host: [0; 4],
        };
        // SAFETY: the block starts with room for a context, 64-byte aligned, and only this worker writes it.
        unsafe { self.block.writable.cast::<Ctx>().write(cx) };
        self.run = Some(run.clone());
        Ok((self.block.readable.as_ptr().cast(), self.base() + LANE_SIZE - 16))
    }

    /// Forgets the run.
    pub fn reset(&mut self) {
        self.run = None;
        self.held.clear();
        self.handles.clear();
        self.slots.clear();
        self.spawns.clear();
        self.wanted = None;
        self.failure = None;
        self.failed_input = None;
        self.hit_host_limit = false;
        self.taint = 0;
        self.fault = Fault::default();
        self.busy = Default::default();
        self.scratch_used = 0;
        self.heap_used = self.heap_used.max(self.heap_granted);
        self.heap_granted = 0;
        self.give_back(HEAP_KEPT);
    }

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
        if let Grant::Draft(Draft::Region(region)) = grant {
            return region.grow(wanted);
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

    /// Input `index`, if it is an object and no literal.
    pub fn input_object(&self, index: usize) -> Option<&Arc<Object>> {
        let input = self.inputs.get(index)?;
        self.held.iter().find(|object| object.bytes().as_ptr() == input.ptr.cast_const())
    }

    /// Whether the task may read these bytes; the host reads only such. No bytes may lie anywhere.
    pub fn is_readable(&self, start: usize, len: usize) -> bool {
        let inside =
            |from: usize, size: usize| start >= from && start - from <= size && len <= size - (start - from);
        let in_buf = |buf: &Buf| inside(buf.ptr as usize, buf.len as usize);
        let in_handle = |handle: &Handle| match handle {
            Handle::Fetched(object) => object.covers(start, len),
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
                .any(|handle| matches!(handle, Handle::Fetched(object) if object.covers(address, 1)))
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

    fn base(&self) -> usize {
        self as *const Lane as usize
    }

    fn prepare_outputs(&mut self, bounds: &[u64], first_handle: usize, arena: &Arena, bump: &mut Bump) {
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

    fn set_stack_size(&mut self, size: usize) -> io::Result<()> {
        let low = self.base() + LANE_SIZE - size.next_multiple_of(PAGE);
        if low == self.stack_low {
            return Ok(());
        }
        let (start, end, access) = if low < self.stack_low {
            (low, self.stack_low, libc::PROT_READ | libc::PROT_WRITE)
        } else {
            (self.stack_low, low, libc::PROT_NONE)
        };
        // SAFETY: the pages are the lane's stack or guard, and no task is on them.
        if unsafe { libc::mprotect(start as *mut _, end - start, access) } != 0 {
            return Err(io::Error::last_os_error());
        }
        self.stack_low = low;
        Ok(())
    }

    fn ensure_heap(&mut self, reserve: usize) -> io::Result<()> {
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

    fn grant_heap(&mut self, bytes: usize) -> io::Result<NonNull<u8>> {
        let heap = self.heap.ok_or(io::ErrorKind::OutOfMemory)?;
        let total = self.heap_granted.checked_add(bytes).filter(|total| *total <= self.heap_reserved);
        let total = total.ok_or(io::ErrorKind::OutOfMemory)?;
        // SAFETY: the offset lies inside the reservation.
        let start = unsafe { heap.add(self.heap_granted) };
        self.heap_granted = total;
        Ok(start)
    }
}

/// An input that is at hand.
pub(crate) enum Given {
    /// The name is the object.
    Literal(Name),
    /// An object.
    Object(Arc<Object>),
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

impl Block {
    fn new(bytes: usize, arena: &Arena, bump: &mut Bump) -> io::Result<Block> {
        match bump.allocate(arena, bytes)? {
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
    fn write(&mut self, offset: usize, bytes: &[u8]) -> *const u8 {
        assert!(offset + bytes.len() <= self.cap, "bug: a block of {} bytes is too small", self.cap);
        // SAFETY: checked above; only this worker writes the block.
        unsafe {
            ptr::copy_nonoverlapping(bytes.as_ptr(), self.writable.as_ptr().add(offset), bytes.len());
            self.readable.as_ptr().add(offset)
        }
    }
}
