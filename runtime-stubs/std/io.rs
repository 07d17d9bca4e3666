//! Text output, standard input and the traits around them.

use crate::fmt;
use crate::intrinsics;
use crate::prelude::v1::*;
use crate::rt;

/// `print!` and `println!`
#[lang = "io_print"]
pub fn __print(text: &str) {
    rt::print(text)
}
pub fn __println(text: &str) {
    rt::print(text);
    rt::print("\n");
}
/// `eprint!` and `eprintln!`: for people, not part of the result.
#[lang = "io_eprint"]
pub fn __eprint(text: &str) {
    let b = text.as_bytes();
    unsafe {
        intrinsics::host_call(rt::abi::LOG, 0, b.as_ptr() as usize, b.len(), 0);
    }
}

pub type Result<T> = crate::result::Result<T, Error>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorKind {
    NotFound,
    PermissionDenied,
    AlreadyExists,
    InvalidInput,
    InvalidData,
    UnexpectedEof,
    WriteZero,
    Interrupted,
    Unsupported,
    Other,
}
impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            ErrorKind::NotFound => "entity not found",
            ErrorKind::PermissionDenied => "permission denied",
            ErrorKind::AlreadyExists => "entity already exists",
            ErrorKind::InvalidInput => "invalid input parameter",
            ErrorKind::InvalidData => "invalid data",
            ErrorKind::UnexpectedEof => "unexpected end of file",
            ErrorKind::WriteZero => "write zero",
            ErrorKind::Interrupted => "operation interrupted",
            ErrorKind::Unsupported => "unsupported",
            ErrorKind::Other => "other error",
        })
    }
}

pub struct Error {
    kind: ErrorKind,
    text: String,
}
impl Error {
    pub fn new<E: ToString>(kind: ErrorKind, error: E) -> Error {
        Error { kind, text: error.to_string() }
    }
    pub fn other<E: ToString>(error: E) -> Error {
        Error::new(ErrorKind::Other, error)
    }
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}
impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Error {
        Error { kind, text: kind.to_string() }
    }
}
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text.as_str())
    }
}
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Custom").field("kind", &self.kind).field("error", &self.text).finish()
    }
}
impl crate::error::Error for Error {}

pub trait Write {
    fn write(&mut self, buf: &[u8]) -> Result<usize>;
    fn flush(&mut self) -> Result<()>;
    fn write_all(&mut self, buf: &[u8]) -> Result<()> {
        self.write(buf)?;
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
impl<W: Write + ?Sized> Write for &mut W {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        (**self).write(buf)
    }
    fn flush(&mut self) -> Result<()> {
        (**self).flush()
    }
}
impl<W: Write + ?Sized> Write for Box<W> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        (**self).write(buf)
    }
    fn flush(&mut self) -> Result<()> {
        (**self).flush()
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

pub trait Read {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize>;
    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        let mut chunk = [0u8; 4096];
        let mut total = 0;
        loop {
            let n = self.read(&mut chunk[..])?;
            if n == 0 {
                return Ok(total);
            }
            buf.extend_from_slice(&chunk[..n]);
            total += n;
        }
    }
    fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {
        let mut bytes = Vec::new();
        let n = self.read_to_end(&mut bytes)?;
        match String::from_utf8(bytes) {
            Ok(s) => {
                buf.push_str(s.as_str());
                Ok(n)
            }
            Err(_) => Err(Error::new(ErrorKind::InvalidData, "stream did not contain valid UTF-8")),
        }
    }
}
impl Read for &[u8] {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let n = if buf.len() < self.len() { buf.len() } else { self.len() };
        buf[..n].copy_from_slice(&self[..n]);
        *self = &self[n..];
        Ok(n)
    }
}

