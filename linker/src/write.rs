//! Makes the bytes of the image.
//!
//! In: a layout. Out: the file. Bytes are appended in order of address, so each is written exactly once; then the
//! fields of relocations are changed in place. Gaps in code hold traps, other gaps zero.

use object::elf::{self, FileHeader64, Ident, ProgramHeader64};
use object::{LittleEndian as LE, U16, U32, U64, pod};

use crate::error::{Error, ErrorKind, ErrorSink};
use crate::input::{Class, Machine};
use crate::layout::{Content, Linking};
use crate::reloc;

/// Fills gaps in x86-64 code: `int3`. Elsewhere zero is an undefined instruction.
const X86_TRAP: u8 = 0xcc;

/// Writes an image.
pub(crate) fn write(cx: &Linking<'_, '_>) -> Result<Vec<u8>, Vec<Error>> {
    let layout = cx.layout;
    let mut image = Vec::with_capacity(layout.size as usize);
    write_headers(cx, &mut image);
    let mut errors = ErrorSink::default();
    let mut code = false;
    for chunk in &layout.chunks {
        let trap = code && cx.resolution.machine == Machine::X86_64;
        code = chunk.class == Class::Code;
        check_position(&image, chunk.address, true)?;
        image.resize(chunk.address as usize, if trap { X86_TRAP } else { 0 });
        match chunk.content {
            Content::Section(at) => {
                let section = cx.resolution.section(at);
                let start = image.len();
                image.extend_from_slice(section.data);
                if section.data.is_empty() {
                    image.resize(start + chunk.size as usize, 0);
                }
                if let Err(found) = reloc::apply(cx, at, &mut image[start..]) {
                    found.into_iter().for_each(|error| {
                        errors.push(|| error);
                    });
                }
            }
            Content::Pool(pool) => image.extend_from_slice(&cx.merged.pools[pool as usize].bytes),
            Content::Slots => cx.plan.slots.iter().for_each(|slot| image.extend(slot.to_le_bytes())),
        }
        check_position(&image, chunk.address + chunk.size, false)?;
    }
    errors.finish()?;
    check_position(&image, layout.size, false)?;
    Ok(image)
}

/// The sizes `layout` promised are those that were written.
fn check_position(image: &[u8], address: u64, may_be_before: bool) -> Result<(), Vec<Error>> {
    let position = image.len() as u64;
    if position == address || may_be_before && position < address {
        return Ok(());
    }
    let what = format!("wrote up to {position:#x}, laid out to {address:#x}");
    Err(vec![Error::new(ErrorKind::Internal { what })])
}

fn write_headers(cx: &Linking<'_, '_>, image: &mut Vec<u8>) {
    let layout = cx.layout;
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
        e_type: U16::new(LE, elf::ET_DYN),
        e_machine: U16::new(LE, cx.resolution.machine.elf()),
        e_version: U32::new(LE, 1),
        e_entry: U64::new(LE, layout.entry),
        e_phoff: U64::new(LE, 64),
        e_shoff: U64::new(LE, 0),
        e_flags: U32::new(LE, elf::FileFlags(cx.resolution.flags)),
        e_ehsize: U16::new(LE, 64),
        e_phentsize: U16::new(LE, 56),
        e_phnum: U16::new(LE, layout.program_headers() as u16),
        e_shentsize: U16::new(LE, 0),
        e_shnum: U16::new(LE, 0),
        e_shstrndx: U16::new(LE, elf::SymbolSection(0)),
    };
    image.extend_from_slice(pod::bytes_of(&header));
    segment(image, elf::PT_LOAD, elf::PF_R | elf::PF_X, (0, layout.size), 4096);
    if let Some(notes) = layout.notes {
        segment(image, elf::PT_NOTE, elf::PF_R, notes, 4);
    }
    segment(image, elf::PT_GNU_STACK, elf::PF_R | elf::PF_W, (0, 0), 16);
}

fn segment(
    image: &mut Vec<u8>,
    kind: elf::ProgramType,
    flags: elf::ProgramFlags,
    (start, end): (u64, u64),
    align: u64,
) {
    let header = ProgramHeader64::<LE> {
        p_type: U32::new(LE, kind),
        p_flags: U32::new(LE, flags),
        p_offset: U64::new(LE, start),
        p_vaddr: U64::new(LE, start),
        p_paddr: U64::new(LE, start),
        p_filesz: U64::new(LE, end - start),
        p_memsz: U64::new(LE, end - start),
        p_align: U64::new(LE, align),
    };
    image.extend_from_slice(pod::bytes_of(&header));
}
