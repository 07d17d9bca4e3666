//! The worklist.

use std::collections::VecDeque;

use crate::diag::{Diagnostic, ErrorReported};
use crate::hash::{FastMap, FastSet};
use crate::hir::{DefId, DefKind};
use crate::index::Idx;
use crate::mir::{Body, FuncId, Phase, TerminatorKind};
use crate::source::Span;
use crate::symbol::Symbol;
use crate::ty::{Args, Extent, GenericArg, List, ParamEnv, Tcx, Ty, TyKind};

use super::virtuals::Virtuals;
use super::{Function, Instance, Program};

/// Lang items that back ends call by themselves and every program has.
const ALWAYS: [&str; 3] = ["panic_bounds_check", "rt_start", "rt_finish"];

/// Collects a program from roots without leaving anything to ask for later.
pub fn collect(tcx: &Tcx<'_>, roots: &[(DefId, Args)]) -> Result<Program, ErrorReported> {
    let mut collector = Collector::new(tcx);
    for &(def, args) in roots {
        collector.add_root(def, args);
    }
    collector.run()?;
    Ok(collector.program)
}

/// Collects instances. Functions asked for exist at once; their bodies are there after the next [`Collector::run`].
#[derive(Clone)]
pub struct Collector<'t, 'h> {
    /// Answers about types.
    pub tcx: &'t Tcx<'h>,
    /// The program so far.
    pub program: Program,
    pub(super) env: ParamEnv,
    pub(super) virtuals: Virtuals,
    instances: FastMap<Instance, FuncId>,
    names: FastMap<String, u32>,
    /// What is to be built, and where it was asked for if that is in the user's source.
    queue: VecDeque<(FuncId, Span)>,
    /// Where the body at hand asks for functions.
    pub(super) asked_at: Span,
    pub(super) in_user_body: bool,
    /// Tuples whose elements are described.
    pub(super) tuples: FastSet<List<Ty>>,
    error: Option<ErrorReported>,
}

impl<'t, 'h> Collector<'t, 'h> {
    /// An empty program.
    pub fn new(tcx: &'t Tcx<'h>) -> Self {
        let mut collector = Collector {
            tcx,
            program: Program::default(),
            env: ParamEnv::empty(),
            virtuals: Virtuals::default(),
            instances: FastMap::default(),
            names: FastMap::default(),
            queue: VecDeque::new(),
            asked_at: Span::NONE,
            in_user_body: false,
            tuples: FastSet::default(),
            error: None,
        };
        for name in ALWAYS {
            collector.lang_func(name, &[]);
        }
        collector
    }

    /// An instance that the program starts from.
    pub fn add_root(&mut self, def: DefId, args: Args) -> FuncId {
        let id = self.instantiate(def, args);
        if !self.program.roots.contains(&id) {
            self.program.roots.push(id);
        }
        id
    }

    /// The user's `main`, called through std's start function if std has one.
    pub fn add_main(&mut self, main: DefId) -> FuncId {
        let id = if self.lang("start").is_some() {
            self.declare(Instance::Main(main))
        } else {
            self.instantiate(main, Args::new(&[]))
        };
        if !self.program.roots.contains(&id) {
            self.program.roots.push(id);
        }
        id
    }

    /// The function that runs when `def`, possibly a trait's method, is called with these arguments.
    pub fn instantiate(&mut self, def: DefId, args: Args) -> FuncId {
        match self.callable(def, args) {
            Some(instance) => self.declare(instance),
            None => crate::bug!("`{}` is no function of its own", def.path),
        }
    }

    /// An instance of a lang item, if std has it; known to the back ends by that name if it has no arguments.
    pub fn lang_func(&mut self, name: &str, args: &[GenericArg]) -> Option<FuncId> {
        let def = self.lang(name)?;
        let id = self.declare(Instance::Item(def, Args::new(args)));
        if args.is_empty() {
            self.program.lang_funcs.insert(Symbol::intern(name), id);
        }
        Some(id)
    }

    /// The function that drops a value behind a `*mut T`; `None` if there is nothing to do.
    pub fn drop_glue(&mut self, ty: Ty) -> Option<FuncId> {
        self.tcx.needs_drop(&self.env, ty).then(|| self.declare(Instance::DropGlue(ty)))
    }

