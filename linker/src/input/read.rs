//! Reads and checks one relocatable ELF object.
//!
//! In: bytes from anywhere. Out: an `Object`, or what is malformed. Section and symbol indices, string offsets and
//! alignments are checked here, once, and so are the limits that bound later work by the size of the file.

use std::num::NonZeroU32;

use object::elf::{self, CompressionHeader64, FileHeader64, SectionHeader64, Sym64};
use object::{LittleEndian as LE, pod};

use super::{Binding, Class, Home, Machine, Object, Section, Symbols, Why, classify, is_table};
use crate::error::{Error, ErrorKind, shorten};
use crate::options::Profile;

/// Sections of one object, and numbers of its sections and symbols, stay below these.
const MAX_SECTIONS: u64 = 1 << 20;
const MAX_SYMBOLS: u64 = 1 << 24;
/// The longest name taken.
const MAX_NAME: usize = 64 << 10;
/// Alignment above this is an error.
const MAX_ALIGN: u64 = 65536;
/// Copies of the same bytes count: what an object allocates is at most this many times its file.
pub(super) const EXPANSION: u64 = 16;
/// What compressed debugging information expands to, in sizes of the file.
const COMPRESSION: u64 = 256;

/// Reads an object.
pub(crate) fn parse_object<'a>(profile: Profile, name: &str, bytes: &'a [u8]) -> Result<Object<'a>, Error> {
    Reader { profile, bytes, names_left: EXPANSION * bytes.len() as u64 + (1 << 20) }
        .object(name)
        .map_err(|kind| Error::in_object(kind, name))
}

pub(super) fn malformed<T>(
    field: &'static str,
    value: impl TryInto<u64>,
    possible: impl Into<String>,
) -> Result<T, ErrorKind> {
    let value = value.try_into().unwrap_or(u64::MAX);
    Err(ErrorKind::Malformed { field, value, possible: possible.into() })
}

pub(super) fn limit(what: &'static str, value: u64, limit: u64) -> Result<(), ErrorKind> {
    if value > limit { Err(ErrorKind::Limit { what, value, limit }) } else { Ok(()) }
}

pub(super) fn unsupported<T>(what: impl Into<String>) -> Result<T, ErrorKind> {
    Err(ErrorKind::Unsupported { what: what.into() })
}

/// A file being read, with what is left of the budget that keeps overlapping names from costing more than the file.
pub(super) struct Reader<'a> {
    profile: Profile,
    pub(super) bytes: &'a [u8],
    names_left: u64,
}

