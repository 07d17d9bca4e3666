//! Names: decides what every path means, and turns the AST into HIR.
//!
//! In: the AST of all crates, std first. Out: a [`Hir`]. Errors go to the sink; the result is whole anyway, with
//! [`Res::Error`] and the like where something was wrong.
//!
//! Read in this order: [`module`] (the tables), [`collect`] (every item gets a [`DefId`] and a name in its
//! module), [`imports`] (`use`, to a fixed point), [`path`] (what a path means in a place), [`item`] and [`types`]
//! (signatures), [`body`] with [`expr`], [`pat`] and [`desugar`] (bodies), [`suggest`] and [`diagnostics`].
//!
//! The user's crates are lowered at once. Of std, functions wait until their signature or [`Hir::body`] is first
//! asked for: std is large, and a program reaches little of it. A function of std that declares items does not
//! wait, so that after [`resolve`] every impl is known. Whatever is wrong in what waited is a bug of ours.
//!
//! Invariants: a name in scope by glob never hides one that is written out; locals are compared with their
//! hygiene mark, everything else by name alone; every [`DefId`] in the result has its [`Def`].

mod body;
mod bound_lifetimes;
mod collect;
mod desugar;
mod diagnostics;
mod expr;
mod imports;
mod item;
mod module;
mod pat;
mod path;
mod stored;
mod suggest;
#[cfg(test)]
mod tests;
mod types;

use std::cell::{OnceCell, RefCell};
use std::rc::{Rc, Weak};

use crate::ast;
use crate::diag::DiagSink;
use crate::hash::FastMap;
use crate::hir::*;
use crate::image::{Image, Part};
use crate::index::{Idx, IndexVec};
use crate::source::{Edition, Span};
use crate::symbol::Symbol;

use body::{PendingBody, Unasked};
use collect::Node;
use imports::{Glob, Import};
use module::{FxMap, Info, Kind, Module, ModuleKind, Modules, Ns};

pub(crate) use module::ModId;
pub(crate) use stored::store;

/// Resolves all names. `crates` has std first, then the user's, each named.
pub fn resolve(crates: Vec<ast::Crate>, diag: &DiagSink) -> Hir {
    resolve_with(crates, None, diag).1
}

/// Resolves all names of crates that use our std, which was resolved before.
pub fn resolve_with_std(image: &Rc<Image>, crates: Vec<ast::Crate>, diag: &DiagSink) -> Hir {
    resolve_with(crates, Some(image), diag).1
}

fn resolve_with(crates: Vec<ast::Crate>, image: Option<&Rc<Image>>, diag: &DiagSink) -> (Rc<Waiting>, Hir) {
    let source = Rc::new(Waiting(RefCell::new(None)));
    let weak: Weak<Waiting> = Rc::downgrade(&source);
    let mut resolver = match image {
        Some(image) => Resolver::with_std(weak, image),
        None => Resolver::new(weak),
    };
    let mut std_end = 0;
    for krate in crates {
        let is_std = krate.is_std;
        resolver.collect_crate(krate);
        if is_std {
            std_end = resolver.nodes.len();
        }
    }
    resolver.resolve_imports();
    let nodes = std::mem::take(&mut resolver.nodes);
    for (i, node) in nodes.into_iter().enumerate() {
        resolver.lazy = i < std_end;
        resolver.lower_node(node);
    }
    resolver.lazy = false;
    resolver.lower_eager_bodies();
    for diagnostic in resolver.diag.take() {
        diag.emit(diagnostic);
    }
    let (defs, bodies) = (resolver.defs.clone(), resolver.bodies.clone());
    let (lang_items, roots) = (resolver.lang_items.clone(), resolver.roots.clone());
    let editions = resolver.editions.clone();
    source.0.replace(Some(resolver));
    let image = image.cloned();
    let hir = Hir { defs, bodies, lang_items, roots, editions, source: Some(source.clone()), image };
    (source, hir)
}

/// The resolver, kept for what nobody has asked for yet; `None` until [`resolve`] is done.
struct Waiting(RefCell<Option<Resolver>>);

