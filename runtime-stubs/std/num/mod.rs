//! Numbers: methods of the primitive types, their errors, wrappers and conversions.

#[macro_use]
pub mod convert;
pub mod error;
pub mod float;
pub mod int;
pub mod int_ascii;
pub mod int_carry;
pub mod int_parse;
pub mod int_strict;
pub mod modules;
pub mod nonzero;
#[wrapping_arithmetic]
pub mod wide;
pub mod wrapping;

#[wrapping_arithmetic]
pub mod bignum;
#[wrapping_arithmetic]
pub mod dec2flt;
#[wrapping_arithmetic]
pub mod flt2dec;
pub mod libm;
pub mod libm_tables;
pub mod libmf;
#[wrapping_arithmetic]
pub mod pow10;

pub use self::error::{FpCategory, IntErrorKind, ParseFloatError, ParseIntError, TryFromIntError};
pub use self::nonzero::{
    NonZero, NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI128, NonZeroIsize, NonZeroU8, NonZeroU16,
    NonZeroU32, NonZeroU64, NonZeroU128, NonZeroUsize, ZeroablePrimitive,
};
pub use self::wrapping::{Saturating, Wrapping};
