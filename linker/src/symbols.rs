//! The symbol table of an output.
//!
//! In: a finished link. Out: the symbols of everything that stays, locals first, then globals, in order of input. Symbols
//! of merged constants have no place of their own and are left out.

use object::elf::{self, Sym64};
use object::{LittleEndian as LE, U16, U32, U64, pod};

use crate::input::{Binding, Home, Symbol};
use crate::layout::Linking;
use crate::output::Output;
use crate::resolve::SectionRef;

/// The symbols of everything that stays and was not merged, and how many entries are local.
pub(crate) fn table(cx: &Linking<'_, '_>, strings: &mut Vec<u8>) -> (Vec<u8>, u32) {
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
                    add_symbol(cx, (index as u32, position as u32), symbol, strings, &mut table);
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
    (object, position): (u32, u32),
    symbol: &Symbol<'_>,
    strings: &mut Vec<u8>,
    table: &mut Vec<u8>,
) {
    // Sections of the output have headers in this order, after the first, which means none.
    let header = |output: Output| cx.layout.ranges.iter().position(|range| range.output == output);
    let (index, value) = match symbol.home {
        Home::Absolute => (elf::SHN_ABS, symbol.value),
        Home::Common => {
            let target = cx.resolution.target(object, position);
            let (Some(found), Some(address)) = (header(Output::Zero), cx.address(target, 0)) else { return };
            (elf::SymbolSection(found as u16 + 1), address as u64)
        }
        Home::Section(section) if symbol.kind != elf::STT_SECTION => {
            let at = SectionRef { object, section };
            if !cx.liveness.is_live(at) || cx.merged.pieces(at).is_some() {
                return;
            }
            let Some(output) = Output::of(cx.resolution.section(at).class) else { return };
            let Some(found) = header(output) else { return };
            let threads = cx.layout.thread_local().filter(|_| output.is_thread_local());
            let start = cx.layout.section_address(at) - threads.map_or(0, |threads| threads.start);
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
