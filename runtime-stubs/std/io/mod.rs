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
    IsTerminal, Stderr, StderrLock, Stdin, StdinLock, Stdout, StdoutLock, stderr, stdout,
};
pub use self::traits::{BufRead, Read, Seek, SeekFrom, Write};

use crate::prelude::v1::*;
use crate::{intrinsics, rt};

// Inference knows the functions that print, and the driver the one that asks for standard input, by their paths.

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
pub fn stdin() -> Stdin {
    Stdin(())
}

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
