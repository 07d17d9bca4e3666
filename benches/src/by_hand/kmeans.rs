//! Points, each put with the nearest of some centroids, which move to the middle of their points, in parallel.

use rayon::prelude::*;

const DIMENSIONS: usize = 100;
const CLUSTERS: usize = 100;

fn points(count: usize) -> Vec<Vec<f64>> {
    let mut state = 42u64;
    let mut next = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 40) as f64 / (1u64 << 24) as f64
    };
    (0..count).map(|_| (0..DIMENSIONS).map(|_| next()).collect()).collect()
}

fn squared_distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum()
}

fn nearest(point: &[f64], centroids: &[Vec<f64>]) -> usize {
    let mut best = 0;
    let mut least = f64::INFINITY;
    for (i, centroid) in centroids.iter().enumerate() {
        let distance = squared_distance(point, centroid);
        if distance < least {
            least = distance;
            best = i;
        }
    }
    best
}

/// The program.
pub(super) fn main() {
    let points = points(4000);
    let mut centroids: Vec<Vec<f64>> = points[..CLUSTERS].to_vec();
    let mut assigned = Vec::new();
    for _ in 0..10 {
        assigned = points.par_iter().map(|p| nearest(p, &centroids)).collect::<Vec<usize>>();
        let mut sums = vec![vec![0.0; DIMENSIONS]; CLUSTERS];
        let mut counts = vec![0usize; CLUSTERS];
        for (point, &cluster) in points.iter().zip(&assigned) {
            counts[cluster] += 1;
            for (sum, x) in sums[cluster].iter_mut().zip(point) {
                *sum += x;
            }
        }
        for (i, sum) in sums.into_iter().enumerate() {
            if counts[i] > 0 {
                centroids[i] = sum.into_iter().map(|s| s / counts[i] as f64).collect();
            }
        }
    }
    let spread: f64 = points.iter().zip(&assigned).map(|(p, &c)| squared_distance(p, &centroids[c])).sum();
    println!("{spread:.9} {:?}", &assigned[..20]);
}
