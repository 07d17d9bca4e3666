//! What can change behind a shared reference, which a static must not.

use super::*;
use crate::hash::FastSet;

/// Why a type is none for a static.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unshareable {
    /// In Rust it may be one: what can change is guarded.
    Guarded(Ty),
    /// Not in Rust either: this is not `Sync`.
    Cell(Ty),
}

impl Tcx<'_> {
    /// The part of a type that can change behind a shared reference. What a `LazyLock` or
    /// `OnceLock` does the first time does not count.
    pub fn unshareable_part(&self, ty: Ty) -> Option<Unshareable> {
        self.find_cell(ty, None, &mut FastSet::default())
    }

    /// `within` is the outermost type of std around `ty`.
    fn find_cell(&self, ty: Ty, within: Option<(DefId, Ty)>, seen: &mut FastSet<Ty>) -> Option<Unshareable> {
        if !seen.insert(ty) {
            return None;
        }
        match *ty.kind() {
            TyKind::Array(t, _) | TyKind::Slice(t) | TyKind::Ref(_, t, _) | TyKind::RawPtr(t, _) => {
                self.find_cell(t, within, seen)
            }
            TyKind::Tuple(types) => types.iter().find_map(|&t| self.find_cell(t, within, seen)),
            TyKind::Adt(def, args) => {
                let lang = self.hir.def(def).attrs.lang;
                if lang.is_some_and(|l| l == "unsafe_cell") {
                    let (outer, ty) = within.unwrap_or((def, ty));
                    let in_sync = outer.path.as_str().starts_with("std::sync::");
                    return Some(if in_sync { Unshareable::Guarded(ty) } else { Unshareable::Cell(ty) });
                }
                if lang.is_some_and(|l| l == "LazyLock" || l == "OnceLock") {
                    return args.first().and_then(|a| self.find_cell(a.as_type()?, None, seen));
                }
                // What a type of std holds for the user is the user's to explain.
                let held =
                    args.iter().filter_map(|a| a.as_type()).find_map(|t| self.find_cell(t, None, seen));
                if held.is_some() {
                    return held;
                }
                let within = within.or(self.is_std(def).then_some((def, ty)));
                (0..self.variants(def).len()).find_map(|v| {
                    (0..self.variants(def)[v].fields.len())
                        .find_map(|f| self.find_cell(self.field_ty(def, v, f, args), within, seen))
                })
            }
            _ => None,
        }
    }
}
