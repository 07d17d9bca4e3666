//! Files, which are the run's named inputs.

use crate::io;
use crate::prelude::v1::*;

pub fn read_to_string<P: AsRef<str>>(path: P) -> io::Result<String> {
    match crate::rt::object::named_input(path.as_ref()) {
        Some(bytes) => match String::from_utf8(bytes.to_vec()) {
            Ok(s) => Ok(s),
            Err(_) => Err(io::Error::message(io::ErrorKind::InvalidData, "stream did not contain valid UTF-8")),
        },
        None => Err(io::Error::not_found()),
    }
}
pub fn read<P: AsRef<str>>(path: P) -> io::Result<Vec<u8>> {
    match crate::rt::object::named_input(path.as_ref()) {
        Some(bytes) => Ok(bytes.to_vec()),
        None => Err(io::Error::not_found()),
    }
}
