//! What happens once: `OnceLock`, `LazyLock`, `Once`.

use crate::cell::{Cell, LazyCell, OnceCell};
use crate::fmt::{self, Debug};
use crate::ops::{Deref, DerefMut};
use crate::prelude::v1::*;

#[lang = "OnceLock"]
pub struct OnceLock<T> {
    inner: OnceCell<T>,
}
impl<T> OnceLock<T> {
    pub const fn new() -> OnceLock<T> {
        OnceLock { inner: OnceCell::new() }
    }
    pub fn get(&self) -> Option<&T> {
        self.inner.get()
    }
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.inner.get_mut()
    }
    pub fn set(&self, value: T) -> Result<(), T> {
        self.inner.set(value)
    }
    #[track_caller]
    pub fn get_or_init<F: FnOnce() -> T>(&self, f: F) -> &T {
        self.inner.get_or_init(f)
    }
    pub fn into_inner(self) -> Option<T> {
        self.inner.into_inner()
    }
    pub fn take(&mut self) -> Option<T> {
        self.inner.take()
    }
}
impl<T> Default for OnceLock<T> {
    fn default() -> OnceLock<T> {
        OnceLock::new()
    }
}
impl<T> From<T> for OnceLock<T> {
    fn from(value: T) -> OnceLock<T> {
        OnceLock { inner: OnceCell::from(value) }
    }
}
impl<T: Clone> Clone for OnceLock<T> {
    fn clone(&self) -> OnceLock<T> {
        OnceLock { inner: self.inner.clone() }
    }
}
impl<T: PartialEq> PartialEq for OnceLock<T> {
    fn eq(&self, other: &OnceLock<T>) -> bool {
        self.inner == other.inner
    }
}
impl<T: Eq> Eq for OnceLock<T> {}
impl<T: Debug> Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(f, "OnceLock", self.get())
    }
}

/// Computed on first use. This and `OnceLock` are the only types with a cell inside that a static may have, for what is
/// read stays the same.
#[lang = "LazyLock"]
pub struct LazyLock<T, F = fn() -> T> {
    inner: LazyCell<T, F>,
}
impl<T, F> LazyLock<T, F> {
    pub fn get(this: &LazyLock<T, F>) -> Option<&T> {
        LazyCell::get(&this.inner)
    }
    pub fn get_mut(this: &mut LazyLock<T, F>) -> Option<&mut T> {
        LazyCell::get_mut(&mut this.inner)
    }
}
impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    pub const fn new(f: F) -> LazyLock<T, F> {
        LazyLock { inner: LazyCell::new(f) }
    }
    #[track_caller]
    pub fn force(this: &LazyLock<T, F>) -> &T {
        LazyCell::force(&this.inner)
    }
    #[track_caller]
    pub fn force_mut(this: &mut LazyLock<T, F>) -> &mut T {
        LazyCell::force_mut(&mut this.inner)
    }
}
impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> {
    type Target = T;
    fn deref(&self) -> &T {
        LazyLock::force(self)
    }
}
impl<T, F: FnOnce() -> T> DerefMut for LazyLock<T, F> {
    fn deref_mut(&mut self) -> &mut T {
        LazyLock::force_mut(self)
    }
}
impl<T: Default> Default for LazyLock<T> {
    fn default() -> LazyLock<T> {
        LazyLock::new(T::default)
    }
}
impl<T: Debug, F> Debug for LazyLock<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(f, "LazyLock", LazyLock::get(self))
    }
}

fn show<T: Debug>(f: &mut fmt::Formatter<'_>, name: &str, value: Option<&T>) -> fmt::Result {
    let mut d = f.debug_tuple(name);
    match value {
        Some(v) => d.field(v),
        None => d.field(&format_args!("<uninit>")),
    };
    d.finish()
}

pub struct Once {
    done: Cell<bool>,
}
#[derive(Debug)]
pub struct OnceState(());
impl OnceState {
    pub fn is_poisoned(&self) -> bool {
        false
    }
}
impl Once {
    pub const fn new() -> Once {
        Once { done: Cell::new(false) }
    }
    pub fn call_once<F: FnOnce()>(&self, f: F) {
        if !self.done.get() {
            f();
            self.done.set(true);
        }
    }
    pub fn call_once_force<F: FnOnce(&OnceState)>(&self, f: F) {
        self.call_once(|| f(&OnceState(())));
    }
    pub fn is_completed(&self) -> bool {
        self.done.get()
    }
}
impl Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}
