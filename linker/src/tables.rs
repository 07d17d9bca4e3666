//! What debuggers and other tools read: section headers, symbols, debugging information.
//!
//! In: a finished link. Out: for an image a file beside it, with headers for the image's sections but not their bytes,
//! which a debugger loads at the image's base; for a program the same behind what is loaded, in the same file.
//!
//! Everything gets its place before anything is written. Debugging information, the largest part of a file by far, is
//! put together while it is handed over, so that it never is in memory as a whole.

use object::elf::{self, SectionHeader64};
use object::{LittleEndian as LE, U32, U64, pod};

use crate::buffer::Buffer;
use crate::error::Error;
use crate::layout::{Linking, Range};
use crate::output::Output;
use crate::{dwarf, symbols, write};

/// Makes the file beside an image.
pub(crate) fn debug_file(cx: &Linking<'_, '_>) -> Result<Vec<u8>, Vec<Error>> {
    let tables = Tables::new(cx, &Wanted { loaded: false, debug: true, symbols: true })?;
    let mut file = Vec::new();
    let mut sink = |piece: &[u8]| file.extend_from_slice(piece);
    let mut out = Buffer::new(tables.end, &mut sink);
    // No program headers: nothing is loaded from here.
    out.append_bytes(pod::bytes_of(&write::file_header(cx, 0, tables.headers)));
    tables.write(cx, &mut out);
    Ok(file)
}

/// What a file holds.
struct Wanted {
    /// The bytes of sections that are loaded, not only their headers.
    loaded: bool,
    debug: bool,
    symbols: bool,
}

/// What lies behind what is loaded.
pub(crate) struct Tables<'a> {
    /// Where the headers of sections are, and how many.
    pub headers: (u64, u16),
    /// The size of the file.
    pub end: u64,
    joined: dwarf::Joined<'a>,
    contents: Vec<(u64, Content)>,
}

/// What lies somewhere in a file.
enum Content {
    Bytes(Vec<u8>),
    /// An index in `Joined::sections`.
    Debug(usize),
}

impl<'a> Tables<'a> {
    /// Finds room for what the options want to be in a program beside what is loaded.
    pub fn of_program(cx: &Linking<'_, 'a>) -> Result<Tables<'a>, Vec<Error>> {
        let (debug, symbols) = (!cx.options.strip_debug, !cx.options.strip_symbols);
        Tables::new(cx, &Wanted { loaded: true, debug, symbols })
    }

    fn new(cx: &Linking<'_, 'a>, wanted: &Wanted) -> Result<Tables<'a>, Vec<Error>> {
        let start = if wanted.loaded { cx.layout.file_size } else { write::FILE_HEADER };
        let mut headers = Headers { headers: vec![no_section()], names: vec![0], end: start };
        for range in &cx.layout.ranges {
            headers.loaded(cx, *range, wanted.loaded);
        }
        let joined = if wanted.debug { dwarf::join(cx)? } else { dwarf::Joined::default() };
        let mut contents: Vec<(u64, Content)> = Vec::new();
        for (index, section) in joined.sections.iter().enumerate() {
            let header = headers.place(section.name, elf::SHT_PROGBITS, section.align, section.size);
            contents.push((header.sh_offset.get(LE), Content::Debug(index)));
            headers.headers.push(SectionHeader64 {
                sh_flags: U64::new(LE, elf::SectionFlags(section.flags)),
                sh_entsize: U64::new(LE, section.entsize),
                ..header
            });
        }
        if wanted.symbols {
            let symbols::Table { bytes, strings, locals } = symbols::table(cx);
            let header = headers.place(b".symtab", elf::SHT_SYMTAB, 8, bytes.len() as u64);
            contents.push((header.sh_offset.get(LE), Content::Bytes(bytes)));
            let string_section = headers.headers.len() as u32 + 1;
            headers.headers.push(SectionHeader64 {
                sh_link: U32::new(LE, string_section),
                sh_info: U32::new(LE, locals),
                sh_entsize: U64::new(LE, 24),
                ..header
            });
            let header = headers.place(b".strtab", elf::SHT_STRTAB, 1, strings.len() as u64);
            contents.push((header.sh_offset.get(LE), Content::Bytes(strings)));
            headers.headers.push(header);
        }
        Ok(headers.finish(joined, contents))
    }

    /// Writes everything to its place.
    pub fn write(self, cx: &Linking<'_, '_>, out: &mut Buffer<'_>) {
        for (offset, content) in self.contents {
            out.fill_to(offset, 0);
            match content {
                Content::Bytes(bytes) => out.append_bytes(&bytes),
                Content::Debug(index) => self.joined.write(cx, &self.joined.sections[index], out),
            }
        }
        out.flush();
    }
}

/// The headers of a file's sections so far, and where what they describe ends.
struct Headers {
    headers: Vec<SectionHeader64<LE>>,
    names: Vec<u8>,
    end: u64,
}

impl Headers {
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

    /// Finds room for bytes that are not loaded.
    fn place(&mut self, name: &[u8], kind: elf::SectionType, align: u64, size: u64) -> SectionHeader64<LE> {
        let offset = self.end.next_multiple_of(align);
        self.end = offset + size;
        SectionHeader64 {
            sh_name: self.name(name),
            sh_type: U32::new(LE, kind),
            sh_offset: U64::new(LE, offset),
            sh_size: U64::new(LE, size),
            sh_addralign: U64::new(LE, align),
            ..no_section()
        }
    }

    /// Adds what remains: the names of sections and the headers.
    fn finish(mut self, joined: dwarf::Joined<'_>, mut contents: Vec<(u64, Content)>) -> Tables<'_> {
        const NAMES: &[u8] = b".shstrtab";
        let size = (self.names.len() + NAMES.len() + 1) as u64;
        let header = self.place(NAMES, elf::SHT_STRTAB, 1, size);
        self.headers.push(header);
        contents.push((header.sh_offset.get(LE), Content::Bytes(self.names)));
        let offset = self.end.next_multiple_of(8);
        let headers = pod::bytes_of_slice(&self.headers).to_vec();
        let end = offset + headers.len() as u64;
        contents.push((offset, Content::Bytes(headers)));
        Tables { headers: (offset, self.headers.len() as u16), end, joined, contents }
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
