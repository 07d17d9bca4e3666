//! Random programs, here and under rustc: `fuzz-programs --programs 2000 --seed 1`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::Parser;
use cloudc_tests::batch::{self, Finding};
use cloudc_tests::generate;
use cloudc_tests::mode::Mode;
use cloudc_tests::process::{Death, watch};
use cloudc_tests::reduce::reduce;

/// Generates random programs, runs each here in several modes and under rustc, and compares.
#[derive(Parser)]
struct Args {
    /// How many programs
    #[arg(long, default_value_t = 200)]
    programs: u64,
    /// The number of the first program
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Stop after this many minutes
    #[arg(long)]
    minutes: Option<f64>,
    /// Batches at the same time
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Programs compiled together
    #[arg(long, default_value_t = 25)]
    batch: u64,
    /// Comma-separated modes; default: all, the forced cuts two at a time in turn
    #[arg(long, value_delimiter = ',')]
    modes: Vec<String>,
    /// Folder for failing programs
    #[arg(long, default_value = "fuzz-findings")]
    out: PathBuf,
    /// Failing programs made small, at most; those that look alike only once
    #[arg(long, default_value_t = 5)]
    reduce: usize,
    /// Tests spent on making one program small
    #[arg(long, default_value_t = 600)]
    tests: usize,
    /// Print the program of this number and stop
    #[arg(long)]
    print: Option<u64>,
    /// Print a valid program of at least so many lines and stop
    #[arg(long, value_name = "LINES")]
    emit_large: Option<usize>,
    /// Make this failing program small: a file with `pub fn run()`
    #[arg(long, value_name = "FILE")]
    reduce_file: Option<PathBuf>,
    /// Compare these programs; started by the command itself
    #[arg(long, hide = true, value_delimiter = ',')]
    worker: Vec<u64>,
    /// Take the program from a file instead
    #[arg(long, hide = true)]
    file: Option<PathBuf>,
}

/// How long a worker may be silent.
const PATIENCE: Duration = Duration::from_secs(300);

