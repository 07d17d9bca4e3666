//! Groups points into clusters around their means (Lloyd's algorithm).

/// What was found.
pub struct Clusters {
    /// Coordinates of the centres, one after another.
    pub centres: Vec<f64>,
    /// For each point the number of its cluster.
    pub labels: Vec<u32>,
    /// How many rounds it took until no point changed its cluster.
    pub rounds: u32,
}

/// Groups `points`, which has `dim` numbers for each point, into `k` clusters.
pub fn kmeans(points: Vec<f64>, dim: usize, k: usize) -> Clusters {
    let mut centres = points[..k * dim].to_vec();
    let mut labels: Vec<u32> = vec![0; points.len() / dim];
    let mut rounds = 0;
    loop {
        rounds += 1;
        let nearest: Vec<u32> = points.chunks(dim).map(|point| nearest_centre(point, &centres)).collect();
        let is_settled = rounds > 1 && nearest == labels;
        labels = nearest;
        if is_settled || rounds == 100 {
            return Clusters { centres, labels, rounds };
        }
        centres = means(&points, dim, &labels, &centres);
    }
}

fn nearest_centre(point: &[f64], centres: &[f64]) -> u32 {
    let mut best = 0;
    let mut best_distance = f64::INFINITY;
    for (i, centre) in centres.chunks(point.len()).enumerate() {
        let d = distance(point, centre);
        if d < best_distance {
            best = i as u32;
            best_distance = d;
        }
    }
    best
}

/// The square of the distance.
fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum()
}

/// The mean of each cluster; an empty one keeps its centre.
fn means(points: &[f64], dim: usize, labels: &[u32], old: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; old.len()];
    let mut counts = vec![0u32; old.len() / dim];
    for (point, &label) in points.chunks(dim).zip(labels) {
        let cluster = label as usize;
        counts[cluster] += 1;
        for (i, x) in point.iter().enumerate() {
            sums[cluster * dim + i] += x;
        }
    }
    for cluster in 0..counts.len() {
        for i in 0..dim {
            let at = cluster * dim + i;
            if counts[cluster] == 0 {
                sums[at] = old[at];
            } else {
                sums[at] /= counts[cluster] as f64;
            }
        }
    }
    sums
}
