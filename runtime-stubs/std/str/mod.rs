//! Methods of `str`.

mod decode;
mod fail;
pub mod iter;
pub mod lossy;
pub mod pattern;
pub mod split;
pub mod traits;
pub mod utf16;
pub mod validate;
pub mod words;

pub(crate) use self::decode::{char_after, char_before};
pub(crate) use self::fail::slice_failed;
pub use self::iter::*;
pub use self::lossy::{Utf8Chunk, Utf8Chunks};
pub use self::pattern::Pattern;
pub use self::split::*;
pub use self::traits::{FromStr, ParseBoolError};
pub use self::utf16::EncodeUtf16;
pub use self::validate::{Utf8Error, from_utf8, from_utf8_mut};
pub use self::words::*;

use self::pattern::Matcher;
use crate::intrinsics as i;
use crate::prelude::v1::*;
use crate::slice::SliceIndex;

pub const unsafe fn from_utf8_unchecked(v: &[u8]) -> &str {
    unsafe { i::transmute(v) }
}
pub unsafe fn from_utf8_unchecked_mut(v: &mut [u8]) -> &mut str {
    unsafe { i::transmute(v) }
}

/// The part `[lo, hi)`, whose ends the caller knows to be boundaries.
pub(crate) unsafe fn sub(s: &str, lo: usize, hi: usize) -> &str {
    unsafe { from_utf8_unchecked(crate::slice::index::sub(s.as_bytes(), lo, hi)) }
}

