//! Gives everything that stays an address.
//!
//! In: sections that stay, pools, table slots and whatever else the linker makes. Out: a `Layout`: headers, then chunks
//! in the order of `Output`. In an image one chunk follows the other without padding where none is needed; notes begin
//! at 4 mod 8, so that a descriptor after a 7-byte owner is 8-aligned; data begins on a new page. In a program each segment begins on a new page,
//! in memory and in the file, so that mapping one never shows another's bytes. Everywhere the offset in the file is the
//! address less the base.
//!
//! Invariant: chunks are in order of address and do not overlap, but for zeroes of threads, which take no room;
//! `write` produces exactly their sizes.

mod items;

use std::cmp::Reverse;

use crate::error::{Error, ErrorKind, shorten};
use crate::gc::Liveness;
use crate::hash::{IndexMap, NameMap};
use crate::merge::Merged;
use crate::options::{MAX_IMAGE, Options};
use crate::output::{Output, Segment};
use crate::reloc::Plan;
use crate::resolve::{GlobalId, Resolution, SectionRef, Synthetic, Target};
use items::Item;

/// Sections named when an image is too large.
const LARGEST_SHOWN: usize = 10;

/// Bytes of a file, above the first few, for each byte of the inputs: what alignment and zeroes cost.
const EXPANSION: u64 = 16;

/// Bytes of the ELF header and of one program header.
const FILE_HEADER: u64 = 64;
const PROGRAM_HEADER: u64 = 56;

/// Bytes of a page, to the loaders of programs.
pub(crate) const PAGE: u64 = 4096;

/// Bytes of a stub that jumps to what an indirect function chose.
pub(crate) const STUB: u64 = 16;

/// What fills a range of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    Section(SectionRef),
    /// A pool of merged constants.
    Pool(u32),
    /// The table slots.
    Slots,
    /// A common symbol, which nobody initialises.
    Common(GlobalId),
    /// Stubs of indirect functions.
    Stubs,
    /// Relocations the program applies to itself.
    Relocations,
    /// What describes these.
    Dynamic,
    /// The zero after the last description of a function.
    UnwindEnd,
    UnwindHeader,
}

/// A range of the output.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chunk {
    pub address: u64,
    pub size: u64,
    pub align: u64,
    pub output: Output,
    pub content: Content,
}

/// A section of the output: consecutive chunks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Range {
    pub output: Output,
    pub start: u64,
    pub end: u64,
    pub align: u64,
}

/// Where everything is.
#[derive(Debug)]
pub(crate) struct Layout {
    /// The address of the first byte.
    pub base: u64,
    /// Bytes of memory.
    pub size: u64,
    /// Bytes of the file that are loaded.
    pub file_size: u64,
    /// The ELF header and the program headers.
    pub headers: u64,
    /// After the headers, in order of address.
    pub chunks: Vec<Chunk>,
    /// In order of address.
    pub ranges: Vec<Range>,
    /// The address of the first table slot.
    pub slots: u64,
    /// The address of the first stub.
    pub stubs: u64,
    pub entry: u64,
    /// By object and section.
    sections: Vec<Vec<u64>>,
    pools: Vec<u64>,
    commons: IndexMap<GlobalId, u64>,
    /// Start and end of each of `Resolution::named_sets`.
    sets: Vec<(u64, u64)>,
}

/// Everything decided about a link, for the phases that only read it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Linking<'r, 'a> {
    pub options: &'r Options,
    pub resolution: &'r Resolution<'a>,
    pub liveness: &'r Liveness,
    pub merged: &'r Merged,
    pub plan: &'r Plan,
    pub layout: &'r Layout,
}

impl Layout {
    /// The address of a section that stays and is not merged; 0 for all others, for headers come first.
    pub fn section_address(&self, at: SectionRef) -> u64 {
        self.sections[at.object as usize][at.section as usize]
    }

    /// The offset in the file of an address.
    pub fn offset(&self, address: u64) -> usize {
        (address - self.base) as usize
    }

    /// Where a section of the output is, if there is one.
    pub fn range(&self, output: Output) -> Option<Range> {
        self.ranges.iter().find(|range| range.output == output).copied()
    }

