//! exp, exp2, log, log2 and pow, after Arm's optimized routines (MIT), without fused multiplication.
//!
//! These are the algorithms of glibc and musl with the same tables, so results agree with theirs.

use crate::num::libm_tables::*;
use crate::prelude::v1::*;

const INF: u64 = 0x7ff0_0000_0000_0000;
const ONE: u64 = 0x3ff0_0000_0000_0000;

/// Sign and exponent field.
fn top12(x: f64) -> u32 {
    (x.to_bits() >> 52) as u32
}

/// The result where its scale may leave the range of exponents; `one` carries the sign.
fn special(tmp: f64, bits: u64, ki: u64) -> f64 {
    if ki & 0x8000_0000 == 0 {
        // k > 0: the exponent of the scale may have overflowed.
        let scale = f64::from_bits(bits.wrapping_sub(1009 << 52));
        return 5.486124068793689e+303 * (scale + scale * tmp);
    }
    let bits = bits.wrapping_add(1022 << 52);
    let scale = f64::from_bits(bits);
    let mut y = scale + scale * tmp;
    if y.abs() < 1.0 {
        // Rounds once, to the precision the subnormal result will have.
        let one = if y < 0.0 { -1.0 } else { 1.0 };
        let mut lo = scale - y + scale * tmp;
        let hi = one + y;
        lo = one - hi + y + lo;
        y = (hi + lo) - one;
        if y == 0.0 {
            y = f64::from_bits(bits & 0x8000_0000_0000_0000);
        }
    }
    2.2250738585072014e-308 * y
}

/// exp(x + tail) with `bias` added to the exponent bits; `x` is known to be in range unless `wide`.
fn exp_scaled(x: f64, tail_in: f64, bias: u64, wide: bool) -> f64 {
    let z = EXP_INV_LN2_N * x;
    let kd = z + EXP_SHIFT;
    let ki = kd.to_bits();
    let kd = kd - EXP_SHIFT;
    let mut r = x + kd * EXP_NEG_LN2_HI_N + kd * EXP_NEG_LN2_LO_N;
    r += tail_in;
    let at = 2 * (ki & 127) as usize;
    let tail = f64::from_bits(EXP_TAB[at]);
    let bits = EXP_TAB[at + 1].wrapping_add(ki.wrapping_add(bias) << 45);
    let r2 = r * r;
    let tmp =
        tail + r + r2 * (EXP_POLY[0] + r * EXP_POLY[1]) + r2 * r2 * (EXP_POLY[2] + r * EXP_POLY[3]);
    if wide {
        return special(tmp, bits, ki);
    }
    let scale = f64::from_bits(bits);
    scale + scale * tmp
}

pub fn exp(x: f64) -> f64 {
    let top = top12(x) & 0x7ff;
    let mut wide = false;
    if top < 0x3c9 || top >= 0x408 {
        if top < 0x3c9 {
            return 1.0 + x;
        }
        if top >= 0x409 {
            if x.to_bits() == INF | 1 << 63 {
                return 0.0;
            }
            if top >= 0x7ff {
                return 1.0 + x;
            }
            return if x < 0.0 { 0.0 } else { f64::INFINITY };
        }
        wide = true;
    }
    exp_scaled(x, 0.0, 0, wide)
}

pub fn exp2(x: f64) -> f64 {
    let top = top12(x) & 0x7ff;
    let mut wide = false;
    if top < 0x3c9 || top >= 0x408 {
        if top < 0x3c9 {
            return 1.0 + x;
        }
        if top >= 0x409 {
            if x.to_bits() == INF | 1 << 63 {
                return 0.0;
            }
            if top >= 0x7ff {
                return 1.0 + x;
            }
            if x > 0.0 {
                return f64::INFINITY;
            }
            if x <= -1075.0 {
                return 0.0;
            }
        }
        wide = x.abs() > 928.0;
    }
    let kd = x + EXP2_SHIFT;
    let ki = kd.to_bits();
    let kd = kd - EXP2_SHIFT;
    let r = x - kd;
    let at = 2 * (ki & 127) as usize;
    let tail = f64::from_bits(EXP_TAB[at]);
    let bits = EXP_TAB[at + 1].wrapping_add(ki << 45);
    let r2 = r * r;
    let p = &EXP2_POLY;
    let tmp = tail + r * p[0] + r2 * (p[1] + r * p[2]) + r2 * r2 * (p[3] + r * p[4]);
    if wide {
        return special(tmp, bits, ki);
    }
    let scale = f64::from_bits(bits);
    scale + scale * tmp
}

