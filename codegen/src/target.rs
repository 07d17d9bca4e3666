//! Machines code is made for.

/// A machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// x86-64, level 2 of the psABI (SSE4.2, POPCNT) as the floor.
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
    /// `TaskNote::isa`.
    pub fn isa_level(self) -> u32 {
        match self {
            Target::X86_64 => 2,
            Target::Aarch64 => 0x80,
            Target::Riscv64 => 0x100,
        }
    }
}