    /// What each thread gets a copy of.
    pub fn thread_local(&self) -> Option<Range> {
        let (data, zero) = (self.range(Output::ThreadData), self.range(Output::ThreadZero));
        let (first, last) = (data.or(zero)?, zero.or(data)?);
        Some(Range { end: last.end, align: first.align.max(last.align), ..first })
    }

    /// From the first to the last section of a kind.
    pub fn span(&self, wanted: impl Fn(Output) -> bool) -> Option<(u64, u64)> {
        let mut ranges = self.ranges.iter().filter(|range| wanted(range.output));
        let first = ranges.next()?;
        Some((first.start, ranges.map(|range| range.end).fold(first.end, u64::max)))
    }
}

impl Linking<'_, '_> {
    /// The exact address of a target plus an addend.
    pub fn address(&self, target: Target, addend: i64) -> Option<i128> {
        let addend = i128::from(addend);
        match target {
            Target::Constant { value, .. } => Some(i128::from(value) + addend),
            Target::Place { section, offset, is_section } => {
                let start = self.layout.section_address(section);
                let pieces = if start == 0 { self.merged.pieces(section) } else { None };
                let Some(pieces) = pieces else {
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
            Target::Indirect { .. } => {
                let stub = self.plan.stub(target)?;
                Some(i128::from(self.layout.stubs + STUB * u64::from(stub)) + addend)
            }
            Target::Common(global) => Some(i128::from(*self.layout.commons.get(&global)?) + addend),
            Target::Synthetic(synthetic) => Some(i128::from(self.synthetic(synthetic)) + addend),
            Target::Undefined(_) | Target::Discarded { .. } => None,
        }
    }

    fn synthetic(&self, synthetic: Synthetic) -> u64 {
        let layout = self.layout;
        let end = layout.base + layout.size;
        match synthetic {
            Synthetic::ImageStart => layout.base,
            Synthetic::CodeEnd => layout.range(Output::Code).map_or(end, |code| code.end),
            Synthetic::DataEnd => layout.base + layout.file_size,
            Synthetic::ImageEnd => end,
            Synthetic::Table => layout.slots,
            Synthetic::Start(output) => layout.range(output).map_or(end, |range| range.start),
            Synthetic::End(output) => layout.range(output).map_or(end, |range| range.end),
            Synthetic::SetStart(set) => layout.sets[set as usize].0,
            Synthetic::SetEnd(set) => layout.sets[set as usize].1,
        }
    }
}

/// The next multiple; the largest number if there is none, which is too large for any output.
fn up(offset: u64, align: u64) -> u64 {
    offset.checked_next_multiple_of(align).unwrap_or(u64::MAX)
}

/// Lays an output out.
pub(crate) fn lay_out(
    options: &Options,
    resolution: &Resolution<'_>,
    liveness: &Liveness,
    merged: &Merged,
    plan: &Plan,
) -> Result<Layout, Vec<Error>> {
    let items = items::collect(resolution, liveness, merged, plan);
    let is_image = options.profile.is_image();
    let headers = FILE_HEADER + PROGRAM_HEADER * items::program_headers(is_image, &items);
    let mut layout = Layout {
        base: options.profile.base(),
        size: headers,
        file_size: headers,
        headers,
        chunks: Vec::with_capacity(items.len()),
        ranges: Vec::new(),
        slots: 0,
        stubs: 0,
        entry: 0,
        sections: resolution.objects.iter().map(|object| vec![0; object.sections.len()]).collect(),
        pools: vec![0; merged.pools.len()],
        commons: IndexMap::default(),
        sets: vec![(0, 0); resolution.named_sets.len()],
    };
    let thread_align = items.iter().filter(|item| item.output.is_thread_local()).map(|item| item.align).max();
    let mut last = None;
    for item in &items {
        if last != Some(item.output) {
            layout.begin(is_image, last, item.output, thread_align.unwrap_or(1));
        }
        layout.place(item);
        last = Some(item.output);
    }
    let input: u64 = resolution.objects.iter().map(|object| object.size as u64).sum();
    let end = layout.ranges.iter().map(|range| range.end - layout.base).fold(layout.size, u64::max);
    if end > options.profile.limit() || layout.file_size > MAX_IMAGE + EXPANSION * input {
        return Err(vec![too_large(options, resolution, &layout, end)]);
    }
    for chunk in &layout.chunks {
        match chunk.content {
            Content::Section(at) => {
                layout.sections[at.object as usize][at.section as usize] = chunk.address;
            }
            Content::Pool(pool) => layout.pools[pool as usize] = chunk.address,
            Content::Slots => layout.slots = chunk.address,
            Content::Stubs => layout.stubs = chunk.address,
            Content::Common(global) => {
                layout.commons.insert(global, chunk.address);
            }
            Content::Relocations | Content::Dynamic | Content::UnwindEnd | Content::UnwindHeader => {}
        }
    }
    layout.find_sets(resolution);
    layout.entry = find_entry(options, resolution, liveness, merged, plan, &layout)?;
    Ok(layout)
}

impl Layout {
    /// Moves to where a section of the output may begin.
    fn begin(&mut self, is_image: bool, last: Option<Output>, output: Output, thread_align: u64) {
        if is_image {
            if output == Output::Notes {
                self.size = up(self.size, 8).saturating_add(4);
            } else if output.is_writable() && !last.is_some_and(Output::is_writable) {
                self.size = up(self.size, PAGE);
            }
            return;
        }
        if last.map_or(Segment::Read, Output::segment) != output.segment() {
            self.size = up(self.size, PAGE);
        }
        if output.is_thread_local() && !last.is_some_and(Output::is_thread_local) {
            self.size = up(self.size, thread_align);
        }
    }

    fn place(&mut self, item: &Item) {
        let Item { content, size, align, output, .. } = *item;
        // Zeroes of threads follow each other, but what comes next begins where they did.
        let threads = self.ranges.last().filter(|range| range.output == output);
        let from = match (output, threads) {
            (Output::ThreadZero, Some(range)) => range.end - self.base,
            _ => self.size,
        };
        let start = up(from, align);
        let end = start.saturating_add(size);
        if output != Output::ThreadZero {
            self.size = end;
        }
        if !output.is_zero() {
            self.file_size = end;
        }
        let (address, end) = (self.base.saturating_add(start), self.base.saturating_add(end));
        match self.ranges.last_mut() {
            Some(range) if range.output == output => {
                range.end = end;
                range.align = range.align.max(align);
            }
            _ => self.ranges.push(Range { output, start: address, end, align }),
        }
        self.chunks.push(Chunk { address, size, align, output, content });
    }

    /// Sections of a set lie together: it reaches from the first to the end of the last.
    fn find_sets(&mut self, resolution: &Resolution<'_>) {
        let names: NameMap<'_, usize> =
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

fn too_large(options: &Options, resolution: &Resolution<'_>, layout: &Layout, size: u64) -> Error {
    let mut chunks: Vec<&Chunk> = layout.chunks.iter().collect();
    chunks.sort_by_key(|chunk| Reverse(chunk.size));
    let largest =
        chunks.iter().take(LARGEST_SHOWN).map(|chunk| (chunk.name(resolution), chunk.size)).collect();
    Error::new(ErrorKind::ImageTooLarge { size, limit: options.profile.limit(), largest })
}

fn find_entry(
    options: &Options,
    resolution: &Resolution<'_>,
    liveness: &Liveness,
    merged: &Merged,
    plan: &Plan,
    layout: &Layout,
) -> Result<u64, Vec<Error>> {
    let target = resolution.global_target(resolution.entry, false);
    let cx = Linking { options, resolution, liveness, merged, plan, layout };
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
            Content::Common(global) => {
                format!("common symbol `{}`", shorten(resolution.globals[global as usize].name))
            }
            Content::Pool(_) => "merged constants".to_owned(),
            Content::Slots => "table slots".to_owned(),
            Content::Stubs => "stubs of indirect functions".to_owned(),
            Content::Relocations => "relocations".to_owned(),
            Content::Dynamic => "dynamic section".to_owned(),
            Content::UnwindEnd => "end of the descriptions of functions".to_owned(),
            Content::UnwindHeader => "index of the descriptions of functions".to_owned(),
        }
    }
}
