// Arbitrary-precision naturals in base 10^9: parsing, printing, arithmetic with operators, factorials and Fibonacci numbers.
use std::cmp::Ordering;
use std::fmt;
use std::iter::{Product, Sum};
use std::ops::{Add, AddAssign, Mul, Sub};
use std::str::FromStr;

const BASE: u64 = 1_000_000_000;
const DIGITS: usize = 9;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Natural {
    limbs: Vec<u32>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum ParseNaturalError {
    Empty,
    InvalidDigit(char, usize),
}

impl fmt::Display for ParseNaturalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty => f.write_str("cannot parse a number from an empty string"),
            Self::InvalidDigit(c, at) => write!(f, "invalid digit {c:?} at {at}"),
        }
    }
}

impl std::error::Error for ParseNaturalError {}

impl Natural {
    pub const ZERO: Natural = Natural { limbs: Vec::new() };

    pub fn is_zero(&self) -> bool {
        self.limbs.is_empty()
    }
    fn trim(mut self) -> Self {
        while self.limbs.last() == Some(&0) {
            self.limbs.pop();
        }
        self
    }
    pub fn pow(&self, mut exponent: u32) -> Natural {
        let mut base = self.clone();
        let mut result = Natural::from(1u8);
        while exponent > 0 {
            if exponent & 1 == 1 {
                result = &result * &base;
            }
            base = &base * &base;
            exponent >>= 1;
        }
        result
    }
    pub fn div_small(&self, by: u32) -> (Natural, u32) {
        assert_ne!(by, 0, "division by zero");
        let mut rest = 0u64;
        let mut limbs = vec![0; self.limbs.len()];
        for (i, &limb) in self.limbs.iter().enumerate().rev() {
            let value = rest * BASE + u64::from(limb);
            limbs[i] = (value / by as u64) as u32;
            rest = value % by as u64;
        }
        (Natural { limbs }.trim(), rest as u32)
    }
    pub fn digit_sum(&self) -> u32 {
        self.to_string().bytes().map(|b| (b - b'0') as u32).sum()
    }
}

macro_rules! from_unsigned {
    ($($t:ty),*) => {$(
        impl From<$t> for Natural {
            fn from(value: $t) -> Self {
                let mut value = value as u128;
                let mut limbs = vec![];
                while value > 0 {
                    limbs.push((value % BASE as u128) as u32);
                    value /= BASE as u128;
                }
                Natural { limbs }
            }
        }
    )*};
}
from_unsigned!(u8, u16, u32, u64, u128, usize);

impl FromStr for Natural {
    type Err = ParseNaturalError;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        if s.is_empty() {
            return Err(ParseNaturalError::Empty);
        }
        if let Some((at, c)) = s.char_indices().find(|(_, c)| !c.is_ascii_digit()) {
            return Err(ParseNaturalError::InvalidDigit(c, at));
        }
        let limbs = s
            .as_bytes()
            .rchunks(DIGITS)
            .map(|chunk| chunk.iter().fold(0, |n, b| n * 10 + u32::from(b - b'0')))
            .collect();
        Ok(Natural { limbs }.trim())
    }
}

