//! Joins the debugging information of the inputs.
//!
//! In: a finished link. Out: the bytes of each `.debug_*` section: the inputs' one after the other, relocated; of
//! sections of strings, each string once. What refers to code or data that did not survive becomes all ones, for zero
//! is a place inside an image; in the range lists of old versions, where all ones has a meaning, one less.

use object::elf;

use crate::buffer::Buffer;
use crate::error::Error;
use crate::expand::{Expanded, expand};
use crate::hash::NameMap;
use crate::input::{Class, Home, Section};
use crate::layout::Linking;
use crate::merge::{Known, Pieces, Pool};
use crate::reloc;
use crate::resolve::{SectionRef, Target};

/// All sections of the output that are not loaded, with what is in them.
#[derive(Default)]
pub(crate) struct Joined<'a> {
    pub sections: Vec<DebugSection<'a>>,
    /// By object and section. Short where nothing more is debugging information.
    places: Vec<Vec<Place>>,
    pieces: Vec<Pieces>,
    expanded: Expanded,
}

/// A section of the output that is not loaded.
pub(crate) struct DebugSection<'a> {
    pub name: &'a [u8],
    pub align: u64,
    pub flags: u64,
    pub entsize: u64,
    pub size: u64,
    /// Strings, each once.
    pool: Option<Pool>,
    /// What is not in the pool, and lies behind it.
    inputs: Vec<SectionRef>,
}

/// Where a section of the inputs went.
#[derive(Clone, Copy)]
enum Place {
    Nowhere,
    /// To this offset.
    Offset(u64),
    /// String by string: the index in `Joined::pieces`.
    Pieces(u32),
}

/// Nothing in debugging information is read in larger units; more alignment would only cost room.
const MOST_ALIGNED: u64 = 64;

/// Lays all debugging information out, in order of input.
pub(crate) fn join<'a>(cx: &Linking<'_, 'a>) -> Result<Joined<'a>, Vec<Error>> {
    let expanded = expand(cx.resolution)?;
    let mut joined = Joined::default();
    let mut by_name: NameMap<'_, usize> = NameMap::default();
    let mut known: Vec<Known<'_>> = Vec::new();
    for (at, section) in cx.resolution.sections() {
        if section.class != Class::Debug {
            continue;
        }
        let index = *by_name.entry(section.name).or_insert_with(|| {
            joined.sections.push(DebugSection {
                name: section.name,
                align: 1,
                flags: u64::from(section.flags) & elf::SHF_STRINGS.0,
                entsize: u64::from(section.entsize),
                size: 0,
                pool: is_strings(section).then(|| Pool::new(1, at)),
                inputs: Vec::new(),
            });
            known.push(Known::default());
            joined.sections.len() - 1
        });
        if section.has_flag(elf::SHF_COMPRESSED) {
            let mut section: Section<'_> = section.clone();
            section.data = expanded.data(at, &section);
            joined.add(index, &mut known[index], at, &section);
        } else {
            joined.add(index, &mut known[index], at, section);
        }
    }
    drop(known);
    joined.expanded = expanded;
    joined.lay_out(cx);
    Ok(joined)
}

fn is_strings(section: &Section<'_>) -> bool {
    section.has_flag(elf::SHF_MERGE)
        && section.has_flag(elf::SHF_STRINGS)
        && section.align == 1
        && section.relocations.is_empty()
}

