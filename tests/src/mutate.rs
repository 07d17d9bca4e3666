//! Sources with something wrong: tokens deleted, doubled, swapped, taken from elsewhere, bytes flipped.

use crate::hostile;
use crate::rng::Rng;

/// Texts that mutations start from and take parts of.
pub struct Corpus {
    texts: Vec<String>,
    tokens: Vec<String>,
}

impl Corpus {
    /// A corpus of these texts.
    pub fn new(texts: Vec<String>) -> Corpus {
        let mut all: Vec<String> =
            texts.iter().flat_map(|t| tokens(t)).filter(|t| !t.trim().is_empty()).collect();
        all.sort();
        all.dedup();
        Corpus { texts, tokens: all }
    }

    /// The text of a case.
    pub fn case(&self, seed: u64) -> String {
        let mut rng = Rng::new(seed);
        if rng.chance(15) {
            return hostile::text(&mut rng);
        }
        let text = rng.pick(&self.texts).cloned().unwrap_or_default();
        let mut parts = tokens(&text);
        // Errors are most telling where the rest of the program is whole.
        let changes = if rng.chance(60) { 1 } else { rng.range(2, 6) };
        for _ in 0..changes {
            self.change(&mut parts, &mut rng);
        }
        let mut text: String = parts.concat();
        if rng.chance(5) {
            let mut bytes = text.into_bytes();
            for _ in 0..rng.range(1, 4) {
                let at = rng.below(bytes.len());
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << rng.below(8);
                }
            }
            text = String::from_utf8_lossy(&bytes).into_owned();
        }
        text
    }

    fn change(&self, parts: &mut Vec<String>, rng: &mut Rng) {
        if parts.is_empty() {
            return;
        }
        let at = rng.below(parts.len());
        let len = rng.range(1, 1 + rng.clone().below(12)).min(parts.len() - at);
        match rng.below(12) {
            0 | 1 => drop(parts.drain(at..at + len)),
            2 => {
                let copy = parts[at..at + len].to_vec();
                parts.splice(at..at, copy);
            }
            3 => {
                let other = rng.below(parts.len());
                parts.swap(at, other);
            }
            4 | 5 => parts[at] = rng.pick(&self.tokens).cloned().unwrap_or_default(),
            6 => parts.insert(at, format!(" {} ", rng.pick(&self.tokens).cloned().unwrap_or_default())),
            7 => parts.insert(
                at,
                rng.word(&["{", "}", "(", ")", "[", "]", "<", ">", "\"", "'", "/*", "#", "!", "$"])
                    .to_string(),
            ),
            8 => self.splice(parts, at, rng),
            9 => self.same_kind(parts, at, rng, |t| t.starts_with(|c: char| c.is_alphabetic())),
            10 => self.same_kind(parts, at, rng, |t| t.starts_with(|c: char| c.is_ascii_digit())),
            _ => {
                let word = rng.word(&[
                    "&",
                    "&mut ",
                    "*",
                    "mut ",
                    "-",
                    "!",
                    "?",
                    ".0",
                    ".clone()",
                    " as u8",
                    "::<u8>",
                    "dyn ",
                    "impl ",
                    "'static ",
                    "..",
                    "pub ",
                    "const ",
                    "return ",
                    "break ",
                    "move |x| ",
                    "0",
                    "()",
                    "_",
                    "Self",
                    "self",
                    "i128::MIN",
                ]);
                parts.insert(at, word.to_string());
            }
        }
    }

    /// Puts lines of another text here.
    fn splice(&self, parts: &mut Vec<String>, at: usize, rng: &mut Rng) {
        let other = rng.pick(&self.texts).cloned().unwrap_or_default();
        let lines: Vec<&str> = other.lines().collect();
        let from = rng.below(lines.len());
        let count = rng.range(1, 8).min(lines.len() - from);
        parts.insert(at, format!("\n{}\n", lines[from..from + count].join("\n")));
    }

    /// Replaces the next token of a kind by another one of this text.
    fn same_kind(&self, parts: &mut [String], at: usize, rng: &mut Rng, is_kind: impl Fn(&str) -> bool) {
        let all: Vec<usize> = (0..parts.len()).filter(|i| is_kind(&parts[*i])).collect();
        let Some(from) = rng.pick(&all).copied() else { return };
        if let Some(to) = all.iter().copied().find(|i| *i >= at) {
            parts[to] = parts[from].clone();
        }
    }
}

/// Splits a text into words, numbers, literals, white space and single characters.
fn tokens(text: &str) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let len = if is_word(c) {
            rest.find(|c| !is_word(c)).unwrap_or(rest.len())
        } else if c.is_whitespace() {
            rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len())
        } else if c == '"' {
            let end = rest[1..].char_indices().find(|(i, c)| *c == '"' && !rest[..*i + 1].ends_with('\\'));
            end.map_or(rest.len(), |(i, _)| i + 2)
        } else {
            let two =
                ["::", "->", "=>", "&&", "||", "==", "..", "+=", "//"].iter().find(|t| rest.starts_with(**t));
            two.map_or(c.len_utf8(), |t| t.len())
        };
        list.push(rest[..len].to_string());
        rest = &rest[len..];
    }
    list
}
