//! Reports a path that cannot be resolved, with what the user may have meant: a similar name in scope, an item
//! that could be imported, or our way of doing what std does with threads, files and the like.

use std::collections::VecDeque;

use super::body::{Entry, Lower};
use super::module::Binding;
use super::path::{Failure, Segment, Source};
use super::*;

/// Parts of Rust's std that tasks cannot have, with what to do instead. Ours may gain some: the list is asked
/// only for names that were not found.
const UNSUPPORTED: [(&str, &str); 15] = [
    ("thread", "plain calls and loops become tasks by themselves: write the sequential program"),
    ("sync", "tasks share nothing: pass values in and return results; use `Rc` or `Cell` within a function"),
    ("net", "tasks have no sockets: declare an input of the program and read it"),
    ("process", "a task cannot start programs; return a value or panic to end it"),
    ("fs", "tasks have no file system: inputs and outputs of the program are its parameters and result"),
    ("env", "tasks have no environment: pass the value as an input of the program"),
    ("io", "print with `println!`; inputs of the program are parameters of its entry functions"),
    ("time", "tasks have no clock, so that equal inputs give equal outputs: pass the time as an input"),
    ("os", "tasks run on no particular system"),
    ("path", "tasks have no file system: use strings for names"),
    ("ffi", "only code of the program itself can be called"),
    ("panic", "a panic ends the run and cannot be caught: return a `Result` where the caller goes on"),
    ("future", "there is no `async`: plain calls become tasks by themselves"),
    ("task", "there is no `async`: plain calls become tasks by themselves"),
    ("arch", "tasks run on several machines: write plain loops, which are vectorised"),
];

