//! The programs.

use std::path::PathBuf;

/// Their names, as files in `programs/`.
pub const PROGRAMS: [&str; 14] = [
    "binary_trees",
    "fannkuch",
    "hash_churn",
    "kmeans",
    "lcs",
    "mandelbrot",
    "matmul",
    "mergesort",
    "nbody",
    "nqueens",
    "sorting",
    "spectral_norm",
    "string_building",
    "word_count",
];

/// The file of a program.
pub fn source(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("programs").join(name).with_extension("rs")
}
