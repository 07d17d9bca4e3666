//! Iterators over strings. Each holds a slice and positions, so that its value can cross between tasks.

use super::pattern::{Matcher, Pattern};
use super::{char_after, char_before, from_utf8_unchecked, sub};
use crate::iter::{FusedIterator, Indexed, Splittable};
use crate::prelude::v1::*;

/// The first character boundary at `at` or later.
fn boundary(s: &str, at: usize) -> usize {
    let mut k = at;
    while k < s.len() && !s.is_char_boundary(k) {
        k += 1;
    }
    k
}

#[derive(Clone)]
pub struct Chars<'a> {
    rest: &'a str,
}
impl<'a> Chars<'a> {
    pub(crate) fn new(rest: &'a str) -> Self {
        Chars { rest }
    }
    pub fn as_str(&self) -> &'a str {
        self.rest
    }
}
impl crate::fmt::Debug for Chars<'_> {
    fn fmt(&self, f: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {
        f.write_str("Chars(")?;
        f.debug_list().entries(self.clone()).finish()?;
        f.write_str(")")
    }
}
impl<'a> Iterator for Chars<'a> {
    type Item = char;
    fn next(&mut self) -> Option<char> {
        match char_after(self.rest, 0) {
            Some((c, next)) => {
                self.rest = unsafe { super::sub(self.rest, next, self.rest.len()) };
                Some(c)
            }
            None => None,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.rest.len();
        ((n + 3) / 4, Some(n))
    }
    fn count(self) -> usize {
        let mut n = 0;
        for b in self.rest.as_bytes() {
            if b.is_utf8_char_boundary() {
                n += 1;
            }
        }
        n
    }
    fn last(mut self) -> Option<char> {
        self.next_back()
    }
}
impl<'a> DoubleEndedIterator for Chars<'a> {
    fn next_back(&mut self) -> Option<char> {
        match char_before(self.rest, self.rest.len()) {
            Some((c, before)) => {
                self.rest = unsafe { super::sub(self.rest, 0, before) };
                Some(c)
            }
            None => None,
        }
    }
}
impl FusedIterator for Chars<'_> {}
impl<'a> Splittable for Chars<'a> {
    const INDEXED: bool = false;
    fn extent(&self) -> usize {
        self.rest.len()
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        Chars { rest: &self.rest[boundary(self.rest, lo)..boundary(self.rest, hi)] }
    }
}

#[derive(Clone, Debug)]
pub struct CharIndices<'a> {
    offset: usize,
    chars: Chars<'a>,
}
impl<'a> CharIndices<'a> {
    pub(crate) fn new(s: &'a str) -> Self {
        CharIndices { offset: 0, chars: Chars::new(s) }
    }
    pub fn as_str(&self) -> &'a str {
        self.chars.rest
    }
    pub fn offset(&self) -> usize {
        self.offset
    }
}
impl<'a> Iterator for CharIndices<'a> {
    type Item = (usize, char);
    fn next(&mut self) -> Option<(usize, char)> {
        let before = self.chars.rest.len();
        match self.chars.next() {
            Some(c) => {
                let at = self.offset;
                self.offset = at + (before - self.chars.rest.len());
                Some((at, c))
            }
            None => None,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.chars.size_hint()
    }
    fn count(self) -> usize {
        self.chars.count()
    }
}
impl<'a> DoubleEndedIterator for CharIndices<'a> {
    fn next_back(&mut self) -> Option<(usize, char)> {
        match self.chars.next_back() {
            Some(c) => Some((self.offset + self.chars.rest.len(), c)),
            None => None,
        }
    }
}
impl FusedIterator for CharIndices<'_> {}
impl<'a> Splittable for CharIndices<'a> {
    const INDEXED: bool = false;
    fn extent(&self) -> usize {
        self.chars.extent()
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        let start = boundary(self.chars.rest, lo);
        CharIndices { offset: self.offset + start, chars: self.chars.slice(lo, hi) }
    }
}

#[derive(Clone, Debug)]
pub struct Bytes<'a> {
    inner: crate::iter::Copied<crate::slice::Iter<'a, u8>>,
}
impl<'a> Bytes<'a> {
    pub(crate) fn new(s: &'a str) -> Self {
        Bytes { inner: s.as_bytes().iter().copied() }
    }
}
impl Iterator for Bytes<'_> {
    type Item = u8;
    fn next(&mut self) -> Option<u8> {
        self.inner.next()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
    fn nth(&mut self, n: usize) -> Option<u8> {
        self.inner.nth(n)
    }
}
impl DoubleEndedIterator for Bytes<'_> {
    fn next_back(&mut self) -> Option<u8> {
        self.inner.next_back()
    }
}
impl ExactSizeIterator for Bytes<'_> {}
impl FusedIterator for Bytes<'_> {}
impl Splittable for Bytes<'_> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        self.inner.extent()
    }
    fn slice(self, lo: usize, hi: usize) -> Self {
        Bytes { inner: self.inner.slice(lo, hi) }
    }
}
impl Indexed for Bytes<'_> {}

