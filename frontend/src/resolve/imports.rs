//! `use`: resolves imports until nothing changes, then reports what is wrong with them.
//!
//! Every round resolves every import anew, so a name first found through a glob is corrected when an explicit one
//! turns up. Few rounds are needed: one for each link of the longest chain of re-exports.

use super::module::{BOTH, Binding, Origin};
use super::path::{Failure, Start};
use super::*;

/// One name of a `use` declaration.
pub(super) struct Import {
    /// Where the name goes.
    pub(super) module: ModId,
    pub(super) root: ast::PathRoot,
    /// Without a last `self`.
    pub(super) path: Vec<ast::Ident>,
    /// The path ended in `self`.
    pub(super) type_only: bool,
    pub(super) target: ast::Ident,
    pub(super) vis: Visibility,
    pub(super) span: Span,
    /// What it names, as a type and as a value.
    pub(super) found: [Option<Binding>; 2],
}

/// `use path::*;`
pub(super) struct Glob {
    pub(super) module: ModId,
    pub(super) root: ast::PathRoot,
    pub(super) path: Vec<ast::Ident>,
    pub(super) vis: Visibility,
    pub(super) span: Span,
    /// The scope it copies, once known.
    pub(super) source: Option<ModId>,
}

/// Longer chains of re-exports than this do not occur; it only bounds programs that chase their own tail.
const MAX_ROUNDS: usize = 64;

impl Resolver {
    /// Resolves the imports and globs collected since the last time.
    pub(super) fn resolve_imports(&mut self) {
        let (first_import, first_glob) = self.resolved_imports;
        let (imports, globs) = (first_import..self.imports.len(), first_glob..self.globs.len());
        for _ in 0..MAX_ROUNDS {
            let mut changed = false;
            for i in imports.clone() {
                changed |= self.try_import(i);
            }
            for i in globs.clone() {
                changed |= self.try_glob(i);
            }
            if !changed {
                break;
            }
        }
        self.resolved_imports = (imports.end, globs.end);
        for i in imports {
            self.check_import(i);
        }
        for i in globs {
            self.check_glob(i);
        }
    }

    /// What an import names in one namespace, as far as is known now.
    fn import_target(&self, import: &Import, number: usize, ns: Ns) -> Option<Binding> {
        let Import { module, root, path, type_only, .. } = import;
        if *type_only && ns == Ns::Value {
            return None;
        }
        if let Ok(Start::Module(found, used)) = self.path_start(*module, *root, path)
            && used == path.len()
        {
            return (ns == Ns::Type).then(|| self.module_binding(found));
        }
        let (last, prefix) = path.split_last()?;
        if prefix.is_empty() && *root == ast::PathRoot::Relative {
            return self.lookup_in_scopes(*module, last.name, ns, Some(Origin::Import(number as u32)));
        }
        let scope = self.resolve_prefix(*module, *root, path, prefix.len(), Some(number as u32)).ok()?;
        self.modules[scope].get(last.name, ns)
    }

    fn module_binding(&self, module: ModId) -> Binding {
        let def = self.modules[module].def;
        let info = self.info(def);
        Binding {
            res: Res::Def(def),
            vis: Visibility::Public,
            origin: Origin::Item,
            span: info.span,
            ambiguous: None,
        }
    }

    /// The scope that the first `count` segments of a path name.
    fn resolve_prefix(
        &self,
        module: ModId,
        root: ast::PathRoot,
        path: &[ast::Ident],
        count: usize,
        import: Option<u32>,
    ) -> Result<ModId, Failure> {
        let (mut at, mut index) = match self.path_start(module, root, path)? {
            Start::Module(at, used) => (at, used),
            Start::Name => {
                let first = path[0];
                let origin = import.map(Origin::Import);
                let binding = self
                    .lookup_in_scopes(module, first.name, Ns::Type, origin)
                    .ok_or(Failure { index: 0, within: None })?;
                let at = self.module_of_res(binding.res).ok_or(Failure { index: 0, within: None })?;
                (at, 1)
            }
        };
        while index < count {
            let fail = Failure { index, within: Some(at) };
            let binding = self.modules[at].get(path[index].name, Ns::Type).ok_or(fail)?;
            at = self.module_of_res(binding.res).ok_or(fail)?;
            index += 1;
        }
        Ok(at)
    }

