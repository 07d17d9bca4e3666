//! The mini-language of format strings.
//!
//! In: the text of the string. Out: its pieces, or what is wrong and where, in bytes of the text.

use std::ops::Range;

/// A piece of a format string.
#[derive(Clone, PartialEq, Debug)]
pub enum Piece {
    /// Text as it is.
    Text(String),
    /// `{…}`
    Placeholder(Placeholder),
}

/// `{argument:spec}`
#[derive(Clone, PartialEq, Debug)]
pub struct Placeholder {
    /// What is formatted.
    pub argument: Argument,
    /// Whole placeholder, with braces.
    pub range: Range<usize>,
    /// The argument in it.
    pub argument_range: Range<usize>,
    /// Name of the trait: `Display`, `Debug` …
    pub trait_name: &'static str,
    /// Fill character; a space if none is given.
    pub fill: char,
    /// 0 unknown, 1 left, 2 center, 3 right.
    pub align: u8,
    /// 1 `+`, 2 `-`, 4 `#`, 8 `0`, 16 `x?`, 32 `X?`.
    pub flags: u32,
    /// `10`, `name$`
    pub width: Option<Count>,
    /// `.3`, `.name$`, `.*`
    pub precision: Option<Count>,
}

/// Which argument.
#[derive(Clone, PartialEq, Debug)]
pub enum Argument {
    /// The next positional one, numbered already.
    Next(usize),
    /// By number.
    Index(usize),
    /// By name.
    Name(String),
}

/// A width or precision.
#[derive(Clone, PartialEq, Debug)]
pub enum Count {
    /// A number.
    Is(usize),
    /// An argument.
    Argument(Argument),
}

/// What is wrong with a format string.
#[derive(Clone, PartialEq, Debug)]
pub struct SpecError {
    /// Without `invalid format string: `.
    pub message: String,
    /// Where.
    pub range: Range<usize>,
    /// Text under it.
    pub label: String,
    /// How to write what was probably meant.
    pub note: Option<&'static str>,
}

