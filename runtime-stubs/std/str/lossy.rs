//! Bytes as runs of valid UTF-8 and what is wrong between them.

use super::from_utf8;
use crate::fmt::{self, Write};
use crate::iter::FusedIterator;
use crate::prelude::v1::*;

/// Valid text and the bytes after it that are wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utf8Chunk<'a> {
    valid: &'a str,
    invalid: &'a [u8],
}
impl<'a> Utf8Chunk<'a> {
    pub fn valid(&self) -> &'a str {
        self.valid
    }
    pub fn invalid(&self) -> &'a [u8] {
        self.invalid
    }
}

#[derive(Clone)]
pub struct Utf8Chunks<'a> {
    source: &'a [u8],
}
impl<'a> Utf8Chunks<'a> {
    pub(crate) fn new(source: &'a [u8]) -> Self {
        Utf8Chunks { source }
    }
}
impl<'a> Iterator for Utf8Chunks<'a> {
    type Item = Utf8Chunk<'a>;
    fn next(&mut self) -> Option<Utf8Chunk<'a>> {
        if self.source.is_empty() {
            return None;
        }
        let (valid_up_to, wrong) = match from_utf8(self.source) {
            Ok(_) => (self.source.len(), 0),
            Err(e) => (e.valid_up_to(), e.error_len().unwrap_or(self.source.len() - e.valid_up_to())),
        };
        let (text, rest) = self.source.split_at(valid_up_to);
        let (invalid, rest) = rest.split_at(wrong);
        self.source = rest;
        Some(Utf8Chunk { valid: unsafe { super::from_utf8_unchecked(text) }, invalid })
    }
}
impl<'a> FusedIterator for Utf8Chunks<'a> {}

/// The bytes as a string literal.
struct Literal<'a>(&'a [u8]);
impl<'a> fmt::Debug for Literal<'a> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for chunk in Utf8Chunks::new(self.0) {
            for c in chunk.valid.chars() {
                for e in c.escape_debug() {
                    f.write_char(e)?;
                }
            }
            for b in chunk.invalid {
                f.write_str("\\x")?;
                for digit in [*b >> 4, *b & 15] {
                    f.write_char((if digit < 10 { b'0' + digit } else { b'A' + digit - 10 }) as char)?;
                }
            }
        }
        f.write_char('"')
    }
}
impl<'a> fmt::Debug for Utf8Chunks<'a> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Utf8Chunks").field("source", &Literal(self.source)).finish()
    }
}
