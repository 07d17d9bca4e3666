//! Compiles and runs programs held in memory; nothing is printed. A program gets no arguments and no input; files it names
//! it may read.
//!
//! In: a [`SourceTree`] and its root. Out: diagnostics as data, and how runs ended. This is what tools that compile many
//! programs in one process use, such as the fuzzers in `tests`.

use std::time::Duration;

use cloudc_abi::FailureCode;
use cloudc_analysis::interp;
use cloudc_analysis::layout::Layouts;
use cloudc_analysis::tasks::{Inferred, Profile, TaskId, TaskKind};
use cloudc_analysis::transform::Policy;
use cloudc_frontend::ast::{self, ParseOptions};
use cloudc_frontend::diag::{DiagSink, Diagnostic, Severity};
use cloudc_frontend::hir::Hir;
use cloudc_frontend::image::Image;
use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mono::Program;
use cloudc_frontend::resolve;
use cloudc_frontend::source::{SourceMap, SourceTree, Span};
use cloudc_frontend::ty::Tcx;
use cloudc_host::{Failure, Host, HostOptions};

use crate::args::{TaskArgs, TaskMode};
use crate::back::{self, Built, Code};
use crate::front::{self, Collected};
use crate::program;
use crate::stop::Stop;
use crate::timing::Timings;

pub use crate::STACK;
pub use crate::back::runner;
pub use cloudc_codegen::{Backend, Target, is_available};

/// Where to cut.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tasks {
    /// Nowhere.
    Never,
    /// Where it pays.
    Auto,
    /// Wherever it is legal, loops into this many chunks.
    Always(u64),
}

/// What was said about a program, and its texts.
pub struct Report {
    /// Errors and warnings in the order they were found.
    pub diagnostics: Vec<Diagnostic>,
    /// What their spans point into.
    pub sources: SourceMap,
}

impl Report {
    /// The errors.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|d| d.severity == Severity::Error)
    }
}

impl Report {
    /// The diagnostics as they are printed.
    pub fn render(&self) -> String {
        let renderer = annotate_snippets::Renderer::plain();
        self.diagnostics.iter().map(|d| crate::render::human(&renderer, &self.sources, d) + "\n").collect()
    }
}

/// A program after inference.
pub struct Compiled {
    sources: SourceMap,
    warnings: Vec<Diagnostic>,
    program: Program,
    inferred: Inferred,
}

/// A program as images.
pub struct Images {
    compiled: Compiled,
    built: IndexVec<TaskId, Built>,
}

/// How a run ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ended {
    /// What was printed.
    pub stdout: Vec<u8>,
    /// Why it ended.
    pub end: End,
}

/// Why a run ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum End {
    /// The entry returned.
    Returned,
    /// `process::exit`.
    Exited(u8),
    /// A panic: `line:column: message`.
    Panicked(String),
    /// The stack or a limit was used up, or the image did what no image does.
    Broken(String),
}

/// How images are executed.
#[derive(Clone, Copy, Debug)]
pub struct Execution {
    /// Runs at the same time.
    pub jobs: usize,
    /// Seed of the order in which ready runs start.
    pub shuffle: Option<u64>,
    /// How long it may take.
    pub deadline: Duration,
}

/// Checks a program; if it has no errors, also makes it monomorphic and evaluates its constants.
pub fn check(tree: &dyn SourceTree, root: &str, name: &str) -> Report {
    match compile(tree, root, name, Tasks::Never) {
        Ok(compiled) => Report { diagnostics: compiled.warnings, sources: compiled.sources },
        Err(report) => report,
    }
}

/// Compiles a program up to its tasks.
///
/// # Errors
/// What is wrong with it.
pub fn compile(tree: &dyn SourceTree, root: &str, name: &str, tasks: Tasks) -> Result<Compiled, Report> {
    with_program(tree, root, name, |whole| whole.cut(tasks))?
}

/// A checked program, to be cut in any number of ways.
pub struct Whole<'t, 'h> {
    collected: Collected<'t, 'h>,
    diag: &'h DiagSink,
    sources: &'t SourceMap,
}

