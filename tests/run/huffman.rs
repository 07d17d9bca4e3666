// Huffman coding: a heap of trees, codes by recursion, bits packed into bytes and read back.
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::fmt;

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tree {
    Leaf(char),
    Fork(Box<Tree>, Box<Tree>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Code {
    bits: u32,
    len: u8,
}

impl Code {
    const EMPTY: Code = Code { bits: 0, len: 0 };

    fn then(self, bit: bool) -> Code {
        Code { bits: self.bits << 1 | u32::from(bit), len: self.len + 1 }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:0width$b}", self.bits, width = self.len as usize))
    }
}

#[derive(Default)]
struct BitWriter {
    bytes: Vec<u8>,
    used: u32,
}

impl BitWriter {
    fn push(&mut self, code: Code) {
        for i in (0..code.len).rev() {
            if self.used % 8 == 0 {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((code.bits >> i & 1) as u8) << (7 - self.used % 8);
            }
            self.used += 1;
        }
    }
}

fn tree(text: &str) -> Option<Tree> {
    let mut counts = BTreeMap::new();
    for c in text.chars() {
        *counts.entry(c).or_insert(0usize) += 1;
    }
    let mut heap: BinaryHeap<_> = counts.into_iter().map(|(c, n)| Reverse((n, Tree::Leaf(c)))).collect();
    while heap.len() > 1 {
        let Reverse((n, a)) = heap.pop()?;
        let Reverse((m, b)) = heap.pop()?;
        heap.push(Reverse((n + m, Tree::Fork(a.into(), b.into()))));
    }
    heap.pop().map(|Reverse((_, tree))| tree)
}

fn codes(tree: &Tree, so_far: Code, out: &mut BTreeMap<char, Code>) {
    match tree {
        Tree::Leaf(c) => {
            let code = if so_far == Code::EMPTY { so_far.then(false) } else { so_far };
            out.insert(*c, code);
        }
        Tree::Fork(a, b) => {
            codes(a, so_far.then(false), out);
            codes(b, so_far.then(true), out);
        }
    }
}

fn decode(tree: &Tree, bits: &BitWriter) -> String {
    let mut all = (0..bits.used).map(|i| bits.bytes[i as usize / 8] >> (7 - i % 8) & 1 == 1).peekable();
    let mut out = String::new();
    while all.peek().is_some() {
        let mut at = tree;
        let found = loop {
            match at {
                Tree::Leaf(c) => break *c,
                Tree::Fork(a, b) => match all.next() {
                    Some(true) => at = b,
                    Some(false) => at = a,
                    None => return out,
                },
            }
        };
        if matches!(tree, Tree::Leaf(_)) {
            all.next();
        }
        out.push(found);
    }
    out
}

fn main() {
    for text in ["abracadabra", "aaaa", "the quick brown fox", "ñandú ñoño", ""] {
        let Some(tree) = tree(text) else {
            println!("{text:?}: nothing to do");
            continue;
        };
        let mut table = BTreeMap::new();
        codes(&tree, Code::EMPTY, &mut table);
        let mut bits = BitWriter::default();
        text.chars().for_each(|c| bits.push(table[&c]));
        let mut by_length: Vec<_> = table.iter().collect();
        by_length.sort_by_key(|(c, code)| (code.len, **c));
        for (c, code) in by_length.iter().take(4) {
            print!("{c:?}={code:<5}");
        }
        println!("\n{} bits in {:02x?}", bits.used, bits.bytes);
        println!("{}", decode(&tree, &bits) == text);
    }
}
