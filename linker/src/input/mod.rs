//! Relocatable objects as the later phases see them.
//!
//! In: bytes. Out: an `Object` whose sections, symbols, relocations and groups are all within the file, with names
//! found and sections classified. Nothing is copied, but objects that lose padding. Everything a later phase indexes by is checked by `read`.

mod attach;
mod padding;
mod read;
mod symbol;

use std::num::NonZeroU32;

use bumpalo::Bump;
use object::elf::{self, Rela64};
use object::{LittleEndian as LE, U32};

use crate::error::{Error, Place, shorten};
use crate::options::Profile;

pub use crate::archive::{Archive, index_archive, index_members, thin_members};
pub(crate) use read::parse_object;
pub(crate) use symbol::{Binding, Home, Symbol, Symbols};

/// Bytes of one object, or of an archive.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// How messages and the map call it.
    pub name: &'a str,
    /// The file's content.
    pub bytes: &'a [u8],
}

/// A machine images can be made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Machine {
    /// AMD64.
    X86_64,
    /// 64-bit Arm, little-endian.
    Aarch64,
    /// 64-bit RISC-V.
    Riscv64,
}

impl Machine {
    /// The name used in target triples.
    pub fn name(self) -> &'static str {
        match self {
            Machine::X86_64 => "x86-64",
            Machine::Aarch64 => "aarch64",
            Machine::Riscv64 => "riscv64",
        }
    }

    pub(crate) fn elf(self) -> elf::Machine {
        match self {
            Machine::X86_64 => elf::EM_X86_64,
            Machine::Aarch64 => elf::EM_AARCH64,
            Machine::Riscv64 => elf::EM_RISCV,
        }
    }

    pub(crate) fn from_elf(machine: elf::Machine) -> Option<Machine> {
        match machine {
            elf::EM_X86_64 => Some(Machine::X86_64),
            elf::EM_AARCH64 => Some(Machine::Aarch64),
            elf::EM_RISCV => Some(Machine::Riscv64),
            _ => None,
        }
    }
}

/// A relocatable object, checked.
#[derive(Debug)]
pub(crate) struct Object<'a> {
    pub name: String,
    pub size: usize,
    pub machine: Machine,
    /// Processor flags of the ELF header.
    pub flags: u32,
    /// The first stands for all that are tables of the file.
    pub sections: Vec<Section<'a>>,
    pub symbols: Symbols<'a>,
    pub groups: Vec<Group<'a>>,
}

/// Reads an object that is linked. If it must be changed for that, the copy is kept in `copies`.
pub(crate) fn read_object<'a>(
    profile: Profile,
    name: &str,
    bytes: &'a [u8],
    copies: &'a Bump,
) -> Result<Object<'a>, Error> {
    let object = parse_object(profile, name, bytes)?;
    if object.machine != Machine::Riscv64 {
        return Ok(object);
    }
    match padding::remove(&object, bytes).map_err(|kind| Error::in_object(kind, name))? {
        Some(copy) => parse_object(profile, name, copies.alloc_slice_copy(&copy)),
        None => Ok(object),
    }
}

/// What a section is to an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Tables of the file, and sections that never reach an image.
    Dropped(Why),
    /// Debugging information: not loaded.
    Debug,
    Note,
    Constant,
    Code,
    /// Descriptions of how to unwind functions, to be taken apart.
    Unwind,
    /// Needs memory of its own for each run.
    Writable(Writable),
}

/// Why a section never reaches an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    Table,
    Excluded,
    NotLoaded,
    Note,
    Unwinding,
    /// Another group of the same signature stays.
    Group,
}

impl Why {
    /// How messages and the map say it.
    pub fn text(self) -> &'static str {
        match self {
            Why::Table => "table of the file",
            Why::Excluded => "marked as excluded",
            Why::NotLoaded => "not loaded",
            Why::Note => "note to the linker",
            Why::Unwinding => "images do not unwind",
            Why::Group => "its group stays elsewhere",
        }
    }
}

/// What a section is that needs memory of its own for each run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writable {
    Note,
    ThreadData,
    /// Thread-local and zero.
    ThreadZero,
    /// Functions to be called before the entry's, at the start, at the end.
    Preinit,
    Init,
    Fini,
    /// Written once, by relocation.
    Relro,
    Data,
    Zero,
}

impl Writable {
    /// How messages call it.
    pub fn what(self) -> &'static str {
        match self {
            Writable::Note => "writable note",
            Writable::ThreadData | Writable::ThreadZero => "thread-local section",
            Writable::Preinit | Writable::Init | Writable::Fini => "constructor section",
            Writable::Relro | Writable::Data | Writable::Zero => "writable section",
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Section<'a> {
    pub name: &'a [u8],
    /// Empty if zero-filled; of debugging information perhaps compressed.
    pub data: &'a [u8],
    pub relocations: &'a [Rela64<LE>],
    /// Once expanded.
    pub size: u64,
    pub class: Class,
    pub flags: u32,
    pub align: u32,
    /// Zero for what cannot be cut into pieces.
    pub entsize: u32,
    /// The section this one describes, for SHF_LINK_ORDER.
    pub describes: Option<NonZeroU32>,
    /// One more than the group of the object it is a member of.
    group: Option<NonZeroU32>,
}

impl Section<'_> {
    /// The relocation at an index of `relocations`.
    pub fn relocation(&self, index: usize) -> Relocation {
        Relocation::read(&self.relocations[index])
    }

    pub fn has_flag(&self, flag: elf::SectionFlags) -> bool {
        u64::from(self.flags) & flag.0 != 0
    }

