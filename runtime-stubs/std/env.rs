//! The arguments of the run, which are the input named `args`: one per line.

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
