// Floats: arithmetic, printing as short as possible, comparison, special values.
fn main() {
    println!("{} {} {} {}", 0.1 + 0.2, 1.0 / 3.0, 1e21, 1e-7);
    println!("{:?} {:?} {:?} {:?}", 1.0, 1e16, 1e15, 0.1f32);
    println!("{:.3} {:8.2} {:<8.1}| {:+.1}", 3.14159, 2.5, 2.5, 1.25);
    println!("{} {} {}", f64::NAN, f64::INFINITY, -f64::INFINITY);
    println!("{} {} {}", 2.0f64.sqrt(), (2.5f64).floor(), (-2.5f64).ceil());
    println!("{} {} {}", 2.5f64.round(), (-2.5f64).round(), 7.9f64.trunc());
    println!("{} {}", 1.5f64.mul_add(2.0, 0.5), (-3.0f64).abs());
    println!("{} {}", f64::MAX, f64::MIN_POSITIVE);
    println!("{} {}", 16777217i32 as f32, 0.1f32 as f64);
    println!("{:?} {:?}", 1.0f64.partial_cmp(&2.0), f64::NAN.partial_cmp(&1.0));
    println!("{} {}", 1.0 < 2.0, f64::NAN == f64::NAN);
    println!("{} {}", 3.0f64.max(f64::NAN), 0.0 == -0.0);
    println!("{:?} {:?}", -0.0, 5e-324);
    println!("{:e} {:e}", 1234.5, 0.00012);
    let mut x = 1.0f64;
    for i in 1..30 {
        x = x * 1.1 + i as f64 / 7.0;
    }
    println!("{x}");
    println!("{}", (1..=100).map(|i| 1.0 / i as f64).sum::<f64>());
    println!("{:?}", "2.75e3".parse::<f64>());
    println!("{:?}", 2.0f64.powi(-3));
    println!("{}", 1.0f64.to_bits());
    println!("{:?}", [3.5, -1.0, 2.0].iter().cloned().fold(f64::MIN, f64::max));
}
