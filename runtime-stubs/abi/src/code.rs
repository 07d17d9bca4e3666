//! Results of calls, failure codes, flags, slots and well-known names.
//!
//! In: nothing. Out: numbers. An enum stands where a host or a compiler matches on the number, a constant where
//! it is only written.
//!
//! Invariant: a number, once given, keeps its meaning within a major version.

/// The slot numbers of `Table::call`.
pub mod slot {
    /// Map an object, waiting until it exists.
    pub const GET: u32 = 0;
    /// Ask for a larger output, more heap, or a new object.
    pub const GRANT: u32 = 1;
    /// Seal early and learn the name.
    pub const COMMIT: u32 = 2;
    /// Give a fetched object back before the end.
    pub const RELEASE: u32 = 3;
    /// Ask for another run.
    pub const SPAWN: u32 = 4;
    /// Make an output be another object.
    pub const BIND: u32 = 5;
    /// A pause the host may use.
    pub const YIELD: u32 = 6;
    /// End the run without effects.
    pub const FAIL: u32 = 7;
    /// A line for people.
    pub const LOG: u32 = 8;
    /// How many slots this version has.
    pub const COUNT: u32 = 9;
}

/// `flags` of a task note.
pub mod note_flag {
    /// Reads well-known names; its outputs are made again in every epoch.
    pub const NONDET: u32 = 1;
    /// May `get` an object that is not finished.
    pub const MAY_WAIT: u32 = 2;
    /// Asks for other runs.
    pub const SPAWNS: u32 = 4;
    /// Has a writable segment.
    pub const HAS_DATA: u32 = 8;
    /// Every flag this version knows; others are errors.
    pub const ALL: u32 = NONDET | MAY_WAIT | SPAWNS | HAS_DATA;
}

/// `flags` of the `get` call.
pub mod get_flag {
    /// Ask the index of all hosts, and answer `STALE` if a newer version exists.
    pub const STRONG: u32 = 1;
    /// Start fetching and answer `PENDING`.
    pub const NOWAIT: u32 = 2;
    /// Every flag this version knows; others are errors.
    pub const ALL: u32 = STRONG | NOWAIT;
}

/// `flags` of the `commit` call.
pub mod commit_flag {
    /// Visible before the run returns.
    pub const EAGER: u32 = 1;
    /// Every flag this version knows; others are errors.
    pub const ALL: u32 = EAGER;
}

/// `kind` of the `grant` call.
pub mod grant_kind {
    /// Make an output at least this large; its data are kept.
    pub const OUTPUT: u32 = 0;
    /// More heap.
    pub const HEAP: u32 = 1;
    /// A new object, named by its content when committed.
    pub const OBJECT: u32 = 2;
    /// The pointer part of the record in an input, with addresses in place of offsets: made once for all runs that are given the
    /// same objects. The size asked for is the number of the first input that the record refers to.
    pub const ADDRESSED: u32 = 3;
}

/// `isa` of a task note.
pub mod isa {
    /// The x86-64 baseline.
    pub const X86_64_V1: u32 = 1;
    /// x86-64-v2: SSE4.2, POPCNT.
    pub const X86_64_V2: u32 = 2;
    /// x86-64-v3: AVX2, BMI, FMA.
    pub const X86_64_V3: u32 = 3;
    /// x86-64-v4: AVX-512.
    pub const X86_64_V4: u32 = 4;
    /// ARMv8.0-A.
    pub const AARCH64_V8_0: u32 = 0x80;
    /// RISC-V rv64gc.
    pub const RV64GC: u32 = 0x100;
}

/// What a call answers. Calls return `i64`; good results are not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i64)]
pub enum Status {
    /// Not there yet; it is being fetched.
    Pending = 1,
    /// Done.
    Ok = 0,
    /// The request makes no sense.
    Inval = -1,
    /// No such object can be found or made.
    Absent = -2,
    /// A newer version exists.
    Stale = -3,
    /// More than the task may have.
    Quota = -4,
    /// Not declared in the note.
    Denied = -5,
    /// The producer failed.
    Failed = -6,
    /// Larger than the host can hold.
    TooBig = -7,
    /// Not offered by this host.
    Unsupported = -8,
}

/// Why a run failed.
///
/// A task may return or report any code below 16 that is not named here as its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum FailureCode {
    /// The program panicked.
    Panic = 1,
    /// An index was out of bounds; `detail` holds it.
    Bounds = 2,
    /// Arithmetic overflowed.
    Overflow = 3,
    /// A division by zero.
    DivisionByZero = 4,
    /// A conversion lost its value.
    Conversion = 5,
    /// The heap quota is used up.
    HeapQuota = 6,
    /// The stack ran into its guard page.
    Stack = 16,
    /// An access outside the task's memory.
    MemoryFault = 17,
    /// An instruction the machine or the host refuses.
    IllegalInstruction = 18,
    /// A write to an object that is sealed.
    WriteAfterCommit = 19,
    /// An input failed; the failure names its cause.
    InputFailed = 32,
    /// The time was over.
    Deadline = 48,
    /// Nobody wants the result any more.
    Cancelled = 49,
    /// The host could not go on.
    HostLost = 50,
}

impl FailureCode {
    /// The code with this number, if it has a name.
    pub const fn from_number(number: u32) -> Option<FailureCode> {
        Some(match number {
            1 => FailureCode::Panic,
            2 => FailureCode::Bounds,
            3 => FailureCode::Overflow,
            4 => FailureCode::DivisionByZero,
            5 => FailureCode::Conversion,
            6 => FailureCode::HeapQuota,
            16 => FailureCode::Stack,
            17 => FailureCode::MemoryFault,
            18 => FailureCode::IllegalInstruction,
            19 => FailureCode::WriteAfterCommit,
            32 => FailureCode::InputFailed,
            48 => FailureCode::Deadline,
            49 => FailureCode::Cancelled,
            50 => FailureCode::HostLost,
            _ => return None,
        })
    }

    /// A few words for people.
    pub const fn describe(self) -> &'static str {
        match self {
            FailureCode::Panic => "panic",
            FailureCode::Bounds => "index out of bounds",
            FailureCode::Overflow => "arithmetic overflow",
            FailureCode::DivisionByZero => "division by zero",
            FailureCode::Conversion => "conversion out of range",
            FailureCode::HeapQuota => "heap quota exceeded",
            FailureCode::Stack => "stack overflow",
            FailureCode::MemoryFault => "memory fault",
            FailureCode::IllegalInstruction => "illegal instruction",
            FailureCode::WriteAfterCommit => "write to a sealed object",
            FailureCode::InputFailed => "an input failed",
            FailureCode::Deadline => "deadline passed",
            FailureCode::Cancelled => "cancelled",
            FailureCode::HostLost => "the host could not go on",
        }
    }
}

/// The objects that are not deterministic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum WellKnown {
    /// Nanoseconds since 1970, a `u64`.
    WallClock = 1,
    /// 32 random bytes.
    Random = 2,
    /// What the run was started with.
    RunParameters = 3,
}
