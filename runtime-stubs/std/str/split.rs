//! Pieces of strings between matches of a pattern, and the matches.

use super::pattern::{Matcher, Pattern};
use super::sub;
use crate::iter::FusedIterator;
use crate::prelude::v1::*;

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
