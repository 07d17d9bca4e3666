//! `RefCell`: borrows counted while the program runs.

use super::{Cell, UnsafeCell};
use crate::cmp::Ordering;
use crate::fmt::{self, Debug, Display};
use crate::mem;
use crate::ops::{Deref, DerefMut};
use crate::panicking::panic_fmt;
use crate::prelude::v1::*;

/// `flag` counts readers; below zero, the parts of what one writer has.
pub struct RefCell<T: ?Sized> {
    flag: Cell<isize>,
    value: UnsafeCell<T>,
}

macro_rules! borrow_error {
    ($($name:ident $shown:literal $text:literal;)*) => { $(
        pub struct $name(());
        impl Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str($shown) }
        }
        impl Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad($text) }
        }
        impl crate::error::Error for $name {}
    )* };
}
borrow_error! { BorrowError "BorrowError" "RefCell already mutably borrowed"; BorrowMutError "BorrowMutError" "RefCell already borrowed"; }

#[track_caller]
fn failed<E: Display>(error: E) -> ! {
    let mut s = String::new();
    {
        let mut f = fmt::Formatter::__new(&mut s);
        let _ = error.fmt(&mut f);
    }
    panic_fmt(s)
}

impl<T> RefCell<T> {
    pub const fn new(value: T) -> RefCell<T> {
        RefCell { flag: Cell::new(0), value: UnsafeCell::new(value) }
    }
    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }
    #[track_caller]
    pub fn replace(&self, t: T) -> T {
        mem::replace(&mut *self.borrow_mut(), t)
    }
    #[track_caller]
    pub fn replace_with<F: FnOnce(&mut T) -> T>(&self, f: F) -> T {
        let mut place = self.borrow_mut();
        let new = f(&mut *place);
        mem::replace(&mut *place, new)
    }
    #[track_caller]
    pub fn swap(&self, other: &RefCell<T>) {
        mem::swap(&mut *self.borrow_mut(), &mut *other.borrow_mut())
    }
    #[track_caller]
    pub fn take(&self) -> T
    where
        T: Default,
    {
        self.replace(T::default())
    }
}
impl<T: ?Sized> RefCell<T> {
    #[track_caller]
    pub fn borrow(&self) -> Ref<'_, T> {
        match self.try_borrow() {
            Ok(b) => b,
            Err(e) => failed(e),
        }
    }
    pub fn try_borrow(&self) -> Result<Ref<'_, T>, BorrowError> {
        let n = self.flag.get();
        if n < 0 {
            return Err(BorrowError(()));
        }
        self.flag.set(n + 1);
        Ok(Ref { value: unsafe { &*self.value.get() }, flag: &self.flag })
    }
    #[track_caller]
    pub fn borrow_mut(&self) -> RefMut<'_, T> {
        match self.try_borrow_mut() {
            Ok(b) => b,
            Err(e) => failed(e),
        }
    }
    pub fn try_borrow_mut(&self) -> Result<RefMut<'_, T>, BorrowMutError> {
        if self.flag.get() != 0 {
            return Err(BorrowMutError(()));
        }
        self.flag.set(-1);
        Ok(RefMut { value: unsafe { &mut *self.value.get() }, flag: &self.flag })
    }
    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }
    pub fn as_ptr(&self) -> *mut T {
        self.value.get()
    }
}
impl<T: Clone> Clone for RefCell<T> {
    #[track_caller]
    fn clone(&self) -> RefCell<T> {
        RefCell::new((*self.borrow()).clone())
    }
}
impl<T: Default> Default for RefCell<T> {
    fn default() -> RefCell<T> {
        RefCell::new(T::default())
    }
}
impl<T: ?Sized + PartialEq> PartialEq for RefCell<T> {
    fn eq(&self, other: &RefCell<T>) -> bool {
        *self.borrow() == *other.borrow()
    }
}
impl<T: ?Sized + Eq> Eq for RefCell<T> {}
impl<T: ?Sized + PartialOrd> PartialOrd for RefCell<T> {
    fn partial_cmp(&self, other: &RefCell<T>) -> Option<Ordering> {
        self.borrow().partial_cmp(&*other.borrow())
    }
}
impl<T: ?Sized + Ord> Ord for RefCell<T> {
    fn cmp(&self, other: &RefCell<T>) -> Ordering {
        self.borrow().cmp(&*other.borrow())
    }
}
impl<T> From<T> for RefCell<T> {
    fn from(t: T) -> RefCell<T> {
        RefCell::new(t)
    }
}
impl<T: ?Sized + Debug> Debug for RefCell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut d = f.debug_struct("RefCell");
        match self.try_borrow() {
            Ok(b) => d.field("value", &*b),
            Err(_) => d.field("value", &Hidden),
        };
        d.finish()
    }
}
struct Hidden;
impl Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<borrowed>")
    }
}

