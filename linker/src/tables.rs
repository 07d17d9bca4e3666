//! What debuggers and other tools read: section headers, symbols, debugging information.
//!
//! In: a finished link. Out: for an image a file beside it, with headers for the image's sections but not their bytes,
//! which a debugger loads at the image's base; for a program the same behind what is loaded, in the same file.
//!
//! Everything gets its place before anything is written. Debugging information, the largest part of a file by far, is
//! put together while it is handed over, so that it never is in memory as a whole.

use object::elf::{self, FileHeader64, SectionHeader64};
use object::{LittleEndian as LE, U16, U32, U64, pod};

use crate::layout::{Linking, Range};
use crate::output::Output;
use crate::{dwarf, symbols};

/// Takes a file piece by piece, in order.
pub(crate) type Sink<'s> = &'s mut dyn FnMut(&[u8]);

/// Pieces are at least this large where there is more to come.
const PIECE: usize = 256 << 10;

/// Makes the file beside an image.
pub(crate) fn debug_file(cx: &Linking<'_, '_>, image: &[u8]) -> Vec<u8> {
    let mut start = image[..64].to_vec();
    // No program headers: nothing is loaded from here.
    start[32..40].fill(0);
    start[54..58].fill(0);
    let mut file = Vec::new();
    write(cx, start, &Wanted { loaded: false, debug: true, symbols: true }, &mut |piece| {
        file.extend_from_slice(piece);
    });
    file
}

/// Writes a program, with as much of what is not loaded as the options keep.
pub(crate) fn write_program(cx: &Linking<'_, '_>, program: Vec<u8>, sink: Sink<'_>) {
    let (debug, symbols) = (!cx.options.strip_debug, !cx.options.strip_symbols);
    write(cx, program, &Wanted { loaded: true, debug, symbols }, sink);
}

/// What a file holds.
struct Wanted {
    /// The bytes of sections that are loaded, not only their headers.
    loaded: bool,
    debug: bool,
    symbols: bool,
}

/// Writes a file that begins with `start`, whose ELF header is completed.
fn write(cx: &Linking<'_, '_>, mut start: Vec<u8>, wanted: &Wanted, sink: Sink<'_>) {
    let mut tables = Tables { headers: vec![no_section()], names: vec![0], end: start.len() as u64 };
    for range in &cx.layout.ranges {
        tables.loaded(cx, *range, wanted.loaded);
    }
    let joined = if wanted.debug { dwarf::join(cx) } else { dwarf::Joined::default() };
    let mut contents: Vec<(u64, Content<'_>)> = Vec::new();
    for section in &joined.sections {
        let header = tables.place(section.name, elf::SHT_PROGBITS, section.align, section.size);
        contents.push((header.sh_offset.get(LE), Content::Debug(section)));
        tables.headers.push(SectionHeader64 {
            sh_flags: U64::new(LE, elf::SectionFlags(section.flags)),
            sh_entsize: U64::new(LE, section.entsize),
            ..header
        });
    }
    if wanted.symbols {
        let symbols::Table { bytes, strings, locals } = symbols::table(cx);
        let header = tables.place(b".symtab", elf::SHT_SYMTAB, 8, bytes.len() as u64);
        contents.push((header.sh_offset.get(LE), Content::Bytes(bytes)));
        let string_section = tables.headers.len() as u32 + 1;
        tables.headers.push(SectionHeader64 {
            sh_link: U32::new(LE, string_section),
            sh_info: U32::new(LE, locals),
            sh_entsize: U64::new(LE, 24),
            ..header
        });
        let header = tables.place(b".strtab", elf::SHT_STRTAB, 1, strings.len() as u64);
        contents.push((header.sh_offset.get(LE), Content::Bytes(strings)));
        tables.headers.push(header);
    }
    contents.extend(tables.finish(&mut start));
    sink(&start);
    let mut out = Buffer { bytes: Vec::new(), flushed: start.len() as u64, sink };
    drop(start);
    for (offset, content) in contents {
        out.fill_to(offset);
        match content {
            Content::Bytes(bytes) => out.append_bytes(&bytes),
            Content::Debug(section) => joined.write(cx, section, &mut out),
        }
    }
    out.flush();
}

/// What lies somewhere in a file.
enum Content<'j> {
    Bytes(Vec<u8>),
    Debug(&'j dwarf::DebugSection<'j>),
}

/// Collects small pieces to larger ones.
pub(crate) struct Buffer<'s> {
    bytes: Vec<u8>,
    /// Bytes handed over before.
    flushed: u64,
    sink: Sink<'s>,
}

impl Buffer<'_> {
    /// Adds to the file.
    pub fn append(&mut self, add: impl FnOnce(&mut Vec<u8>)) {
        add(&mut self.bytes);
        if self.bytes.len() >= PIECE {
            self.flush();
        }
    }

    /// Adds bytes that are there already; many of them are not copied first.
    pub fn append_bytes(&mut self, bytes: &[u8]) {
        if bytes.len() < PIECE {
            self.append(|buffer| buffer.extend_from_slice(bytes));
        } else {
            self.flush();
            (self.sink)(bytes);
            self.flushed += bytes.len() as u64;
        }
    }

    /// The bytes of the file so far.
    pub fn position(&self) -> u64 {
        self.flushed + self.bytes.len() as u64
    }

    /// Adds zeroes up to an offset.
    pub fn fill_to(&mut self, offset: u64) {
        let gap = offset.saturating_sub(self.position()) as usize;
        self.bytes.resize(self.bytes.len() + gap, 0);
    }

    fn flush(&mut self) {
        (self.sink)(&self.bytes);
        self.flushed += self.bytes.len() as u64;
        self.bytes.clear();
    }
}

/// The headers of a file's sections so far, and where what they describe ends.
struct Tables {
    headers: Vec<SectionHeader64<LE>>,
    names: Vec<u8>,
    end: u64,
}

impl Tables {
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

    /// Completes the ELF header; what remains are the names of sections and the headers.
    fn finish<'j>(mut self, start: &mut [u8]) -> [(u64, Content<'j>); 2] {
        const NAMES: &[u8] = b".shstrtab";
        let size = (self.names.len() + NAMES.len() + 1) as u64;
        let header = self.place(NAMES, elf::SHT_STRTAB, 1, size);
        self.headers.push(header);
        let offset = self.end.next_multiple_of(8);
        let count = self.headers.len() as u16;
        if let Ok((header, _)) = pod::from_bytes_mut::<FileHeader64<LE>>(start) {
            header.e_shoff = U64::new(LE, offset);
            header.e_shentsize = U16::new(LE, 64);
            header.e_shnum = U16::new(LE, count);
            header.e_shstrndx = U16::new(LE, elf::SymbolSection(count - 1));
        }
        let headers = pod::bytes_of_slice(&self.headers).to_vec();
        [(header.sh_offset.get(LE), Content::Bytes(self.names)), (offset, Content::Bytes(headers))]
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
