//! Is it UTF-8?

use super::from_utf8_unchecked;
use crate::fmt;
use crate::prelude::v1::*;

#[derive(Copy, Eq, PartialEq, Clone, Debug)]
pub struct Utf8Error {
    pub(crate) valid_up_to: usize,
    pub(crate) error_len: Option<u8>,
}
impl Utf8Error {
    pub fn valid_up_to(&self) -> usize {
        self.valid_up_to
    }
    pub fn error_len(&self) -> Option<usize> {
        match self.error_len {
            Some(n) => Some(n as usize),
            None => None,
        }
    }
}
impl fmt::Display for Utf8Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.error_len {
            Some(n) => {
                f.write_str("invalid utf-8 sequence of ")?;
                fmt::Display::fmt(&n, f)?;
                f.write_str(" bytes from index ")?;
                fmt::Display::fmt(&self.valid_up_to, f)
            }
            None => {
                f.write_str("incomplete utf-8 byte sequence from index ")?;
                fmt::Display::fmt(&self.valid_up_to, f)
            }
        }
    }
}
impl crate::error::Error for Utf8Error {}

pub fn from_utf8(v: &[u8]) -> Result<&str, Utf8Error> {
    let mut at = 0;
    while at < v.len() {
        match sequence(v, at) {
            Ok(n) => at += n,
            Err(error_len) => return Err(Utf8Error { valid_up_to: at, error_len }),
        }
    }
    Ok(unsafe { from_utf8_unchecked(v) })
}
pub fn from_utf8_mut(v: &mut [u8]) -> Result<&mut str, Utf8Error> {
    match from_utf8(v) {
        Ok(_) => Ok(unsafe { super::from_utf8_unchecked_mut(v) }),
        Err(e) => Err(e),
    }
}

/// The length of the sequence at `at`, or how many of its bytes are wrong; `None` if it is cut off.
fn sequence(v: &[u8], at: usize) -> Result<usize, Option<u8>> {
    let x = v[at];
    if x < 0x80 {
        return Ok(1);
    }
    let (len, lo, hi) = match x {
        0xc2..=0xdf => (2, 0x80, 0xbf),
        0xe0 => (3, 0xa0, 0xbf),
        0xed => (3, 0x80, 0x9f),
        0xe1..=0xef => (3, 0x80, 0xbf),
        0xf0 => (4, 0x90, 0xbf),
        0xf1..=0xf3 => (4, 0x80, 0xbf),
        0xf4 => (4, 0x80, 0x8f),
        _ => return Err(Some(1)),
    };
    let mut k = 1;
    while k < len {
        if at + k >= v.len() {
            return Err(None);
        }
        let y = v[at + k];
        let good = if k == 1 { y >= lo && y <= hi } else { y & 0xc0 == 0x80 };
        if !good {
            return Err(Some(k as u8));
        }
        k += 1;
    }
    Ok(len)
}
