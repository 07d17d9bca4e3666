// A JSON reader and writer: recursive descent over bytes, escapes, numbers, paths into documents, comparison, pretty printing.
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::ops::{Index, IndexMut};

#[derive(Debug, Clone, PartialEq, Default)]
enum Value {
    #[default]
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Value>),
    Map(BTreeMap<String, Value>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ParseError {
    at: usize,
    what: &'static str,
}

struct Parser<'s> {
    text: &'s str,
    at: usize,
}

type Parsed<T> = Result<T, ParseError>;

impl<'s> Parser<'s> {
    fn parse(text: &'s str) -> Parsed<Value> {
        let mut parser = Parser { text, at: 0 };
        let value = parser.value(0)?;
        parser.skip_space();
        if parser.at == text.len() { Ok(value) } else { parser.fail("end of text") }
    }

    fn fail<T>(&self, what: &'static str) -> Parsed<T> {
        Err(ParseError { at: self.at, what })
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        self.skip_space();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn word(&mut self, word: &'static str, value: Value) -> Parsed<Value> {
        if self.text[self.at..].starts_with(word) {
            self.at += word.len();
            Ok(value)
        } else {
            self.fail(word)
        }
    }

    fn value(&mut self, depth: usize) -> Parsed<Value> {
        if depth > 20 {
            return self.fail("less depth");
        }
        self.skip_space();
        match self.peek() {
            Some(b'n') => self.word("null", Value::Null),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'"') => self.string().map(|s| Value::Text(s.into_owned())),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'[') => {
                self.at += 1;
                let mut list = Vec::new();
                if self.eat(b']') {
                    return Ok(Value::List(list));
                }
                loop {
                    list.push(self.value(depth + 1)?);
                    if self.eat(b']') {
                        break Ok(Value::List(list));
                    }
                    if !self.eat(b',') {
                        break self.fail("`,` or `]`");
                    }
                }
            }
            Some(b'{') => {
                self.at += 1;
                let mut map = BTreeMap::new();
                let mut first = true;
                while !self.eat(b'}') {
                    if !std::mem::replace(&mut first, false) && !self.eat(b',') {
                        return self.fail("`,` or `}`");
                    }
                    self.skip_space();
                    let key = self.string()?.into_owned();
                    if !self.eat(b':') {
                        return self.fail("`:`");
                    }
                    let value = self.value(depth + 1)?;
                    map.insert(key, value);
                }
                Ok(Value::Map(map))
            }
            _ => self.fail("a value"),
        }
    }

    fn number(&mut self) -> Parsed<Value> {
        let rest = &self.text[self.at..];
        let len =
            rest.bytes().take_while(|b| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')).count();
        match rest[..len].parse() {
            Ok(number) => {
                self.at += len;
                Ok(Value::Number(number))
            }
            Err(_) => self.fail("a number"),
        }
    }

    fn string(&mut self) -> Parsed<Cow<'s, str>> {
        if self.peek() != Some(b'"') {
            return self.fail("a string");
        }
        self.at += 1;
        let start = self.at;
        let mut owned: Option<String> = None;
        let mut chars = self.text[start..].char_indices();
        while let Some((i, c)) = chars.next() {
            match (c, owned.as_mut()) {
                ('"', _) => {
                    self.at = start + i + 1;
                    return Ok(match owned {
                        Some(text) => text.into(),
                        None => self.text[start..start + i].into(),
                    });
                }
                ('\\', _) => {
                    let text = owned.get_or_insert_with(|| self.text[start..start + i].to_string());
                    match chars.next() {
                        Some((_, 'n')) => text.push('\n'),
                        Some((_, 't')) => text.push('\t'),
                        Some((j, 'u')) => {
                            let code = self.text.get(start + j + 1..start + j + 5);
                            let code = code.and_then(|hex| u32::from_str_radix(hex, 16).ok());
                            let Some(c) = code.and_then(char::from_u32) else {
                                self.at = start + j;
                                return self.fail("four digits");
                            };
                            text.push(c);
                            chars.nth(3);
                        }
                        Some((_, c @ ('"' | '\\' | '/'))) => text.push(c),
                        _ => return self.fail("an escape"),
                    }
                }
                (c, Some(text)) => text.push(c),
                _ => {}
            }
        }
        self.at = self.text.len();
        self.fail("`\"`")
    }
}

static NULL: Value = Value::Null;

impl Index<&str> for Value {
    type Output = Value;
    fn index(&self, key: &str) -> &Value {
        match self {
            Value::Map(map) => map.get(key).unwrap_or(&NULL),
            _ => &NULL,
        }
    }
}

