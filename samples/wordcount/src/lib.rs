//! Counts the words of a text, most frequent first.

use std::collections::HashMap;

/// One line for each word: how often it occurs, and the word.
pub fn wordcount(text: &str) -> String {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word).or_insert(0) += 1;
    }
    let mut words: Vec<(&str, u32)> = counts.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let mut report = String::new();
    for (word, count) in words {
        report.push_str(&format!("{count:7} {word}\n"));
    }
    report
}
