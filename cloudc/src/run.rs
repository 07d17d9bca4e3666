//! `cloudc run`: compiles a program and runs it.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use cloudc_abi::{FailureCode, Name};
use cloudc_analysis::interp;
use cloudc_analysis::layout::Layouts;
use cloudc_analysis::tasks::{self, Task, TaskId, TaskKind};
use cloudc_codegen::Target;
use cloudc_frontend::index::IndexVec;
use cloudc_frontend::source::Span;
use cloudc_host::{Failure, Host, HostOptions, RunResult};

use crate::args::{HostKind, RunArgs, TaskArgs, TaskMode};
use crate::back::{self, Built, Code};
use crate::front::{self, Front, Wanted};
use crate::profile;
use crate::program;
use crate::render::Style;
use crate::stop::{Stop, print};
use crate::timing::Timings;
use crate::values::encode::{self, Form};
use crate::values::{decode, input};
use crate::write::cannot_write;

/// Exit code of a program that failed.
const FAILED: u8 = 1;
/// Failure code by which std reports `process::exit`; the status is the detail.
pub(crate) const EXIT: u32 = 8;

/// Compiles and runs.
pub fn run(args: &RunArgs, style: Style, quiet: bool) -> Result<(), Stop> {
    let code = Code::asked(&args.code, Target::X86_64)?;
    let mut timings = Timings::start();
    // The interpreter knows no other runs: it is given the program uncut.
    let uncut = TaskArgs { tasks: TaskMode::Never, ..args.tasks.clone() };
    let tasks = if args.host == HostKind::Interp { &uncut } else { &args.tasks };
    let wanted = Wanted { tasks: Some(tasks), hir: false };
    let (mut front, _) = front::compile(&args.source.path, wanted, style, &mut timings)?;
    let entry = entry(&front, args.entry.as_deref())?;
    let objects = inputs(&front, entry, args)?;
    if args.host == HostKind::Interp {
        return interpret(&front, entry, &objects, args);
    }
    let built = back::build(&mut front.program, &front.inferred, code, None).map_err(Stop::world)?;
    timings.stage("code");
    if args.timings {
        timings.print();
    }
    let result = execute(&built, entry, &objects, args, quiet, args.save_profile.is_some())?;
    if let Some(path) = &args.save_profile {
        profile::save(path, &front, &built, &result.trace)?;
    }
    if args.stats {
        let s = &result.stats;
        eprintln!(
            "runs {}  remembered {}  failed {}  bytes {}  parked {}  time {:.3} ms",
            s.runs,
            s.memo_hits + s.cut_offs,
            s.failed,
            s.bytes,
            s.parked,
            s.elapsed.as_secs_f64() * 1e3
        );
    }
    let task = &front.inferred.tasks[entry];
    let outputs: Vec<Option<&[u8]>> = result.outputs.iter().map(|o| o.as_deref().ok()).collect();
    if let Some(failure) = result.outputs.iter().find_map(|o| o.as_ref().err()) {
        show_text(task, &outputs)?;
        return Err(failed(&front, &built, failure));
    }
    show(&front, task, &outputs, args)
}

/// The entry to run.
pub fn entry(front: &Front, asked: Option<&str>) -> Result<TaskId, Stop> {
    let entries: Vec<TaskId> =
        front.inferred.tasks.indices().filter(|t| front.inferred.tasks[*t].kind.is_entry()).collect();
    let name = |t: &TaskId| front.inferred.tasks[*t].name.as_str();
    let known = || entries.iter().map(|t| format!("`{}`", name(t))).collect::<Vec<_>>().join(", ");
    match (asked, &entries[..]) {
        (Some(asked), _) => {
            entries.iter().copied().find(|t| name(t) == asked).ok_or_else(|| {
                Stop::usage(format!("there is no entry `{asked}`; the entries are {}", known()))
            })
        }
        (None, [only]) => Ok(*only),
        (None, _) => Err(Stop::usage(format!("choose one of the entries with --entry: {}", known()))),
    }
}

