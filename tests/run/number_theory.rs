// Number theory as a crate of small modules with traits over integer types.
pub mod arithmetic {
    use std::ops::{Add, Div, Mul, Rem, Sub};

    pub trait Integer:
        Copy + Ord + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + Rem<Output = Self>
    {
        const ZERO: Self;
        const ONE: Self;
        const BITS: u32;
        fn checked_square(self) -> Option<Self>;
    }
    macro_rules! integers {
        ($($t:ident)+) => {$(
            impl Integer for $t {
                const ZERO: Self = 0;
                const ONE: Self = 1;
                const BITS: u32 = $t::BITS;
                fn checked_square(self) -> Option<Self> {
                    self.checked_mul(self)
                }
            }
        )+};
    }
    integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

    pub fn gcd<T: Integer>(a: T, b: T) -> T {
        if b == T::ZERO { a } else { gcd(b, a % b) }
    }
    pub fn lcm<T: Integer>(a: T, b: T) -> T {
        if a == T::ZERO || b == T::ZERO { T::ZERO } else { a / gcd(a, b) * b }
    }
    pub fn extended_gcd(a: i64, b: i64) -> (i64, i64, i64) {
        match b {
            0 => (a, 1, 0),
            _ => {
                let (g, x, y) = extended_gcd(b, a.rem_euclid(b));
                (g, y, x - a.div_euclid(b) * y)
            }
        }
    }
    pub fn pow_mod(mut base: u64, mut exponent: u64, modulus: u64) -> u64 {
        let mut result = 1 % modulus;
        base %= modulus;
        while exponent > 0 {
            if exponent & 1 != 0 {
                result = (result as u128 * base as u128 % modulus as u128) as u64;
            }
            base = (u128::from(base).pow(2) % u128::from(modulus)) as u64;
            exponent >>= 1;
        }
        result
    }
    pub fn integer_root<T: Integer>(n: T) -> T {
        let mut lo = T::ZERO;
        let mut hi = n + if n < T::ONE { T::ONE } else { T::ZERO };
        let two = T::ONE + T::ONE;
        while lo < hi {
            let mid = lo + (hi - lo + T::ONE) / two;
            match mid.checked_square() {
                Some(square) if square <= n => lo = mid,
                _ => hi = mid - T::ONE,
            }
        }
        lo
    }
}

pub mod primes {
    use super::arithmetic::{gcd, pow_mod};
    use std::collections::BTreeMap;

    pub fn sieve(limit: usize) -> Vec<usize> {
        let mut composite = vec![false; limit + 1];
        let mut found = Vec::new();
        for i in 2..=limit {
            if composite[i] {
                continue;
            }
            found.push(i);
            for j in (i * i..=limit).step_by(i) {
                composite[j] = true;
            }
        }
        found
    }
    pub fn is_prime(n: u64) -> bool {
        const WITNESSES: [u64; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
        if n < 2 {
            return false;
        }
        if let Some(&w) = WITNESSES.iter().find(|w| n % **w == 0) {
            return n == w;
        }
        let s = (n - 1).trailing_zeros();
        let d = (n - 1) >> s;
        WITNESSES.iter().all(|&w| {
            let mut x = pow_mod(w, d, n);
            x == 1
                || (0..s).any(|_| {
                    let hit = x == n - 1;
                    x = pow_mod(x, 2, n);
                    hit
                })
        })
    }
    fn rho(n: u64) -> u64 {
        if n % 2 == 0 {
            return 2;
        }
        'retry: for c in 1.. {
            let f = |x: u64| ((x as u128 * x as u128 + c as u128) % n as u128) as u64;
            let (mut slow, mut fast) = (2, 2);
            loop {
                slow = f(slow);
                fast = f(f(fast));
                match gcd(slow.abs_diff(fast), n) {
                    1 => {}
                    g if g == n => continue 'retry,
                    g => return g,
                }
            }
        }
        unreachable!()
    }
    pub fn factorize(n: u64) -> BTreeMap<u64, u32> {
        let mut factors = BTreeMap::new();
        let mut stack = vec![n];
        while let Some(m) = stack.pop() {
            if m == 1 {
                continue;
            } else if is_prime(m) {
                *factors.entry(m).or_insert(0) += 1;
            } else {
                let d = rho(m);
                stack.extend([d, m / d]);
            }
        }
        factors
    }
    pub fn totient(n: u64) -> u64 {
        factorize(n).keys().fold(n, |t, p| t / p * (p - 1))
    }
    pub fn divisors(n: u64) -> Vec<u64> {
        let mut all = factorize(n).into_iter().fold(vec![1], |ds, (p, k)| {
            ds.iter().flat_map(|d| (0..=k).map(move |e| d * p.pow(e))).collect()
        });
        all.sort_unstable();
        all
    }
}

use arithmetic::*;
pub use primes::{divisors, factorize, is_prime, sieve, totient};

fn chinese_remainder(pairs: &[(i64, i64)]) -> Option<(i64, i64)> {
    pairs.iter().try_fold((0i64, 1i64), |(r, m), &(r2, m2)| {
        let (g, p, _) = extended_gcd(m, m2);
        if (r2 - r) % g != 0 {
            return None;
        }
        let l = lcm(m, m2);
        Some(((r + m * (((r2 - r) / g * p) % (m2 / g))).rem_euclid(l), l))
    })
}

fn is_armstrong(n: u32) -> bool {
    let digits: Vec<u32> = n.to_string().chars().map(|c| c.to_digit(10).unwrap()).collect();
    digits.iter().map(|d| d.pow(digits.len() as u32)).sum::<u32>() == n
}

fn main() {
    println!("{} {} {} {}", gcd(48u8, 36), lcm(21i64, 6), gcd(0i128, 5), lcm(4usize, 0));
    println!("{:?} {}", extended_gcd(240, 46), pow_mod(3, 200, 1_000_000_007));
    println!("{} {} {} {}", integer_root(99u8), integer_root(u64::MAX - 1), integer_root(i128::MAX - 1), integer_root(0i8));
    println!("{:?}", sieve(60));
    println!("{:?}", [0, 1, 2, 91, 561, 7919, 1_000_000_007, u64::MAX - 58].map(is_prime));
    for n in [1, 360, 9_999_999_967, 600_851_475_143, 1 << 40] {
        println!("{n} = {:?}, phi {}", factorize(n), totient(n));
    }
    println!("{:?}", divisors(360));
    println!("{:?} {:?}", chinese_remainder(&[(2, 3), (3, 5), (2, 7)]), chinese_remainder(&[(1, 4), (2, 6)]));
    println!("{:?}", (1..10_000).filter(|&n| is_armstrong(n)).collect::<Vec<_>>());
    let perfect: Vec<u64> = (2..5000).filter(|&n| divisors(n).iter().rev().skip(1).sum::<u64>() == n).collect();
    println!("{perfect:?}");
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn sieve_agrees_with_test() {
        let by_test: Vec<usize> = (0..500).filter(|&n| is_prime(n as u64)).collect();
        assert_eq!(sieve(499), by_test);
    }
    #[test]
    fn products() {
        for n in 1..200u64 {
            assert_eq!(factorize(n).iter().map(|(p, k)| p.pow(*k)).product::<u64>(), n, "{n}");
        }
    }
    #[test]
    #[should_panic(expected = "attempt to calculate the remainder with a divisor of zero")]
    fn zero_modulus() {
        pow_mod(1, 1, std::hint::black_box(0));
    }
}
