//! Reads the finished image again and compares every relocated place with what it should refer to.
//!
//! In: an image and the objects it came from. Out: nothing, or errors that are ours. Nothing here shares code with
//! `reloc`: each site is decoded from the final bytes as a processor would, by one naive `match` a machine, and the
//! place it refers to is compared with the place the symbol ended up at. For merged constants, whose place is
//! `merge`'s to choose, the bytes found there are compared instead. Relocation types are the numbers of the processor
//! supplements.

use crate::error::{Error, ErrorKind};
use crate::input::{Class, Machine, Relocation};
use crate::layout::Linking;
use crate::resolve::{SectionRef, Target};

/// What the bytes at a relocated place say.
enum Site {
    /// They refer to this address or hold this number, which should be S+A; only these low bits are known.
    Refers { to: i128, bits: u32 },
    /// They refer to the page of S+A.
    Page { of: i128 },
    /// They read this address, where S (or on AArch64 S+A) should be stored.
    Loads { from: i128 },
    /// They hold this number, which should be S+A, or zero if the program moves it itself.
    Stores { is: i128 },
    /// They hold this number, which should be S+A from the thread pointer; only these low bits are known.
    FromThread { is: i128, bits: u32 },
    /// They hold this number, which should be the symbol's size + A.
    Size { is: i128 },
    /// They are no reference by themselves.
    Nothing,
    /// This relocation should not be here.
    Unknown,
}

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
    let table = if cx.options.profile.is_image() { 0 } else { i128::from(cx.layout.slots) };
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
        Site::Stores { is: 0 } if cx.options.profile.moves() && !cx.options.profile.is_image() => Ok(()),
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
        37..=40 | 52 => return Some(true),
        _ => return None,
    };
    let second = match section.relocations.get(index + 1) {
        Some(raw) => Relocation::read(raw),
        None => return Some(true),
    };
    if second.offset != first.offset || !matches!(second.kind, 37..=40 | 52) {
        return Some(true);
    }
    let value = |step: Relocation| Some(address_of(cx, at, step)? + i128::from(step.addend));
    let (Some(left), Some(right)) = (value(first), value(second)) else { return Some(true) };
    let start = usize::try_from(first.offset).ok()?;
    let before =
        Reader { image: section.data, base: 0, table: 0, place: start as i128 }.unsigned(0, width)?;
    let before = if first.kind < 50 { before } else { 0 };
    let bits = if first.kind == 53 { 6 } else { 8 * width as u32 };
    Some(same(reader.unsigned(0, width)?, before + left - right, bits).is_ok())
}

/// Reads numbers around a place of the image.
#[derive(Clone, Copy)]
struct Reader<'i> {
    image: &'i [u8],
    base: i128,
    table: i128,
    place: i128,
}

