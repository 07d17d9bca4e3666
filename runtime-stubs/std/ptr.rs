//! Raw pointers, for `std` itself. Programs cannot use them without `unsafe`.

use crate::intrinsics;
use crate::prelude::v1::*;

pub const fn null<T>() -> *const T {
    0 as *const T
}
pub const fn null_mut<T>() -> *mut T {
    0 as *mut T
}
/// A well aligned address for no elements.
pub fn dangling<T>() -> *mut T {
    unsafe { intrinsics::align_of::<T>() as *mut T }
}
pub unsafe fn read<T>(src: *const T) -> T {
    unsafe { intrinsics::read(src) }
}
pub unsafe fn write<T>(dst: *mut T, value: T) {
    unsafe { intrinsics::write(dst, value) }
}
pub unsafe fn copy<T>(src: *const T, dst: *mut T, count: usize) {
    unsafe { intrinsics::copy(src, dst, count) }
}
pub unsafe fn copy_nonoverlapping<T>(src: *const T, dst: *mut T, count: usize) {
    unsafe { intrinsics::copy_nonoverlapping(src, dst, count) }
}
pub unsafe fn drop_in_place<T: ?Sized>(place: *mut T) {
    unsafe { intrinsics::drop_in_place(place) }
}
pub unsafe fn swap<T>(a: *mut T, b: *mut T) {
    unsafe {
        let x = intrinsics::read(a as *const T);
        let y = intrinsics::read(b as *const T);
        intrinsics::write(a, y);
        intrinsics::write(b, x);
    }
}
/// True if both references are to the same place.
pub fn eq<T: ?Sized>(a: *const T, b: *const T) -> bool {
    a as *const u8 as usize == b as *const u8 as usize
}

impl<T> *const T {
    pub fn is_null(self) -> bool {
        self as usize == 0
    }
    pub unsafe fn add(self, count: usize) -> *const T {
        unsafe { intrinsics::offset(self, count as isize) }
    }
    pub unsafe fn sub(self, count: usize) -> *const T {
        unsafe { intrinsics::offset(self, intrinsics::wrapping_sub(0, count as isize)) }
    }
    pub unsafe fn offset(self, count: isize) -> *const T {
        unsafe { intrinsics::offset(self, count) }
    }
    pub unsafe fn read(self) -> T {
        unsafe { intrinsics::read(self) }
    }
    pub fn cast<U>(self) -> *const U {
        self as *const U
    }
}
impl<T> *mut T {
    pub fn is_null(self) -> bool {
        self as usize == 0
    }
    pub unsafe fn add(self, count: usize) -> *mut T {
        unsafe { intrinsics::offset(self as *const T, count as isize) as *mut T }
    }
    pub unsafe fn sub(self, count: usize) -> *mut T {
        unsafe { intrinsics::offset(self as *const T, intrinsics::wrapping_sub(0, count as isize)) as *mut T }
    }
    pub unsafe fn offset(self, count: isize) -> *mut T {
        unsafe { intrinsics::offset(self as *const T, count) as *mut T }
    }
    pub unsafe fn read(self) -> T {
        unsafe { intrinsics::read(self as *const T) }
    }
    pub unsafe fn write(self, value: T) {
        unsafe { intrinsics::write(self, value) }
    }
    pub fn cast<U>(self) -> *mut U {
        self as *mut U
    }
}

// Only whether two pointers are one: nothing a program does may depend on an address itself.
impl<T: ?Sized> PartialEq for *const T {
    fn eq(&self, other: &*const T) -> bool {
        eq(*self, *other)
    }
}
impl<T: ?Sized> Eq for *const T {}
impl<T: ?Sized> PartialEq for *mut T {
    fn eq(&self, other: &*mut T) -> bool {
        eq(*self as *const T, *other as *const T)
    }
}
impl<T: ?Sized> Eq for *mut T {}
