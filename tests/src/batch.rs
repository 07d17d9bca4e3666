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

use crate::mode::{Made, Mode, cuts};
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
    let batch = Batch { expected, cuts: cuts(modes) };
    let mut groups = vec![left];
    while let Some(group) = groups.pop() {
        let Some(first) = group.first().map(|p| p.0) else { continue };
        let mut at = modes.first().map_or("", |m| m.name);
        let failed = match catch_unwind(AssertUnwindSafe(|| batch.compare(&group, &mut at, say, found))) {
            Ok(Ok(())) => continue,
            Ok(Err(failed)) => failed,
            Err(payload) => {
                let text = crash_text(&*payload);
                Failed::Other(format!("crash: {}", head(&text)), text)
            }
        };
        match failed {
            Failed::Errors(list) => {
                groups
                    .push(group.iter().filter(|p| !list.iter().any(|(n, ..)| *n == p.0)).cloned().collect());
                for (program, kind, detail) in list {
                    found(Finding { program, mode: at.to_string(), kind, detail });
                }
            }
            Failed::Other(kind, detail) if group.len() == 1 => {
                found(Finding { program: first, mode: at.to_string(), kind, detail });
            }
            Failed::Other(..) => {
                // Which one it is shows when they stand alone.
                let (a, b) = group.split_at(group.len() / 2);
                groups.push(b.to_vec());
                groups.push(a.to_vec());
            }
        }
    }
    Ok(outcome)
}

/// What programs are compared with, and how.
struct Batch {
    expected: BTreeMap<u64, Ended>,
    cuts: Vec<(Tasks, Vec<Mode>)>,
}

impl Batch {
    /// Compiles programs together, cuts them in every way and runs them in every mode. `at` is the mode at hand.
    fn compare(
        &self,
        programs: &[Program],
        at: &mut &'static str,
        say: &mut dyn FnMut(&str),
        found: &mut dyn FnMut(Finding),
    ) -> Result<(), Failed> {
        let name = match programs {
            [one] => one.0.to_string(),
            _ => "batch".to_string(),
        };
        say(&format!("at {name} {at}"));
        let mut files: Vec<(String, String)> = vec![("lib.rs".to_string(), root(programs, false))];
        files.extend(programs.iter().map(|(n, text)| (format!("p{n}.rs"), text.clone())));
        let compared = embed::with_program(&InMemoryTree(files), "lib.rs", "batch", |whole| {
            for (tasks, modes) in &self.cuts {
                *at = modes.first().map_or("", |m| m.name);
                say(&format!("at {name} {at}"));
                let refused = |text: String| Failed::Other(format!("cannot build: {}", head(&text)), text);
                let made = whole.cut(*tasks).map_err(|report| errors(&report))?;
                let made = Made::new(made, modes).map_err(refused)?;
                for (program, mode) in programs.iter().flat_map(|p| modes.iter().map(move |m| (p, m))) {
                    say(&format!("at {} {}", program.0, mode.name));
                    let result =
                        catch_unwind(AssertUnwindSafe(|| mode.run(&made, &format!("e{}", program.0))));
                    let result = result.unwrap_or_else(|p| Err(crash_text(&*p)));
                    compare(program.0, mode, &self.expected[&program.0], result, found);
                }
            }
            Ok(())
        });
        compared.unwrap_or_else(|report| Err(errors(&report)))
    }
}

enum Failed {
    /// Of each program in question: its number, the first error's kind, and its text.
    Errors(Vec<(u64, String, String)>),
    /// Kind and text of what is wrong with one of them.
    Other(String, String),
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
    if list.is_empty() {
        Failed::Other(format!("cannot build: {}", head(&other)), other)
    } else {
        Failed::Errors(list)
    }
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
