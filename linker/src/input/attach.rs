//! Reads what belongs to sections: their relocations, and the groups they are members of.

use std::num::NonZeroU32;

use object::elf::{self, Rela64, SectionHeader64};
use object::{LittleEndian as LE, U32, pod};

use super::read::{EXPANSION, Reader, limit, malformed, unsupported};
use super::{Class, Group, Home, Relocation, Section, Symbols};
use crate::error::ErrorKind;

/// Relocations of one object stay below this.
const MAX_RELOCATIONS: u64 = 1 << 26;

impl<'a> Reader<'a> {
    /// Finds the relocations of each section.
    pub(super) fn attach_relocations(
        &self,
        headers: &[SectionHeader64<LE>],
        sections: &mut [Section<'a>],
        symbols: &Symbols<'a>,
    ) -> Result<(), ErrorKind> {
        let (count, symbols_len) = (headers.len(), symbols.len());
        let mut total = 0u64;
        for header in headers.iter().skip(1) {
            let kind = header.sh_type.get(LE);
            if !matches!(kind, elf::SHT_RELA | elf::SHT_REL) {
                continue;
            }
            let target = header.sh_info.get(LE);
            let Some(section) = symbols.section(target).and_then(|at| sections.get_mut(at as usize)) else {
                return malformed("sh_info of a relocation section", target, format!("below {count}"));
            };
            if matches!(section.class, Class::Dropped(_)) {
                continue;
            }
            if kind == elf::SHT_REL {
                return unsupported("REL relocations");
            }
            if header.sh_entsize.get(LE) != 24 {
                return malformed("sh_entsize of a relocation section", header.sh_entsize.get(LE), "24");
            }
            if !section.relocations.is_empty() {
                return malformed(
                    "sh_info of a relocation section",
                    target,
                    "one relocation section a section",
                );
            }
            let data = self.data(header)?;
            let Ok(table) = pod::slice_from_all_bytes::<Rela64<LE>>(data) else {
                return malformed("sh_size of a relocation section", data.len(), "a multiple of 24");
            };
            total += table.len() as u64;
            limit("relocations", total, MAX_RELOCATIONS)?;
            limit("bytes of overlapping relocations", 24 * total, EXPANSION * self.bytes.len() as u64)?;
            for raw in table {
                let symbol = Relocation::read(raw).symbol;
                if symbol as usize >= symbols_len {
                    return malformed("symbol of a relocation", symbol, format!("below {symbols_len}"));
                }
            }
            section.relocations = table;
        }
        Ok(())
    }

    /// Finds all groups, and notes in each section the one it is a member of.
    pub(super) fn groups(
        &self,
        headers: &[SectionHeader64<LE>],
        sections: &mut [Section<'a>],
        symbols: &Symbols<'a>,
    ) -> Result<Vec<Group<'a>>, ErrorKind> {
        let mut groups = Vec::new();
        for header in headers.iter().skip(1).filter(|header| header.sh_type.get(LE) == elf::SHT_GROUP) {
            let data = self.data(header)?;
            if data.len() < 4 {
                return malformed("sh_size of a group", data.len(), "a multiple of 4, at least 4");
            }
            let symbol = header.sh_info.get(LE);
            if symbol as usize >= symbols.len() {
                return malformed("sh_info of a group", symbol, format!("below {}", symbols.len()));
            }
            let name = symbols.name(symbol as usize);
            let signature = match symbols.get(symbol as usize).home {
                Home::Section(section) if name.is_empty() => sections[section as usize].name,
                _ => name,
            };
            let Ok(words) = pod::slice_from_all_bytes::<U32<LE>>(data) else {
                return malformed("sh_size of a group", data.len(), "a multiple of 4, at least 4");
            };
            let (flags, members) = (words[0].get(LE), &words[1..]);
            for member in members {
                let member = member.get(LE);
                let Some(place) = symbols.section(member).filter(|_| member != 0) else {
                    let last = headers.len().saturating_sub(1);
                    return malformed("member of a group", member, format!("1 to {last}"));
                };
                // Relocations are members beside the sections they belong to.
                let section = &mut sections[place as usize];
                if place != 0 && section.group.is_some() {
                    return malformed("member of a group", member, "a section that is in no other group");
                }
                if place != 0 {
                    section.group = NonZeroU32::new(groups.len() as u32 + 1);
                }
            }
            let comdat = flags & elf::GRP_COMDAT.0 != 0;
            groups.push(Group { signature, symbol, comdat, members, winner: None });
        }
        Ok(groups)
    }
}
