//! Reads a task image and refuses what a loader must not map.
//!
//! In: the bytes of a file, from anybody. Out: an `Image`, which holds a copy of the one segment and what the note
//! says, or an `ImageError` that names the rule that is broken.
//!
//! Invariant: every offset in an `Image` lies inside its segment; nothing later checks them again.

use std::fmt;

use cloudc_abi::code::{isa, note_flag, slot};
use cloudc_abi::note::NOTE_SIZE;
use cloudc_abi::{
    ABI_MAJOR, ABI_MINOR, ANY_INPUTS, MAX_IMAGE, MAX_STACK, NOTE_OWNER, NOTE_TYPE, Name, PAGE, TaskNote,
};

use crate::name::content_name;

/// The most outputs a task may declare.
pub const MAX_OUTPUTS: u32 = 4096;

/// A checked image.
#[derive(Debug)]
pub struct Image {
    /// Its content name: the task's name.
    pub name: Name,
    /// For which machine it is.
    pub machine: Machine,
    /// What the note says.
    pub note: TaskNote,
    /// Offset of the entry in the segment.
    pub entry: usize,
    /// The segment's bytes.
    pub segment: Box<[u8]>,
    /// The size bound of each output.
    pub bounds: Box<[u64]>,
}

/// A machine an image can be for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    /// `EM_X86_64`.
    X86_64,
    /// `EM_AARCH64`.
    Aarch64,
    /// `EM_RISCV`, 64 bits.
    Riscv64,
}

/// Why an image is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageError(String);

impl Image {
    /// Reads and checks a file.
    pub fn parse(bytes: &[u8]) -> Result<Image, ImageError> {
        let file = Reader(bytes);
        let (machine, entry, headers) = read_file_header(file)?;
        let mut load = None;
        let mut note_header = None;
        let mut has_stack_header = false;
        for header in &headers {
            match header.kind {
                PT_NULL | PT_PHDR => {}
                PT_LOAD if header.flags & PF_W != 0 => {
                    return refuse("a writable segment is not supported by this host");
                }
                PT_LOAD if load.replace(header).is_some() => return refuse("more than one PT_LOAD"),
                PT_LOAD => {}
                PT_NOTE if note_header.replace(header).is_some() => return refuse("more than one PT_NOTE"),
                PT_NOTE => {}
                PT_GNU_STACK if header.flags & PF_X != 0 => {
                    return refuse("PT_GNU_STACK asks for an executable stack");
                }
                PT_GNU_STACK => has_stack_header = true,
                PT_DYNAMIC => return refuse("PT_DYNAMIC is not allowed: an image has no relocations"),
                PT_INTERP => return refuse("PT_INTERP is not allowed: an image has no interpreter"),
                PT_TLS => return refuse("PT_TLS is not allowed: a task has no thread"),
                kind => return refuse(format!("program header type {kind:#x} is not allowed")),
            }
        }
        let load = load.ok_or_else(|| error("no PT_LOAD"))?;
        let note_header = note_header.ok_or_else(|| error("no PT_NOTE"))?;
        if !has_stack_header {
            return refuse("no PT_GNU_STACK");
        }
        let segment = read_segment(file, load)?;
        if entry >= load.file_size {
            return refuse(format!("e_entry {entry:#x} lies outside the segment"));
        }
        let note = read_note(&segment, load, note_header)?;
        check_note(&note, machine)?;
        let bounds = read_bounds(&segment, &note)?;
        Ok(Image {
            name: content_name(bytes),
            machine,
            note,
            entry: entry as usize,
            segment: segment.into(),
            bounds,
        })
    }

    /// The task's manifest entry, as it stands in the image.
    pub fn manifest_entry(&self) -> &[u8] {
        let start = self.note.manifest as usize;
        &self.segment[start..start + self.note.manifest_len as usize]
    }

    /// Whether this processor can run it.
    pub fn check_processor(&self) -> Result<(), ImageError> {
        if Some(self.machine) != Machine::here() {
            return refuse(format!("the image is for {:?}, which this machine is not", self.machine));
        }
        if self.note.isa > processor_isa() {
            return refuse(format!(
                "the image needs instruction set level {}, this machine has {}",
                self.note.isa,
                processor_isa()
            ));
        }
        Ok(())
    }
}

impl Machine {
    /// The machine this host was built for.
    pub fn here() -> Option<Machine> {
        if cfg!(target_arch = "x86_64") {
            Some(Machine::X86_64)
        } else if cfg!(target_arch = "aarch64") {
            Some(Machine::Aarch64)
        } else {
            None
        }
    }
}

impl fmt::Display for ImageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a task image: {}", self.0)
    }
}

impl std::error::Error for ImageError {}

