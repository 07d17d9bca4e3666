//! Programs that must do under `cloudc` what they do under rustc, in every mode.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use libtest_mimic::{Failed, Trial};

use crate::command::{cloudc, ensure, sources, stem, tests};
use crate::machines;

/// Ways to run a program; all must give the same bytes.
const MODES: [(&str, &[&str]); 9] = [
    ("interpreter", &["--host", "interp"]),
    ("sequential image", &["--tasks", "never", "--jobs", "1"]),
    ("as a user runs it", &["--jobs", "2"]),
    ("1 chunk", &["--tasks", "always", "--chunks", "1", "--jobs", "1"]),
    ("2 chunks", &["--tasks", "always", "--chunks", "2", "--jobs", "2"]),
    ("3 chunks, one after another", &["--tasks", "always", "--chunks", "3", "--host", "seq"]),
    ("7 chunks, shuffled", &["--tasks", "always", "--chunks", "7", "--jobs", "2", "--shuffle", "1"]),
    ("7 chunks, shuffled again", &["--tasks", "always", "--chunks", "7", "--jobs", "1", "--shuffle", "99"]),
    ("512 chunks", &["--tasks", "always", "--chunks", "512", "--jobs", "2"]),
];

/// The same with LLVM, which a run of the tests with the feature `llvm` is for.
const LLVM_MODES: [(&str, &[&str]); 2] = [
    ("LLVM, one task", &["--opt", "llvm", "--tasks", "never", "--jobs", "1"]),
    (
        "LLVM for this processor, 3 chunks",
        &["--opt", "llvm", "--cpu", "native", "--tasks", "always", "--chunks", "3", "--jobs", "2"],
    ),
];

/// The ways to run a program in this run of the tests.
fn modes() -> &'static [(&'static str, &'static [&'static str])] {
    if cfg!(feature = "llvm") { &LLVM_MODES } else { &MODES }
}

/// The back end of the commands that do not run a program in [`modes`].
pub const BACKEND: &str = if cfg!(feature = "llvm") { "--opt=llvm" } else { "--opt=clif" };

/// Bytes of a sample's largest image. LLVM inlines and unrolls more.
const LARGEST_IMAGE: u64 = if cfg!(feature = "llvm") { 96 << 10 } else { 64 << 10 };
/// The same of the one sample of several files, whose `main` holds twenty loops also as they stand.
const LARGEST_OF_WEATHER: u64 = 160 << 10;

/// The folders of `samples/`.
const SAMPLE_NAMES: [&str; 16] = [
    "wordcount",
    "kmeans",
    "mandelbrot",
    "matmul",
    "pipeline",
    "logstats",
    "mergesort",
    "nqueens",
    "montecarlo",
    "pagerank",
    "invertedindex",
    "join",
    "editdistance",
    "raytracer",
    "smithwaterman",
    "weather",
];

static PROGRAMS: AtomicUsize = AtomicUsize::new(0);
static SAMPLES: AtomicUsize = AtomicUsize::new(0);

/// What was compared.
pub fn summary() -> String {
    format!(
        "compared with rustc ({BACKEND}): {} programs in {} modes each, {} samples",
        PROGRAMS.load(Ordering::Relaxed),
        modes().len(),
        SAMPLES.load(Ordering::Relaxed)
    )
}

/// One test a program, one a sample.
pub fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = sources("run")
        .into_iter()
        .map(|file| Trial::test(format!("run/{}", stem(&file)), move || program(&file)))
        .collect();
    for name in SAMPLE_NAMES {
        trials.push(Trial::test(format!("sample/{name}"), move || sample(name)));
    }
    trials
}

/// How a run ended, as far as both sides must agree.
#[derive(PartialEq, Debug)]
pub struct Ended {
    pub stdout: String,
    pub code: i32,
    pub panic: Option<String>,
}

