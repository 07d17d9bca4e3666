// Loops that combine: integer sums, products in order, minima, bit operations, counts, floats in order.
fn main() {
    let data: Vec<i64> = (0..2000).map(|i| (i * 7919) % 1009 - 500).collect();
    let mut sum = 0;
    let mut evens = 0u32;
    let mut bits = 0u64;
    let mut all = u64::MAX;
    for x in &data {
        sum += x;
        if x % 2 == 0 {
            evens += 1;
        }
        bits |= 1 << (x.rem_euclid(64));
        all &= !(1 << (x.rem_euclid(5)));
    }
    println!("{sum} {evens} {bits:x} {all:x}");
    println!("{} {:?} {:?}", data.iter().sum::<i64>(), data.iter().min(), data.iter().max());
    println!("{}", data.iter().map(|x| *x as f64 * 0.1).sum::<f64>());
    let mut best = (0, i64::MIN);
    for (i, x) in data.iter().enumerate() {
        if *x > best.1 {
            best = (i, *x);
        }
    }
    println!("{best:?}");
    let mut xor = 0u32;
    let mut mean = 0.0;
    for i in 0..500u32 {
        xor ^= i.wrapping_mul(2654435761);
        mean += i as f64 / 500.0;
    }
    println!("{xor} {mean}");
    let (mut up, mut down) = (0i32, 0i32);
    for w in data.windows(2) {
        if w[1] > w[0] {
            up += 1;
        } else {
            down += 1;
        }
    }
    println!("{up} {down}");
    println!("{}", (1..=10u64).map(|n| n * n).filter(|n| n % 2 == 1).product::<u64>());
}
