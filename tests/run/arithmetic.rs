// Integer operators of every width, with wrapping, checked and saturating forms.
fn main() {
    let a: i32 = -17;
    println!("{} {} {} {}", a / 5, a % 5, a.rem_euclid(5), a.div_euclid(5));
    println!("{} {} {}", a >> 2, (a as u32) >> 2, a << 3);
    println!("{} {} {}", 0xF0u8 & 0x3C, 0xF0u8 | 0x0F, 0xFFu8 ^ 0x55);
    println!("{} {}", !0u16, !5i64);
    println!("{:?} {:?}", 250u8.checked_add(5), 250u8.checked_add(6));
    println!("{} {}", 250u8.wrapping_add(10), 250u8.saturating_add(10));
    println!("{:?}", i32::MAX.overflowing_add(1));
    println!("{} {} {}", i8::MIN, i64::MAX, u64::MAX);
    println!("{} {}", i128::MAX, u128::MAX);
    println!("{} {}", 3u64.pow(20), 2i32.pow(10));
    println!("{} {} {}", 40u32.leading_zeros(), 40u32.trailing_zeros(), 0xFFu32.count_ones());
    println!("{} {}", 300i32 as u8, -1i32 as u64);
    println!("{} {}", 1u8 as char, 'A' as u32 + 1);
    println!("{} {} {}", 3.99f64 as i32, -1.5f64 as u8, f64::NAN as i32);
    println!("{} {}", (-5i32).abs(), (-5i32).signum());
    println!("{} {}", 7u32.min(3), 7u32.max(3));
    println!("{}", u32::from_str_radix("ff", 16).unwrap());
    println!("{} {}", 10i64.isqrt(), 100u32.ilog2());
    let big: u128 = 1 << 100;
    println!("{big} {}", big / 3 % 1000);
    println!("{}", (1..=20u64).product::<u64>());
}
