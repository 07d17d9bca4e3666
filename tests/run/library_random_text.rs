// Text functions on random strings: splitting, searching, trimming, formatting.
use std::borrow::Cow;
use std::fmt::{self, Display, Write as _};
struct Random(u64);
impl Random {
    fn n(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn s(&mut self, m: usize) -> String {
        let n = self.n() as usize % m;
        (0..n)
            .map(|_| {
                ['a', 'b', 'c', ' ', 'é', 'ß', '\n', 'Σ', '1', '日', '😀', 'x', '-', ',']
                    [(self.n() % 14) as usize]
            })
            .collect()
    }
}
struct W(i32);
impl Display for W {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "<{}>", self.0)?;
        if f.alternate() {
            f.write_str("#")?;
        }
        f.pad_integral(self.0 >= 0, "w", "12")
    }
}
struct Pt {
    x: i32,
    y: i32,
}
impl fmt::Debug for Pt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pt").field("x", &self.x).field("y", &Some(self.y)).finish_non_exhaustive()
    }
}
fn main() {
    let mut r = Random(99);
    for _ in 0..50 {
        let s = r.s(14);
        let p = r.s(3);
        let c = ['a', 'é', ' ', 'x'][(r.n() % 4) as usize];
        println!("{s:?} {p:?} {c:?}");
        println!(
            "{:?} {:?} {:?} {:?}",
            s.split(c).collect::<Vec<_>>(),
            s.split(&p[..]).collect::<Vec<_>>(),
            s.rsplit(&p[..]).collect::<Vec<_>>(),
            s.split_terminator(c).collect::<Vec<_>>()
        );
        println!(
            "{:?} {:?} {:?} {:?}",
            s.split_inclusive(c).collect::<Vec<_>>(),
            s.splitn(2, c).collect::<Vec<_>>(),
            s.rsplitn(2, &p[..]).collect::<Vec<_>>(),
            s.rsplit_terminator(c).collect::<Vec<_>>()
        );
        println!(
            "{:?} {:?} {:?} {:?}",
            s.split_inclusive(c).rev().collect::<Vec<_>>(),
            s.split(|c: char| c.is_numeric()).collect::<Vec<_>>(),
            s.split(['a', 'b']).rev().collect::<Vec<_>>(),
            s.split(&['-', ','][..]).collect::<Vec<_>>()
        );
        println!(
            "{:?} {:?} {:?} {:?} {:?}",
            s.find(&p),
            s.rfind(&p[..]),
            s.find(c),
            s.rfind(c),
            s.find(char::is_whitespace)
        );
        println!(
            "{:?} {:?} {:?}",
            s.match_indices(&p[..]).collect::<Vec<_>>(),
            s.rmatch_indices(&p[..]).collect::<Vec<_>>(),
            s.matches(c).count()
        );
        println!(
            "{:?} {:?} {:?} {:?}",
            s.replace(&p[..], "<>"),
            s.replacen(c, "!!", 2),
            s.split_once(&p[..]),
            s.rsplit_once(c)
        );
        println!(
            "{:?} {:?} {:?} {:?} {:?}",
            s.trim(),
            s.trim_start_matches('a'),
            s.trim_end_matches(&p[..]),
            s.trim_matches(|c| c == 'a' || c == 'b'),
            s.trim_end()
        );
        println!(
            "{:?} {:?} {:?} {:?}",
            s.lines().collect::<Vec<_>>(),
            s.lines().rev().collect::<Vec<_>>(),
            s.split_whitespace().collect::<Vec<_>>(),
            s.split_whitespace().rev().collect::<Vec<_>>()
        );
        println!(
            "{:?} {:?} {} {} {}",
            s.chars().rev().collect::<String>(),
            s.char_indices().rev().collect::<Vec<_>>(),
            s.to_uppercase(),
            s.to_lowercase(),
            s.to_ascii_uppercase()
        );
        println!(
            "{:?} {:?} {:?} {:?}",
            s.strip_prefix(c),
            s.strip_suffix(&p[..]),
            s.starts_with(&p[..]),
            s.ends_with(c)
        );
        println!("{} {} {}", s.escape_debug(), s.escape_default(), s.escape_unicode());
        println!("{:?} {:?} {:?}", s.get(1..3), s.get(..2), s.is_char_boundary(2));
        println!("{:>12}|{:<12}|{:^12}|{:.3}|{:>8.2}|{:é^9.4}", s, s, s, s, s, s);
        let mut t = s.clone();
        t.insert_str(0, &p);
        t.push('Z');
        t.retain(|c| c != 'b');
        let q = t.pop();
        println!("{t:?} {q:?}");
        if !t.is_empty() {
            let c = t.remove(0);
            println!("{c:?} {t}");
        }
        let mut bytes = s.clone().into_bytes();
        if bytes.len() > 2 {
            let k = r.n() as usize % bytes.len();
            bytes[k] = r.n() as u8;
            bytes.truncate(bytes.len() - 1);
        }
        println!("{:?} {:?}", String::from_utf8_lossy(&bytes), std::str::from_utf8(&bytes));
        println!("{:?} {:?}", s.cmp(&p), s == p);
        println!("{:?}", s.encode_utf16().collect::<Vec<_>>());
    }
    for i in (0..0x600u32).chain(0x1e00..0x2200).chain(0x1f600..0x1f650) {
        if let Some(c) = char::from_u32(i) {
            println!(
                "{i:x} {c:?} {} {} {} {} {} {} {} {} {}",
                c.is_alphabetic(),
                c.is_numeric(),
                c.is_lowercase(),
                c.is_uppercase(),
                c.is_whitespace(),
                c.is_control(),
                c.to_lowercase(),
                c.to_uppercase(),
                c.len_utf8()
            );
        }
    }
    println!("{} {:#} {:>10} {:#>10} {:+}", W(3), W(-3), W(4), W(5), W(6));
    println!("{:?} {:#?}", Pt { x: 1, y: 2 }, Pt { x: 1, y: 2 });
    println!("{:#?}", vec![Some(Pt { x: 1, y: 2 })]);
    println!("{:#?} {:#?} {:#?}", (1, "x"), Vec::<i32>::new(), [(); 2]);
    println!("{:02x?} {:X?} {:#x?}", vec![1, 255], vec![10, 11], Some(3));
    let mut o = String::new();
    write!(o, "{}-{:03}", 1, 2).unwrap();
    writeln!(o, "!").unwrap();
    println!("{o:?}");
    let cow: Cow<str> = "abc".into();
    println!("{cow} {:?} {}", cow.clone().into_owned(), cow == "abc");
    println!("{:?} {:?} {:?}", 'a'.to_digit(16), char::from_digit(7, 10), ('a'..='e').collect::<String>());
    println!(
        "{:?} {:?} {:?} {:?} {:?}",
        "x".parse::<char>(),
        "".parse::<char>(),
        "true".parse::<bool>(),
        "True".parse::<bool>(),
        "".parse::<f64>()
    );
    println!(
        "{:5}|{:<5}|{:^5}|{:>5}|{:05}|{:<05}|{:+}|{:#b}|{:#o}|{:08.3}|{:e}",
        42, 42, 42, 42, 42, 42, 42, 5, 8, 3.14159, 1234.5
    );
    println!("{:5}|{:?}|{:>5}|{:<3}|{:-^7}|{:?}", true, 'x', 'y', 'z', "mid", "tab\t\u{7f}\u{200b}\u{e000}");
    println!(
        "{:?} {:?} {:?} {:?}",
        i32::from_str_radix("-7f", 16),
        u8::from_str_radix("256", 10),
        i8::from_str_radix("-129", 10),
        "".parse::<i32>()
    );
    for s in ["+5", "-0", "-", "+", "--5", "5-", "99999999999", "-99999999999", " 5", "٣"] {
        println!("{s} {:?} {:?} {:?}", s.parse::<i32>(), s.parse::<u32>(), s.parse::<i64>());
    }
    println!("{}", [1, 2, 3].iter().map(|x| x.to_string()).collect::<Vec<_>>().join(", "));
    println!("{:>1$} {:>width$} {:.*} {:.prec$}", 5, 6, 2, 1.23456, 2.5, width = 4, prec = 3);
    println!("{0} {1} {0} {name}", "a", "b", name = "n");
    println!("{{}} {{{}}}", 1);
    println!("{:?} {:?}", "a\u{301}", "\u{301}a");
    println!("{:?}", "ab".repeat(3));
    eprintln!("x");
    println!("{:?}", String::from_utf16(&[0xd83d, 0xde00, 0x41]));
    println!("{:?}", "ab c".bytes().map(|b| b.escape_ascii().to_string()).collect::<Vec<_>>());
}
