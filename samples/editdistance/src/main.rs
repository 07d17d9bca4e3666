//! Finds for each misspelt word the nearest word of a dictionary.

fn main() {
    let dictionary: Vec<String> = (0..1500).map(word).collect();
    let misspelt: Vec<String> = (0..300).map(|n| misspell(&dictionary[n * 7 % dictionary.len()], n)).collect();
    let nearest: Vec<(usize, usize)> = misspelt.iter().map(|w| nearest(w, &dictionary)).collect();
    let total: usize = nearest.iter().map(|(_, distance)| distance).sum();
    println!("{} words, {total} edits", misspelt.len());
    for (word, (at, distance)) in misspelt.iter().zip(&nearest).take(8) {
        println!("{word} -> {} ({distance})", dictionary[*at]);
    }
}

/// Number and distance of the first of the nearest words.
fn nearest(word: &str, dictionary: &[String]) -> (usize, usize) {
    let mut best = (0, usize::MAX);
    for (i, other) in dictionary.iter().enumerate() {
        let distance = edit_distance(word, other);
        if distance < best.1 {
            best = (i, distance);
        }
    }
    best
}

/// Fewest insertions, deletions and replacements that make `b` of `a`.
fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut current = vec![i + 1; b.len() + 1];
        for j in 0..b.len() {
            let replace = previous[j] + if a[i] == b[j] { 0 } else { 1 };
            current[j + 1] = replace.min(previous[j + 1] + 1).min(current[j] + 1);
        }
        previous = current;
    }
    previous[b.len()]
}

/// A word of three to six syllables that looks random.
fn word(n: usize) -> String {
    const SYLLABLES: [&str; 12] = ["ba", "ro", "lin", "ter", "mo", "sa", "ka", "nen", "dis", "po", "vel", "ur"];
    let mut state = n as u64 * 7919 % 100_003 + 12345;
    let mut word = String::new();
    for _ in 0..3 + n % 4 {
        state = state * 48271 % 2147483647;
        word.push_str(SYLLABLES[state as usize % SYLLABLES.len()]);
    }
    word
}

/// With one letter left out and one changed.
fn misspell(word: &str, n: usize) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.remove(n % letters.len());
    let at = n * 5 % letters.len();
    letters[at] = 'x';
    letters.into_iter().collect()
}
