//! Logarithm to base 10. From FreeBSD's msun (Sun Microsystems, freely granted).

use super::exp::log;
use crate::prelude::v1::*;

pub fn log10(x: f64) -> f64 {
    let mut x = x;
    let mut k = 0i32;
    if x < f64::MIN_POSITIVE {
        if x == 0.0 {
            return f64::NEG_INFINITY;
        }
        if x < 0.0 {
            return (x - x) / 0.0;
        }
        k = -54;
        x *= 18014398509481984.0;
    }
    if !(x < f64::INFINITY) {
        return x + x;
    }
    let bits = x.to_bits();
    k += (bits >> 52) as i32 - 1023;
    let down = if k < 0 { 1 } else { 0 };
    let y = (k + down) as f64;
    let x = f64::from_bits(bits & 0xf_ffff_ffff_ffff | ((0x3ff - down) as u64) << 52);
    let z = y * 3.69423907715893078616e-13 + 4.34294481903251816668e-01 * log(x);
    z + y * 3.01029995663611771306e-01
}
