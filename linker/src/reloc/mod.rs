//! What relocations ask for, and the bytes they become.
//!
//! In: the relocations of sections that stay. `scan` checks before layout what does not depend on addresses: that the
//! type is known, that the place is inside its section and is nobody else's, that the target exists and may be
//! referred to in this way from an image. `apply` computes values and writes fields once addresses are known.
//!
//! A machine is a table from relocation numbers to `Howto`, plus the instructions it can relax. The values are the
//! same on every machine: S is the symbol's address, A the addend, P the place, G the address of the table slot.

mod aarch64;
mod howto;
mod plan;
mod relaxation;
mod riscv64;
mod scan;
mod x86_64;

use object::elf;

use crate::error::{Error, ErrorKind, ErrorSink};
use crate::input::{Class, Machine, Relocation, Section};
use crate::layout::Linking;
use crate::resolve::{Resolution, SectionRef, Target};

pub(crate) use howto::{Howto, Value};
use howto::{Limits, encode_data};
pub(crate) use plan::{Plan, Slot};
use relaxation::Relaxation;
pub(crate) use scan::scan;

/// How a relocation type is applied on a machine, if it is known.
pub(crate) fn howto(machine: Machine, kind: u32) -> Option<Howto> {
    match machine {
        Machine::X86_64 => x86_64::howto(kind),
        Machine::Aarch64 => aarch64::howto(kind),
        Machine::Riscv64 => riscv64::howto(kind),
    }
}

/// A stub at `place` that jumps to what the slot holds.
pub(crate) fn stub(machine: Machine, place: u64, slot: u64) -> [u8; 16] {
    let mut bytes = [0; 16];
    match machine {
        Machine::X86_64 => x86_64::stub(&mut bytes, place, slot),
        Machine::Aarch64 => aarch64::stub(&mut bytes, place, slot),
        Machine::Riscv64 => riscv64::stub(&mut bytes, place, slot),
    }
    bytes
}

/// The name of a relocation type, known to the linker or not.
pub(crate) fn type_name(machine: Machine, kind: u32) -> String {
    let names = elf::machine_names(machine.elf()).r;
    match names.name(elf::RelocationType(kind)) {
        Some(name) => name.to_owned(),
        None => format!("of unknown type on {}", machine.name()),
    }
}

/// How the relocation at `index` is relaxed, if it is. A constant's slot stays, but not its place among threads' data.
pub(crate) fn relaxation(
    machine: Machine,
    section: &Section<'_>,
    index: usize,
    target: Target,
) -> Option<Relaxation> {
    let relaxation = match machine {
        Machine::X86_64 => x86_64::relaxation(section, index),
        Machine::Aarch64 => aarch64::relaxation(section, index),
        Machine::Riscv64 => None,
    };
    relaxation.filter(|relaxation| moves_with_image(target) || relaxation.is_thread_local())
}

/// True for targets whose address moves with the image.
pub(crate) fn moves_with_image(target: Target) -> bool {
    matches!(
        target,
        Target::Place { .. } | Target::Indirect { .. } | Target::Common(_) | Target::Synthetic(_)
    )
}

/// The pointers a program must move when it starts: their places and where they point, in order of input.
pub(crate) fn pointers(cx: &Linking<'_, '_>) -> Result<Vec<(u64, i64)>, ErrorKind> {
    let mut pointers = Vec::with_capacity(cx.plan.dynamic_relocations());
    if !cx.options.profile.moves() {
        return Ok(pointers);
    }
    for at in cx.liveness.live() {
        let section = cx.resolution.section(at);
        if !matches!(section.class, Class::Writable(_)) {
            continue;
        }
        for relocation in section.relocations.iter().map(Relocation::read) {
            let is_pointer = howto(cx.resolution.machine, relocation.kind)
                .is_some_and(|howto| howto.value == Value::Pointer);
            let target = cx.resolution.target(at.object, relocation.symbol);
            if is_pointer && moves_with_image(target) {
                let value = cx.address(target, relocation.addend).ok_or_else(|| lost("an address"))?;
                pointers.push((cx.layout.section_address(at) + relocation.offset, value as i64));
            }
        }
    }
    for (index, &slot) in cx.plan.slots.iter().enumerate() {
        if slot.is_moved(cx.options.profile) {
            pointers.push((cx.layout.slots + 8 * index as u64, slot_value(cx, slot)? as i64));
        }
    }
    Ok(pointers)
}

