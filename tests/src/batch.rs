//! Many programs at once, compiled and run here and compared with what they do under rustc.
//!
//! All programs of a batch are modules of one crate with an entry each, so that our std is collected once. Runs inside a
//! child process (`fuzz-programs --worker`): its progress is a protocol of lines, so that the parent knows which program a
//! crash belongs to.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use cloudc::embed::{self, End, Ended, Report, Tasks};
use cloudc_frontend::source::InMemoryTree;

use crate::mode::{Made, Mode};
use crate::oracle::{Oracle, Program, root};

/// What is wrong with a program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// Number of the program.
    pub program: u64,
    /// The mode it shows in.
    pub mode: String,
    /// What kind of mistake; equal texts are probably the same mistake.
    pub kind: String,
    /// Details.
    pub detail: String,
}

/// What a batch gave.
#[derive(Default)]
pub struct Outcome {
    /// Programs compared.
    pub compared: usize,
    /// Programs that rustc refuses too.
    pub invalid: usize,
}

/// Compiles and runs programs in all modes. `say` is told `at PROGRAM MODE` before anything that may crash.
///
/// # Errors
/// If the world is in the way.
pub fn run(
    programs: &[Program],
    modes: &[Mode],
    folder: &Path,
    say: &mut dyn FnMut(&str),
    found: &mut dyn FnMut(Finding),
) -> std::io::Result<Outcome> {
    let mut outcome = Outcome::default();
    let oracle = Oracle::compile(programs, folder)?;
    let mut expected: BTreeMap<u64, Ended> = BTreeMap::new();
    let mut left: Vec<Program> = Vec::new();
    for program in programs {
        if oracle.refused.contains_key(&program.0) {
            outcome.invalid += 1;
            continue;
        }
        if let Some(ended) = oracle.run(program.0)? {
            expected.insert(program.0, ended);
            left.push(program.clone());
        }
    }
    outcome.compared = left.len();
    let mut cuts: Vec<Tasks> = Vec::new();
    for mode in modes {
        if !cuts.contains(&mode.tasks) {
            cuts.push(mode.tasks);
        }
    }
    for tasks in cuts {
        let here: Vec<&Mode> = modes.iter().filter(|m| m.tasks == tasks).collect();
        let groups = compile(std::mem::take(&mut left), &here, say, found);
        for (group, made) in &groups {
            for (program, mode) in group.iter().flat_map(|p| here.iter().map(move |m| (p, m))) {
                say(&format!("at {} {}", program.0, mode.name));
                let result = catch_unwind(AssertUnwindSafe(|| mode.run(made, &format!("e{}", program.0))));
                let result = result.unwrap_or_else(|p| Err(crash_text(&*p)));
                compare(program.0, mode, &expected[&program.0], result, found);
            }
        }
        left = groups.into_iter().flat_map(|g| g.0).collect();
    }
    Ok(outcome)
}

/// Compiles as many programs together as possible; those that fail are reported and left out.
fn compile(
    programs: Vec<Program>,
    modes: &[&Mode],
    say: &mut dyn FnMut(&str),
    found: &mut dyn FnMut(Finding),
) -> Vec<(Vec<Program>, Made)> {
    let Some(mode) = modes.first().copied() else { return Vec::new() };
    let needs_images = modes.iter().any(|m| m.jobs.is_some());
    let mut done = Vec::new();
    let mut groups = vec![programs];
    while let Some(group) = groups.pop() {
        let Some(first) = group.first() else { continue };
        let name = if group.len() == 1 { first.0.to_string() } else { "batch".to_string() };
        say(&format!("at {name} {}", mode.name));
        let program = first.0;
        let report = |kind: String, detail: String, found: &mut dyn FnMut(Finding)| {
            found(Finding { program, mode: mode.name.to_string(), kind, detail });
        };
        match catch_unwind(AssertUnwindSafe(|| make(&group, mode, needs_images))) {
            Ok(Ok(made)) => done.push((group, made)),
            Ok(Err(Failed::Errors(list))) => {
                let left: Vec<Program> =
                    group.iter().filter(|p| !list.iter().any(|(n, ..)| *n == p.0)).cloned().collect();
                for (n, kind, detail) in list {
                    found(Finding { program: n, mode: mode.name.to_string(), kind, detail });
                }
                groups.push(left);
            }
            Ok(Err(Failed::Other(text))) if group.len() == 1 => {
                report(format!("cannot build: {}", head(&text)), text, found)
            }
            Err(payload) if group.len() == 1 => {
                let text = crash_text(&*payload);
                report(format!("crash: {}", head(&text)), text, found);
            }
            Ok(Err(_)) | Err(_) => {
                // Which one it is shows when they stand alone.
                let (a, b) = group.split_at(group.len() / 2);
                groups.push(b.to_vec());
                groups.push(a.to_vec());
            }
        }
    }
    done
}

