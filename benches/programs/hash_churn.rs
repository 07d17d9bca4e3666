//! A hash map that grows, shrinks and is asked all the time.

use std::collections::{HashMap, HashSet};

fn main() {
    let mut state = 1u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut map: HashMap<u64, u64> = HashMap::new();
    let mut removed: HashSet<u64> = HashSet::new();
    let mut hits = 0u64;
    for i in 0..4_000_000u64 {
        let key = next() % 200_000;
        match i % 4 {
            0 | 1 => *map.entry(key).or_insert(0) += i,
            2 => hits += map.get(&key).is_some() as u64,
            _ => {
                if map.remove(&key).is_some() {
                    removed.insert(key);
                }
            }
        }
    }
    let sum = map.values().fold(0u64, |a, v| a.wrapping_add(*v));
    println!("{} {} {hits} {sum}", map.len(), removed.len());
}
