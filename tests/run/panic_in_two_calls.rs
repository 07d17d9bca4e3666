// Of two calls that fail the first decides, though the result of the second is looked at first.
fn numbers(from: u64, len: usize) -> Vec<u64> {
    assert!(len < 1000, "too many numbers from {from}");
    (0..len as u64).map(|i| (from + i * 7919) % 1009).collect()
}
fn main() {
    println!("{}", numbers(20, 100).len());
    let a = numbers(21, 2000);
    let b = numbers(22, 3000);
    println!("{} {}", b[0], a.len());
}
