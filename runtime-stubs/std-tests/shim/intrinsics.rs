//! Stands in for `intrinsics.rs` when rustc compiles our std: our intrinsics in terms of rustc's.
use crate::rt; use crate::marker::*;
#[inline(always)]
#[track_caller]
pub unsafe fn size_of<T>() -> usize{ const { inner::size_of::<T>() } }
#[inline(always)]
#[track_caller]
pub unsafe fn align_of<T>() -> usize{ const { inner::align_of::<T>() } }
#[inline(always)]
#[track_caller]
pub unsafe fn is_plain<T>() -> bool{ false }
pub unsafe fn needs_drop<T>() -> bool{ const { inner::needs_drop::<T>() } }
#[inline(always)]
#[track_caller]
pub unsafe fn type_name<T: ?Sized>() -> &'static str{ const { inner::type_name::<T>() } }
#[inline(always)]
#[track_caller]
pub unsafe fn type_id<T: ?Sized>() -> u64{ unsafe { type_name::<T>() as *const str as *const u8 as u64 } }
#[inline(always)]
#[track_caller]
pub unsafe fn size_of_val<T: ?Sized>(value: *const T) -> usize{ inner::size_of_val(value) }
#[inline(always)]
#[track_caller]
pub unsafe fn transmute<A, B>(value: A) -> B{ crate::__macros::transmute_any(value) }
#[inline(always)]
#[track_caller]
pub unsafe fn forget<T>(value: T){ inner::forget(value) }
#[inline(always)]
#[track_caller]
pub unsafe fn drop_in_place<T: ?Sized>(place: *mut T){ crate::__macros::drop_in_place(place) }
pub use self::inner::discriminant_value;
#[inline(always)]
#[track_caller]
pub unsafe fn black_box<T>(value: T) -> T{ inner::black_box(value) }
#[inline(always)]
#[track_caller]
pub unsafe fn abort() -> !{ inner::abort() }
#[inline(always)]
#[track_caller]
pub unsafe fn unreachable() -> !{ inner::unreachable() }
#[inline(always)]
#[track_caller]
pub unsafe fn caller_location() -> u32{ 0 }
#[inline(always)]
#[track_caller]
pub unsafe fn offset<T>(ptr: *const T, count: isize) -> *const T{ inner::offset(ptr, count) }
#[inline(always)]
#[track_caller]
pub unsafe fn read<T>(src: *const T) -> T{ inner::read_via_copy(src) }
#[inline(always)]
#[track_caller]
pub unsafe fn write<T>(dst: *mut T, value: T){ inner::write_via_move(dst, value) }
#[inline(always)]
#[track_caller]
pub unsafe fn copy<T>(src: *const T, dst: *mut T, count: usize){ inner::copy(src, dst, count) }
#[inline(always)]
#[track_caller]
pub unsafe fn copy_nonoverlapping<T>(src: *const T, dst: *mut T, count: usize){ inner::copy_nonoverlapping(src, dst, count) }
#[inline(always)]
#[track_caller]
pub unsafe fn write_bytes<T>(dst: *mut T, byte: u8, count: usize){ inner::write_bytes(dst, byte, count) }
#[inline(always)]
#[track_caller]
pub unsafe fn compare_bytes(a: *const u8, b: *const u8, count: usize) -> i32{ inner::compare_bytes(a, b, count) }
#[inline(always)]
#[track_caller]
pub unsafe fn slice_from_raw_parts<'a, T>(ptr: *const T, len: usize) -> &'a [T]{ &*inner::aggregate_raw_ptr::<*const [T], *const T, usize>(ptr, len) }
#[inline(always)]
#[track_caller]
pub unsafe fn slice_from_raw_parts_mut<'a, T>(ptr: *mut T, len: usize) -> &'a mut [T]{ &mut *inner::aggregate_raw_ptr::<*mut [T], *mut T, usize>(ptr, len) }
#[inline(always)]
#[track_caller]
pub unsafe fn slice_len<T>(slice: *const [T]) -> usize{ inner::ptr_metadata::<[T], usize>(slice) }
#[inline(always)]
#[track_caller]
pub unsafe fn slice_ptr<T>(slice: *const [T]) -> *const T{ slice as *const T }
#[inline(always)]
#[track_caller]
pub unsafe fn unchecked_shl<T: crate::__macros::Shift>(a: T, amount: u32) -> T { a.shl(amount) }
#[inline(always)]
#[track_caller]
pub unsafe fn unchecked_shr<T: crate::__macros::Shift>(a: T, amount: u32) -> T { a.shr(amount) }
#[inline(always)]
#[track_caller]
pub unsafe fn fsqrt<T>(a: T) -> T{ crate::__macros::f1(a, 0) }
#[inline(always)]
#[track_caller]
pub unsafe fn ffloor<T>(a: T) -> T{ crate::__macros::f1(a, 1) }
#[inline(always)]
#[track_caller]
pub unsafe fn fceil<T>(a: T) -> T{ crate::__macros::f1(a, 2) }
#[inline(always)]
#[track_caller]
pub unsafe fn ftrunc<T>(a: T) -> T{ crate::__macros::f1(a, 3) }
#[inline(always)]
#[track_caller]
pub unsafe fn froundeven<T>(a: T) -> T{ crate::__macros::f1(a, 4) }
#[inline(always)]
#[track_caller]
pub unsafe fn fabs<T>(a: T) -> T{ crate::__macros::f1(a, 5) }
#[inline(always)]
#[track_caller]
pub unsafe fn fcopysign<T>(magnitude: T, sign: T) -> T{ crate::__macros::f2(magnitude, sign) }
#[inline(always)]
#[track_caller]
pub unsafe fn ffma<T>(a: T, b: T, c: T) -> T{ crate::__macros::f3(a, b, c) }
#[inline(always)]
#[track_caller]
pub unsafe fn rt_state() -> *mut rt::State{ crate::__macros::rt_state() }
#[inline(always)]
#[track_caller]
pub unsafe fn host_call(slot: usize, a: usize, b: usize, c: usize, d: usize) -> isize{ crate::__macros::host_call(slot, a, b, c, d) }
#[inline(always)]
#[track_caller]
pub unsafe fn freeze_glue<T>(value: *const T, out: &mut rt::Freezer, at: usize){ abort() }

