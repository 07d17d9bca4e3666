// Searching text: Knuth-Morris-Pratt, a suffix array, an Aho-Corasick automaton, glob patterns; all against the plain way.
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Positions at which `needle` begins.
trait Search {
    fn find_all<'t>(&'t self, text: &'t str) -> Box<dyn Iterator<Item = usize> + 't>;
}

struct Plain<'n>(&'n str);

impl Search for Plain<'_> {
    fn find_all<'t>(&'t self, text: &'t str) -> Box<dyn Iterator<Item = usize> + 't> {
        Box::new((0..text.len()).filter(|&i| text[i..].starts_with(self.0)))
    }
}

struct Kmp<'n> {
    needle: &'n [u8],
    back: Vec<usize>,
}

impl<'n> Kmp<'n> {
    fn new(needle: &'n str) -> Self {
        let needle = needle.as_bytes();
        let mut back = vec![0; needle.len()];
        let mut k = 0;
        for i in 1..needle.len() {
            while k > 0 && needle[i] != needle[k] {
                k = back[k - 1];
            }
            k += (needle[i] == needle[k]) as usize;
            back[i] = k;
        }
        Kmp { needle, back }
    }
}

impl Search for Kmp<'_> {
    fn find_all<'t>(&'t self, text: &'t str) -> Box<dyn Iterator<Item = usize> + 't> {
        let ends = text.bytes().enumerate().scan(0, |k, (i, b)| {
            while *k > 0 && (*k == self.needle.len() || b != self.needle[*k]) {
                *k = self.back[*k - 1];
            }
            if self.needle.get(*k) == Some(&b) {
                *k += 1;
            }
            Some((i, *k))
        });
        Box::new(ends.filter(|(_, k)| *k == self.needle.len()).map(|(i, k)| i + 1 - k))
    }
}

struct SuffixArray<'t> {
    text: &'t str,
    order: Vec<usize>,
}

impl<'t> SuffixArray<'t> {
    fn new(text: &'t str) -> Self {
        let mut order: Vec<usize> = (0..text.len()).filter(|i| text.is_char_boundary(*i)).collect();
        order.sort_unstable_by_key(|&i| &text[i..]);
        SuffixArray { text, order }
    }

    fn find(&self, needle: &str) -> Vec<usize> {
        let start = self.order.partition_point(|&i| &self.text[i..] < needle);
        let rest = &self.order[start..];
        let len = rest.partition_point(|&i| self.text[i..].starts_with(needle));
        let mut found = rest[..len].to_vec();
        found.sort();
        found
    }

    fn longest_repeat(&self) -> &'t str {
        let common = |a: &'t str, b: &str| {
            let len = a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y).map(|((i, _), _)| i);
            &a[..len.unwrap_or(a.len().min(b.len()))]
        };
        let pairs = self.order.windows(2).map(|w| common(&self.text[w[0]..], &self.text[w[1]..]));
        pairs.fold("", |best, next| if next.len() > best.len() { next } else { best })
    }
}

#[derive(Default, Debug)]
struct State {
    next: BTreeMap<u8, usize>,
    fail: usize,
    found: BTreeSet<usize>,
}

struct AhoCorasick {
    states: Vec<State>,
    lengths: Vec<usize>,
}

impl<S: AsRef<str>> FromIterator<S> for AhoCorasick {
    fn from_iter<I: IntoIterator<Item = S>>(words: I) -> Self {
        let mut this = AhoCorasick { states: vec![State::default()], lengths: vec![] };
        for (n, word) in words.into_iter().enumerate() {
            let mut at = 0;
            for &b in word.as_ref().as_bytes() {
                let fresh = this.states.len();
                at = *this.states[at].next.entry(b).or_insert(fresh);
                if at == fresh {
                    this.states.push(State::default());
                }
            }
            this.states[at].found.insert(n);
            this.lengths.push(word.as_ref().len());
        }
        let mut queue: VecDeque<usize> = this.states[0].next.values().copied().collect();
        while let Some(at) = queue.pop_front() {
            let edges: Vec<(u8, usize)> = this.states[at].next.iter().map(|(b, s)| (*b, *s)).collect();
            for (b, to) in edges {
                let fail = this.step(this.states[at].fail, b);
                let inherited = this.states[fail].found.clone();
                let state = &mut this.states[to];
                state.fail = fail;
                state.found.extend(inherited);
                queue.push_back(to);
            }
        }
        this
    }
}

impl AhoCorasick {
    fn step(&self, mut at: usize, b: u8) -> usize {
        loop {
            match self.states[at].next.get(&b) {
                Some(&to) => break to,
                None if at == 0 => break 0,
                None => at = self.states[at].fail,
            }
        }
    }

    fn matches(&self, text: &str) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        text.bytes().enumerate().fold(0, |at, (i, b)| {
            let at = self.step(at, b);
            out.extend(self.states[at].found.iter().map(|&n| (i + 1 - self.lengths[n], n)));
            at
        });
        out.sort_unstable();
        out
    }
}

fn glob(pattern: &[char], text: &[char]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        (['*', rest @ ..], _) => (0..=text.len()).any(|i| glob(rest, &text[i..])),
        (['?', p @ ..], [_, t @ ..]) => glob(p, t),
        (['[', rest @ ..], [c, t @ ..]) => match rest.iter().position(|c| *c == ']') {
            Some(end) => rest[..end].contains(c) && glob(&rest[end + 1..], t),
            None => false,
        },
        ([a, p @ ..], [b, t @ ..]) if a == b => glob(p, t),
        _ => false,
    }
}

fn main() {
    let text = "abracadabra abra cadabra";
    for needle in ["abra", "a", "cad", "aa", "bra c"] {
        let plain: Vec<usize> = Plain(needle).find_all(text).collect();
        let kmp: Vec<usize> = Kmp::new(needle).find_all(text).collect();
        println!("{needle:?} {plain:?} {} {}", plain == kmp, SuffixArray::new(text).find(needle) == plain);
    }
    let searchers: [(&str, Box<dyn Search>); 2] =
        [("plain", Box::new(Plain("aba"))), ("kmp", Box::new(Kmp::new("aba")))];
    for (name, searcher) in &searchers {
        println!("{name} {:?}", searcher.find_all("abababa").collect::<Vec<_>>());
    }
    println!(
        "{:?} {:?}",
        SuffixArray::new(text).longest_repeat(),
        SuffixArray::new("äöäöü").longest_repeat()
    );
    let words = ["he", "she", "his", "hers"];
    let automaton: AhoCorasick = words.iter().collect();
    let shown = automaton.matches("ushers and his").into_iter().map(|(at, n)| format!("{}@{at}", words[n]));
    println!("{}", shown.collect::<Vec<_>>().join(" "));
    let chars = |s: &str| s.chars().collect::<Vec<char>>();
    for (pattern, text) in [
        ("*.rs", "main.rs"),
        ("m??n.*", "main.rs"),
        ("[mn]a*", "xain"),
        ("**", ""),
        ("a[", "a"),
        ("ä*ü", "äöü"),
    ] {
        println!("{pattern:<7} {text:<8} {}", glob(&chars(pattern), &chars(text)));
    }
}