    /// The function that writes a value's record form.
    pub fn freeze_glue(&mut self, ty: Ty) -> FuncId {
        self.declare(Instance::FreezeGlue(ty))
    }

    /// The function of an instance, to be built if it is new.
    pub fn declare(&mut self, instance: Instance) -> FuncId {
        if let Some(&known) = self.instances.get(&instance) {
            return known;
        }
        let id = self.program.functions.next_index();
        let name = self.unique_name(&instance);
        let def = match &instance {
            Instance::Item(def, _) | Instance::ConstItem(def, _) | Instance::Closure(def, _) => Some(*def),
            _ => None,
        };
        let origin = def.map(|d| self.tcx.hir.def(d));
        let attrs = origin.map(|d| &d.attrs);
        let body = Body::new(name.clone(), Phase::Mono, &[], Ty::unit(), Span::NONE);
        self.program.functions.push(Function {
            track_caller: matches!(instance, Instance::Item(d, _) if self.is_track_caller(d)),
            inline: match (&instance, attrs) {
                (Instance::Closure(..), _) => 1,
                (_, Some(a)) => a.inline,
                _ => 0,
            },
            skeleton: attrs.and_then(|a| a.skeleton),
            is_std: origin.is_none_or(|d| d.krate.index() == 0),
            span: origin.map_or(Span::NONE, |d| d.span),
            instance: instance.clone(),
            name,
            body,
        });
        self.instances.insert(instance, id);
        self.queue.push_back((id, self.asked_at));
        id
    }