    fn try_import(&mut self, number: usize) -> bool {
        let mut changed = false;
        for (slot, ns) in BOTH.into_iter().enumerate() {
            let import = &self.imports[number];
            let Some(mut found) = self.import_target(import, number, ns) else { continue };
            let Import { module, target, vis, .. } = *import;
            // A name that is private here is imported as long as no other namespace has a better one.
            if import.found[1 - slot].is_some() && !self.accessible(found.vis, module) {
                continue;
            }
            found.ambiguous = None;
            if import.found[slot].is_some_and(|old| old.res == found.res && old.vis == found.vis) {
                continue;
            }
            self.imports[number].found[slot] = Some(found);
            changed = true;
            if target.name == self.kw.underscore {
                if let Res::Def(def) = found.res
                    && self.is_trait(found.res)
                {
                    let traits = &mut self.modules[module].unnamed_traits;
                    if !traits.iter().any(|(t, _)| *t == def) {
                        traits.push((def, vis));
                    }
                }
                continue;
            }
            let vis = self.narrower(vis, found.vis);
            let origin = Origin::Import(number as u32);
            let binding = Binding { res: found.res, vis, origin, span: target.span, ambiguous: None };
            let names = &mut self.modules[module].names;
            let replace = match names.get(&(target.name, ns)) {
                None => true,
                Some(old) => matches!(old.origin, Origin::Glob(_)) || old.origin == origin,
            };
            if replace {
                names.insert((target.name, ns), binding);
            }
        }
        changed
    }

    fn try_glob(&mut self, number: usize) -> bool {
        let glob = &self.globs[number];
        let Glob { module, root, vis, .. } = *glob;
        let Ok(source) = self.resolve_prefix(module, root, &glob.path, glob.path.len(), None) else {
            return false;
        };
        self.globs[number].source = Some(source);
        if source == module {
            return false;
        }
        let origin = Origin::Glob(number as u32);
        let mut changed = false;
        for i in 0..self.modules[source].names.len() {
            let (&(name, ns), &found) = match self.modules[source].names.get_index(i) {
                Some(entry) => entry,
                None => break,
            };
            if !self.accessible(found.vis, module) {
                continue;
            }
            let vis = self.narrower(vis, found.vis);
            let span = self.globs[number].span;
            let binding = Binding { res: found.res, vis, origin, span, ambiguous: found.ambiguous };
            match self.modules[module].names.get_mut(&(name, ns)) {
                None => {
                    self.modules[module].names.insert((name, ns), binding);
                    changed = true;
                }
                Some(old) if old.origin == origin && (old.res != found.res || old.vis != vis) => {
                    *old = binding;
                    changed = true;
                }
                Some(old) => {
                    let other_glob = matches!(old.origin, Origin::Glob(_)) && old.origin != origin;
                    if other_glob && old.res != found.res && old.ambiguous.is_none() {
                        old.ambiguous = Some(span);
                        changed = true;
                    }
                }
            }
        }
        for (def, found) in self.modules[source].unnamed_traits.clone() {
            if self.accessible(found, module)
                && !self.modules[module].unnamed_traits.iter().any(|(t, _)| *t == def)
            {
                let vis = self.narrower(vis, found);
                self.modules[module].unnamed_traits.push((def, vis));
                changed = true;
            }
        }
        changed
    }

    fn check_import(&mut self, number: usize) {
        let import = &self.imports[number];
        let Import { module, root, type_only, target, vis, span, .. } = *import;
        let path = import.path.clone();
        let found = import.found;
        if found == [None; 2] {
            self.report_unresolved_import(module, root, &path, span);
            // The name stands for an error, so that its uses are not reported again.
            if target.name != self.kw.underscore {
                for ns in BOTH {
                    let origin = Origin::Import(number as u32);
                    let binding = Binding { res: Res::Error, vis, origin, span, ambiguous: None };
                    self.modules[module].names.entry((target.name, ns)).or_insert(binding);
                }
            }
            return;
        }
        self.check_prefix_privacy(module, root, &path, path.len() - 1);
        let Some(&last) = path.last() else { return };
        let usable = found.iter().flatten().any(|b| self.accessible(b.vis, module));
        if !usable {
            if let Some(binding) = found.iter().flatten().next().copied() {
                self.report_private(last, binding);
            }
        } else if let Some(binding) = found.iter().flatten().next().copied()
            && !found.iter().flatten().any(|b| self.at_most_as_visible(vis, b.vis))
        {
            let kind = self.binding_descr(binding.res);
            self.diag.emit_error(diagnostics::reexport_of_private(last, kind, binding.span));
        }
        if target.name == self.kw.underscore {
            return;
        }
        for (ns, found) in BOTH.into_iter().zip(found) {
            if found.is_none() || (type_only && ns == Ns::Value) {
                continue;
            }
            let Some(there) = self.modules[module].get(target.name, ns) else { continue };
            match there.origin {
                Origin::Item => {
                    self.diag.emit_error(diagnostics::import_conflicts_with_item(
                        target.name,
                        ns,
                        there.span,
                        target.span,
                    ));
                }
                Origin::Import(other) if other as usize != number => {
                    self.diag.emit_error(diagnostics::duplicate_import(
                        target.name,
                        ns,
                        there.span,
                        target.span,
                    ));
                }
                _ => {}
            }
        }
    }

