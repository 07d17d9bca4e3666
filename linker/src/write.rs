//! Makes the bytes of the output.
//!
//! In: a layout. Out: the file, as far as it is loaded, piece by piece. Bytes are appended in order of address, so each
//! is written exactly once; the fields of a section's relocations are changed before it is handed over. Gaps in code hold
//! traps, other gaps zero.

use object::elf::{self, FileHeader64, Ident, ProgramHeader64};
use object::{LittleEndian as LE, U16, U32, U64, pod};

use crate::buffer::Buffer;
use crate::error::{Error, ErrorKind, ErrorSink};
use crate::input::{Class, Machine};
use crate::layout::{Content, Linking, PAGE, STUB};
use crate::output::{Output, Segment};
use crate::resolve::SectionRef;
use crate::{dynamic, reloc, unwind};

/// Fills gaps in x86-64 code: `int3`. Elsewhere zero is an undefined instruction.
const X86_TRAP: u8 = 0xcc;

/// Bytes of the ELF header.
pub(crate) const FILE_HEADER: u64 = 64;

/// Writes what is loaded; `sections` says where the headers of sections are, and how many.
pub(crate) fn write(
    cx: &Linking<'_, '_>,
    sections: (u64, u16),
    out: &mut Buffer<'_>,
) -> Result<(), Vec<Error>> {
    let layout = cx.layout;
    out.append(|buffer| write_headers(cx, sections, buffer));
    let mut errors = ErrorSink::default();
    let mut code = false;
    for chunk in &layout.chunks {
        if chunk.output.is_zero() {
            continue;
        }
        let next_is_code = chunk.output.segment() == Segment::Execute;
        let trap = code && (next_is_code || cx.options.profile.is_image());
        code = next_is_code;
        check_position(cx, out, chunk.address, true)?;
        let fill = if trap && cx.resolution.machine == Machine::X86_64 { X86_TRAP } else { 0 };
        out.fill_to(layout.offset(chunk.address) as u64, fill);
        match chunk.content {
            Content::Section(at) => {
                let mut applied = Ok(());
                out.append(|buffer| applied = write_section(cx, at, chunk.size, buffer));
                for error in applied.err().unwrap_or_default() {
                    errors.push(|| error);
                }
            }
            Content::Pool(pool) => out.append_bytes(&cx.merged.pools[pool as usize].bytes),
            Content::Slots => out.append_bytes(&slots(cx).map_err(|kind| vec![Error::new(kind)])?),
            Content::Stubs => out.append(|buffer| write_stubs(cx, buffer)),
            Content::Dynamic => out.append_bytes(&dynamic::section(cx)),
            Content::UnwindHeader => out.append_bytes(&unwind::header(cx)),
            Content::Relocations => {
                out.append_bytes(&dynamic::relocations(cx).map_err(|kind| vec![Error::new(kind)])?);
            }
            Content::UnwindEnd => out.append_bytes(&[0; 4]),
            Content::Common(_) => {}
        }
        check_position(cx, out, chunk.address + chunk.size, false)?;
    }
    errors.finish()?;
    check_position(cx, out, layout.base + layout.file_size, false)
}

/// Appends the bytes of a section, relocated.
fn write_section(
    cx: &Linking<'_, '_>,
    at: SectionRef,
    size: u64,
    buffer: &mut Vec<u8>,
) -> Result<(), Vec<Error>> {
    let start = buffer.len();
    let section = cx.resolution.section(at);
    let unwind = (section.class == Class::Unwind).then(|| cx.liveness.unwind_table(at));
    match unwind.flatten() {
        Some(table) => buffer.extend(unwind::bytes(section, table)),
        None => buffer.extend_from_slice(section.data),
    }
    if buffer.len() == start {
        buffer.resize(start + size as usize, 0);
    }
    if section.relocations.is_empty() { Ok(()) } else { reloc::apply(cx, at, &mut buffer[start..]) }
}

