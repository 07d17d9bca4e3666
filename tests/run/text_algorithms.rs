// string processing
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;
use std::iter;
fn caesar(s: &str, k: u8) -> String {
    s.chars()
        .map(|c| match c {
            'a'..='z' => ((c as u8 - b'a' + k) % 26 + b'a') as char,
            'A'..='Z' => ((c as u8 - b'A' + k) % 26 + b'A') as char,
            _ => c,
        })
        .collect()
}
fn rle(s: &str) -> String {
    let mut out = String::new();
    let mut it = s.chars().peekable();
    while let Some(c) = it.next() {
        let mut n = 1;
        while it.next_if_eq(&c).is_some() {
            n += 1;
        }
        if n > 1 {
            write!(out, "{n}").unwrap();
        }
        out.push(c);
    }
    out
}
fn unrle(s: &str) -> String {
    let mut n = String::new();
    s.chars().fold(String::new(), |mut acc, c| {
        if c.is_ascii_digit() {
            n.push(c)
        } else {
            let k = n.parse().unwrap_or(1);
            acc.extend(iter::repeat_n(c, k));
            n.clear();
        }
        acc
    })
}
fn escape(s: &str) -> Cow<'_, str> {
    if s.contains(['<', '>', '&']) {
        let mut o = String::with_capacity(s.len() * 2);
        for c in s.chars() {
            match c {
                '<' => o.push_str("&lt;"),
                '>' => o += "&gt;",
                '&' => o.extend(["&", "amp", ";"]),
                c => o.push(c),
            }
        }
        o.into()
    } else {
        s.into()
    }
}
fn is_palindrome(s: &str) -> bool {
    let v: Vec<char> = s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    v.iter().eq(v.iter().rev())
}
fn levenshtein(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut prev = i;
        row[0] = i + 1;
        for (j, &cb) in b.iter().enumerate() {
            let cur = row[j + 1];
            row[j + 1] = (prev + usize::from(ca != cb)).min(cur + 1).min(row[j] + 1);
            prev = cur;
        }
    }
    row[b.len()]
}
fn wrap(text: &str, w: usize) -> Vec<String> {
    text.split_whitespace().fold(vec![], |mut lines: Vec<String>, word| {
        match lines.last_mut() {
            Some(l) if l.chars().count() + 1 + word.chars().count() <= w => {
                l.push(' ');
                l.push_str(word)
            }
            _ => lines.push(word.to_string()),
        }
        lines
    })
}
fn roman(mut n: u32) -> String {
    const T: &[(u32, &str)] = &[
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut s = String::new();
    for &(v, r) in T {
        while n >= v {
            s += r;
            n -= v;
        }
    }
    s
}
fn unroman(s: &str) -> Option<u32> {
    let v = s
        .chars()
        .map(|c| {
            Some(match c {
                'I' => 1,
                'V' => 5,
                'X' => 10,
                'L' => 50,
                'C' => 100,
                'D' => 500,
                'M' => 1000,
                _ => return None,
            })
        })
        .collect::<Option<Vec<u32>>>()?;
    Some(
        v.windows(2).map(|w| if w[0] < w[1] { -(w[0] as i32) } else { w[0] as i32 }).sum::<i32>() as u32
            + v.last().copied().unwrap_or(0),
    )
}
#[derive(Debug, PartialEq)]
enum Json {
    Null,
    Bool(bool),
    Num(f64),
    Str(String),
    Arr(Vec<Json>),
    Obj(BTreeMap<String, Json>),
}
struct P<'a> {
    s: &'a str,
}
impl<'a> P<'a> {
    fn ws(&mut self) {
        self.s = self.s.trim_start();
    }
    fn eat(&mut self, t: &str) -> bool {
        match self.s.strip_prefix(t) {
            Some(r) => {
                self.s = r;
                true
            }
            None => false,
        }
    }
    fn value(&mut self) -> Result<Json, String> {
        self.ws();
        let v = match self.s.chars().next().ok_or("eof")? {
            'n' if self.eat("null") => Json::Null,
            't' if self.eat("true") => Json::Bool(true),
            'f' if self.eat("false") => Json::Bool(false),
            '"' => Json::Str(self.string()?),
            '[' => {
                self.eat("[");
                let mut v = vec![];
                loop {
                    self.ws();
                    if self.eat("]") {
                        break Json::Arr(v);
                    }
                    if !v.is_empty() && !self.eat(",") {
                        return Err(format!("expected , at {:?}", self.s));
                    }
                    v.push(self.value()?);
                }
            }
            '{' => {
                self.eat("{");
                let mut m = BTreeMap::new();
                loop {
                    self.ws();
                    if self.eat("}") {
                        break Json::Obj(m);
                    }
                    if !m.is_empty() && !self.eat(",") {
                        return Err("expected ,".into());
                    }
                    self.ws();
                    let k = self.string()?;
                    self.ws();
                    if !self.eat(":") {
                        return Err(format!("no colon after {k}"));
                    }
                    let v = self.value()?;
                    if let Some(old) = m.insert(k, v) {
                        return Err(format!("dup {old:?}"));
                    }
                }
            }
            '-' | '0'..='9' => {
                let end = self
                    .s
                    .find(|c: char| !matches!(c, '0'..='9' | '.' | '-' | '+' | 'e' | 'E'))
                    .unwrap_or(self.s.len());
                let (n, rest) = self.s.split_at(end);
                self.s = rest;
                Json::Num(n.parse().map_err(|e| format!("{n}: {e}"))?)
            }
            c => return Err(format!("unexpected {c:?}")),
        };
        self.ws();
        Ok(v)
    }
    fn string(&mut self) -> Result<String, String> {
        if !self.eat("\"") {
            return Err("no string".to_string());
        }
        let mut out = String::new();
        let mut it = self.s.char_indices();
        while let Some((i, c)) = it.next() {
            match c {
                '"' => {
                    self.s = &self.s[i + 1..];
                    return Ok(out);
                }
                '\\' => match it.next().map(|x| x.1) {
                    Some('n') => out.push('\n'),
                    Some('u') => {
                        let h: String = it.by_ref().take(4).map(|(_, c)| c).collect();
                        out.push(
                            u32::from_str_radix(&h, 16)
                                .ok()
                                .and_then(char::from_u32)
                                .unwrap_or(char::REPLACEMENT_CHARACTER),
                        )
                    }
                    Some(c) => out.push(c),
                    None => break,
                },
                c => out.push(c),
            }
        }
        Err("unterminated".into())
    }
}
impl std::fmt::Display for Json {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Json::Null => write!(f, "null"),
            Json::Bool(b) => write!(f, "{b}"),
            Json::Num(n) => write!(f, "{n}"),
            Json::Str(s) => write!(f, "{s:?}"),
            Json::Arr(a) => {
                f.write_char('[')?;
                for (i, x) in a.iter().enumerate() {
                    if i != 0 {
                        f.write_char(',')?
                    }
                    x.fmt(f)?;
                }
                f.write_char(']')
            }
            Json::Obj(o) => {
                f.write_str("{")?;
                let mut first = true;
                for (k, v) in o {
                    if !std::mem::take(&mut first) {
                        f.write_str(",")?
                    }
                    write!(f, "{k:?}:{v}")?;
                }
                f.write_str("}")
            }
        }
    }
}
fn main() {
    println!("{} {}", caesar("Hello, World!", 3), caesar(&caesar("xyz", 3), 23));
    println!("{} {}", rle("aaabccdddd"), unrle(&rle("aaabccdddd")));
    println!("{} {} {:?}", escape("a<b>&c"), escape("plain"), matches!(escape("x"), Cow::Borrowed(_)));
    println!("{} {}", is_palindrome("A man, a plan, a canal: Panama"), levenshtein("kitten", "sitting"));
    for l in wrap("the quick brown fox jumps over the lazy dog", 12) {
        println!("|{l:<12}|");
    }
    println!("{:?}", [1, 4, 1994, 3999].map(|n| (roman(n), unroman(&roman(n)))));
    println!("{:?}", unroman("abc"));
    for s in [
        r#"{"a": [1, -2.5e3, true, null], "b\n": {"c": "\u0041\"q\""}}"#,
        "[1 2]",
        "{\"a\":1,\"a\":2}",
        "\"abc",
        "",
        "[]",
        "nul",
        "-",
    ] {
        match (P { s }).value() {
            Ok(j) => println!("{j}"),
            Err(e) => println!("error {e}"),
        }
    }
    let text = "one two  three\nfour\tfive\r\n\nsix";
    println!("{:?}", text.lines().collect::<Vec<_>>());
    println!("{:?}", text.split(' ').collect::<Vec<_>>());
    println!("{:?}", text.split(char::is_whitespace).filter(|s| !s.is_empty()).rev().collect::<Vec<_>>());
    println!(
        "{:?} {:?}",
        "a,b,,c,".split(',').collect::<Vec<_>>(),
        "a,b,,c,".split_terminator(',').collect::<Vec<_>>()
    );
    println!(
        "{:?} {:?} {:?}",
        "a=b=c".splitn(2, '=').collect::<Vec<_>>(),
        "a=b=c".rsplitn(2, '=').collect::<Vec<_>>(),
        "a=b=c".rsplit_once('=')
    );
    println!("{:?} {:?}", "xxabcxx".trim_matches('x'), "123abc456".trim_matches(|c: char| c.is_numeric()));
    println!(
        "{:?} {:?}",
        "abcabc".match_indices("bc").collect::<Vec<_>>(),
        "AbcD".rmatches(char::is_uppercase).collect::<Vec<_>>()
    );
    println!("{:?}", "héllo wörld".char_indices().filter(|(_, c)| !c.is_ascii()).collect::<Vec<_>>());
    println!("{:?} {:?} {:?}", "héllo".get(0..2), "héllo".is_char_boundary(2), "héllo".bytes().rev().next());
    println!("{} {} {}", "ß".to_uppercase(), "ΑΣ".to_lowercase(), "İ".to_lowercase().len());
    println!(
        "{:?}",
        "a-b_c d"
            .split(['-', '_', ' '])
            .map(|w| {
                let mut c = w.chars();
                c.next().map(|f| f.to_uppercase().collect::<String>() + c.as_str()).unwrap_or_default()
            })
            .collect::<Vec<_>>()
            .concat()
    );
    println!("{:?} {:?}", "abc".cmp("abd"), "Zebra".eq_ignore_ascii_case("zEBRA"));
    println!("{:?}", "tic-tac".split_inclusive('-').collect::<Vec<_>>());
    let mut s = String::from("hello");
    s.insert(0, '>');
    s.insert_str(1, "> ");
    s.replace_range(3..=3, "J");
    s.truncate(7);
    println!("{s:?} {:?} {:?}", s.pop(), s.remove(0));
    s.retain(|c| c != 'l');
    println!("{s} {:?}", s.drain(..2).collect::<String>());
    println!("{:?} {:?}", s, s.char_indices().nth(1));
    println!("{:?}", String::from_utf8(vec![0xff, 0x41]).map_err(|e| e.utf8_error().valid_up_to()));
    println!("{}", String::from_utf8_lossy(b"ab\xffc"));
    println!("{:?} {:?}", "a\u{301}".chars().count(), "x".repeat(3));
    println!("{}", "ab cd".escape_debug().chain("\n\u{1}".escape_default()).collect::<String>());
    let words: HashSet<&str> = "a b a c".split(' ').collect();
    let mut w: Vec<_> = words.into_iter().collect();
    w.sort_unstable();
    println!("{}", w.join("+"));
    let freq = "hello".bytes().fold([0usize; 26], |mut a, b| {
        a[(b - b'a') as usize] += 1;
        a
    });
    println!(
        "{:?}",
        freq.iter()
            .enumerate()
            .filter(|(_, n)| **n > 0)
            .map(|(i, n)| ((b'a' + i as u8) as char, *n))
            .collect::<Vec<_>>()
    );
    let mut m: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, w) in "x y x z y x".split(' ').enumerate() {
        m.entry(w).or_default().push(i);
    }
    let mut e: Vec<_> = m.iter().collect();
    e.sort_by_key(|(k, v)| (std::cmp::Reverse(v.len()), **k));
    println!("{e:?}");
    println!(
        "{:?} {:?}",
        "12:34:56".split(':').map(str::parse::<u32>).collect::<Result<Vec<_>, _>>(),
        "1:x".split(':').map(|p| p.parse::<i8>()).collect::<Result<Vec<_>, _>>().is_err()
    );
    println!("{:?}", "αβγ".chars().rev().map(|c| c.len_utf8()).sum::<usize>());
    println!("{:?}", "abc".char_indices().map(|(i, _)| &"abc"[i..]).collect::<Vec<_>>());
    println!(
        "{:?}",
        'a'.is_alphabetic()
            && 'Z'.is_ascii_uppercase()
            && '9'.to_digit(10) == Some(9)
            && char::from_digit(11, 16) == Some('b')
    );
    println!("{:?}", ('a'..='e').step_by(2).collect::<String>());
    println!("{}", "end".chars().map(|c| char::from(c as u8 + 1)).rev().collect::<String>());
}