/// Parses a format string.
pub fn parse(text: &str) -> Result<Vec<Piece>, SpecError> {
    Parser { text, at: 0, next: 0 }.pieces()
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    /// Number of the next `{}`.
    next: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn peek_second(&self) -> Option<char> {
        self.text[self.at..].chars().nth(1)
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        if found {
            self.at += c.len_utf8();
        }
        found
    }

    fn pieces(mut self) -> Result<Vec<Piece>, SpecError> {
        let mut pieces = Vec::new();
        let mut text = String::new();
        while let Some(c) = self.peek() {
            let start = self.at;
            self.at += c.len_utf8();
            match c {
                '{' if self.eat('{') => text.push('{'),
                '}' if self.eat('}') => text.push('}'),
                '}' => {
                    return Err(SpecError {
                        message: "unmatched `}` found".into(),
                        range: start..start + 1,
                        label: "unmatched `}` in format string".into(),
                        note: Some("if you intended to print `}`, you can escape it using `}}`"),
                    });
                }
                '{' => {
                    if !text.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut text)));
                    }
                    let placeholder = self.placeholder(start)?;
                    pieces.push(Piece::Placeholder(placeholder));
                }
                c => text.push(c),
            }
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        Ok(pieces)
    }

    /// After `{`.
    fn placeholder(&mut self, start: usize) -> Result<Placeholder, SpecError> {
        self.spaces();
        let argument_start = self.at;
        let argument = self.argument()?;
        let argument_range = argument_start..self.at;
        self.spaces();
        let mut placeholder = Placeholder {
            argument: Argument::Next(0),
            range: 0..0,
            argument_range,
            trait_name: "Display",
            fill: ' ',
            align: 0,
            flags: 0,
            width: None,
            precision: None,
        };
        if self.eat(':') {
            self.spec(&mut placeholder)?;
        }
        self.spaces();
        if !self.eat('}') {
            return Err(self.expected_end(start));
        }
        // `.*` takes its argument before the value does.
        placeholder.argument = match argument {
            Some(argument) => argument,
            None => {
                self.next += 1;
                Argument::Next(self.next - 1)
            }
        };
        placeholder.range = start..self.at;
        Ok(placeholder)
    }

    fn expected_end(&self, start: usize) -> SpecError {
        let note = Some("if you intended to print `{`, you can escape it using `{{`");
        match self.peek() {
            None => SpecError {
                message: "expected `}` but string was terminated".into(),
                range: start..start + 1,
                label: "because of this opening brace".into(),
                note,
            },
            Some(c) => SpecError {
                message: format!("expected `}}`, found `{}`", c.escape_debug()),
                range: self.at..self.at + c.len_utf8(),
                label: "expected `}` in format string".into(),
                note,
            },
        }
    }

    fn spaces(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += self.peek().map_or(0, char::len_utf8);
        }
    }

    fn argument(&mut self) -> Result<Option<Argument>, SpecError> {
        match self.peek() {
            Some(c) if c.is_ascii_digit() => Ok(Some(Argument::Index(self.number()?))),
            Some(c) if is_start(c) => Ok(Some(Argument::Name(self.word()))),
            _ => Ok(None),
        }
    }

    fn number(&mut self) -> Result<usize, SpecError> {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        // rustc holds these in 16 bits.
        match self.text[start..self.at].parse::<u16>() {
            Ok(n) => Ok(usize::from(n)),
            Err(_) => Err(SpecError {
                message: format!(
                    "integer `{}` does not fit into the type `u16` whose range is `0..=65535`",
                    &self.text[start..self.at]
                ),
                range: start..self.at,
                label: "integer out of range for `u16`".into(),
                note: None,
            }),
        }
    }

    fn word(&mut self) -> String {
        let start = self.at;
        while self.peek().is_some_and(is_continue) {
            self.at += self.peek().map_or(0, char::len_utf8);
        }
        self.text[start..self.at].to_string()
    }

    fn spec(&mut self, out: &mut Placeholder) -> Result<(), SpecError> {
        let align = |c: char| match c {
            '<' => Some(1),
            '^' => Some(2),
            '>' => Some(3),
            _ => None,
        };
        if let (Some(fill), Some(a)) = (self.peek(), self.peek_second().and_then(align)) {
            (out.fill, out.align) = (fill, a);
            self.at += fill.len_utf8() + 1;
        } else if let Some(a) = self.peek().and_then(align) {
            out.align = a;
            self.at += 1;
        }
        if self.eat('+') {
            out.flags |= 1;
        } else if self.eat('-') {
            out.flags |= 2;
        }
        if self.eat('#') {
            out.flags |= 4;
        }
        // `{:0$}` is a width by argument, `{:00$}` both.
        if self.peek() == Some('0') && self.peek_second() != Some('$') {
            self.at += 1;
            out.flags |= 8;
        }
        out.width = self.count()?;
        if self.eat('.') {
            if self.eat('*') {
                self.next += 1;
                out.precision = Some(Count::Argument(Argument::Next(self.next - 1)));
            } else {
                out.precision = self.count()?;
                if out.precision.is_none() {
                    return Err(SpecError {
                        message: "expected a precision after `.`".into(),
                        range: self.at - 1..self.at,
                        label: "expected a number, `name$` or `*` after this".into(),
                        note: None,
                    });
                }
            }
        }
        self.spaces();
        let start = self.at;
        let mut kind = match self.peek() {
            Some(c) if is_start(c) => self.word(),
            _ => String::new(),
        };
        if self.eat('?') {
            kind.push('?');
        }
        out.trait_name = match kind.as_str() {
            "" => "Display",
            "?" => "Debug",
            "x?" => {
                out.flags |= 16;
                "Debug"
            }
            "X?" => {
                out.flags |= 32;
                "Debug"
            }
            "x" => "LowerHex",
            "X" => "UpperHex",
            "o" => "Octal",
            "b" => "Binary",
            "e" => "LowerExp",
            "E" => "UpperExp",
            "p" => "Pointer",
            other => {
                return Err(SpecError {
                    message: format!("unknown format trait `{other}`"),
                    range: start..self.at,
                    label: String::new(),
                    note: Some(
                        "the only appropriate formatting traits are: ``, which uses the `Display` trait; `?`, which uses \
                         the `Debug` trait; `e`, `E`, `o`, `p`, `b`, `x`, `X`",
                    ),
                });
            }
        };
        Ok(())
    }

    /// `10`, `2$`, `name$`
    fn count(&mut self) -> Result<Option<Count>, SpecError> {
        let start = self.at;
        match self.peek() {
            Some(c) if c.is_ascii_digit() => {
                let n = self.number()?;
                Ok(Some(if self.eat('$') { Count::Argument(Argument::Index(n)) } else { Count::Is(n) }))
            }
            Some(c) if is_start(c) => {
                let word = self.word();
                if self.eat('$') {
                    return Ok(Some(Count::Argument(Argument::Name(word))));
                }
                // It was the trait.
                self.at = start;
                Ok(None)
            }
            _ => Ok(None),
        }
    }
}

fn is_start(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

fn is_continue(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}
