//! The arguments of the run, which are the input named `args`: one per line.

use crate::ffi::OsString;
use crate::prelude::v1::*;
use crate::vec;

#[derive(Debug)]
pub struct Args {
    inner: vec::IntoIter<String>,
}
/// The first is the program's name.
pub fn args() -> Args {
    let mut list: Vec<String> = Vec::new();
    list.push(String::from("main"));
    for line in crate::rt::object::named_text("args").lines() {
        list.push(String::from(line));
    }
    Args { inner: list.into_iter() }
}
#[derive(Debug)]
pub struct ArgsOs {
    inner: Args,
}
pub fn args_os() -> ArgsOs {
    ArgsOs { inner: args() }
}
impl Iterator for ArgsOs {
    type Item = OsString;
    fn next(&mut self) -> Option<OsString> {
        self.inner.next().map(OsString::from)
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}
impl DoubleEndedIterator for ArgsOs {
    fn next_back(&mut self) -> Option<OsString> {
        self.inner.next_back().map(OsString::from)
    }
}
impl ExactSizeIterator for ArgsOs {}

impl Iterator for Args {
    type Item = String;
    fn next(&mut self) -> Option<String> {
        self.inner.next()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}
impl DoubleEndedIterator for Args {
    fn next_back(&mut self) -> Option<String> {
        self.inner.next_back()
    }
}
impl ExactSizeIterator for Args {}
