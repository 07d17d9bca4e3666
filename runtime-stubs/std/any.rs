//! Types at run time: their names, their identity, and values of any type.

use crate::fmt;
use crate::intrinsics;
use crate::prelude::v1::*;

pub fn type_name<T: ?Sized>() -> &'static str {
    unsafe { intrinsics::type_name::<T>() }
}
pub fn type_name_of_val<T: ?Sized>(_val: &T) -> &'static str {
    type_name::<T>()
}

/// Each type of a program has a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(u64);

impl TypeId {
    pub fn of<T: ?Sized + 'static>() -> TypeId {
        TypeId(unsafe { intrinsics::type_id::<T>() })
    }
}
impl fmt::Debug for TypeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TypeId({:#034x})", self.0)
    }
}

pub trait Any: 'static {
    fn type_id(&self) -> TypeId;
}
impl<T: ?Sized + 'static> Any for T {
    fn type_id(&self) -> TypeId {
        TypeId::of::<T>()
    }
}

impl dyn Any {
    pub fn is<T: Any>(&self) -> bool {
        TypeId::of::<T>() == self.type_id()
    }
    pub fn downcast_ref<T: Any>(&self) -> Option<&T> {
        if self.is::<T>() { Some(unsafe { &*(self as *const dyn Any as *const T) }) } else { None }
    }
    pub fn downcast_mut<T: Any>(&mut self) -> Option<&mut T> {
        if self.is::<T>() { Some(unsafe { &mut *(self as *mut dyn Any as *mut T) }) } else { None }
    }
}
impl fmt::Debug for dyn Any {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Any { .. }")
    }
}

impl Box<dyn Any> {
    pub fn downcast<T: Any>(self) -> Result<Box<T>, Box<dyn Any>> {
        if (*self).is::<T>() {
            Ok(unsafe { Box::from_raw(Box::into_raw(self) as *mut T) })
        } else {
            Err(self)
        }
    }
}
