//! The symbol table of an output.
//!
//! In: a finished link. Out: the symbols of everything that stays, locals first, then globals, in order of input. Symbols
//! of merged constants have no place of their own and are left out.

use object::elf::{self, Sym64};
use object::{LittleEndian as LE, U16, U32, U64, pod};

use crate::input::{Binding, Home, Symbol};
use crate::layout::Linking;
use crate::output::Output;
use crate::resolve::{GlobalId, SectionRef, Target};

/// A symbol table.
pub(crate) struct Table {
    pub bytes: Vec<u8>,
    pub strings: Vec<u8>,
    /// Entries that are local, which come first.
    pub locals: u32,
}

/// The symbols of everything that stays and was not merged.
pub(crate) fn table(cx: &Linking<'_, '_>) -> Table {
    let mut table = Table { bytes: vec![0; 24], strings: vec![0], locals: 0 };
    let headers = Headers::new(cx);
    for local in [true, false] {
        for (index, object) in cx.resolution.objects.iter().enumerate() {
            let index = index as u32;
            for position in 0..object.symbols.len() as u32 {
                let wanted = match cx.resolution.global_of(index, position) {
                    None => local,
                    Some(global) => !local && defines(cx, global, (index, position)),
                };
                if wanted {
                    let symbol = object.symbols.get(position as usize);
                    add_symbol(cx, &headers, (index, position), symbol, &mut table);
                }
            }
        }
        if local {
            table.locals = (table.bytes.len() / 24) as u32;
        }
    }
    table
}

/// What the symbols of each section of the output need of it.
struct Headers {
    /// By kind of output, the index of its header.
    index: [u16; Output::COUNT],
    /// What the addresses of thread-local symbols count from.
    threads: u64,
}

impl Headers {
    fn new(cx: &Linking<'_, '_>) -> Headers {
        let mut index = [0; Output::COUNT];
        for (position, range) in cx.layout.ranges.iter().enumerate() {
            // Headers are in this order, after the first, which means none.
            index[range.output as usize] = position as u16 + 1;
        }
        Headers { index, threads: cx.layout.thread_local().map_or(0, |threads| threads.start) }
    }

    fn of(&self, output: Output) -> Option<elf::SymbolSection> {
        let index = self.index[output as usize];
        (index != 0).then_some(elf::SymbolSection(index))
    }
}

/// True if a symbol of an object is the definition of a name that won.
fn defines(cx: &Linking<'_, '_>, name: GlobalId, symbol: (u32, u32)) -> bool {
    let definition = cx.resolution.globals[name as usize].definition;
    definition.is_some_and(|definition| (definition.object, definition.symbol) == symbol)
}

fn add_symbol(
    cx: &Linking<'_, '_>,
    headers: &Headers,
    (object, position): (u32, u32),
    symbol: Symbol,
    table: &mut Table,
) {
    let mut size = symbol.size;
    let (index, value) = match symbol.home {
        Home::Absolute => (elf::SHN_ABS, symbol.value),
        Home::Common => {
            let target = cx.resolution.target(object, position);
            let (Some(found), Some(address)) = (headers.of(Output::Zero), cx.address(target, 0)) else {
                return;
            };
            if let Target::Common(name) = target {
                size = cx.resolution.globals[name as usize].definition.map_or(size, |largest| largest.size);
            }
            (found, address as u64)
        }
        Home::Section(section) if symbol.kind != elf::STT_SECTION => {
            let at = SectionRef { object, section };
            let start = cx.layout.section_address(at);
            if start == 0 {
                return; // It did not survive, or was merged.
            }
            let Some(output) = cx.resolution.output_of(at) else { return };
            let Some(found) = headers.of(output) else { return };
            let threads = if output.is_thread_local() { headers.threads } else { 0 };
            (found, (start - threads).wrapping_add(symbol.value))
        }
        _ => return,
    };
    let name = cx.resolution.objects[object as usize].symbols.name(position as usize);
    if name.is_empty() {
        return;
    }
    let binding = match symbol.binding {
        Binding::Local => elf::STB_LOCAL,
        Binding::Global => elf::STB_GLOBAL,
        Binding::Weak => elf::STB_WEAK,
    };
    let entry = Sym64::<LE> {
        st_name: U32::new(LE, table.strings.len() as u32),
        st_info: elf::SymbolInfo(binding.0 << 4 | symbol.kind.0 & 15),
        st_other: elf::SymbolOther(0),
        st_shndx: U16::new(LE, index),
        st_value: U64::new(LE, value),
        st_size: U64::new(LE, size),
    };
    table.strings.extend_from_slice(name);
    table.strings.push(0);
    table.bytes.extend_from_slice(pod::bytes_of(&entry));
}
