//! Reads the finished image again and compares every relocated place with what it should refer to.
//!
//! In: an image and the objects it came from. Out: nothing, or errors that are ours. Nothing here shares code with
//! `reloc`: each site is decoded from the final bytes as a processor would, by one naive `match` a machine, and the
//! place it refers to is compared with the place the symbol ended up at. For merged constants, whose place is
//! `merge`'s to choose, the bytes found there are compared instead. Relocation types are the numbers of the processor
//! supplements.

mod sites;

use crate::error::{Error, ErrorKind};
use crate::input::{Class, Machine, Relocation};
use crate::layout::Linking;
use crate::resolve::{SectionRef, Target};
use sites::{Reader, Site};

/// Compares all sites of an image.
pub(crate) fn validate(cx: &Linking<'_, '_>, image: &[u8]) -> Result<(), Vec<Error>> {
    let mut errors = Vec::new();
    let wanted = |at: &SectionRef| {
        // Descriptions of functions are taken apart; their index is made from addresses.
        cx.merged.pieces(*at).is_none() && cx.resolution.section(*at).class != Class::Unwind
    };
    for at in cx.liveness.live().filter(wanted) {
        let section = cx.resolution.section(at);
        for index in 0..section.relocations.len() {
            let relocation = section.relocation(index);
            if errors.len() < crate::error::ERRORS_KEPT
                && let Err(what) = check(cx, image, at, index)
            {
                let place = cx.resolution.objects[at.object as usize].place(at.section, relocation.offset);
                let what = format!("relocation {}: {what}", relocation.kind);
                errors.push(Error::new(ErrorKind::Internal { what }).at(place));
            }
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

fn check(cx: &Linking<'_, '_>, image: &[u8], at: SectionRef, index: usize) -> Result<(), String> {
    let relocation = cx.resolution.section(at).relocation(index);
    let place = cx.layout.section_address(at) as i128 + i128::from(relocation.offset);
    if index > 0 && cx.resolution.machine == Machine::X86_64 {
        // The call after a sequence that finds thread-local variables is gone.
        let before = cx.resolution.section(at).relocation(index - 1).kind;
        if matches!(before, 19 | 20) {
            return Ok(());
        }
    }
    let table = if cx.options.profile.has_data() { i128::from(cx.layout.slots) } else { 0 };
    let reader = Reader { image, base: i128::from(cx.layout.base), table, place };
    let site = match cx.resolution.machine {
        Machine::X86_64 => reader.x86_64(relocation),
        Machine::Aarch64 => reader.aarch64(relocation),
        Machine::Riscv64 => match difference(cx, at, index, &reader) {
            Some(equal) => return if equal { Ok(()) } else { Err("wrong difference".to_owned()) },
            None => reader.riscv64(cx, at, relocation),
        },
    };
    let Some(site) = site else {
        return Err("the place is outside the image".to_owned());
    };
    let target = cx.resolution.target(at.object, relocation.symbol);
    if matches!(target, Target::Constant { undefined: true, .. }) && !cx.options.profile.is_image() {
        return Ok(()); // Zero, or the next instruction: neither is ever reached.
    }
    let addend = i128::from(relocation.addend);
    let symbol = address_of(cx, at, relocation);
    match site {
        Site::Nothing => Ok(()),
        Site::FromThread { is, bits } => {
            let symbol = symbol.ok_or("a merged constant is thread-local")?;
            same(is, symbol + addend - thread_pointer(cx), bits)
        }
        // What a program moves when it starts is zero in the file.
        Site::Stores { is: 0 } if cx.options.profile.moves() && cx.options.profile.has_data() => Ok(()),
        Site::Stores { is } => match symbol {
            Some(symbol) => same(is, symbol + addend, 64),
            None => same_constant(cx, image, at, relocation, (is, 64)),
        },
        Site::Unknown => Err("of a type that is not applied".to_owned()),
        Site::Size { is } => {
            let expected = i128::from(cx.resolution.size_of(at.object, relocation.symbol)) + addend;
            same(is, expected, 32)
        }
        Site::Loads { from } => {
            let stored =
                Reader { place: from, ..reader }.unsigned(0, 8).ok_or("the slot is outside the image")?;
            if stored == 0 && cx.options.profile.moves() {
                return Ok(());
            }
            let addend = if cx.resolution.machine == Machine::Aarch64 { addend } else { 0 };
            same(stored, symbol.ok_or("a merged constant has a slot")? + addend, 64)
        }
        Site::Page { of } => match symbol {
            Some(symbol) => same(of >> 12, (symbol + addend) >> 12, 21),
            None => Ok(()), // The low part names the constant.
        },
        Site::Refers { to, bits } => match symbol {
            Some(symbol) => same(to, symbol + addend, bits),
            None if bits < 32 => Ok(()),
            None => same_constant(cx, image, at, relocation, (to, bits)),
        },
    }
}

fn same(found: i128, expected: i128, bits: u32) -> Result<(), String> {
    let mask = (1i128 << bits) - 1;
    if found & mask == expected & mask {
        Ok(())
    } else {
        Err(format!("it refers to {found:#x}, not to {expected:#x}"))
    }
}

/// The address of a symbol, by the simplest path; `None` if it is in a merged section.
fn address_of(cx: &Linking<'_, '_>, at: SectionRef, relocation: Relocation) -> Option<i128> {
    match cx.resolution.target(at.object, relocation.symbol) {
        Target::Place { section, offset, .. } => cx
            .merged
            .pieces(section)
            .is_none()
            .then(|| i128::from(cx.layout.section_address(section)) + i128::from(offset)),
        // A branch to nothing goes to the next instruction.
        Target::Constant { undefined: true, .. } if is_branch(cx.resolution.machine, relocation.kind) => {
            let width = match (cx.resolution.machine, relocation.kind) {
                (Machine::Riscv64, 18 | 19) => 8,
                (Machine::Riscv64, 44 | 45) => 2,
                _ => 4,
            };
            Some(i128::from(cx.layout.section_address(at)) + i128::from(relocation.offset) + width)
        }
        target => cx.address(target, 0),
    }
}

/// The end of the thread-local data, where x86-64's thread pointer points; on others where it counts from.
fn thread_pointer(cx: &Linking<'_, '_>) -> i128 {
    let threads = cx.layout.chunks.iter().filter(|chunk| chunk.output.is_thread_local());
    let (mut start, mut end, mut align) = (u64::MAX, 0, 1);
    for chunk in threads {
        start = start.min(chunk.address);
        end = end.max(chunk.address + chunk.size);
        align = align.max(chunk.align);
    }
    i128::from(match cx.resolution.machine {
        Machine::X86_64 => end.next_multiple_of(align),
        Machine::Aarch64 => start.wrapping_sub(align.max(16)),
        Machine::Riscv64 => start,
    })
}

fn is_branch(machine: Machine, kind: u32) -> bool {
    match machine {
        Machine::X86_64 => matches!(kind, 2 | 4),
        Machine::Aarch64 => matches!(kind, 279 | 280 | 282 | 283),
        Machine::Riscv64 => matches!(kind, 16..=19 | 44 | 45),
    }
}

/// True if the bytes at `to` are those the relocation meant in a merged section.
fn same_constant(
    cx: &Linking<'_, '_>,
    image: &[u8],
    at: SectionRef,
    relocation: Relocation,
    (to, bits): (i128, u32),
) -> Result<(), String> {
    let Target::Place { section, offset, is_section } = cx.resolution.target(at.object, relocation.symbol)
    else {
        return Err("not a place".to_owned());
    };
    let addend = i128::from(relocation.addend);
    let (meant, found) =
        if is_section { (i128::from(offset) + addend, to) } else { (i128::from(offset), to - addend) };
    let found = found & ((1 << bits) - 1);
    let data = cx.resolution.section(section);
    let rest = usize::try_from(meant).ok().and_then(|start| data.data.get(start..)).unwrap_or(&[]);
    let unit = usize::try_from(data.entsize).unwrap_or(1).max(1);
    let strings = data.has_flag(object::elf::SHF_STRINGS);
    let length = if strings {
        let zero = rest.chunks(unit).position(|unit| unit.iter().all(|&byte| byte == 0));
        zero.map_or(rest.len(), |position| (position + 1) * unit)
    } else {
        unit - usize::try_from(meant).unwrap_or(0) % unit
    };
    let expected = rest.get(..length).unwrap_or(rest);
    let actual = usize::try_from(found - i128::from(cx.layout.base))
        .ok()
        .and_then(|start| image.get(start..start.checked_add(expected.len())?));
    if actual == Some(expected) && !expected.is_empty() {
        Ok(())
    } else {
        Err(format!("it refers to {to:#x}, where other bytes than the merged constant's are"))
    }
}

/// For RISC-V: whether the two steps that begin here left the right difference; `None` if none begins here.
fn difference(cx: &Linking<'_, '_>, at: SectionRef, index: usize, reader: &Reader<'_>) -> Option<bool> {
    let section = cx.resolution.section(at);
    let first = section.relocation(index);
    let width = match first.kind {
        33 | 53 | 54 => 1,
        34 | 55 => 2,
        35 | 56 => 4,
        36 => 8,
        60 => 0, // as many as say that another follows, and one
        37..=40 | 52 | 61 => return Some(true),
        _ => return None,
    };
    let second = match section.relocations.get(index + 1) {
        Some(raw) => Relocation::read(raw),
        None => return Some(true),
    };
    if second.offset != first.offset || !matches!(second.kind, 37..=40 | 52 | 61) {
        return Some(true);
    }
    let value = |step: Relocation| Some(address_of(cx, at, step)? + i128::from(step.addend));
    let (Some(left), Some(right)) = (value(first), value(second)) else { return Some(true) };
    if first.kind == 60 {
        return Some(reader.uleb128()? == left - right);
    }
    let start = usize::try_from(first.offset).ok()?;
    let before =
        Reader { image: section.data, base: 0, table: 0, place: start as i128 }.unsigned(0, width)?;
    let before = if first.kind < 50 { before } else { 0 };
    let bits = if first.kind == 53 { 6 } else { 8 * width as u32 };
    Some(same(reader.unsigned(0, width)?, before + left - right, bits).is_ok())
}
