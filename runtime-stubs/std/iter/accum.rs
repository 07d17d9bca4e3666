//! Sums and products.

use crate::prelude::v1::*;

pub trait Sum<A = Self>: Sized {
    fn sum<I: Iterator<Item = A>>(iter: I) -> Self;
}
pub trait Product<A = Self>: Sized {
    fn product<I: Iterator<Item = A>>(iter: I) -> Self;
}

macro_rules! accumulate {
    ($($t:ty, $zero:expr, $one:expr;)*) => { $(
        impl Sum for $t {
            #[skeleton = "sum"]
            #[track_caller]
            fn sum<I: Iterator<Item = $t>>(iter: I) -> $t {
                let mut total: $t = $zero;
                for x in iter { total += x; }
                total
            }
        }
        impl Product for $t {
            #[skeleton = "product"]
            #[track_caller]
            fn product<I: Iterator<Item = $t>>(iter: I) -> $t {
                let mut total: $t = $one;
                for x in iter { total *= x; }
                total
            }
        }
        impl<'a> Sum<&'a $t> for $t {
            #[skeleton = "sum"]
            #[track_caller]
            fn sum<I: Iterator<Item = &'a $t>>(iter: I) -> $t {
                let mut total: $t = $zero;
                for x in iter { total += *x; }
                total
            }
        }
        impl<'a> Product<&'a $t> for $t {
            #[skeleton = "product"]
            #[track_caller]
            fn product<I: Iterator<Item = &'a $t>>(iter: I) -> $t {
                let mut total: $t = $one;
                for x in iter { total *= *x; }
                total
            }
        }
    )* };
}
accumulate! {
    u8, 0, 1; u16, 0, 1; u32, 0, 1; u64, 0, 1; u128, 0, 1; usize, 0, 1;
    i8, 0, 1; i16, 0, 1; i32, 0, 1; i64, 0, 1; i128, 0, 1; isize, 0, 1;
    f32, -0.0, 1.0; f64, -0.0, 1.0;
}
