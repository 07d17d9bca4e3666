//! Buffers in front of readers and writers. Input and output are buffered already, so a writer only passes on.

use super::{BufRead, Error, Read, Result, Seek, SeekFrom, Write};
use crate::fmt;
use crate::prelude::v1::*;

pub struct BufReader<R> {
    inner: R,
    buf: Vec<u8>,
    at: usize,
    room: usize,
}
impl<R: Read> BufReader<R> {
    pub fn new(inner: R) -> BufReader<R> {
        BufReader::with_capacity(8192, inner)
    }
    pub fn with_capacity(capacity: usize, inner: R) -> BufReader<R> {
        BufReader { inner, buf: Vec::new(), at: 0, room: capacity }
    }
}
impl<R> BufReader<R> {
    pub fn get_ref(&self) -> &R {
        &self.inner
    }
    pub fn get_mut(&mut self) -> &mut R {
        &mut self.inner
    }
    pub fn into_inner(self) -> R {
        self.inner
    }
    pub fn buffer(&self) -> &[u8] {
        &self.buf[self.at..]
    }
    pub fn capacity(&self) -> usize {
        self.room
    }
}
impl<R: Read> Read for BufReader<R> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        if self.at == self.buf.len() && buf.len() >= self.room {
            return self.inner.read(buf);
        }
        let n = self.fill_buf()?.read(buf)?;
        self.consume(n);
        Ok(n)
    }
}
impl<R: Read> BufRead for BufReader<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.at >= self.buf.len() {
            self.at = 0;
            self.buf.resize(self.room, 0);
            match self.inner.read(self.buf.as_mut_slice()) {
                Ok(n) => self.buf.truncate(n),
                Err(e) => {
                    self.buf.clear();
                    return Err(e);
                }
            }
        }
        Ok(&self.buf[self.at..])
    }
    fn consume(&mut self, amount: usize) {
        self.at = (self.at + amount).min(self.buf.len());
    }
}
impl<R: Seek> Seek for BufReader<R> {
    fn seek(&mut self, pos: SeekFrom) -> Result<u64> {
        let ahead = (self.buf.len() - self.at) as i64;
        self.buf.clear();
        self.at = 0;
        self.inner.seek(match pos {
            SeekFrom::Current(n) => SeekFrom::Current(n - ahead),
            other => other,
        })
    }
}
impl<R: fmt::Debug> fmt::Debug for BufReader<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BufReader").field("reader", &self.inner).finish_non_exhaustive()
    }
}

/// The error of a writer that could not be emptied, and the writer.
#[derive(Debug)]
pub struct IntoInnerError<W>(W, Error);
impl<W> IntoInnerError<W> {
    pub fn error(&self) -> &Error {
        &self.1
    }
    pub fn into_inner(self) -> W {
        self.0
    }
}
impl<W> fmt::Display for IntoInnerError<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.1, f)
    }
}

macro_rules! pass_on {
    ($($name:ident $text:literal;)*) => { $(
        pub struct $name<W: Write> {
            inner: W,
        }
        impl<W: Write> $name<W> {
            pub fn new(inner: W) -> $name<W> {
                $name { inner }
            }
            pub fn with_capacity(_capacity: usize, inner: W) -> $name<W> {
                $name { inner }
            }
            pub fn get_ref(&self) -> &W {
                &self.inner
            }
            pub fn get_mut(&mut self) -> &mut W {
                &mut self.inner
            }
            pub fn into_inner(self) -> crate::result::Result<W, IntoInnerError<$name<W>>> {
                Ok(self.inner)
            }
        }
        impl<W: Write> Write for $name<W> {
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                self.inner.write(buf)
            }
            fn write_all(&mut self, buf: &[u8]) -> Result<()> {
                self.inner.write_all(buf)
            }
            fn flush(&mut self) -> Result<()> {
                self.inner.flush()
            }
        }
        impl<W: Write + Seek> Seek for $name<W> {
            fn seek(&mut self, pos: SeekFrom) -> Result<u64> {
                self.inner.seek(pos)
            }
        }
        impl<W: Write + fmt::Debug> fmt::Debug for $name<W> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct($text).field("writer", &self.inner).finish_non_exhaustive()
            }
        }
    )* };
}
pass_on! { BufWriter "BufWriter"; LineWriter "LineWriter"; }
