//! Decides which sections stay.
//!
//! In: a `Resolution`. Out: for every section that stays, the reason that first reached it. Roots are the entry, the
//! names the options keep, sections marked as retained, and notes. Edges are the relocations of sections that stay,
//! membership in a group, `__start_X` to all sections X, and from a section to those that describe it.
//!
//! Invariant: a section without a reason is not in the output, and nothing in the output refers to it; `reloc::scan`
//! checks the second half.

use std::collections::HashMap;

use object::elf;

use crate::error::{Error, ErrorKind, ErrorSink, Place};
use crate::input::Class;
use crate::options::Options;
use crate::resolve::{GlobalId, Resolution, SectionRef, Synthetic, Target};

/// Why a section stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    Entry,
    Kept(GlobalId),
    Retained,
    Note,
    /// Nothing is dropped in this link.
    Everything,
    /// A relocation of a section that stays.
    Reference {
        from: SectionRef,
        offset: u64,
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
}

impl Liveness {
    /// Why a section stays, or `None` if it does not.
    pub fn reason(&self, at: SectionRef) -> Option<Reason> {
        self.reasons[at.object as usize][at.section as usize]
    }

    pub fn is_live(&self, at: SectionRef) -> bool {
        self.reason(at).is_some()
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
    let mut marker = Marker::new(resolution);
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
        }
    }
    marker.follow();
    let liveness = Liveness { reasons: marker.reasons };
    refuse_writable(resolution, &liveness)?;
    Ok(liveness)
}

struct Marker<'r, 'a> {
    resolution: &'r Resolution<'a>,
    reasons: Vec<Vec<Option<Reason>>>,
    /// Marked sections whose edges are not followed yet.
    work: Vec<SectionRef>,
    /// Sections that describe a section.
    described_by: HashMap<SectionRef, Vec<SectionRef>>,
    /// The members of each of `Resolution::named_sets`; emptied when marked.
    sets: Vec<Vec<SectionRef>>,
}

impl<'r, 'a> Marker<'r, 'a> {
    fn new(resolution: &'r Resolution<'a>) -> Self {
        let mut described_by: HashMap<SectionRef, Vec<SectionRef>> = HashMap::new();
        let names: HashMap<&[u8], usize> =
            resolution.named_sets.iter().enumerate().map(|(index, name)| (*name, index)).collect();
        let mut sets = vec![Vec::new(); resolution.named_sets.len()];
        for (at, section) in resolution.sections() {
            if let Some(described) = section.describes {
                described_by.entry(SectionRef { section: described, ..at }).or_default().push(at);
            }
            if let Some(&set) = names.get(section.name) {
                sets[set].push(at);
            }
        }
        let reasons = resolution.objects.iter().map(|object| vec![None; object.sections.len()]).collect();
        Marker { resolution, reasons, work: Vec::new(), described_by, sets }
    }

    fn mark(&mut self, at: SectionRef, reason: Reason) {
        let slot = &mut self.reasons[at.object as usize][at.section as usize];
        if slot.is_some()
            || !self.resolution.section(at).is_loadable()
            || self.resolution.lost_to(at).is_some()
        {
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
            Target::Place { section, .. } => self.mark(section, reason),
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
            for index in 0..section.relocations.len() {
                let relocation = section.relocation(index);
                let reason = Reason::Reference { from: at, offset: relocation.offset };
                self.mark_target(resolution.target(at.object, relocation.symbol), reason);
            }
            if let Some(group) = section.group {
                for &member in &resolution.objects[at.object as usize].groups[group as usize].members {
                    self.mark(SectionRef { section: member, ..at }, Reason::Group { with: at });
                }
            }
            for describing in self.described_by.remove(&at).unwrap_or_default() {
                self.mark(describing, Reason::Describes { section: at });
            }
        }
    }
}

/// An image has nothing that a run could write to or that must run before it.
fn refuse_writable(resolution: &Resolution<'_>, liveness: &Liveness) -> Result<(), Vec<Error>> {
    let mut errors = ErrorSink::default();
    for at in liveness.live() {
        let Class::Writable(what) = resolution.section(at).class else { continue };
        errors.push(|| {
            let place = resolution.objects[at.object as usize].place(at.section, 0);
            let error = Error::new(ErrorKind::NotReadOnly { what }).at(place);
            match liveness.reason(at) {
                Some(Reason::Reference { from, offset }) => {
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