/// Applies all relocations of a section to its bytes.
pub(crate) fn apply(cx: &Linking<'_, '_>, at: SectionRef, bytes: &mut [u8]) -> Result<(), Vec<Error>> {
    let mut errors = ErrorSink::default();
    let section = cx.resolution.section(at);
    let unwind = if section.class == Class::Unwind { cx.liveness.unwind_table(at) } else { None };
    let mut index = 0;
    while index < section.relocations.len() {
        let relocation = section.relocation(index);
        let offset = match unwind {
            Some(table) => table.moved(relocation.offset),
            None => Some(relocation.offset),
        };
        let mut taken = 1;
        if let Some(offset) = offset {
            match apply_one(cx, at, index, offset, bytes) {
                Ok(relaxation) => taken += usize::from(relaxation.is_some_and(Relaxation::takes_next)),
                Err(kind) => {
                    errors.push(|| describe(cx, at, relocation, kind));
                }
            }
        }
        index += taken;
    }
    errors.finish()
}

fn describe(cx: &Linking<'_, '_>, at: SectionRef, relocation: Relocation, kind: ErrorKind) -> Error {
    let error = Error::new(kind).at(scan::relocation_place(cx.resolution, at, relocation));
    match cx.resolution.target(at.object, relocation.symbol) {
        Target::Place { section, offset, .. } => {
            error.at(cx.resolution.objects[section.object as usize].place(section.section, offset))
        }
        _ => error,
    }
}

/// Applies a relocation at the offset its place moved to. Returns how it was relaxed, if it was.
fn apply_one(
    cx: &Linking<'_, '_>,
    at: SectionRef,
    index: usize,
    offset: u64,
    bytes: &mut [u8],
) -> Result<Option<Relaxation>, ErrorKind> {
    let machine = cx.resolution.machine;
    let section = cx.resolution.section(at);
    let relocation = Relocation { offset, ..section.relocation(index) };
    let howto = howto(machine, relocation.kind).ok_or_else(|| lost("a howto"))?;
    if howto.value == Value::Nothing {
        return Ok(None);
    }
    let target = cx.resolution.target(at.object, relocation.symbol);
    if let Some(relaxation) = relaxation(machine, section, index, target) {
        relax(cx, at, (relocation, target), relaxation, bytes)?;
        return Ok(Some(relaxation));
    }
    let width = howto.width_at(bytes, offset).ok_or_else(|| lost("a field"))?;
    let mut value = evaluate(cx, at, relocation, howto, target)?;
    howto.limits.check(value)?;
    if howto.width == Howto::ULEB128 {
        let first = section.relocation(index.checked_sub(1).ok_or_else(|| lost("a difference"))?);
        let from = cx.resolution.target(at.object, first.symbol);
        value = evaluate(cx, at, first, howto, from)? - value;
        riscv64::variable_limits(width).check(value)?;
    }
    let offset = offset as usize;
    let field = bytes.get_mut(offset..offset + width as usize).ok_or_else(|| lost("a field"))?;
    if howto.value == Value::Pointer && cx.options.profile.moves() && moves_with_image(target) {
        value = 0; // The program stores it when it starts.
    }
    (howto.encode)(field, value);
    Ok(None)
}

fn lost(what: &str) -> ErrorKind {
    ErrorKind::Internal { what: format!("{what} disappeared between scan and apply") }
}

fn page(address: i128) -> i128 {
    address & !0xfff
}

/// The value a relocation that refers to `target` stores.
fn evaluate(
    cx: &Linking<'_, '_>,
    at: SectionRef,
    relocation: Relocation,
    howto: Howto,
    target: Target,
) -> Result<i128, ErrorKind> {
    let addend = i128::from(relocation.addend);
    let place = cx.layout.section_address(at) as i128 + i128::from(relocation.offset);
    let symbol = || cx.address(target, relocation.addend).ok_or_else(|| lost("an address"));
    let slot = || {
        let index = cx.plan.slot(at, relocation.offset).ok_or_else(|| lost("a slot"))?;
        Ok(i128::from(cx.layout.slots + 8 * u64::from(index)))
    };
    // Images without data have no table; its symbol is the image's first byte.
    let table = if cx.options.profile.has_data() { i128::from(cx.layout.slots) } else { 0 };
    Ok(match howto.value {
        Value::Nothing | Value::ThreadLocal | Value::ThreadSequence => 0,
        Value::ThreadOffset => thread_offset(cx, target, relocation.addend)?,
        Value::Relative | Value::Branch => match target {
            // There is nothing to branch to: the branch goes to the instruction that follows it.
            Target::Constant { undefined: true, .. } if branches(cx.resolution, at, relocation, howto) => {
                i128::from(howto.width) + addend
            }
            _ => symbol()? - place,
        },
        Value::Pointer | Value::Absolute | Value::StaticOnly | Value::Difference => symbol()?,
        Value::Page => page(symbol()?) - page(place),
        Value::PageOffset => symbol()? & 0xfff,
        Value::Slot | Value::ThreadSlot => slot()? + addend - place,
        Value::SlotDistance => slot()? - place,
        Value::SlotPage | Value::ThreadSlotPage => page(slot()?) - page(place),
        Value::SlotPageOffset | Value::ThreadSlotPageOffset => slot()? & 0xfff,
        Value::SlotFromTable => slot()? - page(table),
        Value::FromTable => symbol()? - table,
        Value::TableDistance => table + addend - place,
        Value::Size => i128::from(cx.resolution.size_of(at.object, relocation.symbol)) + addend,
        Value::PairedLow => {
            let (label, high) =
                cx.plan.paired_high(cx.resolution, at, relocation).ok_or_else(|| lost("a pair"))?;
            let high_howto = riscv64::howto(high.kind).ok_or_else(|| lost("a howto"))?;
            let high_target = cx.resolution.target(label.object, high.symbol);
            riscv64::low_part(evaluate(cx, label, high, high_howto, high_target)?)
        }
    })
}

