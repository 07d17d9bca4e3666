//! Sorts of sequences in no order, in order, in pieces that are in order, and with few values; equal elements keep their order.

use std::cell::Cell;
use std::cmp::Reverse;

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

const PATTERNS: [&str; 9] =
    ["random", "bits", "ages", "rising", "falling", "with outliers", "saw", "equal", "steps"];

fn sequence(pattern: &str, n: usize, random: &mut Random) -> Vec<(u64, usize)> {
    let mut key = |i: usize| match pattern {
        "random" => random.next(),
        "bits" => random.next() % 2,
        "ages" => random.next() % 90,
        "rising" => i as u64,
        "falling" => (n - i) as u64,
        "with outliers" => if i % 100 == 99 { random.next() } else { i as u64 },
        "saw" => (i % 500) as u64,
        "equal" => 7,
        _ => (i as u64 / 700) ^ (i as u64 % 3),
    };
    (0..n).map(|i| (key(i), i)).collect()
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Word {
    length: usize,
    text: String,
}

/// Counts how often it is compared.
#[derive(Debug)]
struct Watched {
    key: u64,
    seen: Cell<u64>,
}

fn main() {
    let mut random = Random(12345);
    let mut total = 0u64;
    let mut mix = |x: u64| total = total.wrapping_mul(31).wrapping_add(x);
    for pattern in PATTERNS {
        for n in [0, 1, 2, 3, 20, 21, 40, 100, 257, 1000, 4000] {
            let items = sequence(pattern, n, &mut random);

            let mut stable = items.clone();
            let mut asked = 0;
            stable.sort_by(|a, b| {
                asked += 1;
                a.0.cmp(&b.0)
            });
            assert!(stable.windows(2).all(|w| w[0].0 < w[1].0 || (w[0].0 == w[1].0 && w[0].1 < w[1].1)));
            let bits = (usize::BITS - n.leading_zeros()) as usize;
            assert!(asked <= 4 * n * (bits + 1), "{pattern} {n}: {asked} comparisons");
            stable.iter().step_by(89).for_each(|x| mix(x.0 ^ x.1 as u64));

            let mut falling = items.clone();
            falling.sort_unstable_by_key(|x| Reverse(x.0));
            assert!(falling.iter().map(|x| x.0).eq(stable.iter().rev().map(|x| x.0)));

            let mut floats: Vec<f64> = items.iter().map(|x| x.0 as f64 / 3.0).collect();
            floats.sort_by(|a, b| b.partial_cmp(a).unwrap());
            assert!(floats.is_sorted_by(|a, b| a >= b));
            floats.sort_by(f64::total_cmp);
            assert!(floats.is_sorted());

            let text = |x: &(u64, usize)| format!("{}", x.0 % 613);
            let mut words: Vec<Word> =
                items.iter().map(|x| Word { length: (x.0 % 17) as usize, text: text(x) }).collect();
            words.sort();
            assert!(words.is_sorted());
            words.iter().step_by(97).for_each(|w| mix((w.length + w.text.len()) as u64));
        }
    }
    println!("{total}");

    let mut watched: Vec<Watched> =
        (0..3000).map(|_| Watched { key: random.next() % 1000, seen: Cell::new(0) }).collect();
    let mut asked = 0;
    watched.sort_by(|a, b| {
        asked += 1;
        a.seen.set(a.seen.get() + 1);
        b.seen.set(b.seen.get() + 1);
        a.key.cmp(&b.key)
    });
    let seen: u64 = watched.iter().map(|w| w.seen.get()).sum();
    println!("{} {}", seen == 2 * asked, watched.is_sorted_by_key(|w| w.key));
    println!("{:?}", [f64::NAN, 1.0].map(|x| x.partial_cmp(&f64::NAN)));
    println!("{:?} {:?}", 1.0f64.partial_cmp(&2.0), (-0.0f64).partial_cmp(&0.0));
    let failed = std::env::args().count() > 5;
    let mut mixed = vec![2.0, if failed { 1.0 } else { f64::NAN }, 0.5];
    mixed.sort_by(|a, b| a.partial_cmp(b).unwrap());
}
