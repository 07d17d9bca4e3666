//! Gives everything that stays an address.
//!
//! In: sections that stay, pools and table slots. Out: a `Layout`: headers, notes, constants by falling alignment,
//! then code in order of input, without padding where none is needed. Notes begin at 4 mod 8, so that a descriptor
//! after a 7-byte owner is 8-aligned. Sections named in `__start_X` lie together.
//!
//! Invariant: chunks are in order of address and do not overlap; `write` produces exactly their sizes.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use crate::error::{Error, ErrorKind, shorten};
use crate::gc::Liveness;
use crate::input::Class;
use crate::merge::Merged;
use crate::options::Options;
use crate::reloc::Plan;
use crate::resolve::{Resolution, SectionRef, Synthetic, Target};

/// No host accepts a larger image.
pub(crate) const MAX_IMAGE: u64 = 64 << 20;

/// Sections named when an image is too large.
const LARGEST_SHOWN: usize = 10;

/// Bytes of the ELF header and of one program header.
const FILE_HEADER: u64 = 64;
const PROGRAM_HEADER: u64 = 56;

/// What fills a range of the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    Section(SectionRef),
    /// A pool of merged constants.
    Pool(u32),
    /// The table slots.
    Slots,
}

/// A range of the image.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chunk {
    pub address: u64,
    pub size: u64,
    pub align: u64,
    pub class: Class,
    pub content: Content,
}

/// Where everything is.
#[derive(Debug)]
pub(crate) struct Layout {
    pub size: u64,
    /// The ELF header and the program headers.
    pub headers: u64,
    /// After the headers, in order of address.
    pub chunks: Vec<Chunk>,
    /// Start and end of the notes, if there are any.
    pub notes: Option<(u64, u64)>,
    /// The address of the first table slot.
    pub slots: u64,
    pub entry: u64,
    code_end: u64,
    /// By object and section.
    sections: Vec<Vec<u64>>,
    pools: Vec<u64>,
    /// Start and end of each of `Resolution::named_sets`.
    sets: Vec<(u64, u64)>,
}

/// Everything decided about a link, for the phases that only read it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Linking<'r, 'a> {
    pub resolution: &'r Resolution<'a>,
    pub liveness: &'r Liveness,
    pub merged: &'r Merged,
    pub plan: &'r Plan,
    pub layout: &'r Layout,
}

impl Layout {
    /// The address of a section that stays and is not merged.
    pub fn section_address(&self, at: SectionRef) -> u64 {
        self.sections[at.object as usize][at.section as usize]
    }

    /// The number of program headers.
    pub fn program_headers(&self) -> u64 {
        program_headers(self.notes.is_some())
    }
}

impl Linking<'_, '_> {
    /// The exact address of a target plus an addend.
    pub fn address(&self, target: Target, addend: i64) -> Option<i128> {
        let addend = i128::from(addend);
        match target {
            Target::Constant { value, .. } => Some(i128::from(value) + addend),
            Target::Place { section, offset, is_section } => {
                let Some(pieces) = self.merged.pieces(section) else {
                    let start = self.layout.section_address(section);
                    return Some(i128::from(start) + i128::from(offset) + addend);
                };
                // A section's own symbol means the piece at the addend, any other the piece at the symbol.
                let (within, rest) = if is_section {
                    (u64::try_from(i128::from(offset) + addend).ok()?, 0)
                } else {
                    (offset, addend)
                };
                let start = self.layout.pools[pieces.pool as usize];
                Some(i128::from(start + pieces.find(within)?) + rest)
            }
            Target::Synthetic(synthetic) => Some(i128::from(self.synthetic(synthetic)) + addend),
            Target::Undefined(_) | Target::Common | Target::Discarded { .. } => None,
        }
    }

