//! Loops whose bounds are known before they begin, and loops that only look so.

fn differences(out: &mut [i64], of: &[i64], n: usize) {
    for i in 1..n {
        out[i - 1] = of[i] - of[i - 1];
    }
}

fn shifted(values: &mut [u32], by: usize) {
    let mut i = 0;
    while i + by < values.len() {
        values[i] = values[i + by].wrapping_mul(3) ^ values[i];
        i += 1;
    }
}

fn prefix(values: &mut [u64]) {
    for i in 1..values.len() {
        values[i] += values[i - 1];
    }
}

fn backwards(values: &mut [i32]) {
    let mut i = values.len();
    while i > 0 {
        i -= 1;
        values[i] -= i as i32;
    }
    for i in (1..values.len()).rev() {
        values[i] = values[i].wrapping_add(values[i - 1]);
    }
}

fn three(a: &mut [f64], b: &[f64], c: &[f32]) {
    for ((x, y), z) in a.iter_mut().zip(b).zip(c) {
        *x = *x * y + *z as f64;
    }
}

/// Every second round goes one further.
fn skipping(values: &[u8]) -> u32 {
    let (mut i, mut sum) = (0, 0);
    while i < values.len() {
        sum = sum * 7 % 10_007 + values[i] as u32;
        if values[i] & 1 == 1 {
            i += 1;
        }
        i += 1;
    }
    sum
}

/// The end comes closer while the beginning moves.
fn meeting(values: &mut [u16]) {
    let (mut low, mut high) = (0, values.len());
    while low < high {
        high -= 1;
        let kept = values[low];
        values[low] = values[high] ^ 0x55;
        values[high] = kept;
        low += 1;
    }
}

/// What says where to stop is written in the loop.
fn stopped_by_itself(values: &mut [usize]) -> usize {
    let mut i = 1;
    while i < values[0] {
        values[i - 1] = values[i] + 1;
        i += 1;
    }
    i
}

fn mixed(values: &[i32], limit: i32) -> (i32, usize) {
    let (mut sum, mut seen) = (0i32, 0usize);
    for i in 0..values.len() {
        if values[i] > limit {
            if i + 1 < values.len() && values[i + 1] < limit {
                seen += i;
                continue;
            }
            break;
        }
        sum += values[i];
    }
    (sum, seen)
}

fn small_counters(values: &mut [u8; 300]) -> (u8, i8) {
    let mut last = 0;
    for i in 0..=255u8 {
        values[i as usize] = i.wrapping_mul(i);
        last = i;
    }
    let mut down = 120i8;
    while down > -120 {
        values[(down as i32 + 120) as usize] ^= down as u8;
        down -= 1;
    }
    (last, down)
}

fn grown(values: &mut Vec<u32>) {
    let mut i = 0;
    while i < values.len() {
        if values.len() < 40 {
            values.push(values[i] + i as u32);
        }
        values[i] += 1;
        i += 1;
    }
}

fn histogram(text: &str) -> [usize; 26] {
    let mut counts = [0; 26];
    let bytes = text.as_bytes();
    for i in 0..bytes.len() {
        let letter = bytes[i].to_ascii_lowercase();
        if letter.is_ascii_lowercase() {
            counts[(letter - b'a') as usize] += 1;
        }
    }
    counts
}

fn product(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut c = vec![vec![0.0; b[0].len()]; a.len()];
    for i in 0..a.len() {
        for k in 0..b.len() {
            for j in 0..b[0].len() {
                c[i][j] += a[i][k] * b[k][j];
            }
        }
    }
    c
}

fn main() {
    let of: Vec<i64> = (0..40).map(|i| i * i % 37 - 11).collect();
    let mut out = vec![0; 39];
    for n in [0, 1, 2, 9, 40] {
        differences(&mut out, &of, n);
        println!("{n} {:?}", out);
    }
    let mut values: Vec<u32> = (0..33).collect();
    for by in [1, 2, 31, 32, 33, 100] {
        shifted(&mut values, by);
    }
    println!("{values:?}");
    let mut sums: Vec<u64> = (0..25).map(|i| i ^ 5).collect();
    prefix(&mut sums);
    prefix(&mut sums[..1]);
    prefix(&mut []);
    println!("{sums:?}");
    let mut signed: Vec<i32> = (0..21).map(|i| i * 3).collect();
    backwards(&mut signed);
    println!("{signed:?}");
    let mut a: Vec<f64> = (0..19).map(|i| i as f64 * 0.5).collect();
    let b: Vec<f64> = (0..17).map(|i| 1.0 / (i + 1) as f64).collect();
    let c: Vec<f32> = (0..23).map(|i| i as f32).collect();
    three(&mut a, &b, &c);
    three(&mut a[..11], &b, &c[..10]);
    println!("{a:?}");
    println!("{}", skipping(&(0..200u8).map(|i| i.wrapping_mul(37)).collect::<Vec<_>>()));
    for n in [0usize, 1, 2, 7, 16] {
        let mut ends: Vec<u16> = (0..n as u16).collect();
        meeting(&mut ends);
        println!("{ends:?}");
    }
    let mut stops = vec![12, 5, 6, 3, 9, 1, 2, 2, 8, 4, 30, 7, 50, 60];
    println!("{} {stops:?}", stopped_by_itself(&mut stops));
    let noise: Vec<i32> = (0..60).map(|i| (i * 7919) % 101).collect();
    println!("{:?} {:?} {:?}", mixed(&noise, 95), mixed(&noise, 100), mixed(&noise[..9], 50));
    let mut bytes = [9; 300];
    println!("{:?} {:?}", small_counters(&mut bytes), &bytes[..]);
    let mut few = vec![3, 1, 4];
    grown(&mut few);
    println!("{few:?}");
    println!("{:?}", histogram("The quick brown fox jumps over the lazy dog, TWICE."));
    let square = |n: usize, s: usize| -> Vec<Vec<f64>> {
        (0..n).map(|i| (0..n).map(|j| ((i * s + j) % 13) as f64 * 0.25).collect()).collect()
    };
    println!("{:?}", product(&square(11, 3), &square(11, 5))[10]);
    // The last round has no place for its result.
    let mut short = vec![0; 20];
    differences(&mut short, &of, 40);
    println!("not reached {short:?}");
}
