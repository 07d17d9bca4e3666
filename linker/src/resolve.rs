//! Decides what every name means, and which archive members a link needs.
//!
//! In: objects in order, archives in order. Out: a `Resolution`: all objects, including the members loaded, and one
//! `Global` a name. A strong definition beats a common one, which beats a weak one; the first weak one wins, commons
//! grow to the largest. Of groups with one signature the first stays and the definitions in the others become
//! references. Strong references load members; weak references and commons load nothing. Visibility has no effect: an
//! image exports nothing.
//!
//! Invariant: the order of inputs decides every order. Maps are only looked up in, never walked.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet, VecDeque};

use object::elf;

use crate::archive::Archive;
use crate::error::{Error, ErrorKind, ErrorSink, Place, shorten};
use crate::index_hash::IndexMap;
use crate::input::{Binding, Class, Home, Input, Machine, Object, Symbol, parse_object};
use crate::options::{Options, Profile};
use crate::output::Output;

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

/// A name the linker defines if inputs refer to it and do not define it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Synthetic {
    /// The first byte of the image.
    ImageStart,
    /// The end of the code.
    CodeEnd,
    /// The end of what the file holds.
    DataEnd,
    /// The end of the image.
    ImageEnd,
    /// The table of slots.
    Table,
    /// The first byte of a section of the output; the end of the image if there is none.
    Start(Output),
    /// The end of it.
    End(Output),
    /// The first byte of the sections with the name of an index in `Resolution::named_sets`.
    SetStart(u32),
    /// The end of them.
    SetEnd(u32),
}

/// One global name.
#[derive(Debug)]
pub(crate) struct Global<'a> {
    pub name: &'a [u8],
    pub definition: Option<Definition>,
    pub synthetic: Option<Synthetic>,
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
    names: HashMap<&'a [u8], GlobalId>,
    /// By object and symbol: the global name, or `NO_GLOBAL`.
    symbol_globals: Vec<Vec<GlobalId>>,
    /// Sections of groups that lost, by object and section: the index of the winner's object.
    lost: IndexMap<SectionRef, u32>,
    /// The section names X for which `__start_X` or `__stop_X` was made.
    pub named_sets: Vec<&'a [u8]>,
    pub entry: GlobalId,
    pub keep: Vec<GlobalId>,
}

const NO_GLOBAL: GlobalId = u32::MAX;

