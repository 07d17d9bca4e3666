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
//!
//! - `heap`: what the heap is made of. `grant`: memory a task fills. `block`: memory it only reads.
//! - `access`: what it may touch.

mod access;
mod block;
mod grant;
mod heap;

use std::io;
use std::ptr::{self, NonNull};
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

use cloudc_abi::{ABI, Buf, BufKind, Ctx, Name};

use self::block::Block;
pub(crate) use self::grant::{Grant, Handle, OutSlot, filling, ready};
use super::x86_64::{LANE_SIZE, TABLE, vector_registers};
use crate::memory::{Arena, Bump, PAGE, map};
use crate::object::Object;
use crate::run::{FailureObject, Request, Run};
use crate::schedule::Worker;

/// Room for the `Lane` at the start of its mapping.
const CONTROL: usize = 64 << 10;
/// Small outputs are filled here and copied when they are sealed.
const SCRATCH: usize = 64 << 10;
/// This much of the heap stays for the next run; the rest is given back.
const HEAP_KEPT: usize = 8 << 20;

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
    /// The runs that answer those that are published.
    pub children: Vec<Arc<Run>>,
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

/// What a parked run waits for, and where the answer goes.
pub(crate) struct Wanted {
    /// The run that makes it.
    pub run: Arc<Run>,
    /// Which of its outputs.
    pub seq: u32,
    /// The descriptor to fill.
    pub buf: *mut Buf,
}

/// An input that is at hand.
pub(crate) enum Given {
    /// The name is the object.
    Literal(Name),
    /// An object.
    Object(Arc<Object>),
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
                children: Vec::new(),
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
        self.children.clear();
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

    /// Input `index`, if it is an object and no literal.
    pub fn input_object(&self, index: usize) -> Option<&Arc<Object>> {
        let input = self.inputs.get(index)?;
        self.held.iter().find(|object| object.bytes().as_ptr() == input.ptr.cast_const())
    }

    fn base(&self) -> usize {
        self as *const Lane as usize
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
}
