//! Paths as text, with `/` between the parts. What is in a file system cannot be asked.

mod components;
mod owned;

pub use self::components::{Ancestors, Component, Components, Iter, PrefixComponent};
pub use self::owned::PathBuf;
pub use crate::ffi::Display;

use self::components::stem_and_extension;
use crate::borrow::Cow;
use crate::cmp::Ordering;
use crate::error::Error;
use crate::ffi::{OsStr, OsString};
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::intrinsics as i;
use crate::prelude::v1::*;

pub const MAIN_SEPARATOR: char = '/';
pub const MAIN_SEPARATOR_STR: &str = "/";

pub fn is_separator(c: char) -> bool {
    c == '/'
}

#[repr(transparent)]
pub struct Path {
    text: str,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripPrefixError(());

impl Path {
    pub fn new<S: AsRef<OsStr> + ?Sized>(s: &S) -> &Path {
        Path::of(s.as_ref().display_text())
    }
    pub(crate) fn of(text: &str) -> &Path {
        unsafe { i::transmute(text) }
    }
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
    pub fn as_os_str(&self) -> &OsStr {
        OsStr::new(&self.text)
    }
    pub fn to_str(&self) -> Option<&str> {
        Some(&self.text)
    }
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.text)
    }
    pub fn to_path_buf(&self) -> PathBuf {
        PathBuf::from(&self.text)
    }
    pub fn is_absolute(&self) -> bool {
        self.has_root()
    }
    pub fn is_relative(&self) -> bool {
        !self.has_root()
    }
    pub fn has_root(&self) -> bool {
        self.text.starts_with('/')
    }
    pub fn parent(&self) -> Option<&Path> {
        let mut parts = self.components();
        match parts.next_back() {
            Some(Component::Normal(_) | Component::CurDir | Component::ParentDir) => Some(parts.as_path()),
            _ => None,
        }
    }
    pub fn ancestors(&self) -> Ancestors<'_> {
        Ancestors { next: Some(self) }
    }
    pub fn file_name(&self) -> Option<&OsStr> {
        match self.components().next_back() {
            Some(Component::Normal(name)) => Some(name),
            _ => None,
        }
    }
    pub fn file_stem(&self) -> Option<&OsStr> {
        self.file_name().map(|name| OsStr::new(stem_and_extension(name.display_text()).0))
    }
    pub fn extension(&self) -> Option<&OsStr> {
        stem_and_extension(self.file_name()?.display_text()).1.map(|text| OsStr::new(text))
    }
    pub fn strip_prefix<P: AsRef<Path>>(&self, base: P) -> Result<&Path, StripPrefixError> {
        let mut parts = self.components();
        for part in base.as_ref().components() {
            if parts.next() != Some(part) {
                return Err(StripPrefixError(()));
            }
        }
        Ok(parts.as_path())
    }
    pub fn starts_with<P: AsRef<Path>>(&self, base: P) -> bool {
        self.strip_prefix(base).is_ok()
    }
    pub fn ends_with<P: AsRef<Path>>(&self, child: P) -> bool {
        let mut parts = self.components();
        child.as_ref().components().rev().all(|part| parts.next_back() == Some(part))
    }
    pub fn join<P: AsRef<Path>>(&self, path: P) -> PathBuf {
        let mut whole = self.to_path_buf();
        whole.push(path);
        whole
    }
    pub fn with_file_name<S: AsRef<OsStr>>(&self, file_name: S) -> PathBuf {
        let mut path = self.to_path_buf();
        path.set_file_name(file_name);
        path
    }
    pub fn with_extension<S: AsRef<OsStr>>(&self, extension: S) -> PathBuf {
        let mut path = self.to_path_buf();
        path.set_extension(extension);
        path
    }
    pub fn components(&self) -> Components<'_> {
        Components::new(&self.text)
    }
    pub fn iter(&self) -> Iter<'_> {
        Iter { inner: self.components() }
    }
    pub fn display(&self) -> Display<'_> {
        self.as_os_str().display()
    }
    pub fn into_path_buf(self: Box<Path>) -> PathBuf {
        self.to_path_buf()
    }
}
impl OsStr {
    pub(crate) fn display_text(&self) -> &str {
        match self.to_str() {
            Some(text) => text,
            None => "",
        }
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}
// Paths are equal if their parts are: `a//b/` is `a/b`.
impl PartialEq for Path {
    fn eq(&self, other: &Path) -> bool {
        self.components() == other.components()
    }
}
impl Eq for Path {}
impl PartialOrd for Path {
    fn partial_cmp(&self, other: &Path) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Path {
    fn cmp(&self, other: &Path) -> Ordering {
        self.components().cmp(other.components())
    }
}
impl Hash for Path {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for part in self.components() {
            part.hash(state);
        }
    }
}
impl ToOwned for Path {
    type Owned = PathBuf;
    fn to_owned(&self) -> PathBuf {
        self.to_path_buf()
    }
}
impl<'a> IntoIterator for &'a Path {
    type Item = &'a OsStr;
    type IntoIter = Iter<'a>;
    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

macro_rules! as_path {
    ($($t:ty, $p:ident => $text:expr;)*) => { $(
        impl AsRef<Path> for $t {
            fn as_ref(&self) -> &Path {
                let $p = self;
                Path::of($text)
            }
        }
    )* };
}
as_path! {
    Path, p => &p.text;
    PathBuf, p => p.text();
    str, p => p;
    String, p => p.as_str();
    OsStr, p => p.display_text();
    OsString, p => p.display_text();
    Component<'_>, p => p.as_os_str().display_text();
    Cow<'_, OsStr>, p => p.display_text();
}
impl AsRef<OsStr> for Path {
    fn as_ref(&self) -> &OsStr {
        self.as_os_str()
    }
}

impl fmt::Display for StripPrefixError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("prefix not found")
    }
}
impl Error for StripPrefixError {}