const PT_NULL: u32 = 0;
const PT_LOAD: u32 = 1;
const PT_DYNAMIC: u32 = 2;
const PT_INTERP: u32 = 3;
const PT_NOTE: u32 = 4;
const PT_PHDR: u32 = 6;
const PT_TLS: u32 = 7;
const PT_GNU_STACK: u32 = 0x6474_E551;
const PF_X: u32 = 1;
const PF_W: u32 = 2;
const PF_R: u32 = 4;
const EM_X86_64: u16 = 62;
const EM_AARCH64: u16 = 183;
const EM_RISCV: u16 = 243;
const ET_DYN: u16 = 3;
const MAX_HEADERS: u16 = 16;

struct ProgramHeader {
    kind: u32,
    flags: u32,
    offset: u64,
    address: u64,
    file_size: u64,
    memory_size: u64,
}

fn read_file_header(file: Reader<'_>) -> Result<(Machine, u64, Vec<ProgramHeader>), ImageError> {
    if file.bytes(0, 4)? != b"\x7FELF" {
        return refuse("no ELF magic");
    }
    match file.bytes(4, 3)? {
        [2, 1, 1] => {}
        [2, 1, version] => return refuse(format!("ELF version {version}")),
        _ => return refuse("not 64-bit little-endian"),
    }
    if file.u16(16)? != ET_DYN {
        return refuse("not ET_DYN");
    }
    let machine = match file.u16(18)? {
        EM_X86_64 => Machine::X86_64,
        EM_AARCH64 => Machine::Aarch64,
        EM_RISCV => Machine::Riscv64,
        other => return refuse(format!("machine {other} is not one of ours")),
    };
    let entry = file.u64(24)?;
    let table = file.u64(32)?;
    let (size, count) = (file.u16(54)?, file.u16(56)?);
    if size != 56 || count == 0 || count > MAX_HEADERS {
        return refuse(format!("{count} program headers of {size} bytes"));
    }
    let headers = (0..u64::from(count)).map(|i| {
        let at =
            table.checked_add(i * 56).ok_or_else(|| error("the program headers lie outside the file"))?;
        Ok(ProgramHeader {
            kind: file.u32(at)?,
            flags: file.u32(at.saturating_add(4))?,
            offset: file.u64(at.saturating_add(8))?,
            address: file.u64(at.saturating_add(16))?,
            file_size: file.u64(at.saturating_add(32))?,
            memory_size: file.u64(at.saturating_add(40))?,
        })
    });
    Ok((machine, entry, headers.collect::<Result<_, ImageError>>()?))
}

fn read_segment(file: Reader<'_>, load: &ProgramHeader) -> Result<Vec<u8>, ImageError> {
    if load.flags != PF_R | PF_X {
        return refuse(format!("the segment's flags are {:#x}, not R+X", load.flags));
    }
    if load.address != 0 {
        return refuse(format!("the segment is at {:#x}, not at 0", load.address));
    }
    if load.memory_size > MAX_IMAGE {
        return refuse(format!("the segment has {} bytes, the limit is {MAX_IMAGE}", load.memory_size));
    }
    if load.file_size > load.memory_size || load.file_size == 0 {
        return refuse("the segment's sizes contradict each other");
    }
    let mut segment = file.bytes(load.offset, load.file_size)?.to_vec();
    segment.resize(load.memory_size as usize, 0);
    Ok(segment)
}

fn read_note(segment: &[u8], load: &ProgramHeader, header: &ProgramHeader) -> Result<TaskNote, ImageError> {
    let consistent = load.offset.checked_add(header.address) == Some(header.offset);
    let end = header.address.checked_add(header.file_size);
    if !consistent || end.is_none_or(|end| end > load.file_size) {
        return refuse("PT_NOTE lies outside the segment");
    }
    let notes = Reader(segment).bytes(header.address, header.file_size)?;
    let notes = Reader(notes);
    let mut found = None;
    let mut at = 0;
    while at < header.file_size {
        let (owner_size, size, kind) = (notes.u32(at)?, notes.u32(at + 4)?, notes.u32(at + 8)?);
        let owner = notes.bytes(at + 12, u64::from(owner_size))?;
        let start = at + 12 + u64::from(owner_size).next_multiple_of(4);
        let descriptor = notes.bytes(start, u64::from(size))?;
        if owner == NOTE_OWNER && kind == NOTE_TYPE {
            let descriptor: &[u8; NOTE_SIZE] = descriptor
                .try_into()
                .map_err(|_| error(format!("the note has {size} bytes, not {NOTE_SIZE}")))?;
            if found.replace(TaskNote::from_bytes(descriptor)).is_some() {
                return refuse("more than one `cloudc` note");
            }
        }
        at = start + u64::from(size).next_multiple_of(4);
    }
    found.ok_or_else(|| error("no `cloudc` note"))
}

