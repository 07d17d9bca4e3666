//! What a string can be searched for.

use super::{char_after, char_before};
use crate::prelude::v1::*;

/// A matcher of substrings. Positions are byte offsets on character boundaries.
pub trait Pattern: Sized {
    /// The first match that starts at `from` or later, as `(start, end)`.
    fn find_from(&mut self, hay: &str, from: usize) -> Option<(usize, usize)>;
    /// The last match that ends at `to` or earlier.
    fn rfind_to(&mut self, hay: &str, to: usize) -> Option<(usize, usize)>;
    /// The end of a match that starts at `at`.
    fn match_at(&mut self, hay: &str, at: usize) -> Option<usize>;
    /// The start of a match that ends at `at`.
    fn match_before(&mut self, hay: &str, at: usize) -> Option<usize>;
}

macro_rules! by_char {
    ($([$($g:tt)*] $t:ty: |$s:ident, $c:ident| $e:expr;)*) => { $(
        impl<$($g)*> Pattern for $t {
            fn find_from(&mut self, hay: &str, from: usize) -> Option<(usize, usize)> {
                let $s = self;
                let mut at = from;
                while let Some(($c, next)) = char_after(hay, at) {
                    if $e {
                        return Some((at, next));
                    }
                    at = next;
                }
                None
            }
            fn rfind_to(&mut self, hay: &str, to: usize) -> Option<(usize, usize)> {
                let $s = self;
                let mut at = to;
                while let Some(($c, before)) = char_before(hay, at) {
                    if $e {
                        return Some((before, at));
                    }
                    at = before;
                }
                None
            }
            fn match_at(&mut self, hay: &str, at: usize) -> Option<usize> {
                let $s = self;
                match char_after(hay, at) {
                    Some(($c, next)) => if $e { Some(next) } else { None },
                    None => None,
                }
            }
            fn match_before(&mut self, hay: &str, at: usize) -> Option<usize> {
                let $s = self;
                match char_before(hay, at) {
                    Some(($c, before)) => if $e { Some(before) } else { None },
                    None => None,
                }
            }
        }
    )* };
}
by_char! {
    [] char: |s, c| c == *s;
    [] &[char]: |s, c| s.contains(&c);
    [const N: usize] [char; N]: |s, c| s.as_slice().contains(&c);
    [const N: usize] &[char; N]: |s, c| s.as_slice().contains(&c);
    [F: FnMut(char) -> bool] F: |s, c| s(c);
}

fn same(hay: &[u8], at: usize, needle: &[u8]) -> bool {
    unsafe { crate::intrinsics::compare_bytes(hay.as_ptr().add(at), needle.as_ptr(), needle.len()) == 0 }
}

impl Pattern for &str {
    fn find_from(&mut self, hay: &str, from: usize) -> Option<(usize, usize)> {
        let (h, n) = (hay.as_bytes(), self.as_bytes());
        let len = n.len();
        if len == 0 {
            let mut at = from;
            while at < h.len() && !h[at].is_utf8_char_boundary() {
                at += 1;
            }
            return if at <= h.len() { Some((at, at)) } else { None };
        }
        if h.len() < len {
            return None;
        }
        if len > 8 && h.len() - from > 4 * len {
            return find_long(h, n, from);
        }
        let last = h.len() - len;
        let first = n[0];
        let mut at = from;
        while at <= last {
            if h[at] == first && same(h, at, n) {
                return Some((at, at + len));
            }
            at += 1;
        }
        None
    }
    fn rfind_to(&mut self, hay: &str, to: usize) -> Option<(usize, usize)> {
        let (h, n) = (hay.as_bytes(), self.as_bytes());
        let len = n.len();
        if to < len {
            return None;
        }
        let mut at = to - len;
        loop {
            if same(h, at, n) && hay.is_char_boundary(at) {
                return Some((at, at + len));
            }
            if at == 0 {
                return None;
            }
            at -= 1;
        }
    }
    fn match_at(&mut self, hay: &str, at: usize) -> Option<usize> {
        let (h, n) = (hay.as_bytes(), self.as_bytes());
        if h.len() - at >= n.len() && same(h, at, n) { Some(at + n.len()) } else { None }
    }
    fn match_before(&mut self, hay: &str, at: usize) -> Option<usize> {
        let (h, n) = (hay.as_bytes(), self.as_bytes());
        if at >= n.len() && same(h, at - n.len(), n) { Some(at - n.len()) } else { None }
    }
}

