//! What relocations ask for, and the bytes they become.
//!
//! In: the relocations of sections that stay. `scan` checks before layout what does not depend on addresses: that the
//! type is known, that the place is inside its section and is nobody else's, that the target exists and may be
//! referred to in this way from an image. `apply` computes values and writes fields once addresses are known.
//!
//! A machine is a table from relocation numbers to `Howto`, plus the instructions it can relax. The values are the
//! same on every machine: S is the symbol's address, A the addend, P the place, G the address of the table slot.

mod aarch64;
mod riscv64;
mod scan;
mod x86_64;

use object::elf;

use crate::error::{Error, ErrorKind, ErrorSink};
use crate::input::{Class, Machine, Relocation, Section};
use crate::layout::Linking;
use crate::resolve::{Resolution, SectionRef, Target};

pub(crate) use scan::{Plan, Slot, scan};

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
    /// Part of a sequence of instructions that finds a thread's copy of S; must be relaxed.
    ThreadSequence,
    /// Thread-local, in a way that is not applied on this machine.
    ThreadLocal,
    /// Bytes that must be removed until the next instruction is aligned.
    Align,
}

/// How one relocation type is applied.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Howto {
    pub value: Value,
    /// Bytes of the field.
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

    fn check(self, value: i128) -> Result<(), ErrorKind> {
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
    /// A little-endian number of `width` bytes.
    const fn data(value: Value, width: u64, limits: Limits) -> Howto {
        Howto { value, width, limits, encode: encode_data }
    }

    /// A type that changes nothing.
    const fn nothing() -> Howto {
        Howto { value: Value::Nothing, width: 0, limits: Limits::NONE, encode: |_, _| {} }
    }

    /// A type that images refuse for being thread-local.
    const fn thread_local() -> Howto {
        Howto { value: Value::ThreadLocal, width: 0, limits: Limits::NONE, encode: |_, _| {} }
    }
}

fn encode_data(field: &mut [u8], value: i128) {
    let width = field.len();
    field.copy_from_slice(&value.to_le_bytes()[..width]);
}

/// An instruction that reads an address from a table, rewritten to compute it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relaxation {
    /// x86-64 `mov` becomes `lea`.
    MovToLea,
    /// x86-64 indirect `call` becomes direct.
    CallDirect,
    /// x86-64 indirect `jmp` becomes direct.
    JumpDirect,
    /// AArch64 `adrp` to the table becomes `adrp` to the symbol.
    PageDirect,
    /// AArch64 `ldr` from the table becomes `add`.
    LoadToAdd,
    /// x86-64: calls that find a variable of any module become its offset from the thread pointer.
    ThreadGlobal,
    /// x86-64: calls that find this module's variables become the thread pointer.
    ThreadModule,
    /// x86-64: an offset read from a table becomes a constant.
    ThreadSlot,
    /// x86-64: the descriptor of a variable becomes its offset, and the call of its function nothing.
    ThreadDescriptor,
    ThreadDescriptorCall,
}

impl Relaxation {
    /// How the map counts it.
    pub fn name(self) -> &'static str {
        match self {
            Relaxation::MovToLea => "mov to lea",
            Relaxation::CallDirect => "indirect call to call",
            Relaxation::JumpDirect => "indirect jmp to jmp",
            Relaxation::PageDirect => "adrp of slot to adrp",
            Relaxation::LoadToAdd => "ldr of slot to add",
            Relaxation::ThreadGlobal => "thread-local, general to local-exec",
            Relaxation::ThreadModule => "thread-local, local-dynamic to local-exec",
            Relaxation::ThreadSlot => "thread-local, initial-exec to local-exec",
            Relaxation::ThreadDescriptor | Relaxation::ThreadDescriptorCall => {
                "thread-local, descriptor to local-exec"
            }
        }
    }

    /// Bytes before the field that change too.
    fn bytes_before(self) -> u64 {
        match self {
            Relaxation::MovToLea | Relaxation::CallDirect | Relaxation::JumpDirect => 2,
            Relaxation::ThreadGlobal => 4,
            Relaxation::ThreadModule | Relaxation::ThreadSlot | Relaxation::ThreadDescriptor => 3,
            Relaxation::PageDirect | Relaxation::LoadToAdd | Relaxation::ThreadDescriptorCall => 0,
        }
    }

    /// Bytes from the start of the field that change; what follows a sequence's first instruction is checked.
    fn bytes_after(self, section: &Section<'_>, offset: u64) -> u64 {
        match self {
            Relaxation::ThreadGlobal => 12,
            Relaxation::ThreadModule => x86_64::module_sequence(section.data, offset),
            Relaxation::ThreadDescriptorCall => 2,
            _ => 4,
        }
    }

    /// True if the next relocation is that of a call which disappears.
    fn takes_next(self) -> bool {
        matches!(self, Relaxation::ThreadGlobal | Relaxation::ThreadModule)
    }

    fn is_thread_local(self) -> bool {
        matches!(
            self,
            Relaxation::ThreadGlobal
                | Relaxation::ThreadModule
                | Relaxation::ThreadSlot
                | Relaxation::ThreadDescriptor
                | Relaxation::ThreadDescriptorCall
        )
    }
}

