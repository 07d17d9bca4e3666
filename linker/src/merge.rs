//! Stores equal constants once.
//!
//! In: sections that stay and allow merging. Out: `Merged`, the pools that replace them, and for each such section
//! where its pieces went. A piece is `entsize` bytes, or a string with its terminator. Pieces of sections with the
//! same flags, entry size and alignment share a pool; the first one seen is placed first. Tails are not shared.
//!
//! A section is left as it is if it has relocations, if its size is not a multiple of its entry size, if its last
//! string has no terminator, or if its pieces are aligned so much that they would take more room apart.

use std::collections::HashMap;

use object::elf;

use crate::gc::Liveness;
use crate::index_hash::IndexMap;
use crate::input::{Class, Section};
use crate::resolve::{Resolution, SectionRef};

/// Each piece is placed at the alignment of its section; above this, merging would cost more than it saves.
const MAX_PIECE_ALIGN: u64 = 32;

/// Pieces of one link; an image that needs more is larger than it may be, or not worth the memory.
const MAX_PIECES: usize = 1 << 22;

/// Pieces of one kind, each once.
#[derive(Debug)]
pub(crate) struct Pool {
    pub align: u64,
    pub bytes: Vec<u8>,
    /// The first section that contributed.
    pub first: SectionRef,
}

/// Where the pieces of one section went.
#[derive(Debug)]
pub(crate) struct Pieces {
    pub pool: u32,
    /// Offset in the section and offset in the pool, in order of the first.
    pub places: Vec<(u64, u64)>,
}

/// All pools, and the sections they replace.
#[derive(Debug, Default)]
pub(crate) struct Merged {
    pub pools: Vec<Pool>,
    sections: IndexMap<SectionRef, Pieces>,
    /// Bytes that merging saved.
    pub saved: u64,
}

impl Merged {
    /// Where the pieces of a section went, if it was merged.
    pub fn pieces(&self, at: SectionRef) -> Option<&Pieces> {
        self.sections.get(&at)
    }
}

impl Pieces {
    /// The offset in the pool of an offset in the section, which must be inside it.
    pub fn find(&self, offset: u64) -> Option<u64> {
        let after = self.places.partition_point(|&(start, _)| start <= offset);
        let (start, place) = *self.places.get(after.checked_sub(1)?)?;
        Some(place + (offset - start))
    }
}

/// Merges what may be merged.
pub(crate) fn merge<'a>(resolution: &Resolution<'a>, liveness: &Liveness) -> Merged {
    let mut merged = Merged::default();
    let mut pools: HashMap<(u64, u64, u64), u32> = HashMap::new();
    let mut known: Vec<HashMap<&'a [u8], u64>> = Vec::new();
    let (mut before, mut pieces) = (0u64, 0usize);
    for at in liveness.live() {
        let section = resolution.section(at);
        let Some(lengths) = piece_lengths(section) else { continue };
        pieces += lengths.len();
        if pieces > MAX_PIECES
            || merged.pools.iter().any(|pool| pool.bytes.len() as u64 > resolution.profile.limit())
        {
            break; // What follows stays as it is.
        }
        let kind = elf::SHF_STRINGS.0 & section.flags;
        let pool = *pools.entry((kind, section.entsize, section.align)).or_insert_with(|| {
            merged.pools.push(Pool { align: section.align, bytes: Vec::new(), first: at });
            known.push(HashMap::new());
            merged.pools.len() as u32 - 1
        });
        let bytes = &mut merged.pools[pool as usize].bytes;
        let known = &mut known[pool as usize];
        let mut places = Vec::with_capacity(lengths.len());
        let mut offset = 0usize;
        for length in lengths {
            let piece = &section.data[offset..offset + length];
            let place = *known.entry(piece).or_insert_with(|| {
                bytes.resize(bytes.len().next_multiple_of(section.align as usize), 0);
                bytes.extend_from_slice(piece);
                (bytes.len() - piece.len()) as u64
            });
            places.push((offset as u64, place));
            offset += length;
        }
        before += section.size;
        merged.sections.insert(at, Pieces { pool, places });
    }
    let after: u64 = merged.pools.iter().map(|pool| pool.bytes.len() as u64).sum();
    merged.saved = before.saturating_sub(after);
    merged
}

/// The lengths of a section's pieces in order, or `None` if it stays as it is.
fn piece_lengths(section: &Section<'_>) -> Option<Vec<usize>> {
    let entry = usize::try_from(section.entsize).ok().filter(|&entry| entry != 0)?;
    let data = section.data;
    let mergeable = section.has_flag(elf::SHF_MERGE)
        && section.class == Class::Constant
        && !section.has_flag(elf::SHF_WRITE)
        && section.relocations.is_empty()
        && section.size == data.len() as u64
        && !data.is_empty()
        && section.align <= MAX_PIECE_ALIGN
        && data.len().is_multiple_of(entry);
    if !mergeable {
        return None;
    }
    if !section.has_flag(elf::SHF_STRINGS) {
        if section.align > section.entsize {
            return None;
        }
        return Some(vec![entry; data.len() / entry]);
    }
    let mut lengths = Vec::new();
    let mut length = 0;
    for unit in data.chunks_exact(entry) {
        length += entry;
        if unit.iter().all(|&byte| byte == 0) {
            lengths.push(length);
            length = 0;
        }
    }
    (length == 0).then_some(lengths)
}
