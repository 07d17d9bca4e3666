//! States that every round needs from the round before, in loops whose only way on is the next round of the loop around them.

fn mix(state: u64, x: u64) -> u64 {
    if state % 3 == 0 { state / 3 + x } else { (state * 2 + x) % 10_007 }
}

fn step((a, b): (i64, i64), x: i64) -> (i64, i64) {
    if a > b { (b - x, a % 1_000 + 1) } else { (b % 1_000, a + x) }
}

#[derive(Clone, Copy, Debug)]
struct Position {
    x: f64,
    y: f64,
}

fn turned(p: Position, by: f64) -> Position {
    Position { x: p.x * 0.6 - p.y * 0.8 + by, y: p.x * 0.8 + p.y * 0.6 }
}

/// A state that a call makes from the one before.
fn numbers(data: &[u64]) -> u64 {
    let mut state = 1;
    for _ in 0..3 {
        for x in data.iter() {
            state = mix(state, *x);
        }
    }
    state
}

/// The same in three loops, the middle one with an index.
fn deeper(data: &[u64]) -> u64 {
    let mut state = 7;
    for round in 0..2u64 {
        for i in 0..data.len() {
            for x in data {
                state = mix(state, data[i] + *x + round);
            }
        }
    }
    state
}

fn pairs(data: &[u64]) -> (i64, i64) {
    let mut state = (1, 2);
    let mut round = 0;
    while round < 4 {
        round += 1;
        for &x in data {
            state = step(state, x as i64);
        }
    }
    state
}

fn positions(data: &[u64]) -> Position {
    let mut at = Position { x: 1.0, y: 0.0 };
    for _ in 0..3 {
        for x in data {
            at = turned(at, *x as f64);
        }
    }
    at
}

/// What is read first in a later round only.
fn sometimes(data: &[u64]) -> (u64, u64) {
    let (mut before, mut falls) = (0, 0);
    for _ in 0..3 {
        for x in data.iter() {
            let now = x * 7 % 31;
            if now < before {
                falls += 1;
            }
            before = now;
        }
    }
    (before, falls)
}

/// What no round needs: the last one wins, over all rounds of the loop around.
fn latest(data: &[u64]) -> u64 {
    let mut latest = 0;
    for round in 0..3u64 {
        for x in data.iter() {
            latest = mix(*x, round);
        }
    }
    latest
}

fn main() {
    for length in [0, 1, 2, 5, 40] {
        let data: Vec<u64> = (0..length).map(|x| x * x % 23).collect();
        println!("{length}: {} {} {:?}", numbers(&data), deeper(&data), pairs(&data));
        println!("{:?} {:?} {}", positions(&data), sometimes(&data), latest(&data));
    }
}
