//! Describes a finished link: what lies where, why it stays, what was dropped.
//!
//! In: everything decided. Out: a `Map`, plain data that prints as text and as JSON, and `Stats`, counts that cost
//! nothing to make.

use std::fmt::{self, Write as _};

use crate::error::shorten;
use crate::gc::Reason;
use crate::input::{Class, Home, Why};
use crate::layout::{Content, Linking};
use crate::reloc::slot_value;
use crate::resolve::SectionRef;

/// What lies where and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map {
    /// In order of address.
    pub sections: Vec<MapSection>,
    /// Sections of the inputs that are not in the image, in order of input.
    pub dropped: Vec<DroppedSection>,
    /// Instructions that need a table slot, and what is in it.
    pub slots: Vec<(String, u64)>,
    /// Instructions relaxed, by kind.
    pub relaxations: Vec<(&'static str, usize)>,
    /// The counts.
    pub stats: Stats,
}

/// A range of the image that holds sections of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapSection {
    /// Where it begins.
    pub address: u64,
    /// Its size.
    pub size: u64,
    /// The largest alignment in it.
    pub align: u64,
    /// Its name, as linkers call sections of this kind.
    pub name: &'static str,
    /// What it is made of.
    pub inputs: Vec<MapInput>,
}

/// A section of an input that is in the image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapInput {
    /// Where it begins.
    pub address: u64,
    /// Its size.
    pub size: u64,
    /// Its alignment.
    pub align: u64,
    /// `object:section`, or what the linker made.
    pub name: String,
    /// The named places in it.
    pub symbols: Vec<(u64, String)>,
    /// Why it stays.
    pub kept_by: Option<String>,
}

/// A section of an input that is not in the image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DroppedSection {
    /// `object:section`.
    pub name: String,
    /// Its size.
    pub size: u64,
    /// Why it is not in the image.
    pub reason: String,
}

/// What a link did, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// Objects, including members loaded from archives.
    pub objects: usize,
    /// Of these, members of archives.
    pub members: usize,
    /// Sections that are in the image.
    pub sections: usize,
    /// Relocations of these.
    pub relocations: usize,
    /// Instructions relaxed.
    pub relaxations: usize,
    /// Table slots.
    pub slots: usize,
    /// Bytes saved by storing equal constants once.
    pub merged_bytes: u64,
    /// Bytes of the inputs that were read.
    pub input_bytes: u64,
    /// Bytes of the image.
    pub image_bytes: u64,
}

/// Counts what was done.
pub(crate) fn count(cx: &Linking<'_, '_>) -> Stats {
    let objects = &cx.resolution.objects;
    Stats {
        objects: objects.len(),
        members: objects.len() - cx.resolution.first_member,
        sections: cx.liveness.live().count(),
        relocations: cx.plan.relocations,
        relaxations: cx.plan.relaxed(),
        slots: cx.plan.slots.len(),
        merged_bytes: cx.merged.saved,
        input_bytes: objects.iter().map(|object| object.size as u64).sum(),
        image_bytes: cx.layout.file_size,
    }
}

