//! Under what a program is compiled, and how what comes out is started.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::by_hand;
use crate::program::source;

/// Set when the command starts itself as `cloudc`.
pub const AS_CLOUDC: &str = "CLOUDC_BENCHES_AS_CLOUDC";

/// A way to make a program run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Variant {
    /// `rustc -O` with overflow checks: what all others are compared with.
    Rustc,
    /// `rustc -O`.
    Unchecked,
    /// One task, through Cranelift.
    Clif,
    /// One task, through LLVM.
    Llvm,
    /// As many tasks as inference finds, through Cranelift.
    Tasks,
    /// Made parallel by hand, with rayon.
    ByHand,
}

/// All of them, in the order of columns.
pub const VARIANTS: [Variant; 6] =
    [Variant::Rustc, Variant::Unchecked, Variant::Clif, Variant::Llvm, Variant::Tasks, Variant::ByHand];

impl Variant {
    /// The head of its column.
    pub fn name(self) -> &'static str {
        match self {
            Variant::Rustc => "rustc -O, checked",
            Variant::Unchecked => "unchecked",
            Variant::Clif => "clif",
            Variant::Llvm => "llvm",
            Variant::Tasks => "clif, tasks",
            Variant::ByHand => "rayon by hand",
        }
    }
    /// Whether it uses more than one thread.
    pub fn is_parallel(self) -> bool {
        matches!(self, Variant::Tasks | Variant::ByHand)
    }
}

/// A program, ready to be started.
pub struct Prepared {
    /// What was asked for.
    pub variant: Variant,
    /// The program and its arguments.
    pub command: Vec<PathBuf>,
    /// Seconds the compiler took.
    pub compile: f64,
    /// Bytes of the executable or of the images.
    pub size: u64,
}

impl Prepared {
    /// What starts it, without input.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.command[0]);
        command.args(&self.command[1..]).stdin(Stdio::null());
        if self.variant == Variant::Tasks {
            command.env(AS_CLOUDC, "1");
        }
        command
    }
}

/// Compiles a program; `None` if there is no such variant of it.
///
/// # Errors
/// What the compiler said.
pub fn prepare(name: &str, variant: Variant, folder: &Path) -> Result<Option<Prepared>, String> {
    let this = std::env::current_exe().map_err(|e| format!("this program is nowhere: {e}"))?;
    let out = folder.join(format!("{name}-{variant:?}"));
    let file = source(name);
    let prepared = |command: Vec<PathBuf>, compile: f64, size: u64| {
        Ok(Some(Prepared { variant, command, compile, size }))
    };
    match variant {
        Variant::Rustc | Variant::Unchecked => {
            let checks = if variant == Variant::Rustc { "overflow-checks=on" } else { "overflow-checks=off" };
            let mut rustc = Command::new("rustc");
            rustc.args(["--edition", "2024", "-O", "-C", checks, "-C", "strip=symbols", "-o"]);
            let compile = timed(rustc.arg(&out).arg(&file))?;
            let size = std::fs::metadata(&out).map_or(0, |m| m.len());
            prepared(vec![out], compile, size)
        }
        Variant::Clif | Variant::Llvm => {
            if variant == Variant::Llvm && !has_llvm(&this) {
                return Ok(None);
            }
            let mut cloudc = Command::new(&this);
            cloudc.env(AS_CLOUDC, "1").args(["build", "--tasks", "never", "--emit", "runner"]);
            cloudc.args(["--opt", if variant == Variant::Llvm { "llvm" } else { "clif" }]);
            let compile = timed(cloudc.arg("--out").arg(&out).arg(&file))?;
            let images = files(&out.join("images"));
            let [image] = &images[..] else { return Err(format!("`{name}` has {} images", images.len())) };
            let size = std::fs::metadata(image).map_or(0, |m| m.len());
            prepared(vec![out.join("runner"), image.clone()], compile, size)
        }
        Variant::Tasks => {
            let options = ["run", "--no-cache", "--stats"].map(PathBuf::from);
            prepared([this].into_iter().chain(options).chain([file]).collect(), 0.0, 0)
        }
        Variant::ByHand if by_hand::find(name).is_some() => {
            prepared(vec![this, "--by-hand".into(), name.into()], 0.0, 0)
        }
        Variant::ByHand => Ok(None),
    }
}

/// Whether the command was built with the LLVM back end.
fn has_llvm(this: &Path) -> bool {
    let mut cloudc = Command::new(this);
    cloudc.env(AS_CLOUDC, "1").args(["build", "--opt", "llvm", "--stop-after", "mir"]);
    timed(cloudc.arg(source("nqueens"))).is_ok()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|e| e.path()).collect()
}

/// Runs a compiler; gives the seconds it took.
fn timed(command: &mut Command) -> Result<f64, String> {
    let start = Instant::now();
    let output = command.stdin(Stdio::null()).output().map_err(|e| format!("{command:?}: {e}"))?;
    match output.status.success() {
        true => Ok(start.elapsed().as_secs_f64()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}
