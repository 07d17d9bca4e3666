// assert_eq! with both sides and a message of its own, in the earliest chunk of a loop.
fn check(x: usize) -> usize {
    assert_eq!(x % 100, x, "{x} is too large");
    x * 2
}
fn main() {
    println!("begin");
    let doubled: Vec<usize> = (0..300).map(check).collect();
    println!("{}", doubled.len());
}
