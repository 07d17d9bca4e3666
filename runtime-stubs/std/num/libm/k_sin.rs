//! The sine on [-pi/4, pi/4]. From FreeBSD's msun (Sun Microsystems, freely granted) by way of musl and the `libm` crate (MIT).

use crate::prelude::v1::*;

const S1: f64 = -1.66666666666666324348e-01; 
const S2: f64 = 8.33333333332248946124e-03; 
const S3: f64 = -1.98412698298579493134e-04; 
const S4: f64 = 2.75573137070700676789e-06; 
const S5: f64 = -2.50507602534068634195e-08; 
const S6: f64 = 1.58969099521155010221e-10; 
pub fn k_sin(x: f64, y: f64, iy: i32) -> f64 {
    let z = x * x;
    let w = z * z;
    let r = S2 + z * (S3 + z * S4) + z * w * (S5 + z * S6);
    let v = z * x;
    if iy == 0 {
        x + v * (S1 + z * r)
    } else {
        x - ((z * (0.5 * y - v * r) - y) - v * S1)
    }
}