fn check_note(note: &TaskNote, machine: Machine) -> Result<(), ImageError> {
    if note.abi >> 16 != ABI_MAJOR || note.abi & 0xFFFF > ABI_MINOR {
        return refuse(format!(
            "ABI {}.{}, this host speaks {ABI_MAJOR}.{ABI_MINOR}",
            note.abi >> 16,
            note.abi & 0xFFFF
        ));
    }
    let known_isa = match machine {
        Machine::X86_64 => (isa::X86_64_V1..=isa::X86_64_V4).contains(&note.isa),
        Machine::Aarch64 => note.isa == isa::AARCH64_V8_0,
        Machine::Riscv64 => note.isa == isa::RV64GC,
    };
    if !known_isa {
        return refuse(format!("instruction set {:#x} is not known", note.isa));
    }
    if note.flags & !note_flag::ALL != 0 {
        return refuse(format!("unknown flags {:#x}", note.flags & !note_flag::ALL));
    }
    if note.flags & note_flag::HAS_DATA != 0 {
        return refuse("HAS_DATA without a writable segment");
    }
    if note.calls >> slot::COUNT != 0 {
        return refuse(format!("calls {:#x} name slots that do not exist", note.calls));
    }
    if note.reserved != 0 {
        return refuse("a reserved field is not zero");
    }
    if note.stack == 0 || !note.stack.is_multiple_of(PAGE) || note.stack > MAX_STACK {
        return refuse(format!("a stack of {} bytes", note.stack));
    }
    if note.heap_max != 0 && note.heap > note.heap_max {
        return refuse("the heap granted at entry is larger than the heap's limit");
    }
    if note.n_outputs == 0 || note.n_outputs > MAX_OUTPUTS {
        return refuse(format!("{} outputs, 1 to {MAX_OUTPUTS} are possible", note.n_outputs));
    }
    if note.n_inputs != ANY_INPUTS && note.n_inputs > 1 << 20 {
        return refuse(format!("{} inputs", note.n_inputs));
    }
    Ok(())
}

fn read_bounds(segment: &[u8], note: &TaskNote) -> Result<Box<[u64]>, ImageError> {
    let image = Reader(segment);
    if image.bytes(u64::from(note.manifest), u64::from(note.manifest_len)).is_err() {
        return refuse("the manifest entry lies outside the segment");
    }
    let table = image
        .bytes(u64::from(note.outputs), u64::from(note.n_outputs) * 8)
        .map_err(|_| error("the table of output sizes lies outside the segment"))?;
    Ok(table.as_chunks().0.iter().map(|bound| u64::from_le_bytes(*bound)).collect())
}

/// What this processor can do, as `TaskNote::isa` counts.
pub fn processor_isa() -> u32 {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::is_x86_feature_detected as has;
        if !(has!("sse4.2") && has!("popcnt") && has!("ssse3")) {
            isa::X86_64_V1
        } else if !(has!("avx2")
            && has!("bmi1")
            && has!("bmi2")
            && has!("fma")
            && has!("lzcnt")
            && has!("movbe"))
        {
            isa::X86_64_V2
        } else if !(has!("avx512f")
            && has!("avx512bw")
            && has!("avx512cd")
            && has!("avx512dq")
            && has!("avx512vl"))
        {
            isa::X86_64_V3
        } else {
            isa::X86_64_V4
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    isa::AARCH64_V8_0
}

fn error(message: impl Into<String>) -> ImageError {
    ImageError(message.into())
}

fn refuse<T>(message: impl Into<String>) -> Result<T, ImageError> {
    Err(error(message))
}

/// Reads numbers at any offset of bytes that nobody vouches for.
#[derive(Clone, Copy)]
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(self, at: u64, len: u64) -> Result<&'a [u8], ImageError> {
        let end = at.checked_add(len).and_then(|end| usize::try_from(end).ok());
        match (usize::try_from(at), end) {
            (Ok(start), Some(end)) if end <= self.0.len() => Ok(&self.0[start..end]),
            _ => Err(error(format!("{len} bytes at {at:#x} lie outside the file or its part"))),
        }
    }

    fn array<const N: usize>(self, at: u64) -> Result<[u8; N], ImageError> {
        let mut array = [0; N];
        array.copy_from_slice(self.bytes(at, N as u64)?);
        Ok(array)
    }

    fn u16(self, at: u64) -> Result<u16, ImageError> {
        self.array(at).map(u16::from_le_bytes)
    }

    fn u32(self, at: u64) -> Result<u32, ImageError> {
        self.array(at).map(u32::from_le_bytes)
    }

    fn u64(self, at: u64) -> Result<u64, ImageError> {
        self.array(at).map(u64::from_le_bytes)
    }
}
