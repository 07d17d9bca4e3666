//! The largest singular value of an infinite matrix, by repeated multiplication, in parallel.

use rayon::prelude::*;

fn a(i: usize, j: usize) -> f64 {
    1.0 / (((i + j) * (i + j + 1) / 2 + i + 1) as f64)
}

fn multiply(v: &[f64]) -> Vec<f64> {
    (0..v.len()).into_par_iter().map(|i| v.iter().enumerate().map(|(j, x)| a(i, j) * x).sum()).collect()
}

fn multiply_transposed(v: &[f64]) -> Vec<f64> {
    (0..v.len()).into_par_iter().map(|i| v.iter().enumerate().map(|(j, x)| a(j, i) * x).sum()).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// The program.
pub(super) fn main() {
    let n = 2000;
    let mut u = vec![1.0; n];
    let mut v = Vec::new();
    for _ in 0..10 {
        v = multiply_transposed(&multiply(&u));
        u = multiply_transposed(&multiply(&v));
    }
    println!("{:.9}", (dot(&u, &v) / dot(&v, &v)).sqrt());
}
