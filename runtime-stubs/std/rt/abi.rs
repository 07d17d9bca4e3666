//! The layouts shared with the host, as the task ABI fixes them.

use crate::prelude::v1::*;

pub const GET: usize = 0;
pub const GRANT: usize = 1;
pub const COMMIT: usize = 2;
pub const RELEASE: usize = 3;
pub const SPAWN: usize = 4;
pub const BIND: usize = 5;
pub const YIELD: usize = 6;
pub const FAIL: usize = 7;
pub const LOG: usize = 8;

/// Flag of `commit`: the object stays although the run fails.
pub const COMMIT_EAGER: usize = 1;

pub const GRANT_OUTPUT: usize = 0;
pub const GRANT_HEAP: usize = 1;
pub const GRANT_OBJECT: usize = 2;
pub const GRANT_ADDRESSED: usize = 3;

/// Failure code of `process::exit`: the exit status is the detail.
pub const EXIT: u32 = 8;

#[lang = "task_name"]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(C, align(8))]
pub struct Name(pub [u8; 32]);

#[repr(C)]
pub struct Buf {
    pub ptr: *mut u8,
    pub len: u64,
    pub cap: u64,
    pub handle: u32,
    pub state: u8,
    pub kind: u8,
    pub flags: u16,
}

#[repr(C)]
pub struct Ctx {
    pub table: usize,
    pub inputs: *const Buf,
    pub outputs: *mut Buf,
    pub n_inputs: u32,
    pub n_outputs: u32,
    pub heap: *mut u8,
    pub heap_len: u64,
    pub stack_low: *const u8,
    pub abi: u32,
    pub reserved: u32,
    pub run: Name,
    pub host: [u64; 4],
}

#[repr(C)]
pub struct Failure {
    pub code: u32,
    pub site: u32,
    pub msg: *const u8,
    pub msg_len: u32,
    pub reserved: u32,
    pub detail: u64,
}

#[repr(C)]
pub struct SpawnRequest {
    pub task: Name,
    pub version: u64,
    pub inputs: *const Name,
    pub n_inputs: u32,
    pub n_outputs: u32,
    pub site: u32,
    pub flags: u32,
}

impl Buf {
    pub fn empty() -> Buf {
        Buf { ptr: 0 as *mut u8, len: 0, cap: 0, handle: 0, state: 0, kind: 0, flags: 0 }
    }
}

impl Name {
    /// The name that *is* the bytes; at most 30.
    pub fn literal(bytes: &[u8]) -> Name {
        let mut name = [0u8; 32];
        let mut i = 0;
        while i < bytes.len() {
            name[i] = bytes[i];
            i += 1;
        }
        name[31] = 0x80 + bytes.len() as u8;
        Name(name)
    }
}
