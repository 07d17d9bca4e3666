//! Methods of `[u8]`.

use super::iter::Iter;
use crate::ascii::{EscapeDefault, escape_default};
use crate::fmt::{self, Write};
use crate::iter::FusedIterator;
use crate::prelude::v1::*;

impl [u8] {
    pub fn is_ascii(&self) -> bool {
        for b in self {
            if *b >= 128 {
                return false;
            }
        }
        true
    }
    pub fn eq_ignore_ascii_case(&self, other: &[u8]) -> bool {
        if self.len() != other.len() {
            return false;
        }
        let mut k = 0;
        while k < self.len() {
            if !self[k].eq_ignore_ascii_case(&other[k]) {
                return false;
            }
            k += 1;
        }
        true
    }
    pub fn make_ascii_uppercase(&mut self) {
        for b in self {
            b.make_ascii_uppercase();
        }
    }
    pub fn make_ascii_lowercase(&mut self) {
        for b in self {
            b.make_ascii_lowercase();
        }
    }
    pub fn to_ascii_uppercase(&self) -> Vec<u8> {
        let mut v = self.to_vec();
        v.as_mut_slice().make_ascii_uppercase();
        v
    }
    pub fn to_ascii_lowercase(&self) -> Vec<u8> {
        let mut v = self.to_vec();
        v.as_mut_slice().make_ascii_lowercase();
        v
    }
    pub fn trim_ascii_start(&self) -> &[u8] {
        let mut lo = 0;
        while lo < self.len() && self[lo].is_ascii_whitespace() {
            lo += 1;
        }
        &self[lo..]
    }
    pub fn trim_ascii_end(&self) -> &[u8] {
        let mut hi = self.len();
        while hi > 0 && self[hi - 1].is_ascii_whitespace() {
            hi -= 1;
        }
        &self[..hi]
    }
    pub fn trim_ascii(&self) -> &[u8] {
        self.trim_ascii_start().trim_ascii_end()
    }
    pub fn escape_ascii(&self) -> EscapeAscii<'_> {
        EscapeAscii { front: None, bytes: self.iter(), back: None }
    }
    pub fn utf8_chunks(&self) -> crate::str::Utf8Chunks<'_> {
        crate::str::Utf8Chunks::new(self)
    }
}

/// Bytes as printable text.
#[derive(Clone)]
pub struct EscapeAscii<'a> {
    front: Option<EscapeDefault>,
    bytes: Iter<'a, u8>,
    back: Option<EscapeDefault>,
}
impl<'a> Iterator for EscapeAscii<'a> {
    type Item = u8;
    fn next(&mut self) -> Option<u8> {
        loop {
            if let Some(front) = &mut self.front {
                if let Some(b) = front.next() {
                    return Some(b);
                }
            }
            match self.bytes.next() {
                Some(b) => self.front = Some(escape_default(*b)),
                None => return self.back.as_mut()?.next(),
            }
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let known = |e: &Option<EscapeDefault>| e.as_ref().map_or(0, |e| e.len());
        let (ends, n) = (known(&self.front) + known(&self.back), self.bytes.len());
        (ends + n, Some(ends + 4 * n))
    }
}
impl<'a> DoubleEndedIterator for EscapeAscii<'a> {
    fn next_back(&mut self) -> Option<u8> {
        loop {
            if let Some(back) = &mut self.back {
                if let Some(b) = back.next_back() {
                    return Some(b);
                }
            }
            match self.bytes.next_back() {
                Some(b) => self.back = Some(escape_default(*b)),
                None => return self.front.as_mut()?.next_back(),
            }
        }
    }
}
impl<'a> FusedIterator for EscapeAscii<'a> {}
impl<'a> fmt::Display for EscapeAscii<'a> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for b in self.clone() {
            f.write_char(b as char)?;
        }
        Ok(())
    }
}
impl<'a> fmt::Debug for EscapeAscii<'a> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EscapeAscii").finish_non_exhaustive()
    }
}
