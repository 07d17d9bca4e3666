//! Values that stay in their place. Nothing here relies on it.

use crate::fmt;
use crate::ops::{Deref, DerefMut};
use crate::prelude::v1::*;

#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[lang = "pin"]
pub struct Pin<P> {
    /// Public for what `pin!` expands to.
    pub __pointer: P,
}
impl<P: Deref> Pin<P> {
    pub const fn new(pointer: P) -> Pin<P> {
        Pin { __pointer: pointer }
    }
    pub fn as_ref(&self) -> Pin<&P::Target> {
        Pin { __pointer: &*self.__pointer }
    }
    pub fn into_inner(pin: Pin<P>) -> P {
        pin.__pointer
    }
}
impl<P: DerefMut> Pin<P> {
    pub fn as_mut(&mut self) -> Pin<&mut P::Target> {
        Pin { __pointer: &mut *self.__pointer }
    }
    pub fn set(&mut self, value: P::Target)
    where
        P::Target: Sized,
    {
        *self.__pointer = value;
    }
}
impl<'a, T: ?Sized> Pin<&'a T> {
    pub fn get_ref(self) -> &'a T {
        self.__pointer
    }
}
impl<'a, T: ?Sized> Pin<&'a mut T> {
    pub fn get_mut(self) -> &'a mut T {
        self.__pointer
    }
    pub fn into_ref(self) -> Pin<&'a T> {
        let pointer: &'a T = self.__pointer;
        Pin { __pointer: pointer }
    }
}
impl<P: Deref> Deref for Pin<P> {
    type Target = P::Target;
    fn deref(&self) -> &P::Target {
        &*self.__pointer
    }
}
impl<P: DerefMut> DerefMut for Pin<P> {
    fn deref_mut(&mut self) -> &mut P::Target {
        &mut *self.__pointer
    }
}
impl<P: fmt::Debug> fmt::Debug for Pin<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.__pointer.fmt(f)
    }
}
impl<P: fmt::Display> fmt::Display for Pin<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.__pointer.fmt(f)
    }
}
impl<T: ?Sized> From<Box<T>> for Pin<Box<T>> {
    fn from(pointer: Box<T>) -> Pin<Box<T>> {
        Pin { __pointer: pointer }
    }
}
impl<T> Box<T> {
    pub fn pin(x: T) -> Pin<Box<T>> {
        Pin { __pointer: Box::new(x) }
    }
}
impl<T: ?Sized> Box<T> {
    pub fn into_pin(boxed: Box<T>) -> Pin<Box<T>> {
        Pin { __pointer: boxed }
    }
}
