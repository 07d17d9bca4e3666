//! The operations the compiler supplies itself. Calling one is like calling an `unsafe fn`.
//!
//! This list is the whole contract between `std` and the back ends: nothing else in `std` has a body the compiler
//! makes up, except the built-in trait impls (`Clone` of tuples, arrays and closures, the `Fn` traits, drop glue).
//! `T` of the arithmetic group is an integer type; of the float group `f32` or `f64`.

use crate::rt;

extern "intrinsic" {
    // Types and values.
    pub fn size_of<T>() -> usize;
    pub fn align_of<T>() -> usize;
    pub fn needs_drop<T>() -> bool;
    /// Whether values are nothing but their bytes: no pointers, no padding.
    pub fn is_plain<T>() -> bool;
    pub fn type_name<T: ?Sized>() -> &'static str;
    pub fn type_id<T: ?Sized>() -> u64;
    pub fn size_of_val<T: ?Sized>(value: *const T) -> usize;
    pub fn transmute<A, B>(value: A) -> B;
    pub fn forget<T>(value: T);
    pub fn drop_in_place<T: ?Sized>(place: *mut T);
    /// The declared discriminant, as the low 64 bits of its value.
    pub fn discriminant_value<T>(value: &T) -> u64;
    pub fn black_box<T>(value: T) -> T;
    pub fn abort() -> !;
    pub fn unreachable() -> !;
    /// The site number of the caller, inside a `#[track_caller]` function.
    pub fn caller_location() -> u32;

    // Memory. Counts are elements.
    pub fn offset<T>(ptr: *const T, count: isize) -> *const T;
    pub fn read<T>(src: *const T) -> T;
    pub fn write<T>(dst: *mut T, value: T);
    pub fn copy<T>(src: *const T, dst: *mut T, count: usize);
    pub fn copy_nonoverlapping<T>(src: *const T, dst: *mut T, count: usize);
    pub fn write_bytes<T>(dst: *mut T, byte: u8, count: usize);
    pub fn compare_bytes(a: *const u8, b: *const u8, count: usize) -> i32;
    pub fn slice_from_raw_parts<'a, T>(ptr: *const T, len: usize) -> &'a [T];
    pub fn slice_from_raw_parts_mut<'a, T>(ptr: *mut T, len: usize) -> &'a mut [T];
    pub fn slice_len<T>(slice: *const [T]) -> usize;
    pub fn slice_ptr<T>(slice: *const [T]) -> *const T;

    // Integers.
    pub fn wrapping_add<T>(a: T, b: T) -> T;
    pub fn wrapping_sub<T>(a: T, b: T) -> T;
    pub fn wrapping_mul<T>(a: T, b: T) -> T;
    pub fn add_with_overflow<T>(a: T, b: T) -> (T, bool);
    pub fn sub_with_overflow<T>(a: T, b: T) -> (T, bool);
    pub fn mul_with_overflow<T>(a: T, b: T) -> (T, bool);
    /// Shifts by `amount` modulo the width.
    pub fn unchecked_shl<T>(a: T, amount: u32) -> T;
    pub fn unchecked_shr<T>(a: T, amount: u32) -> T;
    pub fn rotate_left<T>(a: T, amount: u32) -> T;
    pub fn rotate_right<T>(a: T, amount: u32) -> T;
    pub fn ctpop<T>(a: T) -> u32;
    pub fn ctlz<T>(a: T) -> u32;
    pub fn cttz<T>(a: T) -> u32;
    pub fn bswap<T>(a: T) -> T;
    pub fn bitreverse<T>(a: T) -> T;
    /// The divisor is not zero and the quotient fits.
    pub fn unchecked_div<T>(a: T, b: T) -> T;
    pub fn unchecked_rem<T>(a: T, b: T) -> T;

    // Floats.
    pub fn fsqrt<T>(a: T) -> T;
    pub fn ffloor<T>(a: T) -> T;
    pub fn fceil<T>(a: T) -> T;
    pub fn ftrunc<T>(a: T) -> T;
    pub fn froundeven<T>(a: T) -> T;
    pub fn fabs<T>(a: T) -> T;
    pub fn fcopysign<T>(magnitude: T, sign: T) -> T;
    pub fn ffma<T>(a: T, b: T, c: T) -> T;

    // The run.
    pub fn rt_state() -> *mut rt::State;
    /// Calls slot `slot` of the host's table with the run's context first.
    pub fn host_call(slot: usize, a: usize, b: usize, c: usize, d: usize) -> isize;
    /// Writes `*value` at offset `at` of the record under construction, following owned pointers.
    pub fn freeze_glue<T>(value: *const T, out: &mut rt::Freezer, at: usize);
}
