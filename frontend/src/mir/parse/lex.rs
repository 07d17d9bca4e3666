//! Tokens of the text form.

/// A token and the line it starts on.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Token {
    pub kind: Tok,
    pub line: u32,
}

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Tok {
    /// A name or path: `_1`, `bb2`, `std::vec::{impl#1}::push`.
    Name(String),
    /// A name in backquotes.
    Quoted(String),
    /// `"…"`
    Str(String),
    /// `5`, `-5_i32`, `1.5_f64`, `0x3f_f64`: text before and after `_`.
    Number(String, Option<String>),
    /// `'_`
    Lifetime(String),
    /// `->`, `..` and single characters.
    Sym(&'static str),
    End,
}

const SYMBOLS: [&str; 24] = [
    "->", "..", "(", ")", "[", "]", "{", "}", "<", ">", ",", ";", ":", "=", "*", "&", "!", ".", "#", "-",
    "@", "?", "/", "|",
];

pub(super) fn lex(text: &str) -> Result<Vec<Token>, (u32, String)> {
    let bytes = text.as_bytes();
    let mut tokens: Vec<Token> = Vec::new();
    let mut i = 0;
    let mut line = 1;
    while i < bytes.len() {
        let c = bytes[i];
        if c == b'\n' {
            line += 1;
            i += 1;
        } else if c.is_ascii_whitespace() {
            i += 1;
        } else if bytes[i..].starts_with(b"//") {
            while i < bytes.len() && bytes[i] != b'\n' {
                i += 1;
            }
        } else if c.is_ascii_alphabetic() || c == b'_' {
            let end = path_end(bytes, i);
            tokens.push(Token { kind: Tok::Name(text[i..end].to_string()), line });
            i = end;
        } else if c == b'`' {
            let end = text[i + 1..].find('`').ok_or((line, "unclosed backquote".to_string()))? + i + 1;
            tokens.push(Token { kind: Tok::Quoted(text[i + 1..end].to_string()), line });
            i = end + 1;
        } else if c == b'"' {
            let (value, end) = string(text, i).ok_or((line, "bad string".to_string()))?;
            tokens.push(Token { kind: Tok::Str(value), line });
            i = end;
        } else if c == b'\'' {
            let start = i;
            i += 1;
            while i < bytes.len() && (bytes[i].is_ascii_alphanumeric() || bytes[i] == b'_') {
                i += 1;
            }
            tokens.push(Token { kind: Tok::Lifetime(text[start..i].to_string()), line });
        } else if c.is_ascii_digit()
            || (c == b'-'
                && bytes.get(i + 1).is_some_and(u8::is_ascii_digit)
                && tokens.last().is_none_or(|t| t.kind != Tok::Sym("..")))
        {
            // After a dot a number is a field: `_1.0.1` is two of them.
            let field = tokens.last().is_some_and(|t| t.kind == Tok::Sym("."));
            let (number, suffix, end) = number(text, i, field);
            tokens.push(Token { kind: Tok::Number(number, suffix), line });
            i = end;
        } else {
            let Some(s) = SYMBOLS.iter().find(|s| text[i..].starts_with(**s)) else {
                return Err((line, format!("unexpected character `{}`", c as char)));
            };
            tokens.push(Token { kind: Tok::Sym(s), line });
            i += s.len();
        }
    }
    tokens.push(Token { kind: Tok::End, line });
    Ok(tokens)
}

fn path_end(bytes: &[u8], mut i: usize) -> usize {
    loop {
        while i < bytes.len() && (bytes[i].is_ascii_alphanumeric() || bytes[i] == b'_') {
            i += 1;
        }
        if !bytes[i..].starts_with(b"::") {
            return i;
        }
        match bytes.get(i + 2) {
            Some(b'{') => match bytes[i + 2..].iter().position(|&b| b == b'}') {
                Some(close) => i += 2 + close + 1,
                None => return i,
            },
            Some(c) if c.is_ascii_alphabetic() || *c == b'_' => i += 2,
            _ => return i,
        }
    }
}

fn number(text: &str, start: usize, field: bool) -> (String, Option<String>, usize) {
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_alphanumeric);
    let mut i = start + usize::from(bytes[start] == b'-');
    while digit(i) {
        i += 1;
    }
    if !field && bytes.get(i) == Some(&b'.') && bytes.get(i + 1).is_some_and(u8::is_ascii_digit) {
        i += 1;
        while digit(i) {
            i += 1;
        }
    }
    let number = text[start..i].to_string();
    if bytes.get(i) == Some(&b'_') {
        let from = i + 1;
        i = from;
        while digit(i) {
            i += 1;
        }
        return (number, Some(text[from..i].to_string()), i);
    }
    (number, None, i)
}

fn string(text: &str, start: usize) -> Option<(String, usize)> {
    let mut value = String::new();
    let mut chars = text[start + 1..].char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((value, start + 1 + at + 1)),
            '\\' => match chars.next()?.1 {
                'n' => value.push('\n'),
                'r' => value.push('\r'),
                't' => value.push('\t'),
                '0' => value.push('\0'),
                'u' => {
                    let rest = chars.as_str().strip_prefix('{')?;
                    let close = rest.find('}')?;
                    value.push(char::from_u32(u32::from_str_radix(&rest[..close], 16).ok()?)?);
                    for _ in 0..close + 2 {
                        chars.next();
                    }
                }
                other => value.push(other),
            },
            other => value.push(other),
        }
    }
    None
}
