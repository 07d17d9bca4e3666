// A small language: lexer, Pratt parser and evaluator with closures and environments.
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Num(f64),
    Ident(String),
    Str(String),
    Op(char),
    Kw(Keyword),
    LParen,
    RParen,
    LBrace,
    RBrace,
    Comma,
    Semi,
    EqEq,
    Neq,
    Arrow,
    Eof,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Keyword {
    Let,
    Fn,
    If,
    Else,
    While,
    Return,
    True,
    False,
    Nil,
}

impl Keyword {
    fn lookup(s: &str) -> Option<Self> {
        use Keyword::*;
        Some(match s {
            "let" => Let,
            "fn" => Fn,
            "if" => If,
            "else" => Else,
            "while" => While,
            "return" => Return,
            "true" => True,
            "false" => False,
            "nil" => Nil,
            _ => return None,
        })
    }
}

#[derive(Debug)]
enum LangError {
    Lex { pos: usize, ch: char },
    Parse(String),
    Runtime(String),
    Type { expected: &'static str, got: String },
}
impl fmt::Display for LangError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Lex { pos, ch } => write!(f, "lex error at {pos}: {ch:?}"),
            Self::Parse(m) => write!(f, "parse error: {m}"),
            Self::Runtime(m) => write!(f, "runtime error: {m}"),
            Self::Type { expected, got } => write!(f, "type error: expected {expected}, got {got}"),
        }
    }
}
impl std::error::Error for LangError {}
type Result<T, E = LangError> = std::result::Result<T, E>;

struct Lexer<'s> {
    src: &'s str,
    chars: std::iter::Peekable<std::str::CharIndices<'s>>,
}
impl<'s> Lexer<'s> {
    fn new(src: &'s str) -> Self {
        Lexer { src, chars: src.char_indices().peekable() }
    }
    fn take_while<F: Fn(char) -> bool>(&mut self, start: usize, f: F) -> &'s str {
        let mut end = start;
        while let Some(&(i, c)) = self.chars.peek() {
            if f(c) {
                end = i + c.len_utf8();
                self.chars.next();
            } else {
                break;
            }
        }
        &self.src[start..end.max(start)]
    }
}
impl<'s> Iterator for Lexer<'s> {
    type Item = Result<Token>;
    fn next(&mut self) -> Option<Self::Item> {
        while self.chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
        let &(pos, c) = self.chars.peek()?;
        Some(Ok(match c {
            '0'..='9' => {
                let s = self.take_while(pos, |c| c.is_ascii_digit() || c == '.');
                match s.parse() {
                    Ok(n) => Token::Num(n),
                    Err(_) => return Some(Err(LangError::Lex { pos, ch: c })),
                }
            }
            c if c.is_alphabetic() || c == '_' => {
                let s = self.take_while(pos, |c| c.is_alphanumeric() || c == '_');
                Keyword::lookup(s).map(Token::Kw).unwrap_or_else(|| Token::Ident(s.to_owned()))
            }
            '"' => {
                self.chars.next();
                let s = self.take_while(pos + 1, |c| c != '"').to_string();
                self.chars.next();
                Token::Str(s)
            }
            _ => {
                self.chars.next();
                match (c, self.chars.peek().map(|p| p.1)) {
                    ('=', Some('=')) => {
                        self.chars.next();
                        Token::EqEq
                    }
                    ('!', Some('=')) => {
                        self.chars.next();
                        Token::Neq
                    }
                    ('-', Some('>')) => {
                        self.chars.next();
                        Token::Arrow
                    }
                    ('(', _) => Token::LParen,
                    (')', _) => Token::RParen,
                    ('{', _) => Token::LBrace,
                    ('}', _) => Token::RBrace,
                    (',', _) => Token::Comma,
                    (';', _) => Token::Semi,
                    ('+' | '-' | '*' | '/' | '<' | '>' | '=' | '!' | '%', _) => Token::Op(c),
                    (ch, _) => return Some(Err(LangError::Lex { pos, ch })),
                }
            }
        }))
    }
}

