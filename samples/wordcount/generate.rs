//! Makes a text of any length: `cloudc run samples/wordcount/generate.rs --input words=1000000 --output result=text.txt`

const WORDS: [&str; 24] = [
    "the", "of", "and", "to", "a", "in", "is", "it", "you", "that", "he", "was", "for", "on", "are", "with", "as",
    "his", "they", "river", "stone", "lantern", "harbour", "winter",
];

/// Words in an order that looks random; the first of the list come more often.
pub fn text(words: usize) -> String {
    let mut state = 88172645463325252u64;
    let mut text = String::new();
    for i in 0..words {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let a = (state >> 20) as usize % WORDS.len();
        let b = (state >> 40) as usize % WORDS.len();
        text.push_str(WORDS[a.min(b)]);
        text.push(if i % 12 == 11 { '\n' } else { ' ' });
    }
    text
}
