//! Iterators.

pub mod accum;
#[wrapping_arithmetic]
pub mod adapters;
pub mod collect;
pub mod double_ended;
pub mod flatten;
pub mod gather;
pub mod iterator;
pub mod range;
mod show;
pub mod sources;
pub mod split;

pub use self::accum::{Product, Sum};
pub use self::adapters::{
    Chain, Cloned, Copied, Cycle, Enumerate, Filter, FilterMap, Fuse, Inspect, Map, MapWhile, Peekable, Rev, Scan,
    Skip, SkipWhile, StepBy, Take, TakeWhile, Zip, chain, zip,
};
pub use self::collect::{Extend, FromIterator, IntoIterator};
pub use self::double_ended::{DoubleEndedIterator, ExactSizeIterator, FusedIterator};
pub use self::flatten::{FlatMap, Flatten};
pub use self::gather::{Extreme, Gather};
pub use self::iterator::Iterator;
pub use self::range::Step;
pub use self::sources::{
    Empty, FromFn, Once, OnceWith, Repeat, RepeatN, RepeatWith, Successors, empty, from_fn, once, once_with, repeat,
    repeat_n, repeat_with, successors,
};
#[doc(hidden)]
pub use self::split::{Indexed, Splittable};
