//! The relocations of x86-64, and the instructions that need no table after all.

use object::elf;

use super::{Howto, Limits, Relaxation, Value};
use crate::error::ErrorKind;
use crate::input::{Relocation, Section};

/// How a relocation type is applied.
pub(super) fn howto(kind: u32) -> Option<Howto> {
    let data = Howto::data;
    Some(match elf::RelocationType(kind) {
        elf::R_X86_64_NONE => Howto::nothing(),
        elf::R_X86_64_64 => data(Value::Pointer, 8, Limits::either(64)),
        elf::R_X86_64_PC32 => data(Value::Relative, 4, Limits::signed(32)),
        elf::R_X86_64_PLT32 => data(Value::Relative, 4, Limits::signed(32)),
        elf::R_X86_64_GOTPCREL => data(Value::Slot, 4, Limits::signed(32)),
        elf::R_X86_64_32 => data(Value::Absolute, 4, Limits::unsigned(32)),
        elf::R_X86_64_32S => data(Value::Absolute, 4, Limits::signed(32)),
        elf::R_X86_64_16 => data(Value::Absolute, 2, Limits::either(16)),
        elf::R_X86_64_PC16 => data(Value::Relative, 2, Limits::signed(16)),
        elf::R_X86_64_8 => data(Value::Absolute, 1, Limits::either(8)),
        elf::R_X86_64_PC8 => data(Value::Relative, 1, Limits::signed(8)),
        elf::R_X86_64_DTPOFF64 => data(Value::ThreadOffset, 8, Limits::either(64)),
        elf::R_X86_64_TPOFF64 => data(Value::ThreadOffset, 8, Limits::either(64)),
        elf::R_X86_64_TLSGD => data(Value::ThreadSequence, 4, Limits::NONE),
        elf::R_X86_64_TLSLD => data(Value::ThreadSequence, 4, Limits::NONE),
        elf::R_X86_64_DTPOFF32 => data(Value::ThreadOffset, 4, Limits::signed(32)),
        elf::R_X86_64_GOTTPOFF => data(Value::ThreadSlot, 4, Limits::signed(32)),
        elf::R_X86_64_TPOFF32 => data(Value::ThreadOffset, 4, Limits::signed(32)),
        elf::R_X86_64_PC64 => data(Value::Relative, 8, Limits::signed(64)),
        elf::R_X86_64_GOTOFF64 => data(Value::FromTable, 8, Limits::signed(64)),
        elf::R_X86_64_GOTPC32 => data(Value::TableDistance, 4, Limits::signed(32)),
        elf::R_X86_64_GOTPC64 => data(Value::TableDistance, 8, Limits::signed(64)),
        elf::R_X86_64_SIZE32 => data(Value::Size, 4, Limits::unsigned(32)),
        elf::R_X86_64_SIZE64 => data(Value::Size, 8, Limits::either(64)),
        elf::R_X86_64_GOTPC32_TLSDESC => data(Value::ThreadSequence, 4, Limits::NONE),
        elf::R_X86_64_TLSDESC_CALL => data(Value::ThreadSequence, 2, Limits::NONE),
        elf::R_X86_64_GOTPCRELX => data(Value::Slot, 4, Limits::signed(32)),
        elf::R_X86_64_REX_GOTPCRELX => data(Value::Slot, 4, Limits::signed(32)),
        _ => return None,
    })
}

/// True if the field at `offset` is the target of a `call`, `jmp` or `jcc`.
pub(super) fn is_branch(code: &[u8], offset: usize) -> bool {
    let before = |distance: usize| offset.checked_sub(distance).and_then(|at| code.get(at)).copied();
    match (before(2), before(1)) {
        (_, Some(0xe8 | 0xe9)) => true,
        (Some(0x0f), Some(condition)) => condition & 0xf0 == 0x80,
        _ => false,
    }
}

/// How an instruction is relaxed: table accesses `mov foo@GOTPCREL(%rip), %reg`, `call *foo@GOTPCREL(%rip)`, `jmp *…`,
/// and the sequences that find thread-local variables.
pub(super) fn relaxation(section: &Section<'_>, index: usize) -> Option<Relaxation> {
    let relocation = section.relocation(index);
    let kind = elf::RelocationType(relocation.kind);
    let code = section.data;
    let at = usize::try_from(relocation.offset).ok()?;
    let bytes = |before: usize, after: usize| code.get(at.checked_sub(before)?..at.checked_add(after)?);
    if kind == elf::R_X86_64_TLSDESC_CALL {
        return (bytes(0, 2)? == [0xff, 0x10]).then_some(Relaxation::ThreadDescriptorCall);
    }
    if relocation.addend != -4 {
        return None;
    }
    match kind {
        elf::R_X86_64_GOTPCREL | elf::R_X86_64_GOTPCRELX | elf::R_X86_64_REX_GOTPCRELX => {
            match *bytes(2, 4)?.first_chunk::<2>()? {
                [0x8b, modrm] if modrm & 0xc7 == 0x05 => Some(Relaxation::MovToLea),
                [0xff, 0x15] => Some(Relaxation::CallDirect),
                [0xff, 0x25] => Some(Relaxation::JumpDirect),
                _ => None,
            }
        }
        elf::R_X86_64_TLSGD => {
            let code = bytes(4, 12)?;
            let calls = matches!(code[8..12], [0x66, 0x66, 0x48, 0xe8] | [0x66, 0x48, 0xff, 0x15]);
            let fits = code[..4] == [0x66, 0x48, 0x8d, 0x3d] && calls && next_is_at(section, index, 8);
            fits.then_some(Relaxation::ThreadGlobal)
        }
        elf::R_X86_64_TLSLD => {
            let length = module_sequence(code, relocation.offset);
            let fits = bytes(3, 4)?[..3] == [0x48, 0x8d, 0x3d]
                && length > 0
                && bytes(3, length as usize).is_some()
                && next_is_at(section, index, length - 4);
            fits.then_some(Relaxation::ThreadModule)
        }
        elf::R_X86_64_GOTTPOFF => match *bytes(3, 4)?.first_chunk::<3>()? {
            [0x48 | 0x4c, 0x8b | 0x03, modrm] if modrm & 0xc7 == 0x05 => Some(Relaxation::ThreadSlot),
            _ => None,
        },
        elf::R_X86_64_GOTPC32_TLSDESC => match *bytes(3, 4)?.first_chunk::<3>()? {
            [0x48 | 0x4c, 0x8d, modrm] if modrm & 0xc7 == 0x05 => Some(Relaxation::ThreadDescriptor),
            _ => None,
        },
        _ => None,
    }
}

