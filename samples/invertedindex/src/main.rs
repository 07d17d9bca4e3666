//! Builds an index of words to the documents they occur in, and answers a few questions with it.

use std::collections::BTreeMap;

fn main() {
    let documents: Vec<String> = (0..4000).map(document).collect();
    let index = invert(&documents);
    println!("{} documents, {} words", documents.len(), index.len());
    for (word, places) in index.iter().take(8) {
        println!("{word:10} {:5} documents, first {:?}", places.len(), &places[..places.len().min(5)]);
    }
    println!("winter and river: {:?}", both(&index, "winter0", "river7"));
}

/// For each word the documents with it, in order.
fn invert(documents: &[String]) -> BTreeMap<String, Vec<usize>> {
    let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, document) in documents.iter().enumerate() {
        for word in distinct_words(document) {
            index.entry(word).or_default().push(number);
        }
    }
    index
}

fn distinct_words(document: &str) -> Vec<String> {
    let mut words: Vec<String> = document.split_whitespace().map(|w| w.to_lowercase()).collect();
    words.sort();
    words.dedup();
    words
}

fn both(index: &BTreeMap<String, Vec<usize>>, a: &str, b: &str) -> Vec<usize> {
    match (index.get(a), index.get(b)) {
        (Some(a), Some(b)) => a.iter().copied().filter(|n| b.binary_search(n).is_ok()).collect(),
        _ => Vec::new(),
    }
}

const WORDS: [&str; 8] = ["River", "stone", "Lantern", "harbour", "winter", "the", "of", "and"];

/// A hundred words that look random.
fn document(number: usize) -> String {
    let mut state = number as u64 * 2654435761 + 88172645463325252;
    let mut text = String::new();
    for _ in 0..100 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        text.push_str(&format!("{}{} ", WORDS[(state >> 20) as usize % 8], (state >> 40) % 50));
    }
    text
}
