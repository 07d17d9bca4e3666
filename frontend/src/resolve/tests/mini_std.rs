//! A std just large enough for the sugar and the prelude, in the layout of the real one.

pub const MINI_STD: &str = r#"
pub mod option {
    #[lang = "Option"]
    pub enum Option<T> { None, Some(T) }
    impl<T> Option<T> {
        pub fn is_some(&self) -> bool { match self { Option::Some(_) => true, Option::None => false } }
    }
}
pub mod result {
    #[lang = "Result"]
    pub enum Result<T, E> { Ok(T), Err(E) }
}
pub mod ops {
    #[lang = "ControlFlow"]
    pub enum ControlFlow<B, C> { Continue(C), Break(B) }
    pub trait FromResidual<R> {
        #[lang = "from_residual"]
        fn from_residual(residual: R) -> Self;
    }
    pub trait Try: FromResidual<Self::Residual> {
        type Output;
        type Residual;
        #[lang = "branch"]
        fn branch(self) -> ControlFlow<Self::Residual, Self::Output>;
    }
    #[lang = "fn"]
    pub trait Fn<Args> { type Output; }
    pub trait Add<Rhs = Self> { type Output; fn add(self, rhs: Rhs) -> Self::Output; }
    #[lang = "Range"]
    pub struct Range<Idx> { pub start: Idx, pub end: Idx }
    #[lang = "RangeFrom"]
    pub struct RangeFrom<Idx> { pub start: Idx }
    #[lang = "RangeTo"]
    pub struct RangeTo<Idx> { pub end: Idx }
    #[lang = "RangeFull"]
    pub struct RangeFull;
    #[lang = "RangeToInclusive"]
    pub struct RangeToInclusive<Idx> { pub end: Idx }
    #[lang = "RangeInclusiveStruct"]
    pub struct RangeInclusive<Idx> { start: Idx, end: Idx }
    impl<Idx> RangeInclusive<Idx> {
        pub fn new(start: Idx, end: Idx) -> Self { Self { start, end } }
    }
}
pub mod iter {
    pub trait Iterator {
        type Item;
        #[lang = "next"]
        fn next(&mut self) -> crate::option::Option<Self::Item>;
    }
    pub trait IntoIterator {
        type IntoIter;
        #[lang = "into_iter"]
        fn into_iter(self) -> Self::IntoIter;
    }
}
pub mod fmt {
    pub struct Error;
    pub type Result = crate::result::Result<(), Error>;
    pub trait Display { fn fmt(&self) -> Result; }
    pub trait Write { fn write_str(&mut self, s: &str) -> Result; }
}
pub mod mem {
    pub fn swap<T>(a: &mut T, b: &mut T) {}
    pub fn take<T>(a: &mut T) -> T { loop {} }
    fn secret() {}
}
pub mod collections {
    pub struct HashMap<K, V> { k: K, v: V }
    pub struct HashSet<K> { k: K }
    pub mod hash_map { pub use super::HashMap; pub struct Entry; }
}
pub mod f64 { pub mod consts { pub const PI: f64 = 3.14; } pub const EPSILON: f64 = 0.1; }
pub mod marker { #[lang = "sized"] pub trait Sized {} }
pub mod intrinsics { extern "intrinsic" { pub fn size_of<T>() -> usize; } }
pub mod vec { pub struct Vec<T> { item: T } }
pub mod prelude {
    pub mod v1 {
        pub use crate::iter::{IntoIterator, Iterator};
        pub use crate::marker::Sized;
        pub use crate::ops::Fn;
        pub use crate::option::Option::{self, None, Some};
        pub use crate::result::Result::{self, Err, Ok};
        pub use crate::vec::Vec;
    }
}
"#;
