//! Checks a finished image against the rules by which hosts load tasks.
//!
//! In: bytes from anywhere. Out: an `ImageSummary`, or the first rule that is broken. Nothing of the link is needed:
//! this reads the file as a host does. What the note says is for the host to judge; here its bytes are only found.

use object::elf::{self, FileHeader64, ProgramHeader64};
use object::{LittleEndian as LE, pod};

use crate::error::{Error, ErrorKind};
use crate::input::Machine;
use crate::options::MAX_IMAGE;

/// The owner and type of the note that describes a task, and the size of its descriptor.
const NOTE_OWNER: &[u8] = b"cloudc\0";
const NOTE_TYPE: u32 = 1;
const NOTE_SIZE: usize = 64;

/// No image needs more program headers.
const MAX_PROGRAM_HEADERS: u16 = 16;

/// What a host learns from an image before it maps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageSummary {
    /// The machine it runs on.
    pub machine: Machine,
    /// The address of its first instruction.
    pub entry: u64,
    /// Bytes that are mapped.
    pub size: u64,
    /// Its program headers, in order.
    pub segments: Vec<Segment>,
    /// The note that describes the task.
    pub note: ImageNote,
}

/// One program header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// `PT_LOAD`, `PT_NOTE`, `PT_GNU_STACK` or `PT_PHDR`.
    pub kind: &'static str,
    /// Whether it may be read, written and executed.
    pub flags: (bool, bool, bool),
    /// The address of its first byte, which is also its offset in the file.
    pub address: u64,
    /// Its size.
    pub size: u64,
}

/// The note that describes the task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageNote {
    /// The offset of its descriptor in the image; a multiple of 8.
    pub offset: u64,
    /// Its descriptor, as the code generator wrote it.
    pub descriptor: [u8; NOTE_SIZE],
}

impl ImageNote {
    /// The 32-bit field at an offset of the descriptor, or 0 beyond it.
    pub fn u32_at(&self, offset: usize) -> u32 {
        let bytes = self.descriptor.get(offset..).and_then(|rest| rest.first_chunk::<4>());
        bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes))
    }

    /// The 64-bit field at an offset of the descriptor, or 0 beyond it.
    pub fn u64_at(&self, offset: usize) -> u64 {
        u64::from(self.u32_at(offset)) | u64::from(self.u32_at(offset + 4)) << 32
    }
}

/// Checks an image: its segments, its entry and that it has a note. The result is what a loader needs to know.
pub fn verify_image(bytes: &[u8]) -> Result<ImageSummary, Error> {
    check(bytes).map_err(|rule| Error::new(ErrorKind::InvalidImage { rule }))
}

fn check(bytes: &[u8]) -> Result<ImageSummary, String> {
    let Ok((header, _)) = pod::from_bytes::<FileHeader64<LE>>(bytes) else {
        return Err("the file is shorter than an ELF header".to_owned());
    };
    let machine = check_header(header)?;
    let headers = program_headers(bytes, header)?;
    let segments = headers.iter().map(check_segment).collect::<Result<Vec<Segment>, String>>()?;
    let load = only(&segments, "PT_LOAD")?;
    if load.address != 0 || load.flags != (true, false, true) {
        return Err("its PT_LOAD must be at address 0, readable and executable, not writable".to_owned());
    }
    if load.size > MAX_IMAGE {
        return Err(format!("its PT_LOAD has {} bytes, at most {MAX_IMAGE}", load.size));
    }
    let Some(image) = usize::try_from(load.size).ok().and_then(|size| bytes.get(..size)) else {
        return Err("its PT_LOAD reaches beyond the file".to_owned());
    };
    if only(&segments, "PT_GNU_STACK")?.flags.2 {
        return Err("its stack is executable".to_owned());
    }
    let headers_end = header.e_phoff.get(LE) + 56 * headers.len() as u64;
    let entry = header.e_entry.get(LE);
    if entry < headers_end || entry >= load.size {
        return Err(format!("its entry {entry:#x} is not inside"));
    }
    let note = only(&segments, "PT_NOTE")?;
    let end = note.address.checked_add(note.size).filter(|&end| end <= load.size);
    let Some(end) = end else {
        return Err("its PT_NOTE is not inside its PT_LOAD".to_owned());
    };
    let note = find_note(image, note.address as usize, end as usize)?;
    Ok(ImageSummary { machine, entry, size: load.size, segments, note })
}

