//! What text can do by traits: compare, print, convert, collect.

use super::String;
use crate::borrow::{Borrow, BorrowMut, Cow};
use crate::cmp::Ordering;
use crate::convert::Infallible;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::iter::{Extend, FromIterator};
use crate::ops::{Add, AddAssign, Deref, DerefMut, Index, IndexMut};
use crate::prelude::v1::*;
use crate::slice::SliceIndex;
use crate::str::{Chars, FromStr};

impl Clone for String {
    fn clone(&self) -> String {
        String::from(self.as_str())
    }
}
impl Default for String {
    fn default() -> String {
        String::new()
    }
}
impl Deref for String {
    type Target = str;
    fn deref(&self) -> &str {
        self.as_str()
    }
}
impl DerefMut for String {
    fn deref_mut(&mut self) -> &mut str {
        self.as_mut_str()
    }
}
impl<I: SliceIndex<str>> Index<I> for String {
    type Output = I::Output;
    #[track_caller]
    fn index(&self, index: I) -> &I::Output {
        index.index(self.as_str())
    }
}
impl<I: SliceIndex<str>> IndexMut<I> for String {
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        index.index_mut(self.as_mut_str())
    }
}
impl Hash for String {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state)
    }
}
impl fmt::Display for String {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}
impl fmt::Debug for String {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
impl fmt::Write for String {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        self.push_str(s);
        Ok(())
    }
    fn write_char(&mut self, c: char) -> fmt::Result {
        self.push(c);
        Ok(())
    }
}
impl PartialEq for String {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other.as_str()
    }
}
impl Eq for String {}
impl PartialOrd for String {
    fn partial_cmp(&self, other: &String) -> Option<Ordering> {
        Some(self.as_str().cmp(other.as_str()))
    }
}
impl Ord for String {
    fn cmp(&self, other: &String) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}
macro_rules! equal {
    ($([$($g:tt)*] $a:ty, $b:ty;)*) => { $(
        impl<$($g)*> PartialEq<$b> for $a {
            fn eq(&self, other: &$b) -> bool { self[..] == other[..] }
        }
        impl<$($g)*> PartialEq<$a> for $b {
            fn eq(&self, other: &$a) -> bool { self[..] == other[..] }
        }
    )* };
}
equal! {
    [] String, str;
    ['a] String, &'a str;
    ['a] Cow<'a, str>, str;
    ['a, 'b] Cow<'a, str>, &'b str;
    ['a] Cow<'a, str>, String;
}
impl Add<&str> for String {
    type Output = String;
    fn add(mut self, other: &str) -> String {
        self.push_str(other);
        self
    }
}
impl AddAssign<&str> for String {
    fn add_assign(&mut self, other: &str) {
        self.push_str(other);
    }
}
impl AsRef<str> for String {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}
impl AsMut<str> for String {
    fn as_mut(&mut self) -> &mut str {
        self.as_mut_str()
    }
}
impl AsRef<[u8]> for String {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}
impl Borrow<str> for String {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}
impl BorrowMut<str> for String {
    fn borrow_mut(&mut self) -> &mut str {
        self.as_mut_str()
    }
}
impl From<&str> for String {
    fn from(s: &str) -> String {
        let mut out = String::with_capacity(s.len());
        out.push_str(s);
        out
    }
}
impl From<&mut str> for String {
    fn from(s: &mut str) -> String {
        String::from(&*s)
    }
}
impl From<&String> for String {
    fn from(s: &String) -> String {
        s.clone()
    }
}
impl From<char> for String {
    fn from(c: char) -> String {
        let mut s = String::new();
        s.push(c);
        s
    }
}
impl From<Box<str>> for String {
    fn from(s: Box<str>) -> String {
        s.into_string()
    }
}
impl<'a> From<Cow<'a, str>> for String {
    fn from(s: Cow<'a, str>) -> String {
        s.into_owned()
    }
}
impl FromStr for String {
    type Err = Infallible;
    fn from_str(s: &str) -> Result<String, Infallible> {
        Ok(String::from(s))
    }
}
impl FromStr for char {
    type Err = crate::char::ParseCharError;
    fn from_str(s: &str) -> Result<char, crate::char::ParseCharError> {
        let mut chars: Chars<'_> = s.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Err(crate::char::ParseCharError::empty()),
            (Some(c), None) => Ok(c),
            _ => Err(crate::char::ParseCharError::many()),
        }
    }
}

macro_rules! collect {
    ($([$($g:tt)*] $t:ty: |$s:ident, $x:ident| $e:expr;)*) => { $(
        impl<$($g)*> Extend<$t> for String {
            #[skeleton = "extend"]
            fn extend<I: IntoIterator<Item = $t>>(&mut self, iter: I) {
                let $s = self;
                for $x in iter { $e; }
            }
        }
        impl<$($g)*> FromIterator<$t> for String {
            #[skeleton = "collect"]
            fn from_iter<I: IntoIterator<Item = $t>>(iter: I) -> String {
                let mut out = String::new();
                let $s = &mut out;
                for $x in iter { $e; }
                out
            }
        }
    )* };
}
collect! {
    [] char: |s, c| s.push(c);
    ['a] &'a char: |s, c| s.push(*c);
    ['a] &'a str: |s, x| s.push_str(x);
    [] String: |s, x| s.push_str(x.as_str());
    [] Box<str>: |s, x| s.push_str(&*x);
    ['a] Cow<'a, str>: |s, x| s.push_str(&*x);
}
