//! Makes points around a few centres:
//! `cloudc run samples/kmeans/generate.rs --input n=200000 --input dim=8 --input k=12 --output result=points.npy`

/// `n` points of `dim` numbers each, around `k` centres.
pub fn points(n: usize, dim: usize, k: usize) -> Vec<f64> {
    let mut state = 0x9e3779b97f4a7c15u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let centres: Vec<f64> = (0..k * dim).map(|_| random() * 100.0).collect();
    let mut points = Vec::with_capacity(n * dim);
    for i in 0..n {
        let centre = i * 7 % k;
        for j in 0..dim {
            points.push(centres[centre * dim + j] + (random() + random() - 1.0) * 9.0);
        }
    }
    points
}
