//! Takes the descriptions of how to unwind functions (`.eh_frame`) apart, and puts those that stay together again.
//!
//! In: sections of a program. Out: for each a `Table` of entries: what several functions share (a CIE), and what
//! describes one function (an FDE). A description stays if its function does; `gc` decides. `bytes` writes what stays
//! without gaps, which would look like an end; `header` the sorted index from addresses to descriptions.

use std::ops::Range;

use crate::error::{Error, ErrorKind};
use crate::input::{Class, Section};
use crate::layout::{Content, Linking};
use crate::output::Output;
use crate::resolve::{Resolution, SectionRef, Target};

/// All entries are multiples of this.
pub(crate) const ALIGN: u64 = 4;
/// Bytes of the index before its table.
pub(crate) const HEADER: u64 = 12;

/// The descriptions in one section.
#[derive(Debug)]
pub(crate) struct Table {
    pub at: SectionRef,
    pub entries: Vec<Entry>,
    /// Bytes of the entries that stay.
    pub size: u64,
}

/// One entry of a section.
#[derive(Debug)]
pub(crate) struct Entry {
    start: u64,
    size: u64,
    /// Where it goes in the output, from the start of what is left of the section.
    place: u64,
    /// The relocations in it.
    pub relocations: Range<usize>,
    /// For the description of a function: the entry it shares with others.
    pub common: Option<u32>,
    /// The section of the function.
    pub function: Option<SectionRef>,
    pub live: bool,
}

impl Table {
    /// Gives the entries that stay their places.
    pub fn place_live(&mut self) {
        self.size = 0;
        for entry in self.entries.iter_mut().filter(|entry| entry.live) {
            entry.place = self.size;
            self.size += entry.size;
        }
    }

    /// Functions that are described and stay.
    pub fn functions(&self) -> usize {
        self.entries.iter().filter(|entry| entry.live && entry.common.is_some()).count()
    }

    /// Where an offset of the section goes, if its entry stays.
    pub fn moved(&self, offset: u64) -> Option<u64> {
        let after = self.entries.partition_point(|entry| entry.start <= offset);
        let entry = &self.entries[after.checked_sub(1)?];
        (entry.live && offset - entry.start < entry.size).then(|| entry.place + (offset - entry.start))
    }
}

/// Reads the descriptions of all objects.
pub(crate) fn read(resolution: &Resolution<'_>) -> Result<Vec<Table>, Vec<Error>> {
    let mut tables = Vec::new();
    for (at, section) in resolution.sections() {
        if section.class == Class::Unwind {
            let entries = entries(resolution, at, section).map_err(|kind| {
                vec![Error::new(kind).at(resolution.objects[at.object as usize].place(at.section, 0))]
            })?;
            tables.push(Table { at, entries, size: 0 });
        }
    }
    Ok(tables)
}

fn word(bytes: &[u8], at: u64) -> Option<u64> {
    let start = usize::try_from(at).ok()?;
    Some(u64::from(u32::from_le_bytes(*bytes.get(start..)?.first_chunk::<4>()?)))
}

fn entries(
    resolution: &Resolution<'_>,
    at: SectionRef,
    section: &Section<'_>,
) -> Result<Vec<Entry>, ErrorKind> {
    let malformed =
        |field, value, possible: &str| ErrorKind::Malformed { field, value, possible: possible.into() };
    let data = section.data;
    if !section.relocations.is_sorted_by_key(|raw| raw.r_offset.get(object::LittleEndian)) {
        return Err(malformed("r_offset in .eh_frame", 0, "rising offsets"));
    }
    let mut entries: Vec<Entry> = Vec::new();
    let (mut start, mut relocation) = (0u64, 0usize);
    while start < data.len() as u64 {
        let length =
            word(data, start).ok_or_else(|| malformed("size of .eh_frame", start, "whole entries"))?;
        if length == 0 {
            break;
        }
        let size = length + 4;
        if length < 4 || !size.is_multiple_of(ALIGN) || size > data.len() as u64 - start {
            return Err(malformed(
                "length of an entry of .eh_frame",
                length,
                "a multiple of 4 within the section",
            ));
        }
        let first = relocation;
        while relocation < section.relocations.len() && section.relocation(relocation).offset < start + size {
            relocation += 1;
        }
        let back = word(data, start + 4).unwrap_or(0);
        let (mut common, mut function) = (None, None);
        if back != 0 {
            let shared = (start + 4).checked_sub(back);
            let found =
                shared.and_then(|shared| entries.binary_search_by_key(&shared, |entry| entry.start).ok());
            let Some(found) = found.filter(|&found| entries[found].common.is_none()) else {
                return Err(malformed(
                    "pointer of an entry of .eh_frame",
                    back,
                    "the distance to a shared entry",
                ));
            };
            common = Some(found as u32);
            let described =
                (first..relocation).map(|index| section.relocation(index)).find(|r| r.offset == start + 8);
            if let Some(described) = described
                && let Target::Place { section, .. } | Target::Indirect { section, .. } =
                    resolution.target(at.object, described.symbol)
                && resolution.section(section).class == Class::Code
            {
                function = Some(section);
            }
        }
        let relocations = first..relocation;
        entries.push(Entry { start, size, place: 0, relocations, common, function, live: false });
        start += size;
    }
    Ok(entries)
}

/// The entries of a section that stay, with pointers to shared ones but without relocations.
pub(crate) fn bytes(section: &Section<'_>, table: &Table) -> Vec<u8> {
    let mut out = Vec::with_capacity(table.size as usize);
    for entry in table.entries.iter().filter(|entry| entry.live) {
        out.extend_from_slice(&section.data[entry.start as usize..(entry.start + entry.size) as usize]);
        if let Some(common) = entry.common {
            let back = (entry.place + 4 - table.entries[common as usize].place) as u32;
            let field = entry.place as usize + 4;
            out[field..field + 4].copy_from_slice(&back.to_le_bytes());
        }
    }
    out
}

/// The index: addresses of functions and of their descriptions, relative to it, in order.
pub(crate) fn header(cx: &Linking<'_, '_>) -> Vec<u8> {
    let start = |output| cx.layout.range(output).map_or(0, |range| range.start);
    let (header, frames) = (start(Output::UnwindHeader), start(Output::Unwind));
    let mut rows = Vec::new();
    for chunk in &cx.layout.chunks {
        let Content::Section(at) = chunk.content else { continue };
        let section = cx.resolution.section(at);
        if section.class != Class::Unwind {
            continue;
        }
        let Some(table) = cx.liveness.unwind_table(at) else { continue };
        for entry in table.entries.iter().filter(|entry| entry.live && entry.common.is_some()) {
            let field = entry
                .relocations
                .clone()
                .map(|index| section.relocation(index))
                .find(|r| r.offset == entry.start + 8);
            let Some(field) = field else { continue };
            let target = cx.resolution.target(at.object, field.symbol);
            let Some(function) = cx.address(target, field.addend) else { continue };
            rows.push((
                function as i64 - header as i64,
                (chunk.address + entry.place) as i64 - header as i64,
            ));
        }
    }
    rows.sort_unstable();
    // Version 1; the frames relative to here, the count plain, the table relative to its start, all of 4 bytes.
    let mut out = vec![1, 0x1b, 0x03, 0x3b];
    out.extend((frames as i64 - (header as i64 + 4)).to_le_bytes().iter().take(4));
    out.extend((rows.len() as u32).to_le_bytes());
    for (function, description) in rows {
        out.extend((function as i32).to_le_bytes());
        out.extend((description as i32).to_le_bytes());
    }
    out
}
