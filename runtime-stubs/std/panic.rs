//! Panics end the run, so there is nothing to catch; the marker traits exist for signatures only.

pub trait UnwindSafe {}
pub trait RefUnwindSafe {}