/// True if the next relocation is so many bytes further.
fn next_is_at(section: &Section<'_>, index: usize, distance: u64) -> bool {
    let offset = section.relocation(index).offset;
    section.relocations.get(index + 1).is_some_and(|raw| Relocation::read(raw).offset == offset + distance)
}

/// Bytes from the field of a TLSLD to the end of the call that follows it: `call` or `call *(%rip)`; 0 for neither.
pub(super) fn module_sequence(code: &[u8], offset: u64) -> u64 {
    match code.get(offset as usize + 4..offset as usize + 6) {
        Some([0xe8, _]) => 9,
        Some([0xff, 0x15]) => 10,
        _ => 0,
    }
}

/// Rewrites a sequence that finds a thread-local variable, now that its offset from the thread pointer is known.
pub(super) fn relax_thread_local(
    window: &mut [u8],
    relaxation: Relaxation,
    offset: i128,
) -> Result<(), ErrorKind> {
    /// `mov %fs:0, %rax`
    const THREAD_POINTER: [u8; 9] = [0x64, 0x48, 0x8b, 0x04, 0x25, 0, 0, 0, 0];
    if !matches!(relaxation, Relaxation::ThreadModule | Relaxation::ThreadDescriptorCall) {
        Limits::signed(32).check(offset)?;
    }
    let field = (offset as i32).to_le_bytes();
    match relaxation {
        Relaxation::ThreadGlobal => {
            window[..9].copy_from_slice(&THREAD_POINTER);
            // `lea offset(%rax), %rax`
            window[9..12].copy_from_slice(&[0x48, 0x8d, 0x80]);
            window[12..].copy_from_slice(&field);
        }
        Relaxation::ThreadModule => {
            let prefixes = window.len() - THREAD_POINTER.len();
            window[..prefixes].fill(0x66);
            window[prefixes..].copy_from_slice(&THREAD_POINTER);
        }
        Relaxation::ThreadDescriptorCall => window.copy_from_slice(&[0x66, 0x90]),
        _ => {
            // `mov` or `add` of a constant; the register moves from the first operand's bits to the second's.
            let register = window[2] >> 3 & 7;
            window[0] = if window[0] == 0x4c { 0x49 } else { 0x48 };
            window[1] = if window[1] == 0x03 { 0x81 } else { 0xc7 };
            window[2] = 0xc0 | register;
            window[3..].copy_from_slice(&field);
        }
    }
    Ok(())
}

/// `jmp *slot(%rip)`, then traps.
pub(super) fn stub(bytes: &mut [u8; 16], place: u64, slot: u64) {
    *bytes = [0xcc; 16];
    bytes[..2].copy_from_slice(&[0xff, 0x25]);
    bytes[2..6].copy_from_slice(&(slot.wrapping_sub(place + 6) as i32).to_le_bytes());
}

/// Rewrites opcode, operand byte and field. `distance` is S+A-P, P being the original field.
pub(super) fn relax(window: &mut [u8], relaxation: Relaxation, distance: i128) -> Result<(), ErrorKind> {
    // The field of `jmp` moves one byte down, so the instruction ends one byte earlier.
    let distance = if relaxation == Relaxation::JumpDirect { distance + 1 } else { distance };
    Limits::signed(32).check(distance)?;
    let field = (distance as i32).to_le_bytes();
    match relaxation {
        Relaxation::CallDirect => {
            // The prefix keeps the length; address size means nothing to a direct call.
            window[..2].copy_from_slice(&[0x67, 0xe8]);
            window[2..].copy_from_slice(&field);
        }
        Relaxation::JumpDirect => {
            window[0] = 0xe9;
            window[1..5].copy_from_slice(&field);
            window[5] = 0x90;
        }
        _ => {
            window[0] = 0x8d;
            window[2..].copy_from_slice(&field);
        }
    }
    Ok(())
}