impl<'a> Reader<'a> {
    fn object(mut self, name: &str) -> Result<Object<'a>, ErrorKind> {
        let header = self.header()?;
        let Some(machine) = Machine::from_elf(header.e_machine.get(LE)) else {
            return unsupported(format!("objects for machine {}", header.e_machine.get(LE).0));
        };
        let headers = self.section_headers(header)?;
        let names = self.section_names(header, headers)?;
        let (mut sections, places) = self.sections(headers, names)?;
        let symbols = self.symbols(headers, places)?;
        self.attach_relocations(headers, &mut sections, &symbols)?;
        let groups = self.groups(headers, &mut sections, &symbols)?;
        check_sizes(&sections, self.bytes.len() as u64)?;
        Ok(Object {
            name: name.to_owned(),
            size: self.bytes.len(),
            machine,
            flags: header.e_flags.get(LE).0,
            sections,
            symbols,
            groups,
        })
    }

    fn header(&self) -> Result<&'a FileHeader64<LE>, ErrorKind> {
        if self.bytes.starts_with(b"BC\xc0\xde") || self.bytes.starts_with(b"\xde\xc0\x17\x0b") {
            return unsupported("compiler bitcode");
        }
        let Ok((header, _)) = pod::from_bytes::<FileHeader64<LE>>(self.bytes) else {
            return malformed("file size", self.bytes.len(), "at least 64 bytes");
        };
        let ident = &header.e_ident;
        if ident.magic != elf::ELFMAG {
            return malformed("e_ident magic", u32::from_be_bytes(ident.magic), "0x7f454c46");
        }
        if ident.class != elf::ELFCLASS64 {
            return malformed("e_ident class", ident.class.0, "2 (64-bit)");
        }
        if ident.data != elf::ELFDATA2LSB {
            return malformed("e_ident data", ident.data.0, "1 (little-endian)");
        }
        if header.e_type.get(LE) != elf::ET_REL {
            return malformed("e_type", header.e_type.get(LE).0, "1 (relocatable)");
        }
        Ok(header)
    }

    fn section_headers(&self, header: &FileHeader64<LE>) -> Result<&'a [SectionHeader64<LE>], ErrorKind> {
        let offset = header.e_shoff.get(LE);
        if offset == 0 {
            return Ok(&[]);
        }
        if header.e_shentsize.get(LE) != 64 {
            return malformed("e_shentsize", header.e_shentsize.get(LE), "64");
        }
        let size = self.bytes.len() as u64;
        let Some(table) = usize::try_from(offset).ok().and_then(|start| self.bytes.get(start..)) else {
            return malformed("e_shoff", offset, format!("at most {size:#x}"));
        };
        let count = match header.e_shnum.get(LE) {
            0 => match pod::from_bytes::<SectionHeader64<LE>>(table) {
                Ok((first, _)) => first.sh_size.get(LE),
                Err(()) => {
                    return malformed("e_shoff", offset, format!("at most {:#x}", size.saturating_sub(64)));
                }
            },
            count => u64::from(count),
        };
        limit("sections", count, MAX_SECTIONS)?;
        match pod::slice_from_bytes::<SectionHeader64<LE>>(table, count as usize) {
            Ok((headers, _)) => Ok(headers),
            Err(()) => malformed("e_shnum", count, format!("at most {}", table.len() / 64)),
        }
    }

    fn section_names(
        &self,
        header: &FileHeader64<LE>,
        headers: &[SectionHeader64<LE>],
    ) -> Result<&'a [u8], ErrorKind> {
        let index = match header.e_shstrndx.get(LE) {
            elf::SHN_XINDEX => headers.first().map_or(0, |first| first.sh_link.get(LE)),
            index => u32::from(index.0),
        };
        if headers.is_empty() || index == 0 {
            return Ok(&[]);
        }
        match headers.get(index as usize) {
            Some(names) => self.data(names),
            None => malformed("e_shstrndx", index, format!("below {}", headers.len())),
        }
    }

    /// The bytes a section header covers.
    pub(super) fn data(&self, header: &SectionHeader64<LE>) -> Result<&'a [u8], ErrorKind> {
        if matches!(header.sh_type.get(LE), elf::SHT_NOBITS | elf::SHT_NULL) {
            return Ok(&[]);
        }
        let (offset, size) = (header.sh_offset.get(LE), header.sh_size.get(LE));
        let len = self.bytes.len() as u64;
        if offset > len {
            return malformed("sh_offset", offset, format!("at most {len:#x}"));
        }
        if size > len - offset {
            return malformed("sh_size", size, format!("at most {:#x}", len - offset));
        }
        Ok(&self.bytes[offset as usize..(offset + size) as usize])
    }

    /// The string at an offset of a string table.
    fn name(&mut self, table: &'a [u8], offset: u32, field: &'static str) -> Result<&'a [u8], ErrorKind> {
        if offset == 0 && table.is_empty() {
            return Ok(&[]);
        }
        let Some(rest) = table.get(offset as usize..) else {
            return malformed(field, offset, format!("at most {:#x}", table.len()));
        };
        let window = &rest[..rest.len().min(MAX_NAME + 1)];
        let Some(end) = memchr::memchr(0, window) else {
            if window.len() > MAX_NAME {
                return Err(ErrorKind::Limit {
                    what: "bytes of a name",
                    value: rest.len() as u64,
                    limit: MAX_NAME as u64,
                });
            }
            return malformed(field, offset, "the start of a terminated string");
        };
        let Some(left) = self.names_left.checked_sub(end as u64) else {
            let limit = EXPANSION * self.bytes.len() as u64;
            return Err(ErrorKind::Limit { what: "bytes of overlapping names", value: limit + 1, limit });
        };
        self.names_left = left;
        Ok(&window[..end])
    }

    /// All sections but tables, which share the first place, and the place of each section of the file.
    fn sections(
        &mut self,
        headers: &[SectionHeader64<LE>],
        names: &'a [u8],
    ) -> Result<(Vec<Section<'a>>, Vec<u32>), ErrorKind> {
        // Half of all sections are tables.
        let kinds = headers.iter().skip(1).map(|header| header.sh_type.get(LE));
        let count = kinds.filter(|&kind| !is_table(kind)).count();
        let mut sections = Vec::with_capacity(count + 1);
        let mut places = Vec::with_capacity(headers.len());
        sections.push(Section {
            name: &[],
            data: &[],
            relocations: &[],
            size: 0,
            class: Class::Dropped(Why::Table),
            flags: 0,
            align: 1,
            entsize: 0,
            describes: None,
            group: None,
        });
        for (index, header) in headers.iter().enumerate() {
            if index == 0 || is_table(header.sh_type.get(LE)) {
                if index != 0 {
                    self.data(header)?;
                }
                places.push(0);
            } else {
                places.push(sections.len() as u32);
                sections.push(self.section(header, names, headers.len())?);
            }
        }
        for section in &mut sections {
            section.describes =
                section.describes.and_then(|described| NonZeroU32::new(places[described.get() as usize]));
        }
        Ok((sections, places))
    }

    /// A section that is no table; what it describes is numbered as in the file.
    fn section(
        &mut self,
        header: &SectionHeader64<LE>,
        names: &'a [u8],
        count: usize,
    ) -> Result<Section<'a>, ErrorKind> {
        let kind = header.sh_type.get(LE);
        let name = self.name(names, header.sh_name.get(LE), "sh_name")?;
        let flags = header.sh_flags.get(LE).0;
        if name == b".note.GNU-stack" && flags & elf::SHF_EXECINSTR.0 != 0 {
            return Err(ErrorKind::ExecutableStack);
        }
        if kind == elf::SHT_CREL {
            return unsupported("CREL relocations");
        }
        if name.starts_with(b".gnu.lto_") || name == b".llvm.lto" {
            return unsupported("compiler bitcode");
        }
        let class = classify(self.profile, kind, flags, name);
        let align = header.sh_addralign.get(LE).max(1);
        if !matches!(class, Class::Dropped(_)) {
            if !align.is_power_of_two() {
                return malformed("sh_addralign", align, "a power of two");
            }
            limit("bytes of section alignment", align, MAX_ALIGN)?;
            if flags & elf::SHF_COMPRESSED.0 != 0 && class != Class::Debug {
                return malformed("sh_flags", flags, "no SHF_COMPRESSED on an allocated section");
            }
        }
        let link = header.sh_link.get(LE);
        let describes = flags & elf::SHF_LINK_ORDER.0 != 0;
        if describes && link as usize >= count {
            return malformed("sh_link", link, format!("below {count}"));
        }
        let section = Section {
            name,
            class,
            // No flag with a meaning is in the upper half.
            flags: flags as u32,
            data: self.data(header)?,
            size: header.sh_size.get(LE),
            align: u32::try_from(align).unwrap_or(1),
            entsize: u32::try_from(header.sh_entsize.get(LE)).unwrap_or(0),
            describes: NonZeroU32::new(link).filter(|_| describes),
            relocations: &[],
            group: None,
        };
        let is_compressed = class == Class::Debug && flags & elf::SHF_COMPRESSED.0 != 0;
        if is_compressed { compressed(section) } else { Ok(section) }
    }

    fn symbols(
        &mut self,
        headers: &[SectionHeader64<LE>],
        places: Vec<u32>,
    ) -> Result<Symbols<'a>, ErrorKind> {
        let is_table = |header: &&SectionHeader64<LE>| header.sh_type.get(LE) == elf::SHT_SYMTAB;
        let Some(table_index) = headers.iter().position(|header| is_table(&header)) else {
            return Ok(Symbols { sections: places, ..Symbols::default() });
        };
        if headers.iter().filter(is_table).count() > 1 {
            return malformed("number of SHT_SYMTAB sections", 2u64, "one");
        }
        let header = &headers[table_index];
        if header.sh_entsize.get(LE) != 24 {
            return malformed("sh_entsize of .symtab", header.sh_entsize.get(LE), "24");
        }
        let data = self.data(header)?;
        limit("symbols", data.len() as u64 / 24, MAX_SYMBOLS)?;
        let Ok(table) = pod::slice_from_all_bytes::<Sym64<LE>>(data) else {
            return malformed("sh_size of .symtab", data.len(), "a multiple of 24");
        };
        let link = header.sh_link.get(LE);
        let strings = match headers.get(link as usize) {
            Some(header) => self.data(header)?,
            None => return malformed("sh_link of .symtab", link, format!("below {}", headers.len())),
        };
        let extended = self.extended_indices(headers, table_index)?;
        let lengths = Vec::with_capacity(table.len());
        let mut symbols = Symbols { table, strings, extended, lengths, sections: places };
        for (index, raw) in table.iter().enumerate() {
            let length = self.check_symbol(&symbols, index, raw)?;
            symbols.lengths.push(u16::try_from(length).unwrap_or(u16::MAX));
        }
        Ok(symbols)
    }

    /// Checks a symbol that is about to be the last of `symbols`; the length of its name.
    fn check_symbol(
        &mut self,
        symbols: &Symbols<'a>,
        index: usize,
        raw: &Sym64<LE>,
    ) -> Result<usize, ErrorKind> {
        match raw.st_bind() {
            elf::STB_LOCAL | elf::STB_GLOBAL | elf::STB_GNU_UNIQUE | elf::STB_WEAK => {}
            other => return malformed("symbol binding", other.0, "local, global, weak or unique"),
        }
        let section = match raw.st_shndx.get(LE) {
            elf::SHN_ABS | elf::SHN_COMMON => 0,
            elf::SHN_XINDEX => match symbols.extended_index(index) {
                Some(section) => section,
                None => return malformed("st_shndx", 0xffffu64, "an entry in SHT_SYMTAB_SHNDX"),
            },
            reserved if reserved.0 >= elf::SHN_LORESERVE => {
                return malformed("st_shndx", reserved.0, "a section, absolute, common or extended");
            }
            section => u32::from(section.0),
        };
        if index == 0 {
            return Ok(0);
        }
        if section as usize >= symbols.sections.len() && section != 0 {
            return malformed("st_shndx", section, format!("below {}", symbols.sections.len()));
        }
        let symbol = symbols.get(index);
        if symbol.home == Home::Common
            && (symbol.binding == Binding::Local || !symbol.value.max(1).is_power_of_two())
        {
            let possible = "a power of two, of a global symbol";
            return malformed("alignment of a common symbol", symbol.value, possible);
        }
        let name = self.name(symbols.strings, raw.st_name.get(LE), "st_name")?;
        if symbol.kind == elf::STT_GNU_IFUNC && symbol.home != Home::Undefined && self.profile.is_image() {
            return unsupported(format!("indirect functions (STT_GNU_IFUNC): `{}`", shorten(name)));
        }
        Ok(name.len())
    }

    /// The table of section indices that do not fit a symbol.
    fn extended_indices(
        &self,
        headers: &[SectionHeader64<LE>],
        symbol_table: usize,
    ) -> Result<&'a [u8], ErrorKind> {
        let found = headers.iter().find(|header| {
            header.sh_type.get(LE) == elf::SHT_SYMTAB_SHNDX && header.sh_link.get(LE) as usize == symbol_table
        });
        found.map_or(Ok(&[]), |header| self.data(header))
    }
}

