// Tokenizer, recursive-descent parser, tree evaluator and stack machine for arithmetic with variables.
use std::collections::BTreeMap;
use std::fmt;
use std::iter::Peekable;
use std::str::Chars;

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(f64),
    Name(String),
    Op(char),
    Open,
    Close,
}

#[derive(Debug, Clone, PartialEq)]
enum Error {
    Unexpected(char),
    UnexpectedEnd,
    UnexpectedToken(Token),
    Unbound(String),
    Number(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        use Error::*;
        match self {
            Unexpected(c) => write!(f, "unexpected character {c:?}"),
            UnexpectedEnd => write!(f, "unexpected end"),
            UnexpectedToken(t) => write!(f, "unexpected token {t:?}"),
            Unbound(name) => write!(f, "`{name}` has no value"),
            Number(text) => write!(f, "`{text}` is not a number"),
        }
    }
}

type Result<T, E = Error> = std::result::Result<T, E>;

struct Lexer<'s> {
    chars: Peekable<Chars<'s>>,
}

impl<'s> Lexer<'s> {
    fn new(source: &'s str) -> Self {
        Lexer { chars: source.chars().peekable() }
    }
    fn take_while(&mut self, test: impl Fn(char) -> bool) -> String {
        let mut text = String::new();
        while let Some(c) = self.chars.next_if(|c| test(*c)) {
            text.push(c);
        }
        text
    }
}

impl Iterator for Lexer<'_> {
    type Item = Result<Token>;
    fn next(&mut self) -> Option<Self::Item> {
        self.take_while(char::is_whitespace);
        let token = match *self.chars.peek()? {
            '0'..='9' | '.' => {
                let text = self.take_while(|c| c.is_ascii_digit() || c == '.');
                match text.parse() {
                    Ok(n) => Token::Number(n),
                    Err(_) => return Some(Err(Error::Number(text))),
                }
            }
            c if c.is_alphabetic() || c == '_' => {
                Token::Name(self.take_while(|c| c.is_alphanumeric() || c == '_'))
            }
            c @ ('+' | '-' | '*' | '/' | '^' | '=') => {
                self.chars.next();
                Token::Op(c)
            }
            '(' => {
                self.chars.next();
                Token::Open
            }
            ')' => {
                self.chars.next();
                Token::Close
            }
            other => return Some(Err(Error::Unexpected(other))),
        };
        Some(Ok(token))
    }
}

#[derive(Debug, Clone)]
enum Expr {
    Number(f64),
    Variable(String),
    Negate(Box<Expr>),
    Binary { op: char, left: Box<Expr>, right: Box<Expr> },
    Assign(String, Box<Expr>),
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn parse(source: &str) -> Result<Expr> {
        let tokens = Lexer::new(source).collect::<Result<Vec<_>>>()?;
        let mut parser = Parser { tokens, at: 0 };
        let expr = parser.assignment()?;
        match parser.tokens.get(parser.at) {
            None => Ok(expr),
            Some(token) => Err(Error::UnexpectedToken(token.clone())),
        }
    }
    fn assignment(&mut self) -> Result<Expr> {
        if let [Token::Name(name), Token::Op('='), ..] = &self.tokens[self.at..] {
            let name = name.clone();
            self.at += 2;
            return Ok(Expr::Assign(name, Box::new(self.assignment()?)));
        }
        self.binary(0)
    }
    fn binary(&mut self, least: u8) -> Result<Expr> {
        let mut left = self.unary()?;
        while let Some(&Token::Op(op)) = self.tokens.get(self.at) {
            let (power, right_associative) = match op {
                '+' | '-' => (1, false),
                '*' | '/' => (2, false),
                '^' => (3, true),
                _ => break,
            };
            if power < least {
                break;
            }
            self.at += 1;
            let right = self.binary(if right_associative { power } else { power + 1 })?;
            left = Expr::Binary { op, left: Box::new(left), right: Box::new(right) };
        }
        Ok(left)
    }
    fn unary(&mut self) -> Result<Expr> {
        let token = self.tokens.get(self.at).cloned().ok_or(Error::UnexpectedEnd)?;
        self.at += 1;
        Ok(match token {
            Token::Number(n) => Expr::Number(n),
            Token::Name(name) => Expr::Variable(name),
            Token::Op('-') => Expr::Negate(Box::new(self.binary(3)?)),
            Token::Open => {
                let inner = self.binary(0)?;
                match self.tokens.get(self.at) {
                    Some(Token::Close) => self.at += 1,
                    Some(t) => return Err(Error::UnexpectedToken(t.clone())),
                    None => return Err(Error::UnexpectedEnd),
                }
                inner
            }
            t => return Err(Error::UnexpectedToken(t)),
        })
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expr::Number(n) => write!(f, "{n}"),
            Expr::Variable(v) => f.write_str(v),
            Expr::Negate(e) => write!(f, "-{e}"),
            Expr::Binary { op, left, right } => write!(f, "({left} {op} {right})"),
            Expr::Assign(name, e) => write!(f, "{name} = {e}"),
        }
    }
}

