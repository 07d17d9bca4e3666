//! What was measured of a program's loops and calls, which says more than an estimate.

use std::collections::BTreeMap;

use cloudc_frontend::source::Span;

use super::UNITS_PER_MICROSECOND;
use super::cost::Work;

/// Measured times, by the place of the loop or of the function called.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    times: BTreeMap<Span, f64>,
}

impl Profile {
    /// Says what one round of a loop, or one call of a function, took.
    pub fn insert(&mut self, place: Span, nanoseconds: f64) {
        self.times.insert(place, nanoseconds);
    }

    /// The work of what stands there, if it was measured.
    pub fn work(&self, place: Span) -> Option<Work> {
        let nanoseconds = self.times.get(&place)?;
        Some(Work::constant((nanoseconds * UNITS_PER_MICROSECOND as f64 / 1e3).max(1.0)))
    }
}
