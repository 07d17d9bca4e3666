//! Five hundred small calls, each of which needs what the one before gave.

fn step(x: u64, i: u64) -> u64 {
    (x ^ i).wrapping_mul(6364136223846793005).rotate_left(17)
}

fn main() {
    let mut x = 1;
    for i in 0..500 {
        x = step(x, i);
    }
    println!("{x}");
}