/// The objects that are the inputs of the run.
pub fn inputs(front: &Front, entry: TaskId, args: &RunArgs) -> Result<Vec<Vec<u8>>, Stop> {
    let task = &front.inferred.tasks[entry];
    let layouts = Layouts::new(&front.program);
    let given = input::read_all(&args.inputs).map_err(Stop::usage)?;
    let wanted: Vec<(String, String)> =
        task.inputs.iter().map(|p| (p.name.clone(), p.ty.to_string())).collect();
    let given = input::match_names(given, &wanted).map_err(Stop::usage)?;
    let mut objects = Vec::new();
    for (port, given) in task.inputs.iter().zip(&given) {
        objects.push(encode::encode(&layouts, port.ty, form(port.form), given).map_err(Stop::usage)?);
    }
    for output in &args.outputs {
        let name = output.split('=').next().unwrap_or_default();
        if !output.contains('=') {
            return Err(Stop::usage(format!("`--output {output}` is not of the form NAME=FILE")));
        }
        if !task.outputs.iter().any(|p| p.name == name) {
            let known: Vec<String> = task.outputs.iter().map(|p| format!("`{}`", p.name)).collect();
            return Err(Stop::usage(format!(
                "there is no output `{name}`; the outputs are {}",
                known.join(", ")
            )));
        }
    }
    if task.kind == TaskKind::Program && program::reads_named(&front.program) {
        let named = program::named_inputs(&front.program, &args.args, &mut std::io::stdin());
        objects.extend(named.map_err(Stop::world)?);
    } else if !args.args.is_empty() && task.kind != TaskKind::Program {
        return Err(Stop::usage(format!("`{}` takes no arguments; give its inputs with --input", task.name)));
    }
    Ok(objects)
}

/// How a value of a port lies in its object.
pub fn form(form: tasks::Form) -> Form {
    match form {
        tasks::Form::Record => Form::Record,
        tasks::Form::Raw | tasks::Form::Literal | tasks::Form::Text => Form::Plain,
    }
}

/// Runs the images; `trace` asks for a record of each run.
pub fn execute(
    built: &IndexVec<TaskId, Built>,
    entry: TaskId,
    objects: &[Vec<u8>],
    args: &RunArgs,
    quiet: bool,
    trace: bool,
) -> Result<RunResult, Stop> {
    let mut options = HostOptions {
        store: if args.no_cache { None } else { crate::cache::folder(args.cache.as_ref()) },
        no_cache: args.no_cache,
        deadline: args.deadline.map(|s| Duration::try_from_secs_f64(s).unwrap_or(Duration::MAX)),
        shuffle: args.shuffle,
        trace,
        log: Some(Arc::new(|_, text| eprint!("{text}"))),
        ..HostOptions::default()
    };
    if quiet {
        options.warn = Arc::new(|_| {});
    }
    if args.host == HostKind::Seq {
        options.jobs = 1;
    } else if let Some(jobs) = args.jobs {
        if jobs == 0 {
            return Err(Stop::usage("--jobs must be at least 1"));
        }
        options.jobs = jobs;
    }
    let host = Host::open(options).map_err(Stop::world)?;
    for task in built.iter() {
        host.add_image(&task.image).map_err(Stop::world)?;
    }
    let mut names: Vec<Name> = Vec::new();
    for object in objects {
        names.push(host.put(object).map_err(Stop::world)?);
    }
    let task = &built[entry];
    host.run(task.name, &names, task.note.n_outputs).map_err(Stop::world)
}

/// Prints the text of a run that failed.
fn show_text(task: &Task, outputs: &[Option<&[u8]>]) -> Result<(), Stop> {
    match task.text_output.and_then(|i| outputs.get(i as usize).copied().flatten()) {
        Some(text) => print(text),
        None => Ok(()),
    }
}

