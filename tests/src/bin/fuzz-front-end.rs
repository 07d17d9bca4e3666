//! Damaged and hostile sources for the front end: `fuzz-front-end --minutes 5 --seed 1`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use clap::Parser;
use cloudc_tests::batch::without_names;
use cloudc_tests::front_end::{examine, sources};
use cloudc_tests::mutate::Corpus;
use cloudc_tests::process::{Death, watch};
use rustix::param::page_size;
use rustix::process::{Resource, Rlimit, setrlimit};

/// Checks damaged sources: no crash, no hang, bounded memory, a place for every error.
#[derive(Parser)]
struct Args {
    /// Stop after this many minutes
    #[arg(long, default_value_t = 1.0)]
    minutes: f64,
    /// Stop after this many cases
    #[arg(long)]
    cases: Option<u64>,
    /// The number of the first case
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Cases at the same time
    #[arg(long, default_value_t = 2)]
    jobs: u64,
    /// Folder for what was found
    #[arg(long, default_value = "fuzz-findings")]
    out: PathBuf,
    /// Print the case of this number and stop
    #[arg(long)]
    print: Option<u64>,
    /// Check this file only
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Check so many cases from the seed on; started by the command itself
    #[arg(long, hide = true)]
    worker: Option<u64>,
}

/// Cases of one child.
const CHUNK: u64 = 500;
/// How long a child may be silent.
const PATIENCE: Duration = Duration::from_secs(60);
/// Memory a child may map beside what it starts with and the stack of its thread.
const MEMORY: u64 = 1 << 30;

fn main() -> ExitCode {
    let args = Args::parse();
    let result = if let Some(count) = args.worker {
        worker(args.seed, count)
    } else if let Some(seed) = args.print {
        corpus().map(|c| {
            print!("{}", c.case(seed));
            true
        })
    } else if let Some(file) = &args.file {
        fs::read_to_string(file).and_then(|text| {
            let said = on_large_stack(move || Ok(examine(&text)))?;
            println!("{}", said.as_deref().unwrap_or("fine"));
            Ok(said.is_none())
        })
    } else {
        fuzz(&args)
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

fn corpus() -> io::Result<Corpus> {
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).map(Corpus::new)
}

fn on_large_stack<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    let thread = std::thread::Builder::new().stack_size(cloudc::embed::STACK).spawn(work)?;
    thread.join().unwrap_or_else(|_| Err(io::Error::other("the thread crashed")))
}

fn worker(seed: u64, count: u64) -> io::Result<bool> {
    // What is mapped by now depends on the libraries and on what the allocator has set aside.
    let pages = fs::read_to_string("/proc/self/statm")?;
    let pages: u64 = pages.split(' ').next().and_then(|size| size.parse().ok()).unwrap_or_default();
    let limit = Some(pages * page_size() as u64 + cloudc::embed::STACK as u64 + MEMORY);
    setrlimit(Resource::As, Rlimit { current: limit, maximum: limit })?;
    static PLACE: Mutex<String> = Mutex::new(String::new());
    std::panic::set_hook(Box::new(|info| {
        if let (Ok(mut place), Some(at)) = (PLACE.lock(), info.location()) {
            *place = format!("{}:{}", at.file(), at.line());
        }
    }));
    let corpus = corpus()?;
    on_large_stack(move || {
        for case in seed..seed + count {
            println!("at\t{case}");
            io::stdout().flush()?;
            if let Some(what) = examine(&corpus.case(case)) {
                let place = PLACE.lock().map(|p| p.clone()).unwrap_or_default();
                let place = if what.starts_with("crash") { place } else { String::new() };
                println!("found\t{case}\t{}\t{place}", what.lines().next().unwrap_or_default());
            }
        }
        println!("done");
        Ok(true)
    })
}

fn fuzz(args: &Args) -> io::Result<bool> {
    let start = Instant::now();
    let next = Mutex::new(args.seed);
    let all: Mutex<Vec<(u64, String)>> = Mutex::new(Vec::new());
    let count = Mutex::new(0u64);
    let is_over = || start.elapsed().as_secs_f64() > args.minutes * 60.0;
    std::thread::scope(|scope| {
        let work = || -> io::Result<()> {
            loop {
                let first = {
                    let Ok(mut next) = next.lock() else { return Ok(()) };
                    let first = *next;
                    *next += CHUNK;
                    first
                };
                let left = args.cases.map_or(CHUNK, |c| (args.seed + c).saturating_sub(first).min(CHUNK));
                if left == 0 || is_over() {
                    return Ok(());
                }
                let (done, found) = chunk(first, left, &is_over)?;
                if let (Ok(mut all), Ok(mut count)) = (all.lock(), count.lock()) {
                    all.extend(found);
                    *count += done;
                }
            }
        };
        let threads: Vec<_> = (0..args.jobs.max(1)).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(|t| t.join().unwrap_or(Ok(())))
    })?;
    let mut kinds: BTreeMap<String, Vec<(u64, String)>> = BTreeMap::new();
    for (case, what) in all.into_inner().unwrap_or_default() {
        kinds.entry(without_names(&what)).or_default().push((case, what));
    }
    let corpus = corpus()?;
    for list in kinds.values() {
        println!("{} cases: {}", list.len(), list[0].1);
        for (case, _) in list.iter().take(3) {
            fs::create_dir_all(&args.out)?;
            let file = args.out.join(format!("case{case}.rs"));
            fs::write(&file, corpus.case(*case))?;
            println!("  {}", file.display());
        }
    }
    let cases = count.into_inner().unwrap_or_default();
    println!("cases: {cases}, findings: {}, {:.0} s", kinds.len(), start.elapsed().as_secs_f64());
    Ok(kinds.is_empty())
}

/// Lets children examine cases; one that dies is followed by another from the next case on.
fn chunk(first: u64, count: u64, is_over: &dyn Fn() -> bool) -> io::Result<(u64, Vec<(u64, String)>)> {
    let (mut at, end) = (first, first + count);
    let mut found: Vec<(u64, String)> = Vec::new();
    while at < end && !is_over() {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--worker", &(end - at).to_string(), "--seed", &at.to_string()]);
        let mut is_done = false;
        let mut current = at;
        let (death, errors) = watch(&mut command, PATIENCE, |line| {
            let parts: Vec<&str> = line.split('\t').collect();
            match parts[..] {
                ["at", case] => current = case.parse().unwrap_or(current),
                ["found", case, what, place] => {
                    found.push((
                        case.parse().unwrap_or(current),
                        format!("{what} {place}").trim_end().to_string(),
                    ));
                }
                ["done"] => is_done = true,
                _ => {}
            }
        })?;
        if is_done {
            at = end;
            break;
        }
        let how = match death {
            Death::Silent => "does not end".to_string(),
            Death::Ended(status) => {
                format!("{status}: {}", errors.lines().find(|l| !l.is_empty()).unwrap_or(""))
            }
        };
        found.push((current, format!("crash: {how}")));
        at = current + 1;
    }
    Ok((at - first, found))
}
