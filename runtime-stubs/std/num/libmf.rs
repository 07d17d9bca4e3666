//! The mathematical functions of `f32`, through those of `f64`: rounding twice is correct but for about one
//! argument in a hundred million.

use super::libm;
use crate::prelude::v1::*;

macro_rules! through_f64 {
    ($($name:ident)*) => { $(
        pub fn $name(x: f32) -> f32 { libm::$name(x as f64) as f32 }
    )* };
}
through_f64! { exp exp2 expm1 log log2 log10 log1p sin cos tan asin acos atan sinh cosh tanh cbrt }

pub fn pow(x: f32, y: f32) -> f32 {
    libm::pow(x as f64, y as f64) as f32
}
pub fn atan2(y: f32, x: f32) -> f32 {
    libm::atan2(y as f64, x as f64) as f32
}
pub fn hypot(x: f32, y: f32) -> f32 {
    if x.is_infinite() || y.is_infinite() {
        return f32::INFINITY;
    }
    let (a, b) = (x as f64, y as f64);
    (a * a + b * b).sqrt() as f32
}
