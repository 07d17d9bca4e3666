// numbers: u128 maths, bit tricks, float formatting/parse, wrapping etc.
use std::convert::{Infallible, TryFrom, TryInto};
use std::num::*;
use std::ops::*;
use std::str::FromStr;
use std::time::Duration;
const fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
const G: u64 = gcd(48, 36);
static TABLE: [u8; 256] = {
    let mut t = [0u8; 256];
    let mut i = 0;
    while i < 256 {
        t[i] = (i as u8).count_ones() as u8;
        i += 1;
    }
    t
};
fn mulmod(a: u64, b: u64, m: u64) -> u64 {
    ((a as u128 * b as u128) % m as u128) as u64
}
fn powmod(mut b: u64, mut e: u64, m: u64) -> u64 {
    let mut r = 1 % m;
    b %= m;
    while e > 0 {
        if e & 1 == 1 {
            r = mulmod(r, b, m)
        }
        b = mulmod(b, b, m);
        e >>= 1
    }
    r
}
fn is_prime(n: u64) -> bool {
    if n < 2 {
        return false;
    }
    for p in [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37] {
        if n % p == 0 {
            return n == p;
        }
    }
    let s = (n - 1).trailing_zeros();
    let d = (n - 1) >> s;
    'w: for a in [2u64, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37] {
        let mut x = powmod(a, d, n);
        if x == 1 || x == n - 1 {
            continue;
        }
        for _ in 1..s {
            x = mulmod(x, x, n);
            if x == n - 1 {
                continue 'w;
            }
        }
        return false;
    }
    true
}
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
struct Ratio {
    n: i64,
    d: NonZeroU64,
}
impl Ratio {
    fn new(n: i64, d: u64) -> Option<Self> {
        let d = NonZeroU64::new(d)?;
        let g = gcd(n.unsigned_abs(), d.get());
        Some(Ratio { n: n / g as i64, d: NonZero::new(d.get() / g)? })
    }
}
impl Add for Ratio {
    type Output = Ratio;
    fn add(self, o: Ratio) -> Ratio {
        Ratio::new(self.n * o.d.get() as i64 + o.n * self.d.get() as i64, self.d.get() * o.d.get()).unwrap()
    }
}
impl FromStr for Ratio {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let (n, d) = s.split_once('/').unwrap_or((s, "1"));
        Ratio::new(
            n.trim().parse().map_err(|e: ParseIntError| format!("{e}: {:?}", e.kind()))?,
            d.trim().parse().map_err(|e| format!("{e:?}"))?,
        )
        .ok_or_else(|| "zero".into())
    }
}
impl TryFrom<f64> for Ratio {
    type Error = &'static str;
    fn try_from(x: f64) -> Result<Self, Self::Error> {
        if !x.is_finite() {
            return Err("not finite");
        }
        let mut d = 1u64;
        let mut y = x;
        while y.fract() != 0.0 && d < 1 << 20 {
            y *= 2.0;
            d *= 2;
        }
        Ratio::new(y as i64, d).ok_or("zero")
    }
}
#[derive(Clone, Copy, PartialEq, Eq)]
struct Flags(u8);
impl BitOr for Flags {
    type Output = Self;
    fn bitor(self, o: Self) -> Self {
        Flags(self.0 | o.0)
    }
}
impl BitAnd for Flags {
    type Output = Self;
    fn bitand(self, o: Self) -> Self {
        Flags(self.0 & o.0)
    }
}
impl Not for Flags {
    type Output = Flags;
    fn not(self) -> Flags {
        Flags(!self.0)
    }
}
impl BitXorAssign for Flags {
    fn bitxor_assign(&mut self, o: Flags) {
        self.0 ^= o.0
    }
}
impl std::fmt::Debug for Flags {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let mut l = f.debug_set();
        for i in 0..8 {
            if self.0 >> i & 1 == 1 {
                l.entry(&format_args!("bit{i}"));
            }
        }
        l.finish()
    }
}
fn main() {
    println!("{G} {} {}", TABLE.iter().map(|&x| x as u32).sum::<u32>(), TABLE[255]);
    println!("{:?}", (1..=60).map(|i| (1u64 << i) - 1).filter(|&n| is_prime(n)).collect::<Vec<_>>());
    println!("{} {}", powmod(3, 1_000_000_006, 1_000_000_007), is_prime(18446744073709551557));
    println!("{} {:?}", u128::MAX / 10u128.pow(20) % 97, (i128::MAX).checked_mul(2));
    println!("{:?} {:?} {:?}", 250u8.checked_add(10), 250u8.wrapping_add(10), 250u8.overflowing_add(10));
    println!("{} {} {}", i8::MIN.saturating_sub(1), (-128i8).wrapping_abs(), (-7i32).rem_euclid(3));
    println!(
        "{} {} {} {}",
        10u32.pow(9).leading_zeros(),
        0b1011u8.reverse_bits(),
        0x1234u16.swap_bytes(),
        u64::MAX.rotate_left(3)
    );
    println!("{:?} {:?}", 1234u32.to_be_bytes(), i64::from_str_radix("-zz", 36));
    for s in ["12", "-5", "", "+7", "256", "1_000", " 1", "-"] {
        match s.parse::<u8>() {
            Ok(n) => println!("{s:?} {n}"),
            Err(e) => println!("{s:?} {e} {:?}", e.kind()),
        }
    }
    for s in [
        "1.5",
        "inf",
        "-NaN",
        "1e400",
        ".5",
        "5.",
        "1e-5",
        "0x1",
        "e5",
        "+3.0e+2",
        "",
        "infinity",
        "1_0",
        "4.9e-324",
        "179769313486231570000000000000000000000",
    ] {
        match f64::from_str(s) {
            Ok(x) => println!("{s} -> {x:?} {x}"),
            Err(e) => println!("{s} -> {e}"),
        }
    }
    println!(
        "{:?} {:?} {:?} {:?}",
        "true".parse::<bool>(),
        "x".parse::<char>(),
        "xy".parse::<char>().map_err(|e| e.to_string()),
        "True".parse::<bool>().map_err(|e| e.to_string())
    );
    println!(
        "{:?} {:?}",
        "1/2".parse::<Ratio>().map(|r| r + Ratio::new(1, 3).unwrap()),
        "1/x".parse::<Ratio>()
    );
    println!(
        "{:?} {:?} {:?}",
        "9999999999999999999".parse::<Ratio>(),
        Ratio::try_from(0.375),
        Ratio::try_from(f64::NAN)
    );
    println!("{} {} {} {} {}", 300i32 as u8, -1i32 as u32, 3.99f64 as i32, f64::NAN as i32, 1e20 as i32);
    println!(
        "{} {} {}",
        u8::try_from(300).is_err(),
        i8::try_from(-128i64).unwrap(),
        char::try_from(0x41u32).unwrap()
    );
    let x: Result<u16, _> = (-1i32).try_into();
    println!("{:?} {}", x.map_err(|e: TryFromIntError| e.to_string()), u32::from('é'));
    let mut h = Wrapping(14695981039346656037u64);
    for b in b"hash me" {
        h ^= Wrapping(*b as u64);
        h *= Wrapping(1099511628211);
    }
    println!("{h} {:x} {:?}", h, Wrapping(200u8) + Wrapping(100));
    println!("{:?} {}", Saturating(250u8) + Saturating(10), Saturating(-100i8) - Saturating(100));
    let mut f = Flags(0b101) | Flags(0b1000);
    f ^= Flags(1);
    println!("{f:?} {:?}", !f & Flags(7));
    for x in [
        0.1 + 0.2,
        1.0 / 3.0,
        1e15,
        1e16,
        1e17,
        123456789.125,
        -0.0,
        5e-324,
        0.00001,
        1e-7,
        f64::MAX,
        f64::EPSILON,
    ] {
        println!("{x} {x:?} {x:e} {x:.3} {:+.1}", x);
    }
    println!("{} {} {}", 16777217f32, 0.1f32 as f64, f32::MAX);
    println!("{} {} {} {}", 2.5f64.round(), (-2.5f64).round(), 2.5f64.round_ties_even(), (-1.5f64).trunc());
    println!("{:?} {:?}", 7.0f64.div_euclid(-2.0), (-7.5f64).rem_euclid(2.0));
    println!("{:.6} {:.6} {:.6} {:.6}", 1f64.atan2(-1.0), 0.5f64.asin(), 2f64.powf(0.5), 10f64.ln());
    println!("{:?} {:?} {}", f64::NAN.max(1.0), 1.0f64.clamp(2.0, 3.0), (0.1f64).mul_add(10.0, -1.0));
    println!("{:?} {:?} {:?}", 1.5f64.total_cmp(&f64::NAN), f64::NAN.partial_cmp(&1.0), (3.7f64).to_bits());
    println!("{:?}", [3.2, 1.1, 2.2].iter().copied().fold(f64::NEG_INFINITY, f64::max));
    println!("{:?} {:?}", f64::MAX.classify(), 1e-310f64.is_subnormal());
    println!(
        "{:?} {:?} {:?}",
        Duration::from_millis(1500),
        Duration::from_secs_f64(0.25) * 3,
        Duration::new(5, 30).checked_sub(Duration::from_secs(6))
    );
    println!("{} {}", usize::BITS, i16::MAX.isqrt());
    println!("{:?} {:?}", 17u32.checked_ilog2(), 0u32.checked_ilog10());
    println!("{} {} {}", 7u8.div_ceil(2), 13u32.next_multiple_of(5), 10i32.midpoint(-3));
    println!("{:?} {:?}", 5u8.carrying_add(255, true), 1u64.widening_mul_check());
    let _: Result<u8, Infallible> = Ok(1);
    println!("{:?}", (0..5).map(|i| 1u8.checked_shl(i * 3)).collect::<Vec<_>>());
}
trait W {
    fn widening_mul_check(self) -> bool;
}
impl W for u64 {
    fn widening_mul_check(self) -> bool {
        true
    }
}
trait C {
    fn carrying_add(self, o: u8, c: bool) -> (u8, bool);
}
impl C for i32 {
    fn carrying_add(self, o: u8, c: bool) -> (u8, bool) {
        (self as u8 ^ o, c)
    }
}
