//! Panics end the run, so there is nothing to catch; the marker traits exist for signatures only.

pub trait UnwindSafe {}
impl<T: ?Sized> UnwindSafe for T {}
pub trait RefUnwindSafe {}
impl<T: ?Sized> RefUnwindSafe for T {}
