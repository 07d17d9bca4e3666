//! `! & | ^ << >>` and their assigning forms.

use crate::prelude::v1::*;

macro_rules! binary_trait {
    ($($name:ident $method:ident $lang:literal, $assign:ident $assign_method:ident $assign_lang:literal;)*) => { $(
        #[lang = $lang]
        pub trait $name<Rhs = Self> {
            type Output;
            fn $method(self, rhs: Rhs) -> Self::Output;
        }
        #[lang = $assign_lang]
        pub trait $assign<Rhs = Self> {
            fn $assign_method(&mut self, rhs: Rhs);
        }
    )* };
}
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

macro_rules! binary_impl {
    ($name:ident $method:ident $assign:ident $assign_method:ident $op:tt $op_assign:tt: $($t:ty, $r:ty;)*) => { $(
        impl $name<$r> for $t {
            type Output = $t;
            #[track_caller]
            fn $method(self, rhs: $r) -> $t { self $op rhs }
        }
        impl<'a> $name<$r> for &'a $t {
            type Output = $t;
            #[track_caller]
            fn $method(self, rhs: $r) -> $t { *self $op rhs }
        }
        impl<'a> $name<&'a $r> for $t {
            type Output = $t;
            #[track_caller]
            fn $method(self, rhs: &'a $r) -> $t { self $op *rhs }
        }
        impl<'a, 'b> $name<&'a $r> for &'b $t {
            type Output = $t;
            #[track_caller]
            fn $method(self, rhs: &'a $r) -> $t { *self $op *rhs }
        }
        impl $assign<$r> for $t {
            #[track_caller]
            fn $assign_method(&mut self, rhs: $r) { *self $op_assign rhs; }
        }
        impl<'a> $assign<&'a $r> for $t {
            #[track_caller]
            fn $assign_method(&mut self, rhs: &'a $r) { *self $op_assign *rhs; }
        }
    )* };
}
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
