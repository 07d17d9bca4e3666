//! What a program applies to itself when it starts: relocations, and the section that describes them.
//!
//! In: the pointers of what stays, in any order, and the stubs. Out: RELATIVE entries by place, then IRELATIVE
//! ones. A program's dynamic section names an empty symbol table, because start-up code of some C libraries reads its
//! address; an image's says where the relocations are and nothing else.

use object::elf;

use crate::error::ErrorKind;
use crate::input::Machine;
use crate::layout::Linking;
use crate::options::Profile;
use crate::output::Output;
use crate::reloc::{self, Plan};

/// Entries of the dynamic section of a program and of an image, the last of which is zero.
const PROGRAM_ENTRIES: u64 = 10;
const IMAGE_ENTRIES: u64 = 5;
/// Bytes of the one symbol, and the string table padded.
const EMPTY_TABLES: u64 = 24 + 8;

/// Bytes of the dynamic section and the tables behind it.
pub(crate) fn size(profile: Profile, plan: &Plan) -> u64 {
    match profile {
        Profile::StaticPie => 16 * PROGRAM_ENTRIES + EMPTY_TABLES,
        Profile::ImageData if plan.dynamic_relocations() > 0 => 16 * IMAGE_ENTRIES,
        Profile::Image | Profile::ImageData | Profile::Static => 0,
    }
}

/// The program may be loaded anywhere (`DF_1_PIE`).
const MOVES: u64 = 0x0800_0000;

fn relative(machine: Machine) -> u32 {
    match machine {
        Machine::X86_64 => elf::R_X86_64_RELATIVE.0,
        Machine::Aarch64 => elf::R_AARCH64_RELATIVE.0,
        Machine::Riscv64 => elf::R_RISCV_RELATIVE.0,
    }
}

fn chosen(machine: Machine) -> u32 {
    match machine {
        Machine::X86_64 => elf::R_X86_64_IRELATIVE.0,
        Machine::Aarch64 => elf::R_AARCH64_IRELATIVE.0,
        Machine::Riscv64 => elf::R_RISCV_IRELATIVE.0,
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
        add(cx.layout.slots + 8 * u64::from(slot), chosen(cx.resolution.machine), chooser as i64);
    }
    Ok(out)
}

/// The bytes of the dynamic section and the tables behind it.
pub(crate) fn section(cx: &Linking<'_, '_>) -> Vec<u8> {
    let start = cx.layout.range(Output::Dynamic).map_or(0, |range| range.start);
    let (from, size) =
        cx.layout.range(Output::Relocations).map_or((0, 0), |range| (range.start, range.end - range.start));
    let count = cx.plan.dynamic_relocations() - cx.plan.stubs.len();
    let relocations = [
        (7, from),                   // DT_RELA
        (8, size),                   // DT_RELASZ
        (9, 24),                     // DT_RELAENT
        (0x6fff_fff9, count as u64), // DT_RELACOUNT
    ];
    let symbols = start + 16 * PROGRAM_ENTRIES;
    let program = [
        (5, symbols + 24),    // DT_STRTAB
        (6, symbols),         // DT_SYMTAB
        (10, 1),              // DT_STRSZ
        (11, 24),             // DT_SYMENT
        (0x6fff_fffb, MOVES), // DT_FLAGS_1
    ];
    let is_image = cx.options.profile.is_image();
    let entries = program.iter().filter(|_| !is_image).chain(&relocations).chain(&[(0u64, 0u64)]);
    let mut out: Vec<u8> =
        entries.flat_map(|(tag, value)| [tag.to_le_bytes(), value.to_le_bytes()].concat()).collect();
    let tables = if is_image { 0 } else { EMPTY_TABLES as usize };
    out.resize(out.len() + tables, 0);
    out
}
