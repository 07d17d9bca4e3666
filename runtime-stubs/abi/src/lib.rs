//! Numbers and layouts that tasks and hosts agree on: version 1.0 of the task ABI.
//!
//! In: nothing. Out: the structs of the contract, with every size and offset asserted at compile time, and the
//! numbers that have a meaning on both sides. There is no code here that needs an allocator or an operating
//! system; hashing names is the host's affair.
//!
//! - [`name`]: what an object is called, and the literals that are their own content.
//! - [`note`]: what an image says of itself before it is mapped.
//! - [`layout`]: what lies in memory at entry and behind the nine calls.
//! - [`code`]: results, failure codes, flags and slot numbers.
//!
//! Invariant: nothing in this crate changes without a new `ABI` number, since the number is inside every image
//! and so inside every name.

#![no_std]
#![forbid(unsafe_code)]

pub mod code;
pub mod layout;
pub mod name;
pub mod note;

pub use code::{FailureCode, Status, WellKnown};
pub use layout::{Buf, BufKind, BufState, Ctx, Failure, Spawn, Table};
pub use name::{MAX_LITERAL, Name, NameKind};
pub use note::{NOTE_OWNER, NOTE_TYPE, TaskNote};

/// The major version; it must be equal on both sides.
pub const ABI_MAJOR: u32 = 1;
/// The minor version; a host accepts notes up to its own.
pub const ABI_MINOR: u32 = 0;
/// `major << 16 | minor`, as it stands in notes, contexts and tables.
pub const ABI: u32 = ABI_MAJOR << 16 | ABI_MINOR;

/// The largest image a loader accepts, in bytes.
pub const MAX_IMAGE: u64 = 64 << 20;
/// The largest stack a note may ask for, in bytes.
pub const MAX_STACK: u32 = 64 << 20;
/// The unit in which stacks are asked for.
pub const PAGE: u32 = 4096;
/// The alignment of every buffer's first byte.
pub const BUF_ALIGN: usize = 64;
/// How much of a failure's message is kept, in bytes.
pub const MAX_MESSAGE: usize = 4096;
/// `n_inputs` of a task that takes any number of inputs.
pub const ANY_INPUTS: u32 = u32::MAX;
/// The size bound of an output of which nothing is known.
pub const UNKNOWN_SIZE: u64 = u64::MAX;
/// The version of objects that are made again in every epoch.
pub const VERSION_NONDET: u64 = u64::MAX;

/// `MXCSR` at entry: round to nearest, all exceptions masked, subnormals kept.
pub const MXCSR: u32 = 0x1F80;
/// The x87 control word at entry.
pub const X87_CONTROL: u16 = 0x037F;
/// `FPCR` at entry on aarch64.
pub const FPCR: u64 = 0;
