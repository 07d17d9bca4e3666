//! `cloudc check --oracle`: runs the program here and under rustc, and compares.
//!
//! The sources are copied to a temporary folder and compiled by rustc as they are, with overflow checks on; an entry that
//! is not `main` gets a generated `main` that makes the same inputs ([`literal`]) and prints results the same way
//! ([`shim`]). Compared are the bytes of standard output, the exit status, and the message and place of a panic.

mod literal;
mod shim;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use cloudc_analysis::tasks::{Task, TaskKind};
use cloudc_frontend::mono::Program;

use crate::args::{CheckArgs, TaskArgs, TaskMode};
use crate::front::{self, Front, Wanted};
use crate::render::Style;
use crate::stop::{Stop, print};
use crate::timing::Timings;
use crate::values::input;
use crate::write::write;

/// How a run ended, as far as both sides must agree.
#[derive(Debug, PartialEq)]
struct Ended {
    stdout: Vec<u8>,
    status: Status,
    /// `line:column: message` of a panic.
    panic: Option<String>,
}

#[derive(Debug, PartialEq)]
enum Status {
    Code(i32),
    /// A panic, or whatever else ends a program without a code of its own.
    Failed,
}

/// Runs both and compares.
pub fn compare(args: &CheckArgs, style: Style) -> Result<(), Stop> {
    let tasks = TaskArgs { tasks: TaskMode::Auto, grain: 1.0, ..TaskArgs::default() };
    let wanted = Wanted { tasks: Some(&tasks), hir: false };
    let (front, _) = front::compile(&args.source.path, wanted, style, &mut Timings::start())?;
    let folder = tempfile::tempdir().map_err(|e| Stop::world(format!("cannot make a folder: {e}")))?;
    let entries: Vec<&Task> = front.inferred.tasks.iter().filter(|t| t.kind.is_entry()).collect();
    for entry in entries {
        let dir = folder.path().join(&entry.name);
        let ours = ours(args, &front, entry)?;
        let theirs = theirs(args, &front, entry, &dir)?;
        report(entry, &ours, &theirs)?;
    }
    Ok(())
}

fn report(entry: &Task, ours: &Ended, theirs: &Ended) -> Result<(), Stop> {
    if ours == theirs {
        let bytes = ours.stdout.len();
        let how = if ours.panic.is_some() { ", the same panic" } else { "" };
        return print(
            format!("`{}`: equal to rustc ({bytes} bytes of output{how})\n", entry.name).as_bytes(),
        );
    }
    eprintln!("error: `{}` differs from rustc", entry.name);
    if ours.stdout != theirs.stdout {
        let at = ours.stdout.iter().zip(&theirs.stdout).position(|(a, b)| a != b);
        let at = at.unwrap_or(ours.stdout.len().min(theirs.stdout.len()));
        let line = ours.stdout[..at].iter().filter(|b| **b == b'\n').count();
        let show = |bytes: &[u8]| {
            let line = bytes.split(|b| *b == b'\n').nth(line).unwrap_or_default();
            String::from_utf8_lossy(line).into_owned()
        };
        eprintln!("  output differs from line {} on", line + 1);
        eprintln!("  cloudc: {}\n  rustc:  {}", show(&ours.stdout), show(&theirs.stdout));
    }
    if ours.status != theirs.status {
        eprintln!("  cloudc: {:?}\n  rustc:  {:?}", ours.status, theirs.status);
    }
    if ours.panic != theirs.panic {
        eprintln!("  cloudc: {:?}\n  rustc:  {:?}", ours.panic, theirs.panic);
    }
    Err(Stop::Reported)
}

