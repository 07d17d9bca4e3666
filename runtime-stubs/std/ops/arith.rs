//! `+ - * / %`, unary minus, and their assigning forms.
//!
//! On two equal primitive types the compiler knows the operators itself, so the bodies below do not recurse.

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
    Add add "add", AddAssign add_assign "add_assign";
    Sub sub "sub", SubAssign sub_assign "sub_assign";
    Mul mul "mul", MulAssign mul_assign "mul_assign";
    Div div "div", DivAssign div_assign "div_assign";
    Rem rem "rem", RemAssign rem_assign "rem_assign";
}

#[lang = "neg"]
pub trait Neg {
    type Output;
    fn neg(self) -> Self::Output;
}

macro_rules! binary_impl {
    ($name:ident $method:ident $assign:ident $assign_method:ident $op:tt $op_assign:tt: $($t:ty)*) => { $(
        impl $name for $t {
            type Output = $t;
            #[track_caller]
            fn $method(self, rhs: $t) -> $t { self $op rhs }
        }
        impl<'a> $name<$t> for &'a $t {
            type Output = $t;
            #[track_caller]
            fn $method(self, rhs: $t) -> $t { *self $op rhs }
        }
        impl<'a> $name<&'a $t> for $t {
            type Output = $t;
            #[track_caller]
            fn $method(self, rhs: &'a $t) -> $t { self $op *rhs }
        }
        impl<'a, 'b> $name<&'a $t> for &'b $t {
            type Output = $t;
            #[track_caller]
            fn $method(self, rhs: &'a $t) -> $t { *self $op *rhs }
        }
        impl $assign for $t {
            #[track_caller]
            fn $assign_method(&mut self, rhs: $t) { *self $op_assign rhs; }
        }
        impl<'a> $assign<&'a $t> for $t {
            #[track_caller]
            fn $assign_method(&mut self, rhs: &'a $t) { *self $op_assign *rhs; }
        }
    )* };
}
binary_impl! { Add add AddAssign add_assign + +=: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
binary_impl! { Sub sub SubAssign sub_assign - -=: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
binary_impl! { Mul mul MulAssign mul_assign * *=: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
binary_impl! { Div div DivAssign div_assign / /=: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
binary_impl! { Rem rem RemAssign rem_assign % %=: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }

macro_rules! neg_impl {
    ($($t:ty)*) => { $(
        impl Neg for $t {
            type Output = $t;
            #[track_caller]
            fn neg(self) -> $t { -self }
        }
        impl<'a> Neg for &'a $t {
            type Output = $t;
            #[track_caller]
            fn neg(self) -> $t { -*self }
        }
    )* };
}
neg_impl! { i8 i16 i32 i64 i128 isize f32 f64 }
