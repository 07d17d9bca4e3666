//! Conversions between `Box`, `Rc`, `Arc`, `Cow`, `Vec` and `String` beyond the plain ones beside each type.

use crate::borrow::Cow::{self, Borrowed, Owned};
use crate::iter::FromIterator;
use crate::ops::{Add, AddAssign};
use crate::prelude::v1::*;
use crate::rc::Rc;
use crate::string::FromUtf8Error;
use crate::sync::Arc;

macro_rules! shared {
    ($($p:ident)*) => { $(
        impl<T, const N: usize> From<[T; N]> for $p<[T]> {
            fn from(a: [T; N]) -> $p<[T]> {
                $p::from(Vec::from(a))
            }
        }
        impl<T: Clone> From<&mut [T]> for $p<[T]> {
            fn from(s: &mut [T]) -> $p<[T]> {
                $p::from(&*s)
            }
        }
        impl<T> From<Box<[T]>> for $p<[T]> {
            fn from(b: Box<[T]>) -> $p<[T]> {
                $p::from(b.into_vec())
            }
        }
        impl<'a, T: Clone> From<Cow<'a, [T]>> for $p<[T]> {
            fn from(c: Cow<'a, [T]>) -> $p<[T]> {
                $p::from(c.into_owned())
            }
        }
        impl From<&mut str> for $p<str> {
            fn from(s: &mut str) -> $p<str> {
                $p::from(&*s)
            }
        }
        impl From<Box<str>> for $p<str> {
            fn from(b: Box<str>) -> $p<str> {
                $p::from(b.into_string())
            }
        }
        impl From<$p<str>> for $p<[u8]> {
            fn from(s: $p<str>) -> $p<[u8]> {
                $p::from(s.as_bytes())
            }
        }
        impl Default for $p<str> {
            fn default() -> $p<str> {
                $p::from("")
            }
        }
        impl<T> Default for $p<[T]> {
            fn default() -> $p<[T]> {
                $p::from(Vec::new())
            }
        }
    )* };
}
shared! { Rc Arc }

impl<T: Clone> From<&mut [T]> for Box<[T]> {
    fn from(s: &mut [T]) -> Box<[T]> {
        Box::from(&*s)
    }
}
impl<'a, T: Clone> From<Cow<'a, [T]>> for Box<[T]> {
    fn from(c: Cow<'a, [T]>) -> Box<[T]> {
        c.into_owned().into_boxed_slice()
    }
}
impl From<&mut str> for Box<str> {
    fn from(s: &mut str) -> Box<str> {
        Box::from(&*s)
    }
}
impl From<Box<str>> for Box<[u8]> {
    fn from(s: Box<str>) -> Box<[u8]> {
        s.into_boxed_bytes()
    }
}
impl<T, const N: usize> TryFrom<Box<[T]>> for Box<[T; N]> {
    type Error = Box<[T]>;
    fn try_from(b: Box<[T]>) -> Result<Box<[T; N]>, Box<[T]>> {
        if b.len() == N { Ok(unsafe { Box::from_raw(Box::into_raw(b) as *mut [T; N]) }) } else { Err(b) }
    }
}
impl<T, const N: usize> TryFrom<Vec<T>> for Box<[T; N]> {
    type Error = Vec<T>;
    fn try_from(v: Vec<T>) -> Result<Box<[T; N]>, Vec<T>> {
        if v.len() != N {
            return Err(v);
        }
        Ok(unsafe { Box::from_raw(Box::into_raw(v.into_boxed_slice()) as *mut [T; N]) })
    }
}
impl<T: Clone, const N: usize> From<&mut [T; N]> for Vec<T> {
    fn from(a: &mut [T; N]) -> Vec<T> {
        a.as_slice().to_vec()
    }
}
impl TryFrom<Vec<u8>> for String {
    type Error = FromUtf8Error;
    fn try_from(bytes: Vec<u8>) -> Result<String, FromUtf8Error> {
        String::from_utf8(bytes)
    }
}
impl Default for &mut str {
    fn default() -> Self {
        unsafe { crate::str::from_utf8_unchecked_mut(&mut []) }
    }
}

impl<'a, T: Clone, const N: usize> From<&'a [T; N]> for Cow<'a, [T]> {
    fn from(a: &'a [T; N]) -> Cow<'a, [T]> {
        Borrowed(a.as_slice())
    }
}
impl<'a, T: Clone> From<&'a Vec<T>> for Cow<'a, [T]> {
    fn from(v: &'a Vec<T>) -> Cow<'a, [T]> {
        Borrowed(v.as_slice())
    }
}
impl<'a, T: Clone> FromIterator<T> for Cow<'a, [T]> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Cow<'a, [T]> {
        Owned(Vec::from_iter(iter))
    }
}
impl<'a> Add for Cow<'a, str> {
    type Output = Cow<'a, str>;
    fn add(mut self, rhs: Cow<'a, str>) -> Cow<'a, str> {
        self += rhs;
        self
    }
}
impl<'a> AddAssign for Cow<'a, str> {
    fn add_assign(&mut self, rhs: Cow<'a, str>) {
        if self.is_empty() {
            *self = rhs;
        } else if !rhs.is_empty() {
            self.to_mut().push_str(&*rhs);
        }
    }
}
macro_rules! text {
    ($([$($g:tt)*] $t:ty;)*) => { $(
        impl<$($g)*> FromIterator<$t> for Box<str> {
            fn from_iter<I: IntoIterator<Item = $t>>(iter: I) -> Box<str> {
                String::from_iter(iter).into_boxed_str()
            }
        }
    )* };
}
text! { [] char; ['a] &'a char; ['a] &'a str; [] String; [] Box<str>; ['a] Cow<'a, str>; }
macro_rules! cow_text {
    ($([$($g:tt)*] $t:ty;)*) => { $(
        impl<'x, $($g)*> FromIterator<$t> for Cow<'x, str> {
            fn from_iter<I: IntoIterator<Item = $t>>(iter: I) -> Cow<'x, str> {
                Owned(String::from_iter(iter))
            }
        }
    )* };
}
cow_text! { [] char; ['a] &'a str; [] String; }
macro_rules! equal {
    ($($b:ty;)*) => { $(
        impl<T: PartialEq<U> + Clone, U> PartialEq<$b> for Cow<'_, [T]> {
            fn eq(&self, other: &$b) -> bool {
                self[..] == other[..]
            }
        }
    )* };
}
equal! { &[U]; &mut [U]; }