#[derive(Debug, Clone)]
enum Expr {
    Lit(Value),
    Var(String),
    Bin(Box<Expr>, char, Box<Expr>),
    Eq(Box<Expr>, Box<Expr>, bool),
    Unary(char, Box<Expr>),
    Call(Box<Expr>, Vec<Expr>),
    Lambda(Rc<Function>),
    Assign(String, Box<Expr>),
}
#[derive(Debug, Clone)]
enum Stmt {
    Let(String, Expr),
    Expr(Expr),
    Block(Vec<Stmt>),
    If(Expr, Box<Stmt>, Option<Box<Stmt>>),
    While(Expr, Box<Stmt>),
    Return(Option<Expr>),
}
#[derive(Debug)]
struct Function {
    name: Option<String>,
    params: Vec<String>,
    body: Vec<Stmt>,
}
type NativeFn = fn(&[Value]) -> Result<Value>;
#[derive(Clone)]
enum Value {
    Nil,
    Num(f64),
    Bool(bool),
    Str(Rc<str>),
    Closure(Rc<Function>, Env),
    Native(&'static str, NativeFn),
}
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Str(s) => write!(f, "{s:?}"),
            v => write!(f, "{v}"),
        }
    }
}
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Nil => f.write_str("nil"),
            Value::Num(n) => write!(f, "{n}"),
            Value::Bool(b) => write!(f, "{b}"),
            Value::Str(s) => f.write_str(s),
            Value::Closure(func, _) => write!(f, "<fn {}>", func.name.as_deref().unwrap_or("anon")),
            Value::Native(n, _) => write!(f, "<native {n}>"),
        }
    }
}
impl From<f64> for Value {
    fn from(n: f64) -> Self {
        Value::Num(n)
    }
}
impl From<bool> for Value {
    fn from(b: bool) -> Self {
        Value::Bool(b)
    }
}
impl From<&str> for Value {
    fn from(s: &str) -> Self {
        Value::Str(Rc::from(s))
    }
}
impl Value {
    fn truthy(&self) -> bool {
        !matches!(self, Value::Nil | Value::Bool(false))
    }
    fn num(&self) -> Result<f64> {
        if let Value::Num(n) = self {
            Ok(*n)
        } else {
            Err(LangError::Type { expected: "number", got: self.to_string() })
        }
    }
}
impl PartialEq for Value {
    fn eq(&self, o: &Self) -> bool {
        match (self, o) {
            (Value::Nil, Value::Nil) => true,
            (Value::Num(a), Value::Num(b)) => a == b,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Str(a), Value::Str(b)) => a == b,
            (Value::Closure(a, _), Value::Closure(b, _)) => Rc::ptr_eq(a, b),
            _ => false,
        }
    }
}

#[derive(Clone, Default)]
struct Env(Rc<Scope>);
#[derive(Default)]
struct Scope {
    vars: RefCell<HashMap<String, Value>>,
    parent: Option<Env>,
}
impl Env {
    fn child(&self) -> Env {
        Env(Rc::new(Scope { parent: Some(self.clone()), ..Default::default() }))
    }
    fn get(&self, n: &str) -> Option<Value> {
        self.0.vars.borrow().get(n).cloned().or_else(|| self.0.parent.as_ref()?.get(n))
    }
    fn define(&self, n: impl Into<String>, v: Value) {
        self.0.vars.borrow_mut().insert(n.into(), v);
    }
    fn set(&self, n: &str, v: Value) -> bool {
        if let Some(slot) = self.0.vars.borrow_mut().get_mut(n) {
            *slot = v;
            return true;
        }
        match &self.0.parent {
            Some(p) => p.set(n, v),
            None => false,
        }
    }
}