    fn check_glob(&mut self, number: usize) {
        let glob = &self.globs[number];
        let (module, root, span) = (glob.module, glob.root, glob.span);
        let path = glob.path.clone();
        match glob.source {
            Some(_) => self.check_prefix_privacy(module, root, &path, path.len()),
            None => self.report_unresolved_import(module, root, &path, span),
        }
    }

    /// Reports the first segment among the first `count` that may not be named here.
    fn check_prefix_privacy(
        &mut self,
        module: ModId,
        root: ast::PathRoot,
        path: &[ast::Ident],
        count: usize,
    ) {
        let Ok(start) = self.path_start(module, root, path) else { return };
        let (mut at, first) = match start {
            Start::Module(at, used) => (at, used),
            Start::Name => {
                let Some(binding) = self.lookup_in_scopes(module, path[0].name, Ns::Type, None) else {
                    return;
                };
                let Some(at) = self.module_of_res(binding.res) else { return };
                (at, 1)
            }
        };
        for ident in path.iter().take(count).skip(first) {
            let Some(binding) = self.modules[at].get(ident.name, Ns::Type) else { return };
            if !self.accessible(binding.vis, module) {
                return self.report_private(*ident, binding);
            }
            let Some(next) = self.module_of_res(binding.res) else { return };
            at = next;
        }
    }

    fn report_unresolved_import(
        &mut self,
        module: ModId,
        root: ast::PathRoot,
        path: &[ast::Ident],
        span: Span,
    ) {
        let count = path.len();
        let failure = match self.resolve_prefix(module, root, path, count.saturating_sub(1), None) {
            Err(failure) => failure,
            Ok(within) if count > 1 || root != ast::PathRoot::Relative => {
                Failure { index: count - 1, within: Some(within) }
            }
            Ok(_) => Failure { index: 0, within: None },
        };
        let Some(&ident) = path.get(failure.index) else {
            self.diag.emit_error(diagnostics::unresolved_import("", span, String::new()));
            return;
        };
        if self.report_unsupported(path, failure) {
            return;
        }
        if let Some(within) = failure.within
            && let Some(binding) = self.modules[within].get(ident.name, Ns::Type)
            && binding.res == Res::Error
        {
            return;
        }
        let shown: Vec<&str> = path.iter().take(failure.index + 1).map(|i| i.name.as_str()).collect();
        let is_last = failure.index + 1 == count;
        let label = match failure.within {
            _ if ident.name == self.kw.super_ => "there are too many leading `super` keywords".to_string(),
            Some(within) if is_last => {
                format!("no `{}` in `{}`", ident.name, self.module_name(within))
            }
            Some(within) => {
                format!("could not find `{}` in `{}`", ident.name, self.module_name(within))
            }
            None if is_last && root == ast::PathRoot::Relative && count == 1 => {
                format!("no external crate `{}`", ident.name)
            }
            None => format!("use of unresolved module or unlinked crate `{}`", ident.name),
        };
        let mut d = diagnostics::unresolved_import(&shown.join("::"), ident.span, label);
        if let Some(within) = failure.within {
            if let Some(similar) = self.similar_in_module(within, ident.name, None, module) {
                d = d.help(format!("a similar name exists in the module: `{similar}`"));
            }
        } else if self.modules[self.root_of(module)].get(ident.name, Ns::Type).is_some() {
            d = d.help(format!("the crate's root has this name: `crate::{}`", shown.join("::")));
        }
        if is_last {
            for path in self.importable(ident.name, None, module).into_iter().take(3) {
                d = d.help(format!("consider importing this instead: `{path}`"));
            }
        }
        self.diag.emit_error(d);
    }
}
