//! The parts of a path.

use super::Path;
use crate::cmp::Ordering;
use crate::ffi::OsStr;
use crate::fmt;
use crate::iter::FusedIterator;
use crate::prelude::v1::*;

#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Component<'a> {
    /// Where Windows has a drive; never made.
    Prefix(PrefixComponent<'a>),
    RootDir,
    CurDir,
    ParentDir,
    Normal(&'a OsStr),
}
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PrefixComponent<'a> {
    raw: &'a OsStr,
}
impl<'a> PrefixComponent<'a> {
    pub fn as_os_str(&self) -> &'a OsStr {
        self.raw
    }
}
impl<'a> Component<'a> {
    pub fn as_os_str(self) -> &'a OsStr {
        match self {
            Component::Prefix(prefix) => prefix.raw,
            Component::RootDir => OsStr::new("/"),
            Component::CurDir => OsStr::new("."),
            Component::ParentDir => OsStr::new(".."),
            Component::Normal(name) => name,
        }
    }
}
impl AsRef<OsStr> for Component<'_> {
    fn as_ref(&self) -> &OsStr {
        self.as_os_str()
    }
}

/// What is left of a path. Only at its very beginning a `.` is a part.
#[derive(Clone)]
pub struct Components<'a> {
    rest: &'a str,
    at_start: bool,
}
impl<'a> Components<'a> {
    pub(super) fn new(rest: &'a str) -> Components<'a> {
        Components { rest, at_start: true }
    }
    pub fn as_path(&self) -> &'a Path {
        Path::of(self.clone().trimmed())
    }
    /// What is left without separators and `.` at its ends.
    fn trimmed(mut self) -> &'a str {
        if !self.at_start {
            self.skip_front();
        }
        self.skip_back();
        self.rest
    }
    fn skip_front(&mut self) {
        loop {
            self.rest = self.rest.trim_start_matches('/');
            match self.rest.strip_prefix("./") {
                Some(rest) => self.rest = rest,
                None => break,
            }
        }
        if self.rest == "." {
            self.rest = "";
        }
    }
    fn skip_back(&mut self) {
        loop {
            let root = if self.at_start && self.rest.starts_with('/') { 1 } else { 0 };
            let kept = self.rest[root..].trim_end_matches('/').len() + root;
            self.rest = &self.rest[..kept];
            if self.rest.ends_with("/.") {
                self.rest = &self.rest[..kept - 1];
            } else {
                break;
            }
        }
    }
}
fn named(name: &str) -> Component<'_> {
    match name {
        "." => Component::CurDir,
        ".." => Component::ParentDir,
        name => Component::Normal(OsStr::new(name)),
    }
}
impl<'a> Iterator for Components<'a> {
    type Item = Component<'a>;
    fn next(&mut self) -> Option<Component<'a>> {
        if self.at_start {
            self.at_start = false;
            if let Some(rest) = self.rest.strip_prefix('/') {
                self.rest = rest;
                return Some(Component::RootDir);
            }
            if self.rest == "." || self.rest.starts_with("./") {
                self.rest = &self.rest[1..];
                return Some(Component::CurDir);
            }
        }
        self.skip_front();
        if self.rest.is_empty() {
            return None;
        }
        let end = match self.rest.find('/') {
            Some(end) => end,
            None => self.rest.len(),
        };
        let name = &self.rest[..end];
        self.rest = &self.rest[end..];
        Some(named(name))
    }
}
impl<'a> DoubleEndedIterator for Components<'a> {
    fn next_back(&mut self) -> Option<Component<'a>> {
        if !self.at_start {
            self.skip_front();
        }
        self.skip_back();
        if self.rest.is_empty() {
            return None;
        }
        if self.at_start && self.rest == "/" {
            self.rest = "";
            self.at_start = false;
            return Some(Component::RootDir);
        }
        let start = match self.rest.rfind('/') {
            Some(at) => at + 1,
            None => 0,
        };
        let name = &self.rest[start..];
        self.rest = &self.rest[..start];
        if start == 0 {
            self.at_start = false;
        }
        Some(named(name))
    }
}
impl FusedIterator for Components<'_> {}
impl PartialEq for Components<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.clone().cmp(other.clone()) == Ordering::Equal
    }
}
impl Eq for Components<'_> {}
impl PartialOrd for Components<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(Iterator::cmp(self.clone(), other.clone()))
    }
}
impl Ord for Components<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        Iterator::cmp(self.clone(), other.clone())
    }
}
impl AsRef<Path> for Components<'_> {
    fn as_ref(&self) -> &Path {
        self.as_path()
    }
}
impl fmt::Debug for Components<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Components(")?;
        f.debug_list().entries(self.clone()).finish()?;
        f.write_str(")")
    }
}

#[derive(Clone)]
pub struct Iter<'a> {
    pub(super) inner: Components<'a>,
}
impl<'a> Iterator for Iter<'a> {
    type Item = &'a OsStr;
    fn next(&mut self) -> Option<&'a OsStr> {
        self.inner.next().map(|part| part.as_os_str())
    }
}
impl<'a> DoubleEndedIterator for Iter<'a> {
    fn next_back(&mut self) -> Option<&'a OsStr> {
        self.inner.next_back().map(|part| part.as_os_str())
    }
}

#[derive(Copy, Clone, Debug)]
pub struct Ancestors<'a> {
    pub(super) next: Option<&'a Path>,
}
impl<'a> Iterator for Ancestors<'a> {
    type Item = &'a Path;
    fn next(&mut self) -> Option<&'a Path> {
        let path = self.next?;
        self.next = path.parent();
        Some(path)
    }
}

/// The name of a file before its last dot and what is behind it. A dot at the beginning is none.
pub(super) fn stem_and_extension(name: &str) -> (&str, Option<&str>) {
    match name.rfind('.') {
        Some(at) if at > 0 && name != ".." => (&name[..at], Some(&name[at + 1..])),
        _ => (name, None),
    }
}
