//! Gives every item a [`DefId`] and a name in the scope it is declared in.
//!
//! In: items of the AST, which are taken apart. Out: tables of names, unresolved imports, and for each item a
//! [`Node`] that waits until all names are known. Bodies are not looked into: what they declare is collected when
//! they are lowered.

use serde::{Deserialize, Serialize};

use super::imports::{Glob, Import};
use super::module::{Binding, Origin};
use super::*;

/// An item whose names are to be resolved.
#[derive(Serialize, Deserialize)]
pub(super) struct Node {
    pub(super) def: DefId,
    /// The scope it is declared in.
    pub(super) module: ModId,
    pub(super) attrs: Attrs,
    pub(super) kind: NodeKind,
}

impl Node {
    /// Whether nothing else depends on when this is lowered: it is a function without items in it.
    pub(super) fn may_wait(&self) -> bool {
        let NodeKind::Fn { f, .. } = &self.kind else { return false };
        let is_item = |stmt: &ast::Stmt| matches!(stmt, ast::Stmt::Item(_));
        !f.body.as_ref().is_some_and(|body| body.stmts.iter().any(is_item))
    }
}

/// What is left of an item after collection.
#[derive(Serialize, Deserialize)]
pub(super) enum NodeKind {
    Mod,
    Fn { f: ast::Fn, intrinsic: bool },
    Struct(ast::Generics, ast::VariantData),
    Enum(ast::Generics, Vec<(DefId, ast::Variant)>),
    Trait { generics: ast::Generics, supertraits: Vec<ast::Bound>, items: Vec<DefId> },
    Impl { head: Box<ast::Impl>, items: Vec<DefId> },
    Const(ast::Const),
    Static(ast::Ty, ast::Expr),
    TyAlias(ast::Generics, ast::Ty),
    AssocTy { generics: ast::Generics, bounds: Vec<ast::Bound>, value: Option<ast::Ty> },
}

impl Resolver {
    /// Collects a crate and makes its name known to the others.
    pub(super) fn collect_crate(&mut self, krate: ast::Crate) {
        let id = self.roots.next_index();
        let vis = Visibility::Public;
        let root = self.push_def(krate.name.as_str(), None, id, krate.name, krate.span, vis, Kind::Mod);
        self.roots.push(root);
        if krate.edition != Edition::default() {
            self.editions.insert(id, krate.edition);
        }
        self.marks.push(OnceCell::from(krate.marks));
        let module = self.new_module(ModuleKind::Mod, root, None);
        self.crate_names.insert(krate.name, module);
        if krate.is_std {
            self.std = Some(id);
            for name in ["std", "core", "alloc"] {
                self.crate_names.insert(Symbol::intern(name), module);
            }
        }
        self.finish_def(root, Attrs::default(), DefKind::Mod);
        self.collect_items(krate.items, module, root);
        if krate.is_std {
            self.prelude = ["prelude", "v1"].iter().try_fold(module, |at, name| {
                let found = self.modules[at].get(Symbol::intern(name), Ns::Type)?;
                self.module_of_res(found.res)
            });
        }
    }

    /// A new scope for `def`.
    pub(super) fn new_module(&mut self, kind: ModuleKind, def: DefId, parent: Option<ModId>) -> ModId {
        let id = self.modules.next_index();
        let normal = match (kind, parent) {
            (ModuleKind::Mod, _) | (_, None) => id,
            (_, Some(parent)) => self.modules[parent].normal,
        };
        let krate = self.info(def).krate;
        self.modules.push(Module {
            kind,
            def,
            krate,
            parent,
            normal,
            names: FxMap::default(),
            unnamed_traits: Vec::new(),
            traits: None,
            locals: Vec::new(),
        });
        if !matches!(kind, ModuleKind::Block(_)) {
            self.infos[def.index as usize].module = Some(id);
        }
        id
    }

    /// Collects the items of a module or block; `parent` is the definition they are inside of.
    pub(super) fn collect_items(&mut self, items: Vec<ast::Item>, module: ModId, parent: DefId) {
        for item in items {
            self.collect_item(item, module, parent);
        }
    }

