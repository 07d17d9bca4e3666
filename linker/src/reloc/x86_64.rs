//! The relocations of x86-64, and the instructions that need no table after all.

use object::elf;

use super::{Howto, Limits, Relaxation, Value};
use crate::error::ErrorKind;
use crate::input::Relocation;

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
        elf::R_X86_64_DTPOFF64 => Howto::thread_local(),
        elf::R_X86_64_TPOFF64 => Howto::thread_local(),
        elf::R_X86_64_TLSGD => Howto::thread_local(),
        elf::R_X86_64_TLSLD => Howto::thread_local(),
        elf::R_X86_64_DTPOFF32 => Howto::thread_local(),
        elf::R_X86_64_GOTTPOFF => Howto::thread_local(),
        elf::R_X86_64_TPOFF32 => Howto::thread_local(),
        elf::R_X86_64_PC64 => data(Value::Relative, 8, Limits::signed(64)),
        elf::R_X86_64_GOTOFF64 => data(Value::FromTable, 8, Limits::signed(64)),
        elf::R_X86_64_GOTPC32 => data(Value::TableDistance, 4, Limits::signed(32)),
        elf::R_X86_64_GOTPC64 => data(Value::TableDistance, 8, Limits::signed(64)),
        elf::R_X86_64_SIZE32 => data(Value::Size, 4, Limits::unsigned(32)),
        elf::R_X86_64_SIZE64 => data(Value::Size, 8, Limits::either(64)),
        elf::R_X86_64_GOTPC32_TLSDESC => Howto::thread_local(),
        elf::R_X86_64_TLSDESC_CALL => Howto::thread_local(),
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

/// How a table access is relaxed: `mov foo@GOTPCREL(%rip), %reg`, `call *foo@GOTPCREL(%rip)`, `jmp *…`.
pub(super) fn relaxation(code: &[u8], relocation: Relocation) -> Option<Relaxation> {
    let reads_slot = matches!(
        elf::RelocationType(relocation.kind),
        elf::R_X86_64_GOTPCREL | elf::R_X86_64_GOTPCRELX | elf::R_X86_64_REX_GOTPCRELX
    );
    if !reads_slot || relocation.addend != -4 {
        return None;
    }
    let at = usize::try_from(relocation.offset).ok()?.checked_sub(2)?;
    match *code.get(at..at + 6)?.first_chunk::<2>()? {
        [0x8b, modrm] if modrm & 0xc7 == 0x05 => Some(Relaxation::MovToLea),
        [0xff, 0x15] => Some(Relaxation::CallDirect),
        [0xff, 0x25] => Some(Relaxation::JumpDirect),
        _ => None,
    }
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
