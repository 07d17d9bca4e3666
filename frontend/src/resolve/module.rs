//! Name tables: what each module, enum, trait and block declares, and what is known of each definition.

use std::ops::{Index, IndexMut};
use std::rc::Rc;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::hash::FastHash;
use crate::hir::{CrateId, DefId, PrimTy, Res, Table, VariantShape, Visibility};
use crate::index::Idx;
use crate::source::Span;
use crate::symbol::Symbol;

crate::newtype_index!(
    /// A scope with names of its own: see [`Module`].
    ModId,
    "mod"
);

/// A map with a cheap hash that keeps the order of insertion.
pub(super) type FxMap<K, V> = IndexMap<K, V, FastHash>;

/// A namespace.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub(super) enum Ns {
    /// Modules, types, traits.
    Type,
    /// Functions, constants, constructors, locals.
    Value,
}

pub(super) const BOTH: [Ns; 2] = [Ns::Type, Ns::Value];

impl Ns {
    pub(super) fn descr(self) -> &'static str {
        match self {
            Ns::Type => "type",
            Ns::Value => "value",
        }
    }
}

/// What a scope belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) enum ModuleKind {
    /// A module or crate root.
    Mod,
    /// An enum: its variants.
    Enum,
    /// A trait: its items.
    Trait,
    /// A block with items in it, inside the body of this definition.
    Block(DefId),
}

/// A scope with names of its own.
pub(super) struct Module {
    pub(super) kind: ModuleKind,
    /// The definition; of a block the nearest module's.
    pub(super) def: DefId,
    pub(super) krate: CrateId,
    /// The scope around it.
    pub(super) parent: Option<ModId>,
    /// The nearest scope that is a module: itself or one of its ancestors.
    pub(super) normal: ModId,
    pub(super) names: FxMap<(Symbol, Ns), Binding>,
    /// Traits imported `as _`.
    pub(super) unnamed_traits: Vec<(DefId, Visibility)>,
    /// [`super::Resolver::traits_in_scope`], once computed.
    pub(super) traits: Option<Rc<[DefId]>>,
    /// Of a block: names of all variables of the body it is in, once that is lowered.
    pub(super) locals: Vec<Symbol>,
}

impl Module {
    pub(super) fn get(&self, name: Symbol, ns: Ns) -> Option<Binding> {
        self.names.get(&(name, ns)).copied()
    }
}

/// All scopes.
#[derive(Default)]
pub(super) struct Modules(pub(super) Table<Module>);

impl Modules {
    pub(super) fn next_index(&self) -> ModId {
        ModId::new(self.0.len())
    }
    pub(super) fn push(&mut self, module: Module) {
        self.0.push(module);
    }
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
    pub(super) fn iter(&self) -> impl Iterator<Item = &Module> + '_ {
        self.0.iter()
    }
}

impl Index<ModId> for Modules {
    type Output = Module;
    fn index(&self, id: ModId) -> &Module {
        &self.0[id.index()]
    }
}
impl IndexMut<ModId> for Modules {
    fn index_mut(&mut self, id: ModId) -> &mut Module {
        &mut self.0[id.index()]
    }
}

/// How a name came into a scope.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) enum Origin {
    /// Declared there.
    Item,
    /// Named by the import of this number.
    Import(u32),
    /// Brought in by the glob import of this number; anything else shadows it.
    Glob(u32),
}

/// What a name stands for in a scope.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Binding {
    pub(super) res: Res,
    pub(super) vis: Visibility,
    pub(super) origin: Origin,
    pub(super) span: Span,
    /// Another glob brings in something else under the same name.
    pub(super) ambiguous: Option<Span>,
}

/// What is known of a definition before it is lowered.
#[derive(Serialize, Deserialize)]
pub(super) struct Info {
    pub(super) id: DefId,
    pub(super) krate: CrateId,
    pub(super) parent: Option<DefId>,
    pub(super) name: Symbol,
    pub(super) span: Span,
    pub(super) vis: Visibility,
    pub(super) kind: Kind,
    /// Its names, for modules, enums and traits.
    pub(super) module: Option<ModId>,
    /// Its generic parameters, once lowered: name, definition, whether a constant.
    pub(super) params: Vec<(Symbol, DefId, bool)>,
    /// Types of its constant parameters, by position among types and constants; `None` for types.
    pub(super) const_params: Vec<Option<PrimTy>>,
    /// How many impls and the like were numbered in it.
    pub(super) numbered: u32,
}

/// Kinds of definitions, as messages tell them apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) enum Kind {
    Mod,
    Struct(VariantShape),
    Enum,
    Variant(VariantShape),
    Trait,
    TyAlias,
    AssocTy,
    Fn,
    AssocFn { has_self: bool },
    Const,
    AssocConst,
    Static,
    Impl { of_trait: bool },
    TyParam,
    LifetimeParam,
    ConstParam,
    AnonConst,
    Closure,
    Opaque,
}

impl Kind {
    /// As rustc calls it.
    pub(super) fn descr(self) -> &'static str {
        match self {
            Kind::Mod => "module",
            Kind::Struct(_) => "struct",
            Kind::Enum => "enum",
            Kind::Variant(_) => "variant",
            Kind::Trait => "trait",
            Kind::TyAlias => "type alias",
            Kind::AssocTy => "associated type",
            Kind::Fn => "function",
            Kind::AssocFn { has_self: true } => "method",
            Kind::AssocFn { has_self: false } => "associated function",
            Kind::Const => "constant",
            Kind::AssocConst => "associated constant",
            Kind::Static => "static",
            Kind::Impl { .. } => "implementation",
            Kind::TyParam => "type parameter",
            Kind::LifetimeParam => "lifetime parameter",
            Kind::ConstParam => "const parameter",
            Kind::AnonConst => "constant expression",
            Kind::Closure => "closure",
            Kind::Opaque => "opaque type",
        }
    }
}
