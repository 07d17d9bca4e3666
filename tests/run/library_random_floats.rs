// Floats from random bits: printed in every form, parsed back.
struct Random(u64);
impl Random {
    fn n(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}
fn main() {
    let mut r = Random(0x1234567);
    for i in 0..120 {
        let x = f64::from_bits(r.n());
        println!(
            "{x} {x:?} {x:e} {x:.3e} {:.*}",
            (i % 20) as usize,
            f64::from_bits((r.n() >> 12) | ((1000 + (r.n() % 60)) << 52))
        );
        let s = format!("{:e}", x);
        if x.is_finite() {
            assert_eq!(s.parse::<f64>().unwrap().to_bits(), x.to_bits());
        }
        let y = f32::from_bits(r.n() as u32);
        println!("{y} {y:?} {y:e} {y:.2e}");
        if y.is_finite() {
            assert_eq!(format!("{y}").parse::<f32>().unwrap().to_bits(), y.to_bits());
        }
        let d = format!("{}.{}e{}", r.n() >> (r.n() % 60), r.n(), (r.n() % 640) as i64 - 340);
        println!(
            "{d} {:?} {:?} {:?}",
            d.parse::<f64>().map(|x| x.to_bits()),
            d.parse::<f32>().map(|x| x.to_bits()),
            format!("{}.{}{}{}", r.n(), r.n(), r.n(), r.n()).parse::<f64>().map(f64::to_bits)
        );
        let h = (1u64 << 53) + (r.n() % 1000);
        println!(
            "{:?} {:?}",
            format!("{}.5", h).parse::<f64>(),
            format!("{}.50000000000000000000000000000000000001", 9007199254740992u64 + r.n() % 64)
                .parse::<f64>()
        );
    }
    for s in [
        "",
        "-",
        "+",
        ".",
        "1.",
        ".5",
        "-.5e3",
        "1e",
        "1e+",
        "inf",
        "-Infinity",
        "nan",
        "1e400",
        "-1e-400",
        "0x1",
        "1_0",
        " 1",
        "4.9e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "1.7976931348623157e308",
        "1.7976931348623159e308",
        "0.000",
        "-0",
        "1e-400",
        "123456789012345678901234567890",
    ] {
        println!("{s:?} {:?} {:?}", s.parse::<f64>(), s.parse::<f32>());
    }
    for x in [
        0.0,
        -0.0,
        1.0,
        0.1,
        123456.0,
        1e15,
        1e16,
        1.5e16,
        1e-4,
        9.9e-5,
        1e-5,
        1e-6,
        0.5,
        1.5,
        2.5,
        0.25,
        0.35,
        99.95,
        999.5,
        f64::MIN_POSITIVE,
        5e-324,
        f64::NAN,
        f64::INFINITY,
    ] {
        println!(
            "{x} {x:?} {x:e} {x:E} {x:.0} {x:.1} {x:.2} {x:8.2}|{x:<8.1}|{x:^9.1}|{x:+08.2}|{x:08}|{x:+}|{x:.0e} {x:.1e} {x:12.3e}|{x:012.3e}"
        );
        println!("{x:#?} {x:.3?} {x:10?}|{x:010?}|{:?} {} {:?} {:.1}", x as f32, x as f32, Some(x), -x);
    }
    println!("{:e} {:e} {:E} {:.2e} {:.0e} {:e}", 0, 1500, -123456, 99999, 25, u64::MAX);
}