/// The bits of a positive finite argument with subnormals scaled, or the result of the others.
fn log_argument(x: f64) -> Result<u64, f64> {
    let ix = x.to_bits();
    let top = (ix >> 48) as u32;
    if top.wrapping_sub(0x10) >= 0x7ff0 - 0x10 {
        if ix << 1 == 0 {
            return Err(f64::NEG_INFINITY);
        }
        if ix == INF {
            return Err(x);
        }
        if top & 0x8000 != 0 || top & 0x7ff0 == 0x7ff0 {
            return Err((x - x) / 0.0);
        }
        return Ok((x * 4503599627370496.0).to_bits().wrapping_sub(52 << 52));
    }
    Ok(ix)
}

pub fn log(x: f64) -> f64 {
    let ix = x.to_bits();
    let lo_limit = 0x3fee000000000000;
    let hi_limit = 0x3ff1090000000000;
    if ix >= lo_limit && ix < hi_limit {
        if ix == ONE {
            return 0.0;
        }
        let b = &LOG_HEAD[5..];
        let r = x - 1.0;
        let r2 = r * r;
        let r3 = r * r2;
        let mut y = r3
            * (b[1] + r * b[2]
                + r2 * b[3]
                + r3 * (b[4] + r * b[5] + r2 * b[6] + r3 * (b[7] + r * b[8] + r2 * b[9] + r3 * b[10])));
        let w = r * 134217728.0;
        let rhi = r + w - w;
        let rlo = r - rhi;
        let w = rhi * rhi * b[0];
        let hi = r + w;
        let mut lo = r - hi + w;
        lo += b[0] * rlo * (rhi + r);
        y += lo;
        y += hi;
        return y;
    }
    let ix = match log_argument(x) {
        Ok(ix) => ix,
        Err(y) => return y,
    };
    let tmp = ix.wrapping_sub(0x3fe6_0000_0000_0000);
    let i = (tmp >> 45 & 127) as usize * 2;
    let k = tmp as i64 >> 52;
    let z = f64::from_bits(ix.wrapping_sub(tmp & 0xfff << 52));
    let r = (z - LOG_TAB2[i] - LOG_TAB2[i + 1]) * LOG_TAB[i];
    let kd = k as f64;
    let w = kd * LOG_LN2_HI + LOG_TAB[i + 1];
    let hi = w + r;
    let lo = w - hi + r + kd * LOG_LN2_LO;
    let r2 = r * r;
    let a = &LOG_HEAD;
    lo + r2 * a[0] + r * r2 * (a[1] + r * a[2] + r2 * (a[3] + r * a[4])) + hi
}

pub fn log2(x: f64) -> f64 {
    let ix = x.to_bits();
    let lo_limit = 0x3feea4af00000000;
    let hi_limit = 0x3ff0b55900000000;
    if ix >= lo_limit && ix < hi_limit {
        if ix == ONE {
            return 0.0;
        }
        let b = &LOG2_HEAD[6..];
        let r = x - 1.0;
        let rhi = f64::from_bits(r.to_bits() & 0xffff_ffff_0000_0000);
        let rlo = r - rhi;
        let hi = rhi * LOG2_INV_LN2_HI;
        let mut lo = rlo * LOG2_INV_LN2_HI + r * LOG2_INV_LN2_LO;
        let r2 = r * r;
        let r4 = r2 * r2;
        let p = r2 * (b[0] + r * b[1]);
        let mut y = hi + p;
        lo += hi - y + p;
        lo += r4 * (b[2] + r * b[3] + r2 * (b[4] + r * b[5]) + r4 * (b[6] + r * b[7] + r2 * (b[8] + r * b[9])));
        y += lo;
        return y;
    }
    let ix = match log_argument(x) {
        Ok(ix) => ix,
        Err(y) => return y,
    };
    let tmp = ix.wrapping_sub(0x3fe6_0000_0000_0000);
    let i = (tmp >> 46 & 63) as usize * 2;
    let k = tmp as i64 >> 52;
    let z = f64::from_bits(ix.wrapping_sub(tmp & 0xfff << 52));
    let kd = k as f64;
    let r = (z - LOG2_TAB2[i] - LOG2_TAB2[i + 1]) * LOG2_TAB[i];
    let rhi = f64::from_bits(r.to_bits() & 0xffff_ffff_0000_0000);
    let rlo = r - rhi;
    let t1 = rhi * LOG2_INV_LN2_HI;
    let t2 = rlo * LOG2_INV_LN2_HI + r * LOG2_INV_LN2_LO;
    let t3 = kd + LOG2_TAB[i + 1];
    let hi = t3 + t1;
    let lo = t3 - hi + t1 + t2;
    let r2 = r * r;
    let r4 = r2 * r2;
    let a = &LOG2_HEAD;
    let p = a[0] + r * a[1] + r2 * (a[2] + r * a[3]) + r4 * (a[4] + r * a[5]);
    lo + r2 * p + hi
}

