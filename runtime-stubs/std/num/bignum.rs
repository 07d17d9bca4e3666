//! Natural numbers of any size, for the exact cases of float printing and reading.

use crate::cmp::Ordering;
use crate::prelude::v1::*;

/// Limbs from low to high, none of the highest zero.
#[derive(Clone)]
pub struct Big {
    limbs: Vec<u32>,
}
impl Big {
    pub fn from_u64(x: u64) -> Big {
        let mut b = Big { limbs: Vec::new() };
        b.limbs.push(x as u32);
        b.limbs.push((x >> 32) as u32);
        b.trim();
        b
    }
    fn trim(&mut self) {
        while let Some(0) = self.limbs.last() {
            self.limbs.pop();
        }
    }
    pub fn is_zero(&self) -> bool {
        self.limbs.is_empty()
    }
    pub fn bits(&self) -> usize {
        match self.limbs.last() {
            Some(x) => self.limbs.len() * 32 - x.leading_zeros() as usize,
            None => 0,
        }
    }
    /// `self * m + a`
    pub fn mul_add(&mut self, m: u32, a: u32) {
        let mut carry = a as u64;
        let mut k = 0;
        while k < self.limbs.len() {
            let x = self.limbs[k] as u64 * m as u64 + carry;
            self.limbs[k] = x as u32;
            carry = x >> 32;
            k += 1;
        }
        if carry != 0 {
            self.limbs.push(carry as u32);
        }
    }
    pub fn mul_pow10(&mut self, n: usize) {
        let mut left = n;
        while left >= 9 {
            self.mul_add(1_000_000_000, 0);
            left -= 9;
        }
        while left > 0 {
            self.mul_add(10, 0);
            left -= 1;
        }
    }
    pub fn shl(&mut self, n: usize) {
        if self.limbs.is_empty() || n == 0 {
            return;
        }
        let (words, bits) = (n / 32, (n % 32) as u32);
        let mut out = Vec::with_capacity(self.limbs.len() + words + 1);
        out.resize(words, 0u32);
        let mut carry = 0u32;
        for x in &self.limbs {
            out.push(x << bits | carry);
            carry = if bits == 0 { 0 } else { x >> (32 - bits) };
        }
        out.push(carry);
        self.limbs = out;
        self.trim();
    }
    /// Divides by `d` and gives the remainder.
    pub fn div_small(&mut self, d: u32) -> u32 {
        let mut rest = 0u64;
        let mut k = self.limbs.len();
        while k > 0 {
            k -= 1;
            let x = rest << 32 | self.limbs[k] as u64;
            self.limbs[k] = (x / d as u64) as u32;
            rest = x % d as u64;
        }
        self.trim();
        rest as u32
    }
    /// Takes out the bits from `n` up.
    pub fn split_high(&mut self, n: usize) -> u64 {
        let (word, bit) = (n / 32, (n % 32) as u32);
        let mut high = 0u64;
        let mut k = self.limbs.len();
        while k > word {
            k -= 1;
            if k > word {
                high = high << 32 | self.limbs[k] as u64;
            } else if bit == 0 {
                high = high << 32 | self.limbs[k] as u64;
                self.limbs[k] = 0;
            } else {
                high = high << (32 - bit) | (self.limbs[k] >> bit) as u64;
                self.limbs[k] &= (1u32 << bit) - 1;
            }
        }
        if self.limbs.len() > word + 1 {
            self.limbs.truncate(word + 1);
        }
        self.trim();
        high
    }
    pub fn compare(&self, other: &Big) -> Ordering {
        if self.limbs.len() != other.limbs.len() {
            return self.limbs.len().cmp(&other.limbs.len());
        }
        let mut k = self.limbs.len();
        while k > 0 {
            k -= 1;
            if self.limbs[k] != other.limbs[k] {
                return self.limbs[k].cmp(&other.limbs[k]);
            }
        }
        Ordering::Equal
    }
    /// `self - other`, which is not negative.
    pub fn sub(&mut self, other: &Big) {
        let mut borrow = 0u64;
        let mut k = 0;
        while k < self.limbs.len() {
            let y = if k < other.limbs.len() { other.limbs[k] as u64 } else { 0 } + borrow;
            let x = self.limbs[k] as u64;
            borrow = if x < y { 1 } else { 0 };
            self.limbs[k] = x.wrapping_sub(y) as u32;
            k += 1;
        }
        self.trim();
    }
}
