//! The relocations of AArch64, and the pairs of instructions that need no table after all.

use object::elf;

use super::{Howto, Limits, Relaxation, Value};
use crate::error::ErrorKind;
use crate::input::{Relocation, Section};

/// The number `R_AARCH64_NONE` had in early specifications.
const WITHDRAWN_NONE: elf::RelocationType = elf::RelocationType(256);

/// How a relocation type is applied.
pub(super) fn howto(kind: u32) -> Option<Howto> {
    let data = Howto::data;
    let code = |value, limits, encode| Howto { value, width: 4, limits, encode };
    let branch = |bits, encode| code(Value::Branch, Limits::signed(bits).multiple(4), encode);
    let low12 = |multiple, encode| code(Value::PageOffset, Limits::unsigned(12).multiple(multiple), encode);
    let uabs = |limits, encode| code(Value::StaticOnly, limits, encode);
    let thread = |limits, encode| code(Value::ThreadOffset, limits, encode);
    let prel = |limits, encode| code(Value::Relative, limits, encode);
    Some(match elf::RelocationType(kind) {
        elf::R_AARCH64_NONE | WITHDRAWN_NONE => Howto::nothing(),
        elf::R_AARCH64_ABS64 => data(Value::Pointer, 8, Limits::either(64)),
        elf::R_AARCH64_ABS32 => data(Value::Absolute, 4, Limits::either(32)),
        elf::R_AARCH64_ABS16 => data(Value::Absolute, 2, Limits::either(16)),
        elf::R_AARCH64_PREL64 => data(Value::Relative, 8, Limits::signed(64)),
        elf::R_AARCH64_PREL32 => data(Value::Relative, 4, Limits::either(32)),
        elf::R_AARCH64_PREL16 => data(Value::Relative, 2, Limits::either(16)),
        elf::R_AARCH64_MOVW_UABS_G0 => uabs(Limits::unsigned(16), mov16::<0>),
        elf::R_AARCH64_MOVW_UABS_G0_NC => uabs(Limits::NONE, mov16::<0>),
        elf::R_AARCH64_MOVW_UABS_G1 => uabs(Limits::unsigned(32), mov16::<16>),
        elf::R_AARCH64_MOVW_UABS_G1_NC => uabs(Limits::NONE, mov16::<16>),
        elf::R_AARCH64_MOVW_UABS_G2 => uabs(Limits::unsigned(48), mov16::<32>),
        elf::R_AARCH64_MOVW_UABS_G2_NC => uabs(Limits::NONE, mov16::<32>),
        elf::R_AARCH64_MOVW_UABS_G3 => uabs(Limits::NONE, mov16::<48>),
        elf::R_AARCH64_MOVW_SABS_G0 => uabs(Limits::signed(17), mov16_signed::<0>),
        elf::R_AARCH64_MOVW_SABS_G1 => uabs(Limits::signed(33), mov16_signed::<16>),
        elf::R_AARCH64_MOVW_SABS_G2 => uabs(Limits::signed(49), mov16_signed::<32>),
        elf::R_AARCH64_LD_PREL_LO19 => code(Value::Relative, Limits::signed(21).multiple(4), imm19),
        elf::R_AARCH64_ADR_PREL_LO21 => code(Value::Relative, Limits::signed(21), adr),
        elf::R_AARCH64_ADR_PREL_PG_HI21 => code(Value::Page, Limits::signed(33), adr_page),
        elf::R_AARCH64_ADR_PREL_PG_HI21_NC => code(Value::Page, Limits::NONE, adr_page),
        elf::R_AARCH64_ADD_ABS_LO12_NC => low12(1, imm12::<0>),
        elf::R_AARCH64_LDST8_ABS_LO12_NC => low12(1, imm12::<0>),
        elf::R_AARCH64_TSTBR14 => branch(16, imm14),
        elf::R_AARCH64_CONDBR19 => branch(21, imm19),
        elf::R_AARCH64_JUMP26 => branch(28, imm26),
        elf::R_AARCH64_CALL26 => branch(28, imm26),
        elf::R_AARCH64_LDST16_ABS_LO12_NC => low12(2, imm12::<1>),
        elf::R_AARCH64_LDST32_ABS_LO12_NC => low12(4, imm12::<2>),
        elf::R_AARCH64_LDST64_ABS_LO12_NC => low12(8, imm12::<3>),
        elf::R_AARCH64_MOVW_PREL_G0 => prel(Limits::signed(17), mov16_signed::<0>),
        elf::R_AARCH64_MOVW_PREL_G0_NC => prel(Limits::NONE, mov16::<0>),
        elf::R_AARCH64_MOVW_PREL_G1 => prel(Limits::signed(33), mov16_signed::<16>),
        elf::R_AARCH64_MOVW_PREL_G1_NC => prel(Limits::NONE, mov16::<16>),
        elf::R_AARCH64_MOVW_PREL_G2 => prel(Limits::signed(49), mov16_signed::<32>),
        elf::R_AARCH64_MOVW_PREL_G2_NC => prel(Limits::NONE, mov16::<32>),
        elf::R_AARCH64_MOVW_PREL_G3 => prel(Limits::NONE, mov16_signed::<48>),
        elf::R_AARCH64_LDST128_ABS_LO12_NC => low12(16, imm12::<4>),
        elf::R_AARCH64_GOT_LD_PREL19 => code(Value::SlotDistance, Limits::signed(21).multiple(4), imm19),
        elf::R_AARCH64_ADR_GOT_PAGE => code(Value::SlotPage, Limits::signed(33), adr_page),
        elf::R_AARCH64_LD64_GOT_LO12_NC => {
            code(Value::SlotPageOffset, Limits::unsigned(12).multiple(8), imm12::<3>)
        }
        elf::R_AARCH64_LD64_GOTPAGE_LO15 => {
            code(Value::SlotFromTable, Limits::unsigned(15).multiple(8), imm12::<3>)
        }
        elf::R_AARCH64_PLT32 => data(Value::Relative, 4, Limits::signed(32)),
        elf::R_AARCH64_TLSIE_ADR_GOTTPREL_PAGE21 => code(Value::ThreadSlotPage, Limits::signed(33), adr_page),
        elf::R_AARCH64_TLSIE_LD64_GOTTPREL_LO12_NC => {
            code(Value::ThreadSlotPageOffset, Limits::unsigned(12).multiple(8), imm12::<3>)
        }
        elf::R_AARCH64_TLSLE_MOVW_TPREL_G2 => thread(Limits::signed(49), mov16_signed::<32>),
        elf::R_AARCH64_TLSLE_MOVW_TPREL_G1 => thread(Limits::signed(33), mov16_signed::<16>),
        elf::R_AARCH64_TLSLE_MOVW_TPREL_G1_NC => thread(Limits::NONE, mov16::<16>),
        elf::R_AARCH64_TLSLE_MOVW_TPREL_G0 => thread(Limits::signed(17), mov16_signed::<0>),
        elf::R_AARCH64_TLSLE_MOVW_TPREL_G0_NC => thread(Limits::NONE, mov16::<0>),
        elf::R_AARCH64_TLSLE_ADD_TPREL_HI12 => thread(Limits::unsigned(24), imm12::<12>),
        elf::R_AARCH64_TLSLE_ADD_TPREL_LO12 => thread(Limits::unsigned(12), low12_of::<0>),
        elf::R_AARCH64_TLSLE_ADD_TPREL_LO12_NC => thread(Limits::NONE, low12_of::<0>),
        elf::R_AARCH64_TLSLE_LDST8_TPREL_LO12 => thread(Limits::unsigned(12), low12_of::<0>),
        elf::R_AARCH64_TLSLE_LDST8_TPREL_LO12_NC => thread(Limits::NONE, low12_of::<0>),
        elf::R_AARCH64_TLSLE_LDST16_TPREL_LO12 => thread(Limits::unsigned(12).multiple(2), low12_of::<1>),
        elf::R_AARCH64_TLSLE_LDST16_TPREL_LO12_NC => thread(Limits::NONE.multiple(2), low12_of::<1>),
        elf::R_AARCH64_TLSLE_LDST32_TPREL_LO12 => thread(Limits::unsigned(12).multiple(4), low12_of::<2>),
        elf::R_AARCH64_TLSLE_LDST32_TPREL_LO12_NC => thread(Limits::NONE.multiple(4), low12_of::<2>),
        elf::R_AARCH64_TLSLE_LDST64_TPREL_LO12 => thread(Limits::unsigned(12).multiple(8), low12_of::<3>),
        elf::R_AARCH64_TLSLE_LDST64_TPREL_LO12_NC => thread(Limits::NONE.multiple(8), low12_of::<3>),
        elf::R_AARCH64_TLSLE_LDST128_TPREL_LO12 => thread(Limits::unsigned(12).multiple(16), low12_of::<4>),
        elf::R_AARCH64_TLSLE_LDST128_TPREL_LO12_NC => thread(Limits::NONE.multiple(16), low12_of::<4>),
        // A descriptor becomes the offset itself: `movz`, `movk`, and nothing instead of the call.
        elf::R_AARCH64_TLSDESC_ADR_PAGE21 => thread(Limits::unsigned(32), offset_high),
        elf::R_AARCH64_TLSDESC_LD64_LO12 => thread(Limits::unsigned(32), offset_low),
        elf::R_AARCH64_TLSDESC_ADD_LO12 | elf::R_AARCH64_TLSDESC_CALL => thread(Limits::NONE, no_operation),
        elf::RelocationType(512..=573) => Howto::thread_local(),
        _ => return None,
    })
}

