//! Files, which are the run's named inputs: they can be read.

use crate::fmt;
use crate::io::{self, Read, Seek, SeekFrom};
use crate::path::Path;
use crate::prelude::v1::*;

pub fn read_to_string<P: AsRef<Path>>(path: P) -> io::Result<String> {
    match crate::rt::object::named_input(path.as_ref().text()) {
        Some(bytes) => match String::from_utf8(bytes.to_vec()) {
            Ok(s) => Ok(s),
            Err(_) => Err(io::Error::message(io::ErrorKind::InvalidData, "stream did not contain valid UTF-8")),
        },
        None => Err(io::Error::not_found()),
    }
}
pub fn read<P: AsRef<Path>>(path: P) -> io::Result<Vec<u8>> {
    match crate::rt::object::named_input(path.as_ref().text()) {
        Some(bytes) => Ok(bytes.to_vec()),
        None => Err(io::Error::not_found()),
    }
}

/// A file that is open for reading.
pub struct File {
    inner: io::Cursor<Vec<u8>>,
}
impl File {
    pub fn open<P: AsRef<Path>>(path: P) -> io::Result<File> {
        Ok(File { inner: io::Cursor::new(read(path)?) })
    }
}
impl Read for File {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buf)
    }
}
impl Seek for File {
    fn seek(&mut self, pos: SeekFrom) -> io::Result<u64> {
        self.inner.seek(pos)
    }
}
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File").finish_non_exhaustive()
    }
}
