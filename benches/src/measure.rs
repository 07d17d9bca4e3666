//! One run of a program: what it printed, how long it took, how much memory it had.

use std::fs;
use std::io::Read;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};

use crate::variant::{Prepared, Variant};

/// What was seen of a run.
pub struct Run {
    /// Standard output.
    pub printed: Vec<u8>,
    /// Seconds its thread had a processor.
    pub busy: f64,
    /// Seconds that passed.
    pub passed: f64,
}

/// Runs a program once.
///
/// # Errors
/// If it cannot be started, or fails.
pub fn run(prepared: &Prepared) -> Result<Run, String> {
    let start = Instant::now();
    let (mut child, printed, told) = start_and_read(prepared)?;
    let id = Pid::from_child(&child);
    // The child stays a zombie until its account has been read.
    let _ = waitid(WaitId::Pid(id), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT);
    let passed = start.elapsed().as_secs_f64();
    let on_processor = fs::read_to_string(format!("/proc/{}/schedstat", child.id())).ok();
    let status = child.wait().map_err(|e| e.to_string())?;
    if !status.success() {
        return Err(format!("{:?} failed: {status}\n{told}", prepared.command));
    }
    let passed = match prepared.variant {
        // Compiling is not part of it.
        Variant::Tasks => stated_time(&told).ok_or("`--stats` states no time")?,
        _ => passed,
    };
    let busy = on_processor.and_then(|t| t.split(' ').next()?.parse::<f64>().ok());
    Ok(Run { printed, busy: busy.map_or(passed, |ns| ns / 1e9), passed })
}

/// The most bytes a program had in memory, in a run that is watched.
///
/// # Errors
/// If it cannot be started.
pub fn peak_memory(prepared: &Prepared) -> Result<u64, String> {
    let mut command = prepared.command();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(|e| e.to_string())?;
    let mut peak = 0;
    while let Ok(None) = child.try_wait() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let kib = line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0);
        peak = peak.max(kib << 10);
        std::thread::sleep(Duration::from_millis(2));
    }
    Ok(peak)
}

fn start_and_read(prepared: &Prepared) -> Result<(Child, Vec<u8>, String), String> {
    let mut command = prepared.command();
    let started = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = started.map_err(|e| format!("{command:?}: {e}"))?;
    let (mut printed, mut told) = (Vec::new(), String::new());
    if let Some(mut out) = child.stdout.take() {
        out.read_to_end(&mut printed).map_err(|e| e.to_string())?;
    }
    if let Some(mut err) = child.stderr.take() {
        err.read_to_string(&mut told).map_err(|e| e.to_string())?;
    }
    Ok((child, printed, told))
}

/// The time in the line that `cloudc run --stats` prints.
fn stated_time(told: &str) -> Option<f64> {
    let after = told.rsplit_once("time ")?.1;
    Some(after.split(' ').next()?.parse::<f64>().ok()? / 1e3)
}

/// The middle of some numbers.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}
