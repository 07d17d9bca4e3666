//! Iterators made of one or two others.

macro_rules! construct {
    ($($name:ident<$($g:ident),*> { $($field:ident: $t:ty),* } $($extra:ident = $v:expr),*;)*) => { $(
        impl<$($g),*> $name<$($g),*> {
            pub(crate) fn new($($field: $t),*) -> Self {
                $name { $($field,)* $($extra: $v,)* }
            }
        }
    )* };
}

pub mod combine;
pub mod map;
pub mod peekable;
pub mod take;

pub use self::combine::{Chain, Cloned, Copied, Cycle, Fuse, Rev, Zip, chain, zip};
pub use self::map::{Enumerate, Filter, FilterMap, Inspect, Map, MapWhile, Scan};
pub use self::peekable::Peekable;
pub use self::take::{Skip, SkipWhile, StepBy, Take, TakeWhile};