/// The sizes `layout` promised are those that were written.
fn check_position(
    cx: &Linking<'_, '_>,
    out: &Buffer<'_>,
    address: u64,
    may_be_before: bool,
) -> Result<(), Vec<Error>> {
    let position = cx.layout.base + out.position();
    if position == address || may_be_before && position < address {
        return Ok(());
    }
    let what = format!("wrote up to {position:#x}, laid out to {address:#x}");
    Err(vec![Error::new(ErrorKind::Internal { what })])
}

/// The table slots; zero where the program itself stores an address.
fn slots(cx: &Linking<'_, '_>) -> Result<Vec<u8>, ErrorKind> {
    let mut bytes = Vec::with_capacity(8 * cx.plan.slots.len());
    for &slot in &cx.plan.slots {
        let stored = match slot {
            reloc::Slot::Chosen { .. } => 0,
            _ if slot.is_moved(cx.options.profile) => 0,
            _ => reloc::slot_value(cx, slot)? as u64,
        };
        bytes.extend(stored.to_le_bytes());
    }
    Ok(bytes)
}

/// The stubs of indirect functions.
fn write_stubs(cx: &Linking<'_, '_>, image: &mut Vec<u8>) {
    for (place, &slot) in (cx.layout.stubs..).step_by(STUB as usize).zip(&cx.plan.stubs) {
        let slot = cx.layout.slots + 8 * u64::from(slot);
        image.extend(reloc::stub(cx.resolution.machine, place, slot));
    }
}

/// A program header: its kind, flags, addresses, end of what the file holds, and alignment.
struct Header {
    kind: elf::ProgramType,
    flags: elf::ProgramFlags,
    start: u64,
    end: u64,
    file_end: u64,
    align: u64,
}

/// The ELF header of a file with so many program headers.
pub(crate) fn file_header(
    cx: &Linking<'_, '_>,
    headers: usize,
    (section_headers, sections): (u64, u16),
) -> FileHeader64<LE> {
    let kind = if cx.options.profile.moves() { elf::ET_DYN } else { elf::ET_EXEC };
    FileHeader64 {
        e_ident: Ident {
            magic: elf::ELFMAG,
            class: elf::ELFCLASS64,
            data: elf::ELFDATA2LSB,
            version: elf::FileVersion(1),
            os_abi: elf::ELFOSABI_NONE,
            abi_version: 0,
            padding: [0; 7],
        },
        e_type: U16::new(LE, kind),
        e_machine: U16::new(LE, cx.resolution.machine.elf()),
        e_version: U32::new(LE, 1),
        e_entry: U64::new(LE, cx.layout.entry),
        e_phoff: U64::new(LE, if headers == 0 { 0 } else { FILE_HEADER }),
        e_shoff: U64::new(LE, section_headers),
        e_flags: U32::new(LE, elf::FileFlags(cx.resolution.flags)),
        e_ehsize: U16::new(LE, 64),
        e_phentsize: U16::new(LE, if headers == 0 { 0 } else { 56 }),
        e_phnum: U16::new(LE, headers as u16),
        e_shentsize: U16::new(LE, if sections == 0 { 0 } else { 64 }),
        e_shnum: U16::new(LE, sections),
        // The names of sections come last.
        e_shstrndx: U16::new(LE, elf::SymbolSection(sections.saturating_sub(1))),
    }
}

fn write_headers(cx: &Linking<'_, '_>, sections: (u64, u16), image: &mut Vec<u8>) {
    let layout = cx.layout;
    let headers = if cx.options.profile.is_image() { image_headers(cx) } else { program_headers(cx) };
    debug_assert_eq!(64 + 56 * headers.len() as u64, layout.headers, "the room that layout left");
    let header = file_header(cx, headers.len(), sections);
    image.extend_from_slice(pod::bytes_of(&header));
    for Header { kind, flags, start, end, file_end, align } in headers {
        let header = ProgramHeader64::<LE> {
            p_type: U32::new(LE, kind),
            p_flags: U32::new(LE, flags),
            p_offset: U64::new(LE, start.saturating_sub(layout.base)),
            p_vaddr: U64::new(LE, start),
            p_paddr: U64::new(LE, start),
            p_filesz: U64::new(LE, file_end - start),
            p_memsz: U64::new(LE, end - start),
            p_align: U64::new(LE, align),
        };
        image.extend_from_slice(pod::bytes_of(&header));
    }
}

