//! Builds input objects and archives in memory, so that tests need no tools.

#![allow(dead_code, missing_docs, reason = "each test file uses its part")]

use cloudc_linker::{Archive, Error, Input, Linked, Machine, Options, index_archive, link};
use object::write::{Comdat, Object, Relocation, SectionId, Symbol, SymbolId, SymbolSection};
use object::{
    Architecture, BinaryFormat, ComdatKind, Endianness, RelocationFlags, SectionFlags, SectionKind,
    SymbolFlags, SymbolKind, SymbolScope, elf,
};

pub const A: u64 = elf::SHF_ALLOC.0;
pub const AX: u64 = elf::SHF_ALLOC.0 | elf::SHF_EXECINSTR.0;
pub const AW: u64 = elf::SHF_ALLOC.0 | elf::SHF_WRITE.0;
pub const AMS: u64 = A | elf::SHF_MERGE.0 | elf::SHF_STRINGS.0;
pub const AM: u64 = A | elf::SHF_MERGE.0;

pub const PROGBITS: u32 = elf::SHT_PROGBITS.0;
pub const NOTE: u32 = elf::SHT_NOTE.0;

/// One object being built.
pub struct Builder {
    object: Object<'static>,
    entry_sizes: Vec<(String, u64)>,
}

impl Builder {
    pub fn new(machine: Machine) -> Builder {
        let architecture = match machine {
            Machine::X86_64 => Architecture::X86_64,
            Machine::Aarch64 => Architecture::Aarch64,
            Machine::Riscv64 => Architecture::Riscv64,
        };
        Builder {
            object: Object::new(BinaryFormat::Elf, architecture, Endianness::Little),
            entry_sizes: Vec::new(),
        }
    }

    /// An x86-64 object whose `entry` is `code` in `.text.entry`.
    pub fn x86(code: &[u8]) -> (Builder, SectionId) {
        let mut builder = Builder::new(Machine::X86_64);
        let text = builder.text(".text.entry", code);
        builder.global("entry", text, 0, code.len() as u64);
        (builder, text)
    }

    pub fn section(&mut self, name: &str, kind: u32, flags: u64, data: &[u8], align: u64) -> SectionId {
        let section_kind = if flags & elf::SHF_STRINGS.0 != 0 {
            SectionKind::ReadOnlyString
        } else {
            SectionKind::ReadOnlyData
        };
        let id = self.object.add_section(Vec::new(), name.into(), section_kind);
        let section = self.object.section_mut(id);
        section.flags =
            SectionFlags::Elf { sh_type: elf::SectionType(kind), sh_flags: elf::SectionFlags(flags) };
        section.set_data(data.to_vec(), align);
        id
    }

    pub fn text(&mut self, name: &str, code: &[u8]) -> SectionId {
        self.section(name, PROGBITS, AX, code, 16)
    }

    pub fn rodata(&mut self, name: &str, data: &[u8]) -> SectionId {
        self.section(name, PROGBITS, A, data, 8)
    }

    pub fn zeros(&mut self, name: &str, flags: u64, size: u64) -> SectionId {
        let id = self.object.add_section(Vec::new(), name.into(), SectionKind::UninitializedData);
        let section = self.object.section_mut(id);
        section.flags = SectionFlags::Elf { sh_type: elf::SHT_NOBITS, sh_flags: elf::SectionFlags(flags) };
        section.append_bss(size, 8);
        id
    }

    /// Sets `sh_entsize` of all sections with a name.
    pub fn entry_size(&mut self, name: &str, size: u64) {
        self.entry_sizes.push((name.to_owned(), size));
    }

    fn symbol(
        &mut self,
        name: &str,
        section: SymbolSection,
        value: u64,
        size: u64,
        binding: elf::SymbolBind,
        kind: elf::SymbolType,
    ) -> SymbolId {
        self.object.add_symbol(Symbol {
            name: name.into(),
            value,
            size,
            kind: SymbolKind::Text,
            scope: if binding == elf::STB_LOCAL { SymbolScope::Compilation } else { SymbolScope::Linkage },
            weak: binding == elf::STB_WEAK,
            section,
            flags: SymbolFlags::Elf {
                st_info: elf::SymbolInfo(binding.0 << 4 | kind.0),
                st_other: elf::SymbolOther(0),
            },
        })
    }

