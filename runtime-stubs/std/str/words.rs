//! Lines and words.

use super::iter::boundary;
use super::{char_after, char_before, from_utf8_unchecked, sub};
use crate::iter::{FusedIterator, Splittable};
use crate::prelude::v1::*;

#[derive(Clone, Debug)]
pub struct Lines<'a> {
    rest: &'a str,
}
impl<'a> Lines<'a> {
    pub(crate) fn new(rest: &'a str) -> Self {
        Lines { rest }
    }
    fn strip(line: &'a str) -> &'a str {
        let b = line.as_bytes();
        let mut n = b.len();
        if n > 0 && b[n - 1] == b'\n' {
            n -= 1;
            if n > 0 && b[n - 1] == b'\r' {
                n -= 1;
            }
        }
        unsafe { sub(line, 0, n) }
    }
}
impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;
    fn next(&mut self) -> Option<&'a str> {
        let s = self.rest;
        let b = s.as_bytes();
        if b.is_empty() {
            return None;
        }
        let mut at = 0;
        while at < b.len() && b[at] != b'\n' {
            at += 1;
        }
        if at < b.len() {
            at += 1;
        }
        self.rest = unsafe { sub(s, at, s.len()) };
        Some(Lines::strip(unsafe { sub(s, 0, at) }))
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.rest.is_empty() { (0, Some(0)) } else { (1, Some(self.rest.len())) }
    }
}
impl<'a> DoubleEndedIterator for Lines<'a> {
    fn next_back(&mut self) -> Option<&'a str> {
        let s = self.rest;
        let b = s.as_bytes();
        if b.is_empty() {
            return None;
        }
        let mut at = b.len() - 1;
        while at > 0 && b[at - 1] != b'\n' {
            at -= 1;
        }
        self.rest = unsafe { sub(s, 0, at) };
        Some(Lines::strip(unsafe { sub(s, at, s.len()) }))
    }
}
impl FusedIterator for Lines<'_> {}
impl<'a> Splittable for Lines<'a> {
    const INDEXED: bool = false;
    fn extent(&self) -> usize {
        self.rest.len()
    }
    /// A cut moves forward to the next start of a line.
    fn slice(self, lo: usize, hi: usize) -> Self {
        let b = self.rest.as_bytes();
        let start = |at: usize| {
            let mut k = at;
            while k > 0 && k < b.len() && b[k - 1] != b'\n' {
                k += 1;
            }
            k
        };
        Lines { rest: &self.rest[start(lo)..start(hi)] }
    }
}

#[derive(Clone, Debug)]
pub struct SplitWhitespace<'a> {
    rest: &'a str,
}
impl<'a> SplitWhitespace<'a> {
    pub(crate) fn new(rest: &'a str) -> Self {
        SplitWhitespace { rest }
    }
}
impl<'a> Iterator for SplitWhitespace<'a> {
    type Item = &'a str;
    fn next(&mut self) -> Option<&'a str> {
        let s = self.rest;
        let mut lo = 0;
        while let Some((c, next)) = char_after(s, lo) {
            if !c.is_whitespace() {
                break;
            }
            lo = next;
        }
        let mut hi = lo;
        let mut after = lo;
        while let Some((c, next)) = char_after(s, hi) {
            after = next;
            if c.is_whitespace() {
                break;
            }
            hi = next;
        }
        self.rest = unsafe { sub(s, after, s.len()) };
        if lo == hi { None } else { Some(unsafe { sub(s, lo, hi) }) }
    }
}
impl<'a> DoubleEndedIterator for SplitWhitespace<'a> {
    fn next_back(&mut self) -> Option<&'a str> {
        let s = self.rest.trim_end();
        let mut lo = s.len();
        while let Some((c, before)) = char_before(s, lo) {
            if c.is_whitespace() {
                break;
            }
            lo = before;
        }
        self.rest = unsafe { sub(s, 0, lo) };
        if lo == s.len() { None } else { Some(unsafe { sub(s, lo, s.len()) }) }
    }
}
impl FusedIterator for SplitWhitespace<'_> {}
impl<'a> Splittable for SplitWhitespace<'a> {
    const INDEXED: bool = false;
    fn extent(&self) -> usize {
        self.rest.len()
    }
    /// A cut moves forward to the next white space, so that no word is divided.
    fn slice(self, lo: usize, hi: usize) -> Self {
        let s = self.rest;
        let cut = |at: usize| {
            if at == 0 {
                return 0;
            }
            let mut k = boundary(s, at);
            while let Some((c, next)) = char_after(s, k) {
                if c.is_whitespace() {
                    break;
                }
                k = next;
            }
            k
        };
        SplitWhitespace { rest: &s[cut(lo)..cut(hi)] }
    }
}

#[derive(Clone, Debug)]
pub struct SplitAsciiWhitespace<'a> {
    rest: &'a str,
}
impl<'a> SplitAsciiWhitespace<'a> {
    pub(crate) fn new(rest: &'a str) -> Self {
        SplitAsciiWhitespace { rest }
    }
}
impl<'a> Iterator for SplitAsciiWhitespace<'a> {
    type Item = &'a str;
    fn next(&mut self) -> Option<&'a str> {
        let b = self.rest.as_bytes();
        let n = b.len();
        let mut lo = 0;
        while lo < n && b[lo].is_ascii_whitespace() {
            lo += 1;
        }
        let mut hi = lo;
        while hi < n && !b[hi].is_ascii_whitespace() {
            hi += 1;
        }
        self.rest = unsafe { from_utf8_unchecked(&b[hi..]) };
        if lo == hi { None } else { Some(unsafe { from_utf8_unchecked(&b[lo..hi]) }) }
    }
}
impl<'a> DoubleEndedIterator for SplitAsciiWhitespace<'a> {
    fn next_back(&mut self) -> Option<&'a str> {
        let b = self.rest.as_bytes();
        let mut hi = b.len();
        while hi > 0 && b[hi - 1].is_ascii_whitespace() {
            hi -= 1;
        }
        let mut lo = hi;
        while lo > 0 && !b[lo - 1].is_ascii_whitespace() {
            lo -= 1;
        }
        self.rest = unsafe { from_utf8_unchecked(&b[..lo]) };
        if lo == hi { None } else { Some(unsafe { from_utf8_unchecked(&b[lo..hi]) }) }
    }
}
impl<'a> Splittable for SplitAsciiWhitespace<'a> {
    const INDEXED: bool = false;
    fn extent(&self) -> usize {
        self.rest.len()
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        let b = self.rest.as_bytes();
        let cut = |at: usize| {
            let mut k = at;
            while k > 0 && k < b.len() && !b[k].is_ascii_whitespace() {
                k += 1;
            }
            k
        };
        SplitAsciiWhitespace { rest: unsafe { from_utf8_unchecked(&b[cut(lo)..cut(hi)]) } }
    }
}
