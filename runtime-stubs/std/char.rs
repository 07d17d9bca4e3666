//! Methods of `char`.

use crate::fmt;
use crate::intrinsics;
use crate::iter::FusedIterator;
use crate::panicking::panic;
use crate::prelude::v1::*;
use crate::unicode;

pub const MAX: char = char::MAX;
pub const REPLACEMENT_CHARACTER: char = '\u{fffd}';

pub const fn from_u32(i: u32) -> Option<char> {
    char::from_u32(i)
}
pub const fn from_digit(num: u32, radix: u32) -> Option<char> {
    char::from_digit(num, radix)
}
pub const unsafe fn from_u32_unchecked(i: u32) -> char {
    unsafe { intrinsics::transmute(i) }
}

impl char {
    pub const MIN: char = '\0';
    pub const MAX: char = '\u{10ffff}';
    pub const MAX_LEN_UTF8: usize = 4;
    pub const MAX_LEN_UTF16: usize = 2;
    pub const REPLACEMENT_CHARACTER: char = '\u{fffd}';
    pub fn decode_utf16<I: IntoIterator<Item = u16>>(iter: I) -> DecodeUtf16<I::IntoIter> {
        decode_utf16(iter)
    }
    pub const fn from_u32(i: u32) -> Option<char> {
        if i > 0x10ffff || (i >= 0xd800 && i < 0xe000) { None } else { Some(unsafe { intrinsics::transmute(i) }) }
    }
    pub const unsafe fn from_u32_unchecked(i: u32) -> char {
        unsafe { intrinsics::transmute(i) }
    }
    #[track_caller]
    pub const fn from_digit(num: u32, radix: u32) -> Option<char> {
        if radix > 36 {
            panic("from_digit: radix is too high (maximum 36)");
        }
        if num >= radix {
            return None;
        }
        let b = num as u8;
        Some(if b < 10 { (b'0' + b) as char } else { (b'a' + b - 10) as char })
    }
    pub const fn is_digit(self, radix: u32) -> bool {
        self.to_digit(radix).is_some()
    }
    #[track_caller]
    pub const fn to_digit(self, radix: u32) -> Option<u32> {
        if radix < 2 || radix > 36 {
            panic("to_digit: invalid radix -- radix must be in the range 2 to 36 inclusive");
        }
        let x = self as u32;
        let d = if x >= 48 && x <= 57 {
            x - 48
        } else {
            let y = x | 32;
            if y >= 97 && y <= 122 { y - 97 + 10 } else { return None }
        };
        if d < radix { Some(d) } else { None }
    }
    pub const fn len_utf8(self) -> usize {
        let x = self as u32;
        if x < 0x80 {
            1
        } else if x < 0x800 {
            2
        } else if x < 0x10000 {
            3
        } else {
            4
        }
    }
    pub const fn len_utf16(self) -> usize {
        if self as u32 >= 0x10000 { 2 } else { 1 }
    }
    #[track_caller]
    pub fn encode_utf8(self, dst: &mut [u8]) -> &mut str {
        let x = self as u32;
        let n = self.len_utf8();
        if n > dst.len() {
            panic("encode_utf8: the buffer is too small");
        }
        if n == 1 {
            dst[0] = x as u8;
        } else if n == 2 {
            dst[0] = (x >> 6) as u8 | 0xc0;
            dst[1] = (x & 0x3f) as u8 | 0x80;
        } else if n == 3 {
            dst[0] = (x >> 12) as u8 | 0xe0;
            dst[1] = (x >> 6 & 0x3f) as u8 | 0x80;
            dst[2] = (x & 0x3f) as u8 | 0x80;
        } else {
            dst[0] = (x >> 18) as u8 | 0xf0;
            dst[1] = (x >> 12 & 0x3f) as u8 | 0x80;
            dst[2] = (x >> 6 & 0x3f) as u8 | 0x80;
            dst[3] = (x & 0x3f) as u8 | 0x80;
        }
        unsafe { crate::str::from_utf8_unchecked_mut(&mut dst[..n]) }
    }
    pub fn encode_utf16(self, dst: &mut [u16]) -> &mut [u16] {
        let x = self as u32;
        if x < 0x10000 {
            dst[0] = x as u16;
            &mut dst[..1]
        } else {
            dst[0] = 0xd800 | ((x - 0x10000) >> 10) as u16;
            dst[1] = 0xdc00 | ((x - 0x10000) & 0x3ff) as u16;
            &mut dst[..2]
        }
    }
    pub fn is_alphabetic(self) -> bool {
        if self < '\u{80}' { self.is_ascii_alphabetic() } else { unicode::alphabetic(self) }
    }
    pub fn is_lowercase(self) -> bool {
        if self < '\u{80}' { self.is_ascii_lowercase() } else { unicode::lowercase(self) }
    }
    pub fn is_uppercase(self) -> bool {
        if self < '\u{80}' { self.is_ascii_uppercase() } else { unicode::uppercase(self) }
    }
    pub fn is_whitespace(self) -> bool {
        let x = self as u32;
        if x < 0x80 { x == 32 || (x >= 9 && x <= 13) } else { unicode::white_space(x) }
    }
    pub fn is_alphanumeric(self) -> bool {
        self.is_alphabetic() || self.is_numeric()
    }
    pub fn is_control(self) -> bool {
        let x = self as u32;
        x < 32 || (x >= 127 && x < 160)
    }
    pub fn is_numeric(self) -> bool {
        if self < '\u{80}' { self.is_ascii_digit() } else { unicode::numeric(self) }
    }
    pub fn to_lowercase(self) -> ToLowercase {
        ToLowercase(Few::three(unicode::to_lower(self)))
    }
    pub fn to_uppercase(self) -> ToUppercase {
        ToUppercase(Few::three(unicode::to_upper(self)))
    }
    pub const fn is_ascii(&self) -> bool {
        (*self as u32) < 128
    }
    pub const fn to_ascii_uppercase(&self) -> char {
        if self.is_ascii_lowercase() { (*self as u8 - 32) as char } else { *self }
    }
    pub const fn to_ascii_lowercase(&self) -> char {
        if self.is_ascii_uppercase() { (*self as u8 + 32) as char } else { *self }
    }
    pub const fn eq_ignore_ascii_case(&self, other: &char) -> bool {
        self.to_ascii_lowercase() as u32 == other.to_ascii_lowercase() as u32
    }
    pub const fn make_ascii_uppercase(&mut self) {
        *self = self.to_ascii_uppercase();
    }
    pub const fn make_ascii_lowercase(&mut self) {
        *self = self.to_ascii_lowercase();
    }
    pub const fn is_ascii_alphabetic(&self) -> bool {
        self.is_ascii() && (*self as u8).is_ascii_alphabetic()
    }
    pub const fn is_ascii_uppercase(&self) -> bool {
        self.is_ascii() && (*self as u8).is_ascii_uppercase()
    }
    pub const fn is_ascii_lowercase(&self) -> bool {
        self.is_ascii() && (*self as u8).is_ascii_lowercase()
    }
    pub const fn is_ascii_alphanumeric(&self) -> bool {
        self.is_ascii() && (*self as u8).is_ascii_alphanumeric()
    }
    pub const fn is_ascii_digit(&self) -> bool {
        self.is_ascii() && (*self as u8).is_ascii_digit()
    }
    pub const fn is_ascii_hexdigit(&self) -> bool {
        self.is_ascii() && (*self as u8).is_ascii_hexdigit()
    }
    pub const fn is_ascii_punctuation(&self) -> bool {
        self.is_ascii() && (*self as u8).is_ascii_punctuation()
    }
    pub const fn is_ascii_graphic(&self) -> bool {
        self.is_ascii() && (*self as u8).is_ascii_graphic()
    }
    pub const fn is_ascii_whitespace(&self) -> bool {
        self.is_ascii() && (*self as u8).is_ascii_whitespace()
    }
    pub const fn is_ascii_control(&self) -> bool {
        self.is_ascii() && (*self as u8).is_ascii_control()
    }
    pub fn escape_debug(self) -> EscapeDebug {
        let mut e = EscapeDebug::in_str(self, true);
        if self == '\'' {
            e = EscapeDebug(Few::backslash('\''));
        }
        e
    }
    pub fn escape_default(self) -> EscapeDefault {
        EscapeDefault::in_str(self, true)
    }
    pub fn escape_unicode(self) -> EscapeUnicode {
        EscapeUnicode::in_str(self, true)
    }
}

