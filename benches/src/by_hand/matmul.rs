//! The product of two square matrices, in parallel.

use rayon::prelude::*;

type Matrix = Vec<Vec<f64>>;

fn matrix(n: usize, seed: u32) -> Matrix {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1664525).wrapping_add(1013904223);
        (state >> 8) as f64 / (1 << 24) as f64
    };
    (0..n).map(|_| (0..n).map(|_| next()).collect()).collect()
}

fn product(a: &Matrix, b: &Matrix) -> Matrix {
    let n = b[0].len();
    a.par_iter()
        .map(|row| {
            let mut sums = vec![0.0; n];
            for (x, other) in row.iter().zip(b) {
                for (sum, y) in sums.iter_mut().zip(other) {
                    *sum += x * y;
                }
            }
            sums
        })
        .collect()
}

/// The program.
pub(super) fn main() {
    let n = 900;
    let c = product(&matrix(n, 1), &matrix(n, 2));
    let trace: f64 = (0..n).map(|i| c[i][i]).sum();
    println!("{trace:.6} {:.6}", c[n - 1][0]);
}
