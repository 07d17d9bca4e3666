//! A loop that can be cut into as many parts as it has items.

fn main() {
    let total: u64 = (0..4_000_000u64).map(|i| i ^ (i >> 3)).fold(0, |a, b| a ^ b);
    let largest = (0..4_000_000u64).map(|i| i.wrapping_mul(2654435761) % 1000).max();
    println!("{total} {largest:?}");
}
