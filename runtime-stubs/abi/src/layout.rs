//! What lies in memory at entry and behind the nine calls.
//!
//! In: nothing. Out: `repr(C)` structs for 64-bit, little-endian machines, and the types of the table's
//! functions.
//!
//! Invariant: sizes and offsets are those of the specification; the assertions at the end hold them.

use crate::name::Name;

/// What a task finds at the address in its only argument; read-only to it.
#[repr(C, align(64))]
#[derive(Debug)]
pub struct Ctx {
    /// The calls.
    pub table: *const Table,
    /// The inputs, read-only.
    pub inputs: *const Buf,
    /// The outputs' descriptors, writable.
    pub outputs: *mut Buf,
    /// How many inputs there are.
    pub n_inputs: u32,
    /// How many outputs there are.
    pub n_outputs: u32,
    /// The heap: zeroed, readable and writable.
    pub heap: *mut u8,
    /// How many bytes of it are granted.
    pub heap_len: u64,
    /// The lowest usable byte of the stack.
    pub stack_low: *const u8,
    /// What the host speaks.
    pub abi: u32,
    /// Zero.
    pub reserved: u32,
    /// The name of output 0.
    pub run: Name,
    /// Private to the host's call stubs.
    pub host: [u64; 4],
}

/// One buffer: an input, an output, a fetched object, an object under construction or a heap region.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Buf {
    /// The first byte, 64-byte aligned.
    pub ptr: *mut u8,
    /// Bytes of data.
    pub len: u64,
    /// Bytes that may be touched.
    pub cap: u64,
    /// The host's number for it.
    pub handle: u32,
    /// A `BufState`.
    pub state: u8,
    /// A `BufKind`.
    pub kind: u8,
    /// Zero.
    pub flags: u16,
}

impl Buf {
    /// A buffer that was not asked for, or not granted.
    pub const EMPTY: Buf = Buf {
        ptr: core::ptr::null_mut(),
        len: 0,
        cap: 0,
        handle: 0,
        state: BufState::Empty as u8,
        kind: BufKind::Data as u8,
        flags: 0,
    };
}

/// Where a buffer is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum BufState {
    /// Not asked for, or not granted.
    Empty = 0,
    /// On its way, or waiting for room.
    Requested = 1,
    /// Granted: the task writes it.
    Filling = 2,
    /// Mapped read-only.
    Ready = 3,
    /// Sealed.
    Committed = 4,
    /// Released, or stored and its room free again.
    Drained = 5,
    /// `ptr` holds the producer's failure object.
    Failed = 6,
}

/// What the bytes of an object are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum BufKind {
    /// Data that mean nothing to the host.
    Data = 0,
    /// A task image.
    Image = 1,
    /// An array of names.
    Names = 2,
    /// A failure object.
    Failure = 3,
}

impl BufKind {
    /// The kind with this number.
    pub const fn from_number(number: u8) -> Option<BufKind> {
        Some(match number {
            0 => BufKind::Data,
            1 => BufKind::Image,
            2 => BufKind::Names,
            3 => BufKind::Failure,
            _ => return None,
        })
    }
}

/// The nine calls; see the `*Fn` types for what each slot takes.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// What the host speaks.
    pub abi: u32,
    /// How many slots there are; new ones are added at the end.
    pub slots: u32,
    /// The functions, to be cast to the type of their slot.
    pub call: [unsafe extern "C" fn(); crate::code::slot::COUNT as usize],
}

/// Slot 0, `get(cx, name, flags, buf)`.
pub type GetFn = unsafe extern "C" fn(*const Ctx, *const Name, u32, *mut Buf) -> i64;
/// Slot 1, `grant(cx, kind, index, bytes, buf)`.
pub type GrantFn = unsafe extern "C" fn(*const Ctx, u32, u32, u64, *mut Buf) -> i64;
/// Slot 2, `commit(cx, handle, len, flags, name)`.
pub type CommitFn = unsafe extern "C" fn(*const Ctx, u32, u64, u32, *mut Name) -> i64;
/// Slot 3, `release(cx, handle)`.
pub type ReleaseFn = unsafe extern "C" fn(*const Ctx, u32) -> i64;
/// Slot 4, `spawn(cx, spawn, names)`; `names` has room for `n_outputs` names.
pub type SpawnFn = unsafe extern "C" fn(*const Ctx, *const Spawn, *mut Name) -> i64;
/// Slot 5, `bind(cx, index, name)`.
pub type BindFn = unsafe extern "C" fn(*const Ctx, u32, *const Name) -> i64;
/// Slot 6, `yield_(cx)`.
pub type YieldFn = unsafe extern "C" fn(*const Ctx) -> i64;
/// Slot 7, `fail(cx, failure)`; it does not return.
pub type FailFn = unsafe extern "C" fn(*const Ctx, *const Failure) -> !;
/// Slot 8, `log(cx, level, text, len)`.
pub type LogFn = unsafe extern "C" fn(*const Ctx, u32, *const u8, u64) -> i64;
/// The entry of an image.
pub type EntryFn = unsafe extern "C" fn(*const Ctx) -> i64;

