//! Checks every relocation of every section that stays, before anything has an address.
//!
//! In: sections that stay. Out: a `Plan` with the table slots that constants need (an address never gets one in an
//! image), how many instructions are relaxed, and where RISC-V's paired instructions are. All errors are collected;
//! undefined symbols become one error a name with the first places that refer to it.

use object::elf;

use super::plan::{Plan, Slot, SlotUse};
use super::{Howto, Value, howto, moves_with_image, relaxation, riscv64, type_name};
use crate::error::{Error, ErrorKind, ErrorSink, Place, shorten};
use crate::gc::Liveness;
use crate::hash::IndexMap;
use crate::input::{Class, Machine, Relocation, Section};
use crate::merge::Merged;
use crate::resolve::{GlobalId, Resolution, SectionRef, Target};
use crate::unwind;

/// The place of a relocation, with its type and what it refers to.
pub(crate) fn relocation_place(resolution: &Resolution<'_>, at: SectionRef, relocation: Relocation) -> Place {
    let object = &resolution.objects[at.object as usize];
    let mut place = object.place(at.section, relocation.offset);
    let kind = type_name(resolution.machine, relocation.kind);
    let symbol = object.symbol_name(relocation.symbol);
    place.relocation = Some(match relocation.addend {
        0 => format!("{kind} against `{symbol}`"),
        addend if addend < 0 => format!("{kind} against `{symbol}`-{:#x}", addend.unsigned_abs()),
        addend => format!("{kind} against `{symbol}`+{addend:#x}"),
    });
    place
}

/// Checks all relocations of sections that stay.
pub(crate) fn scan(
    resolution: &Resolution<'_>,
    liveness: &Liveness,
    merged: &Merged,
) -> Result<Plan, Vec<Error>> {
    let mut scanner = Scanner {
        resolution,
        merged,
        unwind: &liveness.unwind,
        plan: Plan::default(),
        slot_of_value: IndexMap::default(),
        undefined: IndexMap::default(),
        changed: Vec::new(),
        errors: ErrorSink::default(),
    };
    if resolution.machine == Machine::Riscv64 {
        scanner.find_high_parts(liveness);
    }
    for at in liveness.live() {
        scanner.section(at);
    }
    scanner.errors.finish()?;
    Ok(scanner.plan)
}

/// Bytes a relocation changes: before its place and from it on.
struct Changed {
    before: u64,
    width: u64,
    /// The next relocation belongs to an instruction that disappears.
    takes_next: bool,
}

impl Changed {
    fn bytes(width: u64) -> Changed {
        Changed { before: 0, width, takes_next: false }
    }
}

struct Scanner<'r, 'a> {
    resolution: &'r Resolution<'a>,
    merged: &'r Merged,
    unwind: &'r [unwind::Table],
    plan: Plan,
    slot_of_value: IndexMap<Slot, u32>,
    /// The error for each undefined name.
    undefined: IndexMap<GlobalId, Option<usize>>,
    /// Bytes changed by each relocation of a section, to find two that change the same.
    changed: Vec<(u64, u64, u32)>,
    errors: ErrorSink,
}

impl Scanner<'_, '_> {
    fn find_high_parts(&mut self, liveness: &Liveness) {
        for at in liveness.live() {
            let section = self.resolution.section(at);
            for index in 0..section.relocations.len() {
                let relocation = section.relocation(index);
                if riscv64::is_high_part(relocation.kind) {
                    self.plan.high_parts.insert((at, relocation.offset), index as u32);
                }
            }
        }
    }