pub trait BufRead: Read {
    /// Appends up to and including the next newline; 0 at the end.
    fn read_line(&mut self, buf: &mut String) -> Result<usize>;
    fn lines(self) -> Lines<Self>
    where
        Self: Sized,
    {
        Lines { buf: self }
    }
}
/// Moves the first line of `rest` to `buf`.
fn take_line(rest: &mut &[u8], buf: &mut String) -> Result<usize> {
    let mut n = 0;
    while n < rest.len() {
        n += 1;
        if rest[n - 1] == b'\n' {
            break;
        }
    }
    let line = &rest[..n];
    *rest = &rest[n..];
    match crate::str::from_utf8(line) {
        Ok(s) => {
            buf.push_str(s);
            Ok(n)
        }
        Err(_) => Err(Error::new(ErrorKind::InvalidData, "stream did not contain valid UTF-8")),
    }
}
impl BufRead for &[u8] {
    fn read_line(&mut self, buf: &mut String) -> Result<usize> {
        take_line(self, buf)
    }
}

#[derive(Debug)]
pub struct Lines<B> {
    buf: B,
}
impl<B: BufRead> Iterator for Lines<B> {
    type Item = Result<String>;
    fn next(&mut self) -> Option<Result<String>> {
        let mut line = String::new();
        match self.buf.read_line(&mut line) {
            Ok(0) => None,
            Ok(_) => {
                if line.ends_with('\n') {
                    line.pop();
                    if line.ends_with('\r') {
                        line.pop();
                    }
                }
                Some(Ok(line))
            }
            Err(e) => Some(Err(e)),
        }
    }
}

#[derive(Debug)]
pub struct Stdout(());
pub type StdoutLock<'a> = Stdout;
pub fn stdout() -> Stdout {
    Stdout(())
}
impl Stdout {
    pub fn lock(&self) -> Stdout {
        Stdout(())
    }
}
impl Write for Stdout {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        rt::print(unsafe { crate::str::from_utf8_unchecked(buf) });
        Ok(buf.len())
    }
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}
#[derive(Debug)]
pub struct Stderr(());
pub fn stderr() -> Stderr {
    Stderr(())
}
impl Stderr {
    pub fn lock(&self) -> Stderr {
        Stderr(())
    }
}
impl Write for Stderr {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        __eprint(unsafe { crate::str::from_utf8_unchecked(buf) });
        Ok(buf.len())
    }
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Standard input is the input named `stdin`; the run's state remembers how much of it was read.
#[derive(Debug)]
pub struct Stdin(());
pub type StdinLock<'a> = Stdin;
pub fn stdin() -> Stdin {
    Stdin(())
}
impl Stdin {
    fn rest(&self) -> &'static [u8] {
        rt::object::stdin_rest()
    }
    pub fn lock(&self) -> Stdin {
        Stdin(())
    }
    pub fn read_line(&self, buf: &mut String) -> Result<usize> {
        let mut rest = self.rest();
        let n = take_line(&mut rest, buf)?;
        rt::object::stdin_advance(n);
        Ok(n)
    }
    pub fn lines(self) -> Lines<Stdin> {
        Lines { buf: self }
    }
}
impl Read for Stdin {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let mut rest = self.rest();
        let n = rest.read(buf)?;
        rt::object::stdin_advance(n);
        Ok(n)
    }
}
impl BufRead for Stdin {
    fn read_line(&mut self, buf: &mut String) -> Result<usize> {
        Stdin::read_line(self, buf)
    }
}
pub fn read_to_string<R: Read>(mut reader: R) -> Result<String> {
    let mut s = String::new();
    reader.read_to_string(&mut s)?;
    Ok(s)
}

/// A buffer in front of a writer. Text output is buffered already, so it only passes on.
#[derive(Debug)]
pub struct BufWriter<W> {
    inner: W,
}
impl<W: Write> BufWriter<W> {
    pub fn new(inner: W) -> BufWriter<W> {
        BufWriter { inner }
    }
    pub fn with_capacity(_capacity: usize, inner: W) -> BufWriter<W> {
        BufWriter { inner }
    }
    pub fn get_ref(&self) -> &W {
        &self.inner
    }
}
impl<W: Write> Write for BufWriter<W> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        self.inner.write(buf)
    }
    fn flush(&mut self) -> Result<()> {
        self.inner.flush()
    }
}
pub type LineWriter<W> = BufWriter<W>;

pub mod prelude {
    pub use super::{BufRead, Read, Write};
}