fn main() -> ExitCode {
    let args = Args::parse();
    let Some(chosen) = args.modes.iter().map(|m| Mode::named(m)).collect::<Option<Vec<Mode>>>() else {
        let names: Vec<&str> = Mode::available().iter().map(|m| m.name).collect();
        eprintln!("error: the modes are {}", names.join(", "));
        return ExitCode::from(2);
    };
    let modes = if chosen.is_empty() { Mode::available() } else { chosen };
    let result = if let Some(seed) = args.print {
        print!("{}", standalone(&generate::module(seed)));
        Ok(true)
    } else if let Some(lines) = args.emit_large {
        print!("{}", cloudc_tests::large::program(lines, args.seed));
        Ok(true)
    } else if !args.worker.is_empty() {
        worker(&args, &modes)
    } else if let Some(file) = &args.reduce_file {
        reduce_file(file, &args, &modes)
    } else {
        fuzz(&args, &modes)
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn standalone(module: &str) -> String {
    format!("{module}fn main() {{ run() }}\n")
}

/// Everything that was found, and counted.
#[derive(Default)]
struct Found {
    findings: Vec<Finding>,
    compared: usize,
    invalid: usize,
}

fn fuzz(args: &Args, modes: &[Mode]) -> io::Result<bool> {
    let start = Instant::now();
    let next = AtomicUsize::new(0);
    let batches: Vec<Vec<u64>> = {
        let all: Vec<u64> = (args.seed..args.seed + args.programs).collect();
        all.chunks(args.batch.max(1) as usize).map(<[u64]>::to_vec).collect()
    };
    let found = Mutex::new(Found::default());
    let error = Mutex::new(None);
    std::thread::scope(|scope| {
        for _ in 0..args.jobs.max(1) {
            scope.spawn(|| {
                loop {
                    let batch = next.fetch_add(1, Ordering::Relaxed);
                    let Some(seeds) = batches.get(batch) else { return };
                    let in_turn = if args.modes.is_empty() { Mode::in_turn(batch) } else { modes.to_vec() };
                    let late = args.minutes.is_some_and(|m| start.elapsed().as_secs_f64() > m * 60.0);
                    if late {
                        return;
                    }
                    if let Err(e) = one_batch(seeds, None, &in_turn, &found)
                        && let Ok(mut slot) = error.lock()
                    {
                        *slot = Some(e);
                        return;
                    }
                }
            });
        }
    });
    if let Some(error) = error.into_inner().unwrap_or_default() {
        return Err(error);
    }
    let found = found.into_inner().unwrap_or_default();
    report(args, modes, &found)?;
    let crashes = found.findings.iter().filter(|f| f.kind.starts_with("crash")).count();
    println!(
        "programs: {}, modes: {}, differences: {}, crashes: {crashes} ({} not valid, {:.1} programs/s)",
        found.compared,
        modes.len(),
        found.findings.len() - crashes,
        found.invalid,
        found.compared as f64 / start.elapsed().as_secs_f64()
    );
    Ok(found.findings.is_empty())
}

/// Lets a child compare programs; if it dies, another one goes on with the rest.
fn one_batch(seeds: &[u64], file: Option<&Path>, modes: &[Mode], found: &Mutex<Found>) -> io::Result<()> {
    let mut seeds = seeds.to_vec();
    let names: Vec<&str> = modes.iter().map(|m| m.name).collect();
    while !seeds.is_empty() {
        let list: Vec<String> = seeds.iter().map(u64::to_string).collect();
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--worker", &list.join(","), "--modes", &names.join(",")]);
        if let Some(file) = file {
            command.arg("--file").arg(file);
        }
        let (mut at, mut done, mut invalid) = ((String::new(), String::new()), None, 0);
        let mut findings: Vec<Finding> = Vec::new();
        let (death, errors) = watch(&mut command, PATIENCE, |line| {
            let mut parts = line.split('\t');
            match parts.next() {
                Some("at") => {
                    let mut part = || parts.next().unwrap_or_default().to_string();
                    at = (part(), part());
                }
                Some("found") => {
                    let mut part = || parts.next().unwrap_or_default().to_string();
                    let (program, mode, kind, detail) = (part(), part(), part(), part().replace("\\n", "\n"));
                    findings.push(Finding { program: program.parse().unwrap_or(0), mode, kind, detail });
                }
                Some("done") => {
                    done = parts.next().and_then(|n| n.parse::<usize>().ok());
                    invalid = parts.next().and_then(|n| n.parse().ok()).unwrap_or(0);
                }
                _ => {}
            }
        })?;
        let mut crashed = None;
        if done.is_none() {
            let how = match death {
                Death::Silent => "crash: does not end".to_string(),
                Death::Ended(status) if at.0.is_empty() => {
                    return Err(io::Error::other(format!("{status}: {errors}")));
                }
                Death::Ended(status) => format!("crash: {status}"),
            };
            if at.0 == "batch" {
                // It shows which one it was when each is alone.
                for seed in &seeds {
                    one_batch(&[*seed], file, modes, found)?;
                }
                return Ok(());
            }
            let program: u64 = at.0.parse().unwrap_or(0);
            findings.push(Finding { program, mode: at.1.clone(), kind: how, detail: errors });
            crashed = Some(program);
        }
        let mut all = found.lock().map_err(|_| io::Error::other("a thread of the fuzzer crashed"))?;
        for finding in findings {
            if !all.findings.iter().any(|f| f.program == finding.program && f.kind == finding.kind) {
                all.findings.push(finding);
            }
        }
        all.compared += done.unwrap_or(0);
        all.invalid += invalid;
        seeds.retain(|s| crashed.is_some_and(|c| *s != c));
    }
    Ok(())
}

/// The child's side of [`one_batch`].
fn worker(args: &Args, modes: &[Mode]) -> io::Result<bool> {
    static PLACE: Mutex<String> = Mutex::new(String::new());
    std::panic::set_hook(Box::new(|info| {
        let at = info.location().map_or_else(String::new, |l| format!("{}:{}", l.file(), l.line()));
        eprintln!("{info}");
        if let Ok(mut place) = PLACE.lock() {
            *place = at;
        }
    }));
    let (seeds, file, modes) = (args.worker.clone(), args.file.clone(), modes.to_vec());
    let thread = std::thread::Builder::new().stack_size(cloudc::embed::STACK);
    let work = move || -> io::Result<bool> {
        let folder = tempfile::tempdir()?;
        let text = file.map(fs::read_to_string).transpose()?;
        let text = |seed: &u64| text.clone().unwrap_or_else(|| generate::module(*seed));
        let programs: Vec<(u64, String)> = seeds.iter().map(|s| (*s, text(s))).collect();
        let say = |line: String| {
            println!("{line}");
            let _ = io::stdout().flush();
        };
        let outcome =
            batch::run(&programs, &modes, folder.path(), &mut |at| say(at.replace(' ', "\t")), &mut |f| {
                let mut detail = f.detail.replace('\n', "\\n").replace('\t', " ");
                if f.kind.starts_with("crash")
                    && let Ok(place) = PLACE.lock()
                {
                    detail = format!("{detail} ({place})");
                }
                say(format!("found\t{}\t{}\t{}\t{detail}", f.program, f.mode, f.kind));
            })?;
        say(format!("done\t{}\t{}", outcome.compared, outcome.invalid));
        Ok(true)
    };
    thread.spawn(work)?.join().unwrap_or(Ok(false))
}

/// Prints findings, the alike ones together, and writes failing programs.
fn report(args: &Args, modes: &[Mode], found: &Found) -> io::Result<()> {
    let mut kinds: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &found.findings {
        kinds.entry(&finding.kind).or_default().push(finding);
    }
    let mut reduced = 0;
    for (kind, list) in kinds {
        println!("{kind}: {} programs", list.len());
        let mut seen = BTreeSet::new();
        for finding in list.iter().take(8) {
            let name = format!("p{}.rs", finding.program);
            fs::create_dir_all(&args.out)?;
            let module = generate::module(finding.program);
            fs::write(args.out.join(&name), standalone(&module))?;
            println!(
                "  {name} ({}): {}",
                finding.mode,
                finding.detail.lines().take(4).collect::<Vec<_>>().join("\n    ")
            );
            if reduced < args.reduce && seen.insert(&finding.kind) {
                reduced += 1;
                let small = make_small(&module, finding, modes, args)?;
                let name = format!("p{}-small.rs", finding.program);
                fs::write(args.out.join(&name), standalone(&small))?;
                println!("  {name}: {} lines", small.lines().count());
            }
        }
    }
    Ok(())
}

fn reduce_file(file: &Path, args: &Args, modes: &[Mode]) -> io::Result<bool> {
    let text = fs::read_to_string(file)?;
    let module = text.replace("fn main() { run() }\n", "");
    let found = findings_of(&module, modes)?;
    let Some(finding) = found.first() else {
        println!("nothing is wrong with it");
        return Ok(true);
    };
    let small = make_small(&module, finding, modes, args)?;
    println!("// {} ({}): {}", finding.kind, finding.mode, finding.detail.replace('\n', "\n// "));
    print!("{}", standalone(&small));
    Ok(false)
}

fn findings_of(module: &str, modes: &[Mode]) -> io::Result<Vec<Finding>> {
    let file = tempfile::NamedTempFile::new()?;
    fs::write(file.path(), module)?;
    let found = Mutex::new(Found::default());
    one_batch(&[1], Some(file.path()), modes, &found)?;
    Ok(found.into_inner().unwrap_or_default().findings)
}

fn make_small(module: &str, finding: &Finding, modes: &[Mode], args: &Args) -> io::Result<String> {
    let modes: Vec<Mode> = modes.iter().filter(|m| m.name == finding.mode).copied().collect();
    let mut fails = |text: &str| match findings_of(text, &modes) {
        Ok(list) => list.iter().any(|f| f.kind == finding.kind),
        Err(_) => false,
    };
    Ok(reduce(module, args.tests, &mut fails))
}
