//! Names of types.

use crate::intrinsics;
use crate::marker::Sized;

pub fn type_name<T: ?Sized>() -> &'static str {
    unsafe { intrinsics::type_name::<T>() }
}
pub fn type_name_of_val<T: ?Sized>(_val: &T) -> &'static str {
    type_name::<T>()
}