fn check_header(header: &FileHeader64<LE>) -> Result<Machine, String> {
    let ident = &header.e_ident;
    if ident.magic != elf::ELFMAG {
        return Err("it is not an ELF file".to_owned());
    }
    if ident.class != elf::ELFCLASS64 || ident.data != elf::ELFDATA2LSB {
        return Err("it is not 64-bit little-endian".to_owned());
    }
    if header.e_type.get(LE) != elf::ET_DYN {
        return Err(format!("its type is {}, not ET_DYN", header.e_type.get(LE).0));
    }
    Machine::from_elf(header.e_machine.get(LE))
        .ok_or_else(|| format!("its machine {} is unknown", header.e_machine.get(LE).0))
}

fn program_headers<'a>(
    bytes: &'a [u8],
    header: &FileHeader64<LE>,
) -> Result<&'a [ProgramHeader64<LE>], String> {
    let count = header.e_phnum.get(LE);
    if header.e_phentsize.get(LE) != 56 || count > MAX_PROGRAM_HEADERS {
        return Err("its program headers have an impossible size or number".to_owned());
    }
    usize::try_from(header.e_phoff.get(LE))
        .ok()
        .and_then(|offset| bytes.get(offset..))
        .and_then(|table| pod::slice_from_bytes(table, usize::from(count)).ok())
        .map(|(headers, _)| headers)
        .ok_or_else(|| "its program headers are not inside the file".to_owned())
}

fn check_segment(header: &ProgramHeader64<LE>) -> Result<Segment, String> {
    let kind = match header.p_type.get(LE) {
        elf::PT_LOAD => "PT_LOAD",
        elf::PT_NOTE => "PT_NOTE",
        elf::PT_GNU_STACK => "PT_GNU_STACK",
        elf::PT_PHDR => "PT_PHDR",
        elf::PT_INTERP => return Err("it has a PT_INTERP".to_owned()),
        elf::PT_DYNAMIC => return Err("it has a PT_DYNAMIC".to_owned()),
        elf::PT_TLS => return Err("it has a PT_TLS".to_owned()),
        other => return Err(format!("it has a segment of type {:#x}", other.0)),
    };
    let flags = header.p_flags.get(LE).0;
    let has = |flag: elf::ProgramFlags| flags & flag.0 != 0;
    let (address, size) = (header.p_vaddr.get(LE), header.p_memsz.get(LE));
    if header.p_offset.get(LE) != address || header.p_filesz.get(LE) != size {
        return Err(format!("the memory of its {kind} is not the file's"));
    }
    Ok(Segment { kind, flags: (has(elf::PF_R), has(elf::PF_W), has(elf::PF_X)), address, size })
}

fn only<'s>(segments: &'s [Segment], kind: &str) -> Result<&'s Segment, String> {
    let mut found = segments.iter().filter(|segment| segment.kind == kind);
    match (found.next(), found.next()) {
        (Some(segment), None) => Ok(segment),
        (None, _) => Err(format!("it has no {kind}")),
        (Some(_), Some(_)) => Err(format!("it has more than one {kind}")),
    }
}

/// Walks the notes; exactly one must describe the task.
fn find_note(image: &[u8], start: usize, end: usize) -> Result<ImageNote, String> {
    let notes = &image[..end];
    let word = |at: usize| Some(u32::from_le_bytes(*notes.get(at..)?.first_chunk::<4>()?));
    let mut found = None;
    let mut at = start;
    while at < end {
        let broken = || format!("the note at {at:#x} does not fit its segment");
        let (Some(name_size), Some(size), Some(kind)) = (word(at), word(at + 4), word(at + 8)) else {
            return Err(broken());
        };
        let name = at + 12;
        let descriptor = name + (name_size as usize).next_multiple_of(4);
        let next = descriptor + (size as usize).next_multiple_of(4);
        let (Some(owner), Some(content)) =
            (notes.get(name..name + name_size as usize), notes.get(descriptor..descriptor + size as usize))
        else {
            return Err(broken());
        };
        if owner == NOTE_OWNER && kind == NOTE_TYPE {
            let Ok(content) = <[u8; NOTE_SIZE]>::try_from(content) else {
                return Err(format!("the note of the task has {size} bytes, not {NOTE_SIZE}"));
            };
            if !descriptor.is_multiple_of(8) {
                return Err("the note of the task is not 8-aligned".to_owned());
            }
            if found.replace(ImageNote { offset: descriptor as u64, descriptor: content }).is_some() {
                return Err("it has more than one note of a task".to_owned());
            }
        }
        at = next;
    }
    found.ok_or_else(|| "it has no note of a task".to_owned())
}
