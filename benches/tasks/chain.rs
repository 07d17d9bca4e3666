//! Five hundred small calls, each of which needs what the one before gave.

fn step(x: u64, i: u64) -> u64 {
    let mut x = x ^ i;
    while x % 16 != 0 {
        x = x.wrapping_mul(6364136223846793005).rotate_left(17);
    }
    x
}

fn main() {
    let (mut x, mut odd) = (1, 0u64);
    for i in 0..500 {
        let next = step(x, i);
        odd += x & 1;
        x = next;
    }
    println!("{x} {odd}");
}
