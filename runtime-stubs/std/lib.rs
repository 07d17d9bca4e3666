//! The standard library of the language, in the language.
//!
//! In: nothing but the intrinsics. Out: the items of Rust's `std` that safe, sequential programs use, under the same
//! paths and with the same behaviour. The crate is compiled with every program; only reached bodies cost anything.
//! It is known under three names: `std`, `core` and `alloc`. Every file names what it uses, so no prelude is implied.
//!
//! Modules marked `#[wrapping_arithmetic]` do not check their own arithmetic for overflow: it is on lengths of what is in memory.
//! A number that a caller chose is checked there by hand.
//!
//! Invariants: no specialisation, no address in static data, no order that depends on an address or a seed.

pub mod intrinsics;
pub mod marker;
pub mod ops;
pub mod cmp;
pub mod clone;
pub mod default;
pub mod convert;
pub mod option;
pub mod result;
pub mod mem;
pub mod ptr;
pub mod hint;
pub mod panicking;
pub mod panic;
pub mod any;
pub mod num;
pub mod char;
#[wrapping_arithmetic]
pub mod unicode;
pub mod primitives;
pub mod tuple;
pub mod array;
#[wrapping_arithmetic]
pub mod slice;
#[wrapping_arithmetic]
pub mod str;
pub mod ascii;
#[wrapping_arithmetic]
pub mod string;
pub mod boxed;
#[wrapping_arithmetic]
pub mod vec;
pub mod iter;
#[wrapping_arithmetic]
pub mod hash;
#[wrapping_arithmetic]
pub mod fmt;
pub mod borrow;
pub mod cell;
#[macro_use]
mod counted;
pub mod rc;
pub mod sync;
mod owners;
#[wrapping_arithmetic]
pub mod collections;
pub mod error;
pub mod ffi;
pub mod path;
pub mod pin;
pub mod env;
pub mod process;
pub mod io;
pub mod fs;
pub mod time;
pub mod rt;
pub mod prelude;

pub use crate::num::modules::{f32, f64, i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize};
