// Sums of inner loops that are made side by side for several rounds of the loop around them keep their order, their NaNs and
// their panics.

fn noise(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    ((*state >> 33) as f64 - 1e9) * (*state >> 60) as f64 * 1e-3
}

fn rows(count: usize, width: usize) -> Vec<Vec<f64>> {
    let mut state = 7;
    (0..count).map(|_| (0..width).map(|_| noise(&mut state)).collect()).collect()
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum()
}

fn nearest(point: &[f64], rows: &[Vec<f64>]) -> (usize, f64) {
    let mut best = (0, f64::INFINITY);
    for (i, row) in rows.iter().enumerate() {
        let d = distance(point, row);
        if d < best.1 {
            best = (i, d);
        }
    }
    best
}

fn by_index(point: &[f64], rows: &[Vec<f64>]) -> (u64, bool, usize) {
    let (mut bits, mut nans) = (0u64, 0);
    let mut least = f64::NAN;
    for i in 0..rows.len() {
        let mut s = 1e300;
        for d in 0..point.len() {
            let t = point[d] * rows[i][d];
            s -= t;
        }
        if !(s > least) {
            least = s;
        }
        if s.is_nan() {
            nans += 1;
        } else {
            bits = bits.rotate_left(5) ^ s.to_bits();
        }
    }
    (bits, least.is_nan(), nans)
}

fn flat(point: &[f32], all: &[f32], width: usize) -> Option<(usize, f32)> {
    let mut best = None;
    let mut most = f32::NEG_INFINITY;
    let mut i = 0;
    while i < all.len() / width {
        let (mut dot, mut norm) = (0.0f32, 0.0f32);
        for d in 0..width {
            dot += point[d] * all[i * width + d];
            norm += all[i * width + d] * all[i * width + d];
        }
        let c = dot / norm.sqrt();
        if c > most {
            most = c;
            best = Some((i, c));
        }
        i += 1;
    }
    best
}

fn first_above(rows: &[Vec<f64>], limit: f64) -> Option<usize> {
    rows.iter().position(|row| row.iter().fold(0.5, |s, x| s * 0.75 + x) > limit)
}

fn triangle(rows: &[Vec<f64>]) -> f64 {
    let mut most: f64 = 0.0;
    for i in 0..rows.len() {
        let mut s = 0.0;
        for j in 0..i {
            s += rows[i][j] / (rows[j][i] + 1.5);
        }
        most = most.max(s);
    }
    most
}

fn backwards(rows: &[Vec<f64>]) -> f64 {
    let mut least: f64 = 1e9;
    for row in rows {
        let mut s = 0.0;
        for x in row.iter().rev() {
            s = s * 0.5 + x;
        }
        least = least.min(s);
    }
    least
}

fn until(rows: &[Vec<f64>], limit: f64) -> (f64, usize) {
    let (mut total, mut steps) = (0.0, 0);
    for row in rows {
        let (mut s, mut i) = (1.0, 0);
        while i < row.len() && s < limit {
            s += row[i] * row[i];
            i += 1;
        }
        total += s;
        steps += i;
    }
    (total, steps)
}

fn columns(a: &[f64], n: usize) -> f64 {
    let mut most: f64 = 0.0;
    for j in 0..n {
        let mut s = 0.0;
        for i in 0..n {
            s += a[i * n + j];
        }
        most = most.max(s.abs());
    }
    most
}

fn with_last(rows: &[Vec<f64>]) -> (f64, f64) {
    let (mut best, mut last) = (0.0, 0.0);
    for row in rows {
        let mut s = 0.0;
        let mut x = 0.0;
        for y in row {
            x = *y;
            s += x;
        }
        if s > best {
            best = s;
            last = x;
        }
    }
    (best, last)
}

fn main() {
    let rows = rows(37, 41);
    let point: Vec<f64> = rows[5].iter().map(|x| x + 0.25).collect();
    println!("{:?}", nearest(&point, &rows));
    for count in 0..10 {
        println!("{count}: {:?}", nearest(&point, &rows[..count]));
    }
    for width in 0..6 {
        println!("{width}: {:?}", nearest(&point[..width], &rows));
    }
    println!("{:?}", by_index(&point, &rows[..9]));
    let small: Vec<f32> = rows.iter().flatten().map(|x| *x as f32).collect();
    println!("{:?}", flat(&small[..30], &small, 30));
    println!("{:?} {:?}", first_above(&rows, 5e5), first_above(&rows, 1e99));
    println!("{:?}", triangle(&rows));
    println!("{:?}", backwards(&rows));
    println!("{:?} {:?}", until(&rows, 1e9), until(&rows, f64::INFINITY));
    println!("{:?}", columns(&rows.concat(), 38));
    println!("{:?}", with_last(&rows));

    let mut ragged = rows.clone();
    for (i, row) in ragged.iter_mut().enumerate() {
        row.truncate(41 - i * i % 23);
    }
    println!("{:?} {:?}", nearest(&point, &ragged), with_last(&ragged));
    ragged[11].clear();
    println!("{:?} {:?} {:?}", nearest(&point, &ragged), backwards(&ragged), until(&ragged, 1e10));

    let mut broken = rows.clone();
    broken[3][40] = f64::NAN;
    broken[6][0] = f64::INFINITY;
    broken[7][1] = f64::NEG_INFINITY;
    let (i, d) = nearest(&point, &broken);
    println!("{i} {d:?} {}", first_above(&broken, f64::NAN).is_none());
    println!("{:?}", by_index(&point, &broken[..8]));

    // The sixth row is too short; the sums of the five before it are done by then.
    let mut short = rows;
    short[5].truncate(40);
    println!("{:?}", by_index(&point, &short[..5]));
    println!("{:?}", by_index(&point, &short));
}
