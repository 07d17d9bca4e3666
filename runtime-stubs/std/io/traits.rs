//! Readers and writers.

use super::{Bytes, Chain, Error, ErrorKind, Lines, Result, Split, Take};
use crate::fmt;
use crate::prelude::v1::*;

const NOT_UTF8: &str = "stream did not contain valid UTF-8";

pub trait Write {
    fn write(&mut self, buf: &[u8]) -> Result<usize>;
    fn flush(&mut self) -> Result<()>;
    fn write_all(&mut self, buf: &[u8]) -> Result<()> {
        let mut rest = buf;
        while !rest.is_empty() {
            match self.write(rest) {
                Ok(0) => return Err(Error::message(ErrorKind::WriteZero, "failed to write whole buffer")),
                Ok(n) => rest = &rest[n..],
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }
    fn write_fmt(&mut self, args: fmt::Arguments<'_>) -> Result<()> {
        let text = args.__into_string();
        self.write_all(text.as_bytes())
    }
    fn by_ref(&mut self) -> &mut Self
    where
        Self: Sized,
    {
        self
    }
}

pub(super) fn too_short() -> Error {
    Error::message(ErrorKind::UnexpectedEof, "failed to fill whole buffer")
}

pub trait Read {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize>;
    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        let mut chunk = [0u8; 4096];
        let mut total = 0;
        loop {
            match self.read(&mut chunk[..]) {
                Ok(0) => return Ok(total),
                Ok(n) => {
                    buf.extend_from_slice(&chunk[..n]);
                    total += n;
                }
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    }
    fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {
        let mut bytes = Vec::new();
        let n = self.read_to_end(&mut bytes)?;
        match crate::str::from_utf8(bytes.as_slice()) {
            Ok(s) => {
                buf.push_str(s);
                Ok(n)
            }
            Err(_) => Err(Error::message(ErrorKind::InvalidData, NOT_UTF8)),
        }
    }
    fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
        let mut at = 0;
        while at < buf.len() {
            match self.read(&mut buf[at..]) {
                Ok(0) => return Err(too_short()),
                Ok(n) => at += n,
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }
    fn by_ref(&mut self) -> &mut Self
    where
        Self: Sized,
    {
        self
    }
    fn bytes(self) -> Bytes<Self>
    where
        Self: Sized,
    {
        Bytes { inner: self }
    }
    fn chain<R: Read>(self, next: R) -> Chain<Self, R>
    where
        Self: Sized,
    {
        Chain { first: self, second: next, done_first: false }
    }
    fn take(self, limit: u64) -> Take<Self>
    where
        Self: Sized,
    {
        Take { inner: self, limit }
    }
}

pub trait BufRead: Read {
    /// What has been read and not consumed; more is read if that is nothing. Empty at the end.
    fn fill_buf(&mut self) -> Result<&[u8]>;
    fn consume(&mut self, amount: usize);
    /// Appends up to and including the next `byte`.
    fn read_until(&mut self, byte: u8, buf: &mut Vec<u8>) -> Result<usize> {
        let mut total = 0;
        loop {
            let (found, used) = {
                let here = match self.fill_buf() {
                    Ok(here) => here,
                    Err(e) if e.kind() == ErrorKind::Interrupted => continue,
                    Err(e) => return Err(e),
                };
                match here.iter().position(|b| *b == byte) {
                    Some(at) => {
                        buf.extend_from_slice(&here[..at + 1]);
                        (true, at + 1)
                    }
                    None => {
                        buf.extend_from_slice(here);
                        (false, here.len())
                    }
                }
            };
            self.consume(used);
            total += used;
            if found || used == 0 {
                return Ok(total);
            }
        }
    }
    fn skip_until(&mut self, byte: u8) -> Result<usize> {
        self.read_until(byte, &mut Vec::new())
    }
    /// Appends up to and including the next newline; 0 at the end.
    fn read_line(&mut self, buf: &mut String) -> Result<usize> {
        let mut line = Vec::new();
        let n = self.read_until(b'\n', &mut line)?;
        match crate::str::from_utf8(line.as_slice()) {
            Ok(s) => {
                buf.push_str(s);
                Ok(n)
            }
            Err(_) => Err(Error::message(ErrorKind::InvalidData, NOT_UTF8)),
        }
    }
    fn lines(self) -> Lines<Self>
    where
        Self: Sized,
    {
        Lines { buf: self }
    }
    fn split(self, byte: u8) -> Split<Self>
    where
        Self: Sized,
    {
        Split { buf: self, delim: byte }
    }
}

#[derive(PartialEq, Eq, Clone, Debug, Copy)]
pub enum SeekFrom {
    Start(u64),
    End(i64),
    Current(i64),
}

pub trait Seek {
    fn seek(&mut self, pos: SeekFrom) -> Result<u64>;
    fn rewind(&mut self) -> Result<()> {
        self.seek(SeekFrom::Start(0))?;
        Ok(())
    }
    fn stream_position(&mut self) -> Result<u64> {
        self.seek(SeekFrom::Current(0))
    }
    fn seek_relative(&mut self, offset: i64) -> Result<()> {
        self.seek(SeekFrom::Current(offset))?;
        Ok(())
    }
}