/// A few characters that are still to come.
#[derive(Clone, Debug)]
struct Few {
    chars: [char; 10],
    lo: usize,
    hi: usize,
}
impl Few {
    fn one(c: char) -> Few {
        let mut f = Few { chars: ['\0'; 10], lo: 0, hi: 1 };
        f.chars[0] = c;
        f
    }
    fn backslash(c: char) -> Few {
        let mut f = Few::one('\\');
        f.chars[1] = c;
        f.hi = 2;
        f
    }
    fn three(chars: [char; 3]) -> Few {
        let mut f = Few::one(chars[0]);
        f.chars[1] = chars[1];
        f.chars[2] = chars[2];
        while f.hi < 3 && f.chars[f.hi] != '\0' {
            f.hi += 1;
        }
        f
    }
    /// `\u{…}`
    fn unicode(c: char) -> Few {
        let mut f = Few::backslash('u');
        f.chars[2] = '{';
        f.hi = 3;
        let x = c as u32;
        let mut shift = 20;
        while shift > 0 && x >> shift == 0 {
            shift -= 4;
        }
        loop {
            f.chars[f.hi] = char::from_digit(x >> shift & 15, 16).unwrap_or('0');
            f.hi += 1;
            if shift == 0 {
                break;
            }
            shift -= 4;
        }
        f.chars[f.hi] = '}';
        f.hi += 1;
        f
    }
    fn next(&mut self) -> Option<char> {
        if self.lo == self.hi {
            return None;
        }
        self.lo += 1;
        Some(self.chars[self.lo - 1])
    }
    fn next_back(&mut self) -> Option<char> {
        if self.lo == self.hi {
            return None;
        }
        self.hi -= 1;
        Some(self.chars[self.hi])
    }
}

