//! Padding before aligned code on RISC-V, of which the linker removes what is too much.
//!
//! An assembler that leaves relaxation to the linker writes as much padding as any place could need, and an `R_RISCV_ALIGN` that
//! says how much that is (RISC-V ELF psABI, "Linker relaxation"). How much is needed follows from the offset in the section,
//! which is aligned at least as much as anything in it. So the rest is removed before names are resolved, in a copy of the
//! object whose relocations and symbols move along, and no later phase knows of it.

use object::elf::{self, FileHeader64, Rela64, SectionHeader64, Sym64};
use object::{LittleEndian as LE, pod};

use super::read::malformed;
use super::{Home, Object, Relocation, Section};
use crate::error::ErrorKind;

/// `nop` and `c.nop`.
const NOP: [u8; 4] = [0x13, 0, 0, 0];
const SHORT_NOP: [u8; 2] = [0x01, 0];

/// Padding that is not as long as it was.
struct Cut {
    /// Where it starts.
    padding: u64,
    /// Where what goes starts.
    start: u64,
    /// How much goes.
    len: u64,
}

/// What goes of a section, in order.
#[derive(Default)]
struct Cuts(Vec<Cut>);

/// The object without padding that is too much; `None` if all of it may stay.
pub(super) fn remove(object: &Object<'_>, bytes: &[u8]) -> Result<Option<Vec<u8>>, ErrorKind> {
    let cuts: Vec<Cuts> = object.sections.iter().map(Cuts::of).collect::<Result<_, _>>()?;
    if cuts.iter().all(|cuts| cuts.0.is_empty()) {
        return Ok(None);
    }
    let mut copy = bytes.to_vec();
    for (section, cut) in object.sections.iter().zip(&cuts) {
        let moved = section.relocations.iter().map(Relocation::read).map(|relocation| {
            let mut relocation = Relocation { offset: cut.moved(relocation.offset), ..relocation };
            if relocation.kind == elf::R_RISCV_ALIGN.0 {
                relocation.kind = elf::R_RISCV_NONE.0;
            }
            let symbol = object.symbols.get(relocation.symbol as usize);
            // A place in a section that is named by its distance from the section's start.
            if let (elf::STT_SECTION, Home::Section(at)) = (symbol.kind, symbol.home) {
                let addend = u64::try_from(relocation.addend).unwrap_or(0);
                relocation.addend -= cuts[at as usize].removed_before(addend) as i64;
            }
            relocation
        });
        let table = offset_in(bytes, section.relocations);
        if let Ok((raw, _)) =
            pod::slice_from_bytes_mut::<Rela64<LE>>(&mut copy[table..], section.relocations.len())
        {
            for (raw, relocation) in raw.iter_mut().zip(moved) {
                raw.r_offset.set(LE, relocation.offset);
                raw.r_info.set(LE, u64::from(relocation.symbol) << 32 | u64::from(relocation.kind));
                raw.r_addend.set(LE, relocation.addend);
            }
        }
        if !cut.0.is_empty() {
            let start = offset_in(bytes, section.data);
            cut.apply(section.data, &mut copy[start..start + section.data.len()]);
        }
    }
    move_symbols(object, &cuts, bytes, &mut copy);
    resize_sections(object, &cuts, &mut copy);
    Ok(Some(copy))
}

/// Where a part of a file begins.
fn offset_in<T>(bytes: &[u8], part: &[T]) -> usize {
    if part.is_empty() { 0 } else { part.as_ptr() as usize - bytes.as_ptr() as usize }
}

fn move_symbols(object: &Object<'_>, cuts: &[Cuts], bytes: &[u8], copy: &mut [u8]) {
    let table = offset_in(bytes, object.symbols.table);
    let Ok((raw, _)) = pod::slice_from_bytes_mut::<Sym64<LE>>(&mut copy[table..], object.symbols.len())
    else {
        return;
    };
    for ((_, symbol), raw) in object.symbols.iter().zip(raw) {
        if let Home::Section(at) = symbol.home {
            let (start, end) = (symbol.value, symbol.value.saturating_add(symbol.size));
            let [start, end] = [start, end].map(|at_byte| cuts[at as usize].moved(at_byte));
            raw.st_value.set(LE, start);
            raw.st_size.set(LE, end - start);
        }
    }
}

fn resize_sections(object: &Object<'_>, cuts: &[Cuts], copy: &mut [u8]) {
    let headers = match pod::from_bytes::<FileHeader64<LE>>(copy) {
        Ok((header, _)) => header.e_shoff.get(LE) as usize,
        Err(()) => return,
    };
    for (number, &section) in object.symbols.sections.iter().enumerate() {
        let size = object.sections[section as usize].data.len() as u64;
        let removed = cuts[section as usize].removed_before(size);
        let header = copy.get_mut(headers + number * size_of::<SectionHeader64<LE>>()..);
        if removed > 0
            && let Some(Ok((header, _))) = header.map(pod::from_bytes_mut::<SectionHeader64<LE>>)
        {
            header.sh_size.set(LE, size - removed);
        }
    }
}

impl Cuts {
    /// What is too much in a section.
    fn of(section: &Section<'_>) -> Result<Cuts, ErrorKind> {
        let mut cuts = Vec::new();
        let (mut removed, mut end) = (0, 0);
        let is_align = |relocation: &Relocation| relocation.kind == elf::R_RISCV_ALIGN.0;
        for relocation in section.relocations.iter().map(Relocation::read).filter(is_align) {
            let Relocation { offset, addend, .. } = relocation;
            let room = (section.data.len() as u64).saturating_sub(offset);
            let Some(padding) = u64::try_from(addend).ok().filter(|padding| *padding <= room) else {
                return malformed("addend of R_RISCV_ALIGN", addend, format!("at most {room}"));
            };
            if offset < end {
                return malformed("r_offset of R_RISCV_ALIGN", offset, format!("at least {end:#x}"));
            }
            // Two bytes less than that are enough where instructions have two bytes, else four less.
            let align = (padding + 1).next_power_of_two();
            if align > section.align() {
                return malformed("sh_addralign of code", section.align(), format!("at least {align}"));
            }
            let place = offset - removed;
            let needed = place.next_multiple_of(align) - place;
            if needed > padding || needed % 2 != 0 {
                return malformed("addend of R_RISCV_ALIGN", padding, format!("even, at least {needed}"));
            }
            end = offset + padding;
            if needed < padding {
                cuts.push(Cut { padding: offset, start: offset + needed, len: padding - needed });
                removed += padding - needed;
            }
        }
        Ok(Cuts(cuts))
    }

    /// How many bytes go before an offset.
    fn removed_before(&self, offset: u64) -> u64 {
        self.0.iter().map(|cut| offset.saturating_sub(cut.start).min(cut.len)).sum()
    }

    /// Where an offset comes to.
    fn moved(&self, offset: u64) -> u64 {
        offset - self.removed_before(offset)
    }

    /// Writes what is left of a section to the front of its place.
    fn apply(&self, data: &[u8], to: &mut [u8]) {
        let mut left = Vec::with_capacity(data.len());
        let mut from = 0;
        for cut in &self.0 {
            left.extend_from_slice(&data[from..cut.padding as usize]);
            let needed = (cut.start - cut.padding) as usize;
            left.extend(NOP.iter().cycle().take(needed / 4 * 4));
            left.extend(SHORT_NOP.iter().take(needed % 4));
            from = (cut.start + cut.len) as usize;
        }
        left.extend_from_slice(&data[from..]);
        to.fill(0);
        to[..left.len()].copy_from_slice(&left);
    }
}