/// Resolves all names of a link.
pub(crate) fn resolve<'a>(
    options: &'a Options,
    inputs: &[Input<'a>],
    archives: &[&Archive<'a>],
) -> Result<Resolution<'a>, Vec<Error>> {
    let mut errors = ErrorSink::default();
    let mut objects = Vec::with_capacity(inputs.len());
    for input in inputs {
        match parse_object(options.profile, input.name, input.bytes) {
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
    for object in objects {
        resolver.add(object);
    }
    resolver.load_members(archives);
    resolver.define_synthetic();
    resolver.errors.finish()?;
    let mut resolution = resolver.resolution;
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

struct Resolver<'a> {
    resolution: Resolution<'a>,
    /// The winner of each signature.
    signatures: HashMap<&'a [u8], u32>,
    /// Names to look up in archives, in the order they became wanted.
    pending: VecDeque<GlobalId>,
    errors: ErrorSink,
}

impl<'a> Resolver<'a> {
    fn new(profile: Profile, machine: Machine, flags: u32) -> Self {
        Resolver {
            resolution: Resolution {
                profile,
                machine,
                flags,
                objects: Vec::new(),
                first_member: 0,
                globals: Vec::new(),
                names: HashMap::new(),
                symbol_globals: Vec::new(),
                lost: IndexMap::default(),
                named_sets: Vec::new(),
                entry: NO_GLOBAL,
                keep: Vec::new(),
            },
            signatures: HashMap::new(),
            pending: VecDeque::new(),
            errors: ErrorSink::default(),
        }
    }

    fn intern(&mut self, name: &'a [u8]) -> GlobalId {
        let globals = &mut self.resolution.globals;
        *self.resolution.names.entry(name).or_insert_with(|| {
            globals.push(Global { name, definition: None, synthetic: None, wanted: false });
            globals.len() as GlobalId - 1
        })
    }

    fn want(&mut self, id: GlobalId) {
        let global = &mut self.resolution.globals[id as usize];
        if !global.wanted {
            global.wanted = true;
            self.pending.push_back(id);
        }
    }

    fn add(&mut self, object: Object<'a>) {
        if object.machine != self.resolution.machine {
            let kind = ErrorKind::WrongMachine {
                found: object.machine.name().to_owned(),
                expected: self.resolution.machine.name(),
            };
            self.errors.push(|| Error::in_object(kind, &object.name));
            return;
        }
        self.add_flags(&object);
        let index = self.resolution.objects.len() as u32;
        for group in object.groups.iter().filter(|group| group.comdat) {
            match self.signatures.entry(group.signature) {
                Entry::Vacant(first) => {
                    first.insert(index);
                }
                Entry::Occupied(winner) => {
                    let members = group.members.iter().map(|&section| SectionRef { object: index, section });
                    self.resolution.lost.extend(members.map(|section| (section, *winner.get())));
                }
            }
        }
        let mut globals = vec![NO_GLOBAL; object.symbols.len()];
        for (position, symbol) in object.symbols.iter().enumerate() {
            if symbol.binding != Binding::Local {
                globals[position] = self.add_symbol(&object, index, position as u32, symbol);
            }
        }
        self.resolution.symbol_globals.push(globals);
        self.resolution.objects.push(object);
    }

    /// RISC-V objects say which extensions and which calling convention they use.
    fn add_flags(&mut self, object: &Object<'_>) {
        if object.machine != Machine::Riscv64 {
            return;
        }
        let float_abi = elf::EF_RISCV_FLOAT_ABI;
        if (object.flags ^ self.resolution.flags) & float_abi != 0 {
            let kind = ErrorKind::WrongMachine {
                found: format!("riscv64 with calling convention flags {:#x}", object.flags),
                expected: "riscv64 with those of the first object",
            };
            self.errors.push(|| Error::in_object(kind, &object.name));
        }
        self.resolution.flags |= object.flags;
    }

    /// Adds a global symbol of the object that will have the index `object_index`.
    fn add_symbol(
        &mut self,
        object: &Object<'a>,
        object_index: u32,
        position: u32,
        symbol: &Symbol<'a>,
    ) -> GlobalId {
        let id = self.intern(symbol.name);
        let lost = match symbol.home {
            Home::Section(section) => {
                self.resolution.lost.contains_key(&SectionRef { object: object_index, section })
            }
            _ => false,
        };
        if symbol.home == Home::Undefined || lost {
            if symbol.binding == Binding::Global {
                self.want(id);
            }
            return id;
        }
        let strength = match (symbol.home, symbol.binding) {
            (Home::Common, _) => Strength::Common,
            (_, Binding::Weak) => Strength::Weak,
            _ => Strength::Strong,
        };
        let new = Definition { object: object_index, symbol: position, size: symbol.size, strength };
        let global = &mut self.resolution.globals[id as usize];
        match &mut global.definition {
            None => global.definition = Some(new),
            Some(old) if old.strength == Strength::Strong && strength == Strength::Strong => {
                let old = *old;
                let first = match self.resolution.objects.get(old.object as usize) {
                    Some(other) => definition_place(other, old.symbol),
                    None => definition_place(object, old.symbol),
                };
                self.errors.push(|| {
                    Error::new(ErrorKind::DuplicateSymbol { name: shorten(symbol.name) })
                        .at(first)
                        .at(definition_place(object, position))
                });
            }
            Some(old) if old.strength == Strength::Common && strength == Strength::Common => {
                old.size = old.size.max(new.size);
            }
            Some(old) if strength > old.strength => *old = new,
            Some(_) => {}
        }
        id
    }

    /// Loads members until no wanted name remains that an archive defines.
    fn load_members(&mut self, archives: &[&Archive<'a>]) {
        let mut loaded = HashSet::new();
        let mut bytes_left: Vec<u64> = archives.iter().map(|archive| archive.size()).collect();
        while let Some(id) = self.pending.pop_front() {
            let global = &self.resolution.globals[id as usize];
            if global.definition.is_some() {
                continue;
            }
            let name = global.name;
            let found = archives
                .iter()
                .enumerate()
                .find_map(|(index, archive)| archive.find(name).map(|member| (index, member)));
            let Some((index, member)) = found else { continue };
            if !loaded.insert((index, member)) {
                continue;
            }
            let parsed = archives[index].member(member).and_then(|(name, bytes)| {
                let overlap = || ErrorKind::MalformedArchive { reason: "its members overlap".to_owned() };
                bytes_left[index] = bytes_left[index]
                    .checked_sub(bytes.len() as u64)
                    .ok_or_else(|| Error::in_object(overlap(), &archives[index].name))?;
                parse_object(self.resolution.profile, &name, bytes)
            });
            match parsed {
                Ok(object) => self.add(object),
                Err(error) => {
                    self.errors.push(|| error);
                }
            }
        }
    }

    /// Defines the names that are the linker's to define, where inputs refer to them and do not.
    fn define_synthetic(&mut self) {
        let mut set_ids = HashMap::new();
        let section_names: HashSet<&[u8]> = self
            .resolution
            .sections()
            .filter(|(_, section)| section.is_loadable() && is_identifier(section.name))
            .map(|(_, section)| section.name)
            .collect();
        for id in 0..self.resolution.globals.len() {
            let global = &self.resolution.globals[id];
            if global.definition.is_some() {
                continue;
            }
            let name = global.name;
            let set = |prefix: &[u8]| name.strip_prefix(prefix).filter(|set| section_names.contains(set));
            let is_image = self.resolution.profile.is_image();
            let synthetic = match name {
                b"__ehdr_start" | b"__executable_start" => Synthetic::ImageStart,
                b"_GLOBAL_OFFSET_TABLE_" if is_image => Synthetic::ImageStart,
                b"_GLOBAL_OFFSET_TABLE_" => Synthetic::Table,
                b"etext" | b"_etext" => Synthetic::CodeEnd,
                b"edata" | b"_edata" | b"__bss_start" => Synthetic::DataEnd,
                b"end" | b"_end" => Synthetic::ImageEnd,
                b"__preinit_array_start" => Synthetic::Start(Output::Preinit),
                b"__preinit_array_end" => Synthetic::End(Output::Preinit),
                b"__init_array_start" => Synthetic::Start(Output::Init),
                b"__init_array_end" => Synthetic::End(Output::Init),
                b"__fini_array_start" => Synthetic::Start(Output::Fini),
                b"__fini_array_end" => Synthetic::End(Output::Fini),
                // Programs that move apply these with all their other relocations.
                b"__rela_iplt_start" if self.resolution.profile == Profile::Static => {
                    Synthetic::Start(Output::Relocations)
                }
                b"__rela_iplt_end" if self.resolution.profile == Profile::Static => {
                    Synthetic::End(Output::Relocations)
                }
                b"__rela_iplt_start" | b"__rela_iplt_end" => Synthetic::ImageEnd,
                b"_DYNAMIC" if self.resolution.profile == Profile::StaticPie => {
                    Synthetic::Start(Output::Dynamic)
                }
                _ => {
                    let (set, end) = match (set(b"__start_"), set(b"__stop_")) {
                        (Some(set), _) => (set, false),
                        (None, Some(set)) => (set, true),
                        (None, None) => continue,
                    };
                    let sets = &mut self.resolution.named_sets;
                    let index = *set_ids.entry(set).or_insert_with(|| {
                        sets.push(set);
                        sets.len() as u32 - 1
                    });
                    if end { Synthetic::SetEnd(index) } else { Synthetic::SetStart(index) }
                }
            };
            self.resolution.globals[id].synthetic = Some(synthetic);
        }
    }
}

/// The place of a definition, without looking for what covers it: the symbol itself does.
fn definition_place(object: &Object<'_>, symbol: u32) -> Place {
    let symbol = &object.symbols[symbol as usize];
    Place {
        object: shorten(object.name.as_bytes()),
        section: match symbol.home {
            Home::Section(section) => Some((shorten(object.sections[section as usize].name), symbol.value)),
            _ => None,
        },
        ..Place::default()
    }
}

fn is_identifier(name: &[u8]) -> bool {
    let head = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
    name.first().is_some_and(head) && name.iter().all(|byte| head(byte) || byte.is_ascii_digit())
}

impl<'a> Resolution<'a> {
    pub fn section(&self, at: SectionRef) -> &crate::input::Section<'a> {
        &self.objects[at.object as usize].sections[at.section as usize]
    }

    /// All sections, in order of input.
    pub fn sections(&self) -> impl Iterator<Item = (SectionRef, &crate::input::Section<'a>)> {
        self.objects.iter().enumerate().flat_map(|(object, content)| {
            content.sections.iter().enumerate().map(move |(section, data)| {
                (SectionRef { object: object as u32, section: section as u32 }, data)
            })
        })
    }

    /// The object whose group stayed instead of this section's, if it lost.
    pub fn lost_to(&self, at: SectionRef) -> Option<&Object<'a>> {
        self.lost.get(&at).map(|&winner| &self.objects[winner as usize])
    }

    /// The global name of a symbol, if it has one.
    pub fn global_of(&self, object: u32, symbol: u32) -> Option<GlobalId> {
        Some(self.symbol_globals[object as usize][symbol as usize]).filter(|&id| id != NO_GLOBAL)
    }

    /// What a symbol of an object means.
    pub fn target(&self, object: u32, symbol: u32) -> Target {
        let data = &self.objects[object as usize].symbols[symbol as usize];
        match self.global_of(object, symbol) {
            Some(global) => self.global_target(global, data.binding == Binding::Weak),
            None => self.own_target(object, data),
        }
    }

    /// What a global name means to a reference that is weak or not.
    pub fn global_target(&self, id: GlobalId, weak: bool) -> Target {
        let global = &self.globals[id as usize];
        match (global.definition, global.synthetic) {
            (Some(definition), _) => {
                let symbol = &self.objects[definition.object as usize].symbols[definition.symbol as usize];
                match symbol.home {
                    Home::Common => Target::Common(id),
                    _ => self.own_target(definition.object, symbol),
                }
            }
            (None, Some(synthetic)) => Target::Synthetic(synthetic),
            (None, None) if weak => Target::Constant { value: 0, undefined: true },
            (None, None) => Target::Undefined(id),
        }
    }

    fn own_target(&self, object: u32, symbol: &Symbol<'_>) -> Target {
        match symbol.home {
            // A common symbol is never local.
            Home::Undefined | Home::Common => Target::Constant { value: 0, undefined: true },
            Home::Absolute => Target::Constant { value: symbol.value, undefined: false },
            Home::Section(section) => {
                let section = SectionRef { object, section };
                let is_section = symbol.kind == elf::STT_SECTION;
                if self.lost.contains_key(&section) || !self.section(section).is_loadable() {
                    Target::Discarded { section }
                } else if symbol.kind == elf::STT_GNU_IFUNC {
                    Target::Indirect { section, offset: symbol.value }
                } else {
                    Target::Place { section, offset: symbol.value, is_section }
                }
            }
        }
    }

    /// The size of what a symbol of an object means.
    pub fn size_of(&self, object: u32, symbol: u32) -> u64 {
        let definition = self.global_of(object, symbol).map(|id| self.globals[id as usize].definition);
        match definition {
            Some(Some(definition)) => {
                self.objects[definition.object as usize].symbols[definition.symbol as usize].size
            }
            Some(None) => 0,
            None => self.objects[object as usize].symbols[symbol as usize].size,
        }
    }
}
