//! What dividing a program into tasks costs and brings: one core against two, guards against none, and the limits.
//!
//! In: the samples, and the programs that also exist made parallel by hand. Out: a table for `docs/inference.md`. Times are
//! those that `cloudc run --stats` states, without compiling; rayon's are of the whole process.

use std::path::{Path, PathBuf};

use crate::by_hand;
use crate::measure::{Run, median, peak_memory, run};
use crate::program::{PROGRAMS, source};
use crate::variant::{Prepared, Variant};

/// Samples without a form made by hand, with inputs of a size; those with one are measured as the programs of `programs/`.
pub const SAMPLES: [(&str, &[&str]); 8] = [
    ("editdistance", &[]),
    ("invertedindex", &[]),
    ("join", &[]),
    ("montecarlo", &[]),
    ("pagerank", &[]),
    ("pipeline", &[]),
    ("raytracer", &["--input", "width=1200", "--input", "height=800"]),
    ("smithwaterman", &[]),
];

/// Medians of seconds.
struct Row {
    name: String,
    never: f64,
    one: f64,
    two: f64,
    /// By hand, on one thread and on two.
    by_hand: Option<(f64, f64)>,
}

/// Measures everything; the text between the marks in the document.
///
/// # Errors
/// If a program fails, or prints something else when it is divided.
pub fn measure(runs: usize) -> Result<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut rows = Vec::new();
    for (name, inputs) in SAMPLES {
        rows.push(row(name, &root.join("../samples").join(name), inputs, runs)?);
    }
    for name in PROGRAMS.into_iter().filter(|n| by_hand::find(n).is_some()) {
        rows.push(row(name, &source(name), &[], runs)?);
    }
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(render(&rows) + &limits(&root.join("tasks"), runs)?)
}

fn row(name: &str, path: &Path, inputs: &[&str], runs: usize) -> Result<Row, String> {
    eprintln!("{name}");
    let ways: [&[&str]; 3] = [&["--tasks", "never", "--jobs", "1"], &["--jobs", "1"], &["--jobs", "2"]];
    let mut prepared: Vec<Prepared> = Vec::new();
    for way in ways {
        prepared.push(cloudc(path, &[way, inputs].concat())?);
    }
    if by_hand::find(name).is_some() {
        prepared.push(rayon(name)?);
    }
    let mut times = vec![Vec::new(); prepared.len() + 1];
    let mut printed: Option<Vec<u8>> = None;
    let mut note = |k: usize, run: Run| {
        times[k].push(run.passed);
        if *printed.get_or_insert_with(|| run.printed.clone()) == run.printed {
            return Ok(());
        }
        Err(format!("{name} prints something else in another way"))
    };
    for _ in 0..runs.max(1) {
        for (k, prepared) in prepared.iter().enumerate() {
            if prepared.variant == Variant::ByHand {
                // One thread, then two.
                for (threads, k) in [("1", k), ("2", k + 1)] {
                    note(k, run(&with_threads(prepared, threads))?)?;
                }
            } else {
                note(k, run(prepared)?)?;
            }
        }
    }
    let of = |k: usize| median(&times[k]);
    let by_hand = (prepared.len() > ways.len()).then(|| (of(3), of(4)));
    Ok(Row { name: name.replace('_', " "), never: of(0), one: of(1), two: of(2), by_hand })
}

fn this() -> Result<PathBuf, String> {
    std::env::current_exe().map_err(|e| format!("this program is nowhere: {e}"))
}

fn cloudc(path: &Path, options: &[&str]) -> Result<Prepared, String> {
    let mut command = vec![this()?];
    command.extend(["run", "--no-cache", "--stats"].iter().chain(options).map(PathBuf::from));
    command.push(path.to_path_buf());
    Ok(Prepared { variant: Variant::Tasks, command, compile: 0.0, size: 0 })
}

fn rayon(name: &str) -> Result<Prepared, String> {
    let command = vec![this()?, "--by-hand".into(), name.into()];
    Ok(Prepared { variant: Variant::ByHand, command, compile: 0.0, size: 0 })
}

fn with_threads(prepared: &Prepared, threads: &str) -> Prepared {
    let assignment = PathBuf::from(format!("RAYON_NUM_THREADS={threads}"));
    let command = ["env".into(), assignment].into_iter().chain(prepared.command.clone()).collect();
    Prepared { variant: prepared.variant, command, compile: 0.0, size: 0 }
}

fn render(rows: &[Row]) -> String {
    let mut text = String::from(
        "| program | ms, one task | one core | two cores to one | rayon by hand, two threads to one |\n\
         |---|---:|---:|---:|---:|\n",
    );
    for row in rows {
        let by_hand = row.by_hand.map_or_else(String::new, |(one, two)| format!("{:.2}", two / one));
        text += &format!(
            "| {} | {:.0} | {:.2} | {:.2} | {by_hand} |\n",
            row.name,
            row.never * 1e3,
            row.one / row.never,
            row.two / row.one
        );
    }
    text
}

/// Loops left whole by their guards, a chain of small tasks, and a loop cut into very many.
fn limits(folder: &Path, runs: usize) -> Result<String, String> {
    eprintln!("limits");
    let time = |file: &str, options: &[&str], runs: usize| {
        let prepared = cloudc(&folder.join(file), options)?;
        let times: Result<Vec<f64>, String> =
            (0..runs.max(1)).map(|_| run(&prepared).map(|r| r.passed)).collect();
        Ok::<_, String>((median(&times?), prepared))
    };
    let (plain, _) = time("guarded.rs", &["--tasks", "never", "--jobs", "1"], runs)?;
    let (guarded, _) = time("guarded.rs", &["--jobs", "1"], runs)?;
    let mut text = format!(
        "\nA loop that its guard leaves whole, run 300,000 times: {:+.1} % over the same without guards.\n",
        (guarded / plain - 1.0) * 1e2
    );
    let (chain, _) = time("chain.rs", &["--tasks", "always", "--jobs", "1"], runs)?;
    text += &format!("\nA chain of 500 dependent tasks, forced: {:.1} ms.\n", chain * 1e3);
    text += "\n| runs | seconds | µs a run | MiB at most |\n|---:|---:|---:|---:|\n";
    for chunks in ["62500", "250000", "500000"] {
        // The program has two loops.
        let (seconds, prepared) = time("many.rs", &["--chunks", chunks, "--jobs", "1"], runs.min(3))?;
        let count = 2.0 * chunks.parse::<f64>().unwrap_or(1.0);
        let memory = peak_memory(&prepared)? as f64 / f64::from(1 << 20);
        text += &format!("| {count:.0} | {seconds:.2} | {:.1} | {memory:.0} |\n", seconds / count * 1e6);
    }
    Ok(text)
}