/// Describes a link.
pub(crate) fn describe(cx: &Linking<'_, '_>) -> Map {
    let symbols = symbols_by_section(cx);
    let headers = MapSection {
        address: cx.layout.base,
        size: cx.layout.headers,
        align: 8,
        name: "headers",
        inputs: Vec::new(),
    };
    let mut sections = vec![headers];
    for chunk in &cx.layout.chunks {
        let name = chunk.output.name();
        if sections.last().is_none_or(|last| last.name != name) {
            sections.push(MapSection { address: chunk.address, size: 0, align: 1, name, inputs: Vec::new() });
        }
        let Some(section) = sections.last_mut() else { continue };
        section.size = chunk.address + chunk.size - section.address;
        section.align = section.align.max(chunk.align);
        section.inputs.push(MapInput {
            address: chunk.address,
            size: chunk.size,
            align: chunk.align,
            name: chunk.name(cx.resolution),
            symbols: match chunk.content {
                Content::Section(at) => symbols[at.object as usize][at.section as usize].clone(),
                _ => Vec::new(),
            },
            kept_by: match chunk.content {
                Content::Section(at) => cx.liveness.reason(at).map(|reason| reason_text(cx, reason)),
                _ => None,
            },
        });
    }
    Map {
        sections,
        dropped: dropped(cx),
        slots: cx
            .plan
            .slot_uses
            .iter()
            .map(|used| {
                let place =
                    cx.resolution.objects[used.at.object as usize].place(used.at.section, used.offset);
                // Checked when the slot was written.
                let value = slot_value(cx, cx.plan.slots[used.slot as usize]).unwrap_or(0);
                (place.to_string(), value as u64)
            })
            .collect(),
        relaxations: cx.plan.relaxations().into_iter().collect(),
        stats: count(cx),
    }
}

/// By object and section: addresses and names, in order of address, then of the symbol table.
fn symbols_by_section(cx: &Linking<'_, '_>) -> Vec<Vec<Vec<(u64, String)>>> {
    cx.resolution
        .objects
        .iter()
        .enumerate()
        .map(|(index, object)| {
            let mut sections = vec![Vec::new(); object.sections.len()];
            for (position, symbol) in object.symbols.iter() {
                let Home::Section(section) = symbol.home else { continue };
                let at = SectionRef { object: index as u32, section };
                let name = object.symbols.name(position as usize);
                if !name.is_empty() && cx.liveness.is_live(at) && cx.merged.pieces(at).is_none() {
                    let address = cx.layout.section_address(at).wrapping_add(symbol.value);
                    sections[section as usize].push((address, shorten(name)));
                }
            }
            sections.iter_mut().for_each(|symbols| symbols.sort_by_key(|(address, _)| *address));
            sections
        })
        .collect()
}

fn section_name(cx: &Linking<'_, '_>, at: SectionRef) -> String {
    let object = shorten(cx.resolution.objects[at.object as usize].name.as_bytes());
    format!("{object}:{}", shorten(cx.resolution.section(at).name))
}

fn reason_text(cx: &Linking<'_, '_>, reason: Reason) -> String {
    let global = |id: u32| shorten(cx.resolution.globals[id as usize].name);
    match reason {
        Reason::Entry => format!("entry `{}`", global(cx.resolution.entry)),
        Reason::Kept(id) => format!("kept name `{}`", global(id)),
        Reason::Retained => "marked as retained".to_owned(),
        Reason::Note => "note".to_owned(),
        Reason::Start => "called at the start or end".to_owned(),
        Reason::Unwind => "describes functions that stay".to_owned(),
        Reason::Everything => "nothing is dropped".to_owned(),
        Reason::Reference { from, relocation } => {
            let offset = cx.resolution.section(from).relocation(relocation as usize).offset;
            cx.resolution.objects[from.object as usize].place(from.section, offset).to_string()
        }
        Reason::Group { with } => format!("group of {}", section_name(cx, with)),
        Reason::Describes { section } => format!("describes {}", section_name(cx, section)),
    }
}

fn dropped(cx: &Linking<'_, '_>) -> Vec<DroppedSection> {
    let mut dropped = Vec::new();
    for (at, section) in cx.resolution.sections() {
        let reason = match (cx.resolution.lost_to(at), section.class) {
            _ if cx.liveness.is_live(at) && cx.merged.pieces(at).is_some() => "merged".to_owned(),
            _ if cx.liveness.is_live(at) => continue,
            (Some(winner), _) => format!("its group stays in {}", shorten(winner.name.as_bytes())),
            (None, Class::Dropped(Why::Table)) => continue,
            (None, Class::Dropped(why)) => why.text().to_owned(),
            (None, Class::Debug) => "debugging information".to_owned(),
            (None, _) if section.size == 0 => continue,
            (None, _) => "nothing refers to it".to_owned(),
        };
        dropped.push(DroppedSection { name: section_name(cx, at), size: section.size, reason });
    }
    dropped
}

