//! How long each stage took, and each pass.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use cloudc_analysis::transform::Instruments;

/// Stages with their times, in order.
#[derive(Debug)]
pub struct Timings {
    last: Instant,
    stages: Vec<(&'static str, Duration)>,
    /// Of each pass: runs, runs that changed something, time.
    passes: Vec<(&'static str, u64, u64, Duration)>,
}

/// Nanoseconds since this was first asked.
pub fn clock() -> u64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed().as_nanos() as u64
}

impl Timings {
    /// Starts the clock.
    pub fn start() -> Timings {
        Timings { last: Instant::now(), stages: Vec::new(), passes: Vec::new() }
    }
    /// The stage that ends now.
    pub fn stage(&mut self, name: &'static str) {
        let now = Instant::now();
        self.stages.push((name, now - self.last));
        self.last = now;
    }
    /// Adds what the passes that ran under these instruments took.
    pub fn passes(&mut self, instruments: &Instruments) {
        for (name, t) in &instruments.times {
            let more = (t.runs, t.changes, Duration::from_nanos(t.nanoseconds));
            match self.passes.iter_mut().find(|p| p.0 == *name) {
                Some(p) => *p = (name, p.1 + more.0, p.2 + more.1, p.3 + more.2),
                None => self.passes.push((name, more.0, more.1, more.2)),
            }
        }
        self.passes.sort_by_key(|p| std::cmp::Reverse(p.3));
    }
    /// Prints the table to standard error.
    pub fn print(&self) {
        let total: Duration = self.stages.iter().map(|s| s.1).sum();
        for (name, time) in self.stages.iter().chain([&("total", total)]) {
            eprintln!("{name:>12} {:9.3} ms", time.as_secs_f64() * 1e3);
        }
        for (name, runs, changes, time) in &self.passes {
            let ms = time.as_secs_f64() * 1e3;
            eprintln!("{name:>28} {ms:9.3} ms, {runs} bodies, {changes} changed");
        }
    }
}
