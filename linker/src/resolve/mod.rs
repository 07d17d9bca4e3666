//! Decides what every name means, and which archive members a link needs.
//!
//! In: objects in order, archives in order. Out: a `Resolution`: all objects, including the members loaded, and one
//! `Global` a name. A strong definition beats a common one, which beats a weak one; the first weak one wins, commons
//! grow to the largest. Of groups with one signature the first stays and the definitions in the others become
//! references. Strong references load members; weak references and commons load nothing. Visibility has no effect: an
//! image exports nothing.
//!
//! Invariant: the order of inputs decides every order. Maps are only looked up in, never walked.

mod names;
mod synthetic;

use bumpalo::Bump;
use object::elf;

use crate::archive::Archive;
use crate::error::{Error, ErrorKind, ErrorSink, shorten};
use crate::input::{Binding, Class, Home, Input, Machine, Object, Section, Symbol, read_object};
use crate::options::{Options, Profile};
use crate::output::Output;
use names::Resolver;

pub(crate) use synthetic::Synthetic;

/// The index of a global name in `Resolution::globals`.
pub(crate) type GlobalId = u32;

/// A section of an object of the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SectionRef {
    pub object: u32,
    pub section: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Weak,
    Common,
    Strong,
}

/// The definition of a name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Definition {
    pub object: u32,
    pub symbol: u32,
    /// The size, for a common symbol the largest seen.
    pub size: u64,
    strength: Strength,
}

/// One global name.
#[derive(Debug)]
pub(crate) struct Global<'a> {
    pub name: &'a [u8],
    pub definition: Option<Definition>,
    /// What it means, once all names are resolved.
    meaning: Target,
    /// Some input refers to it strongly.
    wanted: bool,
}

/// What a reference means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    /// Strong and not defined.
    Undefined(GlobalId),
    /// A value that does not move with the image: absolute, or an undefined weak symbol (0).
    Constant {
        value: u64,
        undefined: bool,
    },
    /// A place in a section. `is_section` if the symbol is the section's own.
    Place {
        section: SectionRef,
        offset: u64,
        is_section: bool,
    },
    /// A function that chooses another when the program starts.
    Indirect {
        section: SectionRef,
        offset: u64,
    },
    /// A common symbol, which needs zeroed memory.
    Common(GlobalId),
    Synthetic(Synthetic),
    /// A place in a section that was dropped before any decision about liveness.
    Discarded {
        section: SectionRef,
    },
}

/// Everything `resolve` decided.
#[derive(Debug)]
pub(crate) struct Resolution<'a> {
    pub profile: Profile,
    pub machine: Machine,
    pub flags: u32,
    pub objects: Vec<Object<'a>>,
    /// Where members begin in `objects`.
    pub first_member: usize,
    pub globals: Vec<Global<'a>>,
    /// By object and section: where it goes if it stays. Says the same as the sections do, in fewer bytes.
    outputs: Vec<Vec<Option<Output>>>,
    /// By object and symbol: the global name, or `NO_GLOBAL`.
    symbol_globals: Vec<Vec<GlobalId>>,
    /// The section names X for which `__start_X` or `__stop_X` was made.
    pub named_sets: Vec<&'a [u8]>,
    pub entry: GlobalId,
    pub keep: Vec<GlobalId>,
}

const NO_GLOBAL: GlobalId = u32::MAX;

/// What a weak reference to a name that is not defined means.
const NOTHING: Target = Target::Constant { value: 0, undefined: true };

/// Resolves all names of a link. Objects that must be changed are copied to `copies`.
pub(crate) fn resolve<'a>(
    options: &'a Options,
    inputs: &[Input<'a>],
    archives: &[&Archive<'a>],
    copies: &'a Bump,
) -> Result<Resolution<'a>, Vec<Error>> {
    let mut errors = ErrorSink::default();
    let mut objects = Vec::with_capacity(inputs.len());
    for input in inputs {
        match read_object(options.profile, input.name, input.bytes, copies) {
            Ok(object) => objects.push(object),
            Err(error) => {
                errors.push(|| error);
            }
        }
    }
    if inputs.is_empty() {
        errors.push(|| Error::new(ErrorKind::NoInput));
    }
    errors.finish()?;
    let machine = options.machine.unwrap_or(objects[0].machine);
    let flags = if machine == Machine::Riscv64 { objects[0].flags } else { 0 };
    let mut resolver = Resolver::new(options.profile, machine, flags);
    let entry = resolver.intern(options.entry.as_bytes());
    resolver.want(entry);
    let keep: Vec<GlobalId> = options.keep.iter().map(|name| resolver.intern(name.as_bytes())).collect();
    for &name in &keep {
        resolver.want(name);
    }
    let first_member = objects.len();
    resolver.expect(objects.iter().map(|object| object.symbols.len()).sum());
    for object in objects {
        resolver.add(object);
    }
    resolver.load_members(archives, copies);
    let mut resolution = resolver.finish()?;
    resolution.settle();
    (resolution.first_member, resolution.entry, resolution.keep) = (first_member, entry, keep);
    check_roots(&resolution)?;
    Ok(resolution)
}