    pub fn global(&mut self, name: &str, section: SectionId, value: u64, size: u64) -> SymbolId {
        self.symbol(name, SymbolSection::Section(section), value, size, elf::STB_GLOBAL, elf::STT_FUNC)
    }

    pub fn weak(&mut self, name: &str, section: SectionId, value: u64, size: u64) -> SymbolId {
        self.symbol(name, SymbolSection::Section(section), value, size, elf::STB_WEAK, elf::STT_FUNC)
    }

    pub fn local(&mut self, name: &str, section: SectionId, value: u64, size: u64) -> SymbolId {
        self.symbol(name, SymbolSection::Section(section), value, size, elf::STB_LOCAL, elf::STT_OBJECT)
    }

    pub fn section_symbol(&mut self, section: SectionId) -> SymbolId {
        self.object.section_symbol(section)
    }

    pub fn undefined(&mut self, name: &str) -> SymbolId {
        self.symbol(name, SymbolSection::Undefined, 0, 0, elf::STB_GLOBAL, elf::STT_NOTYPE)
    }

    pub fn undefined_weak(&mut self, name: &str) -> SymbolId {
        self.symbol(name, SymbolSection::Undefined, 0, 0, elf::STB_WEAK, elf::STT_NOTYPE)
    }

    pub fn absolute(&mut self, name: &str, value: u64) -> SymbolId {
        self.symbol(name, SymbolSection::Absolute, value, 0, elf::STB_GLOBAL, elf::STT_NOTYPE)
    }

    pub fn common(&mut self, name: &str, size: u64, align: u64) -> SymbolId {
        self.symbol(name, SymbolSection::Common, align, size, elf::STB_GLOBAL, elf::STT_OBJECT)
    }

    pub fn ifunc(&mut self, name: &str, section: SectionId) -> SymbolId {
        self.symbol(name, SymbolSection::Section(section), 0, 1, elf::STB_GLOBAL, elf::STT_GNU_IFUNC)
    }

    pub fn reloc(&mut self, section: SectionId, offset: u64, kind: u32, symbol: SymbolId, addend: i64) {
        let flags = RelocationFlags::Elf { r_type: elf::RelocationType(kind) };
        self.object
            .add_relocation(section, Relocation { offset, symbol, addend, flags })
            .expect("a relocation");
    }

    pub fn comdat(&mut self, symbol: SymbolId, sections: &[SectionId]) {
        self.object.add_comdat(Comdat { kind: ComdatKind::Any, symbol, sections: sections.to_vec() });
    }

    /// A note section as code generators write it, with `descriptor` and an optional relocation in it.
    pub fn note(&mut self, descriptor: &[u8]) -> SectionId {
        self.section(".note.cloudc", NOTE, A, &note_bytes(b"cloudc\0", 1, descriptor), 4)
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.object.write().expect("an object");
        for (name, size) in &self.entry_sizes {
            for header in headers_named(&bytes, name) {
                bytes[header + 56..header + 64].copy_from_slice(&size.to_le_bytes());
            }
        }
        bytes
    }
}

/// The offsets of the section headers with a name.
pub fn headers_named(bytes: &[u8], name: &str) -> Vec<usize> {
    let number = |at: usize, width: usize| {
        bytes[at..at + width].iter().rev().fold(0usize, |number, &byte| number << 8 | usize::from(byte))
    };
    let (table, count, names) = (number(40, 8), number(60, 2), number(62, 2));
    let strings = number(table + 64 * names + 24, 8);
    let matches =
        |header: &usize| bytes[strings + number(*header, 4)..].starts_with(format!("{name}\0").as_bytes());
    (0..count).map(|section| table + 64 * section).filter(matches).collect()
}

pub fn note_bytes(owner: &[u8], kind: u32, descriptor: &[u8]) -> Vec<u8> {
    let mut note = Vec::new();
    note.extend((owner.len() as u32).to_le_bytes());
    note.extend((descriptor.len() as u32).to_le_bytes());
    note.extend(kind.to_le_bytes());
    note.extend(owner);
    note.resize(note.len().next_multiple_of(4), 0);
    note.extend(descriptor);
    note.resize(note.len().next_multiple_of(4), 0);
    note
}