impl str {
    pub const fn len(&self) -> usize {
        self.as_bytes().len()
    }
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
    pub const fn as_bytes(&self) -> &[u8] {
        unsafe { i::transmute(self) }
    }
    pub unsafe fn as_bytes_mut(&mut self) -> &mut [u8] {
        unsafe { i::transmute(self) }
    }
    pub fn as_mut_ptr(&mut self) -> *mut u8 {
        unsafe { self.as_bytes_mut() }.as_mut_ptr()
    }
    pub const fn as_ptr(&self) -> *const u8 {
        self.as_bytes().as_ptr()
    }
    pub fn from_utf8(v: &[u8]) -> Result<&str, Utf8Error> {
        from_utf8(v)
    }
    pub fn from_utf8_mut(v: &mut [u8]) -> Result<&mut str, Utf8Error> {
        from_utf8_mut(v)
    }
    pub const unsafe fn from_utf8_unchecked(v: &[u8]) -> &str {
        unsafe { from_utf8_unchecked(v) }
    }
    pub fn is_char_boundary(&self, index: usize) -> bool {
        let b = self.as_bytes();
        if index >= b.len() { index == b.len() } else { b[index].is_utf8_char_boundary() }
    }
    pub fn floor_char_boundary(&self, index: usize) -> usize {
        if index >= self.len() {
            return self.len();
        }
        let mut k = index;
        while !self.is_char_boundary(k) {
            k -= 1;
        }
        k
    }
    pub fn ceil_char_boundary(&self, index: usize) -> usize {
        if index >= self.len() {
            return self.len();
        }
        let mut k = index;
        while !self.is_char_boundary(k) {
            k += 1;
        }
        k
    }
    pub fn get<I: SliceIndex<str>>(&self, index: I) -> Option<&I::Output> {
        index.get(self)
    }
    pub fn get_mut<I: SliceIndex<str>>(&mut self, index: I) -> Option<&mut I::Output> {
        index.get_mut(self)
    }
    pub unsafe fn get_unchecked<I: SliceIndex<str>>(&self, index: I) -> &I::Output {
        index.index(self)
    }
    #[track_caller]
    pub fn split_at(&self, mid: usize) -> (&str, &str) {
        match self.split_at_checked(mid) {
            Some(pair) => pair,
            None => slice_failed(self, 0, mid),
        }
    }
    pub fn split_at_checked(&self, mid: usize) -> Option<(&str, &str)> {
        if self.is_char_boundary(mid) {
            Some(unsafe { (sub(self, 0, mid), sub(self, mid, self.len())) })
        } else {
            None
        }
    }
    #[track_caller]
    pub fn split_at_mut(&mut self, mid: usize) -> (&mut str, &mut str) {
        if !self.is_char_boundary(mid) {
            slice_failed(self, 0, mid);
        }
        unsafe {
            let (a, b) = self.as_bytes_mut().split_at_mut(mid);
            (from_utf8_unchecked_mut(a), from_utf8_unchecked_mut(b))
        }
    }
    pub fn split_at_mut_checked(&mut self, mid: usize) -> Option<(&mut str, &mut str)> {
        if self.is_char_boundary(mid) { Some(self.split_at_mut(mid)) } else { None }
    }
    #[skeleton = "source"]
    pub fn chars(&self) -> Chars<'_> {
        Chars::new(self)
    }
    #[skeleton = "source"]
    pub fn char_indices(&self) -> CharIndices<'_> {
        CharIndices::new(self)
    }
    #[skeleton = "source"]
    pub fn bytes(&self) -> Bytes<'_> {
        Bytes::new(self)
    }
    #[skeleton = "source"]
    pub fn split_whitespace(&self) -> SplitWhitespace<'_> {
        SplitWhitespace::new(self)
    }
    #[skeleton = "source"]
    pub fn split_ascii_whitespace(&self) -> SplitAsciiWhitespace<'_> {
        SplitAsciiWhitespace::new(self)
    }
    #[skeleton = "source"]
    pub fn lines(&self) -> Lines<'_> {
        Lines::new(self)
    }
    pub fn encode_utf16(&self) -> EncodeUtf16<'_> {
        EncodeUtf16::new(self)
    }
    pub fn contains<P: Pattern>(&self, pat: P) -> bool {
        self.find(pat).is_some()
    }
    pub fn starts_with<P: Pattern>(&self, mut pat: P) -> bool {
        pat.match_at(self, 0).is_some()
    }
    pub fn ends_with<P: Pattern>(&self, mut pat: P) -> bool {
        pat.match_before(self, self.len()).is_some()
    }
    pub fn find<P: Pattern>(&self, mut pat: P) -> Option<usize> {
        match pat.find_from(self, 0) {
            Some((a, _)) => Some(a),
            None => None,
        }
    }
    pub fn rfind<P: Pattern>(&self, mut pat: P) -> Option<usize> {
        match pat.rfind_to(self, self.len()) {
            Some((a, _)) => Some(a),
            None => None,
        }
    }
    pub fn split<P: Pattern>(&self, pat: P) -> Split<'_, P> {
        Split::new(self, pat)
    }
    pub fn split_inclusive<P: Pattern>(&self, pat: P) -> SplitInclusive<'_, P> {
        SplitInclusive::new(self, pat)
    }
    pub fn rsplit<P: Pattern>(&self, pat: P) -> RSplit<'_, P> {
        self.split(pat).rev()
    }
    pub fn split_terminator<P: Pattern>(&self, pat: P) -> SplitTerminator<'_, P> {
        SplitTerminator::new(self, pat)
    }
    pub fn rsplit_terminator<P: Pattern>(&self, pat: P) -> RSplitTerminator<'_, P> {
        self.split_terminator(pat).rev()
    }
    pub fn splitn<P: Pattern>(&self, n: usize, pat: P) -> SplitN<'_, P> {
        SplitN::new(self, pat, n)
    }
    pub fn rsplitn<P: Pattern>(&self, n: usize, pat: P) -> RSplitN<'_, P> {
        RSplitN::new(self, pat, n)
    }
    pub fn split_once<P: Pattern>(&self, mut delimiter: P) -> Option<(&str, &str)> {
        match delimiter.find_from(self, 0) {
            Some((a, b)) => Some(unsafe { (sub(self, 0, a), sub(self, b, self.len())) }),
            None => None,
        }
    }
    pub fn rsplit_once<P: Pattern>(&self, mut delimiter: P) -> Option<(&str, &str)> {
        match delimiter.rfind_to(self, self.len()) {
            Some((a, b)) => Some(unsafe { (sub(self, 0, a), sub(self, b, self.len())) }),
            None => None,
        }
    }
    pub fn matches<P: Pattern>(&self, pat: P) -> Matches<'_, P> {
        Matches(Matcher::new(self, pat))
    }
    pub fn rmatches<P: Pattern>(&self, pat: P) -> crate::iter::Rev<Matches<'_, P>> {
        self.matches(pat).rev()
    }
    pub fn match_indices<P: Pattern>(&self, pat: P) -> MatchIndices<'_, P> {
        MatchIndices(Matcher::new(self, pat))
    }
    pub fn rmatch_indices<P: Pattern>(&self, pat: P) -> crate::iter::Rev<MatchIndices<'_, P>> {
        self.match_indices(pat).rev()
    }
    pub fn trim(&self) -> &str {
        self.trim_start().trim_end()
    }
    pub fn trim_start(&self) -> &str {
        self.trim_start_matches(|c: char| c.is_whitespace())
    }
    pub fn trim_end(&self) -> &str {
        self.trim_end_matches(|c: char| c.is_whitespace())
    }
    pub fn trim_left(&self) -> &str {
        self.trim_start()
    }
    pub fn trim_right(&self) -> &str {
        self.trim_end()
    }
    pub fn trim_matches<P: Pattern>(&self, mut pat: P) -> &str {
        let mut lo = 0;
        while let Some(next) = pat.match_at(self, lo) {
            if next == lo {
                break;
            }
            lo = next;
        }
        let mut hi = self.len();
        while hi > lo {
            match pat.match_before(self, hi) {
                Some(before) if before >= lo && before < hi => hi = before,
                _ => break,
            }
        }
        unsafe { sub(self, lo, hi) }
    }
    pub fn trim_start_matches<P: Pattern>(&self, mut pat: P) -> &str {
        let mut lo = 0;
        while let Some(next) = pat.match_at(self, lo) {
            if next == lo {
                break;
            }
            lo = next;
        }
        unsafe { sub(self, lo, self.len()) }
    }
    pub fn trim_end_matches<P: Pattern>(&self, mut pat: P) -> &str {
        let mut hi = self.len();
        while let Some(before) = pat.match_before(self, hi) {
            if before == hi {
                break;
            }
            hi = before;
        }
        unsafe { sub(self, 0, hi) }
    }
    pub fn trim_left_matches<P: Pattern>(&self, pat: P) -> &str {
        self.trim_start_matches(pat)
    }
    pub fn trim_right_matches<P: Pattern>(&self, pat: P) -> &str {
        self.trim_end_matches(pat)
    }
    pub fn trim_ascii(&self) -> &str {
        self.trim_ascii_start().trim_ascii_end()
    }
    pub fn trim_ascii_start(&self) -> &str {
        unsafe { from_utf8_unchecked(self.as_bytes().trim_ascii_start()) }
    }
    pub fn trim_ascii_end(&self) -> &str {
        unsafe { from_utf8_unchecked(self.as_bytes().trim_ascii_end()) }
    }
    pub fn strip_prefix<P: Pattern>(&self, mut prefix: P) -> Option<&str> {
        match prefix.match_at(self, 0) {
            Some(at) => Some(unsafe { sub(self, at, self.len()) }),
            None => None,
        }
    }
    pub fn strip_suffix<P: Pattern>(&self, mut suffix: P) -> Option<&str> {
        match suffix.match_before(self, self.len()) {
            Some(at) => Some(unsafe { sub(self, 0, at) }),
            None => None,
        }
    }
    pub fn parse<F: FromStr>(&self) -> Result<F, F::Err> {
        FromStr::from_str(self)
    }
    pub fn is_ascii(&self) -> bool {
        self.as_bytes().is_ascii()
    }
    pub fn eq_ignore_ascii_case(&self, other: &str) -> bool {
        self.as_bytes().eq_ignore_ascii_case(other.as_bytes())
    }
    pub fn make_ascii_uppercase(&mut self) {
        unsafe { self.as_bytes_mut() }.make_ascii_uppercase()
    }
    pub fn make_ascii_lowercase(&mut self) {
        unsafe { self.as_bytes_mut() }.make_ascii_lowercase()
    }
    pub fn to_ascii_uppercase(&self) -> String {
        unsafe { String::from_utf8_unchecked(self.as_bytes().to_ascii_uppercase()) }
    }
    pub fn to_ascii_lowercase(&self) -> String {
        unsafe { String::from_utf8_unchecked(self.as_bytes().to_ascii_lowercase()) }
    }
    pub fn to_uppercase(&self) -> String {
        let mut s = String::with_capacity(self.len());
        for c in self.chars() {
            for u in c.to_uppercase() {
                s.push(u);
            }
        }
        s
    }
    pub fn to_lowercase(&self) -> String {
        let mut s = String::with_capacity(self.len());
        for (at, c) in self.char_indices() {
            if c == '\u{3a3}' {
                s.push(if self.sigma_is_final(at) { '\u{3c2}' } else { '\u{3c3}' });
            } else {
                for l in c.to_lowercase() {
                    s.push(l);
                }
            }
        }
        s
    }
    /// Unicode's Final_Sigma: a cased letter before, none after, case-ignorable characters aside.
    fn sigma_is_final(&self, at: usize) -> bool {
        let mut before = false;
        for c in self[..at].chars().rev() {
            if !crate::unicode::case_ignorable(c) {
                before = crate::unicode::cased(c);
                break;
            }
        }
        if !before {
            return false;
        }
        for c in self[at + 2..].chars() {
            if !crate::unicode::case_ignorable(c) {
                return !crate::unicode::cased(c);
            }
        }
        true
    }
    #[track_caller]
    pub fn repeat(&self, n: usize) -> String {
        unsafe { String::from_utf8_unchecked(self.as_bytes().repeat(n)) }
    }
    pub fn replace<P: Pattern>(&self, from: P, to: &str) -> String {
        let mut out = String::with_capacity(self.len());
        let mut last = 0;
        let mut m = Matcher::new(self, from);
        while let Some((a, b)) = m.next_match() {
            out.push_str(unsafe { sub(self, last, a) });
            out.push_str(to);
            last = b;
        }
        out.push_str(unsafe { sub(self, last, self.len()) });
        out
    }
    pub fn replacen<P: Pattern>(&self, pat: P, to: &str, count: usize) -> String {
        let mut out = String::with_capacity(self.len());
        let mut last = 0;
        let mut m = Matcher::new(self, pat);
        let mut k = 0;
        while k < count {
            match m.next_match() {
                Some((a, b)) => {
                    out.push_str(unsafe { sub(self, last, a) });
                    out.push_str(to);
                    last = b;
                }
                None => break,
            }
            k += 1;
        }
        out.push_str(unsafe { sub(self, last, self.len()) });
        out
    }
    pub fn into_string(self: Box<str>) -> String {
        let bytes: Box<[u8]> = self.into_boxed_bytes();
        unsafe { String::from_utf8_unchecked(bytes.into_vec()) }
    }
    pub fn into_boxed_bytes(self: Box<str>) -> Box<[u8]> {
        unsafe { i::transmute(self) }
    }
    pub fn escape_debug(&self) -> EscapeDebug<'_> {
        EscapeDebug::new(self)
    }
    pub fn escape_default(&self) -> EscapeDefault<'_> {
        EscapeDefault::new(self)
    }
    pub fn escape_unicode(&self) -> EscapeUnicode<'_> {
        EscapeUnicode::new(self)
    }
}