impl Reader<'_> {
    fn unsigned(&self, from: i128, width: usize) -> Option<i128> {
        let start = usize::try_from(self.place - self.base + from).ok()?;
        let bytes = self.image.get(start..start.checked_add(width)?)?;
        Some(bytes.iter().rev().fold(0, |number, &byte| number << 8 | i128::from(byte)))
    }

    fn signed(&self, from: i128, width: usize) -> Option<i128> {
        Some(extend(self.unsigned(from, width)?, 8 * width as u32))
    }

    fn x86_64(&self, relocation: Relocation) -> Option<Site> {
        let relative = |width| Some(Site::Refers { to: self.place + self.signed(0, width)?, bits: 64 });
        Some(match relocation.kind {
            0 => Site::Nothing,
            1 => Site::Stores { is: self.unsigned(0, 8)? },
            17 | 18 => Site::FromThread { is: self.unsigned(0, 8)?, bits: 64 },
            21 | 23 => Site::FromThread { is: self.unsigned(0, 4)?, bits: 32 },
            19 | 20 | 22 | 34 | 35 => Site::Nothing, // The instructions are new.
            25 => Site::Refers { to: self.unsigned(0, 8)? + self.table, bits: 64 },
            2 | 4 => return relative(4),
            13 => return relative(2),
            15 => return relative(1),
            24 => return relative(8),
            10 | 11 => Site::Refers { to: self.unsigned(0, 4)?, bits: 32 },
            12 => Site::Refers { to: self.unsigned(0, 2)?, bits: 16 },
            14 => Site::Refers { to: self.unsigned(0, 1)?, bits: 8 },
            26 | 29 => {
                let width = if relocation.kind == 26 { 4 } else { 8 };
                let table = self.place + self.signed(0, width)? - i128::from(relocation.addend);
                if table == self.table { Site::Nothing } else { Site::Unknown }
            }
            32 => Site::Size { is: self.unsigned(0, 4)? },
            33 => Site::Size { is: self.unsigned(0, 8)? },
            9 | 41 | 42 => match (self.unsigned(-2, 1), self.unsigned(-1, 1)) {
                (Some(0x8d), _) | (Some(0x67), Some(0xe8)) if relocation.addend == -4 => return relative(4),
                (Some(0xe9), _) if relocation.addend == -4 => {
                    // The instruction ends three bytes after the original field begins.
                    let target = self.place + 3 + self.signed(-1, 4)?;
                    Site::Refers { to: target - 4, bits: 64 }
                }
                _ => Site::Loads { from: self.place + self.signed(0, 4)? - i128::from(relocation.addend) },
            },
            _ => Site::Unknown,
        })
    }

    fn aarch64(&self, relocation: Relocation) -> Option<Site> {
        let word = || self.unsigned(0, 4);
        let low12 = |shift: u32| Some(Site::Refers { to: (word()? >> 10 & 0xfff) << shift, bits: 12 });
        let near = |low: u32, bits: u32| {
            let immediate = extend(word()? >> low & ((1 << bits) - 1), bits) << 2;
            Some(Site::Refers { to: self.place + immediate, bits: 64 })
        };
        let adr = || Some(extend((word()? >> 5 & 0x7ffff) << 2 | word()? >> 29 & 3, 21));
        Some(match relocation.kind {
            0 | 256 => Site::Nothing,
            257 => Site::Stores { is: self.unsigned(0, 8)? },
            258 => Site::Refers { to: self.unsigned(0, 4)?, bits: 32 },
            259 => Site::Refers { to: self.unsigned(0, 2)?, bits: 16 },
            260 => Site::Refers { to: self.place + self.signed(0, 8)?, bits: 64 },
            261 | 314 => Site::Refers { to: self.place + self.signed(0, 4)?, bits: 32 },
            262 => Site::Refers { to: self.place + self.signed(0, 2)?, bits: 16 },
            263..=272 => Site::Nothing, // Constants only; the other half of the number is elsewhere.
            273 | 280 => return near(5, 19),
            274 => Site::Refers { to: self.place + adr()?, bits: 64 },
            275 | 276 => Site::Page { of: (self.place & !0xfff) + (adr()? << 12) },
            277 | 278 => return low12(0),
            279 => return near(5, 14),
            282 | 283 => return near(0, 26),
            284 => return low12(1),
            285 => return low12(2),
            286 => return low12(3),
            299 => return low12(4),
            287..=293 => self.mov_part(relocation)?,
            309 => match near(5, 19)? {
                Site::Refers { to, .. } => Site::Loads { from: to },
                other => other,
            },
            311 if self.unsigned(4, 4)? & 0xffc0_0000 == 0x9100_0000 => {
                Site::Page { of: (self.place & !0xfff) + (adr()? << 12) }
            }
            312 if word()? & 0xffc0_0000 == 0x9100_0000 => return low12(0),
            311..=313 => Site::Nothing, // A slot of a constant, in two halves.
            _ => Site::Unknown,
        })
    }

    /// The 16 bits of S+A-P that a `movz`, `movn` or `movk` holds, as a site that may be compared.
    fn mov_part(&self, relocation: Relocation) -> Option<Site> {
        let word = self.unsigned(0, 4)?;
        let bits = word >> 5 & 0xffff;
        let is_movn = relocation.kind == 287 && word >> 29 & 3 == 0;
        let held = if is_movn { !bits & 0xffff } else { bits };
        if relocation.kind > 288 {
            return Some(Site::Nothing); // Above 16 bits the image's size leaves only the sign.
        }
        Some(Site::Refers { to: (self.place + held) & 0xffff, bits: 16 })
    }

    fn riscv64(&self, cx: &Linking<'_, '_>, at: SectionRef, relocation: Relocation) -> Option<Site> {
        let word = || self.unsigned(0, 4);
        let bit =
            |word: i128, high: u32, low: u32, to: u32| (word >> low & ((1 << (high - low + 1)) - 1)) << to;
        let near = |distance: i128| Some(Site::Refers { to: self.place + distance, bits: 64 });
        let low_i = |word: i128| extend(word >> 20, 12);
        let low_s = |word: i128| extend(bit(word, 31, 25, 5) | bit(word, 11, 7, 0), 12);
        Some(match relocation.kind {
            0 | 43 | 51 => Site::Nothing,
            1 => Site::Refers { to: self.unsigned(0, 4)?, bits: 32 },
            2 => Site::Stores { is: self.unsigned(0, 8)? },
            57 | 59 => return near(self.signed(0, 4)?),
            16 => {
                let w = word()?;
                let immediate = bit(w, 31, 31, 12) | bit(w, 30, 25, 5) | bit(w, 11, 8, 1) | bit(w, 7, 7, 11);
                return near(extend(immediate, 13));
            }
            17 => {
                let w = word()?;
                let immediate =
                    bit(w, 31, 31, 20) | bit(w, 30, 21, 1) | bit(w, 20, 20, 11) | bit(w, 19, 12, 12);
                return near(extend(immediate, 21));
            }
            18 | 19 => {
                return near(extend(word()? & 0xffff_f000, 32) + low_i(self.unsigned(4, 4)?));
            }
            44 => {
                let w = self.unsigned(0, 2)?;
                let immediate = bit(w, 12, 12, 8)
                    | bit(w, 11, 10, 3)
                    | bit(w, 6, 5, 6)
                    | bit(w, 4, 3, 1)
                    | bit(w, 2, 2, 5);
                return near(extend(immediate, 9));
            }
            45 => {
                let w = self.unsigned(0, 2)?;
                let immediate = bit(w, 12, 12, 11)
                    | bit(w, 11, 11, 4)
                    | bit(w, 10, 9, 8)
                    | bit(w, 8, 8, 10)
                    | bit(w, 7, 7, 6)
                    | bit(w, 6, 6, 7)
                    | bit(w, 5, 3, 1)
                    | bit(w, 2, 2, 5);
                return near(extend(immediate, 12));
            }
            // The high part is compared together with the low part that names it.
            20 | 23 | 26..=28 => Site::Nothing,
            24 | 25 => {
                let low = if relocation.kind == 24 { low_i(word()?) } else { low_s(word()?) };
                return self.riscv_pair(cx, at, relocation, low);
            }
            _ => Site::Unknown,
        })
    }

    /// Follows a low part to the `auipc` it names, and compares where both together lead.
    fn riscv_pair(
        &self,
        cx: &Linking<'_, '_>,
        at: SectionRef,
        relocation: Relocation,
        low: i128,
    ) -> Option<Site> {
        let label = address_of(cx, at, relocation)?;
        let Target::Place { section, offset, .. } = cx.resolution.target(at.object, relocation.symbol) else {
            return Some(Site::Unknown);
        };
        let relocations = cx.resolution.section(section).relocations;
        let high = relocations
            .iter()
            .map(Relocation::read)
            .rfind(|high| high.offset == offset && matches!(high.kind, 20 | 23))?;
        let auipc = Reader { place: label, ..*self }.unsigned(0, 4)?;
        let leads_to = label + extend(auipc & 0xffff_f000, 32) + low;
        let symbol = address_of(cx, section, high);
        let addend = i128::from(high.addend);
        let right = match (high.kind, symbol) {
            (23, Some(symbol)) => leads_to == symbol + addend,
            (23, None) => same_constant(cx, self.image, section, high, (leads_to, 64)).is_ok(),
            (_, Some(symbol)) => {
                Reader { place: leads_to - addend, ..*self }.unsigned(0, 8)? == symbol & u64::MAX as i128
            }
            (_, None) => false,
        };
        Some(if right { Site::Nothing } else { Site::Unknown })
    }
}

/// The number whose two's complement is the low `bits` of `number`.
fn extend(number: i128, bits: u32) -> i128 {
    number << (128 - bits) >> (128 - bits)
}
