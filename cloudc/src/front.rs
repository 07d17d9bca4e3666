//! Source to a monomorphic program cut into tasks.
//!
//! In: a path and what decides the cut. Out: a [`Front`], which owns everything that later stages need; or the program's
//! errors, printed.

use std::path::Path;

use cloudc_analysis::tasks::{self, EntryRequest, Inferred, Profile, boundary};
use cloudc_analysis::transform::{self, Instruments, Policy};
use cloudc_frontend::ast::{self, ParseOptions};
use cloudc_frontend::diag::{DiagSink, Diagnostic, Severity};
use cloudc_frontend::hir::{CrateId, DefId, DefKind, Hir, Visibility};
use cloudc_frontend::image::Image;
use cloudc_frontend::index::Idx;
use cloudc_frontend::lower;
use cloudc_frontend::mir::FuncId;
use cloudc_frontend::mono::{AdtKind, Collector, Program};
use cloudc_frontend::resolve;
use cloudc_frontend::source::{SourceMap, Span};
use cloudc_frontend::symbol::Symbol;
use cloudc_frontend::ty::{Args, Tcx, Ty, TyKind};
use cloudc_frontend::typeck::{self, entry};

use crate::args::{TaskArgs, TaskMode};
use crate::profile;
use crate::render::{self, Style};
use crate::sources;
use crate::stop::Stop;
use crate::timing::{self, Timings};

/// Our standard library, parsed and resolved by the build script.
pub(crate) static STD_IMAGE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/std.image"));

/// A program after inference.
pub struct Front {
    /// Where it lies.
    pub source: sources::Program,
    /// Its texts, and those of our std.
    pub sources: SourceMap,
    /// All functions it reaches.
    pub program: Program,
    /// Its tasks.
    pub inferred: Inferred,
}

/// What to do beyond what every command does.
#[derive(Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// What decides the cut.
    pub tasks: Option<&'a TaskArgs>,
    /// Prints definitions before types are checked.
    pub hir: bool,
}

/// How far a check goes.
pub struct Checked {
    /// Where the program lies.
    pub source: sources::Program,
}

/// Compiles a program up to its tasks.
///
/// # Errors
/// After the program's errors have been printed, or if there is no program at the path.
pub fn compile(
    path: &Path,
    wanted: Wanted<'_>,
    style: Style,
    timings: &mut Timings,
) -> Result<(Front, Option<String>), Stop> {
    let mut started = Started::parse(sources::find(path).map_err(Stop::usage)?, false, style, timings)?;
    let hir = std::mem::take(&mut started.hir);
    let profile = match wanted.tasks.and_then(|t| t.profile.as_deref()) {
        Some(path) => profile::load(path, &started.sources)?,
        None => Profile::default(),
    };
    let dump = wanted.hir.then(|| cloudc_frontend::hir::print::print_crate(&hir, CrateId::new(1)));
    let (program, inferred) = {
        let tcx = Tcx::new(&hir, &started.diag);
        check_bodies(&tcx);
        timings.stage("check");
        started.stop_on_errors()?;
        started.unless_refused(collect(&tcx, wanted.tasks, &profile, timings))?
    };
    started.report(false);
    Ok((Front { source: started.source, sources: started.sources, program, inferred }, dump))
}

/// Checks a program without making anything of it.
///
/// # Errors
/// After the program's errors have been printed, or if there is no program at the path.
pub fn check(path: &Path, style: Style) -> Result<Checked, Stop> {
    let mut timings = Timings::start();
    let source = sources::find(path).map_err(Stop::usage)?;
    let mut started = Started::parse(source, false, style, &mut timings)?;
    let hir = std::mem::take(&mut started.hir);
    let tcx = Tcx::new(&hir, &started.diag);
    check_bodies(&tcx);
    started.stop_on_errors()?;
    started.report(false);
    Ok(Checked { source: started.source })
}

/// A program whose names are resolved.
pub struct Started {
    /// Where it lies.
    pub source: sources::Program,
    /// Its texts, and those of our std.
    pub sources: SourceMap,
    /// What there is to say about it.
    pub diag: DiagSink,
    /// Its definitions.
    pub hir: Hir,
    style: Style,
}

impl Started {
    /// Parses a program and resolves its names; `cfg_test` keeps its tests.
    ///
    /// # Errors
    /// After the program's errors have been printed.
    pub fn parse(
        source: sources::Program,
        cfg_test: bool,
        style: Style,
        timings: &mut Timings,
    ) -> Result<Started, Stop> {
        let mut sources = SourceMap::default();
        let diag = DiagSink::default();
        let std = Image::load(STD_IMAGE);
        std.add_sources(&mut sources);
        timings.stage("load std");
        let library = source.library.as_ref().map(|(name, _)| Symbol::intern(name));
        let options = ParseOptions { cfg_test, edition: source.edition, library, ..ParseOptions::default() };
        // A binary of a package with a library gives up the name to it.
        let name = if source.library.is_some() { "main" } else { source.name.as_str() };
        let crates = match &source.library {
            None => vec![ast::parse_crate(&mut sources, &source, &source.root, name, options, &diag)],
            Some((library, root)) => {
                let (library, root) = ((root.as_str(), library.as_str()), (source.root.as_str(), name));
                ast::parse_with_library(&mut sources, &source, library, root, options, &diag)
            }
        };
        for file in sources.files.iter_mut().filter(|f| !f.is_std) {
            file.path = source.shown(&file.path);
        }
        timings.stage("parse");
        let mut started = Started { source, sources, diag, hir: Hir::default(), style };
        started.stop_on_errors()?;
        started.hir = resolve::resolve_with_std(&std, crates, &started.diag);
        timings.stage("resolve");
        Ok(started)
    }