    fn synthetic(&self, synthetic: Synthetic) -> u64 {
        match synthetic {
            Synthetic::ImageStart => 0,
            Synthetic::CodeEnd => self.layout.code_end,
            Synthetic::ImageEnd => self.layout.size,
            Synthetic::SetStart(set) => self.layout.sets[set as usize].0,
            Synthetic::SetEnd(set) => self.layout.sets[set as usize].1,
        }
    }
}

fn program_headers(notes: bool) -> u64 {
    if notes { 3 } else { 2 }
}

/// Something to place, and what decides its place.
struct Item {
    content: Content,
    size: u64,
    align: u64,
    /// Larger alignments come first, for constants; then the first input of its set; then its own.
    key: (Reverse<u64>, SectionRef, SectionRef),
}

/// Lays an image out.
pub(crate) fn lay_out(
    options: &Options,
    resolution: &Resolution<'_>,
    liveness: &Liveness,
    merged: &Merged,
    plan: &Plan,
) -> Result<Layout, Vec<Error>> {
    debug_assert!(options.profile == crate::Profile::Image, "other profiles are refused before");
    let items = Items::collect(resolution, liveness, merged, plan);
    let mut layout = Layout {
        size: 0,
        headers: FILE_HEADER + PROGRAM_HEADER * program_headers(!items.notes.is_empty()),
        chunks: Vec::new(),
        notes: None,
        slots: 0,
        entry: 0,
        code_end: 0,
        sections: resolution.objects.iter().map(|object| vec![0; object.sections.len()]).collect(),
        pools: vec![0; merged.pools.len()],
        sets: vec![(0, 0); resolution.named_sets.len()],
    };
    layout.size = layout.headers;
    if !items.notes.is_empty() {
        layout.size = layout.size.next_multiple_of(8) + 4;
        let start = layout.size;
        items.notes.iter().for_each(|item| layout.place(item, Class::Note));
        layout.notes = Some((start, layout.size));
    }
    items.constants.iter().for_each(|item| layout.place(item, Class::Constant));
    items.code.iter().for_each(|item| layout.place(item, Class::Code));
    layout.code_end = layout.size;
    if layout.size > MAX_IMAGE {
        return Err(vec![too_large(resolution, &layout)]);
    }
    for chunk in &layout.chunks {
        match chunk.content {
            Content::Section(at) => {
                layout.sections[at.object as usize][at.section as usize] = chunk.address;
            }
            Content::Pool(pool) => layout.pools[pool as usize] = chunk.address,
            Content::Slots => layout.slots = chunk.address,
        }
    }
    layout.find_sets(resolution);
    layout.entry = find_entry(resolution, liveness, merged, plan, &layout)?;
    Ok(layout)
}

impl Layout {
    fn place(&mut self, item: &Item, class: Class) {
        let misaligned = self.size % item.align;
        let padding = if misaligned == 0 { 0 } else { item.align - misaligned };
        let address = self.size.saturating_add(padding);
        self.size = address.saturating_add(item.size);
        let Item { content, size, align, .. } = *item;
        self.chunks.push(Chunk { address, size, align, class, content });
    }

    /// Sections of a set lie together: it reaches from the first to the end of the last.
    fn find_sets(&mut self, resolution: &Resolution<'_>) {
        let names: HashMap<&[u8], usize> =
            resolution.named_sets.iter().enumerate().map(|(index, name)| (*name, index)).collect();
        let mut found = vec![false; self.sets.len()];
        for chunk in &self.chunks {
            let Content::Section(at) = chunk.content else { continue };
            let Some(&set) = names.get(resolution.section(at).name) else { continue };
            if !std::mem::replace(&mut found[set], true) {
                self.sets[set].0 = chunk.address;
            }
            self.sets[set].1 = chunk.address + chunk.size;
        }
    }
}

/// What is to be placed, in order.
#[derive(Default)]
struct Items {
    notes: Vec<Item>,
    constants: Vec<Item>,
    code: Vec<Item>,
}

