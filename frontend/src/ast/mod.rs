//! Source text to our own tree: parsing with `syn`, modules, `cfg`, macros, derives.
//!
//! In: a [`SourceTree`] and the path of a root file. Out: a [`Crate`] without macro calls; what was wrong is in the
//! sink. `syn` is not seen outside this module.
//!
//! Read in this order: [`syntax`], `modules` (files), `convert` (one file a syntactic category), `expand` (macros and
//! derives), [`print`](mod@print).
//!
//! Nothing is skipped: what we do not accept is an error of [`unsupported`]. Hostile input is refused by depth
//! (`nesting`, `cx::DEPTH_LIMIT`); callers that accept any input run the front end on a stack of 64 MiB or more.

mod cfg;
mod convert;
mod cx;
mod expand;
mod modules;
mod nesting;
pub mod print;
pub mod syntax;
#[cfg(test)]
mod tests;
pub mod unsupported;

pub use syntax::*;

use crate::diag::DiagSink;
use crate::source::{Edition, SourceMap, SourceTree};
use crate::symbol::Symbol;

/// How a crate is parsed.
#[derive(Clone, Copy, Default, Debug)]
pub struct ParseOptions {
    /// Keep `#[cfg(test)]` items and `#[test]` functions.
    pub cfg_test: bool,
    /// The crate is our standard library: `unsafe`, raw pointers and intrinsics are allowed.
    pub is_std: bool,
    /// What the crate is written in.
    pub edition: Edition,
    /// The crate beside our std that it may name: the library of its package.
    pub library: Option<Symbol>,
}

/// Parses a crate: the root file and the files of its modules. Always returns a tree, of what could be parsed.
pub fn parse_crate(
    sources: &mut SourceMap,
    tree: &dyn SourceTree,
    root_path: &str,
    crate_name: &str,
    options: ParseOptions,
    diag: &DiagSink,
) -> Crate {
    let krate = parse_one(cx::Cx::new(sources, tree, crate_name, options, diag), root_path).0;
    // Tokens are dropped by now; their positions would otherwise stay until the thread ends.
    proc_macro2::extra::invalidate_current_thread_spans();
    krate
}

/// Parses the library of a package, given by its root file and name, and then a crate that may name it and use the macros
/// it exports. The crate comes first in the result.
pub fn parse_with_library(
    sources: &mut SourceMap,
    tree: &dyn SourceTree,
    library: (&str, &str),
    (root_path, crate_name): (&str, &str),
    options: ParseOptions,
    diag: &DiagSink,
) -> Vec<Crate> {
    let (library_root, name) = library;
    let own = ParseOptions { cfg_test: false, library: None, ..options };
    let (library, exported) = parse_one(cx::Cx::new(sources, tree, name, own, diag), library_root);
    let mut cx = cx::Cx::new(sources, tree, crate_name, options, diag);
    cx.library_macros = exported;
    let (krate, _) = parse_one(cx, root_path);
    proc_macro2::extra::invalidate_current_thread_spans();
    vec![krate, library]
}

/// A crate, and the macros that paths reach in it.
fn parse_one(mut cx: cx::Cx<'_>, root_path: &str) -> (Crate, cx::NamedMacros) {
    let (items, span) = cx.root_module(root_path);
    let (is_std, edition) = (cx.options.is_std, cx.options.edition);
    let krate = Crate { name: cx.crate_name, is_std, edition, items, marks: cx.marks, span };
    (krate, cx.path_macros)
}