impl Resolver {
    /// What messages call the thing.
    pub(super) fn descr(&self, res: Res) -> &'static str {
        match res {
            Res::Def(def) => self.info(def).kind.descr(),
            Res::Ctor(def) => match self.info(def).kind {
                Kind::Struct(VariantShape::Unit) => "unit struct",
                Kind::Struct(_) => "tuple struct",
                Kind::Variant(VariantShape::Unit) => "unit variant",
                _ => "tuple variant",
            },
            Res::Local(_) => "local variable",
            Res::Prim(_) => "builtin type",
            Res::SelfTy(_) | Res::SelfTrait(_) => "self type",
            Res::Error => "unresolved item",
        }
    }

    /// As [`Resolver::descr`], for what a private name stands for.
    pub(super) fn binding_descr(&self, res: Res) -> &'static str {
        match res {
            Res::Ctor(def) if self.info(def).kind == Kind::Struct(VariantShape::Tuple) => {
                "tuple struct constructor"
            }
            _ => self.descr(res),
        }
    }

    /// The path of a module as a user would write it.
    pub(super) fn module_name(&self, module: ModId) -> String {
        let def = self.modules[module].def;
        let info = self.info(def);
        match info.path_within_crate() {
            _ if !self.crate_is_user(info.krate) => def.path.to_string(),
            None => "crate".to_string(),
            Some(rest) => rest.to_string(),
        }
    }

    /// Whether a crate is not our std.
    pub(super) fn crate_is_user(&self, krate: CrateId) -> bool {
        self.std != Some(krate)
    }

    /// Reports a name that may not be used where it is.
    pub(super) fn report_private(&mut self, ident: ast::Ident, binding: Binding) {
        if binding.res == Res::Error {
            return;
        }
        let descr = self.binding_descr(binding.res);
        let d = match binding.origin {
            module::Origin::Item => diagnostics::private_item(ident, descr, binding.span),
            _ => diagnostics::private_item(ident, &format!("{descr} import"), binding.span),
        };
        let d = match binding.res {
            _ if matches!(binding.origin, module::Origin::Item) => d,
            Res::Def(def) | Res::Ctor(def) if self.info(def).vis == Visibility::Public => {
                d.help(format!("import `{}` directly: `use {};`", ident.name, def.path))
            }
            _ => d,
        };
        self.diag.emit_error(d);
    }

    /// Reports a part of Rust's std that ours does not have, if the path starts in std and is known to us.
    pub(super) fn report_unsupported(&mut self, path: &[impl Segment], failure: Failure) -> bool {
        let names: Vec<Symbol> = path.iter().map(|s| s.ident().name).collect();
        let in_std = |name: Symbol| name == "std" || name == "core" || name == "alloc";
        let Some(within) = failure.within else { return false };
        let module = &self.modules[within];
        if self.crate_is_user(module.krate) {
            return false;
        }
        let top = match names.iter().position(|&n| in_std(n)) {
            Some(0) if failure.index >= 1 => names[1],
            _ => {
                // `use std::sync; sync::Mutex`: the module says where we are.
                let path = module.def.path.as_str();
                match path.split("::").nth(1) {
                    Some(top) => Symbol::intern(top),
                    None => names[failure.index],
                }
            }
        };
        let Some((_, help)) = UNSUPPORTED.iter().find(|(name, _)| top == *name) else { return false };
        let last = path[failure.index].ident();
        let shown = if module.parent.is_none() {
            format!("std::{}", last.name)
        } else {
            format!("{}::{}", module.def.path, last.name)
        };
        // Name the item that is wanted when the whole module is missing: `std::net::TcpStream`.
        let rest: String = names[failure.index + 1..].iter().map(|n| format!("::{n}")).collect();
        self.diag.emit_error(diagnostics::unsupported_std(&format!("{shown}{rest}"), last.span, help));
        true
    }

    /// The name in a module that is most like this one.
    pub(super) fn similar_in_module(
        &self,
        module: ModId,
        name: Symbol,
        source: Option<Source>,
        from: ModId,
    ) -> Option<Symbol> {
        let mut best = Best::new(name);
        self.add_candidates(module, source, Some(from), &mut best);
        best.found.map(|(_, name, _)| name)
    }

    /// Offers the names of a module that `source` accepts to `best`.
    fn add_candidates(&self, module: ModId, source: Option<Source>, from: Option<ModId>, best: &mut Best) {
        for ((name, ns), binding) in &self.modules[module].names {
            let fits = match source {
                Some(source) => source.ns() == *ns && self.accepts(source, binding.res),
                None => true,
            };
            if fits && binding.res != Res::Error && from.is_none_or(|from| self.accessible(binding.vis, from))
            {
                best.offer(*name, self.descr(binding.res));
            }
        }
    }

    /// Paths under which an item of this name that `source` accepts can be imported, shortest first.
    pub(super) fn importable(&self, name: Symbol, source: Option<Source>, from: ModId) -> Vec<String> {
        let own = self.modules[from].krate;
        let mut queue: VecDeque<(ModId, String)> = VecDeque::new();
        let mut seen: Vec<bool> = vec![false; self.modules.len()];
        for (krate, &root) in self.roots.iter_enumerated() {
            if let Some(module) = self.info(root).module {
                let text =
                    if krate == own && self.crate_is_user(krate) { "crate" } else { root.path.as_str() };
                queue.push_back((module, text.to_string()));
                seen[module.index()] = true;
            }
        }
        let mut found: Vec<(Res, String)> = Vec::new();
        while let Some((module, path)) = queue.pop_front() {
            for (&(n, ns), binding) in &self.modules[module].names {
                if binding.res == Res::Error || !self.accessible(binding.vis, from) {
                    continue;
                }
                let fits = match source {
                    Some(source) => source.ns() == ns && self.accepts(source, binding.res),
                    None => true,
                };
                if n == name && fits && !found.iter().any(|(res, _)| *res == binding.res) {
                    found.push((binding.res, format!("{path}::{n}")));
                }
                if let Some(inner) = self.module_of_res(binding.res).filter(|_| ns == Ns::Type)
                    && !seen[inner.index()]
                    && self.modules[inner].kind != ModuleKind::Trait
                {
                    seen[inner.index()] = true;
                    queue.push_back((inner, format!("{path}::{n}")));
                }
            }
        }
        found.into_iter().map(|(_, path)| path).collect()
    }
}