impl fmt::Display for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:>10} {:>8} {:>5}  section", "address", "size", "align")?;
        for section in &self.sections {
            let MapSection { address, size, align, name, .. } = section;
            writeln!(f, "{address:>#10x} {size:>8} {align:>5}  {name}")?;
            for input in &section.inputs {
                let MapInput { address, size, align, name, .. } = input;
                write!(f, "{address:>#10x} {size:>8} {align:>5}    {name}")?;
                match &input.kept_by {
                    Some(reason) => writeln!(f, "  (kept by {reason})")?,
                    None => writeln!(f)?,
                }
                for (address, symbol) in &input.symbols {
                    writeln!(f, "{address:>#10x} {:>8} {:>5}      {symbol}", "", "")?;
                }
            }
        }
        if !self.dropped.is_empty() {
            writeln!(f, "\ndropped:")?;
            for DroppedSection { name, size, reason } in &self.dropped {
                writeln!(f, "{size:>19}        {name}  ({reason})")?;
            }
        }
        if !self.slots.is_empty() {
            writeln!(f, "\ntable slots:")?;
            self.slots.iter().try_for_each(|(place, value)| writeln!(f, "{value:>#18x}  for {place}"))?;
        }
        for (kind, count) in &self.relaxations {
            writeln!(f, "relaxed: {count} {kind}")?;
        }
        writeln!(f, "merged: {} bytes saved", self.stats.merged_bytes)
    }
}

impl Map {
    /// The map as JSON, in a stable order.
    pub fn to_json(&self) -> String {
        let mut out = String::from("{\"sections\":[");
        list(&mut out, &self.sections, |out, section| {
            let MapSection { address, size, align, name, inputs } = section;
            // Writing to a string cannot fail.
            let _ = write!(
                out,
                "{{\"name\":\"{name}\",\"address\":{address},\"size\":{size},\"align\":{align},\"inputs\":["
            );
            list(out, inputs, input_json);
            out.push_str("]}");
        });
        out.push_str("],\"dropped\":[");
        list(&mut out, &self.dropped, |out, DroppedSection { name, size, reason }| {
            let _ = write!(out, "{{\"name\":{},\"size\":{size},\"reason\":{}}}", Json(name), Json(reason));
        });
        out.push_str("],\"slots\":[");
        list(&mut out, &self.slots, |out, (place, value)| {
            let _ = write!(out, "{{\"for\":{},\"value\":{value}}}", Json(place));
        });
        out.push_str("],\"relaxations\":{");
        list(&mut out, &self.relaxations, |out, (kind, count)| {
            let _ = write!(out, "\"{kind}\":{count}");
        });
        let _ = write!(out, "}},\"merged_bytes\":{}}}", self.stats.merged_bytes);
        out
    }
}

fn input_json(out: &mut String, input: &MapInput) {
    let MapInput { address, size, align, name, symbols, kept_by } = input;
    let _ = write!(
        out,
        "{{\"name\":{},\"address\":{address},\"size\":{size},\"align\":{align},\"symbols\":[",
        Json(name)
    );
    list(out, symbols, |out, (address, symbol)| {
        let _ = write!(out, "{{\"name\":{},\"address\":{address}}}", Json(symbol));
    });
    out.push(']');
    if let Some(reason) = kept_by {
        let _ = write!(out, ",\"kept_by\":{}", Json(reason));
    }
    out.push('}');
}

fn list<T>(out: &mut String, items: &[T], mut write: impl FnMut(&mut String, &T)) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(out, item);
    }
}

/// A JSON string.
struct Json<'a>(&'a str);

impl fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' | '\\' => write!(f, "\\{c}")?,
                c if (c as u32) < 0x20 => write!(f, "\\u{:04x}", c as u32)?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}
