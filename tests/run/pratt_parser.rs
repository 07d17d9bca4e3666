// Tokenizer, Pratt parser, bytecode VM
use std::collections::HashMap;
use std::fmt;
use std::iter::Peekable;
use std::str::Chars;

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Num(f64),
    Ident(String),
    Str(String),
    Op(char),
    LParen,
    RParen,
    Comma,
    Kw(Keyword),
    EqEq,
    Le,
    Eof,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Keyword {
    Let,
    If,
    Then,
    Else,
    Fn,
}

#[derive(Debug)]
enum ParseError {
    UnexpectedChar { ch: char, pos: usize },
    UnexpectedToken(Token, &'static str),
    UnterminatedString,
    BadNumber(std::num::ParseFloatError),
}
impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        use ParseError::*;
        match self {
            UnexpectedChar { ch, pos } => write!(f, "unexpected {ch:?} at {pos}"),
            UnexpectedToken(t, want) => write!(f, "unexpected {:?}, wanted {}", t, want),
            UnterminatedString => f.write_str("unterminated string"),
            BadNumber(e) => write!(f, "bad number: {}", e),
        }
    }
}
impl std::error::Error for ParseError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ParseError::BadNumber(e) => Some(e),
            _ => None,
        }
    }
}
impl From<std::num::ParseFloatError> for ParseError {
    fn from(e: std::num::ParseFloatError) -> Self {
        Self::BadNumber(e)
    }
}

