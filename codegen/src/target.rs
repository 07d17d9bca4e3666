//! Machines code is made for, and what makes it.

use cloudc_abi::code::isa;

/// A machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// x86-64.
    X86_64,
    /// AArch64, v8.0.
    Aarch64,
    /// RISC-V 64, rv64gc.
    Riscv64,
}

impl Target {
    /// By the name the command line uses.
    pub fn from_name(name: &str) -> Option<Target> {
        match name {
            "x86_64" | "x86-64" => Some(Target::X86_64),
            "aarch64" => Some(Target::Aarch64),
            "riscv64" => Some(Target::Riscv64),
            _ => None,
        }
    }
    /// The name the command line uses.
    pub fn name(self) -> &'static str {
        match self {
            Target::X86_64 => "x86_64",
            Target::Aarch64 => "aarch64",
            Target::Riscv64 => "riscv64",
        }
    }
    /// The target triple of both code generators.
    pub fn triple(self) -> &'static str {
        match self {
            Target::X86_64 => "x86_64-unknown-linux-gnu",
            Target::Aarch64 => "aarch64-unknown-linux-gnu",
            Target::Riscv64 => "riscv64gc-unknown-linux-gnu",
        }
    }
    /// `TaskNote::isa` of code for this machine; `level` is meant for x86-64.
    pub fn isa(self, level: Level) -> u32 {
        match self {
            Target::X86_64 => level as u32,
            Target::Aarch64 => isa::AARCH64_V8_0,
            Target::Riscv64 => isa::RV64GC,
        }
    }
}

/// A level of the x86-64 psABI: what instructions code may use. Other machines have one level each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
#[repr(u32)]
pub enum Level {
    /// SSE2.
    V1 = isa::X86_64_V1,
    /// SSE4.2, POPCNT: what every machine of the last fifteen years has.
    #[default]
    V2 = isa::X86_64_V2,
    /// AVX2, FMA, BMI.
    V3 = isa::X86_64_V3,
    /// AVX-512.
    V4 = isa::X86_64_V4,
}

impl Level {
    /// All of them, rising.
    pub const ALL: [Level; 4] = [Level::V1, Level::V2, Level::V3, Level::V4];

    /// The name the psABI, the command line and the code generators use.
    pub fn name(self) -> &'static str {
        match self {
            Level::V1 => "x86-64",
            Level::V2 => "x86-64-v2",
            Level::V3 => "x86-64-v3",
            Level::V4 => "x86-64-v4",
        }
    }
}

/// What makes the code.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Backend {
    /// Cranelift: in microseconds.
    #[default]
    Clif,
    /// LLVM: as fast as rustc's; takes the feature `llvm`.
    Llvm,
}
