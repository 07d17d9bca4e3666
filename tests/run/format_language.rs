// text formatting galore
use std::fmt::{self, Alignment, Binary, Debug, Display, LowerExp, Pointer, UpperHex, Write as _};
struct P {
    x: f64,
    y: f64,
}
impl Display for P {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if f.alternate() {
            write!(f, "P[{:.1}; {:.1}]", self.x, self.y)
        } else if let Some(p) = f.precision() {
            write!(f, "({:.*}, {:.*})", p, self.x, p, self.y)
        } else {
            f.pad(&format!("({}, {})", self.x, self.y))
        }
    }
}
impl Binary for P {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        Binary::fmt(&(self.x as i32), f)?;
        f.write_char('/')?;
        fmt::Binary::fmt(&(self.y as i32), f)
    }
}
#[derive(Debug, Clone, Default)]
struct Unit;
#[derive(Debug, Clone, Default)]
struct Tup(i32, String);
#[derive(Debug, Clone, Default)]
struct Deep {
    a: Option<Box<Deep>>,
    b: Vec<(u8, char)>,
    c: std::collections::BTreeMap<String, Tup>,
    u: Unit,
    e: (),
}
#[derive(Debug)]
enum E<'a> {
    A,
    B(&'a str, f32),
    C { k: [i8; 3], r#type: Result<u8, String> },
}
struct Table {
    rows: Vec<Vec<String>>,
}
impl Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cols = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let w: Vec<usize> = (0..cols)
            .map(|c| self.rows.iter().filter_map(|r| r.get(c)).map(|s| s.chars().count()).max().unwrap_or(0))
            .collect();
        let line = w.iter().map(|n| "-".repeat(n + 2)).collect::<Vec<_>>().join("+");
        for (i, r) in self.rows.iter().enumerate() {
            if i == 1 {
                writeln!(f, "+{line}+")?;
            }
            for (c, &w) in w.iter().enumerate() {
                let cell = r.get(c).map_or("", |s| s.as_str());
                write!(f, "|{}{cell:^w$}{0}", ' ')?;
            }
            writeln!(f, "|")?;
        }
        Ok(())
    }
}
struct Hexdump<'a>(&'a [u8]);
impl<'a> Display for Hexdump<'a> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, chunk) in self.0.chunks(8).enumerate() {
            write!(f, "{:08x}:", i * 8)?;
            for b in chunk {
                write!(f, " {b:02x}")?
            }
            let pad = 3 * (8 - chunk.len());
            write!(f, "{:pad$}  ", "")?;
            for &b in chunk {
                f.write_char(if b.is_ascii_graphic() { b as char } else { '.' })?;
            }
            f.write_char('\n')?;
        }
        Ok(())
    }
}
struct L(Vec<i32>);
impl Debug for L {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter()).finish()
    }
}
struct M;
impl Debug for M {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entry(&"k", &1).key(&2).value(&L(vec![1])).finish()?;
        f.debug_struct("M").field("x", &1.5).finish_non_exhaustive()?;
        f.debug_tuple("T").field(&'c').field(&"s\t\"q\"").finish()?;
        f.debug_set().entries([3, 4]).finish()
    }
}
fn main() {
    let pi = 3.14159265f64;
    let w = 12;
    let p = 3;
    println!(
        "[{pi:>w$.p$}] [{pi:<w$.2}] [{pi:^+w$.1}] [{:*^1$.2$}] [{:.*}] [{:08.3}] [{:+}] [{:e}] [{:E}] [{:.2e}] {}",
        pi, w, p, pi, -pi, 0.0, 1234.5, 0.00012, 123456.0
    );
    println!("[{0:5}|{0:<5}|{0:^5}|{0:>5}|{0:05}|{0:+}|{0:#x}|{0:#010b}|{0:o}|{0:X}|{0:#?}]", 42);
    println!(
        "[{:5}|{:<5}|{:^5}|{:>5}|{:-^9}|{:.2}|{:>6.2}]",
        "ab", "ab", "ab", "ab", "mid", "truncate", "truncate"
    );
    println!("{:?} {:?} {:?} {:?} {:?}", "tab\tnl\nq\"é\u{7f}\u{200b}\0'", 'x', '\'', '\u{1F600}', b'a');
    println!("{:5}|{:<5}|{:?}|{:>7?}|{:<9?}|", true, 'c', (), Some(1), "a");
    println!("{:x?} {:X?} {:#x?} {:02x?}", [10, 255], [10, 255], vec![1], [1u8, 2]);
    println!("{:?} {:?} {:?} {:?} {:?} {:?}", 1.0, 1e21, 1e-7, f32::MIN_POSITIVE, f64::NAN, -f64::INFINITY);
    println!("{} {} {} {} {}", 1.0, 1e21, 1e-7, 0.1f32 + 0.2f32, 0.1 + 0.2);
    println!("{:?} {}", f64::MAX, f32::MAX);
    println!("{:10.3?}|{:+?}|{:08.2?}|{:e}", 1.5, 2.0, -3.14159, 1500u32);
    let pt = P { x: 1.25, y: -3.5 };
    println!("{pt}|{pt:#}|{pt:.0}|{pt:>15}|{pt:^15}|{pt:b}|{pt:#b}");
    let d = Deep {
        a: Some(Box::new(Deep { b: vec![(1, 'a')], ..Default::default() })),
        b: vec![],
        c: [("k".to_string(), Tup(1, "v".into()))].into(),
        u: Unit,
        e: (),
    };
    println!("{d:?}\n{d:#?}");
    for e in [
        E::A,
        E::B("x", 0.5),
        E::C { k: [1, -2, 3], r#type: Err("bad".into()) },
        E::C { k: [0; 3], r#type: Ok(9) },
    ] {
        println!("{e:?} {e:#?}");
    }
    print!(
        "{}",
        Table {
            rows: vec![
                vec!["name".into(), "qty".into()],
                vec!["äpfel".to_string(), 3.to_string()],
                vec!["x".into()]
            ]
        }
    );
    print!("{}", Hexdump(b"Hello, world!\x00\xff"));
    println!("{:?} {:#?}", M, L(vec![1, 2]));
    let mut s = String::new();
    write!(s, "{:>1$}", 7, 4).unwrap();
    writeln!(&mut s, "{a}{b:?}{a}", a = 1, b = "z").unwrap();
    s.write_str("end").unwrap();
    println!("{s}");
    println!("{{}} {{{}}} {:%>5} {:é<4}", 1, 2, 3);
    println!("{:>width$} {:.prec$} {:>1$}", 1, 6, width = 5, prec = 2);
    println!("{}", format_args!("{} {}", 1, "two"));
    let f = |x: &dyn Display| format!("<{x:>4}>");
    println!("{}{}{}", f(&1), f(&"é"), f(&2.5));
    assert_eq!(format!("{:?}", Some("a")), r#"Some("a")"#, "context {}", 1);
    println!("{:#?} {:#?} {:#?}", (1, "a"), Some(Some(())), [Some(1), None]);
    println!("{:?} {:?}", i128::MIN, u128::MAX);
    println!("{:#b} {:#o} {:#X} {:x}", -5i8, 64, 255u8, -1i32);
    println!("{:?}", "a b".split(' ').map(str::to_owned).collect::<Vec<_>>());
    println!("{:>8} {:<8}|", format!("{:?}", Some(1)), format!("{:.1}%", 45.678));
    eprintln!("err {}", 1);
    println!(
        "{}",
        fmt::from_fn(|f| {
            f.write_str("from_fn ")?;
            Display::fmt(&5, f)
        })
    );
    println!(
        "{:?}",
        fmt::from_fn(|f| match f.align() {
            Some(Alignment::Left) => f.write_str("L"),
            _ => f.write_str("-"),
        })
    );
    println!(
        "{:<3?}",
        fmt::from_fn(|f| match (f.align(), f.fill(), f.sign_plus()) {
            (Some(Alignment::Left), ' ', false) => f.write_str("L"),
            _ => f.write_str("-"),
        })
    );
    println!("{:e} {:E} {:e} {:.3e}", 0.0, 1e100, 123456789u64, 9.9999);
    println!("{:5}|{:<5}|{:^5}|{:>5}", 1.5, 1.5, 1.5, 1.5);
    println!("{:.0} {:.0} {:.0} {:.1} {:.1}", 0.5, 1.5, 2.5, 0.25, 0.35);
}