/// Changes the bits of `mask` in an instruction.
fn replace(instruction: &mut [u8], mask: u32, bits: u32) {
    if let Some(word) = instruction.first_chunk_mut::<4>() {
        *word = (u32::from_le_bytes(*word) & !mask | bits & mask).to_le_bytes();
    }
}

fn imm26(instruction: &mut [u8], value: i128) {
    replace(instruction, 0x03ff_ffff, (value >> 2) as u32);
}

fn imm19(instruction: &mut [u8], value: i128) {
    replace(instruction, 0x7ffff << 5, ((value >> 2) as u32) << 5);
}

fn imm14(instruction: &mut [u8], value: i128) {
    replace(instruction, 0x3fff << 5, ((value >> 2) as u32) << 5);
}

fn adr(instruction: &mut [u8], value: i128) {
    let value = value as u32;
    replace(instruction, 0x60ff_ffe0, (value & 3) << 29 | (value >> 2 & 0x7ffff) << 5);
}

fn adr_page(instruction: &mut [u8], value: i128) {
    adr(instruction, value >> 12);
}

fn imm12<const SHIFT: u32>(instruction: &mut [u8], value: i128) {
    replace(instruction, 0xfff << 10, ((value >> SHIFT) as u32) << 10);
}

/// Stores the low 12 bits of a value that has more.
fn low12_of<const SHIFT: u32>(instruction: &mut [u8], value: i128) {
    imm12::<SHIFT>(instruction, value & 0xfff);
}

