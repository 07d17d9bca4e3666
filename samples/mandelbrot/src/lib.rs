//! Draws the Mandelbrot set as a grey picture in the PGM format.

/// A picture of `width` × `height` pixels; points that stay bounded for `limit` steps are black.
pub fn mandelbrot(width: usize, height: usize, limit: u32) -> Vec<u8> {
    let mut picture = format!("P5\n{width} {height}\n255\n").into_bytes();
    for y in 0..height {
        for x in 0..width {
            let re = 3.5 * x as f64 / width as f64 - 2.5;
            let im = 2.0 * y as f64 / height as f64 - 1.0;
            picture.push(shade(escape_time(re, im, limit), limit));
        }
    }
    picture
}

/// The number of steps until the point escapes, at most `limit`.
fn escape_time(re: f64, im: f64, limit: u32) -> u32 {
    let (mut x, mut y) = (0.0, 0.0);
    let mut steps = 0;
    while steps < limit && x * x + y * y <= 4.0 {
        (x, y) = (x * x - y * y + re, 2.0 * x * y + im);
        steps += 1;
    }
    steps
}

fn shade(steps: u32, limit: u32) -> u8 {
    if steps == limit { 0 } else { (255 - steps * 8 % 256) as u8 }
}
