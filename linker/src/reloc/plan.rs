//! What `scan` decided: table slots, stubs, and which instructions belong together.

use std::collections::BTreeMap;

use super::{Relaxation, moves_with_image};
use crate::hash::IndexMap;
use crate::input::Relocation;
use crate::options::Profile;
use crate::resolve::{Resolution, SectionRef, Target};

/// A table slot and an instruction that needs it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SlotUse {
    pub at: SectionRef,
    pub offset: u64,
    pub slot: u32,
}

/// What a table slot holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Slot {
    Constant(u64),
    Address {
        target: Target,
        addend: i64,
    },
    /// An offset from the thread pointer.
    ThreadOffset {
        target: Target,
        addend: i64,
    },
    /// What the function at this place chooses when the program starts.
    Chosen {
        section: SectionRef,
        offset: u64,
    },
}

impl Slot {
    /// True if the program itself stores the slot when it starts.
    pub fn is_moved(self, profile: Profile) -> bool {
        matches!(self, Slot::Address { target, .. } if profile.moves() && moves_with_image(target))
    }
}

/// What `scan` decided.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub slots: Vec<Slot>,
    /// The slot each stub of an indirect function jumps through.
    pub stubs: Vec<u32>,
    pub(super) stub_of: IndexMap<Target, u32>,
    /// Pointers a program must move when it starts.
    pub(super) pointers: usize,
    /// In order of input.
    pub slot_uses: Vec<SlotUse>,
    pub(super) slot_of_use: IndexMap<(SectionRef, u64), u32>,
    /// Relaxed instructions by kind.
    pub(super) relaxed: [usize; Relaxation::COUNT],
    /// Relocations of sections that stay.
    pub relocations: usize,
    /// RISC-V: the index of the relocation that computes the high part at a place.
    pub(super) high_parts: IndexMap<(SectionRef, u64), u32>,
}

impl Plan {
    /// The stub of an indirect function.
    pub fn stub(&self, target: Target) -> Option<u32> {
        self.stub_of.get(&target).copied()
    }

    /// Relocations the program applies to itself.
    pub fn dynamic_relocations(&self) -> usize {
        self.pointers + self.stubs.len()
    }

    /// The slot for the relocation at a place.
    pub fn slot(&self, at: SectionRef, offset: u64) -> Option<u32> {
        self.slot_of_use.get(&(at, offset)).copied()
    }

    /// Relaxed instructions by the name of their kind.
    pub fn relaxations(&self) -> BTreeMap<&'static str, usize> {
        let mut by_name = BTreeMap::new();
        for kind in Relaxation::ALL {
            let count = self.relaxed[kind as usize];
            if count > 0 {
                *by_name.entry(kind.name()).or_insert(0) += count;
            }
        }
        by_name
    }

    /// How many instructions are relaxed.
    pub fn relaxed(&self) -> usize {
        self.relaxed.iter().sum()
    }

    /// The relocation that computes the high part for one that wants the low part, and its section.
    pub fn paired_high(
        &self,
        resolution: &Resolution<'_>,
        at: SectionRef,
        low: Relocation,
    ) -> Option<(SectionRef, Relocation)> {
        let Target::Place { section, offset, .. } = resolution.target(at.object, low.symbol) else {
            return None;
        };
        let index = *self.high_parts.get(&(section, offset))?;
        Some((section, resolution.section(section).relocation(index as usize)))
    }
}