/// Turns `adrp x, :tlsdesc:v` into `movz x, high, lsl 16`.
fn offset_high(instruction: &mut [u8], value: i128) {
    replace(instruction, 0xffff_ffe0, 0xd2a0_0000);
    mov16::<16>(instruction, value);
}

/// Turns `ldr y, [x, :tlsdesc_lo12:v]` into `movk x, low`; `x` is where the sequence leaves the offset.
fn offset_low(instruction: &mut [u8], value: i128) {
    let base = instruction.first_chunk::<4>().map_or(0, |word| u32::from_le_bytes(*word) >> 5 & 31);
    replace(instruction, u32::MAX, 0xf280_0000 | base);
    mov16::<0>(instruction, value);
}

fn no_operation(instruction: &mut [u8], _: i128) {
    replace(instruction, u32::MAX, 0xd503_201f);
}

/// `adrp x16, slot`; `ldr x17, [x16, slot]`; `br x17`; a trap.
pub(super) fn stub(bytes: &mut [u8; 16], place: u64, slot: u64) {
    for (word, instruction) in
        bytes.as_chunks_mut::<4>().0.iter_mut().zip([0x9000_0010u32, 0xf940_0211, 0xd61f_0220, 0])
    {
        *word = instruction.to_le_bytes();
    }
    let (place, slot) = (i128::from(place), i128::from(slot));
    adr_page(&mut bytes[..4], (slot & !0xfff) - (place & !0xfff));
    imm12::<3>(&mut bytes[4..8], slot & 0xfff);
}

