// BigInt
use std::cmp::Ordering;
use std::fmt;
use std::iter::{Product, Sum};
use std::ops::*;
use std::str::FromStr;
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct BigUint {
    limbs: Vec<u32>,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParseBigError {
    Empty,
    Invalid(char),
}
impl fmt::Display for ParseBigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty => "empty".fmt(f),
            Self::Invalid(c) => write!(f, "invalid digit {:?}", c),
        }
    }
}
impl std::error::Error for ParseBigError {}
impl BigUint {
    pub const fn zero() -> Self {
        BigUint { limbs: Vec::new() }
    }
    pub fn one() -> Self {
        Self::from(1u32)
    }
    fn trim(mut self) -> Self {
        while let Some(&0) = self.limbs.last() {
            self.limbs.pop();
        }
        self
    }
    pub fn is_zero(&self) -> bool {
        self.limbs.is_empty()
    }
    pub fn bits(&self) -> u64 {
        match self.limbs.last() {
            None => 0,
            Some(l) => self.limbs.len() as u64 * 32 - u64::from(l.leading_zeros()),
        }
    }
    pub fn divmod_small(&self, d: u32) -> (Self, u32) {
        let mut rem = 0u64;
        let mut out = vec![0; self.limbs.len()];
        for (o, &l) in out.iter_mut().zip(&self.limbs).rev() {
            let cur = rem << 32 | l as u64;
            *o = (cur / d as u64) as u32;
            rem = cur % d as u64;
        }
        (BigUint { limbs: out }.trim(), rem as u32)
    }
    pub fn pow(&self, mut e: u32) -> Self {
        let mut b = self.clone();
        let mut r = Self::one();
        while e != 0 {
            if e % 2 == 1 {
                r *= &b;
            }
            e /= 2;
            if e > 0 {
                b = &b * &b;
            }
        }
        r
    }
    pub fn divmod(&self, d: &Self) -> Option<(Self, Self)> {
        if d.is_zero() {
            return None;
        }
        let mut q = Self::zero();
        let mut r = Self::zero();
        for i in (0..self.bits()).rev() {
            r = r << 1;
            if self.bit(i) {
                r += 1u32.into();
            }
            q = q << 1;
            if r >= *d {
                r = r - d.clone();
                q += BigUint::one();
            }
        }
        Some((q, r))
    }
    fn bit(&self, i: u64) -> bool {
        self.limbs.get((i / 32) as usize).is_some_and(|l| l >> (i % 32) & 1 == 1)
    }
}
impl From<u32> for BigUint {
    fn from(n: u32) -> Self {
        BigUint { limbs: if n == 0 { vec![] } else { vec![n] } }
    }
}
impl From<u64> for BigUint {
    fn from(n: u64) -> Self {
        BigUint { limbs: vec![n as u32, (n >> 32) as u32] }.trim()
    }
}
impl From<u128> for BigUint {
    fn from(n: u128) -> Self {
        BigUint {
            limbs: n
                .to_le_bytes()
                .chunks_exact(4)
                .map(|c| u32::from_le_bytes(c.try_into().unwrap()))
                .collect(),
        }
        .trim()
    }
}
impl TryFrom<&BigUint> for u64 {
    type Error = &'static str;
    fn try_from(b: &BigUint) -> Result<u64, Self::Error> {
        match b.limbs[..] {
            [] => Ok(0),
            [a] => Ok(a.into()),
            [a, b] => Ok(u64::from(a) | u64::from(b) << 32),
            _ => Err("too large"),
        }
    }
}
impl FromStr for BigUint {
    type Err = ParseBigError;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        if s.is_empty() {
            return Err(ParseBigError::Empty);
        }
        s.chars().filter(|&c| c != '_').try_fold(Self::zero(), |acc, c| {
            let d = c.to_digit(10).ok_or(ParseBigError::Invalid(c))?;
            Ok(acc * 10u32 + BigUint::from(d))
        })
    }
}
impl<'a, 'b> Add<&'b BigUint> for &'a BigUint {
    type Output = BigUint;
    fn add(self, o: &'b BigUint) -> BigUint {
        let (long, short) = if self.limbs.len() >= o.limbs.len() { (self, o) } else { (o, self) };
        let mut carry = false;
        let mut limbs = Vec::with_capacity(long.limbs.len() + 1);
        for (i, &a) in long.limbs.iter().enumerate() {
            let b = short.limbs.get(i).copied().unwrap_or(0);
            let (s, c1) = a.overflowing_add(b);
            let (s, c2) = s.overflowing_add(carry as u32);
            carry = c1 | c2;
            limbs.push(s);
        }
        if carry {
            limbs.push(1)
        }
        BigUint { limbs }
    }
}
impl Add for BigUint {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        &self + &o
    }
}
impl AddAssign for BigUint {
    fn add_assign(&mut self, o: Self) {
        *self = &*self + &o;
    }
}
impl Sub for BigUint {
    type Output = Self;
    fn sub(mut self, o: Self) -> Self {
        let mut borrow = 0i64;
        for i in 0..self.limbs.len() {
            let d = self.limbs[i] as i64 - borrow - o.limbs.get(i).map(|&x| x as i64).unwrap_or_default();
            borrow = (d < 0) as i64;
            self.limbs[i] = d.rem_euclid(1 << 32) as u32;
        }
        assert_eq!(borrow, 0, "attempt to subtract with overflow");
        self.trim()
    }
}
impl Mul for &BigUint {
    type Output = BigUint;
    fn mul(self, o: &BigUint) -> BigUint {
        let mut r = vec![0u32; self.limbs.len() + o.limbs.len()];
        for (i, &a) in self.limbs.iter().enumerate() {
            let mut c = 0u64;
            for (j, &b) in o.limbs.iter().enumerate() {
                let t = a as u64 * b as u64 + r[i + j] as u64 + c;
                r[i + j] = t as u32;
                c = t >> 32;
            }
            r[i + o.limbs.len()] = c as u32;
        }
        BigUint { limbs: r }.trim()
    }
}
impl Mul<u32> for BigUint {
    type Output = Self;
    fn mul(self, k: u32) -> Self {
        &self * &BigUint::from(k)
    }
}
impl MulAssign<&BigUint> for BigUint {
    fn mul_assign(&mut self, o: &BigUint) {
        *self = &*self * o
    }
}
impl Shl<u32> for BigUint {
    type Output = Self;
    fn shl(self, n: u32) -> Self {
        assert!(n < 32);
        if n == 0 {
            return self;
        }
        let mut c = 0;
        let mut v: Vec<u32> = self
            .limbs
            .iter()
            .map(|&l| {
                let r = l << n | c;
                c = l >> (32 - n);
                r
            })
            .collect();
        v.push(c);
        BigUint { limbs: v }.trim()
    }
}
impl PartialOrd for BigUint {
    fn partial_cmp(&self, o: &Self) -> Option<Ordering> {
        Some(self.cmp(o))
    }
}
impl Ord for BigUint {
    fn cmp(&self, o: &Self) -> Ordering {
        self.limbs.len().cmp(&o.limbs.len()).then_with(|| self.limbs.iter().rev().cmp(o.limbs.iter().rev()))
    }
}
impl Product<u32> for BigUint {
    fn product<I: Iterator<Item = u32>>(it: I) -> Self {
        it.fold(Self::one(), |a, b| a * b)
    }
}
impl<'a> Sum<&'a BigUint> for BigUint {
    fn sum<I: Iterator<Item = &'a BigUint>>(it: I) -> Self {
        it.fold(Self::zero(), |a, b| &a + b)
    }
}
impl fmt::Display for BigUint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = vec![];
        let mut n = self.clone();
        while !n.is_zero() {
            let (q, r) = n.divmod_small(1_000_000_000);
            parts.push(r);
            n = q;
        }
        let mut s = parts.pop().unwrap_or(0).to_string();
        for p in parts.iter().rev() {
            s += &format!("{p:09}");
        }
        f.pad_integral(true, "", &s)
    }
}
impl fmt::LowerHex for BigUint {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let s: String = self
            .limbs
            .iter()
            .rev()
            .enumerate()
            .map(|(i, l)| if i == 0 { format!("{l:x}") } else { format!("{l:08x}") })
            .collect();
        f.pad_integral(true, "0x", if s.is_empty() { "0" } else { &s })
    }
}
fn fact(n: u32) -> BigUint {
    (1..=n).product()
}
fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("{}", fact(50));
    println!("{:x}", fact(30));
    println!("{:#050x}|{:>+40}|", fact(25), fact(20));
    let a: BigUint = "123_456_789_012_345_678_901_234_567_890".parse()?;
    let b = BigUint::from(987_654_321_987_654_321u64);
    let (q, r) = a.divmod(&b).ok_or("div by zero")?;
    println!("{q} {r} {}", &(&q * &b) + &r == a);
    println!("{:?} {:?}", "12a".parse::<BigUint>(), BigUint::from_str("").map_err(|e| e.to_string()));
    println!("{} {}", BigUint::from(2u32).pow(200), BigUint::from(u128::MAX));
    println!("{:?} {:?}", u64::try_from(&b), u64::try_from(&a));
    let v = [a.clone(), b.clone()];
    println!("{}", v.iter().sum::<BigUint>());
    println!("{:?} {:?}", a.cmp(&b), a.partial_cmp(&a));
    println!("{:?}", BigUint::zero().divmod(&BigUint::zero()));
    let (mut x, mut y) = (BigUint::zero(), BigUint::one());
    for _ in 0..300 {
        let t = &x + &y;
        x = std::mem::replace(&mut y, t);
    }
    println!("{x}");
    println!("{}", x.to_string().chars().map(|c| c.to_digit(10).unwrap()).sum::<u32>());
    let _ = BigUint::one() - b;
    Ok(())
}