pub use self::inner::{wrapping_add, wrapping_sub, wrapping_mul, add_with_overflow, sub_with_overflow, mul_with_overflow, ctpop, ctlz, cttz, bswap, bitreverse, unchecked_div, unchecked_rem};
pub unsafe fn rotate_left<T: crate::__macros::Shift>(a: T, n: u32) -> T { a.rotl(n) }
pub unsafe fn rotate_right<T: crate::__macros::Shift>(a: T, n: u32) -> T { a.rotl(inner::wrapping_sub(0, n)) }
pub mod inner {
    use crate::marker::*;
    #[rustc_intrinsic] pub fn discriminant_value<T>(v: &T) -> <T as DiscriminantKind>::Discriminant;
    #[rustc_intrinsic] pub unsafe fn offset<P, D>(p: P, d: D) -> P;
    #[rustc_intrinsic] pub unsafe fn read_via_copy<T>(p: *const T) -> T;
    #[rustc_intrinsic] pub unsafe fn write_via_move<T>(p: *mut T, v: T);
    #[rustc_intrinsic] pub unsafe fn compare_bytes(a: *const u8, b: *const u8, n: usize) -> i32;
    #[rustc_intrinsic] pub fn aggregate_raw_ptr<P, D, M>(d: D, m: M) -> P;
    #[rustc_intrinsic] pub fn ptr_metadata<P: ?Sized, M>(p: *const P) -> M;
    #[rustc_intrinsic] pub const fn size_of<T>() -> usize;
    #[rustc_intrinsic] pub const fn align_of<T>() -> usize;
    #[rustc_intrinsic] pub const fn needs_drop<T: ?Sized>() -> bool;
    #[rustc_intrinsic] pub const fn type_name<T: ?Sized>() -> &'static str;
    #[rustc_intrinsic] pub unsafe fn size_of_val<T: ?Sized>(p: *const T) -> usize;
    #[rustc_intrinsic] pub fn forget<T>(v: T);
    #[rustc_intrinsic] pub fn black_box<T>(v: T) -> T;
    #[rustc_intrinsic] pub fn abort() -> !;
    #[rustc_intrinsic] pub unsafe fn unreachable() -> !;
    #[rustc_intrinsic] pub unsafe fn copy<T>(s: *const T, d: *mut T, n: usize);
    #[rustc_intrinsic] pub unsafe fn copy_nonoverlapping<T>(s: *const T, d: *mut T, n: usize);
    #[rustc_intrinsic] pub unsafe fn write_bytes<T>(d: *mut T, b: u8, n: usize);
    #[rustc_intrinsic] pub fn wrapping_add<T: Copy>(a: T, b: T) -> T;
    #[rustc_intrinsic] pub fn wrapping_sub<T: Copy>(a: T, b: T) -> T;
    #[rustc_intrinsic] pub fn wrapping_mul<T: Copy>(a: T, b: T) -> T;
    #[rustc_intrinsic] pub fn add_with_overflow<T: Copy>(a: T, b: T) -> (T, bool);
    #[rustc_intrinsic] pub fn sub_with_overflow<T: Copy>(a: T, b: T) -> (T, bool);
    #[rustc_intrinsic] pub fn mul_with_overflow<T: Copy>(a: T, b: T) -> (T, bool);
    #[rustc_intrinsic] pub unsafe fn unchecked_shl<T: Copy, U: Copy>(a: T, b: U) -> T;
    #[rustc_intrinsic] pub unsafe fn unchecked_shr<T: Copy, U: Copy>(a: T, b: U) -> T;
    #[rustc_intrinsic] pub fn ctpop<T: Copy>(a: T) -> u32;
    #[rustc_intrinsic] pub fn ctlz<T: Copy>(a: T) -> u32;
    #[rustc_intrinsic] pub fn cttz<T: Copy>(a: T) -> u32;
    #[rustc_intrinsic] pub fn bswap<T: Copy>(a: T) -> T;
    #[rustc_intrinsic] pub fn bitreverse<T: Copy>(a: T) -> T;
    #[rustc_intrinsic] pub unsafe fn unchecked_div<T: Copy>(a: T, b: T) -> T;
    #[rustc_intrinsic] pub unsafe fn unchecked_rem<T: Copy>(a: T, b: T) -> T;
    #[rustc_intrinsic] pub unsafe fn transmute_unchecked<A, B>(a: A) -> B;
    #[rustc_intrinsic] pub fn sqrtf32(x: f32) -> f32;
    #[rustc_intrinsic] pub fn sqrtf64(x: f64) -> f64;
    #[rustc_intrinsic] pub fn fmaf32(x: f32, y: f32, z: f32) -> f32;
    #[rustc_intrinsic] pub fn fmaf64(x: f64, y: f64, z: f64) -> f64;
}
