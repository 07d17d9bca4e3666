//! Makes the file a debugger loads beside an image.
//!
//! In: a finished link. Out: an ELF file of the same machine with headers for the image's sections but not their
//! bytes, and a symbol table: locals first, then globals, in order of input. A debugger loads it at the image's base.
//!
//! FIXME: `.debug_*` sections of the inputs are not carried over; that needs their relocations applied against
//! section offsets, all ones for what did not survive, and SHF_COMPRESSED expanded.

use object::elf::{self, FileHeader64, Ident, SectionHeader64, Sym64};
use object::{LittleEndian as LE, U16, U32, U64, pod};

use crate::input::{Binding, Home, Symbol};
use crate::layout::{Linking, Range};
use crate::resolve::SectionRef;

/// Writes the debug file.
pub(crate) fn debug_file(cx: &Linking<'_, '_>) -> Vec<u8> {
    let sections = &cx.layout.ranges;
    let mut strings = vec![0];
    let (symbols, locals) = symbol_table(cx, sections, &mut strings);
    let mut section_names = vec![0];
    let mut name = |text: &str| {
        let offset = section_names.len() as u32;
        section_names.extend_from_slice(text.as_bytes());
        section_names.push(0);
        offset
    };
    let mut headers = vec![no_section()];
    for section in sections {
        let (_, flags) = section.output.header();
        headers.push(SectionHeader64 {
            sh_name: U32::new(LE, name(section.output.name())),
            sh_type: U32::new(LE, elf::SHT_NOBITS),
            sh_flags: U64::new(LE, elf::SectionFlags(flags)),
            sh_addr: U64::new(LE, section.start),
            sh_offset: U64::new(LE, 64),
            sh_size: U64::new(LE, section.end - section.start),
            sh_addralign: U64::new(LE, section.align),
            ..no_section()
        });
    }
    let mut file = vec![0; 64];
    let string_section = headers.len() as u32 + 1;
    let table = |name: u32, kind, file: &mut Vec<u8>, content: &[u8]| {
        let offset = file.len() as u64;
        file.extend_from_slice(content);
        file.resize(file.len().next_multiple_of(8), 0);
        SectionHeader64::<LE> {
            sh_name: U32::new(LE, name),
            sh_type: U32::new(LE, kind),
            sh_offset: U64::new(LE, offset),
            sh_size: U64::new(LE, content.len() as u64),
            sh_addralign: U64::new(LE, 8),
            ..no_section()
        }
    };
    headers.push(SectionHeader64 {
        sh_link: U32::new(LE, string_section),
        sh_info: U32::new(LE, locals),
        sh_entsize: U64::new(LE, 24),
        ..table(name(".symtab"), elf::SHT_SYMTAB, &mut file, &symbols)
    });
    headers.push(table(name(".strtab"), elf::SHT_STRTAB, &mut file, &strings));
    let last = name(".shstrtab");
    headers.push(table(last, elf::SHT_STRTAB, &mut file, &section_names));
    let header = file_header(cx, file.len() as u64, headers.len() as u16);
    file[..64].copy_from_slice(pod::bytes_of(&header));
    file.extend_from_slice(pod::bytes_of_slice(&headers));
    file
}

fn no_section() -> SectionHeader64<LE> {
    SectionHeader64 {
        sh_name: U32::default(),
        sh_type: U32::default(),
        sh_flags: U64::default(),
        sh_addr: U64::default(),
        sh_offset: U64::default(),
        sh_size: U64::default(),
        sh_link: U32::default(),
        sh_info: U32::default(),
        sh_addralign: U64::default(),
        sh_entsize: U64::default(),
    }
}

fn file_header(cx: &Linking<'_, '_>, section_headers: u64, count: u16) -> FileHeader64<LE> {
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
        e_type: U16::new(LE, elf::ET_DYN),
        e_machine: U16::new(LE, cx.resolution.machine.elf()),
        e_version: U32::new(LE, 1),
        e_entry: U64::new(LE, cx.layout.entry),
        e_phoff: U64::new(LE, 0),
        e_shoff: U64::new(LE, section_headers),
        e_flags: U32::new(LE, elf::FileFlags(cx.resolution.flags)),
        e_ehsize: U16::new(LE, 64),
        e_phentsize: U16::new(LE, 0),
        e_phnum: U16::new(LE, 0),
        e_shentsize: U16::new(LE, 64),
        e_shnum: U16::new(LE, count),
        e_shstrndx: U16::new(LE, elf::SymbolSection(count - 1)),
    }
}

/// The symbols of everything that stays and was not merged, and how many entries are local.
fn symbol_table(cx: &Linking<'_, '_>, sections: &[Range], strings: &mut Vec<u8>) -> (Vec<u8>, u32) {
    let mut table = vec![0; 24];
    let mut locals = 0;
    for local in [true, false] {
        for (index, object) in cx.resolution.objects.iter().enumerate() {
            for (position, symbol) in object.symbols.iter().enumerate() {
                let wanted = match symbol.binding {
                    Binding::Local => local,
                    _ => !local && defines(cx, index as u32, position as u32),
                };
                if wanted {
                    add_symbol(cx, sections, index as u32, symbol, strings, &mut table);
                }
            }
        }
        if local {
            locals = table.len() as u32 / 24;
        }
    }
    (table, locals)
}

/// True if a global symbol of an object is the definition that won.
fn defines(cx: &Linking<'_, '_>, object: u32, symbol: u32) -> bool {
    let definition =
        cx.resolution.global_of(object, symbol).and_then(|id| cx.resolution.globals[id as usize].definition);
    definition.is_some_and(|definition| (definition.object, definition.symbol) == (object, symbol))
}

fn add_symbol(
    cx: &Linking<'_, '_>,
    sections: &[Range],
    object: u32,
    symbol: &Symbol<'_>,
    strings: &mut Vec<u8>,
    table: &mut Vec<u8>,
) {
    let (index, value) = match symbol.home {
        Home::Absolute if symbol.kind == elf::STT_FILE => (elf::SHN_ABS, symbol.value),
        Home::Section(section) if symbol.kind != elf::STT_SECTION => {
            let at = SectionRef { object, section };
            if !cx.liveness.is_live(at) || cx.merged.pieces(at).is_some() {
                return;
            }
            let start = cx.layout.section_address(at);
            let found = sections.iter().position(|section| (section.start..=section.end).contains(&start));
            let Some(found) = found else { return };
            (elf::SymbolSection(found as u16 + 1), start.wrapping_add(symbol.value))
        }
        _ => return,
    };
    if symbol.name.is_empty() {
        return;
    }
    let binding = match symbol.binding {
        Binding::Local => elf::STB_LOCAL,
        Binding::Global => elf::STB_GLOBAL,
        Binding::Weak => elf::STB_WEAK,
    };
    let entry = Sym64::<LE> {
        st_name: U32::new(LE, strings.len() as u32),
        st_info: elf::SymbolInfo(binding.0 << 4 | symbol.kind.0 & 15),
        st_other: elf::SymbolOther(0),
        st_shndx: U16::new(LE, index),
        st_value: U64::new(LE, value),
        st_size: U64::new(LE, symbol.size),
    };
    strings.extend_from_slice(symbol.name);
    strings.push(0);
    table.extend_from_slice(pod::bytes_of(&entry));
}