/// log in two parts.
fn log_wide(ix: u64) -> (f64, f64) {
    let tmp = ix.wrapping_sub(0x3fe6_9555_0000_0000);
    let i = (tmp >> 45 & 127) as usize * 4;
    let k = tmp as i64 >> 52;
    let iz = ix.wrapping_sub(tmp & 0xfff << 52);
    let z = f64::from_bits(iz);
    let kd = k as f64;
    let invc = POW_TAB[i];
    let zhi = f64::from_bits((iz + (1 << 31)) & 0xffff_ffff_0000_0000);
    let zlo = z - zhi;
    let rhi = zhi * invc - 1.0;
    let rlo = zlo * invc;
    let r = rhi + rlo;
    let t1 = kd * POW_LN2_HI + POW_TAB[i + 2];
    let t2 = t1 + r;
    let lo1 = kd * POW_LN2_LO + POW_TAB[i + 3];
    let lo2 = t1 - t2 + r;
    let a = &POW_POLY;
    let ar = a[0] * r;
    let ar2 = r * ar;
    let ar3 = r * ar2;
    let arhi = a[0] * rhi;
    let arhi2 = rhi * arhi;
    let hi = t2 + arhi2;
    let lo3 = rlo * (ar + arhi);
    let lo4 = t2 - hi + arhi2;
    let p = ar3 * (a[1] + r * a[2] + ar2 * (a[3] + r * a[4] + ar2 * (a[5] + r * a[6])));
    let lo = lo1 + lo2 + lo3 + lo4 + p;
    let y = hi + lo;
    (y, hi - y + lo)
}

/// 0 for no integer, 1 for an odd one, 2 for an even one.
fn integer_kind(iy: u64) -> u32 {
    let e = (iy >> 52 & 0x7ff) as u32;
    if e < 0x3ff {
        return 0;
    }
    if e > 0x3ff + 52 {
        return 2;
    }
    let bit = 1u64 << (0x3ff + 52 - e);
    if iy & (bit - 1) != 0 {
        0
    } else if iy & bit != 0 {
        1
    } else {
        2
    }
}
fn zero_inf_nan(i: u64) -> bool {
    (i << 1).wrapping_sub(1) >= (INF << 1) - 1
}

pub fn pow(x: f64, y: f64) -> f64 {
    let mut bias = 0u64;
    let mut ix = x.to_bits();
    let iy = y.to_bits();
    let mut topx = top12(x);
    let topy = top12(y);
    if topx.wrapping_sub(1) >= 0x7ff - 1 || (topy & 0x7ff) < 0x3be || (topy & 0x7ff) >= 0x43e {
        if zero_inf_nan(iy) {
            if iy << 1 == 0 || ix == ONE {
                return 1.0;
            }
            if ix << 1 > INF << 1 || iy << 1 > INF << 1 {
                return x + y;
            }
            if ix << 1 == ONE << 1 {
                return 1.0;
            }
            if (ix << 1 < ONE << 1) == (iy >> 63 == 0) {
                return 0.0;
            }
            return y * y;
        }
        if zero_inf_nan(ix) {
            let mut x2 = x * x;
            if ix >> 63 == 1 && integer_kind(iy) == 1 {
                x2 = -x2;
            }
            return if iy >> 63 == 1 { 1.0 / x2 } else { x2 };
        }
        if ix >> 63 == 1 {
            let kind = integer_kind(iy);
            if kind == 0 {
                return (x - x) / (x - x);
            }
            if kind == 1 {
                bias = 0x800 << 7;
            }
            ix &= 0x7fff_ffff_ffff_ffff;
            topx &= 0x7ff;
        }
        if (topy & 0x7ff) < 0x3be || (topy & 0x7ff) >= 0x43e {
            if ix == ONE {
                return 1.0;
            }
            if (topy & 0x7ff) < 0x3be {
                return if ix > ONE { 1.0 + y } else { 1.0 - y };
            }
            return if (ix > ONE) == (topy < 0x800) { f64::INFINITY } else { 0.0 };
        }
        if topx == 0 {
            ix = (x * 4503599627370496.0).to_bits() & 0x7fff_ffff_ffff_ffff;
            ix = ix.wrapping_sub(52 << 52);
        }
    }
    let (hi, lo) = log_wide(ix);
    let cut = 0xffff_ffff_f800_0000;
    let yhi = f64::from_bits(iy & cut);
    let ylo = y - yhi;
    let lhi = f64::from_bits(hi.to_bits() & cut);
    let llo = hi - lhi + lo;
    let ehi = yhi * lhi;
    let elo = ylo * lhi + y * llo;
    let top = top12(ehi) & 0x7ff;
    let mut wide = false;
    if top < 0x3c9 || top >= 0x408 {
        if top < 0x3c9 {
            let one = 1.0 + ehi;
            return if bias != 0 { -one } else { one };
        }
        if top >= 0x409 {
            let end = if ehi < 0.0 { 0.0 } else { f64::INFINITY };
            return if bias != 0 { -end } else { end };
        }
        wide = true;
    }
    exp_scaled(ehi, elo, bias, wide)
}