    /// Builds the bodies of everything asked for, and of everything that these call.
    pub fn run(&mut self) -> Result<(), ErrorReported> {
        loop {
            while let Some((id, asked_at)) = self.queue.pop_front() {
                let instance = self.program.functions[id].instance.clone();
                if let Some((name, span)) = self.too_large(&instance) {
                    let span = if asked_at == Span::NONE { span } else { asked_at };
                    let message = format!("reached the recursion limit while instantiating `{name}`");
                    let note = "each call needs an instance for a larger type, without end";
                    self.report_endless(Diagnostic::error("", span, message).note(note));
                    break;
                }
                self.asked_at = Span::NONE;
                self.in_user_body = !self.program.functions[id].is_std;
                self.build(id, &instance);
            }
            // Dispatch functions know all types that may stand behind a `dyn` only when everything else is known.
            if !self.build_virtuals() && self.queue.is_empty() {
                break;
            }
        }
        match self.error {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    fn build(&mut self, id: FuncId, instance: &Instance) {
        let body = match instance {
            Instance::Item(def, args) => {
                let track = self.program.functions[id].track_caller;
                self.source_body(*def, |b| Some(&b.main)).map(|b| self.instantiate_body(&b, *args, track))
            }
            Instance::ConstItem(def, args) => {
                self.source_body(*def, |b| Some(&b.main)).map(|b| self.instantiate_body(&b, *args, false))
            }
            Instance::Promoted(def, n, args) => self
                .source_body(*def, |b| b.promoted.get(*n as usize))
                .map(|b| self.instantiate_body(&b, *args, false)),
            Instance::Closure(def, args) => {
                let owner = self.tcx.closure_owner(*def);
                self.source_body(owner, |b| b.closures.get(def))
                    .map(|b| self.instantiate_body(&b, *args, false))
            }
            Instance::ConstRef(f) => Ok(self.const_ref(*f)),
            Instance::ClosureFnShim(def, args) => Ok(self.closure_fn_shim(*def, *args)),
            Instance::ReifyShim(f) => Ok(self.reify_shim(*f)),
            Instance::CtorShim(ty, variant) => Ok(self.ctor_shim(*ty, *variant)),
            Instance::DropGlue(ty) if matches!(ty.kind(), TyKind::Dynamic(..)) => {
                self.virtuals.functions.push(id);
                return;
            }
            Instance::Virtual(..) => {
                self.virtuals.functions.push(id);
                return;
            }
            Instance::DropGlue(ty) => Ok(self.drop_body(*ty)),
            Instance::CloneShim(ty) => Ok(self.clone_body(*ty)),
            Instance::FreezeGlue(ty) => Ok(self.freeze_body(*ty)),
            Instance::Main(def) => Ok(self.main_body(*def)),
            Instance::Outlined(..) | Instance::Named(_) => return,
        };
        match body {
            Ok(body) => self.set_body(id, body),
            Err(error) => {
                self.error = Some(error);
                let mut body = Body::new("", Phase::Mono, &[], Ty::never(), Span::NONE);
                body.add_block(Vec::new(), TerminatorKind::Unreachable);
                self.set_body(id, body);
            }
        }
    }

    pub(super) fn set_body(&mut self, id: FuncId, mut body: Body) {
        body.name = self.program.functions[id].name.clone();
        for i in 0..body.locals.len() {
            self.describe(body.locals.raw[i].ty);
        }
        for name in crate::mir::needs::lang_functions(&body) {
            self.lang_func(name, &[]);
        }
        self.program.functions[id].body = body;
    }

    fn source_body(
        &mut self,
        owner: DefId,
        select: impl Fn(&crate::lower::OwnedBodies) -> Option<&std::rc::Rc<Body>>,
    ) -> Result<std::rc::Rc<Body>, ErrorReported> {
        if self.tcx.body_of(owner).is_none() {
            crate::bug!("`{}` has no body", owner.path);
        }
        let bodies = crate::lower::built_bodies(self.tcx, owner)?;
        match select(&bodies) {
            Some(body) => Ok(body.clone()),
            None => crate::bug!("`{}` has no such inner body", owner.path),
        }
    }

    /// The name and place of an instance whose types are too large to go on.
    fn too_large(&self, instance: &Instance) -> Option<(Symbol, Span)> {
        let (extent, def) = match *instance {
            Instance::Item(def, args)
            | Instance::Closure(def, args)
            | Instance::ConstItem(def, args)
            | Instance::Promoted(def, _, args)
            | Instance::ClosureFnShim(def, args)
            | Instance::Virtual(def, args) => (Extent::of_args(&args), Some(def)),
            Instance::CtorShim(ty, _)
            | Instance::DropGlue(ty)
            | Instance::CloneShim(ty)
            | Instance::FreezeGlue(ty) => (ty.extent(), None),
            _ => return None,
        };
        let named = |def| (self.tcx.hir.def(def).name, self.tcx.hir.def(def).span);
        extent.is_over_limit().then(|| match def {
            Some(def) => named(def),
            None => (Symbol::intern(&self.instance_name(instance)), Span::NONE),
        })
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.error = Some(self.tcx.diag.emit_error(diagnostic));
    }

    /// Reports what has no end, and stops: more of the same would follow.
    pub(super) fn report_endless(&mut self, diagnostic: Diagnostic) {
        self.report(diagnostic);
        self.queue.clear();
    }

    /// A definition by lang item name.
    pub(super) fn lang(&self, name: &str) -> Option<DefId> {
        self.tcx.hir.lang_items.get(&Symbol::intern(name)).copied()
    }

    /// Whether a function takes a hidden source position: it says so itself, or the trait's method it implements does.
    pub(super) fn is_track_caller(&self, def: DefId) -> bool {
        let d = self.tcx.hir.def(def);
        if !matches!(d.kind, DefKind::Fn(_)) {
            return false;
        }
        if d.attrs.track_caller {
            return true;
        }
        let Some(DefKind::Impl(imp)) = d.parent.map(|p| &self.tcx.hir.def(p).kind) else { return false };
        let Some(crate::hir::Res::Def(of)) = imp.of_trait.as_ref().map(|p| p.res) else { return false };
        match &self.tcx.hir.def(of).kind {
            DefKind::Trait(t) => t.items.iter().any(|i| {
                let item = self.tcx.hir.def(*i);
                item.name == d.name && item.attrs.track_caller
            }),
            _ => false,
        }
    }

    pub(super) fn unique_name(&mut self, instance: &Instance) -> String {
        let name = self.instance_name(instance);
        let count = self.names.entry(name.clone()).or_insert(0);
        *count += 1;
        if *count == 1 { name } else { format!("{name}#{count}") }
    }
}
