//! Merge sort, from the top down, in parallel.

fn merge(left: &[u64], right: &[u64]) -> Vec<u64> {
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        if left[i] <= right[j] {
            merged.push(left[i]);
            i += 1;
        } else {
            merged.push(right[j]);
            j += 1;
        }
    }
    merged.extend_from_slice(&left[i..]);
    merged.extend_from_slice(&right[j..]);
    merged
}

fn merge_sort(values: &[u64]) -> Vec<u64> {
    if values.len() <= 1 {
        return values.to_vec();
    }
    let (left, right) = values.split_at(values.len() / 2);
    if values.len() < 10_000 {
        return merge(&merge_sort(left), &merge_sort(right));
    }
    let (left, right) = rayon::join(|| merge_sort(left), || merge_sort(right));
    merge(&left, &right)
}

/// The program.
pub(super) fn main() {
    let mut state = 88172645463325252u64;
    let values: Vec<u64> = (0..2_000_000)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        })
        .collect();
    let sorted = merge_sort(&values);
    let hash = sorted.iter().enumerate().fold(0u64, |h, (i, v)| h.wrapping_add(v.wrapping_mul(i as u64 + 1)));
    println!("{} {} {hash}", sorted[0], sorted[sorted.len() - 1]);
}
