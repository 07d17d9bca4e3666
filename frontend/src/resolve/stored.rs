//! The resolver of our std as entries of an [`Image`], and back.
//!
//! In: std alone, resolved; all of it that does not wait is lowered. Out: entries for each definition, scope and
//! body. Back: a resolver in which they are loaded when they are first looked at, ready for the user's crate.
//!
//! Imports of std are not kept: what they brought in is in the name tables, and no message is about them.

use serde::{Deserialize, Serialize};

use super::module::{Binding, Modules, Origin};
use super::*;
use crate::diag::ErrorReported;
use crate::image::{Image, Part, Writer};

/// A scope.
#[derive(Serialize, Deserialize)]
struct StoredModule {
    kind: ModuleKind,
    def: DefId,
    krate: CrateId,
    parent: Option<ModId>,
    normal: ModId,
    names: Vec<((Symbol, Ns), Binding)>,
    unnamed_traits: Vec<(DefId, Visibility)>,
    locals: Vec<Symbol>,
}

/// What has to be known at the start.
#[derive(Serialize, Deserialize)]
struct Root {
    root: DefId,
    prelude: Option<ModId>,
    crate_names: Vec<(Symbol, ModId)>,
    lang_items: Vec<(Symbol, DefId)>,
}

/// The number of an import of std, of which nothing else is kept.
const IMPORT_OF_STD: u32 = u32::MAX;

/// Resolves std and writes what was found out. Nobody may have asked for anything that waits.
pub(crate) fn store(std: ast::Crate, diag: &DiagSink, writer: &mut Writer) -> Result<Hir, ErrorReported> {
    let (source, hir) = resolve_with(vec![std], None, diag);
    diag.has_errors()?;
    if let Some(resolver) = source.0.borrow().as_ref() {
        resolver.store(writer);
    }
    Ok(hir)
}

impl Resolver {
    fn store(&self, writer: &mut Writer) {
        for info in self.infos.iter() {
            let path = info.id.path.as_str();
            let last = match info.parent {
                Some(parent) => path.get(parent.path.as_str().len() + 2..).unwrap_or(path),
                None => path,
            };
            writer.put_path_end(info.parent, Symbol::intern(last));
            writer.put(Part::Infos, info);
            let def = &self.defs[info.id.index as usize];
            writer.put(Part::Kinds, &(&def.attrs, &def.kind));
            match self.waiting_fns.get(&info.id) {
                Some(node) => writer.put(Part::Functions, node),
                None => writer.put_bytes(Part::Functions, &[]),
            }
        }
        for module in self.modules.iter() {
            writer.put(Part::Modules, &StoredModule::of(module));
        }
        for (number, body) in self.bodies.iter().enumerate() {
            match (body.get(), &self.pending[number]) {
                (Some(body), _) => writer.put(Part::Bodies, &Unasked::<&PendingBody, _>::Lowered(body)),
                (None, Some(Unasked::Waiting(body))) => {
                    writer.put(Part::Bodies, &Unasked::<_, &Body>::Waiting(body));
                }
                (None, _) => crate::bug!("body {number} of std is nowhere"),
            }
        }
        let mut lang_items: Vec<(Symbol, DefId)> = self.lang_items.iter().map(|(n, d)| (*n, *d)).collect();
        lang_items.sort();
        let crate_names = self.crate_names.iter().map(|(name, module)| (*name, *module)).collect();
        let root = self.roots[CrateId::new(0)];
        writer.put(Part::Root, &Root { root, prelude: self.prelude, crate_names, lang_items });
        writer.put(Part::Marks, &self.marks(CrateId::new(0)));
    }

    /// A resolver that knows std from an image.
    pub(super) fn with_std(source: Weak<dyn OnDemand>, image: &Rc<Image>) -> Resolver {
        let krate = CrateId::new(0);
        let Root { root, prelude, crate_names, lang_items } = image.get(Part::Root, 0);
        let (kinds, infos, modules, bodies) = (image.clone(), image.clone(), image.clone(), image.clone());
        let lowers = source.clone();
        let defs = Table::loaded_by(image.def_count(), move |i| load_def(&kinds, i, &lowers));
        let infos = Table::loaded_by(image.def_count(), move |i| infos.get(Part::Infos, i));
        let modules = Table::loaded_by(image.count(Part::Modules), move |i| {
            modules.get::<StoredModule>(Part::Modules, i).into_module()
        });
        let body_count = image.count(Part::Bodies);
        let pending = Table::loaded_by(body_count, move |i| Some(bodies.get(Part::Bodies, i)));
        Resolver {
            defs: Rc::new(defs),
            bodies: Rc::new(Table::loaded_by(body_count, |_| OnceCell::new())),
            lang_items: lang_items.into_iter().collect(),
            roots: IndexVec::from_raw(vec![root]),
            marks: IndexVec::from_raw(vec![OnceCell::new()]),
            infos,
            modules: Modules(modules),
            crate_names: crate_names.into_iter().collect(),
            std: Some(krate),
            prelude,
            pending,
            image: Some(image.clone()),
            ..Resolver::new(source)
        }
    }
}

fn load_def(image: &Rc<Image>, index: usize, source: &Weak<dyn OnDemand>) -> Def {
    let Info { id, krate, parent, name, span, vis, .. } = image.get(Part::Infos, index);
    let (attrs, mut kind): (Attrs, DefKind) = image.get(Part::Kinds, index);
    if let DefKind::Fn(f) = &mut kind
        && !f.is_ready()
    {
        *f = LazyFn::on_demand(id, source.clone());
    }
    Def { id, krate, parent, name, span, vis, attrs, kind }
}

impl StoredModule {
    fn of(module: &Module) -> StoredModule {
        let Module { kind, def, krate, parent, normal, .. } = *module;
        let names = module.names.iter().map(|(name, binding)| {
            let origin = match binding.origin {
                Origin::Item => Origin::Item,
                Origin::Import(_) => Origin::Import(IMPORT_OF_STD),
                Origin::Glob(_) => Origin::Glob(IMPORT_OF_STD),
            };
            (*name, Binding { origin, ..*binding })
        });
        let names = names.collect();
        let (unnamed_traits, locals) = (module.unnamed_traits.clone(), module.locals.clone());
        StoredModule { kind, def, krate, parent, normal, names, unnamed_traits, locals }
    }

    fn into_module(self) -> Module {
        let StoredModule { kind, def, krate, parent, normal, names, unnamed_traits, locals } = self;
        let names = names.into_iter().collect();
        Module { kind, def, krate, parent, normal, names, unnamed_traits, traits: None, locals }
    }
}
