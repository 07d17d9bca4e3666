//! Links the same inputs here and with the linkers that are installed: `cargo bench -p cloudc-linker`.
//!
//! - `tasks`: a thousand small links against one library, each as an image; others make a static program in a process
//!   each, for they know no other way. Our process starts once.
//! - `big`: a thousand objects of 100 KB in a chain; `big-debug`: the same with debugging information.
//!
//! With `CLOUDC_LINK_INPUTS=FILE`, also the link of the files named there, one a line, as a static-PIE.
//!
//! CPU is user and system time of the linker, from the kernel's clock of 10 ms, so small links are counted together.
//! Every output is run and must exit as all others do.

mod inputs;
#[path = "../../tests/objects/mod.rs"]
mod objects;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cloudc_linker::{Archive, Input, Options, Profile, index_archive, link};
use inputs::{Shape, chained, library};

const OTHERS: [(&str, &[&str]); 4] = [
    ("ld.bfd", &["ld.bfd"]),
    ("lld", &["ld.lld"]),
    ("mold", &["mold", "--no-fork"]),
    ("wild", &["wild", "--no-fork"]),
];
const FLAGS: [&str; 6] = ["-nostdlib", "-static", "--gc-sections", "--build-id=none", "-z", "noexecstack"];

/// Links of the case `tasks`, and how many of them others are given.
const TASKS: usize = 1000;
const TASKS_OF_OTHERS: usize = 50;
const ROUNDS: usize = 3;

/// Processor time of this process and, once they have ended, of those it started.
fn cpu(children: bool) -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<u64> = stat
        .rsplit(')')
        .next()
        .unwrap_or("")
        .split_whitespace()
        .map(|field| field.parse().unwrap_or(0))
        .collect();
    let ticks = if children { 13..15 } else { 11..13 };
    Duration::from_millis(10 * fields.get(ticks).map_or(0, |ticks| ticks.iter().sum::<u64>()))
}

struct Case {
    name: &'static str,
    /// The files of each link.
    links: Vec<Vec<PathBuf>>,
    profile: Profile,
    for_others: usize,
}

fn main() {
    // In memory, if there is such a place: the disk is not what is compared.
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a folder");
    let mut cases =
        vec![tasks(folder.path()), big(folder.path(), "big", false), big(folder.path(), "big-debug", true)];
    cases.extend(std::env::var_os("CLOUDC_LINK_INPUTS").map(|file| real(Path::new(&file))));
    println!("{:<10} {:<8} {:>10} {:>12} {:>10}", "case", "linker", "ms a link", "CPU ms", "KB out");
    for case in &cases {
        ours(case, folder.path());
        for (name, command) in OTHERS {
            if Command::new(command[0]).arg("--version").stdout(Stdio::null()).status().is_ok() {
                other(case, folder.path(), name, command);
            } else {
                println!("{:<10} {name:<8} not installed", case.name);
            }
        }
    }
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM unknown");
    println!("our process at its largest, with all inputs: {}", peak.trim_start_matches("VmHWM:").trim());
}

fn tasks(folder: &Path) -> Case {
    let shape = Shape { functions: 64, half_dead: true, code: 600, strings: 4800, debug: false };
    let object = write(folder, "task.o", &chained(&shape, 0, true));
    let archive = write(folder, "library.a", &library(60));
    let links = vec![vec![object, archive]; TASKS];
    Case { name: "tasks", links, profile: Profile::Image, for_others: TASKS_OF_OTHERS }
}

fn big(folder: &Path, name: &'static str, debug: bool) -> Case {
    let shape = Shape { functions: 90, half_dead: false, code: 800, strings: 12_000, debug };
    let mut files: Vec<PathBuf> = (0..1000)
        .map(|index| write(folder, &format!("{name}_{index}.o"), &chained(&shape, index, index == 999)))
        .collect();
    files.push(write(folder, "library.a", &library(60)));
    Case { name, links: vec![files], profile: Profile::Static, for_others: 1 }
}

fn real(list: &Path) -> Case {
    let text = fs::read_to_string(list).expect("the list of inputs");
    let files = text.lines().map(PathBuf::from).collect();
    Case { name: "real", links: vec![files], profile: Profile::StaticPie, for_others: 1 }
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("an input is written");
    path
}

/// Reads, links and writes in this process; archives are indexed once, as for the tasks of one program.
fn ours(case: &Case, folder: &Path) {
    let out = folder.join("ours");
    let options = Options { validate: false, ..Options::program(case.profile) };
    let is_archive = |file: &&PathBuf| file.extension().is_some_and(|name| name == "a" || name == "rlib");
    let mut best = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        let (before, clock) = (cpu(false), Instant::now());
        let files = case.links[0].iter().filter(is_archive);
        let libraries: Vec<Vec<u8>> = files.map(|file| fs::read(file).expect("a library")).collect();
        let index = |bytes| index_archive(Input { name: "library.a", bytes }).expect("an archive");
        let archives: Vec<Archive<'_>> = libraries.iter().map(|bytes| index(bytes)).collect();
        let archives: Vec<&Archive<'_>> = archives.iter().collect();
        for files in &case.links {
            let objects: Vec<&PathBuf> = files.iter().filter(|file| !is_archive(file)).collect();
            link_one(&options, &objects, &archives, &out);
        }
        best = best.min((cpu(false) - before, clock.elapsed()));
    }
    report(case, "cloudc", best, case.links.len(), &out);
}

fn link_one(options: &Options, files: &[&PathBuf], archives: &[&Archive<'_>], out: &Path) {
    let read: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).expect("an object")).collect();
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let inputs: Vec<Input<'_>> = names.iter().zip(&read).map(|(name, bytes)| Input { name, bytes }).collect();
    match link(options, &inputs, archives) {
        Ok(linked) => fs::write(out, linked.image).expect("an output"),
        Err(errors) => panic!("{}", errors.iter().map(ToString::to_string).collect::<String>()),
    }
}

fn other(case: &Case, folder: &Path, name: &str, command: &[&str]) {
    let out = folder.join(name);
    let links = &case.links[..case.for_others];
    let mut best = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        let (before, clock) = (cpu(true), Instant::now());
        for files in links {
            let mut linker = Command::new(command[0]);
            linker.args(&command[1..]).args(FLAGS);
            if case.profile == Profile::StaticPie {
                linker.args(["-pie", "--no-dynamic-linker", "--eh-frame-hdr"]);
            }
            linker
                .arg("-o")
                .arg(&out)
                .arg("--start-group")
                .args(files)
                .arg("--end-group")
                .stdout(Stdio::null());
            let status = linker.status().expect("the linker starts");
            assert!(status.success(), "{name}: {status}");
        }
        best = best.min((cpu(true) - before, clock.elapsed()));
    }
    report(case, name, best, links.len(), &out);
}

fn report(case: &Case, name: &str, (cpu, wall): (Duration, Duration), links: usize, out: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(out, PermissionsExt::from_mode(0o755)).expect("permissions");
    let answer = Command::new(out).stderr(Stdio::null()).status().expect("the output starts").code();
    let each = |time: Duration| time.as_secs_f64() * 1000.0 / links as f64;
    let size = fs::metadata(out).map_or(0, |file| file.len()) / 1024;
    println!(
        "{:<10} {name:<8} {:>10.3} {:>12.3} {size:>10}   answers {answer:?}",
        case.name,
        each(wall),
        each(cpu)
    );
}