    fn collect_item(&mut self, item: ast::Item, module: ModId, parent: DefId) {
        let vis = self.visibility(&item.vis, module);
        let ident = item.ident;
        let span = if ident.span.is_none() { item.span } else { ident.span };
        let attrs = item.attrs;
        let underscore = self.kw.underscore;
        let define = |this: &mut Self, ns: Ns, kind: Kind| {
            let def = this.new_def(parent, ident.name, span, vis, kind);
            if ident.name != underscore {
                this.define(module, ident.name, ns, Res::Def(def), vis, span);
            }
            def
        };
        let (def, kind) = match item.kind {
            ast::ItemKind::Mod(items) => {
                let def = define(self, Ns::Type, Kind::Mod);
                let inner = self.new_module(ModuleKind::Mod, def, Some(module));
                self.nodes.push(Node { def, module: inner, attrs, kind: NodeKind::Mod });
                return self.collect_items(items, inner, def);
            }
            ast::ItemKind::Use(tree) => {
                return self.collect_use(tree, &[], None, module, vis);
            }
            ast::ItemKind::ExternIntrinsics(items) => {
                for item in items {
                    self.collect_intrinsic(item, module, parent);
                }
                return;
            }
            ast::ItemKind::Fn(f) => (define(self, Ns::Value, Kind::Fn), NodeKind::Fn { f, intrinsic: false }),
            ast::ItemKind::Struct(generics, data) => {
                let def = define(self, Ns::Type, Kind::Struct(data.shape));
                let ctor_vis = match data.shape {
                    VariantShape::Named => None,
                    VariantShape::Unit => Some(vis),
                    VariantShape::Tuple => Some(data.fields.iter().fold(vis, |least, field| {
                        let field = self.visibility(&field.vis, module);
                        self.narrower(least, field)
                    })),
                };
                if let Some(vis) = ctor_vis {
                    self.define(module, ident.name, Ns::Value, Res::Ctor(def), vis, span);
                }
                (def, NodeKind::Struct(generics, data))
            }
            ast::ItemKind::Enum(generics, variants) => {
                let def = define(self, Ns::Type, Kind::Enum);
                let inner = self.new_module(ModuleKind::Enum, def, Some(module));
                let is_lang = attrs.lang.is_some();
                let variants = variants.into_iter().map(|variant| {
                    let ast::Ident { name, span, .. } = variant.ident;
                    let shape = variant.data.shape;
                    let variant_def = self.new_def(def, name, span, vis, Kind::Variant(shape));
                    self.define(inner, name, Ns::Type, Res::Def(variant_def), vis, span);
                    if shape != VariantShape::Named {
                        self.define(inner, name, Ns::Value, Res::Ctor(variant_def), vis, span);
                    }
                    if is_lang {
                        self.lang_items.insert(name, variant_def);
                    }
                    (variant_def, variant)
                });
                let variants = variants.collect();
                (def, NodeKind::Enum(generics, variants))
            }
            ast::ItemKind::Trait(t) => {
                let def = define(self, Ns::Type, Kind::Trait);
                let inner = self.new_module(ModuleKind::Trait, def, Some(module));
                self.register_lang(&attrs, def);
                self.note_const_params(def, &t.generics);
                // The trait comes before its items: they look up its parameters.
                let at = self.nodes.len();
                let items = self.collect_assoc_items(t.items, module, def, Some((inner, vis)));
                let kind = NodeKind::Trait { generics: t.generics, supertraits: t.supertraits, items };
                return self.nodes.insert(at, Node { def, module, attrs, kind });
            }
            ast::ItemKind::Impl(mut head) => {
                if head.negative {
                    // `impl !Send for T` only takes an automatic impl away, which nobody here relies on.
                    return;
                }
                let kind = Kind::Impl { of_trait: head.of_trait.is_some() };
                let def = self.new_unnamed_def(parent, "impl", span, kind);
                let at = self.nodes.len();
                let items = self.collect_assoc_items(std::mem::take(&mut head.items), module, def, None);
                let kind = NodeKind::Impl { head: Box::new(head), items };
                return self.nodes.insert(at, Node { def, module, attrs, kind });
            }
            ast::ItemKind::Const(value) => (define(self, Ns::Value, Kind::Const), NodeKind::Const(value)),
            ast::ItemKind::Static(ty, value) => {
                (define(self, Ns::Value, Kind::Static), NodeKind::Static(ty, value))
            }
            ast::ItemKind::TyAlias(generics, ty) => {
                (define(self, Ns::Type, Kind::TyAlias), NodeKind::TyAlias(generics, ty))
            }
        };
        match &kind {
            NodeKind::Fn { f, .. } => self.note_const_params(def, &f.generics),
            NodeKind::Struct(generics, _) | NodeKind::Enum(generics, _) | NodeKind::TyAlias(generics, _) => {
                self.note_const_params(def, generics);
            }
            _ => {}
        }
        self.register_lang(&attrs, def);
        self.nodes.push(Node { def, module, attrs, kind });
    }