/// Pieces between matches. `trailing` tells whether an empty last piece counts.
#[derive(Clone)]
struct Pieces<'a, P> {
    matcher: Matcher<'a, P>,
    start: usize,
    end: usize,
    trailing: bool,
    finished: bool,
}
impl<'a, P: Pattern> Pieces<'a, P> {
    fn new(s: &'a str, pattern: P, trailing: bool) -> Self {
        Pieces { matcher: Matcher::new(s, pattern), start: 0, end: s.len(), trailing, finished: false }
    }
    fn rest(&mut self) -> Option<&'a str> {
        if self.finished {
            return None;
        }
        self.finished = true;
        if !self.trailing && self.start == self.end {
            return None;
        }
        Some(unsafe { sub(self.matcher.hay, self.start, self.end) })
    }
    fn next(&mut self, keep_separator: bool) -> Option<&'a str> {
        if self.finished {
            return None;
        }
        match self.matcher.next_match() {
            Some((a, b)) => {
                let piece = unsafe { sub(self.matcher.hay, self.start, if keep_separator { b } else { a }) };
                self.start = b;
                Some(piece)
            }
            None => self.rest(),
        }
    }
    fn next_back(&mut self, keep_separator: bool) -> Option<&'a str> {
        if self.finished {
            return None;
        }
        if !self.trailing {
            // The separator at the very end closes the last piece and starts none.
            self.trailing = true;
            if keep_separator {
                if self.start == self.end {
                    self.finished = true;
                    return None;
                }
                match self.matcher.next_match_back() {
                    Some((_, b)) if b < self.end => {
                        let piece = unsafe { sub(self.matcher.hay, b, self.end) };
                        self.end = b;
                        return Some(piece);
                    }
                    Some(_) => {}
                    None => return self.rest(),
                }
            } else {
                match self.next_back(false) {
                    Some(piece) if !piece.is_empty() => return Some(piece),
                    _ => {
                        if self.finished {
                            return None;
                        }
                    }
                }
            }
        }
        match self.matcher.next_match_back() {
            Some((a, b)) => {
                let piece = unsafe { sub(self.matcher.hay, b, self.end) };
                self.end = if keep_separator { b } else { a };
                Some(piece)
            }
            None => self.rest(),
        }
    }
}

macro_rules! splitter {
    ($($name:ident $trailing:literal $keep:literal;)*) => { $(
        #[derive(Clone)]
        pub struct $name<'a, P>(Pieces<'a, P>);
        impl<'a, P: Pattern> $name<'a, P> {
            pub(crate) fn new(s: &'a str, pattern: P) -> Self { $name(Pieces::new(s, pattern, $trailing)) }
            pub fn remainder(&self) -> Option<&'a str> {
                if self.0.finished { None } else { Some(unsafe { sub(self.0.matcher.hay, self.0.start, self.0.end) }) }
            }
        }
        impl<'a, P: Pattern> Iterator for $name<'a, P> {
            type Item = &'a str;
            fn next(&mut self) -> Option<&'a str> { self.0.next($keep) }
        }
        impl<'a, P: Pattern> DoubleEndedIterator for $name<'a, P> {
            fn next_back(&mut self) -> Option<&'a str> { self.0.next_back($keep) }
        }
        impl<'a, P: Pattern> FusedIterator for $name<'a, P> {}
    )* };
}
splitter! { Split true false; SplitTerminator false false; SplitInclusive false true; }
pub type RSplit<'a, P> = crate::iter::Rev<Split<'a, P>>;
pub type RSplitTerminator<'a, P> = crate::iter::Rev<SplitTerminator<'a, P>>;

