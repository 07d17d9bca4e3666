//! Growable text.

mod traits;

use crate::borrow::Cow;
use crate::collections::TryReserveError;
use crate::convert::Infallible;
use crate::fmt;
use crate::intrinsics as i;
use crate::iter::FusedIterator;
use crate::marker::PhantomData;
use crate::ops::{Range, RangeBounds};
use crate::panicking::panic;
use crate::prelude::v1::*;
use crate::str::{self, Utf8Error, from_utf8_unchecked, from_utf8_unchecked_mut};

#[lang = "String"]
pub struct String {
    vec: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq, Clone)]
pub struct FromUtf8Error {
    bytes: Vec<u8>,
    error: Utf8Error,
}
impl FromUtf8Error {
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.as_slice()
    }
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
    pub fn utf8_error(&self) -> Utf8Error {
        self.error
    }
}
impl fmt::Display for FromUtf8Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.error, f)
    }
}
impl crate::error::Error for FromUtf8Error {}

#[derive(Debug)]
pub struct FromUtf16Error(());
impl fmt::Display for FromUtf16Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("invalid utf-16: lone surrogate found")
    }
}
impl crate::error::Error for FromUtf16Error {}

impl String {
    pub const fn new() -> String {
        String { vec: Vec::new() }
    }
    #[track_caller]
    pub fn with_capacity(capacity: usize) -> String {
        String { vec: Vec::with_capacity(capacity) }
    }
    pub fn from_utf8(vec: Vec<u8>) -> Result<String, FromUtf8Error> {
        match str::from_utf8(vec.as_slice()) {
            Ok(_) => Ok(String { vec }),
            Err(error) => Err(FromUtf8Error { bytes: vec, error }),
        }
    }
    pub unsafe fn from_utf8_unchecked(bytes: Vec<u8>) -> String {
        String { vec: bytes }
    }
    pub fn from_utf8_lossy(v: &[u8]) -> Cow<'_, str> {
        match str::from_utf8(v) {
            Ok(s) => Cow::Borrowed(s),
            Err(first) => {
                let mut out = String::new();
                let mut rest = v;
                let mut error = first;
                loop {
                    let (good, bad) = rest.split_at(error.valid_up_to);
                    out.push_str(unsafe { from_utf8_unchecked(good) });
                    out.push('\u{fffd}');
                    rest = match error.error_len {
                        Some(n) => &bad[n as usize..],
                        None => return Cow::Owned(out),
                    };
                    match str::from_utf8(rest) {
                        Ok(s) => {
                            out.push_str(s);
                            return Cow::Owned(out);
                        }
                        Err(e) => error = e,
                    }
                }
            }
        }
    }
    pub fn from_utf16(v: &[u16]) -> Result<String, FromUtf16Error> {
        let mut out = String::with_capacity(v.len());
        for r in crate::char::decode_utf16(v.iter().copied()) {
            match r {
                Ok(c) => out.push(c),
                Err(_) => return Err(FromUtf16Error(())),
            }
        }
        Ok(out)
    }
    pub fn from_utf16_lossy(v: &[u16]) -> String {
        let mut out = String::with_capacity(v.len());
        for r in crate::char::decode_utf16(v.iter().copied()) {
            out.push(r.unwrap_or('\u{fffd}'));
        }
        out
    }
    pub const fn capacity(&self) -> usize {
        self.vec.capacity()
    }
    pub fn into_bytes(self) -> Vec<u8> {
        self.vec
    }
    pub fn as_str(&self) -> &str {
        unsafe { from_utf8_unchecked(self.vec.as_slice()) }
    }
    pub fn as_mut_str(&mut self) -> &mut str {
        unsafe { from_utf8_unchecked_mut(self.vec.as_mut_slice()) }
    }
    #[track_caller]
    #[skeleton = "append"]
    pub fn push_str(&mut self, string: &str) {
        let n = string.len();
        self.vec.reserve(n);
        unsafe {
            let at = self.vec.len();
            i::copy_nonoverlapping(string.as_ptr(), self.vec.as_mut_ptr().add(at), n);
            self.vec.set_len(i::wrapping_add(at, n));
        }
    }
    #[track_caller]
    #[skeleton = "append"]
    pub fn push(&mut self, ch: char) {
        let x = ch as u32;
        if x < 0x80 {
            self.vec.push(x as u8);
        } else {
            let mut buf = [0u8; 4];
            let s = ch.encode_utf8(&mut buf);
            self.push_str(s);
        }
    }
    /// The byte range `range` stands for; fails with one of the messages off a character boundary.
    #[track_caller]
    fn checked_range<R: RangeBounds<usize>>(&self, range: R, at_start: &str, at_end: &str) -> Range<usize> {
        let r = crate::slice::range(range, ..self.len());
        if !self.is_char_boundary(r.start) {
            panic(at_start);
        }
        if !self.is_char_boundary(r.end) {
            panic(at_end);
        }
        r
    }
    #[track_caller]
    pub fn extend_from_within<R: RangeBounds<usize>>(&mut self, src: R) {
        let r = self.checked_range(
            src,
            "assertion failed: self.is_char_boundary(start)",
            "assertion failed: self.is_char_boundary(end)",
        );
        self.vec.extend_from_within(r);
    }
    #[track_caller]
    pub fn reserve(&mut self, additional: usize) {
        self.vec.reserve(additional)
    }
    #[track_caller]
    pub fn reserve_exact(&mut self, additional: usize) {
        self.vec.reserve_exact(additional)
    }
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.vec.try_reserve(additional)
    }
    pub fn try_reserve_exact(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.vec.try_reserve_exact(additional)
    }
    pub fn shrink_to_fit(&mut self) {
        self.vec.shrink_to_fit()
    }
    pub fn shrink_to(&mut self, min_capacity: usize) {
        self.vec.shrink_to(min_capacity)
    }
    pub fn as_bytes(&self) -> &[u8] {
        self.vec.as_slice()
    }
    pub unsafe fn as_mut_vec(&mut self) -> &mut Vec<u8> {
        &mut self.vec
    }
    pub const fn len(&self) -> usize {
        self.vec.len()
    }
    pub const fn is_empty(&self) -> bool {
        self.vec.is_empty()
    }
    #[track_caller]
    pub fn truncate(&mut self, new_len: usize) {
        if new_len <= self.len() {
            if !self.is_char_boundary(new_len) {
                panic("assertion failed: self.is_char_boundary(new_len)");
            }
            self.vec.truncate(new_len)
        }
    }
    pub fn pop(&mut self) -> Option<char> {
        match str::char_before(self.as_str(), self.len()) {
            Some((c, at)) => {
                unsafe { self.vec.set_len(at) };
                Some(c)
            }
            None => None,
        }
    }
    #[track_caller]
    pub fn remove(&mut self, idx: usize) -> char {
        let (c, next) = match str::char_after(&self[idx..], 0) {
            Some(x) => x,
            None => panic("cannot remove a char from the end of a string"),
        };
        self.vec.drain(idx..idx + next);
        c
    }
    pub fn retain<F: FnMut(char) -> bool>(&mut self, mut f: F) {
        let mut out = String::with_capacity(self.len());
        for c in self.chars() {
            if f(c) {
                out.push(c);
            }
        }
        *self = out;
    }
    #[track_caller]
    pub fn insert(&mut self, idx: usize, ch: char) {
        let mut buf = [0u8; 4];
        let s = ch.encode_utf8(&mut buf);
        self.insert_str(idx, s);
    }
    #[track_caller]
    pub fn insert_str(&mut self, idx: usize, string: &str) {
        if !self.is_char_boundary(idx) {
            panic("assertion failed: self.is_char_boundary(idx)");
        }
        let (n, len) = (string.len(), self.len());
        self.vec.reserve(n);
        unsafe {
            let p = self.vec.as_mut_ptr().add(idx);
            i::copy(p as *const u8, p.add(n), len - idx);
            i::copy_nonoverlapping(string.as_ptr(), p, n);
            self.vec.set_len(len + n);
        }
    }
    pub fn clear(&mut self) {
        self.vec.clear()
    }
    #[track_caller]
    pub fn split_off(&mut self, at: usize) -> String {
        if !self.is_char_boundary(at) {
            panic("assertion failed: self.is_char_boundary(at)");
        }
        String { vec: self.vec.split_off(at) }
    }
    #[track_caller]
    pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> Drain<'_> {
        let r = self.checked_range(
            range,
            "assertion failed: self.is_char_boundary(start)",
            "assertion failed: self.is_char_boundary(end)",
        );
        let mut tail = self.vec.split_off(r.start);
        let mut rest = tail.split_off(r.end - r.start);
        self.vec.append(&mut rest);
        Drain { text: String { vec: tail }, lo: 0, owner: PhantomData }
    }
    #[track_caller]
    pub fn replace_range<R: RangeBounds<usize>>(&mut self, range: R, replace_with: &str) {
        let r = self.checked_range(
            range,
            "start of range should be a character boundary",
            "end of range should be a character boundary",
        );
        let rest = self.vec.split_off(r.end);
        self.vec.truncate(r.start);
        self.push_str(replace_with);
        self.vec.extend_from_slice(rest.as_slice());
    }
    pub fn into_boxed_str(self) -> Box<str> {
        unsafe { i::transmute(self.vec.into_boxed_slice()) }
    }
    pub fn into_chars(self) -> IntoChars {
        Drain { text: self, lo: 0, owner: PhantomData }
    }
    pub fn leak<'a>(self) -> &'a mut str {
        unsafe { from_utf8_unchecked_mut(self.vec.leak()) }
    }
}