const READ: elf::ProgramFlags = elf::PF_R;
const READ_EXECUTE: elf::ProgramFlags = elf::ProgramFlags(elf::PF_R.0 | elf::PF_X.0);
const READ_WRITE: elf::ProgramFlags = elf::ProgramFlags(elf::PF_R.0 | elf::PF_W.0);

fn whole(kind: elf::ProgramType, flags: elf::ProgramFlags, (start, end): (u64, u64), align: u64) -> Header {
    Header { kind, flags, start, end, file_end: end, align }
}

fn stack() -> Header {
    whole(elf::PT_GNU_STACK, READ_WRITE, (0, 0), 16)
}

fn image_headers(cx: &Linking<'_, '_>) -> Vec<Header> {
    let layout = cx.layout;
    let writable = layout.span(Output::is_writable);
    let fixed = layout.span(|output| !output.is_writable()).map_or(layout.headers, |(_, end)| end);
    let mut headers = vec![whole(elf::PT_LOAD, READ_EXECUTE, (0, fixed), PAGE)];
    if let Some((start, end)) = writable {
        let file_end = layout.file_size.clamp(start, end);
        headers.push(Header { file_end, ..whole(elf::PT_LOAD, READ_WRITE, (start, end), PAGE) });
    }
    if let Some(dynamic) = layout.range(Output::Dynamic) {
        headers.push(whole(elf::PT_DYNAMIC, READ_WRITE, (dynamic.start, dynamic.end), 8));
    }
    if let Some(notes) = layout.range(Output::Notes) {
        headers.push(whole(elf::PT_NOTE, READ, (notes.start, notes.end), 4));
    }
    headers.push(stack());
    headers
}

fn program_headers(cx: &Linking<'_, '_>) -> Vec<Header> {
    let layout = cx.layout;
    let file_end = layout.base + layout.file_size;
    let segment = |wanted: Segment| layout.span(|output| output.segment() == wanted);
    let read = segment(Segment::Read).map_or(layout.base + layout.headers, |(_, end)| end);
    let mut headers = vec![whole(elf::PT_LOAD, READ, (layout.base, read), PAGE)];
    if let Some(code) = segment(Segment::Execute) {
        headers.push(whole(elf::PT_LOAD, READ_EXECUTE, code, PAGE));
    }
    let (relro, data) = (segment(Segment::Relro), segment(Segment::Write));
    let writable = layout.span(Output::is_writable);
    if let Some((start, end)) = writable {
        let file_end = file_end.clamp(start, end);
        let load = whole(elf::PT_LOAD, READ_WRITE, (start, end), PAGE);
        headers.push(Header { file_end, ..load });
    }
    if let Some((start, _)) = relro {
        // Up to the next page, where what stays writable begins.
        let end = data.map_or(layout.base + layout.size, |(data, _)| data).next_multiple_of(PAGE);
        let file_end = file_end.clamp(start, end);
        headers.push(Header { file_end, ..whole(elf::PT_GNU_RELRO, READ, (start, end), 1) });
    }
    if let Some(threads) = layout.thread_local() {
        let data_end = layout.range(Output::ThreadData).map_or(threads.start, |data| data.end);
        let header = whole(elf::PT_TLS, READ, (threads.start, threads.end), threads.align);
        headers.push(Header { file_end: data_end, ..header });
    }
    if let Some(notes) = layout.range(Output::Notes) {
        headers.push(whole(elf::PT_NOTE, READ, (notes.start, notes.end), notes.align));
    }
    if let Some(index) = layout.range(Output::UnwindHeader) {
        headers.push(whole(elf::PT_GNU_EH_FRAME, READ, (index.start, index.end), 4));
    }
    if let Some(dynamic) = layout.range(Output::Dynamic) {
        headers.push(whole(elf::PT_DYNAMIC, READ_WRITE, (dynamic.start, dynamic.end), 8));
    }
    headers.push(stack());
    headers
}
