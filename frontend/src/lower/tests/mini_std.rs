//! A std just large enough for what lowering asks: drops, calls, operators, iteration, comparison.

pub const MINI_STD: &str = r#"
pub mod marker {
    #[lang = "sized"]
    pub trait Sized {}
    #[lang = "copy"]
    pub trait Copy: crate::clone::Clone {}
    impl Copy for i32 {}
    impl Copy for i64 {}
    impl Copy for u8 {}
    impl Copy for u64 {}
    impl Copy for isize {}
    impl Copy for usize {}
    impl Copy for bool {}
    impl Copy for char {}
    impl Copy for f64 {}
}
pub mod clone {
    #[lang = "clone"]
    pub trait Clone { fn clone(&self) -> Self; }
    impl Clone for i32 { fn clone(&self) -> i32 { *self } }
    impl Clone for i64 { fn clone(&self) -> i64 { *self } }
    impl Clone for u8 { fn clone(&self) -> u8 { *self } }
    impl Clone for u64 { fn clone(&self) -> u64 { *self } }
    impl Clone for isize { fn clone(&self) -> isize { *self } }
    impl Clone for usize { fn clone(&self) -> usize { *self } }
    impl Clone for bool { fn clone(&self) -> bool { *self } }
    impl Clone for char { fn clone(&self) -> char { *self } }
    impl Clone for f64 { fn clone(&self) -> f64 { *self } }
}
pub mod cmp {
    #[lang = "eq"]
    pub trait PartialEq<Rhs: ?Sized = Self> {
        fn eq(&self, other: &Rhs) -> bool;
        fn ne(&self, other: &Rhs) -> bool { !self.eq(other) }
    }
    impl PartialEq for i32 { fn eq(&self, other: &i32) -> bool { *self == *other } }
    impl PartialEq for usize { fn eq(&self, other: &usize) -> bool { *self == *other } }
    impl PartialEq for bool { fn eq(&self, other: &bool) -> bool { *self == *other } }
    impl PartialEq for str { fn eq(&self, other: &str) -> bool { true } }
    #[lang = "partial_ord"]
    pub trait PartialOrd<Rhs: ?Sized = Self>: PartialEq<Rhs> {
        fn lt(&self, other: &Rhs) -> bool;
        fn le(&self, other: &Rhs) -> bool { true }
        fn gt(&self, other: &Rhs) -> bool { true }
        fn ge(&self, other: &Rhs) -> bool { true }
    }
    impl PartialOrd for i32 { fn lt(&self, other: &i32) -> bool { *self < *other } }
    impl PartialOrd for usize { fn lt(&self, other: &usize) -> bool { *self < *other } }
}
pub mod ops {
    #[lang = "drop"]
    pub trait Drop { fn drop(&mut self); }
    #[lang = "deref"]
    pub trait Deref { #[lang = "deref_target"] type Target: ?Sized; fn deref(&self) -> &Self::Target; }
    #[lang = "deref_mut"]
    pub trait DerefMut: Deref { fn deref_mut(&mut self) -> &mut Self::Target; }
    #[lang = "index"]
    pub trait Index<Idx: ?Sized> { type Output: ?Sized; fn index(&self, index: Idx) -> &Self::Output; }
    #[lang = "index_mut"]
    pub trait IndexMut<Idx: ?Sized>: Index<Idx> { fn index_mut(&mut self, index: Idx) -> &mut Self::Output; }
    #[lang = "fn_once"]
    pub trait FnOnce<Args> { #[lang = "fn_once_output"] type Output; fn call_once(self, args: Args) -> Self::Output; }
    #[lang = "fn_mut"]
    pub trait FnMut<Args>: FnOnce<Args> { fn call_mut(&mut self, args: Args) -> Self::Output; }
    #[lang = "fn"]
    pub trait Fn<Args>: FnMut<Args> { fn call(&self, args: Args) -> Self::Output; }
    #[lang = "add"]
    pub trait Add<Rhs = Self> { type Output; fn add(self, rhs: Rhs) -> Self::Output; }
    impl Add for i32 { type Output = i32; fn add(self, rhs: i32) -> i32 { self + rhs } }
    impl Add for usize { type Output = usize; fn add(self, rhs: usize) -> usize { self + rhs } }
    #[lang = "div"]
    pub trait Div<Rhs = Self> { type Output; fn div(self, rhs: Rhs) -> Self::Output; }
    impl Div for i32 { type Output = i32; fn div(self, rhs: i32) -> i32 { self / rhs } }
    impl Div for f64 { type Output = f64; fn div(self, rhs: f64) -> f64 { self / rhs } }
    #[lang = "not"]
    pub trait Not { type Output; fn not(self) -> Self::Output; }
    impl Not for bool { type Output = bool; fn not(self) -> bool { !self } }
    #[lang = "add_assign"]
    pub trait AddAssign<Rhs = Self> { fn add_assign(&mut self, rhs: Rhs); }
    impl AddAssign for i32 { fn add_assign(&mut self, rhs: i32) { *self += rhs } }
    impl AddAssign for usize { fn add_assign(&mut self, rhs: usize) { *self += rhs } }
    #[lang = "Range"]
    pub struct Range<Idx> { pub start: Idx, pub end: Idx }
}
pub mod option {
    #[lang = "Option"]
    pub enum Option<T> { None, Some(T) }
    impl<T> Option<T> {
        pub fn is_some(&self) -> bool { match self { Option::Some(_) => true, Option::None => false } }
        pub fn unwrap(self) -> T { match self { Option::Some(x) => x, Option::None => loop {} } }
    }
}
pub mod result {
    #[lang = "Result"]
    pub enum Result<T, E> { Ok(T), Err(E) }
}
pub mod iter {
    #[lang = "iterator"]
    pub trait Iterator {
        type Item;
        #[lang = "next"]
        fn next(&mut self) -> crate::option::Option<Self::Item>;
    }
    pub trait IntoIterator {
        type Item;
        type IntoIter: Iterator<Item = Self::Item>;
        #[lang = "into_iter"]
        fn into_iter(self) -> Self::IntoIter;
    }
    impl Iterator for crate::ops::Range<usize> {
        type Item = usize;
        fn next(&mut self) -> crate::option::Option<usize> {
            if self.start < self.end {
                let now = self.start;
                self.start = now + 1;
                crate::option::Option::Some(now)
            } else {
                crate::option::Option::None
            }
        }
    }
    impl<I: Iterator> IntoIterator for I {
        type Item = I::Item;
        type IntoIter = I;
        fn into_iter(self) -> I { self }
    }
}
pub mod boxed {
    #[lang = "owned_box"]
    pub struct Box<T: ?Sized>(*mut T);
    #[lang = "box_free"]
    pub fn box_free<T: ?Sized>(p: *mut T) {}
    impl<T> Box<T> { pub fn new(x: T) -> Box<T> { loop {} } }
}
pub mod string {
    #[lang = "String"]
    pub struct String { len: usize }
    impl String {
        pub fn new() -> String { String { len: 0 } }
        pub fn len(&self) -> usize { self.len }
        pub fn push(&mut self, c: char) {}
        pub fn as_str(&self) -> &str { loop {} }
    }
    impl crate::ops::Drop for String { fn drop(&mut self) {} }
    impl crate::clone::Clone for String { fn clone(&self) -> String { String { len: self.len } } }
}
pub mod vec {
    pub struct Vec<T> { p: *mut T, len: usize }
    impl<T> Vec<T> {
        pub fn new() -> Vec<T> { loop {} }
        pub fn len(&self) -> usize { self.len }
        pub fn push(&mut self, x: T) {}
        pub fn pop(&mut self) -> crate::option::Option<T> { loop {} }
        pub fn first(&self) -> crate::option::Option<&T> { loop {} }
    }
    impl<T> crate::ops::Drop for Vec<T> { fn drop(&mut self) {} }
    impl<T> crate::ops::Index<usize> for Vec<T> { type Output = T; fn index(&self, i: usize) -> &T { loop {} } }
    impl<T> crate::ops::IndexMut<usize> for Vec<T> { fn index_mut(&mut self, i: usize) -> &mut T { loop {} } }
}
pub mod mem { pub fn drop<T>(x: T) {} }
pub mod prelude {
    pub mod v1 {
        pub use crate::boxed::Box;
        pub use crate::clone::Clone;
        pub use crate::cmp::{PartialEq, PartialOrd};
        pub use crate::iter::{IntoIterator, Iterator};
        pub use crate::marker::{Copy, Sized};
        pub use crate::mem::drop;
        pub use crate::ops::{Drop, Fn, FnMut, FnOnce};
        pub use crate::option::Option::{self, None, Some};
        pub use crate::result::Result::{self, Err, Ok};
        pub use crate::string::String;
        pub use crate::vec::Vec;
    }
}
"#;