/// The removed text, already gone from the string.
pub struct Drain<'a> {
    text: String,
    lo: usize,
    owner: PhantomData<&'a mut String>,
}
/// The characters of a string that is no more.
pub type IntoChars = Drain<'static>;
impl Drain<'_> {
    pub fn as_str(&self) -> &str {
        &self.text[self.lo..]
    }
}
impl Iterator for Drain<'_> {
    type Item = char;
    fn next(&mut self) -> Option<char> {
        match str::char_after(self.text.as_str(), self.lo) {
            Some((c, next)) => {
                self.lo = next;
                Some(c)
            }
            None => None,
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.as_str().chars().size_hint()
    }
}
impl DoubleEndedIterator for Drain<'_> {
    fn next_back(&mut self) -> Option<char> {
        if self.text.len() > self.lo { self.text.pop() } else { None }
    }
}
impl FusedIterator for Drain<'_> {}
impl AsRef<str> for Drain<'_> {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}
impl AsRef<[u8]> for Drain<'_> {
    fn as_ref(&self) -> &[u8] {
        self.as_str().as_bytes()
    }
}
impl fmt::Debug for Drain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Drain").field(&self.as_str()).finish()
    }
}

pub trait ToString {
    fn to_string(&self) -> String;
}
impl<T: fmt::Display + ?Sized> ToString for T {
    #[track_caller]
    fn to_string(&self) -> String {
        let mut s = String::new();
        let ok = {
            let mut f = fmt::Formatter::__new(&mut s);
            self.fmt(&mut f).is_ok()
        };
        if !ok {
            crate::panicking::unwrap_failed("a Display implementation returned an error unexpectedly", &fmt::Error);
        }
        s
    }
}

pub type ParseError = Infallible;
