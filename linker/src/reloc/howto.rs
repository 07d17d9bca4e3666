//! How a relocation type is applied: what it stores, in how many bytes, within which limits.

use crate::error::ErrorKind;

/// What a relocation stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    /// Nothing.
    Nothing,
    /// S+A, a pointer: in images only a constant.
    Pointer,
    /// S+A: in images a constant, or in notes the offset in the image.
    Absolute,
    /// S+A in code for fixed addresses: in images only a constant.
    StaticOnly,
    /// S+A-P.
    Relative,
    /// S+A-P of a branch, which may go to an undefined weak symbol.
    Branch,
    /// The distance between the pages of S+A and P.
    Page,
    /// The low 12 bits of S+A.
    PageOffset,
    /// G+A-P.
    Slot,
    /// G-P, where G is the slot of S+A.
    SlotDistance,
    /// The distance between the pages of G and P.
    SlotPage,
    /// The low 12 bits of G.
    SlotPageOffset,
    /// G from the page the table is in, which is the image's first.
    SlotFromTable,
    /// S+A from the table.
    FromTable,
    /// The table + A - P.
    TableDistance,
    /// The size of the symbol + A.
    Size,
    /// The low bits of what the instruction that S names needs.
    PairedLow,
    /// Part of a difference of two symbols, written in two steps.
    Difference,
    /// S+A from the thread pointer.
    ThreadOffset,
    /// G+A-P, where the slot holds S from the thread pointer.
    ThreadSlot,
    /// The distance between the pages of G and P, where the slot holds S from the thread pointer.
    ThreadSlotPage,
    /// The low 12 bits of such a G.
    ThreadSlotPageOffset,
    /// Part of a sequence of instructions that finds a thread's copy of S; must be relaxed.
    ThreadSequence,
    /// Thread-local, in a way that is not applied on this machine.
    ThreadLocal,
}

/// How one relocation type is applied.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Howto {
    pub value: Value,
    /// Bytes of the field, or [`Howto::ULEB128`].
    pub width: u64,
    pub limits: Limits,
    /// Stores a value that is within the limits.
    pub encode: fn(&mut [u8], i128),
}

/// The values a field takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub low: i128,
    pub high: i128,
    pub multiple: u64,
}

impl Limits {
    pub const NONE: Limits = Limits { low: i128::MIN, high: i128::MAX, multiple: 1 };

    pub const fn signed(bits: u32) -> Limits {
        Limits { low: -(1 << (bits - 1)), high: (1 << (bits - 1)) - 1, multiple: 1 }
    }

    pub const fn unsigned(bits: u32) -> Limits {
        Limits { low: 0, high: (1 << bits) - 1, multiple: 1 }
    }

    /// What fits as a signed or as an unsigned number.
    pub const fn either(bits: u32) -> Limits {
        Limits { low: -(1 << (bits - 1)), high: (1 << bits) - 1, multiple: 1 }
    }

    pub const fn multiple(self, multiple: u64) -> Limits {
        Limits { multiple, ..self }
    }

    pub fn check(self, value: i128) -> Result<(), ErrorKind> {
        if value < self.low || value > self.high {
            return Err(ErrorKind::OutOfRange { value, low: self.low, high: self.high });
        }
        // All multiples are powers of two.
        if value & i128::from(self.multiple - 1) != 0 {
            return Err(ErrorKind::Misaligned { value, multiple: self.multiple });
        }
        Ok(())
    }
}

impl Howto {
    /// The width of a number whose bytes say where it ends.
    pub const ULEB128: u64 = u64::MAX;

    /// Bytes of a field at an offset, if it is inside the section.
    pub fn width_at(&self, data: &[u8], offset: u64) -> Option<u64> {
        let rest = data.get(usize::try_from(offset).ok()?..)?;
        if self.width == Self::ULEB128 {
            // Ten bytes hold 64 bits.
            return rest.iter().take(10).position(|byte| byte & 0x80 == 0).map(|last| last as u64 + 1);
        }
        (self.width <= rest.len() as u64).then_some(self.width)
    }

    /// A little-endian number of `width` bytes.
    pub const fn data(value: Value, width: u64, limits: Limits) -> Howto {
        Howto { value, width, limits, encode: encode_data }
    }

    /// A type that changes nothing.
    pub const fn nothing() -> Howto {
        Howto { value: Value::Nothing, width: 0, limits: Limits::NONE, encode: |_, _| {} }
    }

    /// A type that images refuse for being thread-local.
    pub const fn thread_local() -> Howto {
        Howto { value: Value::ThreadLocal, width: 0, limits: Limits::NONE, encode: |_, _| {} }
    }
}

pub(super) fn encode_data(field: &mut [u8], value: i128) {
    let width = field.len();
    field.copy_from_slice(&value.to_le_bytes()[..width]);
}
