//! What a path means in a place.
//!
//! The first segment is looked up outwards: variables and items of the blocks around (innermost first), generic
//! parameters, the module, crates, the prelude, primitive types. The others are looked up in what comes before,
//! as long as that is a module, enum or trait; the rest belongs to a type and is left to the type checker.

use super::body::{Entry, Lower};
use super::module::{BOTH, Binding, Origin};
use super::*;

/// Anything that has a name at a place: a segment of a path.
pub(super) trait Segment {
    fn ident(&self) -> ast::Ident;
}
impl Segment for ast::Ident {
    fn ident(&self) -> ast::Ident {
        *self
    }
}
impl Segment for ast::PathSegment {
    fn ident(&self) -> ast::Ident {
        self.ident
    }
}

/// Where the resolution of a path starts.
pub(super) enum Start {
    /// In this module, after so many segments.
    Module(ModId, usize),
    /// With the first segment, looked up in scope.
    Name,
}

/// Segment `index` was not found, in the module `within` or in scope.
#[derive(Clone, Copy, Debug)]
pub(super) struct Failure {
    pub(super) index: usize,
    pub(super) within: Option<ModId>,
}

/// What a path must be, as rustc's `PathSource`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Source {
    /// A type.
    Type,
    /// A trait.
    Trait,
    /// A value; called or not.
    Expr { call: bool },
    /// A unit struct, unit variant or constant in a pattern.
    Pat,
    /// A tuple struct or variant in a pattern.
    TupleStruct,
    /// A struct or variant with named fields, in an expression or pattern.
    Struct,
}

impl Source {
    pub(super) fn ns(self) -> Ns {
        match self {
            Source::Type | Source::Trait | Source::Struct => Ns::Type,
            Source::Expr { .. } | Source::Pat | Source::TupleStruct => Ns::Value,
        }
    }
}

/// A path resolved as far as names go: what its first `used` segments mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) res: Res,
    pub(super) used: usize,
}

impl Resolver {
    /// Where a path with this root and these segments starts, seen from a scope.
    pub(super) fn path_start(
        &self,
        module: ModId,
        root: ast::PathRoot,
        segments: &[impl Segment],
    ) -> Result<Start, Failure> {
        let missing = Failure { index: 0, within: None };
        let crate_named = |name: Symbol| self.crate_names.get(&name).copied().ok_or(missing);
        match root {
            ast::PathRoot::Std => return Ok(Start::Module(crate_named(Symbol::intern("std"))?, 0)),
            ast::PathRoot::Crate(name) => return Ok(Start::Module(crate_named(name)?, 0)),
            ast::PathRoot::Global => {
                let first = segments.first().ok_or(missing)?.ident().name;
                let other = self.other_crate(module, first);
                if self.edition(self.modules[module].krate) == Edition::E2015 {
                    // `::a` is in the root of the crate, or a crate.
                    let root = self.root_of(module);
                    let names = &self.modules[root];
                    let is_here = [Ns::Type, Ns::Value].iter().any(|ns| names.get(first, *ns).is_some());
                    if is_here || other.is_none() {
                        return Ok(Start::Module(root, 0));
                    }
                }
                return Ok(Start::Module(other.ok_or(missing)?, 1));
            }
            ast::PathRoot::Relative => {}
        }
        let Some(first) = segments.first() else { return Err(missing) };
        let first = first.ident().name;
        let normal = self.modules[module].normal;
        let (mut at, mut used) = if first == self.kw.crate_ {
            (self.root_of(normal), 1)
        } else if first == self.kw.self_value {
            (normal, 1)
        } else if first == self.kw.super_ {
            (normal, 0)
        } else {
            return Ok(Start::Name);
        };
        while let Some(segment) = segments.get(used)
            && segment.ident().name == self.kw.super_
        {
            let parent = self.modules[at].parent.ok_or(Failure { index: used, within: None })?;
            at = self.modules[parent].normal;
            used += 1;
        }
        Ok(Start::Module(at, used))
    }