    fn section(&mut self, at: SectionRef) {
        let section = self.resolution.section(at);
        if section.relocations.is_empty() {
            return;
        }
        self.plan.relocations += section.relocations.len();
        let mut changed = std::mem::take(&mut self.changed);
        changed.clear();
        let unwind = match section.class {
            Class::Unwind => self.unwind.binary_search_by_key(&at, |table| table.at).ok(),
            _ => None,
        };
        let mut index = 0;
        while index < section.relocations.len() {
            let relocation = section.relocation(index);
            let mut taken = 1;
            // Descriptions of functions that did not survive do not matter.
            if unwind.is_none_or(|table| self.unwind[table].moved(relocation.offset).is_some()) {
                match self.relocation(at, section, index, relocation) {
                    Ok(Changed { width: 0, .. }) => {}
                    Ok(Changed { before, width, takes_next }) => {
                        changed.push((relocation.offset - before, relocation.offset + width, index as u32));
                        taken += usize::from(takes_next);
                    }
                    Err(Some(kind)) => self.report(at, relocation, kind),
                    Err(None) => {}
                }
            }
            index += taken;
        }
        if !changed.is_sorted() {
            changed.sort_unstable();
        }
        for pair in changed.windows(2) {
            let [(start, end, first), (next, next_end, second)] = [pair[0], pair[1]];
            let (first, second) = (section.relocation(first as usize), section.relocation(second as usize));
            let difference = self.resolution.machine == Machine::Riscv64
                && (start, end) == (next, next_end)
                && riscv64::is_difference(first.kind, second.kind);
            if next < end && !difference {
                self.report(at, second, ErrorKind::OverlappingRelocations);
            }
        }
        self.changed = changed;
    }

    fn report(&mut self, at: SectionRef, relocation: Relocation, kind: ErrorKind) {
        let resolution = self.resolution;
        self.errors.push(|| {
            let help = match kind {
                ErrorKind::PointerInImage => {
                    Some("store a 32-bit difference, or link with --profile=image-data")
                }
                ErrorKind::AbsoluteInImage => Some("compile position-independent code (-fPIE)"),
                ErrorKind::SlotInImage { .. } => {
                    Some("give the symbol hidden visibility, so that code refers to it directly")
                }
                _ => None,
            };
            let error = Error::new(kind).at(relocation_place(resolution, at, relocation));
            Error { help: help.map(str::to_owned), ..error }
        });
    }

    /// Checks one relocation: which bytes will change. `None` as an error means that it is reported already.
    fn relocation(
        &mut self,
        at: SectionRef,
        section: &Section<'_>,
        index: usize,
        relocation: Relocation,
    ) -> Result<Changed, Option<ErrorKind>> {
        let machine = self.resolution.machine;
        let Some(howto) = howto(machine, relocation.kind) else {
            return Err(Some(ErrorKind::UnsupportedRelocation {
                name: type_name(machine, relocation.kind),
                number: relocation.kind,
            }));
        };
        let Some(width) = howto.width_at(section.data, relocation.offset) else {
            return Err(Some(ErrorKind::Malformed {
                field: "r_offset",
                value: relocation.offset,
                possible: match (section.data.len() as u64).checked_sub(howto.width) {
                    _ if howto.width == Howto::ULEB128 => {
                        "the place of a number of at most ten bytes".to_owned()
                    }
                    Some(last) => format!("at most {last:#x}"),
                    None => "none, for the section is too small".to_owned(),
                },
            }));
        };
        let target = self.resolution.target(at.object, relocation.symbol);
        match howto.value {
            Value::Nothing => return Ok(Changed::bytes(0)),
            Value::ThreadOffset
            | Value::ThreadSlot
            | Value::ThreadSlotPage
            | Value::ThreadSlotPageOffset
            | Value::ThreadSequence
            | Value::ThreadLocal => {
                self.check_thread_local(relocation, howto, target).map_err(Some)?;
            }
            _ => {}
        }
        self.check_target(at, relocation, howto, target)?;
        self.add_stub(target);
        if let Some(relaxation) = relaxation(machine, section, index, target) {
            self.plan.relaxed[relaxation as usize] += 1;
            return Ok(Changed {
                before: relaxation.bytes_before(),
                width: relaxation.bytes_after(section, relocation.offset),
                takes_next: relaxation.takes_next(),
            });
        }
        self.value(at, section, index, howto, target).map_err(Some)?;
        Ok(Changed::bytes(width))
    }

    /// Images have no thread-local storage, and in programs the symbol must be in it.
    fn check_thread_local(
        &self,
        relocation: Relocation,
        howto: Howto,
        target: Target,
    ) -> Result<(), ErrorKind> {
        let is_image = self.resolution.profile.is_image();
        let reason = match target {
            _ if is_image => "images have no thread-local storage",
            _ if howto.value == Value::ThreadLocal => {
                "the general and local-dynamic models are not relaxed on this machine"
            }
            Target::Undefined(_) | Target::Constant { undefined: true, .. } => return Ok(()),
            Target::Place { section, .. } if self.resolution.section(section).has_flag(elf::SHF_TLS) => {
                return Ok(());
            }
            _ => "its symbol is not thread-local",
        };
        Err(ErrorKind::MisplacedRelocation {
            name: type_name(self.resolution.machine, relocation.kind),
            reason,
        })
    }

