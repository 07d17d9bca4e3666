//! Readers and writers in memory.

use super::{BufRead, Read, Result, Seek, SeekFrom, Write};
use crate::collections::VecDeque;
use crate::fmt;
use crate::mem;
use crate::prelude::v1::*;

macro_rules! behind {
    ($([$($l:lifetime)*] $t:ty;)*) => { $(
        impl<$($l,)* X: Write + ?Sized> Write for $t {
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                (**self).write(buf)
            }
            fn write_all(&mut self, buf: &[u8]) -> Result<()> {
                (**self).write_all(buf)
            }
            fn flush(&mut self) -> Result<()> {
                (**self).flush()
            }
        }
        impl<$($l,)* X: Read + ?Sized> Read for $t {
            fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
                (**self).read(buf)
            }
            fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
                (**self).read_to_end(buf)
            }
            fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
                (**self).read_exact(buf)
            }
        }
        impl<$($l,)* X: BufRead + ?Sized> BufRead for $t {
            fn fill_buf(&mut self) -> Result<&[u8]> {
                (**self).fill_buf()
            }
            fn consume(&mut self, amount: usize) {
                (**self).consume(amount)
            }
        }
        impl<$($l,)* X: Seek + ?Sized> Seek for $t {
            fn seek(&mut self, pos: SeekFrom) -> Result<u64> {
                (**self).seek(pos)
            }
        }
    )* };
}
behind! { ['a] &'a mut X; [] Box<X>; }

impl Read for &[u8] {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let n = if buf.len() < self.len() { buf.len() } else { self.len() };
        buf[..n].copy_from_slice(&self[..n]);
        *self = &self[n..];
        Ok(n)
    }
    /// Where too little is left, all of it is taken and nothing is written.
    fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
        if self.len() < buf.len() {
            *self = &self[self.len()..];
            return Err(super::traits::too_short());
        }
        self.read(buf).map(|_| ())
    }
}
impl BufRead for &[u8] {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        Ok(*self)
    }
    fn consume(&mut self, amount: usize) {
        *self = &self[amount..];
    }
}
impl Write for &mut [u8] {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        let n = if buf.len() < self.len() { buf.len() } else { self.len() };
        let (here, rest) = mem::take(self).split_at_mut(n);
        here.copy_from_slice(&buf[..n]);
        *self = rest;
        Ok(n)
    }
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}
impl Write for Vec<u8> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        self.extend_from_slice(buf);
        Ok(buf.len())
    }
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}
impl Write for VecDeque<u8> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        self.extend(buf);
        Ok(buf.len())
    }
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}
impl Read for VecDeque<u8> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let n = self.as_slices().0.read(buf)?;
        self.drain(..n);
        Ok(n)
    }
}
impl BufRead for VecDeque<u8> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        Ok(self.as_slices().0)
    }
    fn consume(&mut self, amount: usize) {
        self.drain(..amount);
    }
}

/// Nothing, however often it is read.
#[derive(Copy, Clone, Debug, Default)]
#[non_exhaustive]
pub struct Empty;
pub const fn empty() -> Empty {
    Empty
}
impl Read for Empty {
    fn read(&mut self, _buf: &mut [u8]) -> Result<usize> {
        Ok(0)
    }
}
impl BufRead for Empty {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        Ok(&[])
    }
    fn consume(&mut self, _amount: usize) {}
}

/// Takes whatever is written.
#[derive(Copy, Clone, Debug, Default)]
#[non_exhaustive]
pub struct Sink;
pub const fn sink() -> Sink {
    Sink
}
macro_rules! swallow {
    ($($t:ty)*) => { $(
        impl Write for $t {
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                Ok(buf.len())
            }
            fn flush(&mut self) -> Result<()> {
                Ok(())
            }
        }
    )* };
}
swallow! { Sink Empty &Sink &Empty }

/// One byte, again and again.
pub struct Repeat {
    byte: u8,
}
pub const fn repeat(byte: u8) -> Repeat {
    Repeat { byte }
}
impl Read for Repeat {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        buf.fill(self.byte);
        Ok(buf.len())
    }
}
impl fmt::Debug for Repeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Repeat").finish_non_exhaustive()
    }
}