/// Knuth, Morris and Pratt, so that long needles cannot make the search quadratic.
fn find_long(h: &[u8], n: &[u8], from: usize) -> Option<(usize, usize)> {
    let mut fall: Vec<usize> = Vec::with_capacity(n.len());
    fall.push(0);
    let mut k = 0;
    let mut j = 1;
    while j < n.len() {
        while k > 0 && n[k] != n[j] {
            k = fall[k - 1];
        }
        if n[k] == n[j] {
            k += 1;
        }
        fall.push(k);
        j += 1;
    }
    k = 0;
    let mut at = from;
    while at < h.len() {
        while k > 0 && n[k] != h[at] {
            k = fall[k - 1];
        }
        if n[k] == h[at] {
            k += 1;
        }
        at += 1;
        if k == n.len() {
            return Some((at - k, at));
        }
    }
    None
}

macro_rules! as_str {
    ($([$($g:tt)*] $t:ty: |$s:ident| $e:expr;)*) => { $(
        impl<$($g)*> Pattern for $t {
            fn find_from(&mut self, hay: &str, from: usize) -> Option<(usize, usize)> {
                let $s = self;
                let mut needle: &str = $e;
                needle.find_from(hay, from)
            }
            fn rfind_to(&mut self, hay: &str, to: usize) -> Option<(usize, usize)> {
                let $s = self;
                let mut needle: &str = $e;
                needle.rfind_to(hay, to)
            }
            fn match_at(&mut self, hay: &str, at: usize) -> Option<usize> {
                let $s = self;
                let mut needle: &str = $e;
                needle.match_at(hay, at)
            }
            fn match_before(&mut self, hay: &str, at: usize) -> Option<usize> {
                let $s = self;
                let mut needle: &str = $e;
                needle.match_before(hay, at)
            }
        }
    )* };
}
as_str! { [] &String: |s| s.as_str(); [] &&str: |s| **s; }

/// Consecutive matches from the front and from the back, which never cross.
#[derive(Clone)]
pub struct Matcher<'a, P> {
    pub(crate) hay: &'a str,
    pattern: P,
    /// Where the next search starts, and where the last one may end.
    front: usize,
    back: usize,
    /// An empty match at `front` has been given out already.
    front_done: bool,
    back_done: bool,
}
impl<'a, P: Pattern> Matcher<'a, P> {
    pub(crate) fn new(hay: &'a str, pattern: P) -> Self {
        Matcher { hay, pattern, front: 0, back: hay.len(), front_done: false, back_done: false }
    }
    pub(crate) fn next_match(&mut self) -> Option<(usize, usize)> {
        let mut from = self.front;
        if self.front_done {
            match char_after(self.hay, from) {
                Some((_, next)) => from = next,
                None => return None,
            }
        }
        match self.pattern.find_from(self.hay, from) {
            Some((a, b)) if b <= self.back => {
                self.front = b;
                self.front_done = a == b;
                Some((a, b))
            }
            _ => {
                self.front = self.hay.len();
                self.front_done = true;
                None
            }
        }
    }
    pub(crate) fn next_match_back(&mut self) -> Option<(usize, usize)> {
        let mut to = self.back;
        if self.back_done {
            match char_before(self.hay, to) {
                Some((_, before)) => to = before,
                None => return None,
            }
        }
        match self.pattern.rfind_to(self.hay, to) {
            Some((a, b)) if a >= self.front => {
                self.back = a;
                self.back_done = a == b;
                Some((a, b))
            }
            _ => {
                self.back = 0;
                self.back_done = true;
                None
            }
        }
    }
}
