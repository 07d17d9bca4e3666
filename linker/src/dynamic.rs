//! What a program applies to itself when it starts: relocations, and the section that describes them.
//!
//! In: the pointers of what stays, in any order, and the stubs. Out: RELATIVE entries by place, then IRELATIVE
//! ones. The dynamic section names an empty symbol table, because start-up code of some C libraries reads its address.

use object::elf;

use crate::error::ErrorKind;
use crate::input::Machine;
use crate::layout::Linking;
use crate::output::Output;
use crate::reloc;

/// Entries of the dynamic section, the last of which is zero.
const ENTRIES: u64 = 10;
/// Bytes of the dynamic section, the one symbol, and the string table padded.
pub(crate) const SIZE: u64 = 16 * ENTRIES + 24 + 8;

/// The program may be loaded anywhere (`DF_1_PIE`).
const MOVES: u64 = 0x0800_0000;

fn relative(machine: Machine) -> u32 {
    match machine {
        Machine::X86_64 => elf::R_X86_64_RELATIVE.0,
        Machine::Aarch64 => elf::R_AARCH64_RELATIVE.0,
        Machine::Riscv64 => elf::R_RISCV_RELATIVE.0,
    }
}

/// The bytes of all relocations.
pub(crate) fn relocations(cx: &Linking<'_, '_>) -> Result<Vec<u8>, ErrorKind> {
    let mut pointers = reloc::pointers(cx)?;
    pointers.sort_unstable();
    let kind = relative(cx.resolution.machine);
    let mut out = Vec::with_capacity(24 * cx.plan.dynamic_relocations());
    let mut add = |place: u64, kind: u32, addend: i64| {
        out.extend(place.to_le_bytes());
        out.extend(u64::from(kind).to_le_bytes());
        out.extend(addend.to_le_bytes());
    };
    for (place, addend) in pointers {
        add(place, kind, addend);
    }
    for &slot in &cx.plan.stubs {
        let chooser = reloc::slot_value(cx, cx.plan.slots[slot as usize])?;
        add(cx.layout.slots + 8 * u64::from(slot), elf::R_X86_64_IRELATIVE.0, chooser as i64);
    }
    Ok(out)
}

/// The bytes of the dynamic section and the tables behind it.
pub(crate) fn section(cx: &Linking<'_, '_>) -> Vec<u8> {
    let start = cx.layout.range(Output::Dynamic).map_or(0, |range| range.start);
    let (from, size) =
        cx.layout.range(Output::Relocations).map_or((0, 0), |range| (range.start, range.end - range.start));
    let symbols = start + 16 * ENTRIES;
    let count = cx.plan.dynamic_relocations() - cx.plan.stubs.len();
    let entries: [(u64, u64); ENTRIES as usize] = [
        (5, symbols + 24),           // DT_STRTAB
        (6, symbols),                // DT_SYMTAB
        (10, 1),                     // DT_STRSZ
        (11, 24),                    // DT_SYMENT
        (7, from),                   // DT_RELA
        (8, size),                   // DT_RELASZ
        (9, 24),                     // DT_RELAENT
        (0x6fff_fff9, count as u64), // DT_RELACOUNT
        (0x6fff_fffb, MOVES),        // DT_FLAGS_1
        (0, 0),
    ];
    let mut out: Vec<u8> =
        entries.iter().flat_map(|(tag, value)| [tag.to_le_bytes(), value.to_le_bytes()].concat()).collect();
    out.resize(SIZE as usize, 0);
    out
}