impl fmt::Display for Natural {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = match self.limbs.split_last() {
            None => "0".to_string(),
            Some((first, rest)) => {
                let mut text = first.to_string();
                for limb in rest.iter().rev() {
                    text += &format!("{limb:0width$}", width = DIGITS);
                }
                text
            }
        };
        if f.alternate() {
            let mut grouped = String::new();
            for (i, c) in text.chars().enumerate() {
                if i > 0 && (text.len() - i) % 3 == 0 {
                    grouped.push('_');
                }
                grouped.push(c);
            }
            text = grouped;
        }
        f.pad_integral(true, "", &text)
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        self.limbs.len().cmp(&other.limbs.len()).then_with(|| self.limbs.iter().rev().cmp(other.limbs.iter().rev()))
    }
}
impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl AddAssign<&Natural> for Natural {
    fn add_assign(&mut self, other: &Natural) {
        let mut carry = 0;
        let len = self.limbs.len().max(other.limbs.len());
        self.limbs.resize(len, 0);
        for (i, limb) in self.limbs.iter_mut().enumerate() {
            let sum = *limb as u64 + other.limbs.get(i).copied().unwrap_or(0) as u64 + carry;
            *limb = (sum % BASE) as u32;
            carry = sum / BASE;
        }
        if carry > 0 {
            self.limbs.push(carry as u32);
        }
    }
}
impl<'a> Add<&'a Natural> for &Natural {
    type Output = Natural;
    fn add(self, other: &'a Natural) -> Natural {
        let mut sum = self.clone();
        sum += other;
        sum
    }
}
impl Sub for &Natural {
    type Output = Option<Natural>;
    fn sub(self, other: &Natural) -> Option<Natural> {
        if *self < *other {
            return None;
        }
        let mut borrow = 0i64;
        let limbs = self.limbs.iter().enumerate().map(|(i, &limb)| {
            let mut d = limb as i64 - borrow - other.limbs.get(i).map_or(0, |&x| x as i64);
            borrow = (d < 0) as i64;
            if d < 0 {
                d += BASE as i64;
            }
            d as u32
        });
        let limbs: Vec<u32> = limbs.collect();
        Some(Natural { limbs }.trim())
    }
}
impl Mul for &Natural {
    type Output = Natural;
    fn mul(self, other: &Natural) -> Natural {
        let mut limbs = vec![0u32; self.limbs.len() + other.limbs.len()];
        for (i, &a) in self.limbs.iter().enumerate() {
            let mut carry = 0u64;
            for (j, &b) in other.limbs.iter().enumerate() {
                let x = limbs[i + j] as u64 + a as u64 * b as u64 + carry;
                limbs[i + j] = (x % BASE) as u32;
                carry = x / BASE;
            }
            limbs[i + other.limbs.len()] = carry as u32;
        }
        Natural { limbs }.trim()
    }
}
impl Sum for Natural {
    fn sum<I: Iterator<Item = Natural>>(iter: I) -> Self {
        iter.fold(Natural::ZERO, |mut a, b| {
            a += &b;
            a
        })
    }
}
impl<'a> Product<&'a Natural> for Natural {
    fn product<I: Iterator<Item = &'a Natural>>(iter: I) -> Self {
        iter.fold(1u8.into(), |a, b| &a * b)
    }
}

fn fibonacci() -> impl Iterator<Item = Natural> {
    let mut pair = (Natural::ZERO, Natural::from(1u32));
    std::iter::repeat_with(move || {
        let next = &pair.0 + &pair.1;
        std::mem::replace(&mut pair.0, std::mem::replace(&mut pair.1, next))
    })
}

fn main() {
    let factorial: Natural = (1..=30u32).map(Natural::from).collect::<Vec<_>>().iter().product();
    println!("30! = {factorial}\n    = {factorial:#}");
    println!("digits of 2^300 sum to {}", Natural::from(2u8).pow(300).digit_sum());
    let (n, fib) = fibonacci().enumerate().find(|(_, f)| f.to_string().len() >= 50).unwrap();
    println!("F({n}) = {fib}");
    println!("{}", (1..=10u64).map(|i| Natural::from(i).pow(i as u32)).sum::<Natural>());
    for text in ["", "12a", "000", "123456789012345678901234567890"] {
        match text.parse::<Natural>() {
            Ok(n) => println!("{n:>35}|{n:<35}|{:?}", n.div_small(7)),
            Err(e) => println!("{text:?}: {e} / {e:?}"),
        }
    }
    let (a, b) = (Natural::from(u64::MAX), Natural::from(u128::MAX));
    println!("{:?} {:?} {:?}", &b - &a, &a - &b, a.cmp(&b));
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn add_and_subtract() -> Result<(), Box<dyn std::error::Error>> {
        let a: Natural = "999999999999999999".parse()?;
        let b = &a + &Natural::from(1u8);
        assert_eq!(b.to_string(), "1000000000000000000");
        assert_eq!((&b - &a).unwrap(), Natural::from(1u16));
        Ok(())
    }
    #[test]
    #[should_panic(expected = "division by zero")]
    fn zero() {
        Natural::from(3usize).div_small(0);
    }
    #[test]
    fn errors() {
        assert_eq!("1 2".parse::<Natural>(), Err(ParseNaturalError::InvalidDigit(' ', 1)));
        assert!(matches!(Natural::from_str(""), Err(ParseNaturalError::Empty)));
    }
}
