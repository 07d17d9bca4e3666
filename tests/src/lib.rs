//! Tests at the boundaries between crates.