fn program(file: &Path) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let expected = under_rustc(file, folder.path())?;
    for (name, arguments) in modes() {
        let mut all = vec!["run", file.to_str().ok_or("the path is not UTF-8")?, "--no-cache"];
        all.extend(*arguments);
        let output = cloudc(folder.path(), &all);
        let code = output.status.code().unwrap_or(-1);
        let panic = panic_text(&String::from_utf8_lossy(&output.stderr));
        // A program that panicked has exit code 1 here and 101 there.
        let code = if panic.is_some() && code == 1 { 101 } else { code };
        let got = Ended { stdout: String::from_utf8_lossy(&output.stdout).into_owned(), code, panic };
        ensure(got == expected, &format!("{name}: expected {expected:#?}"), &output)?;
    }
    PROGRAMS.fetch_add(1, Ordering::Relaxed);
    machines::compare(file, folder.path(), &expected)
}

fn under_rustc(file: &Path, folder: &Path) -> Result<Ended, Failed> {
    let binary = folder.join("oracle");
    let mut rustc = Command::new("rustc");
    rustc
        .args(["--edition", "2024", "-C", "overflow-checks=on", "-A", "warnings", "-o"])
        .arg(&binary)
        .arg(file);
    let compiled = rustc.output()?;
    ensure(compiled.status.success(), "rustc refuses the program", &compiled)?;
    let output = Command::new(&binary).stdin(Stdio::null()).env("RUST_BACKTRACE", "0").output()?;
    Ok(Ended {
        stdout: String::from_utf8(output.stdout)?,
        code: output.status.code().unwrap_or(-1),
        panic: panic_text(&String::from_utf8_lossy(&output.stderr)),
    })
}

/// `line:column: message` of a panic.
fn panic_text(stderr: &str) -> Option<String> {
    let (_, rest) = stderr.split_once("panicked at ")?;
    let (place, message) = rest.split_once(":\n")?;
    let mut parts = place.rsplitn(3, ':');
    let (column, line) = (parts.next()?, parts.next()?);
    let end = message.find("\nnote: run with `RUST_BACKTRACE").unwrap_or(message.len());
    Some(format!("{line}:{column}: {}", message[..end].trim_end()))
}

/// A sample: `check --oracle` says equal, `verify` says reproducible, each image keeps the rules.
fn sample(name: &str) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let path = tests().join("../samples").join(name);
    let path = path.to_str().ok_or("the path is not UTF-8")?;
    let checked = cloudc(folder.path(), &["check", "--oracle", BACKEND, path]);
    ensure(
        checked.status.success() && crate::command::texts(&checked).0.contains("equal"),
        "not equal",
        &checked,
    )?;
    let built = cloudc(folder.path(), &["build", BACKEND, path, "--out", "out"]);
    ensure(built.status.success(), "does not build", &built)?;
    let inspected = cloudc(folder.path(), &["inspect", "out"]);
    let text = crate::command::texts(&inspected).0;
    ensure(
        inspected.status.success() && text.contains("relocations: 0, undefined symbols: 0"),
        "inspect",
        &inspected,
    )?;
    for image in std::fs::read_dir(folder.path().join("out/images"))?.flatten() {
        let bytes = image.metadata()?.len();
        let most = if name == "weather" { LARGEST_OF_WEATHER } else { LARGEST_IMAGE };
        ensure(bytes < most, &format!("{:?} has {bytes} bytes", image.file_name()), &inspected)?;
    }
    let verified = cloudc(folder.path(), &["verify", BACKEND, path]);
    ensure(verified.status.success(), "is not reproducible", &verified)?;
    let explained = cloudc(folder.path(), &["explain", path]);
    ensure(explained.status.success() && !explained.stdout.is_empty(), "has no verdicts", &explained)?;
    let drawn = cloudc(folder.path(), &["graph", "--format", "dot", path]);
    ensure(drawn.status.success() && drawn.stdout.starts_with(b"digraph"), "has no graph", &drawn)?;
    if has_graphviz() {
        let drawn = cloudc(folder.path(), &["graph", "--format", "svg", path]);
        ensure(drawn.status.success(), "Graphviz does not take the graph", &drawn)?;
    }
    SAMPLES.fetch_add(1, Ordering::Relaxed);
    Ok(())
}

/// Whether Graphviz is installed; CI installs it.
fn has_graphviz() -> bool {
    Command::new("dot").arg("-V").output().is_ok_and(|o| o.status.success())
}
