//! Arc cosine. From FreeBSD's msun (Sun Microsystems, freely granted) by way of musl and the `libm` crate (MIT).

use super::sqrt;
use crate::prelude::v1::*;

const PIO2_HI: f64 = 1.57079632679489655800e+00; 
const PIO2_LO: f64 = 6.12323399573676603587e-17; 
const PS0: f64 = 1.66666666666666657415e-01; 
const PS1: f64 = -3.25565818622400915405e-01; 
const PS2: f64 = 2.01212532134862925881e-01; 
const PS3: f64 = -4.00555345006794114027e-02; 
const PS4: f64 = 7.91534994289814532176e-04; 
const PS5: f64 = 3.47933107596021167570e-05; 
const QS1: f64 = -2.40339491173441421878e+00; 
const QS2: f64 = 2.02094576023350569471e+00; 
const QS3: f64 = -6.88283971605453293030e-01; 
const QS4: f64 = 7.70381505559019352791e-02; 

fn r(z: f64) -> f64 {
    let p: f64 = z * (PS0 + z * (PS1 + z * (PS2 + z * (PS3 + z * (PS4 + z * PS5)))));
    let q: f64 = 1.0 + z * (QS1 + z * (QS2 + z * (QS3 + z * QS4)));
    p / q
}
pub fn acos(x: f64) -> f64 {
    let x1p_120f = f64::from_bits(0x3870000000000000);
    let z: f64;
    let w: f64;
    let s: f64;
    let c: f64;
    let df: f64;
    let hx: u32;
    let ix: u32;

    hx = (x.to_bits() >> 32) as u32;
    ix = hx & 0x7fffffff;
    
    if ix >= 0x3ff00000 {
        let lx: u32 = x.to_bits() as u32;

        if ((ix - 0x3ff00000) | lx) == 0 {
            
            if (hx >> 31) != 0 {
                return 2. * PIO2_HI + x1p_120f;
            }
            return 0.;
        }
        return 0. / (x - x);
    }
    
    if ix < 0x3fe00000 {
        if ix <= 0x3c600000 {
            
            return PIO2_HI + x1p_120f;
        }
        return PIO2_HI - (x - (PIO2_LO - x * r(x * x)));
    }
    
    if (hx >> 31) != 0 {
        z = (1.0 + x) * 0.5;
        s = sqrt(z);
        w = r(z) * s - PIO2_LO;
        return 2. * (PIO2_HI - (s + w));
    }
    
    z = (1.0 - x) * 0.5;
    s = sqrt(z);
    df = f64::from_bits(s.to_bits() & 0xff_ff_ff_ff_00_00_00_00);

    c = (z - df * df) / (s + df);
    w = r(z) * s + c;
    2. * (df + w)
}