/// How a relocation type is applied on a machine, if it is known.
pub(crate) fn howto(machine: Machine, kind: u32) -> Option<Howto> {
    match machine {
        Machine::X86_64 => x86_64::howto(kind),
        Machine::Aarch64 => aarch64::howto(kind),
        Machine::Riscv64 => riscv64::howto(kind),
    }
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

/// Applies all relocations of a section to its bytes, and lists the pointers a program must move when it starts.
pub(crate) fn apply(
    cx: &Linking<'_, '_>,
    at: SectionRef,
    bytes: &mut [u8],
    pointers: &mut Vec<(u64, i64)>,
) -> Result<(), Vec<Error>> {
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
            match apply_one(cx, at, index, offset, bytes, pointers) {
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
    pointers: &mut Vec<(u64, i64)>,
) -> Result<Option<Relaxation>, ErrorKind> {
    let machine = cx.resolution.machine;
    let section = cx.resolution.section(at);
    let relocation = Relocation { offset, ..section.relocation(index) };
    let howto = howto(machine, relocation.kind).ok_or_else(|| lost("a howto"))?;
    if matches!(howto.value, Value::Nothing | Value::Align) {
        return Ok(None);
    }
    let target = cx.resolution.target(at.object, relocation.symbol);
    if let Some(relaxation) = relaxation(machine, section, index, target) {
        relax(cx, at, relocation, relaxation, bytes)?;
        return Ok(Some(relaxation));
    }
    let offset = offset as usize;
    let field = bytes.get_mut(offset..offset + howto.width as usize).ok_or_else(|| lost("a field"))?;
    let mut value = evaluate(cx, at, relocation, howto)?;
    howto.limits.check(value)?;
    if howto.value == Value::Pointer && cx.options.profile.moves() && moves_with_image(target) {
        pointers.push((cx.layout.section_address(at) + relocation.offset, value as i64));
        value = 0;
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

/// The value a relocation stores.
fn evaluate(
    cx: &Linking<'_, '_>,
    at: SectionRef,
    relocation: Relocation,
    howto: Howto,
) -> Result<i128, ErrorKind> {
    let addend = i128::from(relocation.addend);
    let place = cx.layout.section_address(at) as i128 + i128::from(relocation.offset);
    let target = cx.resolution.target(at.object, relocation.symbol);
    let symbol = || cx.address(target, relocation.addend).ok_or_else(|| lost("an address"));
    let slot = || {
        let index = cx.plan.slot(at, relocation.offset).ok_or_else(|| lost("a slot"))?;
        Ok(i128::from(cx.layout.slots + 8 * u64::from(index)))
    };
    // Images have no table; its symbol is the image's first byte.
    let table = if cx.options.profile.is_image() { 0 } else { i128::from(cx.layout.slots) };
    Ok(match howto.value {
        Value::Nothing | Value::Align | Value::ThreadLocal | Value::ThreadSequence => 0,
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
        Value::SlotPage => page(slot()?) - page(place),
        Value::SlotPageOffset => slot()? & 0xfff,
        Value::SlotFromTable => slot()? - page(table),
        Value::FromTable => symbol()? - table,
        Value::TableDistance => table + addend - place,
        Value::Size => i128::from(cx.resolution.size_of(at.object, relocation.symbol)) + addend,
        Value::PairedLow => {
            let (label, high) =
                cx.plan.paired_high(cx.resolution, at, relocation).ok_or_else(|| lost("a pair"))?;
            let high_howto = riscv64::howto(high.kind).ok_or_else(|| lost("a howto"))?;
            riscv64::low_part(evaluate(cx, label, high, high_howto)?)
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
    relocation: Relocation,
    relaxation: Relaxation,
    bytes: &mut [u8],
) -> Result<(), ErrorKind> {
    let place = cx.layout.section_address(at) as i128 + i128::from(relocation.offset);
    let target = cx.resolution.target(at.object, relocation.symbol);
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
