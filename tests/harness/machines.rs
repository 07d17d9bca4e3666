//! Programs as images for every machine, run one by one as Linux programs, with qemu-user where this is another machine.
//!
//! The runner that maps an image and answers its calls is made and linked by `cloudc build --emit runner`.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;

use libtest_mimic::Failed;

use crate::command::{cloudc, ensure, texts};
use crate::run::{Backend, Ended};

/// Targets, and what runs their programs here.
const MACHINES: [(&str, Option<&str>); 3] =
    [("x86_64", None), ("aarch64", Some("qemu-aarch64")), ("riscv64", Some("qemu-riscv64"))];

/// What was run where.
pub fn summary(backend: &Backend) -> String {
    let counts: Vec<String> = MACHINES
        .iter()
        .zip(&backend.machines)
        .map(|((target, emulator), count)| match (emulator, count.load(Ordering::Relaxed)) {
            (Some(emulator), 0) => format!("none for {target} (that takes {emulator})"),
            (_, count) => format!("{count} for {target}"),
        })
        .collect();
    format!("as images of one task {}", counts.join(", "))
}

/// Builds a program for every machine and compares what its image does where it can be run.
pub fn compare(file: &Path, folder: &Path, backend: &Backend, expected: &Ended) -> Result<(), Failed> {
    let file = file.to_str().ok_or("the path is not UTF-8")?;
    let folder = folder.join(backend.name());
    std::fs::create_dir_all(&folder)?;
    for ((target, emulator), count) in MACHINES.iter().zip(&backend.machines) {
        let arguments = ["build", backend.option, "--tasks", "never", "--emit", "runner", "--target", target];
        let built = cloudc(&folder, &[&arguments[..], &["--out", target, file]].concat());
        ensure(built.status.success(), &format!("does not build for {target}"), &built)?;
        let out = folder.join(target);
        let image = std::fs::read_dir(out.join("images"))?.next().ok_or("no image")??.path();
        let mut command = match emulator {
            Some(emulator) => Command::new(emulator),
            None => Command::new("/usr/bin/env"),
        };
        command.arg(out.join("runner")).arg(image).stdin(Stdio::null());
        let output = match command.output() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            output => output?,
        };
        let (stdout, stderr) = texts(&output);
        // The image knows no positions.
        let panic =
            expected.panic.as_ref().map(|text| text.split_once(": ").map_or("", |(_, message)| message));
        let is_same = stdout == expected.stdout
            && output.status.code() == Some(expected.code)
            && panic.is_none_or(|message| stderr.trim_end() == message);
        ensure(is_same, &format!("image for {target}: expected {expected:#?}"), &output)?;
        count.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}
