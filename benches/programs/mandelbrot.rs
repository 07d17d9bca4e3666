//! The Mandelbrot set as a picture of bits.

const ROUNDS: u32 = 50;

fn escapes(cx: f64, cy: f64) -> bool {
    let (mut x, mut y) = (0.0, 0.0);
    for _ in 0..ROUNDS {
        let (xx, yy) = (x * x, y * y);
        if xx + yy > 4.0 {
            return true;
        }
        y = 2.0 * x * y + cy;
        x = xx - yy + cx;
    }
    false
}

fn row(y: usize, size: usize) -> Vec<u8> {
    let cy = 2.0 * y as f64 / size as f64 - 1.0;
    (0..size / 8)
        .map(|byte| {
            let mut bits = 0u8;
            for bit in 0..8 {
                let cx = 2.0 * (byte * 8 + bit) as f64 / size as f64 - 1.5;
                bits = bits << 1 | !escapes(cx, cy) as u8;
            }
            bits
        })
        .collect()
}

fn main() {
    let size = 2000;
    let rows: Vec<Vec<u8>> = (0..size).map(|y| row(y, size)).collect();
    let set: u32 = rows.iter().flatten().map(|b| b.count_ones()).sum();
    let mut hash = 0u32;
    for byte in rows.iter().flatten() {
        hash = hash.wrapping_mul(31).wrapping_add(*byte as u32);
    }
    println!("{set} {hash:08x}");
}