impl IndexMut<&str> for Value {
    fn index_mut(&mut self, key: &str) -> &mut Value {
        if !matches!(self, Value::Map(_)) {
            *self = Value::Map(BTreeMap::new());
        }
        let Value::Map(map) = self else { unreachable!() };
        map.entry(key.to_string()).or_default()
    }
}

impl Index<usize> for Value {
    type Output = Value;
    fn index(&self, index: usize) -> &Value {
        if let Value::List(list) = self { list.get(index).unwrap_or(&NULL) } else { &NULL }
    }
}

macro_rules! from {
    ($($t:ty, $x:ident => $value:expr;)*) => {
        $(impl From<$t> for Value {
            fn from($x: $t) -> Value {
                $value
            }
        })*
    };
}
from! {
    f64, x => Value::Number(x);
    i32, x => Value::Number(x.into());
    bool, x => Value::Bool(x);
    &str, x => Value::Text(x.to_string());
    Vec<Value>, x => Value::List(x);
}

fn quote(out: &mut dyn Write, text: &str) -> fmt::Result {
    out.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(out, "\\{c}")?,
            '\n' => out.write_str("\\n")?,
            c if (c as u32) < 32 => write!(out, "\\u{:04x}", c as u32)?,
            c => out.write_char(c)?,
        }
    }
    out.write_char('"')
}

impl Value {
    fn write(&self, f: &mut fmt::Formatter<'_>, indent: Option<usize>) -> fmt::Result {
        let line = |f: &mut fmt::Formatter<'_>, n: Option<usize>| match n {
            Some(n) => write!(f, "\n{:1$}", "", n * 2),
            None => Ok(()),
        };
        let inner = indent.map(|n| n + 1);
        match self {
            Value::Null => f.write_str("null"),
            Value::Bool(b) => write!(f, "{b}"),
            Value::Number(n) => write!(f, "{n}"),
            Value::Text(s) => quote(f, s),
            Value::List(list) if list.is_empty() => f.write_str("[]"),
            Value::List(list) => {
                for (i, value) in list.iter().enumerate() {
                    f.write_str(if i == 0 { "[" } else { "," })?;
                    line(f, inner)?;
                    value.write(f, inner)?;
                }
                line(f, indent)?;
                f.write_str("]")
            }
            Value::Map(map) => {
                f.write_str("{")?;
                for (i, (key, value)) in map.iter().enumerate() {
                    if i > 0 {
                        f.write_str(",")?;
                    }
                    line(f, inner)?;
                    quote(f, key)?;
                    f.write_str(if indent.is_some() { ": " } else { ":" })?;
                    value.write(f, inner)?;
                }
                if !map.is_empty() {
                    line(f, indent)?;
                }
                f.write_str("}")
            }
        }
    }

    fn depth(&self) -> usize {
        match self {
            Value::List(list) => 1 + list.iter().map(Value::depth).max().unwrap_or(0),
            Value::Map(map) => 1 + map.values().map(Value::depth).max().unwrap_or(0),
            _ => 0,
        }
    }

    fn visit<'v>(&'v self, path: &mut Vec<Cow<'v, str>>, each: &mut impl FnMut(&str, &'v Value)) {
        each(&path.join("."), self);
        match self {
            Value::List(list) => {
                for (i, value) in list.iter().enumerate() {
                    path.push(i.to_string().into());
                    value.visit(path, each);
                    path.pop();
                }
            }
            Value::Map(map) => {
                for (key, value) in map {
                    path.push(key.as_str().into());
                    value.visit(path, each);
                    path.pop();
                }
            }
            _ => {}
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, f.alternate().then_some(0))
    }
}

fn main() {
    let text = r#" {"name": "crab\u00e9 \"x\"\n", "legs": [1, 2.50, -3e2, []], "nested": {"ok": true, "none": null, "deep": [[{}]]}} "#;
    let mut document = Parser::parse(text).expect("a document");
    println!("{document}");
    println!("{document:#}");
    println!("{} {} {}", document["legs"][2], document["nested"]["ok"], document["no"]["such"][7]);
    document["nested"]["deep"] = vec![1.into(), "two".into(), false.into(), 0.1.into()].into();
    document["new"]["chain"]["of"] = 5.into();
    println!("{document} {}", document.depth());
    let mut leaves = Vec::new();
    document.visit(&mut Vec::new(), &mut |path, value| {
        if let Value::Number(n) = value {
            leaves.push((path.to_owned(), *n));
        }
    });
    println!("{leaves:?}");
    println!("{}", Parser::parse(&document.to_string()) == Ok(document));
    for bad in
        ["", "[1, 2", "{\"a\" 1}", "nul", "\"open", "[1] x", "-", "\"\\u12\"", "{\"a\":1,}", &"[".repeat(30)]
    {
        println!("{:?}", Parser::parse(bad).map_err(|e| (e.at, e.what)));
    }
}