    fn collect_intrinsic(&mut self, item: ast::Item, module: ModId, parent: DefId) {
        let ast::ItemKind::Fn(f) = item.kind else { return };
        let vis = self.visibility(&item.vis, module);
        let ast::Ident { name, span, .. } = item.ident;
        let def = self.new_def(parent, name, span, vis, Kind::Fn);
        self.define(module, name, Ns::Value, Res::Def(def), vis, span);
        self.register_lang(&item.attrs, def);
        let kind = NodeKind::Fn { f, intrinsic: true };
        self.nodes.push(Node { def, module, attrs: item.attrs, kind });
    }

    /// Items of a trait, whose scope and visibility are given, or of an impl.
    fn collect_assoc_items(
        &mut self,
        items: Vec<ast::AssocItem>,
        module: ModId,
        parent: DefId,
        of_trait: Option<(ModId, Visibility)>,
    ) -> Vec<DefId> {
        let in_trait_impl = self.info(parent).kind == Kind::Impl { of_trait: true };
        let mut seen: FxMap<(Symbol, Ns), Span> = FxMap::default();
        let mut defs = Vec::with_capacity(items.len());
        for item in items {
            let vis = match of_trait {
                Some((_, vis)) => vis,
                None if in_trait_impl => Visibility::Public,
                None => self.visibility(&item.vis, module),
            };
            let ast::Ident { name, span, .. } = item.ident;
            let (ns, kind, node) = match item.kind {
                ast::AssocItemKind::Const(value) => (Ns::Value, Kind::AssocConst, NodeKind::Const(value)),
                ast::AssocItemKind::Fn(f) => {
                    let kind = Kind::AssocFn { has_self: f.sig.has_self };
                    (Ns::Value, kind, NodeKind::Fn { f, intrinsic: false })
                }
                ast::AssocItemKind::Type { generics, bounds, value } => {
                    (Ns::Type, Kind::AssocTy, NodeKind::AssocTy { generics, bounds, value })
                }
            };
            let def = self.new_def(parent, name, span, vis, kind);
            match of_trait {
                Some((scope, vis)) => self.define(scope, name, ns, Res::Def(def), vis, span),
                None => {
                    if let Some(first) = seen.insert((name, ns), span) {
                        let d = diagnostics::duplicate_in_impl(name, first, span, in_trait_impl);
                        self.diag.emit_error(d);
                    }
                }
            }
            if let NodeKind::Fn { f, .. } = &node {
                self.note_const_params(def, &f.generics);
            }
            self.register_lang(&item.attrs, def);
            self.nodes.push(Node { def, module, attrs: item.attrs, kind: node });
            defs.push(def);
        }
        defs
    }

    /// Notes which parameters are constants: their arguments have to know their type.
    fn note_const_params(&mut self, def: DefId, generics: &ast::Generics) {
        if !generics.params.iter().any(|p| matches!(p.kind, ast::GenericParamKind::Const(..))) {
            return;
        }
        let params = generics.params.iter().filter_map(|param| match &param.kind {
            ast::GenericParamKind::Lifetime => None,
            ast::GenericParamKind::Type(_) => Some(None),
            ast::GenericParamKind::Const(ty, _) => Some(match &ty.kind {
                ast::TyKind::Path(None, path) => {
                    path.segments.last().and_then(|s| self.prims.get(&s.ident.name).copied())
                }
                _ => None,
            }),
        });
        let params = params.collect();
        self.infos[def.index as usize].const_params = params;
    }

    fn register_lang(&mut self, attrs: &Attrs, def: DefId) {
        if let Some(name) = attrs.lang {
            self.lang_items.insert(name, def);
        }
        if let Some(name) = attrs.skeleton {
            self.lang_items.insert(Symbol::intern(&format!("skeleton:{name}")), def);
        }
    }

    /// Enters a declared name in a scope.
    fn define(&mut self, module: ModId, name: Symbol, ns: Ns, res: Res, vis: Visibility, span: Span) {
        let binding = Binding { res, vis, origin: Origin::Item, span, ambiguous: None };
        let module = &mut self.modules[module];
        if let Some(previous) = module.names.get(&(name, ns)) {
            let place = match module.kind {
                ModuleKind::Mod => "module",
                ModuleKind::Enum => "enum",
                ModuleKind::Trait => "trait",
                ModuleKind::Block(_) => "block",
            };
            // A constructor whose type is refused for the same reason is not told again.
            let own_type = module.names.get(&(name, Ns::Type));
            if let (Res::Ctor(def), Some(own_type)) = (res, own_type)
                && own_type.res != Res::Def(def)
            {
                return;
            }
            let d = diagnostics::duplicate_definition(name, ns, place, previous.span, span);
            self.diag.emit_error(d);
            return;
        }
        module.names.insert((name, ns), binding);
    }

