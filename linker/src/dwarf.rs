//! Joins the debugging information of the inputs.
//!
//! In: a finished link. Out: the bytes of each `.debug_*` section: the inputs' one after the other, relocated. What
//! refers to code or data that did not survive becomes all ones, for zero is a place inside an image; in the range
//! lists of old versions, where all ones has a meaning, one less.

use std::collections::HashMap;

use crate::index_hash::IndexMap;
use crate::input::{Class, Home};
use crate::layout::Linking;
use crate::reloc;
use crate::resolve::{SectionRef, Target};

/// A section of the output that is not loaded.
pub(crate) struct DebugSection<'a> {
    pub name: &'a [u8],
    pub align: u64,
    pub flags: u64,
    pub entsize: u64,
    pub bytes: Vec<u8>,
}

/// Nothing in debugging information is read in larger units; more alignment would only cost room.
const MOST_ALIGNED: u64 = 64;

/// The offset of each section of the inputs in its section of the output.
type Places = IndexMap<SectionRef, u64>;

/// Joins all debugging information, in order of input.
pub(crate) fn join<'a>(cx: &Linking<'_, 'a>) -> Vec<DebugSection<'a>> {
    let mut joined: Vec<DebugSection<'a>> = Vec::new();
    let mut by_name: HashMap<&[u8], usize> = HashMap::new();
    let mut places = Places::default();
    let mut inputs = Vec::new();
    for (at, section) in cx.resolution.sections() {
        if section.class != Class::Debug || cx.resolution.lost_to(at).is_some() {
            continue;
        }
        let index = *by_name.entry(section.name).or_insert_with(|| {
            let (flags, entsize) = (section.flags, section.entsize);
            joined.push(DebugSection { name: section.name, align: 1, flags, entsize, bytes: Vec::new() });
            joined.len() - 1
        });
        let output = &mut joined[index];
        let align = section.align.min(MOST_ALIGNED);
        output.align = output.align.max(align);
        output.bytes.resize(output.bytes.len().next_multiple_of(align as usize), 0);
        places.insert(at, output.bytes.len() as u64);
        output.bytes.extend_from_slice(section.data);
        inputs.push((at, index));
    }
    for (at, index) in inputs {
        let output = &mut joined[index];
        let is_list = matches!(output.name, b".debug_ranges" | b".debug_loc");
        let start = places.get(&at).copied().unwrap_or(0) as usize;
        let size = cx.resolution.section(at).data.len();
        relocate(cx, at, &places, is_list, &mut output.bytes[start..start + size]);
    }
    // A table of strings that was put together from several is not sorted or unique; readers do not mind.
    joined
}

fn relocate(cx: &Linking<'_, '_>, at: SectionRef, places: &Places, is_list: bool, bytes: &mut [u8]) {
    let section = cx.resolution.section(at);
    for index in 0..section.relocations.len() {
        let relocation = section.relocation(index);
        let Some(howto) = reloc::howto(cx.resolution.machine, relocation.kind) else { continue };
        let start = relocation.offset.min(bytes.len() as u64) as usize;
        let Some(field) = bytes.get_mut(start..start + howto.width as usize) else { continue };
        let symbol = &cx.resolution.objects[at.object as usize].symbols[relocation.symbol as usize];
        let own = match symbol.home {
            Home::Section(section) => places.get(&SectionRef { section, ..at }),
            _ => None,
        };
        let value = match own {
            Some(place) => {
                Some(i128::from(*place) + i128::from(symbol.value) + i128::from(relocation.addend))
            }
            None => address(cx, at, relocation.symbol, relocation.addend, howto),
        };
        match value {
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