/// A compressed section with the size and alignment it has once expanded.
fn compressed(section: Section<'_>) -> Result<Section<'_>, ErrorKind> {
    let Ok((header, _)) = pod::from_bytes::<CompressionHeader64<LE>>(section.data) else {
        return malformed("sh_size of a compressed section", section.size, "at least 24");
    };
    let (kind, align) = (header.ch_type.get(LE), header.ch_addralign.get(LE).max(1));
    if !matches!(kind, elf::ELFCOMPRESS_ZLIB | elf::ELFCOMPRESS_ZSTD) {
        return unsupported(format!("debugging information compressed in way {}", kind.0));
    }
    if !align.is_power_of_two() {
        return malformed("ch_addralign", align, "a power of two");
    }
    limit("bytes of section alignment", align, MAX_ALIGN)?;
    Ok(Section { size: header.ch_size.get(LE), align: align as u32, ..section })
}

/// Bounds what the object can make later phases allocate by the size of its file.
fn check_sizes(sections: &[Section<'_>], file: u64) -> Result<(), ErrorKind> {
    let mut total = 0u64;
    for section in sections.iter().filter(|section| !matches!(section.class, Class::Dropped(_))) {
        total = total.saturating_add(section.data.len() as u64);
    }
    limit("bytes in overlapping sections", total, EXPANSION * file)?;
    let compressed = sections
        .iter()
        .filter(|section| section.class == Class::Debug && section.has_flag(elf::SHF_COMPRESSED));
    let total = compressed.fold(0u64, |total, section| total.saturating_add(section.size));
    limit("bytes of expanded sections", total, COMPRESSION * file)
}
