//! Names of files. Here they are always text.

use crate::borrow::{Borrow, Cow};
use crate::fmt;
use crate::intrinsics as i;
use crate::ops::Deref;
use crate::prelude::v1::*;

#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct OsStr {
    text: str,
}
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OsString {
    text: String,
}

impl OsStr {
    pub fn new<S: AsRef<OsStr> + ?Sized>(s: &S) -> &OsStr {
        s.as_ref()
    }
    fn of(text: &str) -> &OsStr {
        unsafe { i::transmute(text) }
    }
    pub fn to_str(&self) -> Option<&str> {
        Some(&self.text)
    }
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.text)
    }
    pub fn to_os_string(&self) -> OsString {
        OsString { text: String::from(&self.text) }
    }
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
    pub fn len(&self) -> usize {
        self.text.len()
    }
    pub fn as_encoded_bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }
    pub fn to_ascii_lowercase(&self) -> OsString {
        OsString { text: self.text.to_ascii_lowercase() }
    }
    pub fn to_ascii_uppercase(&self) -> OsString {
        OsString { text: self.text.to_ascii_uppercase() }
    }
    pub fn is_ascii(&self) -> bool {
        self.text.is_ascii()
    }
    pub fn eq_ignore_ascii_case<S: AsRef<OsStr>>(&self, other: S) -> bool {
        self.text.eq_ignore_ascii_case(&other.as_ref().text)
    }
    pub fn display(&self) -> Display<'_> {
        Display { text: &self.text }
    }
}
impl OsString {
    pub const fn new() -> OsString {
        OsString { text: String::new() }
    }
    pub fn as_os_str(&self) -> &OsStr {
        OsStr::of(self.text.as_str())
    }
    pub fn into_string(self) -> Result<String, OsString> {
        Ok(self.text)
    }
    pub fn push<T: AsRef<OsStr>>(&mut self, s: T) {
        self.text.push_str(&s.as_ref().text)
    }
    pub fn clear(&mut self) {
        self.text.clear()
    }
}
impl Deref for OsString {
    type Target = OsStr;
    fn deref(&self) -> &OsStr {
        self.as_os_str()
    }
}
impl Borrow<OsStr> for OsString {
    fn borrow(&self) -> &OsStr {
        self.as_os_str()
    }
}
impl ToOwned for OsStr {
    type Owned = OsString;
    fn to_owned(&self) -> OsString {
        self.to_os_string()
    }
}
impl<T: AsRef<OsStr> + ?Sized> From<&T> for OsString {
    fn from(s: &T) -> OsString {
        s.as_ref().to_os_string()
    }
}
impl From<String> for OsString {
    fn from(text: String) -> OsString {
        OsString { text }
    }
}
impl AsRef<OsStr> for OsStr {
    fn as_ref(&self) -> &OsStr {
        self
    }
}
impl AsRef<OsStr> for OsString {
    fn as_ref(&self) -> &OsStr {
        self.as_os_str()
    }
}
impl AsRef<OsStr> for str {
    fn as_ref(&self) -> &OsStr {
        OsStr::of(self)
    }
}
impl AsRef<OsStr> for String {
    fn as_ref(&self) -> &OsStr {
        OsStr::of(self.as_str())
    }
}
impl PartialEq<str> for OsStr {
    fn eq(&self, other: &str) -> bool {
        self.text == *other
    }
}
impl PartialEq<OsStr> for str {
    fn eq(&self, other: &OsStr) -> bool {
        *self == other.text
    }
}
impl PartialEq<str> for OsString {
    fn eq(&self, other: &str) -> bool {
        self.text == *other
    }
}
impl PartialEq<&str> for OsString {
    fn eq(&self, other: &&str) -> bool {
        self.text == **other
    }
}
impl PartialEq<OsStr> for OsString {
    fn eq(&self, other: &OsStr) -> bool {
        *self.as_os_str() == *other
    }
}
impl fmt::Debug for OsStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}
impl fmt::Debug for OsString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

pub struct Display<'a> {
    text: &'a str,
}
impl fmt::Display for Display<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.text, f)
    }
}
impl fmt::Debug for Display<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.text, f)
    }
}