/// Writes and prints the outputs.
fn show(front: &Front, task: &Task, outputs: &[Option<&[u8]>], args: &RunArgs) -> Result<(), Stop> {
    let layouts = Layouts::new(&front.program);
    let mut shown: Vec<(&str, decode::Located<'_>)> = Vec::new();
    for (i, port) in task.outputs.iter().enumerate() {
        let Some(bytes) = outputs.get(i).copied().flatten() else { continue };
        let value = decode::root(bytes, port.ty, form(port.form));
        let file = args.outputs.iter().find_map(|o| o.split_once('=').filter(|(n, _)| *n == port.name));
        if let Some((_, file)) = file {
            let content = file_content(&layouts, value, file).map_err(Stop::world)?;
            fs::write(file, content).map_err(|e| cannot_write(Path::new(file), &e))?;
        } else if task.text_output == Some(i as u32) {
            print(bytes)?;
        } else {
            shown.push((&port.name, value));
        }
    }
    let text = match &shown[..] {
        [] => Vec::new(),
        [(name, value)] if *name == "result" => plain(&layouts, *value).map_err(Stop::world)?,
        fields => {
            let mut text = String::from("{");
            for (i, (name, value)) in fields.iter().enumerate() {
                text.push_str(if i > 0 { "," } else { "" });
                decode::quote(&mut text, name);
                text.push(':');
                text.push_str(&decode::json(&layouts, *value).map_err(Stop::world)?);
            }
            text.push_str("}\n");
            text.into_bytes()
        }
    };
    print(&text)
}

/// Text and bytes as they are, everything else as a line of JSON.
fn plain(layouts: &Layouts<'_>, value: decode::Located<'_>) -> Result<Vec<u8>, String> {
    match crate::values::look(layouts, value.ty) {
        crate::values::Look::Json => Ok(format!("{}\n", decode::json(layouts, value)?).into_bytes()),
        _ => Ok(decode::elements(layouts, value)?.0.to_vec()),
    }
}

fn file_content(layouts: &Layouts<'_>, value: decode::Located<'_>, file: &str) -> Result<Vec<u8>, String> {
    if !file.ends_with(".npy") {
        return plain(layouts, value);
    }
    let kind = crate::values::element(layouts, value.ty).and_then(encode::npy_kind);
    let Some(kind) = kind else {
        return Err(format!("`{file}`: a `{}` is not a vector of numbers", value.ty));
    };
    let (data, count) = decode::elements(layouts, value)?;
    Ok(crate::values::npy::write(&kind, count, data))
}

/// Says why the program failed, as rustc's programs do.
fn failed(front: &Front, built: &IndexVec<TaskId, Built>, failure: &Failure) -> Stop {
    let root = failure.root();
    if root.code == EXIT {
        return Stop::Exit(root.detail as u8);
    }
    let task = built.iter_enumerated().find(|(_, b)| b.name == root.task);
    let site = task.and_then(|(_, b)| b.sites.get(&root.site).copied());
    let name = task.map_or("?", |(id, _)| front.inferred.tasks[id].name.as_str());
    report_failure(front, root.code, site, name, &root.message);
    Stop::Exit(FAILED)
}

fn report_failure(front: &Front, code: u32, site: Option<Span>, task: &str, message: &str) {
    match FailureCode::from_number(code) {
        Some(FailureCode::Stack) => {
            eprintln!("\nthread 'main' has overflowed its stack\nnote: in task `{task}`");
        }
        Some(code) if code as u32 >= 16 => eprintln!("error: task `{task}`: {}: {message}", code.describe()),
        _ => {
            let at = site.map_or_else(|| "<unknown>".to_string(), |s| front.sources.show(s));
            eprintln!("\nthread 'main' panicked at {at}:\n{message}");
        }
    }
}

/// Runs an entry in the reference interpreter.
fn interpret(front: &Front, entry: TaskId, objects: &[Vec<u8>], args: &RunArgs) -> Result<(), Stop> {
    let task = &front.inferred.tasks[entry];
    let layouts = Layouts::new(&front.program);
    let mut machine = interp::Machine::new(&layouts, interp::Limits::default());
    machine.start(objects, task.outputs.len(), None);
    machine.named_inputs = (objects.len() > task.inputs.len()).then_some(task.inputs.len());
    let text_output = task.text_output.map(|i| i as usize);
    let outcome = machine.run_with_runtime(task.root, &[], text_output, &mut interp::NoHost);
    let run = machine.finish(outcome);
    let outputs: Vec<Option<&[u8]>> = run.outputs.iter().map(Option::as_deref).collect();
    match run.outcome {
        interp::Outcome::Returned(_) => return show(front, task, &outputs, args),
        interp::Outcome::Exited(code) => {
            show_text(task, &outputs)?;
            return if code == 0 { Ok(()) } else { Err(Stop::Exit(code as u8)) };
        }
        _ => show_text(task, &outputs)?,
    }
    match run.outcome {
        interp::Outcome::Panicked(f) => {
            report_failure(front, f.code, Some(f.site).filter(|s| !s.is_none()), &task.name, &f.message);
        }
        interp::Outcome::Limit(limit) => eprintln!("error: the interpreter reached a limit: {limit:?}"),
        interp::Outcome::Fault(what) => eprintln!("error: internal compiler error: {what}"),
        interp::Outcome::Returned(_) | interp::Outcome::Exited(_) => {}
    }
    Err(Stop::Exit(FAILED))
}