impl<'a> Joined<'a> {
    fn add<'k>(&mut self, index: usize, known: &mut Known<'k>, at: SectionRef, section: &Section<'k>) {
        let output = &mut self.sections[index];
        output.align = output.align.max(section.align().min(MOST_ALIGNED));
        let pieces = match &mut output.pool {
            Some(pool) if is_strings(section) => pool.add(0, known, section),
            _ => None,
        };
        match pieces {
            Some(pieces) => {
                self.pieces.push(pieces);
                let place = Place::Pieces(self.pieces.len() as u32 - 1);
                self.set_place(at, place);
            }
            None => output.inputs.push(at),
        }
    }

    /// Gives everything that is not merged its offset, now that the sizes of pools are known.
    fn lay_out(&mut self, cx: &Linking<'_, '_>) {
        for index in 0..self.sections.len() {
            let output = &self.sections[index];
            let mut size = output.pool.as_ref().map_or(0, |pool| pool.bytes.len() as u64);
            for at in output.inputs.clone() {
                let section = cx.resolution.section(at);
                let start = size.next_multiple_of(section.align().min(MOST_ALIGNED));
                self.set_place(at, Place::Offset(start));
                size = start + self.expanded.data(at, section).len() as u64;
            }
            self.sections[index].size = size;
        }
    }

    fn set_place(&mut self, at: SectionRef, place: Place) {
        let (object, section) = (at.object as usize, at.section as usize);
        self.places.resize_with(self.places.len().max(object + 1), Vec::new);
        let places = &mut self.places[object];
        places.resize(places.len().max(section + 1), Place::Nowhere);
        places[section] = place;
    }

    fn place(&self, at: SectionRef) -> Place {
        let places = self.places.get(at.object as usize);
        places.and_then(|places| places.get(at.section as usize)).copied().unwrap_or(Place::Nowhere)
    }

    /// Appends the bytes of a section.
    pub fn write(&self, cx: &Linking<'_, '_>, section: &DebugSection<'_>, file: &mut Buffer<'_>) {
        let start = file.position();
        if let Some(pool) = &section.pool {
            file.append_bytes(&pool.bytes);
        }
        let is_list = matches!(section.name, b".debug_ranges" | b".debug_loc");
        for &at in &section.inputs {
            let Place::Offset(offset) = self.place(at) else { continue };
            file.fill_to(start + offset, 0);
            file.append(|buffer| {
                let from = buffer.len();
                buffer.extend_from_slice(self.expanded.data(at, cx.resolution.section(at)));
                self.relocate(cx, at, is_list, &mut buffer[from..]);
            });
        }
    }

    fn relocate(&self, cx: &Linking<'_, '_>, at: SectionRef, is_list: bool, bytes: &mut [u8]) {
        let section = cx.resolution.section(at);
        for index in 0..section.relocations.len() {
            let relocation = section.relocation(index);
            let Some(howto) = reloc::howto(cx.resolution.machine, relocation.kind) else { continue };
            let start = relocation.offset.min(bytes.len() as u64) as usize;
            let Some(field) = bytes.get_mut(start..start + howto.width as usize) else { continue };
            match self.value(cx, at, relocation.symbol, relocation.addend, howto) {
                Some(value) => (howto.encode)(field, value),
                None => {
                    field.fill(0xff);
                    if is_list && let Some(low) = field.first_mut() {
                        *low = 0xfe;
                    }
                }
            }
        }
    }

    /// What a relocation of debugging information stores, if what it refers to survived.
    fn value(
        &self,
        cx: &Linking<'_, '_>,
        at: SectionRef,
        symbol: u32,
        addend: i64,
        howto: reloc::Howto,
    ) -> Option<i128> {
        let data = cx.resolution.objects[at.object as usize].symbols.get(symbol as usize);
        let (start, rest) = (i128::from(data.value), i128::from(addend));
        let place = match data.home {
            Home::Section(section) => {
                let section = SectionRef { section, ..at };
                // Most refer to code of their own object.
                let code = cx.layout.section_address(section);
                if code != 0 && howto.value != reloc::Value::ThreadOffset {
                    return Some(i128::from(code) + start + rest);
                }
                self.place(section)
            }
            _ => Place::Nowhere,
        };
        match place {
            Place::Nowhere => address(cx, at, symbol, addend, howto),
            Place::Offset(offset) => Some(i128::from(offset) + start + rest),
            Place::Pieces(index) => {
                // A section's own symbol means the string at the addend, any other the string at the symbol.
                let is_section = data.kind == elf::STT_SECTION;
                let (within, rest) = if is_section { (start + rest, 0) } else { (start, rest) };
                let found = self.pieces[index as usize].find(u64::try_from(within).ok()?)?;
                Some(i128::from(found) + rest)
            }
        }
    }
}

/// The address of what survived.
fn address(
    cx: &Linking<'_, '_>,
    at: SectionRef,
    symbol: u32,
    addend: i64,
    howto: reloc::Howto,
) -> Option<i128> {
    let target = cx.resolution.target(at.object, symbol);
    match target {
        Target::Place { section, .. } | Target::Indirect { section, .. } if !cx.liveness.is_live(section) => {
            None
        }
        // A debugger wants the function that chooses, not its stub.
        Target::Indirect { section, offset } => {
            cx.address(Target::Place { section, offset, is_section: false }, addend)
        }
        _ => {
            let address = cx.address(target, addend)?;
            let is_thread_local = howto.value == reloc::Value::ThreadOffset;
            let threads = cx.layout.thread_local().filter(|_| is_thread_local);
            Some(address - threads.map_or(0, |threads| i128::from(threads.start)))
        }
    }
}