    /// Looks a name up in a scope and those around it, but not as the import `skip` itself defines it.
    pub(super) fn lookup_in_scopes(
        &self,
        scope: ModId,
        name: Symbol,
        ns: Ns,
        skip: Option<Origin>,
    ) -> Option<Binding> {
        let usable = |binding: &Binding| skip.is_none_or(|skip| binding.origin != skip);
        let mut at = scope;
        loop {
            let module = &self.modules[at];
            if let Some(binding) = module.get(name, ns).filter(usable) {
                return Some(binding);
            }
            match module.parent {
                Some(parent) if module.kind != ModuleKind::Mod => at = parent,
                _ => break,
            }
        }
        if ns == Ns::Type
            && let Some(root) = self.other_crate(scope, name)
        {
            return Some(public(Res::Def(self.modules[root].def)));
        }
        let in_prelude = self.prelude.and_then(|prelude| self.modules[prelude].get(name, ns));
        if let Some(binding) = in_prelude.filter(usable) {
            return Some(binding);
        }
        if ns == Ns::Type { self.prims.get(&name).map(|&prim| public(Res::Prim(prim))) } else { None }
    }

    /// The crate that is known under a name: std everywhere, others outside of themselves.
    fn other_crate(&self, from: ModId, name: Symbol) -> Option<ModId> {
        let &root = self.crate_names.get(&name)?;
        let own = self.modules[root].krate == self.modules[from].krate;
        (!own || !self.crate_is_user(self.modules[root].krate)).then_some(root)
    }

    /// Whether names inside the definition may use the generic parameters of the one around it.
    pub(super) fn inherits_generics(kind: Kind) -> bool {
        matches!(
            kind,
            Kind::AssocFn { .. }
                | Kind::AssocTy
                | Kind::AssocConst
                | Kind::AnonConst
                | Kind::Closure
                | Kind::Variant(_)
                | Kind::Opaque
        )
    }

    /// A generic parameter in scope in `owner`.
    pub(super) fn lookup_param(&self, owner: DefId, name: Symbol, ns: Ns) -> Option<DefId> {
        let mut at = Some(owner);
        while let Some(def) = at {
            let info = self.info(def);
            let is_const = ns == Ns::Value;
            // A later parameter of the same name was refused; the first one counts.
            if let Some((_, param, _)) = info.params.iter().find(|p| p.0 == name && p.2 == is_const) {
                return Some(*param);
            }
            at = if Self::inherits_generics(info.kind) { info.parent } else { None };
        }
        None
    }

    /// What `Self` means in `owner`.
    pub(super) fn self_type_of(&self, owner: DefId) -> Option<Res> {
        let mut at = Some(owner);
        while let Some(def) = at {
            let info = self.info(def);
            match info.kind {
                Kind::Impl { .. } | Kind::Struct(_) | Kind::Enum => return Some(Res::SelfTy(def)),
                Kind::Trait => return Some(Res::SelfTrait(def)),
                kind if Self::inherits_generics(kind) => at = info.parent,
                _ => return None,
            }
        }
        None
    }

