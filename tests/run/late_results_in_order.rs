// An index into the first result fails before the call that follows would: it is not made late, nor is what is printed.
fn numbers(from: u64, len: usize) -> Vec<u64> {
    assert!(len < 1000, "too many numbers from {from}");
    (0..len as u64).map(|i| (from + i * 7919) % 1009).collect()
}
fn main() {
    let first = numbers(1, 100);
    let view = &first[..];
    println!("{}", view.len());
    let wrong = view[100];
    let second = numbers(2, 2000);
    println!("{wrong} {}", second.len());
}
