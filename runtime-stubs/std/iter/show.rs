//! `Debug` of iterators that hold functions, which are left out, and `FusedIterator` where it depends on what they hold.

use super::*;
use crate::fmt::{Debug, Formatter, Result};
use crate::prelude::v1::*;

macro_rules! show {
    ($($name:ident<$($of:ident,)* ; $f:ident> $($field:ident)*;)*) => { $(
        impl<$($of: Debug,)* $f> Debug for $name<$($of,)* $f> {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                f.debug_struct(stringify!($name))$(.field(stringify!($field), &self.$field))*.finish()
            }
        }
    )* };
}
show! {
    Filter<I, ; P> iter;
    FilterMap<I, ; F> iter;
    Inspect<I, ; F> iter;
    Map<I, ; F> iter;
    MapWhile<I, ; P> iter;
    Scan<I, St, ; F> iter state;
    FromFn<; F>;
    OnceWith<; F>;
    RepeatWith<; F>;
    Successors<T, ; F> next;
}
impl<I: Debug, P> Debug for SkipWhile<I, P> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_struct("SkipWhile").field("iter", &self.iter).field("flag", &self.started).finish()
    }
}
impl<I: Debug, P> Debug for TakeWhile<I, P> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_struct("TakeWhile").field("iter", &self.iter).field("flag", &self.finished).finish()
    }
}
impl<T> Debug for Empty<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("Empty")
    }
}
impl<T> Clone for Empty<T> {
    fn clone(&self) -> Self {
        empty()
    }
}

/// What `Flatten` and `FlatMap` have in common, by the name they show it under.
struct Inner<'a, I, U> {
    iter: &'a Fuse<I>,
    front: &'a Option<U>,
    back: &'a Option<U>,
}
impl<I: Debug, U: Debug> Debug for Inner<'_, I, U> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut d = f.debug_struct("FlattenCompat");
        d.field("iter", self.iter).field("frontiter", self.front).field("backiter", self.back).finish()
    }
}
impl<I: Debug, U: IntoIterator, F> Debug for FlatMap<I, U, F>
where
    U::IntoIter: Debug,
{
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let inner = Inner { iter: &self.iter, front: &self.front, back: &self.back };
        f.debug_struct("FlatMap").field("inner", &inner).finish()
    }
}
impl<I: Debug + Iterator> Debug for Flatten<I>
where
    I::Item: IntoIterator,
    <I::Item as IntoIterator>::IntoIter: Debug,
{
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let inner = Inner { iter: &self.iter, front: &self.front, back: &self.back };
        f.debug_struct("Flatten").field("inner", &inner).finish()
    }
}

impl<I: Iterator, U: IntoIterator, F: FnMut(I::Item) -> U> FusedIterator for FlatMap<I, U, F> {}
impl<I: FusedIterator> FusedIterator for Flatten<I> where I::Item: IntoIterator {}
impl<I: FusedIterator, F: FnMut(&I::Item)> FusedIterator for Inspect<I, F> {}
impl<I: FusedIterator, P: FnMut(&I::Item) -> bool> FusedIterator for SkipWhile<I, P> {}
impl<I: FusedIterator, P: FnMut(&I::Item) -> bool> FusedIterator for TakeWhile<I, P> {}
impl<A, F: FnMut() -> A> FusedIterator for RepeatWith<F> {}
impl<A, F: FnOnce() -> A> FusedIterator for OnceWith<F> {}
impl<A, F: FnOnce() -> A> ExactSizeIterator for OnceWith<F> {}