    /// Whether a path may mean this where `source` is asked for.
    pub(super) fn accepts(&self, source: Source, res: Res) -> bool {
        let kind = match res {
            Res::Error => return true,
            Res::Def(def) | Res::Ctor(def) => Some(self.info(def).kind),
            _ => None,
        };
        let shape = match kind {
            Some(Kind::Struct(shape) | Kind::Variant(shape)) => Some(shape),
            _ => None,
        };
        match (source, res) {
            (Source::Type, Res::Prim(_) | Res::SelfTy(_) | Res::SelfTrait(_)) => true,
            (Source::Type, Res::Def(_)) => matches!(
                kind,
                Some(
                    Kind::Struct(_)
                        | Kind::Enum
                        | Kind::TyAlias
                        | Kind::AssocTy
                        | Kind::TyParam
                        // Told by the type checker, which knows whether `dyn` was meant.
                        | Kind::Trait
                )
            ),
            (Source::Trait, Res::Def(_)) => kind == Some(Kind::Trait),
            (Source::Expr { .. }, Res::Local(_) | Res::Ctor(_) | Res::SelfTy(_)) => true,
            (Source::Expr { .. }, Res::Def(_)) => matches!(
                kind,
                Some(
                    Kind::Fn
                        | Kind::AssocFn { .. }
                        | Kind::Const
                        | Kind::AssocConst
                        | Kind::Static
                        | Kind::ConstParam
                )
            ),
            (Source::Pat, Res::Ctor(_)) => shape == Some(VariantShape::Unit),
            (Source::Pat, Res::Def(_)) => matches!(kind, Some(Kind::Const | Kind::AssocConst)),
            (Source::TupleStruct, Res::Ctor(_)) => shape == Some(VariantShape::Tuple),
            (Source::Pat | Source::TupleStruct | Source::Struct, Res::SelfTy(_)) => true,
            (Source::Struct, Res::Def(_)) => {
                shape.is_some() || matches!(kind, Some(Kind::TyAlias | Kind::AssocTy))
            }
            _ => false,
        }
    }
}

fn public(res: Res) -> Binding {
    Binding { res, vis: Visibility::Public, origin: Origin::Item, span: Span::NONE, ambiguous: None }
}

