//! Strings as UTF-16.

use super::Chars;
use crate::prelude::v1::*;

#[derive(Clone)]
pub struct EncodeUtf16<'a> {
    chars: Chars<'a>,
    extra: u16,
}
impl<'a> EncodeUtf16<'a> {
    pub(super) fn new(s: &'a str) -> Self {
        EncodeUtf16 { chars: s.chars(), extra: 0 }
    }
}
impl Iterator for EncodeUtf16<'_> {
    type Item = u16;
    fn next(&mut self) -> Option<u16> {
        if self.extra != 0 {
            return Some(crate::mem::take(&mut self.extra));
        }
        match self.chars.next() {
            Some(c) => {
                let x = c as u32;
                if x < 0x10000 {
                    return Some(x as u16);
                }
                self.extra = 0xdc00 | ((x - 0x10000) & 0x3ff) as u16;
                Some(0xd800 | ((x - 0x10000) >> 10) as u16)
            }
            None => None,
        }
    }
}
