//! The relocations of RISC-V 64 that position-independent code uses.
//!
//! Instructions are not relaxed: `R_RISCV_RELAX` is a permission, not an order. What `R_RISCV_ALIGN` orders was done when the
//! object was read.

use object::elf;

use super::{Howto, Limits, Value};
use crate::error::ErrorKind;
use crate::input::{Machine, Relocation, Section};

/// What `auipc` and a signed 12-bit immediate reach together.
const PAIR: Limits = Limits { low: -(1 << 31) - 0x800, high: (1 << 31) - 0x801, multiple: 1 };

/// How a relocation type is applied.
pub(super) fn howto(kind: u32) -> Option<Howto> {
    let data = Howto::data;
    let code = |value, limits, encode| Howto { value, width: 4, limits, encode };
    let step = |width, encode| Howto { value: Value::Difference, width, limits: Limits::NONE, encode };
    Some(match elf::RelocationType(kind) {
        elf::R_RISCV_NONE => Howto::nothing(),
        elf::R_RISCV_32 => data(Value::Absolute, 4, Limits::either(32)),
        elf::R_RISCV_64 => data(Value::Pointer, 8, Limits::either(64)),
        elf::R_RISCV_BRANCH => code(Value::Branch, Limits::signed(13).multiple(2), b_type),
        elf::R_RISCV_JAL => code(Value::Branch, Limits::signed(21).multiple(2), j_type),
        elf::R_RISCV_CALL => Howto { value: Value::Branch, width: 8, limits: PAIR, encode: call },
        elf::R_RISCV_CALL_PLT => Howto { value: Value::Branch, width: 8, limits: PAIR, encode: call },
        elf::R_RISCV_GOT_HI20 => code(Value::Slot, PAIR, u_type),
        elf::R_RISCV_PCREL_HI20 => code(Value::Relative, PAIR, u_type),
        elf::R_RISCV_PCREL_LO12_I => code(Value::PairedLow, Limits::NONE, i_type),
        elf::R_RISCV_PCREL_LO12_S => code(Value::PairedLow, Limits::NONE, s_type),
        elf::R_RISCV_HI20 => code(Value::StaticOnly, PAIR, u_type),
        elf::R_RISCV_LO12_I => code(Value::StaticOnly, Limits::NONE, i_type),
        elf::R_RISCV_LO12_S => code(Value::StaticOnly, Limits::NONE, s_type),
        elf::R_RISCV_TLS_GOT_HI20 => code(Value::ThreadSlot, PAIR, u_type),
        elf::R_RISCV_TPREL_HI20 => code(Value::ThreadOffset, PAIR, u_type),
        elf::R_RISCV_TPREL_LO12_I => code(Value::ThreadOffset, Limits::NONE, i_type),
        elf::R_RISCV_TPREL_LO12_S => code(Value::ThreadOffset, Limits::NONE, s_type),
        // Marks an instruction that relaxation could remove.
        elf::R_RISCV_TPREL_ADD => Howto { value: Value::ThreadOffset, ..Howto::nothing() },
        elf::RelocationType(22 | 62..=65) => Howto::thread_local(),
        elf::R_RISCV_ADD8 => step(1, add),
        elf::R_RISCV_ADD16 => step(2, add),
        elf::R_RISCV_ADD32 => step(4, add),
        elf::R_RISCV_ADD64 => step(8, add),
        elf::R_RISCV_SUB8 => step(1, subtract),
        elf::R_RISCV_SUB16 => step(2, subtract),
        elf::R_RISCV_SUB32 => step(4, subtract),
        elf::R_RISCV_SUB64 => step(8, subtract),
        elf::R_RISCV_ALIGN => Howto::nothing(),
        elf::R_RISCV_RVC_BRANCH => compressed(9, cb_type),
        elf::R_RISCV_RVC_JUMP => compressed(12, cj_type),
        elf::R_RISCV_RELAX => Howto::nothing(),
        elf::R_RISCV_SUB6 => step(1, |field, value| six(field, |old| old.wrapping_sub(value as u8))),
        elf::R_RISCV_SET6 => step(1, |field, value| six(field, |_| value as u8)),
        elf::R_RISCV_SET8 => step(1, super::encode_data),
        elf::R_RISCV_SET16 => step(2, super::encode_data),
        elf::R_RISCV_SET32 => step(4, super::encode_data),
        // The number is known once the other symbol of the difference is.
        elf::R_RISCV_SET_ULEB128 => step(0, |_, _| {}),
        elf::R_RISCV_SUB_ULEB128 => step(Howto::ULEB128, variable),
        elf::R_RISCV_32_PCREL => data(Value::Relative, 4, Limits::signed(32)),
        elf::R_RISCV_PLT32 => data(Value::Relative, 4, Limits::signed(32)),
        _ => return None,
    })
}

