//! A host for one test, and short ways to ask it for something.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use cloudc_abi::Name;
use cloudc_host::{Failure, Host, HostOptions, ObjectBytes, RunResult};

use super::Builder;

/// Options that touch nothing outside the process.
pub fn options(jobs: usize) -> HostOptions {
    HostOptions {
        jobs,
        no_cache: true,
        warn: std::sync::Arc::new(|text| panic!("{text}")),
        ..HostOptions::default()
    }
}

/// A host in memory.
#[allow(dead_code)]
pub fn host(jobs: usize) -> Host {
    Host::open(options(jobs)).unwrap()
}

/// Adds a task.
pub fn add(host: &Host, task: &Builder) -> Name {
    host.add_image(&task.build()).unwrap()
}

/// The name of a pair of numbers.
#[allow(dead_code)]
pub fn pair(a: u64, b: u64) -> Name {
    Name::literal(&[a.to_le_bytes(), b.to_le_bytes()].concat()).unwrap()
}

/// The name of a number.
#[allow(dead_code)]
pub fn number(n: u64) -> Name {
    Name::literal(&n.to_le_bytes()).unwrap()
}

/// Runs a task with one output.
pub fn run(host: &Host, task: Name, inputs: &[Name]) -> (Result<ObjectBytes, Failure>, RunResult) {
    let mut result = host.run(task, inputs, 1).unwrap();
    (result.outputs.remove(0), result)
}

/// Runs a task with one output and takes it as numbers.
#[allow(dead_code)]
pub fn numbers(host: &Host, task: Name, inputs: &[Name]) -> Vec<i64> {
    let bytes = run(host, task, inputs).0.unwrap();
    bytes.as_chunks().0.iter().map(|chunk| i64::from_le_bytes(*chunk)).collect()
}

/// Runs a task that fails.
#[allow(dead_code)]
pub fn failure(host: &Host, task: &Builder, inputs: &[Name]) -> Failure {
    run(host, add(host, task), inputs).0.unwrap_err()
}

/// A folder that is deleted with the value.
pub struct Folder(PathBuf);

impl Folder {
    #[allow(dead_code)]
    pub fn new() -> Folder {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("cloudc-host-test-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    #[allow(dead_code)]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
