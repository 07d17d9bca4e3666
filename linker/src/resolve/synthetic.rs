//! The names a linker defines, where inputs refer to them and do not define them.

use super::Resolution;
use crate::hash::NameMap;
use crate::options::Profile;
use crate::output::Output;

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

/// By global name, what the linker defines it as. Fills `Resolution::named_sets`.
pub(super) fn define(resolution: &mut Resolution<'_>) -> Vec<Option<Synthetic>> {
    let mut sets = Sets { indices: NameMap::default(), wanted: Vec::new() };
    let mut found: Vec<Option<Synthetic>> = resolution
        .globals
        .iter()
        .enumerate()
        .map(|(id, global)| match global.definition {
            Some(_) => None,
            None => fixed(resolution.profile, global.name).or_else(|| sets.bound(id, global.name)),
        })
        .collect();
    if !sets.wanted.is_empty() {
        sets.keep_existing(resolution, &mut found);
    }
    found
}

/// A name that means the same in every link.
fn fixed(profile: Profile, name: &[u8]) -> Option<Synthetic> {
    Some(match name {
        b"__ehdr_start" | b"__executable_start" => Synthetic::ImageStart,
        b"_GLOBAL_OFFSET_TABLE_" if !profile.has_data() => Synthetic::ImageStart,
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
        b"__rela_iplt_start" if profile == Profile::Static => Synthetic::Start(Output::Relocations),
        b"__rela_iplt_end" if profile == Profile::Static => Synthetic::End(Output::Relocations),
        b"__rela_iplt_start" | b"__rela_iplt_end" => Synthetic::ImageEnd,
        b"_DYNAMIC" if profile == Profile::StaticPie => Synthetic::Start(Output::Dynamic),
        _ => return None,
    })
}

/// The sets of sections that `__start_X` and `__stop_X` ask for.
struct Sets<'a> {
    /// Names X by first mention.
    indices: NameMap<'a, u32>,
    /// The global names that ask for them.
    wanted: Vec<(usize, &'a [u8])>,
}

impl<'a> Sets<'a> {
    /// What a name means, if sections with the name in it exist.
    fn bound(&mut self, id: usize, name: &'a [u8]) -> Option<Synthetic> {
        let (set, is_end) = match (name.strip_prefix(b"__start_"), name.strip_prefix(b"__stop_")) {
            (Some(set), _) => (set, false),
            (None, Some(set)) => (set, true),
            (None, None) => return None,
        };
        if !is_identifier(set) {
            return None;
        }
        let next = self.indices.len() as u32;
        let index = *self.indices.entry(set).or_insert(next);
        self.wanted.push((id, set));
        Some(if is_end { Synthetic::SetEnd(index) } else { Synthetic::SetStart(index) })
    }

    /// Takes back what was said about sets that no section belongs to.
    fn keep_existing(self, resolution: &mut Resolution<'a>, found: &mut [Option<Synthetic>]) {
        let mut exists = vec![false; self.indices.len()];
        for (_, section) in resolution.sections().filter(|(_, section)| section.is_loadable()) {
            if let Some(&index) = self.indices.get(section.name) {
                exists[index as usize] = true;
            }
        }
        let mut places = vec![None; exists.len()];
        for (id, set) in self.wanted {
            let index = self.indices[set] as usize;
            if !exists[index] {
                found[id] = None;
                continue;
            }
            let sets = &mut resolution.named_sets;
            let place = *places[index].get_or_insert_with(|| {
                sets.push(set);
                sets.len() as u32 - 1
            });
            found[id] = found[id].map(|synthetic| match synthetic {
                Synthetic::SetEnd(_) => Synthetic::SetEnd(place),
                _ => Synthetic::SetStart(place),
            });
        }
    }
}

fn is_identifier(name: &[u8]) -> bool {
    let head = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
    name.first().is_some_and(head) && name.iter().all(|byte| head(byte) || byte.is_ascii_digit())
}
