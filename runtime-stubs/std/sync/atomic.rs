//! Atomics: cells, since nothing else runs in a task.

use crate::cell::Cell;
use crate::fmt::{self, Debug};
use crate::prelude::v1::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ordering {
    Relaxed,
    Release,
    Acquire,
    AcqRel,
    SeqCst,
}

pub fn fence(_order: Ordering) {}
pub fn compiler_fence(_order: Ordering) {}

macro_rules! atomics {
    ($($name:ident $t:ty { $($method:ident($a:ident, $b:ident) $value:expr;)* })*) => { $(
        pub struct $name {
            value: Cell<$t>,
        }
        impl $name {
            pub const fn new(value: $t) -> $name {
                $name { value: Cell::new(value) }
            }
            pub fn get_mut(&mut self) -> &mut $t {
                self.value.get_mut()
            }
            pub const fn into_inner(self) -> $t {
                self.value.into_inner()
            }
            pub fn load(&self, _order: Ordering) -> $t {
                self.value.get()
            }
            pub fn store(&self, value: $t, _order: Ordering) {
                self.value.set(value)
            }
            pub fn swap(&self, value: $t, _order: Ordering) -> $t {
                self.value.replace(value)
            }
            pub fn compare_exchange(
                &self,
                current: $t,
                new: $t,
                _success: Ordering,
                _failure: Ordering,
            ) -> Result<$t, $t> {
                let old = self.value.get();
                if old == current {
                    self.value.set(new);
                    Ok(old)
                } else {
                    Err(old)
                }
            }
            pub fn compare_exchange_weak(
                &self,
                current: $t,
                new: $t,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$t, $t> {
                self.compare_exchange(current, new, success, failure)
            }
            pub fn compare_and_swap(&self, current: $t, new: $t, order: Ordering) -> $t {
                match self.compare_exchange(current, new, order, order) {
                    Ok(old) | Err(old) => old,
                }
            }
            pub fn fetch_update<F: FnMut($t) -> Option<$t>>(
                &self,
                _set_order: Ordering,
                _fetch_order: Ordering,
                mut f: F,
            ) -> Result<$t, $t> {
                let old = self.value.get();
                match f(old) {
                    Some(new) => {
                        self.value.set(new);
                        Ok(old)
                    }
                    None => Err(old),
                }
            }
            pub fn try_update(
                &self,
                set_order: Ordering,
                fetch_order: Ordering,
                f: impl FnMut($t) -> Option<$t>,
            ) -> Result<$t, $t> {
                self.fetch_update(set_order, fetch_order, f)
            }
            pub fn update(&self, _set_order: Ordering, _fetch_order: Ordering, mut f: impl FnMut($t) -> $t) -> $t {
                let old = self.value.get();
                self.value.set(f(old));
                old
            }
            $(
                pub fn $method(&self, $b: $t, _order: Ordering) -> $t {
                    let $a = self.value.get();
                    self.value.set($value);
                    $a
                }
            )*
        }
        impl Default for $name {
            fn default() -> $name {
                $name::new(Default::default())
            }
        }
        impl From<$t> for $name {
            fn from(value: $t) -> $name {
                $name::new(value)
            }
        }
        impl Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.value.get().fmt(f)
            }
        }
    )* };
}
macro_rules! integers {
    ($($name:ident $t:ty;)*) => {
        atomics! { $(
            $name $t {
                fetch_add(a, b) a.wrapping_add(b);
                fetch_sub(a, b) a.wrapping_sub(b);
                fetch_and(a, b) a & b;
                fetch_nand(a, b) !(a & b);
                fetch_or(a, b) a | b;
                fetch_xor(a, b) a ^ b;
                fetch_max(a, b) if a > b { a } else { b };
                fetch_min(a, b) if a < b { a } else { b };
            }
        )* }
    };
}
integers! {
    AtomicU8 u8; AtomicU16 u16; AtomicU32 u32; AtomicU64 u64; AtomicUsize usize;
    AtomicI8 i8; AtomicI16 i16; AtomicI32 i32; AtomicI64 i64; AtomicIsize isize;
}
atomics! {
    AtomicBool bool {
        fetch_and(a, b) a & b;
        fetch_nand(a, b) !(a & b);
        fetch_or(a, b) a | b;
        fetch_xor(a, b) a ^ b;
    }
}
impl AtomicBool {
    pub fn fetch_not(&self, order: Ordering) -> bool {
        self.fetch_xor(true, order)
    }
}