impl Whole<'_, '_> {
    /// Cuts it into tasks.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn cut(&self, tasks: Tasks) -> Result<Compiled, Report> {
        let options = front::task_options(Some(&arguments(tasks)));
        let timings = &mut Timings::start();
        let done = self.collected.clone().cut(&options, &Profile::default(), Policy::Code, timings);
        let done = unless_stopped(done, self.diag);
        let (diagnostics, sources) = (self.diag.take(), self.sources.clone());
        match done {
            Some((program, inferred)) => Ok(Compiled { sources, warnings: diagnostics, program, inferred }),
            None => Err(Report { diagnostics, sources }),
        }
    }
}

/// Checks a program and makes it monomorphic, and lets the caller do something with it.
///
/// # Errors
/// What is wrong with it.
pub fn with_program<T>(
    tree: &dyn SourceTree,
    root: &str,
    name: &str,
    then: impl FnOnce(&Whole<'_, '_>) -> T,
) -> Result<T, Report> {
    let mut sources = SourceMap::default();
    let diag = DiagSink::default();
    let std = Image::load(front::STD_IMAGE);
    std.add_sources(&mut sources);
    let user = ast::parse_crate(&mut sources, tree, root, name, ParseOptions::default(), &diag);
    let mut hir = Hir::default();
    if diag.has_errors().is_ok() {
        hir = resolve::resolve_with_std(&std, vec![user], &diag);
    }
    if diag.has_errors().is_ok() {
        let tcx = Tcx::new(&hir, &diag);
        front::check_bodies(&tcx);
        if diag.has_errors().is_ok()
            && let Some(collected) = unless_stopped(Collected::new(&tcx, &mut Timings::start()), &diag)
        {
            return Ok(then(&Whole { collected, diag: &diag, sources: &sources }));
        }
    }
    Err(Report { diagnostics: diag.take(), sources })
}

/// The result; why there is none is in the sink.
fn unless_stopped<T>(result: Result<T, Stop>, diag: &DiagSink) -> Option<T> {
    match result {
        Ok(done) => return Some(done),
        Err(Stop::World(message) | Stop::Usage(message)) => {
            diag.emit_error(Diagnostic::error("", Span::NONE, message));
        }
        Err(Stop::Reported | Stop::Exit(_)) => {}
    }
    None
}

fn arguments(tasks: Tasks) -> TaskArgs {
    let (tasks, chunks) = match tasks {
        Tasks::Never => (TaskMode::Never, None),
        Tasks::Auto => (TaskMode::Auto, None),
        Tasks::Always(chunks) => (TaskMode::Always, Some(chunks)),
    };
    TaskArgs { tasks, grain: 1.0, chunks, profile: None }
}

impl Compiled {
    /// The tasks that can be asked for, by name.
    pub fn entries(&self) -> impl Iterator<Item = (TaskId, &str)> {
        let tasks = self.inferred.tasks.iter_enumerated();
        tasks.filter(|(_, t)| t.kind.is_entry()).map(|(id, t)| (id, t.name.as_str()))
    }

    /// How many calls and parts of loops are tasks.
    pub fn cuts(&self) -> usize {
        self.inferred.tasks.iter().filter(|t| !t.kind.is_entry()).count()
    }

    /// The inputs of an entry that takes none but what `main` reads by name.
    fn inputs(&self, entry: TaskId) -> Result<Vec<Vec<u8>>, String> {
        let is_program = self.inferred.tasks[entry].kind == TaskKind::Program;
        if is_program && program::reads_named(&self.program) {
            program::named_inputs(&self.program, &[], &mut std::io::empty())
        } else {
            Ok(Vec::new())
        }
    }

