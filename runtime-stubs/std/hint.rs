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
pub const fn cold_path() {}
pub const fn must_use<T>(value: T) -> T {
    value
}
pub fn select_unpredictable<T>(condition: bool, true_val: T, false_val: T) -> T {
    if condition { true_val } else { false_val }
}
