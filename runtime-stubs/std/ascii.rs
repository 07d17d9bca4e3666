//! Bytes as printable text.

use crate::fmt;
use crate::iter::FusedIterator;
use crate::prelude::v1::*;

#[derive(Clone)]
pub struct EscapeDefault {
    text: [u8; 4],
    lo: usize,
    hi: usize,
}
pub fn escape_default(c: u8) -> EscapeDefault {
    let simple = match c {
        b'\t' => b't',
        b'\r' => b'r',
        b'\n' => b'n',
        b'\'' => b'\'',
        b'"' => b'"',
        b'\\' => b'\\',
        0x20..=0x7e => return EscapeDefault { text: [c, 0, 0, 0], lo: 0, hi: 1 },
        _ => {
            let hex = |n: u8| if n < 10 { b'0' + n } else { b'a' + n - 10 };
            return EscapeDefault { text: [b'\\', b'x', hex(c >> 4), hex(c & 15)], lo: 0, hi: 4 };
        }
    };
    EscapeDefault { text: [b'\\', simple, 0, 0], lo: 0, hi: 2 }
}
impl Iterator for EscapeDefault {
    type Item = u8;
    fn next(&mut self) -> Option<u8> {
        if self.lo == self.hi {
            return None;
        }
        self.lo += 1;
        Some(self.text[self.lo - 1])
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.hi - self.lo, Some(self.hi - self.lo))
    }
}
impl DoubleEndedIterator for EscapeDefault {
    fn next_back(&mut self) -> Option<u8> {
        if self.lo == self.hi {
            return None;
        }
        self.hi -= 1;
        Some(self.text[self.hi])
    }
}
impl ExactSizeIterator for EscapeDefault {}
impl FusedIterator for EscapeDefault {}
impl fmt::Display for EscapeDefault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(unsafe { crate::str::from_utf8_unchecked(&self.text[self.lo..self.hi]) })
    }
}
impl fmt::Debug for EscapeDefault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EscapeDefault").finish_non_exhaustive()
    }
}

/// The methods of old that `char`, `str` and `u8` now have themselves; programs still import it.
pub trait AsciiExt {}
impl AsciiExt for u8 {}
impl AsciiExt for char {}
impl AsciiExt for str {}
impl AsciiExt for [u8] {}
