//! What debuggers and other tools read: section headers, symbols, debugging information.
//!
//! In: a finished link. Out: for an image a file beside it, with headers for the image's sections but not their bytes,
//! which a debugger loads at the image's base; for a program the same behind what is loaded, in the same file.

use object::elf::{self, FileHeader64, SectionHeader64};
use object::{LittleEndian as LE, U16, U32, U64, pod};

use crate::layout::{Linking, Range};
use crate::output::Output;
use crate::{dwarf, symbols};

/// Makes the file beside an image.
pub(crate) fn debug_file(cx: &Linking<'_, '_>, image: &[u8]) -> Vec<u8> {
    let mut file = image[..64].to_vec();
    // No program headers: nothing is loaded from here.
    file[32..40].fill(0);
    file[54..58].fill(0);
    let mut tables = Tables::new(file);
    for range in &cx.layout.ranges {
        tables.loaded(cx, *range, false);
    }
    tables.debug(cx);
    tables.symbols(cx);
    tables.finish()
}

/// Adds to a program what is not loaded, as far as the options keep it.
pub(crate) fn append(cx: &Linking<'_, '_>, program: Vec<u8>) -> Vec<u8> {
    let mut tables = Tables::new(program);
    for range in &cx.layout.ranges {
        tables.loaded(cx, *range, true);
    }
    if !cx.options.strip_debug {
        tables.debug(cx);
    }
    if !cx.options.strip_symbols {
        tables.symbols(cx);
    }
    tables.finish()
}

/// A file with the headers of its sections so far.
struct Tables {
    file: Vec<u8>,
    headers: Vec<SectionHeader64<LE>>,
    names: Vec<u8>,
}

impl Tables {
    fn new(file: Vec<u8>) -> Tables {
        Tables { file, headers: vec![no_section()], names: vec![0] }
    }

    fn name(&mut self, text: &[u8]) -> U32<LE> {
        let offset = self.names.len() as u32;
        self.names.extend_from_slice(text);
        self.names.push(0);
        U32::new(LE, offset)
    }

    /// A section that is loaded, and whether its bytes are here.
    fn loaded(&mut self, cx: &Linking<'_, '_>, range: Range, is_here: bool) {
        let Range { output, start, end, align } = range;
        let (kind, flags) = output.header();
        let here = is_here && !output.is_zero();
        let entsize = match output {
            Output::Relocations => 24,
            Output::Dynamic => 16,
            Output::Slots | Output::Preinit | Output::Init | Output::Fini => 8,
            _ => 0,
        };
        let name = self.name(output.name().as_bytes());
        self.headers.push(SectionHeader64 {
            sh_name: name,
            sh_type: U32::new(LE, if here { kind } else { elf::SHT_NOBITS }),
            sh_flags: U64::new(LE, elf::SectionFlags(flags)),
            sh_addr: U64::new(LE, start),
            sh_offset: U64::new(LE, if here { cx.layout.offset(start) as u64 } else { 64 }),
            sh_size: U64::new(LE, end - start),
            sh_addralign: U64::new(LE, align),
            sh_entsize: U64::new(LE, entsize),
            ..no_section()
        });
    }

    fn debug(&mut self, cx: &Linking<'_, '_>) {
        for section in dwarf::join(cx) {
            let header = self.table(section.name, elf::SHT_PROGBITS, section.align, &section.bytes);
            self.headers.push(SectionHeader64 {
                sh_flags: U64::new(LE, elf::SectionFlags(section.flags & elf::SHF_STRINGS.0)),
                sh_entsize: U64::new(LE, section.entsize),
                ..header
            });
        }
    }

    fn symbols(&mut self, cx: &Linking<'_, '_>) {
        let mut strings = vec![0];
        let (symbols, locals) = symbols::table(cx, &mut strings);
        let header = self.table(b".symtab", elf::SHT_SYMTAB, 8, &symbols);
        let string_section = self.headers.len() as u32 + 1;
        self.headers.push(SectionHeader64 {
            sh_link: U32::new(LE, string_section),
            sh_info: U32::new(LE, locals),
            sh_entsize: U64::new(LE, 24),
            ..header
        });
        let header = self.table(b".strtab", elf::SHT_STRTAB, 1, &strings);
        self.headers.push(header);
    }

    /// Adds bytes that are not loaded.
    fn table(
        &mut self,
        name: &[u8],
        kind: elf::SectionType,
        align: u64,
        bytes: &[u8],
    ) -> SectionHeader64<LE> {
        let name = self.name(name);
        self.file.resize(self.file.len().next_multiple_of(align as usize), 0);
        let offset = self.file.len() as u64;
        self.file.extend_from_slice(bytes);
        SectionHeader64 {
            sh_name: name,
            sh_type: U32::new(LE, kind),
            sh_offset: U64::new(LE, offset),
            sh_size: U64::new(LE, bytes.len() as u64),
            sh_addralign: U64::new(LE, align),
            ..no_section()
        }
    }

    fn finish(mut self) -> Vec<u8> {
        let name = self.name(b".shstrtab");
        let names = std::mem::take(&mut self.names);
        let header = self.table(b"", elf::SHT_STRTAB, 1, &names);
        self.headers.push(SectionHeader64 { sh_name: name, ..header });
        self.file.resize(self.file.len().next_multiple_of(8), 0);
        let offset = self.file.len() as u64;
        self.file.extend_from_slice(pod::bytes_of_slice(&self.headers));
        let count = self.headers.len() as u16;
        if let Ok((header, _)) = pod::from_bytes_mut::<FileHeader64<LE>>(&mut self.file) {
            header.e_shoff = U64::new(LE, offset);
            header.e_shentsize = U16::new(LE, 64);
            header.e_shnum = U16::new(LE, count);
            header.e_shstrndx = U16::new(LE, elf::SymbolSection(count - 1));
        }
        self.file
    }
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
