//! Programs that must do under `cloudc` what they do under rustc, in every mode.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use libtest_mimic::{Failed, Trial};

use crate::command::{cloudc, ensure, sources, stem, tests, texts};
use crate::{machines, modes};

/// Ways to start the command; [`modes`] has the others.
const COMMANDS: [(&str, &[&str]); 1] = [("as a user runs it", &["--jobs", "2"])];

/// The same with LLVM.
#[cfg(feature = "llvm")]
const LLVM_COMMANDS: [(&str, &[&str]); 1] = [(
    "LLVM for this processor, 3 chunks",
    &["--cpu", "native", "--tasks", "always", "--chunks", "3", "--jobs", "2"],
)];

/// What is compared of one back end.
pub struct Backend {
    /// Which it is.
    pub id: cloudc::embed::Backend,
    /// How a command asks for it.
    option: &'static str,
    commands: &'static [(&'static str, &'static [&'static str])],
    /// Whether it takes long to make an image.
    pub is_slow: bool,
    /// Bytes of a sample's largest image.
    largest_image: u64,
    programs: AtomicUsize,
    samples: AtomicUsize,
    /// Programs as images for each machine.
    pub machines: [AtomicUsize; 3],
}

impl Backend {
    const fn new(
        id: cloudc::embed::Backend,
        option: &'static str,
        commands: &'static [(&'static str, &'static [&'static str])],
        largest_image: u64,
    ) -> Backend {
        let [programs, samples] = [const { AtomicUsize::new(0) }; 2];
        Backend {
            id,
            option,
            commands,
            is_slow: !matches!(id, cloudc::embed::Backend::Clif),
            largest_image,
            programs,
            samples,
            machines: [const { AtomicUsize::new(0) }; 3],
        }
    }

    /// What folders of its images are called.
    pub fn name(&self) -> &'static str {
        self.option.trim_start_matches("--opt=")
    }
}

/// The back ends that are built in.
pub static BACKENDS: [Backend; 1 + cfg!(feature = "llvm") as usize] = [
    Backend::new(cloudc::embed::Backend::Clif, "--opt=clif", &COMMANDS, 64 << 10),
    // LLVM inlines and unrolls more.
    #[cfg(feature = "llvm")]
    Backend::new(cloudc::embed::Backend::Llvm, "--opt=llvm", &LLVM_COMMANDS, 96 << 10),
];

/// The program that `docs/explained.md` explains: several files, and a `main` that holds twenty loops also as they stand.
const EXPLAINED: &str = "docs/weather";
/// Bytes of its largest image.
const LARGEST_OF_EXPLAINED: u64 = 160 << 10;

/// The folders of `samples/`.
const SAMPLE_NAMES: [&str; 15] = [
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
];

/// What was compared.
pub fn summary() -> String {
    let of = |backend: &Backend| {
        format!(
            "compared with rustc ({}): {} programs in {} modes each, {} samples; {}\n",
            backend.option,
            backend.programs.load(Ordering::Relaxed),
            backend.commands.len() + modes::of(backend.id).len(),
            backend.samples.load(Ordering::Relaxed),
            machines::summary(backend)
        )
    };
    BACKENDS.iter().map(of).collect()
}

/// One test a program, one a sample.
pub fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = sources("run")
        .into_iter()
        .map(|file| Trial::test(format!("run/{}", stem(&file)), move || program(&file)))
        .collect();
    for name in SAMPLE_NAMES {
        trials.push(Trial::test(format!("sample/{name}"), move || sample(&format!("samples/{name}"))));
    }
    trials.push(Trial::test(EXPLAINED, || sample(EXPLAINED)));
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
    modes::compare(file, folder.path(), &expected)?;
    for backend in &BACKENDS {
        for (name, arguments) in backend.commands {
            let mut all = vec!["run", file.to_str().ok_or("the path is not UTF-8")?, "--no-cache"];
            all.push(backend.option);
            all.extend(*arguments);
            let output = cloudc(folder.path(), &all);
            let code = output.status.code().unwrap_or(-1);
            let panic = panic_text(&String::from_utf8_lossy(&output.stderr));
            // A program that panicked has exit code 1 here and 101 there.
            let code = if panic.is_some() && code == 1 { 101 } else { code };
            let got = Ended { stdout: String::from_utf8_lossy(&output.stdout).into_owned(), code, panic };
            ensure(got == expected, &format!("{name}: expected {expected:#?}"), &output)?;
        }
        backend.programs.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
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
fn sample(place: &str) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let path = tests().join("..").join(place);
    let path = path.to_str().ok_or("the path is not UTF-8")?;
    for backend in &BACKENDS {
        as_images(backend, folder.path(), path)?;
    }
    let explained = cloudc(folder.path(), &["explain", path]);
    ensure(explained.status.success() && !explained.stdout.is_empty(), "has no verdicts", &explained)?;
    let drawn = cloudc(folder.path(), &["graph", "--format", "dot", path]);
    ensure(drawn.status.success() && drawn.stdout.starts_with(b"digraph"), "has no graph", &drawn)?;
    if has_graphviz() {
        let drawn = cloudc(folder.path(), &["graph", "--format", "svg", path]);
        ensure(drawn.status.success(), "Graphviz does not take the graph", &drawn)?;
    }
    Ok(())
}

/// What a sample does and what its images are.
fn as_images(backend: &Backend, folder: &Path, path: &str) -> Result<(), Failed> {
    let checked = cloudc(folder, &["check", "--oracle", backend.option, path]);
    ensure(checked.status.success() && texts(&checked).0.contains("equal"), "not equal", &checked)?;
    let out = folder.join(backend.name());
    let out = out.to_str().ok_or("the path is not UTF-8")?;
    let built = cloudc(folder, &["build", backend.option, path, "--out", out]);
    ensure(built.status.success(), "does not build", &built)?;
    let inspected = cloudc(folder, &["inspect", out]);
    ensure(
        inspected.status.success() && texts(&inspected).0.contains("relocations: 0, undefined symbols: 0"),
        "inspect",
        &inspected,
    )?;
    for image in std::fs::read_dir(Path::new(out).join("images"))?.flatten() {
        let bytes = image.metadata()?.len();
        let most = if path.ends_with(EXPLAINED) { LARGEST_OF_EXPLAINED } else { backend.largest_image };
        ensure(bytes < most, &format!("{:?} has {bytes} bytes", image.file_name()), &inspected)?;
    }
    let verified = cloudc(folder, &["verify", backend.option, path]);
    ensure(verified.status.success(), "is not reproducible", &verified)?;
    backend.samples.fetch_add(1, Ordering::Relaxed);
    Ok(())
}

/// Whether Graphviz is installed; CI installs it.
fn has_graphviz() -> bool {
    Command::new("dot").arg("-V").output().is_ok_and(|o| o.status.success())
}