fn compressed(bits: u32, encode: fn(&mut [u8], i128)) -> Howto {
    Howto { value: Value::Branch, width: 2, limits: Limits::signed(bits).multiple(2), encode }
}

/// The signed low 12 bits of a value whose high part is rounded to make up for their sign.
pub(super) fn low_part(value: i128) -> i128 {
    (value & 0xfff ^ 0x800) - 0x800
}

/// True for the relocations a low part may be paired with.
pub(super) fn is_high_part(kind: u32) -> bool {
    matches!(
        elf::RelocationType(kind),
        elf::R_RISCV_PCREL_HI20 | elf::R_RISCV_GOT_HI20 | elf::R_RISCV_TLS_GOT_HI20
    )
}

/// True if `ADD32` and `SUB32`, `SET6` and `SUB6` and so on make one difference.
pub(super) fn is_difference(first: u32, second: u32) -> bool {
    matches!(
        (elf::RelocationType(first), elf::RelocationType(second)),
        (elf::R_RISCV_ADD8 | elf::R_RISCV_SET8, elf::R_RISCV_SUB8)
            | (elf::R_RISCV_ADD16 | elf::R_RISCV_SET16, elf::R_RISCV_SUB16)
            | (elf::R_RISCV_ADD32 | elf::R_RISCV_SET32, elf::R_RISCV_SUB32)
            | (elf::R_RISCV_ADD64, elf::R_RISCV_SUB64)
            | (elf::R_RISCV_SET6, elf::R_RISCV_SUB6)
    )
}

/// True for the two steps of a difference that is a ULEB128.
pub(super) fn is_variable(kind: u32) -> bool {
    matches!(elf::RelocationType(kind), elf::R_RISCV_SET_ULEB128 | elf::R_RISCV_SUB_ULEB128)
}

/// The two steps of a ULEB128 follow each other.
pub(super) fn check_variable(section: &Section<'_>, index: usize) -> Result<(), ErrorKind> {
    let this = section.relocation(index);
    let first = if this.kind == elf::R_RISCV_SET_ULEB128.0 { Some(index) } else { index.checked_sub(1) };
    let second = first.and_then(|first| section.relocations.get(first + 1)).map(Relocation::read);
    let first = first.map(|first| section.relocation(first));
    let is_pair = first.zip(second).is_some_and(|(first, second)| {
        first.kind == elf::R_RISCV_SET_ULEB128.0
            && second.kind == elf::R_RISCV_SUB_ULEB128.0
            && first.offset == second.offset
    });
    let name = super::type_name(Machine::Riscv64, this.kind);
    let reason = "the other step of its difference does not stand beside it";
    if is_pair { Ok(()) } else { Err(ErrorKind::MisplacedRelocation { name, reason }) }
}

/// What a ULEB128 of so many bytes holds.
pub(super) fn variable_limits(width: u64) -> Limits {
    Limits::unsigned((7 * width as u32).min(64))
}

fn replace(instruction: &mut [u8], mask: u32, bits: u32) {
    if let Some(word) = instruction.first_chunk_mut::<4>() {
        *word = (u32::from_le_bytes(*word) & !mask | bits & mask).to_le_bytes();
    }
}

