//! How long each stage took.

use std::time::{Duration, Instant};

/// Stages with their times, in order.
#[derive(Debug)]
pub struct Timings {
    last: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Timings {
    /// Starts the clock.
    pub fn start() -> Timings {
        Timings { last: Instant::now(), stages: Vec::new() }
    }
    /// The stage that ends now.
    pub fn stage(&mut self, name: &'static str) {
        let now = Instant::now();
        self.stages.push((name, now - self.last));
        self.last = now;
    }
    /// Prints the table to standard error.
    pub fn print(&self) {
        let total: Duration = self.stages.iter().map(|s| s.1).sum();
        for (name, time) in self.stages.iter().chain([&("total", total)]) {
            eprintln!("{name:>12} {:9.3} ms", time.as_secs_f64() * 1e3);
        }
    }
}