macro_rules! few {
    ($($name:ident)*) => { $(
        #[derive(Clone, Debug)]
        pub struct $name(Few);
        impl Iterator for $name {
            type Item = char;
            fn next(&mut self) -> Option<char> { self.0.next() }
            fn size_hint(&self) -> (usize, Option<usize>) {
                let n = self.0.hi - self.0.lo;
                (n, Some(n))
            }
        }
        impl DoubleEndedIterator for $name {
            fn next_back(&mut self) -> Option<char> { self.0.next_back() }
        }
        impl ExactSizeIterator for $name {}
        impl FusedIterator for $name {}
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut k = self.0.lo;
                while k < self.0.hi {
                    f.write_char(self.0.chars[k])?;
                    k += 1;
                }
                Ok(())
            }
        }
    )* };
}
few! { ToLowercase ToUppercase EscapeDebug EscapeDefault EscapeUnicode }

impl EscapeDebug {
    /// As part of a string, where `'` is plain; a combining mark is escaped only where it would join a quote.
    pub(crate) fn in_str(c: char, first: bool) -> EscapeDebug {
        EscapeDebug(match c {
            '\0' => Few::backslash('0'),
            '\t' => Few::backslash('t'),
            '\r' => Few::backslash('r'),
            '\n' => Few::backslash('n'),
            '"' | '\\' => Few::backslash(c),
            _ => {
                if (first && unicode::grapheme_extend(c)) || !unicode::printable(c) {
                    Few::unicode(c)
                } else {
                    Few::one(c)
                }
            }
        })
    }
}
impl EscapeDefault {
    pub(crate) fn in_str(c: char, _first: bool) -> EscapeDefault {
        EscapeDefault(match c {
            '\t' => Few::backslash('t'),
            '\r' => Few::backslash('r'),
            '\n' => Few::backslash('n'),
            '\'' | '"' | '\\' => Few::backslash(c),
            ' '..='~' => Few::one(c),
            _ => Few::unicode(c),
        })
    }
}
impl EscapeUnicode {
    pub(crate) fn in_str(c: char, _first: bool) -> EscapeUnicode {
        EscapeUnicode(Few::unicode(c))
    }
}

