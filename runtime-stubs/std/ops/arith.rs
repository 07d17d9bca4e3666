//! `+ - * / %`, unary minus, and their assigning forms.
//!
//! On two equal primitive types the compiler knows the operators itself, so the bodies below do not recurse.

use crate::prelude::v1::*;

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

macro_rules! arithmetic {
    ($($t:ty)*) => { $(
        binary_impl! { Add add AddAssign add_assign + +=: $t, $t; }
        binary_impl! { Sub sub SubAssign sub_assign - -=: $t, $t; }
        binary_impl! { Mul mul MulAssign mul_assign * *=: $t, $t; }
        binary_impl! { Div div DivAssign div_assign / /=: $t, $t; }
        binary_impl! { Rem rem RemAssign rem_assign % %=: $t, $t; }
    )* };
}
arithmetic! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }

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
