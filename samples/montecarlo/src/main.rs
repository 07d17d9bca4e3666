//! Estimates pi, and the volume of a ball in five dimensions, by throwing random points.

fn main() {
    let n = 8_000_000;
    let inside = (0..n).filter(|&i| throw(1, i, 2)).count();
    println!("pi is about {}", 4.0 * inside as f64 / n as f64);
    let mut inside = 0u64;
    for i in 0..n {
        if throw(2, i, 5) {
            inside += 1;
        }
    }
    println!("the ball fills {} of its box", inside as f64 / n as f64);
}

/// Whether point number `i` lies in the unit ball.
fn throw(seed: u64, i: u64, dimensions: u32) -> bool {
    let mut random = Random::new(seed, i);
    let mut square = 0.0;
    for _ in 0..dimensions {
        let x = random.next_unit();
        square += x * x;
    }
    square <= 1.0
}

/// SplitMix64.
struct Random {
    state: u64,
}

impl Random {
    fn new(seed: u64, stream: u64) -> Random {
        Random { state: seed.wrapping_mul(0xbf58476d1ce4e5b9) ^ stream.wrapping_mul(0x94d049bb133111eb) }
    }

    fn next_unit(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9e3779b97f4a7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d049bb133111eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}