    /// Prints what there is to say; whether there was an error.
    pub fn report(&self, only_errors: bool) -> bool {
        let list = self.diag.take();
        let has_errors = list.iter().any(|d| d.severity == Severity::Error);
        if !list.is_empty() && (has_errors || !only_errors) {
            render::print(self.style, &self.sources, &list);
        }
        has_errors
    }

    /// Prints the errors, if there are any.
    ///
    /// # Errors
    /// If there are.
    pub fn stop_on_errors(&self) -> Result<(), Stop> {
        if self.diag.has_errors().is_err() && self.report(true) { Err(Stop::Reported) } else { Ok(()) }
    }
    /// The result of a stage; if it failed, the program's errors are printed first.
    ///
    /// # Errors
    /// If the stage failed.
    pub fn unless_refused<T>(&self, result: Result<T, Stop>) -> Result<T, Stop> {
        result.or_else(|stop| self.stop_on_errors().and(Err(stop)))
    }
}

/// Checks every item and body of the user's crate, and what is called from outside; errors go to the sink.
pub(crate) fn check_bodies(tcx: &Tcx<'_>) {
    typeck::check_items(tcx, CrateId::new(1));
    if let Some(main) = main_function(tcx) {
        entry::check_main(tcx, main);
    }
    let owners: Vec<DefId> = tcx
        .hir
        .defs_of(CrateId::new(1))
        .filter(|def| tcx.hir.body_id_of(def.id).is_some())
        .map(|def| def.id)
        .collect();
    for owner in owners {
        // Errors are in the sink.
        let _ = lower::built_bodies(tcx, owner);
    }
}

/// A function to start from.
pub struct Root {
    /// The function.
    pub def: DefId,
    /// What its task is called.
    pub name: String,
    /// Whether it begins as a program does: `main` or a test.
    pub is_program: bool,
}

/// What `cloudc run` and `cloudc build` start from: `main`, or the public functions.
fn entries(tcx: &Tcx<'_>) -> Vec<Root> {
    if let Some(main) = main_function(tcx) {
        return vec![Root { def: main, name: "main".to_string(), is_program: true }];
    }
    let root = |def: DefId| Root { def, name: def.name().to_string(), is_program: false };
    public_functions(tcx).into_iter().map(root).collect()
}

/// Collects the instances of a checked program and cuts it into tasks.
///
/// # Errors
/// If the program has errors, which are in the sink, or inference fails.
pub(crate) fn collect(
    tcx: &Tcx<'_>,
    tasks: Option<&TaskArgs>,
    profile: &Profile,
    timings: &mut Timings,
) -> Result<(Program, Inferred), Stop> {
    Collected::new(tcx, timings)?.cut(&task_options(tasks), profile, Policy::Code, timings)
}

/// A program with all its functions, to be cut into tasks. Copies of it can be cut in different ways.
#[derive(Clone)]
pub struct Collected<'t, 'h> {
    collector: Collector<'t, 'h>,
    requests: Vec<EntryRequest>,
}

impl<'t, 'h> Collected<'t, 'h> {
    /// What a checked program starts from, and what that reaches.
    ///
    /// # Errors
    /// If there is nothing to start from, or the program is refused; what is wrong is in the sink.
    pub fn new(tcx: &'t Tcx<'h>, timings: &mut Timings) -> Result<Collected<'t, 'h>, Stop> {
        Self::from_roots(tcx, &entries(tcx), timings)
    }

    /// What the roots reach.
    ///
    /// # Errors
    /// If none of the roots can be an entry, or the program is refused; what is wrong is in the sink.
    pub fn from_roots(
        tcx: &'t Tcx<'h>,
        roots: &[Root],
        timings: &mut Timings,
    ) -> Result<Collected<'t, 'h>, Stop> {
        let mut collector = Collector::new(tcx);
        let funcs: Vec<FuncId> = roots.iter().map(|r| collector.add_root(r.def, Args::new(&[]))).collect();
        collector.run().map_err(|_| Stop::Reported)?;
        timings.stage("collect");
        let mut instruments = instruments();
        transform::for_inference(&mut collector.program, &mut instruments);
        timings.stage("prepare");
        timings.passes(&instruments);
        let mut requests = Vec::new();
        let mut refused = Vec::new();
        for (root, func) in roots.iter().zip(funcs) {
            match request(&collector.program, root, func, tcx.hir.def(root.def).span) {
                Ok(request) => requests.push(request),
                Err(why) => refused.push(why),
            }
        }
        if requests.is_empty() {
            let message = "the program has no entry: no `fn main`, and no public function at its root whose types can \
                           be passed from outside";
            let mut d = Diagnostic::error("", Span::NONE, message);
            for why in refused {
                d = d.note(why);
            }
            tcx.diag.emit_error(d);
            return Err(Stop::Reported);
        }
        Ok(Collected { collector, requests })
    }

