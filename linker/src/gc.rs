//! Decides which sections stay.
//!
//! In: a `Resolution`. Out: for every section that stays, the reason that first reached it. Roots are the entry, the
//! names the options keep, sections marked as retained, and notes. Edges are the relocations of sections that stay,
//! membership in a group, `__start_X` to all sections X, and from a section to those that describe it.
//!
//! Invariant: a section without a reason is not in the output, and nothing in the output refers to it; `reloc::scan`
//! checks the second half.

use std::collections::BTreeSet;

use object::elf;

use crate::error::{Error, ErrorKind, ErrorSink, Place};
use crate::hash::{IndexMap, NameMap};
use crate::input::{Class, Section, Writable};
use crate::options::Options;
use crate::resolve::{GlobalId, Resolution, SectionRef, Synthetic, Target};
use crate::unwind;

/// Why a section stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    Entry,
    Kept(GlobalId),
    Retained,
    Note,
    /// The start of a program calls it.
    Start,
    /// It describes functions that stay.
    Unwind,
    /// Nothing is dropped in this link.
    Everything,
    /// A relocation of a section that stays.
    Reference {
        from: SectionRef,
        /// Its index.
        relocation: u32,
    },
    /// Another member of its group stays.
    Group {
        with: SectionRef,
    },
    /// The section it describes stays.
    Describes {
        section: SectionRef,
    },
}

/// The sections that stay.
#[derive(Debug)]
pub(crate) struct Liveness {
    reasons: Vec<Vec<Option<Reason>>>,
    /// Common symbols that stay, in order of their names' first use.
    pub commons: Vec<GlobalId>,
    /// The descriptions of functions, with those that stay.
    pub unwind: Vec<unwind::Table>,
}

impl Liveness {
    /// Why a section stays, or `None` if it does not.
    pub fn reason(&self, at: SectionRef) -> Option<Reason> {
        self.reasons[at.object as usize][at.section as usize]
    }

    pub fn is_live(&self, at: SectionRef) -> bool {
        self.reason(at).is_some()
    }

    /// The descriptions in a section of the class for them.
    pub fn unwind_table(&self, at: SectionRef) -> Option<&unwind::Table> {
        let index = self.unwind.binary_search_by_key(&at, |table| table.at).ok()?;
        Some(&self.unwind[index])
    }

    /// Bytes of the descriptions of a section that stay.
    pub fn unwind_size(&self, at: SectionRef) -> u64 {
        self.unwind_table(at).map_or(0, |table| table.size)
    }

    /// Descriptions of functions that stay.
    pub fn descriptions(&self) -> usize {
        self.unwind.iter().map(unwind::Table::functions).sum()
    }

    /// The sections that stay, in order of input.
    pub fn live(&self) -> impl Iterator<Item = SectionRef> {
        self.reasons.iter().enumerate().flat_map(|(object, sections)| {
            sections
                .iter()
                .enumerate()
                .filter(|(_, reason)| reason.is_some())
                .map(move |(section, _)| SectionRef { object: object as u32, section: section as u32 })
        })
    }
}

/// Marks what stays, and refuses what may not stay in an image.
pub(crate) fn mark(options: &Options, resolution: &Resolution<'_>) -> Result<Liveness, Vec<Error>> {
    let mut marker = Marker::new(resolution, unwind::read(resolution)?);
    marker.mark_global(resolution.entry, Reason::Entry);
    for &name in &resolution.keep {
        marker.mark_global(name, Reason::Kept(name));
    }
    for (at, section) in resolution.sections() {
        if !options.gc {
            marker.mark(at, Reason::Everything);
        } else if section.has_flag(elf::SHF_GNU_RETAIN) {
            marker.mark(at, Reason::Retained);
        } else if section.class == Class::Note {
            marker.mark(at, Reason::Note);
        } else if is_called_by_start(resolution, section) {
            marker.mark(at, Reason::Start);
        }
    }
    marker.follow();
    let Marker { mut reasons, mut unwind, commons, .. } = marker;
    for table in &mut unwind {
        table.place_live();
        let reason = (table.size > 0).then_some(Reason::Unwind);
        reasons[table.at.object as usize][table.at.section as usize] = reason;
    }
    let liveness = Liveness { reasons, unwind, commons: commons.into_iter().collect() };
    if resolution.profile.is_image() {
        refuse_writable(resolution, &liveness)?;
    }
    Ok(liveness)
}

/// True for what the start of a program calls without naming it.
fn is_called_by_start(resolution: &Resolution<'_>, section: &Section<'_>) -> bool {
    !resolution.profile.is_image()
        && (matches!(section.class, Class::Writable(Writable::Preinit | Writable::Init | Writable::Fini))
            || matches!(section.name, b".init" | b".fini" | b".ctors" | b".dtors"))
}

struct Marker<'r, 'a> {
    resolution: &'r Resolution<'a>,
    reasons: Vec<Vec<Option<Reason>>>,
    /// Marked sections whose edges are not followed yet.
    work: Vec<SectionRef>,
    /// Sections that describe a section.
    described_by: IndexMap<SectionRef, Vec<SectionRef>>,
    /// The members of each of `Resolution::named_sets`; emptied when marked.
    sets: Vec<Vec<SectionRef>>,
    unwind: Vec<unwind::Table>,
    /// By function: the table and the entry that describe it.
    descriptions: IndexMap<SectionRef, Vec<(u32, u32)>>,
    commons: BTreeSet<GlobalId>,
}

