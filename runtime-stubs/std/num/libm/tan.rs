//! Tangent. From FreeBSD's msun (Sun Microsystems, freely granted) by way of musl and the `libm` crate (MIT).

use super::{k_tan::k_tan, rem_pio2::rem_pio2};
use crate::prelude::v1::*;

pub fn tan(x: f64) -> f64 {
    let x1p120 = f32::from_bits(0x7b800000);

    let ix = (f64::to_bits(x) >> 32) as u32 & 0x7fffffff;
    
    if ix <= 0x3fe921fb {
        if ix < 0x3e400000 {
            
            

            return x;
        }
        return k_tan(x, 0.0, 0);
    }

    
    if ix >= 0x7ff00000 {
        return x - x;
    }

    
    let (n, y0, y1) = rem_pio2(x);
    k_tan(y0, y1, n & 1)
}