fn replace16(instruction: &mut [u8], mask: u16, bits: u16) {
    if let Some(word) = instruction.first_chunk_mut::<2>() {
        *word = (u16::from_le_bytes(*word) & !mask | bits & mask).to_le_bytes();
    }
}

/// Moves the bits `high..=low` of a value so that `low` comes to `to`.
fn bits(value: i128, high: u32, low: u32, to: u32) -> u32 {
    ((value >> low) as u32 & ((1 << (high - low + 1)) - 1)) << to
}

fn u_type(instruction: &mut [u8], value: i128) {
    replace(instruction, 0xffff_f000, (value + 0x800) as u32);
}

fn i_type(instruction: &mut [u8], value: i128) {
    replace(instruction, 0xfff0_0000, bits(value, 11, 0, 20));
}

fn s_type(instruction: &mut [u8], value: i128) {
    replace(instruction, 0xfe00_0f80, bits(value, 11, 5, 25) | bits(value, 4, 0, 7));
}

fn b_type(instruction: &mut [u8], value: i128) {
    let immediate =
        bits(value, 12, 12, 31) | bits(value, 10, 5, 25) | bits(value, 4, 1, 8) | bits(value, 11, 11, 7);
    replace(instruction, 0xfe00_0f80, immediate);
}

fn j_type(instruction: &mut [u8], value: i128) {
    let immediate =
        bits(value, 20, 20, 31) | bits(value, 10, 1, 21) | bits(value, 11, 11, 20) | bits(value, 19, 12, 12);
    replace(instruction, 0xffff_f000, immediate);
}

/// `auipc` and `jalr`.
fn call(instructions: &mut [u8], value: i128) {
    let (auipc, jalr) = instructions.split_at_mut(4);
    u_type(auipc, value);
    i_type(jalr, low_part(value));
}

fn cb_type(instruction: &mut [u8], value: i128) {
    let immediate = bits(value, 8, 8, 12)
        | bits(value, 4, 3, 10)
        | bits(value, 7, 6, 5)
        | bits(value, 2, 1, 3)
        | bits(value, 5, 5, 2);
    replace16(instruction, 0x1c7c, immediate as u16);
}

fn cj_type(instruction: &mut [u8], value: i128) {
    let immediate = bits(value, 11, 11, 12)
        | bits(value, 4, 4, 11)
        | bits(value, 9, 8, 9)
        | bits(value, 10, 10, 8)
        | bits(value, 6, 6, 7)
        | bits(value, 7, 7, 6)
        | bits(value, 3, 1, 3)
        | bits(value, 5, 5, 2);
    replace16(instruction, 0x1ffc, immediate as u16);
}

/// `auipc t3, slot`; `ld t3, slot(t3)`; `jr t3`; a trap.
pub(super) fn stub(bytes: &mut [u8; 16], place: u64, slot: u64) {
    let distance = i128::from(slot) - i128::from(place);
    for (word, instruction) in
        bytes.as_chunks_mut::<4>().0.iter_mut().zip([0x0000_0e17u32, 0x000e_3e03, 0x000e_0067, 0])
    {
        *word = instruction.to_le_bytes();
    }
    u_type(&mut bytes[..4], distance);
    i_type(&mut bytes[4..8], distance);
}

fn number(field: &[u8]) -> u64 {
    field.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

fn add(field: &mut [u8], value: i128) {
    let sum = number(field).wrapping_add(value as u64);
    super::encode_data(field, i128::from(sum));
}

fn subtract(field: &mut [u8], value: i128) {
    let difference = number(field).wrapping_sub(value as u64);
    super::encode_data(field, i128::from(difference));
}

/// Stores a ULEB128 in as many bytes as there are.
fn variable(field: &mut [u8], value: i128) {
    for (at, byte) in field.iter_mut().enumerate() {
        *byte = *byte & 0x80 | (value >> (7 * at)) as u8 & 0x7f;
    }
}

fn six(field: &mut [u8], change: impl Fn(u8) -> u8) {
    if let Some(byte) = field.first_mut() {
        *byte = *byte & 0xc0 | change(*byte & 0x3f) & 0x3f;
    }
}
