//! What definitions are known by.

use std::fmt;

use crate::symbol::Symbol;

/// A definition, in any crate. The index decides within a program; the path is for printing.
#[derive(Clone, Copy)]
pub struct DefId {
    /// Index into [`Hir::defs`].
    pub index: u32,
    /// Full path, as `std::vec::Vec` or `main::area`; impls are `{impl#n}`, closures `{closure#n}`.
    pub path: Symbol,
}

impl DefId {
    /// Last segment of the path.
    pub fn name(self) -> &'static str {
        let path = self.path.as_str();
        path.rsplit("::").next().unwrap_or(path)
    }
    /// Segment before the last.
    pub fn parent_name(self) -> &'static str {
        self.path.as_str().rsplit("::").nth(1).unwrap_or("")
    }
}
impl PartialEq for DefId {
    fn eq(&self, other: &Self) -> bool {
        // The path too: types are interned for the whole process, and programs checked one after the other in it
        // (tests do) must not share definitions.
        self.index == other.index && self.path == other.path
    }
}
impl Eq for DefId {}
impl std::hash::Hash for DefId {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}
impl PartialOrd for DefId {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for DefId {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.index.cmp(&other.index)
    }
}
impl fmt::Debug for DefId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.path, f)
    }
}
