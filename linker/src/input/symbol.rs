//! The symbols of an object, read from its table each time they are asked for.
//!
//! A large link has millions of symbols and looks at most of them once or twice, so no copy of them is kept.

use object::LittleEndian as LE;
use object::elf::{self, Sym64};

/// Whether a symbol is seen by other objects, and which of several definitions wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Binding {
    Local,
    Global,
    Weak,
}

/// Where a symbol's value counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    Undefined,
    Absolute,
    Common,
    Section(u32),
}

/// A symbol without its name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Symbol {
    pub binding: Binding,
    pub kind: elf::SymbolType,
    pub home: Home,
    pub value: u64,
    pub size: u64,
}

/// The symbol table of an object, which `read` has checked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Symbols<'a> {
    pub(super) table: &'a [Sym64<LE>],
    pub(super) strings: &'a [u8],
    /// Indices of sections that do not fit a symbol.
    pub(super) extended: &'a [u8],
    /// Of each name, as far as it is known.
    pub(super) lengths: Vec<u16>,
    /// The index in `Object::sections` of each section of the file.
    pub(super) sections: Vec<u32>,
}

/// The first entry of a table, which is no symbol.
const NULL: Symbol =
    Symbol { binding: Binding::Local, kind: elf::STT_NOTYPE, home: Home::Absolute, value: 0, size: 0 };

impl<'a> Symbols<'a> {
    /// The number of symbols.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// The symbol at an index.
    pub fn get(&self, index: usize) -> Symbol {
        let raw = &self.table[index];
        if index == 0 {
            return NULL;
        }
        Symbol {
            binding: match raw.st_bind() {
                elf::STB_LOCAL => Binding::Local,
                elf::STB_WEAK => Binding::Weak,
                _ => Binding::Global,
            },
            kind: raw.st_type(),
            home: match raw.st_shndx.get(LE) {
                elf::SHN_UNDEF => Home::Undefined,
                elf::SHN_ABS => Home::Absolute,
                elf::SHN_COMMON => Home::Common,
                elf::SHN_XINDEX => self.home(self.extended_index(index).unwrap_or(0)),
                section => self.home(u32::from(section.0)),
            },
            value: raw.st_value.get(LE),
            size: raw.st_size.get(LE),
        }
    }

    /// True if no other object sees the symbol at an index.
    pub fn is_local(&self, index: usize) -> bool {
        index == 0 || self.table[index].st_bind() == elf::STB_LOCAL
    }

    /// The name of the symbol at an index.
    pub fn name(&self, index: usize) -> &'a [u8] {
        let start = self.table[index].st_name.get(LE) as usize;
        let rest = self.strings.get(start..).filter(|_| index != 0).unwrap_or(&[]);
        match self.lengths.get(index) {
            Some(&length) if length != u16::MAX => rest.get(..length.into()).unwrap_or(&[]),
            _ => &rest[..memchr::memchr(0, rest).unwrap_or(0)],
        }
    }

    /// All symbols, with their indices.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Symbol)> {
        (0..self.len()).map(move |index| (index as u32, self.get(index)))
    }

    /// The index in `Object::sections` of a section of the file.
    pub(super) fn section(&self, number: u32) -> Option<u32> {
        self.sections.get(number as usize).copied()
    }

    fn home(&self, number: u32) -> Home {
        Home::Section(self.section(number).unwrap_or(0))
    }

    /// The section of a symbol whose own field has no room for it.
    pub(super) fn extended_index(&self, index: usize) -> Option<u32> {
        let word = self.extended.get(4 * index..)?.first_chunk::<4>()?;
        Some(u32::from_le_bytes(*word))
    }
}
