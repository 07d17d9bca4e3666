//! Collects what is to be placed, and orders it.
//!
//! Notes and code stay in order of input; functions that run before and after the entry's go by priority; all else by
//! falling alignment, then in order of input. Sections of a set, and the pieces of `.init` and `.fini`, lie together.

use std::cmp::Reverse;

use super::{Content, STUB};
use crate::gc::Liveness;
use crate::hash::NameMap;
use crate::input::{Class, Home, Writable};
use crate::merge::Merged;
use crate::output::Output;
use crate::reloc::Plan;
use crate::resolve::{Resolution, SectionRef};
use crate::{dynamic, unwind};

/// Something to place, and what decides its place.
pub(super) struct Item {
    pub output: Output,
    pub content: Content,
    pub size: u64,
    pub align: u64,
    /// Larger alignments come first, for data; then the first input of its set; then its own.
    key: (Reverse<u64>, SectionRef, SectionRef),
}

/// Everything to place, in order.
pub(super) fn collect(
    resolution: &Resolution<'_>,
    liveness: &Liveness,
    merged: &Merged,
    plan: &Plan,
) -> Vec<Item> {
    let is_image = resolution.profile.is_image();
    let sets = sets(resolution, liveness);
    let live = liveness.live().count();
    let mut items = Vec::with_capacity(live + merged.pools.len() + liveness.commons.len() + 8);
    for at in liveness.live().filter(|&at| merged.pieces(at).is_none()) {
        let section = resolution.section(at);
        let Some(output) = Output::of(section.class) else { continue };
        let (set_align, first) = sets.get(section.name).copied().unwrap_or((section.align(), at));
        let order = match section.class {
            Class::Note | Class::Code | Class::Unwind => 0,
            Class::Writable(Writable::Preinit | Writable::Init | Writable::Fini) => {
                u64::MAX - priority(section.name)
            }
            _ => set_align,
        };
        let (size, align) = match section.class {
            Class::Note if is_image => (section.size, 4),
            Class::Unwind => (liveness.unwind_size(at), unwind::ALIGN),
            _ => (section.size, section.align()),
        };
        items.push(Item {
            output,
            content: Content::Section(at),
            size,
            align,
            key: (Reverse(order), first, at),
        });
    }
    for (index, pool) in merged.pools.iter().enumerate() {
        items.push(Item {
            output: Output::Constants,
            content: Content::Pool(index as u32),
            size: pool.bytes.len() as u64,
            align: pool.align,
            key: (Reverse(pool.align), pool.first, pool.first),
        });
    }
    let last = SectionRef { object: u32::MAX, section: u32::MAX };
    for &global in &liveness.commons {
        let Some(definition) = resolution.globals[global as usize].definition else { continue };
        let symbol = resolution.objects[definition.object as usize].symbols.get(definition.symbol as usize);
        debug_assert_eq!(symbol.home, Home::Common);
        let align = symbol.value.max(1);
        let at = SectionRef { object: u32::MAX, section: global };
        let content = Content::Common(global);
        items.push(Item {
            output: Output::Zero,
            content,
            size: definition.size,
            align,
            key: (Reverse(align), at, at),
        });
    }
    let mut made = |output, content, size, align| {
        if size > 0 {
            items.push(Item { output, content, size, align, key: (Reverse(align), last, last) });
        }
    };
    let slots = if resolution.profile.has_data() { Output::Slots } else { Output::Constants };
    made(slots, Content::Slots, 8 * plan.slots.len() as u64, 8);
    made(Output::Stubs, Content::Stubs, STUB * plan.stubs.len() as u64, STUB);
    made(Output::Relocations, Content::Relocations, 24 * plan.dynamic_relocations() as u64, 8);
    made(Output::Dynamic, Content::Dynamic, dynamic::size(resolution.profile, plan), 8);
    let descriptions = liveness.descriptions() as u64;
    if descriptions > 0 {
        made(Output::UnwindHeader, Content::UnwindHeader, unwind::HEADER + 8 * descriptions, 4);
        // Smaller than the alignment of all others, so that it comes last.
        made(Output::Unwind, Content::UnwindEnd, 4, unwind::ALIGN);
        if let Some(end) = items.last_mut() {
            end.key.0 = Reverse(0);
        }
    }
    // No two keys are equal.
    items.sort_unstable_by_key(|item| (item.output, item.key));
    items
}

/// The alignment and the first section of each set, so that its sections get neighbouring keys.
fn sets<'a>(resolution: &Resolution<'a>, liveness: &Liveness) -> NameMap<'a, (u64, SectionRef)> {
    let named: NameMap<'_, ()> = resolution.named_sets.iter().map(|name| (*name, ())).collect();
    let mut sets: NameMap<'a, (u64, SectionRef)> = NameMap::default();
    let is_image = resolution.profile.is_image();
    if is_image && named.is_empty() {
        return sets;
    }
    for at in liveness.live() {
        let section = resolution.section(at);
        let is_start_code = !is_image && matches!(section.name, b".init" | b".fini");
        if is_start_code || named.contains_key(section.name) {
            let set = sets.entry(section.name).or_insert((1, at));
            set.0 = set.0.max(section.align());
        }
    }
    sets
}

/// The number at the end of `.init_array.100`; arrays without one come last.
fn priority(name: &[u8]) -> u64 {
    let number = name.rsplit(|&byte| byte == b'.').next().and_then(|text| std::str::from_utf8(text).ok());
    number.and_then(|text| text.parse::<u16>().ok()).map_or(1 << 16, u64::from)
}

/// How many program headers the items need.
pub(super) fn program_headers(is_image: bool, items: &[Item]) -> u64 {
    let has = |wanted: &dyn Fn(Output) -> bool| u64::from(items.iter().any(|item| wanted(item.output)));
    use crate::output::Segment;
    let notes = has(&|output| output == Output::Notes);
    if is_image {
        return 2
            + notes
            + has(&|output| matches!(output.segment(), Segment::Relro | Segment::Write))
            + has(&|output| output == Output::Dynamic);
    }
    // The headers themselves are read; the stack's protection is always said.
    2 + notes
        + has(&|output| output.segment() == Segment::Execute)
        + has(&|output| matches!(output.segment(), Segment::Relro | Segment::Write))
        + has(&|output| output.segment() == Segment::Relro)
        + has(&|output| output.is_thread_local())
        + has(&|output| output == Output::UnwindHeader)
        + has(&|output| output == Output::Dynamic)
}
