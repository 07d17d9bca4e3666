//! Addition, subtraction and multiplication with a carry, for numbers of several words.

use crate::prelude::v1::*;

macro_rules! carry {
    ($($t:ident)*) => { $(
impl $t {
    pub const fn carrying_add(self, rhs: $t, carry: bool) -> ($t, bool) {
        let (a, b) = self.overflowing_add(rhs);
        let (c, d) = a.overflowing_add(carry as $t);
        (c, b | d)
    }
    pub const fn borrowing_sub(self, rhs: $t, borrow: bool) -> ($t, bool) {
        let (a, b) = self.overflowing_sub(rhs);
        let (c, d) = a.overflowing_sub(borrow as $t);
        (c, b | d)
    }
    pub const fn carrying_mul(self, rhs: $t, carry: $t) -> ($t, $t) {
        self.carrying_mul_add(rhs, carry, 0)
    }
}
    )* };
}
carry! { u8 u16 u32 u64 u128 usize }

macro_rules! product {
    ($($t:ident $wide:ident $bits:literal;)*) => { $(
impl $t {
    /// The low and the high word of `self * rhs + carry + add`, which always fits in two.
    pub const fn carrying_mul_add(self, rhs: $t, carry: $t, add: $t) -> ($t, $t) {
        let wide = (self as $wide) * (rhs as $wide) + (carry as $wide) + (add as $wide);
        (wide as $t, (wide >> $bits) as $t)
    }
}
    )* };
}
product! { u8 u16 8; u16 u32 16; u32 u64 32; u64 u128 64; usize u128 64; }

impl u128 {
    /// The low and the high word of `self * rhs + carry + add`, which always fits in two.
    pub const fn carrying_mul_add(self, rhs: u128, carry: u128, add: u128) -> (u128, u128) {
        let (a_hi, a_lo) = ((self >> 64) as u64, self as u64);
        let (b_hi, b_lo) = ((rhs >> 64) as u64, rhs as u64);
        let (r0, k) = a_lo.carrying_mul_add(b_lo, carry as u64, add as u64);
        let (r1, k1) = a_hi.carrying_mul_add(b_lo, k, (carry >> 64) as u64);
        let (r1, k) = a_lo.carrying_mul_add(b_hi, r1, (add >> 64) as u64);
        let (r2, r3) = a_hi.carrying_mul_add(b_hi, k, k1);
        (((r1 as u128) << 64) | r0 as u128, ((r3 as u128) << 64) | r2 as u128)
    }
}