/// The entry must be code and everything kept must be defined.
fn check_roots(resolution: &Resolution<'_>) -> Result<(), Vec<Error>> {
    let mut errors = ErrorSink::default();
    let entry = &resolution.globals[resolution.entry as usize];
    let name = shorten(entry.name);
    match resolution.global_target(resolution.entry, false) {
        Target::Place { section, .. } if resolution.section(section).class == Class::Code => {}
        Target::Undefined(_) => {
            errors.push(|| Error::new(ErrorKind::NoEntry { name }));
        }
        _ => {
            errors.push(|| Error::new(ErrorKind::EntryNotCode { name }));
        }
    }
    for &kept in &resolution.keep {
        let name = resolution.globals[kept as usize].name;
        if matches!(resolution.global_target(kept, false), Target::Undefined(_)) {
            errors.push(|| {
                Error::new(ErrorKind::UndefinedSymbol { name: shorten(name) }).help("the options keep it")
            });
        }
    }
    errors.finish()
}

impl<'a> Resolution<'a> {
    pub fn section(&self, at: SectionRef) -> &Section<'a> {
        &self.objects[at.object as usize].sections[at.section as usize]
    }

    /// All sections, in order of input.
    pub fn sections(&self) -> impl Iterator<Item = (SectionRef, &Section<'a>)> {
        self.objects.iter().enumerate().flat_map(|(object, content)| {
            content.sections.iter().enumerate().map(move |(section, data)| {
                (SectionRef { object: object as u32, section: section as u32 }, data)
            })
        })
    }

    /// Where a section goes if it stays.
    pub fn output_of(&self, at: SectionRef) -> Option<Output> {
        self.outputs[at.object as usize][at.section as usize]
    }

    /// The object whose group stayed instead of this section's, if it lost.
    pub fn lost_to(&self, at: SectionRef) -> Option<&Object<'a>> {
        let object = &self.objects[at.object as usize];
        let group = object.sections[at.section as usize].group()?;
        Some(&self.objects[object.groups[group].winner? as usize])
    }

    /// The global name of a symbol, if it has one.
    pub fn global_of(&self, object: u32, symbol: u32) -> Option<GlobalId> {
        Some(self.symbol_globals[object as usize][symbol as usize]).filter(|&id| id != NO_GLOBAL)
    }

    /// What a symbol of an object means.
    pub fn target(&self, object: u32, symbol: u32) -> Target {
        match self.global_of(object, symbol) {
            Some(global) => match self.globals[global as usize].meaning {
                Target::Undefined(_) if self.symbol(object, symbol).binding == Binding::Weak => NOTHING,
                meaning => meaning,
            },
            None => self.own_target(object, self.symbol(object, symbol)),
        }
    }

    /// What a global name means to a reference that is weak or not.
    pub fn global_target(&self, id: GlobalId, weak: bool) -> Target {
        match self.globals[id as usize].meaning {
            Target::Undefined(_) if weak => NOTHING,
            meaning => meaning,
        }
    }

    fn symbol(&self, object: u32, symbol: u32) -> Symbol {
        self.objects[object as usize].symbols.get(symbol as usize)
    }

    /// Notes what each global name means: what inputs define, then what the linker does.
    fn settle(&mut self) {
        let output = |section: &Section<'_>| Output::of(section.class);
        self.outputs =
            self.objects.iter().map(|object| object.sections.iter().map(output).collect()).collect();
        let synthetic = synthetic::define(self);
        for (id, synthetic) in synthetic.into_iter().enumerate() {
            let meaning = match (self.globals[id].definition, synthetic) {
                (Some(Definition { object, symbol, .. }), _) => match self.symbol(object, symbol) {
                    Symbol { home: Home::Common, .. } => Target::Common(id as GlobalId),
                    symbol => self.own_target(object, symbol),
                },
                (None, Some(synthetic)) => Target::Synthetic(synthetic),
                (None, None) => Target::Undefined(id as GlobalId),
            };
            self.globals[id].meaning = meaning;
        }
    }

    fn own_target(&self, object: u32, symbol: Symbol) -> Target {
        match symbol.home {
            // A common symbol is never local.
            Home::Undefined | Home::Common => NOTHING,
            Home::Absolute => Target::Constant { value: symbol.value, undefined: false },
            Home::Section(section) => {
                let section = SectionRef { object, section };
                if self.output_of(section).is_none() {
                    Target::Discarded { section }
                } else if symbol.kind == elf::STT_GNU_IFUNC {
                    Target::Indirect { section, offset: symbol.value }
                } else {
                    let is_section = symbol.kind == elf::STT_SECTION;
                    Target::Place { section, offset: symbol.value, is_section }
                }
            }
        }
    }

    /// The size of what a symbol of an object means.
    pub fn size_of(&self, object: u32, symbol: u32) -> u64 {
        let definition = self.global_of(object, symbol).map(|id| self.globals[id as usize].definition);
        match definition {
            Some(Some(definition)) => self.symbol(definition.object, definition.symbol).size,
            Some(None) => 0,
            None => self.symbol(object, symbol).size,
        }
    }
}