/// A request for another run.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Spawn {
    /// The content name of an image.
    pub task: Name,
    /// The version of its outputs, usually 0.
    pub version: u64,
    /// Literals, content names, or outputs that do not exist yet.
    pub inputs: *const Name,
    /// How many inputs there are.
    pub n_inputs: u32,
    /// How many outputs there are.
    pub n_outputs: u32,
    /// Where in the program the request stands.
    pub site: u32,
    /// Zero.
    pub flags: u32,
}

/// Why a task ends itself.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Failure {
    /// A `FailureCode`, or the task's own number.
    pub code: u32,
    /// Where in the program it happened.
    pub site: u32,
    /// UTF-8; at most 4096 bytes are kept.
    pub msg: *const u8,
    /// Its length.
    pub msg_len: u32,
    /// Zero.
    pub reserved: u32,
    /// For example the index that was out of bounds.
    pub detail: u64,
}

#[cfg(target_pointer_width = "64")]
const _: () = {
    use core::mem::offset_of;
    assert!(size_of::<Ctx>() == 128 && align_of::<Ctx>() == 64);
    assert!(offset_of!(Ctx, table) == 0);
    assert!(offset_of!(Ctx, inputs) == 8);
    assert!(offset_of!(Ctx, outputs) == 16);
    assert!(offset_of!(Ctx, n_inputs) == 24);
    assert!(offset_of!(Ctx, n_outputs) == 28);
    assert!(offset_of!(Ctx, heap) == 32);
    assert!(offset_of!(Ctx, heap_len) == 40);
    assert!(offset_of!(Ctx, stack_low) == 48);
    assert!(offset_of!(Ctx, abi) == 56);
    assert!(offset_of!(Ctx, reserved) == 60);
    assert!(offset_of!(Ctx, run) == 64);
    assert!(offset_of!(Ctx, host) == 96);

    assert!(size_of::<Buf>() == 32 && align_of::<Buf>() == 8);
    assert!(offset_of!(Buf, ptr) == 0);
    assert!(offset_of!(Buf, len) == 8);
    assert!(offset_of!(Buf, cap) == 16);
    assert!(offset_of!(Buf, handle) == 24);
    assert!(offset_of!(Buf, state) == 28);
    assert!(offset_of!(Buf, kind) == 29);
    assert!(offset_of!(Buf, flags) == 30);

    assert!(size_of::<Table>() == 80);
    assert!(offset_of!(Table, abi) == 0);
    assert!(offset_of!(Table, slots) == 4);
    assert!(offset_of!(Table, call) == 8);

    assert!(size_of::<Spawn>() == 64);
    assert!(offset_of!(Spawn, task) == 0);
    assert!(offset_of!(Spawn, version) == 32);
    assert!(offset_of!(Spawn, inputs) == 40);
    assert!(offset_of!(Spawn, n_inputs) == 48);
    assert!(offset_of!(Spawn, n_outputs) == 52);
    assert!(offset_of!(Spawn, site) == 56);
    assert!(offset_of!(Spawn, flags) == 60);

    assert!(size_of::<Failure>() == 32);
    assert!(offset_of!(Failure, code) == 0);
    assert!(offset_of!(Failure, site) == 4);
    assert!(offset_of!(Failure, msg) == 8);
    assert!(offset_of!(Failure, msg_len) == 16);
    assert!(offset_of!(Failure, reserved) == 20);
    assert!(offset_of!(Failure, detail) == 24);
};