    /// Gives an indirect function a stub, through which everything refers to it.
    fn add_stub(&mut self, target: Target) {
        let Target::Indirect { section, offset } = target else { return };
        if self.plan.stub_of.contains_key(&target) {
            return;
        }
        let slot = self.slot(Slot::Chosen { section, offset });
        self.plan.stub_of.insert(target, self.plan.stubs.len() as u32);
        self.plan.stubs.push(slot);
    }

    /// Refuses what may not be referred to.
    fn check_target(
        &mut self,
        at: SectionRef,
        relocation: Relocation,
        howto: Howto,
        target: Target,
    ) -> Result<(), Option<ErrorKind>> {
        match target {
            Target::Undefined(global) => {
                self.undefined(at, relocation, global);
                Err(None)
            }
            Target::Common(_) if !self.resolution.profile.has_data() => {
                Err(Some(ErrorKind::NotReadOnly { what: "common symbol" }))
            }
            Target::Discarded { section } => {
                let dropped = self.resolution.section(section);
                let reason = match (self.resolution.lost_to(section), dropped.class) {
                    (Some(winner), _) => {
                        format!("its group stays in {}", shorten(winner.name.as_bytes()))
                    }
                    (None, Class::Dropped(why)) => why.text().to_owned(),
                    (None, _) => "not loaded".to_owned(),
                };
                Err(Some(ErrorKind::DiscardedSection { section: shorten(dropped.name), reason }))
            }
            Target::Place { section, offset, is_section } => {
                if let Some(pieces) = self.merged.pieces(section) {
                    // The addend of a table access belongs to the instruction.
                    let with_symbol = is_section && howto.value != Value::Slot;
                    let size = self.resolution.section(section).size;
                    let from =
                        i128::from(offset) + i128::from(if with_symbol { relocation.addend } else { 0 });
                    if !(0..i128::from(size)).contains(&from) || pieces.find(from as u64).is_none() {
                        return Err(Some(ErrorKind::Malformed {
                            field: "offset in a merged section",
                            value: from as u64,
                            possible: format!("below {size:#x}"),
                        }));
                    }
                }
                Ok(())
            }
            Target::Constant { .. } | Target::Synthetic(_) | Target::Common(_) | Target::Indirect { .. } => {
                Ok(())
            }
        }
    }

    fn undefined(&mut self, at: SectionRef, relocation: Relocation, global: GlobalId) {
        let resolution = self.resolution;
        let errors = &mut self.errors;
        let error = *self.undefined.entry(global).or_insert_with(|| {
            let name = resolution.globals[global as usize].name;
            errors.push(|| Error::new(ErrorKind::UndefinedSymbol { name: shorten(name) }))
        });
        if let Some(error) = error {
            let place = || resolution.objects[at.object as usize].place(at.section, relocation.offset);
            self.errors.error_mut(error).add_place(place);
        }
    }

