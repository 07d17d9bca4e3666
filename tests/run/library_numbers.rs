// Whole families of number methods, on values at and around the ends of their types and on random ones.
use std::num::{IntErrorKind, NonZero, NonZeroU8, Saturating, Wrapping};

struct Random(u64);
impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

fn saturating() {
    let x = Saturating(120i8);
    println!("{} {} {} {}", x + Saturating(100), -Saturating(i8::MIN), x.abs(), x.signum());
    println!("{} {} {:?}", x.count_ones(), x.leading_zeros(), [Saturating(200u8), Saturating(99)].iter().sum::<Saturating<u8>>());
    let mut y = Wrapping(250u8);
    y += 10;
    y <<= 1;
    println!("{y} {} {}", y.reverse_bits(), !y);
}

fn non_zero() {
    const FIVE: NonZero<u32> = NonZero::new(5).unwrap();
    let seven = NonZero::new(7i64).unwrap();
    println!("{FIVE} {:?} {}", seven.checked_pow(30), (-seven).unsigned_abs());
    println!("{} {} {:?}", 100 / FIVE, 103 % FIVE, FIVE | 8);
    println!("{:?} {:?}", NonZero::<u64>::from(FIVE), NonZeroU8::try_from(FIVE));
    println!("{:?} {:?}", "0".parse::<NonZeroU8>(), "12".parse::<NonZeroU8>());
    println!("{} {}", std::mem::size_of::<Option<NonZero<u32>>>(), std::mem::size_of::<Option<NonZero<u128>>>());
    let many: Option<Vec<NonZero<u8>>> = [3u8, 0, 4].into_iter().map(NonZero::new).collect();
    println!("{many:?}");
}

fn strict_and_carrying() {
    println!("{} {} {}", 7u8.strict_pow(2), (-7i32).strict_div_euclid(2), 1u16.strict_shl(9));
    println!("{:?} {:?}", 200u8.carrying_mul(200, 255), u64::MAX.carrying_mul_add(u64::MAX, u64::MAX, u64::MAX));
    println!("{:?}", u128::MAX.carrying_mul_add(u128::MAX - 3, 17, u128::MAX));
    println!("{:?} {:?}", bool::try_from(1u8), bool::try_from(2u8));
}

fn parsed() {
    for text in ["", "-", "+7", "-0", "128", "-129", "1_0", "00000000000012", "٣"] {
        match text.parse::<i8>() {
            Ok(n) => print!("{n} "),
            Err(e) => print!("[{e}: {}] ", *e.kind() == IntErrorKind::InvalidDigit),
        }
    }
    println!();
}

fn random() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut sum = 0u64;
    for k in 0..200 {
        let (a, b) = (random.next(), random.next());
        let x = f64::from_bits(a);
        let text = format!("{x:?} {x:e} {:.3}", (b as i64 as f64) / 1e9);
        let back: f64 = text.split(' ').next().unwrap().parse().unwrap();
        assert!(back.to_bits() == a || x.is_nan());
        let (i, j) = ((a >> (b % 64)) as i64, (b >> (a % 60)) as i64);
        sum = sum.wrapping_mul(31).wrapping_add(i.wrapping_mul(j) as u64 ^ i.rotate_left(7) as u64);
        sum ^= i.unsigned_abs().isqrt() ^ i.midpoint(j) as u64 ^ (i as u64).checked_ilog10().unwrap_or(9) as u64;
        if k % 40 == 0 {
            println!("{text} {:?} {:?} {:#x} {:e}", i.checked_mul(j), i.checked_rem_euclid(j), a, b);
        }
    }
    println!("{sum}");
}

fn main() {
    saturating();
    non_zero();
    strict_and_carrying();
    parsed();
    random();
}
