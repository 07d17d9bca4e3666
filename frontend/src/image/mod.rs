//! Our std after names are resolved, as bytes: the compiler is built with them, so that no compilation parses std.
//!
//! In: std as [`resolve`](crate::resolve) left it, with its texts. Out: an [`Image`], from which definitions, name
//! tables, signatures and bodies are decoded one at a time, when they are first asked for. Loading costs the same
//! whatever the size of std.
//!
//! [`sections`] is the layout, [`codec`] how values become bytes, [`build`] makes the bytes; what is in an entry
//! is known to the module that asks for it, mostly `resolve::stored`.
//!
//! The bytes are read by the compiler they were made for and no other: they are trusted, and their format has no
//! version. The same std gives the same bytes.

mod codec;
mod sections;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::rc::Rc;

use serde::de::DeserializeOwned;

use crate::ast::{self, ParseOptions};
use crate::diag::{DiagSink, ErrorReported};
use crate::hir::DefId;
use crate::resolve;
use crate::source::{SourceMap, SourceTree};
use crate::symbol::Symbol;
use crate::ty::Tcx;
use crate::ty::impls::KnownImpl;

pub(crate) use codec::Writer;
pub(crate) use sections::Part;

/// Our std, ready to be used. Made by [`Image::load`] from the bytes of [`build`].
pub struct Image {
    sections: sections::Sections,
    /// Symbols by their number here, once asked for.
    symbols: Vec<Cell<Option<Symbol>>>,
    /// Paths of definitions, once asked for.
    paths: Vec<Cell<Option<Symbol>>>,
}

/// Parses and resolves std and gives the bytes of its image. Errors in std go to the sink.
pub fn build(tree: &dyn SourceTree, root_path: &str, diag: &DiagSink) -> Result<Vec<u8>, ErrorReported> {
    let mut sources = SourceMap::default();
    let options = ParseOptions { is_std: true, ..ParseOptions::default() };
    let std = ast::parse_crate(&mut sources, tree, root_path, "std", options, diag);
    diag.has_errors()?;
    let mut writer = Writer::default();
    let hir = resolve::store(std, diag, &mut writer)?;
    writer.put(Part::Impls, &Tcx::new(&hir, diag).known_impls());
    for file in sources.files.iter() {
        writer.put(Part::Files, &file.path);
        writer.put_bytes(Part::Texts, file.text.as_bytes());
    }
    diag.has_errors()?;
    Ok(writer.finish())
}

impl Image {
    /// The image in these bytes, which [`build`] made.
    pub fn load(bytes: &'static [u8]) -> Rc<Image> {
        let sections = sections::Sections::new(bytes);
        let symbols = vec![Cell::new(None); sections.count(Part::Symbols)];
        let paths = vec![Cell::new(None); sections.count(Part::Infos)];
        Rc::new(Image { sections, symbols, paths })
    }

    /// Adds the files of std; the first of a compilation, for the spans in the image count on it.
    pub fn add_sources(self: &Rc<Self>, sources: &mut SourceMap) {
        assert!(sources.files.is_empty(), "the files of std come first");
        for number in 0..self.count(Part::Files) {
            let path: String = self.get(Part::Files, number);
            sources.add(path, self.sections.text(Part::Texts, number), true);
        }
    }

    /// How many definitions are in it: those of std outside of functions that nobody has asked for.
    pub fn def_count(&self) -> usize {
        self.count(Part::Infos)
    }

    /// The definition of this number.
    pub(crate) fn def_id(&self, index: u32) -> DefId {
        DefId { index, path: self.path(index) }
    }

    /// The impls of std, in order.
    pub(crate) fn impls(self: &Rc<Self>) -> Vec<KnownImpl> {
        self.get(Part::Impls, 0)
    }

    /// How many entries a part has.
    pub(crate) fn count(&self, part: Part) -> usize {
        self.sections.count(part)
    }

    /// An entry, which is not empty.
    pub(crate) fn get<T: DeserializeOwned>(self: &Rc<Self>, part: Part, number: usize) -> T {
        codec::decode(self, self.sections.entry(part, number))
    }

    /// An entry; `None` if it is empty.
    pub(crate) fn get_some<T: DeserializeOwned>(self: &Rc<Self>, part: Part, number: usize) -> Option<T> {
        let bytes = self.sections.entry(part, number);
        (!bytes.is_empty()).then(|| codec::decode(self, bytes))
    }

    fn symbol(&self, number: u32) -> Symbol {
        let known = &self.symbols[number as usize];
        known.get().unwrap_or_else(|| {
            let symbol = Symbol::intern_static(self.sections.text(Part::Symbols, number as usize));
            known.set(Some(symbol));
            symbol
        })
    }

    fn path(&self, index: u32) -> Symbol {
        let known = &self.paths[index as usize];
        known.get().unwrap_or_else(|| {
            let (parent, name) = self.sections.path_end(index as usize);
            let name = self.sections.text(Part::Symbols, name as usize);
            let path = match parent {
                Some(parent) => {
                    let parent = self.path(parent).as_str();
                    let mut path = String::with_capacity(parent.len() + 2 + name.len());
                    path.extend([parent, "::", name]);
                    Symbol::intern(&path)
                }
                None => Symbol::intern_static(name),
            };
            known.set(Some(path));
            path
        })
    }
}