#[derive(Clone)]
pub struct SplitN<'a, P> {
    pieces: Pieces<'a, P>,
    count: usize,
}
impl<'a, P: Pattern> SplitN<'a, P> {
    pub(crate) fn new(s: &'a str, pattern: P, count: usize) -> Self {
        SplitN { pieces: Pieces::new(s, pattern, true), count }
    }
}
impl<'a, P: Pattern> Iterator for SplitN<'a, P> {
    type Item = &'a str;
    fn next(&mut self) -> Option<&'a str> {
        if self.count == 0 {
            return None;
        }
        self.count -= 1;
        if self.count == 0 { self.pieces.rest() } else { self.pieces.next(false) }
    }
}
#[derive(Clone)]
pub struct RSplitN<'a, P> {
    pieces: Pieces<'a, P>,
    count: usize,
}
impl<'a, P: Pattern> RSplitN<'a, P> {
    pub(crate) fn new(s: &'a str, pattern: P, count: usize) -> Self {
        RSplitN { pieces: Pieces::new(s, pattern, true), count }
    }
}
impl<'a, P: Pattern> Iterator for RSplitN<'a, P> {
    type Item = &'a str;
    fn next(&mut self) -> Option<&'a str> {
        if self.count == 0 {
            return None;
        }
        self.count -= 1;
        if self.count == 0 { self.pieces.rest() } else { self.pieces.next_back(false) }
    }
}

#[derive(Clone)]
pub struct Matches<'a, P>(pub(crate) Matcher<'a, P>);
impl<'a, P: Pattern> Iterator for Matches<'a, P> {
    type Item = &'a str;
    fn next(&mut self) -> Option<&'a str> {
        match self.0.next_match() {
            Some((a, b)) => Some(unsafe { sub(self.0.hay, a, b) }),
            None => None,
        }
    }
}
impl<'a, P: Pattern> DoubleEndedIterator for Matches<'a, P> {
    fn next_back(&mut self) -> Option<&'a str> {
        match self.0.next_match_back() {
            Some((a, b)) => Some(unsafe { sub(self.0.hay, a, b) }),
            None => None,
        }
    }
}
#[derive(Clone)]
pub struct MatchIndices<'a, P>(pub(crate) Matcher<'a, P>);
impl<'a, P: Pattern> Iterator for MatchIndices<'a, P> {
    type Item = (usize, &'a str);
    fn next(&mut self) -> Option<(usize, &'a str)> {
        match self.0.next_match() {
            Some((a, b)) => Some((a, unsafe { sub(self.0.hay, a, b) })),
            None => None,
        }
    }
}
impl<'a, P: Pattern> DoubleEndedIterator for MatchIndices<'a, P> {
    fn next_back(&mut self) -> Option<(usize, &'a str)> {
        match self.0.next_match_back() {
            Some((a, b)) => Some((a, unsafe { sub(self.0.hay, a, b) })),
            None => None,
        }
    }
}

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

macro_rules! escapes {
    ($($name:ident $item:ident;)*) => { $(
        #[derive(Clone, Debug)]
        pub struct $name<'a> {
            chars: Chars<'a>,
            first: bool,
            inner: Option<crate::char::$item>,
        }
        impl<'a> $name<'a> {
            pub(crate) fn new(s: &'a str) -> Self { $name { chars: s.chars(), first: true, inner: None } }
        }
        impl Iterator for $name<'_> {
            type Item = char;
            fn next(&mut self) -> Option<char> {
                loop {
                    if let Some(inner) = &mut self.inner {
                        if let Some(c) = inner.next() {
                            return Some(c);
                        }
                    }
                    match self.chars.next() {
                        Some(c) => {
                            self.inner = Some(crate::char::$item::in_str(c, self.first));
                            self.first = false;
                        }
                        None => return None,
                    }
                }
            }
        }
        impl crate::fmt::Display for $name<'_> {
            fn fmt(&self, f: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {
                for c in self.clone() {
                    f.write_char(c)?;
                }
                Ok(())
            }
        }
    )* };
}
escapes! { EscapeDebug EscapeDebug; EscapeDefault EscapeDefault; EscapeUnicode EscapeUnicode; }
