//! `! & | ^ << >>` and their assigning forms.

use crate::prelude::v1::*;

binary_trait! {
    BitAnd bitand "bitand", BitAndAssign bitand_assign "bitand_assign";
    BitOr bitor "bitor", BitOrAssign bitor_assign "bitor_assign";
    BitXor bitxor "bitxor", BitXorAssign bitxor_assign "bitxor_assign";
    Shl shl "shl", ShlAssign shl_assign "shl_assign";
    Shr shr "shr", ShrAssign shr_assign "shr_assign";
}

#[lang = "not"]
pub trait Not {
    type Output;
    fn not(self) -> Self::Output;
}

macro_rules! not_impl {
    ($($t:ty)*) => { $(
        impl Not for $t {
            type Output = $t;
            fn not(self) -> $t { !self }
        }
        impl<'a> Not for &'a $t {
            type Output = $t;
            fn not(self) -> $t { !*self }
        }
    )* };
}
not_impl! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize bool }

macro_rules! bitwise {
    ($($t:ty)*) => { $(
        binary_impl! { BitAnd bitand BitAndAssign bitand_assign & &=: $t, $t; }
        binary_impl! { BitOr bitor BitOrAssign bitor_assign | |=: $t, $t; }
        binary_impl! { BitXor bitxor BitXorAssign bitxor_assign ^ ^=: $t, $t; }
    )* };
}
bitwise! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize bool }

macro_rules! shifts {
    ($($t:ty)*) => { $(
        binary_impl! { Shl shl ShlAssign shl_assign << <<=: $t, u8; $t, u16; $t, u32; $t, u64; $t, u128; $t, usize;
            $t, i8; $t, i16; $t, i32; $t, i64; $t, i128; $t, isize; }
        binary_impl! { Shr shr ShrAssign shr_assign >> >>=: $t, u8; $t, u16; $t, u32; $t, u64; $t, u128; $t, usize;
            $t, i8; $t, i16; $t, i32; $t, i64; $t, i128; $t, isize; }
    )* };
}
shifts! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
