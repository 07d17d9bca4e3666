//! Words of a text, counted and sorted.

use std::collections::HashMap;

fn text(words: usize) -> String {
    let mut state = 12345u32;
    let mut text = String::new();
    for i in 0..words {
        state = state.wrapping_mul(1664525).wrapping_add(1013904223);
        let mut word = (state >> 20) * (state >> 24) / 256;
        loop {
            text.push((b'a' + (word % 26) as u8) as char);
            word /= 26;
            if word == 0 {
                break;
            }
        }
        text.push(if i % 12 == 11 { '\n' } else { ' ' });
    }
    text
}

fn main() {
    let text = text(3_000_000);
    let mut counts: HashMap<String, usize> = HashMap::new();
    for line in text.lines() {
        for word in line.split_whitespace() {
            *counts.entry(word.to_lowercase()).or_insert(0) += 1;
        }
    }
    let mut sorted: Vec<(&String, &usize)> = counts.iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    for (word, count) in sorted.iter().take(10) {
        println!("{count:8} {word}");
    }
    println!("{} different words", sorted.len());
}
