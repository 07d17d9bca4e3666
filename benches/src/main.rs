//! Compiles and times the programs, prints a table, and writes it to `docs/performance.md`; with `tasks`, measures what tasks
//! cost and bring, for `docs/inference.md`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use cloudc_benches::by_hand;
use cloudc_benches::measure::{median, peak_memory, run};
use cloudc_benches::program::PROGRAMS;
use cloudc_benches::scaling;
use cloudc_benches::table::{Cell, Row, render, replace};
use cloudc_benches::variant::{AS_CLOUDC, Prepared, VARIANTS, prepare};

/// Times classic programs under rustc and cloudc.
#[derive(Parser)]
struct Args {
    /// Only programs whose names contain one of these; `tasks` alone measures one core against two
    filters: Vec<String>,
    /// Runs of each program under each variant
    #[arg(long, default_value_t = 7)]
    runs: usize,
    /// Print the table only
    #[arg(long)]
    dry: bool,
    /// Run a program made parallel by hand; started by the command itself
    #[arg(long, hide = true)]
    by_hand: Option<String>,
}

fn main() -> ExitCode {
    if std::env::var_os(AS_CLOUDC).is_some() {
        return cloudc::main();
    }
    let args = Args::parse();
    let result = match &args.by_hand {
        Some(name) => by_hand::find(name).map(|program| program()).ok_or_else(|| format!("no `{name}`")),
        None if args.filters == ["tasks"] => measure_tasks(&args),
        None => measure_all(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("error: {text}");
            ExitCode::FAILURE
        }
    }
}

fn measure_all(args: &Args) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|e| format!("no temporary folder: {e}"))?;
    let wanted = |name: &&str| args.filters.is_empty() || args.filters.iter().any(|f| name.contains(f));
    let mut rows = Vec::new();
    for name in PROGRAMS.into_iter().filter(wanted) {
        eprintln!("{name}");
        rows.push(measure_one(name, args.runs, folder.path())?);
    }
    let text = render(&rows);
    print!("{text}");
    if args.dry || !args.filters.is_empty() {
        return Ok(());
    }
    write_to("performance.md", &text)
}

fn measure_tasks(args: &Args) -> Result<(), String> {
    let text = scaling::measure(args.runs)?;
    print!("{text}");
    if args.dry { Ok(()) } else { write_to("inference.md", &text) }
}

/// Puts a table where the marks are in a document.
fn write_to(document: &str, text: &str) -> Result<(), String> {
    let document: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "docs", document].iter().collect();
    let shown = document.display();
    let old = std::fs::read_to_string(&document).map_err(|e| format!("{shown}: {e}"))?;
    let new = replace(&old, text).ok_or_else(|| format!("{shown} has no marks for the table"))?;
    std::fs::write(&document, new).map_err(|e| format!("{shown}: {e}"))
}

/// Compiles a program under every variant, then lets the variants take turns.
fn measure_one(name: &str, runs: usize, folder: &Path) -> Result<Row, String> {
    let mut prepared: Vec<Option<Prepared>> = Vec::new();
    for variant in VARIANTS {
        prepared
            .push(prepare(name, variant, folder).map_err(|e| format!("{name}, {}: {e}", variant.name()))?);
    }
    let mut times: Vec<(Vec<f64>, Vec<f64>)> = VARIANTS.map(|_| (Vec::new(), Vec::new())).to_vec();
    let mut printed: Option<Vec<u8>> = None;
    for _ in 0..runs.max(1) {
        for (prepared, times) in prepared.iter().zip(&mut times) {
            let Some(prepared) = prepared else { continue };
            let run = run(prepared)?;
            if *printed.get_or_insert_with(|| run.printed.clone()) != run.printed {
                return Err(format!("{name} prints something else under {}", prepared.variant.name()));
            }
            times.0.push(run.busy);
            times.1.push(run.passed);
        }
    }
    let mut cells: Vec<Option<Cell>> = Vec::new();
    for (prepared, (busy, passed)) in prepared.iter().zip(&times) {
        let Some(prepared) = prepared else {
            cells.push(None);
            continue;
        };
        let memory = peak_memory(prepared)?;
        let Prepared { compile, size, .. } = *prepared;
        cells.push(Some(Cell { busy: median(busy), passed: median(passed), compile, size, memory }));
    }
    Ok(Row { name: name.to_string(), cells })
}
