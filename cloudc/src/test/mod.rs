//! `cloudc test`: runs the `#[test]` functions of a program.
//!
//! In: a file, a folder of files, or a package. Out: what rustc's test programs print, and their exit code.
//!
//! All tests of a program are compiled together, each to a task of its own: a run that panics, faults or overflows its stack ends no
//! other. A test that passed is remembered by the name of its image; it runs again when code it reaches has changed.
//!
//! Reading order: [`find`] (which tests), [`execute`] (running them), [`outcome`] (how they ended), [`report`] (what is printed).

mod execute;
mod find;
mod outcome;
mod report;

use clap::Parser;
use cloudc_analysis::tasks::{Profile, TaskId};
use cloudc_analysis::transform::Policy;
use cloudc_codegen::Target;
use cloudc_frontend::index::IndexVec;
use cloudc_frontend::ty::Tcx;

use crate::args::{MessageFormat, TaskArgs, TestArgs, TestSelection};
use crate::back::{self, Built, Code};
use crate::front::{self, Collected, Root, Started};
use crate::program;
use crate::render::Style;
use crate::sources::{self, Program};
use crate::stop::{Stop, print};
use crate::timing::Timings;

use find::{Fate, TestCase};
use report::{Form, Report};

/// Exit code when a test failed, as of rustc's test programs.
const FAILED: u8 = 101;

/// Compiles and runs the tests.
pub fn test(args: &TestArgs, style: Style, quiet: bool, verbose: u8) -> Result<(), Stop> {
    let selection = selection(args)?;
    let jobs = args.jobs.or(selection.test_threads);
    if jobs == Some(0) {
        return Err(Stop::usage("--jobs must be at least 1"));
    }
    let programs = sources::find_tested(&args.path).map_err(Stop::usage)?;
    let has_headings = programs.len() > 1 && style.format == MessageFormat::Human;
    let (mut refused, mut failed) = (None, false);
    for program in programs {
        if has_headings && !quiet {
            eprintln!("     Running {}", program.shown(&program.root));
        }
        let form = match style.format {
            MessageFormat::Json => Form::Json,
            MessageFormat::Human if quiet => Form::Terse,
            MessageFormat::Human => Form::Pretty { verbose: verbose > 0 },
        };
        match suite(program, args, &selection, jobs, style, form) {
            Ok(passed) => failed |= !passed,
            Err(stop @ Stop::Usage(_)) => return Err(stop),
            Err(stop) => refused = refused.or(Some(stop.report())),
        }
    }
    match (refused, failed) {
        (Some(code), _) => Err(Stop::Exit(code)),
        (None, true) => Err(Stop::Exit(FAILED)),
        (None, false) => Ok(()),
    }
}

/// What the options before and after `--` say together.
fn selection(args: &TestArgs) -> Result<TestSelection, Stop> {
    #[derive(Parser)]
    #[command(name = "cloudc test --", no_binary_name = true)]
    struct Rest {
        #[command(flatten)]
        selection: TestSelection,
    }
    let rest = Rest::try_parse_from(&args.rest)
        .map_err(|e| Stop::usage(e.to_string().trim_start_matches("error: ")))?;
    let (mut all, rest) = (args.selection.clone(), rest.selection);
    all.filters.extend(rest.filters);
    all.skip.extend(rest.skip);
    all.exact |= rest.exact;
    all.list |= rest.list;
    all.ignored |= rest.ignored;
    all.include_ignored |= rest.include_ignored;
    all.nocapture |= rest.nocapture;
    all.show_output |= rest.show_output;
    all.test_threads = all.test_threads.or(rest.test_threads);
    Ok(all)
}

/// Compiles and runs the tests of one program; whether all passed.
fn suite(
    source: Program,
    args: &TestArgs,
    selection: &TestSelection,
    jobs: Option<usize>,
    style: Style,
    form: Form,
) -> Result<bool, Stop> {
    let mut timings = Timings::start();
    let mut started = Started::parse(source, true, style, &mut timings)?;
    let hir = std::mem::take(&mut started.hir);
    let tcx = Tcx::new(&hir, &started.diag);
    front::check_bodies(&tcx);
    let found = find::tests(&tcx);
    timings.stage("check");
    started.stop_on_errors()?;
    let (mut cases, mut fates, mut roots) = (Vec::new(), Vec::new(), Vec::new());
    for (case, root) in found {
        fates.push(find::fate(selection, &case));
        if fates.last() == Some(&Fate::Run) {
            roots.push(root);
        }
        cases.push(case);
    }
    if selection.list {
        return list(&cases, &fates).map(|()| true);
    }
    let images = compile(&tcx, &started, &roots, args, &mut timings)?;
    started.report(false);
    if args.timings {
        timings.print();
    }
    let report = Report::new(form, style, selection, &started.sources);
    execute::run(&cases, &fates, &images, args, jobs, report)
}

/// Tests as images.
struct Images {
    /// All images, those of tasks inside tests too.
    all: IndexVec<TaskId, Built>,
    /// The image of each test that runs.
    tests: Vec<TaskId>,
    /// What they read by name.
    objects: Vec<Vec<u8>>,
}

fn compile(
    tcx: &Tcx<'_>,
    started: &Started,
    roots: &[Root],
    args: &TestArgs,
    timings: &mut Timings,
) -> Result<Images, Stop> {
    if roots.is_empty() {
        return Ok(Images { all: IndexVec::new(), tests: Vec::new(), objects: Vec::new() });
    }
    let code = Code::asked(&args.code, Target::X86_64)?;
    let cut = TaskArgs { tasks: args.tasks, grain: 1.0, ..TaskArgs::default() };
    let options = front::task_options(Some(&cut));
    let (mut program, inferred) = started.unless_refused({
        // Which tests are chosen must not show in their images.
        Collected::from_roots(tcx, roots, timings)
            .and_then(|c| c.cut(&options, &Profile::default(), Policy::Independent, timings))
    })?;
    let built = back::build(&mut program, &inferred, code, None).map_err(Stop::world)?;
    timings.stage("code");
    let objects = if program::reads_named(&program) {
        program::named_inputs(&program, &[], &mut std::io::stdin()).map_err(Stop::world)?
    } else {
        Vec::new()
    };
    let tests =
        inferred.tasks.iter_enumerated().filter(|(_, t)| t.kind.is_entry()).map(|(id, _)| id).collect();
    Ok(Images { all: built, tests, objects })
}

/// `--list`
fn list(cases: &[TestCase], fates: &[Fate]) -> Result<(), Stop> {
    let shown = cases.iter().zip(fates).filter(|(_, fate)| **fate != Fate::FilteredOut);
    let names: Vec<String> = shown.map(|(case, _)| format!("{}: test\n", case.name)).collect();
    let plural = if names.len() == 1 { "" } else { "s" };
    print(format!("{}\n{} test{plural}, 0 benchmarks\n", names.concat(), names.len()).as_bytes())
}