impl Info {
    /// The path without the crate's name; `None` for the root.
    fn path_within_crate(&self) -> Option<&'static str> {
        self.id.path.as_str().split_once("::").map(|(_, rest)| rest)
    }
}

impl Lower<'_> {
    /// Reports that a path means something else than what its place asks for.
    pub(super) fn report_unexpected(
        &mut self,
        segments: &[ast::PathSegment],
        span: Span,
        res: Res,
        source: Source,
    ) {
        let shown = path_text(segments);
        let descr = match (source, res) {
            (Source::Expr { .. }, Res::Def(def))
                if matches!(self.r.info(def).kind, Kind::Variant(VariantShape::Named)) =>
            {
                "struct variant"
            }
            _ => self.r.descr(res),
        };
        let defined = match res {
            Res::Def(def) | Res::Ctor(def) => Some(self.r.info(def).span),
            _ => None,
        };
        let mut d = diagnostics::unexpected_res(source, descr, &shown, span, defined);
        match (source, res) {
            (Source::Type, Res::Def(def) | Res::Ctor(def))
                if matches!(self.r.info(def).kind, Kind::Variant(_)) =>
            {
                if let Some(parent) = self.r.info(def).parent {
                    d = d.help(format!("try using the variant's enum: `{}`", parent.name()));
                }
            }
            (Source::TupleStruct, Res::Ctor(_)) => {
                d = d.help(format!("use this syntax instead: `{shown}`"));
            }
            (Source::Pat, Res::Ctor(_)) => {
                d = d.help(format!("use the tuple pattern syntax instead: `{shown}(_)`"));
            }
            (Source::Expr { .. }, Res::Def(def)) => match self.r.info(def).kind {
                Kind::Struct(VariantShape::Named) | Kind::Variant(VariantShape::Named) => {
                    d = d.help(format!("use struct literal syntax instead: `{shown} {{ … }}`"));
                }
                _ => {}
            },
            _ => {}
        }
        self.r.diag.emit_error(d);
    }

    /// Reports that a segment of a path names nothing.
    pub(super) fn report_failure(
        &mut self,
        root: ast::PathRoot,
        segments: &[ast::PathSegment],
        failure: Failure,
        source: Source,
    ) {
        let Some(segment) = segments.get(failure.index) else { return };
        let ident = segment.ident;
        let last = failure.index + 1 == segments.len();
        if ident.name == self.r.kw.super_ {
            self.r.diag.emit_error(diagnostics::too_many_supers(ident.span));
            return;
        }
        if ident.name == self.r.kw.self_type && failure.within.is_none() {
            return self.report_no_self_type(ident, last);
        }
        if self.r.report_unsupported(segments, failure) {
            return;
        }
        if let Some(within) = failure.within
            && self.r.modules[within].get(ident.name, Ns::Type).is_some_and(|b| b.res == Res::Error)
        {
            return;
        }
        if !last {
            return self.report_no_prefix(segments, failure);
        }
        if ident.name == self.r.kw.self_value && segments.len() == 1 {
            self.r.diag.emit_error(diagnostics::no_self_value(ident.span));
            return;
        }
        if failure.within.is_none()
            && root == ast::PathRoot::Relative
            && self.report_outer(ident, source.ns())
        {
            return;
        }
        // The name exists, but as something else.
        let other = if source.ns() == Ns::Type { Ns::Value } else { Ns::Type };
        let elsewhere = match failure.within {
            Some(within) => self.r.modules[within].get(ident.name, other).map(|b| b.res),
            None => self.lookup(ident, other),
        };
        if let Some(res) = elsewhere {
            if res != Res::Error {
                let span = segments[0].ident.span.to(ident.span);
                self.report_unexpected(segments, span, res, source);
            }
            return;
        }
        let place = failure.within.map(|within| {
            let module = &self.r.modules[within];
            let kind = match module.kind {
                ModuleKind::Trait => "trait",
                ModuleKind::Enum => "enum",
                _ if module.parent.is_none() => "crate",
                _ => "module",
            };
            (kind, self.r.module_name(within))
        });
        let mut d = diagnostics::not_found(source, ident, place.as_ref().map(|(k, n)| (*k, n.as_str())));
        if let Some((descr, name)) = self.similar(ident, failure.within, source) {
            let article = if descr.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
            d = d.help(format!("{article} {descr} with a similar name exists: `{name}`"));
        }
        if failure.within.is_none() {
            d = self.with_imports(d, ident.name, source);
        }
        self.r.diag.emit_error(d);
    }

    fn with_imports(
        &self,
        mut d: crate::diag::Diagnostic,
        name: Symbol,
        source: Source,
    ) -> crate::diag::Diagnostic {
        for path in self.r.importable(name, Some(source), self.module).into_iter().take(3) {
            d = d.help(format!("consider importing it: `use {path};`"));
        }
        d
    }

    fn report_no_prefix(&mut self, segments: &[ast::PathSegment], failure: Failure) {
        let ident = segments[failure.index].ident;
        let name = ident.name.as_str();
        let capital = name.chars().next().is_some_and(char::is_uppercase);
        let Some(within) = failure.within else {
            if self.report_outer(ident, Ns::Type) {
                return;
            }
            let mut d = diagnostics::no_such_prefix(ident, capital);
            if let Some((descr, similar)) = self.similar(ident, None, Source::Type) {
                d = d.help(format!("a {descr} with a similar name exists: `{similar}`"));
            }
            d = self.with_imports(d, ident.name, Source::Type);
            if !capital {
                // `mem::swap` without `use std::mem`.
                for path in self.r.importable(ident.name, None, self.module).into_iter().take(1) {
                    d = d.help(format!("consider importing this module: `use {path};`"));
                }
            }
            self.r.diag.emit_error(d);
            return;
        };
        let within_name = self.r.module_name(within);
        let mut d = diagnostics::no_such_segment(ident, &within_name);
        if let Some(similar) = self.r.similar_in_module(within, ident.name, None, self.module) {
            d = d.help(format!("a similar name exists in `{within_name}`: `{similar}`"));
        }
        self.r.diag.emit_error(d);
    }

    fn report_no_self_type(&mut self, ident: ast::Ident, last: bool) {
        let mut scope = Some(self.item_module);
        while let Some(at) = scope {
            let module = &self.r.modules[at];
            if let ModuleKind::Block(owner) = module.kind
                && self.r.self_type_of(owner).is_some()
            {
                self.r.diag.emit_error(diagnostics::outer_self_type(ident.span));
                return;
            }
            scope = module.parent.filter(|_| module.kind != ModuleKind::Mod);
        }
        self.r.diag.emit_error(diagnostics::no_self_type(ident.span, last));
    }

    /// Reports a name that belongs to the function around an inner item, if it does.
    fn report_outer(&mut self, ident: ast::Ident, ns: Ns) -> bool {
        if ns == Ns::Value && self.outer_locals.contains(&ident.name) {
            self.r.diag.emit_error(diagnostics::local_in_constant(ident.span));
            return true;
        }
        let mut scope = Some(self.item_module);
        while let Some(at) = scope {
            let module = &self.r.modules[at];
            if let ModuleKind::Block(owner) = module.kind {
                if let Some(param) = self.r.lookup_param(owner, ident.name, ns) {
                    let d = diagnostics::outer_generic(ident, self.r.info(param).span);
                    self.r.diag.emit_error(d);
                    return true;
                }
                if ns == Ns::Value && module.locals.contains(&ident.name) {
                    self.r.diag.emit_error(diagnostics::captured_by_item(ident.span));
                    return true;
                }
            }
            scope = module.parent.filter(|_| module.kind != ModuleKind::Mod);
        }
        false
    }

    /// The most similar name, with what it is, in a module or in scope.
    fn similar(
        &self,
        ident: ast::Ident,
        within: Option<ModId>,
        source: Source,
    ) -> Option<(&'static str, Symbol)> {
        let mut best = Best::new(ident.name);
        if let Some(within) = within {
            self.r.add_candidates(within, Some(source), Some(self.module), &mut best);
            return best.found.map(|(_, name, descr)| (descr, name));
        }
        for entry in self.entries.iter().rev() {
            match *entry {
                Entry::Local { name, .. } if matches!(source, Source::Expr { .. }) => {
                    best.offer(name, "local variable");
                }
                Entry::Block(module) => self.r.add_candidates(module, Some(source), None, &mut best),
                Entry::Local { .. } => {}
            }
        }
        let mut owner = Some(self.owner);
        while let Some(def) = owner {
            let info = self.r.info(def);
            for (name, param, _) in &info.params {
                if self.r.accepts(source, Res::Def(*param)) {
                    best.offer(*name, self.r.info(*param).kind.descr());
                }
            }
            owner = info.parent.filter(|_| Resolver::inherits_generics(info.kind));
        }
        let mut scope = Some(self.item_module);
        while let Some(at) = scope {
            self.r.add_candidates(at, Some(source), None, &mut best);
            let module = &self.r.modules[at];
            scope = module.parent.filter(|_| module.kind != ModuleKind::Mod);
        }
        if let Some(prelude) = self.r.prelude {
            self.r.add_candidates(prelude, Some(source), None, &mut best);
        }
        if source == Source::Type {
            for name in self.r.prims.keys() {
                best.offer(*name, "builtin type");
            }
        }
        best.found.map(|(_, name, descr)| (descr, name))
    }
}