#[derive(Clone, Debug)]
pub struct DecodeUtf16<I: Iterator<Item = u16>> {
    iter: I,
    held: Option<u16>,
}
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct DecodeUtf16Error {
    code: u16,
}
impl DecodeUtf16Error {
    pub fn unpaired_surrogate(&self) -> u16 {
        self.code
    }
}
impl fmt::Display for DecodeUtf16Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unpaired surrogate found: ")?;
        fmt::LowerHex::fmt(&self.code, f)
    }
}
impl crate::error::Error for DecodeUtf16Error {}
pub fn decode_utf16<I: IntoIterator<Item = u16>>(iter: I) -> DecodeUtf16<I::IntoIter> {
    DecodeUtf16 { iter: iter.into_iter(), held: None }
}
impl<I: Iterator<Item = u16>> Iterator for DecodeUtf16<I> {
    type Item = Result<char, DecodeUtf16Error>;
    fn next(&mut self) -> Option<Result<char, DecodeUtf16Error>> {
        let u = match self.held.take() {
            Some(u) => u,
            None => self.iter.next()?,
        };
        if u & 0xf800 != 0xd800 {
            return Some(Ok(unsafe { char::from_u32_unchecked(u as u32) }));
        }
        if u >= 0xdc00 {
            return Some(Err(DecodeUtf16Error { code: u }));
        }
        let u2 = match self.iter.next() {
            Some(u2) => u2,
            None => return Some(Err(DecodeUtf16Error { code: u })),
        };
        if u2 < 0xdc00 || u2 > 0xdfff {
            self.held = Some(u2);
            return Some(Err(DecodeUtf16Error { code: u }));
        }
        let c = ((u & 0x3ff) as u32) << 10 | (u2 & 0x3ff) as u32;
        Some(Ok(unsafe { char::from_u32_unchecked(c + 0x10000) }))
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseCharError {
    kind: CharErrorKind,
}
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum CharErrorKind {
    EmptyString,
    TooManyChars,
}
impl ParseCharError {
    pub(crate) fn empty() -> ParseCharError {
        ParseCharError { kind: CharErrorKind::EmptyString }
    }
    pub(crate) fn many() -> ParseCharError {
        ParseCharError { kind: CharErrorKind::TooManyChars }
    }
}
impl fmt::Display for ParseCharError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self.kind {
            CharErrorKind::EmptyString => "cannot parse char from empty string",
            CharErrorKind::TooManyChars => "too many characters in string",
        })
    }
}
impl crate::error::Error for ParseCharError {}

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct CharTryFromError(());
impl fmt::Display for CharTryFromError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("converted integer out of range for `char`")
    }
}
impl crate::error::Error for CharTryFromError {}
impl TryFrom<u32> for char {
    type Error = CharTryFromError;
    fn try_from(i: u32) -> Result<char, CharTryFromError> {
        char::from_u32(i).ok_or(CharTryFromError(()))
    }
}

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct TryFromCharError(());
impl fmt::Display for TryFromCharError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("unicode code point out of range")
    }
}
impl crate::error::Error for TryFromCharError {}
impl TryFrom<char> for u8 {
    type Error = TryFromCharError;
    fn try_from(c: char) -> Result<u8, TryFromCharError> {
        if (c as u32) < 256 { Ok(c as u32 as u8) } else { Err(TryFromCharError(())) }
    }
}
impl TryFrom<char> for u16 {
    type Error = TryFromCharError;
    fn try_from(c: char) -> Result<u16, TryFromCharError> {
        if (c as u32) < 65536 { Ok(c as u32 as u16) } else { Err(TryFromCharError(())) }
    }
}
impl TryFrom<char> for usize {
    type Error = TryFromCharError;
    fn try_from(c: char) -> Result<usize, TryFromCharError> {
        Ok(c as usize)
    }
}
