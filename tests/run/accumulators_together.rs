//! Loops that keep several results at once, of different kinds: sums, the last of all, the best, text.

fn sum_and_last(row: &[f64]) -> (f64, usize) {
    let mut sum = 0.0;
    let mut last = 0;
    for (i, x) in row.iter().enumerate() {
        sum += x;
        last = i;
    }
    (sum, last)
}

fn last_before_sum(row: &[i32]) -> (i32, i64, usize) {
    let (mut last, mut total, mut at) = (-1, 0i64, usize::MAX);
    for (i, x) in row.iter().enumerate() {
        last = *x;
        at = i;
        total += i64::from(*x);
    }
    (last, total, at)
}

fn floats(row: &[f64]) -> (f64, f64, f64, f64, usize) {
    let (mut sum, mut product, mut squares, mut latest, mut count) = (0.5, 1.0, 0.0, f64::NAN, 0);
    for x in row {
        sum += x / 3.0;
        product *= 1.0 + x / 100.0;
        squares += x * x;
        latest = x - 1.0;
        count += 1;
    }
    (sum, product, squares, latest, count)
}

fn sums_and_bits(row: &[i32]) -> (i32, i32, u32, bool, i32) {
    let (mut up, mut down, mut bits, mut all, mut seen) = (0, 100, 0u32, true, 0);
    for x in row {
        up += x;
        down += x % 7 - 3;
        bits ^= x.unsigned_abs().rotate_left(3);
        all &= *x < 1_000;
        if x % 2 == 0 {
            seen = *x;
        }
    }
    (up, down, bits, all, seen)
}

fn best_and_sums(row: &[i32]) -> (i32, usize, i64, i32, String) {
    let (mut best, mut at, mut sum, mut last) = (i32::MIN, 0, 0i64, 0);
    let mut text = String::new();
    for (i, x) in row.iter().enumerate() {
        sum += i64::from(*x);
        if *x > best {
            best = *x;
            at = i;
        }
        last = x / 2;
        if x % 5 == 0 {
            text.push_str(&format!("{x} "));
        }
    }
    (best, at, sum, last, text)
}

fn collected(row: &[i32]) -> (Vec<i32>, i32, f64, Option<i32>) {
    let (mut kept, mut sum, mut mean, mut first_word) = (Vec::new(), 0, 0.0, None);
    for x in row {
        sum += x;
        mean += f64::from(*x) / row.len() as f64;
        first_word = Some(*x);
        kept.push(x * 3);
    }
    (kept, sum, mean, first_word)
}

/// The second sum leaves its type in the middle, and comes back.
fn overflows(row: &[i32]) -> (i64, i32) {
    let (mut wide, mut narrow) = (0i64, i32::MAX - 50);
    for x in row {
        wide += i64::from(*x);
        narrow += x;
    }
    (wide, narrow)
}

fn main() {
    for length in [0, 1, 2, 3, 10, 101] {
        let ints: Vec<i32> = (0..length).map(|x| (x * 37 + 11) % 53 - 20).collect();
        let floats_row: Vec<f64> = ints.iter().map(|x| f64::from(*x) * 0.37).collect();
        println!("{:?} {:?}", sum_and_last(&floats_row), last_before_sum(&ints));
        println!("{:?}", floats(&floats_row));
        println!("{:?} {:?}", sums_and_bits(&ints), best_and_sums(&ints));
        println!("{:?}", collected(&ints));
    }
    println!("{:?}", overflows(&[20, -3, 20, -40]));
    println!("{:?}", overflows(&[20, 20, 20, -100, -100]));
}
