//! The program after names are resolved: definitions, items, and bodies in which every path says what it means.
//!
//! In: the AST of all crates (our `std` and the user's). Out: a [`Hir`], one table for all crates, indexed by
//! [`DefId`]. Types are still as written ([`HirTy`]); paths that need types (`Vec::new`, `T::Item`, `x.f`) are
//! resolved up to the part names alone can decide. Desugared already: `for`, `while`, `?`, `println!` and the
//! other built-in macros, derives, elided nothing.

pub mod body;
mod def;
mod def_id;
mod generics;
pub mod print;
pub mod table;
mod types;

use std::cell::OnceCell;
use std::rc::Rc;

use crate::hash::FastMap;
use crate::image::Image;
use crate::index::{Idx, IndexVec};
use crate::source::{Edition, Span};
use crate::symbol::Symbol;
use crate::ty::Mutability;

pub use body::*;
pub use def::*;
pub use def_id::DefId;
pub use generics::*;
pub use table::Table;
pub use types::*;

crate::newtype_index!(
    /// A crate of the compilation: 0 is our std, 1 the user's.
    CrateId,
    "crate"
);

/// All definitions and bodies.
#[derive(Default)]
pub struct Hir {
    /// Every definition, by `DefId::index`. Those inside bodies of std appear when the body is first asked for.
    pub defs: Rc<Table<Def>>,
    /// Bodies of functions, constants, statics, anonymous constants, by [`BodyId`]; closures are inside their
    /// body. Ask with [`Hir::body`].
    pub bodies: Rc<Table<OnceCell<Body>>>,
    /// Lowers the signatures and bodies nobody has asked for yet.
    pub source: Option<Rc<dyn OnDemand>>,
    /// Definitions with `#[lang = "…"]` (or our `#[skeleton = "…"]`, under `skeleton:…`), by name. The
    /// variants of an enum that is a lang item are lang items under their own names (`Some`, `Break`).
    pub lang_items: FastMap<Symbol, DefId>,
    /// The root module of each crate.
    pub roots: IndexVec<CrateId, DefId>,
    /// The editions of the crates that are not in the newest; ask with [`Hir::edition`].
    pub editions: FastMap<CrateId, Edition>,
    /// Our std, if it comes from an image. Its definitions are decoded when they are looked at.
    pub image: Option<Rc<Image>>,
}

impl Hir {
    /// What the crate of a definition is written in.
    pub fn edition(&self, id: DefId) -> Edition {
        self.editions.get(&self.def(id).krate).copied().unwrap_or_default()
    }
    /// The definition.
    pub fn def(&self, id: DefId) -> &Def {
        &self.defs[id.index as usize]
    }
    /// The body, lowered now if this is the first time it is asked for.
    pub fn body(&self, id: BodyId) -> &Body {
        self.bodies[id.index()].get_or_init(|| match &self.source {
            Some(source) => source.lower_body(id),
            None => crate::bug!("no source for {id}"),
        })
    }
    /// The body of a function, constant, static or anonymous constant, if it has one.
    pub fn body_id_of(&self, def: DefId) -> Option<BodyId> {
        match &self.def(def).kind {
            DefKind::Fn(f) => f.body,
            DefKind::Const { body, .. } => *body,
            DefKind::Static { body, .. } | DefKind::AnonConst { body, .. } => Some(*body),
            _ => None,
        }
    }
    /// The generic parameters a definition declares.
    pub fn generics(&self, def: DefId) -> Option<&Generics> {
        match &self.def(def).kind {
            DefKind::Struct(adt) | DefKind::Enum(adt) => Some(&adt.generics),
            DefKind::Trait(t) => Some(&t.generics),
            DefKind::TyAlias(generics, _)
            | DefKind::AssocTy { generics, .. }
            | DefKind::Const { generics, .. } => Some(generics),
            DefKind::Fn(f) => Some(&f.generics),
            DefKind::Impl(i) => Some(&i.generics),
            _ => None,
        }
    }
    /// Whether something of this visibility may be named inside `from` (a body's owner, an item, a module).
    pub fn is_accessible(&self, vis: Visibility, from: DefId) -> bool {
        let Visibility::Restricted(within) = vis else { return true };
        let mut at = Some(from);
        while let Some(def) = at {
            if def == within {
                return true;
            }
            at = self.def(def).parent;
        }
        false
    }
    /// A lang item our std must have.
    pub fn lang(&self, name: &str) -> DefId {
        match self.lang_items.get(&Symbol::intern(name)) {
            Some(&def) => def,
            None => crate::bug!("std has no lang item `{name}`"),
        }
    }
    /// All definitions of a crate in order. For all crates but std this does not look at std.
    pub fn defs_of(&self, krate: CrateId) -> impl Iterator<Item = &Def> + '_ {
        let stored = self.image.as_ref().map_or(0, |image| image.def_count());
        let first = if krate == CrateId::new(0) { 0 } else { stored };
        self.defs.iter_from(first).filter(move |def| def.krate == krate)
    }
    /// Whether a definition is in this crate; cheap for definitions of std nobody has looked at.
    pub fn is_in(&self, def: DefId, krate: CrateId) -> bool {
        match &self.image {
            Some(image) if (def.index as usize) < image.def_count() => krate == CrateId::new(0),
            _ => self.def(def).krate == krate,
        }
    }
    /// All definitions in order, with all of std.
    pub fn def_ids(&self) -> impl Iterator<Item = DefId> + '_ {
        self.defs.iter().map(|d| d.id)
    }
}

/// Lowers parts of std on demand: std is large and a program reaches little of it. An error in it is a bug of ours.
pub trait OnDemand {
    /// Lowers a function's signature; once for each.
    fn lower_fn(&self, def: DefId) -> FnDef;
    /// Lowers a body; once for each.
    fn lower_body(&self, id: BodyId) -> Body;
}