impl Waiting {
    /// Lowers something that waited, and what it contains.
    fn lower<T>(&self, owner: DefId, lower: impl FnOnce(&mut Resolver) -> Option<T>) -> T {
        let mut slot = self.0.borrow_mut();
        let Some(resolver) = slot.as_mut() else { crate::bug!("`{owner:?}` is asked for during resolution") };
        let Some(lowered) = lower(resolver) else { crate::bug!("`{owner:?}` was lowered before") };
        resolver.lower_eager_bodies();
        if let Some(d) = resolver.diag.take().first() {
            crate::bug!("in `{owner:?}` of std: {} {}", d.code, d.message);
        }
        lowered
    }
}

impl OnDemand for Waiting {
    fn lower_fn(&self, def: DefId) -> FnDef {
        self.lower(def, |resolver| {
            let node = resolver.take_waiting_fn(def)?;
            resolver.lazy = true;
            let f = resolver.lower_fn(node);
            resolver.lazy = false;
            f
        })
    }

    fn lower_body(&self, id: BodyId) -> Body {
        let unasked = self.0.borrow_mut().as_mut().and_then(|r| r.pending[id.index()].take());
        match unasked {
            Some(Unasked::Waiting(pending)) => {
                self.lower(pending.owner, |resolver| Some(resolver.lower_body(pending)))
            }
            Some(Unasked::Lowered(body)) => body,
            None => crate::bug!("{id} was lowered before"),
        }
    }
}

/// All that is known of names.
struct Resolver {
    /// Where this resolver will be kept: what waits refers to it.
    source: Weak<dyn OnDemand>,
    /// Own sink: [`resolve`] hands its content on.
    diag: DiagSink,
    defs: Rc<Table<Def>>,
    bodies: Rc<Table<OnceCell<Body>>>,
    lang_items: FastMap<Symbol, DefId>,
    roots: IndexVec<CrateId, DefId>,
    /// Macro expansions of each crate, by the `ctxt` of their identifiers.
    marks: IndexVec<CrateId, OnceCell<Vec<ast::Mark>>>,
    /// By `DefId::index`.
    infos: Table<Info>,
    modules: Modules,
    /// Root scopes of crates by the names they are known under.
    crate_names: FxMap<Symbol, ModId>,
    /// Our std, if it is among the crates.
    std: Option<CrateId>,
    /// `std::prelude::v1`.
    prelude: Option<ModId>,
    prims: FxMap<Symbol, PrimTy>,
    imports: Vec<Import>,
    globs: Vec<Glob>,
    /// The editions of the crates that are not in the newest.
    editions: FastMap<CrateId, Edition>,
    /// How many of the imports and globs are resolved.
    resolved_imports: (usize, usize),
    /// Items that are collected and not lowered.
    nodes: Vec<Node>,
    /// Functions of std whose signatures are not lowered; those of the image are there.
    waiting_fns: FxMap<DefId, Node>,
    /// Bodies that are not lowered, by [`BodyId`].
    pending: Table<Option<Unasked>>,
    /// Those of them that must be lowered before [`resolve`] or a method of [`OnDemand`] ends.
    eager: Vec<BodyId>,
    /// Whether functions and bodies met now may wait.
    lazy: bool,
    kw: Keywords,
    /// The list shared by all that have none.
    no_symbols: Rc<[Symbol]>,
    /// Where paths of definitions are put together.
    path_buffer: String,
    /// Std, if it was not among the crates.
    image: Option<Rc<Image>>,
}

/// Names with a meaning of their own.
#[derive(Clone, Copy)]
struct Keywords {
    empty: Symbol,
    underscore: Symbol,
    self_value: Symbol,
    self_type: Symbol,
    super_: Symbol,
    crate_: Symbol,
    static_lifetime: Symbol,
    elided_lifetime: Symbol,
}

