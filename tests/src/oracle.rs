//! Many programs under rustc at once: one crate, a module each, one binary that runs the module it is told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{fs, io};

use cloudc::embed::{End, Ended};

use crate::process::finish;

/// How long rustc or a program may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// A program: its number and the text of its module.
pub type Program = (u64, String);

/// What rustc makes of programs.
pub struct Oracle {
    binary: PathBuf,
    /// What rustc refuses, with what it says.
    pub refused: BTreeMap<u64, String>,
}

/// The root file for some programs; `entries` are the functions that start them.
pub fn root(programs: &[Program], main: bool) -> String {
    let mut text = String::new();
    for (n, _) in programs {
        text += &format!("mod p{n};\n");
    }
    if main {
        text += "fn main() {\n    match std::env::args().nth(1).as_deref() {\n";
        for (n, _) in programs {
            text += &format!("        Some(\"{n}\") => p{n}::run(),\n");
        }
        text += "        _ => {}\n    }\n}\n";
    } else {
        for (n, _) in programs {
            text += &format!("pub fn e{n}() {{ p{n}::run() }}\n");
        }
    }
    text
}

impl Oracle {
    /// Compiles programs in a folder; what is refused is left out.
    ///
    /// # Errors
    /// If rustc cannot be started or fails for no reason of a program's.
    pub fn compile(programs: &[Program], folder: &Path) -> io::Result<Oracle> {
        let mut oracle = Oracle { binary: folder.join("oracle"), refused: BTreeMap::new() };
        for (n, text) in programs {
            fs::write(folder.join(format!("p{n}.rs")), text)?;
        }
        loop {
            let left: Vec<Program> =
                programs.iter().filter(|p| !oracle.refused.contains_key(&p.0)).cloned().collect();
            if left.is_empty() {
                return Ok(oracle);
            }
            fs::write(folder.join("main.rs"), root(&left, true))?;
            let mut rustc = Command::new("rustc");
            rustc.current_dir(folder).args([
                "--edition",
                "2024",
                "--cap-lints",
                "allow",
                "-C",
                "overflow-checks=on",
            ]);
            rustc.args(["-C", "panic=abort", "-C", "debuginfo=0", "-o", "oracle", "main.rs"]);
            let Some((status, _, errors)) = finish(&mut rustc, PATIENCE)? else {
                return Err(io::Error::other("rustc takes too long"));
            };
            if status.success() {
                return Ok(oracle);
            }
            let bad = files_named(&errors);
            if bad.is_empty() {
                return Err(io::Error::other(format!("rustc fails: {errors}")));
            }
            oracle.refused.extend(bad.into_iter().map(|n| (n, errors.clone())));
        }
    }

    /// What a program does under rustc; `None` if it does not end.
    ///
    /// # Errors
    /// If it cannot be started.
    pub fn run(&self, n: u64) -> io::Result<Option<Ended>> {
        let mut command = Command::new(&self.binary);
        command.arg(n.to_string()).env("RUST_BACKTRACE", "0");
        let Some((status, stdout, stderr)) = finish(&mut command, Duration::from_secs(10))? else {
            return Ok(None);
        };
        let end = match panic_text(&stderr) {
            Some(text) => End::Panicked(text),
            None => match status.code() {
                Some(0) => End::Returned,
                Some(code) => End::Exited(code as u8),
                None => End::Broken(format!("{status}: {stderr}")),
            },
        };
        Ok(Some(Ended { stdout, end }))
    }
}

/// The programs whose files errors point into.
fn files_named(errors: &str) -> BTreeSet<u64> {
    let mut found = BTreeSet::new();
    for line in errors.lines().filter_map(|l| l.trim_start().strip_prefix("--> p")) {
        found.extend(line.split(".rs").next().and_then(|n| n.parse::<u64>().ok()));
    }
    found
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
