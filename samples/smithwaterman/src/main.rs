//! Compares a sequence of bases with many others and lists those with the best local alignments.

fn main() {
    let query = sequence(0, 300);
    let others: Vec<Vec<u8>> = (1..160).map(|n| relative(&query, n)).collect();
    let mut scores: Vec<(i32, usize)> = Vec::new();
    for (n, other) in others.iter().enumerate() {
        scores.push((align(&query, other), n));
    }
    scores.sort_by(|a, b| b.cmp(a));
    for (score, n) in &scores[..8] {
        println!("sequence {n:3} scores {score}");
    }
    println!("total {}", scores.iter().map(|s| s.0).sum::<i32>());
}

/// The score of the best local alignment (Smith and Waterman): 2 for a match, -1 for a mismatch, -1 for a gap.
fn align(a: &[u8], b: &[u8]) -> i32 {
    let mut previous = vec![0; b.len() + 1];
    let mut best = 0;
    for &x in a {
        let mut current = vec![0; b.len() + 1];
        for (j, &y) in b.iter().enumerate() {
            let matched = previous[j] + if x == y { 2 } else { -1 };
            let score = matched.max(previous[j + 1] - 1).max(current[j] - 1).max(0);
            current[j + 1] = score;
            best = best.max(score);
        }
        previous = current;
    }
    best
}

fn sequence(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed * 2 + 2463534242;
    let mut bases = Vec::new();
    for _ in 0..length {
        state = state * 48271 % 2147483647;
        bases.push(b"ACGT"[(state >> 7) as usize % 4]);
    }
    bases
}

/// A random sequence into which a part of the query is copied.
fn relative(query: &[u8], n: usize) -> Vec<u8> {
    let mut bases = sequence(n as u64, 250 + n % 100);
    let length = n * 13 % 200;
    for i in 0..length {
        bases[i] = query[i + n % 50];
    }
    bases
}