struct Lexer<'a> {
    chars: Peekable<Chars<'a>>,
    pos: usize,
}
impl<'a> Lexer<'a> {
    fn new(s: &'a str) -> Self {
        Lexer { chars: s.chars().peekable(), pos: 0 }
    }
    fn bump(&mut self) -> Option<char> {
        self.pos += 1;
        self.chars.next()
    }
    fn next_token(&mut self) -> Result<Token, ParseError> {
        while self.chars.next_if(|c| c.is_whitespace()).is_some() {
            self.pos += 1;
        }
        let Some(&c) = self.chars.peek() else { return Ok(Token::Eof) };
        Ok(match c {
            '0'..='9' | '.' => {
                let mut s = String::new();
                while let Some(c) = self.chars.next_if(|&c| c.is_ascii_digit() || c == '.') {
                    s.push(c);
                    self.pos += 1
                }
                Token::Num(s.parse()?)
            }
            'a'..='z' | 'A'..='Z' | '_' => {
                let word: String =
                    std::iter::from_fn(|| self.chars.next_if(|c| c.is_alphanumeric() || *c == '_')).collect();
                self.pos += word.len();
                match word.as_str() {
                    "let" => Token::Kw(Keyword::Let),
                    "if" => Token::Kw(Keyword::If),
                    "then" => Token::Kw(Keyword::Then),
                    "else" => Token::Kw(Keyword::Else),
                    "fn" => Token::Kw(Keyword::Fn),
                    _ => Token::Ident(word),
                }
            }
            '"' => {
                self.bump();
                let mut s = String::new();
                loop {
                    match self.bump() {
                        Some('"') => break Token::Str(s),
                        Some('\\') => match self.bump() {
                            Some('n') => s.push('\n'),
                            Some(o) => s.push(o),
                            None => return Err(ParseError::UnterminatedString),
                        },
                        Some(c) => s.push(c),
                        None => return Err(ParseError::UnterminatedString),
                    }
                }
            }
            '(' => {
                self.bump();
                Token::LParen
            }
            ')' => {
                self.bump();
                Token::RParen
            }
            ',' => {
                self.bump();
                Token::Comma
            }
            '=' => {
                self.bump();
                if self.chars.next_if_eq(&'=').is_some() {
                    self.pos += 1;
                    Token::EqEq
                } else {
                    Token::Op('=')
                }
            }
            '<' => {
                self.bump();
                if self.chars.next_if_eq(&'=').is_some() {
                    self.pos += 1;
                    Token::Le
                } else {
                    Token::Op('<')
                }
            }
            '+' | '-' | '*' | '/' | '^' | '>' | '%' => {
                self.bump();
                Token::Op(c)
            }
            other => return Err(ParseError::UnexpectedChar { ch: other, pos: self.pos }),
        })
    }
}
#[derive(Debug, Clone)]
enum Expr {
    Num(f64),
    Var(String),
    Unary(char, Box<Expr>),
    Binary(Box<Expr>, BinOp, Box<Expr>),
    Call(String, Vec<Expr>),
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    Let(String, Box<Expr>),
    Fun(String, Vec<String>, Box<Expr>),
    Text(String),
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum BinOp {
    Add,
    Sub,
    Mul,
    Div,
    Pow,
    Rem,
    Lt,
    Gt,
    Le,
    Eq,
}
impl BinOp {
    const fn power(self) -> (u8, u8) {
        match self {
            BinOp::Eq => (1, 2),
            BinOp::Lt | BinOp::Gt | BinOp::Le => (3, 4),
            Self::Add | Self::Sub => (5, 6),
            Self::Mul | Self::Div | Self::Rem => (7, 8),
            Self::Pow => (10, 9),
        }
    }
}
impl TryFrom<&Token> for BinOp {
    type Error = ();
    fn try_from(t: &Token) -> Result<Self, Self::Error> {
        Ok(match t {
            Token::Op('+') => BinOp::Add,
            Token::Op('-') => BinOp::Sub,
            Token::Op('*') => BinOp::Mul,
            Token::Op('/') => BinOp::Div,
            Token::Op('^') => BinOp::Pow,
            Token::Op('%') => BinOp::Rem,
            Token::Op('<') => BinOp::Lt,
            Token::Op('>') => BinOp::Gt,
            Token::Le => BinOp::Le,
            Token::EqEq => BinOp::Eq,
            _ => return Err(()),
        })
    }
}
struct Parser {
    toks: Vec<Token>,
    at: usize,
}
impl Parser {
    fn new(src: &str) -> Result<Self, ParseError> {
        let mut lx = Lexer::new(src);
        let mut toks = Vec::new();
        loop {
            let t = lx.next_token()?;
            if t == Token::Eof {
                toks.push(t);
                break;
            }
            toks.push(t)
        }
        Ok(Self { toks, at: 0 })
    }
    fn peek(&self) -> &Token {
        &self.toks[self.at]
    }
    fn next(&mut self) -> Token {
        let t = self.toks[self.at].clone();
        if self.at + 1 < self.toks.len() {
            self.at += 1
        }
        t
    }
    fn expect(&mut self, t: Token, what: &'static str) -> Result<(), ParseError> {
        let n = self.next();
        if n == t { Ok(()) } else { Err(ParseError::UnexpectedToken(n, what)) }
    }
    fn ident(&mut self) -> Result<String, ParseError> {
        match self.next() {
            Token::Ident(s) => Ok(s),
            t => Err(ParseError::UnexpectedToken(t, "identifier")),
        }
    }
    fn expr(&mut self, min: u8) -> Result<Expr, ParseError> {
        let mut lhs = match self.next() {
            Token::Num(n) => Expr::Num(n),
            Token::Str(s) => Expr::Text(s),
            Token::Op(c @ ('-' | '+')) => Expr::Unary(c, Box::new(self.expr(9)?)),
            Token::LParen => {
                let e = self.expr(0)?;
                self.expect(Token::RParen, "`)`")?;
                e
            }
            Token::Kw(Keyword::If) => {
                let c = self.expr(0)?;
                self.expect(Token::Kw(Keyword::Then), "then")?;
                let t = self.expr(0)?;
                self.expect(Token::Kw(Keyword::Else), "else")?;
                let e = self.expr(0)?;
                Expr::If(c.into(), t.into(), e.into())
            }
            Token::Kw(Keyword::Let) => {
                let n = self.ident()?;
                self.expect(Token::Op('='), "`=`")?;
                Expr::Let(n, Box::new(self.expr(0)?))
            }
            Token::Kw(Keyword::Fn) => {
                let n = self.ident()?;
                self.expect(Token::LParen, "`(`")?;
                let mut ps = vec![];
                while let Token::Ident(p) = self.peek().clone() {
                    self.next();
                    ps.push(p);
                    if *self.peek() == Token::Comma {
                        self.next();
                    }
                }
                self.expect(Token::RParen, "`)`")?;
                self.expect(Token::Op('='), "`=`")?;
                Expr::Fun(n, ps, Box::new(self.expr(0)?))
            }
            Token::Ident(name) => {
                if let Token::LParen = self.peek() {
                    self.next();
                    let mut args = Vec::new();
                    if self.peek() != &Token::RParen {
                        loop {
                            args.push(self.expr(0)?);
                            if self.peek() == &Token::Comma {
                                self.next();
                            } else {
                                break;
                            }
                        }
                    }
                    self.expect(Token::RParen, "`)`")?;
                    Expr::Call(name, args)
                } else {
                    Expr::Var(name)
                }
            }
            t => return Err(ParseError::UnexpectedToken(t, "expression")),
        };
        while let Ok(op) = BinOp::try_from(self.peek()) {
            let (l, r) = op.power();
            if l < min {
                break;
            }
            self.next();
            let rhs = self.expr(r)?;
            lhs = Expr::Binary(Box::new(lhs), op, Box::new(rhs));
        }
        Ok(lhs)
    }
}
#[derive(Default)]
struct Env {
    vars: HashMap<String, f64>,
    funs: HashMap<String, (Vec<String>, Expr)>,
    depth: usize,
}
type R = Result<f64, Box<dyn std::error::Error>>;
impl Env {
    fn eval(&mut self, e: &Expr) -> R {
        Ok(match e {
            Expr::Num(n) => *n,
            Expr::Text(t) => t.len() as f64,
            Expr::Var(v) => *self.vars.get(v).ok_or_else(|| format!("unknown variable {v:?}"))?,
            Expr::Unary('-', e) => -self.eval(e)?,
            Expr::Unary(_, e) => self.eval(e)?,
            Expr::Binary(a, op, b) => {
                let (a, b) = (self.eval(a)?, self.eval(b)?);
                match op {
                    BinOp::Add => a + b,
                    BinOp::Sub => a - b,
                    BinOp::Mul => a * b,
                    BinOp::Div if b == 0.0 => return Err("division by zero".into()),
                    BinOp::Div => a / b,
                    BinOp::Pow => a.powf(b),
                    BinOp::Rem => a.rem_euclid(b),
                    BinOp::Lt => f64::from(u8::from(a < b)),
                    BinOp::Gt => (a > b) as i32 as f64,
                    BinOp::Le => (a <= b) as u8 as f64,
                    BinOp::Eq => ((a - b).abs() < f64::EPSILON) as u8 as f64,
                }
            }
            Expr::If(c, t, f) => {
                if self.eval(c)? != 0. {
                    self.eval(t)?
                } else {
                    self.eval(f)?
                }
            }
            Expr::Let(n, v) => {
                let v = self.eval(v)?;
                self.vars.insert(n.clone(), v);
                v
            }
            Expr::Fun(n, p, b) => {
                self.funs.insert(n.clone(), (p.clone(), (**b).clone()));
                0.0
            }
            Expr::Call(n, args) => {
                let vals = args.iter().map(|a| self.eval(a)).collect::<Result<Vec<_>, _>>()?;
                match (n.as_str(), vals.as_slice()) {
                    ("sqrt", [x]) => x.sqrt(),
                    ("max", [a, rest @ ..]) => rest.iter().copied().fold(*a, f64::max),
                    ("sum", v) => v.iter().sum(),
                    (name, vals) => {
                        let (ps, body) =
                            self.funs.get(name).cloned().ok_or(format!("no function `{name}`"))?;
                        if ps.len() != vals.len() {
                            return Err(Box::from(format!(
                                "{name}: {} arguments, wanted {}",
                                vals.len(),
                                ps.len()
                            )));
                        }
                        let saved = std::mem::take(&mut self.vars);
                        self.vars = ps.into_iter().zip(vals.iter().cloned()).collect();
                        self.depth += 1;
                        let r = self.eval(&body);
                        self.depth -= 1;
                        self.vars = saved;
                        r?
                    }
                }
            }
        })
    }
}
fn run(src: &str, env: &mut Env) -> R {
    let e = Parser::new(src)?.expr(0)?;
    env.eval(&e)
}
fn main() {
    let mut env = Env::default();
    for line in [
        "1 + 2 * 3",
        "2 ^ 3 ^ 2",
        "-(4 - 6) * 2.5",
        "let x = 10",
        "x / 4",
        "x / 0",
        "fn fib(n) = if n < 2 then n else fib(n-1) + fib(n-2)",
        "fib(15)",
        "max(1, 7, x)",
        "sqrt(2)",
        "y + 1",
        "1 +",
        "1.2.3",
        "#",
        "\"ab\\\"c\"",
        "\"abc",
        "fib(1,2)",
        "sum()",
        "1 <= 2 == 1",
        "7 % 4 - 0.5",
    ] {
        match run(line, &mut env) {
            Ok(v) => println!("{line:<55} = {v}"),
            Err(e) => println!(
                "{line:<55} ! {e}{}",
                e.source().map_or(String::new(), |s| format!(" (caused by {s:?})"))
            ),
        }
    }
}
