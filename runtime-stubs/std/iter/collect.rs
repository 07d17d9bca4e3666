//! Into and out of iterators.

use crate::prelude::v1::*;

#[lang = "FromIterator"]
pub trait FromIterator<A>: Sized {
    fn from_iter<T: IntoIterator<Item = A>>(iter: T) -> Self;
}

#[lang = "IntoIterator"]
pub trait IntoIterator {
    type Item;
    type IntoIter: Iterator<Item = Self::Item>;
    #[lang = "into_iter"]
    fn into_iter(self) -> Self::IntoIter;
}
impl<I: Iterator> IntoIterator for I {
    type Item = I::Item;
    type IntoIter = I;
    fn into_iter(self) -> I {
        self
    }
}

pub trait Extend<A> {
    fn extend<T: IntoIterator<Item = A>>(&mut self, iter: T);
    /// One item; a collection that inference knows overrides it, so that it sees an append.
    fn __extend_one(&mut self, item: A) {
        self.extend(Some(item));
    }
}
impl Extend<()> for () {
    fn extend<T: IntoIterator<Item = ()>>(&mut self, iter: T) {
        for _ in iter {}
    }
}
impl<A, B, EA: Extend<A>, EB: Extend<B>> Extend<(A, B)> for (EA, EB) {
    fn extend<T: IntoIterator<Item = (A, B)>>(&mut self, iter: T) {
        for (a, b) in iter {
            self.0.extend(Some(a));
            self.1.extend(Some(b));
        }
    }
}
impl FromIterator<()> for () {
    fn from_iter<T: IntoIterator<Item = ()>>(iter: T) {
        for _ in iter {}
    }
}
impl<A, B, FA, FB> FromIterator<(A, B)> for (FA, FB)
where
    FA: Default + Extend<A>,
    FB: Default + Extend<B>,
{
    fn from_iter<T: IntoIterator<Item = (A, B)>>(iter: T) -> (FA, FB) {
        let mut out: (FA, FB) = (FA::default(), FB::default());
        out.extend(iter);
        out
    }
}