    /// Checks that the output may hold the value.
    fn value(
        &mut self,
        at: SectionRef,
        section: &Section<'_>,
        index: usize,
        howto: Howto,
        target: Target,
    ) -> Result<(), ErrorKind> {
        let relocation = section.relocation(index);
        let machine = self.resolution.machine;
        let profile = self.resolution.profile;
        let moves = moves_with_image(target);
        let undefined = matches!(target, Target::Constant { undefined: true, .. });
        match howto.value {
            Value::Pointer if moves && profile.moves() => {
                // Who starts the program can only move pointers where it may write.
                let fits = matches!(section.class, Class::Writable(_))
                    && section.align().is_multiple_of(8)
                    && relocation.offset.is_multiple_of(8);
                if !profile.has_data() || !fits {
                    return Err(ErrorKind::PointerInImage);
                }
                self.plan.pointers += 1;
                Ok(())
            }
            Value::Absolute if moves && profile.moves() && section.class != Class::Note => {
                Err(ErrorKind::AbsoluteInImage)
            }
            Value::StaticOnly if moves && profile.moves() => Err(ErrorKind::AbsoluteInImage),
            Value::Relative | Value::Branch
                if undefined && super::branches(self.resolution, at, relocation, howto) =>
            {
                Ok(())
            }
            Value::Relative | Value::Branch | Value::Page | Value::FromTable if !moves && profile.moves() => {
                Err(ErrorKind::ConstantAtDistance { name: self.name(at, relocation) })
            }
            Value::Slot
            | Value::SlotDistance
            | Value::SlotPage
            | Value::SlotPageOffset
            | Value::SlotFromTable => {
                // On x86-64 the addend belongs to the instruction, elsewhere to the symbol.
                let addend = if howto.value == Value::Slot { 0 } else { relocation.addend };
                let slot = match target {
                    Target::Constant { value, .. } => Slot::Constant(value.wrapping_add_signed(addend)),
                    _ if !profile.has_data() => {
                        return Err(ErrorKind::SlotInImage {
                            name: self.name(at, relocation),
                            instruction: instruction(machine, section, relocation),
                        });
                    }
                    target => Slot::Address { target, addend },
                };
                self.use_slot(at, relocation, slot);
                Ok(())
            }
            Value::ThreadSlot | Value::ThreadSlotPage | Value::ThreadSlotPageOffset => {
                let addend = if howto.value == Value::ThreadSlot { 0 } else { relocation.addend };
                self.use_slot(at, relocation, Slot::ThreadOffset { target, addend });
                Ok(())
            }
            Value::ThreadSequence => Err(ErrorKind::MisplacedRelocation {
                name: type_name(machine, relocation.kind),
                reason: "the instructions around it are not those it belongs to",
            }),
            Value::PairedLow => self.check_paired(at, relocation),
            Value::Difference => self.check_difference(section, index, moves),
            _ => Ok(()),
        }
    }

    fn name(&self, at: SectionRef, relocation: Relocation) -> String {
        self.resolution.objects[at.object as usize].symbol_name(relocation.symbol)
    }

    /// The slot that holds this.
    fn slot(&mut self, slot: Slot) -> u32 {
        let profile = self.resolution.profile;
        let plan = &mut self.plan;
        *self.slot_of_value.entry(slot).or_insert_with(|| {
            plan.pointers += usize::from(slot.is_moved(profile));
            plan.slots.push(slot);
            plan.slots.len() as u32 - 1
        })
    }

    fn use_slot(&mut self, at: SectionRef, relocation: Relocation, slot: Slot) {
        let slot = self.slot(slot);
        self.plan.slot_uses.push(SlotUse { at, offset: relocation.offset, slot });
        self.plan.slot_of_use.insert((at, relocation.offset), slot);
    }

    fn check_paired(&self, at: SectionRef, relocation: Relocation) -> Result<(), ErrorKind> {
        let reason = if relocation.addend != 0 {
            "the addend must be zero"
        } else if self.plan.paired_high(self.resolution, at, relocation).is_none() {
            "its symbol names no instruction that computes a high part"
        } else {
            return Ok(());
        };
        let name = type_name(self.resolution.machine, relocation.kind);
        Err(ErrorKind::MisplacedRelocation { name, reason })
    }

    /// A step of a difference is fine if its other step follows or precedes it; alone it is an address.
    fn check_difference(&self, section: &Section<'_>, index: usize, moves: bool) -> Result<(), ErrorKind> {
        let this = section.relocation(index);
        if riscv64::is_variable(this.kind) {
            return riscv64::check_variable(section, index);
        }
        let start = section.relocations.partition_point(|raw| Relocation::read(raw).offset < this.offset);
        let around = start.saturating_sub(1)..section.relocations.len().min(start + 4);
        let paired = around.map(|index| section.relocation(index)).any(|other| {
            other.offset == this.offset
                && (riscv64::is_difference(this.kind, other.kind)
                    || riscv64::is_difference(other.kind, this.kind))
        });
        if paired || !moves || !self.resolution.profile.moves() {
            Ok(())
        } else {
            Err(ErrorKind::AbsoluteInImage)
        }
    }
}

/// The bytes of an instruction as far as a message shows them.
fn instruction(machine: Machine, section: &Section<'_>, relocation: Relocation) -> Vec<u8> {
    let offset = relocation.offset as usize;
    let start = if machine == Machine::X86_64 { offset.saturating_sub(3) } else { offset };
    section.data.get(start..offset + 4).unwrap_or(&[]).to_vec()
}