enum Failed {
    /// Of each program in question: its number, the first error's kind, and its text.
    Errors(Vec<(u64, String, String)>),
    Other(String),
}

fn make(programs: &[Program], mode: &Mode, needs_images: bool) -> Result<Made, Failed> {
    let mut files: Vec<(String, String)> = vec![("lib.rs".to_string(), root(programs, false))];
    files.extend(programs.iter().map(|(n, text)| (format!("p{n}.rs"), text.clone())));
    let compiled = embed::compile(&InMemoryTree(files), "lib.rs", "batch", mode.tasks)
        .map_err(|report| errors(&report))?;
    if !needs_images {
        return Ok(Made::Program(compiled));
    }
    compiled.build(mode.backend).map(Made::Images).map_err(Failed::Other)
}

fn errors(report: &Report) -> Failed {
    let mut list: Vec<(u64, String, String)> = Vec::new();
    let mut other = String::new();
    for error in report.errors() {
        let text = format!("{} {}", report.sources.show(error.span), error.message);
        let file = report.sources.files.get(error.span.file).map(|f| f.path.as_str()).unwrap_or_default();
        let number = file.strip_prefix('p').and_then(|f| f.strip_suffix(".rs")).and_then(|n| n.parse().ok());
        match number {
            Some(n) if !list.iter().any(|e| e.0 == n) => {
                list.push((n, format!("refused: {} {}", error.code, without_names(&error.message)), text));
            }
            Some(_) => {}
            None => other = format!("refused: {} {text}", error.code),
        }
    }
    if list.is_empty() { Failed::Other(other) } else { Failed::Errors(list) }
}

fn compare(
    program: u64,
    mode: &Mode,
    expected: &Ended,
    result: Result<Ended, String>,
    found: &mut dyn FnMut(Finding),
) {
    let (kind, detail) = match result {
        Ok(ended) if ended == *expected => return,
        Ok(Ended { end: End::Broken(text), .. }) => (format!("broken: {}", head(&text)), text),
        Ok(ended) if ended.stdout != expected.stdout => {
            let (ours, theirs) =
                (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&expected.stdout));
            let line = ours.lines().zip(theirs.lines()).position(|(a, b)| a != b);
            let line = line.unwrap_or_else(|| ours.lines().count().min(theirs.lines().count()));
            let shown = |t: &str| t.lines().nth(line).unwrap_or("(nothing)").to_string();
            let detail = format!(
                "line {} of the output\n  here:  {}\n  rustc: {}\n  ends: {:?} and {:?}",
                line + 1,
                shown(&ours),
                shown(&theirs),
                ended.end,
                expected.end
            );
            ("another output".to_string(), detail)
        }
        Ok(ended) => {
            ("another end".to_string(), format!("here {:?}, under rustc {:?}", ended.end, expected.end))
        }
        Err(text) => (format!("crash: {}", head(&text)), text),
    };
    found(Finding { program, mode: mode.name.to_string(), kind, detail });
}

fn crash_text(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("no message").to_string()
}

/// The first line, without what differs from program to program.
fn head(text: &str) -> String {
    without_names(text.lines().next().unwrap_or_default())
}

/// A message without what stands in backticks, and without numbers.
pub fn without_names(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let plain: Vec<&str> = parts.iter().enumerate().map(|(i, p)| if i % 2 == 0 { *p } else { "_" }).collect();
    plain.join("`").chars().filter(|c| !c.is_ascii_digit()).take(120).collect()
}
