//! Cube root, correctly rounded. From CORE-MATH (Alexei Sibidanov, MIT), for rounding to nearest.

use crate::prelude::v1::*;

const ESCALE: [f64; 3] = [1.0, 1.2599210498948732, 1.5874010519681996];
const C: [f64; 4] = [
    0.5528234184016472,
    0.5871142918266982,
    -0.16296967194987905,
    0.02310496411078147,
];
const U0: f64 = 0.3333333333333333;
const U1: f64 = 0.2222222222222222;
const ULP: f64 = 2.220446049250313e-16;

pub fn cbrt(x: f64) -> f64 {
    let hx = x.to_bits();
    let mut mant = hx & 0xf_ffff_ffff_ffff;
    let sign = hx >> 63;
    let mut e = (hx >> 52) as u32 & 0x7ff;
    if ((e + 1) & 0x7ff) < 2 {
        let ix = hx & 0x7fff_ffff_ffff_ffff;
        if e == 0x7ff || ix == 0 {
            return x + x;
        }
        let nz = ix.leading_zeros() - 11;
        mant <<= nz;
        mant &= 0xf_ffff_ffff_ffff;
        e = e.wrapping_sub(nz - 1);
    }
    e = e.wrapping_add(3072);
    let cvt1 = mant | 0x3ff << 52;
    let et = e / 3;
    let it = e % 3;
    // 2^(3k+it) <= |x| < 2^(3k+it+1), and cbrt(x) = cbrt(zz) * 2^(et-1365) with 1 <= |zz| < 8.
    let zz = f64::from_bits((cvt1 + ((it as u64) << 52)) | sign << 63);
    let scale = f64::from_bits(ESCALE[it as usize].to_bits() | sign << 63);
    let z = f64::from_bits(cvt1);
    let r = 1.0 / z;
    let mut rr = r;
    if it == 1 {
        rr = r * 0.5;
    } else if it == 2 {
        rr = r * 0.25;
    }
    if sign == 1 {
        rr = -rr;
    }
    let z2 = z * z;
    let c0 = C[0] + z * C[1];
    let c2 = C[2] + z * C[3];
    let mut y = c0 + z2 * c2;
    let mut y2 = y * y;
    let mut h = y2 * (y * r) - 1.0;
    y -= (h * y) * (U0 - U1 * h);
    y *= scale;
    // One step of Newton's method with y^3 to about 106 bits.
    y2 = y * y;
    let mut y2l = y.mul_add(y, -y2);
    let mut y3 = y2 * y;
    let mut y3l = y.mul_add(y2, -y3) + y * y2l;
    h = ((y3 - zz) + y3l) * rr;
    let mut dy = h * (y * U0);
    let mut y1 = y - dy;
    dy = (y - y1) - dy;
    let mut ady = dy.abs();
    let half = 1.1102230246251565e-16;
    if (ady - half).abs() < 2.6469779601696886e-23 || (ady - (ULP + half)).abs() < 2.6469779601696886e-23 {
        y2 = y1 * y1;
        y2l = y1.mul_add(y1, -y2);
        y3 = y2 * y1;
        y3l = y1.mul_add(y2, -y3) + y1 * y2l;
        h = ((y3 - zz) + y3l) * rr;
        dy = h * (y1 * U0);
        y = y1 - dy;
        dy = (y1 - y) - dy;
        y1 = y;
        ady = dy.abs();
        if (ady - half).abs() < 3.1554436208840472e-30 || (ady - (ULP + half)).abs() < 3.1554436208840472e-30 {
            let azz = zz.abs();
            if azz == 3.2146036897957497 {
                y1 = 1.4758508835342132_f64.copysign(zz);
            }
            if azz == 6.531417795099968 {
                y1 = 1.86925759992312_f64.copysign(zz);
            }
        }
    }
    let mut bits = y1.to_bits();
    bits = bits.wrapping_add((et.wrapping_sub(342).wrapping_sub(1023) as u64) << 52);
    let m0 = bits << 30;
    let m1 = m0 >> 63;
    if (m0 ^ m1) <= 1 << 30 {
        let near = (y1.to_bits() + (164 << 15)) & 0xffff_ffff_ffff_0000;
        if ((f64::from_bits(near) - y1) - dy).abs() < 8.673617379884035e-19 || zz.abs() == 1.0 {
            bits = (bits + (1 << 15)) & 0xffff_ffff_ffff_0000;
        }
    }
    f64::from_bits(bits)
}
