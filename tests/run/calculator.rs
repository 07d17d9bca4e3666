// A tokenizer and a recursive-descent parser with errors.
use std::iter::Peekable;
use std::str::Chars;
#[derive(Debug, PartialEq)]
enum Error {
    Unexpected(char),
    End,
    DivisionByZero,
}
struct Parser<'a> {
    chars: Peekable<Chars<'a>>,
}
impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        Parser { chars: text.chars().peekable() }
    }
    fn skip(&mut self) {
        while self.chars.next_if(|c| c.is_whitespace()).is_some() {}
    }
    fn atom(&mut self) -> Result<f64, Error> {
        self.skip();
        match self.chars.peek().copied() {
            Some('(') => {
                self.chars.next();
                let value = self.sum()?;
                self.skip();
                match self.chars.next() {
                    Some(')') => Ok(value),
                    Some(c) => Err(Error::Unexpected(c)),
                    None => Err(Error::End),
                }
            }
            Some('-') => {
                self.chars.next();
                Ok(-self.atom()?)
            }
            Some(c) if c.is_ascii_digit() => {
                let mut text = String::new();
                while let Some(c) = self.chars.next_if(|c| c.is_ascii_digit() || *c == '.') {
                    text.push(c);
                }
                text.parse().map_err(|_| Error::Unexpected('.'))
            }
            Some(c) => Err(Error::Unexpected(c)),
            None => Err(Error::End),
        }
    }
    fn product(&mut self) -> Result<f64, Error> {
        let mut value = self.atom()?;
        loop {
            self.skip();
            match self.chars.peek() {
                Some('*') => {
                    self.chars.next();
                    value *= self.atom()?;
                }
                Some('/') => {
                    self.chars.next();
                    let by = self.atom()?;
                    if by == 0.0 {
                        return Err(Error::DivisionByZero);
                    }
                    value /= by;
                }
                _ => return Ok(value),
            }
        }
    }
    fn sum(&mut self) -> Result<f64, Error> {
        let mut value = self.product()?;
        loop {
            self.skip();
            match self.chars.peek() {
                Some('+') => {
                    self.chars.next();
                    value += self.product()?;
                }
                Some('-') => {
                    self.chars.next();
                    value -= self.product()?;
                }
                _ => return Ok(value),
            }
        }
    }
}
fn main() {
    for text in ["1 + 2 * 3", "(1+2)*-3 / 4", "2 * (3", "1 / (2 - 2)", "4 $ 2", "10 - 2 - 3.5", ""] {
        println!("{text:?} = {:?}", Parser::new(text).sum());
    }
}
