//! Interned strings: a [`Symbol`] is compared as a number and printed as the text it stands for.
//!
//! The table is global and never freed: a compiler run is short and names repeat.

use std::fmt;
use std::sync::{LazyLock, RwLock};

use crate::hash::FastMap;

/// An interned string. `Ord` compares the text, so that sorted output does not depend on interning order.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Symbol(u32);

#[derive(Default)]
struct Table {
    numbers: FastMap<&'static str, u32>,
    texts: Vec<&'static str>,
}

static TABLE: LazyLock<RwLock<Table>> = LazyLock::new(RwLock::default);

impl Symbol {
    /// The symbol of this text.
    pub fn intern(text: &str) -> Symbol {
        Self::intern_with(text, || Box::leak(text.into()))
    }
    /// The same without a copy.
    pub fn intern_static(text: &'static str) -> Symbol {
        Self::intern_with(text, || text)
    }
    fn intern_with(text: &str, keep: impl FnOnce() -> &'static str) -> Symbol {
        if let Some(&n) = TABLE.read().expect("the symbol table is never poisoned").numbers.get(text) {
            return Symbol(n);
        }
        let mut table = TABLE.write().expect("the symbol table is never poisoned");
        if let Some(&n) = table.numbers.get(text) {
            return Symbol(n);
        }
        let text = keep();
        let n = table.texts.len() as u32;
        table.texts.push(text);
        table.numbers.insert(text, n);
        Symbol(n)
    }
    /// The text.
    pub fn as_str(self) -> &'static str {
        TABLE.read().expect("the symbol table is never poisoned").texts[self.0 as usize]
    }
}

impl PartialOrd for Symbol {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Symbol {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        if self.0 == other.0 { std::cmp::Ordering::Equal } else { self.as_str().cmp(other.as_str()) }
    }
}
impl PartialEq<str> for Symbol {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}
impl PartialEq<&str> for Symbol {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}
impl From<&str> for Symbol {
    fn from(text: &str) -> Self {
        Symbol::intern(text)
    }
}
impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