/// True if a relocation is a branch: by its type, or on x86-64 by the instruction around it.
fn branches(resolution: &Resolution<'_>, at: SectionRef, relocation: Relocation, howto: Howto) -> bool {
    let section = resolution.section(at);
    howto.value == Value::Branch
        || resolution.machine == Machine::X86_64
            && section.class == Class::Code
            && howto.width == 4
            && x86_64::is_branch(section.data, relocation.offset as usize)
}

/// Where the thread pointer points, if each thread's copy lay where the first one comes from.
fn thread_pointer(cx: &Linking<'_, '_>) -> Result<i128, ErrorKind> {
    let threads = cx.layout.thread_local().ok_or_else(|| lost("thread-local data"))?;
    Ok(i128::from(match cx.resolution.machine {
        Machine::X86_64 => threads.end.next_multiple_of(threads.align),
        // Two words of the run-time library lie between.
        Machine::Aarch64 => threads.start.wrapping_sub(threads.align.max(16)),
        Machine::Riscv64 => threads.start,
    }))
}

/// The distance from the thread pointer; an undefined weak variable, which nobody reaches, is at it.
fn thread_offset(cx: &Linking<'_, '_>, target: Target, addend: i64) -> Result<i128, ErrorKind> {
    match target {
        Target::Constant { .. } => Ok(i128::from(addend)),
        _ => Ok(cx.address(target, addend).ok_or_else(|| lost("an address"))? - thread_pointer(cx)?),
    }
}

/// What a table slot holds in the file, and what is to be done to it at the start.
pub(crate) fn slot_value(cx: &Linking<'_, '_>, slot: Slot) -> Result<i128, ErrorKind> {
    match slot {
        Slot::Constant(value) => Ok(i128::from(value)),
        Slot::Address { target, addend } => cx.address(target, addend).ok_or_else(|| lost("an address")),
        Slot::ThreadOffset { target, addend } => thread_offset(cx, target, addend),
        Slot::Chosen { section, offset } => Ok(i128::from(cx.layout.section_address(section) + offset)),
    }
}

/// Rewrites an instruction that would have read an address from a table.
fn relax(
    cx: &Linking<'_, '_>,
    at: SectionRef,
    (relocation, target): (Relocation, Target),
    relaxation: Relaxation,
    bytes: &mut [u8],
) -> Result<(), ErrorKind> {
    let place = cx.layout.section_address(at) as i128 + i128::from(relocation.offset);
    let offset = relocation.offset as usize;
    let aarch64 = matches!(relaxation, Relaxation::PageDirect | Relaxation::LoadToAdd);
    if relaxation.is_thread_local() {
        let after = relaxation.bytes_after(cx.resolution.section(at), relocation.offset) as usize;
        let window = bytes
            .get_mut(offset - relaxation.bytes_before() as usize..offset + after)
            .ok_or_else(|| lost("an instruction"))?;
        // These fields end their instructions, so A is -4 more than the variable's.
        let value = thread_offset(cx, target, relocation.addend.wrapping_add(4))?;
        return x86_64::relax_thread_local(window, relaxation, value);
    }
    // On x86-64 the addend belongs to the instruction, on AArch64 to the symbol.
    let (inner, outer) = if aarch64 { (relocation.addend, 0) } else { (0, relocation.addend) };
    let symbol = cx.address(target, inner).ok_or_else(|| lost("an address"))? + i128::from(outer);
    let window = bytes
        .get_mut(offset - relaxation.bytes_before() as usize..offset + 4)
        .ok_or_else(|| lost("an instruction"))?;
    match relaxation {
        Relaxation::PageDirect => aarch64::relax_page(window, page(symbol) - page(place)),
        Relaxation::LoadToAdd => aarch64::relax_load(window, symbol & 0xfff),
        _ => x86_64::relax(window, relaxation, symbol - place),
    }
}
