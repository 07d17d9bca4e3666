//! Text output, standard input and the traits around them.

pub mod adapters;
pub mod buffered;
pub mod cursor;
pub mod error;
pub mod impls;
pub mod stdio;
pub mod traits;

pub use self::adapters::{Bytes, Chain, Lines, Split, Take};
pub use self::buffered::{BufReader, BufWriter, IntoInnerError, LineWriter};
pub use self::cursor::Cursor;
pub use self::error::{Error, ErrorKind, Result};
pub use self::impls::{Empty, Repeat, Sink, empty, repeat, sink};
pub use self::stdio::{
    __eprint, __print, __println, IsTerminal, Stderr, StderrLock, Stdin, StdinLock, Stdout, StdoutLock, stderr, stdin,
    stdout,
};
pub use self::traits::{BufRead, Read, Seek, SeekFrom, Write};

use crate::prelude::v1::*;

pub mod prelude {
    pub use super::{BufRead, Read, Seek, Write};
}

pub fn read_to_string<R: Read>(mut reader: R) -> Result<String> {
    let mut s = String::new();
    reader.read_to_string(&mut s)?;
    Ok(s)
}
/// Moves all of a reader to a writer, and says how much that was.
pub fn copy<R: Read + ?Sized, W: Write + ?Sized>(reader: &mut R, writer: &mut W) -> Result<u64> {
    let mut all = Vec::new();
    reader.read_to_end(&mut all)?;
    writer.write_all(all.as_slice())?;
    Ok(all.len() as u64)
}