struct Parser {
    toks: Vec<Token>,
    pos: usize,
}
macro_rules! expect {
    ($p:expr, $pat:pat) => {
        match $p.advance() {
            $pat => Ok(()),
            t => Err(LangError::Parse(format!("expected {}, found {:?}", stringify!($pat), t))),
        }
    };
}
impl Parser {
    fn new(src: &str) -> Result<Self> {
        Ok(Parser { toks: Lexer::new(src).collect::<Result<Vec<_>>>()?, pos: 0 })
    }
    fn peek(&self) -> &Token {
        self.toks.get(self.pos).unwrap_or(&Token::Eof)
    }
    fn advance(&mut self) -> Token {
        let t = self.peek().clone();
        self.pos += 1;
        t
    }
    fn eat(&mut self, t: &Token) -> bool {
        if self.peek() == t {
            self.pos += 1;
            true
        } else {
            false
        }
    }
    fn ident(&mut self) -> Result<String> {
        match self.advance() {
            Token::Ident(s) => Ok(s),
            t => Err(LangError::Parse(format!("expected identifier, found {t:?}"))),
        }
    }
    fn program(&mut self) -> Result<Vec<Stmt>> {
        let mut v = vec![];
        while *self.peek() != Token::Eof {
            v.push(self.stmt()?);
        }
        Ok(v)
    }
    fn block(&mut self) -> Result<Vec<Stmt>> {
        expect!(self, Token::LBrace)?;
        let mut v = vec![];
        while !self.eat(&Token::RBrace) {
            v.push(self.stmt()?);
        }
        Ok(v)
    }
    fn stmt(&mut self) -> Result<Stmt> {
        match self.peek() {
            Token::Kw(Keyword::Let) => {
                self.pos += 1;
                let n = self.ident()?;
                expect!(self, Token::Op('='))?;
                let e = self.expr(0)?;
                expect!(self, Token::Semi)?;
                Ok(Stmt::Let(n, e))
            }
            Token::Kw(Keyword::If) => {
                self.pos += 1;
                let c = self.expr(0)?;
                let t = Stmt::Block(self.block()?);
                let e = if self.eat(&Token::Kw(Keyword::Else)) {
                    Some(Box::new(if let Token::Kw(Keyword::If) = self.peek() {
                        self.stmt()?
                    } else {
                        Stmt::Block(self.block()?)
                    }))
                } else {
                    None
                };
                Ok(Stmt::If(c, Box::new(t), e))
            }
            Token::Kw(Keyword::While) => {
                self.pos += 1;
                let c = self.expr(0)?;
                Ok(Stmt::While(c, Box::new(Stmt::Block(self.block()?))))
            }
            Token::Kw(Keyword::Return) => {
                self.pos += 1;
                let e = if let Token::Semi = self.peek() { None } else { Some(self.expr(0)?) };
                expect!(self, Token::Semi)?;
                Ok(Stmt::Return(e))
            }
            Token::Kw(Keyword::Fn) if matches!(self.toks.get(self.pos + 1), Some(Token::Ident(_))) => {
                self.pos += 1;
                let n = self.ident()?;
                let f = self.func(Some(n.clone()))?;
                Ok(Stmt::Let(n, f))
            }
            Token::LBrace => self.block().map(Stmt::Block),
            _ => {
                let e = self.expr(0)?;
                expect!(self, Token::Semi)?;
                Ok(Stmt::Expr(e))
            }
        }
    }
    fn func(&mut self, name: Option<String>) -> Result<Expr> {
        expect!(self, Token::LParen)?;
        let mut params = Vec::new();
        if !self.eat(&Token::RParen) {
            loop {
                params.push(self.ident()?);
                if self.eat(&Token::RParen) {
                    break;
                }
                expect!(self, Token::Comma)?;
            }
        }
        let body = self.block()?;
        Ok(Expr::Lambda(Rc::new(Function { name, params, body })))
    }
    fn expr(&mut self, min: u8) -> Result<Expr> {
        let mut lhs = match self.advance() {
            Token::Num(n) => Expr::Lit(n.into()),
            Token::Str(s) => Expr::Lit(s.as_str().into()),
            Token::Kw(Keyword::True) => Expr::Lit(true.into()),
            Token::Kw(Keyword::False) => Expr::Lit(false.into()),
            Token::Kw(Keyword::Nil) => Expr::Lit(Value::Nil),
            Token::Kw(Keyword::Fn) => self.func(None)?,
            Token::Op(c @ ('-' | '!')) => Expr::Unary(c, Box::new(self.expr(9)?)),
            Token::LParen => {
                let e = self.expr(0)?;
                expect!(self, Token::RParen)?;
                e
            }
            Token::Ident(n) => {
                if self.eat(&Token::Op('=')) {
                    return Ok(Expr::Assign(n, Box::new(self.expr(0)?)));
                } else {
                    Expr::Var(n)
                }
            }
            t => return Err(LangError::Parse(format!("unexpected {t:?}"))),
        };
        loop {
            let bp = match self.peek() {
                Token::LParen => {
                    self.pos += 1;
                    let mut args = vec![];
                    while !self.eat(&Token::RParen) {
                        args.push(self.expr(0)?);
                        self.eat(&Token::Comma);
                    }
                    lhs = Expr::Call(Box::new(lhs), args);
                    continue;
                }
                Token::EqEq | Token::Neq => 1,
                Token::Op('<' | '>') => 2,
                Token::Op('+' | '-') => 3,
                Token::Op('*' | '/' | '%') => 5,
                _ => break,
            };
            if bp < min {
                break;
            }
            lhs = match self.advance() {
                Token::Op(c) => Expr::Bin(Box::new(lhs), c, Box::new(self.expr(bp + 1)?)),
                t => Expr::Eq(Box::new(lhs), Box::new(self.expr(bp + 1)?), t == Token::EqEq),
            };
        }
        Ok(lhs)
    }
}
enum Flow {
    Next,
    Return(Value),
}
struct Interp<W: fmt::Write> {
    out: W,
    globals: Env,
    calls: usize,
}
impl<W: fmt::Write> Interp<W> {
    fn new(out: W) -> Self {
        let globals = Env::default();
        let natives: [(&'static str, NativeFn); 2] = [
            ("sqrt", |a| Ok(a[0].num()?.sqrt().into())),
            ("len", |a| match a {
                [Value::Str(s)] => Ok((s.len() as f64).into()),
                _ => Err(LangError::Runtime("len".into())),
            }),
        ];
        for (n, f) in natives {
            globals.define(n, Value::Native(n, f));
        }
        Interp { out, globals, calls: 0 }
    }
    fn eval(&mut self, e: &Expr, env: &Env) -> Result<Value> {
        Ok(match e {
            Expr::Lit(v) => v.clone(),
            Expr::Var(n) => env.get(n).ok_or_else(|| LangError::Runtime(format!("undefined {n}")))?,
            Expr::Assign(n, e) => {
                let v = self.eval(e, env)?;
                if !env.set(n, v.clone()) {
                    return Err(LangError::Runtime(format!("cannot assign {n}")));
                }
                v
            }
            Expr::Unary('-', e) => Value::Num(-self.eval(e, env)?.num()?),
            Expr::Unary(_, e) => (!self.eval(e, env)?.truthy()).into(),
            Expr::Eq(a, b, want) => ((self.eval(a, env)? == self.eval(b, env)?) == *want).into(),
            Expr::Bin(a, op, b) => match (self.eval(a, env)?, op, self.eval(b, env)?) {
                (Value::Str(a), '+', b) => Value::Str(format!("{a}{b}").into()),
                (a, op, b) => {
                    let (a, b) = (a.num()?, b.num()?);
                    match op {
                        '+' => (a + b).into(),
                        '-' => (a - b).into(),
                        '*' => (a * b).into(),
                        '/' => (a / b).into(),
                        '%' => (a % b).into(),
                        '<' => (a < b).into(),
                        '>' => (a > b).into(),
                        _ => unreachable!(),
                    }
                }
            },
            Expr::Lambda(f) => Value::Closure(Rc::clone(f), env.clone()),
            Expr::Call(f, args) => {
                if let Expr::Var(n) = &**f
                    && n == "print"
                {
                    let vs = args.iter().map(|a| self.eval(a, env)).collect::<Result<Vec<_>>>()?;
                    let s = vs.iter().map(|v| v.to_string()).collect::<Vec<_>>().join(" ");
                    writeln!(self.out, "{s}").map_err(|_| LangError::Runtime("io".to_string()))?;
                    return Ok(Value::Nil);
                }
                let callee = self.eval(f, env)?;
                let args = args.iter().map(|a| self.eval(a, env)).collect::<Result<Vec<_>, _>>()?;
                self.calls += 1;
                match callee {
                    Value::Native(_, f) => f(&args)?,
                    Value::Closure(func, captured) => {
                        if func.params.len() != args.len() {
                            return Err(LangError::Runtime(format!(
                                "{} expects {} args",
                                func.name.as_ref().map_or("fn", String::as_str),
                                func.params.len()
                            )));
                        }
                        let scope = captured.child();
                        for (p, a) in func.params.iter().zip(args) {
                            scope.define(p.as_str(), a);
                        }
                        match self.exec_all(&func.body, &scope)? {
                            Flow::Return(v) => v,
                            Flow::Next => Value::Nil,
                        }
                    }
                    other => return Err(LangError::Type { expected: "function", got: format!("{other:?}") }),
                }
            }
        })
    }
    fn exec_all(&mut self, b: &[Stmt], env: &Env) -> Result<Flow> {
        for s in b {
            if let r @ Flow::Return(_) = self.exec(s, env)? {
                return Ok(r);
            }
        }
        Ok(Flow::Next)
    }
    fn exec(&mut self, s: &Stmt, env: &Env) -> Result<Flow> {
        match s {
            Stmt::Let(n, e) => {
                let v = self.eval(e, env)?;
                env.define(n.clone(), v);
            }
            Stmt::Expr(e) => {
                self.eval(e, env)?;
            }
            Stmt::Block(b) => return self.exec_all(b, &env.child()),
            Stmt::If(c, t, e) => {
                if self.eval(c, env)?.truthy() {
                    return self.exec(t, env);
                } else if let Some(e) = e {
                    return self.exec(e, env);
                }
            }
            Stmt::While(c, b) => {
                while self.eval(c, env)?.truthy() {
                    if let Flow::Return(v) = self.exec(b, env)? {
                        return Ok(Flow::Return(v));
                    }
                }
            }
            Stmt::Return(e) => {
                return Ok(Flow::Return(
                    e.as_ref().map(|e| self.eval(e, env)).transpose()?.unwrap_or(Value::Nil),
                ));
            }
        }
        Ok(Flow::Next)
    }
}
fn run(src: &str) -> Result<(String, usize)> {
    let prog = Parser::new(src)?.program()?;
    let mut it = Interp::new(String::new());
    let g = it.globals.clone();
    it.exec_all(&prog, &g)?;
    Ok((it.out, it.calls))
}
fn main() {
    let progs = [
        "let x = 1 + 2 * 3; print(x, x / 2, -x);",
        "fn fib(n) { if n < 2 { return n; } return fib(n - 1) + fib(n - 2); } print(fib(15));",
        "fn counter() { let c = 0; return fn() { c = c + 1; return c; }; } let a = counter(); let b = counter(); a(); a(); print(a(), b());",
        "let i = 0; let s = \"\"; while i < 5 { s = s + i + \",\"; i = i + 1; } print(s, len(s)); print(fn(x) { return x; }, sqrt, nil == nil, 1 != 2, !true);",
        "print(1 + \"a\");",
        "let x = @;",
        "foo(1);",
        "fn f(a) { return a; } f(1, 2);",
        "let = 3;",
        "if 1 == 2 { print(1); } else if nil { print(2); } else { print(\"three\"); } 3(4);",
    ];
    for p in progs {
        match run(p) {
            Ok((out, calls)) => print!("{out}[{calls} calls]\n"),
            Err(e) => println!("{e}"),
        }
    }
}
