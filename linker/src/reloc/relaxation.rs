//! Instructions that need no table after all.

use super::x86_64;
use crate::input::Section;

/// An instruction that reads an address from a table, rewritten to compute it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relaxation {
    /// x86-64 `mov` becomes `lea`.
    MovToLea,
    /// x86-64 indirect `call` becomes direct.
    CallDirect,
    /// x86-64 indirect `jmp` becomes direct.
    JumpDirect,
    /// AArch64 `adrp` to the table becomes `adrp` to the symbol.
    PageDirect,
    /// AArch64 `ldr` from the table becomes `add`.
    LoadToAdd,
    /// x86-64: calls that find a variable of any module become its offset from the thread pointer.
    ThreadGlobal,
    /// x86-64: calls that find this module's variables become the thread pointer.
    ThreadModule,
    /// x86-64: an offset read from a table becomes a constant.
    ThreadSlot,
    /// x86-64: the descriptor of a variable becomes its offset, and the call of its function nothing.
    ThreadDescriptor,
    ThreadDescriptorCall,
}

impl Relaxation {
    /// All kinds, in their order.
    pub const ALL: [Relaxation; 10] = [
        Relaxation::MovToLea,
        Relaxation::CallDirect,
        Relaxation::JumpDirect,
        Relaxation::PageDirect,
        Relaxation::LoadToAdd,
        Relaxation::ThreadGlobal,
        Relaxation::ThreadModule,
        Relaxation::ThreadSlot,
        Relaxation::ThreadDescriptor,
        Relaxation::ThreadDescriptorCall,
    ];
    /// The number of kinds.
    pub const COUNT: usize = Relaxation::ALL.len();

    /// How the map counts it.
    pub fn name(self) -> &'static str {
        match self {
            Relaxation::MovToLea => "mov to lea",
            Relaxation::CallDirect => "indirect call to call",
            Relaxation::JumpDirect => "indirect jmp to jmp",
            Relaxation::PageDirect => "adrp of slot to adrp",
            Relaxation::LoadToAdd => "ldr of slot to add",
            Relaxation::ThreadGlobal => "thread-local, general to local-exec",
            Relaxation::ThreadModule => "thread-local, local-dynamic to local-exec",
            Relaxation::ThreadSlot => "thread-local, initial-exec to local-exec",
            Relaxation::ThreadDescriptor | Relaxation::ThreadDescriptorCall => {
                "thread-local, descriptor to local-exec"
            }
        }
    }

    /// Bytes before the field that change too.
    pub fn bytes_before(self) -> u64 {
        match self {
            Relaxation::MovToLea | Relaxation::CallDirect | Relaxation::JumpDirect => 2,
            Relaxation::ThreadGlobal => 4,
            Relaxation::ThreadModule | Relaxation::ThreadSlot | Relaxation::ThreadDescriptor => 3,
            Relaxation::PageDirect | Relaxation::LoadToAdd | Relaxation::ThreadDescriptorCall => 0,
        }
    }

    /// Bytes from the start of the field that change; what follows a sequence's first instruction is checked.
    pub fn bytes_after(self, section: &Section<'_>, offset: u64) -> u64 {
        match self {
            Relaxation::ThreadGlobal => 12,
            Relaxation::ThreadModule => x86_64::module_sequence(section.data, offset),
            Relaxation::ThreadDescriptorCall => 2,
            _ => 4,
        }
    }

    /// True if the next relocation is that of a call which disappears.
    pub fn takes_next(self) -> bool {
        matches!(self, Relaxation::ThreadGlobal | Relaxation::ThreadModule)
    }

    pub fn is_thread_local(self) -> bool {
        matches!(
            self,
            Relaxation::ThreadGlobal
                | Relaxation::ThreadModule
                | Relaxation::ThreadSlot
                | Relaxation::ThreadDescriptor
                | Relaxation::ThreadDescriptorCall
        )
    }
}