    /// Where the path of an import starts: in edition 2015 at the root, unless it says `self` or `super`.
    fn import_root(&self, module: ModId, root: ast::PathRoot, path: &[ast::Ident]) -> ast::PathRoot {
        let named = path.first().is_some_and(|first| !self.is_path_keyword(first.name));
        let is_2015 = self.edition(self.modules[module].krate) == Edition::E2015;
        if root == ast::PathRoot::Relative && named && is_2015 { ast::PathRoot::Global } else { root }
    }

    fn collect_use(
        &mut self,
        tree: ast::UseTree,
        before: &[ast::Ident],
        root: Option<ast::PathRoot>,
        module: ModId,
        vis: Visibility,
    ) {
        let root = root.unwrap_or(tree.prefix.root);
        let mut path = before.to_vec();
        path.extend(tree.prefix.segments.iter().map(|s| s.ident));
        match tree.kind {
            ast::UseKind::Nested(trees) => {
                for inner in trees {
                    // `use {::a::b}`: the root is written inside.
                    let root = if path.is_empty() { None } else { Some(root) };
                    self.collect_use(inner, &path, root, module, vis);
                }
            }
            ast::UseKind::Glob => {
                let root = self.import_root(module, root, &path);
                self.globs.push(Glob { module, root, path, vis, span: tree.span, source: None });
            }
            ast::UseKind::Simple(rename) => {
                let type_only = path.len() > 1 && path.last().is_some_and(|i| i.name == self.kw.self_value);
                if type_only {
                    path.pop();
                }
                let Some(&last) = path.last() else { return };
                let target = rename.unwrap_or(last);
                if rename.is_none() && self.is_path_keyword(last.name) {
                    if last.name != self.kw.self_type {
                        self.diag.emit_error(diagnostics::import_without_name(last.name, tree.span));
                    }
                    return;
                }
                self.imports.push(Import {
                    module,
                    root: self.import_root(module, root, &path),
                    path,
                    type_only,
                    target,
                    vis,
                    span: tree.span,
                    found: [None; 2],
                });
            }
        }
    }

    pub(super) fn is_path_keyword(&self, name: Symbol) -> bool {
        let kw = &self.kw;
        name == kw.self_value || name == kw.super_ || name == kw.crate_ || name == kw.self_type
    }

    /// The visibility a declaration asks for.
    pub(super) fn visibility(&mut self, vis: &ast::Visibility, module: ModId) -> Visibility {
        let normal = self.modules[module].normal;
        let path = match vis {
            ast::Visibility::Public => return Visibility::Public,
            ast::Visibility::Inherited => return Visibility::Restricted(self.modules[normal].def),
            ast::Visibility::Restricted(path) => path,
        };
        match self.ancestor(path, normal) {
            Some(module) => Visibility::Restricted(self.modules[module].def),
            None => {
                self.diag.emit_error(diagnostics::bad_visibility(path.span));
                Visibility::Restricted(self.modules[normal].def)
            }
        }
    }

    /// The ancestor module that `crate`, `self`, `super` or `in path` names.
    fn ancestor(&self, path: &ast::Path, from: ModId) -> Option<ModId> {
        let mut at = None;
        for segment in &path.segments {
            let name = segment.ident.name;
            at = Some(match at {
                _ if name == self.kw.crate_ => self.root_of(from),
                None if name == self.kw.self_value => from,
                _ if name == self.kw.super_ => {
                    let parent = self.modules[at.unwrap_or(from)].parent?;
                    self.modules[parent].normal
                }
                _ => {
                    let binding =
                        self.modules[at.unwrap_or_else(|| self.root_of(from))].get(name, Ns::Type)?;
                    self.module_of_res(binding.res)?
                }
            });
        }
        at.filter(|&module| self.is_inside(from, self.modules[module].def))
    }

    pub(super) fn root_of(&self, module: ModId) -> ModId {
        let root = self.roots[self.modules[module].krate];
        self.info(root).module.unwrap_or(module)
    }
}
