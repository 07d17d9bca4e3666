//! Moving values about.

use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::intrinsics;
use crate::ops::{Deref, DerefMut};
use crate::prelude::v1::*;

pub const fn swap<T>(x: &mut T, y: &mut T) {
    unsafe {
        let a = intrinsics::read(x as *mut T as *const T);
        let b = intrinsics::read(y as *mut T as *const T);
        intrinsics::write(x as *mut T, b);
        intrinsics::write(y as *mut T, a);
    }
}
pub const fn replace<T>(dest: &mut T, src: T) -> T {
    unsafe {
        let old = intrinsics::read(dest as *mut T as *const T);
        intrinsics::write(dest as *mut T, src);
        old
    }
}
pub fn take<T: Default>(dest: &mut T) -> T {
    replace(dest, T::default())
}
pub fn drop<T>(_x: T) {}
pub const fn forget<T>(x: T) {
    unsafe { intrinsics::forget(x) }
}
pub const fn size_of<T>() -> usize {
    unsafe { intrinsics::size_of::<T>() }
}
pub const fn align_of<T>() -> usize {
    unsafe { intrinsics::align_of::<T>() }
}
pub fn size_of_val<T: ?Sized>(value: &T) -> usize {
    unsafe { intrinsics::size_of_val(value as *const T) }
}
pub fn align_of_val<T>(_value: &T) -> usize {
    align_of::<T>()
}
pub const fn min_align_of<T>() -> usize {
    align_of::<T>()
}
pub fn min_align_of_val<T>(value: &T) -> usize {
    align_of_val(value)
}
pub const fn needs_drop<T>() -> bool {
    unsafe { intrinsics::needs_drop::<T>() }
}
pub unsafe fn transmute<A, B>(value: A) -> B {
    unsafe { intrinsics::transmute(value) }
}

/// Which variant an enum value is, without its fields.
pub struct Discriminant<T>(u64, crate::marker::PhantomData<T>);

pub fn discriminant<T>(v: &T) -> Discriminant<T> {
    Discriminant(unsafe { intrinsics::discriminant_value(v) }, crate::marker::PhantomData)
}
impl<T> Clone for Discriminant<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Discriminant<T> {}
impl<T> PartialEq for Discriminant<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Discriminant<T> {}
impl<T> Hash for Discriminant<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0);
    }
}
impl<T> fmt::Debug for Discriminant<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Discriminant").field(&self.0).finish()
    }
}

/// A value whose drop does not run by itself.
#[lang = "manually_drop"]
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ManuallyDrop<T> {
    value: T,
}
impl<T> ManuallyDrop<T> {
    pub const fn new(value: T) -> ManuallyDrop<T> {
        ManuallyDrop { value }
    }
    pub fn into_inner(slot: ManuallyDrop<T>) -> T {
        let value = unsafe { intrinsics::read(&slot.value as *const T) };
        forget(slot);
        value
    }
}
impl<T> Deref for ManuallyDrop<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}
impl<T> DerefMut for ManuallyDrop<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}