fn mov16<const SHIFT: u32>(instruction: &mut [u8], value: i128) {
    replace(instruction, 0xffff << 5, ((value >> SHIFT) as u32 & 0xffff) << 5);
}

/// Stores a signed group: `movz` for values from zero up, `movn` of the complement below.
fn mov16_signed<const SHIFT: u32>(instruction: &mut [u8], value: i128) {
    let (opcode, bits) = if value >= 0 { (0b10 << 29, value) } else { (0, !value) };
    replace(instruction, 0b11 << 29, opcode);
    mov16::<SHIFT>(instruction, bits);
}

/// Half of an `adrp x, :got:s` and `ldr x, [x, :got_lo12:s]` that stand together and use one register.
pub(super) fn relaxation(section: &Section<'_>, index: usize) -> Option<Relaxation> {
    let this = section.relocation(index);
    let (first, relaxation) = match elf::RelocationType(this.kind) {
        elf::R_AARCH64_ADR_GOT_PAGE => (index, Relaxation::PageDirect),
        elf::R_AARCH64_LD64_GOT_LO12_NC => (index.checked_sub(1)?, Relaxation::LoadToAdd),
        _ => return None,
    };
    let page = section.relocation(first);
    let load = section.relocations.get(first + 1).map(Relocation::read)?;
    let paired = page.kind == elf::R_AARCH64_ADR_GOT_PAGE.0
        && load.kind == elf::R_AARCH64_LD64_GOT_LO12_NC.0
        && page.offset.checked_add(4)? == load.offset
        && (page.symbol, page.addend) == (load.symbol, load.addend);
    let at = usize::try_from(page.offset).ok()?;
    let words = section.data.get(at..at.checked_add(8)?)?;
    let word = |from: usize| Some(u32::from_le_bytes(*words.get(from..)?.first_chunk::<4>()?));
    let (adrp, ldr) = (word(0)?, word(4)?);
    let register = adrp & 31;
    let fits = adrp & 0x9f00_0000 == 0x9000_0000
        && ldr & 0xffc0_0000 == 0xf940_0000
        && ldr & 31 == register
        && ldr >> 5 & 31 == register;
    (paired && fits).then_some(relaxation)
}

/// Points an `adrp` at the symbol's page.
pub(super) fn relax_page(instruction: &mut [u8], distance: i128) -> Result<(), ErrorKind> {
    Limits::signed(33).check(distance)?;
    adr_page(instruction, distance);
    Ok(())
}

/// Turns `ldr x, [x, …]` into `add x, x, low`.
pub(super) fn relax_load(instruction: &mut [u8], low: i128) -> Result<(), ErrorKind> {
    replace(instruction, 0xffc0_0000, 0x9100_0000);
    imm12::<0>(instruction, low);
    Ok(())
}