/// The path as written, without arguments.
fn path_text(segments: &[ast::PathSegment]) -> String {
    segments.iter().map(|s| s.ident.name.as_str()).collect::<Vec<_>>().join("::")
}

/// The nearest name so far to one that was not found.
pub(super) struct Best {
    wanted: Symbol,
    found: Option<(usize, Symbol, &'static str)>,
}

impl Best {
    pub(super) fn new(wanted: Symbol) -> Self {
        Best { wanted, found: None }
    }

    /// Considers a name: it must differ in at most a third of the letters, or in case only.
    pub(super) fn offer(&mut self, name: Symbol, descr: &'static str) {
        if name == self.wanted {
            return;
        }
        let (wanted, text) = (self.wanted.as_str(), name.as_str());
        let limit = wanted.len().max(3) / 3;
        let distance = if wanted.eq_ignore_ascii_case(text) { 0 } else { edit_distance(wanted, text) };
        let closer = match self.found {
            None => true,
            Some((best, best_name, _)) => (distance, text) < (best, best_name.as_str()),
        };
        if distance <= limit && closer {
            self.found = Some((distance, name, descr));
        }
    }

    /// The nearest name.
    pub(super) fn name(&self) -> Option<Symbol> {
        self.found.map(|(_, name, _)| name)
    }
}

/// Least number of letters added, removed, changed or swapped with their neighbour.
fn edit_distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (above[j - 1] + change).min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::edit_distance;

    // A swap of neighbours counts once, as a change does.
    #[test]
    fn swapped_letters_count_once() {
        assert_eq!(edit_distance("lenght", "length"), 1);
        assert_eq!(edit_distance("Strin", "String"), 1);
        assert_eq!(edit_distance("", "abc"), 3);
        assert_eq!(edit_distance("kitten", "sitting"), 3);
    }
}
