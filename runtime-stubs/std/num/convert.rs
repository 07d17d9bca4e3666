//! Conversions between the number types.

use super::error::TryFromIntError;
use crate::prelude::v1::*;

macro_rules! lossless {
    ($($from:ident => $($to:ident)*;)*) => { $( $(
        impl From<$from> for $to {
            fn from(x: $from) -> $to { x as $to }
        }
    )* )* };
}
lossless! {
    u8 => u16 u32 u64 u128 usize i16 i32 i64 i128 isize f32 f64 char;
    u16 => u32 u64 u128 usize i32 i64 i128 f32 f64;
    u32 => u64 u128 i64 i128 f64;
    u64 => u128 i128;
    i8 => i16 i32 i64 i128 isize f32 f64;
    i16 => i32 i64 i128 isize f32 f64;
    i32 => i64 i128 f64;
    i64 => i128;
    bool => u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    f32 => f64;
    char => u32 u64 u128;
}
impl From<bool> for f32 {
    fn from(x: bool) -> f32 {
        x as u8 as f32
    }
}
impl From<bool> for f64 {
    fn from(x: bool) -> f64 {
        x as u8 as f64
    }
}

/// Hands a macro every pair of integers without `From`.
macro_rules! narrowing_pairs {
    ($each:ident) => {
        $each! {
            u8 => i8;
            u16 => u8 i8 i16 isize;
            u32 => u8 u16 usize i8 i16 i32 isize;
            u64 => u8 u16 u32 usize i8 i16 i32 i64 isize;
            u128 => u8 u16 u32 u64 usize i8 i16 i32 i64 i128 isize;
            usize => u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 isize;
            i8 => u8 u16 u32 u64 u128 usize;
            i16 => u8 u16 u32 u64 u128 usize i8;
            i32 => u8 u16 u32 u64 u128 usize i8 i16 isize;
            i64 => u8 u16 u32 u64 u128 usize i8 i16 i32 isize;
            i128 => u8 u16 u32 u64 u128 usize i8 i16 i32 i64 isize;
            isize => u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128;
        }
    };
}

// Converted, then compared with the original by value and by sign.
macro_rules! checked {
    ($($from:ident => $($to:ident)*;)*) => { $( $(
        impl TryFrom<$from> for $to {
            type Error = TryFromIntError;
            fn try_from(x: $from) -> Result<$to, TryFromIntError> {
                let y = x as $to;
                if y as $from == x && (y < (0 as $to)) == (x < (0 as $from)) { Ok(y) } else { Err(TryFromIntError(())) }
            }
        }
    )* )* };
}
narrowing_pairs! { checked }

macro_rules! to_bool {
    ($($from:ident)*) => { $(
        impl TryFrom<$from> for bool {
            type Error = TryFromIntError;
            fn try_from(x: $from) -> Result<bool, TryFromIntError> {
                match x {
                    0 => Ok(false),
                    1 => Ok(true),
                    _ => Err(TryFromIntError(())),
                }
            }
        }
    )* };
}
to_bool! { u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 }