impl Resolver {
    fn new(source: Weak<dyn OnDemand>) -> Self {
        Resolver {
            source,
            diag: DiagSink::default(),
            defs: Rc::default(),
            bodies: Rc::default(),
            lang_items: FastMap::default(),
            roots: IndexVec::new(),
            marks: IndexVec::new(),
            infos: Table::default(),
            modules: Modules::default(),
            crate_names: FxMap::default(),
            editions: FastMap::default(),
            std: None,
            prelude: None,
            prims: primitive_types(),
            imports: Vec::new(),
            globs: Vec::new(),
            resolved_imports: (0, 0),
            nodes: Vec::new(),
            waiting_fns: FxMap::default(),
            pending: Table::default(),
            eager: Vec::new(),
            lazy: false,
            no_symbols: Rc::from([]),
            path_buffer: String::new(),
            image: None,
            kw: Keywords {
                empty: Symbol::intern(""),
                underscore: Symbol::intern("_"),
                self_value: Symbol::intern("self"),
                self_type: Symbol::intern("Self"),
                super_: Symbol::intern("super"),
                crate_: Symbol::intern("crate"),
                static_lifetime: Symbol::intern("'static"),
                elided_lifetime: Symbol::intern("'_"),
            },
        }
    }

    /// What a crate is written in.
    fn edition(&self, krate: CrateId) -> Edition {
        self.editions.get(&krate).copied().unwrap_or_default()
    }

    fn info(&self, def: DefId) -> &Info {
        &self.infos[def.index as usize]
    }

    /// A new definition inside `parent`; its [`Def`] is set when it is lowered.
    fn new_def(&mut self, parent: DefId, name: Symbol, span: Span, vis: Visibility, kind: Kind) -> DefId {
        let mut path = std::mem::take(&mut self.path_buffer);
        path.clear();
        path.extend([parent.path.as_str(), "::", name.as_str()]);
        let krate = self.info(parent).krate;
        let def = self.push_def(&path, Some(parent), krate, name, span, vis, kind);
        self.path_buffer = path;
        def
    }

    /// A new definition without a name: `{what#n}` in its path.
    fn new_unnamed_def(&mut self, parent: DefId, what: &str, span: Span, kind: Kind) -> DefId {
        let number = &mut self.infos[parent.index as usize].numbered;
        let path = format!("{}::{{{what}#{number}}}", parent.path);
        *number += 1;
        let krate = self.info(parent).krate;
        let vis = Visibility::Restricted(self.roots[krate]);
        self.push_def(&path, Some(parent), krate, self.kw.empty, span, vis, kind)
    }

    #[allow(clippy::too_many_arguments)]
    fn push_def(
        &mut self,
        path: &str,
        parent: Option<DefId>,
        krate: CrateId,
        name: Symbol,
        span: Span,
        vis: Visibility,
        kind: Kind,
    ) -> DefId {
        let index = self.defs.reserve();
        debug_assert_eq!(index, self.infos.len(), "one info for each definition");
        let id = DefId { index: index as u32, path: Symbol::intern(path) };
        self.infos.push(Info {
            id,
            krate,
            parent,
            name,
            span,
            vis,
            kind,
            module: None,
            params: Vec::new(),
            const_params: Vec::new(),
            numbered: 0,
        });
        id
    }

    /// Completes a definition.
    fn finish_def(&mut self, id: DefId, attrs: Attrs, kind: DefKind) {
        let info = self.info(id);
        let def = Def {
            id,
            krate: info.krate,
            parent: info.parent,
            name: info.name,
            span: info.span,
            vis: info.vis,
            attrs,
            kind,
        };
        let first = self.defs.set(id.index as usize, def);
        debug_assert!(first, "{id:?} is lowered once");
    }

    /// The macro expansions of a crate.
    fn marks(&self, krate: CrateId) -> &[ast::Mark] {
        self.marks[krate].get_or_init(|| match &self.image {
            Some(image) => image.get(Part::Marks, 0),
            None => Vec::new(),
        })
    }

    /// A function of std whose signature is not lowered, to be lowered now.
    fn take_waiting_fn(&mut self, def: DefId) -> Option<Node> {
        self.waiting_fns.swap_remove(&def).or_else(|| match &self.image {
            Some(image) if (def.index as usize) < image.def_count() => {
                image.get_some(Part::Functions, def.index as usize)
            }
            _ => None,
        })
    }

