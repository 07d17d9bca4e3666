//! Relocatable ELF objects and archives to one executable image.
//!
//! In: bytes of objects and archives, and `Options`. Out: the bytes of an image, and beside it a map. Nothing is
//! opened, read or written here; the same inputs give the same bytes. The linker knows objects, sections, symbols
//! and relocations and has never heard of a task; only `verify_image` knows the rules a task host checks.
//!
//! The phases, in order: `input` reads objects, `resolve` decides what each name means, `gc` what stays, `reloc`
//! checks what each relocation asks for, `layout` gives everything that stays an address, `write` makes the bytes,
//! `validate` reads them again and compares, `map` describes them. A phase that finds errors returns all of them,
//! and no later phase runs.

mod archive;
mod buffer;
mod dwarf;
mod dynamic;
mod error;
mod expand;
mod gc;
mod hash;
mod input;
mod layout;
mod map;
mod merge;
mod options;
mod output;
mod reloc;
mod resolve;
mod suggest;
mod symbols;
mod tables;
mod unwind;
mod validate;
mod verify;
mod write;

use buffer::Buffer;

pub use error::{Error, ErrorKind, Place};
pub use input::{Archive, Input, Machine, index_archive, index_members, thin_members};
pub use map::{DroppedSection, Map, MapInput, MapSection, Stats};
pub use options::{Options, Profile};
pub use verify::{ImageNote, ImageSummary, Segment, verify_image};

/// What a link produces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// The image, ready to be written to a file or handed to a host.
    pub image: Vec<u8>,
    /// The debug file, if `Options::want_debug` asked for it: symbols at the image's addresses.
    pub debug: Option<Vec<u8>>,
    /// What lies where and why, if `Options::want_map` asked for it.
    pub map: Option<Map>,
    /// Counts of what was done.
    pub stats: Stats,
}

/// Links objects, and the archive members they need, into one image.
///
/// Objects are taken whole and in order. Archives are searched in order for names that remain undefined. All errors
/// of the first phase that finds any are returned.
pub fn link(
    options: &Options,
    objects: &[Input<'_>],
    archives: &[&Archive<'_>],
) -> Result<Linked, Vec<Error>> {
    let mut image = Vec::new();
    let linked = link_into(options, objects, archives, &mut |piece| image.extend_from_slice(piece))?;
    Ok(Linked { image, ..linked })
}

/// Like [`link`], but hands the image to `sink` piece by piece instead of keeping it: `Linked::image` is empty.
///
/// A large program is never in memory as a whole. If the link fails, what was handed over is of no use.
pub fn link_into(
    options: &Options,
    objects: &[Input<'_>],
    archives: &[&Archive<'_>],
    sink: &mut dyn FnMut(&[u8]),
) -> Result<Linked, Vec<Error>> {
    let copies = bumpalo::Bump::new();
    let resolution = resolve::resolve(options, objects, archives, &copies)?;
    let liveness = gc::mark(options, &resolution)?;
    let merged = merge::merge(&resolution, &liveness);
    let plan = reloc::scan(&resolution, &liveness, &merged)
        .map_err(|errors| suggest::add_help(errors, &resolution, archives))?;
    let layout = layout::lay_out(options, &resolution, &liveness, &merged, &plan)?;
    let cx = layout::Linking {
        options,
        resolution: &resolution,
        liveness: &liveness,
        merged: &merged,
        plan: &plan,
        layout: &layout,
    };
    let tables = (!options.profile.is_image()).then(|| tables::Tables::of_program(&cx)).transpose()?;
    let (headers, size) = tables.as_ref().map_or(((0, 0), layout.file_size), |of| (of.headers, of.end));
    let mut out = Buffer::new(size, sink);
    if options.validate {
        let mut image = Vec::with_capacity(layout.file_size as usize);
        let mut keep = |piece: &[u8]| image.extend_from_slice(piece);
        let mut kept = Buffer::new(layout.file_size, &mut keep);
        write::write(&cx, headers, &mut kept)?;
        kept.flush();
        validate::validate(&cx, &image)?;
        out.append_bytes(&image);
    } else {
        write::write(&cx, headers, &mut out)?;
    }
    if let Some(tables) = tables {
        tables.write(&cx, &mut out);
    }
    out.flush();
    let debug = options.want_debug.then(|| tables::debug_file(&cx)).transpose()?;
    let map = options.want_map.then(|| map::describe(&cx));
    Ok(Linked { stats: map::count(&cx), image: Vec::new(), debug, map })
}
