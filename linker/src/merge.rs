//! Stores equal constants once.
//!
//! In: sections that stay and allow merging. Out: `Merged`, the pools that replace them, and for each such section
//! where its pieces went. A piece is `entsize` bytes, or a string with its terminator. Pieces of sections with the
//! same flags, entry size and alignment share a pool; the first one seen is placed first. Tails are not shared.
//!
//! A section is left as it is if it has relocations, if its size is not a multiple of its entry size, if its last
//! string has no terminator, or if its pieces are aligned so much that they would take more room apart. Strings of
//! debugging information go the same way, in pools of their own that `dwarf` keeps.

use object::elf;

use crate::gc::Liveness;
use crate::hash::{IndexMap, NameTable};
use crate::input::{Class, Section};
use crate::resolve::{Resolution, SectionRef};

/// Each piece is placed at the alignment of its section; above this, merging would cost more than it saves.
const MAX_PIECE_ALIGN: u32 = 32;

/// Pieces of one link; an image that needs more is larger than it may be, or not worth the memory.
const MAX_PIECES: usize = 1 << 22;

/// Bytes of a pool, so that offsets in it are small.
const MAX_POOL: usize = 1 << 31;

/// Pieces of one kind, each once.
#[derive(Debug)]
pub(crate) struct Pool {
    pub align: u64,
    pub bytes: Vec<u8>,
    /// The first section that contributed.
    pub first: SectionRef,
}

/// Where each piece of a pool is, while pieces are added.
pub(crate) type Known<'a> = NameTable<'a>;

/// Where the pieces of one section went.
#[derive(Debug)]
pub(crate) struct Pieces {
    pub pool: u32,
    /// Offset in the section and offset in the pool, in order of the first.
    places: Vec<(u32, u32)>,
    /// For each block of the section, the piece that its first byte is in.
    blocks: Vec<u32>,
}

/// Bytes of a section for which one piece is remembered.
const BLOCK: usize = 64;

/// All pools, and the sections they replace.
#[derive(Debug, Default)]
pub(crate) struct Merged {
    pub pools: Vec<Pool>,
    sections: Vec<Pieces>,
    /// By object and section: the index in `sections`, or `UNMERGED`. Short where nothing more is merged.
    index: Vec<Vec<u32>>,
    /// Bytes that merging saved.
    pub saved: u64,
}

const UNMERGED: u32 = u32::MAX;

impl Merged {
    /// Where the pieces of a section went, if it was merged.
    pub fn pieces(&self, at: SectionRef) -> Option<&Pieces> {
        let &index = self.index.get(at.object as usize)?.get(at.section as usize)?;
        self.sections.get(index as usize)
    }

    fn insert(&mut self, at: SectionRef, pieces: Pieces) {
        let (object, section) = (at.object as usize, at.section as usize);
        self.index.resize_with(self.index.len().max(object + 1), Vec::new);
        let sections = &mut self.index[object];
        sections.resize(sections.len().max(section + 1), UNMERGED);
        sections[section] = self.sections.len() as u32;
        self.sections.push(pieces);
    }
}

impl Pieces {
    /// The offset in the pool of an offset in the section, which must be inside it.
    pub fn find(&self, offset: u64) -> Option<u64> {
        let wanted = u32::try_from(offset).ok()?;
        let mut piece = *self.blocks.get(wanted as usize / BLOCK)? as usize;
        while self.places.get(piece + 1).is_some_and(|&(start, _)| start <= wanted) {
            piece += 1;
        }
        let &(start, place) = self.places.get(piece)?;
        Some(u64::from(place) + u64::from(wanted - start))
    }
}

impl Pool {
    /// An empty pool.
    pub fn new(align: u64, first: SectionRef) -> Pool {
        Pool { align, bytes: Vec::new(), first }
    }

    /// Adds the pieces of a section that are not there yet; `None` if it cannot be cut or is too much.
    pub fn add<'a>(&mut self, pool: u32, known: &mut Known<'a>, section: &Section<'a>) -> Option<Pieces> {
        let data = section.data;
        if data.len() >= MAX_POOL - self.bytes.len().min(MAX_POOL) || !is_whole(section) {
            return None;
        }
        let entry = section.entsize as usize;
        let mut places = Vec::new();
        let mut blocks = Vec::with_capacity(data.len().div_ceil(BLOCK));
        let mut start = 0;
        while start < data.len() {
            let length = match (section.has_flag(elf::SHF_STRINGS), entry) {
                (false, _) => entry,
                (true, 1) => memchr::memchr(0, &data[start..])? + 1,
                (true, _) => {
                    let zero = |unit: &[u8]| unit.iter().all(|&byte| byte == 0);
                    (data[start..].chunks_exact(entry).position(zero)? + 1) * entry
                }
            };
            let piece = &data[start..start + length];
            let bytes = &mut self.bytes;
            let place = known.number(piece, || {
                bytes.resize(bytes.len().next_multiple_of(self.align as usize), 0);
                bytes.extend_from_slice(piece);
                (bytes.len() - piece.len()) as u32
            });
            // Blocks that begin in this piece.
            blocks.resize((start + length).div_ceil(BLOCK), places.len() as u32);
            places.push((start as u32, place));
            start += length;
        }
        Some(Pieces { pool, places, blocks })
    }
}

impl Pieces {
    fn len(&self) -> usize {
        self.places.len()
    }
}

/// Merges what may be merged.
pub(crate) fn merge(resolution: &Resolution<'_>, liveness: &Liveness) -> Merged {
    let mut merged = Merged::default();
    let mut pools: IndexMap<(u32, u32, u32), u32> = IndexMap::default();
    let mut known: Vec<Known<'_>> = Vec::new();
    let (mut before, mut pieces) = (0u64, 0usize);
    for at in liveness.live() {
        let section = resolution.section(at);
        if !is_mergeable(section) {
            continue;
        }
        if pieces > MAX_PIECES
            || merged.pools.iter().any(|pool| pool.bytes.len() as u64 > resolution.profile.limit())
        {
            break; // What follows stays as it is.
        }
        let kind = elf::SHF_STRINGS.0 as u32 & section.flags;
        let pool = *pools.entry((kind, section.entsize, section.align)).or_insert_with(|| {
            merged.pools.push(Pool::new(section.align(), at));
            known.push(Known::default());
            merged.pools.len() as u32 - 1
        });
        let index = pool as usize;
        if let Some(found) = merged.pools[index].add(pool, &mut known[index], section) {
            pieces += found.len();
            before += section.size;
            merged.insert(at, found);
        }
    }
    let after: u64 = merged.pools.iter().map(|pool| pool.bytes.len() as u64).sum();
    merged.saved = before.saturating_sub(after);
    merged
}

/// True if merging does not change what a section means, and may pay.
fn is_mergeable(section: &Section<'_>) -> bool {
    section.has_flag(elf::SHF_MERGE)
        && section.class == Class::Constant
        && !section.has_flag(elf::SHF_WRITE)
        && section.relocations.is_empty()
        && section.align <= MAX_PIECE_ALIGN
        && (section.has_flag(elf::SHF_STRINGS) || section.align <= section.entsize)
}

/// True if a section is made of whole pieces.
fn is_whole(section: &Section<'_>) -> bool {
    let (data, entry) = (section.data, section.entsize as usize);
    !data.is_empty()
        && section.size == data.len() as u64
        && entry != 0
        && data.len().is_multiple_of(entry)
        && (!section.has_flag(elf::SHF_STRINGS) || data[data.len() - entry..].iter().all(|&byte| byte == 0))
}