    /// The module a definition is in.
    fn module_of(&self, def: DefId) -> ModId {
        let mut at = def;
        loop {
            let info = self.info(at);
            match (info.kind, info.module, info.parent) {
                (Kind::Mod, Some(module), _) => return module,
                (.., Some(parent)) => at = parent,
                (.., None) => crate::bug!("`{def:?}` is in no module"),
            }
        }
    }

    /// Whether something of this visibility may be named in `from`.
    fn accessible(&self, vis: Visibility, from: ModId) -> bool {
        match vis {
            Visibility::Public => true,
            Visibility::Restricted(within) => self.is_inside(from, within),
        }
    }

    /// Whether a scope is the module `within` or in it.
    fn is_inside(&self, scope: ModId, within: DefId) -> bool {
        let mut at = Some(scope);
        while let Some(id) = at {
            let module = &self.modules[id];
            if module.kind == ModuleKind::Mod && module.def == within {
                return true;
            }
            at = module.parent;
        }
        false
    }

    /// Whether all that may name `a` may name `b`.
    fn at_most_as_visible(&self, a: Visibility, b: Visibility) -> bool {
        match (a, b) {
            (_, Visibility::Public) => true,
            (Visibility::Public, _) => false,
            (Visibility::Restricted(a), Visibility::Restricted(b)) => self.is_inside(self.module_of(a), b),
        }
    }

    /// The visibility of what is named through an import.
    fn narrower(&self, a: Visibility, b: Visibility) -> Visibility {
        if self.at_most_as_visible(a, b) { a } else { b }
    }

    /// The scope a definition opens in paths: of modules, enums and traits.
    fn module_of_res(&self, res: Res) -> Option<ModId> {
        match res {
            Res::Def(def) => self.info(def).module,
            _ => None,
        }
    }

    fn is_trait(&self, res: Res) -> bool {
        matches!(res, Res::Def(def) if self.info(def).kind == Kind::Trait)
    }

    /// The traits a scope brings into scope, with those of the scopes around it and the prelude. Sorted.
    fn traits_in_scope(&mut self, scope: ModId) -> Rc<[DefId]> {
        if let Some(traits) = &self.modules[scope].traits {
            return traits.clone();
        }
        let module = &self.modules[scope];
        let outer = match (module.kind, module.parent, self.prelude) {
            (ModuleKind::Mod, _, Some(prelude)) if prelude != scope => Some(prelude),
            (ModuleKind::Mod, ..) => None,
            (_, parent, _) => parent,
        };
        let mut traits: Vec<DefId> = Vec::new();
        if let Some(outer) = outer {
            traits.extend_from_slice(&self.traits_in_scope(outer));
        }
        let module = &self.modules[scope];
        traits.extend(module.unnamed_traits.iter().map(|(def, _)| *def));
        for ((_, ns), binding) in &module.names {
            if let (Ns::Type, Res::Def(def)) = (*ns, binding.res)
                && self.info(def).kind == Kind::Trait
            {
                traits.push(def);
            }
        }
        traits.sort();
        traits.dedup();
        let traits: Rc<[DefId]> = traits.into();
        self.modules[scope].traits = Some(traits.clone());
        traits
    }
}

fn primitive_types() -> FxMap<Symbol, PrimTy> {
    use crate::ty::{FloatTy, IntTy, UintTy};
    let all = [
        PrimTy::Bool,
        PrimTy::Char,
        PrimTy::Str,
        PrimTy::Int(IntTy::I8),
        PrimTy::Int(IntTy::I16),
        PrimTy::Int(IntTy::I32),
        PrimTy::Int(IntTy::I64),
        PrimTy::Int(IntTy::I128),
        PrimTy::Int(IntTy::Isize),
        PrimTy::Uint(UintTy::U8),
        PrimTy::Uint(UintTy::U16),
        PrimTy::Uint(UintTy::U32),
        PrimTy::Uint(UintTy::U64),
        PrimTy::Uint(UintTy::U128),
        PrimTy::Uint(UintTy::Usize),
        PrimTy::Float(FloatTy::F32),
        PrimTy::Float(FloatTy::F64),
    ];
    all.into_iter().map(|prim| (Symbol::intern(print::prim_name(prim)), prim)).collect()
}
