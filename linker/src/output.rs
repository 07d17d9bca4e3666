//! The sections of an output, in order of address, and what each is.

use object::elf;

use crate::input::{Class, Writable};

/// A section of the output. An image has notes, constants and code; a program may have all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Output {
    Notes,
    Constants,
    /// The table that finds the description of an address.
    UnwindHeader,
    Unwind,
    /// What the program applies to itself when it starts.
    Relocations,
    Code,
    /// Jumps to what indirect functions chose.
    Stubs,
    ThreadData,
    ThreadZero,
    Preinit,
    Init,
    Fini,
    Relro,
    Dynamic,
    Slots,
    Data,
    Zero,
}

/// A part of a program with one protection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Segment {
    Read,
    Execute,
    /// Written at the start, then read-only.
    Relro,
    Write,
}

impl Output {
    /// The number of kinds.
    pub const COUNT: usize = Output::Zero as usize + 1;

    /// Where a section of an input goes, if it goes anywhere.
    pub fn of(class: Class) -> Option<Output> {
        Some(match class {
            Class::Dropped(_) | Class::Debug => return None,
            Class::Note => Output::Notes,
            Class::Constant => Output::Constants,
            Class::Code => Output::Code,
            Class::Unwind => Output::Unwind,
            Class::Writable(Writable::ThreadData) => Output::ThreadData,
            Class::Writable(Writable::ThreadZero) => Output::ThreadZero,
            Class::Writable(Writable::Preinit) => Output::Preinit,
            Class::Writable(Writable::Init) => Output::Init,
            Class::Writable(Writable::Fini) => Output::Fini,
            Class::Writable(Writable::Relro) => Output::Relro,
            Class::Writable(Writable::Data | Writable::Note) => Output::Data,
            Class::Writable(Writable::Zero) => Output::Zero,
        })
    }

    /// The name linkers give it.
    pub fn name(self) -> &'static str {
        match self {
            Output::Notes => ".note",
            Output::Constants => ".rodata",
            Output::UnwindHeader => ".eh_frame_hdr",
            Output::Unwind => ".eh_frame",
            Output::Relocations => ".rela.dyn",
            Output::Code => ".text",
            Output::Stubs => ".iplt",
            Output::ThreadData => ".tdata",
            Output::ThreadZero => ".tbss",
            Output::Preinit => ".preinit_array",
            Output::Init => ".init_array",
            Output::Fini => ".fini_array",
            Output::Relro => ".data.rel.ro",
            Output::Dynamic => ".dynamic",
            Output::Slots => ".got",
            Output::Data => ".data",
            Output::Zero => ".bss",
        }
    }

    /// The segment of a program it belongs to.
    pub fn segment(self) -> Segment {
        match self {
            Output::Notes
            | Output::Constants
            | Output::UnwindHeader
            | Output::Unwind
            | Output::Relocations => Segment::Read,
            Output::Code | Output::Stubs => Segment::Execute,
            Output::Data | Output::Zero => Segment::Write,
            _ => Segment::Relro,
        }
    }

    /// True if it is written to, be it only at the start.
    pub fn is_writable(self) -> bool {
        matches!(self.segment(), Segment::Relro | Segment::Write)
    }

    /// True if it takes no bytes of the file.
    pub fn is_zero(self) -> bool {
        matches!(self, Output::ThreadZero | Output::Zero)
    }

    /// True if each thread has its own copy.
    pub fn is_thread_local(self) -> bool {
        matches!(self, Output::ThreadData | Output::ThreadZero)
    }

    /// Type and flags of its section header.
    pub fn header(self) -> (elf::SectionType, u64) {
        let kind = match self {
            Output::Notes => elf::SHT_NOTE,
            Output::Relocations => elf::SHT_RELA,
            Output::Preinit => elf::SHT_PREINIT_ARRAY,
            Output::Init => elf::SHT_INIT_ARRAY,
            Output::Fini => elf::SHT_FINI_ARRAY,
            Output::Dynamic => elf::SHT_DYNAMIC,
            _ if self.is_zero() => elf::SHT_NOBITS,
            _ => elf::SHT_PROGBITS,
        };
        let flags = match self.segment() {
            Segment::Read => 0,
            Segment::Execute => elf::SHF_EXECINSTR.0,
            Segment::Relro | Segment::Write => elf::SHF_WRITE.0,
        };
        let thread = if self.is_thread_local() { elf::SHF_TLS.0 } else { 0 };
        (kind, elf::SHF_ALLOC.0 | flags | thread)
    }
}