/// A GNU archive, with its symbol table if `symbols` gives one: names and the number of the member.
pub fn archive(members: &[(&str, &[u8])], symbols: Option<&[(&str, usize)]>) -> Vec<u8> {
    let header = |name: &str, size: usize| {
        format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{size:<10}`\n", 0, 0, 0, 644).into_bytes()
    };
    let mut long_names = Vec::new();
    let names: Vec<String> = members
        .iter()
        .map(|(name, _)| {
            if name.len() < 16 {
                return format!("{name}/");
            }
            let offset = long_names.len();
            long_names.extend_from_slice(format!("{name}/\n").as_bytes());
            format!("/{offset}")
        })
        .collect();
    let index_size =
        symbols.map(|symbols| 4 + symbols.iter().map(|(name, _)| 4 + name.len() + 1).sum::<usize>());
    let mut start = 8;
    start += index_size.map_or(0, |size| 60 + size.next_multiple_of(2));
    start += if long_names.is_empty() { 0 } else { 60 + long_names.len().next_multiple_of(2) };
    let mut offsets = Vec::new();
    for (_, bytes) in members {
        offsets.push(start as u32);
        start += 60 + bytes.len().next_multiple_of(2);
    }
    let mut out = b"!<arch>\n".to_vec();
    let push = |out: &mut Vec<u8>, name: &str, content: &[u8]| {
        out.extend(header(name, content.len()));
        out.extend(content);
        out.resize(out.len().next_multiple_of(2), b'\n');
    };
    if let Some(symbols) = symbols {
        let mut index = (symbols.len() as u32).to_be_bytes().to_vec();
        symbols.iter().for_each(|(_, member)| index.extend(offsets[*member].to_be_bytes()));
        symbols.iter().for_each(|(name, _)| {
            index.extend(name.as_bytes());
            index.push(0);
        });
        push(&mut out, "/", &index);
    }
    if !long_names.is_empty() {
        push(&mut out, "//", &long_names);
    }
    for (name, (_, bytes)) in names.iter().zip(members) {
        push(&mut out, name, bytes);
    }
    out
}

/// Links objects named `0.o`, `1.o` and so on into an image entered at `entry`.
pub fn link_all(objects: &[Vec<u8>], archives: &[(&str, Vec<u8>)]) -> Result<Linked, Vec<Error>> {
    link_with(&Options { want_map: true, ..Options::image("entry") }, objects, archives)
}

pub fn link_with(
    options: &Options,
    objects: &[Vec<u8>],
    archives: &[(&str, Vec<u8>)],
) -> Result<Linked, Vec<Error>> {
    let names: Vec<String> = (0..objects.len()).map(|index| format!("{index}.o")).collect();
    let inputs: Vec<Input<'_>> =
        names.iter().zip(objects).map(|(name, bytes)| Input { name, bytes }).collect();
    let archives = archives
        .iter()
        .map(|(name, bytes)| index_archive(Input { name, bytes }))
        .collect::<Result<Vec<Archive<'_>>, Vec<Error>>>()?;
    link(options, &inputs, &archives.iter().collect::<Vec<_>>())
}

/// The text of all errors of a link that must fail.
pub fn errors_of(result: Result<Linked, Vec<Error>>) -> String {
    let errors = result.expect_err("the link fails");
    assert!(!errors.iter().any(Error::is_internal), "{errors:?}");
    errors.iter().map(|error| format!("{error}\n")).collect()
}

/// The image, or the errors as a panic.
pub fn image_of(result: Result<Linked, Vec<Error>>) -> Linked {
    match result {
        Ok(linked) => linked,
        Err(errors) => {
            panic!("{}", errors.iter().map(|error| format!("{error}\n")).collect::<String>())
        }
    }
}

/// The address of an input section, by its `object:section`.
pub fn address_of(linked: &Linked, name: &str) -> u64 {
    let map = linked.map.as_ref().expect("a map");
    let inputs = map.sections.iter().flat_map(|section| &section.inputs);
    let found: Vec<u64> = inputs.filter(|input| input.name == name).map(|input| input.address).collect();
    assert_eq!(found.len(), 1, "`{name}` in\n{map}");
    found[0]
}

pub fn word(image: &[u8], at: u64) -> i32 {
    i32::from_le_bytes(image[at as usize..at as usize + 4].try_into().unwrap())
}

/// Eight zeroes as a section compressed with zlib: its header, then one stored block and the checksum.
pub fn compressed_zeros() -> Vec<u8> {
    let mut bytes = [1u64, 8, 1].iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    bytes.extend([0x78, 0x01, 0x01, 8, 0, 0xf7, 0xff]);
    bytes.extend([0; 8]);
    bytes.extend([0, 8, 0, 1]);
    bytes
}
