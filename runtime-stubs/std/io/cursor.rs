//! A position in bytes.

use super::{BufRead, Error, ErrorKind, Read, Result, Seek, SeekFrom, Write};
use crate::prelude::v1::*;

#[derive(Debug, Default, Eq, PartialEq, Clone)]
pub struct Cursor<T> {
    inner: T,
    pos: u64,
}
impl<T> Cursor<T> {
    pub const fn new(inner: T) -> Cursor<T> {
        Cursor { inner, pos: 0 }
    }
    pub fn into_inner(self) -> T {
        self.inner
    }
    pub const fn get_ref(&self) -> &T {
        &self.inner
    }
    pub const fn get_mut(&mut self) -> &mut T {
        &mut self.inner
    }
    pub const fn position(&self) -> u64 {
        self.pos
    }
    pub const fn set_position(&mut self, pos: u64) {
        self.pos = pos;
    }
}
impl<T: AsRef<[u8]>> Cursor<T> {
    fn rest(&self) -> &[u8] {
        let all = self.inner.as_ref();
        let at = if self.pos < all.len() as u64 { self.pos as usize } else { all.len() };
        &all[at..]
    }
}
impl<T: AsRef<[u8]>> Read for Cursor<T> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let n = self.rest().read(buf)?;
        self.pos += n as u64;
        Ok(n)
    }
    fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
        let mut rest = self.rest();
        let before = rest.len();
        let done = rest.read_exact(buf);
        let taken = before - rest.len();
        self.pos += taken as u64;
        done
    }
}
impl<T: AsRef<[u8]>> BufRead for Cursor<T> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        Ok(self.rest())
    }
    fn consume(&mut self, amount: usize) {
        self.pos += amount as u64;
    }
}
impl<T: AsRef<[u8]>> Seek for Cursor<T> {
    fn seek(&mut self, style: SeekFrom) -> Result<u64> {
        let (base, offset) = match style {
            SeekFrom::Start(n) => {
                self.pos = n;
                return Ok(n);
            }
            SeekFrom::End(n) => (self.inner.as_ref().len() as u64, n),
            SeekFrom::Current(n) => (self.pos, n),
        };
        match base.checked_add_signed(offset) {
            Some(n) => {
                self.pos = n;
                Ok(n)
            }
            None => {
                Err(Error::message(ErrorKind::InvalidInput, "invalid seek to a negative or overflowing position"))
            }
        }
    }
}

/// Writes over what a fixed buffer has from `pos` on.
fn write_fixed(pos: &mut u64, into: &mut [u8], buf: &[u8]) -> usize {
    let at = if *pos < into.len() as u64 { *pos as usize } else { into.len() };
    let n = if buf.len() < into.len() - at { buf.len() } else { into.len() - at };
    into[at..at + n].copy_from_slice(&buf[..n]);
    *pos += n as u64;
    n
}
/// Writes over what a vector has from `pos` on, and lengthens it.
fn write_growing(pos: &mut u64, into: &mut Vec<u8>, buf: &[u8]) -> usize {
    let at = *pos as usize;
    if into.len() < at {
        into.resize(at, 0);
    }
    let over = if buf.len() < into.len() - at { buf.len() } else { into.len() - at };
    into[at..at + over].copy_from_slice(&buf[..over]);
    into.extend_from_slice(&buf[over..]);
    *pos += buf.len() as u64;
    buf.len()
}
macro_rules! writer {
    ($([$($g:tt)*] $t:ty: $f:ident |$inner:ident| $e:expr;)*) => { $(
        impl<$($g)*> Write for Cursor<$t> {
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                let $inner = &mut self.inner;
                Ok($f(&mut self.pos, $e, buf))
            }
            fn flush(&mut self) -> Result<()> {
                Ok(())
            }
        }
    )* };
}
writer! {
    ['a] &'a mut [u8]: write_fixed |s| &mut **s;
    [const N: usize] [u8; N]: write_fixed |s| s.as_mut_slice();
    [] Box<[u8]>: write_fixed |s| &mut **s;
    [] Vec<u8>: write_growing |v| v;
    ['a] &'a mut Vec<u8>: write_growing |v| &mut **v;
}