    /// The object's group it is a member of.
    pub fn group(&self) -> Option<usize> {
        self.group.map(|group| group.get() as usize - 1)
    }

    /// Its alignment, which is a power of two.
    pub fn align(&self) -> u64 {
        u64::from(self.align)
    }

    /// True if the section can reach an image.
    pub fn is_loadable(&self) -> bool {
        !matches!(self.class, Class::Dropped(_) | Class::Debug)
    }
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Relocation {
    pub offset: u64,
    pub kind: u32,
    pub symbol: u32,
    pub addend: i64,
}

impl Relocation {
    pub fn read(raw: &Rela64<LE>) -> Relocation {
        let info = raw.r_info.get(LE);
        Relocation {
            offset: raw.r_offset.get(LE),
            kind: info as u32,
            symbol: (info >> 32) as u32,
            addend: raw.r_addend.get(LE),
        }
    }
}

#[derive(Debug)]
pub(crate) struct Group<'a> {
    pub signature: &'a [u8],
    /// The symbol that names it.
    pub symbol: u32,
    pub comdat: bool,
    /// Sections as the file numbers them.
    members: &'a [U32<LE>],
    /// The object whose group of this signature stays instead.
    pub winner: Option<u32>,
}

impl Object<'_> {
    /// The sections of a group.
    pub fn members(&self, group: usize) -> impl Iterator<Item = u32> {
        let members = self.groups[group].members.iter();
        members.filter_map(|member| self.symbols.section(member.get(LE))).filter(|&section| section != 0)
    }

    /// A place in this object, with the symbol that covers it.
    pub fn place(&self, section: u32, offset: u64) -> Place {
        let covering = self.symbols.iter().find(|(_, symbol)| {
            symbol.home == Home::Section(section)
                && matches!(symbol.kind, elf::STT_FUNC | elf::STT_OBJECT)
                && offset.checked_sub(symbol.value).is_some_and(|within| within < symbol.size)
        });
        Place {
            object: shorten(self.name.as_bytes()),
            section: Some((shorten(self.sections[section as usize].name), offset)),
            function: covering.map(|(index, _)| shorten(self.symbols.name(index as usize))),
            relocation: None,
        }
    }

    /// How messages call a symbol: by its name, or its section's.
    pub fn symbol_name(&self, symbol: u32) -> String {
        let name = self.symbols.name(symbol as usize);
        match self.symbols.get(symbol as usize).home {
            Home::Section(section) if name.is_empty() => shorten(self.sections[section as usize].name),
            _ => shorten(name),
        }
    }
}

/// True if the bytes are an ELF file of any kind.
pub(crate) fn is_elf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x7fELF")
}

/// True for what describes the file and is never part of an image.
fn is_table(kind: elf::SectionType) -> bool {
    matches!(
        kind,
        elf::SHT_NULL
            | elf::SHT_SYMTAB
            | elf::SHT_STRTAB
            | elf::SHT_RELA
            | elf::SHT_REL
            | elf::SHT_GROUP
            | elf::SHT_SYMTAB_SHNDX
    )
}

/// Decides what a section is by type and flags, and by name only where the name is the meaning.
fn classify(profile: Profile, kind: elf::SectionType, flags: u64, name: &[u8]) -> Class {
    let has = |flag: elf::SectionFlags| flags & flag.0 != 0;
    let starts = |prefix: &[u8]| name.starts_with(prefix);
    if is_table(kind) {
        return Class::Dropped(Why::Table);
    }
    if has(elf::SHF_EXCLUDE) {
        return Class::Dropped(Why::Excluded);
    }
    if !has(elf::SHF_ALLOC) {
        return match starts(b".debug_") {
            true => Class::Debug,
            false => Class::Dropped(Why::NotLoaded),
        };
    }
    if name == b".note.gnu.property" || name == b".note.GNU-stack" {
        return Class::Dropped(Why::Note);
    }
    let is_image = profile.is_image();
    if is_image && (starts(b".eh_frame") || starts(b".gcc_except_table")) {
        return Class::Dropped(Why::Unwinding);
    }
    if name == b".eh_frame" {
        return Class::Unwind;
    }
    if kind == elf::SHT_NOTE {
        return if has(elf::SHF_WRITE) { Class::Writable(Writable::Note) } else { Class::Note };
    }
    let zero = kind == elf::SHT_NOBITS;
    if has(elf::SHF_TLS) {
        return Class::Writable(if zero { Writable::ThreadZero } else { Writable::ThreadData });
    }
    match kind {
        elf::SHT_PREINIT_ARRAY => return Class::Writable(Writable::Preinit),
        elf::SHT_INIT_ARRAY => return Class::Writable(Writable::Init),
        elf::SHT_FINI_ARRAY => return Class::Writable(Writable::Fini),
        _ if starts(b".init_array") => return Class::Writable(Writable::Init),
        _ if starts(b".fini_array") => return Class::Writable(Writable::Fini),
        _ if is_image && (name == b".ctors" || name == b".dtors") => {
            return Class::Writable(Writable::Init);
        }
        _ => {}
    }
    match (has(elf::SHF_WRITE), has(elf::SHF_EXECINSTR)) {
        (true, false) if starts(b".data.rel.ro") && !profile.has_data() => Class::Constant,
        (true, false) if starts(b".data.rel.ro") => Class::Writable(Writable::Relro),
        (true, false) if zero => Class::Writable(Writable::Zero),
        (true, _) => Class::Writable(Writable::Data),
        (false, true) => Class::Code,
        (false, false) => Class::Constant,
    }
}