impl Lower<'_> {
    /// Looks a single name up, outwards from here.
    pub(super) fn lookup(&mut self, ident: ast::Ident, ns: Ns) -> Option<Res> {
        let name = ident.name;
        if name == self.r.kw.self_type {
            let found = self.r.self_type_of(self.owner);
            if let (false, Some(Res::SelfTy(def) | Res::SelfTrait(def))) = (self.params_usable, found) {
                let params = &self.r.info(def).params;
                let is_generic = params.iter().any(|(name, ..)| !name.as_str().starts_with('\''));
                if is_generic || matches!(found, Some(Res::SelfTrait(_))) {
                    self.r.diag.emit_error(diagnostics::param_in_const(ident, false));
                }
            }
            return found;
        }
        for entry in self.entries.iter().rev() {
            match *entry {
                Entry::Local { name: n, ctxt, local } => {
                    if ns == Ns::Value && n == name && self.is_same_variable(ident, ctxt, local) {
                        return Some(Res::Local(local));
                    }
                }
                Entry::Block(module) => {
                    if let Some(binding) = self.r.modules[module].get(name, ns) {
                        self.check_ambiguous(ident, binding);
                        return Some(binding.res);
                    }
                }
            }
        }
        if let Some(param) = self.r.lookup_param(self.owner, name, ns) {
            if !self.params_usable {
                self.r.diag.emit_error(diagnostics::param_in_const(ident, ns == Ns::Value));
            }
            return Some(Res::Def(param));
        }
        let binding = self.r.lookup_in_scopes(self.item_module, name, ns, None)?;
        self.check_ambiguous(ident, binding);
        Some(binding.res)
    }

    /// Whether an identifier means the variable of its name that was bound with the mark `ctxt`: the marks are
    /// the same, or the identifier is from a macro that was defined after the variable was bound.
    fn is_same_variable(&self, ident: ast::Ident, ctxt: u32, local: LocalId) -> bool {
        let krate = self.r.info(self.owner).krate;
        let (bound, mut at) = (self.locals[local].span, ident.ctxt);
        let mut visible = true;
        loop {
            if at == ctxt {
                return visible;
            }
            let Some(mark) = self.r.marks(krate).get(at as usize).filter(|_| at != 0) else { return false };
            if mark.definition.is_none() {
                return false;
            }
            visible &= bound.file == mark.definition.file && bound.lo < mark.definition.lo;
            at = mark.parent;
        }
    }

    fn check_ambiguous(&mut self, ident: ast::Ident, binding: Binding) {
        if let Some(other) = binding.ambiguous {
            self.r.diag.emit_error(diagnostics::ambiguous_glob(ident, binding.span, other));
        }
    }

    /// Resolves a path in one namespace, as far as names go. Reports what is private on the way.
    pub(super) fn resolve_segments(
        &mut self,
        root: ast::PathRoot,
        segments: &[ast::PathSegment],
        ns: Ns,
    ) -> Result<Found, Failure> {
        let count = segments.len();
        if let ([only], Ns::Value) = (segments, ns)
            && only.ident.name == self.r.kw.self_value
        {
            // The parameter, not the module.
            let found = self.lookup(only.ident, ns).map(|res| Found { res, used: 1 });
            return found.ok_or(Failure { index: 0, within: None });
        }
        let ns_at = |index: usize| if index + 1 == count { ns } else { Ns::Type };
        let (mut at, mut index) = match self.r.path_start(self.module, root, segments)? {
            Start::Module(at, used) => (at, used),
            Start::Name => {
                let missing = Failure { index: 0, within: None };
                let res = self.lookup(segments[0].ident, ns_at(0)).ok_or(missing)?;
                match self.r.module_of_res(res) {
                    // `f64` where `std::f64` is imported.
                    Some(module) if count == 1 && self.r.modules[module].kind == ModuleKind::Mod => {
                        let prim = self.r.prims.get(&segments[0].ident.name);
                        return Ok(Found { res: prim.map_or(res, |&prim| Res::Prim(prim)), used: 1 });
                    }
                    _ if count == 1 => return Ok(Found { res, used: 1 }),
                    Some(module) => (module, 1),
                    None if self.is_type_like(res) => return Ok(Found { res, used: 1 }),
                    None => return Err(missing),
                }
            }
        };
        while index < count {
            let ident = segments[index].ident;
            let Some(binding) = self.r.modules[at].get(ident.name, ns_at(index)) else {
                let module = &self.r.modules[at];
                // What is no variant may be a function of an impl.
                let elsewhere = BOTH.iter().any(|&ns| module.get(ident.name, ns).is_some());
                if module.kind == ModuleKind::Enum && !elsewhere {
                    return Ok(Found { res: Res::Def(module.def), used: index });
                }
                // `f64::sqrt` where `std::f64` is imported: the type is meant.
                if let (1, 2, Some(&prim)) = (index, count, self.r.prims.get(&segments[0].ident.name)) {
                    return Ok(Found { res: Res::Prim(prim), used: 1 });
                }
                return Err(Failure { index, within: Some(at) });
            };
            self.check_ambiguous(ident, binding);
            if !self.r.accessible(binding.vis, self.module) {
                self.r.report_private(ident, binding);
            }
            index += 1;
            match self.r.module_of_res(binding.res) {
                _ if index == count => return Ok(Found { res: binding.res, used: index }),
                Some(module) => at = module,
                None if self.is_type_like(binding.res) => return Ok(Found { res: binding.res, used: index }),
                None => return Err(Failure { index: index - 1, within: Some(at) }),
            }
        }
        Ok(Found { res: Res::Def(self.r.modules[at].def), used: index })
    }

    /// Whether what follows `res::` belongs to a type.
    fn is_type_like(&self, res: Res) -> bool {
        self.r.accepts(Source::Type, res)
    }

    /// Resolves a path that must be what `source` says, and reports it if it is not.
    pub(super) fn resolve_path(
        &mut self,
        root: ast::PathRoot,
        segments: &[ast::PathSegment],
        span: Span,
        source: Source,
    ) -> Found {
        let error = Found { res: Res::Error, used: segments.len() };
        match self.resolve_segments(root, segments, source.ns()) {
            Ok(found) if found.used < segments.len() => {
                if source == Source::Trait {
                    self.report_failure(root, segments, Failure { index: found.used, within: None }, source);
                    return error;
                }
                if found.res == Res::Error { error } else { found }
            }
            Ok(found) if self.r.accepts(source, found.res) => found,
            Ok(found) => {
                self.report_unexpected(segments, span, found.res, source);
                error
            }
            Err(failure) => {
                self.report_failure(root, segments, failure, source);
                error
            }
        }
    }
}
