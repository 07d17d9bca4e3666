//! Programs as images for every machine, run one by one as Linux programs, with qemu-user where this is another machine.
//!
//! The runner that maps an image and answers its calls is that of `cloudc build --emit runner`.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;

use cloudc::embed::{self, Compiled, Target};
use libtest_mimic::Failed;

use crate::command::{ensure, texts};
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

/// The machine of a program, by its number.
fn turn(program: &str) -> usize {
    program.bytes().map(usize::from).sum::<usize>() % MACHINES.len()
}

/// Makes an image for every machine of a program that is not cut, and compares what it does where it can be run. Back ends
/// that take their time make one for one machine, another for each program.
pub fn compare(
    program: &mut Compiled,
    name: &str,
    folder: &Path,
    backend: &Backend,
    expected: &Ended,
) -> Result<(), Failed> {
    let (entry, _) = program.entries().next().ok_or("no entry")?;
    for (nth, ((machine, emulator), count)) in MACHINES.iter().zip(&backend.machines).enumerate() {
        if backend.is_slow && turn(name) != nth {
            continue;
        }
        let target = Target::from_name(machine).ok_or("no such target")?;
        let (runner, image) = (folder.join("runner"), folder.join("image"));
        fs::write(&runner, embed::runner(target)?)?;
        fs::set_permissions(&runner, PermissionsExt::from_mode(0o755))?;
        fs::write(&image, program.image(entry, backend.id, target)?)?;
        let mut command = match emulator {
            Some(emulator) => Command::new(emulator),
            None => Command::new("/usr/bin/env"),
        };
        command.arg(runner).arg(image).stdin(Stdio::null());
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
        ensure(is_same, &format!("image for {machine}: expected {expected:#?}"), &output)?;
        count.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}