pub struct Ref<'b, T: ?Sized> {
    value: &'b T,
    flag: &'b Cell<isize>,
}
impl<T: ?Sized> Drop for Ref<'_, T> {
    fn drop(&mut self) {
        self.flag.set(self.flag.get() - 1);
    }
}
impl<T: ?Sized> Deref for Ref<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.value
    }
}
impl<'b, T: ?Sized> Ref<'b, T> {
    pub fn clone(orig: &Ref<'b, T>) -> Ref<'b, T> {
        orig.flag.set(orig.flag.get() + 1);
        Ref { value: orig.value, flag: orig.flag }
    }
    pub fn map<U: ?Sized, F: FnOnce(&T) -> &U>(orig: Ref<'b, T>, f: F) -> Ref<'b, U> {
        let (value, flag) = (orig.value, orig.flag);
        mem::forget(orig);
        Ref { value: f(value), flag }
    }
    pub fn filter_map<U: ?Sized, F: FnOnce(&T) -> Option<&U>>(orig: Ref<'b, T>, f: F) -> Result<Ref<'b, U>, Self> {
        match f(orig.value) {
            Some(value) => {
                let flag = orig.flag;
                mem::forget(orig);
                Ok(Ref { value, flag })
            }
            None => Err(orig),
        }
    }
    pub fn map_split<U: ?Sized, V: ?Sized, F: FnOnce(&T) -> (&U, &V)>(orig: Self, f: F) -> (Ref<'b, U>, Ref<'b, V>) {
        let (first, second) = f(orig.value);
        let flag = orig.flag;
        mem::forget(orig);
        flag.set(flag.get() + 1);
        (Ref { value: first, flag }, Ref { value: second, flag })
    }
}
impl<T: ?Sized + Debug> Debug for Ref<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
impl<T: ?Sized + Display> Display for Ref<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

pub struct RefMut<'b, T: ?Sized> {
    value: &'b mut T,
    flag: &'b Cell<isize>,
}
impl<T: ?Sized> Drop for RefMut<'_, T> {
    fn drop(&mut self) {
        self.flag.set(self.flag.get() + 1);
    }
}
impl<T: ?Sized> Deref for RefMut<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.value
    }
}
impl<T: ?Sized> DerefMut for RefMut<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.value
    }
}
impl<'b, T: ?Sized> RefMut<'b, T> {
    pub fn map<U: ?Sized, F: FnOnce(&mut T) -> &mut U>(mut orig: RefMut<'b, T>, f: F) -> RefMut<'b, U> {
        let flag = orig.flag;
        let value: &'b mut T = unsafe { &mut *(&mut *orig.value as *mut T) };
        mem::forget(orig);
        RefMut { value: f(value), flag }
    }
    pub fn filter_map<U: ?Sized, F: FnOnce(&mut T) -> Option<&mut U>>(
        mut orig: Self,
        f: F,
    ) -> Result<RefMut<'b, U>, Self> {
        let value: &'b mut T = unsafe { &mut *(&mut *orig.value as *mut T) };
        match f(value) {
            Some(value) => {
                let flag = orig.flag;
                mem::forget(orig);
                Ok(RefMut { value, flag })
            }
            None => Err(orig),
        }
    }
    pub fn map_split<U: ?Sized, V: ?Sized, F: FnOnce(&mut T) -> (&mut U, &mut V)>(
        mut orig: Self,
        f: F,
    ) -> (RefMut<'b, U>, RefMut<'b, V>) {
        let value: &'b mut T = unsafe { &mut *(&mut *orig.value as *mut T) };
        let flag = orig.flag;
        mem::forget(orig);
        let (first, second) = f(value);
        flag.set(flag.get() - 1);
        (RefMut { value: first, flag }, RefMut { value: second, flag })
    }
}
impl<T: ?Sized + Debug> Debug for RefMut<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
impl<T: ?Sized + Display> Display for RefMut<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
