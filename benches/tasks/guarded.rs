//! Loops that could be divided, too short each time for their guards to do it.

/// Mixes the numbers up.
fn digest(numbers: &[u64], seed: u64) -> u64 {
    let mut sum = 0u64;
    for x in numbers {
        sum = sum.wrapping_add((x ^ seed).wrapping_mul(0x9e3779b97f4a7c15) >> 7);
    }
    sum
}

fn main() {
    let numbers: Vec<u64> = (0..40_000u64).map(|i| i.wrapping_mul(6364136223846793005) >> 20).collect();
    let mut seed = 1;
    for round in 0..300_000 {
        let from = round % 100 * 300;
        seed = digest(&numbers[from..from + 2000], seed);
    }
    println!("{seed}");
}
