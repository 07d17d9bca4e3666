//! `PathBuf`.

use super::Path;
use super::components::stem_and_extension;
use crate::borrow::{Borrow, Cow};
use crate::cmp::Ordering;
use crate::convert::Infallible;
use crate::ffi::{OsStr, OsString};
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::iter::{Extend, FromIterator};
use crate::ops::Deref;
use crate::prelude::v1::*;
use crate::str::FromStr;

#[derive(Clone, Default)]
pub struct PathBuf {
    text: String,
}
impl PathBuf {
    pub const fn new() -> PathBuf {
        PathBuf { text: String::new() }
    }
    pub fn as_path(&self) -> &Path {
        Path::of(self.text.as_str())
    }
    pub(super) fn text(&self) -> &str {
        self.text.as_str()
    }
    pub fn push<P: AsRef<Path>>(&mut self, path: P) {
        let path = path.as_ref();
        if path.has_root() {
            self.text.clear();
        } else if !self.text.is_empty() && !self.text.ends_with('/') {
            self.text.push('/');
        }
        self.text.push_str(path.text());
    }
    pub fn pop(&mut self) -> bool {
        match self.as_path().parent().map(|p| p.text().len()) {
            Some(len) => {
                self.text.truncate(len);
                true
            }
            None => false,
        }
    }
    pub fn set_file_name<S: AsRef<OsStr>>(&mut self, file_name: S) {
        if self.as_path().file_name().is_some() {
            self.pop();
        }
        self.push(Path::new(file_name.as_ref()));
    }
    pub fn set_extension<S: AsRef<OsStr>>(&mut self, extension: S) -> bool {
        let name = match self.as_path().file_name() {
            Some(name) => String::from(stem_and_extension(name.display_text()).0),
            None => return false,
        };
        let extension = extension.as_ref().display_text();
        let mut name = name;
        if !extension.is_empty() {
            name.push('.');
            name.push_str(extension);
        }
        self.set_file_name(name.as_str());
        true
    }
    pub fn into_os_string(self) -> OsString {
        OsString::from(self.text)
    }
    pub fn clear(&mut self) {
        self.text.clear()
    }
}
impl Deref for PathBuf {
    type Target = Path;
    fn deref(&self) -> &Path {
        self.as_path()
    }
}
impl Borrow<Path> for PathBuf {
    fn borrow(&self) -> &Path {
        self.as_path()
    }
}
impl AsRef<OsStr> for PathBuf {
    fn as_ref(&self) -> &OsStr {
        self.as_path().as_os_str()
    }
}
impl fmt::Debug for PathBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_path(), f)
    }
}
impl<T: AsRef<OsStr> + ?Sized> From<&T> for PathBuf {
    fn from(s: &T) -> PathBuf {
        PathBuf { text: String::from(s.as_ref().display_text()) }
    }
}
impl From<String> for PathBuf {
    fn from(text: String) -> PathBuf {
        PathBuf { text }
    }
}
impl From<OsString> for PathBuf {
    fn from(s: OsString) -> PathBuf {
        PathBuf { text: String::from(s.display_text()) }
    }
}
impl FromStr for PathBuf {
    type Err = Infallible;
    fn from_str(s: &str) -> Result<PathBuf, Infallible> {
        Ok(PathBuf { text: String::from(s) })
    }
}
impl<P: AsRef<Path>> FromIterator<P> for PathBuf {
    fn from_iter<I: IntoIterator<Item = P>>(iter: I) -> PathBuf {
        let mut path = PathBuf::new();
        path.extend(iter);
        path
    }
}
impl<P: AsRef<Path>> Extend<P> for PathBuf {
    fn extend<I: IntoIterator<Item = P>>(&mut self, iter: I) {
        for part in iter {
            self.push(part);
        }
    }
}
impl PartialEq for PathBuf {
    fn eq(&self, other: &PathBuf) -> bool {
        *self.as_path() == *other.as_path()
    }
}
impl Eq for PathBuf {}
impl PartialOrd for PathBuf {
    fn partial_cmp(&self, other: &PathBuf) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for PathBuf {
    fn cmp(&self, other: &PathBuf) -> Ordering {
        self.as_path().cmp(other.as_path())
    }
}
impl Hash for PathBuf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_path().hash(state)
    }
}
impl PartialEq<Path> for PathBuf {
    fn eq(&self, other: &Path) -> bool {
        *self.as_path() == *other
    }
}
impl<'a> PartialEq<&'a Path> for PathBuf {
    fn eq(&self, other: &&'a Path) -> bool {
        *self.as_path() == **other
    }
}
impl PartialEq<PathBuf> for Path {
    fn eq(&self, other: &PathBuf) -> bool {
        *self == *other.as_path()
    }
}
impl<'a> PartialEq<PathBuf> for &'a Path {
    fn eq(&self, other: &PathBuf) -> bool {
        **self == *other.as_path()
    }
}
impl<'a> From<&'a Path> for Cow<'a, Path> {
    fn from(path: &'a Path) -> Cow<'a, Path> {
        Cow::Borrowed(path)
    }
}
impl<'a> From<PathBuf> for Cow<'a, Path> {
    fn from(path: PathBuf) -> Cow<'a, Path> {
        Cow::Owned(path)
    }
}
