//! Hints to the compiler.

use crate::intrinsics;

pub unsafe fn unreachable_unchecked() -> ! {
    unsafe { intrinsics::unreachable() }
}
pub unsafe fn assert_unchecked(_cond: bool) {}
pub fn black_box<T>(dummy: T) -> T {
    unsafe { intrinsics::black_box(dummy) }
}
pub fn spin_loop() {}
