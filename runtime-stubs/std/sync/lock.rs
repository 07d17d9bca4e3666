//! `Mutex` and `RwLock`, which are `RefCell`s that say otherwise what they are.

use super::poison::{LockResult, TryLockError, TryLockResult};
use crate::cell::{Ref, RefCell, RefMut};
use crate::fmt::{self, Debug, Display};
use crate::ops::{Deref, DerefMut};
use crate::panicking::panic;
use crate::prelude::v1::*;

pub struct Mutex<T: ?Sized> {
    inner: RefCell<T>,
}
pub struct MutexGuard<'a, T: ?Sized> {
    inner: RefMut<'a, T>,
}
pub struct RwLock<T: ?Sized> {
    inner: RefCell<T>,
}
pub struct RwLockReadGuard<'a, T: ?Sized> {
    inner: Ref<'a, T>,
}
pub struct RwLockWriteGuard<'a, T: ?Sized> {
    inner: RefMut<'a, T>,
}

impl<T: ?Sized> Mutex<T> {
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        match self.inner.try_borrow_mut() {
            Ok(inner) => Ok(MutexGuard { inner }),
            Err(_) => panic("a mutex was locked by who held it already"),
        }
    }
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        match self.inner.try_borrow_mut() {
            Ok(inner) => Ok(MutexGuard { inner }),
            Err(_) => Err(TryLockError::WouldBlock),
        }
    }
}
impl<T: ?Sized> RwLock<T> {
    #[track_caller]
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        match self.inner.try_borrow() {
            Ok(inner) => Ok(RwLockReadGuard { inner }),
            Err(_) => panic("rwlock read lock would result in deadlock"),
        }
    }
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<'_, T>> {
        match self.inner.try_borrow() {
            Ok(inner) => Ok(RwLockReadGuard { inner }),
            Err(_) => Err(TryLockError::WouldBlock),
        }
    }
    #[track_caller]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        match self.inner.try_borrow_mut() {
            Ok(inner) => Ok(RwLockWriteGuard { inner }),
            Err(_) => panic("rwlock write lock would result in deadlock"),
        }
    }
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<'_, T>> {
        match self.inner.try_borrow_mut() {
            Ok(inner) => Ok(RwLockWriteGuard { inner }),
            Err(_) => Err(TryLockError::WouldBlock),
        }
    }
}

macro_rules! locks {
    ($($name:ident $shown:literal $locked:expr;)*) => { $(
        impl<T> $name<T> {
            pub const fn new(t: T) -> $name<T> {
                $name { inner: RefCell::new(t) }
            }
            pub fn into_inner(self) -> LockResult<T> {
                Ok(self.inner.into_inner())
            }
        }
        impl<T: ?Sized> $name<T> {
            pub fn get_mut(&mut self) -> LockResult<&mut T> {
                Ok(self.inner.get_mut())
            }
            pub fn is_poisoned(&self) -> bool {
                false
            }
            pub fn clear_poison(&self) {}
        }
        impl<T> From<T> for $name<T> {
            fn from(t: T) -> $name<T> {
                $name::new(t)
            }
        }
        impl<T: Default> Default for $name<T> {
            fn default() -> $name<T> {
                $name::new(T::default())
            }
        }
        impl<T: ?Sized + Debug> Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut d = f.debug_struct($shown);
                match self.inner.try_borrow() {
                    Ok(data) => d.field("data", &&*data),
                    Err(_) => d.field("data", &$locked),
                };
                d.field("poisoned", &false).finish_non_exhaustive()
            }
        }
    )* };
}
locks! { Mutex "Mutex" "<locked>"; RwLock "RwLock" Locked; }

struct Locked;
impl Debug for Locked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<locked>")
    }
}

macro_rules! guards {
    ($($name:ident)*) => { $(
        impl<T: ?Sized> Deref for $name<'_, T> {
            type Target = T;
            fn deref(&self) -> &T {
                &*self.inner
            }
        }
        impl<T: ?Sized + Debug> Debug for $name<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }
        impl<T: ?Sized + Display> Display for $name<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }
    )* };
}
guards! { MutexGuard RwLockReadGuard RwLockWriteGuard }
impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut *self.inner
    }
}
impl<T: ?Sized> DerefMut for RwLockWriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut *self.inner
    }
}
