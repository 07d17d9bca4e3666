//! Shared ownership inside one task: what `Rc` and `Arc` are, which is the same. A task is sequential, so that neither needs
//! atomic counts; that they are two types is what programs see.

use crate::intrinsics as i;
use crate::rt;

/// All strong pointers together hold one weak count, so that the place outlives the value if need be.
#[repr(C)]
pub(crate) struct Inner<T: ?Sized> {
    pub strong: usize,
    pub weak: usize,
    pub value: T,
}

/// Takes back one weak count, and the place with the last one.
pub(crate) unsafe fn release_weak<T: ?Sized>(ptr: *mut Inner<T>) {
    unsafe {
        (*ptr).weak -= 1;
        if (*ptr).weak == 0 {
            rt::free_one(ptr as *mut u8, i::size_of_val(ptr as *const Inner<T>));
        }
    }
}

/// Defines a counted pointer and its `Weak`.
macro_rules! counted {
    ($Rc:ident $lang:literal) => {
        use crate::any::Any;
        use crate::borrow::{Borrow, Cow};
        use crate::cmp::Ordering;
        use crate::counted::{Inner, release_weak};
        use crate::fmt;
        use crate::hash::{Hash, Hasher};
        use crate::intrinsics as i;
        use crate::iter::FromIterator;
        use crate::ops::Deref;
        use crate::prelude::v1::*;
        use crate::rt;

        #[lang = $lang]
        pub struct $Rc<T: ?Sized> {
            ptr: *mut Inner<T>,
        }
        pub struct Weak<T: ?Sized> {
            /// Null for `Weak::new`.
            ptr: *mut Inner<T>,
        }

        impl<T> $Rc<T> {
            pub fn new(value: T) -> $Rc<T> {
                $Rc { ptr: Box::into_raw(Box::new(Inner { strong: 1, weak: 1, value })) }
            }
            pub fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(data_fn: F) -> $Rc<T> {
                unsafe {
                    let ptr = rt::__rust_alloc(i::size_of::<Inner<T>>(), i::align_of::<Inner<T>>()) as *mut Inner<T>;
                    (*ptr).strong = 0;
                    (*ptr).weak = 1;
                    let weak = Weak { ptr };
                    let value = data_fn(&weak);
                    i::write(&mut (*ptr).value as *mut T, value);
                    (*ptr).strong = 1;
                    i::forget(weak);
                    $Rc { ptr }
                }
            }
            pub fn try_unwrap(this: $Rc<T>) -> Result<T, $Rc<T>> {
                if $Rc::strong_count(&this) != 1 {
                    return Err(this);
                }
                unsafe {
                    let ptr = this.ptr;
                    i::forget(this);
                    let value = i::read(&(*ptr).value as *const T);
                    (*ptr).strong = 0;
                    release_weak(ptr);
                    Ok(value)
                }
            }
            pub fn into_inner(this: $Rc<T>) -> Option<T> {
                $Rc::try_unwrap(this).ok()
            }
            pub fn unwrap_or_clone(this: $Rc<T>) -> T
            where
                T: Clone,
            {
                match $Rc::try_unwrap(this) {
                    Ok(v) => v,
                    Err(shared) => (*shared).clone(),
                }
            }
        }
        impl $Rc<dyn Any> {
            pub fn downcast<T: Any>(self) -> Result<$Rc<T>, $Rc<dyn Any>> {
                if (*self).is::<T>() {
                    let ptr = self.ptr as *mut Inner<T>;
                    i::forget(self);
                    Ok($Rc { ptr })
                } else {
                    Err(self)
                }
            }
        }
        impl<T: ?Sized> $Rc<T> {
            pub fn strong_count(this: &$Rc<T>) -> usize {
                unsafe { (*this.ptr).strong }
            }
            pub fn weak_count(this: &$Rc<T>) -> usize {
                unsafe { (*this.ptr).weak - 1 }
            }
            pub fn downgrade(this: &$Rc<T>) -> Weak<T> {
                unsafe { (*this.ptr).weak += 1 };
                Weak { ptr: this.ptr }
            }
            pub fn ptr_eq(this: &$Rc<T>, other: &$Rc<T>) -> bool {
                this.ptr as *mut u8 as usize == other.ptr as *mut u8 as usize
            }
            pub fn as_ptr(this: &$Rc<T>) -> *const T {
                unsafe { &(*this.ptr).value }
            }
            pub fn get_mut(this: &mut $Rc<T>) -> Option<&mut T> {
                unsafe {
                    if (*this.ptr).strong == 1 && (*this.ptr).weak == 1 { Some(&mut (*this.ptr).value) } else { None }
                }
            }
        }
        impl<T: Clone> $Rc<T> {
            pub fn make_mut(this: &mut $Rc<T>) -> &mut T {
                if $Rc::strong_count(this) != 1 {
                    *this = $Rc::new((**this).clone());
                } else if $Rc::weak_count(this) != 0 {
                    // The weak pointers lose the value, as in Rust.
                    unsafe {
                        let old = this.ptr;
                        let value = i::read(&(*old).value as *const T);
                        (*old).strong = 0;
                        (*old).weak -= 1;
                        i::write(this as *mut $Rc<T>, $Rc::new(value));
                    }
                }
                unsafe { &mut (*this.ptr).value }
            }
        }
        impl<T: ?Sized> Drop for $Rc<T> {
            fn drop(&mut self) {
                unsafe {
                    (*self.ptr).strong -= 1;
                    if (*self.ptr).strong == 0 {
                        i::drop_in_place(&mut (*self.ptr).value as *mut T);
                        release_weak(self.ptr);
                    }
                }
            }
        }
        impl<T: ?Sized> Clone for $Rc<T> {
            fn clone(&self) -> $Rc<T> {
                unsafe { (*self.ptr).strong += 1 };
                $Rc { ptr: self.ptr }
            }
        }
        impl<T: ?Sized> Deref for $Rc<T> {
            type Target = T;
            fn deref(&self) -> &T {
                unsafe { &(*self.ptr).value }
            }
        }
        impl<T> Weak<T> {
            pub const fn new() -> Weak<T> {
                Weak { ptr: 0 as *mut Inner<T> }
            }
        }
        impl<T> Default for Weak<T> {
            fn default() -> Weak<T> {
                Weak::new()
            }
        }
        impl<T: ?Sized> Weak<T> {
            fn dangling(&self) -> bool {
                self.ptr as *mut u8 as usize == 0
            }
            pub fn upgrade(&self) -> Option<$Rc<T>> {
                unsafe {
                    if self.dangling() || (*self.ptr).strong == 0 {
                        None
                    } else {
                        (*self.ptr).strong += 1;
                        Some($Rc { ptr: self.ptr })
                    }
                }
            }
            pub fn strong_count(&self) -> usize {
                if self.dangling() { 0 } else { unsafe { (*self.ptr).strong } }
            }
            pub fn weak_count(&self) -> usize {
                unsafe {
                    if self.dangling() || (*self.ptr).strong == 0 { 0 } else { (*self.ptr).weak - 1 }
                }
            }
            pub fn ptr_eq(&self, other: &Weak<T>) -> bool {
                self.ptr as *mut u8 as usize == other.ptr as *mut u8 as usize
            }
        }
        impl<T: ?Sized> Drop for Weak<T> {
            fn drop(&mut self) {
                if !self.dangling() {
                    unsafe { release_weak(self.ptr) }
                }
            }
        }
        impl<T: ?Sized> Clone for Weak<T> {
            fn clone(&self) -> Weak<T> {
                if !self.dangling() {
                    unsafe { (*self.ptr).weak += 1 };
                }
                Weak { ptr: self.ptr }
            }
        }
        impl<T: ?Sized> fmt::Debug for Weak<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("(Weak)")
            }
        }

        impl<T> $Rc<[T]> {
            fn from_vec(v: Vec<T>) -> $Rc<[T]> {
                unsafe {
                    let n = v.len();
                    let head = i::size_of::<Inner<[usize; 0]>>();
                    let align = i::align_of::<T>();
                    let at = (head + align - 1) & !(align - 1);
                    let whole = (at + n * i::size_of::<T>() + 7) & !7;
                    let place = rt::__rust_alloc(whole, align);
                    i::write(place as *mut usize, 1);
                    i::write((place as *mut usize).add(1), 1);
                    i::copy_nonoverlapping(v.as_ptr(), place.add(at) as *mut T, n);
                    let mut v = v;
                    v.set_len(0);
                    // A pointer to a slice of the same length, at the place: its metadata is that of the value.
                    let ptr: *mut [T] = i::slice_from_raw_parts_mut(place as *mut T, n) as *mut [T];
                    $Rc { ptr: ptr as *mut Inner<[T]> }
                }
            }
        }
        impl<T: Clone> From<&[T]> for $Rc<[T]> {
            fn from(v: &[T]) -> $Rc<[T]> {
                $Rc::from_vec(v.to_vec())
            }
        }
        impl<T> From<Vec<T>> for $Rc<[T]> {
            fn from(v: Vec<T>) -> $Rc<[T]> {
                $Rc::from_vec(v)
            }
        }
        impl<T> FromIterator<T> for $Rc<[T]> {
            fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> $Rc<[T]> {
                $Rc::from_vec(Vec::from_iter(iter))
            }
        }
        impl From<&str> for $Rc<str> {
            fn from(s: &str) -> $Rc<str> {
                let bytes: $Rc<[u8]> = $Rc::from_vec(s.as_bytes().to_vec());
                unsafe { i::transmute(bytes) }
            }
        }
        impl From<String> for $Rc<str> {
            fn from(s: String) -> $Rc<str> {
                $Rc::from(s.as_str())
            }
        }
        impl<'a> From<Cow<'a, str>> for $Rc<str> {
            fn from(s: Cow<'a, str>) -> $Rc<str> {
                $Rc::from(&*s)
            }
        }
        impl<T> From<T> for $Rc<T> {
            fn from(t: T) -> $Rc<T> {
                $Rc::new(t)
            }
        }
        impl<T> From<Box<T>> for $Rc<T> {
            fn from(b: Box<T>) -> $Rc<T> {
                $Rc::new(*b)
            }
        }
        impl<T: Default> Default for $Rc<T> {
            fn default() -> $Rc<T> {
                $Rc::new(T::default())
            }
        }
        impl<T: ?Sized> AsRef<T> for $Rc<T> {
            fn as_ref(&self) -> &T {
                &**self
            }
        }
        impl<T: ?Sized> Borrow<T> for $Rc<T> {
            fn borrow(&self) -> &T {
                &**self
            }
        }
        impl<T: ?Sized + PartialEq> PartialEq for $Rc<T> {
            fn eq(&self, other: &$Rc<T>) -> bool {
                **self == **other
            }
        }
        impl<T: ?Sized + Eq> Eq for $Rc<T> {}
        impl<T: ?Sized + PartialOrd> PartialOrd for $Rc<T> {
            fn partial_cmp(&self, other: &$Rc<T>) -> Option<Ordering> {
                (**self).partial_cmp(&**other)
            }
        }
        impl<T: ?Sized + Ord> Ord for $Rc<T> {
            fn cmp(&self, other: &$Rc<T>) -> Ordering {
                (**self).cmp(&**other)
            }
        }
        impl<T: ?Sized + Hash> Hash for $Rc<T> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                (**self).hash(state)
            }
        }
        impl<T: ?Sized + fmt::Debug> fmt::Debug for $Rc<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }
        impl<T: ?Sized + fmt::Display> fmt::Display for $Rc<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }
    };
}
