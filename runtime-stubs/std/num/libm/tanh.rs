//! Hyperbolic tangent. From FreeBSD's msun (Sun Microsystems, freely granted).

use super::expm1::expm1;
use crate::prelude::v1::*;

pub fn tanh(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    let a = x.abs();
    if a < 2.7755575615628914e-17 {
        return x;
    }
    let z = if a >= 22.0 {
        1.0
    } else if a >= 1.0 {
        let t = expm1(2.0 * a);
        1.0 - 2.0 / (t + 2.0)
    } else {
        let t = expm1(-2.0 * a);
        -t / (t + 2.0)
    };
    z.copysign(x)
}
