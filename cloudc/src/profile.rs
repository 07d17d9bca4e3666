//! Measured costs of a program's tasks: written by `cloudc run --save-profile`, read with `--profile`.
//!
//! The file is JSON: for each loop or function that ran as a task where it stands, its text there, how many items or calls were
//! measured, and how long they took in all. A place counts only if its text is still the same, so a profile may be kept
//! while the program changes. The same program and the same file give the same tasks.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use cloudc_abi::Name;
use cloudc_analysis::tasks::{Profile, TaskId, TaskKind};
use cloudc_frontend::index::IndexVec;
use cloudc_frontend::source::{SourceMap, Span};
use cloudc_host::RunTrace;
use serde::{Deserialize, Serialize};

use crate::back::Built;
use crate::front::Front;
use crate::stop::Stop;
use crate::write::write;

/// The form of the file.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Saved {
    version: u32,
    regions: Vec<Region>,
}

#[derive(Serialize, Deserialize)]
struct Region {
    task: String,
    file: String,
    /// Bytes of the file.
    lo: u32,
    hi: u32,
    text: String,
    /// Items of a loop, calls of a function.
    count: u64,
    nanoseconds: u64,
}

/// Reads a profile.
///
/// # Errors
/// If there is no such file, or it is no profile.
pub fn load(path: &Path, sources: &SourceMap) -> Result<Profile, Stop> {
    let shown = path.display();
    let text =
        std::fs::read_to_string(path).map_err(|e| Stop::usage(format!("cannot read `{shown}`: {e}")))?;
    let saved: Saved =
        serde_json::from_str(&text).map_err(|e| Stop::usage(format!("`{shown}` is no profile: {e}")))?;
    if saved.version != VERSION {
        return Err(Stop::usage(format!("`{shown}` is a profile of version {}", saved.version)));
    }
    let mut profile = Profile::default();
    for region in &saved.regions {
        let file = sources.files.iter_enumerated().find(|(_, f)| !f.is_std && is_same(&f.path, &region.file));
        let Some((id, file)) = file else { continue };
        if file.text.get(region.lo as usize..region.hi as usize) == Some(&region.text) {
            let place = Span { file: id, lo: region.lo, hi: region.hi };
            profile.insert(place, region.nanoseconds as f64 / region.count.max(1) as f64);
        }
    }
    Ok(profile)
}

/// Whether two paths name the same file of a program, seen from different folders.
fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (Path::new(a), Path::new(b));
    a.ends_with(b) || b.ends_with(a)
}

/// Writes what was seen in a run.
///
/// # Errors
/// If the file cannot be written.
pub fn save(
    path: &Path,
    front: &Front,
    built: &IndexVec<TaskId, Built>,
    trace: &[RunTrace],
) -> Result<(), Stop> {
    let tasks: HashMap<Name, TaskId> = built.iter_enumerated().map(|(id, b)| (b.name, id)).collect();
    let children = children(trace);
    let mut measured: BTreeMap<(String, Span), (u64, u64)> = BTreeMap::new();
    for (i, run) in trace.iter().enumerate() {
        let Some(task) = tasks.get(&run.task).map(|t| &front.inferred.tasks[*t]) else { continue };
        let count = match task.kind {
            TaskKind::Range => run.inputs.get(1).and_then(positions),
            // What a call of a function that calls itself takes depends on how deep it is.
            TaskKind::Leaf if !task.spawns.iter().any(|s| front.inferred.tasks[s.task].span == task.span) => {
                Some(1)
            }
            _ => None,
        };
        let Some(count) = count else { continue };
        let entry = measured.entry((task.name.clone(), task.span)).or_default();
        entry.0 += count;
        entry.1 += busy(trace, &children, i);
    }
    let regions = measured.into_iter().filter_map(|((task, span), (count, nanoseconds))| {
        let file = front.sources.files.get(span.file)?;
        let text = file.text.get(span.lo as usize..span.hi as usize)?.to_string();
        Some(Region { task, file: file.path.clone(), lo: span.lo, hi: span.hi, text, count, nanoseconds })
    });
    let saved = Saved { version: VERSION, regions: regions.collect() };
    let text = serde_json::to_string_pretty(&saved).map_err(Stop::world)?;
    write(path, text + "\n")
}

/// How many positions a chunk had: the literal with its bounds.
fn positions(bounds: &Name) -> Option<u64> {
    let bytes = bounds.0;
    let word = |at: usize| Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
    if bytes[31] == 0x80 + 16 { word(8)?.checked_sub(word(0)?) } else { None }
}

/// The runs each run asked for.
fn children(trace: &[RunTrace]) -> Vec<Vec<usize>> {
    let names: HashMap<Name, usize> =
        trace.iter().enumerate().filter_map(|(i, r)| Some((*r.outputs.first()?, i))).collect();
    let mut children = vec![Vec::new(); trace.len()];
    for (i, run) in trace.iter().enumerate() {
        if let Some(&parent) = run.parent.and_then(|p| names.get(&p)) {
            children[parent].push(i);
        }
    }
    children
}

/// The time a run and those it asked for were executing.
fn busy(trace: &[RunTrace], children: &[Vec<usize>], run: usize) -> u64 {
    let mut total = 0;
    let mut waiting = vec![run];
    while let Some(next) = waiting.pop() {
        total += trace[next].busy.as_nanos() as u64;
        waiting.extend(&children[next]);
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_from_different_folders_are_the_same_file() {
        assert!(is_same("samples/join/src/main.rs", "src/main.rs"));
        assert!(is_same("src/main.rs", "/tmp/join/src/main.rs"));
        assert!(!is_same("src/main.rs", "src/lib.rs"));
    }

    #[test]
    fn bounds_are_a_literal_of_two_numbers() {
        let mut bytes = [0; 32];
        bytes[0] = 3;
        bytes[8] = 10;
        bytes[31] = 0x80 + 16;
        assert_eq!(positions(&Name(bytes)), Some(7));
        bytes[31] = 0;
        assert_eq!(positions(&Name(bytes)), None);
    }
}
