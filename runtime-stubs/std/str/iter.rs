//! Characters, bytes and escapes of strings. Each iterator holds a slice and positions, so that its value can cross between tasks.

use super::{char_after, char_before, from_utf8_unchecked, sub};
use crate::iter::{FusedIterator, Indexed, Splittable};
use crate::prelude::v1::*;

/// The first character boundary at `at` or later.
pub(super) fn boundary(s: &str, at: usize) -> usize {
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
