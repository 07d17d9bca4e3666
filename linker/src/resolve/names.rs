//! Collects what inputs define and want, and loads archive members until nothing wanted is left that they define.

use std::collections::{HashSet, VecDeque};

use bumpalo::Bump;
use object::elf;

use super::{Definition, Global, GlobalId, NO_GLOBAL, NOTHING, Resolution, Strength};
use crate::archive::Archive;
use crate::error::{Error, ErrorKind, ErrorSink, Place, shorten};
use crate::hash::NameTable;
use crate::input::{Binding, Class, Group, Home, Machine, Object, Why, read_object};
use crate::options::Profile;

const NO_OBJECT: u32 = u32::MAX;

/// A resolution in the making.
pub(super) struct Resolver<'a> {
    resolution: Resolution<'a>,
    names: NameTable<'a>,
    /// By name: the object whose group of this signature stays, or `NO_OBJECT`. Short where there are no more.
    winners: Vec<u32>,
    /// Names to look up in archives, in the order they became wanted.
    pending: VecDeque<GlobalId>,
    errors: ErrorSink,
}

impl<'a> Resolver<'a> {
    pub fn new(profile: Profile, machine: Machine, flags: u32) -> Self {
        Resolver {
            resolution: Resolution {
                profile,
                machine,
                flags,
                objects: Vec::new(),
                first_member: 0,
                globals: Vec::new(),
                outputs: Vec::new(),
                symbol_globals: Vec::new(),
                named_sets: Vec::new(),
                entry: NO_GLOBAL,
                keep: Vec::new(),
            },
            names: NameTable::default(),
            winners: Vec::new(),
            pending: VecDeque::new(),
            errors: ErrorSink::default(),
        }
    }

    /// Makes room for the names of so many symbols, of which half are local or seen before.
    pub fn expect(&mut self, symbols: usize) {
        self.names.reserve(symbols / 2);
        self.resolution.globals.reserve(symbols / 2);
    }

    pub fn intern(&mut self, name: &'a [u8]) -> GlobalId {
        let globals = &mut self.resolution.globals;
        self.names.number(name, || {
            globals.push(Global { name, definition: None, meaning: NOTHING, wanted: false });
            globals.len() as GlobalId - 1
        })
    }

    pub fn want(&mut self, id: GlobalId) {
        let global = &mut self.resolution.globals[id as usize];
        if !global.wanted {
            global.wanted = true;
            self.pending.push_back(id);
        }
    }

    pub fn add(&mut self, mut object: Object<'a>) {
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
        let symbols = &object.symbols;
        let globals: Vec<GlobalId> = (0..symbols.len())
            .map(|position| match symbols.is_local(position) {
                true => NO_GLOBAL,
                false => self.intern(symbols.name(position)),
            })
            .collect();
        for group in 0..object.groups.len() {
            if object.groups[group].comdat {
                self.add_group(&mut object, index, group, &globals);
            }
        }
        for (position, &id) in globals.iter().enumerate().filter(|&(_, &id)| id != NO_GLOBAL) {
            self.add_symbol(&object, index, position as u32, id);
        }
        self.resolution.symbol_globals.push(globals);
        self.resolution.objects.push(object);
    }

    /// The resolution, or everything that was wrong.
    pub fn finish(self) -> Result<Resolution<'a>, Vec<Error>> {
        self.errors.finish()?;
        Ok(self.resolution)
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

    /// Of groups with one signature the first stays.
    fn add_group(&mut self, object: &mut Object<'a>, object_index: u32, group: usize, globals: &[GlobalId]) {
        let Group { signature, symbol, .. } = object.groups[group];
        let id = match globals[symbol as usize] {
            NO_GLOBAL => self.intern(signature),
            id => id,
        };
        self.winners.resize(self.winners.len().max(id as usize + 1), NO_OBJECT);
        let winner = &mut self.winners[id as usize];
        if *winner == NO_OBJECT {
            *winner = object_index;
            return;
        }
        object.groups[group].winner = Some(*winner);
        let members: Vec<u32> = object.members(group).collect();
        for section in members {
            object.sections[section as usize].class = Class::Dropped(Why::Group);
        }
    }

    /// Adds a global symbol of the object that will have the index `object_index`.
    fn add_symbol(&mut self, object: &Object<'a>, object_index: u32, position: u32, id: GlobalId) {
        let symbol = object.symbols.get(position as usize);
        let lost = match symbol.home {
            Home::Section(section) => {
                let group = object.sections[section as usize].group();
                group.is_some_and(|group| object.groups[group].winner.is_some())
            }
            _ => false,
        };
        if symbol.home == Home::Undefined || lost {
            if symbol.binding == Binding::Global {
                self.want(id);
            }
            return;
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
                let name = shorten(object.symbols.name(position as usize));
                self.errors.push(|| {
                    Error::new(ErrorKind::DuplicateSymbol { name })
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
    }

    /// Loads members until no wanted name remains that an archive defines.
    pub fn load_members(&mut self, archives: &[&Archive<'a>], copies: &'a Bump) {
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
                read_object(self.resolution.profile, &name, bytes, copies)
            });
            match parsed {
                Ok(object) => self.add(object),
                Err(error) => {
                    self.errors.push(|| error);
                }
            }
        }
    }
}

/// The place of a definition, without looking for what covers it: the symbol itself does.
fn definition_place(object: &Object<'_>, symbol: u32) -> Place {
    let symbol = object.symbols.get(symbol as usize);
    Place {
        object: shorten(object.name.as_bytes()),
        section: match symbol.home {
            Home::Section(section) => Some((shorten(object.sections[section as usize].name), symbol.value)),
            _ => None,
        },
        ..Place::default()
    }
}