impl Items {
    fn collect(resolution: &Resolution<'_>, liveness: &Liveness, merged: &Merged, plan: &Plan) -> Items {
        let mut items = Items::default();
        // The alignment and the first section of each set, so that its sections get neighbouring keys.
        let mut sets: HashMap<&[u8], (u64, SectionRef)> = HashMap::new();
        if !resolution.named_sets.is_empty() {
            let names: HashSet<&[u8]> = resolution.named_sets.iter().copied().collect();
            for at in liveness.live() {
                let section = resolution.section(at);
                if names.contains(&section.name) {
                    let set = sets.entry(section.name).or_insert((1, at));
                    set.0 = set.0.max(section.align);
                }
            }
        }
        for at in liveness.live().filter(|&at| merged.pieces(at).is_none()) {
            let section = resolution.section(at);
            let (align, first) = sets.get(section.name).copied().unwrap_or((section.align, at));
            let item = |align, key| Item { content: Content::Section(at), size: section.size, align, key };
            match section.class {
                Class::Note => items.notes.push(item(4, (Reverse(0), at, at))),
                Class::Constant => items.constants.push(item(section.align, (Reverse(align), first, at))),
                Class::Code => items.code.push(item(section.align, (Reverse(0), first, at))),
                Class::Dropped(_) | Class::Debug | Class::Writable(_) => {}
            }
        }
        for (index, pool) in merged.pools.iter().enumerate() {
            items.constants.push(Item {
                content: Content::Pool(index as u32),
                size: pool.bytes.len() as u64,
                align: pool.align,
                key: (Reverse(pool.align), pool.first, pool.first),
            });
        }
        if !plan.slots.is_empty() {
            let last = SectionRef { object: u32::MAX, section: u32::MAX };
            items.constants.push(Item {
                content: Content::Slots,
                size: 8 * plan.slots.len() as u64,
                align: 8,
                key: (Reverse(8), last, last),
            });
        }
        items.constants.sort_by_key(|item| item.key);
        items.code.sort_by_key(|item| item.key);
        items
    }
}

fn too_large(resolution: &Resolution<'_>, layout: &Layout) -> Error {
    let mut chunks: Vec<&Chunk> = layout.chunks.iter().collect();
    chunks.sort_by_key(|chunk| Reverse(chunk.size));
    let largest =
        chunks.iter().take(LARGEST_SHOWN).map(|chunk| (chunk.name(resolution), chunk.size)).collect();
    Error::new(ErrorKind::ImageTooLarge { size: layout.size, limit: MAX_IMAGE, largest })
}

fn find_entry(
    resolution: &Resolution<'_>,
    liveness: &Liveness,
    merged: &Merged,
    plan: &Plan,
    layout: &Layout,
) -> Result<u64, Vec<Error>> {
    let target = resolution.global_target(resolution.entry, false);
    let cx = Linking { resolution, liveness, merged, plan, layout };
    let inside = |section: SectionRef, address: i128| {
        let start = i128::from(layout.section_address(section));
        let end = start + i128::from(resolution.section(section).size);
        u64::try_from(address).ok().filter(|_| (start..end).contains(&address))
    };
    match (target, cx.address(target, 0)) {
        (Target::Place { section, .. }, Some(address)) => inside(section, address),
        _ => None,
    }
    .ok_or_else(|| {
        let name = shorten(resolution.globals[resolution.entry as usize].name);
        vec![Error::new(ErrorKind::EntryNotCode { name })]
    })
}

impl Chunk {
    /// How messages and the map call it.
    pub fn name(&self, resolution: &Resolution<'_>) -> String {
        match self.content {
            Content::Section(at) => {
                let object = shorten(resolution.objects[at.object as usize].name.as_bytes());
                format!("{object}:{}", shorten(resolution.section(at).name))
            }
            Content::Pool(_) => "merged constants".to_owned(),
            Content::Slots => "table slots".to_owned(),
        }
    }
}
