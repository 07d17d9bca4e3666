//! Hyperbolic cosine. From FreeBSD's msun (Sun Microsystems, freely granted).

use super::exp::exp;
use super::expm1::expm1;
use super::k_expo2::k_expo2;
use crate::prelude::v1::*;

pub fn cosh(x: f64) -> f64 {
    let a = x.abs();
    if a < 0.34657359027997264 {
        let t = expm1(a);
        let w = 1.0 + t;
        return if a < 2.7755575615628914e-17 { w } else { 1.0 + (t * t) / (w + w) };
    }
    if a < 22.0 {
        let t = exp(a);
        return 0.5 * t + 0.5 / t;
    }
    if a < 709.782712893384 {
        return 0.5 * exp(a);
    }
    k_expo2(a)
}
