//! What relocated places of a finished image say, read as a processor would.

use super::{address_of, same_constant, thread_pointer};
use crate::input::Relocation;
use crate::layout::Linking;
use crate::resolve::{SectionRef, Target};

/// What the bytes at a relocated place say.
pub(super) enum Site {
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

/// Reads numbers around a place of the image.
#[derive(Clone, Copy)]
pub(super) struct Reader<'i> {
    pub image: &'i [u8],
    pub base: i128,
    pub table: i128,
    pub place: i128,
}

impl Reader<'_> {
    pub fn unsigned(&self, from: i128, width: usize) -> Option<i128> {
        let start = usize::try_from(self.place - self.base + from).ok()?;
        let bytes = self.image.get(start..start.checked_add(width)?)?;
        Some(bytes.iter().rev().fold(0, |number, &byte| number << 8 | i128::from(byte)))
    }

    pub fn signed(&self, from: i128, width: usize) -> Option<i128> {
        Some(extend(self.unsigned(from, width)?, 8 * width as u32))
    }

    /// A number whose bytes say where it ends.
    pub fn uleb128(&self) -> Option<i128> {
        let (mut number, mut at) = (0, 0);
        loop {
            let byte = self.unsigned(at, 1)?;
            number |= (byte & 0x7f) << (7 * at);
            at += 1;
            if byte & 0x80 == 0 || at == 10 {
                return Some(number);
            }
        }
    }

    pub fn x86_64(&self, relocation: Relocation) -> Option<Site> {
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

    pub fn aarch64(&self, relocation: Relocation) -> Option<Site> {
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
            // Two halves of a slot's place, and of an offset; the low half is compared where it stands alone.
            541 | 542 | 544..=550 | 552 | 554 | 556 | 558 | 562..=564 | 569 | 570 => Site::Nothing,
            551 | 553 | 555 | 557 | 559 | 571 => {
                let shift = match relocation.kind {
                    551 | 553 => 0,
                    571 => 4,
                    kind => (kind - 553) / 2,
                };
                Site::FromThread { is: (word()? >> 10 & 0xfff) << shift, bits: 12 }
            }
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

    pub fn riscv64(&self, cx: &Linking<'_, '_>, at: SectionRef, relocation: Relocation) -> Option<Site> {
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
            20 | 21 | 23 | 26..=29 | 32 => Site::Nothing,
            30 => Site::FromThread { is: low_i(word()?), bits: 12 },
            31 => Site::FromThread { is: low_s(word()?), bits: 12 },
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
            .rfind(|high| high.offset == offset && matches!(high.kind, 20 | 21 | 23))?;
        let auipc = Reader { place: label, ..*self }.unsigned(0, 4)?;
        let leads_to = label + extend(auipc & 0xffff_f000, 32) + low;
        let symbol = address_of(cx, section, high);
        let addend = i128::from(high.addend);
        let right = match (high.kind, symbol) {
            (23, Some(symbol)) => leads_to == symbol + addend,
            (23, None) => same_constant(cx, self.image, section, high, (leads_to, 64)).is_ok(),
            (kind, Some(symbol)) => {
                let held = if kind == 21 { symbol - thread_pointer(cx) } else { symbol };
                Reader { place: leads_to - addend, ..*self }.unsigned(0, 8)? == held & u64::MAX as i128
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