/// The inputs of an entry: what the command line gives, then the package's `input/NAME.*`.
fn input_arguments(args: &CheckArgs, front: &Front, entry: &Task) -> Result<Vec<String>, Stop> {
    let mut list = args.inputs.clone();
    let folder = front.source.base.join("input");
    for port in &entry.inputs {
        if list.iter().any(|i| i.split('=').next() == Some(&port.name)) {
            continue;
        }
        let mut files: Vec<_> =
            fs::read_dir(&folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
        files.sort();
        if let Some(file) =
            files.iter().find(|f| f.file_stem().is_some_and(|s| s.to_str() == Some(&port.name)))
        {
            list.push(format!("{}=@{}", port.name, file.display()));
        }
    }
    Ok(list)
}

/// Runs this very command, so that what is compared is what a user gets.
fn ours(args: &CheckArgs, front: &Front, entry: &Task) -> Result<Ended, Stop> {
    let program = std::env::current_exe().map_err(|e| Stop::world(format!("cannot find cloudc: {e}")))?;
    let mut command = Command::new(program);
    command.arg("run").arg(&args.source.path).args(["--no-cache", "--entry", &entry.name]);
    for input in input_arguments(args, front, entry)? {
        command.args(["--input", &input]);
    }
    command.args(args.code.arguments()).arg("--").args(&args.args);
    let output =
        command.stdin(Stdio::null()).output().map_err(|e| Stop::world(format!("cannot run cloudc: {e}")))?;
    let ended = ended(&output, Some(1));
    if output.status.code() == Some(2) && output.stdout.is_empty() && ended.panic.is_none() {
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
        return Err(Stop::Reported);
    }
    Ok(ended)
}

fn theirs(args: &CheckArgs, front: &Front, entry: &Task, dir: &Path) -> Result<Ended, Stop> {
    let mut root_text = String::new();
    for file in front.sources.files.iter().filter(|f| !f.is_std) {
        let name = front.source.unshown(&file.path);
        if name == front.source.root {
            root_text = file.text.to_string();
        }
        write(&dir.join(name), file.text.as_bytes())?;
    }
    if entry.kind != TaskKind::Program {
        let list = input_arguments(args, front, entry)?;
        let given = input::read_all(&list).map_err(Stop::usage)?;
        let wanted: Vec<_> = entry.inputs.iter().map(|p| (p.name.clone(), p.ty.to_string())).collect();
        let given = input::match_names(given, &wanted).map_err(Stop::usage)?;
        let made = shim::main(&front.program, entry, &given).map_err(Stop::world)?;
        for (name, bytes) in &made.files {
            write(&dir.join(name), bytes)?;
        }
        root_text.push_str(&made.text);
        write(&dir.join(&front.source.root), root_text.as_bytes())?;
    }
    let binary = fs::canonicalize(dir).unwrap_or_else(|_| dir.to_path_buf()).join("oracle");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let compile = |kind: &str, name: &str, root: &str, more: &[&str]| {
        let compiled = Command::new(&rustc)
            .current_dir(dir)
            .args(["--edition", front.source.edition.year(), "--crate-type", kind, "--crate-name", name])
            .args(["-C", "overflow-checks=on", "-C", "panic=abort", "-C", "opt-level=1", "-A", "warnings"])
            .args(more)
            .arg(root)
            .output();
        let compiled = compiled
            .map_err(|e| Stop::world(format!("--oracle needs rustc, which cannot be started: {e}")))?;
        if !compiled.status.success() {
            eprint!("{}", String::from_utf8_lossy(&compiled.stderr));
            return Err(Stop::world("rustc does not accept the program"));
        }
        Ok(())
    };
    let mut more = vec!["-o".to_string(), binary.to_string_lossy().into_owned()];
    let mut name = front.source.name.as_str();
    if let Some((library, root)) = &front.source.library {
        compile("rlib", library, root, &[])?;
        more.extend(["--extern".to_string(), format!("{library}=lib{library}.rlib")]);
        name = "main";
    }
    let more: Vec<&str> = more.iter().map(String::as_str).collect();
    compile("bin", name, &front.source.root, &more)?;
    let mut command = Command::new(&binary);
    command.env("RUST_BACKTRACE", "0");
    if entry.kind == TaskKind::Program {
        command.args(&args.args);
    } else {
        command.current_dir(dir);
    }
    let output = command.stdin(Stdio::null()).output();
    output.map(|o| ended(&o, None)).map_err(|e| Stop::world(format!("cannot run the oracle: {e}")))
}

/// Our exit code of a failed program is an ordinary one; rustc's aborts.
fn ended(output: &Output, failure: Option<i32>) -> Ended {
    let stderr = String::from_utf8_lossy(&output.stderr);
    let panic = panic_text(&stderr);
    let overflowed = stderr.contains("has overflowed its stack");
    let status = match output.status.code() {
        Some(code) if panic.is_none() && !overflowed => Status::Code(code),
        code if code.is_none() || code == failure => Status::Failed,
        Some(code) => Status::Code(code),
        None => Status::Failed,
    };
    Ended { stdout: output.stdout.clone(), status, panic }
}

/// `line:column: message` of the first panic in what was said on standard error.
pub fn panic_text(stderr: &str) -> Option<String> {
    let (_, rest) = stderr.split_once("panicked at ")?;
    let (place, message) = rest.split_once(":\n")?;
    let mut parts = place.rsplitn(3, ':');
    let (column, line) = (parts.next()?, parts.next()?);
    let end = message.find("\nnote: run with `RUST_BACKTRACE").unwrap_or(message.len());
    Some(format!("{line}:{column}: {}", message[..end].trim_end()))
}

/// The path of a definition as the generated code writes it.
fn rust_path(program: &Program, path: &str) -> String {
    let _ = program;
    match path.split_once("::") {
        Some(("std" | "core" | "alloc", rest)) => format!("::std::{rest}"),
        Some((_, rest)) => format!("crate::{rest}"),
        None => path.to_string(),
    }
}
