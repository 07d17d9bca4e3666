//! Makes the bytes of the output.
//!
//! In: a layout. Out: the file, as far as it is loaded. Bytes are appended in order of address, so each is written
//! exactly once; then the fields of relocations are changed in place. Gaps in code hold traps, other gaps zero. What a
//! program applies to itself is known only after everything else, and fills the room left for it.

use object::elf::{self, FileHeader64, Ident, ProgramHeader64};
use object::{LittleEndian as LE, U16, U32, U64, pod};

use crate::error::{Error, ErrorKind, ErrorSink};
use crate::input::Machine;
use crate::layout::{Content, Linking, PAGE, STUB};
use crate::output::{Output, Segment};
use crate::{dynamic, reloc, unwind};

/// Fills gaps in x86-64 code: `int3`. Elsewhere zero is an undefined instruction.
const X86_TRAP: u8 = 0xcc;

/// Writes what is loaded.
pub(crate) fn write(cx: &Linking<'_, '_>) -> Result<Vec<u8>, Vec<Error>> {
    let layout = cx.layout;
    let mut image = Vec::with_capacity(layout.file_size as usize);
    write_headers(cx, &mut image);
    let mut errors = ErrorSink::default();
    let mut pointers = Vec::new();
    let mut code = false;
    for chunk in &layout.chunks {
        if chunk.output.is_zero() {
            continue;
        }
        let next_is_code = chunk.output.segment() == Segment::Execute;
        let trap = code && (next_is_code || cx.options.profile.is_image());
        code = next_is_code;
        check_position(cx, &image, chunk.address, true)?;
        let fill = if trap && cx.resolution.machine == Machine::X86_64 { X86_TRAP } else { 0 };
        image.resize(layout.offset(chunk.address), fill);
        let start = image.len();
        match chunk.content {
            Content::Section(at) => {
                let section = cx.resolution.section(at);
                match cx.liveness.unwind_table(at) {
                    Some(table) => image.extend(unwind::bytes(section, table)),
                    None => image.extend_from_slice(section.data),
                }
                if image.len() == start {
                    image.resize(start + chunk.size as usize, 0);
                }
                if let Err(found) = reloc::apply(cx, at, &mut image[start..], &mut pointers) {
                    found.into_iter().for_each(|error| {
                        errors.push(|| error);
                    });
                }
            }
            Content::Pool(pool) => image.extend_from_slice(&cx.merged.pools[pool as usize].bytes),
            Content::Slots => {
                write_slots(cx, &mut image, &mut pointers).map_err(|kind| vec![Error::new(kind)])?
            }
            Content::Stubs => write_stubs(cx, &mut image),
            Content::Dynamic => image.extend(dynamic::section(cx)),
            Content::UnwindHeader => image.extend(unwind::header(cx)),
            Content::Relocations | Content::UnwindEnd => image.resize(start + chunk.size as usize, 0),
            Content::Common(_) => {}
        }
        check_position(cx, &image, chunk.address + chunk.size, false)?;
    }
    errors.finish()?;
    check_position(cx, &image, layout.base + layout.file_size, false)?;
    if let Some(room) = layout.range(Output::Relocations) {
        let bytes = dynamic::relocations(cx, pointers).map_err(|kind| vec![Error::new(kind)])?;
        let room = layout.offset(room.start)..layout.offset(room.end);
        if bytes.len() != room.len() {
            let what = format!("{} bytes of relocations, room for {}", bytes.len(), room.len());
            return Err(vec![Error::new(ErrorKind::Internal { what })]);
        }
        image[room].copy_from_slice(&bytes);
    }
    Ok(image)
}

/// The sizes `layout` promised are those that were written.
fn check_position(
    cx: &Linking<'_, '_>,
    image: &[u8],
    address: u64,
    may_be_before: bool,
) -> Result<(), Vec<Error>> {
    let position = cx.layout.base + image.len() as u64;
    if position == address || may_be_before && position < address {
        return Ok(());
    }
    let what = format!("wrote up to {position:#x}, laid out to {address:#x}");
    Err(vec![Error::new(ErrorKind::Internal { what })])
}

fn write_slots(
    cx: &Linking<'_, '_>,
    image: &mut Vec<u8>,
    pointers: &mut Vec<(u64, i64)>,
) -> Result<(), ErrorKind> {
    for (index, &slot) in cx.plan.slots.iter().enumerate() {
        let value = reloc::slot_value(cx, slot)?;
        let stored = match slot {
            reloc::Slot::Chosen { .. } => 0,
            reloc::Slot::Address { target, .. }
                if cx.options.profile.moves() && reloc::moves_with_image(target) =>
            {
                pointers.push((cx.layout.slots + 8 * index as u64, value as i64));
                0
            }
            _ => value as u64,
        };
        image.extend(stored.to_le_bytes());
    }
    Ok(())
}

/// `jmp *slot(%rip)`; only x86-64 has stubs.
fn write_stubs(cx: &Linking<'_, '_>, image: &mut Vec<u8>) {
    for (index, &slot) in cx.plan.stubs.iter().enumerate() {
        let end = cx.layout.stubs + STUB * index as u64 + 6;
        let distance = (cx.layout.slots + 8 * u64::from(slot)).wrapping_sub(end) as i32;
        image.extend([0xff, 0x25]);
        image.extend(distance.to_le_bytes());
        image.resize(image.len() + STUB as usize - 6, X86_TRAP);
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

fn write_headers(cx: &Linking<'_, '_>, image: &mut Vec<u8>) {
    let layout = cx.layout;
    let headers = if cx.options.profile.is_image() { image_headers(cx) } else { program_headers(cx) };
    debug_assert_eq!(64 + 56 * headers.len() as u64, layout.headers, "the room that layout left");
    let kind = if cx.options.profile.moves() { elf::ET_DYN } else { elf::ET_EXEC };
    let header = FileHeader64::<LE> {
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
        e_entry: U64::new(LE, layout.entry),
        e_phoff: U64::new(LE, 64),
        e_shoff: U64::new(LE, 0),
        e_flags: U32::new(LE, elf::FileFlags(cx.resolution.flags)),
        e_ehsize: U16::new(LE, 64),
        e_phentsize: U16::new(LE, 56),
        e_phnum: U16::new(LE, headers.len() as u16),
        e_shentsize: U16::new(LE, 0),
        e_shnum: U16::new(LE, 0),
        e_shstrndx: U16::new(LE, elf::SymbolSection(0)),
    };
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
    let mut headers = vec![whole(elf::PT_LOAD, READ_EXECUTE, (0, layout.size), PAGE)];
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
    let writable = layout.span(|output| matches!(output.segment(), Segment::Relro | Segment::Write));
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