    /// Finds the tasks and optimises what they hold.
    ///
    /// # Errors
    /// If the program is refused, which is in the sink, or inference fails.
    pub fn cut(
        mut self,
        options: &tasks::Options,
        profile: &Profile,
        policy: Policy,
        timings: &mut Timings,
    ) -> Result<(Program, Inferred), Stop> {
        let inferred = tasks::infer(&mut self.collector, &self.requests, options, profile);
        let inferred = inferred.map_err(|e| Stop::world(format!("cannot infer the tasks: {e}")))?;
        self.collector.run().map_err(|_| Stop::Reported)?;
        timings.stage("infer");
        let mut program = self.collector.program;
        let roots: Vec<FuncId> = inferred.tasks.iter().map(|t| t.root).collect();
        let mut instruments = instruments();
        transform::for_codegen(&mut program, &roots, policy, &mut instruments);
        timings.stage("optimise");
        timings.passes(&instruments);
        Ok((program, inferred))
    }
}

fn instruments() -> Instruments {
    Instruments { clock: Some(timing::clock), ..Instruments::default() }
}

/// Options of inference as the command line gives them.
pub fn task_options(tasks: Option<&TaskArgs>) -> tasks::Options {
    let Some(args) = tasks else { return tasks::Options::default() };
    let mode = match args.tasks {
        TaskMode::Auto => tasks::Mode::Auto,
        TaskMode::Always => tasks::Mode::Always,
        TaskMode::Never => tasks::Mode::Never,
    };
    tasks::Options { mode, grain: args.grain, chunks: args.chunks }
}

/// `fn main` at the root of the user's crate.
fn main_function(tcx: &Tcx<'_>) -> Option<DefId> {
    root_functions(tcx).find(|def| def.name() == "main")
}

fn root_functions<'t>(tcx: &'t Tcx<'_>) -> impl Iterator<Item = DefId> + 't {
    let root = tcx.hir.roots[CrateId::new(1)];
    let all = tcx.hir.defs_of(CrateId::new(1));
    all.filter(move |d| d.parent == Some(root) && matches!(d.kind, DefKind::Fn(_))).map(|d| d.id)
}

/// Public functions at the root without parameters for types.
fn public_functions(tcx: &Tcx<'_>) -> Vec<DefId> {
    let is_entry = |def: &DefId| {
        let has_params = tcx.hir.generics(*def).is_some_and(|g| !g.params.is_empty());
        tcx.hir.def(*def).vis == Visibility::Public && !has_params
    };
    root_functions(tcx).filter(is_entry).collect()
}

/// An entry, if its types can cross.
fn request(program: &Program, root: &Root, func: FuncId, span: Span) -> Result<EntryRequest, String> {
    let body = &program.functions[func].body;
    let name = &root.name;
    let mut params = Vec::new();
    for (k, local) in body.args().enumerate() {
        let local = &body.locals[local];
        let param = local.name.map_or_else(|| format!("arg{k}"), |n| n.to_string());
        if let Err(o) = boundary::check(program, local.ty) {
            return Err(format!("`{name}` is no entry: `{param}: {}`: {}", local.ty, o.why));
        }
        params.push(param);
    }
    let mut fields = Vec::new();
    if !root.is_program {
        let result = body.return_ty();
        let o = boundary::check(program, result).err().map(|o| o.why);
        let borrowed = matches!(result.kind(), TyKind::Ref(..)).then_some("it is borrowed");
        if let Some(why) = o.or(borrowed) {
            return Err(format!("`{name}` is no entry: its result `{result}`: {why}"));
        }
        fields = result_fields(program, root.def, result);
    }
    Ok(EntryRequest { name: name.clone(), func, params, fields, is_program: root.is_program, span })
}

/// The names of the fields of a struct of the user's: each is an output of its own.
fn result_fields(program: &Program, entry: DefId, result: Ty) -> Vec<String> {
    let Some(adt) = program.adts.get(&result) else { return Vec::new() };
    let krate = |def: DefId| def.path.as_str().split("::").next().map(str::to_string);
    let fields = adt.variants.first().map(|v| &v.fields[..]).unwrap_or_default();
    let is_named = fields.iter().all(|(n, _)| !n.as_str().starts_with(|c: char| c.is_ascii_digit()));
    if adt.kind != AdtKind::Struct || krate(adt.def) != krate(entry) || !is_named {
        return Vec::new();
    }
    fields.iter().map(|(n, _)| n.to_string()).collect()
}
