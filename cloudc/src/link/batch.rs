//! Many links in one process: each archive is read and indexed once.
//!
//! In: a file with one JSON object a line, `{"out": PATH, "inputs": [PATH…]}`. Out: one output a line.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cloudc_linker::{Archive, Input, Options, index_archive};
use serde::Deserialize;

use super::inputs::is_archive;
use super::{link_to, refused};
use crate::stop::Stop;

#[derive(Deserialize)]
struct Job {
    out: PathBuf,
    inputs: Vec<PathBuf>,
}

/// Does all links of a file, up to the first that fails.
pub fn link_all(jobs: &Path, options: &Options) -> Result<(), Stop> {
    let text = fs::read_to_string(jobs).map_err(|e| cannot_read(jobs, &e))?;
    let jobs: Result<Vec<Job>, _> =
        text.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str).collect();
    let jobs = jobs.map_err(|e| Stop::usage(format!("a job is not as expected: {e}")))?;
    // Archives are recognised by their names, so that objects are read only when their turn comes.
    let mut bytes: BTreeMap<&Path, (String, Vec<u8>)> = BTreeMap::new();
    for path in jobs.iter().flat_map(|job| &job.inputs).filter(|path| has_archive_name(path)) {
        if !bytes.contains_key(path.as_path()) {
            let content = fs::read(path).map_err(|e| cannot_read(path, &e))?;
            bytes.insert(path, (path.display().to_string(), content));
        }
    }
    let mut archives: BTreeMap<&Path, Archive<'_>> = BTreeMap::new();
    for (path, (name, bytes)) in bytes.iter().filter(|(_, (_, bytes))| is_archive(bytes)) {
        archives.insert(path, index_archive(Input { name, bytes }).map_err(|errors| refused(&errors))?);
    }
    for job in &jobs {
        let mut read = Vec::new();
        let mut used = Vec::new();
        for path in &job.inputs {
            match archives.get(path.as_path()) {
                Some(archive) => used.push(archive),
                None => {
                    let content = fs::read(path).map_err(|e| cannot_read(path, &e))?;
                    read.push((path.display().to_string(), content));
                }
            }
        }
        let objects: Vec<Input<'_>> = read.iter().map(|(name, bytes)| Input { name, bytes }).collect();
        link_to(&job.out, options, &objects, &used)?;
    }
    Ok(())
}

fn has_archive_name(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "a" || extension == "rlib")
}

fn cannot_read(path: &Path, error: &std::io::Error) -> Stop {
    Stop::world(format!("cannot read `{}`: {error}", path.display()))
}