#[derive(Default)]
struct Scope {
    variables: BTreeMap<String, f64>,
}

impl Scope {
    fn eval(&mut self, expr: &Expr) -> Result<f64> {
        Ok(match expr {
            Expr::Number(n) => *n,
            Expr::Variable(name) => {
                *self.variables.get(name).ok_or_else(|| Error::Unbound(name.to_owned()))?
            }
            Expr::Negate(e) => -self.eval(e)?,
            Expr::Binary { op, left, right } => {
                let (l, r) = (self.eval(left)?, self.eval(right)?);
                match op {
                    '+' => l + r,
                    '-' => l - r,
                    '*' => l * r,
                    '/' => l / r,
                    '^' => l.powf(r),
                    _ => unreachable!("no operator {op}"),
                }
            }
            Expr::Assign(name, e) => {
                let value = self.eval(e)?;
                self.variables.insert(name.clone(), value);
                value
            }
        })
    }
}

#[derive(Debug, Clone, Copy)]
enum Instr<'e> {
    Push(f64),
    Load(&'e str),
    Store(&'e str),
    Neg,
    Bin(char),
}

fn compile<'e>(expr: &'e Expr, out: &mut Vec<Instr<'e>>) {
    match expr {
        Expr::Number(n) => out.push(Instr::Push(*n)),
        Expr::Variable(v) => out.push(Instr::Load(v)),
        Expr::Negate(e) => {
            compile(e, out);
            out.push(Instr::Neg);
        }
        Expr::Binary { op, left, right } => {
            compile(left, out);
            compile(right, out);
            out.push(Instr::Bin(*op));
        }
        Expr::Assign(name, e) => {
            compile(e, out);
            out.push(Instr::Store(name));
        }
    }
}

fn main() {
    let mut scope = Scope::default();
    let lines = "x = 3\ny = x ^ 2 ^ 0.5 * -2\n(x + y) / 4 - -1\n2 * (3 + 4\n1.2.3\nz + 1\n7 $ 2\na = b = 4\n) + 1\na * b - 2 ^ 3 ^ 0";
    for (n, line) in lines.lines().enumerate() {
        match Parser::parse(line).and_then(|e| scope.eval(&e).map(|v| (e, v))) {
            Ok((e, v)) => {
                let mut code = vec![];
                compile(&e, &mut code);
                println!("{:2}: {e} = {v:.4}  {code:?}", n + 1);
            }
            Err(e) => println!("{:2}: error: {e}", n + 1),
        }
    }
    println!("{:?}", scope.variables);
}

#[cfg(test)]
mod tests {
    use super::*;
    fn value(text: &str) -> Result<f64> {
        Scope::default().eval(&Parser::parse(text)?)
    }
    #[test]
    fn precedence() {
        assert_eq!(value("1 + 2 * 3 - 4 / 2"), Ok(5.0));
        assert_eq!(value("2 ^ 3 ^ 2"), Ok(512.0));
        assert_eq!(value("-2 ^ 2"), Ok(-4.0));
    }
    #[test]
    fn errors() {
        assert_eq!(value("(1"), Err(Error::UnexpectedEnd));
        assert_eq!(value("1 )"), Err(Error::UnexpectedToken(Token::Close)));
        assert_eq!(value("q"), Err(Error::Unbound("q".into())));
    }
}