impl<'r, 'a> Marker<'r, 'a> {
    fn new(resolution: &'r Resolution<'a>, unwind: Vec<unwind::Table>) -> Self {
        let mut descriptions: IndexMap<SectionRef, Vec<(u32, u32)>> = IndexMap::default();
        for (table, content) in unwind.iter().enumerate() {
            for (entry, description) in content.entries.iter().enumerate() {
                if let Some(function) = description.function {
                    descriptions.entry(function).or_default().push((table as u32, entry as u32));
                }
            }
        }
        let mut described_by: IndexMap<SectionRef, Vec<SectionRef>> = IndexMap::default();
        let names: NameMap<'_, usize> =
            resolution.named_sets.iter().enumerate().map(|(index, name)| (*name, index)).collect();
        let mut sets = vec![Vec::new(); resolution.named_sets.len()];
        for (at, section) in resolution.sections() {
            if let Some(described) = section.describes {
                described_by.entry(SectionRef { section: described.get(), ..at }).or_default().push(at);
            }
            if let Some(&set) = names.get(section.name) {
                sets[set].push(at);
            }
        }
        let reasons = resolution.objects.iter().map(|object| vec![None; object.sections.len()]).collect();
        Marker {
            resolution,
            reasons,
            work: Vec::new(),
            described_by,
            sets,
            unwind,
            descriptions,
            commons: BTreeSet::new(),
        }
    }

    fn mark(&mut self, at: SectionRef, reason: Reason) {
        let slot = &mut self.reasons[at.object as usize][at.section as usize];
        if slot.is_some() || self.resolution.output_of(at).is_none() {
            return;
        }
        *slot = Some(reason);
        self.work.push(at);
    }

    fn mark_global(&mut self, global: GlobalId, reason: Reason) {
        self.mark_target(self.resolution.global_target(global, true), reason);
    }

    fn mark_target(&mut self, target: Target, reason: Reason) {
        match target {
            Target::Place { section, .. } | Target::Indirect { section, .. } => self.mark(section, reason),
            Target::Common(global) => {
                self.commons.insert(global);
            }
            Target::Synthetic(Synthetic::SetStart(set) | Synthetic::SetEnd(set)) => {
                for member in std::mem::take(&mut self.sets[set as usize]) {
                    self.mark(member, reason);
                }
            }
            _ => {}
        }
    }

    fn follow(&mut self) {
        while let Some(at) = self.work.pop() {
            let resolution = self.resolution;
            let section = resolution.section(at);
            if section.class != Class::Unwind {
                self.follow_relocations(at, 0..section.relocations.len());
            }
            for (table, entry) in self.descriptions.remove(&at).unwrap_or_default() {
                self.describe(table as usize, entry as usize);
            }
            if let Some(group) = section.group() {
                for member in resolution.objects[at.object as usize].members(group) {
                    self.mark(SectionRef { section: member, ..at }, Reason::Group { with: at });
                }
            }
            for describing in self.described_by.remove(&at).unwrap_or_default() {
                self.mark(describing, Reason::Describes { section: at });
            }
        }
    }
}

impl Marker<'_, '_> {
    fn follow_relocations(&mut self, at: SectionRef, relocations: std::ops::Range<usize>) {
        let resolution = self.resolution;
        let section = resolution.section(at);
        for index in relocations {
            let relocation = section.relocation(index);
            let reason = Reason::Reference { from: at, relocation: index as u32 };
            self.mark_target(resolution.target(at.object, relocation.symbol), reason);
        }
    }

    /// A function stays, and so does what its description refers to: its handlers and their tables.
    fn describe(&mut self, table: usize, entry: usize) {
        let table = &mut self.unwind[table];
        let at = table.at;
        table.entries[entry].live = true;
        let own = table.entries[entry].relocations.clone();
        let common = table.entries[entry].common.map(|common| {
            table.entries[common as usize].live = true;
            table.entries[common as usize].relocations.clone()
        });
        self.follow_relocations(at, own);
        self.follow_relocations(at, common.unwrap_or(0..0));
    }
}

/// An image has nothing that must run before it, and only some have what a run could write to.
fn refuse_writable(resolution: &Resolution<'_>, liveness: &Liveness) -> Result<(), Vec<Error>> {
    let mut errors = ErrorSink::default();
    for at in liveness.live() {
        let Class::Writable(what) = resolution.section(at).class else { continue };
        if resolution.profile.has_data() && matches!(what, Writable::Relro | Writable::Data | Writable::Zero)
        {
            continue;
        }
        errors.push(|| {
            let place = resolution.objects[at.object as usize].place(at.section, 0);
            let error = Error::new(ErrorKind::NotReadOnly { what: what.what() }).at(place);
            match liveness.reason(at) {
                Some(Reason::Reference { from, relocation }) => {
                    let offset = resolution.section(from).relocation(relocation as usize).offset;
                    let mut place = resolution.objects[from.object as usize].place(from.section, offset);
                    place.relocation = Some("refers to it".to_owned());
                    error.at(place)
                }
                Some(Reason::Entry) => error.at(Place { object: "the entry".to_owned(), ..Place::default() }),
                _ => error,
            }
        });
    }
    errors.finish()
}
