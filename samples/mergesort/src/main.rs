//! Sorts numbers by merging sorted halves.

fn main() {
    let numbers = random_numbers(2_000_000);
    let sorted = merge_sort(&numbers);
    println!("numbers {}", sorted.len());
    println!("least {}  median {}  greatest {}", sorted[0], sorted[sorted.len() / 2], sorted[sorted.len() - 1]);
    println!("in order {}", sorted.windows(2).all(|pair| pair[0] <= pair[1]));
}

fn merge_sort(numbers: &[u64]) -> Vec<u64> {
    if numbers.len() <= 1 {
        return numbers.to_vec();
    }
    let (left, right) = numbers.split_at(numbers.len() / 2);
    let left = merge_sort(left);
    let right = merge_sort(right);
    merge(&left, &right)
}

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

fn random_numbers(n: usize) -> Vec<u64> {
    let mut state = 88172645463325252u64;
    let mut numbers = Vec::with_capacity(n);
    for _ in 0..n {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        numbers.push(state >> 20);
    }
    numbers
}