    /// Runs an entry without inputs in the reference interpreter; only for programs that are not cut.
    ///
    /// # Errors
    /// If a file that the program names cannot be read.
    pub fn interpret(&self, entry: TaskId, steps: u64) -> Result<Ended, String> {
        let objects = self.inputs(entry)?;
        let task = &self.inferred.tasks[entry];
        let layouts = Layouts::new(&self.program);
        let limits = interp::Limits { steps, ..interp::Limits::default() };
        let mut machine = interp::Machine::new(&layouts, limits);
        machine.start(&objects, task.outputs.len(), None);
        machine.named_inputs = (!objects.is_empty()).then_some(0);
        let text_output = task.text_output.map(|i| i as usize);
        let outcome = machine.run_with_runtime(task.root, &[], text_output, &mut interp::NoHost);
        let run = machine.finish(outcome);
        let stdout = text_output.and_then(|i| run.outputs.get(i).cloned().flatten()).unwrap_or_default();
        let end = match run.outcome {
            interp::Outcome::Returned(_) => End::Returned,
            interp::Outcome::Exited(code) => End::Exited(code as u8),
            interp::Outcome::Panicked(f) => self.panicked(f.code, Some(f.site), &f.message),
            interp::Outcome::Limit(limit) => End::Broken(format!("the interpreter's limit {limit:?}")),
            interp::Outcome::Fault(what) => End::Broken(what),
        };
        Ok(Ended { stdout, end })
    }

    /// The image of an entry for a target.
    ///
    /// # Errors
    /// A limit of the back end.
    pub fn image(&mut self, entry: TaskId, backend: Backend, target: Target) -> Result<Vec<u8>, String> {
        let code = Code { backend, target, ..Code::here() };
        let built = back::build(&mut self.program, &self.inferred, code, None)?;
        Ok(built[entry].image.clone())
    }

    /// Compiles all tasks with a back end.
    ///
    /// # Errors
    /// A limit of the back end.
    pub fn build(mut self, backend: Backend) -> Result<Images, String> {
        let code = Code { backend, ..Code::here() };
        let built = back::build(&mut self.program, &self.inferred, code, None)?;
        Ok(Images { compiled: self, built })
    }

    fn panicked(&self, code: u32, site: Option<Span>, message: &str) -> End {
        match FailureCode::from_number(code) {
            Some(FailureCode::Stack) => End::Broken("the stack is used up".to_string()),
            Some(code) if code as u32 >= 16 => End::Broken(format!("{}: {message}", code.describe())),
            _ => {
                let at = site.filter(|s| !s.is_none()).and_then(|s| self.sources.position(s));
                let at = at.map_or_else(|| "?".to_string(), |p| format!("{}:{}", p.line, p.column));
                End::Panicked(format!("{at}: {message}"))
            }
        }
    }
}

impl Images {
    /// The program they were made of.
    pub fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    /// Runs an entry without inputs.
    ///
    /// # Errors
    /// If the host refuses, or a file that the program names cannot be read.
    pub fn run(&self, entry: TaskId, how: Execution) -> Result<Ended, String> {
        let options = HostOptions {
            jobs: how.jobs,
            no_cache: true,
            deadline: Some(how.deadline),
            shuffle: how.shuffle,
            ..HostOptions::default()
        };
        let host = Host::open(options).map_err(|e| e.to_string())?;
        let mut wanted = vec![entry];
        let mut added = vec![false; self.built.len()];
        while let Some(id) = wanted.pop() {
            if !std::mem::replace(&mut added[id.0 as usize], true) {
                host.add_image(&self.built[id].image).map_err(|e| e.to_string())?;
                wanted.extend(self.compiled.inferred.tasks[id].spawns.iter().map(|s| s.task));
            }
        }
        let (task, built) = (&self.compiled.inferred.tasks[entry], &self.built[entry]);
        let objects = self.compiled.inputs(entry)?;
        let names: Result<Vec<_>, _> = objects.iter().map(|o| host.put(o)).collect();
        let names = names.map_err(|e| e.to_string())?;
        let result = host.run(built.name, &names, built.note.n_outputs).map_err(|e| e.to_string())?;
        let text = task.text_output.and_then(|i| result.outputs.get(i as usize));
        let stdout = text.and_then(|t| t.as_deref().ok()).map(<[u8]>::to_vec).unwrap_or_default();
        let end = match result.outputs.iter().find_map(|o| o.as_ref().err()) {
            Some(failure) => self.failed(failure),
            None => End::Returned,
        };
        Ok(Ended { stdout, end })
    }

    fn failed(&self, failure: &Failure) -> End {
        let root = failure.root();
        if root.code == crate::run::EXIT {
            return End::Exited(root.detail as u8);
        }
        let task = self.built.iter().find(|b| b.name == root.task);
        let site = task.and_then(|b| b.sites.get(&root.site).copied());
        self.compiled.panicked(root.code, site, &root.message)
    }
}
